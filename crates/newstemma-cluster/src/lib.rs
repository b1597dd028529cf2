//! Reports to stories.
//!
//! A story is one event and its direct follow-up. The problem: neither meaning nor words decide
//! alone. Two floods have near vectors; a translation shares no word with its original.
//!
//! # Method
//!
//! 1. Every report becomes a `profile`: the lead-weighted mean of its sentence
//!    vectors, the vectors of its first sentences, and a tf-idf vector of its words.
//! 2. Pairs that could be one story are found by the words that they share and by their mean
//!    vectors (`neighbours`); each report keeps a bounded number of them.
//! 3. A pair's `similarity` mixes mean vectors, best-matching sentences and, within a language,
//!    shared words.
//! 4. Average linkage over that sparse graph (`linkage`) down to a threshold.
//! 5. Groups between which text was carried over are joined (`carried`): a copy belongs to its
//!    exemplar's story however short it was cut.
//!
//! # Cost
//!
//! With `n` reports and `k` neighbours kept: `n²/2` products of mean vectors (512 multiply-adds
//! each), `n·k` pair similarities, `n·k·log(n·k)` for linkage; memory `n·k`. That is seconds for
//! ten thousand reports. Results do not depend on the order of the input.
#![forbid(unsafe_code)]

mod profile;

mod neighbours;

mod similarity;

mod linkage;

mod carried;

use neighbours::Neighbourhood;
use newstemma_model::Document;

/// The numbers that grouping depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClusterConfig {
    /// Least average similarity at which two groups are one story.
    pub threshold: f32,
    /// Share of the best-matching sentences in the meaning part; the rest is the mean vectors'.
    pub best_sentences_share: f32,
    /// Share of shared words in the similarity of two reports of one language, in a collection so
    /// large that rarity can be judged.
    pub words_share: f32,
    /// Number of reports at which the share of words has reached half of its full value.
    pub words_half_reports: f32,
    /// Similarity taken for pairs that were never looked at.
    pub unseen: f32,
    /// Neighbours kept per report.
    pub neighbours_max: usize,
}

impl Default for ClusterConfig {
    /// Chosen on ecbplus, wikinews-events and ntrex-stream (dev), whole and in random draws of four
    /// stories, by the mean of their BCubed F1 over a grid; the neighbouring grid points lie within
    /// .01 of it.
    fn default() -> Self {
        Self {
            threshold: 0.5,
            best_sentences_share: 0.7,
            words_share: 0.4,
            words_half_reports: 30.0,
            unseen: 0.2,
            neighbours_max: 96,
        }
    }
}

/// Groups documents into stories: indices into `documents`, each in exactly one group.
///
/// Indices within a group ascend, and groups come in order of their first index. The grouping
/// depends on the reports' ids and contents alone, not on their order.
pub fn cluster(documents: &[Document], config: ClusterConfig) -> Vec<Vec<usize>> {
    let comparison = Comparison::new(documents, config);
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
    /// Makes the documents ready for comparing.
    pub fn new(documents: &'a [Document], config: ClusterConfig) -> Self {
        // Ties are broken by position, so positions must not depend on the order of the input.
        let mut order: Vec<usize> = (0..documents.len()).collect();
        order.sort_by_key(|&i| (documents[i].report.id, i));
        let documents: Vec<&Document> = order.iter().map(|&i| &documents[i]).collect();
        let neighbourhood = Neighbourhood::new(profile::profiles(&documents));
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
        similarity::similar_pairs(&self.neighbourhood, position, &self.config)
    }

    /// Groups the documents; `pairs` are those of all positions, in order.
    pub fn finish(self, pairs: Vec<Vec<Pair>>) -> Vec<Vec<usize>> {
        let pairs = pairs.concat();
        let groups = linkage::average_linkage(self.order.len(), &pairs, &self.config);
        let groups = carried::join_carried(&self.documents, groups, &pairs);
        let in_input = |g: Vec<usize>| g.into_iter().map(|i| self.order[i]).collect();
        let mut stories: Vec<Vec<usize>> = groups.into_iter().map(in_input).collect();
        stories.iter_mut().for_each(|s| s.sort_unstable());
        stories.sort();
        stories
    }
}

/// Two reports that were compared, and how alike they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The lower position.
    a: usize,
    /// The higher position.
    b: usize,
    /// Similarity, about 0 to 1.
    similarity: f32,
    /// Whether they share runs of words.
    copied: bool,
}

/// Inner product of two vectors of one length.
///
/// Sixteen running sums in a fixed order: the compiler may use any vector width without changing a
/// bit of the result.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; 16];
    let (blocks_a, blocks_b) = (a.chunks_exact(16), b.chunks_exact(16));
    let tail: f32 = blocks_a.remainder().iter().zip(blocks_b.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in blocks_a.zip(blocks_b) {
        for lane in 0..16 {
            sums[lane] += x[lane] * y[lane];
        }
    }
    sums.iter().sum::<f32>() + tail
}

#[cfg(test)]
mod tests;
