//! What it costs to make one reading of a passage from another, in words.
//!
//! Within a language, words that were replaced cost less than words that were added, and words
//! that were left out nearly nothing; each passage that was touched at all costs something, so
//! that a changed figure is no accident. Between languages a translation costs an eighth of its
//! words, and numbers that disagree cost more. Two renderings of one foreign text differ in most
//! words, and that is dearer than translating it twice.

use crate::align::in_common_order;
use crate::kin::Kin;
use crate::prices::Prices;
use crate::tokens::{Numbers, Token};
use crate::unit::Reading;

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
    prices: &Prices,
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
        let apart = apart(kin, prices, x, y);
        (there.reworded(prices, common, apart), back.reworded(prices, common, apart))
    } else {
        let alike = likeness(kin, (x, first), (y, second));
        (there.translated(prices, alike), back.translated(prices, alike))
    }
}

impl Rendered<'_> {
    /// `common`: share of the words of both that stand in both in the same order.
    fn reworded(&self, prices: &Prices, common: f32, apart: f32) -> f32 {
        let weight = |tokens: &[Token]| crate::tokens::weight(tokens).max(1e-3);
        let (from, to) = (weight(self.tokens.0), weight(self.tokens.1));
        let kept = 0.5 * common * (from + to);
        let added = (1.0 - kept / to).max(0.0) * self.to.words;
        let gone = (1.0 - kept / from).max(0.0) * self.from.words;
        let replaced = added.min(gone);
        let words = prices.replaced * replaced
            + prices.added * (added - replaced)
            + prices.left_out * (gone - replaced);
        let shorter = self.from.words.min(self.to.words);
        (words + apart * shorter + prices.touched).min(self.to.words)
    }

    /// `alike`: how sure it is that the two say the same, 0 to 1.
    fn translated(&self, prices: &Prices, alike: f32) -> f32 {
        let added = (self.to.words - prices.translation_length * self.from.words).max(0.0);
        let each = prices.translated + prices.translated_freely * (1.0 - alike);
        let numbers = prices.number * Numbers::of(self.tokens).disagreeing as f32;
        (each * (self.to.words - added) + prices.added * added + numbers).min(self.to.words)
    }
}

/// What each word costs if the two texts were worded independently of each other.
fn apart(kin: &Kin<'_>, prices: &Prices, x: usize, y: usize) -> f32 {
    let copied = kin.pair(x, y).map_or(0.5, |pair| pair.copied);
    let twice =
        if kin.have_foreign_relative(x, y) { prices.rendered_twice } else { prices.rewritten };
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
