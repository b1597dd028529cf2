//! Two wordings compared, token by token.
//!
//! Problem: to find the words that were changed between two versions of one sentence in one
//! language. The naive method, comparing position by position, loses step at the first word that
//! was put in. The longest common subsequence keeps step; what lies between its pairs are the
//! changes ([`in_common`]).

use newstemma_model::{Span, in_common};
use std::ops::Range;

/// A word, a number, or one character of a script without spaces; white space and punctuation
/// are no tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Where in the text.
    pub(crate) span: Span,
    /// In lower case.
    pub(crate) form: String,
}

/// A place where two wordings part: token ranges, of which one may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) a: Range<usize>,
    pub(crate) b: Range<usize>,
}

/// What two wordings share and where they part, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Comparison {
    /// Pairs of equal tokens, ascending on both sides.
    pub(crate) same: Vec<(usize, usize)>,
    pub(crate) changes: Vec<Change>,
}

/// Splits a span of a text into tokens.
pub(crate) fn tokens(text: &str, span: Span) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut open: Option<usize> = None;
    let close = |open: &mut Option<usize>, end: usize, found: &mut Vec<Token>| {
        if let Some(start) = open.take() {
            let piece = Span::new(start, end);
            found.push(Token { span: piece, form: piece.of(text).to_lowercase() });
        }
    };
    let inside = span.of(text);
    let mut characters = inside.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, character)) = characters.next() {
        let at_text = span.start() + at;
        let after = characters.peek().map_or(' ', |&(_, c)| c);
        if is_unspaced(character) {
            close(&mut open, at_text, &mut found);
            open = Some(at_text);
            close(&mut open, at_text + character.len_utf8(), &mut found);
        } else if character.is_alphanumeric() || joins(before, character, after) {
            open.get_or_insert(at_text);
        } else {
            close(&mut open, at_text, &mut found);
        }
        before = character;
    }
    close(&mut open, span.start() + inside.len(), &mut found);
    found
}

fn forms(tokens: &[Token]) -> Vec<&str> {
    tokens.iter().map(|token| token.form.as_str()).collect()
}

/// Compares two wordings.
pub(crate) fn compare(a: &[Token], b: &[Token]) -> Comparison {
    let same = in_common(&forms(a), &forms(b));
    let changes = gaps(&same, a.len(), b.len());
    Comparison { same, changes }
}

/// Share of the tokens of both that are the same, 0 to 1.
pub(crate) fn likeness(comparison: &Comparison, a: &[Token], b: &[Token]) -> f32 {
    let all = a.len() + b.len();
    if all == 0 { 0.0 } else { 2.0 * comparison.same.len() as f32 / all as f32 }
}

/// Whether a script puts no spaces between words, so that a character is the unit to compare.
fn is_unspaced(character: char) -> bool {
    matches!(u32::from(character),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3005..=0x3007
        | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
        | 0x20000..=0x2FA1F)
}

/// Marks that belong to a word or a number: apostrophes and hyphens between letters, separators
/// between digits, combining marks.
fn joins(before: char, character: char, after: char) -> bool {
    match character {
        '\'' | '’' | '-' | '‐' | '\u{2011}' => {
            before.is_alphanumeric() && after.is_alphanumeric() && !is_unspaced(after)
        }
        '.' | ',' | '，' | ':' | '\u{66B}' | '\u{66C}' => {
            before.is_numeric() && after.is_numeric()
        }
        '\u{A0}' | '\u{202F}' => before.is_ascii_digit() && after.is_ascii_digit(),
        '\u{300}'..='\u{36F}' | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' => true,
        _ => false,
    }
}

fn gaps(same: &[(usize, usize)], a: usize, b: usize) -> Vec<Change> {
    let mut changes = Vec::new();
    let (mut next_a, mut next_b) = (0, 0);
    for &(i, j) in same.iter().chain([&(a, b)]) {
        if i > next_a || j > next_b {
            changes.push(Change { a: next_a..i, b: next_b..j });
        }
        (next_a, next_b) = (i + 1, j + 1);
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::{compare, tokens};
    use newstemma_model::Span;

    fn split(text: &str) -> Vec<String> {
        tokens(text, Span::new(0, text.len())).iter().map(|t| t.span.of(text).into()).collect()
    }

    #[test]
    fn words_numbers_and_single_characters_are_tokens() {
        let check = |text: &str, expected: &[&str]| assert_eq!(split(text), expected, "{text}");
        check(
            "The mayor didn't say 3.200, she said.",
            &["The", "mayor", "didn't", "say", "3.200", "she", "said"],
        );
        check(
            "L’usine a fermé (10\u{A0}000 emplois)",
            &["L’usine", "a", "fermé", "10\u{A0}000", "emplois"],
        );
        check("桥梁于3月关闭", &["桥", "梁", "于", "3", "月", "关", "闭"]);
        check("Міст закрито – назавжди", &["Міст", "закрито", "назавжди"]);
        check("", &[]);
    }

    #[test]
    fn changes_are_what_lies_between_the_common_tokens() {
        let check = |a: &str, b: &str, expected: &[(&str, &str)]| {
            let (x, y) = (tokens(a, Span::new(0, a.len())), tokens(b, Span::new(0, b.len())));
            let words = |text: &str, of: &[super::Token]| -> String {
                of.iter().map(|t| t.span.of(text)).collect::<Vec<_>>().join(" ")
            };
            let found: Vec<(String, String)> = compare(&x, &y)
                .changes
                .iter()
                .map(|c| (words(a, &x[c.a.clone()]), words(b, &y[c.b.clone()])))
                .collect();
            let expected: Vec<(String, String)> =
                expected.iter().map(|&(p, q)| (p.into(), q.into())).collect();
            assert_eq!(found, expected, "{a} / {b}");
        };
        check("The ferry sank on Tuesday", "The ferry sank on Friday", &[("Tuesday", "Friday")]);
        check("Le pont est fermé", "Le pont n'est pas fermé", &[("est", "n'est pas")]);
        check(
            "12 Boote fehlen",
            "Gestern fehlen 15 Boote",
            &[("12 Boote", "Gestern"), ("", "15 Boote")],
        );
        check("same words", "Same words", &[]);
        check("", "all new", &[("", "all new")]);
    }
}
