//! Reports to stories.
//!
//! A story is one event and its direct follow-up. The problem: neither meaning nor words nor names
//! decide alone. Two floods have near vectors; a translation shares no word with its original; the
//! same ministers are named every day.
//!
//! # Method
//!
//! 1. Every report becomes a `profile`: the vectors of its first sentences and their lead-weighted
//!    mean, and bags of its words, names, figures and dates, the rare weighing more (`rarity`).
//! 2. Pairs that could be one story are found by the words and names that they share and by their
//!    mean vectors (`neighbours`); each report keeps a bounded number of them.
//! 3. A pair's [`Evidence`] is summed up with few fitted weights to a `score`, the logarithm of the
//!    odds that the two are one story.
//! 4. Average linkage over that sparse graph (`linkage`) down to a threshold: one pair that is alike
//!    by chance does not glue two groups whose other pairs are not.
//! 5. Pieces of stories that are larger than the lists of neighbours are joined (`pieces`).
//! 6. Groups between which text was carried over are joined (`carried`): a copy belongs to its
//!    exemplar's story however short it was cut.
//!
//! # Cost
//!
//! With `n` reports and `k` neighbours kept: `n²/2` products of mean vectors (512 multiply-adds
//! each), `n·k` pieces of evidence, `n·k·log(n·k)` for linkage; memory `n·k`. That is seconds for
//! ten thousand reports. Results do not depend on the order of the input.
#![forbid(unsafe_code)]

mod keys;
mod rarity;

mod profile;

mod neighbours;

mod evidence;
mod score;

mod linkage;

mod pieces;

mod carried;

pub use evidence::Evidence;

use neighbours::{Neighbour, Neighbourhood};
use newstemma_model::{Document, EntityId, ResolvedDate};
use score::score;

/// A report, with what is known about it beyond its own text.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// The report.
    pub document: &'a Document,
    /// Whom and what its names name, one entity a name; equal wherever two reports of the
    /// collection seem to name the same.
    pub names: &'a [EntityId],
    /// What its dates mean, one entry a date.
    pub dates: &'a [ResolvedDate],
}

/// The numbers that grouping depends on, besides the weights of the score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClusterConfig {
    /// Least average score at which two groups are one story.
    pub threshold: f32,
    /// Neighbours kept per report.
    pub neighbours_max: usize,
}

impl Default for ClusterConfig {
    /// The threshold is chosen on the sets that the weights of the score are fitted on (dev), by the
    /// mean of their figures, each with weights fitted without it: half a step of one to either side
    /// loses .01.
    fn default() -> Self {
        Self { threshold: -0.5, neighbours_max: 96 }
    }
}

/// Groups reports into stories: indices into `material`, each in exactly one group.
///
/// Indices within a group ascend, and groups come in order of their first index. The grouping
/// depends on the reports' ids and contents alone, not on their order.
pub fn cluster(material: &[Material<'_>], config: ClusterConfig) -> Vec<Vec<usize>> {
    let comparison = Comparison::new(material, config);
    let pairs = (0..comparison.len()).map(|i| comparison.pairs_of(i)).collect();
    comparison.finish(pairs)
}

/// The same as [`cluster`] in three steps, of which the second can be spread over threads or
/// machines: [`new`](Self::new), [`pairs_of`](Self::pairs_of) every position,
/// [`finish`](Self::finish).
#[derive(Debug)]
pub struct Comparison<'a> {
    config: ClusterConfig,
    /// Index in the input of each position.
    order: Vec<usize>,
    documents: Vec<&'a Document>,
    neighbourhood: Neighbourhood<'a>,
}

impl<'a> Comparison<'a> {
    /// Makes the reports ready for comparing.
    pub fn new(material: &[Material<'a>], config: ClusterConfig) -> Self {
        // Ties are broken by position, so positions must not depend on the order of the input.
        let mut order: Vec<usize> = (0..material.len()).collect();
        order.sort_by_key(|&i| (material[i].document.report.id, i));
        let material: Vec<Material<'a>> = order.iter().map(|&i| material[i]).collect();
        let documents = material.iter().map(|m| m.document).collect();
        let neighbourhood = Neighbourhood::new(profile::profiles(&material));
        Self { config, order, documents, neighbourhood }
    }

    /// Number of positions.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Compares the report at a position with those at later ones.
    pub fn pairs_of(&self, position: usize) -> Vec<Pair> {
        let pair = |Neighbour { other, copied, .. }| Pair {
            a: position,
            b: other,
            score: score(&self.evidence(position, other)),
            copied,
        };
        self.near(position).map(pair).collect()
    }

    /// The evidence on the report at a position and the later ones worth comparing with it, as
    /// indices into the input: what the weights of the score are fitted on.
    pub fn evidence_of(&self, position: usize) -> Vec<(usize, usize, Evidence)> {
        let (a, at) = (self.order[position], &self.order);
        let found = |other: usize| (a, at[other], self.evidence(position, other));
        self.near(position).map(|n| found(n.other)).collect()
    }

    fn near(&self, position: usize) -> impl Iterator<Item = Neighbour> {
        self.neighbourhood.of(position, self.config.neighbours_max).into_iter()
    }

    fn evidence(&self, a: usize, b: usize) -> Evidence {
        let profiles = &self.neighbourhood.profiles;
        Evidence::of(&profiles[a], &profiles[b])
    }

    /// Groups the reports; `pairs` are those of all positions, in order.
    pub fn finish(self, pairs: Vec<Vec<Pair>>) -> Vec<Vec<usize>> {
        let pairs = pairs.concat();
        let threshold = self.config.threshold;
        let groups = linkage::average_linkage(self.order.len(), &pairs, threshold);
        let compare = |a: usize, b: usize| score(&self.evidence(a, b));
        let groups = pieces::join_pieces(groups, &pairs, threshold, compare);
        let groups = carried::join_carried(&self.documents, groups, &pairs);
        let in_input = |g: Vec<usize>| g.into_iter().map(|i| self.order[i]).collect();
        let mut stories: Vec<Vec<usize>> = groups.into_iter().map(in_input).collect();
        stories.iter_mut().for_each(|s| s.sort_unstable());
        stories.sort();
        stories
    }
}

/// Two reports that were compared, and how sure it is that they are of one story.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The lower position.
    a: usize,
    /// The higher position.
    b: usize,
    /// The logarithm of the odds that they are.
    score: f32,
    /// Whether they share runs of words.
    copied: bool,
}

#[cfg(test)]
mod tests;
