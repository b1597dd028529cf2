//! Files that only say where reports are: lists of feeds (OPML) and of pages (sitemaps).
//!
//! They hold no text, and nothing is fetched; what they list is counted and told.

use crate::feed::XmlKind;
use newstemma_model::Warning;

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
