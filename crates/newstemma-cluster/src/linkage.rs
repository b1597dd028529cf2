//! Average linkage over a sparse graph.
//!
//! The naive method keeps all `n²` scores. Here only compared pairs are kept; the average between
//! two groups counts every pair that was never compared at the least score. Groups are
//! joined best first from a heap with stale entries left in it and passed over; the smaller list
//! of neighbours is poured into the larger one. Time `m log m` heap operations for `m` pairs times
//! the depth of pouring, memory `m`.

use crate::Pair;
use crate::score::SCORE_MIN;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// Sum and number of the compared pairs between two groups.
#[derive(Clone, Copy, Default)]
struct Between {
    sum: f64,
    pairs: u32,
}

/// Joins groups until no two are surely enough one story. Every position is in exactly one group.
pub(crate) fn average_linkage(n: usize, pairs: &[Pair], threshold: f32) -> Vec<Vec<usize>> {
    let mut state = State::new(n, pairs, threshold);
    while let Some(join) = state.heap.pop() {
        if state.is_current(&join) {
            state.join(join.a, join.b);
        }
    }
    state.members.into_iter().filter(|m| !m.is_empty()).collect()
}

struct State {
    threshold: f64,
    /// Members of each group; empty once it was joined to another.
    members: Vec<Vec<usize>>,
    /// Neighbouring groups of each group.
    between: Vec<BTreeMap<usize, Between>>,
    heap: BinaryHeap<Join>,
}

impl State {
    fn new(n: usize, pairs: &[Pair], threshold: f32) -> Self {
        let threshold = f64::from(threshold);
        let mut between = vec![BTreeMap::new(); n];
        for pair in pairs {
            let one = Between { sum: f64::from(pair.score), pairs: 1 };
            between[pair.a].insert(pair.b, one);
            between[pair.b].insert(pair.a, one);
        }
        let members = (0..n).map(|i| vec![i]).collect();
        let mut state = Self { threshold, members, between, heap: BinaryHeap::new() };
        for pair in pairs {
            state.offer(pair.a, pair.b);
        }
        state
    }

    fn average(&self, a: usize, b: usize) -> Option<f64> {
        let found = self.between[a].get(&b)?;
        let all = (self.members[a].len() * self.members[b].len()) as f64;
        let unseen = all - f64::from(found.pairs);
        Some((found.sum + unseen * f64::from(SCORE_MIN)) / all)
    }

    fn offer(&mut self, a: usize, b: usize) {
        let (a, b) = (a.min(b), a.max(b));
        if let Some(average) = self.average(a, b)
            && average >= self.threshold
        {
            self.heap.push(Join { average, a, b });
        }
    }

    /// Whether nothing was joined to either group since the entry was made.
    fn is_current(&self, join: &Join) -> bool {
        self.average(join.a, join.b) == Some(join.average)
    }

    fn join(&mut self, a: usize, b: usize) {
        let (kept, gone) =
            if self.between[a].len() >= self.between[b].len() { (a, b) } else { (b, a) };
        let poured = std::mem::take(&mut self.between[gone]);
        let moved = std::mem::take(&mut self.members[gone]);
        self.members[kept].extend(moved);
        self.between[kept].remove(&gone);
        for (other, found) in poured {
            self.between[other].remove(&gone);
            if other != kept {
                for (one, two) in [(kept, other), (other, kept)] {
                    let sum = self.between[one].entry(two).or_default();
                    sum.sum += found.sum;
                    sum.pairs += found.pairs;
                }
            }
        }
        let others: Vec<usize> = self.between[kept].keys().copied().collect();
        others.into_iter().for_each(|other| self.offer(kept, other));
    }
}

/// Two groups that could be joined; the greater average first, then the lower positions.
struct Join {
    average: f64,
    a: usize,
    b: usize,
}

impl Ord for Join {
    fn cmp(&self, other: &Self) -> Ordering {
        let average = self.average.total_cmp(&other.average);
        average.then_with(|| (other.a, other.b).cmp(&(self.a, self.b)))
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
