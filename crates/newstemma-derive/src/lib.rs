//! Alignment and derivation: the reports of a story to its stemma.
#![forbid(unsafe_code)]

mod align;
mod anchor;
mod arborescence;
mod background;
mod beads;
mod certainty;
mod change;
mod copies;
mod evidence;
mod exemplar;
mod family;
mod gap;
mod kin;
mod parsimony;
mod parts;
mod prices;
mod relate;
mod rendering;
mod search;
mod similarity;
mod stemma;
mod text;
mod tokens;
mod tree;
mod unit;

pub use align::align;
pub use background::Background;
pub use evidence::Features;
pub use prices::Prices;
pub use stemma::{Collation, derive};

use newstemma_model::Document;

/// For fitting the weights of [`derive()`]: the features of every pair of reports of a story, with
/// the indices of the two.
pub fn pair_features(
    documents: &[&Document],
    background: &Background,
) -> Vec<(usize, usize, Features)> {
    let texts: Vec<text::Text<'_>> =
        documents.iter().map(|d| text::Text::beside(d, background)).collect();
    let windows = evidence::windows(&texts, &vec![0; texts.len()], background);
    let mut found = Vec::new();
    for a in 0..texts.len() {
        for b in a + 1..texts.len() {
            found.push((a, b, evidence::compare((a, b), &texts, &windows, background).features));
        }
    }
    found
}

#[cfg(test)]
mod tests;
