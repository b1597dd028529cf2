//! Average linkage over a sparse graph.
//!
//! The naive method keeps all `n²` scores. Here only compared pairs are kept; the average between
//! two groups counts every pair that was never compared at the least score. Groups are
//! joined best first from a heap with stale entries left in it and passed over; the smaller list
//! of neighbours is poured into the larger one. Time `m log m` heap operations for `m` pairs times
//! the depth of pouring, memory `m`.
//!
//! Of equal averages the pair with the lower first members is joined first, so that the result hangs
//! on nothing but the scores and the order of the positions.

use crate::score::SCORE_MIN;
use crate::tree::Tree;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// Two reports that were compared, and how sure it is that they are of one story.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pair {
    /// The lower position.
    pub(crate) a: usize,
    /// The higher position.
    pub(crate) b: usize,
    /// The score, in steps.
    pub(crate) score: i16,
}

/// The scores of the compared pairs between two groups.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Between {
    pub(crate) sum: i64,
    pub(crate) pairs: u64,
}

impl Between {
    /// The average over `all` pairs, those that were not compared at the least score.
    pub(crate) fn average(&self, all: u64) -> f64 {
        let unseen = all.saturating_sub(self.pairs) as i64;
        (self.sum + unseen * i64::from(SCORE_MIN)) as f64 / all as f64
    }
}

/// Joins groups until no two are surely enough one story.
pub(crate) fn average_linkage(n: usize, pairs: &[Pair], threshold: i16) -> Tree {
    let mut state = State::new(n, pairs, threshold);
    while let Some(join) = state.heap.pop() {
        if state.is_current(&join) {
            state.join(join.a, join.b, join.average);
        }
    }
    state.tree
}

struct State {
    threshold: f64,
    tree: Tree,
    groups: Vec<Group>,
    heap: BinaryHeap<Join>,
}

/// A group, while it is not joined to another.
#[derive(Clone, Debug, Default)]
struct Group {
    /// How many members it has; none once it was joined to another.
    size: u64,
    /// Its lowest member.
    low: usize,
    /// Its node in the tree.
    node: usize,
    neighbours: BTreeMap<usize, Between>,
}

impl State {
    fn new(n: usize, pairs: &[Pair], threshold: i16) -> Self {
        let single = |i| Group { size: 1, low: i, node: i, neighbours: BTreeMap::new() };
        let mut groups: Vec<Group> = (0..n).map(single).collect();
        for pair in pairs {
            let one = Between { sum: i64::from(pair.score), pairs: 1 };
            groups[pair.a].neighbours.insert(pair.b, one);
            groups[pair.b].neighbours.insert(pair.a, one);
        }
        let threshold = f64::from(threshold);
        let mut state = Self { threshold, tree: Tree::new(n), groups, heap: BinaryHeap::new() };
        for pair in pairs {
            state.offer(pair.a, pair.b);
        }
        state
    }

    fn average(&self, a: usize, b: usize) -> Option<f64> {
        let between = self.groups[a].neighbours.get(&b)?;
        Some(between.average(self.groups[a].size * self.groups[b].size))
    }

    fn offer(&mut self, a: usize, b: usize) {
        if let Some(average) = self.average(a, b)
            && average >= self.threshold
        {
            let lows = self.lows(a, b);
            self.heap.push(Join { average, lows, a, b });
        }
    }

    fn lows(&self, a: usize, b: usize) -> (usize, usize) {
        let (a, b) = (self.groups[a].low, self.groups[b].low);
        (a.min(b), a.max(b))
    }

    /// Whether nothing was joined to either group since the entry was made.
    fn is_current(&self, join: &Join) -> bool {
        self.average(join.a, join.b) == Some(join.average) && self.lows(join.a, join.b) == join.lows
    }

    fn join(&mut self, a: usize, b: usize, average: f64) {
        let length = |i: usize| self.groups[i].neighbours.len();
        let (kept, gone) = if length(a) >= length(b) { (a, b) } else { (b, a) };
        let poured = std::mem::take(&mut self.groups[gone]);
        let group = &mut self.groups[kept];
        group.node = self.tree.join(group.node, poured.node, average);
        group.size += poured.size;
        group.low = group.low.min(poured.low);
        group.neighbours.remove(&gone);
        for (other, found) in poured.neighbours {
            self.groups[other].neighbours.remove(&gone);
            if other != kept {
                for (one, two) in [(kept, other), (other, kept)] {
                    let between = self.groups[one].neighbours.entry(two).or_default();
                    between.sum += found.sum;
                    between.pairs += found.pairs;
                }
            }
        }
        let others: Vec<usize> = self.groups[kept].neighbours.keys().copied().collect();
        others.into_iter().for_each(|other| self.offer(kept, other));
    }
}

/// Two groups that could be joined; the greater average first, then the lower members.
struct Join {
    average: f64,
    lows: (usize, usize),
    a: usize,
    b: usize,
}

impl Ord for Join {
    fn cmp(&self, other: &Self) -> Ordering {
        self.average.total_cmp(&other.average).then_with(|| other.lows.cmp(&self.lows))
    }
}

impl PartialOrd for Join {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Join {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Join {}
