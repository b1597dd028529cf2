//! Leads: that of an article, which may stand outside its element, and those of other articles
//! below it.
//!
//! Problem: a lead stands between a headline and its article, and lists of other articles repeat
//! theirs below it; sites call both an excerpt, an intro or a teaser, and some call all their
//! paragraphs so. Idea: the place tells. Sentences below the headline are taken in; where a page ends
//! in several leads and nothing else, they are left out.
//!
//! Cost: one look at the kept blocks, and at a few above them.

use super::block::Block;
use super::shingle::Shingles;
use crate::line::ends_with_stop;

/// Blocks between the headline and the article among which its lead is looked for, most sentences
/// that are taken for it, and how long they are, in characters.
const LEAD_BLOCKS_MAX: usize = 12;
const LEADS_MAX: usize = 2;
const LEAD_CHARS: std::ops::RangeInclusive<usize> = 50..=600;

/// With the lead: sentences that stand below the headline, outside the element of the article.
pub(super) fn with_own_lead(blocks: &[Block], kept: Vec<usize>, title: Option<&str>) -> Vec<usize> {
    let paragraph = kept.iter().position(|&i| blocks[i].heading.is_none());
    let (Some(at), Some(title)) = (paragraph, title) else {
        return kept;
    };
    let first = kept[at];
    let from = first.saturating_sub(LEAD_BLOCKS_MAX);
    let above = &blocks[from..first];
    let headline = above.iter().rposition(|block| block.is_headline(title));
    let Some(headline) = headline else { return kept };
    let is_lead = |i: &usize| {
        let block = &blocks[*i];
        // Sites write it as a heading, too, and call it a teaser, as what leads elsewhere.
        let told = block.in_lead && block.heading != Some(1);
        let formed = told || block.heading.is_none() && ends_with_stop(&block.text);
        formed
            && !block.in_caption
            && !block.in_comment
            && (block.in_lead || !block.in_furniture && !block.in_list)
            && LEAD_CHARS.contains(&block.chars)
            && block.link_density() < 0.2
    };
    let headings = kept[..at].iter().copied();
    let leads = (from + headline + 1..first).filter(is_lead);
    let leads = leads.filter(|i| !kept[..at].contains(i)).take(LEADS_MAX);
    let mut all: Vec<usize> = headings.chain(leads).chain(kept[at..].iter().copied()).collect();
    all.sort_unstable();
    all
}

/// Leads below an article from which on they are those of other ones, and share of the text that
/// they are at most: some sites write all their paragraphs as leads.
const OTHER_LEADS_MIN: usize = 2;
const OTHER_LEADS_SHARE: f32 = 0.3;

/// Without the leads of other articles below the last paragraph.
pub(super) fn without_other_leads(
    blocks: &[Block],
    mut kept: Vec<usize>,
    known: &Shingles,
) -> Vec<usize> {
    let is_lead = |index: &usize| blocks[*index].in_lead && !known.hold(&blocks[*index].text);
    let is_paragraph = |index: &usize| {
        let block = &blocks[*index];
        block.heading.is_none() && ends_with_stop(&block.text)
    };
    let last = kept.iter().rposition(|index| is_paragraph(index) && !is_lead(index));
    let below = last.map_or(0, |last| last + 1)..kept.len();
    let Some(end) = below.into_iter().find(|&at| is_lead(&kept[at])) else { return kept };
    let (own, others) = kept.split_at(end);
    let chars = |part: &[usize]| part.iter().map(|&i| blocks[i].chars).sum::<usize>() as f32;
    let leads = others.iter().filter(|index| is_lead(index)).count();
    if leads >= OTHER_LEADS_MIN && chars(others) <= chars(own) * OTHER_LEADS_SHARE {
        kept.truncate(end);
    }
    kept
}
