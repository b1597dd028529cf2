//! HTML pages: the tree, its blocks of text, which of them are the article, and what the page says
//! of itself.

mod tree;

mod builder;
mod entity;
mod nesting;
mod tag;
mod token;

mod author;
mod block;
mod body;
mod dated;
mod island;
mod jsonld;
mod metadata;
mod naming;
mod script_date;
mod script_text;
mod seen_date;
mod shingle;
mod surroundings;

use crate::text::{Block as Line, Marked, mark_blocks};
use block::{Block, blocks, running_share};
use island::Part;
use naming::named;
use newstemma_model::{self as model, Language, Published, Role, Span};
use seen_date::SeenDates;
use surroundings::Surroundings;
use tree::Tree;

/// What an HTML page gives.
#[derive(Clone, Debug, Default)]
pub(crate) struct Article {
    pub(crate) text: String,
    pub(crate) marked: Marked,
    pub(crate) title: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) published: Option<Published>,
    pub(crate) updated: Option<Published>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) language: Option<Language>,
    pub(crate) about: model::About,
}

/// Reads the article of a page. `address` is where the page was found, if known.
pub(crate) fn read_html(html: &str, address: Option<&str>) -> Article {
    let tree = Tree::parse(html);
    let share = running_share(&tree);
    let named = named(&tree, &share);
    let about = metadata::read(&tree, &named, address);
    let blocks = blocks(&tree, &named, &share);
    let kept = body::article(&tree, &named, &blocks, &about);
    let (text, lines) = if body::is_unshown(&blocks, &kept, &about) {
        paragraphs(about.body.as_deref().unwrap_or(""))
    } else if let Some(markup) = unshown_markup(&tree, &blocks, &kept) {
        paragraphs(&markup)
    } else {
        let parts = island::parts(&tree, &blocks, &kept);
        join(kept.iter().map(|&i| &blocks[i]).zip(parts), about.title.as_deref())
    };
    let marked = mark_blocks(&text, &lines, about.title.as_deref());
    let around = Surroundings::of(&blocks, &kept, about.title.as_deref());
    let seen = SeenDates::new(&around, &about, &text);
    let (published, published_from) = about.stated.published(&tree, &seen).unzip();
    let (updated, updated_from) = about.stated.updated().unzip();
    let mut authors = about.authors.clone();
    if authors.is_empty() {
        authors = author::in_byline(&around);
    }
    Article {
        published,
        updated,
        about: model::About { published_from, updated_from, ..model::About::default() },
        text,
        marked,
        title: about.title,
        authors,
        outlet: about.outlet,
        url: about.url,
        language: about.language,
    }
}

/// Characters of text below which a page shows nothing.
const NOTHING_CHARS: usize = 250;

/// The article that the scripts of a page hold, if it shows nothing itself.
fn unshown_markup(tree: &Tree<'_>, blocks: &[Block], kept: &[usize]) -> Option<String> {
    let shown: usize = kept.iter().map(|&index| blocks[index].chars).sum();
    let markup = if shown < NOTHING_CHARS { script_text::markup(tree)? } else { return None };
    (markup.chars().count() > NOTHING_CHARS).then_some(markup)
}

/// The text of blocks, labels left out, with an empty line between them, and its lines.
fn join<'b>(
    blocks: impl Iterator<Item = (&'b Block, Part)>,
    title: Option<&str>,
) -> (String, Vec<Line>) {
    let mut text = String::new();
    let mut lines = Vec::new();
    for (block, part) in blocks.filter(|(_, part)| *part != Part::Label) {
        let role = if part == Part::Caption { Role::Caption } else { markup_role(block, title) };
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        for (i, line) in block.text.split('\n').filter(|l| !l.trim().is_empty()).enumerate() {
            if i > 0 {
                text.push('\n');
            }
            let start = text.len();
            text.push_str(line.trim());
            lines.push(Line { span: Span::new(start, text.len()), role: Some(role) });
        }
    }
    (text, lines)
}

/// A text from the metadata in paragraphs; it may hold markup of its own.
fn paragraphs(body: &str) -> (String, Vec<Line>) {
    let blocks = if body.contains("</") {
        let tree = Tree::parse(body);
        let share = running_share(&tree);
        blocks(&tree, &named(&tree, &share), &share)
    } else {
        let lines = body.lines().map(str::trim).filter(|l| !l.is_empty());
        lines.map(|l| Block { text: l.to_owned(), ..Block::default() }).collect()
    };
    join(blocks.iter().map(|block| (block, Part::Text)), None)
}

fn markup_role(block: &Block, title: Option<&str>) -> Role {
    match block.heading {
        _ if block.in_caption => Role::Caption,
        Some(1) => Role::Title,
        Some(_) if title.is_some_and(|t| t.trim() == block.text.trim()) => Role::Title,
        Some(_) => Role::Subhead,
        None => Role::Body,
    }
}
