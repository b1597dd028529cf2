//! In what order groups were joined: what a later report is tried against.
//!
//! The leaves are laid out so that those of every group stand together. Then a group is a range, and
//! the tree of `n` reports takes memory in proportion to `n`, however deep it is.

/// A node: a report (the first `n`), or a group that two nodes were joined to.
#[derive(Clone, Debug)]
struct Node {
    parent: Option<u32>,
    /// The average at which it was joined to another; none for a group that stayed.
    joined_at: Option<f64>,
    /// Where its leaves begin in the layout, and how many they are.
    first: u32,
    count: u32,
}

/// The joins of `n` reports.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    /// The layout.
    leaves: Vec<u32>,
    /// Where each leaf stands in it.
    place: Vec<u32>,
}

/// Two nodes that were joined to the next one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Joined {
    pub(crate) nodes: [u32; 2],
    /// At which average.
    pub(crate) average: f64,
}

impl Tree {
    /// The tree of `n` reports after these joins, each of which makes the next node.
    pub(crate) fn of(n: usize, joins: &[Joined]) -> Tree {
        let single = Node { parent: None, joined_at: None, first: 0, count: 1 };
        let mut nodes = vec![single; n];
        for (parent, join) in (n as u32..).zip(joins) {
            let mut count = 0;
            for node in join.nodes {
                let node = &mut nodes[node as usize];
                node.parent = Some(parent);
                node.joined_at = Some(join.average);
                count += node.count;
            }
            nodes.push(Node { parent: None, joined_at: None, first: 0, count });
        }
        let mut tree = Tree { nodes, leaves: vec![0; n], place: vec![0; n] };
        tree.lay_out(joins);
        tree
    }

    /// Gives every node its range: parents come after their children, so from the last to the first.
    fn lay_out(&mut self, joins: &[Joined]) {
        let n = self.leaves.len();
        let mut next = 0;
        for index in (0..self.nodes.len()).rev() {
            if self.nodes[index].parent.is_none() {
                self.nodes[index].first = next;
                next += self.nodes[index].count;
            }
            let mut first = self.nodes[index].first;
            if let Some(join) = index.checked_sub(n).and_then(|join| joins.get(join)) {
                for child in join.nodes {
                    let child = &mut self.nodes[child as usize];
                    child.first = first;
                    first += child.count;
                }
            } else {
                self.leaves[first as usize] = index as u32;
                self.place[index] = first;
            }
        }
    }

    /// The groups that stayed, each ascending, in order of their first members.
    pub(crate) fn groups(&self) -> Vec<Vec<u32>> {
        let roots = (0..self.nodes.len()).filter(|&node| self.nodes[node].parent.is_none());
        let sorted = |node| {
            let mut leaves = self.leaves(node as u32).to_vec();
            leaves.sort_unstable();
            leaves
        };
        let mut groups: Vec<Vec<u32>> = roots.map(sorted).collect();
        groups.sort_unstable();
        groups
    }

    /// What a node was joined to.
    pub(crate) fn parent(&self, node: u32) -> Option<u32> {
        self.nodes[node as usize].parent
    }

    /// The average at which a node was joined to another; less than any for a group that stayed.
    pub(crate) fn joined_at(&self, node: u32) -> f64 {
        self.nodes[node as usize].joined_at.unwrap_or(f64::NEG_INFINITY)
    }

    /// The reports of a node, in the order of the layout.
    pub(crate) fn leaves(&self, node: u32) -> &[u32] {
        let Node { first, count, .. } = self.nodes[node as usize];
        &self.leaves[first as usize..(first + count) as usize]
    }

    /// Whether a report is of a node.
    pub(crate) fn holds(&self, node: u32, leaf: u32) -> bool {
        let Node { first, count, .. } = self.nodes[node as usize];
        (first..first + count).contains(&self.place[leaf as usize])
    }
}
