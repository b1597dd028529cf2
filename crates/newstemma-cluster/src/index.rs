//! Which reports are worth comparing with one.
//!
//! Two reports are compared if they share two keys (each has its rarest words and names, and sampled
//! runs of words), or if their mean vectors are near. Both are properties of the two alone, so that a
//! third report neither brings a pair together nor keeps it apart.
//!
//! Keys are found in lists. Means are first compared by the signs of their values, a bit each: of
//! two vectors at an angle `a` a share `a / π` of the signs differ, give or take .022 for 512 values,
//! and eight words of 64 bits are compared sooner than 512 numbers. Only reports published within a
//! month of each other are looked at, so that in a collection of years a report costs what its own
//! weeks brought.

use crate::profile::Profile;
use crate::rows::product;
use newstemma_model::Day;
use std::collections::{BTreeMap, HashMap};

/// Keys that bring a pair together: reports that share one name or one rare word share little.
const KEYS_MIN: usize = 2;
/// Least product of mean vectors at which a pair is compared.
const MEAN_MIN: f32 = 0.45;
/// Greatest share of differing signs: what an angle of that product would have, and two standard
/// deviations. One in fifty pairs that just reach the product is lost, and the vectors of few that do
/// not are fetched for nothing.
const SIGNS_MAX: f32 = 0.395;
/// Reports published further apart than this are not compared: what is told again a month later is
/// another story, even if in the old words.
pub(crate) const WINDOW_DAYS: i32 = 30;

/// The signs of a mean vector's first values, a bit each.
type Signs = [u64; 8];

/// The lists.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// Looked up, never walked through.
    having: HashMap<u64, Vec<u32>>,
    signs: Vec<Signs>,
    days: Vec<Option<Day>>,
    /// The reports of each day, ascending, and those that do not say when they were published.
    of_day: BTreeMap<Option<Day>, Vec<u32>>,
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
        self.of_day.entry(profile.day).or_default().push(slot);
    }

    /// Takes a report out.
    pub(crate) fn remove(&mut self, slot: u32, profile: &Profile) {
        for key in profile.finding_keys() {
            if let Some(list) = self.having.get_mut(&key) {
                list.retain(|&other| other != slot);
            }
        }
        if let Some(list) = self.of_day.get_mut(&profile.day) {
            list.retain(|&other| other != slot);
        }
    }

    /// The numbers below `slot` of the reports worth comparing with it, ascending. `profile_of` gives
    /// the profile of a number.
    pub(crate) fn below<'p>(
        &self,
        slot: u32,
        profile: &Profile,
        profile_of: impl Fn(u32) -> Option<&'p Profile>,
    ) -> Vec<u32> {
        let mut found = self.with_keys(slot, profile);
        let near = |other: &Profile| product(profile.mean.row(0), other.mean.row(0)) >= MEAN_MIN;
        let alike = self.with_signs(slot, profile);
        found.extend(alike.filter(|&other| profile_of(other).is_some_and(near)));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Those that share enough keys.
    fn with_keys(&self, slot: u32, profile: &Profile) -> Vec<u32> {
        let mut found: Vec<u32> = Vec::new();
        for key in profile.finding_keys() {
            let list = self.having.get(&key).map_or(&[][..], Vec::as_slice);
            found.extend(list.iter().take_while(|&&other| other < slot));
        }
        found.sort_unstable();
        let often = found.chunk_by(|x, y| x == y).filter(|same| same.len() >= KEYS_MIN);
        let near = |&other: &u32| self.is_near_in_time(slot, other);
        often.map(|same| same[0]).filter(near).collect()
    }

    /// Those whose mean vectors have about the same signs.
    fn with_signs(&self, slot: u32, profile: &Profile) -> impl Iterator<Item = u32> {
        let own = &self.signs[slot as usize];
        let differ_max = (profile.mean.dim.min(size_of::<Signs>() * 8) as f32 * SIGNS_MAX) as u32;
        let within = match profile.day {
            Some(day) => Some(day.plus(-WINDOW_DAYS))..=Some(day.plus(WINDOW_DAYS)),
            None => None..=self.of_day.last_key_value().and_then(|(&day, _)| day),
        };
        let undated = profile.day.and_then(|_| self.of_day.get(&None));
        let lists = undated.into_iter().chain(self.of_day.range(within).map(|(_, list)| list));
        let below = lists.flat_map(move |list| list.iter().take_while(move |&&o| o < slot));
        below.copied().filter(move |&o| differing(own, &self.signs[o as usize]) <= differ_max)
    }

    fn is_near_in_time(&self, a: u32, b: u32) -> bool {
        match (self.days[a as usize], self.days[b as usize]) {
            (Some(a), Some(b)) => a.since(b).saturating_abs() <= WINDOW_DAYS,
            _ => true,
        }
    }
}

fn signs(profile: &Profile) -> Signs {
    let mut signs = Signs::default();
    let chunks = profile.mean.row(0).steps.chunks(u64::BITS as usize);
    for (word, steps) in signs.iter_mut().zip(chunks) {
        *word = steps.iter().fold(0, |word, &step| (word << 1) | u64::from(step < 0));
    }
    signs
}

fn differing(a: &Signs, b: &Signs) -> u32 {
    a.iter().zip(b).map(|(x, y)| (x ^ y).count_ones()).sum()
}
