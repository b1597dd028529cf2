//! What a page shows in place of the rest: an offer to subscribe or to register.
//!
//! Problem: elements called "paywall" hold the offer on one site and the paid part of the text on
//! another. Idea: an offer is short, holds something to click, and is not what JSON-LD names as the
//! part that is not free.

use super::block::Block;
use super::naming::Named;
use super::selector::Selector;
use super::tag::Tag;
use super::tree::{NodeId, Tree};

/// Share of a page's running text from which on an element is no offer, whatever its name.
const OFFER_SHARE: f32 = 0.25;

/// Longest offer, in bytes of its text.
const OFFER_BYTES_MAX: usize = 1500;

/// Characters of a block from which on an offer says something.
const OFFER_CHARS_MIN: usize = 20;

/// Which blocks lie in offers.
#[derive(Clone, Debug, Default)]
pub(super) struct Offers(Vec<bool>);

impl Offers {
    /// Those of a page. `closed_parts` are the parts of the text that are not free.
    pub(super) fn of(
        tree: &Tree<'_>,
        named: &[Named],
        share: &[f32],
        blocks: &[Block],
        closed_parts: &[Selector],
    ) -> Offers {
        let mut inside = vec![false; tree.len()];
        let mut end = 0;
        let mut found = false;
        for node in 1..tree.len() as NodeId {
            let is_new = node >= end
                && named[node as usize].offer
                && share[node as usize] < OFFER_SHARE
                && !closed_parts.iter().any(|part| part.fits(tree, node))
                && asks(tree, node);
            if is_new {
                end = tree.end(node);
                found = true;
            }
            inside[node as usize] = node < end;
        }
        if !found {
            return Offers::default();
        }
        Offers(blocks.iter().map(|block| inside[block.node as usize]).collect())
    }

    /// Whether one is shown below the beginning of the article.
    pub(super) fn is_shown(&self, blocks: &[Block], kept: &[usize]) -> bool {
        let Some(&first) = kept.first() else { return false };
        let below = self.0.iter().zip(blocks).skip(first + 1);
        below.into_iter().any(|(inside, block)| *inside && block.chars >= OFFER_CHARS_MIN)
    }

    /// From where on the kept blocks are nothing but offers.
    pub(super) fn tail(&self, kept: &[usize]) -> usize {
        let inside = |index: &usize| self.0.get(*index) == Some(&true);
        let tail = kept.iter().rev().take_while(|index| inside(index)).count();
        let from = kept.len() - tail;
        if from == 0 { kept.len() } else { from }
    }
}

/// Whether an element holds something to click, and little text.
fn asks(tree: &Tree<'_>, node: NodeId) -> bool {
    let mut bytes = 0;
    let mut clicks = false;
    for inner in tree.below(node) {
        clicks |= matches!(tree.tag(inner), Tag::A | Tag::Button | Tag::Form | Tag::Input);
        bytes += tree.text(inner).trim().len();
        if bytes > OFFER_BYTES_MAX {
            return false;
        }
    }
    clicks && bytes > 0
}
