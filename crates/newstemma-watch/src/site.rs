//! A page as a source: it says where the feeds of its site are.
//!
//! Whoever names a site and not its feed gets the feeds that the page declares, as browsers and readers
//! of feeds find them; of a page that declares none, the sitemaps that its robots.txt names. These may
//! list all that the site ever published, and so come second. Only for addresses that the user named:
//! what a list names as a list is one, or is told of.

use newstemma_extract::declared_feeds;
use newstemma_ingest::{Listed, Listing, ListingKind};
use std::time::Duration;
use url::Url;

/// How long a site is not asked again where its feeds are.
pub(crate) const ASK_AGAIN_AFTER: Duration = Duration::from_secs(24 * 3600);

/// The lists of the site of a page that came from an address, and what their addresses are relative to.
/// `None` if there are none.
pub(crate) fn lists(html: &str, from: Url, sitemaps: Vec<String>) -> Option<(Url, Listing)> {
    let declared = declared_feeds(html);
    let (base, addresses) = if declared.addresses.is_empty() {
        (None, sitemaps)
    } else {
        (declared.base.and_then(|base| from.join(&base).ok()), declared.addresses)
    };
    let entry = |url: String| Listed { url, title: None, changed: None };
    let entries: Vec<Listed> = addresses.into_iter().map(entry).collect();
    let listing = Listing { kind: ListingKind::Feeds, entries, passed_over: 0, breaks_off: false };
    (!listing.entries.is_empty()).then(|| (base.unwrap_or(from), listing))
}
