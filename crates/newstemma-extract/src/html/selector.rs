//! Selectors of CSS, as far as JSON-LD names parts of a page by them: `.paywall`, `div#rest`,
//! `article .meteredContent, .premium.body`.
//!
//! Of a selector its last part is read, which stands for the element itself: its classes and its
//! id. What is around the element and the element's own name are not asked for, since the names of
//! classes are rare enough; pseudo-classes and attributes are passed over.

use super::tag::Attribute;
use super::tree::{NodeId, Tree};

/// Selectors that are read of one page; it names a few parts.
const SELECTORS_MAX: usize = 32;

/// Most names in a selector; with more, where one or two do, it stands for nothing here.
const NAMES_MAX: usize = 8;

/// The classes and the id that an element must have.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Selector {
    classes: Vec<String>,
    id: Option<String>,
}

impl Selector {
    /// Those of some lists that name a class or an id.
    pub(super) fn in_lists<S: AsRef<str>>(lists: &[S]) -> Vec<Selector> {
        let written = lists.iter().flat_map(|list| list.as_ref().split(','));
        written.filter_map(Selector::of).take(SELECTORS_MAX).collect()
    }

    fn of(written: &str) -> Option<Selector> {
        let last =
            written.trim().rsplit(|c: char| c.is_whitespace() || ">+~".contains(c)).next()?;
        let plain = last.split([':', '[']).next()?;
        let mut selector = Selector::default();
        if plain.matches(['.', '#']).nth(NAMES_MAX).is_some() {
            return None;
        }
        for (at, mark) in plain.match_indices(['.', '#']) {
            let name = plain[at + 1..].split(['.', '#']).next().filter(|name| !name.is_empty())?;
            match mark {
                "." => selector.classes.push(name.to_owned()),
                _ => selector.id = Some(name.to_owned()),
            }
        }
        (selector != Selector::default()).then_some(selector)
    }

    /// Whether it stands for an element.
    pub(super) fn fits(&self, tree: &Tree<'_>, node: NodeId) -> bool {
        let classes = tree.attribute(node, Attribute::Class).unwrap_or("");
        let has = |class: &String| classes.split_whitespace().any(|own| own == class);
        let id = tree.attribute(node, Attribute::Id);
        self.classes.iter().all(has) && self.id.as_deref().is_none_or(|own| id == Some(own))
    }
}

#[cfg(test)]
mod tests {
    use super::{NAMES_MAX, SELECTORS_MAX, Selector};
    use crate::html::tree::{NodeId, Tree};

    #[test]
    fn the_last_part_of_each_selector_stands_for_an_element() {
        let page =
            "<article><div id=rest class='body premium'></div><p class=paywall></p></article>";
        let tree = Tree::parse(page);
        let check = |written: &str, expected: &[bool]| {
            let selectors = Selector::in_lists(&[written]);
            let fits = |node: NodeId| selectors.iter().any(|own| own.fits(&tree, node));
            let found: Vec<bool> = (1..tree.len() as NodeId).map(fits).collect();
            assert_eq!(found, expected, "{written}");
        };
        check(".paywall", &[false, false, true]);
        check("p.paywall", &[false, false, true]);
        check(".premium.body , .none", &[false, true, false]);
        check("article > div#rest:not(.x), main .paywall", &[false, true, true]);
        check("#rest.paywall", &[false; 3]);
        for nothing in ["", ",", "article", "..", "#", "> p", "[data-x]"] {
            check(nothing, &[false; 3]);
        }
    }

    #[test]
    fn lists_made_to_hurt_are_cut() {
        let many = ".a, ".repeat(SELECTORS_MAX);
        assert_eq!(Selector::in_lists(&[&*many, ".b"]), Selector::in_lists(&[&*many]));
        let count = |names| Selector::in_lists(&[".a".repeat(names)]).len();
        assert_eq!((count(NAMES_MAX), count(NAMES_MAX + 1)), (1, 0));
    }
}
