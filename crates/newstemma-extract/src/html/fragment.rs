//! Texts that metadata and scripts hold: plain, or with markup of their own.

use super::block::{Block, blocks, running_share};
use super::compose::{Composed, Piece, compose};
use super::naming::named;
use super::tag::Tag;
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

/// Whether a tag of HTML stands in a text. An address in angle brackets and a "less than" are none:
/// to take a plain text for markup costs it its lines and what follows the bracket.
pub(super) fn has_markup(text: &str) -> bool {
    text.split('<').skip(1).any(begins_with_tag)
}

/// Whether what follows a "<", up to the next one, is the rest of a tag and what is behind it.
fn begins_with_tag(rest: &str) -> bool {
    let Some((tag, _)) = rest.split_once('>') else { return false };
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let name_end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    let (name, attributes) = tag.split_at(name_end);
    let is_apart = attributes.starts_with(|c: char| c.is_ascii_whitespace() || c == '/');
    let bare = attributes.trim_matches(|c: char| c.is_ascii_whitespace() || c == '/').is_empty();
    Tag::of(name) != Tag::Other && (bare || is_apart && attributes.contains('='))
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

#[cfg(test)]
mod tests {
    use super::{has_markup, paragraphs};

    #[test]
    fn tags_of_any_kind_are_markup() {
        for text in [
            "<p>Порт закрито</p>",
            "Der Hafen ist zu.<br/>Die Fähre liegt fest.",
            "港は閉鎖された。<BR>船は動かない。",
            "Puerto cerrado.</p>",
            "<img src='a.jpg' alt='x'> أغلق الميناء",
            "5 < 7, und <strong>mehr</strong>",
            "<h2\nclass=k>नौका</h2>",
        ] {
            assert!(has_markup(text), "{text}");
        }
    }

    #[test]
    fn addresses_and_signs_are_text() {
        for text in [
            "Hinweise an <redaktion@faro.example>\nDer Hafen ist zu.",
            "Пишіть: <b@port.example>, <https://port.example/a>\nПорт закрито.",
            "a<b und c>d\n在港口 <5 公里",
            "Merke: x <b, sonst nichts\nLa grue <p",
            "<Name der Redaktion geändert>\nSie </ironie> schweigt.",
            "Une lettre <b jamais fermée\nLe port <redaktion@faro.example>",
            "<",
            "</",
            "",
        ] {
            assert!(!has_markup(text), "{text}");
            let lines: Vec<&str> = text.lines().collect();
            assert_eq!(paragraphs(text).text, lines.join("\n\n"));
        }
    }
}
