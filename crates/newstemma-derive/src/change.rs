//! What it costs to make one reading of a passage from another, in words.
//!
//! Within a language, words that were replaced cost less than words that were added, and words
//! that were left out nearly nothing; each passage that was touched at all costs something, so
//! that a changed figure is no accident. Between languages a translation costs an eighth of its
//! words, and numbers that disagree cost more. Two renderings of one foreign text differ in most
//! words, and that is dearer than translating it twice.

use crate::align::in_common_order;
use crate::kin::Kin;
use crate::tokens::Token;
use crate::unit::Reading;

/// Prices, in words or as shares of the words concerned. Set on `traditions` (dev), with an eye on
/// `wmt22-translations` and `clough-stevenson`; see `docs/design/derivation.md`.
mod price {
    /// A word replaced by another, added, or left out.
    pub(super) const REPLACED: f32 = 0.4;
    pub(super) const ADDED: f32 = 0.8;
    pub(super) const LEFT_OUT: f32 = super::LEFT_OUT;
    /// A passage that was touched.
    pub(super) const TOUCHED: f32 = 4.0;
    /// Each word of a passage that two made independently of each other: where a foreign text is
    /// at hand that both may be made from, and where none is.
    pub(super) const RENDERED_TWICE: f32 = 0.25;
    pub(super) const REWRITTEN: f32 = 0.1;
    /// A translated word, and what it costs more where the meaning is less alike.
    pub(super) const TRANSLATED: f32 = 0.13;
    pub(super) const TRANSLATED_FREELY: f32 = 0.05;
    /// A number that disagrees.
    pub(super) const NUMBER: f32 = 4.0;
    /// How much longer a translation may be before words count as added.
    pub(super) const LENGTH: f32 = 1.6;
}

/// The price of a word that was left out.
pub(crate) const LEFT_OUT: f32 = 0.03;

/// The similarity at which two passages may say the same, and at which they certainly do.
const ALIKE: (f32, f32) = (0.15, 0.6);

/// A passage of two related texts, seen from one of them.
pub(crate) struct Rendered<'a> {
    /// The reading that is there.
    pub(crate) from: &'a Reading,
    /// The reading that is made from it.
    pub(crate) to: &'a Reading,
    /// Their tokens.
    pub(crate) tokens: (&'a [Token], &'a [Token]),
}

/// The costs of making either of two readings from the other: of the second from the first, of
/// the first from the second. `x` and `y` are the texts' indices in `kin`; they must be related.
pub(crate) fn costs(
    kin: &Kin<'_>,
    (x, first): (usize, &Reading),
    (y, second): (usize, &Reading),
) -> (f32, f32) {
    let (tx, ty) = (&kin.texts[x], &kin.texts[y]);
    let tokens = (tx.run(first.lines.clone()), ty.run(second.lines.clone()));
    let there = Rendered { from: first, to: second, tokens };
    let back = Rendered { from: second, to: first, tokens: (tokens.1, tokens.0) };
    if tx.lines[first.lines.start].language == ty.lines[second.lines.start].language {
        if equal(tokens) {
            return (0.0, 0.0);
        }
        let common = in_common_order(tokens.0, tokens.1);
        let apart = apart(kin, x, y);
        (there.reworded(common, apart), back.reworded(common, apart))
    } else {
        let alike = likeness(kin, (x, first), (y, second));
        (there.translated(alike), back.translated(alike))
    }
}

impl Rendered<'_> {
    /// `common`: share of the words of both that stand in both in the same order.
    fn reworded(&self, common: f32, apart: f32) -> f32 {
        let weight = |tokens: &[Token]| crate::tokens::weight(tokens).max(1e-3);
        let (from, to) = (weight(self.tokens.0), weight(self.tokens.1));
        let kept = 0.5 * common * (from + to);
        let added = (1.0 - kept / to).max(0.0) * self.to.words;
        let gone = (1.0 - kept / from).max(0.0) * self.from.words;
        let replaced = added.min(gone);
        let words = price::REPLACED * replaced
            + price::ADDED * (added - replaced)
            + price::LEFT_OUT * (gone - replaced);
        let shorter = self.from.words.min(self.to.words);
        (words + apart * shorter + price::TOUCHED).min(self.to.words)
    }

    /// `alike`: how sure it is that the two say the same, 0 to 1.
    fn translated(&self, alike: f32) -> f32 {
        let added = (self.to.words - price::LENGTH * self.from.words).max(0.0);
        let each = price::TRANSLATED + price::TRANSLATED_FREELY * (1.0 - alike);
        let numbers = price::NUMBER * disagreeing_numbers(self.tokens) as f32;
        (each * (self.to.words - added) + price::ADDED * added + numbers).min(self.to.words)
    }
}

/// What each word costs if the two texts were worded independently of each other.
fn apart(kin: &Kin<'_>, x: usize, y: usize) -> f32 {
    let copied = kin.pair(x, y).map_or(0.5, |pair| pair.copied);
    let twice =
        if kin.have_foreign_relative(x, y) { price::RENDERED_TWICE } else { price::REWRITTEN };
    (1.0 - copied) * twice
}

/// How sure it is, from the alignments between them, that two passages say the same.
fn likeness(kin: &Kin<'_>, (x, first): (usize, &Reading), (y, second): (usize, &Reading)) -> f32 {
    let Some(pair) = kin.pair(x, y) else { return 0.0 };
    let (a, b) = if x < y { (first, second) } else { (second, first) };
    let meets = |run: &std::ops::Range<usize>, reading: &Reading| {
        run.start < reading.lines.end && reading.lines.start < run.end
    };
    let between = pair.matches.iter().filter(|m| meets(&m.a, a) && meets(&m.b, b));
    let best = between.map(|m| (m.similarity - ALIKE.0) / (ALIKE.1 - ALIKE.0)).fold(0.0, f32::max);
    best.min(1.0)
}

fn equal((a, b): (&[Token], &[Token])) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x.hash == y.hash)
}

/// Numbers of one side that the other lacks, as far as the other has some that this one lacks.
fn disagreeing_numbers((a, b): (&[Token], &[Token])) -> usize {
    let numbers = |tokens: &[Token]| {
        let mut found: Vec<u64> = tokens.iter().filter(|t| t.number).map(|t| t.hash).collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    let (a, b) = (numbers(a), numbers(b));
    let without = |x: &[u64], y: &[u64]| x.iter().filter(|n| y.binary_search(n).is_err()).count();
    without(&a, &b).min(without(&b, &a))
}
