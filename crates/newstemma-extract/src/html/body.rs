//! Which blocks of a page are the article.
//!
//! Problem: a page holds menus, teasers, comments and notices around and inside the article, and
//! no markup that says which is which and can be trusted. Idea, after Arc90's Readability: long
//! blocks with much punctuation and few links are likely to be paragraphs; each speaks for the
//! elements around it, the nearer the more; the element that gathers most is the article's, less
//! what its links take away. Where the page repeats its article in its metadata
//! (`articleBody`), blocks that occur there count more. From the chosen element it goes up as long
//! as that adds much of the same kind, or to what is called the body of an article; paragraphs
//! beside it belong to it, and those in other containers that are written alike. Inside, blocks that
//! are named as furniture or are mostly links are left out, and the leads of other articles below
//! the last paragraph.
//! Shares and lengths were chosen on the development sets of pages (scrapinghub, fundus, wcxb).
//! Cost: one pass over blocks and nodes. Departure: nothing is cut out of a tree and parsed again;
//! all is counted on one array.

use super::block::Block;
use super::kin;
use super::lead::{with_own_lead, without_other_leads};
use super::metadata::About;
use super::naming::Named;
use super::shingle::Shingles;
use super::tag::{Attribute, Tag};
use super::tree::{NodeId, Tree};
use crate::line::ends_with_stop;

/// Elements above a paragraph that it speaks for.
const LEVELS: usize = 6;

/// Share of the best score from which on a sibling belongs to the article too.
const SIBLING_SHARE: f32 = 0.25;

/// Share of the text in the metadata that the page must show, or that text is taken.
const SHOWN_SHARE: f32 = 0.4;

/// Whether the page shows so little of the article that its metadata gives that its text is to be
/// taken from there (pages that are filled in by scripts).
pub(crate) fn is_unshown(blocks: &[Block], kept: &[usize], about: &About) -> bool {
    let Some(body) = about.body.as_deref() else { return false };
    let known = Shingles::of(body);
    let shown: usize =
        kept.iter().map(|&i| &blocks[i]).filter(|b| known.hold(&b.text)).map(|b| b.chars).sum();
    let whole = body.chars().filter(|c| !c.is_whitespace()).count();
    whole >= 300 && (shown as f32) < whole as f32 * SHOWN_SHARE
}

/// Indices of the blocks of the article, in order.
pub(crate) fn article(
    tree: &Tree<'_>,
    named: &[Named],
    blocks: &[Block],
    about: &About,
) -> Vec<usize> {
    let known = about.body.as_deref().map(Shingles::of).unwrap_or_default();
    let worth: Vec<f32> = blocks.iter().map(|b| worth(b, &known)).collect();
    let scores = scores(tree, named, blocks, &worth);
    let Some(best) = best_node(&scores) else {
        return all_paragraphs(blocks);
    };
    let best = widened(tree, named, blocks, &worth, best);
    let mut inside = inside(tree, named, blocks, best, &scores);
    kin::add_kin(tree, blocks, &worth, best, &mut inside);
    let kept: Vec<usize> =
        (0..blocks.len()).filter(|&i| inside[i] && is_kept(&blocks[i], &known)).collect();
    let kept = without_other_leads(blocks, kept, &known);
    let kept = with_own_lead(blocks, trimmed(blocks, kept), about.title.as_deref());
    if kept.is_empty() { all_paragraphs(blocks) } else { kept }
}

/// How much a block looks like a paragraph of an article.
fn worth(block: &Block, known: &Shingles) -> f32 {
    let length = block.length();
    if length < 25.0 || block.heading.is_some() || block.in_caption {
        return 0.0;
    }
    let commas = block.text.chars().filter(|c| ",，、،;；".contains(*c)).count() as f32;
    let mut worth = 1.0 + commas.min(10.0) + (length / 100.0).min(4.0);
    worth *= (1.0 - block.link_density()).powi(2);
    if block.in_furniture {
        worth *= 0.15;
    }
    if block.in_list {
        worth *= 0.6;
    }
    if !known.is_empty() {
        worth *= if known.hold(&block.text) { 2.0 } else { 0.5 };
    }
    worth
}

/// The score of every node.
fn scores(tree: &Tree<'_>, named: &[Named], blocks: &[Block], worth: &[f32]) -> Vec<f32> {
    let mut scores = vec![0.0_f32; tree.len()];
    let mut link_chars = vec![0_usize; tree.len()];
    let mut chars = vec![0_usize; tree.len()];
    for (block, &worth) in blocks.iter().zip(worth) {
        let paragraph =
            matches!(tree.tag(block.node), Tag::P | Tag::Blockquote | Tag::Pre | Tag::Li | Tag::Td);
        let mut node = if paragraph { tree.parent(block.node) } else { Some(block.node) };
        for level in 0..LEVELS {
            let Some(id) = node else { break };
            let share = match level {
                0 => 1.0,
                1 => 0.5,
                _ => 1.0 / (level as f32 * 3.0),
            };
            scores[id as usize] += worth * share;
            chars[id as usize] += block.chars;
            link_chars[id as usize] += block.link_chars;
            node = tree.parent(id);
        }
    }
    for id in 0..tree.len() {
        if scores[id] <= 0.0 {
            continue;
        }
        let density = link_chars[id] as f32 / chars[id].max(1) as f32;
        scores[id] = (scores[id] + name_weight(tree, id as NodeId, named[id])) * (1.0 - density);
    }
    scores
}

/// What the name of an element says.
fn name_weight(tree: &Tree<'_>, node: NodeId, named: Named) -> f32 {
    use Tag::*;
    let mut weight: f32 = match tree.tag(node) {
        Article | Main => 10.0,
        Div | Section => 3.0,
        Ul | Ol | Dl | Td | Tr | Table | Aside | Header | Body | Html => -5.0,
        _ => 0.0,
    };
    if tree.attribute(node, Attribute::ItemProp).is_some_and(|p| p.contains("articleBody")) {
        weight += 40.0;
    }
    if named.article {
        weight += 20.0;
    }
    if named.furniture_name {
        weight -= 20.0;
    }
    weight
}

fn best_node(scores: &[f32]) -> Option<NodeId> {
    let mut best: Option<usize> = None;
    for (id, &score) in scores.iter().enumerate() {
        if score > 0.0 && best.is_none_or(|b| score > scores[b]) {
            best = Some(id);
        }
    }
    best.map(|id| id as NodeId)
}

/// Share of the worth below a node that climbing above it must add; and if what is above is called
/// the body of an article.
const ADDED_SHARE: f32 = 0.25;
const ADDED_SHARE_CALLED: f32 = 0.05;

/// What blocks are worth, and how much of it there is, for telling whether blocks are alike.
#[derive(Clone, Copy, Debug, Default)]
struct Worth {
    sum: f32,
    /// How many blocks are paragraphs, or as long as one.
    paragraphs: f32,
    /// The worth of each block as often as it has characters, and the characters.
    by_chars: f32,
    chars: f32,
}

impl Worth {
    fn of(block: &Block, worth: f32) -> Worth {
        let chars = block.chars as f32;
        let paragraphs = f32::from(worth > 0.0 || block.chars > 25);
        Worth { sum: worth, paragraphs, by_chars: worth * chars, chars }
    }

    fn add(&mut self, other: Worth) {
        self.sum += other.sum;
        self.paragraphs += other.paragraphs;
        self.by_chars += other.by_chars;
        self.chars += other.chars;
    }

    /// Whether the text of these blocks is worth half as much as that of others: short lines between
    /// the paragraphs, as headings and labels are, hardly count.
    fn is_like(self, other: Worth) -> bool {
        self.by_chars * other.chars.max(1.0) >= 0.5 * other.by_chars * self.chars
    }

    /// The same of each block, however short.
    fn is_like_each(self, other: Worth) -> bool {
        self.sum * other.paragraphs.max(1.0) >= 0.5 * other.sum * self.paragraphs
    }
}

/// Goes up from the best node as long as that adds much of the same kind: then the article is
/// spread over several containers. Of what is called the body of an article, little lies outside,
/// save captions and words about the author, which look like paragraphs by themselves; and what
/// lies inside belongs to it, though most of it may stand in a container of its own.
fn widened(
    tree: &Tree<'_>,
    named: &[Named],
    blocks: &[Block],
    worth: &[f32],
    best: NodeId,
) -> NodeId {
    let mut below = vec![Worth::default(); tree.len()];
    let mut way = vec![best];
    while let Some(parent) = way.last().and_then(|n| tree.parent(*n)) {
        way.push(parent);
    }
    let mut is_on_way = vec![false; tree.len()];
    for id in &way {
        is_on_way[*id as usize] = true;
    }
    // What a block adds, it adds from the lowest common ancestor with the best node upwards.
    for (block, &worth) in blocks.iter().zip(worth) {
        let mut node = Some(block.node);
        while let Some(id) = node.filter(|id| !is_on_way[*id as usize]) {
            node = tree.parent(id);
        }
        if let Some(id) = node {
            below[id as usize].add(Worth::of(block, worth));
        }
    }
    let mut chosen = best;
    let mut have = below[best as usize];
    let mut added = Worth::default();
    for &id in way.iter().skip(1) {
        if matches!(tree.tag(id), Tag::Body | Tag::Html | Tag::Document) {
            break;
        }
        added.add(below[id as usize]);
        let alike = if named[chosen as usize].article {
            added.is_like_each(have)
        } else {
            added.is_like(have)
        };
        let called = named[id as usize].article && !named[chosen as usize].article;
        let share = if called { ADDED_SHARE_CALLED } else { ADDED_SHARE };
        if added.sum >= have.sum * share && alike {
            chosen = id;
            have.add(std::mem::take(&mut added));
        }
    }
    chosen
}

/// Which blocks lie in the chosen node, or in a neighbour of it that is much like it.
fn inside(
    tree: &Tree<'_>,
    named: &[Named],
    blocks: &[Block],
    best: NodeId,
    scores: &[f32],
) -> Vec<bool> {
    let top = scores[best as usize];
    let parent = tree.parent(best);
    let mut state: Vec<Option<bool>> = vec![None; tree.len()];
    blocks
        .iter()
        .map(|block| {
            if tree.parent(block.node) == parent && is_sibling_paragraph(tree, block) {
                return true;
            }
            // Climbs to the first node whose answer is known, then tells all on the way.
            let mut way = Vec::new();
            let mut node = Some(block.node);
            let answer = loop {
                let Some(id) = node else { break false };
                if let Some(known) = state[id as usize] {
                    break known;
                }
                way.push(id);
                if id == best {
                    break true;
                }
                if tree.parent(id) == parent && parent.is_some() {
                    let alike = scores[id as usize] >= (top * SIBLING_SHARE).max(8.0);
                    break alike && !named[id as usize].furniture_name;
                }
                node = tree.parent(id);
            };
            for id in way {
                state[id as usize] = Some(answer);
            }
            answer
        })
        .collect()
}

/// Length and share of links of a paragraph that stands beside the article's element.
const SIBLING_LENGTH_MIN: f32 = 80.0;
const SIBLING_DENSITY_MAX: f32 = 0.25;

/// Whether a block beside the article's element is a paragraph of it.
fn is_sibling_paragraph(tree: &Tree<'_>, block: &Block) -> bool {
    tree.tag(block.node) == Tag::P
        && block.length() >= SIBLING_LENGTH_MIN
        && block.link_density() < SIBLING_DENSITY_MAX
        && !block.in_furniture
        && !block.in_caption
        && ends_with_stop(&block.text)
}

/// Whether a block inside the article's element belongs to it.
fn is_kept(block: &Block, known: &Shingles) -> bool {
    if block.in_furniture {
        return !known.is_empty() && block.chars > 60 && known.hold(&block.text);
    }
    let density = block.link_density();
    match block.heading {
        Some(_) => density < 0.6,
        None if block.in_list => density < 0.5 || density < 0.9 && is_sentence(block),
        None => density < 0.75 || (density < 0.95 && block.chars > 150),
    }
}

/// Length of an item of a list from which on it is a sentence, if it ends like one: its links are
/// what it tells of.
const SENTENCE_LENGTH_MIN: f32 = 60.0;

fn is_sentence(block: &Block) -> bool {
    block.length() > SENTENCE_LENGTH_MIN && ends_with_stop(&block.text)
}

/// Without headings that nothing of the article follows.
fn trimmed(blocks: &[Block], kept: Vec<usize>) -> Vec<usize> {
    let end = kept.iter().rposition(|&i| blocks[i].heading.is_none()).map_or(0, |at| at + 1);
    kept.into_iter().take(end).collect()
}

fn all_paragraphs(blocks: &[Block]) -> Vec<usize> {
    (0..blocks.len()).filter(|&i| blocks[i].link_density() < 0.5).collect()
}
