//! Feeds: RSS 2.0 and 1.0, Atom, JSON Feed. Each item with a text is a page.
//!
//! A feed gives of an article what its outlet wants to give: all of it, a summary, or only its
//! title. Of an item's texts the longest kind is taken (content before summary); an item without
//! any is counted. The feed's own title is the outlet, unless the item names the source that it
//! was taken from, as aggregators do.

mod json;
mod lists;
mod xml;

pub(crate) use json::is_feed as is_json_feed;
pub(crate) use xml::{Kind as XmlKind, kind as xml_kind};

use crate::listing::{Listed, Listing, ListingKind};
use crate::sha256::sha256;
use crate::tally::Tally;
use newstemma_model::{Content, Given, Page, Warning};
use std::borrow::Cow;

/// What a feed says of itself.
#[derive(Debug, Default)]
struct Channel {
    title: Option<String>,
    lang: Option<String>,
}

/// One item of a feed.
#[derive(Debug, Default)]
struct Item {
    title: Option<String>,
    link: Option<String>,
    text: Option<Content>,
    published: Option<String>,
    updated: Option<String>,
    authors: Vec<String>,
    lang: Option<String>,
    /// Whom an aggregator took it from.
    source: Option<String>,
    /// Whether the text is the item's summary.
    is_summary: bool,
}

/// An item, or why it can't be read, with the text that it was written in.
type Written<'a> = (Cow<'a, str>, Result<Item, String>);

/// Reads an XML feed that is in memory as a whole.
pub(crate) fn read_xml(feed: &str, name: &str) -> Vec<Result<Page, Warning>> {
    let channel = xml::channel(feed);
    read(name, &channel, xml::items(feed))
}

/// Reads a JSON Feed that is in memory as a whole.
pub(crate) fn read_json(feed: &str, name: &str) -> Vec<Result<Page, Warning>> {
    match json::parse(feed) {
        Ok((channel, items)) => read(name, &channel, items.into_iter()),
        Err(message) => vec![Err(Warning::new(name, message))],
    }
}

/// What an XML file lists.
pub(crate) fn list_xml(kind: XmlKind, list: &str) -> Listing {
    match kind {
        XmlKind::Feed => list_items(xml::items(list)),
        XmlKind::Opml => lists::opml(list),
        XmlKind::Sitemap => lists::sitemap(list),
    }
}

/// What a JSON Feed lists; `None` if it is none.
pub(crate) fn list_json(feed: &str) -> Option<Listing> {
    let (_, items) = json::parse(feed).ok()?;
    Some(list_items(items.into_iter()))
}

fn list_items<'a>(items: impl Iterator<Item = Written<'a>>) -> Listing {
    let mut listing = Listing::new(ListingKind::Items);
    for (_, item) in items {
        match item {
            Ok(Item { link: Some(url), title, published, updated, .. }) => {
                listing.push(Listed { url, title, changed: updated.or(published) });
            }
            _ => listing.passed_over += 1,
        }
    }
    listing
}

/// Items to pages. An item comes with the bytes that it was written in.
fn read<'a>(
    name: &str,
    channel: &Channel,
    items: impl Iterator<Item = Written<'a>>,
) -> Vec<Result<Page, Warning>> {
    let mut read = Vec::new();
    let mut tally = Tally::default();
    let mut count = 0;
    for (index, (written, item)) in items.enumerate() {
        count = index + 1;
        let reference = format!("{name}#{count}");
        match item {
            Ok(mut item) => match item.text.take() {
                Some(text) => read.push(Ok(page(reference, channel, item, text, &written))),
                None => tally.count("items without a text", count),
            },
            Err(message) => read.push(Err(Warning::new(reference, message))),
        }
    }
    if count == 0 {
        read.push(Err(Warning::new(name, "a feed without items")));
    }
    read.extend(tally.warnings(name).into_iter().map(Err));
    read
}

fn page(reference: String, channel: &Channel, item: Item, content: Content, written: &str) -> Page {
    let given = Given {
        url: item.link,
        title: item.title,
        outlet: item.source.or_else(|| channel.title.clone()),
        lang: item.lang.or_else(|| channel.lang.clone()),
        published: item.published.or(item.updated),
        authors: item.authors,
        is_summary: item.is_summary,
    };
    Page { reference, content, given, sha256: sha256(written.as_bytes()) }
}

/// A text that may be written in HTML; `None` if it is empty.
fn loose(text: String) -> Option<Content> {
    if text.trim().is_empty() {
        None
    } else if has_markup(&text) {
        Some(Content::Html(text))
    } else {
        Some(Content::Text(text.trim().to_owned()))
    }
}

/// Whether a text has tags or character references.
fn has_markup(text: &str) -> bool {
    let bytes = text.as_bytes();
    let tag = |at: usize| {
        bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!'))
    };
    let reference = |at: usize| {
        let name = &bytes[at + 1..bytes.len().min(at + 12)];
        let end = name.iter().position(|b| !(b.is_ascii_alphanumeric() || *b == b'#'));
        end.is_some_and(|end| end > 1 && name[end] == b';')
    };
    memchr::memchr2_iter(b'<', b'&', bytes)
        .any(|at| if bytes[at] == b'<' { tag(at) } else { reference(at) })
}

/// A value that is not blank.
fn filled(text: impl AsRef<str>) -> Option<String> {
    let text = text.as_ref().split_whitespace().collect::<Vec<_>>().join(" ");
    Some(text).filter(|t| !t.is_empty())
}
