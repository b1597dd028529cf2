//! Where a page says that the feeds of its site are, as browsers and readers of feeds look for them:
//! `<link rel="alternate" type="application/rss+xml" href="…">`.

use super::entity::{self, Place};
use super::tag::{Attribute, Tag};
use super::token::{Token, Tokenizer};

/// Most feeds of one page: beyond these pages list their topics.
const FEEDS_MAX: usize = 20;

/// Types by which feeds are declared.
const TYPES: [&str; 3] = ["application/rss+xml", "application/atom+xml", "application/feed+json"];

/// The feeds that a page declares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeclaredFeeds {
    /// What addresses on the page are relative to, itself relative to the address of the page; none if
    /// that is what they are relative to.
    pub base: Option<String>,
    /// The addresses of the feeds as they are written, in their order; of more than 20 the first.
    pub addresses: Vec<String>,
}

/// Finds the feeds that a page of HTML declares.
///
/// ```
/// let page = "<head><link rel='alternate' type='application/rss+xml' href='/лента?a&amp;b'>";
/// assert_eq!(newstemma_extract::declared_feeds(page).addresses, ["/лента?a&b"]);
/// ```
pub fn declared_feeds(html: &str) -> DeclaredFeeds {
    let mut found = DeclaredFeeds::default();
    let mut tokens = Tokenizer::new(html);
    while let Some(token) = tokens.next() {
        let value = |name: Attribute| {
            let mut named = tokens.attributes().iter().filter(|(attribute, _)| *attribute == name);
            named.next().map(|(_, written)| resolved(written))
        };
        match token {
            Token::Start { tag: Tag::Base, .. } if found.base.is_none() => {
                found.base = value(Attribute::Href);
            }
            Token::Start { tag: Tag::Link, .. }
                if value(Attribute::Rel).is_some_and(|rel| is_alternate(&rel))
                    && value(Attribute::Type).is_some_and(|media| is_feed(&media)) =>
            {
                let address = value(Attribute::Href).filter(|address| !address.is_empty());
                found.addresses.extend(address);
            }
            _ => {}
        }
        if found.addresses.len() == FEEDS_MAX {
            break;
        }
    }
    found
}

fn is_alternate(rel: &str) -> bool {
    rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("alternate"))
}

fn is_feed(media: &str) -> bool {
    let media = media.split(';').next().unwrap_or_default().trim();
    TYPES.iter().any(|feed| media.eq_ignore_ascii_case(feed))
}

fn resolved(written: &str) -> String {
    let mut value = String::with_capacity(written.len());
    entity::decode(written, Place::Attribute, &mut value);
    value.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::declared_feeds;

    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        assert_eq!(declared_feeds(html).addresses, expected, "{html}");
    }

    #[test]
    fn feeds_of_every_kind_are_found_in_their_order() {
        check(
            "<LINK REL=\"Alternate Home\" TYPE='application/RSS+xml; charset=utf-8' HREF=/a>\
             <link href='б' type=application/atom+xml rel=alternate /><link rel=alternate \
             type='application/feed+json' href=' https://x.example/c '>",
            &["/a", "б", "https://x.example/c"],
        );
    }

    #[test]
    fn what_is_no_feed_or_no_markup_is_none() {
        for html in [
            "<link rel=alternate hreflang=de href=/de>",
            "<link rel=stylesheet type=application/rss+xml href=/a>",
            "<link rel=alternate type=application/rss+xml href=''>",
            "<link rel=alternate type=application/json href=/wp-json>",
            "<!-- <link rel=alternate type=application/rss+xml href=/a> -->",
            "<script>'<link rel=alternate type=application/rss+xml href=/a>'</script>",
            "<link rel=alternate type=application/rss+xml href=/a",
            "",
        ] {
            check(html, &[]);
        }
    }

    #[test]
    fn their_number_is_bounded_and_the_first_base_counts() {
        let link = "<link rel=alternate type=application/rss+xml href=/a>";
        let found = declared_feeds(&format!("<base href=/b/><base href=/c/>{}", link.repeat(1000)));
        assert_eq!((found.addresses.len(), found.base.as_deref()), (20, Some("/b/")));
    }
}
