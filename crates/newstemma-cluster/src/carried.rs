//! Whether text was carried over between two reports.
//!
//! A copy belongs to its exemplar's story, even where it was cut so short that its mean vector
//! points elsewhere. Text counts as carried over when several long sentences of two reports say
//! the same, word for word or in translation.

use crate::profile::Profile;
use crate::rows::{Row, product};

/// Product of two sentence vectors from which they say the same.
const SAME_MIN: f32 = 0.8;
/// Sentences that must have been carried over…
const CARRIED_MIN: usize = 2;
/// …and their least share among the long sentences of the shorter report.
const CARRIED_SHARE_MIN: f32 = 0.15;

/// Whether it was.
pub(crate) fn is_carried(a: &Profile, b: &Profile) -> bool {
    let (short, long) = if a.long.len() <= b.long.len() { (a, b) } else { (b, a) };
    let needed = CARRIED_MIN.max((short.long.len() as f32 * CARRIED_SHARE_MIN).ceil() as usize);
    let mut left = short.long.len();
    let others: Vec<Row<'_>> = rows(long).collect();
    let mut taken = vec![false; others.len()];
    let mut carried = 0;
    for row in rows(short) {
        let free = (0..others.len()).find(|&j| !taken[j] && product(row, others[j]) >= SAME_MIN);
        if let Some(j) = free {
            taken[j] = true;
            carried += 1;
        }
        left -= 1;
        if carried >= needed || carried + left < needed {
            break;
        }
    }
    carried >= needed
}

fn rows(profile: &Profile) -> impl Iterator<Item = Row<'_>> {
    profile.long.iter().map(|&index| profile.sentences.row(usize::from(index)))
}
