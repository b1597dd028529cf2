//! How sure the date of a page is.
//!
//! Problem: a date in JSON-LD is nearly always right, one that is read off the page is not, and no
//! place says so. Idea: what tells is the place itself and whether other places of the page give
//! the same day: for each place and each of three cases (another agrees, none is there, those that
//! are there differ) the share of right days was counted.
//!
//! `bench/extraction/sureness.py` counts them on development sets (fundus-dev, trafilatura-990,
//! wcxb-dev-article: 1,367 dated pages) and draws shares of few pages towards those of more. For
//! dates of the last change no set tells what is right: counted is how often the places that give
//! one agree, which is more than is known of the last change itself.

use newstemma_model::{DatePlace, DateSource, Published};

/// Where a date was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) date: Published,
    pub(crate) place: DatePlace,
}

/// What the other places say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Others {
    /// One of them gives the same day.
    Agree,
    /// There are none.
    Silent,
    /// All that give a day give another one.
    Differ,
}

/// The share of right days of publication, by place, in the order of [`Others`].
#[rustfmt::skip]
const PUBLISHED: [(DatePlace, [f32; 3]); 9] = [
    // What comes with a page is taken at its word.
    (DatePlace::Given,       [1.00, 1.00, 1.00]),
    (DatePlace::JsonLd,      [0.93, 0.81, 0.51]),
    (DatePlace::OpenGraph,   [0.97, 0.92, 0.73]),
    (DatePlace::Meta,        [0.90, 0.81, 0.88]),
    (DatePlace::Microdata,   [0.92, 0.85, 0.73]),
    (DatePlace::TimeElement, [0.90, 0.89, 0.90]),
    (DatePlace::VisibleText, [0.88, 0.90, 0.84]),
    (DatePlace::Url,         [0.98, 0.95, 0.95]),
    (DatePlace::Script,      [0.82, 0.79, 0.82]),
];

/// How often another place confirms a day of the last change, by place: so sure is one that another
/// place gives too, or that stands alone; one that all others contradict is half as sure.
const UPDATED: [(DatePlace, f32); 4] = [
    (DatePlace::JsonLd, 0.98),
    (DatePlace::OpenGraph, 0.88),
    (DatePlace::Meta, 0.98),
    // Seen too seldom to be counted: that of the least.
    (DatePlace::Microdata, 0.88),
];

/// Where a date of publication comes from, beside the dates of publication of all places.
pub(crate) fn published_from(found: Found, all: &[Found]) -> DateSource {
    source(found, all, |others| {
        let row = PUBLISHED.iter().find(|(place, _)| *place == found.place);
        row.map_or(0.0, |(_, shares)| shares[others as usize])
    })
}

/// Where a date of the last change comes from, beside the dates of change of all places.
pub(crate) fn updated_from(found: Found, all: &[Found]) -> DateSource {
    source(found, all, |others| {
        let row = UPDATED.iter().find(|(place, _)| *place == found.place);
        let share = row.map_or(0.0, |row| row.1);
        if others == Others::Differ { share / 2.0 } else { share }
    })
}

fn source(found: Found, all: &[Found], sureness: impl Fn(Others) -> f32) -> DateSource {
    let places = |agreeing: bool| -> Vec<DatePlace> {
        let others = all.iter().filter(|other| other.place != found.place);
        let mut places: Vec<DatePlace> = others
            .filter(|other| is_same_day(other.date, found.date) == agreeing)
            .map(|other| other.place)
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    };
    let (agreeing, mut differing) = (places(true), places(false));
    // Several dates may stand at places of one kind. Elements for times may be those of other
    // articles, so that they can only agree.
    differing.retain(|place| *place != DatePlace::TimeElement && !agreeing.contains(place));
    let others = match (agreeing.is_empty(), differing.is_empty()) {
        (false, _) => Others::Agree,
        (true, true) => Others::Silent,
        (true, false) => Others::Differ,
    };
    DateSource { place: found.place, agreeing, differing, sureness: sureness(others) }
}

/// Whether two dates name one day; that of a time in UTC may be the neighbouring one.
fn is_same_day(a: Published, b: Published) -> bool {
    let in_utc = |date: Published| date.time.is_some_and(|time| time.offset_minutes == Some(0));
    let apart = a.day.since(b.day).abs();
    let same_instant =
        a.time.is_some() && b.time.is_some() && a.instant_seconds() == b.instant_seconds();
    apart == 0 || same_instant || apart == 1 && in_utc(a) != in_utc(b)
}

#[cfg(test)]
mod tests {
    use super::{Found, published_from, updated_from};
    use crate::published::parse_published;
    use newstemma_model::DatePlace::{self, JsonLd, Meta, OpenGraph, TimeElement, Url};

    /// Checks what is said of the first date beside the others.
    fn check(dates: &[(DatePlace, &str)], agreeing: &[DatePlace], differing: &[DatePlace]) {
        let found: Vec<Found> = dates
            .iter()
            .map(|(place, date)| Found { place: *place, date: parse_published(date).unwrap() })
            .collect();
        let source = published_from(found[0], &found);
        assert_eq!((source.place, source.agreeing.as_slice()), (dates[0].0, agreeing), "{dates:?}");
        assert_eq!(source.differing, differing, "{dates:?}");
    }

    #[test]
    fn other_places_agree_or_differ_by_the_day() {
        let json = (JsonLd, "2031-05-03T23:30:00Z");
        check(&[json], &[], &[]);
        check(&[json, (OpenGraph, "2031-05-03"), (Url, "2031-05-02")], &[OpenGraph, Url], &[]);
        // The same instant, and the day that a reader east of Greenwich saw.
        check(&[json, (Meta, "2031-05-04T08:30:00+09:00")], &[Meta], &[]);
        check(&[json, (Url, "2031-05-04")], &[Url], &[]);
        check(&[(JsonLd, "2031-05-03"), (Url, "2031-05-04")], &[], &[Url]);
        // Of several dates in elements for times, most are those of other articles.
        let times = [(TimeElement, "2031-04-01"), (TimeElement, "2031-05-03")];
        check(&[json, times[0]], &[], &[]);
        check(&[json, times[0], times[1]], &[TimeElement], &[]);
    }

    #[test]
    fn what_others_contradict_is_less_sure() {
        let date = |place, day| Found { place, date: parse_published(day).unwrap() };
        let (own, other) = (date(JsonLd, "2031-05-03"), date(OpenGraph, "2031-05-03"));
        let contrary = date(OpenGraph, "2031-04-03");
        for sureness in [published_from, updated_from] {
            let agreed = sureness(own, &[own, other]).sureness;
            let alone = sureness(own, &[own]).sureness;
            let opposed = sureness(own, &[own, contrary]).sureness;
            assert!(agreed >= alone && alone > opposed && opposed > 0.0);
        }
    }
}
