//! How much work large stories and long texts take, in steps that are counted: a story that never
//! ends is worse than a slow one, and a clock would measure the machine.

use super::tradition::{Chance, Text};
use crate::beads::{Gains, beads_between};
use crate::copies::Folded;
use crate::kin::Kin;
use crate::similarity::Compared;
use crate::{Background, anchor, text};
use newstemma_model::Document;
use std::cell::Cell;
use std::ops::Range;

/// Gains, counted as they are asked for.
struct Counted<'c> {
    compared: &'c Compared<'c>,
    asked: Cell<usize>,
}

impl Gains for Counted<'_> {
    fn lengths(&self) -> (usize, usize) {
        self.compared.lengths()
    }

    fn vectors(&self) -> (Vec<&[f32]>, Vec<&[f32]>) {
        self.compared.vectors()
    }

    fn cell(&self, i: usize, j: usize) -> f32 {
        self.compared.cell(i, j)
    }

    fn gain(
        &self,
        a: Range<usize>,
        b: Range<usize>,
        cells: &dyn Fn(usize, usize) -> f32,
        least: f32,
    ) -> f32 {
        self.asked.set(self.asked.get() + 1);
        self.compared.gain(a, b, cells, least)
    }
}

/// How many gains an alignment of two documents asks for.
fn asked(a: &Document, b: &Document) -> usize {
    let background = Background::of(&[a.clone(), b.clone()]);
    let (a, b) = (text::Text::beside(a, &background), text::Text::beside(b, &background));
    let compared = Compared::new(&a, &b, &background);
    let counted = Counted { compared: &compared, asked: Cell::new(0) };
    beads_between(&counted, &anchor::anchors(&a, &b), None);
    counted.asked.get()
}

#[test]
fn near_copies_are_compared_where_they_differ() {
    let mut chance = Chance::new(3);
    let long = chance.sentences(300);
    let changed = long.without(250).without(120).with_own(40, 1, &mut chance);
    // Three gaps of a few sentences, not 90,000 pairs of sentences.
    assert!(asked(&long.report("a"), &changed.report("b")) < 1_000);
    assert_eq!(asked(&long.report("a"), &long.report("b")), 0);
}

#[test]
fn in_a_large_story_the_pairs_that_are_compared_grow_with_the_reports() {
    const REPORTS: usize = 120;
    const PAIRS_EACH: usize = 24;
    let mut chance = Chance::new(5);
    let dispatch = chance.sentences(8);
    let mut copy = || dispatch.without(chance.below(8)).with_own(chance.below(8), 1, &mut chance);
    let texts: Vec<Text> = (0..REPORTS).map(|_| copy()).collect();
    let name = |(k, text): (usize, &Text)| text.report(&format!("report {k}"));
    let documents: Vec<Document> = texts.iter().enumerate().map(name).collect();
    let background = Background::of(&documents);
    let texts = documents.iter().map(|d| text::Text::beside(d, &background)).collect();
    let Folded { texts, counts, .. } = Folded::of(texts);
    let kin = Kin::of(texts, &counts, &background);
    assert!(kin.pairs().count() <= PAIRS_EACH * REPORTS);
}
