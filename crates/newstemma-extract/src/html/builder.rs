//! Tags to a tree, as browsers do it as far as text and links go.
//!
//! Problem: pages leave out end tags and cross them. Idea: a stack of open elements and the rules
//! of the HTML standard for what a tag closes: paragraphs before blocks, list items, cells and
//! rows before others of their kind, and an end tag whatever is open inside, as far as the cell.
//! Two departures keep nodes in the order of the page (see [`super::tree`]) and every page cheap:
//! text that is misplaced in a table stays where it is written, and formatting that was left open
//! ends with the block that it began in, save that a link that ends inside a block it opened leaves
//! the rest of that block behind it (the "adoption agency" of the standard). Tags beyond
//! [`DEPTH_MAX`] are dropped, as browsers do from 512 on.
//! Cost: a tag looks at most at all open elements, so at [`DEPTH_MAX`] of them; most look at two.

use super::nesting::{
    bounds_of_end, breaks_out, closes_paragraph, ends_formatting, ends_item_search, is_cell,
    is_definition, is_of_head, is_row_group, is_scope, is_special, is_table,
};
use super::tag::{Attribute, TAGS, Tag};
use super::token::{Token, Tokenizer};
use super::tree::{NodeId, ROOT, Tree};

/// Depth beyond which tags are dropped.
const DEPTH_MAX: usize = 400;

/// Most elements that are opened again behind a link; a page that crosses more is made to hurt.
const REOPENED_MAX: usize = 16;

/// Fills a tree from its page.
pub(super) fn build(tree: &mut Tree<'_>) {
    let mut tokens = Tokenizer::new(tree.page());
    let mut builder =
        Builder { tree, open: Vec::new(), counts: [0; TAGS], dropped: 0, has_body: false };
    while let Some(token) = tokens.next() {
        match token {
            Token::Text { text, raw } => builder.text(text, raw),
            Token::Start { tag, name, closed } => {
                if builder.makes_room(tag) {
                    builder.start(tag, name, closed, tokens.attributes());
                }
            }
            Token::End { tag, name } => builder.end(tag, name),
        }
    }
    builder.pop_to(0);
    tree.close(ROOT);
}

/// An element that is open.
struct Open<'a> {
    tag: Tag,
    /// As written, to tell elements apart that have no number.
    name: &'a str,
    node: NodeId,
    /// Whether its end tag came while others inside it were open: it ends with them.
    ended: bool,
}

struct Builder<'t, 'a> {
    tree: &'t mut Tree<'a>,
    open: Vec<Open<'a>>,
    /// How many elements of each kind are open.
    counts: [u32; TAGS],
    /// Start tags that were dropped and not ended yet.
    dropped: usize,
    has_body: bool,
}

impl<'a> Builder<'_, 'a> {
    fn text(&mut self, text: &'a str, raw: bool) {
        if self.is_open(Tag::Head) && !raw && !self.is_in_raw() && !text.trim_ascii().is_empty() {
            self.close_head();
        }
        let parent = self.current();
        self.tree.add_text(text, raw, parent);
    }

    /// Closes what a start tag closes; tells whether the element is to be opened.
    fn makes_room(&mut self, tag: Tag) -> bool {
        if self.is_open(Tag::Head) && !is_of_head(tag) {
            self.close_head();
        }
        if self.is_foreign() && breaks_out(tag) {
            self.pop_through(|t| matches!(t, Tag::Svg | Tag::Math), |_| false);
        }
        if closes_paragraph(tag) {
            self.close_paragraph();
        }
        match tag {
            Tag::Html => !self.is_open(Tag::Html),
            Tag::Body => !std::mem::replace(&mut self.has_body, true),
            Tag::Head => !self.has_body && !self.is_open(Tag::Head),
            Tag::Form => !self.is_open(Tag::Form),
            _ => {
                self.close_like(tag);
                true
            }
        }
    }

    /// Closes what cannot hold another of its kind.
    fn close_like(&mut self, tag: Tag) {
        match tag {
            Tag::A => self.end_link(),
            Tag::Li => self.pop_through(|t| t == Tag::Li, ends_item_search),
            Tag::Dd | Tag::Dt => self.pop_through(is_definition, ends_item_search),
            Tag::Tr => self.pop_through(|t| t == Tag::Tr, is_table),
            Tag::Td | Tag::Th => self.pop_through(is_cell, is_table),
            Tag::Tbody | Tag::Thead | Tag::Tfoot => self.pop_through(is_row_group, is_table),
            Tag::Option | Tag::Optgroup => self.pop_innermost(|t| t == Tag::Option),
            Tag::Button => self.pop_through(|t| t == Tag::Button, is_scope),
            _ if tag.is_heading() => self.pop_innermost(Tag::is_heading),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag, name: &'a str, closed: bool, attributes: &[(Attribute, &str)]) {
        // What is raw is never dropped: its text would count as the page's.
        if self.open.len() >= DEPTH_MAX && !tag.is_void() && !tag.is_raw() {
            self.dropped += 1;
            return;
        }
        let node = self.tree.open(tag, self.current(), attributes);
        // "<div/>" opens a `div`; only drawings and formulas are closed so.
        let closed = closed && (self.is_foreign() || matches!(tag, Tag::Svg | Tag::Math));
        if !tag.is_void() && !closed {
            self.push(Open { tag, name, node, ended: false });
        }
    }

    fn end(&mut self, tag: Tag, name: &'a str) {
        if self.dropped > 0 && !tag.is_void() && !tag.is_raw() {
            self.dropped -= 1;
            return;
        }
        match tag {
            Tag::Html | Tag::Body => {}
            // Browsers take the end of either for a whole element.
            Tag::Br => self.add_empty(Tag::Br),
            Tag::P if !self.close_paragraph() => self.add_empty(Tag::P),
            Tag::P => {}
            Tag::A => self.end_link(),
            _ if tag.is_heading() => self.pop_through(Tag::is_heading, is_scope),
            _ if tag != Tag::Other && !self.is_open(tag) => {}
            _ if tag.is_formatting() || tag == Tag::Form => self.end_later(tag),
            Tag::Other => self.end_unknown(name),
            _ => self.pop_through(|t| t == tag, bounds_of_end(tag)),
        }
    }

    fn add_empty(&mut self, tag: Tag) {
        self.tree.open(tag, self.current(), &[]);
    }

    /// The end of a link. What it opened and did not end goes on without it.
    fn end_link(&mut self) {
        if !self.is_open(Tag::A) {
            return;
        }
        let above = self.open.iter().rposition(|o| o.tag == Tag::A || ends_formatting(o.tag));
        let Some(at) = above.filter(|at| self.open[*at].tag == Tag::A) else { return };
        let inside = self.open[at + 1..].iter().filter(|o| !o.ended && !o.tag.is_formatting());
        let mut again: Vec<(Tag, &'a str, NodeId)> =
            inside.map(|o| (o.tag, o.name, o.node)).collect();
        if again.len() > REOPENED_MAX || !again.iter().any(|(tag, ..)| is_special(*tag)) {
            again.clear();
        }
        self.pop_to(at);
        for (tag, name, other) in again {
            let node = self.tree.open_like(other, self.current());
            self.push(Open { tag, name, node, ended: false });
        }
    }

    /// The end of an element that may overlap with others: if others are open inside it, it ends
    /// with them.
    fn end_later(&mut self, tag: Tag) {
        let found = self.open.iter().rposition(|o| o.tag == tag || ends_formatting(o.tag));
        let Some(at) = found.filter(|at| self.open[*at].tag == tag) else { return };
        if self.open[at + 1..].iter().any(|o| is_special(o.tag)) {
            self.open[at].ended = true;
            self.counts[tag as usize] -= 1;
        } else {
            self.pop_to(at);
        }
    }

    fn end_unknown(&mut self, name: &str) {
        let stops = |o: &Open| {
            is_special(o.tag) || o.tag == Tag::Other && o.name.eq_ignore_ascii_case(name)
        };
        let found = self.open.iter().rposition(stops);
        if let Some(at) = found.filter(|at| self.open[*at].tag == Tag::Other) {
            self.pop_to(at);
        }
    }

    /// Closes the open paragraph, if there is one.
    fn close_paragraph(&mut self) -> bool {
        if !self.is_open(Tag::P) {
            return false;
        }
        let before = self.open.len();
        self.pop_through(|t| t == Tag::P, |t| is_scope(t) || t == Tag::Button);
        self.open.len() < before
    }

    fn close_head(&mut self) {
        self.pop_through(|t| t == Tag::Head, |_| false);
    }

    fn pop_innermost(&mut self, wanted: impl Fn(Tag) -> bool) {
        if self.open.last().is_some_and(|o| wanted(o.tag)) {
            self.pop_to(self.open.len() - 1);
        }
    }

    /// Closes the innermost open element of a kind and all inside it, unless one that bounds the
    /// search comes first.
    fn pop_through(&mut self, wanted: impl Fn(Tag) -> bool, bounds: impl Fn(Tag) -> bool) {
        let found = self.open.iter().rposition(|o| !o.ended && wanted(o.tag) || bounds(o.tag));
        if let Some(at) = found.filter(|at| wanted(self.open[*at].tag)) {
            self.pop_to(at);
        }
    }

    /// Closes all open elements from `at` on, and those around them that ended before.
    fn pop_to(&mut self, at: usize) {
        while self.open.len() > at || self.open.last().is_some_and(|o| o.ended) {
            let Some(open) = self.open.pop() else { return };
            if !open.ended {
                self.counts[open.tag as usize] -= 1;
            }
            self.tree.close(open.node);
        }
    }

    fn push(&mut self, open: Open<'a>) {
        self.counts[open.tag as usize] += 1;
        self.open.push(open);
    }

    fn current(&self) -> NodeId {
        self.open.last().map_or(ROOT, |o| o.node)
    }

    fn is_open(&self, tag: Tag) -> bool {
        self.counts[tag as usize] > 0
    }

    fn is_in_raw(&self) -> bool {
        self.open.last().is_some_and(|o| o.tag.is_raw())
    }

    /// Whether what comes is part of a drawing or formula.
    fn is_foreign(&self) -> bool {
        let drawing = self.is_open(Tag::Svg) || self.is_open(Tag::Math);
        let border =
            |o: &&Open| matches!(o.tag, Tag::Svg | Tag::Math | Tag::ForeignObject | Tag::Desc);
        drawing
            && self
                .open
                .iter()
                .rev()
                .find(border)
                .is_some_and(|o| matches!(o.tag, Tag::Svg | Tag::Math))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "the clock shows that hostile pages cost little")]

    use crate::html::tag::Tag;
    use crate::html::tree::{ROOT, Step, Tree};
    use std::time::{Duration, Instant};

    /// Writes the tree with brackets around what is below each element.
    fn check(page: &str, expected: &str) {
        let tree = Tree::parse(page);
        let mut seen = String::new();
        for step in tree.walk(ROOT).skip(1) {
            match step {
                Step::Enter(node) if tree.tag(node) == Tag::Text => {
                    seen.push_str(tree.text(node));
                }
                Step::Enter(node) => {
                    seen.push_str(&format!("{:?}(", tree.tag(node)).to_lowercase());
                }
                Step::Leave(ROOT) => {}
                Step::Leave(node) if tree.tag(node) == Tag::Text => {}
                Step::Leave(_) => seen.push(')'),
            }
        }
        assert_eq!(seen, expected, "{page}");
    }

    #[test]
    fn end_tags_that_were_left_out() {
        check("<p>один<p>два<div>три</div>", "p(один)p(два)div(три)");
        check("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "ul(li(a)li(bul(li(c)))li(d))");
        check("<dl><dt>a<dd>b<dt>c</dl>d", "dl(dt(a)dd(b)dt(c))d");
        check("<table><tr><td>a<td>b<tr><th>c</table>d", "table(tr(td(a)td(b))tr(th(c)))d");
        check("<h1>a<h2>b</h1>c", "h1(a)h2(b)c");
        check("<head><title>T<i></title><p>x", "head(title(T<i>))p(x)");
        check("<select><option>a<option>b</select>", "select(option(a)option(b))");
    }

    #[test]
    fn end_tags_that_cross() {
        check("<div><p>a</div>b", "div(p(a))b");
        check("<b><p>a</b>b</p>c", "b(p(ab))c");
        check("a</div></p></table>b", "ap()b");
        check("<table><tr><td><div>a</tr></div></table>b", "table(tr(td(div(a))))b");
        check("<div><span>a</div>b</span>c", "div(span(a))bc");
        check("<my-x><p>a</p></my-y></my-x>b", "other(p(a))b");
        check("<form><div>a</form>b</div>c", "form(div(ab))c");
    }

    #[test]
    fn links_end_where_they_end() {
        check("<a>x<p>a</a>b</p>c", "a(xp(a))p(b)c");
        check("<a>x<a>y</a>z", "a(x)a(y)z");
        check("<p><a>x<p>y", "p(a(x))p(y)");
        check("<a><div><p>a</p></div></a>b", "a(div(p(a)))b");
    }

    #[test]
    fn drawings_and_empty_elements() {
        check("<svg><path/><g/><title>x</title></svg>y", "svg(other()other()title(x))y");
        check("<svg><g>x<p>y", "svg(other(x))p(y)");
        check("<br/>a<div/>b</br>c", "br()adiv(bbr()c)");
    }

    #[test]
    fn hostile_nesting_takes_no_time() {
        let start = Instant::now();
        let deep = format!("{}Ende{}x", "<div>".repeat(20_000), "</div>".repeat(20_000));
        assert!(Tree::parse(&deep).text_below(ROOT).ends_with("Endex"));
        let links = format!("<a>{}", "<div><p></a><a>".repeat(100_000));
        assert!(Tree::parse(&links).len() < 3_000_000);
        let anew = "<p><b><i><a><span>x".repeat(200_000);
        assert!(Tree::parse(&anew).len() < 3_000_000);
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    }
}
