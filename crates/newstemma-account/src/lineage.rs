//! Which reports of a story share a text.
//!
//! Two reports are related when the stemma gives them a common ancestor-or-self, lost texts
//! included. A report that was made from two others is related to both, which does not relate
//! those to each other. An undecided edge may be walked either way, so that doubt about who came
//! first never makes two texts look independent.
//!
//! Texts between which only undecided edges lie have the same above them. They are taken together: of
//! a thousand copies without a date each would else have all others above it.
//!
//! Cost: one walk for such a group of texts, over the groups above it.

use crate::context::Context;
use crate::union::Groups;
use newstemma_model::{Direction, ExemplarId, Node};
use std::collections::{BTreeMap, BTreeSet};

/// The relations of a story's reports, by document index.
pub(crate) struct Lineage {
    /// The group of each document.
    group_of: Vec<usize>,
    /// Above the texts of each group: itself and all groups above it, ascending.
    above: Vec<Vec<usize>>,
    /// The lost texts of each group, ascending.
    lost: Vec<Vec<ExemplarId>>,
}

impl Lineage {
    pub(crate) fn of(context: &Context<'_>) -> Lineage {
        let material = context.material;
        let derivations = &material.stemma.derivations;
        let reports = material.documents.iter().map(|d| Node::Report(d.report.id));
        let ends = derivations.iter().flat_map(|d| [d.child, d.parent]);
        let nodes: BTreeSet<Node> = ends.chain(reports.clone()).collect();
        let numbers: BTreeMap<Node, usize> = nodes.iter().copied().zip(0..).collect();
        let mut groups = Groups::new(nodes.len());
        for derivation in derivations.iter().filter(|d| d.direction == Direction::Undecided) {
            groups.join(numbers[&derivation.child], numbers[&derivation.parent]);
        }
        let mut up = vec![BTreeSet::new(); nodes.len()];
        for derivation in derivations {
            let parent = groups.find(numbers[&derivation.parent]);
            up[groups.find(numbers[&derivation.child])].insert(parent);
        }
        let mut lost = vec![Vec::new(); nodes.len()];
        for (node, number) in &numbers {
            if let Node::Exemplar(id) = node {
                lost[groups.find(*number)].push(*id);
            }
        }
        let group_of: Vec<usize> = reports.map(|report| groups.find(numbers[&report])).collect();
        let mut above = vec![Vec::new(); nodes.len()];
        for &group in &group_of {
            if above[group].is_empty() {
                above[group] = walk(&up, group);
            }
        }
        Lineage { group_of, above, lost }
    }

    /// The texts of a document and those above it, as groups, ascending. Documents that have one in
    /// common share a text.
    pub(crate) fn above(&self, document: usize) -> &[usize] {
        &self.above[self.group_of[document]]
    }

    /// The lost texts above a document, ascending.
    pub(crate) fn lost_above(&self, document: usize) -> BTreeSet<ExemplarId> {
        self.above(document).iter().flat_map(|&group| &self.lost[group]).copied().collect()
    }

    /// Whether two documents share a text.
    pub(crate) fn related(&self, a: usize, b: usize) -> bool {
        let (x, y) = (self.above(a), self.above(b));
        let (mut i, mut j) = (0, 0);
        while let (Some(p), Some(q)) = (x.get(i), y.get(j)) {
            match p.cmp(q) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => return true,
            }
        }
        false
    }
}

/// A group and all that are above it, ascending.
fn walk(up: &[BTreeSet<usize>], from: usize) -> Vec<usize> {
    let mut seen = BTreeSet::from([from]);
    let mut open = vec![from];
    while let Some(group) = open.pop() {
        open.extend(up[group].iter().filter(|&&parent| seen.insert(parent)));
    }
    seen.into_iter().collect()
}
