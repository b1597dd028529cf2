//! What two reports have to do with each other.

use crate::carried::is_carried;
use crate::evidence::Evidence;
use crate::profile::Profile;
use crate::score::{KEPT_MIN, SCORE_MAX, UNSEEN, score, steps};
use newstemma_model::Day;
use std::collections::HashMap;

/// Pairs of a lower score are not looked through for carried text, unless they share runs of words.
const CARRIED_SCORE_MIN: i16 = steps(-3.5);
/// Sampled runs of words that a copy shares with its exemplar.
const RUNS_MIN: usize = 2;

/// The number of a report, in order of arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(pub(crate) u32);

impl Slot {
    /// The report of this number.
    pub fn of(number: u32) -> Slot {
        Slot(number)
    }

    /// Its number.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What two reports have to do with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The other report.
    pub other: Slot,
    /// How much surer one story is than two: the logarithm of the odds, in 2048ths of a nat.
    pub score: i16,
    /// Whether text was carried over from one to the other, or to both from a third.
    pub carried: bool,
}

/// Compares a report with others; returns the links that are of any weight.
pub fn compare<'p>(
    profile: &Profile,
    others: impl IntoIterator<Item = (Slot, &'p Profile)>,
) -> Vec<Link> {
    // Copies are many where there are any; they compare as one does.
    let mut known: HashMap<(u64, Option<Day>), Link> = HashMap::new();
    let link = |(other, of_other): (Slot, &Profile)| {
        let same = known.entry((of_other.content, of_other.day));
        Link { other, ..*same.or_insert_with(|| link(other, profile, of_other)) }
    };
    let worth = |link: &Link| link.score >= KEPT_MIN || link.carried;
    others.into_iter().map(link).filter(worth).collect()
}

fn link(other: Slot, a: &Profile, b: &Profile) -> Link {
    // What speaks for the two may already be enough, and nothing but their days against them.
    let greatest = Evidence::at_least(a, b).map(|least| score(&least));
    let score = match greatest.filter(|&score| score == SCORE_MAX) {
        Some(greatest) => greatest,
        None => score(&Evidence::of(a, b)),
    };
    let copied = || in_common(&a.runs, &b.runs) >= RUNS_MIN;
    let carried = (score >= CARRIED_SCORE_MIN || copied()) && is_carried(a, b);
    Link { other, score: if score < KEPT_MIN { UNSEEN } else { score }, carried }
}

/// How much two ascending lists have in common.
pub(crate) fn in_common<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        shared += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    shared
}
