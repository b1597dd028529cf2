//! The stemma as a listing: every text once, below the one it was made from.
//!
//! Every line of text is a tree of its own, listed like folders, texts of one parent in order of
//! time. Where a text has many copies that nothing else was made from, or where many reports stand
//! alone, the first few are listed and the rest becomes one row that says how many; so does the middle
//! of a long chain, where each text was made from the one before.

use newstemma_model::{Derivation, Direction, Node, ReportId};
use newstemma_pipeline::StoryAccount;
use std::collections::{BTreeMap, BTreeSet};

/// Leaves of one parent that are listed, if there are more than [`LEAVES_MAX`].
const LEAVES_SHOWN: usize = 4;
const LEAVES_MAX: usize = 8;

/// Texts of a chain that are listed at its begin and at its end, if there are more than [`CHAIN_MAX`].
const CHAIN_BEGIN: usize = 3;
const CHAIN_END: usize = 2;
const CHAIN_MAX: usize = 8;

/// A row of the listing.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    /// What stands there.
    pub(crate) what: Drawn,
    /// How many texts stand above it, from which it was made.
    pub(crate) depth: usize,
    /// How many of these have other children. Where an only child may stand straight below its parent,
    /// a long line of descent needs no width.
    pub(crate) column: usize,
    /// The edge to the text it stands below.
    pub(crate) edge: Option<&'a Derivation>,
    /// The text it stands below, as it is drawn.
    pub(crate) parent: Option<Node>,
    /// The number of the line of text that begins here.
    pub(crate) line: Option<usize>,
}

/// What stands in a row.
#[derive(Clone, Debug)]
pub(crate) enum Drawn {
    /// A text.
    Text(Node),
    /// So many more texts like those above.
    More(Vec<Node>),
    /// So many texts, each made from the one before, and nothing else from it; and whether the direction
    /// is decided throughout.
    Chain(Vec<Node>, Direction),
}

impl Row<'_> {
    /// The texts that stand there; edges may lead to them.
    pub(crate) fn nodes(&self) -> &[Node] {
        match &self.what {
            Drawn::Text(node) => std::slice::from_ref(node),
            Drawn::Chain(nodes, _) => nodes,
            Drawn::More(_) => &[],
        }
    }
}

/// Which text is drawn below which.
#[derive(Debug)]
pub(crate) struct Forest<'a> {
    below: BTreeMap<Node, Vec<(Node, &'a Derivation)>>,
    roots: Vec<Node>,
    /// Edges that the trees leave out.
    pub(crate) second: Vec<&'a Derivation>,
}

impl<'a> Forest<'a> {
    /// Gives every text one parent: the one that accounts for most of it. Edges that would close a
    /// circle, as undecided ones may, are left to the curves.
    pub(crate) fn of(told: &'a StoryAccount) -> Forest<'a> {
        let stemma = &told.stemma;
        let place = places(told);
        let mut edges: Vec<&Derivation> = stemma.derivations.iter().collect();
        edges.sort_by(|a, b| {
            let weight = |d: &Derivation| {
                (d.direction == Direction::Decided, d.coverage.get() * d.confidence.get())
            };
            let (a, b) = (weight(a), weight(b));
            b.0.cmp(&a.0).then(b.1.total_cmp(&a.1))
        });
        let mut up: BTreeMap<Node, Node> = BTreeMap::new();
        let mut below: BTreeMap<Node, Vec<(Node, &Derivation)>> = BTreeMap::new();
        let mut second = Vec::new();
        for edge in edges {
            // An undecided edge may be drawn either way, if one end has its parent already.
            let ways = match edge.direction {
                Direction::Decided => vec![(edge.child, edge.parent)],
                Direction::Undecided => vec![(edge.child, edge.parent), (edge.parent, edge.child)],
            };
            let free = ways
                .into_iter()
                .find(|&(child, parent)| !up.contains_key(&child) && !is_above(&up, child, parent));
            match free {
                Some((child, parent)) => {
                    up.insert(child, parent);
                    below.entry(parent).or_default().push((child, edge));
                }
                None => second.push(edge),
            }
        }
        for children in below.values_mut() {
            children.sort_by_key(|(node, _)| place.get(node).copied());
        }
        let mut roots: Vec<Node> =
            place.keys().copied().filter(|node| !up.contains_key(node)).collect();
        roots.sort_by_key(|node| place.get(node).copied());
        Forest { below, roots, second }
    }

    /// The rows from top to bottom.
    pub(crate) fn rows(&self, lines: &[Vec<ReportId>]) -> Vec<Row<'a>> {
        let line_of = |node: &Node| {
            let report = self.first_report(*node);
            lines.iter().position(|line| report.is_some_and(|r| line.contains(&r)))
        };
        let mut roots: Vec<(Option<usize>, Node)> =
            self.roots.iter().map(|node| (line_of(node), *node)).collect();
        // Stable: trees of one line, joined by a curve, stand together in order of time.
        roots.sort_by_key(|(line, _)| line.unwrap_or(usize::MAX));
        let is_lone = |node: &Node| !self.below.contains_key(node) && !self.is_in_second(*node);
        let lone: Vec<Node> = roots.iter().map(|(_, node)| *node).filter(is_lone).collect();
        let hidden: BTreeSet<Node> = surplus(&lone).iter().copied().collect();
        let chains = self.chains();
        let mut rows = Vec::new();
        let mut last = None;
        for (line, root) in roots {
            if hidden.contains(&root) {
                continue;
            }
            let begins = (last != Some(line)).then(|| line.map_or(0, |line| line + 1));
            last = Some(line);
            self.tree(root, begins, &chains, &mut rows);
        }
        if !hidden.is_empty() {
            let what = Drawn::More(hidden.into_iter().collect());
            rows.push(Row { what, depth: 0, column: 0, edge: None, parent: None, line: Some(0) });
        }
        rows
    }

    fn tree(
        &self,
        root: Node,
        line: Option<usize>,
        chains: &BTreeMap<Node, Drawn>,
        rows: &mut Vec<Row<'a>>,
    ) {
        let mut next = vec![Row {
            what: Drawn::Text(root),
            depth: 0,
            column: 0,
            edge: None,
            parent: None,
            line,
        }];
        while let Some(row) = next.pop() {
            if let Some(&node) = row.nodes().last() {
                let children = self.below.get(&node).map_or(&[][..], Vec::as_slice);
                let depth = row.depth + 1;
                let column = row.column + usize::from(children.len() > 1);
                let leaves: Vec<Node> = children
                    .iter()
                    .map(|(child, _)| *child)
                    .filter(|child| !self.below.contains_key(child) && !self.is_in_second(*child))
                    .collect();
                let hidden = surplus(&leaves);
                let below =
                    |what, edge| Row { what, depth, column, edge, parent: Some(node), line: None };
                if !hidden.is_empty() {
                    next.push(below(Drawn::More(hidden.to_vec()), None));
                }
                for &(child, edge) in children.iter().rev() {
                    if !hidden.contains(&child) {
                        let what = chains.get(&child).cloned().unwrap_or(Drawn::Text(child));
                        next.push(below(what, Some(edge)));
                    }
                }
            }
            rows.push(row);
        }
    }

    /// The middles of long chains, by the first text of each.
    fn chains(&self) -> BTreeMap<Node, Drawn> {
        let is_link = |node: Node| !self.is_in_second(node);
        let only: BTreeMap<Node, (Node, Direction)> = self
            .below
            .iter()
            .filter(|(_, children)| children.len() == 1)
            .map(|(&node, children)| (node, (children[0].0, children[0].1.direction)))
            .filter(|&(node, (child, _))| is_link(node) && is_link(child))
            .collect();
        let inner: BTreeSet<Node> = only.values().map(|(child, _)| *child).collect();
        let mut chains = BTreeMap::new();
        for &begin in only.keys().filter(|node| !inner.contains(node)) {
            let next = |node: &Node| only.get(node).map(|(child, _)| *child);
            let chain: Vec<Node> = std::iter::successors(Some(begin), next).collect();
            if chain.len() > CHAIN_MAX {
                let middle = &chain[CHAIN_BEGIN..chain.len() - CHAIN_END];
                let undecided =
                    |node: &Node| only.get(node).map(|(_, way)| *way) == Some(Direction::Undecided);
                let direction = match middle[..middle.len() - 1].iter().any(undecided) {
                    true => Direction::Undecided,
                    false => Direction::Decided,
                };
                chains.insert(middle[0], Drawn::Chain(middle.to_vec(), direction));
            }
        }
        chains
    }

    fn is_in_second(&self, node: Node) -> bool {
        self.second.iter().any(|edge| edge.child == node || edge.parent == node)
    }

    /// A report of the tree below a node, or the node itself.
    fn first_report(&self, mut node: Node) -> Option<ReportId> {
        loop {
            match node {
                Node::Report(report) => return Some(report),
                Node::Exemplar(_) => node = self.below.get(&node)?.first()?.0,
            }
        }
    }
}

/// Those of many equal nodes that are not drawn.
fn surplus(nodes: &[Node]) -> &[Node] {
    if nodes.len() > LEAVES_MAX { &nodes[LEAVES_SHOWN..] } else { &[] }
}

/// Where each text stands in time: reports in the story's order, a lost text just before the first
/// report that was made from it.
fn places(told: &StoryAccount) -> BTreeMap<Node, (usize, bool)> {
    let reports = told.story.reports.iter().enumerate();
    let mut places: BTreeMap<Node, (usize, bool)> =
        reports.map(|(index, &report)| (Node::Report(report), (index, true))).collect();
    for exemplar in &told.stemma.exemplars {
        let node = Node::Exemplar(exemplar.id);
        let below = told.stemma.children(node);
        let first = below.filter_map(|edge| Some(places.get(&edge.child)?.0)).min();
        places.insert(node, (first.unwrap_or(usize::MAX), false));
    }
    places
}

/// Whether `node` is `of` or stands above it.
fn is_above(up: &BTreeMap<Node, Node>, node: Node, of: Node) -> bool {
    let mut at = Some(of);
    while let Some(current) = at {
        if current == node {
            return true;
        }
        at = up.get(&current).copied();
    }
    false
}
