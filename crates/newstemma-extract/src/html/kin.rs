//! Paragraphs of the article that stand in other containers of the same kind.
//!
//! Problem: advertisements and posts part an article into containers, each with a few paragraphs, and
//! the element that gathers most is one of them; to go up from it adds menus and teasers, too. Idea:
//! a site writes the paragraphs of its articles alike, and those of other things otherwise. What is
//! written as most of the chosen text is, in element and class of itself and of the two elements
//! above it, and stands near it, belongs to it, with what stands beside it: headings, lists.
//!
//! Share and levels were chosen on the development sets of pages (wcxb, trafilatura-990).
//! Cost: a look-up for each block, and one pass over the nodes if some are alike.

use super::block::Block;
use super::form::Form;
use super::tag::Tag;
use super::tree::{NodeId, Tree};
use crate::hash::FastMap;

/// Share of the chosen text that must be written in one form.
const FORM_SHARE: f32 = 0.4;

/// Elements above the chosen one in which its kin is looked for.
const LEVELS: usize = 9;

/// Adds the blocks outside of the chosen element that are written as its paragraphs are, and what
/// stands in one container with them.
pub(super) fn add_kin(
    tree: &Tree<'_>,
    blocks: &[Block],
    worth: &[f32],
    chosen: NodeId,
    inside: &mut [bool],
) {
    let Some(form) = main_form(blocks, inside) else { return };
    let home = home(tree, chosen);
    let is_kin = |index: &usize| {
        let block = &blocks[*index];
        let near = (home..tree.end(home)).contains(&block.node);
        near && worth[*index] > 0.0 && !block.in_furniture && block.form == form
    };
    let outside = (0..blocks.len()).filter(|index| !inside[*index]);
    // Bare text is its own container.
    let container = |node: NodeId| match tree.tag(node) {
        Tag::P => tree.parent(node).unwrap_or(node),
        _ => node,
    };
    let mut containers: Vec<NodeId> =
        outside.filter(is_kin).map(|index| container(blocks[index].node)).collect();
    if containers.is_empty() {
        return;
    }
    containers.sort_unstable();
    let mut around = vec![false; tree.len()];
    for node in containers {
        // Of containers in each other the outer comes first.
        if !around[node as usize] {
            around[node as usize..tree.end(node) as usize].fill(true);
        }
    }
    for (block, inside) in blocks.iter().zip(inside) {
        *inside |= around[block.node as usize];
    }
}

/// The form of most of the text, if it has one and a class is part of it.
fn main_form(blocks: &[Block], inside: &[bool]) -> Option<Form> {
    let chosen = || blocks.iter().zip(inside).filter(|(_, inside)| **inside).map(|(b, _)| b);
    let mut chars: FastMap<Form, usize> = FastMap::default();
    for block in chosen() {
        *chars.entry(block.form).or_default() += block.chars;
    }
    let all: usize = chosen().map(|block| block.chars).sum();
    let is_main = |form: &Form| {
        let share = chars.get(form).copied().unwrap_or_default() as f32;
        share > all as f32 * FORM_SHARE && form.has_class()
    };
    chosen().map(|block| block.form).find(is_main)
}

/// The element around the chosen one in which the article stands.
fn home(tree: &Tree<'_>, chosen: NodeId) -> NodeId {
    let mut home = chosen;
    for _ in 0..LEVELS {
        let whole = |tag| matches!(tag, Tag::Body | Tag::Html | Tag::Document);
        match tree.parent(home).filter(|parent| !whole(tree.tag(*parent))) {
            Some(parent) if tree.tag(home) != Tag::Article => home = parent,
            _ => break,
        }
    }
    home
}
