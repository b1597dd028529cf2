//! Large families, taken apart before the search.
//!
//! *Problem*: the search prices thousands of hypotheses, and each takes time that grows with the
//! family. *Greedily* joining texts one by one would be fast, and blind to everything that shows
//! only in the whole. *Idea*: the cheapest tree without lost texts can be found for the whole family
//! at once, and is exact; what lost texts and blocks from elsewhere change in it is near at hand. So
//! that tree is cut into connected parts, and each is searched for itself, together with the text
//! that it hangs under. *Cost*: that of the tree over the pairs that were compared
//! ([`crate::arborescence`]); the search is linear in the number of parts.

use crate::arborescence::{Arc, cheapest};
use crate::kin::Kin;
use crate::prices::Prices;
use std::cmp::Ordering;

/// Texts that are searched as one family; more are taken apart.
const WHOLE_MAX: usize = 40;
/// Texts in a part, at most, but for the one that it hangs under.
const PART_MAX: usize = 24;

/// Texts that are searched together.
pub(crate) struct Part {
    /// The texts, as indices into the kin, ascending; with the one that they hang under.
    pub(crate) texts: Vec<usize>,
    /// The one that they hang under, if this is not the top of the family.
    pub(crate) under: Option<usize>,
}

/// Takes a family apart if it is large. `members` are ascending.
pub(crate) fn parts(kin: &Kin<'_>, prices: &Prices, members: Vec<usize>) -> Vec<Part> {
    if members.len() <= WHOLE_MAX {
        return vec![Part { texts: members, under: None }];
    }
    let parents = coarse_tree(kin, prices, &members);
    let mut found = Vec::new();
    for (texts, under) in cut(&parents) {
        let mut texts: Vec<usize> = texts.into_iter().chain(under).map(|k| members[k]).collect();
        texts.sort_unstable();
        found.push(Part { texts, under: under.map(|k| members[k]) });
    }
    found
}

/// For each member its exemplar, both by place among the members, as far as can be told from how
/// well the texts explain each other's sentences.
fn coarse_tree(kin: &Kin<'_>, prices: &Prices, members: &[usize]) -> Vec<Option<usize>> {
    let root = members.len();
    let mut arcs = Vec::new();
    for (child, &text) in members.iter().enumerate() {
        let origin = prices.origin * kin.words(text);
        arcs.push(Arc { parent: root, child, cost: f64::from(origin) });
        for exemplar in &kin.relatives[text] {
            if let Ok(parent) = members.binary_search(exemplar) {
                let cost = f64::from(made(kin, prices, text, *exemplar));
                arcs.push(Arc { parent, child, cost });
            }
        }
    }
    let chosen = cheapest(root + 1, root, &arcs);
    (0..root).map(|k| chosen[k].map(|arc| arcs[arc].parent).filter(|&p| p != root)).collect()
}

/// What it roughly costs to make a text from a related one.
fn made(kin: &Kin<'_>, prices: &Prices, text: usize, exemplar: usize) -> f32 {
    let gained = prices.gained * (1.0 - kin.share(text, exemplar)) * kin.words(text);
    let left_out = prices.left_out * (1.0 - kin.share(exemplar, text)) * kin.words(exemplar);
    let early = kin.order(text, exemplar) == Some(Ordering::Less);
    gained + left_out + if early { prices.too_early * kin.words(text) } else { 0.0 }
}

/// Cuts a forest, given by the parent of each node, into connected parts: their nodes, and the node
/// that these hang under. Nodes under one parent stay together as far as there is room.
fn cut(parents: &[Option<usize>]) -> Vec<(Vec<usize>, Option<usize>)> {
    let mut children = vec![Vec::new(); parents.len()];
    for (node, parent) in parents.iter().enumerate() {
        if let Some(parent) = *parent {
            children[parent].push(node);
        }
    }
    let mut found = Vec::new();
    let mut left: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
    for node in leaves_first(parents, &children) {
        let mut together = Vec::new();
        for &child in &children[node] {
            let own = std::mem::take(&mut left[child]);
            if !together.is_empty() && together.len() + own.len() >= PART_MAX {
                found.push((std::mem::take(&mut together), Some(node)));
            }
            if own.len() >= PART_MAX {
                found.push((own, Some(node)));
            } else {
                together.extend(own);
            }
        }
        together.push(node);
        left[node] = together;
        if parents[node].is_none() {
            found.push((std::mem::take(&mut left[node]), None));
        }
    }
    found
}

/// The nodes of a forest, each after its children.
fn leaves_first(parents: &[Option<usize>], children: &[Vec<usize>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..parents.len()).filter(|&n| parents[n].is_none()).collect();
    let mut next = 0;
    while let Some(&node) = order.get(next) {
        order.extend(&children[node]);
        next += 1;
    }
    order.reverse();
    order
}

#[cfg(test)]
mod tests {
    use super::{PART_MAX, cut};

    #[test]
    fn a_forest_is_cut_into_connected_parts_of_bounded_size() {
        // A star of many, a long chain under one of its points, and a text for itself.
        let star = (0..100).map(|k| (k > 0).then_some(0));
        let chain = (100..200).map(|k| Some(k - 1));
        let parents: Vec<Option<usize>> = star.chain(chain).chain([None]).collect();
        let parts = cut(&parents);
        let mut all: Vec<usize> = parts.iter().flat_map(|part| part.0.clone()).collect();
        all.sort_unstable();
        assert_eq!(all, (0..=200).collect::<Vec<_>>());
        for (nodes, under) in &parts {
            assert!(nodes.len() <= PART_MAX);
            for node in nodes {
                let above = parents[*node];
                assert!(above == *under || above.is_some_and(|above| nodes.contains(&above)));
            }
        }
    }
}
