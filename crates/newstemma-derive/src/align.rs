//! Which sentences of two documents carry the same text.
//!
//! Near-copies are cut into gaps at the sentences that they share word for word
//! ([`crate::anchor`]). First the monotone beads of greatest gain ([`crate::beads`]) are taken, then,
//! among the sentences that these leave alone, passages that moved: pairs that are each other's
//! best and stand out clearly. A sentence is in one alignment at most.

use crate::anchor::anchors;
use crate::background::Background;
use crate::beads::{Bead, RUN_MAX, beads_between};
use crate::similarity::{Compared, PARAMETERS};
use crate::text::Text;
use crate::tokens::Token;
use newstemma_model::{Alignment, AlignmentRelation, Document, Located};
use std::ops::Range;

/// Two runs of lines that carry the same text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Match {
    /// The run of the first text.
    pub(crate) a: Range<usize>,
    /// The run of the second.
    pub(crate) b: Range<usize>,
    /// How far the two agree above their background.
    pub(crate) similarity: f32,
    /// Share of words that stand in both in the same order; 0 between languages.
    pub(crate) verbatim: f32,
    /// How they render the same text.
    pub(crate) relation: AlignmentRelation,
}

/// Aligns the sentences of two documents.
///
/// Only told sentences count. The records come in the order of the first document's text.
pub fn align(a: &Document, b: &Document, background: &Background) -> Vec<Alignment> {
    let (a, b) = if a.report.id <= b.report.id { (a, b) } else { (b, a) };
    let (ta, tb) = (Text::beside(a, background), Text::beside(b, background));
    let found = matches(&mut Compared::new(&ta, &tb, background));
    found.iter().map(|m| record(m, &ta, &tb)).collect()
}

/// The record of a match; the place in the report of the lesser id comes first.
pub(crate) fn record(found: &Match, a: &Text<'_>, b: &Text<'_>) -> Alignment {
    let place = |text: &Text<'_>, run: &Range<usize>| Located {
        report: text.document.report.id,
        span: text.span(run.clone()),
    };
    let (a, b) = (place(a, &found.a), place(b, &found.b));
    Alignment { a: a.min(b), b: a.max(b), relation: found.relation, score: score(found) }
}

fn score(found: &Match) -> f32 {
    let above = 1.0 / (1.0 + libm::expf(-8.0 * (found.similarity - 0.2)));
    above.max(found.verbatim).clamp(0.0, 1.0)
}

/// From which share of words in common order on two passages are in the same words.
const VERBATIM: f32 = 0.7;
/// How much further than a monotone bead a moved passage must stand out.
const MOVED: f32 = 0.5;
/// Pairs of lines that are looked at for moved passages, at most.
const MOVED_PAIRS_MAX: usize = 4_000_000;

/// All matches of two texts, by place in the first.
///
/// A first alignment tells how much of either text has a counterpart. Where most of it has, a
/// sentence without one is the exception, and less is asked of a second alignment; where that
/// holds for both, as in a book and its translation, hardly anything is asked.
pub(crate) fn matches(compared: &mut Compared<'_>) -> Vec<Match> {
    let given = anchors(compared.a, compared.b);
    let mut monotone = beads_between(compared, &given, None);
    let worth = worth(shares(compared, &monotone));
    if worth.0 > compared.worth.0 || worth.1 > compared.worth.1 {
        compared.worth = worth;
        monotone = beads_between(compared, &given, Some(&monotone));
    }
    let compared = &*compared;
    let mut found: Vec<Match> =
        monotone.into_iter().map(|bead| matched(compared, bead.a, bead.b)).collect();
    let (mut free_a, mut free_b) =
        (vec![true; compared.a.lines.len()], vec![true; compared.b.lines.len()]);
    for m in &found {
        free_a[m.a.clone()].fill(false);
        free_b[m.b.clone()].fill(false);
    }
    found.extend(moved(compared, &mut free_a, &mut free_b));
    found.sort_by_key(|m| (m.a.start, m.b.start));
    found
}

/// What aligning a sentence is worth in two texts of which these shares have a counterpart.
fn worth((a, b): (f32, f32)) -> (f32, f32) {
    let p = PARAMETERS;
    let ramp = |share: f32| ((share - 0.25) / 0.3).clamp(0.0, 1.0);
    let both = (ramp(a).min(ramp(b)) - 0.5).max(0.0) * 2.0;
    let worth = |share: f32| {
        let derived = p.worth + ramp(share) * (p.worth_derived - p.worth);
        derived + both * (p.worth_parallel - derived)
    };
    (worth(a), worth(b))
}

/// Shares of the words of both texts that are aligned.
fn shares(compared: &Compared<'_>, beads: &[Bead]) -> (f32, f32) {
    let share = |text: &Text<'_>, side: fn(&Bead) -> &Range<usize>| {
        let words: f32 =
            beads.iter().flat_map(|b| text.lines[side(b).clone()].iter()).map(|l| l.weight).sum();
        words / text.weight().max(1.0)
    };
    (share(compared.a, |b| &b.a), share(compared.b, |b| &b.b))
}

fn matched(compared: &Compared<'_>, a: Range<usize>, b: Range<usize>) -> Match {
    let similarity = compared.similarity(&a, &b, &|i, j| compared.cosine(i, j));
    let same = compared.same_language(a.start, b.start);
    let verbatim = if same {
        in_common_order(compared.a.run(a.clone()), compared.b.run(b.clone()))
    } else {
        0.0
    };
    let relation = match same {
        false => AlignmentRelation::Translation,
        true if verbatim >= VERBATIM => AlignmentRelation::Verbatim,
        true => AlignmentRelation::Rewrite,
    };
    Match { a, b, similarity, verbatim, relation }
}

/// Passages that stand elsewhere in the other text: free lines that are each other's best.
fn moved(compared: &Compared<'_>, free_a: &mut [bool], free_b: &mut [bool]) -> Vec<Match> {
    let open = |free: &[bool]| -> Vec<usize> { (0..free.len()).filter(|&i| free[i]).collect() };
    let (rows, columns) = (open(free_a), open(free_b));
    if rows.len().saturating_mul(columns.len()) > MOVED_PAIRS_MAX {
        return Vec::new();
    }
    let floor = MOVED;
    let mut pairs = Vec::new();
    for &i in &rows {
        for &j in &columns {
            let cosine = compared.cosine(i, j);
            let similarity = compared.similarity(&(i..i + 1), &(j..j + 1), &|_, _| cosine);
            if similarity >= floor {
                pairs.push((similarity, i, j));
            }
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)).then(x.2.cmp(&y.2)));
    let mut found = Vec::new();
    for (_, i, j) in pairs {
        if !free_a[i] || !free_b[j] {
            continue;
        }
        let (a, b) = grown(compared, i, j, free_a, free_b);
        free_a[a.clone()].fill(false);
        free_b[b.clone()].fill(false);
        found.push(matched(compared, a, b));
    }
    found
}

/// A moved pair with those free neighbours that belong to it.
fn grown(
    compared: &Compared<'_>,
    i: usize,
    j: usize,
    free_a: &[bool],
    free_b: &[bool],
) -> (Range<usize>, Range<usize>) {
    use crate::beads::Gains;
    let cell = |i: usize, j: usize| compared.cosine(i, j);
    let mut best = (i..i + 1, j..j + 1);
    let mut gain = compared.gain(best.0.clone(), best.1.clone(), &cell, f32::NEG_INFINITY);
    while best.0.len() + best.1.len() < RUN_MAX {
        let (a, b) = best.clone();
        let mut larger = vec![(a.start..a.end + 1, b.clone()), (a.clone(), b.start..b.end + 1)];
        if a.start > 0 {
            larger.push((a.start - 1..a.end, b.clone()));
        }
        if b.start > 0 {
            larger.push((a.clone(), b.start - 1..b.end));
        }
        let free = |free: &[bool], run: &Range<usize>, own: &Range<usize>| {
            run.clone().all(|k| own.contains(&k) || free.get(k) == Some(&true))
        };
        larger.retain(|(x, y)| free(free_a, x, &a) && free(free_b, y, &b));
        let next = larger
            .into_iter()
            .map(|(x, y)| (compared.gain(x.clone(), y.clone(), &cell, gain), x, y))
            .max_by(|x, y| x.0.total_cmp(&y.0));
        match next {
            Some((more, x, y)) if more > gain + 0.1 => (gain, best) = (more, (x, y)),
            _ => break,
        }
    }
    best
}

/// Tokens that are compared for order, at most, on either side.
const ORDER_MAX: usize = 600;

/// Share of the words of both that stand in both in the same order: twice the longest common
/// subsequence over the sum of lengths, by weight.
pub(crate) fn in_common_order(a: &[Token], b: &[Token]) -> f32 {
    let (a, b) = (&a[..a.len().min(ORDER_MAX)], &b[..b.len().min(ORDER_MAX)]);
    let mut row = vec![0.0f32; b.len() + 1];
    for x in a {
        let mut diagonal = 0.0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x.hash == y.hash { diagonal + x.weight } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    let all: f32 = a.iter().chain(b).map(|t| t.weight).sum();
    if all > 0.0 { 2.0 * row[b.len()] / all } else { 0.0 }
}
