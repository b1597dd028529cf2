//! What a page says of itself: JSON-LD, microdata, meta elements, and failing those, its look.
//!
//! Pages say the same thing in several places and not always alike. Each field has a list of
//! places in order of trust, the first that gives something usable wins: JSON-LD of the article,
//! then meta elements, then microdata, then what is seen on the page, then the address.

use super::author::{self, Outlet, SeenAuthors};
use super::dated::{self, Stated};
use super::jsonld::{self, Described, Update};
use super::naming::Named;
use super::section::{self, Crumb};
use super::selector::Selector;
use super::shingle::folded_letters;
use super::tag::{Attribute, Tag};
use super::tree::{NodeId, ROOT, Tree};
use crate::access::Declared;
use newstemma_model::Language;
use std::collections::BTreeMap;

/// What a page says of itself; as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct About {
    pub(crate) title: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) stated: Stated,
    /// The days of elements for times, of whatever on the page but its comments.
    pub(crate) times: Vec<String>,
    /// Short texts of elements that are named after dates.
    pub(crate) dates: Vec<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) language: Option<Language>,
    /// The text of the article, where the page repeats it in its metadata.
    pub(crate) body: Option<String>,
    /// What the page says of the article in a sentence or two, in several places.
    pub(crate) descriptions: Vec<String>,
    pub(crate) section: Option<String>,
    /// Who may read it, as declared.
    pub(crate) declared: Declared,
    /// The classes of the parts of its text that are not free.
    pub(crate) closed_parts: Vec<Selector>,
    /// Whether JSON-LD says that it is a live blog.
    pub(crate) is_live: bool,
    /// The entries of a live blog, as listed.
    pub(crate) updates: Vec<Update>,
}

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

/// Meta elements that describe the article.
const DESCRIPTIONS: [&str; 3] = ["og:description", "description", "twitter:description"];

/// Meta elements that say which tier of content a page is of, and what they say of free and of
/// closed ones. Metered ones are free up to a number, and told apart from neither.
const TIERS: [&str; 5] = [
    "article:content_tier",
    "article:content-tier",
    "og:article:content_tier",
    "article.access",
    "content_tier",
];
const FREE_TIERS: [&str; 2] = ["free", "public"];
const CLOSED_TIERS: [&str; 6] =
    ["locked", "paid", "premium", "subscriber", "subscribers", "subscription"];

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
    let title = title(&seen, &described, outlet.as_deref());
    let section = section::section(section::Places {
        described: &described,
        meta: &seen.meta,
        crumbs: &seen.crumbs,
        outlet: outlet.as_deref(),
        title: title.as_deref(),
    });
    let descriptions = DESCRIPTIONS.iter().filter_map(|name| seen.meta.get(*name).cloned());
    let declared = Declared {
        described_free: described.is_free,
        tier_free: tier(&seen),
        words: described.words,
        ..Declared::default()
    };
    About {
        declared,
        descriptions: described.description.iter().cloned().chain(descriptions).collect(),
        section,
        title,
        authors: authors(&seen, &described, outlet.as_deref(), address.as_deref()),
        stated: stated(&seen, &described, address.as_deref()),
        outlet,
        url,
        language: seen.language(),
        body: described.body,
        closed_parts: described.closed_parts,
        is_live: described.is_live,
        updates: described.updates,
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
    /// The first breadcrumbs.
    crumbs: Vec<Crumb>,
    /// The first node behind the comments that are being read.
    comments_end: NodeId,
}

/// Texts of elements named after dates that are kept, and their length in characters.
const DATES_MAX: usize = 4;
const DATE_CHARS_MAX: usize = 60;

/// Classes by which microformats mark the day of publication, and that of the last change.
const PUBLISHED_CLASSES: [&str; 3] = ["published", "dt-published", "entry-date"];
const UPDATED_CLASSES: [&str; 2] = ["updated", "dt-updated"];

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
        if named.lasting {
            self.comments_end = self.comments_end.max(tree.end(node));
        }
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
            Tag::Time if self.times.len() < 8 && node >= self.comments_end => {
                self.times.extend(attribute(Attribute::DateTime).map(str::to_owned));
            }
            _ => {}
        }
        self.authors.add(tree, node, named);
        if named.crumbs && self.crumbs.is_empty() {
            self.crumbs = section::crumbs(tree, node);
        }
        if named.date && self.dates.len() < DATES_MAX {
            self.add_date(tree, node);
        }
        for (attribute, value) in tree.attributes(node) {
            match attribute {
                Attribute::ItemProp => self.add_property(tree, node, value),
                // All of these classes have a word for dates in them.
                Attribute::Class if named.date => self.add_class(tree, node, value),
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
            "dateModified" | "dateUpdate" if self.updated.is_none() => self.updated = Some(value()),
            _ => {}
        }
    }

    fn add_class(&mut self, tree: &Tree<'_>, node: NodeId, class: &str) {
        let is_of = |names: &[&str]| {
            class.split_whitespace().any(|c| names.iter().any(|n| n.eq_ignore_ascii_case(c)))
        };
        let slot = match () {
            () if self.published.is_none() && is_of(&PUBLISHED_CLASSES) => &mut self.published,
            () if self.updated.is_none() && is_of(&UPDATED_CLASSES) => &mut self.updated,
            () => return,
        };
        let places = [Attribute::DateTime, Attribute::Content, Attribute::Title];
        let given = places.into_iter().find_map(|a| tree.attribute(node, a));
        *slot = given.map(squash);
    }

    fn add_date(&mut self, tree: &Tree<'_>, node: NodeId) {
        let text = tree.short_text(node, 4 * DATE_CHARS_MAX);
        self.dates.extend(text.filter(|t| (6..=DATE_CHARS_MAX).contains(&t.chars().count())));
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
        let heading = folded_letters(h);
        heading.len() >= 8
            && bare.iter().any(|t| {
                let title = folded_letters(t);
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

fn tier(seen: &Seen) -> Option<bool> {
    let tier = seen.meta_of(&TIERS)?.to_ascii_lowercase();
    let is_of = |tiers: &[&str]| tiers.contains(&tier.as_str());
    is_of(&FREE_TIERS).then_some(true).or(is_of(&CLOSED_TIERS).then_some(false))
}

fn stated(seen: &Seen, described: &Described, address: Option<&str>) -> Stated {
    Stated::of(dated::Places {
        meta: &seen.meta,
        described: described.published.as_deref(),
        described_updated: described.updated.as_deref(),
        marked: seen.published.as_deref(),
        marked_updated: seen.updated.as_deref(),
        address,
    })
}

/// A title without the outlet's name at its end or beginning.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    const MARKS: [&str; 8] = [" | ", " - ", " – ", " — ", " · ", " :: ", " • ", "｜"];
    let mut title = title.trim();
    for mark in MARKS {
        let Some(at) = title.rfind(mark) else { continue };
        let (front, back) = (&title[..at], &title[at + mark.len()..]);
        let named = outlet.is_some_and(|o| {
            folded_letters(back).contains(&folded_letters(o))
                || folded_letters(o).contains(&folded_letters(back))
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
    let mut squashed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !squashed.is_empty() {
            squashed.push(' ');
        }
        squashed.push_str(word);
    }
    squashed
}
