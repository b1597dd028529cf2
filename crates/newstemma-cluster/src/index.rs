//! Which reports are worth comparing with one.
//!
//! Two reports are compared if they share two keys (each has its rarest words and names, and sampled
//! runs of words), or if their mean vectors are near. Both are properties of the two alone, so that a
//! third report neither brings a pair together nor keeps it apart.
//!
//! Keys are found in lists. Means are first compared by the signs of their values, a bit each: of
//! two vectors at an angle `a` a share `a / π` of the signs differ, give or take .022 for 512 values,
//! and eight words of 64 bits are compared sooner than 512 numbers.

use crate::profile::Profile;
use crate::rows::product;
use newstemma_model::Day;
use std::collections::HashMap;

/// Keys that bring a pair together: reports that share one name or one rare word share little.
const KEYS_MIN: usize = 2;
/// Least product of mean vectors at which a pair is compared.
const MEAN_MIN: f32 = 0.35;
/// Greatest share of differing signs: what an angle of that product would have, and three standard
/// deviations.
const SIGNS_MAX: f32 = 0.45;
/// Reports published further apart than this are not compared: what is told again a month later is
/// another story, even if in the old words.
pub(crate) const WINDOW_DAYS: i32 = 30;

/// The lists.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// Looked up, never walked through.
    having: HashMap<u64, Vec<u32>>,
    signs: Vec<Vec<u64>>,
    days: Vec<Option<Day>>,
}

impl Index {
    /// Enters a report under the next number.
    pub(crate) fn push(&mut self, profile: &Profile) {
        let slot = self.signs.len() as u32;
        for key in profile.finding_keys() {
            let list = self.having.entry(key).or_default();
            // A word and a name of one spelling share no key, but two names may.
            if list.last() != Some(&slot) {
                list.push(slot);
            }
        }
        self.signs.push(signs(profile));
        self.days.push(profile.day);
    }

    /// Takes a report out.
    pub(crate) fn remove(&mut self, slot: u32, profile: &Profile) {
        for key in profile.finding_keys() {
            if let Some(list) = self.having.get_mut(&key) {
                list.retain(|&other| other != slot);
            }
        }
        self.signs[slot as usize].clear();
    }

    /// The numbers below `slot` of the reports worth comparing with it, ascending. `profile_of` gives
    /// the profile of a number.
    pub(crate) fn below<'p>(
        &self,
        slot: u32,
        profile: &Profile,
        profile_of: impl Fn(u32) -> Option<&'p Profile>,
    ) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        for key in profile.finding_keys() {
            let list = self.having.get(&key).map_or(&[][..], Vec::as_slice);
            found.extend(list.iter().take_while(|&&other| other < slot));
        }
        found.sort_unstable();
        let often = found.chunk_by(|x, y| x == y).filter(|same| same.len() >= KEYS_MIN);
        let mut found: Vec<u32> = often.map(|same| same[0]).collect();
        found.retain(|&other| self.is_near_in_time(slot, other));
        let own = &self.signs[slot as usize];
        let differ_max = (own.len() as f32 * u64::BITS as f32 * SIGNS_MAX) as u32;
        let alike = (0..slot).filter(|&other| {
            let signs = &self.signs[other as usize];
            signs.len() == own.len()
                && differing(own, signs) <= differ_max
                && self.is_near_in_time(slot, other)
        });
        let near = |&other: &u32| {
            let mean = |other: &Profile| product(profile.mean.row(0), other.mean.row(0));
            profile_of(other).is_some_and(|other| mean(other) >= MEAN_MIN)
        };
        let by_mean: Vec<u32> = alike.filter(near).collect();
        found.extend(by_mean);
        found.sort_unstable();
        found.dedup();
        found
    }

    fn is_near_in_time(&self, a: u32, b: u32) -> bool {
        match (self.days[a as usize], self.days[b as usize]) {
            (Some(a), Some(b)) => a.since(b).saturating_abs() <= WINDOW_DAYS,
            _ => true,
        }
    }
}

fn signs(profile: &Profile) -> Vec<u64> {
    let steps = profile.mean.row(0).steps;
    let word = |steps: &[i8]| steps.iter().fold(0u64, |word, &s| (word << 1) | u64::from(s < 0));
    steps.chunks(u64::BITS as usize).map(word).collect()
}

fn differing(a: &[u64], b: &[u64]) -> u32 {
    a.iter().zip(b).map(|(x, y)| (x ^ y).count_ones()).sum()
}
