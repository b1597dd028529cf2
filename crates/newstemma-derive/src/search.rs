//! The search for the hypothesis that costs least.
//!
//! The cheapest tree without lost texts and further exemplars ([`crate::arborescence`]) is exact,
//! and a good beginning; from there the search goes on by the best of all small changes, until none
//! is for the better. This may end beside the optimum; the changes are rich enough that on small
//! families it rarely does. *Cost*: changes × steps, with a bound on both.

use crate::arborescence::{Arc, cheapest};
use crate::family::Family;
use crate::parsimony::Parsimony;
use crate::tree::{Others, Tree};

/// Relatives that a text is tried under.
const NEAR_MAX: usize = 10;
/// Texts that one may have taken blocks from.
const FURTHER_MAX: usize = 3;
/// Hypotheses that are priced, at most; what is best then is taken.
const TRIED_MAX: usize = 150_000;
/// The same times the texts of the family, which make each dearer.
const WORK_MAX: usize = 2_000_000;
/// The same for a part of a large family, of which there are many.
const TRIED_IN_PART_MAX: usize = 2_000;
/// A change must spare this many words.
const LEAST: f32 = 1e-3;

/// The best hypothesis that was found for a family.
pub(crate) fn best_tree(parsimony: &mut Parsimony<'_, '_>) -> Tree {
    let mut tree = without_lost(parsimony.family);
    let mut cost = parsimony.cost(&tree);
    let mut tried = 0;
    let most = tried_max(parsimony.family);
    while tried < most {
        let changed = changes(parsimony.family, &tree);
        tried += changed.len();
        let mut best = None;
        for other in changed {
            let its = parsimony.cost(&other);
            if its < cost - LEAST {
                (cost, best) = (its, Some(other));
            }
        }
        match best {
            Some(better) => tree = better,
            None => break,
        }
    }
    // What a part hangs under may be found below its texts, but that is not for the part to say.
    match parsimony.family.under.filter(|&under| tree.parent[under].is_some()) {
        Some(under) => tree.rooted(under).or_else(|| tree.hung(under, None)).unwrap_or(tree),
        None => tree,
    }
}

fn tried_max(family: &Family<'_>) -> usize {
    match family.under {
        Some(_) => TRIED_IN_PART_MAX,
        None => TRIED_MAX.min(WORK_MAX / family.len().max(1)),
    }
}

/// The cheapest tree in which every text is made from one other, or from none.
fn without_lost(family: &Family<'_>) -> Tree {
    let n = family.len();
    let mut arcs = Vec::new();
    for child in 0..n {
        let origin = family.prices.origin * family.words[child];
        arcs.push(Arc { parent: n, child, cost: f64::from(origin) });
        for &parent in family.near(child) {
            if let Some(step) = family.step(child, parent) {
                let early =
                    if family.is_earlier(child, parent) { family.words[child] } else { 0.0 };
                arcs.push(Arc { parent, child, cost: f64::from(step.sum + early) });
            }
        }
    }
    let chosen = cheapest(n + 1, n, &arcs);
    let parent = |child: usize| chosen[child].map(|arc| arcs[arc].parent).filter(|&p| p != n);
    Tree::of((0..n).map(parent).collect())
}

/// All hypotheses that differ from this one by a small change.
fn changes(family: &Family<'_>, tree: &Tree) -> Vec<Tree> {
    let mut found = Vec::new();
    for node in 0..tree.parent.len() {
        found.extend(elsewhere(family, tree, node));
        found.extend(tree.raised(node, Others::Stay));
        found.extend(tree.raised(node, Others::Follow));
        if tree.parent[node].is_some() {
            found.extend(tree.rooted(node));
        }
    }
    for text in 0..tree.texts {
        found.extend(with_lost(family, tree, text));
        found.extend(blocks(family, tree, text));
        found.extend(spliced(family, tree, text));
    }
    found
}

/// A node under another exemplar, or under none.
pub(crate) fn elsewhere(family: &Family<'_>, tree: &Tree, node: usize) -> Vec<Tree> {
    let mut under: Vec<Option<usize>> = vec![None];
    if tree.is_lost(node) {
        let near = tree.children(node).flat_map(|c| family.near(c).iter().take(NEAR_MAX));
        under.extend(near.map(|&text| Some(text)));
    } else {
        let near = family.near(node);
        under.extend(near.iter().take(NEAR_MAX).map(|&text| Some(text)));
        let related = |lost: &usize| tree.children(*lost).any(|c| near.contains(&c));
        under.extend(tree.lost().filter(related).map(Some));
    }
    under.sort_unstable();
    under.dedup();
    under.retain(|&u| u != tree.parent[node]);
    under.into_iter().filter_map(|u| tree.hung(node, u)).collect()
}

/// A lost text behind a text and its exemplar, or behind it and another with the same exemplar.
fn with_lost(family: &Family<'_>, tree: &Tree, text: usize) -> Vec<Tree> {
    let above = tree.parent[text];
    let mut found = Vec::new();
    if let Some(parent) = above.filter(|&p| !tree.is_lost(p)) {
        found.extend(tree.with_lost(tree.parent[parent], [parent, text]));
    }
    let siblings = family.near(text).iter().filter(|&&s| s > text && tree.parent[s] == above);
    found.extend(siblings.take(NEAR_MAX).filter_map(|&s| tree.with_lost(above, [text, s])));
    found
}

/// Blocks taken from another text: one source more, or less; or another first exemplar, the present
/// one staying as the source of a block; or the other way round, that the exemplar took the block.
fn blocks(family: &Family<'_>, tree: &Tree, text: usize) -> Vec<Tree> {
    let mut found = Vec::new();
    let have = &tree.further[text];
    found.extend(have.iter().filter_map(|&source| tree.without_further(text, source)));
    let parent = tree.parent[text];
    if have.len() < FURTHER_MAX {
        let sources = family.near(text).iter().filter(|&&s| !family.is_earlier(text, s));
        let gains = |source: usize| {
            let exemplars = || have.iter().copied().chain(parent.filter(|&p| !tree.is_lost(p)));
            let mut own = family.carried[text].iter();
            own.any(|&unit| family.has(source, unit) && !exemplars().any(|x| family.has(x, unit)))
        };
        let new = sources.filter(|&&s| Some(s) != parent && !have.contains(&s) && gains(s));
        found.extend(new.filter_map(|&source| tree.with_further(text, source)));
    }
    if let Some(parent) = parent.filter(|&p| !tree.is_lost(p)) {
        let under = elsewhere(family, tree, text);
        found.extend(under.into_iter().filter_map(|other| other.with_further(text, parent)));
        let free = tree.hung(text, None);
        found.extend(free.and_then(|other| other.with_further(parent, text)));
    }
    found
}

/// A text made of two that have nothing to do with each other, of which one or both are now taken
/// to be cut from it.
fn spliced(family: &Family<'_>, tree: &Tree, text: usize) -> Vec<Tree> {
    let near = &family.near(text)[..family.near(text).len().min(NEAR_MAX)];
    let below = |x: usize| tree.is_under(x, text);
    let mut found = Vec::new();
    for &first in near {
        let others = near.iter().filter(|&&second| {
            second != first
                && family.step(first, second).is_none()
                && (below(first) || below(second))
        });
        found.extend(others.filter_map(|&second| {
            let mut other = tree.clone();
            for source in [first, second].into_iter().filter(|&x| below(x)) {
                other = other.hung(source, None)?;
            }
            other.hung(text, Some(first))?.with_further(text, second)
        }));
    }
    found
}
