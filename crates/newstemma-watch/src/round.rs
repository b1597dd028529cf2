//! A round: what it brings, and what it came to.

use newstemma_model::{Page, Warning};
use std::collections::{BTreeMap, BTreeSet};

/// What a part of a round brought.
#[derive(Debug, Default)]
pub struct Batch {
    /// Pages, as reading the archive would give them.
    pub pages: Vec<Page>,
    /// What was passed over.
    pub warnings: Vec<Warning>,
}

/// What a round came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Sources that were asked.
    pub sources: usize,
    /// Of these, such as had not changed.
    pub sources_unchanged: usize,
    /// Of these, such as gave no list.
    pub sources_failed: usize,
    /// Pages that were fetched.
    pub pages: usize,
    /// Pages that were asked for again and had not changed.
    pub pages_unchanged: usize,
    /// Pages that robots.txt forbids.
    pub pages_refused: usize,
    /// Pages that could not be fetched.
    pub pages_failed: usize,
    /// Pages that are left for a later round.
    pub pages_put_off: usize,
}

/// A round that runs.
#[derive(Default)]
pub(crate) struct Run {
    pub(crate) round: Round,
    /// Jobs that have not come back.
    pub(crate) open: usize,
    /// Addresses that were asked for, or are left for a later round.
    pub(crate) asked: BTreeSet<String>,
    /// Pages that were asked for, by host.
    pub(crate) by_host: BTreeMap<String, usize>,
    pub(crate) batch: Batch,
}
