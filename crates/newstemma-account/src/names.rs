//! The names of one document, found by place and by spelling.
//!
//! A report of many pages has thousands of names and thousands of sources; looking through all
//! names for each source takes time in the product. Here a source costs the logarithm of the names.

use newstemma_model::{Document, EntityKind, NameMention, Span};
use std::collections::BTreeMap;
use std::ops::Bound;

/// An index of a document's names.
pub(crate) struct Names<'a> {
    /// All mentions, by where they begin.
    by_place: Vec<&'a NameMention>,
    /// The mentions of each spelling; of those that say the same of it, one.
    by_spelling: BTreeMap<&'a str, Vec<&'a NameMention>>,
}

/// Spellings that are no longer than this stand in other words by chance.
const SHORT_BYTES: usize = 2;

impl<'a> Names<'a> {
    pub(crate) fn of(document: &'a Document) -> Names<'a> {
        let mut by_place: Vec<&NameMention> = document.names.iter().collect();
        by_place.sort_by_key(|name| name.span);
        let mut by_spelling: BTreeMap<&str, Vec<&NameMention>> = BTreeMap::new();
        for name in &by_place {
            let known = by_spelling.entry(name.span.of(&document.report.text)).or_default();
            if known.iter().all(|k| says(k) != says(name)) {
                known.push(name);
            }
        }
        Names { by_place, by_spelling }
    }

    /// The mentions that lie in a span.
    pub(crate) fn inside(&self, span: Span) -> impl Iterator<Item = &'a NameMention> {
        let first = self.by_place.partition_point(|name| name.span.start() < span.start());
        let near = self.by_place[first..].iter().take_while(move |n| n.span.start() < span.end());
        near.copied().filter(move |name| span.contains(name.span))
    }

    /// The mentions whose spelling stands in a text, one of each spelling and meaning.
    pub(crate) fn spelt_in(&self, text: &str) -> Vec<&'a NameMention> {
        let mut found = Vec::new();
        for (start, _) in text.char_indices() {
            self.add_beginnings(&text[start..], &mut found);
        }
        found
    }

    /// Adds the spellings that `text` begins with, the longest first: each step looks up the
    /// greatest spelling up to what is left of the text, and takes that text back to what the two
    /// have in common.
    fn add_beginnings(&self, text: &str, found: &mut Vec<&'a NameMention>) {
        let mut upto = Bound::Included(text);
        while let Some((&spelling, names)) =
            self.by_spelling.range::<str, _>((Bound::Unbounded, upto)).next_back()
        {
            let same = common_beginning(text, spelling);
            if same == spelling {
                if same.len() > SHORT_BYTES {
                    found.extend(names);
                }
                upto = Bound::Excluded(same);
            } else {
                upto = Bound::Included(same);
            }
        }
    }
}

fn says(name: &NameMention) -> (Option<newstemma_model::EntityId>, EntityKind) {
    (name.entity, name.kind)
}

/// What two texts both begin with.
fn common_beginning<'t>(text: &'t str, other: &str) -> &'t str {
    let pairs = text.char_indices().zip(other.chars());
    let end = pairs.take_while(|((_, a), b)| a == b).last();
    &text[..end.map_or(0, |((at, a), _)| at + a.len_utf8())]
}

#[cfg(test)]
mod tests {
    use super::Names;
    use newstemma_model::{EntityKind, Span};
    use newstemma_testkit::{mark, report};

    const NAMES: [&str; 7] = ["Ilse", "Ilse Varga", "Varga", "Vargas", "桥本", "Oxwick", "Ox"];

    /// What the index finds is what looking at every name finds.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut document = report(
            "a",
            "en",
            &["Ilse saw Ilse Varga, Vargas and 桥本 in Oxwick with Ox and Varga."],
        );
        NAMES.iter().for_each(|name| mark::name(&mut document, name, EntityKind::Person));
        let spelling = |span: Span| span.of(&document.report.text);
        let names = Names::of(&document);
        let mut found: Vec<&str> = names.spelt_in(text).iter().map(|n| spelling(n.span)).collect();
        found.sort_unstable();
        found.dedup();
        let mut slowly: Vec<&str> =
            NAMES.into_iter().filter(|n| n.len() > 2 && text.contains(n)).collect();
        slowly.sort_unstable();
        assert_eq!(found, slowly, "{text}");
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn names_are_found_by_spelling() {
        check("Mayor Ilse Varga", &["Ilse", "Ilse Varga", "Varga"]);
        check("the Vargases of Oxwick", &["Oxwick", "Varga", "Vargas"]);
        check("市长桥本说", &["桥本"]);
        check("Ox", &[]);
        check("nobody", &[]);
        check("", &[]);
    }

    #[test]
    fn names_are_found_by_place() {
        let mut document = report("a", "en", &["Ilse Varga and Olena spoke."]);
        for name in ["Olena", "Varga", "Ilse Varga"] {
            mark::name(&mut document, name, EntityKind::Person);
        }
        let inside = |start, end| Names::of(&document).inside(Span::new(start, end)).count();
        assert_eq!([inside(0, 10), inside(0, 9), inside(5, 20), inside(11, 14)], [2, 0, 2, 0]);
    }
}
