//! Lists of addresses in XML: of feeds (OPML), of pages and of further lists (sitemaps).
//!
//! Only the elements that hold addresses are looked at, wherever they stand: what is around them
//! may be broken.

use super::filled;
use super::xml::{attribute, push_text, reader};
use crate::listing::{Listed, Listing, ListingKind};
use quick_xml::events::Event;

/// The feeds that an OPML file names.
pub(super) fn opml(list: &str) -> Listing {
    let mut listing = Listing::new(ListingKind::Feeds);
    let mut reader = reader(list);
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                depth += 1;
                let title = attribute(&element, "title").or_else(|| attribute(&element, "text"));
                let address =
                    attribute(&element, "xmlUrl").filter(|_| element.name().0 == "outline");
                if let Some(url) = address {
                    listing.push(Listed { url, title, changed: None });
                }
            }
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) if depth == 0 => return listing,
            Ok(Event::Eof) | Err(_) => return Listing { breaks_off: true, ..listing },
            Ok(_) => {}
        }
    }
}

/// What a sitemap names: pages, or other sitemaps if it is an index.
///
/// A page of news says when it was published; that it changed since is said by `lastmod`.
pub(super) fn sitemap(list: &str) -> Listing {
    let mut listing = Listing::new(ListingKind::Pages);
    let mut reader = reader(list);
    let mut prefix = String::new();
    let mut entry = Entry::default();
    let mut field = None;
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                let name = element.name().0;
                if depth == 0 {
                    prefix = name.rsplit_once(':').map_or("", |(prefix, _)| prefix).to_owned();
                    if local(name, &prefix) == Some("sitemapindex") {
                        listing.kind = ListingKind::Lists;
                    }
                }
                depth += 1;
                field = Field::of(name, &prefix);
                if matches!(local(name, &prefix), Some("url" | "sitemap")) {
                    entry = Entry::default();
                }
            }
            Ok(Event::End(element)) => {
                depth = depth.saturating_sub(1);
                field = None;
                let name = element.name().0;
                if matches!(local(name, &prefix), Some("url" | "sitemap")) {
                    match std::mem::take(&mut entry).listed() {
                        Some(listed) => listing.push(listed),
                        None => listing.passed_over += 1,
                    }
                }
            }
            Ok(Event::Eof) if depth == 0 => return listing,
            Ok(Event::Eof) | Err(_) => return Listing { breaks_off: true, ..listing },
            Ok(event) => {
                if let Some(field) = field {
                    push_text(entry.field(field), &event);
                }
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Field {
    Address,
    Changed,
    Published,
    Title,
}

impl Field {
    fn of(name: &str, prefix: &str) -> Option<Field> {
        match name {
            "news:publication_date" => Some(Field::Published),
            "news:title" => Some(Field::Title),
            // Pictures and videos of a page have a `loc` of their own, with their own prefix.
            _ => match local(name, prefix)? {
                "loc" => Some(Field::Address),
                "lastmod" => Some(Field::Changed),
                _ => None,
            },
        }
    }
}

#[derive(Default)]
struct Entry {
    address: String,
    changed: String,
    published: String,
    title: String,
}

impl Entry {
    fn field(&mut self, field: Field) -> &mut String {
        match field {
            Field::Address => &mut self.address,
            Field::Changed => &mut self.changed,
            Field::Published => &mut self.published,
            Field::Title => &mut self.title,
        }
    }

    fn listed(self) -> Option<Listed> {
        let changed = filled(self.changed).or_else(|| filled(self.published));
        Some(Listed { url: filled(self.address)?, title: filled(self.title), changed })
    }
}

/// A name of the vocabulary whose elements have this prefix.
fn local<'a>(name: &'a str, prefix: &str) -> Option<&'a str> {
    match name.split_once(':') {
        None => Some(name).filter(|_| prefix.is_empty()),
        Some((written, local)) => Some(local).filter(|_| written == prefix),
    }
}
