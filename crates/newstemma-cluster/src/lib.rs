//! Reports to stories.
//!
//! A story is one event and its direct follow-up. The problem: neither meaning nor words nor names
//! decide alone. Two floods have near vectors; a translation shares no word with its original; the
//! same ministers are named every day.
//!
//! # Method
//!
//! 1. Every report becomes a [`Profile`]: the vectors of its first sentences and their lead-weighted
//!    mean, and bags of its words, names, figures and dates, the rare weighing more (`rarity`).
//! 2. Pairs that could be one story are found by the names and runs of words that they share and by
//!    the signs of their mean vectors ([`Index`]); what they share weighs how near they must be (`worth`).
//! 3. A pair's [`Evidence`] is summed up with few fitted weights to a `score`, the logarithm of the
//!    odds that the two are one story.
//! 4. Average linkage over that sparse graph (`linkage`) down to a threshold: one pair that is alike
//!    by chance does not glue two groups whose other pairs are not.
//! 5. Groups between which text was carried over are joined (`carried`): a copy belongs to its
//!    exemplar's story however short it was cut.
//!
//! Steps 1 to 3 look at one report or at two and at nothing else. So a folder that is read at once
//! and a collection that grows report by report end in the same stories, in whatever order they
//! came, and a new report changes only what it touches ([`Graph`] says why). What it does not touch
//! need not be in memory.
#![forbid(unsafe_code)]

mod keys;
mod rarity;
mod rows;

mod bytes;
mod profile;

mod finding;
mod lists;
mod worth;

mod index;

mod carried;
mod evidence;
mod link;
mod score;
mod slots;

mod clique;
mod doubt;
mod graph;
mod law;
mod linkage;
mod tree;

mod grouping;

pub use evidence::Evidence;
pub use finding::Finding;
pub use graph::{Graph, Memory, Remembered};
pub use grouping::Grouping;
pub use index::{Index, reach};
pub use link::{Link, Slot, compare};
pub use profile::Profile;
pub use slots::SlotMap;

use newstemma_model::{Document, ResolvedDate};
use std::fmt;

/// A report, with what is known about it beyond its own text. All of it must be found without
/// other reports.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// The report.
    pub document: &'a Document,
    /// The keys of each of its names, by which the same is found under other spellings, each with the
    /// surprise of the name.
    pub names: &'a [Vec<(u64, f32)>],
    /// What its dates mean, one entry a date.
    pub dates: &'a [ResolvedDate],
    /// How improbable a word is, in nats.
    pub surprise: &'a dyn Fn(&str) -> f32,
}

impl fmt::Debug for Material<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Material").field("report", &self.document.report.id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
