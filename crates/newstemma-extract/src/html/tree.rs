//! An HTML page as a tree in one array.
//!
//! `html5ever` parses as browsers do and calls back for every change; here the changes go into a
//! flat array of nodes with indices for links. Nothing recurses, neither in building nor in
//! walking nor in dropping, so depth costs nothing.
//!
//! Two inputs make the parsing itself quadratic: very deep nesting (every new element is looked
//! for among all open ones) and formatting elements that are never closed (each paragraph opens
//! them anew). So tags beyond [`DEPTH_MAX`] are dropped, as browsers do from 512 on, and beyond
//! [`Tree::parse`]'s number of nodes all tags are; their text stays.

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer,
};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{Attribute, LocalName, Namespace, QualName, ns};
use std::borrow::Cow;
use std::cell::RefCell;

/// Index of a node.
pub(crate) type NodeId = u32;

/// No node.
const NONE: NodeId = u32::MAX;

/// The document itself.
pub(crate) const ROOT: NodeId = 0;

/// Depth beyond which tags are dropped.
const DEPTH_MAX: u32 = 400;

/// What a node is.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// The document, a comment, a processing instruction.
    Other,
    /// An element: its name, and its attributes as a range of [`Tree::attributes`].
    Element { name: QualName, attributes: (u32, u32) },
    /// Text, as a range of bytes of all text.
    Text { start: usize, end: usize },
}

#[derive(Clone, Debug)]
struct Node {
    kind: Kind,
    parent: NodeId,
    previous: NodeId,
    next: NodeId,
    first: NodeId,
    last: NodeId,
    depth: u32,
}

/// A page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    text: String,
    /// Depth of the node that was appended last.
    last_depth: u32,
}

/// A step of a walk through a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Enter(NodeId),
    Leave(NodeId),
}

impl Tree {
    /// Parses a page. Never fails: there is a tree for any input.
    pub(crate) fn parse(html: &str) -> Tree {
        let tree = Tree { nodes: vec![Node::new(Kind::Other)], ..Tree::default() };
        let sink = Sink { tree: RefCell::new(tree) };
        let nodes_max = html.len() / 3 + 10_000;
        let guard = Guard { builder: TreeBuilder::new(sink, Default::default()), nodes_max };
        let tokenizer = Tokenizer::new(guard, Default::default());
        let queue = BufferQueue::default();
        // In pieces: a tendril holds at most 4 GiB, and pages may be longer.
        let mut rest = html;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.floor_char_boundary(1 << 20));
            queue.push_back(StrTendril::from_slice(piece));
            // The tokenizer pauses after each script, for a script engine that is not there.
            while !queue.is_empty() {
                let _ = tokenizer.feed(&queue);
            }
            rest = after;
        }
        tokenizer.end();
        tokenizer.sink.builder.sink.tree.into_inner()
    }

    /// Name of an element; empty for other nodes.
    pub(crate) fn name(&self, node: NodeId) -> &str {
        match &self.nodes[node as usize].kind {
            Kind::Element { name, .. } => &name.local,
            _ => "",
        }
    }

    /// Text of a text node; empty for other nodes.
    pub(crate) fn text(&self, node: NodeId) -> &str {
        match self.nodes[node as usize].kind {
            Kind::Text { start, end } => &self.text[start..end],
            _ => "",
        }
    }

    /// Whether a node is text.
    pub(crate) fn is_text(&self, node: NodeId) -> bool {
        matches!(self.nodes[node as usize].kind, Kind::Text { .. })
    }

    /// Value of an attribute.
    pub(crate) fn attribute(&self, node: NodeId, name: &str) -> Option<&str> {
        let Kind::Element { attributes: (start, end), .. } = self.nodes[node as usize].kind else {
            return None;
        };
        let own = &self.attributes[start as usize..end as usize];
        own.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
    }

    /// The node above.
    pub(crate) fn parent(&self, node: NodeId) -> Option<NodeId> {
        Some(self.nodes[node as usize].parent).filter(|p| *p != NONE)
    }

    /// Number of nodes.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// All text below a node, joined.
    pub(crate) fn text_below(&self, node: NodeId) -> String {
        let mut joined = String::new();
        for step in self.walk(node) {
            if let Step::Enter(inner) = step {
                joined.push_str(self.text(inner));
            }
        }
        joined
    }

    /// Walks through a node and all below it, in order of the page.
    pub(crate) fn walk(&self, from: NodeId) -> Walk<'_> {
        Walk { tree: self, from, next: Some(Step::Enter(from)) }
    }

    fn add(&mut self, kind: Kind) -> NodeId {
        let id = self.nodes.len() as NodeId;
        self.nodes.push(Node::new(kind));
        id
    }

    fn detach(&mut self, id: NodeId) {
        let Node { parent, previous, next, .. } = self.nodes[id as usize];
        if parent == NONE {
            return;
        }
        match previous {
            NONE => self.nodes[parent as usize].first = next,
            _ => self.nodes[previous as usize].next = next,
        }
        match next {
            NONE => self.nodes[parent as usize].last = previous,
            _ => self.nodes[next as usize].previous = previous,
        }
        let node = &mut self.nodes[id as usize];
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
    }

    /// Puts a node below `parent`, before `before` or at the end.
    fn place(&mut self, parent: NodeId, id: NodeId, before: NodeId) {
        self.detach(id);
        let previous = match before {
            NONE => self.nodes[parent as usize].last,
            _ => self.nodes[before as usize].previous,
        };
        let depth = self.nodes[parent as usize].depth + 1;
        let node = &mut self.nodes[id as usize];
        (node.parent, node.previous, node.next, node.depth) = (parent, previous, before, depth);
        match previous {
            NONE => self.nodes[parent as usize].first = id,
            _ => self.nodes[previous as usize].next = id,
        }
        match before {
            NONE => self.nodes[parent as usize].last = id,
            _ => self.nodes[before as usize].previous = id,
        }
        self.last_depth = depth;
    }

    fn place_text(&mut self, parent: NodeId, text: &str, before: NodeId) {
        let start = self.text.len();
        self.text.push_str(text);
        let new_end = self.text.len();
        let neighbour = match before {
            NONE => self.nodes[parent as usize].last,
            _ => self.nodes[before as usize].previous,
        };
        // Text comes in pieces; a piece that follows the last one directly belongs to it.
        if neighbour != NONE
            && let Kind::Text { end, .. } = &mut self.nodes[neighbour as usize].kind
            && *end == start
        {
            *end = new_end;
            return;
        }
        let id = self.add(Kind::Text { start, end: new_end });
        self.place(parent, id, before);
    }

    fn put(&mut self, parent: NodeId, child: NodeOrText<NodeId>, before: NodeId) {
        match child {
            NodeOrText::AppendNode(id) => self.place(parent, id, before),
            NodeOrText::AppendText(text) => self.place_text(parent, &text, before),
        }
    }
}

impl Node {
    fn new(kind: Kind) -> Node {
        let (parent, previous, next, first, last) = (NONE, NONE, NONE, NONE, NONE);
        Node { kind, parent, previous, next, first, last, depth: 0 }
    }
}

/// See [`Tree::walk`].
pub(crate) struct Walk<'a> {
    tree: &'a Tree,
    from: NodeId,
    next: Option<Step>,
}

impl Walk<'_> {
    /// Steps over all that lies below the node that was entered last.
    pub(crate) fn step_over(&mut self, entered: NodeId) {
        self.next = Some(Step::Leave(entered));
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.next?;
        self.next = match step {
            Step::Enter(id) => match self.tree.nodes[id as usize].first {
                NONE => Some(Step::Leave(id)),
                child => Some(Step::Enter(child)),
            },
            Step::Leave(id) if id == self.from => None,
            Step::Leave(id) => {
                let node = &self.tree.nodes[id as usize];
                match node.next {
                    NONE => Some(Step::Leave(node.parent)),
                    next => Some(Step::Enter(next)),
                }
            }
        };
        Some(step)
    }
}

/// Keeps tags from the tree builder where it would become slow.
struct Guard {
    builder: TreeBuilder<NodeId, Sink>,
    nodes_max: usize,
}

impl TokenSink for Guard {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        if let Token::TagToken(Tag { kind: TagKind::StartTag, name, .. }) = &token {
            let tree = self.builder.sink.tree.borrow();
            let full = tree.nodes.len() > self.nodes_max || tree.last_depth > DEPTH_MAX;
            // Raw text is never dropped: its tag tells the tokenizer how to read on.
            let raw = matches!(&**name, "script" | "style" | "textarea" | "title" | "noscript");
            if full && !raw {
                return TokenSinkResult::Continue;
            }
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

struct Sink {
    tree: RefCell<Tree>,
}

/// The name of an element, for the tree builder.
#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Tree;
    type ElemName<'a> = Name;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Name {
        match &self.tree.borrow().nodes[*target as usize].kind {
            Kind::Element { name, .. } => Name(name.clone()),
            _ => Name(QualName::new(None, ns!(), LocalName::from(""))),
        }
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> NodeId {
        let mut tree = self.tree.borrow_mut();
        let start = tree.attributes.len() as u32;
        tree.attributes.extend(attributes);
        let end = tree.attributes.len() as u32;
        tree.add(Kind::Element { name, attributes: (start, end) })
    }

    fn create_comment(&self, _: StrTendril) -> NodeId {
        self.tree.borrow_mut().add(Kind::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.tree.borrow_mut().add(Kind::Other)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.tree.borrow_mut().put(*parent, child, NONE);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        let has_parent = self.tree.borrow().parent(*element).is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, a: &NodeId, b: &NodeId) -> bool {
        a == b
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let mut tree = self.tree.borrow_mut();
        if let Some(parent) = tree.parent(*sibling) {
            tree.put(parent, child, *sibling);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        let Kind::Element { name, attributes: (start, end) } =
            tree.nodes[*target as usize].kind.clone()
        else {
            return;
        };
        let mut all: Vec<Attribute> = tree.attributes[start as usize..end as usize].to_vec();
        for attribute in attributes {
            if all.iter().all(|a| a.name != attribute.name) {
                all.push(attribute);
            }
        }
        let start = tree.attributes.len() as u32;
        tree.attributes.extend(all);
        let end = tree.attributes.len() as u32;
        tree.nodes[*target as usize].kind = Kind::Element { name, attributes: (start, end) };
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.tree.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut tree = self.tree.borrow_mut();
        loop {
            let child = tree.nodes[*node as usize].first;
            if child == NONE {
                break;
            }
            tree.place(*new_parent, child, NONE);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "the clock shows that hostile pages cost little")]

    use super::{ROOT, Tree};
    use std::time::{Duration, Instant};

    #[test]
    fn text_stays_in_order_whatever_is_unclosed() {
        let tree = Tree::parse("<p>Один <b>два<p>три</b> <i>чотири<table>п'ять<td>шість");
        let text = tree.text_below(ROOT);
        let words: Vec<&str> = text.split_whitespace().collect();
        assert_eq!(words.concat(), "Одиндватричотирип'ятьшість");
    }

    #[test]
    fn hostile_nesting_takes_no_time() {
        let start = Instant::now();
        let deep = format!("{}Ende", "<div>".repeat(20_000));
        assert!(Tree::parse(&deep).text_below(ROOT).ends_with("Ende"));
        let bold = "<b>".repeat(5_000_000 / 3);
        assert!(Tree::parse(&bold).len() < 3_000_000);
        let ids: String = (0..2_000).map(|i| format!("<b id={i}>")).collect();
        let anew = format!("{ids}{}", "<p>x".repeat(100_000));
        assert!(Tree::parse(&anew).len() < 3_000_000);
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    }
}
