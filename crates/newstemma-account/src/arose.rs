//! The edge of the stemma at which readings part.
//!
//! Problem: some reports read one thing and some another; on which edge was the change made? The
//! naive answer, the first report by time that reads otherwise, fails where texts are lost and
//! times are missing. Idea: the change lies where a history with the fewest changes must have it
//! (parsimony). For each text of the tree and each reading, the least number of changes below it
//! (upward pass) and in the rest (downward pass) is counted; the readings with the least sum are
//! those that it can have had. An edge whose ends can each have had only one reading, and not the
//! same, is where the change was made. Where histories tie, nothing is said.
//!
//! Cost: time and space in proportion to the texts times the square of the readings.
//!
//! Two copies of a lost text that part would always tie. Who rewrites a text changes more of it
//! than who copies or translates it, so a change costs a little less on the edge of a rewriting.
//! That can only break ties: two changes always cost more than one.
//!
//! Source: Sankoff, "Minimal mutation trees of sequences" (1975). We depart from it in the graph:
//! of a report with several exemplars only the one that has the passage counts, and on an
//! undecided edge no change is placed.

use newstemma_model::{Derivation, Direction, Edge, Node, Relation, Stemma};
use std::collections::{BTreeMap, BTreeSet};

/// A change of reading on an edge: readings by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Arisen {
    pub(crate) edge: Edge,
    pub(crate) relation: Relation,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// Finds the changes that every shortest history has. `readings` are those of the texts that have
/// the passage, as numbers below `count`; a text that has several readings could be any of them.
pub(crate) fn arose(
    stemma: &Stemma,
    readings: &BTreeMap<Node, BTreeSet<usize>>,
    count: usize,
) -> Vec<Arisen> {
    let tree = Tree::of(stemma, readings);
    let possible = tree.possible_readings(readings, count);
    let mut found = Vec::new();
    for (child, parent) in tree.parent.iter().enumerate() {
        let Some(Step { parent, direction: Direction::Decided, relation }) = *parent else {
            continue;
        };
        if let (&[to], &[from]) = (&possible[child][..], &possible[parent][..])
            && from != to
        {
            let edge = Edge { child: tree.nodes[child], parent: tree.nodes[parent] };
            found.push(Arisen { edge, relation, from, to });
        }
    }
    found
}

/// What a change costs on an edge.
fn cost_of(relation: Relation) -> u32 {
    match relation {
        Relation::Rewrite | Relation::Mixed => 4,
        Relation::Verbatim | Relation::Translation => 5,
    }
}

/// The way from a text to its exemplar.
#[derive(Clone, Copy, Debug)]
struct Step<To> {
    parent: To,
    direction: Direction,
    relation: Relation,
}

/// The part of the stemma that lies above the texts that have the passage, one parent a text.
struct Tree {
    nodes: Vec<Node>,
    parent: Vec<Option<Step<usize>>>,
    /// Indices, parents before children.
    order: Vec<usize>,
}

impl Tree {
    fn of(stemma: &Stemma, readings: &BTreeMap<Node, BTreeSet<usize>>) -> Tree {
        let chosen = choose_parents(stemma, readings);
        let mut nodes: BTreeSet<Node> = readings.keys().copied().collect();
        for (&child, step) in &chosen {
            nodes.extend([child, step.parent]);
        }
        let nodes: Vec<Node> = nodes.into_iter().collect();
        let index: BTreeMap<Node, usize> = nodes.iter().enumerate().map(|(i, &n)| (n, i)).collect();
        let inside = |step: &Step<Node>| {
            let Step { parent, direction, relation } = *step;
            Step { parent: index[&parent], direction, relation }
        };
        let parent: Vec<Option<Step<usize>>> =
            nodes.iter().map(|n| chosen.get(n).map(inside)).collect();
        let mut depth: Vec<(usize, usize)> = Vec::new();
        for start in 0..nodes.len() {
            let steps = std::iter::successors(Some(start), |&i| parent[i].map(|s| s.parent));
            depth.push((steps.count(), start));
        }
        depth.sort_unstable();
        Tree { nodes, parent, order: depth.into_iter().map(|(_, i)| i).collect() }
    }

    /// The readings that each text can have had in a history with the fewest changes.
    fn possible_readings(
        &self,
        readings: &BTreeMap<Node, BTreeSet<usize>>,
        count: usize,
    ) -> Vec<Vec<usize>> {
        /// More changes than any tree has, small enough to be added up.
        const NEVER: u32 = 1 << 24;
        let n = self.nodes.len();
        // Least changes below each text if it has each reading.
        let mut below = vec![vec![0_u32; count]; n];
        for (i, node) in self.nodes.iter().enumerate() {
            if let Some(own) = readings.get(node) {
                (0..count).filter(|s| !own.contains(s)).for_each(|s| below[i][s] = NEVER);
            }
        }
        let over_edge = |costs: &[u32], s: usize, change: u32| -> u32 {
            let least = costs.iter().copied().min().unwrap_or(0);
            costs.get(s).copied().unwrap_or(NEVER).min(least + change)
        };
        for &i in self.order.iter().rev() {
            if let Some(Step { parent, relation, .. }) = self.parent[i] {
                for s in 0..count {
                    let cost = over_edge(&below[i], s, cost_of(relation));
                    below[parent][s] = (below[parent][s] + cost).min(NEVER);
                }
            }
        }
        // Least changes in the rest of the tree if each text has each reading.
        let mut rest = vec![vec![0_u32; count]; n];
        for &i in &self.order {
            let Some(Step { parent, relation, .. }) = self.parent[i] else { continue };
            let without: Vec<u32> = (0..count)
                .map(|s| {
                    let own = over_edge(&below[i], s, cost_of(relation));
                    (rest[parent][s] + below[parent][s]).saturating_sub(own)
                })
                .collect();
            rest[i] = (0..count).map(|s| over_edge(&without, s, cost_of(relation))).collect();
        }
        let best = |i: usize| -> Vec<usize> {
            let total: Vec<u32> = (0..count).map(|s| below[i][s] + rest[i][s]).collect();
            let least = total.iter().copied().min().unwrap_or(0);
            (0..count).filter(|&s| total[s] == least).collect()
        };
        (0..n).map(best).collect()
    }
}

/// One exemplar for each text: one that has the passage before one that is lost, a lost one
/// before one that is without it, then the one that accounts for most.
fn choose_parents(
    stemma: &Stemma,
    readings: &BTreeMap<Node, BTreeSet<usize>>,
) -> BTreeMap<Node, Step<Node>> {
    let mut above: BTreeMap<Node, Vec<usize>> = BTreeMap::new();
    for (i, derivation) in stemma.derivations.iter().enumerate() {
        above.entry(derivation.child).or_default().push(i);
    }
    let rank = |i: usize| {
        let derivation = &stemma.derivations[i];
        let has = match derivation.parent {
            parent if readings.contains_key(&parent) => 2,
            Node::Exemplar(_) => 1,
            Node::Report(_) => 0,
        };
        (has, derivation.coverage.get())
    };
    let mut chosen: BTreeMap<Node, Step<Node>> = BTreeMap::new();
    let mut open: Vec<Node> = readings.keys().copied().collect();
    let mut seen: BTreeSet<Node> = open.iter().copied().collect();
    while let Some(child) = open.pop() {
        let mut parents = above.get(&child).cloned().unwrap_or_default();
        parents.sort_by(|&i, &j| {
            let (x, y) = (rank(i), rank(j));
            y.0.cmp(&x.0).then(y.1.total_cmp(&x.1)).then(i.cmp(&j))
        });
        // Undecided edges can close a circle; the edge that would close it is left out.
        let parent = parents.into_iter().map(|i| &stemma.derivations[i]).find(|d| {
            let mut up = std::iter::successors(Some(d.parent), |n| chosen.get(n).map(|s| s.parent));
            up.all(|n| n != child)
        });
        if let Some(derivation) = parent {
            let Derivation { parent, direction, relation, .. } = *derivation;
            chosen.insert(child, Step { parent, direction, relation });
            if seen.insert(parent) {
                open.push(parent);
            }
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::arose;
    use newstemma_model::{Derivation, Direction, Node, Relation, ReportId, Stemma};
    use newstemma_testkit::stemma::{edge, lost};
    use std::collections::{BTreeMap, BTreeSet};

    fn node(name: &str) -> Node {
        if name.starts_with(char::is_uppercase) {
            Node::Exemplar(lost(name, None).id)
        } else {
            Node::Report(ReportId::of(&[name.as_bytes()]))
        }
    }

    /// Edges `child<parent` or, undecided, `child?parent`, or `child=parent` where the child is a
    /// translation; readings `report=n`; expected changes
    /// `child<parent from>to`. Names in capitals are lost.
    fn check(
        rule: &str,
        edges: &[&str],
        readings: &[&str],
        expected: &[(&str, &str, usize, usize)],
    ) {
        let derivations = edges
            .iter()
            .map(|e| {
                let (child, rest) = e.split_at(1);
                let (mark, parent) = rest.split_at(1);
                let direction = if mark == "?" { Direction::Undecided } else { Direction::Decided };
                let relation = if mark == "=" { Relation::Translation } else { Relation::Rewrite };
                Derivation { relation, ..edge(node(child), node(parent), direction) }
            })
            .collect();
        let stemma = Stemma { derivations, ..Stemma::default() };
        let mut of: BTreeMap<Node, BTreeSet<usize>> = BTreeMap::new();
        for reading in readings {
            let (name, number) = reading.split_once('=').unwrap();
            of.entry(node(name)).or_default().insert(number.parse().unwrap());
        }
        let mut found: Vec<_> = arose(&stemma, &of, 3)
            .into_iter()
            .map(|a| (a.edge.child, a.edge.parent, a.from, a.to))
            .collect();
        found.sort();
        let mut expected: Vec<_> =
            expected.iter().map(|&(c, p, from, to)| (node(c), node(p), from, to)).collect();
        expected.sort();
        assert_eq!(found, expected, "{rule}");
    }

    #[test]
    fn the_change_lies_where_every_shortest_history_has_it() {
        check("a copy differs from its exemplar", &["b<a"], &["a=0", "b=1"], &[("b", "a", 0, 1)]);
        check("who copied is not known", &["b?a"], &["a=0", "b=1"], &[]);
        check("two copies of a lost text", &["a<X", "b<X"], &["a=0", "b=1"], &[]);
        check(
            "a rewriting and a translation of a lost text",
            &["a=X", "b<X"],
            &["a=0", "b=1"],
            &[("b", "X", 0, 1)],
        );
        check(
            "two changes in rewritings are more than one in a translation",
            &["a=X", "b<X", "c<X"],
            &["a=0", "b=1", "c=1"],
            &[("a", "X", 1, 0)],
        );
        check(
            "a third copy decides",
            &["a<X", "b<X", "c<X"],
            &["a=0", "b=1", "c=0"],
            &[("b", "X", 0, 1)],
        );
        check(
            "the copy of a copy carries it on",
            &["b<a", "c<b"],
            &["a=0", "b=1", "c=1"],
            &[("b", "a", 0, 1)],
        );
        check(
            "it arose in a lost text",
            &["b<X", "c<X", "X<a", "d<a"],
            &["a=0", "b=1", "c=1", "d=0"],
            &[("X", "a", 0, 1)],
        );
        check(
            "two changes at two places",
            &["b<a", "c<a"],
            &["a=0", "b=1", "c=2"],
            &[("b", "a", 0, 1), ("c", "a", 0, 2)],
        );
        check("one text has both", &["b<a"], &["a=0", "a=1", "b=1"], &[]);
        check("a text without the passage lies between", &["b<a", "c<b"], &["a=0", "c=1"], &[]);
    }

    #[test]
    fn circles_of_doubt_end() {
        check("a circle", &["b?a", "c?b", "a?c"], &["a=0", "b=1", "c=0"], &[]);
    }
}
