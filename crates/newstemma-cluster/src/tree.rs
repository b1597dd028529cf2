//! In what order groups were joined: what a later report is tried against.

/// A node: a report (the first `n`), or a group that two nodes were joined to.
#[derive(Clone, Debug)]
struct Node {
    parent: Option<usize>,
    /// The average at which it was joined to another; none for a group that stayed.
    joined_at: Option<f64>,
    leaves: Vec<usize>,
}

/// The joins of `n` reports.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// Nothing is joined yet.
    pub(crate) fn new(n: usize) -> Tree {
        let leaf = |i| Node { parent: None, joined_at: None, leaves: vec![i] };
        Tree { nodes: (0..n).map(leaf).collect() }
    }

    /// Joins two nodes, and returns the new one.
    pub(crate) fn join(&mut self, a: usize, b: usize, average: f64) -> usize {
        let new = self.nodes.len();
        let mut leaves = Vec::new();
        for child in [a, b] {
            let node = &mut self.nodes[child];
            node.parent = Some(new);
            node.joined_at = Some(average);
            leaves.extend_from_slice(&node.leaves);
        }
        leaves.sort_unstable();
        self.nodes.push(Node { parent: None, joined_at: None, leaves });
        new
    }

    /// The groups that stayed, each ascending, in order of their first members.
    pub(crate) fn groups(&self) -> Vec<Vec<usize>> {
        let roots = self.nodes.iter().filter(|node| node.parent.is_none());
        let mut groups: Vec<Vec<usize>> = roots.map(|node| node.leaves.clone()).collect();
        groups.sort();
        groups
    }

    /// What a node was joined to.
    pub(crate) fn parent(&self, node: usize) -> Option<usize> {
        self.nodes[node].parent
    }

    /// The average at which a node was joined to another; less than any for a group that stayed.
    pub(crate) fn joined_at(&self, node: usize) -> f64 {
        self.nodes[node].joined_at.unwrap_or(f64::NEG_INFINITY)
    }

    /// The reports of a node, ascending.
    pub(crate) fn leaves(&self, node: usize) -> &[usize] {
        &self.nodes[node].leaves
    }
}
