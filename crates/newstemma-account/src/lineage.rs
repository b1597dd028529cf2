//! Which reports of a story share a text.
//!
//! Two reports are related when the stemma gives them a common ancestor-or-self, lost texts
//! included. A report that was made from two others is related to both, which does not relate
//! those to each other. An undecided edge may be walked either way, so that doubt about who came
//! first never makes two texts look independent.
//!
//! Cost: one walk a report, over the nodes above it.

use crate::context::Context;
use newstemma_model::{Direction, Node};
use std::collections::{BTreeMap, BTreeSet};

/// The relations of a story's reports, by document index.
pub(crate) struct Lineage {
    /// Above each document: itself and all its ancestors, sorted.
    above: Vec<Vec<Node>>,
}

impl Lineage {
    pub(crate) fn of(context: &Context<'_>) -> Lineage {
        let mut up: BTreeMap<Node, BTreeSet<Node>> = BTreeMap::new();
        for derivation in &context.material.stemma.derivations {
            up.entry(derivation.child).or_default().insert(derivation.parent);
            if derivation.direction == Direction::Undecided {
                up.entry(derivation.parent).or_default().insert(derivation.child);
            }
        }
        let walk = |from: Node| {
            let mut seen = BTreeSet::from([from]);
            let mut open = vec![from];
            while let Some(node) = open.pop() {
                for &parent in up.get(&node).into_iter().flatten() {
                    if seen.insert(parent) {
                        open.push(parent);
                    }
                }
            }
            seen.into_iter().collect()
        };
        let above =
            context.material.documents.iter().map(|d| walk(Node::Report(d.report.id))).collect();
        Lineage { above }
    }

    /// The document and the texts above it.
    pub(crate) fn above(&self, document: usize) -> &[Node] {
        &self.above[document]
    }

    /// Whether two documents share a text.
    pub(crate) fn related(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.above[a], &self.above[b]);
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
