//! Live blogs: their entries, each with its time.
//!
//! Problem: a live blog is many short reports in one page, newest or oldest first, and who reads it
//! as one text dates all of it by the page. Idea: a page says that it is one, in JSON-LD or by the
//! names of its elements. However it is written, its entries are built alike: brothers below one
//! element, each with a time and some text of the article. Where a site writes them one after the
//! other without an element around each, what JSON-LD lists is looked for in the text; and failing
//! that, paragraphs that begin with a time of day begin an entry. A page that shows nothing of what
//! its JSON-LD lists gets its text from there.
//!
//! Times of day without a day are those of the day of publication, counted on from the oldest entry.
//!
//! Cost: for live blogs, a few steps up the tree for each time, and the letters of the text put in
//! order once, so that each listed entry is found by a few look-ups; else one look at the names.

use super::block::Block;
use super::clock::{Order, Stamp, in_order, leading_clock, on_days};
use super::compose::{Composed, Piece, compose};
use super::jsonld::Update;
use super::naming::Named;
use super::shingle::{Shingles, folded_letters, letters};
use super::tag::{Attribute, Tag};
use super::tree::{NodeId, ROOT, Tree};
use crate::published::parse_published;
use newstemma_model::{Entry, Published, Role, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Fewest entries of a live blog.
const ENTRIES_MIN: usize = 3;

/// Fewest characters of an entry.
const ENTRY_CHARS_MIN: usize = 20;

/// Share of the article that must stand in entries.
const ENTRIES_SHARE: f32 = 0.5;

/// Times of a page that are looked at, and elements above each.
const TIMES_MAX: usize = 2_000;
const LEVELS_MAX: usize = 24;

/// Listed entries that are looked for in the text.
const UPDATES_MAX: usize = 1_000;

/// Letters by which the text of a listed entry is found.
const LETTERS_MAX: usize = 40;
const LETTERS_MIN: usize = 12;

/// Share of the listed entries that must be shown, or the text is taken from the list.
const SHOWN_SHARE: f32 = 0.4;

/// A page, and the blocks of its article with their places in the text.
#[derive(Clone, Copy)]
pub(super) struct Live<'p, 'a> {
    pub(super) tree: &'p Tree<'a>,
    pub(super) named: &'p [Named],
    pub(super) blocks: &'p [Block],
    pub(super) placed: &'p [(usize, Span)],
    /// Whether JSON-LD says that it is a live blog.
    pub(super) is_live: bool,
    /// What JSON-LD lists.
    pub(super) updates: &'p [Update],
    pub(super) published: Option<Published>,
}

/// An entry before its day is known: the first and last of the placed blocks, and its time.
type Found = (usize, usize, Option<Stamp>);

impl Live<'_, '_> {
    /// The entries of the page; none if it is no live blog.
    pub(super) fn entries(self) -> Vec<Entry> {
        if !self.is_called_live() {
            return Vec::new();
        }
        let listed = self.listed();
        let found = self.in_elements();
        let found = if found.is_empty() { self.up_to_next(&listed) } else { found };
        let found = if found.is_empty() { self.by_clock() } else { found };
        let stamps: Vec<Option<Stamp>> = found.iter().map(|entry| entry.2).collect();
        let dates = on_days(&stamps, self.published);
        let date_listed = |first: usize, last: usize| {
            let own = listed.iter().find(|(at, _)| (first..=last).contains(at))?;
            own.1.and_then(Stamp::date)
        };
        let entry = |(&(first, last, _), date): (&Found, Option<Published>)| {
            self.entry(first, last, date.or_else(|| date_listed(first, last)))
        };
        found.iter().zip(dates).filter_map(entry).collect()
    }

    /// Whether the page says that it is a live blog: by JSON-LD, or by the name of an element around
    /// the article or in it. Forums and lists of articles are built alike.
    fn is_called_live(self) -> bool {
        let nodes = || self.placed.iter().map(|(index, _)| self.blocks[*index].node);
        let (Some(first), Some(last)) = (nodes().min(), nodes().max()) else { return false };
        let is_named = |node: NodeId| self.named[node as usize].live;
        let mut above = self.tree.parent(first);
        self.is_live
            || (first..=last).any(is_named)
            || std::iter::from_fn(|| {
                let node = above?;
                above = self.tree.parent(node);
                Some(node)
            })
            .any(is_named)
    }

    fn entry(self, first: usize, last: usize, published: Option<Published>) -> Option<Entry> {
        let inner = self.placed.get(first..=last)?;
        let heading =
            inner.iter().map(|(index, _)| &self.blocks[*index]).find(|b| b.heading.is_some());
        let title = heading.map(|block| block.text.replace('\n', " "));
        let span = Span::new(inner.first()?.1.start(), inner.last()?.1.end());
        Some(Entry { span, title, published })
    }

    /// Brothers with a time and text in each.
    fn in_elements(self) -> Vec<Found> {
        let times = self.times();
        if times.len() < ENTRIES_MIN {
            return Vec::new();
        }
        let mut brothers: BTreeMap<NodeId, BTreeSet<NodeId>> = BTreeMap::new();
        for (time, _) in &times {
            let mut node = *time;
            for _ in 0..LEVELS_MAX {
                let Some(parent) = self.tree.parent(node).filter(|parent| *parent != ROOT) else {
                    break;
                };
                brothers.entry(parent).or_default().insert(node);
                node = parent;
            }
        }
        let chars = |at: usize| self.blocks[self.placed[at].0].chars;
        let mut texts: Vec<(NodeId, usize)> =
            (0..self.placed.len()).map(|at| (self.blocks[self.placed[at].0].node, at)).collect();
        texts.sort_unstable();
        let entry = |&node: &NodeId| {
            let from = texts.partition_point(|(id, _)| *id < node);
            let to = texts.partition_point(|(id, _)| *id < self.tree.end(node));
            let inner = || texts[from..to].iter().map(|text| text.1);
            let time = times.partition_point(|(time, _)| *time < node);
            let found = (inner().min()?, inner().max()?, Some(times.get(time)?.1));
            (inner().map(chars).sum::<usize>() >= ENTRY_CHARS_MIN).then_some(found)
        };
        let weight = |entries: &[Found]| -> usize {
            entries.iter().flat_map(|&(first, last, _)| first..=last).map(chars).sum()
        };
        let all: usize = (0..self.placed.len()).map(chars).sum();
        let several = brothers.values().filter(|nodes| nodes.len() >= ENTRIES_MIN);
        let groups = several.map(|nodes| nodes.iter().filter_map(entry).collect::<Vec<Found>>());
        let groups = groups.filter(|entries| entries.len() >= ENTRIES_MIN);
        // A list of many links with their times is no rival of the few entries that are the text.
        let weighed = groups.map(|entries| (weight(&entries), entries));
        let main = weighed.filter(|(weight, _)| *weight as f32 >= all as f32 * ENTRIES_SHARE);
        let best = main.max_by_key(|(weight, entries)| (entries.len(), *weight));
        best.map(|(_, entries)| entries).unwrap_or_default()
    }

    /// The elements for times, in order.
    fn times(self) -> Vec<(NodeId, Stamp)> {
        let tree = self.tree;
        let stamp = |node: NodeId| {
            let attribute = |name| tree.attribute(node, name);
            let property = attribute(Attribute::ItemProp) == Some("datePublished");
            if tree.tag(node) != Tag::Time && !property {
                return None;
            }
            let written = attribute(Attribute::DateTime).or_else(|| attribute(Attribute::Content));
            let date = written.and_then(parse_published).map(Stamp::Date);
            let clock = || {
                let shown = written.map(str::to_owned).or_else(|| tree.short_text(node, 60))?;
                leading_clock(&shown)
            };
            Some((node, date.or_else(clock)?))
        };
        (1..tree.len() as NodeId).filter_map(stamp).take(TIMES_MAX).collect()
    }

    /// Where in the text the entries begin that JSON-LD lists, and when they were written; none if
    /// it is only one.
    fn listed(self) -> Vec<(usize, Option<Stamp>)> {
        if self.updates.is_empty() {
            return Vec::new();
        }
        let texts = self.placed.iter().map(|(index, _)| &*self.blocks[*index].text);
        let beginnings = Beginnings::of(texts);
        let mut starts: Vec<(usize, Option<Stamp>)> = Vec::new();
        for update in self.updates.iter().take(UPDATES_MAX) {
            let stamp = update.published.as_deref().and_then(parse_published).map(Stamp::Date);
            starts.extend(beginnings.of_update(update).map(|at| (at, stamp)));
        }
        starts.sort_by_key(|start| start.0);
        starts.dedup_by_key(|start| start.0);
        if starts.len() < 2 { Vec::new() } else { starts }
    }

    /// Paragraphs that begin with a time of day, in order of time.
    fn by_clock(self) -> Vec<Found> {
        let mut starts: Vec<(usize, Option<Stamp>)> = Vec::new();
        for (at, (index, _)) in self.placed.iter().enumerate() {
            let Some(stamp) = leading_clock(&self.blocks[*index].text) else { continue };
            // A heading above a bare time is the entry's.
            let above = at.checked_sub(1).filter(|above| {
                let is_bare = self.blocks[*index].chars < ENTRY_CHARS_MIN;
                is_bare && self.blocks[self.placed[*above].0].heading.is_some()
            });
            starts.push((above.unwrap_or(at), Some(stamp)));
        }
        starts.dedup_by_key(|start| start.0);
        let stamps: Vec<Stamp> = starts.iter().filter_map(|start| start.1).collect();
        if starts.len() < ENTRIES_MIN || in_order(&stamps) == Order::None {
            return Vec::new();
        }
        self.up_to_next(&starts)
    }

    /// Entries that go from each start to the next.
    fn up_to_next(self, starts: &[(usize, Option<Stamp>)]) -> Vec<Found> {
        let ends = starts.iter().skip(1).map(|start| start.0).chain([self.placed.len()]);
        starts.iter().zip(ends).map(|(&(first, stamp), end)| (first, end - 1, stamp)).collect()
    }
}

/// The blocks of an article by their letters, the first of those that are alike.
#[derive(Debug, Default)]
struct Beginnings(BTreeMap<String, usize>);

impl Beginnings {
    fn of<'b>(texts: impl Iterator<Item = &'b str>) -> Beginnings {
        let mut blocks = BTreeMap::new();
        for (at, text) in texts.enumerate() {
            blocks.entry(folded_letters(text)).or_insert(at);
        }
        Beginnings(blocks)
    }

    /// The block with which a listed entry begins: its heading, else the beginning of its text.
    fn of_update(&self, update: &Update) -> Option<usize> {
        let title = update.title.as_deref().map(folded_letters).filter(|title| !title.is_empty());
        let heading = title.and_then(|title| self.0.get(&title).copied());
        heading.or_else(|| self.of_text(update.body.as_deref()?))
    }

    /// The block that begins as a text does, or the short one that is its beginning.
    fn of_text(&self, text: &str) -> Option<usize> {
        let begin: String = letters(text).flat_map(char::to_lowercase).take(LETTERS_MAX).collect();
        let ends = begin.char_indices().map(|(at, c)| at + c.len_utf8()).skip(LETTERS_MIN - 1);
        let ends: Vec<usize> = ends.collect();
        if ends.is_empty() {
            return None;
        }
        let longer = self.0.range(begin.clone()..).next();
        let longer = longer.filter(|(block, _)| block.starts_with(&begin)).map(|found| *found.1);
        longer.or_else(|| ends.iter().rev().find_map(|end| self.0.get(&begin[..*end]).copied()))
    }
}

/// The text of the entries that JSON-LD lists, with the entries, if the page shows little of it.
pub(super) fn unshown<'b>(
    updates: &[Update],
    shown: impl Iterator<Item = &'b str>,
) -> Option<(Composed, Vec<Entry>)> {
    let told: Vec<&Update> = updates.iter().filter(|update| update.body.is_some()).collect();
    if told.len() < 2 {
        return None;
    }
    let known = Shingles::of(&shown.collect::<Vec<&str>>().join("\n"));
    let held = told.iter().filter(|u| u.body.as_deref().is_some_and(|b| known.hold(b))).count();
    if held as f32 >= told.len() as f32 * SHOWN_SHARE {
        return None;
    }
    let entries: Vec<Vec<Piece<'_>>> = told.iter().map(|update| pieces(update)).collect();
    let composed = compose(entries.iter().flatten().copied());
    let mut at = 0;
    let entry = |(update, pieces): (&&Update, &Vec<Piece<'_>>)| {
        let spans = &composed.spans[at..at + pieces.len()];
        at += pieces.len();
        let span = Span::new(spans.first()?.start(), spans.last()?.end());
        let published = update.published.as_deref().and_then(parse_published);
        Some(Entry { span, title: update.title.clone(), published })
    };
    let entries = told.iter().zip(&entries).filter_map(entry).collect();
    Some((composed, entries))
}

fn pieces(update: &Update) -> Vec<Piece<'_>> {
    let piece = |text, role| Piece { text, role, cell: None };
    let title = update.title.as_deref().map(|title| piece(title, Role::Subhead));
    let lines = update.body.as_deref().unwrap_or("").lines().map(str::trim);
    let body = lines.filter(|line| !line.is_empty()).map(|line| piece(line, Role::Body));
    title.into_iter().chain(body).collect()
}
