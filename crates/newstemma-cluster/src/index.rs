//! Which reports are worth comparing with one.
//!
//! They are compared if they were published within a month of each other and
//!
//! - share names and are as near as those who share so much are ([`worth`](crate::worth)); or
//! - share runs of words, as copies do; or
//! - came within days of each other and are near, whatever they share.
//!
//! # Cost
//!
//! Names and runs are found in lists, a shelf of them for each day. Of vectors the signs are looked
//! through, a bit a value: first a quarter of them, 16 bytes a report, and where these are near all.
//! So a report costs what the weeks around it brought, however large the collection; and of what they
//! brought, but for a few days, only what shares its names. Shelves of other days need not be in
//! memory at all.

use crate::finding::{Finding, Signs};
use crate::link::{Slot, in_common};
use crate::lists::{ENTRY_BYTES, Lists};
use crate::worth::{Common, RUNS_MIN};
use newstemma_model::Day;
use std::collections::BTreeMap;

/// Reports published further apart than this are not compared: what is told again a month later is
/// another story, even if in the old words.
const WINDOW_DAYS: i32 = 30;
/// Reports published further apart are not found by their meaning alone: translations and other
/// tellings of the same come within days.
const MEANING_DAYS: u32 = 10;
/// Signs that are looked at first, as words of 64…
const FIRST_WORDS: usize = 2;
/// …and by how many of them near vectors may differ beyond their share: two standard deviations.
const FIRST_MORE: u32 = 11;

/// Bytes that a report takes on a shelf, but for its keys…
const REPORT_BYTES: usize = 120;
/// …and that one of its words takes.
const WORD_BYTES: usize = size_of::<u32>();

/// What reports are found by, by the days of their publication.
#[derive(Debug, Default)]
pub struct Index {
    shelves: BTreeMap<Option<Day>, Shelf>,
    size_bytes: usize,
}

/// The reports of one day, or those that do not say when they were published.
#[derive(Debug, Default)]
struct Shelf {
    /// Ascending. `None` where a report was taken out.
    slots: Vec<Option<Slot>>,
    first_signs: Vec<[u64; FIRST_WORDS]>,
    signs: Vec<Signs>,
    words: Vec<Box<[u32]>>,
    languages: Vec<u32>,
    is_named: Vec<bool>,
    names: Lists,
    runs: Lists,
    size_bytes: usize,
}

/// How many keys of each kind a report shares with each of a shelf: none, but with few.
#[derive(Debug, Default)]
struct Tally {
    counts: Vec<Shared>,
    /// Those that it shares any with.
    touched: Vec<u32>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Shared {
    names: u32,
    runs: u32,
}

impl Index {
    /// How many bytes of memory it takes, about.
    pub fn size_bytes(&self) -> usize {
        self.size_bytes
    }

    /// Whether there is a shelf for a day.
    pub fn has(&self, day: Option<Day>) -> bool {
        self.shelves.contains_key(&day)
    }

    /// Makes an empty shelf for a day.
    pub fn open(&mut self, day: Option<Day>) {
        self.shelves.entry(day).or_default();
    }

    /// Forgets the shelves of all other days.
    pub fn keep(&mut self, wanted: impl Fn(Option<Day>) -> bool) {
        self.shelves.retain(|&day, _| wanted(day));
        self.size_bytes = self.shelves.values().map(|shelf| shelf.size_bytes).sum();
    }

    /// Enters a report. On one day they come in order of their numbers.
    pub fn enter(&mut self, slot: Slot, day: Option<Day>, finding: &Finding) {
        let shelf = self.shelves.entry(day).or_default();
        let before = shelf.size_bytes;
        shelf.push(slot, finding);
        self.size_bytes += shelf.size_bytes - before;
    }

    /// Takes a report out.
    pub fn remove(&mut self, slot: Slot, day: Option<Day>) {
        let shelf = self.shelves.get_mut(&day);
        let place = shelf.and_then(|shelf| shelf.slots.iter_mut().find(|s| **s == Some(slot)));
        if let Some(place) = place {
            *place = None;
        }
    }

    /// The reports worth comparing with one, of those with lower numbers, ascending. All shelves of
    /// its [`reach`] must be there.
    pub fn below(&self, slot: Slot, day: Option<Day>, finding: &Finding) -> Vec<Slot> {
        let mut found = Vec::new();
        let mut tally = Tally::default();
        let range = match day {
            Some(day) => Some(day.plus(-WINDOW_DAYS))..=Some(day.plus(WINDOW_DAYS)),
            None => None..=self.shelves.last_key_value().and_then(|(&day, _)| day),
        };
        let undated = day.and_then(|_| self.shelves.get_key_value(&None));
        for (&of, shelf) in undated.into_iter().chain(self.shelves.range(range)) {
            let days = days_between(day, of);
            shelf.with_keys(finding, days, &mut tally, &mut found);
            if days <= MEANING_DAYS {
                shelf.with_signs(finding, days, &mut found);
            }
        }
        found.retain(|&other| other < slot);
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The days whose reports a report of a day is compared with. Those who do not say their day are
/// compared with all, and all with them.
pub fn reach(day: Day) -> impl Iterator<Item = Day> {
    (-WINDOW_DAYS..=WINDOW_DAYS).map(move |days| day.plus(days))
}

/// None if either does not say its day.
fn days_between(a: Option<Day>, b: Option<Day>) -> u32 {
    a.zip(b).map_or(0, |(a, b)| a.since(b).unsigned_abs())
}

impl Shelf {
    fn push(&mut self, slot: Slot, finding: &Finding) {
        let position = self.slots.len() as u32;
        self.names.enter(&finding.names, position);
        self.runs.enter(&finding.runs, position);
        self.slots.push(Some(slot));
        self.first_signs.push(first(&finding.signs));
        self.signs.push(finding.signs);
        self.words.push(finding.words.clone().into());
        self.languages.push(finding.language);
        self.is_named.push(finding.is_named);
        let keys = finding.names.len() + finding.runs.len();
        self.size_bytes += REPORT_BYTES + keys * ENTRY_BYTES + finding.words.len() * WORD_BYTES;
    }

    /// Those that share runs, or names and are near enough.
    fn with_keys(&self, finding: &Finding, days: u32, tally: &mut Tally, found: &mut Vec<Slot>) {
        tally.counts.resize(self.slots.len().max(tally.counts.len()), Shared::default());
        tally.add(&self.names, &finding.names, |shared| shared.names += 1);
        tally.add(&self.runs, &finding.runs, |shared| shared.runs += 1);
        for position in tally.touched.drain(..) {
            let Shared { names, runs } = std::mem::take(&mut tally.counts[position as usize]);
            let near = || Near::of(self.common(position, finding, names, days));
            if runs >= RUNS_MIN || names > 0 && self.is_near(position, finding, &near()) {
                found.extend(self.slots[position as usize]);
            }
        }
    }

    /// Those that are near enough as though they shared no name.
    fn with_signs(&self, finding: &Finding, days: u32, found: &mut Vec<Slot>) {
        // All are looked through: what depends on few things is not worked out for each.
        let near = |is_one_language, are_named| {
            Near::of(Common { names: 0, is_one_language, are_named, days })
        };
        let near = [[near(false, false), near(false, true)], [near(true, false), near(true, true)]];
        let is_near = |&position: &u32| {
            let [is_one_language, are_named] = self.alike(position, finding);
            let near = &near[usize::from(is_one_language)][usize::from(are_named)];
            self.is_near(position, finding, near)
        };
        let near = (0..self.slots.len() as u32).filter(is_near);
        found.extend(near.filter_map(|position| self.slots[position as usize]));
    }

    fn common(&self, position: u32, finding: &Finding, names: u32, days: u32) -> Common {
        let [is_one_language, are_named] = self.alike(position, finding);
        Common { names, is_one_language, are_named, days }
    }

    /// Whether they are in one language, and whether both name enough.
    fn alike(&self, position: u32, finding: &Finding) -> [bool; 2] {
        let position = position as usize;
        let is_one_language = finding.language == self.languages[position];
        [is_one_language, finding.is_named && self.is_named[position]]
    }

    fn is_near(&self, position: u32, finding: &Finding, near: &Near) -> bool {
        let position = position as usize;
        let first = differing(&finding.signs[..FIRST_WORDS], &self.first_signs[position]);
        if first > near.first_max {
            return false;
        }
        let differ = differing(&finding.signs, &self.signs[position]);
        let words = || in_common(&self.words[position], &finding.words);
        differ <= near.least
            || differ <= near.most && differ <= near.least + near.common.more_for_words(words)
    }
}

impl Tally {
    /// Counts those that have these keys, once for each key.
    fn add(&mut self, lists: &Lists, keys: &[u64], count: impl Fn(&mut Shared)) {
        for position in keys.iter().flat_map(|&key| lists.having(key)) {
            let shared = &mut self.counts[position as usize];
            if shared.names + shared.runs == 0 {
                self.touched.push(position);
            }
            count(shared);
        }
    }
}

/// By how many signs two may differ.
struct Near {
    common: Common,
    /// Whatever their words…
    least: u32,
    /// …and if they share as many as count.
    most: u32,
    /// Of the signs that are looked at first, if not by more than that of all.
    first_max: u32,
}

impl Near {
    fn of(common: Common) -> Near {
        let least = common.differ_max();
        let most = least + common.more_max();
        let first_max = most * FIRST_WORDS as u32 / Signs::default().len() as u32 + FIRST_MORE;
        Near { common, least, most, first_max }
    }
}

fn first(signs: &Signs) -> [u64; FIRST_WORDS] {
    let [a, b, ..] = *signs;
    [a, b]
}

fn differing(a: &[u64], b: &[u64]) -> u32 {
    a.iter().zip(b).map(|(x, y)| (x ^ y).count_ones()).sum()
}
