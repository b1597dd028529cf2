//! What stands between the headline and the text and sums it up.
//!
//! Problem: metadata hold a description, but most of them are written for search engines, or are the
//! beginning of the text; and what stands below a headline may be a caption, a byline or the first
//! paragraph. Idea: a standfirst is seen by readers. It stands below the headline and above the first
//! paragraph, and either is called a lead, or says what the description says without looking like a
//! paragraph of the text.

use super::block::Block;
use super::form::Kind;
use super::shingle::letters;
use crate::hash::FastMap;
use newstemma_model::{Span, Standfirst};

/// Blocks below the headline among which it is looked for.
const BLOCKS_MAX: usize = 14;

/// How long it is, in characters that are no white space.
const CHARS: std::ops::RangeInclusive<usize> = 20..=600;

/// Letters of a description that must be those of the block.
const LETTERS_MIN: usize = 20;

/// What the page says that the standfirst may be known by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) descriptions: &'a [String],
}

/// The standfirst of the article whose blocks are `kept`, each at its span in the text.
pub(super) fn standfirst(
    blocks: &[Block],
    kept: &[(usize, Span)],
    known: Known<'_>,
) -> Option<Standfirst> {
    let title = known.title?;
    let headline = blocks.iter().position(|block| block.is_headline(title))?;
    let form = paragraph_form(blocks, kept)?;
    let is_paragraph = |b: &Block| b.form.own() == form && !b.in_lead;
    let below = blocks.iter().enumerate().skip(headline + 1).take(BLOCKS_MAX);
    let mut above_text = below.take_while(|(_, block)| !is_paragraph(block));
    let fits = |block: &Block| {
        let formed = !block.in_caption && !block.in_comment && block.link_density() < 0.3;
        let told = || block.in_lead || says(&block.text, known.descriptions);
        CHARS.contains(&block.chars) && formed && told()
    };
    let (index, block) = above_text.find(|(_, block)| fits(block))?;
    let span = kept.iter().find(|(at, span)| *at == index && !span.is_empty()).map(|k| k.1);
    Some(Standfirst { text: block.text.replace('\n', " "), span })
}

/// Whether a text is one of the descriptions, or begins like one that was cut off.
fn says(text: &str, descriptions: &[String]) -> bool {
    descriptions.iter().any(|description| {
        let known = letters(description).count();
        let same = letters(text).zip(letters(description)).take_while(|(a, b)| a == b).count();
        same >= LETTERS_MIN && same + 3 >= known.min(letters(text).count())
    })
}

/// Element and class of the blocks that hold most of the article.
fn paragraph_form(blocks: &[Block], kept: &[(usize, Span)]) -> Option<Kind> {
    let inner = || kept.iter().map(|(index, _)| &blocks[*index]).filter(|b| b.heading.is_none());
    let mut chars: FastMap<Kind, usize> = FastMap::default();
    for block in inner() {
        *chars.entry(block.form.own()).or_default() += block.chars;
    }
    // Of equals the last, whatever the order of the map.
    inner().map(|block| block.form.own()).max_by_key(|form| chars.get(form).copied())
}
