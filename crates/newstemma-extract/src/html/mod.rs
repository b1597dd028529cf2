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
mod clock;
mod compose;
mod dated;
mod feeds;
mod form;
mod fragment;
mod insert;
mod island;
mod jsonld;
mod kin;
mod lead;
mod live;
mod metadata;
mod naming;
mod offer;
mod script_date;
mod script_text;
mod section;
mod seen_date;
mod selector;
mod shingle;
mod standfirst;
mod surroundings;

use crate::access::{Declared, leads_on};
use crate::text::{Marked, mark_blocks};
use block::{Block, blocks, running_share};
use compose::{Composed, Piece, compose};
use fragment::{markup_role, paragraphs};
use insert::Inserts;
use island::Part;
use live::Live;
use naming::{Named, named};
use newstemma_model::{self as model, Insert, Language, Published, Role, Span};
use offer::Offers;
use seen_date::SeenDates;
use std::collections::BTreeMap;
use surroundings::Surroundings;
use tree::Tree;

pub use feeds::{DeclaredFeeds, declared_feeds};

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
    pub(crate) declared: Declared,
}

/// Reads the article of a page. `address` is where the page was found, if known.
pub(crate) fn read_html(html: &str, address: Option<&str>) -> Article {
    let tree = Tree::parse(html);
    let share = running_share(&tree);
    let named = named(&tree, &share);
    let about = metadata::read(&tree, &named, address);
    let blocks = blocks(&tree, &named, &share);
    let kept = body::article(&tree, &named, &blocks, &about);
    let offers = Offers::of(&tree, &named, &share, &blocks, &about.closed_parts);
    let offered = offers.is_shown(&blocks, &kept);
    let page = Page { tree: &tree, named: &named, share: &share, blocks: &blocks, offers: &offers };
    let listed = live::unshown(&about.updates, kept.iter().map(|&index| &*blocks[index].text));
    let (listed, entries) = listed.unzip();
    let Shown { composed, placed, inserts } = if let Some(listed) = listed {
        listed.into()
    } else if body::is_unshown(&blocks, &kept, &about) {
        paragraphs(about.body.as_deref().unwrap_or("")).into()
    } else if let Some(markup) = unshown_markup(&tree, &blocks, &kept) {
        paragraphs(&markup).into()
    } else {
        page.shown(&kept, about.title.as_deref())
    };
    let Composed { text, lines, .. } = composed;
    let marked = mark_blocks(&text, &lines, about.title.as_deref());
    let around = Surroundings::of(&blocks, &kept, about.title.as_deref());
    let seen = SeenDates::new(&around, &about, &text);
    let (published, published_from) = about.stated.published(&tree, &seen).unzip();
    let (updated, updated_from) = about.stated.updated().unzip();
    let mut authors = about.authors.clone();
    if authors.is_empty() {
        authors = author::in_byline(&around);
    }
    let known =
        standfirst::Known { title: about.title.as_deref(), descriptions: &about.descriptions };
    let live = Live {
        tree: &tree,
        named: &named,
        blocks: &blocks,
        placed: &placed,
        is_live: about.is_live,
        updates: &about.updates,
        published,
    };
    let told = model::About {
        entries: entries.unwrap_or_else(|| live.entries()),
        published_from,
        updated_from,
        standfirst: standfirst::standfirst(&blocks, &placed, known),
        section: about.section,
        inserts,
        access: model::Access::default(),
    };
    Article {
        declared: Declared { offered, continued: is_continued(&blocks, &kept), ..about.declared },
        published,
        updated,
        about: told,
        text,
        marked,
        title: about.title,
        authors,
        outlet: about.outlet,
        url: about.url,
        language: about.language,
    }
}

/// A page that was cut into its blocks.
#[derive(Clone, Copy)]
struct Page<'p, 'a> {
    tree: &'p Tree<'a>,
    named: &'p [Named],
    share: &'p [f32],
    blocks: &'p [Block],
    offers: &'p Offers,
}

/// The article as a page shows it.
#[derive(Default)]
struct Shown {
    composed: Composed,
    /// The blocks that it is made of, each with its place in the text.
    placed: Vec<(usize, Span)>,
    inserts: Vec<Insert>,
}

impl From<Composed> for Shown {
    fn from(composed: Composed) -> Shown {
        Shown { composed, ..Shown::default() }
    }
}

impl Page<'_, '_> {
    /// The text of the blocks that are the article, labels left out.
    fn shown(self, kept: &[usize], title: Option<&str>) -> Shown {
        let inserts = Inserts::of(self.tree, self.named, self.share);
        let (all, mut furniture) = inserts.let_in(self.blocks, kept);
        furniture.extend(&kept[self.offers.tail(kept)..]);
        let parts = kept.iter().copied().zip(island::parts(self.tree, self.blocks, kept));
        let parts: BTreeMap<usize, Part> = parts.collect();
        let part = |index: &usize| parts.get(index).copied().unwrap_or(Part::Text);
        let shown: Vec<usize> =
            all.into_iter().filter(|index| part(index) != Part::Label).collect();
        let own: Vec<&Block> = shown.iter().map(|&index| &self.blocks[index]).collect();
        let quotes = inserts.pull_quotes(&own);
        let role = |index: usize, block: &Block| {
            let role = match part(&index) {
                Part::Caption => Role::Caption,
                _ if furniture.contains(&index) => Role::Boilerplate,
                _ => markup_role(block, title),
            };
            inserts.role(block, &quotes).unwrap_or(role)
        };
        let roles: Vec<Role> = shown.iter().zip(&own).map(|(&i, block)| role(i, block)).collect();
        let composed = compose(own.iter().zip(&roles).map(|(block, role)| Piece {
            text: &block.text,
            role: *role,
            cell: inserts.cell(block),
        }));
        let spans = || composed.spans.iter().copied();
        let pieces = own.iter().zip(&roles).zip(spans()).map(|((b, role), span)| (*b, *role, span));
        let inserts = inserts.spans(pieces, &quotes);
        Shown { placed: shown.into_iter().zip(spans()).collect(), inserts, composed }
    }
}

/// Characters of text below which a page shows nothing.
const NOTHING_CHARS: usize = 250;

/// Whether a link to the rest follows an article.
fn is_continued(blocks: &[Block], kept: &[usize]) -> bool {
    const BLOCKS: usize = 2;
    let below = kept.last().map_or(blocks.len(), |last| last + 1);
    let is_link = |block: &&Block| block.link_density() > 0.8 && leads_on(&block.text);
    blocks[below..].iter().take(BLOCKS).any(|block| is_link(&block))
}

/// The article that the scripts of a page hold, if it shows nothing itself.
fn unshown_markup(tree: &Tree<'_>, blocks: &[Block], kept: &[usize]) -> Option<String> {
    let shown: usize = kept.iter().map(|&index| blocks[index].chars).sum();
    let markup = if shown < NOTHING_CHARS { script_text::markup(tree)? } else { return None };
    (markup.chars().count() > NOTHING_CHARS).then_some(markup)
}
