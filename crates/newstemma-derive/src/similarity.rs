//! How alike two runs of sentences are.
//!
//! A vector similarity means nothing by itself: in a story about one event every sentence is near
//! to many. So it is judged against the *background*: the mean similarity of either sentence to its
//! nearest neighbours other than the one in question (Artetxe & Schwenk 2019, with the difference
//! in place of the ratio, which is unstable near zero). Words in common count beside the vectors:
//! in one language all of them, between languages the numbers and names that are spelt alike.

use crate::background::Background;
use crate::beads::{Gains, RUN_MAX};
use crate::text::{Line, NEIGHBOURS, Text, insert};
use crate::tokens::Token;
use newstemma_model::dot;
use std::ops::Range;

/// Parameters of the similarity and of a bead's gain. Set on the development documents `textberg`
/// and by eye on a few stories of `traditions`; see `docs/design/derivation.md`.
pub(crate) struct Parameters {
    /// What aligning a sentence is worth in a text of which nothing is known: two sentences are a
    /// bead if what they are worth is more than their distance, which is 0 for equal sentences
    /// and 1 at the background.
    pub(crate) worth: f32,
    /// The same in a text that for the most part has a counterpart.
    pub(crate) worth_derived: f32,
    /// The same in two texts that run side by side from beginning to end.
    pub(crate) worth_parallel: f32,
    /// What a difference of length costs, for each factor of e beyond the first half.
    length: f32,
    /// How far lengths may differ, as the logarithm of their ratio, at no cost.
    skew: f32,
    /// What a sentence costs that draws the runs of its bead apart.
    diluted: f32,
    /// What each sentence beyond the first costs of the shorter side of a bead: several sentences on
    /// both sides belong together only where they cross, but the sums of their vectors are always
    /// nearer to each other than the single ones are.
    crossed: f32,
    /// What agreeing numbers and names are worth, and disagreeing ones cost.
    anchors: f32,
}

pub(crate) const PARAMETERS: Parameters = Parameters {
    worth: 0.38,
    worth_derived: 0.75,
    worth_parallel: 1.25,
    length: 0.6,
    skew: 0.2,
    diluted: 0.3,
    crossed: 0.2,
    anchors: 0.10,
};

/// The sentences of two texts, ready to be compared.
pub(crate) struct Compared<'t> {
    pub(crate) a: &'t Text<'t>,
    pub(crate) b: &'t Text<'t>,
    background: &'t Background,
    /// What aligning a sentence of either side is worth.
    pub(crate) worth: (f32, f32),
    /// Background similarity of each line.
    near_a: Vec<f32>,
    near_b: Vec<f32>,
    /// Products of each line with itself and its next neighbours, for the lengths of runs.
    gram_a: Vec<[f32; RUN_MAX]>,
    gram_b: Vec<[f32; RUN_MAX]>,
}

/// What [`Compared::anchors`] comes to at most.
const ANCHORS_MAX: f32 = 1.75;

/// Lines of the other text that a background is taken from, at most.
const NEIGHBOURHOOD_MAX: usize = 1024;

impl<'t> Compared<'t> {
    pub(crate) fn new(a: &'t Text<'t>, b: &'t Text<'t>, background: &'t Background) -> Self {
        let near_a = near(a, b);
        let near_b = near(b, a);
        let (gram_a, gram_b) = (gram(a), gram(b));
        let worth = (PARAMETERS.worth, PARAMETERS.worth);
        Compared { a, b, background, worth, near_a, near_b, gram_a, gram_b }
    }

    /// The cosine of two lines, on one scale for all languages.
    pub(crate) fn cosine(&self, i: usize, j: usize) -> f32 {
        self.a.lines[i].likeness(&self.b.lines[j])
    }

    /// Whether two lines are in one language, as far as is known.
    pub(crate) fn same_language(&self, i: usize, j: usize) -> bool {
        self.a.lines[i].language == self.b.lines[j].language
    }

    /// The similarity of two runs above their background.
    pub(crate) fn similarity(
        &self,
        a: &Range<usize>,
        b: &Range<usize>,
        cells: &dyn Fn(usize, usize) -> f32,
    ) -> f32 {
        self.similarity_over(a, b, cells, f32::NEG_INFINITY)
    }

    /// The same where only more than `least` is of interest: what cannot reach it comes out as −∞,
    /// and is not compared word by word.
    fn similarity_over(
        &self,
        a: &Range<usize>,
        b: &Range<usize>,
        cells: &dyn Fn(usize, usize) -> f32,
        least: f32,
    ) -> f32 {
        let single = a.len() == 1 && b.len() == 1;
        if single && self.a.lines[a.start].hash == self.b.lines[b.start].hash {
            return 1.0;
        }
        let cross: f32 =
            a.clone().flat_map(|i| b.clone().map(move |j| (i, j))).map(|(i, j)| cells(i, j)).sum();
        let cosine = cross / (length(&self.gram_a, a) * length(&self.gram_b, b)).max(1e-6);
        let mean = |near: &[f32], run: &Range<usize>| {
            near[run.clone()].iter().sum::<f32>() / run.len() as f32
        };
        let background = 0.5 * (mean(&self.near_a, a) + mean(&self.near_b, b));
        let p = &PARAMETERS;
        let by_meaning = (cosine - background) / (1.0 - background).max(0.05);
        // Far below the threshold no words in common will help; most cells end here.
        if by_meaning < 0.75 - self.worth.0 - self.worth.1 {
            return by_meaning;
        }
        let weight = |text: &Text<'_>, run: &Range<usize>| -> f32 {
            text.lines[run.clone()].iter().map(|line| line.weight).sum()
        };
        let (wa, wb) = (weight(self.a, a), weight(self.b, b));
        let skew = (libm::logf(wa.max(0.5) / wb.max(0.5)).abs() - p.skew).max(0.0);
        let total = by_meaning - p.length * skew;
        let added = if self.same_language(a.start, b.start) {
            let by_words = |words: f32| 0.5 * (words - by_meaning).max(0.0);
            let most = total + by_words(2.0 * wa.min(wb) / (wa + wb).max(1e-6));
            if most <= least {
                return f32::NEG_INFINITY;
            }
            by_words(overlap(&self.a.bag(a.clone()), &self.b.bag(b.clone())))
        } else {
            if total + p.anchors * ANCHORS_MAX <= least {
                return f32::NEG_INFINITY;
            }
            p.anchors * self.anchors(self.a.run(a.clone()), self.b.run(b.clone()))
        };
        (total + added).min(1.0)
    }

    /// How much nearer two runs would be without one of their outer sentences.
    ///
    /// A sentence that belongs to a bead brings its runs nearer to each other, or leaves them where
    /// they are. One that only stands beside it, since its own counterpart is elsewhere or nowhere,
    /// draws them apart.
    fn diluted(
        &self,
        a: &Range<usize>,
        b: &Range<usize>,
        cells: &dyn Fn(usize, usize) -> f32,
    ) -> f32 {
        let cosine = |a: &Range<usize>, b: &Range<usize>| {
            let pairs = a.clone().flat_map(|i| b.clone().map(move |j| (i, j)));
            let cross: f32 = pairs.map(|(i, j)| cells(i, j)).sum();
            cross / (length(&self.gram_a, a) * length(&self.gram_b, b)).max(1e-6)
        };
        let mut without = f32::NEG_INFINITY;
        if a.len() > 1 {
            without = without.max(cosine(&(a.start + 1..a.end), b));
            without = without.max(cosine(&(a.start..a.end - 1), b));
        }
        if b.len() > 1 {
            without = without.max(cosine(a, &(b.start + 1..b.end)));
            without = without.max(cosine(a, &(b.start..b.end - 1)));
        }
        (without - cosine(a, b)).max(0.0)
    }

    /// Whether numbers and rare words that two runs of different languages spell alike agree: from
    /// −1, one has numbers and the other none of them, to 1, all stand in both.
    pub(crate) fn anchors(&self, a: &[Token], b: &[Token]) -> f32 {
        let numbers = |tokens: &[Token]| sorted(tokens.iter().filter(|t| t.number).map(|t| t.stem));
        let (na, nb) = (numbers(a), numbers(b));
        let by_number = match (na.len(), nb.len()) {
            (0, 0) => 0.0,
            (x, y) => {
                let both = common(&na, &nb) as f32;
                2.0 * (2.0 * both / (x + y) as f32) - 1.0
            }
        };
        let names = |tokens: &[Token]| {
            sorted(
                tokens
                    .iter()
                    .filter(|t| t.capital && t.latin && self.background.rarity(t.hash) > 0.3)
                    .map(|t| t.stem),
            )
        };
        let (ca, cb) = (names(a), names(b));
        let least = ca.len().min(cb.len());
        let by_name = if least == 0 { 0.0 } else { common(&ca, &cb) as f32 / least as f32 };
        // Numbers are often written out on one side, so their absence counts half.
        (if by_number < 0.0 { 0.5 * by_number } else { by_number }) + by_name - 0.25
    }
}

impl Gains for Compared<'_> {
    fn lengths(&self) -> (usize, usize) {
        (self.a.lines.len(), self.b.lines.len())
    }

    fn vectors(&self) -> (Vec<&[f32]>, Vec<&[f32]>) {
        (rows(self.a), rows(self.b))
    }

    fn cell(&self, i: usize, j: usize) -> f32 {
        self.cosine(i, j)
    }

    fn gain(
        &self,
        a: Range<usize>,
        b: Range<usize>,
        cells: &dyn Fn(usize, usize) -> f32,
        least: f32,
    ) -> f32 {
        let (x, y) = (a.len() as f32, b.len() as f32);
        let worth = x * self.worth.0 + y * self.worth.1;
        let apart_max = (worth - least) / (x * y);
        let apart = 1.0 - self.similarity_over(&a, &b, cells, 1.0 - apart_max);
        let gain = worth - x * y * apart;
        // Most cells end here.
        if a.len() + b.len() == 2 || gain <= least {
            return gain;
        }
        let crossed = (a.len().min(b.len()) - 1) as f32;
        gain - PARAMETERS.diluted * x * y * self.diluted(&a, &b, cells)
            - PARAMETERS.crossed * crossed
    }
}

fn rows<'r>(text: &Text<'r>) -> Vec<&'r [f32]> {
    text.lines.iter().map(|l| l.vector).collect()
}

/// Length of the sum of the vectors of a run.
fn length(gram: &[[f32; RUN_MAX]], run: &Range<usize>) -> f32 {
    let mut square = 0.0;
    for i in run.clone() {
        let later = (run.end - i).min(RUN_MAX);
        square += gram[i][0] + 2.0 * gram[i][1..later].iter().sum::<f32>();
    }
    square.max(0.0).sqrt()
}

fn gram(text: &Text<'_>) -> Vec<[f32; RUN_MAX]> {
    let product = |i: usize, d: usize| {
        text.lines.get(i + d).map_or(0.0, |other| dot(text.lines[i].vector, other.vector))
    };
    (0..text.lines.len()).map(|i| std::array::from_fn(|d| product(i, d))).collect()
}

/// For each line of `from` the mean similarity of its nearest neighbours in `to` and, where that is
/// short, in the collection, the very nearest left out: that may be its counterpart.
fn near(from: &Text<'_>, to: &Text<'_>) -> Vec<f32> {
    let stride = to.lines.len().div_ceil(NEIGHBOURHOOD_MAX).max(1);
    let neighbours: Vec<&Line<'_>> = to.lines.iter().step_by(stride).collect();
    let short = neighbours.len() < 4 * NEIGHBOURS;
    let nearest = |(index, line): (usize, &Line<'_>)| {
        let padding = if short { from.sampled.get(index) } else { None };
        let mut top = padding.copied().unwrap_or([-1.0; NEIGHBOURS]);
        neighbours.iter().for_each(|other| insert(&mut top, line.likeness(other)));
        let rest: Vec<f32> = top[1..].iter().copied().filter(|&x| x > -1.0).collect();
        (rest.iter().sum::<f32>() / rest.len().max(1) as f32).max(0.0)
    };
    from.lines.iter().enumerate().map(nearest).collect()
}

/// Words in common, as a share of both (Dice's coefficient over multisets, by weight).
fn overlap(x: &[(u64, f32)], y: &[(u64, f32)]) -> f32 {
    let (mut i, mut j, mut both) = (0, 0, 0.0);
    while i < x.len() && j < y.len() {
        match x[i].0.cmp(&y[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                both += x[i].1;
                i += 1;
                j += 1;
            }
        }
    }
    let all: f32 = x.iter().chain(y).map(|t| t.1).sum();
    if all > 0.0 { 2.0 * both / all } else { 0.0 }
}

fn sorted(hashes: impl Iterator<Item = u64>) -> Vec<u64> {
    let mut hashes: Vec<u64> = hashes.collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

fn common(a: &[u64], b: &[u64]) -> usize {
    a.iter().filter(|x| b.binary_search(x).is_ok()).count()
}
