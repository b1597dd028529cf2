//! The cheapest way to hang every node under one parent, without circles.
//!
//! *Problem*: given directed edges with costs and a root, find the spanning arborescence of least
//! cost. *Greedily* taking each node's cheapest edge leaves circles. *Idea* (Chu & Liu 1965,
//! Edmonds 1967): contract each circle to one node, lower the costs of the edges into it by what
//! the circle's own edge into that place costs, and go on; then open the circles again, from the
//! last to the first. *Cost*: nodes × edges in time, edges a level in space; levels are kept in a
//! list, so that the depth of nesting is no depth of the stack.

/// An edge from a parent to a child.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arc {
    pub(crate) parent: usize,
    pub(crate) child: usize,
    pub(crate) cost: f64,
}

/// For each node the index of the arc into it; `None` for the root and for what cannot be reached.
pub(crate) fn cheapest(nodes: usize, root: usize, arcs: &[Arc]) -> Vec<Option<usize>> {
    let mut levels: Vec<Level> = Vec::new();
    let mut count = nodes;
    let mut top = root;
    let mut current: Vec<(Arc, usize)> = arcs
        .iter()
        .enumerate()
        .filter(|(_, a)| a.child != root && a.child != a.parent)
        .map(|(k, &a)| (a, k))
        .collect();
    let mut chosen = loop {
        let best = cheapest_into(count, &current);
        let Some(group) = circles(count, top, &current, &best) else { break best };
        let next: Vec<(Arc, usize)> = current
            .iter()
            .enumerate()
            .filter(|(_, (a, _))| group[a.parent] != group[a.child])
            .map(|(k, (a, _))| {
                let own = best[a.child].map_or(0.0, |b| current[b].0.cost);
                let (parent, child) = (group[a.parent], group[a.child]);
                (Arc { parent, child, cost: a.cost - own }, k)
            })
            .collect();
        let groups = group.iter().copied().max().map_or(0, |g| g + 1);
        top = group[top];
        levels.push(Level { arcs: std::mem::replace(&mut current, next), best, group });
        count = groups;
    };
    // Opening a circle: the arc chosen into it replaces the circle's own arc into that node.
    while let Some(level) = levels.pop() {
        let mut open = level.best;
        for arc in chosen.into_iter().flatten() {
            let outer = current[arc].1;
            open[level.arcs[outer].0.child] = Some(outer);
        }
        // A circle that nothing reaches keeps its arcs; the caller's root reaches every node.
        let _ = level.group;
        current = level.arcs;
        chosen = open;
    }
    chosen.into_iter().map(|arc| arc.map(|k| current[k].1)).collect()
}

struct Level {
    arcs: Vec<(Arc, usize)>,
    best: Vec<Option<usize>>,
    group: Vec<usize>,
}

fn cheapest_into(count: usize, arcs: &[(Arc, usize)]) -> Vec<Option<usize>> {
    let mut best: Vec<Option<usize>> = vec![None; count];
    for (k, (arc, _)) in arcs.iter().enumerate() {
        let slot = &mut best[arc.child];
        if slot.is_none_or(|b| arc.cost < arcs[b].0.cost) {
            *slot = Some(k);
        }
    }
    best
}

/// The groups after contracting circles, or `None` if there is no circle.
fn circles(
    count: usize,
    root: usize,
    arcs: &[(Arc, usize)],
    best: &[Option<usize>],
) -> Option<Vec<usize>> {
    let mut seen = vec![usize::MAX; count];
    let mut group = vec![usize::MAX; count];
    let mut groups = 0;
    let mut any = false;
    for start in 0..count {
        let mut at = start;
        while seen[at] == usize::MAX && at != root {
            seen[at] = start;
            match best[at] {
                Some(k) => at = arcs[k].0.parent,
                None => break,
            }
        }
        if at != root && seen[at] == start && group[at] == usize::MAX && best[at].is_some() {
            let mut member = at;
            while group[member] == usize::MAX {
                group[member] = groups;
                match best[member] {
                    Some(k) => member = arcs[k].0.parent,
                    None => break,
                }
            }
            any = true;
            groups += 1;
        }
    }
    for slot in &mut group {
        if *slot == usize::MAX {
            *slot = groups;
            groups += 1;
        }
    }
    any.then_some(group)
}

#[cfg(test)]
mod tests {
    use super::{Arc, cheapest};

    fn total(nodes: usize, arcs: &[Arc]) -> f64 {
        let chosen = cheapest(nodes, 0, arcs);
        assert!(chosen[1..].iter().all(Option::is_some));
        for start in 1..nodes {
            let (mut at, mut steps) = (start, 0);
            while let Some(k) = chosen[at] {
                at = arcs[k].parent;
                steps += 1;
                assert!(steps <= nodes, "a circle");
            }
            assert_eq!(at, 0);
        }
        chosen.iter().flatten().map(|&k| arcs[k].cost).sum()
    }

    /// The least cost, by trying every choice of parents.
    fn slow(nodes: usize, arcs: &[Arc]) -> f64 {
        let mut best = f64::INFINITY;
        let into: Vec<Vec<&Arc>> =
            (0..nodes).map(|n| arcs.iter().filter(|a| a.child == n).collect()).collect();
        let mut choice = vec![0; nodes];
        'all: loop {
            let parent = |n: usize| into[n][choice[n]].parent;
            let rooted = (1..nodes).all(|n| {
                let (mut at, mut steps) = (n, 0);
                while at != 0 && steps < nodes {
                    at = parent(at);
                    steps += 1;
                }
                at == 0
            });
            if rooted {
                best = best.min((1..nodes).map(|n| into[n][choice[n]].cost).sum());
            }
            for n in 1..nodes {
                choice[n] += 1;
                if choice[n] < into[n].len() {
                    continue 'all;
                }
                choice[n] = 0;
            }
            return best;
        }
    }

    #[test]
    fn agrees_with_trying_everything() {
        let mut state = 7u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 40) % 20
        };
        for _ in 0..60 {
            let mut arcs = Vec::new();
            for parent in 0..5 {
                for child in 1..5 {
                    if parent != child {
                        arcs.push(Arc { parent, child, cost: random() as f64 });
                    }
                }
            }
            assert_eq!(total(5, &arcs), slow(5, &arcs));
        }
    }
}
