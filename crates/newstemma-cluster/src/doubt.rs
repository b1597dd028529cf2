//! Which nodes may break the law of the [`graph`](crate::graph), so that they must be tried.
//!
//! The problem: a report that comes to a story of hundreds has all of it joined anew, and most of it as
//! before. To try every node against the groups around means to add up all links of all members; but
//! what was there has kept the law so far, and so has the newcomer, which is tried by itself first.
//!
//! The idea: an average with a node lies between the averages with its parts. The parts of former trees
//! that a node is made of kept the law where they were joined there. A node that is joined no lower than
//! all of them were keeps it, too. And no average is higher than the highest score.
//!
//! # Ties
//!
//! Groups that were grouped together may be as near as they are joined: then the reports' ids told
//! which join came first. That stays so as long as the join is the same, or the node is joined higher
//! now; else it must be tried. With a newcomer among its reports a node can't tie where its parts could:
//! newcomers are less near to all that they were tried against.
//!
//! # Cost
//!
//! A look at each node and the parts it is made of: one or two, unless much was joined otherwise.

use crate::graph::THRESHOLD;
use crate::tree::{Joined, Tree, Unit};
use std::sync::Arc;

/// A node that may break the law: a unit, or what units were joined to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Doubt {
    pub(crate) node: u32,
    /// The least average that breaks it.
    pub(crate) needed: f64,
}

/// The region, besides its units and how they were joined.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Before<'a> {
    /// The highest score of each unit with a report outside of the region.
    pub(crate) outside: &'a [i16],
    /// Whether each unit has a newcomer, if they were tried. If they were not, nothing is known of any
    /// unit.
    pub(crate) has_newcomer: Option<&'a [bool]>,
}

/// The nodes that may break the law with a group outside.
pub(crate) fn doubts(units: &[Unit], joins: &[Joined], before: Before<'_>) -> Vec<Doubt> {
    let mut nodes: Vec<Node<'_>> = Vec::with_capacity(units.len() + joins.len());
    for (unit, (position, &outside)) in units.iter().zip(before.outside.iter().enumerate()) {
        let part = Part { tree: &unit.tree, node: unit.node };
        let has_newcomer = before.has_newcomer.is_some_and(|has| has[position]);
        let parts = before.has_newcomer.map(|_| vec![part]);
        nodes.push(Node::new(parts, has_newcomer, outside));
    }
    for join in joins {
        let [a, b] = join.nodes.map(|child| child as usize);
        let parts = nodes[a].parts.as_ref().zip(nodes[b].parts.as_ref());
        let parts = parts.map(|(a, b)| together(a, b));
        let one = |parts: &Option<Vec<Part<'_>>>| matches!(parts.as_deref(), Some([_]));
        let as_before = one(&nodes[a].parts) && one(&nodes[b].parts) && one(&parts);
        for child in [a, b] {
            nodes[child].needed = join.average.max(nodes[child].needed);
            nodes[child].is_joined_as_before = as_before;
        }
        let has_newcomer = nodes[a].has_newcomer || nodes[b].has_newcomer;
        let outside = nodes[a].outside.max(nodes[b].outside);
        nodes.push(Node::new(parts, has_newcomer, outside));
    }
    let doubtful = (0..).zip(&nodes).filter(|(_, node)| node.may_break_law());
    doubtful.map(|(number, node)| Doubt { node: number, needed: node.needed }).collect()
}

#[derive(Debug)]
struct Node<'u> {
    /// The nodes of former trees that it is made of, as large as can be; if anything is known.
    parts: Option<Vec<Part<'u>>>,
    has_newcomer: bool,
    outside: i16,
    needed: f64,
    is_joined_as_before: bool,
}

impl<'u> Node<'u> {
    fn new(parts: Option<Vec<Part<'u>>>, has_newcomer: bool, outside: i16) -> Node<'u> {
        let needed = f64::from(THRESHOLD);
        Node { parts, has_newcomer, outside, needed, is_joined_as_before: false }
    }

    fn may_break_law(&self) -> bool {
        f64::from(self.outside) >= self.needed
            && !self.parts.as_ref().is_some_and(|p| self.keeps_law(p))
    }

    fn keeps_law(&self, parts: &[Part<'_>]) -> bool {
        let cannot_tie = || match parts {
            [part] => part.joined_at() < self.needed || self.is_joined_as_before,
            _ => false,
        };
        parts.iter().all(|part| part.joined_at() <= self.needed)
            && (self.has_newcomer || cannot_tie())
    }
}

/// A node of a former tree.
#[derive(Clone, Copy, Debug)]
struct Part<'u> {
    tree: &'u Arc<Tree>,
    node: u32,
}

impl Part<'_> {
    fn joined_at(&self) -> f64 {
        self.tree.joined_at(self.node as usize)
    }

    fn parent(&self) -> Option<u32> {
        self.tree.parent(self.node)
    }
}

/// The parts of both, as large as can be.
fn together<'u>(a: &[Part<'u>], b: &[Part<'u>]) -> Vec<Part<'u>> {
    let (many, few) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let mut all = many.to_vec();
    for &part in few {
        let mut part = part;
        while let Some(parent) = part.parent() {
            let is_other_half = |other: &Part<'_>| {
                other.parent() == Some(parent) && Arc::ptr_eq(other.tree, part.tree)
            };
            let Some(other) = all.iter().position(is_other_half) else { break };
            all.swap_remove(other);
            part.node = parent;
        }
        all.push(part);
    }
    all
}
