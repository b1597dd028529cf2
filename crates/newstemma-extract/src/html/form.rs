//! How a block is written: element and class, its own and of what is around it.
//!
//! Problem: a site writes its paragraphs alike, so that forms are counted and compared all over a
//! page; but a class may be long, and stands around as many blocks as a page likes. Idea: classes
//! get numbers, in the order of the page, and forms are compared by these.
//! Cost: a node's class is hashed once, however many blocks it stands around.

use super::tag::{Attribute, Tag};
use super::tree::{NodeId, Tree};
use crate::hash::FastMap;

/// Element and class of a block's node and of the two above.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Form([Kind; 3]);

impl Form {
    /// That of the block's node alone.
    pub(crate) fn own(self) -> Kind {
        self.0[0]
    }

    /// Those of the block's node and of the one above.
    pub(crate) fn inner(self) -> [Kind; 2] {
        [self.0[0], self.0[1]]
    }

    /// Whether a class is part of it.
    pub(crate) fn has_class(self) -> bool {
        self.0.iter().any(|kind| kind.class != NO_CLASS)
    }
}

/// Element and class of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Kind {
    tag: Tag,
    class: u32,
}

/// Number of the class of nodes that have none.
const NO_CLASS: u32 = 0;

/// What is above the document.
impl Default for Kind {
    fn default() -> Kind {
        Kind { tag: Tag::Document, class: NO_CLASS }
    }
}

/// The forms of one page.
pub(crate) struct Forms<'t, 'a> {
    tree: &'t Tree<'a>,
    /// By node, as far as they were asked for.
    kinds: Vec<Option<Kind>>,
    /// The numbers of the classes.
    classes: FastMap<&'t str, u32>,
}

impl<'t, 'a> Forms<'t, 'a> {
    pub(crate) fn new(tree: &'t Tree<'a>) -> Forms<'t, 'a> {
        let classes = FastMap::from_iter([("", NO_CLASS)]);
        Forms { tree, kinds: vec![None; tree.len()], classes }
    }

    /// The form of a block that stands in a node.
    pub(crate) fn of(&mut self, node: NodeId) -> Form {
        let mut next = Some(node);
        Form(std::array::from_fn(|_| {
            let Some(node) = next else { return Kind::default() };
            next = self.tree.parent(node);
            self.kind(node)
        }))
    }

    fn kind(&mut self, node: NodeId) -> Kind {
        if let Some(kind) = self.kinds[node as usize] {
            return kind;
        }
        let class = self.tree.attribute(node, Attribute::Class).unwrap_or("").trim();
        let number = self.classes.len() as u32;
        let class = *self.classes.entry(class).or_insert(number);
        let kind = Kind { tag: self.tree.tag(node), class };
        self.kinds[node as usize] = Some(kind);
        kind
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, Forms};
    use crate::html::tag::Tag;
    use crate::html::tree::{NodeId, Tree};

    #[test]
    fn forms_are_alike_as_far_as_elements_and_classes_are() {
        let tree = Tree::parse(
            "<div class=k><section><p class=x>Порт</p></section><section><p class=' x '>港</p></section>\
             <section class=k><p class=x>Hafen</p></section></div><div><section><p>نوكا</p></section></div>",
        );
        let mut forms = Forms::new(&tree);
        let paragraphs = (0..tree.len() as NodeId).filter(|node| tree.tag(*node) == Tag::P);
        let found: Vec<Form> = paragraphs.map(|node| forms.of(node)).collect();
        let [first, second, third, bare] = found[..] else { panic!("{found:?}") };
        assert_eq!(first, second);
        assert_ne!(first, third);
        assert_eq!(first.own(), third.own());
        assert_ne!(first.inner(), third.inner());
        assert_ne!(first.own(), bare.own());
        assert!(first.has_class() && !bare.has_class());
        // The document stands in nothing.
        assert_eq!(forms.of(0), Form::default());
    }
}
