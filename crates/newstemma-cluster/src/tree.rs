//! In what order the reports of a group were joined: what a later report is tried against.
//!
//! The leaves are laid out so that those of every node stand together. Then a node is a range, and
//! the tree of `n` reports takes memory in proportion to `n`, however deep it is.

use crate::link::Slot;
use std::sync::Arc;

/// A report, or what two nodes were joined to.
#[derive(Clone, Debug)]
struct Node {
    parent: Option<u32>,
    children: Option<[u32; 2]>,
    /// The average at which its children were joined.
    formed_at: f64,
    /// Where its leaves begin, and how many they are.
    first: u32,
    count: u32,
}

/// The joins of a group. Its nodes are numbered: first the reports in their order, then what they were
/// joined to, children before parents.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    leaves: Vec<Slot>,
    nodes: Vec<Node>,
}

/// A part of a tree that stays as it is.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub(crate) tree: Arc<Tree>,
    pub(crate) node: u32,
}

/// Two nodes that were joined to the next one. Here the units are numbered first, and what they were
/// joined to after them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Joined {
    pub(crate) nodes: [u32; 2],
    /// At which average.
    pub(crate) average: f64,
}

/// The units of which nodes are made, each once.
pub(crate) fn units_below(
    nodes: impl IntoIterator<Item = u32>,
    units: usize,
    joins: &[Joined],
) -> Vec<u32> {
    let mut is_seen = vec![false; units + joins.len()];
    let mut waiting: Vec<u32> = nodes.into_iter().collect();
    let mut below = Vec::new();
    while let Some(node) = waiting.pop() {
        if std::mem::replace(&mut is_seen[node as usize], true) {
            continue;
        }
        match (node as usize).checked_sub(units) {
            Some(join) => waiting.extend(joins[join].nodes),
            None => below.push(node),
        }
    }
    below
}

impl Unit {
    /// A report by itself.
    pub(crate) fn single(slot: Slot) -> Unit {
        let leaf =
            Node { parent: None, children: None, formed_at: f64::INFINITY, first: 0, count: 1 };
        Unit { tree: Arc::new(Tree { leaves: vec![slot], nodes: vec![leaf] }), node: 0 }
    }

    /// Its reports.
    pub(crate) fn leaves(&self) -> &[Slot] {
        let Node { first, count, .. } = self.tree.nodes[self.node as usize];
        &self.tree.leaves[first as usize..(first + count) as usize]
    }
}

impl Tree {
    /// The trees that units were joined to, in order of their last joins.
    pub(crate) fn of(units: &[Unit], joins: &[Joined]) -> Vec<Tree> {
        let mut is_root = vec![true; units.len() + joins.len()];
        for child in joins.iter().flat_map(|join| join.nodes) {
            is_root[child as usize] = false;
        }
        let roots = (0..).zip(is_root).filter(|&(_, is_root)| is_root);
        roots.map(|(root, _)| Tree::grown(units, joins, root)).collect()
    }

    fn grown(units: &[Unit], joins: &[Joined], root: u32) -> Tree {
        let walk = walk(units, joins, root);
        let mut leaves = Vec::with_capacity(walk.len() / 2 + 1);
        // Parents come first in the walk and last in the tree.
        let mut next_join = walk.len();
        let mut numbers = Vec::with_capacity(walk.len());
        for step in &walk {
            let number = match step.leaf {
                Some(slot) => {
                    leaves.push(slot);
                    leaves.len() - 1
                }
                None => {
                    next_join -= 1;
                    next_join
                }
            };
            numbers.push((number as u32, leaves.len() as u32));
        }
        let unset = Node { parent: None, children: None, formed_at: 0.0, first: 0, count: 0 };
        let mut nodes = vec![unset; walk.len()];
        // The number of leaves below every step, from the last to the first.
        for (at, step) in walk.iter().enumerate().rev() {
            let (number, leaves_so_far) = numbers[at];
            let node = &mut nodes[number as usize];
            node.formed_at = step.formed_at;
            if step.leaf.is_some() {
                (node.first, node.count) = (number, 1);
                continue;
            }
            node.first = leaves_so_far;
            let left = numbers[at + 1].0;
            // A part of `k` leaves takes `2k - 1` steps.
            let right = numbers[at + 2 * nodes[left as usize].count as usize].0;
            let mut count = 0;
            for child in [left, right] {
                nodes[child as usize].parent = Some(number);
                count += nodes[child as usize].count;
            }
            let node = &mut nodes[number as usize];
            (node.children, node.count) = (Some([left, right]), count);
        }
        Tree { leaves, nodes }
    }

    /// All its reports, in their order.
    pub(crate) fn leaves(&self) -> &[Slot] {
        &self.leaves
    }

    /// The parts that were joined above this average, and to nothing above it.
    pub(crate) fn cut(self: &Arc<Tree>, average: f64) -> Vec<Unit> {
        let mut waiting = vec![self.nodes.len() as u32 - 1];
        let mut units = Vec::new();
        while let Some(node) = waiting.pop() {
            match self.nodes[node as usize] {
                Node { children: Some(children), formed_at, .. } if formed_at <= average => {
                    waiting.extend(children);
                }
                _ => units.push(Unit { tree: Arc::clone(self), node }),
            }
        }
        units
    }

    /// How many nodes it has.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// What was joined to a node that is no report.
    pub(crate) fn children(&self, node: usize) -> Option<[u32; 2]> {
        self.nodes[node].children
    }

    /// What a node was joined to; nothing for the whole.
    pub(crate) fn parent(&self, node: u32) -> Option<u32> {
        self.nodes[node as usize].parent
    }

    /// The average at which a node was joined to another; less than any for the whole.
    pub(crate) fn joined_at(&self, node: usize) -> f64 {
        let parent = self.nodes[node].parent;
        parent.map_or(f64::NEG_INFINITY, |parent| self.nodes[parent as usize].formed_at)
    }

    /// How many reports a node has.
    pub(crate) fn count(&self, node: usize) -> u32 {
        self.nodes[node].count
    }
}

/// A step of a walk through units and joins, a parent before its children.
struct Step {
    leaf: Option<Slot>,
    formed_at: f64,
}

fn walk(units: &[Unit], joins: &[Joined], root: u32) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut waiting = vec![root];
    while let Some(node) = waiting.pop() {
        if let Some(unit) = units.get(node as usize) {
            walk_unit(unit, &mut steps);
        } else {
            let join = joins[node as usize - units.len()];
            steps.push(Step { leaf: None, formed_at: join.average });
            waiting.extend([join.nodes[1], join.nodes[0]]);
        }
    }
    steps
}

fn walk_unit(unit: &Unit, steps: &mut Vec<Step>) {
    let tree = &unit.tree;
    let mut waiting = vec![unit.node];
    while let Some(node) = waiting.pop() {
        let Node { children, formed_at, first, .. } = tree.nodes[node as usize];
        let leaf = children.is_none().then(|| tree.leaves[first as usize]);
        steps.push(Step { leaf, formed_at });
        waiting.extend(children.into_iter().flatten().rev());
    }
}
