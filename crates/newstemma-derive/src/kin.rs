//! The pairs of a story that may be related, and how well each text explains each other.

use crate::align::{Match, record};
use crate::background::Background;
use crate::evidence::{Pair, Windows, common, compare, windows};
use crate::relate::probability;
use crate::text::Text;
use newstemma_model::{Document, Located, dot, likeness};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// The texts of a story with the comparisons of those that may be related.
pub(crate) struct Kin<'a> {
    /// The texts, by index.
    pub(crate) texts: Vec<Text<'a>>,
    /// Comparisons of related texts, by `(a, b)` with `a < b`.
    pairs: BTreeMap<(usize, usize), Pair>,
    /// Related texts of each text, ascending.
    pub(crate) relatives: Vec<Vec<usize>>,
}

/// From which probability on two texts count as related.
const RELATED: f32 = 0.6;

impl<'a> Kin<'a> {
    /// Compares the texts of a story. `copies`: how many more reports have each text.
    pub(crate) fn of(texts: Vec<Text<'a>>, copies: &[usize], background: &Background) -> Kin<'a> {
        let windows = windows(&texts, copies, background);
        let mut pairs = BTreeMap::new();
        let mut relatives = vec![Vec::new(); texts.len()];
        for (a, b) in candidates(&texts, &windows) {
            let pair = compare((a, b), &texts, &windows, background);
            if probability(&pair.features) >= RELATED {
                relatives[a].push(b);
                relatives[b].push(a);
                pairs.insert((a, b), pair);
            }
        }
        relatives.iter_mut().for_each(|r| r.sort_unstable());
        Kin { texts, pairs, relatives }
    }

    /// The comparison of two related texts.
    pub(crate) fn pair(&self, x: usize, y: usize) -> Option<&Pair> {
        self.pairs.get(&(x.min(y), x.max(y)))
    }

    /// The probability that two texts are related.
    pub(crate) fn probability(&self, x: usize, y: usize) -> f32 {
        self.pair(x, y).map_or(0.0, |p| probability(&p.features))
    }

    /// Whether a text in another language is related to both, so that both may be made from it.
    pub(crate) fn have_foreign_relative(&self, x: usize, y: usize) -> bool {
        let language = |text: usize| self.texts[text].document.report.language;
        let common = self.relatives[x].iter().filter(|t| self.relatives[y].contains(t));
        common.into_iter().any(|&t| language(t) != language(x))
    }

    /// Which of two texts was published first, if both dates say so.
    pub(crate) fn order(&self, x: usize, y: usize) -> Option<Ordering> {
        order(self.texts[x].document, self.texts[y].document)
    }

    /// Share of the words of `child` that `parent` explains.
    pub(crate) fn share(&self, child: usize, parent: usize) -> f32 {
        let lines = &self.texts[child].lines;
        let sum: f32 =
            self.explained(child, parent).iter().zip(lines).map(|(&e, line)| e * line.weight).sum();
        sum / self.words(child)
    }

    /// For each line of `child`, how well `parent` explains it; empty if they are not related.
    pub(crate) fn explained(&self, child: usize, parent: usize) -> &[f32] {
        match self.pair(child, parent) {
            Some(pair) if pair.a == child => &pair.explained_a,
            Some(pair) => &pair.explained_b,
            None => &[],
        }
    }

    /// All comparisons of related texts.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = &Pair> {
        self.pairs.values()
    }

    /// Words of a text.
    pub(crate) fn words(&self, text: usize) -> f32 {
        self.texts[text].weight().max(1.0)
    }
}

/// Which of two reports was published first, if both dates say so.
pub(crate) fn order(x: &Document, y: &Document) -> Option<Ordering> {
    let (x, y) = (x.report.published?, y.report.published?);
    if x.time.is_none() || y.time.is_none() {
        return (x.day != y.day).then(|| x.day.cmp(&y.day));
    }
    let order = x.instant_seconds().cmp(&y.instant_seconds());
    order.is_ne().then_some(order)
}

impl Pair {
    /// The passages in common that show it best, as spans of both texts.
    pub(crate) fn shown(&self, kin: &Kin<'_>, most: usize) -> Vec<Located> {
        let strength = |m: &Match| m.similarity.max(m.verbatim);
        let mut order: Vec<&Match> = self.matches.iter().collect();
        order.sort_by(|x, y| strength(y).total_cmp(&strength(x)).then(x.a.start.cmp(&y.a.start)));
        let place = |m: &&Match| {
            let record = record(m, &kin.texts[self.a], &kin.texts[self.b]);
            [record.a, record.b]
        };
        order.iter().take(most).flat_map(place).collect()
    }
}

/// Stories up to this size are compared pair by pair.
const ALL_PAIRS_MAX: usize = 40;
/// In larger ones, the nearest texts by vector that each text is compared with.
const NEAREST: usize = 12;
/// A window that more texts than this have leads to no candidates; whoever shares it shares others.
const WINDOW_TEXTS_MAX: usize = 64;

/// Pairs worth a comparison: those that share windows of words, and the nearest by mean vector.
fn candidates(texts: &[Text<'_>], windows: &[Windows]) -> Vec<(usize, usize)> {
    let n = texts.len();
    if n <= ALL_PAIRS_MAX {
        return (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b))).collect();
    }
    let mut found = BTreeSet::new();
    let mut holders: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (text, windows) in windows.iter().enumerate() {
        for &hash in &windows.hashes {
            holders.entry(hash).or_default().push(text);
        }
    }
    let mut shared: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for texts in holders.values().filter(|t| t.len() > 1 && t.len() <= WINDOW_TEXTS_MAX) {
        for (k, &a) in texts.iter().enumerate() {
            for &b in &texts[k + 1..] {
                *shared.entry((a, b)).or_default() += 1;
            }
        }
    }
    found.extend(shared.into_iter().filter(|&(_, count)| count >= 2).map(|(pair, _)| pair));
    let means: Vec<Vec<f32>> = texts.iter().map(mean_vector).collect();
    let reaches: Vec<f32> = texts.iter().map(mean_reach).collect();
    let like = |a: usize, b: usize| likeness(dot(&means[a], &means[b]), (reaches[a], reaches[b]));
    for a in 0..n {
        let mut near: Vec<(f32, usize)> =
            (0..n).filter(|&b| b != a).map(|b| (like(a, b), b)).collect();
        let nearest = NEAREST.min(near.len() - 1);
        near.select_nth_unstable_by(nearest, |x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        for &(_, b) in &near[..nearest] {
            found.insert((a.min(b), a.max(b)));
        }
    }
    found
        .into_iter()
        .filter(|&(a, b)| worth_it(&texts[a], &texts[b], &windows[a], &windows[b]))
        .collect()
}

/// Whether two texts can be related at all: they share a window, or a sentence of one is near one
/// of the other.
fn worth_it(a: &Text<'_>, b: &Text<'_>, wa: &Windows, wb: &Windows) -> bool {
    const NEAR: f32 = 0.55;
    const LINES_MAX: usize = 40;
    common(&wa.hashes, &wb.hashes) >= 2
        || a.lines
            .iter()
            .take(LINES_MAX)
            .any(|x| b.lines.iter().take(LINES_MAX).any(|y| x.likeness(y) >= NEAR))
}

fn mean_reach(text: &Text<'_>) -> f32 {
    let sum: f32 = text.lines.iter().map(|line| line.reach).sum();
    if text.lines.is_empty() { 1.0 } else { sum / text.lines.len() as f32 }
}

fn mean_vector(text: &Text<'_>) -> Vec<f32> {
    let dim = text.lines.first().map_or(0, |l| l.vector.len());
    let mut mean = vec![0.0f32; dim];
    for line in text.lines.iter().filter(|l| l.vector.len() == dim) {
        mean.iter_mut().zip(line.vector).for_each(|(m, v)| *m += v);
    }
    let length = dot(&mean, &mean).sqrt().max(1e-9);
    mean.iter_mut().for_each(|m| *m /= length);
    mean
}
