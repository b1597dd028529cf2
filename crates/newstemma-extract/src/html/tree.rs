//! The tree of a page, in the order of the page.
//!
//! Nodes lie in one array in the order in which they begin, so that what is below a node is a range
//! of the array and a walk is a count; nothing recurses, neither in building nor in walking nor in
//! dropping, so depth costs nothing. How tags become a tree is told in [`super::builder`].

use super::builder::build;
use super::entity::{Place, decode};
use super::tag::{Attribute, Tag};

/// Index of a node.
pub(crate) type NodeId = u32;

/// The document itself.
pub(crate) const ROOT: NodeId = 0;

/// A range of bytes: of the page, or of what was decoded from it.
#[derive(Clone, Copy, Debug)]
struct Written {
    start: u32,
    end: u32,
    decoded: bool,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    tag: Tag,
    parent: NodeId,
    /// The first node that is not below it.
    end: NodeId,
    /// Text of a text node; of others, the range of their attributes.
    content: Written,
}

/// A page.
#[derive(Clone, Debug)]
pub(crate) struct Tree<'a> {
    page: &'a str,
    /// Text and values that held references.
    decoded: String,
    nodes: Vec<Node>,
    attributes: Vec<(Attribute, Written)>,
}

/// A step of a walk through a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Enter(NodeId),
    Leave(NodeId),
}

impl<'a> Tree<'a> {
    /// Parses a page. Never fails: there is a tree for any input. Of pages beyond 4 GiB, the
    /// beginning is read.
    pub(crate) fn parse(page: &'a str) -> Tree<'a> {
        let page = &page[..page.floor_char_boundary(u32::MAX as usize)];
        let mut tree =
            Tree { page, decoded: String::new(), nodes: Vec::new(), attributes: Vec::new() };
        tree.open(Tag::Document, ROOT, &[]);
        build(&mut tree);
        tree
    }

    /// The page that was parsed.
    pub(super) fn page(&self) -> &'a str {
        self.page
    }

    /// Adds an element below `parent`, which must be open.
    pub(super) fn open(
        &mut self,
        tag: Tag,
        parent: NodeId,
        attributes: &[(Attribute, &str)],
    ) -> NodeId {
        let start = self.attributes.len() as u32;
        for &(attribute, value) in attributes {
            let value = self.written(value, Place::Attribute);
            self.attributes.push((attribute, value));
        }
        let end = self.attributes.len() as u32;
        self.add(tag, parent, Written { start, end, decoded: false })
    }

    /// Adds an element with the tag and the attributes of another one.
    pub(super) fn open_like(&mut self, other: NodeId, parent: NodeId) -> NodeId {
        let Node { tag, content, .. } = self.nodes[other as usize];
        self.add(tag, parent, content)
    }

    /// Ends an element: what is added from now on is not below it.
    pub(super) fn close(&mut self, node: NodeId) {
        self.nodes[node as usize].end = self.nodes.len() as NodeId;
    }

    /// Adds text, a part of the page, below `parent`, which must be open.
    pub(super) fn add_text(&mut self, text: &str, raw: bool, parent: NodeId) {
        let text = if raw { self.of_page(text) } else { self.written(text, Place::Text) };
        self.add(Tag::Text, parent, text);
    }

    fn add(&mut self, tag: Tag, parent: NodeId, content: Written) -> NodeId {
        let id = self.nodes.len() as NodeId;
        self.nodes.push(Node { tag, parent, end: id + 1, content });
        id
    }

    /// A part of the page with its references resolved.
    fn written(&mut self, text: &str, place: Place) -> Written {
        if memchr::memchr(b'&', text.as_bytes()).is_none() {
            return self.of_page(text);
        }
        let start = self.decoded.len() as u32;
        decode(text, place, &mut self.decoded);
        Written { start, end: self.decoded.len() as u32, decoded: true }
    }

    fn of_page(&self, text: &str) -> Written {
        // Both are parts of one string, so that the difference is a place in it.
        let start = text.as_ptr().addr().wrapping_sub(self.page.as_ptr().addr()) as u32;
        Written { start, end: start + text.len() as u32, decoded: false }
    }

    fn of(&self, written: Written) -> &str {
        let whole = if written.decoded { self.decoded.as_str() } else { self.page };
        whole.get(written.start as usize..written.end as usize).unwrap_or("")
    }

    /// What a node is.
    pub(crate) fn tag(&self, node: NodeId) -> Tag {
        self.nodes[node as usize].tag
    }

    /// Text of a text node; empty for other nodes.
    pub(crate) fn text(&self, node: NodeId) -> &str {
        let Node { tag, content, .. } = self.nodes[node as usize];
        if tag == Tag::Text { self.of(content) } else { "" }
    }

    /// Value of an attribute.
    pub(crate) fn attribute(&self, node: NodeId, attribute: Attribute) -> Option<&str> {
        self.attributes(node).find(|(own, _)| *own == attribute).map(|(_, value)| value)
    }

    /// The attributes of a node.
    pub(crate) fn attributes(&self, node: NodeId) -> impl Iterator<Item = (Attribute, &str)> {
        let Node { tag, content, .. } = self.nodes[node as usize];
        let range = if tag == Tag::Text { 0..0 } else { content.start..content.end };
        let own = &self.attributes[range.start as usize..range.end as usize];
        own.iter().map(|(attribute, value)| (*attribute, self.of(*value)))
    }

    /// The node above.
    pub(crate) fn parent(&self, node: NodeId) -> Option<NodeId> {
        (node != ROOT).then(|| self.nodes[node as usize].parent)
    }

    /// Number of nodes.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The first node that is not below a node.
    pub(crate) fn end(&self, node: NodeId) -> NodeId {
        self.nodes[node as usize].end
    }

    /// A node and all below it, in order of the page.
    pub(crate) fn below(&self, node: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        node..self.end(node)
    }

    /// All text below a node, joined.
    pub(crate) fn text_below(&self, node: NodeId) -> String {
        self.below(node).map(|inner| self.text(inner)).collect()
    }

    /// All text below a node, white space squashed; `None` if it is longer than `bytes_max`.
    pub(crate) fn short_text(&self, node: NodeId, bytes_max: usize) -> Option<String> {
        let mut text = String::new();
        let mut apart = false;
        for inner in self.below(node).map(|inner| self.text(inner)) {
            for (i, word) in inner.split(char::is_whitespace).enumerate() {
                apart |= i > 0;
                if word.is_empty() {
                    continue;
                }
                if std::mem::take(&mut apart) && !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(word);
                if text.len() > bytes_max {
                    return None;
                }
            }
        }
        Some(text)
    }

    /// Walks through a node and all below it, in order of the page.
    pub(crate) fn walk(&self, from: NodeId) -> Walk<'_, 'a> {
        Walk { tree: self, from, next: Some(Step::Enter(from)) }
    }
}

/// See [`Tree::walk`].
pub(crate) struct Walk<'t, 'a> {
    tree: &'t Tree<'a>,
    from: NodeId,
    next: Option<Step>,
}

impl Walk<'_, '_> {
    /// Steps over all that lies below the node that was entered last.
    pub(crate) fn step_over(&mut self, entered: NodeId) {
        self.next = Some(Step::Leave(entered));
    }
}

impl Iterator for Walk<'_, '_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.next?;
        let nodes = &self.tree.nodes;
        self.next = match step {
            Step::Enter(id) if nodes[id as usize].end > id + 1 => Some(Step::Enter(id + 1)),
            Step::Enter(id) => Some(Step::Leave(id)),
            Step::Leave(id) if id == self.from => None,
            Step::Leave(id) => {
                let Node { parent, end, .. } = nodes[id as usize];
                let last = end == nodes[parent as usize].end;
                Some(if last { Step::Leave(parent) } else { Step::Enter(end) })
            }
        };
        Some(step)
    }
}
