//! How sure the parts of a hypothesis are.
//!
//! Costs are words, and words are evidence: a hypothesis that costs more than the best is less
//! likely by a factor of e for every few words (the family's *temperature*). Which way an edge
//! points depends on where its tree has its root, so every text of a tree is tried as the root; an
//! edge's direction is as sure as the roots on its upper side are together.

use crate::family::Family;
use crate::parsimony::Parsimony;
use crate::search::elsewhere;
use crate::tree::{Others, Tree};

/// Words that make a hypothesis e times less likely, and what long texts add, as a share of their
/// words: in those more is left to chance.
const TEMPERATURE: f32 = 5.0;
const TEMPERATURE_SHARE: f32 = 0.015;

/// For each text and lost text of a tree, as probabilities.
pub(crate) struct Certainty {
    /// That the edge to its first exemplar points the right way.
    pub(crate) direction: Vec<f32>,
    /// Of a text, that it was made from this exemplar and no other; of a lost text, that there was
    /// one.
    pub(crate) place: Vec<f32>,
}

/// Judges the best tree of a family.
pub(crate) fn certainty(parsimony: &mut Parsimony<'_, '_>, tree: &Tree) -> Certainty {
    let temperature = temperature(parsimony.family);
    let cost = parsimony.cost(tree);
    let roots = root_probabilities(parsimony, tree, temperature);
    let nodes = 0..tree.parent.len();
    let direction = nodes.clone().map(|node| {
        let below =
            (0..tree.texts).filter(|&root| tree.is_under(root, node)).map(|root| roots[root]);
        1.0 - below.sum::<f32>().min(1.0)
    });
    let place = nodes.map(|node| {
        let others: Vec<Tree> = if tree.is_lost(node) {
            tree.children(node).filter_map(|c| tree.raised(c, Others::Follow)).collect()
        } else {
            elsewhere(parsimony.family, tree, node)
        };
        let odds =
            |other: &Tree| libm::expf(((cost - parsimony.cost(other)) / temperature).min(20.0));
        1.0 / (1.0 + others.iter().map(odds).sum::<f32>())
    });
    let direction: Vec<f32> = direction.collect();
    Certainty { direction, place: place.collect() }
}

fn temperature(family: &Family<'_>) -> f32 {
    let words = family.words.iter().sum::<f32>() / family.len().max(1) as f32;
    TEMPERATURE + TEMPERATURE_SHARE * words
}

/// How likely each text is the root of its tree; 0 for all if the tree's root is lost and no text
/// does better.
fn root_probabilities(
    parsimony: &mut Parsimony<'_, '_>,
    tree: &Tree,
    temperature: f32,
) -> Vec<f32> {
    let cost = parsimony.cost(tree);
    let mut likely = vec![0.0f32; tree.texts];
    for root in (0..tree.parent.len()).filter(|&node| tree.parent[node].is_none()) {
        let texts: Vec<usize> = (0..tree.texts).filter(|&t| tree.is_under(t, root)).collect();
        let mut sum = if tree.is_lost(root) { 1.0 } else { 0.0 };
        for &text in &texts {
            let turned = if text == root {
                cost
            } else {
                tree.rooted(text).map_or(f32::INFINITY, |t| parsimony.cost(&t))
            };
            likely[text] = libm::expf(((cost - turned) / temperature).min(20.0));
            sum += likely[text];
        }
        texts.iter().for_each(|&text| likely[text] /= sum);
    }
    likely
}
