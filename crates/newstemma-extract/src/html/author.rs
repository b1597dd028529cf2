//! Who wrote it: the places where a page names its authors, and what of them are names.
//!
//! Problem: beside names, bylines hold words ("By", "Text:"), roles, dates, handles of editorial
//! systems, the outlet's own name and buttons to follow somebody. Idea: places are asked in order
//! of trust, each piece of a byline must look like the name of a person, the less so the more the
//! place is trusted, and the first place that names a person wins. The outlet and its newsrooms
//! are authors only where no person is named.

use super::naming::Named;
use super::shingle::folded_letters;
use super::surroundings::Surroundings;
use super::tag::{Attribute, Tag};
use super::tree::{NodeId, Tree};
use crate::agency::named_in;
use crate::html::metadata::squash;
use crate::phrase::{Kind, phrases, tokens};
use newstemma_language::Script;

/// Names that are kept of one kind of place.
const NAMES_MAX: usize = 6;

/// Nodes between two links to authors of one article.
const LINKS_APART_MAX: NodeId = 40;

/// Longest text of an element that is a byline, in characters; and in bytes, which are counted
/// first.
const BYLINE_CHARS_MAX: usize = 80;
const BYLINE_BYTES_MAX: usize = 4 * BYLINE_CHARS_MAX;

/// Words of addresses below which the pages of authors lie.
const AUTHOR_PATHS: [&str; 16] = [
    "author",
    "authors",
    "autor",
    "autores",
    "autoren",
    "auteur",
    "auteurs",
    "autore",
    "autori",
    "byline",
    "contributor",
    "contributors",
    "journalist",
    "person",
    "profile",
    "profiles",
];

/// The places of a page that name authors, as they are written there.
#[derive(Debug, Default)]
pub(crate) struct SeenAuthors {
    /// `itemprop=author`, `rel=author`.
    pub(crate) marked: Vec<String>,
    /// Links to pages of authors, those of the first place.
    pub(crate) linked: Vec<String>,
    /// Elements of which the class speaks of an author.
    pub(crate) classed: Vec<String>,
    /// The link that was kept last.
    last_link: Option<NodeId>,
}

impl SeenAuthors {
    /// Looks at an element; `named` is what its names say.
    pub(crate) fn add(&mut self, tree: &Tree<'_>, node: NodeId, named: Named) {
        let attribute = |name| tree.attribute(node, name).unwrap_or("");
        if self.marked.len() < NAMES_MAX {
            if attribute(Attribute::ItemProp) == "author" {
                self.marked.push(name_inside(tree, node));
            }
            let is_author = |relation| relation == "author";
            if tree.tag(node) == Tag::A
                && attribute(Attribute::Rel).split_whitespace().any(is_author)
            {
                self.marked.push(squash(&tree.text_below(node)));
            }
        }
        let near = || self.last_link.is_none_or(|last| node - last <= LINKS_APART_MAX);
        if tree.tag(node) == Tag::A
            && self.linked.len() < NAMES_MAX
            && near()
            && is_of_author(attribute(Attribute::Href))
            && let Some(text) = tree.short_text(node, BYLINE_BYTES_MAX)
            && looks_like_person(&text)
        {
            self.linked.push(text);
            self.last_link = Some(node);
        }
        // The pieces of a byline have classes too: the whole one comes first and is enough.
        if named.byline
            && self.classed.len() < NAMES_MAX
            && let Some(text) = tree.short_text(node, BYLINE_BYTES_MAX)
            && !self.classed.iter().any(|byline| byline.contains(&text))
            && text.chars().count() <= BYLINE_CHARS_MAX
            && looks_like_person(&text)
        {
            self.classed.push(text);
        }
    }
}

/// The `itemprop=name` inside an element, or all its text.
fn name_inside(tree: &Tree<'_>, node: NodeId) -> String {
    let is_name = |id: &NodeId| tree.attribute(*id, Attribute::ItemProp) == Some("name");
    let inner = tree.below(node).find(is_name).unwrap_or(node);
    let content = tree.attribute(inner, Attribute::Content).map(squash);
    content.unwrap_or_else(|| squash(&tree.text_below(inner)))
}

/// Whether an address is that of an author: "/author/ida-voss", not "/authors".
fn is_of_author(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or("");
    let mut segments = path.trim_end_matches('/').split('/').rev().skip(1);
    segments.any(|segment| AUTHOR_PATHS.iter().any(|p| p.eq_ignore_ascii_case(segment)))
}

/// The outlet of a page, which is no author of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Outlet<'a> {
    pub(crate) name: Option<&'a str>,
    pub(crate) address: Option<&'a str>,
}

impl Outlet<'_> {
    fn is_called(self, name: &str) -> bool {
        let name = folded_letters(name);
        let host = self.address.and_then(|a| a.split("://").nth(1)?.split('/').next());
        let of_host = host.is_some_and(|h| name.len() >= 4 && folded_letters(h).contains(&name));
        of_host || self.name.is_some_and(|own| folded_letters(own) == name)
    }
}

/// The persons that bylines name, each once.
pub(crate) fn persons(bylines: &[String], outlet: Outlet<'_>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in bylines.iter().flat_map(|byline| names(byline)) {
        let known = found.iter().any(|n| folded_letters(n) == folded_letters(&name));
        if !known && !outlet.is_called(&name) {
            found.push(name);
        }
    }
    found
}

/// The newsroom that a page names as its author.
pub(crate) fn body<'a>(mut named: impl Iterator<Item = &'a String>) -> Vec<String> {
    let fits = |name: &&String| {
        let name = name.trim();
        (2..=60).contains(&name.chars().count())
            && !name.contains("://")
            && name.contains(char::is_alphabetic)
            && !(is_handle(name) && name.contains(is_joint))
    };
    named.find(fits).map(|name| name.trim().to_owned()).into_iter().collect()
}

/// The persons named in a line around the article that begins like a byline: "Von Ida Voss".
pub(crate) fn in_byline(around: &Surroundings<'_>) -> Vec<String> {
    let persons = |line: &&str| {
        let (rest, led) = without_lead(line);
        let short = line.chars().count() <= BYLINE_CHARS_MAX;
        if led && short && looks_like_person(rest) { names(rest) } else { Vec::new() }
    };
    around.head.iter().map(persons).find(|names| !names.is_empty()).unwrap_or_default()
}

/// The names in a byline, without what can't be one.
fn names(byline: &str) -> Vec<String> {
    let (rest, _) = without_lead(byline.trim());
    let parts = rest.split([',', ';', '|', '/', '、', '\n', '•', '·']);
    let parts = parts
        .flat_map(|p| p.split(" and "))
        .flat_map(|p| p.split(" und "))
        .flat_map(|p| p.split(" et "));
    let bare =
        |p: &str| p.trim_matches(|c: char| c.is_whitespace() || "()[]（）".contains(c)).to_owned();
    parts.map(bare).filter(|p| is_name(p)).collect()
}

/// A byline without the word of credits that it begins with, and whether it did.
fn without_lead(byline: &str) -> (&str, bool) {
    let tokens = tokens(byline);
    let hits = phrases(&tokens);
    let leads = hits.iter().filter(|h| h.first == 0 && h.kind == Kind::Credit);
    let Some(last) = leads.map(|h| h.last).max() else { return (byline, false) };
    let rest = byline[tokens[last - 1].range.end..].trim_start();
    let name = rest.trim_start_matches([':', '：']).trim_start();
    // "De Luca" is a name; "Von Ida Voss" and "Text: Ida" are not.
    let led = rest.len() > name.len() || tokens.len() > last + 1;
    if led && name.len() < byline.len() { (name, true) } else { (byline, false) }
}

fn is_name(name: &str) -> bool {
    let words = name.split_whitespace().count();
    (1..=6).contains(&words)
        && (2..=60).contains(&name.chars().count())
        && !name.contains(|c: char| c.is_ascii_digit() || "@:<>{}=?!#_".contains(c))
        && !name.contains("www.")
        && name.chars().next().is_some_and(char::is_alphabetic)
        && !is_handle(name)
}

/// "ida.voss", "admin": what somebody logs in with. Agencies and initials may be all in lower case.
fn is_handle(name: &str) -> bool {
    const INITIALS_MAX: usize = 4;
    let lower = name.bytes().all(|b| b.is_ascii_lowercase() || is_joint(char::from(b)));
    lower && (name.contains(is_joint) || name.len() > INITIALS_MAX) && named_in(name).is_empty()
}

/// What joins the parts of such a name.
fn is_joint(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | '_' | '-')
}

/// Whether a text from a place of little trust may begin with a person's name: two to four words
/// with capitals, or few characters of a script that has neither.
fn looks_like_person(text: &str) -> bool {
    if !may_name_person(text) {
        return false;
    }
    let (text, _) = without_lead(text);
    let first = text.split([',', ';', '|', '/', '、', '\n', '•', '·']).next().unwrap_or("").trim();
    let words: Vec<&str> = first.split_whitespace().collect();
    let begins =
        |w: &&&str| w.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    let capitals = words.iter().filter(begins).count();
    let dense =
        first.chars().all(|c| Script::of(c).is_unspaced() || Script::of(c) == Script::Hangul);
    let spaced = (2..=5).contains(&words.len()) && capitals >= 2 && capitals + 1 >= words.len();
    is_name(first) && (spaced || dense && (2..=8).contains(&first.chars().count()))
}

/// Whether a text has the capitals or the characters without which it names no person: to look
/// for words of credits in it takes long.
fn may_name_person(text: &str) -> bool {
    let dense = |c| Script::of(c).is_unspaced() || Script::of(c) == Script::Hangul;
    let begins =
        |w: &&str| w.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase());
    text.split_whitespace().filter(begins).nth(1).is_some() || text.chars().any(dense)
}

#[cfg(test)]
mod tests {
    use super::{Outlet, SeenAuthors, names, persons};
    use crate::html::naming::named;
    use crate::html::tree::{ROOT, Tree};

    #[test]
    fn bylines_are_freed_of_their_words() {
        let check = |byline: &str, expected: &[&str]| assert_eq!(names(byline), expected);
        check("By Ida Voss and Tarn Hale", &["Ida Voss", "Tarn Hale"]);
        check("Von Ida Voss, 3. November 2021", &["Ida Voss"]);
        check("Par Élodie Roux | Le Phare", &["Élodie Roux", "Le Phare"]);
        check("Автор: Олена Коваль", &["Олена Коваль"]);
        check("De Luca", &["De Luca"]);
        check("ida.voss", &[]);
        check("@idavoss", &[]);
        check("10:32", &[]);
        check("(责编：王五、李四)", &["王五", "李四"]);
    }

    #[test]
    fn an_outlet_is_no_person() {
        let outlet = Outlet {
            name: Some("Der Küstenbote"),
            address: Some("https://www.harbourpost.example/a"),
        };
        let bylines = ["Der Küstenbote", "Harbour Post", "Ida Voss"].map(str::to_owned);
        assert_eq!(persons(&bylines, outlet), ["Ida Voss"]);
    }

    #[test]
    fn links_and_classes_name_authors() {
        let page = "<a href=/authors>Our Authors</a><a href=/author/ida-voss>Ida Voss</a>, \
                    <a href=/author/tarn>Tarn Hale</a><div class='_authorName_x1'>By Ana Pires</div>\
                    <div class=author-bio>Ana Pires writes about ferries.</div>";
        let tree = Tree::parse(page);
        let mut seen = SeenAuthors::default();
        let named = named(&tree, &vec![0.0; tree.len()]);
        tree.below(ROOT).for_each(|node| seen.add(&tree, node, named[node as usize]));
        assert_eq!(seen.linked, ["Ida Voss", "Tarn Hale"]);
        assert_eq!(seen.classed, ["By Ana Pires"]);
    }
}
