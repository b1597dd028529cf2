//! What a page says of itself: JSON-LD, microdata, meta elements, and failing those, its look.
//!
//! Pages say the same thing in several places and not always alike. Each field has a list of
//! places in order of trust, the first that gives something usable wins: JSON-LD of the article,
//! then meta elements, then microdata, then what is seen on the page, then the address.

use super::jsonld::{self, Described};
use super::tree::{NodeId, ROOT, Step, Tree};
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
pub(crate) fn read(tree: &Tree, address: Option<&str>) -> About {
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

impl Seen {
    fn read(tree: &Tree) -> Seen {
        let mut seen = Seen::default();
        for step in tree.walk(ROOT) {
            if let Step::Enter(node) = step
                && !tree.name(node).is_empty()
            {
                seen.add(tree, node);
            }
        }
        seen
    }

    fn add(&mut self, tree: &Tree, node: NodeId) {
        let attribute = |name| tree.attribute(node, name);
        match tree.name(node) {
            "html" => {
                self.html_lang = attribute("lang").or(attribute("xml:lang")).map(str::to_owned)
            }
            "meta" => self.add_meta(tree, node),
            "title" if self.title.is_none() => self.title = Some(squash(&tree.text_below(node))),
            "h1" if self.headings.len() < 8 => self.headings.push(squash(&tree.text_below(node))),
            "link" if attribute("rel") == Some("canonical") => {
                self.canonical = attribute("href").map(str::to_owned);
            }
            "script" if attribute("type").is_some_and(|t| t.contains("ld+json")) => {
                self.scripts.push(tree.text_below(node));
            }
            "time" if self.times.len() < 8 => {
                self.times.extend(attribute("datetime").map(str::to_owned))
            }
            _ => {}
        }
        self.add_microdata(tree, node);
    }

    fn add_meta(&mut self, tree: &Tree, node: NodeId) {
        let Some(content) = tree.attribute(node, "content").map(squash).filter(|c| !c.is_empty())
        else {
            return;
        };
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = tree.attribute(node, key) {
                self.meta.entry(name.to_ascii_lowercase()).or_insert_with(|| content.clone());
            }
        }
    }

    fn add_microdata(&mut self, tree: &Tree, node: NodeId) {
        const BYLINES: usize = 6;
        let value = || {
            let given =
                ["content", "datetime", "title"].iter().find_map(|a| tree.attribute(node, a));
            given.map_or_else(|| squash(&tree.text_below(node)), squash)
        };
        let property = tree.attribute(node, "itemprop").unwrap_or("");
        match property {
            "datePublished" if self.published.is_none() => self.published = Some(value()),
            "dateModified" if self.updated.is_none() => self.updated = Some(value()),
            "author" if self.authors.len() < BYLINES => {
                self.authors.push(
                    named_inside(tree, node).unwrap_or_else(|| squash(&tree.text_below(node))),
                );
            }
            _ => {}
        }
        if tree.attribute(node, "rel").is_some_and(|r| r.split_whitespace().any(|r| r == "author"))
            && self.authors.len() < BYLINES
            && tree.name(node) == "a"
        {
            self.authors.push(squash(&tree.text_below(node)));
        }
        let class = tree.attribute(node, "class").unwrap_or("");
        let is_byline = class.split_whitespace().any(|c| {
            let c = c.to_ascii_lowercase();
            matches!(
                c.as_str(),
                "byline"
                    | "author"
                    | "author-name"
                    | "authorname"
                    | "article-author"
                    | "post-author"
                    | "byline-name"
                    | "byline__name"
                    | "autor"
                    | "auteur"
                    | "entry-author"
                    | "author__name"
                    | "article__author"
                    | "c-byline__author"
            )
        });
        if is_byline && self.bylines.len() < BYLINES {
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
fn named_inside(tree: &Tree, node: NodeId) -> Option<String> {
    tree.walk(node).find_map(|step| match step {
        Step::Enter(inner) if tree.attribute(inner, "itemprop") == Some("name") => {
            let content = tree.attribute(inner, "content").map(squash);
            Some(content.unwrap_or_else(|| squash(&tree.text_below(inner))))
        }
        _ => None,
    })
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
