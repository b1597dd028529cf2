//! The short lines around an article: where it says to its readers who wrote it, and when.

use super::block::Block;

/// Longest line that is one of them, in characters.
const LINE_CHARS_MAX: usize = 160;

/// Length of a paragraph, in characters, that ends the head of an article.
const PARAGRAPH_CHARS_MIN: usize = 200;

/// Blocks below the headline, above it, and below the article.
const BELOW_HEADLINE: usize = 25;
const ABOVE_HEADLINE: usize = 6;
const BELOW_ARTICLE: usize = 5;

/// See the module.
#[derive(Clone, Debug, Default)]
pub(crate) struct Surroundings<'b> {
    /// Between the headline and the first long paragraph, then upwards from the headline.
    pub(crate) head: Vec<&'b str>,
    /// The first long paragraph.
    pub(crate) opening: Option<&'b str>,
    /// Below the article.
    pub(crate) tail: Vec<&'b str>,
    /// All of the page's.
    pub(crate) page: Vec<&'b str>,
}

impl<'b> Surroundings<'b> {
    /// Those of the article that consists of the blocks `kept`.
    pub(crate) fn of(blocks: &'b [Block], kept: &[usize], title: Option<&str>) -> Surroundings<'b> {
        let (Some(&first), Some(&last)) = (kept.first(), kept.last()) else {
            return Surroundings::default();
        };
        let headline = title.and_then(|title| blocks.iter().position(|b| b.is_headline(title)));
        let anchor = headline.unwrap_or(first.saturating_sub(1));
        let (above, below) = blocks.split_at(anchor);
        let short = |b: &&Block| b.chars <= LINE_CHARS_MAX && !b.in_comment;
        let text = |b: &'b Block| b.text.as_str();
        let is_head = |b: &&Block| b.heading == Some(1) || b.chars < PARAGRAPH_CHARS_MIN;
        let head = below.iter().take(BELOW_HEADLINE).take_while(is_head);
        let head = head.chain(above.iter().rev().take(ABOVE_HEADLINE));
        let tail = blocks[last..].iter().take(BELOW_ARTICLE);
        Surroundings {
            head: head.filter(short).map(text).collect(),
            opening: below.iter().find(|b| b.chars >= PARAGRAPH_CHARS_MIN).map(text),
            tail: tail.filter(short).map(text).collect(),
            page: blocks.iter().filter(short).map(text).collect(),
        }
    }
}
