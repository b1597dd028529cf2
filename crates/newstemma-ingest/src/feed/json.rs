//! JSON Feed, versions 1 and 1.1.

use super::{Channel, Item, Written, filled, loose};
use newstemma_model::Content;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// What the `version` of every JSON Feed begins with.
const VERSION: &str = "https://jsonfeed.org/version/";

/// Whether a JSON text that begins so is a feed.
pub(crate) fn is_feed(head: &[u8]) -> bool {
    let escaped = VERSION.replace('/', "\\/");
    let found = [VERSION, &escaped].iter().find_map(|v| memchr::memmem::find(head, v.as_bytes()));
    found.is_some_and(|at| {
        let before = head[..at].strip_suffix(b"\"").unwrap_or_default().trim_ascii_end();
        let before = before.strip_suffix(b":").unwrap_or_default().trim_ascii_end();
        before.ends_with(b"\"version\"")
    })
}

/// The feed and its items, each with the text that it was written in.
pub(super) fn parse(feed: &str) -> Result<(Channel, Vec<Written<'static>>), String> {
    let feed: Value = serde_json::from_str(feed).map_err(|e| format!("not JSON: {e}"))?;
    let Value::Object(mut feed) = feed else { return Err("not a JSON Feed".to_owned()) };
    let channel = Channel { title: string(&feed, "title"), lang: string(&feed, "language") };
    let Some(Value::Array(items)) = feed.remove("items") else {
        return Err("a JSON Feed without a list of items".to_owned());
    };
    let items = items.into_iter().map(|value| {
        let written = Cow::Owned(value.to_string());
        let item = value.as_object().map(item).ok_or("the item is no object".to_owned());
        (written, item)
    });
    Ok((channel, items.collect()))
}

fn item(fields: &Map<String, Value>) -> Item {
    let text = |name: &str| {
        let text = fields.get(name).and_then(Value::as_str)?;
        Some(text.to_owned()).filter(|t| !t.trim().is_empty())
    };
    let html = text("content_html").map(Content::Html);
    let content = html.or_else(|| text("content_text").map(Content::Text));
    let is_summary = content.is_none();
    let content = content.or_else(|| text("summary").and_then(loose));
    Item {
        title: string(fields, "title"),
        link: string(fields, "url").or_else(|| string(fields, "external_url")),
        text: content,
        published: string(fields, "date_published"),
        updated: string(fields, "date_modified"),
        authors: authors(fields),
        lang: string(fields, "language"),
        source: None,
        is_summary,
    }
}

/// Version 1.1 has a list of authors, version 1 a single one.
fn authors(fields: &Map<String, Value>) -> Vec<String> {
    let name = |author: &Value| author.get("name").and_then(Value::as_str).and_then(filled);
    match fields.get("authors").or_else(|| fields.get("author")) {
        Some(Value::Array(authors)) => authors.iter().filter_map(name).collect(),
        Some(author) => name(author).into_iter().collect(),
        None => Vec::new(),
    }
}

fn string(fields: &Map<String, Value>, name: &str) -> Option<String> {
    fields.get(name).and_then(Value::as_str).and_then(filled)
}
