//! When the page says that it was published: which of the places is believed.
//!
//! Problem: JSON-LD, meta elements, microdata, the line that readers see and the address often
//! disagree: by the day on which the page was made, by the last change, by the time zone. Idea:
//! places are asked in the order in which they were right where they disagreed, counted on the
//! development sets (trafilatura-990, htmldate, wcxb, fundus): JSON-LD, unless the Open Graph gives
//! quite another day, other meta elements, microdata, the address; then the line below the headline;
//! then the meta elements that editorial systems fill in when a page is made; then whatever else looks
//! like a date.
//!
//! A time in UTC may lie on another day than the one that the outlet's readers saw. If another place
//! gives the same instant with its offset, or the address a neighbouring day, that is taken; the
//! line below the headline may tell of a change instead.

use super::script_date;
use super::seen_date::SeenDates;
use super::tree::Tree;
use crate::published::parse_published;
use crate::sureness::{Found, published_from, updated_from};
use newstemma_model::{DatePlace, DateSource, Day, Published};
use std::collections::BTreeMap;

/// Meta elements of the Open Graph.
const FIRST: [&str; 3] =
    ["article:published_time", "og:article:published_time", "og:published_time"];

/// Other meta elements that date the publication.
const SECOND: [&str; 14] = [
    "datepublished",
    "date-published",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "cxenseparse:recs:publishtime",
    "article.published",
    "originalpublicationdate",
    "article_date_original",
    "dcterms.issued",
];

/// Those that often hold the day on which the page was made or changed.
const WEAK: [&str; 6] =
    ["pubdate", "dc.date", "dcterms.date", "date", "dc.date.created", "dcterms.created"];

/// Meta elements that date the last change: those of the Open Graph, and others.
const GRAPH_UPDATED: [&str; 2] = ["article:modified_time", "og:updated_time"];
const META_UPDATED: [&str; 5] =
    ["datemodified", "last-modified", "lastmod", "dcterms.modified", "dc.date.modified"];

/// Where a page states dates for programs, as written there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Places<'a> {
    /// Meta elements by their names in lower case.
    pub(crate) meta: &'a BTreeMap<String, String>,
    /// JSON-LD.
    pub(crate) described: Option<&'a str>,
    pub(crate) described_updated: Option<&'a str>,
    /// Microdata and microformats.
    pub(crate) marked: Option<&'a str>,
    pub(crate) marked_updated: Option<&'a str>,
    pub(crate) address: Option<&'a str>,
}

/// The dates that a page states for programs.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Stated {
    /// From the places that are trusted, the most trusted first.
    trusted: Vec<Found>,
    /// From the address.
    address: Option<Day>,
    /// From the places that are not.
    weak: Vec<Found>,
    /// Of the last change, the most trusted place first.
    updated: Vec<Found>,
}

impl Stated {
    /// Reads the places of a page.
    pub(crate) fn of(places: Places<'_>) -> Stated {
        use DatePlace::{JsonLd, Meta, Microdata, OpenGraph};
        let meta = |names: &'static [&'static str], place| {
            let written = names.iter().filter_map(|name| places.meta.get(*name));
            written.filter_map(move |written| found(Some(written), place))
        };
        let described = found(places.described, JsonLd);
        let graph = meta(&FIRST, OpenGraph).next();
        // JSON-LD knows the zone more often, the Open Graph the day.
        let first =
            if disagree(graph, described) { [graph, described] } else { [described, graph] };
        let marked = found(places.marked, Microdata);
        let trusted = first.into_iter().flatten().chain(meta(&SECOND, Meta)).chain(marked);
        let updated = found(places.described_updated, JsonLd)
            .into_iter()
            .chain(meta(&GRAPH_UPDATED, OpenGraph))
            .chain(meta(&META_UPDATED, Meta))
            .chain(found(places.marked_updated, Microdata));
        Stated {
            trusted: trusted.collect(),
            address: places.address.and_then(day_in_address),
            weak: meta(&WEAK, Meta).collect(),
            updated: updated.collect(),
        }
    }

    /// When the page was published, by these and what readers see, and where it says so.
    pub(crate) fn published(
        &self,
        tree: &Tree<'_>,
        seen: &SeenDates<'_>,
    ) -> Option<(Published, DateSource)> {
        let visible = |date| Found { date, place: DatePlace::VisibleText };
        let in_address = self.in_address();
        let chosen = match self.trusted.first() {
            Some(stated) => self.local(*stated),
            None => in_address
                .or_else(|| seen.at_headline().map(visible))
                .or_else(|| self.weak.first().copied())
                .or_else(|| seen.elsewhere())
                .or_else(|| self.updated.first().copied())
                .or_else(|| {
                    let date = script_date::published(tree)?;
                    Some(Found { date, place: DatePlace::Script })
                })
                .or_else(|| seen.anywhere().map(visible))?,
        };
        let all = self.trusted.iter().chain(&self.weak).copied().chain(in_address);
        let all: Vec<Found> = all.chain(seen.in_elements()).collect();
        Some((chosen.date, published_from(chosen, &all)))
    }

    /// When the page was last changed, and where it says so.
    pub(crate) fn updated(&self) -> Option<(Published, DateSource)> {
        let chosen = *self.updated.first()?;
        Some((chosen.date, updated_from(chosen, &self.updated)))
    }

    fn in_address(&self) -> Option<Found> {
        let date = Published { day: self.address?, time: None };
        Some(Found { date, place: DatePlace::Url })
    }

    /// A time in UTC as the outlet's readers saw it.
    fn local(&self, stated: Found) -> Found {
        if stated.date.time.and_then(|time| time.offset_minutes) != Some(0) {
            return stated;
        }
        let is_offset = |found: &&Found| {
            found.date.instant_seconds() == stated.date.instant_seconds()
                && found.date.time.is_some_and(|t| t.offset_minutes.is_some_and(|o| o != 0))
        };
        if let Some(local) = self.trusted.iter().chain(&self.weak).find(is_offset) {
            return *local;
        }
        let is_near = |found: &Found| {
            let day = found.date.day;
            (-1..=1).contains(&day.since(stated.date.day)) && day != stated.date.day
        };
        self.in_address().filter(is_near).unwrap_or(stated)
    }
}

/// The date at a place, if something is written there that is one.
fn found(written: Option<&str>, place: DatePlace) -> Option<Found> {
    Some(Found { date: parse_published(written?)?, place })
}

/// Whether two dates differ by more than a zone can make.
fn disagree(a: Option<Found>, b: Option<Found>) -> bool {
    a.zip(b).is_some_and(|(a, b)| a.date.day.since(b.date.day).abs() > 1)
}

/// "/2024/11/20/", "2024-11-20" or "20-11-2024" in an address.
fn day_in_address(address: &str) -> Option<Day> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let numbers: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    numbers.windows(3).find_map(|w| {
        let short = |n: &str| (1..=2).contains(&n.len());
        let number = |n: &str| n.parse::<u32>().ok();
        match (w[0].len(), w[2].len()) {
            (4, _) if short(w[1]) && short(w[2]) => {
                Day::from_ymd(number(w[0])? as i32, number(w[1])?, number(w[2])?)
            }
            // Only where no month can be meant.
            (_, 4) if short(w[0]) && short(w[1]) && number(w[0])? > 12 => {
                Day::from_ymd(number(w[2])? as i32, number(w[1])?, number(w[0])?)
            }
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{Places, Stated, day_in_address};
    use crate::html::metadata::About;
    use crate::html::seen_date::SeenDates;
    use crate::html::surroundings::Surroundings;
    use crate::html::tree::Tree;
    use newstemma_model::Language;
    use std::collections::BTreeMap;

    /// Checks the date of a page with some meta elements, JSON-LD, an address and a line below the
    /// headline.
    fn check(meta: &[(&str, &str)], json: &str, address: &str, line: &str, expected: &str) {
        let meta: BTreeMap<String, String> =
            meta.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let stated = Stated::of(Places {
            meta: &meta,
            described: Some(json),
            described_updated: None,
            marked: None,
            marked_updated: None,
            address: Some(address),
        });
        let around = Surroundings { head: vec![line], ..Surroundings::default() };
        let about = About { language: Language::parse("de"), ..About::default() };
        let seen = SeenDates::new(&around, &about, "");
        let published = stated.published(&Tree::parse(""), &seen).map(|p| p.0.to_string());
        assert_eq!(published.unwrap_or_default(), expected);
    }

    #[test]
    fn places_are_believed_in_order() {
        let graph = ("article:published_time", "2021-11-03T08:05:00+01:00");
        check(&[graph], "2021-11-01", "", "4. November 2021", "2021-11-03T08:05:00+01:00");
        check(&[graph], "2021-11-02", "", "4. November 2021", "2021-11-02");
        check(&[("date", "2021-10-29")], "", "", "3. November 2021", "2021-11-03");
        check(&[("date", "2021-10-29")], "", "", "Ida Voss", "2021-10-29");
        check(&[("date", "2021-10-29")], "", "https://a.example/2021/11/02/x", "", "2021-11-02");
        check(&[], "2021-11-01", "https://a.example/2021/11/05/x", "3.11.2021", "2021-11-01");
    }

    #[test]
    fn a_time_in_utc_is_that_of_the_outlet_where_another_place_tells() {
        let utc = "2021-11-02T23:30:00Z";
        let offset = ("date", "Wed, 03 Nov 2021 00:30:00 +0100");
        check(&[offset], utc, "", "", "2021-11-03T00:30:00+01:00");
        check(&[], utc, "", "3. November 2021", utc);
        check(&[], utc, "https://a.example/2021/11/03/x", "", "2021-11-03");
    }

    #[test]
    fn days_in_addresses() {
        let check = |address: &str, expected: &str| {
            let day = day_in_address(address).map(|d| d.to_string());
            assert_eq!(day.unwrap_or_default(), expected, "{address}");
        };
        check("https://a.example/2021/11/3/fähre", "2021-11-03");
        check("https://a.example/fähre-2021-11-03.html", "2021-11-03");
        check("https://a.example/meldungen/23-11-2021", "2021-11-23");
        check("https://a.example/meldungen/03-11-2021", "");
        check("https://a.example/10/12/7", "");
    }
}
