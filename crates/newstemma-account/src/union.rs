//! Union-find over dense indices (Tarjan 1975): nearly constant time an operation.

/// A partition of `0..n`. The least index of a group stands for it, so that results do not
/// depend on the order of the unions.
pub(crate) struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    pub(crate) fn new(n: usize) -> Groups {
        Groups { parent: (0..n).collect() }
    }

    /// The least index of the group of `index`.
    pub(crate) fn find(&mut self, index: usize) -> usize {
        let mut root = index;
        while self.parent[root] != root {
            root = self.parent[root];
        }
        let mut at = index;
        while self.parent[at] != root {
            at = std::mem::replace(&mut self.parent[at], root);
        }
        root
    }

    /// Makes one group of two. Returns the index that stands for it.
    pub(crate) fn join(&mut self, a: usize, b: usize) -> usize {
        let (a, b) = (self.find(a), self.find(b));
        let (least, other) = (a.min(b), a.max(b));
        self.parent[other] = least;
        least
    }

    /// Adds one index, alone in its group.
    pub(crate) fn push(&mut self) -> usize {
        self.parent.push(self.parent.len());
        self.parent.len() - 1
    }

    /// The groups, each ascending, by their least index.
    pub(crate) fn all(&mut self) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = vec![Vec::new(); self.parent.len()];
        for index in 0..self.parent.len() {
            let root = self.find(index);
            groups[root].push(index);
        }
        groups.retain(|g| !g.is_empty());
        groups
    }
}
