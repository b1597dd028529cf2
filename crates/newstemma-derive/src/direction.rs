//! Which way the edges of a tree point, as a probability.
//!
//! Turning an edge round moves the root of its tree. So every text of a tree is tried as the root;
//! what the tree then costs ([`crate::parents::cost`], read the other way on the path that was
//! turned, and a price for every text that was translated back into the language it came from)
//! gives the root's probability, and an edge's that of all roots on its upper side. Cut copies and
//! dates weigh heavily, exact copies not at all: their edge stays undecided.

use crate::kin::Kin;
use crate::parents::{Parents, cost};
use std::collections::BTreeMap;

/// Words that make a root e times as likely, and what the uncertainty of long texts adds, as a
/// share of their words.
const TEMPERATURE: f32 = 5.0;
const TEMPERATURE_SHARE: f32 = 0.015;
/// What a translation back costs, in words.
const BACK: f32 = 15.0;
/// Trees beyond this size are not re-rooted; their direction is that of the cheapest tree.
const TREE_MAX: usize = 400;

/// Turns every tree to its likeliest root, and says for each text how probable it is that the edge
/// to its first parent points the right way.
pub(crate) fn turn(kin: &Kin<'_>, parents: &mut Parents) -> Vec<f32> {
    let n = kin.texts.len();
    let mut certain = vec![1.0f32; n];
    for tree in trees(parents) {
        if tree.len() < 2 || tree.len() > TREE_MAX {
            continue;
        }
        let roots = root_probabilities(kin, parents, &tree);
        let present = tree.iter().position(|&t| parents.first[t].is_none()).unwrap_or(0);
        let best =
            (0..tree.len()).fold(present, |b, k| if roots[k] > 1.05 * roots[b] { k } else { b });
        set_root(parents, tree[best]);
        for &child in &tree {
            if parents.first[child].is_some() {
                let below: f32 = tree
                    .iter()
                    .zip(&roots)
                    .filter(|&(&root, _)| hangs_under(parents, root, child))
                    .map(|(_, p)| p)
                    .sum();
                certain[child] = 1.0 - below;
            }
        }
    }
    certain
}

/// Turns the path from `root` to the present root of its tree.
fn set_root(parents: &mut Parents, root: usize) {
    let (mut at, mut below) = (Some(root), None);
    while let Some(here) = at {
        at = std::mem::replace(&mut parents.first[here], below);
        below = Some(here);
    }
}

/// The texts of each tree of first parents, ascending.
pub(crate) fn trees(parents: &Parents) -> Vec<Vec<usize>> {
    let n = parents.first.len();
    let mut of_root: BTreeMap<usize, Vec<usize>> = Default::default();
    for node in 0..n {
        let mut at = node;
        for _ in 0..n {
            match parents.first[at] {
                Some(up) => at = up,
                None => break,
            }
        }
        of_root.entry(at).or_default().push(node);
    }
    of_root.into_values().collect()
}

fn hangs_under(parents: &Parents, node: usize, above: usize) -> bool {
    let mut at = Some(node);
    for _ in 0..=parents.first.len() {
        match at {
            Some(here) if here == above => return true,
            Some(here) => at = parents.first[here],
            None => return false,
        }
    }
    false
}

fn root_probabilities(kin: &Kin<'_>, parents: &Parents, tree: &[usize]) -> Vec<f32> {
    // What each edge costs as it is and the other way round.
    let both: BTreeMap<(usize, usize), f32> = tree
        .iter()
        .filter_map(|&c| parents.first[c].map(|p| (c, p)))
        .flat_map(|(c, p)| [((c, p), cost(kin, c, p)), ((p, c), cost(kin, p, c))])
        .collect();
    let costs: Vec<f32> =
        tree.iter().map(|&root| rooted_cost(kin, parents, tree, root, &both)).collect();
    let words = tree.iter().map(|&t| kin.words(t)).sum::<f32>() / tree.len() as f32;
    let temperature = TEMPERATURE + TEMPERATURE_SHARE * words;
    let least = costs.iter().copied().fold(f32::INFINITY, f32::min);
    let weights: Vec<f32> = costs.iter().map(|c| libm::expf(-(c - least) / temperature)).collect();
    let sum: f32 = weights.iter().sum();
    weights.into_iter().map(|w| w / sum.max(1e-12)).collect()
}

/// What the tree costs with another root.
fn rooted_cost(
    kin: &Kin<'_>,
    parents: &Parents,
    tree: &[usize],
    root: usize,
    costs: &BTreeMap<(usize, usize), f32>,
) -> f32 {
    // The path from the new root to the old one is turned.
    let mut up: BTreeMap<usize, usize> =
        tree.iter().filter_map(|&c| parents.first[c].map(|p| (c, p))).collect();
    let mut at = root;
    let mut path = vec![root];
    while let Some(&next) = up.get(&at) {
        path.push(next);
        at = next;
    }
    up.remove(&root);
    for pair in path.windows(2) {
        up.insert(pair[1], pair[0]);
    }
    up.remove(&root);
    let language = |k: usize| kin.texts[k].document.report.language;
    let mut sum = 0.0;
    for (&child, &parent) in &up {
        sum += costs.get(&(child, parent)).copied().unwrap_or(0.0);
        // Back: somewhere above the parent stands the child's own language.
        if language(child) != language(parent) {
            let mut above = up.get(&parent);
            while let Some(&a) = above {
                if language(a) == language(child) {
                    sum += BACK;
                    break;
                }
                above = up.get(&a);
            }
        }
    }
    sum
}
