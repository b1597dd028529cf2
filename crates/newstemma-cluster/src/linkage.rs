//! Average linkage over a sparse graph.
//!
//! The naive method keeps all `n²` scores and looks through them for every join. Here only compared
//! pairs are kept; the average between two groups counts every pair that was not as [`UNSEEN`]. Each
//! group knows the one that it would best be joined to, and the best of these joins comes next.
//! An average with a joined group lies between the averages with its two parts, so what was best for
//! a third group stays best unless it was one of the two: only then are its neighbours looked through
//! again. (Müllner, "Modern hierarchical, agglomerative clustering algorithms", 2011, calls this the
//! generic algorithm.) Memory for `m` pairs is `m`; a join takes time in proportion to the
//! neighbours of both groups and of those that had either for their best.
//!
//! Of equal averages the pair with the lower first members is joined first, so that the result hangs
//! on nothing but the scores and the order of the positions.

use crate::score::UNSEEN;
use crate::tree::Joined;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// The compared pairs of one report or group with another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Neighbour {
    /// The other.
    pub(crate) other: u32,
    pub(crate) between: Between,
}

/// The scores of the compared pairs between two groups.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Between {
    pub(crate) pairs: u32,
    pub(crate) sum: i64,
}

impl Between {
    /// One pair.
    pub(crate) fn one(score: i16) -> Between {
        Between { pairs: 1, sum: i64::from(score) }
    }

    /// The pairs of both.
    pub(crate) fn and(self, other: Between) -> Between {
        Between { pairs: self.pairs + other.pairs, sum: self.sum + other.sum }
    }

    /// The average over `all` pairs.
    pub(crate) fn average(self, all: u64) -> f64 {
        let unseen = all.saturating_sub(u64::from(self.pairs)) as i64;
        (self.sum + unseen * i64::from(UNSEEN)) as f64 / all as f64
    }
}

/// A report or a group that is to be joined to others.
#[derive(Clone, Debug)]
pub(crate) struct Start {
    /// How many members it has.
    pub(crate) size: u64,
    /// The first of them, in an order of all.
    pub(crate) low: u32,
    /// Those that it was compared with, by their positions, ascending; who is a neighbour has one.
    pub(crate) neighbours: Vec<Neighbour>,
}

/// Joins groups until no two are surely enough one story.
pub(crate) fn average_linkage(starts: Vec<Start>, threshold: i16) -> Vec<Joined> {
    let mut linkage = Linkage::new(starts, threshold);
    while let Some(Candidate { join, group }) = linkage.heap.pop() {
        if linkage.groups[group as usize].best == Some(join) {
            linkage.join(group, join);
        }
    }
    linkage.joins
}

struct Linkage {
    threshold: f64,
    groups: Vec<Group>,
    /// The best join of every group, and former ones.
    heap: BinaryHeap<Candidate>,
    joins: Vec<Joined>,
}

/// A group, while it is not joined to another.
#[derive(Clone, Debug)]
struct Group {
    size: u64,
    /// Its lowest member.
    low: u32,
    /// Its node in the tree.
    node: u32,
    neighbours: Vec<Neighbour>,
    best: Option<Join>,
}

/// What a group could be joined to; the greater average first, then the lower members.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Join {
    average: f64,
    lows: [u32; 2],
    other: u32,
}

impl Join {
    fn order(&self, other: &Join) -> Ordering {
        self.average.total_cmp(&other.average).then_with(|| other.lows.cmp(&self.lows))
    }
}

impl Linkage {
    fn new(starts: Vec<Start>, threshold: i16) -> Linkage {
        let group = |(node, start): (u32, Start)| {
            let Start { size, low, neighbours } = start;
            Group { size, low, node, neighbours, best: None }
        };
        let groups: Vec<Group> = (0..).zip(starts).map(group).collect();
        let joins = Vec::with_capacity(groups.len());
        let threshold = f64::from(threshold);
        let mut linkage = Linkage { threshold, groups, heap: BinaryHeap::new(), joins };
        (0..linkage.groups.len() as u32).for_each(|group| linkage.look_through(group));
        linkage
    }

    /// What joining these two would be, if they are surely enough one story.
    fn joining(&self, group: u32, to: &Neighbour) -> Option<Join> {
        let (a, b) = (&self.groups[group as usize], &self.groups[to.other as usize]);
        let average = to.between.average(a.size * b.size);
        let lows = [a.low.min(b.low), a.low.max(b.low)];
        (average >= self.threshold).then_some(Join { average, lows, other: to.other })
    }

    /// Finds a group's best join among all its neighbours.
    fn look_through(&mut self, group: u32) {
        let neighbours = &self.groups[group as usize].neighbours;
        let joins = neighbours.iter().filter_map(|to| self.joining(group, to));
        let best = joins.max_by(Join::order);
        self.set_best(group, best);
    }

    fn set_best(&mut self, group: u32, best: Option<Join>) {
        self.groups[group as usize].best = best;
        self.heap.extend(best.map(|join| Candidate { join, group }));
    }

    fn join(&mut self, group: u32, join: Join) {
        let [a, b] = [group, join.other].map(|g| (self.groups[g as usize].neighbours.len(), g));
        let (kept, gone) = if a >= b { (a.1, b.1) } else { (b.1, a.1) };
        self.pour(gone, kept, join.average);
        let around = std::mem::take(&mut self.groups[kept as usize].neighbours);
        for neighbour in &around {
            self.try_again(neighbour.other, kept, gone, neighbour.between);
        }
        self.groups[kept as usize].neighbours = around;
        self.look_through(kept);
    }

    /// Pours one group into another, and tells the neighbours.
    fn pour(&mut self, gone: u32, kept: u32, average: f64) {
        let made = (self.groups.len() + self.joins.len()) as u32;
        let poured = &mut self.groups[gone as usize];
        poured.best = None;
        let (size, low, node) = (poured.size, poured.low, poured.node);
        let neighbours = std::mem::take(&mut poured.neighbours);
        for neighbour in neighbours.iter().filter(|neighbour| neighbour.other != kept) {
            replace(&mut self.groups[neighbour.other as usize].neighbours, gone, kept);
        }
        let group = &mut self.groups[kept as usize];
        self.joins.push(Joined { nodes: [group.node, node], average });
        group.node = made;
        group.size += size;
        group.low = group.low.min(low);
        group.neighbours = both(&group.neighbours, &neighbours, [kept, gone]);
    }

    /// Gives a neighbour of a group that was just joined its best join.
    fn try_again(&mut self, neighbour: u32, kept: u32, gone: u32, between: Between) {
        let former = self.groups[neighbour as usize].best;
        let now = self.joining(neighbour, &Neighbour { other: kept, between });
        if now == former {
            // It is in the heap already: where many scores are alike, this keeps the heap short.
            return;
        }
        let better = match (now, former) {
            (Some(now), Some(former)) => now.order(&former).is_ge(),
            (now, None) => now.is_some(),
            (None, Some(_)) => false,
        };
        if better {
            self.set_best(neighbour, now);
        } else if former.is_some_and(|join| join.other == kept || join.other == gone) {
            self.look_through(neighbour);
        }
    }
}

/// Makes one neighbour of two.
fn replace(neighbours: &mut Vec<Neighbour>, gone: u32, kept: u32) {
    let at = |neighbours: &[Neighbour], other| neighbours.binary_search_by_key(&other, |n| n.other);
    let Ok(index) = at(neighbours, gone) else { return };
    let between = neighbours.remove(index).between;
    match at(neighbours, kept) {
        Ok(index) => neighbours[index].between = neighbours[index].between.and(between),
        Err(index) => neighbours.insert(index, Neighbour { other: kept, between }),
    }
}

/// The neighbours of two groups, but for themselves.
fn both(mut a: &[Neighbour], mut b: &[Neighbour], without: [u32; 2]) -> Vec<Neighbour> {
    let mut all = Vec::with_capacity(a.len() + b.len());
    loop {
        let next = match (a, b) {
            ([x, ..], [y, ..]) if x.other == y.other => {
                (a, b) = (&a[1..], &b[1..]);
                Neighbour { other: x.other, between: x.between.and(y.between) }
            }
            ([x, rest @ ..], [y, ..]) if x.other < y.other => {
                a = rest;
                *x
            }
            ([x, rest @ ..], []) => {
                a = rest;
                *x
            }
            (_, [y, rest @ ..]) => {
                b = rest;
                *y
            }
            ([], []) => break,
        };
        if !without.contains(&next.other) {
            all.push(next);
        }
    }
    all.shrink_to_fit();
    all
}

/// The best join of a group, in the heap.
#[derive(PartialEq)]
struct Candidate {
    join: Join,
    group: u32,
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.join.order(&other.join).then_with(|| other.group.cmp(&self.group))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Eq for Candidate {}
