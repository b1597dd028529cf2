//! RSS and Atom, and the lists of addresses that are written in XML, too.
//!
//! Feeds are often not well-formed: a bare `&`, an element that is not closed, a cut-off end. So
//! the items are cut out first, by their tags alone, and each is parsed by itself: a broken one
//! costs itself. Every byte is looked at a fixed number of times.

use super::{Channel, Item, Written, filled, loose};
use newstemma_model::Content;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::borrow::Cow;

/// Longest `description`, in bytes, that is taken for a summary: some feeds have no other element for
/// the whole article.
const DESCRIPTION_BYTES_MAX: usize = 1500;

/// What an XML file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Feed,
    /// A list of feeds.
    Opml,
    /// A list of pages.
    Sitemap,
}

/// What a text that begins with `start` is, told by its first element.
pub(crate) fn kind(start: &[u8]) -> Option<Kind> {
    let root = root_name(start)?;
    let local = root.rsplit(|b| *b == b':').next().unwrap_or(root);
    let speaks_of = |name: &[u8]| memchr::memmem::find(start, name).is_some();
    match local {
        b"rss" => Some(Kind::Feed),
        b"RDF" if speaks_of(b"://purl.org/rss/") => Some(Kind::Feed),
        b"feed" if speaks_of(b"w3.org/2005/Atom") || speaks_of(b"purl.org/atom/") => {
            Some(Kind::Feed)
        }
        b"opml" => Some(Kind::Opml),
        b"urlset" | b"sitemapindex" => Some(Kind::Sitemap),
        _ => None,
    }
}

/// What is said about the feed before its first item.
pub(super) fn channel(feed: &str) -> Channel {
    let end = next_item(feed, 0).map_or(feed.len(), |(start, _)| start);
    let mut channel = Channel::default();
    let mut reader = reader(&feed[..end]);
    let mut path: Vec<String> = Vec::new();
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) => {
                let name = local_name(&element).unwrap_or_default().to_owned();
                if channel.lang.is_none() && path.is_empty() {
                    channel.lang = attribute(&element, "xml:lang");
                }
                path.push(name);
            }
            Event::End(_) => {
                path.pop();
            }
            Event::Eof => break,
            event => {
                let field = match path.as_slice() {
                    [.., parent, name] if is_channel(parent) && name == "title" => {
                        &mut channel.title
                    }
                    [.., parent, name] if is_channel(parent) && name == "language" => {
                        &mut channel.lang
                    }
                    _ => continue,
                };
                let mut text = field.take().unwrap_or_default();
                push_text(&mut text, &event);
                *field = Some(text);
            }
        }
    }
    channel.title = channel.title.and_then(filled);
    channel.lang = channel.lang.and_then(filled);
    channel
}

fn is_channel(name: &str) -> bool {
    matches!(name, "channel" | "feed")
}

/// The items of a feed, each with the text that it was written in.
pub(super) fn items(feed: &str) -> impl Iterator<Item = Written<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (start, tag) = next_item(feed, at)?;
        let end = end_of_item(feed, start + 1, tag);
        let written = &feed[start..end.unwrap_or_else(|at| at)];
        at = start + written.len();
        let item = match end {
            Ok(_) => item(written),
            Err(_) => Err(format!("<{tag}> is not closed")),
        };
        Some((Cow::Borrowed(written), item))
    })
}

/// One item, its tags included.
fn item(written: &str) -> Result<Item, String> {
    let mut item = Item::default();
    let (mut content, mut summary) = (None, None);
    let mut summary_bytes = 0;
    let mut reader = reader(written);
    let mut inside = false;
    loop {
        let element = match reader.read_event().map_err(|e| format!("damaged XML: {e}"))? {
            Event::Start(element) if inside => element,
            Event::Start(element) => {
                inside = true;
                item.lang = attribute(&element, "xml:lang");
                continue;
            }
            Event::Eof => break,
            _ => continue,
        };
        let span = reader.read_to_end(element.name()).map_err(|e| format!("damaged XML: {e}"))?;
        let inner = &written[span.start as usize..span.end as usize];
        match local_name(&element).unwrap_or_default() {
            "title" => item.title = item.title.or_else(|| filled(without_tags(&text(inner)))),
            "link" => {
                if let Some(link) = link(&element, inner) {
                    item.link = Some(link);
                }
            }
            "guid" if item.link.is_none() => {
                item.link = filled(text(inner)).filter(|guid| guid.starts_with("http"));
            }
            "encoded" | "content" => content = content.or_else(|| body(&element, inner)),
            name @ ("description" | "summary") if summary.is_none() => {
                summary = body(&element, inner);
                summary_bytes = if name == "summary" { 0 } else { inner.len() };
            }
            "pubDate" | "published" | "issued" | "date" => {
                item.published = item.published.or_else(|| filled(text(inner)));
            }
            "updated" | "modified" => {
                item.updated = item.updated.or_else(|| filled(text(inner)));
            }
            "author" | "creator" => item.authors.extend(author(inner)),
            "language" => item.lang = filled(text(inner)),
            "source" => item.source = source(inner),
            _ => {}
        }
    }
    item.is_summary = content.is_none() && summary_bytes <= DESCRIPTION_BYTES_MAX;
    item.text = content.or(summary);
    Ok(item)
}

/// The text of an item, as HTML or plain.
fn body(element: &BytesStart<'_>, inner: &str) -> Option<Content> {
    let kind = attribute(element, "type").unwrap_or_default();
    if kind == "xhtml" || has_elements(inner) {
        return Some(Content::Html(inner.to_owned()));
    }
    let text = text(inner);
    // An Atom text of no type is plain, whatever signs stand in it.
    match kind.as_str() {
        "text" if text.trim().is_empty() => None,
        "text" => Some(Content::Text(text.trim().to_owned())),
        _ => loose(text),
    }
}

/// An RSS link is a text, an Atom link an attribute; Atom has links to other things, too.
fn link(element: &BytesStart<'_>, inner: &str) -> Option<String> {
    let address = attribute(element, "href").or_else(|| filled(text(inner)));
    let relation = attribute(element, "rel");
    address.filter(|_| relation.is_none_or(|r| r == "alternate"))
}

/// RSS writes an address and a name in brackets behind it, or a name; Atom has a name inside.
fn author(inner: &str) -> Option<String> {
    if let Some(name) = child(inner, "name") {
        return filled(text(name));
    }
    let written = filled(text(inner))?;
    match written.split_once('(') {
        Some((address, name)) if address.contains('@') => filled(name.trim_end_matches(')')),
        _ => Some(written),
    }
}

/// RSS names the source, Atom copies its head.
fn source(inner: &str) -> Option<String> {
    match child(inner, "title") {
        Some(title) => filled(text(title)),
        None => filled(text(inner)),
    }
}

/// What is inside the first child of this name.
fn child<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let mut reader = reader(xml);
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) => {
                let span = reader.read_to_end(element.name()).ok()?;
                if local_name(&element) == Some(name) {
                    return Some(&xml[span.start as usize..span.end as usize]);
                }
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

fn has_elements(xml: &str) -> bool {
    let mut reader = reader(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => return true,
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

/// The text of an element, its references resolved.
pub(super) fn text(inner: &str) -> String {
    let mut text = String::new();
    let mut reader = reader(inner);
    while let Ok(event) = reader.read_event() {
        if matches!(event, Event::Eof) {
            break;
        }
        push_text(&mut text, &event);
    }
    text
}

pub(super) fn push_text(text: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(part) => text.push_str(&part.xml10_content()),
        Event::CData(part) => text.push_str(&part.xml10_content()),
        Event::GeneralRef(reference) => match reference.resolve_char_ref() {
            Ok(Some(character)) => text.push(character),
            _ => {
                let name = reference.xml10_content();
                match resolve_predefined_entity(&name) {
                    Some(resolved) => text.push_str(resolved),
                    // One of HTML's: left to whoever reads the text as HTML.
                    None => text.extend(["&", &name, ";"]),
                }
            }
        },
        _ => {}
    }
}

/// A title that was written in HTML, without its tags.
fn without_tags(title: &str) -> Cow<'_, str> {
    if super::has_markup(title) { Cow::Owned(text(title)) } else { Cow::Borrowed(title) }
}

pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|a| a.key.0 == name)?;
    filled(text(&found.value))
}

/// The name of an element of a feed; `None` for those of other vocabularies, which use the same
/// names for other things (a picture has a title, too).
fn local_name<'a>(element: &'a BytesStart<'_>) -> Option<&'a str> {
    let name = element.name().0;
    match name.split_once(':') {
        None => Some(name),
        Some(("atom" | "content" | "dc" | "dcterms" | "rss", local)) => Some(local),
        Some(_) => None,
    }
}

pub(super) fn reader(xml: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// Where the next item begins, and the name of its tag.
fn next_item(feed: &str, at: usize) -> Option<(usize, &'static str)> {
    const TAGS: [&str; 2] = ["item", "entry"];
    tags(feed, at).find_map(|start| {
        let rest = &feed[start + 1..];
        TAGS.iter().find(|tag| is_tag(rest, tag)).map(|tag| (start, *tag))
    })
}

/// Behind the end tag of an item; `Err` is where another item begins, or the feed ends, before it.
fn end_of_item(feed: &str, at: usize, tag: &str) -> Result<usize, usize> {
    for start in tags(feed, at) {
        let rest = &feed[start + 1..];
        if is_tag(rest, tag) {
            return Err(start);
        }
        if let Some(rest) = rest.strip_prefix('/')
            && is_tag(rest, tag)
        {
            return Ok(feed[start..].find('>').map_or(feed.len(), |n| start + n + 1));
        }
    }
    Err(feed.len())
}

fn is_tag(rest: &str, tag: &str) -> bool {
    let behind = rest.strip_prefix(tag).and_then(|r| r.bytes().next());
    behind.is_some_and(|b| b == b'>' || b.is_ascii_whitespace())
}

/// Where tags stand from `at` on, outside of comments and of sections of mere characters.
fn tags(feed: &str, mut at: usize) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        loop {
            let start = at + memchr::memchr(b'<', feed.as_bytes().get(at..)?)?;
            at = start + 1;
            let rest = &feed[start..];
            let end = if rest.starts_with("<![CDATA[") {
                rest.find("]]>")
            } else if rest.starts_with("<!--") {
                rest.find("-->")
            } else {
                return Some(start);
            };
            at = end.map_or(feed.len(), |n| start + n);
        }
    })
}

/// The name of the first element, behind declarations and comments.
fn root_name(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        rest = rest.trim_ascii_start();
        let after = rest.strip_prefix(b"<")?;
        let end: &[u8] = match after {
            [b'?', ..] => b"?>",
            [b'!', b'-', b'-', ..] => b"-->",
            [b'!', ..] => b">",
            _ => {
                let end = after.iter().position(|b| b.is_ascii_whitespace() || b"/>".contains(b));
                return Some(&after[..end.unwrap_or(after.len())]);
            }
        };
        let skipped = memchr::memmem::find(after, end)?;
        rest = &after[skipped + end.len()..];
    }
}
