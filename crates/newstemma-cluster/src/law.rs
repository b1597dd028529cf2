//! Whether two sets of reports, each grouped by itself, are together grouped as they are.
//!
//! The law is told in [`grouping`](crate::grouping). Here it is tried on two sets: upwards from the
//! pairs of reports across that reach the threshold.

use crate::grouping::{Link, Place, Slot, THRESHOLD};
use crate::linkage::Between;
use crate::tree::Tree;
use std::collections::HashSet;

/// Two sets of reports, each with its joins.
pub(crate) struct Across<'a> {
    /// The links of all reports, and where each is.
    pub(crate) links: &'a [Vec<Link>],
    pub(crate) places: &'a [Option<Place>],
    /// The reports of one set.
    pub(crate) members: &'a [Slot],
    pub(crate) tree: &'a Tree,
    /// The group that the other set is.
    pub(crate) group: Slot,
    pub(crate) other_tree: &'a Tree,
}

impl Across<'_> {
    /// Whether two groups, one of either set, score with each other as high as both do where they are
    /// joined next. `pairs` are all that reach the threshold, by their positions.
    pub(crate) fn breaks_law(&self, mut pairs: Vec<(u32, u32)>) -> bool {
        let (tree, other_tree) = (self.tree, self.other_tree);
        // Asked, never walked through.
        let mut seen: HashSet<(u32, u32)> = pairs.iter().copied().collect();
        while let Some((a, b)) = pairs.pop() {
            let average = self.average(a, b);
            if average < f64::from(THRESHOLD) {
                continue;
            }
            if average >= tree.joined_at(a).max(other_tree.joined_at(b)) {
                return true;
            }
            let up = [tree.parent(a).map(|a| (a, b)), other_tree.parent(b).map(|b| (a, b))];
            pairs.extend(up.into_iter().flatten().filter(|&pair| seen.insert(pair)));
        }
        false
    }

    fn average(&self, a: u32, b: u32) -> f64 {
        let leaves = self.tree.leaves(a);
        let mut between = Between::default();
        for &leaf in leaves {
            for link in &self.links[self.members[leaf as usize].index()] {
                if self.places[link.other.index()].is_some_and(|place| {
                    place.group == self.group && self.other_tree.holds(b, place.position)
                }) {
                    between = between.and(Between::one(link.score));
                }
            }
        }
        between.average((leaves.len() * self.other_tree.leaves(b).len()) as u64)
    }
}
