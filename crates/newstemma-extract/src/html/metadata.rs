//! What a page says of itself: JSON-LD, microdata, meta elements, and failing those, its look.
//!
//! Pages say the same thing in several places and not always alike. Each field has a list of
//! places in order of trust, the first that gives something usable wins: JSON-LD of the article,
//! then meta elements, then microdata, then what is seen on the page, then the address.

use super::author::{self, Outlet, SeenAuthors};
use super::jsonld::{self, Described};
use super::naming::Named;
use super::tag::{Attribute, Tag};
use super::tree::{NodeId, ROOT, Tree};
use crate::published::parse_published;
use newstemma_model::Language;
use std::collections::BTreeMap;

/// What a page says of itself; as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct About {
    pub(crate) title: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) published: Option<String>,
    pub(crate) updated: Option<String>,
    /// The days of elements for times, of whatever on the page.
    pub(crate) times: Vec<String>,
    /// Short texts of elements that are named after dates.
    pub(crate) dates: Vec<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) language: Option<Language>,
    /// The text of the article, where the page repeats it in its metadata.
    pub(crate) body: Option<String>,
}

/// Meta elements that date the publication, most trusted first.
const PUBLISHED: [&str; 22] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date-published",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "dc.date.created",
    "cxenseparse:recs:publishtime",
    "article.published",
    "originalpublicationdate",
    "article_date_original",
    "date",
];

/// Meta elements that date the last change.
const UPDATED: [&str; 7] = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "lastmod",
    "dcterms.modified",
    "dc.date.modified",
];

/// Meta elements that name authors.
const AUTHORS: [&str; 9] = [
    "author",
    "article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "cxenseparse:author",
    "byl",
];

/// Reads what a page says of itself. `address` is where it was found, if known.
pub(crate) fn read(tree: &Tree<'_>, named: &[Named], address: Option<&str>) -> About {
    let seen = Seen::read(tree, named);
    let described = jsonld::describe(&seen.scripts);
    let outlet = described.outlet.clone().or_else(|| {
        seen.meta_of(&["og:site_name", "application-name", "publisher", "dc.publisher"])
    });
    let url = seen
        .canonical
        .clone()
        .or_else(|| seen.meta_of(&["og:url"]))
        .filter(|u| u.starts_with("http"));
    let address = url.clone().or_else(|| address.map(str::to_owned));
    About {
        title: title(&seen, &described, outlet.as_deref()),
        authors: authors(&seen, &described, outlet.as_deref(), address.as_deref()),
        published: published(&seen, &described, address.as_deref()),
        updated: first_date([
            described.updated.clone(),
            seen.meta_of(&UPDATED),
            seen.updated.clone(),
        ]),
        outlet,
        url,
        language: seen.language(),
        body: described.body,
        times: seen.times,
        dates: seen.dates,
    }
}

/// The places of a page that say something of it.
#[derive(Debug, Default)]
struct Seen {
    meta: BTreeMap<String, String>,
    title: Option<String>,
    headings: Vec<String>,
    canonical: Option<String>,
    html_lang: Option<String>,
    scripts: Vec<String>,
    /// `itemprop=datePublished`, `dateModified`.
    published: Option<String>,
    updated: Option<String>,
    times: Vec<String>,
    /// Short texts of elements that are named after dates.
    dates: Vec<String>,
    authors: SeenAuthors,
}

/// Texts of elements named after dates that are kept, and their length in characters.
const DATES_MAX: usize = 4;
const DATE_CHARS_MAX: usize = 60;

/// Classes by which microformats mark the day of publication.
const DATE_CLASSES: [&str; 3] = ["published", "dt-published", "entry-date"];

impl Seen {
    fn read(tree: &Tree<'_>, named: &[Named]) -> Seen {
        let mut seen = Seen::default();
        for (node, named) in tree.below(ROOT).zip(named) {
            seen.add(tree, node, *named);
        }
        seen
    }

    fn add(&mut self, tree: &Tree<'_>, node: NodeId, named: Named) {
        let attribute = |name| tree.attribute(node, name);
        match tree.tag(node) {
            Tag::Text => return,
            Tag::Html => {
                let lang = attribute(Attribute::Lang).or(attribute(Attribute::XmlLang));
                self.html_lang = lang.map(str::to_owned);
            }
            Tag::Meta => self.add_meta(tree, node),
            Tag::Title if self.title.is_none() => self.title = Some(squash(&tree.text_below(node))),
            Tag::H1 if self.headings.len() < 8 => {
                self.headings.push(squash(&tree.text_below(node)));
            }
            Tag::Link if attribute(Attribute::Rel) == Some("canonical") => {
                self.canonical = attribute(Attribute::Href).map(str::to_owned);
            }
            Tag::Script if attribute(Attribute::Type).is_some_and(|t| t.contains("ld+json")) => {
                self.scripts.push(tree.text_below(node));
            }
            Tag::Time if self.times.len() < 8 => {
                self.times.extend(attribute(Attribute::DateTime).map(str::to_owned));
            }
            _ => {}
        }
        self.authors.add(tree, node, named);
        if named.date && self.dates.len() < DATES_MAX {
            self.add_date(tree, node);
        }
        for (attribute, value) in tree.attributes(node) {
            match attribute {
                Attribute::ItemProp => self.add_property(tree, node, value),
                Attribute::Class => self.add_class(tree, node, value),
                _ => {}
            }
        }
    }

    fn add_meta(&mut self, tree: &Tree<'_>, node: NodeId) {
        let content = tree.attribute(node, Attribute::Content).map(squash);
        let Some(content) = content.filter(|c| !c.is_empty()) else { return };
        let keys =
            [Attribute::Property, Attribute::Name, Attribute::ItemProp, Attribute::HttpEquiv];
        for name in keys.into_iter().filter_map(|key| tree.attribute(node, key)) {
            self.meta.entry(name.to_ascii_lowercase()).or_insert_with(|| content.clone());
        }
    }

    fn add_property(&mut self, tree: &Tree<'_>, node: NodeId, property: &str) {
        let value = || {
            let places = [Attribute::Content, Attribute::DateTime, Attribute::Title];
            let given = places.into_iter().find_map(|a| tree.attribute(node, a));
            given.map_or_else(|| squash(&tree.text_below(node)), squash)
        };
        match property {
            "datePublished" | "dateCreated" if self.published.is_none() => {
                self.published = Some(value())
            }
            "dateModified" if self.updated.is_none() => self.updated = Some(value()),
            _ => {}
        }
    }

    fn add_class(&mut self, tree: &Tree<'_>, node: NodeId, class: &str) {
        let is_date = |c: &str| DATE_CLASSES.iter().any(|known| known.eq_ignore_ascii_case(c));
        if self.published.is_none() && class.split_whitespace().any(is_date) {
            let places = [Attribute::DateTime, Attribute::Content, Attribute::Title];
            let given = places.into_iter().find_map(|a| tree.attribute(node, a));
            self.published = given.map(squash);
        }
    }

    fn add_date(&mut self, tree: &Tree<'_>, node: NodeId) {
        let text = squash(&tree.text_below(node));
        if (6..=DATE_CHARS_MAX).contains(&text.chars().count()) {
            self.dates.push(text);
        }
    }

    fn meta_of(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|n| self.meta.get(*n)).cloned()
    }

    fn language(&self) -> Option<Language> {
        let og = self.meta.get("og:locale").map(String::as_str);
        let http = self.meta.get("content-language").map(String::as_str);
        [self.html_lang.as_deref(), http, og].into_iter().flatten().find_map(Language::parse)
    }
}

fn title(seen: &Seen, described: &Described, outlet: Option<&str>) -> Option<String> {
    let whole = seen.title.clone().filter(|t| !t.is_empty());
    let shared = seen.meta_of(&["og:title", "twitter:title", "dc.title", "title"]);
    let named = described.headline.clone();
    let bare: Vec<String> = [named, shared, whole]
        .into_iter()
        .flatten()
        .map(|t| without_outlet(&t, outlet))
        .filter(|t| !t.is_empty())
        .collect();
    // The heading that readers see is best, if the page's other titles agree with it.
    let agrees = |h: &&String| {
        let heading = letters(h);
        heading.len() >= 8
            && bare.iter().any(|t| {
                let title = letters(t);
                title.contains(&heading) || heading.contains(&title) && title.len() >= 8
            })
    };
    let heading = seen.headings.iter().find(agrees);
    let single = || match seen.headings.as_slice() {
        [only] if bare.is_empty() && !only.is_empty() => Some(only.clone()),
        _ => None,
    };
    heading.cloned().or_else(|| bare.first().cloned()).or_else(single)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A title without the outlet's name at its end or beginning.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    const MARKS: [&str; 8] = [" | ", " - ", " – ", " — ", " · ", " :: ", " • ", "｜"];
    let mut title = title.trim();
    for mark in MARKS {
        let Some(at) = title.rfind(mark) else { continue };
        let (front, back) = (&title[..at], &title[at + mark.len()..]);
        let named = outlet.is_some_and(|o| {
            letters(back).contains(&letters(o)) || letters(o).contains(&letters(back))
        });
        let short = back.split_whitespace().count() <= 4
            && front.chars().count() > back.chars().count() * 2;
        let barred = mark.contains(['|', '｜', ':', '•', '·']);
        if named || short && (barred || front.split_whitespace().count() >= 4) {
            title = front.trim();
        }
    }
    title.to_owned()
}

fn published(seen: &Seen, described: &Described, address: Option<&str>) -> Option<String> {
    let mut places = vec![described.published.clone()];
    places.extend(PUBLISHED.iter().map(|name| seen.meta.get(*name).cloned()));
    places.push(seen.published.clone());
    let in_address = || address.and_then(date_in_address);
    match first_date(places) {
        // In Greenwich it may be another day than where the outlet is, which names its pages.
        Some(stated) => Some(in_address().filter(|a| is_next_day(&stated, a)).unwrap_or(stated)),
        None => in_address(),
    }
}

/// Whether a time given in UTC lies on a day next to that of the address.
fn is_next_day(stated: &str, in_address: &str) -> bool {
    let (Some(stated), Some(local)) = (parse_published(stated), parse_published(in_address)) else {
        return false;
    };
    let in_utc = stated.time.is_some_and(|time| time.offset_minutes == Some(0));
    in_utc && (stated.day == local.day.plus(1) || local.day == stated.day.plus(1))
}

fn first_date(places: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    places.into_iter().flatten().find(|d| parse_published(d).is_some())
}

/// "/2024/11/20/" or "2024-11-20" in an address.
fn date_in_address(address: &str) -> Option<String> {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let numbers: Vec<&str> = path.split(|c: char| !c.is_ascii_digit()).collect();
    numbers.windows(3).find_map(|w| {
        let fits =
            w[0].len() == 4 && (1..=2).contains(&w[1].len()) && (1..=2).contains(&w[2].len());
        let written = format!("{}-{:0>2}-{:0>2}", w[0], w[1], w[2]);
        (fits && parse_published(&written).is_some()).then_some(written)
    })
}

/// The authors, from the first place that names persons.
fn authors(
    seen: &Seen,
    described: &Described,
    outlet: Option<&str>,
    address: Option<&str>,
) -> Vec<String> {
    let meta: Vec<String> = seen.meta_of(&AUTHORS).into_iter().collect();
    let own = Outlet { name: outlet, address };
    let places = [
        &described.authors,
        &meta,
        &seen.authors.marked,
        &seen.authors.linked,
        &seen.authors.classed,
    ];
    let persons = places.into_iter().map(|place| author::persons(place, own));
    let bodies = || author::body(described.authors.iter().chain(&meta));
    persons.into_iter().find(|names| !names.is_empty()).unwrap_or_else(bodies)
}

/// White space squashed and trimmed.
pub(super) fn squash(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
