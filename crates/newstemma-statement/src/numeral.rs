//! Numbers in digits and words of any script and grouping.
//!
//! A numeral is a run of terms: digits ("10 000", "1,5"), words that add ("twenty", "five") and
//! words that multiply ("hundred", "млн", "万"). Terms are kept as a stack of falling values; a
//! multiplier takes all terms below it and puts their product in their place:
//! `two hundred thousand` → [2] → [200] → [200 000], and `3万5千` → [3] → [30 000] →
//! [30 000, 5] → [30 000, 5 000]. A term that does not fit below the last one ends the numeral, so
//! that "five two" are two numbers. Linear in the tokens of the numeral. The grammar is the same
//! for all languages; what differs (compounds, joiners, signs for decimals) is data.

mod digits;
mod stack;
mod words;

use digits::{from_digits, grouped};
use words::{compound, from_words};

use crate::lexicon::{Lexicon, List};
use crate::token::{Kind, Tokens};
use newstemma_language::digit_value;

/// How a number is written, which says what it can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// One run of digits.
    Plain,
    /// Digits in groups, with decimals or with a multiplier: surely a quantity.
    Grouped,
    /// In words.
    Words,
    /// "cinquantaine": about so many.
    Approximate,
    /// "millions": so many or more.
    Crowd,
    /// The how-manieth.
    Ordinal,
    /// A share of one: "half".
    Fraction,
}

/// A number among tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Numeral {
    /// One past its last token.
    pub end: usize,
    /// Its value.
    pub value: f64,
    /// How it is written.
    pub form: Form,
    /// Number of digits of the first run, 0 for words.
    pub digits: usize,
}

/// The number that begins at a token.
pub(crate) fn numeral(lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Numeral> {
    match tokens.kind(at)? {
        Kind::Digits => from_digits(lexicon, tokens, at),
        Kind::Mark => ordinal_after_prefix(lexicon, tokens, at),
        Kind::Word | Kind::Sign => ordinal_after_prefix(lexicon, tokens, at)
            .or_else(|| single(lexicon, tokens, at))
            .or_else(|| from_words(lexicon, tokens, at))
            .or_else(|| compound(lexicon, tokens, at)),
    }
}

/// The value of a run of digits, if it fits a number exactly.
pub(crate) fn digits_value(run: &str) -> Option<f64> {
    let mut value = 0u64;
    for c in run.chars() {
        value = value.checked_mul(10)?.checked_add(u64::from(digit_value(c)?))?;
    }
    (value < 1 << 53).then_some(value as f64)
}

/// A number that one word or phrase says by itself.
fn single(lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Numeral> {
    [
        (List::Approximate, Form::Approximate),
        (List::Crowd, Form::Crowd),
        (List::Fraction, Form::Fraction),
        (List::Ordinal, Form::Ordinal),
    ]
    .into_iter()
    .filter_map(|(list, form)| {
        let hit = lexicon.find(list, tokens, at)?;
        let end = at + hit.length;
        Some(Numeral { end, value: hit.value, form, digits: 0 })
    })
    .max_by_key(|n| n.end)
    .map(|n| crowd_of(lexicon, tokens, n))
    // "fünfzig" begins with "fünf", "einhundert" with "ein": the longer reading is the right one.
    .filter(|n| from_words(lexicon, tokens, at).is_none_or(|w| w.end <= n.end))
}

/// "tens of thousands", "десятки тысяч": the one crowd times the other.
fn crowd_of(lexicon: &Lexicon, tokens: &Tokens, first: Numeral) -> Numeral {
    if !matches!(first.form, Form::Crowd | Form::Approximate) {
        return first;
    }
    let link = lexicon.find(List::OfLink, tokens, first.end).map_or(0, |h| h.length);
    let second = first.end + link;
    let hit = lexicon
        .find(List::Crowd, tokens, second)
        .or_else(|| lexicon.find(List::Multiplier, tokens, second));
    match hit {
        Some(hit) if hit.value >= 100.0 => {
            Numeral { end: second + hit.length, value: first.value * hit.value, ..first }
        }
        _ => first,
    }
}

/// 第 and the like.
fn ordinal_after_prefix(lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Numeral> {
    let prefix = lexicon.find(List::OrdinalPrefix, tokens, at)?;
    let from = at + prefix.length;
    let number = match tokens.kind(from)? {
        Kind::Digits => grouped(lexicon, tokens, from),
        _ => from_words(lexicon, tokens, from),
    }?;
    Some(Numeral { form: Form::Ordinal, ..number })
}

#[cfg(test)]
mod tests {
    use super::numeral;
    use crate::lexicon::Lexicon;
    use crate::token::Tokens;
    use newstemma_model::{Language, Span};

    /// The number at the beginning of a text, and what is left after it.
    pub(super) fn check(language: &str, text: &str, value: f64, rest: &str) {
        let lexicon = Lexicon::of(Language::parse(language).unwrap_or_default());
        let tokens = Tokens::of(text, Span::new(0, text.len()), lexicon);
        let found = numeral(lexicon, &tokens, 0);
        let found = found.map(|n| (n.value, text[tokens.span(0, n.end).end()..].trim()));
        assert_eq!(found, Some((value, rest)), "{language}: {text}");
    }
}
