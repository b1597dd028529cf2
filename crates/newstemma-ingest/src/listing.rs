//! Files that say where reports are: feeds, lists of feeds (OPML) and of pages (sitemaps).
//!
//! OPML and sitemaps hold no text; as inputs they are counted and told. What any of these lists is
//! given to whoever fetches it.

use crate::encoding::{Declared, declared_in_markup, decode};
use crate::feed::{self, XmlKind, is_json_feed};
use crate::limit::PAGE_BYTES_MAX;
use crate::stream::{self, read_to_end};
use encoding_rs::Encoding;
use newstemma_model::Warning;

/// Most entries of one list: what the protocol of sitemaps allows.
const ENTRIES_MAX: usize = 50_000;

/// What a list lists, in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// What its entries are.
    pub kind: ListingKind,
    /// The entries that have an address; of more than 50,000 the first.
    pub entries: Vec<Listed>,
    /// Entries that have no address, are damaged or too many.
    pub passed_over: usize,
    /// Whether it is OPML or a sitemap that is damaged or ends before its elements do, so that entries
    /// may be missing.
    pub breaks_off: bool,
}

/// What the entries of a list are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListingKind {
    /// Items of a feed: each a page.
    Items,
    /// Feeds: an OPML file.
    Feeds,
    /// Pages: a sitemap.
    Pages,
    /// Further lists: an index of sitemaps.
    Lists,
}

/// One entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its address as it is written, which may be relative, or no address at all.
    pub url: String,
    /// Its title, where there is one.
    pub title: Option<String>,
    /// When it last changed, or else was published, as it is written.
    pub changed: Option<String>,
}

impl Listing {
    pub(crate) fn new(kind: ListingKind) -> Listing {
        Listing { kind, entries: Vec::new(), passed_over: 0, breaks_off: false }
    }

    pub(crate) fn push(&mut self, listed: Listed) {
        if self.entries.len() < ENTRIES_MAX {
            self.entries.push(listed);
        } else {
            self.passed_over += 1;
        }
    }
}

/// Reads a list: a feed, OPML or a sitemap, packed or not. `None` if the bytes are no list, or
/// more than 32 MiB. `charset` is the encoding that was named for them from outside.
///
/// ```
/// let list = b"<opml><body><outline xmlUrl='https://example.org/\xe9dito.xml'/></body></opml>";
/// let listing = newstemma_ingest::listing(list.to_vec(), Some("latin1")).unwrap();
/// assert_eq!(listing.kind, newstemma_ingest::ListingKind::Feeds);
/// assert_eq!(listing.entries[0].url, "https://example.org/\u{e9}dito.xml");
/// ```
pub fn listing(bytes: Vec<u8>, charset: Option<&str>) -> Option<Listing> {
    let unpacked = stream::open(Box::new(std::io::Cursor::new(bytes)));
    let bytes = read_to_end(unpacked, PAGE_BYTES_MAX).ok()??;
    let transport = charset.and_then(|label| Encoding::for_label(label.as_bytes()));
    let markup = declared_in_markup(&bytes);
    let text = decode(bytes, Declared { transport, markup }).text;
    let start = text.trim_start().as_bytes();
    match feed::xml_kind(start) {
        Some(kind) => Some(feed::list_xml(kind, &text)),
        None if is_json_feed(start) => feed::list_json(&text),
        None => None,
    }
}

/// What to say of a list; `None` if the file is a feed, which is more than a list.
pub(crate) fn describe(kind: XmlKind, list: &str, name: &str) -> Option<Warning> {
    let count = |mark: &str| memchr::memmem::find_iter(list.as_bytes(), mark).count();
    let message = match kind {
        XmlKind::Feed => return None,
        XmlKind::Opml => {
            format!("a list of {} feeds, which are not fetched: it holds no text", count("xmlUrl="))
        }
        XmlKind::Sitemap => {
            let pages = count("<loc>");
            let news = count("<news:news>");
            format!(
                "a list of {pages} pages ({news} of news), which are not fetched: it holds no text"
            )
        }
    };
    Some(Warning::new(name, message))
}
