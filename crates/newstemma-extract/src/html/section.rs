//! The section of an outlet that a page is filed under.
//!
//! Problem: JSON-LD, meta elements and breadcrumbs name sections, and some fill them with topics,
//! addresses, numbers or the outlet's own name. Idea: places are asked in this order, and the first
//! gives it that names something: few words with letters in them, neither the outlet nor the
//! headline.

use super::jsonld::Described;
use super::shingle::folded_letters;
use super::tag::{Attribute, Tag};
use super::tree::{NodeId, Tree};
use std::collections::BTreeMap;

/// Meta elements that name sections.
const SECTIONS: [&str; 9] = [
    "article:section",
    "og:article:section",
    "og:section",
    "article.section",
    "parsely-section",
    "sailthru.section",
    "cxenseparse:section",
    "section",
    "dc.subject.section",
];

/// What templates write where no section was filled in.
const TEMPLATES: [&str; 8] =
    ["null", "undefined", "none", "false", "article", "articles", "post", "posts"];

/// Longest name, in characters.
const CHARS_MAX: usize = 40;

/// A step of the way to a page through its site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Crumb {
    pub(crate) name: String,
    pub(crate) address: Option<String>,
}

/// Where a page says what it is filed under.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places<'a> {
    pub(super) described: &'a Described,
    /// Meta elements by their names in lower case.
    pub(super) meta: &'a BTreeMap<String, String>,
    /// The links that readers see as breadcrumbs.
    pub(super) crumbs: &'a [Crumb],
    pub(super) outlet: Option<&'a str>,
    pub(super) title: Option<&'a str>,
}

/// The section that a page is filed under.
pub(super) fn section(places: Places<'_>) -> Option<String> {
    let named = places.described.section.iter();
    let meta = SECTIONS.iter().filter_map(|name| places.meta.get(*name));
    let trails = [places.described.trail.as_slice(), places.crumbs];
    let crumbs = trails.into_iter().filter_map(|trail| outermost(trail, places));
    let fits = |name: &&str| is_name(name, places);
    named.chain(meta).map(|names| first(names)).chain(crumbs).find(fits).map(str::to_owned)
}

/// The first of several that are written one behind the other; "Arts, Culture" is one.
fn first(names: &str) -> &str {
    let is_one = |at: usize| names[at + 1..].starts_with(' ');
    let end = names.match_indices(',').map(|comma| comma.0).find(|at| !is_one(*at));
    names[..end.unwrap_or(names.len())].trim()
}

/// The outermost crumb below the front page, whose address may name a language or a country.
fn outermost<'a>(trail: &'a [Crumb], places: Places<'_>) -> Option<&'a str> {
    const FRONT_BYTES_MAX: usize = 3;
    let is_front = |address: &str| {
        let whole = address.split_once("://").map(|(_, rest)| rest.split_once('/'));
        let path = whole.map_or(address, |cut| cut.map_or("", |(_, path)| path));
        path.trim_matches('/').len() <= FRONT_BYTES_MAX
    };
    let fits = |crumb: &&Crumb| {
        is_name(&crumb.name, places) && crumb.address.as_deref().is_some_and(|a| !is_front(a))
    };
    // The first of several is the front page, whatever its address.
    let inner = if trail.len() > 2 { &trail[1..] } else { trail };
    inner.iter().find(fits).map(|crumb| crumb.name.trim())
}

fn is_name(name: &str, places: Places<'_>) -> bool {
    let name = name.trim();
    let is = |other: Option<&str>| {
        other.is_some_and(|other| folded_letters(other) == folded_letters(name))
    };
    name.chars().count() <= CHARS_MAX
        && name.contains(char::is_alphabetic)
        && !name.contains("://")
        && !name.contains(['{', '<', '='])
        && !is(places.outlet)
        && !is(places.title)
        && !TEMPLATES.iter().any(|word| word.eq_ignore_ascii_case(name))
}

/// The links of an element that is called breadcrumbs.
pub(super) fn crumbs(tree: &Tree<'_>, node: NodeId) -> Vec<Crumb> {
    let links = tree.below(node).filter(|id| tree.tag(*id) == Tag::A);
    let crumb = |link: NodeId| {
        let name = tree.short_text(link, 4 * CHARS_MAX).filter(|name| !name.is_empty())?;
        Some(Crumb { name, address: tree.attribute(link, Attribute::Href).map(str::to_owned) })
    };
    links.filter_map(crumb).collect()
}

#[cfg(test)]
mod tests {
    use super::{Crumb, Places, section};
    use crate::html::jsonld::Described;
    use std::collections::BTreeMap;

    #[test]
    fn the_first_place_that_names_a_section_gives_it() {
        let check = |described: &str, meta: &str, crumbs: &[[&str; 2]], expected: &str| {
            let described =
                Described { section: Some(described.to_owned()), ..Described::default() };
            let meta = BTreeMap::from([("article:section".to_owned(), meta.to_owned())]);
            let crumb = |c: &[&str; 2]| Crumb { name: c[0].into(), address: Some(c[1].into()) };
            let crumbs: Vec<Crumb> = crumbs.iter().map(crumb).collect();
            let found = section(Places {
                described: &described,
                meta: &meta,
                crumbs: &crumbs,
                outlet: Some("Küstenbote"),
                title: Some("Fähre läuft auf Grund"),
            });
            assert_eq!(found.unwrap_or_default(), expected);
        };
        let crumbs = [
            ["Start", "https://kueste.example/de/"],
            ["Hafen & Meer", "https://kueste.example/hafen"],
            ["Fähre läuft auf Grund", "/hafen/faehre"],
        ];
        check("Суспільство", "Порт", &crumbs, "Суспільство");
        check("", "経済", &crumbs, "経済");
        check("Порт,Море, люди", "", &crumbs, "Порт");
        check("Meer, Menschen", "", &crumbs, "Meer, Menschen");
        check("küstenbote", "4711", &crumbs, "Hafen & Meer");
        check("https://kueste.example/hafen", "null", &crumbs[..1], "");
        check("Alles, was in dieser Woche an der Küste geschehen ist", "", &crumbs[2..], "");
    }
}
