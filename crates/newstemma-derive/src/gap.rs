//! Sentences of which the alignment may have missed the counterpart.
//!
//! Between languages a free rendering is easily taken for a sentence of the text's own. But if the
//! sentences around it have their counterparts side by side with something between them that is
//! left over, too, then it is likelier that the two belong together than that one was cut at just
//! the place where the other was put in.

use crate::kin::Kin;
use std::ops::Range;

/// Lines of the other text in which a counterpart is looked for.
const GAP_MAX: usize = 6;
/// Words that are left over there, at least, as a share of the line's.
const LEFT_OVER: f32 = 0.4;

/// For each line of `text` whether `other`, which is related to it, may have a counterpart that was
/// not found.
pub(crate) fn missed(kin: &Kin<'_>, text: usize, other: usize) -> Vec<bool> {
    let (own, theirs) = (&kin.texts[text].lines, &kin.texts[other].lines);
    let runs = aligned(kin, text, other);
    let mut taken = (vec![false; own.len()], vec![false; theirs.len()]);
    for (mine, their) in &runs {
        taken.0[mine.clone()].fill(true);
        taken.1[their.clone()].fill(true);
    }
    let left_over = |line: usize| -> f32 {
        let before = runs.iter().rev().find(|r| r.0.end <= line).map_or(0, |r| r.1.end);
        let after = runs.iter().find(|r| r.0.start > line).map_or(theirs.len(), |r| r.1.start);
        if after.saturating_sub(before) > GAP_MAX {
            return 0.0;
        }
        (before..after).filter(|&k| !taken.1[k]).map(|k| theirs[k].weight).sum()
    };
    (0..own.len())
        .map(|line| !taken.0[line] && left_over(line) >= LEFT_OVER * own[line].weight)
        .collect()
}

/// The aligned runs of two texts, in the order of the first.
fn aligned(kin: &Kin<'_>, text: usize, other: usize) -> Vec<(Range<usize>, Range<usize>)> {
    let matches = kin.pair(text, other).map_or(&[][..], |pair| &pair.matches);
    let runs = matches.iter().map(|m| {
        if text < other { (m.a.clone(), m.b.clone()) } else { (m.b.clone(), m.a.clone()) }
    });
    let mut runs: Vec<_> = runs.collect();
    runs.sort_by_key(|r| (r.0.start, r.1.start));
    runs
}
