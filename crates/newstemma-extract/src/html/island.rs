//! Parts inside the article that are built unlike it: captions, boxes, labels.
//!
//! Problem: inside the element that holds the article stand captions that no `figcaption` marks,
//! lines of widgets, dates, names, and no word in their class tells. Idea: a site writes all its
//! paragraphs alike, so a block that shares neither its own form (element and class, its own and
//! its parent's) with much of the article, nor a container with such a block, is an *island*.
//! Islands are not thrown away for that, for lists, quotations and first paragraphs are islands
//! too; but one around a picture with little text is its caption, and a bare line in an article of
//! paragraphs is a label.
//!
//! Cost: linear in the nodes. The thresholds were chosen by counting, on the development sets of
//! pages (fundus, scrapinghub), which blocks the gold texts have.

use super::block::Block;
use super::form::Kind;
use super::tag::Tag;
use super::tree::{NodeId, Tree};
use crate::hash::FastMap;
use crate::line::ends_with_stop;

/// What an island is to the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A part of it, as far as its form tells.
    Text,
    /// The caption of a picture.
    Caption,
    /// A label of the site.
    Label,
}

/// Share of the article's characters from which on blocks of one form are its paragraphs.
const PARAGRAPH_SHARE: f32 = 0.2;

/// Share of the article's characters in `p` elements from which on bare text is no paragraph.
const MARKED_SHARE: f32 = 0.5;

/// Characters from which on bare text is no label.
const LABEL_CHARS_MAX: usize = 250;

/// Characters from which on bare text that ends like a sentence is one.
const SENTENCE_CHARS_MIN: usize = 100;

/// Characters beside a picture, in its container, from which on they are more than its caption.
const CAPTION_CHARS_MAX: usize = 500;

/// What each of the kept blocks is, in their order.
pub(crate) fn parts(tree: &Tree<'_>, blocks: &[Block], kept: &[usize]) -> Vec<Part> {
    let article = Article::of(tree, blocks, kept);
    kept.iter().map(|&index| article.part(&blocks[index])).collect()
}

struct Article<'t, 'a> {
    tree: &'t Tree<'a>,
    /// By node, whether a paragraph of the article lies in it.
    around: Vec<bool>,
    /// Whether the paragraphs are `p` elements.
    is_marked: bool,
    /// For each node, how many pictures, how many headings, and how many characters of the
    /// article lie before it; one entry more than nodes.
    before: Vec<Count>,
}

#[derive(Clone, Copy, Default)]
struct Count {
    pictures: u32,
    headings: u32,
    chars: usize,
}

impl<'t, 'a> Article<'t, 'a> {
    fn of(tree: &'t Tree<'a>, blocks: &[Block], kept: &[usize]) -> Article<'t, 'a> {
        let kept = || kept.iter().map(|&index| &blocks[index]);
        let chars: usize = kept().map(|b| b.chars).sum();
        let mut by_form: FastMap<[Kind; 2], usize> = FastMap::default();
        for block in kept() {
            *by_form.entry(block.form.inner()).or_default() += block.chars;
        }
        let least = chars as f32 * PARAGRAPH_SHARE;
        let is_paragraph =
            |block: &&Block| by_form.get(&block.form.inner()).is_some_and(|n| *n as f32 > least);
        let mut around = vec![false; tree.len()];
        for block in kept().filter(is_paragraph) {
            let mut node = Some(block.node);
            while let Some(id) = node.filter(|id| !around[*id as usize]) {
                around[id as usize] = true;
                node = tree.parent(id);
            }
        }
        let marked: usize = kept().filter(|b| tree.tag(b.node) == Tag::P).map(|b| b.chars).sum();
        let is_marked = marked as f32 > chars as f32 * MARKED_SHARE;
        Article { tree, around, is_marked, before: before(tree, kept()) }
    }

    fn part(&self, block: &Block) -> Part {
        if block.heading.is_some() || block.in_caption || self.around[block.node as usize] {
            return Part::Text;
        }
        let mut picture = None;
        let mut node = Some(block.node);
        while let Some(id) = node.filter(|id| !self.around[*id as usize]) {
            if self.tree.tag(id) == Tag::Blockquote {
                return Part::Text;
            }
            if picture.is_none() && self.within(id).pictures > 0 {
                picture = Some(id);
            }
            node = self.tree.parent(id);
        }
        if let Some(id) = picture {
            let inside = self.within(id);
            if inside.headings == 0 && inside.chars <= CAPTION_CHARS_MAX {
                return Part::Caption;
            }
        }
        let bare = is_bare(self.tree.tag(block.node));
        let sentence = block.chars >= SENTENCE_CHARS_MIN && ends_with_stop(&block.text);
        let label = self.is_marked && bare && block.chars <= LABEL_CHARS_MAX && !sentence;
        if label { Part::Label } else { Part::Text }
    }

    /// What lies in a node.
    fn within(&self, node: NodeId) -> Count {
        let (from, to) = (self.before[node as usize], self.before[self.tree.end(node) as usize]);
        Count {
            pictures: to.pictures - from.pictures,
            headings: to.headings - from.headings,
            chars: to.chars - from.chars,
        }
    }
}

fn before<'b>(tree: &Tree<'_>, kept: impl Iterator<Item = &'b Block>) -> Vec<Count> {
    let mut before = vec![Count::default(); tree.len() + 1];
    for block in kept {
        before[block.node as usize + 1].chars += block.chars;
    }
    for id in 0..tree.len() {
        let tag = tree.tag(id as NodeId);
        let Count { pictures, headings, chars } = before[id];
        let next = &mut before[id + 1];
        next.pictures = pictures + u32::from(is_picture(tag));
        next.headings = headings + u32::from(tag.is_heading());
        next.chars += chars;
    }
    before
}

fn is_picture(tag: Tag) -> bool {
    matches!(tag, Tag::Img | Tag::Video | Tag::Audio | Tag::Iframe | Tag::Figure | Tag::Source)
}

/// Whether an element says nothing of the text in it.
fn is_bare(tag: Tag) -> bool {
    matches!(tag, Tag::Div | Tag::Section | Tag::Article | Tag::Header | Tag::Other)
}
