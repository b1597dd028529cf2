//! Texts that metadata and scripts hold: plain, or with markup of their own.

use super::block::{Block, blocks, running_share};
use super::compose::{Composed, Piece, compose};
use super::naming::named;
use super::tree::Tree;
use newstemma_model::Role;

/// The paragraphs of a text.
pub(super) fn paragraphs(text: &str) -> Composed {
    if has_markup(text) {
        let tree = Tree::parse(text);
        let share = running_share(&tree);
        let blocks = blocks(&tree, &named(&tree, &share), &share);
        let role = |block: &Block| markup_role(block, None);
        compose(blocks.iter().map(|b| Piece { text: &b.text, role: role(b), cell: None }))
    } else {
        let lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
        compose(lines.map(|text| Piece { text, role: Role::Body, cell: None }))
    }
}

/// Whether tags stand in a text, closed or not.
pub(super) fn has_markup(text: &str) -> bool {
    let begins = |c: char| c.is_ascii_alphabetic() || c == '/';
    text.match_indices('<').any(|(at, _)| text[at + 1..].starts_with(begins))
}

/// What the markup says that a block is. `title` is that of the page.
pub(super) fn markup_role(block: &Block, title: Option<&str>) -> Role {
    match block.heading {
        _ if block.in_caption => Role::Caption,
        Some(1) => Role::Title,
        Some(_) if title.is_some_and(|t| t.trim() == block.text.trim()) => Role::Title,
        Some(_) => Role::Subhead,
        None => Role::Body,
    }
}
