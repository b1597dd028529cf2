//! Words, numbers and marks of a text, for looking them up.
//!
//! Mentions are found by phrases ("au moins", "三天前"), so the unit must suit every script: a run
//! of letters or of digits is one token, but in scripts that do not part words (Han, Hiragana,
//! Thai) and in Hangul, where endings are glued to words, each character is. A phrase is a run of
//! tokens, whatever the script. Every token keeps its bytes in the text.

use crate::lexicon::{Lexicon, Word};
use newstemma_model::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A run of letters.
    Word,
    /// One character of a script whose characters are looked up one by one.
    Sign,
    /// A run of digits of any script.
    Digits,
    /// Anything else that is no white space.
    Mark,
}

/// A token of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: Kind,
    /// Which word of the lexicon, if it is one.
    pub word: Word,
    /// A hash of its folded form.
    pub hash: u64,
    /// Whether it follows the token before it without white space.
    pub glued: bool,
    /// Whether its first letter is a capital.
    pub capital: bool,
    /// Whether it has two letters or more and all are capitals.
    pub shouted: bool,
}

/// The tokens of a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Tokens<'t> {
    /// The whole text that spans refer to.
    pub text: &'t str,
    /// The tokens in order.
    pub list: Vec<Token>,
}

impl<'t> Tokens<'t> {
    /// The tokens of `span` of a text. Linear in its length.
    pub(crate) fn of(text: &'t str, span: Span, lexicon: &Lexicon) -> Tokens<'t> {
        let mut tokens = Tokens { text, list: Vec::new() };
        let mut folded = String::new();
        let inside = span.of(text);
        let mut end_before = 0;
        let mut at = 0;
        while let Some(c) = inside.get(at..).and_then(|rest| rest.chars().next()) {
            if c.is_whitespace() || is_invisible(c) {
                at += c.len_utf8();
                continue;
            }
            let (kind, length) = measure(&inside[at..], c);
            let word = &inside[at..at + length];
            folded.clear();
            fold_into(word, &mut folded);
            tokens.list.push(Token {
                span: Span::new(at, at + length).shifted(span.start()),
                kind,
                word: lexicon.word(&folded),
                hash: hash(&folded),
                glued: end_before == at && at > 0,
                capital: c.is_uppercase(),
                shouted: is_shouted(word),
            });
            at += length;
            end_before = at;
        }
        tokens
    }

    /// Number of tokens.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// One token.
    pub(crate) fn get(&self, index: usize) -> Option<&Token> {
        self.list.get(index)
    }

    /// The text of one token; empty if there is none.
    pub(crate) fn str(&self, index: usize) -> &'t str {
        self.list.get(index).map_or("", |t| t.span.of(self.text))
    }

    /// The kind of one token.
    pub(crate) fn kind(&self, index: usize) -> Option<Kind> {
        self.list.get(index).map(|t| t.kind)
    }

    /// Whether a token exists and stands without white space after the one before.
    pub(crate) fn is_glued(&self, index: usize) -> bool {
        self.list.get(index).is_some_and(|t| t.glued)
    }

    /// The bytes from one token to the one before another.
    pub(crate) fn span(&self, from: usize, to: usize) -> Span {
        match (self.list.get(from), to.checked_sub(1).and_then(|last| self.list.get(last))) {
            (Some(first), Some(last)) => Span::new(first.span.start(), last.span.end()),
            _ => Span::default(),
        }
    }

    /// The white space between a token and the one before it.
    pub(crate) fn gap(&self, index: usize) -> &'t str {
        let before = index.checked_sub(1).and_then(|b| self.list.get(b));
        match (before, self.list.get(index)) {
            (Some(a), Some(b)) => self.text.get(a.span.end()..b.span.start()).unwrap_or(""),
            _ => "",
        }
    }
}

/// A hash of a folded word, the same on every machine.
pub(crate) fn hash(folded: &str) -> u64 {
    newstemma_model::ids::digest(&[folded.as_bytes()])
}

/// Folds a word for comparison: lower case, without vowel signs that readers leave out, one form
/// for letters that the press writes in two ways (`ё`, `أ`, the apostrophes).
pub(crate) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    folded
}

fn fold_into(word: &str, folded: &mut String) {
    for c in word.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
            continue;
        }
        match c {
            '\u{00AD}' | '\u{0640}' | '\u{064B}'..='\u{0652}' | '\u{0301}' => {}
            '\u{2019}' | '\u{02BC}' => folded.push('\''),
            'ё' | 'Ё' => folded.push('е'),
            'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
            'ى' => folded.push('ي'),
            'İ' => folded.push('i'),
            // Full-width forms of ASCII.
            '\u{FF01}'..='\u{FF5E}' => {
                let narrow = char::from_u32(c as u32 - 0xFEE0).unwrap_or(c);
                folded.push(narrow.to_ascii_lowercase());
            }
            _ => folded.extend(c.to_lowercase()),
        }
    }
}

/// The value of a digit of any script that writes numbers in tens.
pub(crate) fn digit(c: char) -> Option<u32> {
    // The zeros of the scripts that the press of today writes; nine more digits follow each.
    const ZEROS: [u32; 12] =
        [0x30, 0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xE50, 0xFF10];
    ZEROS.iter().find_map(|&zero| (c as u32).checked_sub(zero).filter(|&d| d < 10))
}

/// Whether a character is looked up alone: its script does not part words.
pub(crate) fn is_sign(c: char) -> bool {
    matches!(c as u32,
        0x0E01..=0x0E4E // Thai, digits excepted
        | 0x1100..=0x11FF
        | 0x3005..=0x3007
        | 0x3041..=0x309F
        | 0x3400..=0x4DBF
        | 0x4E00..=0x9FFF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0x20000..=0x3FFFF)
}

/// Whether a character is a syllable of Hangul.
pub(crate) fn is_hangul(c: char) -> bool {
    matches!(c as u32, 0xAC00..=0xD7A3)
}

/// Whether a character is Katakana, of which a run is one word, mostly a foreign one.
pub(crate) fn is_katakana(c: char) -> bool {
    matches!(c as u32, 0x30A1..=0x30FA | 0x30FC..=0x30FF | 0x31F0..=0x31FF | 0xFF66..=0xFF9F)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

fn is_mark(c: char) -> bool {
    matches!(c as u32, 0x300..=0x36F | 0x64B..=0x65F | 0x670 | 0x5B0..=0x5C7 | 0x900..=0x903 | 0x93A..=0x94F | 0xAD)
}

fn is_letter(c: char) -> bool {
    (c.is_alphabetic() || is_mark(c)) && !is_sign(c) && !is_katakana(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{02BC}')
}

/// The kind and length in bytes of the token that `rest` begins with.
fn measure(rest: &str, first: char) -> (Kind, usize) {
    let run = |inside: fn(char) -> bool| {
        rest.char_indices().find(|&(_, c)| !inside(c)).map_or(rest.len(), |(at, _)| at)
    };
    if digit(first).is_some() {
        (Kind::Digits, run(|c| digit(c).is_some()))
    } else if is_sign(first) {
        (Kind::Sign, first.len_utf8())
    } else if is_katakana(first) {
        (Kind::Word, run(is_katakana))
    } else if is_letter(first) {
        (Kind::Word, letters(rest, run(is_letter)))
    } else {
        (Kind::Mark, first.len_utf8())
    }
}

/// The length of a word: its letters, an apostrophe that elides ("l'", "aujourd'"), or the dots of
/// an abbreviation of single capitals ("U.S.").
fn letters(rest: &str, run: usize) -> usize {
    let after = &rest[run..];
    let mut next = after.chars();
    match (next.next(), next.next()) {
        (Some(mark), Some(letter)) if is_apostrophe(mark) && is_letter(letter) => {
            // English "'s" and "'t" belong to no word after them.
            let tail = after[mark.len_utf8()..].chars().take_while(|&c| is_letter(c)).count();
            if tail == 1 && matches!(letter, 's' | 't' | 'd' | 'm' | 'S' | 'T') {
                run
            } else {
                run + mark.len_utf8()
            }
        }
        (Some('.'), Some(letter)) if letter.is_uppercase() && is_single_capital(&rest[..run]) => {
            dotted(rest)
        }
        _ => run,
    }
}

fn is_single_capital(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

/// The length of the run of capitals each followed by a dot; of one capital if there are no two.
fn dotted(rest: &str) -> usize {
    let mut end = 0;
    let mut pairs = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((_, capital)) = chars.next() {
        if !capital.is_uppercase() {
            break;
        }
        match chars.peek() {
            Some(&(dot, '.')) => {
                end = dot + 1;
                pairs += 1;
                chars.next();
            }
            _ => break,
        }
    }
    if pairs >= 2 { end } else { rest.chars().next().map_or(0, char::len_utf8) }
}

fn is_shouted(word: &str) -> bool {
    let mut letters = 0;
    for c in word.chars().filter(|c| c.is_alphabetic()) {
        if !c.is_uppercase() {
            return false;
        }
        letters += 1;
    }
    letters >= 2
}

#[cfg(test)]
mod tests {
    use super::{Tokens, digit, fold};
    use crate::lexicon::Lexicon;
    use newstemma_model::{Language, Span};

    fn check(text: &str, expected: &[&str]) {
        let tokens = Tokens::of(text, Span::new(0, text.len()), Lexicon::of(Language::UNKNOWN));
        let found: Vec<&str> = (0..tokens.len()).map(|i| tokens.str(i)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_script_is_cut_where_its_phrases_are() {
        check("l’an 2031, d'ici là", &["l’", "an", "2031", ",", "d'", "ici", "là"]);
        check("Orla's F-7 (U.S.)", &["Orla", "'", "s", "F", "-", "7", "(", "U.S.", ")"]);
        check("3万5千人", &["3", "万", "5", "千", "人"]);
        check("12명이", &["12", "명", "이"]);
        check("ロンドンの町", &["ロンドン", "の", "町"]);
        check("в 5-й раз", &["в", "5", "-", "й", "раз"]);
    }

    #[test]
    fn folding_joins_what_the_press_writes_in_two_ways() {
        assert_eq!(fold("ПѢТРЁ"), "пѣтре");
        assert_eq!(fold("أحمَد"), "احمد");
        assert_eq!(fold("ＡＢ"), "ab");
        assert_eq!("٣४３".chars().map(|c| digit(c).unwrap_or(0)).collect::<Vec<_>>(), [3, 4, 3]);
    }
}
