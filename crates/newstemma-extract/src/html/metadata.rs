//! What a page says of itself: JSON-LD, microdata, meta elements, and failing those, its look.
//!
//! Pages say the same thing in several places and not always alike. Each field has a list of
//! places in order of trust, the first that gives something usable wins: JSON-LD of the article,
//! then meta elements, then microdata, then what is seen on the page, then the address.

use super::jsonld::{self, Described};
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
pub(crate) fn read(tree: &Tree<'_>, address: Option<&str>) -> About {
    let seen = Seen::read(tree);
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
        authors: authors(&seen, &described, outlet.as_deref()),
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
    /// Names in `itemprop=author`, `rel=author`, then in what is called a byline.
    authors: Vec<String>,
    bylines: Vec<String>,
}

/// Classes of elements that hold a byline.
const BYLINE_CLASSES: [&str; 14] = [
    "byline",
    "author",
    "author-name",
    "authorname",
    "article-author",
    "post-author",
    "byline-name",
    "byline__name",
    "autor",
    "auteur",
    "entry-author",
    "author__name",
    "article__author",
    "c-byline__author",
];

/// Names in bylines that are kept.
const BYLINES_MAX: usize = 6;

impl Seen {
    fn read(tree: &Tree<'_>) -> Seen {
        let mut seen = Seen::default();
        for node in tree.below(ROOT) {
            seen.add(tree, node);
        }
        seen
    }

    fn add(&mut self, tree: &Tree<'_>, node: NodeId) {
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
        for (attribute, value) in tree.attributes(node) {
            match attribute {
                Attribute::ItemProp => self.add_property(tree, node, value),
                Attribute::Rel => self.add_relation(tree, node, value),
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
            "datePublished" if self.published.is_none() => self.published = Some(value()),
            "dateModified" if self.updated.is_none() => self.updated = Some(value()),
            "author" if self.authors.len() < BYLINES_MAX => {
                let named = named_inside(tree, node);
                self.authors.push(named.unwrap_or_else(|| squash(&tree.text_below(node))));
            }
            _ => {}
        }
    }

    fn add_relation(&mut self, tree: &Tree<'_>, node: NodeId, relation: &str) {
        let is_author = relation.split_whitespace().any(|r| r == "author");
        if is_author && tree.tag(node) == Tag::A && self.authors.len() < BYLINES_MAX {
            self.authors.push(squash(&tree.text_below(node)));
        }
    }

    fn add_class(&mut self, tree: &Tree<'_>, node: NodeId, class: &str) {
        let is_byline = |c: &str| BYLINE_CLASSES.iter().any(|known| known.eq_ignore_ascii_case(c));
        if self.bylines.len() < BYLINES_MAX && class.split_whitespace().any(is_byline) {
            let text = squash(&tree.text_below(node));
            if text.chars().count() <= 80 {
                self.bylines.push(text);
            }
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

/// The `itemprop=name` inside an element.
fn named_inside(tree: &Tree<'_>, node: NodeId) -> Option<String> {
    let is_name = |id: &NodeId| tree.attribute(*id, Attribute::ItemProp) == Some("name");
    let inner = tree.below(node).find(is_name)?;
    let content = tree.attribute(inner, Attribute::Content).map(squash);
    Some(content.unwrap_or_else(|| squash(&tree.text_below(inner))))
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
    places.extend(seen.times.iter().cloned().map(Some));
    places.push(described.updated.clone());
    first_date(places).or_else(|| address.and_then(date_in_address))
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

fn authors(seen: &Seen, described: &Described, outlet: Option<&str>) -> Vec<String> {
    let meta: Vec<String> =
        AUTHORS.iter().filter_map(|n| seen.meta.get(*n).cloned()).take(1).collect();
    for places in [&described.authors, &meta, &seen.authors, &seen.bylines] {
        let mut names: Vec<String> = Vec::new();
        for name in places.iter().flat_map(|p| split_names(p)) {
            let same_as_outlet = outlet.is_some_and(|o| letters(o) == letters(&name));
            if !same_as_outlet && !names.iter().any(|n| letters(n) == letters(&name)) {
                names.push(name);
            }
        }
        if !names.is_empty() {
            return names;
        }
    }
    // No person is named: then the newsroom that the page names as its author.
    let bodies = described.authors.iter().chain(&meta).map(|n| n.trim());
    let bodies = bodies.filter(|n| !n.contains("://") && (2..=60).contains(&n.chars().count()));
    bodies.take(1).map(str::to_owned).collect()
}

/// Words before a name in a byline.
const BY: [&str; 18] = [
    "by ",
    "von ",
    "par ",
    "por ",
    "di ",
    "door ",
    "av ",
    "af ",
    "autor: ",
    "autor:",
    "author: ",
    "автор: ",
    "автор:",
    "text: ",
    "written by ",
    "posted by ",
    "propos recueillis par ",
    "de ",
];

/// The names in a byline, without what can't be one.
fn split_names(byline: &str) -> Vec<String> {
    let mut rest = byline.trim();
    for by in BY {
        if let Some(head) = rest.get(..by.len())
            && head.to_lowercase() == by
        {
            rest = rest[by.len()..].trim();
            break;
        }
    }
    let parts = rest.split([',', ';', '|', '/', '、', '\n', '•', '·']);
    let parts = parts
        .flat_map(|p| p.split(" and "))
        .flat_map(|p| p.split(" und "))
        .flat_map(|p| p.split(" et "));
    parts.map(str::trim).filter(|p| is_name(p)).map(str::to_owned).collect()
}

fn is_name(name: &str) -> bool {
    let words = name.split_whitespace().count();
    (1..=6).contains(&words)
        && (2..=60).contains(&name.chars().count())
        && !name.contains(|c: char| c.is_ascii_digit() || "@:<>{}=?!#".contains(c))
        && !name.contains("www.")
        && name.chars().next().is_some_and(|c| c.is_alphabetic())
}

/// White space squashed and trimmed.
fn squash(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
