//! Where tokens begin and end, and how words are folded; it needs no lexicon, so that the build
//! script, too, cuts the names of the gazetteer with it.

use newstemma_language::digit_value;
use newstemma_model::ids::digest;
use std::ops::Range;

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

/// A token by its form alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    /// Where in the text that was cut.
    pub(crate) range: Range<usize>,
    /// What.
    pub(crate) kind: Kind,
    /// Whether it follows the token before it without white space.
    pub(crate) glued: bool,
}

/// Cuts a text into tokens. Linear in its length.
pub(crate) fn cuts(text: &str) -> impl Iterator<Item = Cut> {
    let mut at = 0;
    let mut end_before = 0;
    std::iter::from_fn(move || {
        loop {
            let c = text.get(at..)?.chars().next()?;
            if !c.is_whitespace() && !is_invisible(c) {
                let (kind, length) = measure(&text[at..], c);
                let cut = Cut { range: at..at + length, kind, glued: end_before == at && at > 0 };
                at += length;
                end_before = at;
                return Some(cut);
            }
            at += c.len_utf8();
        }
    })
}

/// Whether a mark may stand inside a name without being a word of it.
pub(crate) fn joins_name(mark: &str) -> bool {
    matches!(mark, "-" | "‑" | "." | "·" | "・" | "&" | "'" | "’")
}

/// A hash of a folded word, the same on every machine.
pub(crate) fn hash(folded: &str) -> u64 {
    digest(&[folded.as_bytes()])
}

/// Folds a word for comparison: lower case, without vowel signs that readers leave out, one form
/// for letters that the press writes in two ways (`ё`, `أ`, the apostrophes).
pub(crate) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_into(word, &mut folded);
    folded
}

/// Appends a folded word; see [`fold`].
pub(crate) fn fold_into(word: &str, folded: &mut String) {
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
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
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
    if digit_value(first).is_some() {
        (Kind::Digits, run(|c| digit_value(c).is_some()))
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
