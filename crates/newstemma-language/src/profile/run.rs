//! The runs of letters of a text, as keys.

use std::sync::OnceLock;
use unicode_normalization::char::is_combining_mark;

/// Longest run of letters.
const RUN_LETTERS_MAX: usize = 3;

/// Whole words count as such from this length on; shorter ones are runs already.
const WORD_LETTERS_MIN: usize = 2;

/// Letters after which a word is cut off.
const WORD_LETTERS_MAX: usize = 24;

/// Calls `found` with the key of each run of letters of a text and of each of its words.
///
/// Letters are taken in lower case; all else but marks and apostrophes is an edge of words.
pub fn each_run(text: &str, mut found: impl FnMut(u32)) {
    let mut word = Word::EMPTY;
    for c in text.chars() {
        match letter(c) {
            Some(letter) => word.push(letter),
            None => word.finish(&mut found),
        }
    }
    word.finish(&mut found);
}

/// The letters of a word, with a space at either end.
struct Word {
    letters: [char; WORD_LETTERS_MAX + 2],
    /// Those that are known, the first space among them.
    length: usize,
}

impl Word {
    const EMPTY: Word = Word { letters: [' '; WORD_LETTERS_MAX + 2], length: 1 };

    fn push(&mut self, letter: char) {
        if self.length <= WORD_LETTERS_MAX {
            self.letters[self.length] = letter;
            self.length += 1;
        }
    }

    /// Ends the word, if there is one.
    fn finish(&mut self, found: &mut impl FnMut(u32)) {
        if self.length > 1 {
            self.letters[self.length] = ' ';
            runs_of(&self.letters[..self.length + 1], found);
            self.length = 1;
        }
    }
}

/// The runs of a word that has a space at either end.
fn runs_of(word: &[char], found: &mut impl FnMut(u32)) {
    for length in 1..=RUN_LETTERS_MAX {
        for run in word.windows(length).filter(|run| *run != [' ']) {
            found(key(length as u32, run));
        }
    }
    if word.len() >= WORD_LETTERS_MIN + 2 {
        found(key(0, word));
    }
}

fn letter(c: char) -> Option<char> {
    if c.is_ascii_alphabetic() {
        return Some(c.to_ascii_lowercase());
    }
    if c.is_ascii() && c != '\'' {
        return None;
    }
    match common_letters().get(c as usize) {
        Some(letter) => *letter,
        None => other_letter(c),
    }
}

/// The letters of all characters of the scripts that most profiles are of: to look up what a
/// character is takes longer than all else that is done with it.
fn common_letters() -> &'static [Option<char>] {
    const END: u32 = 0x1000;
    static LETTERS: OnceLock<Vec<Option<char>>> = OnceLock::new();
    LETTERS.get_or_init(|| (0..END).map(|c| other_letter(char::from_u32(c)?)).collect())
}

fn other_letter(c: char) -> Option<char> {
    match c {
        '\'' | '\u{2019}' | '\u{02BC}' => Some('\''),
        _ if c.is_alphabetic() => c.to_lowercase().next(),
        _ if is_combining_mark(c) => Some(c),
        _ => None,
    }
}

/// FNV-1a over kind and letters, with the finaliser of MurmurHash3.
fn key(kind: u32, run: &[char]) -> u32 {
    let mut hash = 0x811C_9DC5_u32 ^ kind;
    for &c in run {
        hash = (hash ^ c as u32).wrapping_mul(0x0100_0193);
        hash ^= hash >> 15;
    }
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85EB_CA6B);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0xC2B2_AE35);
    hash ^ (hash >> 16)
}
