//! What inside an article is no running text of it: pull quotes, tables, posts, boxes, lists.
//!
//! Problem: a sentence shown a second time in large letters would count as said twice, a quoted post
//! as the outlet's own words, the cells of a table as sentences; thrown away, they are lost. Idea:
//! they are kept and marked. Elements, their names and, for posts, the addresses they link to tell
//! what an insert is; that a quotation or a box repeats the text around it tells a pull quote,
//! whatever it is called.
//!
//! Boxes and posts that a site names like its furniture are let into the text again where they
//! stand between paragraphs and hold sentences; their role says that they are no part of the telling.
//!
//! Cost: one pass over the nodes, and one over the text of inserts.

use super::block::Block;
use super::compose::Cell;
use super::naming::Named;
use super::shingle::Shingles;
use super::tag::{Attribute, Tag};
use super::tree::{NodeId, ROOT, Tree};
use crate::line::ends_with_stop;
use newstemma_model::{Insert, InsertKind, Role, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Share of a page's running text from which on an element is no insert, whatever its name.
const INSERT_SHARE: f32 = 0.4;

/// Nodes of an element that are searched for a link to a post.
const NODES_MAX: usize = 200;

/// Bytes of text a cell, on average, from which on a table arranges a page.
const CELL_BYTES_MAX: usize = 150;

/// Share of a quotation that must stand in the text around it, if nothing else says that it is a
/// pull quote; and if its name does.
const REPEATED_SHARE: f32 = 0.9;
const REPEATED_SHARE_NAMED: f32 = 0.5;

/// Length of a sentence for which a box is let into the text.
const SENTENCE_LENGTH_MIN: f32 = 40.0;

/// Elements between an insert and a block of it that are looked at.
const LEVELS_MAX: usize = 40;

/// Sites whose posts are embedded, and what else the address of a post holds.
const POSTS: [(&str, &str); 14] = [
    ("twitter.com", "/status/"),
    ("//x.com", "/status/"),
    ("//t.co", ""),
    ("instagram.com", "/p/"),
    ("instagram.com", "/reel/"),
    ("facebook.com", "/posts/"),
    ("facebook.com", "/videos/"),
    ("tiktok.com", "/video/"),
    ("//t.me", ""),
    ("bsky.app", "/post/"),
    ("threads.net", "/post/"),
    ("truthsocial.com", "/posts/"),
    ("vk.com", "wall"),
    ("weibo.com", ""),
];

/// The inserts of a page.
pub(super) struct Inserts<'t, 'a> {
    tree: &'t Tree<'a>,
    named: &'t [Named],
    /// By node, the innermost insert that it is or lies in; [`ROOT`] if there is none.
    innermost: Vec<NodeId>,
    kinds: BTreeMap<NodeId, InsertKind>,
    /// The column of each cell of a table of data.
    columns: BTreeMap<NodeId, usize>,
}

impl<'t, 'a> Inserts<'t, 'a> {
    /// Finds them. `share` is each node's share of the running text of the page.
    pub(super) fn of(tree: &'t Tree<'a>, named: &'t [Named], share: &[f32]) -> Inserts<'t, 'a> {
        let mut innermost = vec![ROOT; tree.len()];
        let mut kinds = BTreeMap::new();
        let mut columns = BTreeMap::new();
        for node in 1..tree.len() as NodeId {
            let above = tree.parent(node).map_or(ROOT, |parent| innermost[parent as usize]);
            let small = share[node as usize] < INSERT_SHARE;
            let kind = if small { kind(tree, named[node as usize], node) } else { None };
            // The parts of a box are called after it, and lists lie in lists.
            let kind = kind.filter(|kind| kinds.get(&above) != Some(kind));
            kinds.extend(kind.map(|kind| (node, kind)));
            if kind == Some(InsertKind::Table) {
                add_columns(tree, node, &mut columns);
            }
            innermost[node as usize] = if kind.is_some() { node } else { above };
        }
        Inserts { tree, named, innermost, kinds, columns }
    }

    /// The inserts around a block, the innermost first.
    fn around(&self, block: &Block) -> impl Iterator<Item = (NodeId, InsertKind)> {
        let mut node = self.innermost[block.node as usize];
        std::iter::from_fn(move || {
            let (own, kind) = (node, *self.kinds.get(&node)?);
            node = self.tree.parent(own).map_or(ROOT, |parent| self.innermost[parent as usize]);
            Some((own, kind))
        })
    }

    /// Where a block stands in the table that it lies in.
    pub(super) fn cell(&self, block: &Block) -> Option<Cell> {
        let (table, _) = self.around(block).find(|(_, kind)| *kind == InsertKind::Table)?;
        let mut node = block.node;
        while !is_cell(self.tree.tag(node)) {
            node = self.tree.parent(node).filter(|parent| *parent > table)?;
        }
        Some(Cell { table, row: self.tree.parent(node)?, column: *self.columns.get(&node)? })
    }

    /// With the blocks of boxes and posts between the first and the last kept one that were left out
    /// because of their names alone; and which those are.
    pub(super) fn let_in(
        &self,
        blocks: &[Block],
        kept: &[usize],
    ) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let have: BTreeSet<usize> = kept.iter().copied().collect();
        let (Some(&first), Some(&last)) = (kept.first(), kept.last()) else {
            return (have, BTreeSet::new());
        };
        let mut boxes: BTreeMap<NodeId, Vec<usize>> = BTreeMap::new();
        for index in (first..last).filter(|index| !have.contains(index)) {
            if let Some(node) = self.left_out(&blocks[index]) {
                boxes.entry(node).or_default().push(index);
            }
        }
        let holds_sentences = |(node, inner): &(NodeId, Vec<usize>)| {
            let quotes = self.kinds.get(node) == Some(&InsertKind::PullQuote);
            let inner = || inner.iter().map(|&index| &blocks[index]);
            let chars: usize = inner().map(|b| b.chars).sum();
            let links: usize = inner().map(|b| b.link_chars).sum();
            let sentence = |b: &Block| b.length() >= SENTENCE_LENGTH_MIN && ends_with_stop(&b.text);
            links * 3 < chars && (quotes || inner().any(sentence))
        };
        let added: BTreeSet<usize> =
            boxes.into_iter().filter(holds_sentences).flat_map(|inner| inner.1).collect();
        (have.union(&added).copied().collect(), added)
    }

    /// The box or post for which a block was left out, and nothing else.
    fn left_out(&self, block: &Block) -> Option<NodeId> {
        if !block.in_furniture || block.in_comment || block.link_density() >= 0.5 {
            return None;
        }
        let is_left_out =
            |kind| matches!(kind, InsertKind::Box | InsertKind::Embed | InsertKind::PullQuote);
        let (outermost, _) = self.around(block).filter(|(_, kind)| is_left_out(*kind)).last()?;
        let mut node = Some(block.node);
        for _ in 0..LEVELS_MAX {
            match node {
                Some(ROOT) | None => return Some(outermost),
                Some(id) if id != outermost && self.named[id as usize].furniture => return None,
                Some(id) => node = self.tree.parent(id),
            }
        }
        None
    }

    /// The pull quotes around the pieces of the article: those that are called so, and quotations
    /// and boxes that repeat the text around them. With each, whether it repeats it.
    pub(super) fn pull_quotes(&self, pieces: &[&Block]) -> BTreeMap<NodeId, bool> {
        let candidate = |block: &Block| {
            let mut around = self.around(block);
            let named = around.find(|(_, kind)| *kind == InsertKind::PullQuote);
            named.map(|(node, _)| node).or_else(|| self.quotation(block))
        };
        let candidates: Vec<Option<NodeId>> = pieces.iter().map(|block| candidate(block)).collect();
        if candidates.iter().all(Option::is_none) {
            return BTreeMap::new();
        }
        let mut quotes: BTreeMap<NodeId, Vec<&str>> = BTreeMap::new();
        let mut told = String::new();
        for (block, candidate) in pieces.iter().zip(candidates) {
            match candidate {
                Some(node) => quotes.entry(node).or_default().push(&block.text),
                None => told.push_str(&block.text),
            }
        }
        let told = Shingles::of(&told);
        let repeats = |(node, texts): (NodeId, Vec<&str>)| {
            let longest = texts.into_iter().max_by_key(|text| text.len())?;
            let share = told.share_of(longest);
            if self.kinds.get(&node) == Some(&InsertKind::PullQuote) {
                return Some((node, share > REPEATED_SHARE_NAMED));
            }
            (share > REPEATED_SHARE).then_some((node, true))
        };
        quotes.into_iter().filter_map(repeats).collect()
    }

    /// The quotation or box that a block lies in, if it is no post.
    fn quotation(&self, block: &Block) -> Option<NodeId> {
        let boxed = self.around(block).find(|(_, kind)| *kind == InsertKind::Box);
        let mut node = Some(block.node);
        for _ in 0..3 {
            let id = node?;
            let is_post = self.kinds.contains_key(&id);
            if self.tree.tag(id) == Tag::Blockquote && !is_post {
                return Some(id);
            }
            node = self.tree.parent(id);
        }
        boxed.map(|(node, _)| node)
    }

    /// The spans of the inserts, from those of their blocks. `quotes` are the pull quotes.
    pub(super) fn spans<'b>(
        &self,
        pieces: impl Iterator<Item = (&'b Block, Role, Span)>,
        quotes: &BTreeMap<NodeId, bool>,
    ) -> Vec<Insert> {
        let mut found: BTreeMap<NodeId, Insert> = BTreeMap::new();
        // Sites embed their own pictures, too.
        let mut more_than_captions: BTreeSet<NodeId> = BTreeSet::new();
        for (block, role, span) in pieces.filter(|(.., span)| !span.is_empty()) {
            let quote = self.quote_around(block, quotes).map(|node| (node, InsertKind::PullQuote));
            let is_other = |(node, _): &(NodeId, InsertKind)| !quotes.contains_key(node);
            for (node, kind) in self.around(block).filter(is_other).chain(quote) {
                let insert = found.entry(node).or_insert(Insert { span, kind });
                insert.span = Span::new(insert.span.start(), span.end());
                if role != Role::Caption {
                    more_than_captions.insert(node);
                }
            }
        }
        found.retain(|node, insert| {
            insert.kind == InsertKind::Table || more_than_captions.contains(node)
        });
        let mut inserts: Vec<Insert> = found.into_values().collect();
        inserts.sort_by_key(|i| (i.span.start(), std::cmp::Reverse(i.span.end()), i.kind));
        inserts.dedup();
        inserts
    }

    /// The pull quote that a block lies in.
    fn quote_around(&self, block: &Block, quotes: &BTreeMap<NodeId, bool>) -> Option<NodeId> {
        if quotes.is_empty() {
            return None;
        }
        let mut node = Some(block.node);
        for _ in 0..LEVELS_MAX {
            let id = node?;
            if quotes.contains_key(&id) {
                return Some(id);
            }
            node = self.tree.parent(id);
        }
        None
    }

    /// The role of a block that an insert gives it, if it does: what repeats the text invites to
    /// read it.
    pub(super) fn role(&self, block: &Block, quotes: &BTreeMap<NodeId, bool>) -> Option<Role> {
        let node = self.quote_around(block, quotes)?;
        (quotes.get(&node) == Some(&true)).then_some(Role::Teaser)
    }
}

/// What kind of insert an element is, if it is one.
fn kind(tree: &Tree<'_>, named: Named, node: NodeId) -> Option<InsertKind> {
    named.insert.or_else(|| match tree.tag(node) {
        Tag::Table => is_of_data(tree, node).then_some(InsertKind::Table),
        Tag::Ul | Tag::Ol => Some(InsertKind::List),
        Tag::Blockquote => links_to_post(tree, node).then_some(InsertKind::Embed),
        _ => None,
    })
}

/// Whether a quotation links to the post that it is of.
fn links_to_post(tree: &Tree<'_>, node: NodeId) -> bool {
    let links = tree.below(node).take(NODES_MAX).filter(|id| tree.tag(*id) == Tag::A);
    links.filter_map(|link| tree.attribute(link, Attribute::Href)).any(|address| {
        POSTS.iter().any(|(site, path)| {
            address.split_once(site).is_some_and(|(_, rest)| rest.contains(path))
        })
    })
}

/// Whether a table holds data: several rows and columns of little text.
fn is_of_data(tree: &Tree<'_>, table: NodeId) -> bool {
    let (mut rows, mut cells, mut bytes) = (0, 0, 0);
    for node in tree.below(table).skip(1) {
        match tree.tag(node) {
            Tag::Table => return false,
            Tag::Tr => rows += 1,
            tag if is_cell(tag) => cells += 1,
            Tag::Text => bytes += tree.text(node).trim().len(),
            _ => {}
        }
    }
    rows >= 2 && cells > rows && bytes <= cells * CELL_BYTES_MAX
}

/// The columns of the cells of a table that holds no other.
fn add_columns(tree: &Tree<'_>, table: NodeId, columns: &mut BTreeMap<NodeId, usize>) {
    let mut column = 0;
    for node in tree.below(table) {
        match tree.tag(node) {
            Tag::Tr => column = 0,
            tag if is_cell(tag) => {
                columns.insert(node, column);
                column += 1;
            }
            _ => {}
        }
    }
}

fn is_cell(tag: Tag) -> bool {
    matches!(tag, Tag::Td | Tag::Th)
}
