//! What the names that a site gives its elements say: class, id, component.
//!
//! Problem: some hundred words mean "not the article" (or "the article", or "a caption") wherever
//! they stand in a name, in every element of a page. Idea: all words are searched for at once, by
//! an Aho-Corasick automaton; what a class says is remembered, for a page repeats its classes.
//! Cost: one step a byte of each name that is new in the page.

mod words;

use super::tag::{Attribute, Tag};
use super::tree::{NodeId, Tree};
use crate::hash::FastMap;
use newstemma_model::InsertKind;
use words::{Place, SILENT, words};

/// What the names of an element say of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    /// It is called like furniture of the site.
    pub(crate) furniture_name: bool,
    /// It is part of that furniture: called so, and without most of the text.
    pub(crate) furniture: bool,
    /// It is so however much text there is in it: comments often outweigh an article, and notices
    /// of consent a short one.
    pub(crate) lasting: bool,
    /// It is the body of an article.
    pub(crate) article: bool,
    /// It is a caption.
    pub(crate) caption: bool,
    /// It names who wrote something.
    pub(crate) byline: bool,
    /// It says when.
    pub(crate) date: bool,
    /// It is what stands between a headline and its article.
    pub(crate) lead: bool,
    /// It is the way to the page through its site.
    pub(crate) crumbs: bool,
    /// It asks for money or for an account.
    pub(crate) offer: bool,
    /// It is of a live blog.
    pub(crate) live: bool,
    /// It is such an insert; an `aside` is a box, unless it is called like furniture.
    pub(crate) insert: Option<InsertKind>,
}

impl Named {
    const NOTHING: Named = Named {
        furniture_name: false,
        furniture: false,
        lasting: false,
        article: false,
        caption: false,
        byline: false,
        date: false,
        lead: false,
        crumbs: false,
        offer: false,
        live: false,
        insert: None,
    };

    fn or(self, other: Named) -> Named {
        Named {
            furniture_name: self.furniture_name || other.furniture_name,
            furniture: self.furniture || other.furniture,
            lasting: self.lasting || other.lasting,
            article: self.article || other.article,
            caption: self.caption || other.caption,
            byline: self.byline || other.byline,
            date: self.date || other.date,
            lead: self.lead || other.lead,
            crumbs: self.crumbs || other.crumbs,
            offer: self.offer || other.offer,
            live: self.live || other.live,
            insert: self.insert.or(other.insert),
        }
    }
}

/// What the names of each node of a page say. `share` is each node's share of the running text of
/// the page.
pub(crate) fn named(tree: &Tree<'_>, share: &[f32]) -> Vec<Named> {
    let mut names = Names::default();
    let nodes = 0..tree.len() as NodeId;
    let mut named: Vec<Named> = nodes.map(|node| of_node(tree, node, &mut names)).collect();
    let furniture = furniture(tree, &named, share, &mut names);
    for (named, furniture) in named.iter_mut().zip(furniture) {
        named.furniture = furniture;
    }
    named
}

fn of_node<'t>(tree: &'t Tree<'_>, node: NodeId, names: &mut Names<'t>) -> Named {
    let mut named = Named::NOTHING;
    let tag = tree.tag(node);
    for (attribute, value) in tree.attributes(node) {
        if is_name(attribute) && !is_anchor(tag, attribute, value) {
            named = named.or(names.of_attribute(attribute, value));
        }
    }
    let whole = matches!(tag, Tag::Body | Tag::Html | Tag::Article | Tag::Main);
    if whole {
        // "cookies-not-set" is said of the page, not by its name.
        (named.insert, named.lasting) = (None, false);
    } else if tag == Tag::Aside && !named.furniture_name {
        named.insert = named.insert.or(Some(InsertKind::Box));
    }
    named.furniture_name = (named.furniture_name && !whole && !named.article) || tag == Tag::Aside;
    named.caption = (named.caption && !whole) || tag == Tag::Figcaption;
    named
}

/// Attributes by which sites name their elements.
fn is_name(attribute: Attribute) -> bool {
    use Attribute::*;
    matches!(attribute, Class | Id | Component | TestId)
}

/// Words of an id from which on it is a sentence.
const ANCHOR_WORDS: usize = 6;

/// Whether an id was made of the words of a heading, for links to lead there: it names no part of
/// the page, whatever the heading is about.
fn is_anchor(tag: Tag, attribute: Attribute, value: &str) -> bool {
    let words = || value.split(['-', '_']).filter(|word| !word.is_empty()).count();
    attribute == Attribute::Id && (tag.is_heading() || words() >= ANCHOR_WORDS)
}

/// What the names of one page say, each looked at once.
#[derive(Default)]
struct Names<'t> {
    /// By single names; those of classes apart, for fewer of them say anything.
    single: FastMap<(bool, &'t str), Named>,
    /// By all names of a class together.
    classes: FastMap<&'t str, Named>,
}

impl<'t> Names<'t> {
    fn of_attribute(&mut self, attribute: Attribute, value: &'t str) -> Named {
        if attribute != Attribute::Class {
            return *self.single.entry((false, value)).or_insert_with(|| of_name(value).0);
        }
        if let Some(named) = self.classes.get(value) {
            return *named;
        }
        let single = value.split_ascii_whitespace().map(|name| self.of_class_name(name));
        let named = single.fold(Named::NOTHING, Named::or);
        self.classes.insert(value, named);
        named
    }

    fn of_class_name(&mut self, name: &'t str) -> Named {
        let told = || match of_name(name) {
            (_, Telling::Silent) => Named::NOTHING,
            (named, Telling::Told) => named,
        };
        *self.single.entry((true, name)).or_insert_with(told)
    }

    /// The names of a node that are furniture's.
    fn of_furniture(&mut self, tree: &'t Tree<'_>, node: NodeId) -> Vec<&'t str> {
        let mut found = Vec::new();
        for (attribute, value) in tree.attributes(node).filter(|(own, _)| is_name(*own)) {
            let anchor = is_anchor(tree.tag(node), attribute, value);
            if anchor || !self.of_attribute(attribute, value).furniture_name {
                continue;
            }
            if attribute == Attribute::Class {
                let names = value.split_ascii_whitespace();
                found.extend(names.filter(|name| self.of_class_name(name).furniture_name));
            } else {
                found.push(value);
            }
        }
        found
    }
}

/// Share of a page's running text from which on an element is no furniture, whatever its name:
/// "content-with-sidebar" wraps the article and its sidebar.
const ARTICLE_SHARE: f32 = 0.4;

/// The same for `aside` elements, which are told by more than a name.
const ASIDE_SHARE: f32 = 0.9;

/// Share of that text in all elements of one name from which on the name says nothing: page
/// builders call every paragraph a "widget".
const COMMON_SHARE: f32 = 0.6;

/// Which nodes are furniture: named so, by a name that most of the running text does not bear.
fn furniture<'t>(
    tree: &'t Tree<'_>,
    named: &[Named],
    share: &[f32],
    names: &mut Names<'t>,
) -> Vec<bool> {
    // For each name its share, and the end of the element that was counted last: one inside it
    // does not count again.
    let mut shares: FastMap<&str, (f32, NodeId)> = FastMap::default();
    let called: Vec<(NodeId, Vec<&str>)> = (0..tree.len() as NodeId)
        .filter(|node| named[*node as usize].furniture_name)
        .map(|node| (node, names.of_furniture(tree, node)))
        .collect();
    for (node, names) in &called {
        for name in names {
            let (sum, end) = shares.entry(name).or_default();
            if node >= end {
                *sum += share[*node as usize];
                *end = tree.end(*node);
            }
        }
    }
    let is_rare = |name: &&str| shares.get(*name).is_some_and(|(share, _)| *share < COMMON_SHARE);
    let mut furniture = vec![false; tree.len()];
    for (node, names) in &called {
        let node = *node as usize;
        let aside = tree.tag(node as NodeId) == Tag::Aside;
        let small = share[node] < if aside { ASIDE_SHARE } else { ARTICLE_SHARE };
        let rare = || aside || names.iter().any(is_rare);
        furniture[node] = named[node].lasting || small && rare();
    }
    furniture
}

/// Whether a name of a class says what a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Telling {
    Told,
    /// Utility classes say how it looks, others what it has or lacks.
    Silent,
}

/// What a name says, and whether it does so among the names of a class.
fn of_name(name: &str) -> (Named, Telling) {
    const HAS_FIRST: [&str; 3] = ["has-", "with-", "no-"];
    let has = HAS_FIRST.iter().any(|begin| name.starts_with(begin));
    let mut telling = if has { Telling::Silent } else { Telling::Told };
    let mut named = Named::NOTHING;
    let Some(words) = words() else { return (named, telling) };
    for found in words.automaton.find_overlapping_iter(name) {
        let number = found.pattern().as_usize();
        let Some(rule) = words.rules.get(number) else {
            // The others are found in any case, these mean something in just this one.
            if SILENT.get(number - words.rules.len()) == Some(&&name[found.range()]) {
                telling = Telling::Silent;
            }
            continue;
        };
        let (starts, ends) = (found.start() == 0, found.end() == name.len());
        let inner = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
        let before = |at: usize| at.checked_sub(1).and_then(|at| name.as_bytes().get(at));
        let parts = |at: usize| !inner(before(at)) || !inner(name.as_bytes().get(at));
        let fits = match rule.place {
            Place::Anywhere => true,
            Place::Edge => starts || ends,
            Place::Word => parts(found.start()) && parts(found.end()),
            Place::Hump => {
                let humps = |at| parts(at) || is_hump(name.as_bytes(), at);
                humps(found.start()) && humps(found.end())
            }
        };
        if fits {
            named = named.or(rule.says);
        }
    }
    (named, telling)
}

/// Whether a word begins behind another at a place of a name: "imageCaption".
fn is_hump(name: &[u8], at: usize) -> bool {
    let around = at.checked_sub(1).and_then(|before| name.get(before).zip(name.get(at)));
    around.is_some_and(|(before, c)| before.is_ascii_lowercase() && c.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::{Named, named};
    use crate::html::tree::Tree;
    use newstemma_model::InsertKind;

    fn check(element: &str, expected: Named) {
        let tree = Tree::parse(element);
        let share = vec![0.0; tree.len()];
        assert_eq!(named(&tree, &share).get(1), Some(&expected), "{element}");
    }

    #[test]
    fn names_tell_furniture_articles_and_captions() {
        let furniture = Named { furniture_name: true, furniture: true, ..Named::NOTHING };
        let article = Named { article: true, ..Named::NOTHING };
        let caption = Named { caption: true, ..Named::NOTHING };
        check("<div class='x Related-Links'>", furniture);
        check("<div id=top-ad>", furniture);
        check("<div class=leader>", Named::NOTHING);
        check("<div class='print:hidden'>", Named::NOTHING);
        check("<aside>", Named { insert: Some(InsertKind::Box), ..furniture });
        check("<aside class=newsletter>", furniture);
        check("<div class='article-body with-sidebar'>", article);
        check("<div class='wp-caption-text'>", caption);
        check("<div class='InlineImage-imageEmbedCaption'>", caption);
        check("<div class='Captions'>", caption);
        check("<div class='uncaptioned'>", Named::NOTHING);
        check("<section id=comments>", Named { lasting: true, ..furniture });
        check("<section id=reader-comment>", Named { lasting: true, ..furniture });
        check("<section id=uncommented>", furniture);
        check("<p class=_authorName_x1>", Named { byline: true, ..Named::NOTHING });
        check("<p class=pubDate>", Named { date: true, ..Named::NOTHING });
        check("<article class=share>", Named::NOTHING);
        let insert = |kind| Named { insert: Some(kind), ..Named::NOTHING };
        check("<div class=c-pullquote__text>", insert(InsertKind::PullQuote));
        check("<blockquote class='twitter-tweet'>", insert(InsertKind::Embed));
        check("<body class=wp-embed-responsive>", Named::NOTHING);
        check("<body class='single cookies-not-set'>", Named::NOTHING);
        check("<div class=pay-wall>", Named { offer: true, ..Named::NOTHING });
    }
}
