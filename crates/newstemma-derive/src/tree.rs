//! A hypothesis of who was made from whom: extant texts, lost ones, and blocks from elsewhere.
//!
//! Nodes below `texts` are the family's texts, those from there on are lost. A lost text has at
//! least two children, all of them extant, and its own exemplar is extant, if it has one: a chain
//! of texts of which none is left leaves no trace.

/// The first exemplar of each node, and the further ones of extant texts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tree {
    /// How many nodes are extant.
    pub(crate) texts: usize,
    /// For each node the one that it was made from.
    pub(crate) parent: Vec<Option<usize>>,
    /// For each extant text those that it took blocks from.
    pub(crate) further: Vec<Vec<usize>>,
}

impl Tree {
    /// A tree with these first exemplars and no lost texts.
    pub(crate) fn of(parent: Vec<Option<usize>>) -> Tree {
        Tree { texts: parent.len(), further: vec![Vec::new(); parent.len()], parent }
    }

    pub(crate) fn is_lost(&self, node: usize) -> bool {
        node >= self.texts
    }

    /// The lost nodes, ascending.
    pub(crate) fn lost(&self) -> std::ops::Range<usize> {
        self.texts..self.parent.len()
    }

    /// The nodes directly under one, ascending.
    pub(crate) fn children(&self, node: usize) -> impl Iterator<Item = usize> {
        (0..self.parent.len()).filter(move |&c| self.parent[c] == Some(node))
    }

    /// The nodes above one, from its first exemplar up.
    pub(crate) fn ancestors(&self, node: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.parent[node], |&at| self.parent[at])
    }

    /// The nearest extant text above a node, on the way of first exemplars.
    pub(crate) fn extant_above(&self, node: usize) -> Option<usize> {
        self.ancestors(node).find(|&at| !self.is_lost(at))
    }

    /// Whether `node` is `above` or hangs under it by first exemplars.
    pub(crate) fn is_under(&self, node: usize, above: usize) -> bool {
        node == above || self.ancestors(node).any(|at| at == above)
    }

    /// Whether `node` was made, in whole or in part, from `above` or from what was made from it.
    pub(crate) fn descends(&self, node: usize, above: usize) -> bool {
        let mut seen = vec![false; self.parent.len()];
        let mut open = vec![node];
        while let Some(at) = open.pop() {
            if at == above {
                return true;
            }
            if !std::mem::replace(&mut seen[at], true) {
                open.extend(self.parent[at]);
                open.extend(self.further.get(at).into_iter().flatten().copied());
            }
        }
        false
    }

    /// For each extant text the nodes that it was made from, in whole or in part, and itself: a set
    /// of bits, 64 a word.
    pub(crate) fn lineages(&self) -> Vec<Vec<u64>> {
        let words = self.parent.len().div_ceil(64);
        let mut found = vec![vec![0u64; words]; self.texts];
        let mut open = Vec::new();
        for (text, lineage) in found.iter_mut().enumerate() {
            open.push(text);
            while let Some(at) = open.pop() {
                let (word, bit) = (at / 64, 1 << (at % 64));
                if lineage[word] & bit == 0 {
                    lineage[word] |= bit;
                    open.extend(self.parent[at]);
                    open.extend(self.further.get(at).into_iter().flatten().copied());
                }
            }
        }
        found
    }

    /// With `node` under another exemplar, or under none.
    pub(crate) fn hung(&self, node: usize, under: Option<usize>) -> Option<Tree> {
        if under.is_some_and(|u| self.is_under(u, node)) {
            return None;
        }
        let mut tree = self.clone();
        tree.parent[node] = under;
        tree.tidied()
    }

    /// With a lost text under `above` that these were made from.
    pub(crate) fn with_lost(&self, above: Option<usize>, children: [usize; 2]) -> Option<Tree> {
        let mut tree = self.clone();
        let lost = tree.parent.len();
        tree.parent.push(above);
        children.iter().for_each(|&c| tree.parent[c] = Some(lost));
        tree.tidied()
    }

    /// With `child` in the place of its exemplar. If that is lost, it is given up; else it becomes
    /// a child itself. The exemplar's other children go with `child` or stay.
    pub(crate) fn raised(&self, child: usize, others: Others) -> Option<Tree> {
        let above = self.parent[child]?;
        let mut tree = self.clone();
        tree.parent[child] = self.parent[above];
        if others == Others::Follow || self.is_lost(above) {
            self.children(above).filter(|&c| c != child).for_each(|c| tree.parent[c] = Some(child));
        }
        tree.parent[above] = Some(child);
        tree.tidied()
    }

    /// With the way from `root` to the present root of its tree turned round.
    pub(crate) fn rooted(&self, root: usize) -> Option<Tree> {
        let mut tree = self.clone();
        let (mut at, mut below) = (Some(root), None);
        while let Some(here) = at {
            at = std::mem::replace(&mut tree.parent[here], below);
            below = Some(here);
        }
        tree.tidied()
    }

    /// With `source` as a further exemplar of `text`, or without it.
    pub(crate) fn with_further(&self, text: usize, source: usize) -> Option<Tree> {
        let mut tree = self.clone();
        tree.further[text].push(source);
        tree.further[text].sort_unstable();
        tree.tidied()
    }

    pub(crate) fn without_further(&self, text: usize, source: usize) -> Option<Tree> {
        let mut tree = self.clone();
        tree.further[text].retain(|&s| s != source);
        tree.tidied()
    }

    /// Gives up lost texts that explain nothing, and further exemplars that are first ones. `None`
    /// if the tree is impossible: with a circle, or a lost text next to a lost one.
    fn tidied(mut self) -> Option<Tree> {
        while let Some(lost) = self.lost().find(|&l| self.children(l).nth(1).is_none()) {
            let child = self.children(lost).next();
            if let Some(child) = child {
                self.parent[child] = self.parent[lost];
            }
            self.parent.remove(lost);
            for parent in self.parent.iter_mut().flatten() {
                *parent -= usize::from(*parent > lost);
            }
        }
        for (text, further) in self.further.iter_mut().enumerate() {
            further.retain(|&source| self.parent[text] != Some(source));
        }
        let lost_under_lost =
            self.lost().any(|l| self.parent[l].is_some_and(|above| self.is_lost(above)));
        (!lost_under_lost && !self.has_circle()).then_some(self)
    }

    fn has_circle(&self) -> bool {
        (0..self.texts)
            .any(|text| self.further[text].iter().any(|&source| self.descends(source, text)))
    }
}

/// What happens to the other children of a text that changes places with one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Others {
    Follow,
    Stay,
}

#[cfg(test)]
mod tests {
    use super::{Others, Tree};

    #[test]
    fn a_lost_text_with_one_child_is_given_up() {
        let tree = Tree::of(vec![None, None, None]).with_lost(None, [0, 1]).unwrap();
        assert_eq!(tree.parent, [Some(3), Some(3), None, None]);
        let tree = tree.hung(1, Some(0)).unwrap();
        assert_eq!(tree.parent, [None, Some(0), None]);
    }

    #[test]
    fn no_node_hangs_under_itself() {
        let tree = Tree::of(vec![None, Some(0), Some(1)]);
        assert_eq!(tree.hung(0, Some(2)), None);
        assert_eq!(tree.with_further(0, 2), None);
        assert_eq!(tree.rooted(2).unwrap().parent, [Some(1), Some(2), None]);
    }

    #[test]
    fn a_child_takes_its_exemplars_place_with_or_without_the_others() {
        let tree = Tree::of(vec![None, Some(0), Some(0)]);
        assert_eq!(tree.raised(1, Others::Stay).unwrap().parent, [Some(1), None, Some(0)]);
        assert_eq!(tree.raised(1, Others::Follow).unwrap().parent, [Some(1), None, Some(1)]);
        let lost = tree.with_lost(None, [0, 1]).unwrap();
        assert_eq!(lost.raised(1, Others::Stay).unwrap().parent, [Some(1), None, Some(0)]);
    }

    #[test]
    fn a_first_exemplar_is_no_further_one() {
        let tree = Tree::of(vec![None, Some(0), Some(0)]);
        assert_eq!(tree.with_further(1, 0).unwrap(), tree);
        let spliced = tree.with_further(1, 2).unwrap();
        assert_eq!(spliced.further, [vec![], vec![2], vec![]]);
        assert_eq!(spliced.hung(1, Some(2)).unwrap().further, [[0usize; 0]; 3]);
    }

    #[test]
    fn lost_texts_hang_under_extant_ones_only() {
        let lost = Tree::of(vec![None; 5]).with_lost(None, [0, 1]).unwrap();
        assert_eq!(lost.with_lost(Some(5), [2, 3]), None);
        assert!(lost.with_lost(Some(0), [2, 3]).is_some());
    }
}
