//! Which reports are worth comparing with one.
//!
//! Whether two are is a property of the two alone, so that a third report neither brings a pair
//! together nor keeps it apart. They are compared if they were published within a month of each other
//! and
//!
//! - have two keys in common: names, rare words, sampled runs of words; or
//! - have near mean vectors, and came within days of each other.
//!
//! Of strangers more is asked: reports in one language that both name somebody, but nobody in common.
//! They must share runs, or be as near as tellings of one dispatch are; their words do not count.
//! Strangers are what would make a large collection dear: there are a dozen court reports every
//! day, each like the others in all but the names. In two languages it is not strange to share no
//! name, for they are spelt in many ways.
//!
//! # Cost
//!
//! Keys are found in lists, a shelf of them for each day. The lists of words, which are long, are looked
//! into by and for those who name little: of others only strangers are not found by their names. Of
//! vectors the signs are looked through, a bit a value: first a quarter of them, 16 bytes a report, and
//! where these are near all.
//! So a report costs what the weeks around it brought, however large the collection; shelves of other
//! days need not be in memory at all.

use crate::finding::{Finding, Signs};
use crate::link::{Slot, in_common};
use newstemma_model::Day;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

/// Reports published further apart than this are not compared: what is told again a month later is
/// another story, even if in the old words.
const WINDOW_DAYS: i32 = 30;
/// Reports published further apart are not found by their meaning alone: translations and other
/// tellings of the same come within days.
const MEANING_DAYS: i32 = 10;
/// Keys that bring a pair together: reports that share one name or one run share little.
const KEYS_MIN: u32 = 2;
/// Runs that bring strangers together: about those of a sentence.
const STRANGERS_RUNS_MIN: u32 = 2;
/// Signs by which near vectors differ at most: in one language, where a product of .5 does; in two,
/// where tellings of the same differ more (.4); and of strangers (.63). As few as leave the stories
/// of ecbplus, wikinews-events and ntrex-stream, and the relatives of clough-stevenson (dev), as good
/// as if all pairs were compared.
const DIFFER_MAX: u32 = 170;
const LANGUAGES_DIFFER_MAX: u32 = 190;
const STRANGERS_DIFFER_MAX: u32 = 145;
/// Signs that are looked at first, as words of 64…
const FIRST_WORDS: usize = 2;
/// …and by how many of them near vectors may differ beyond their share: two standard deviations.
const FIRST_MORE: u32 = 11;

/// Bytes that a report takes on a shelf, but for its keys…
const REPORT_BYTES: usize = 120;
/// …and that a key takes: most are one report's only, and have an entry and a list of their own.
const KEY_BYTES: usize = 80;

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
    /// By key the positions of those who have it. Looked up, never walked through.
    names: Lists<u64>,
    runs: Lists<u64>,
    words_of_named: Lists<u32>,
    words_of_others: Lists<u32>,
    size_bytes: usize,
}

type Lists<K> = HashMap<K, Vec<u32>>;

/// How many keys of each kind a report shares with another.
#[derive(Clone, Copy, Debug, Default)]
struct Shared {
    names: u32,
    runs: u32,
    words: u32,
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
        let range = match day {
            Some(day) => Some(day.plus(-WINDOW_DAYS))..=Some(day.plus(WINDOW_DAYS)),
            None => None..=self.shelves.last_key_value().and_then(|(&day, _)| day),
        };
        let undated = day.and_then(|_| self.shelves.get_key_value(&None));
        for (&of, shelf) in undated.into_iter().chain(self.shelves.range(range)) {
            let is_soon = is_soon(day, of);
            shelf.with_keys(finding, is_soon, &mut found);
            if is_soon {
                shelf.with_signs(finding, &mut found);
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

fn is_soon(a: Option<Day>, b: Option<Day>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.since(b).saturating_abs() <= MEANING_DAYS,
        _ => true,
    }
}

impl Shelf {
    fn push(&mut self, slot: Slot, finding: &Finding) {
        let position = self.slots.len() as u32;
        let of_words =
            if finding.is_named { &mut self.words_of_named } else { &mut self.words_of_others };
        list(&finding.names, position, &mut self.names);
        list(&finding.runs, position, &mut self.runs);
        list(&finding.words, position, of_words);
        self.slots.push(Some(slot));
        self.first_signs.push(first(&finding.signs));
        self.signs.push(finding.signs);
        self.words.push(finding.words.clone().into());
        self.languages.push(finding.language);
        self.is_named.push(finding.is_named);
        let keys = finding.names.len() + finding.runs.len() + finding.words.len();
        self.size_bytes += REPORT_BYTES + keys * KEY_BYTES;
    }

    /// Those that share enough keys, or a name and are near.
    fn with_keys(&self, finding: &Finding, is_soon: bool, found: &mut Vec<Slot>) {
        let mut shared = vec![Shared::default(); self.slots.len()];
        having(&self.names, &finding.names, |at| shared[at].names += 1);
        having(&self.runs, &finding.runs, |at| shared[at].runs += 1);
        having(&self.words_of_others, &finding.words, |at| shared[at].words += 1);
        if !finding.is_named {
            having(&self.words_of_named, &finding.words, |at| shared[at].words += 1);
        }
        for (position, keys) in (0..).zip(shared) {
            let all = keys.names + keys.runs + keys.words;
            let enough = if all == 0 {
                false
            } else if keys.names == 0 && self.strange(position, finding) {
                keys.runs >= STRANGERS_RUNS_MIN
            } else {
                let differ_max = self.familiar_differ_max(position, finding);
                all >= KEYS_MIN
                    || keys.words == 0 && self.shares_word(position, finding)
                    || is_soon && self.is_near(position, finding, differ_max)
            };
            if enough {
                found.extend(self.slots[position as usize]);
            }
        }
    }

    /// Those whose mean vectors have about the same signs, as though they shared no name.
    fn with_signs(&self, finding: &Finding, found: &mut Vec<Slot>) {
        for position in 0..self.slots.len() as u32 {
            let differ_max = match self.strange(position, finding) {
                true => STRANGERS_DIFFER_MAX,
                false => self.familiar_differ_max(position, finding),
            };
            if self.is_near(position, finding, differ_max) {
                found.extend(self.slots[position as usize]);
            }
        }
    }

    fn is_near(&self, position: u32, finding: &Finding, differ_max: u32) -> bool {
        let position = position as usize;
        let first_max = differ_max * FIRST_WORDS as u32 / finding.signs.len() as u32 + FIRST_MORE;
        differing(&finding.signs[..FIRST_WORDS], &self.first_signs[position]) <= first_max
            && differing(&finding.signs, &self.signs[position]) <= differ_max
    }

    /// Whether two would be strangers if they share no name.
    fn strange(&self, position: u32, finding: &Finding) -> bool {
        let position = position as usize;
        finding.is_named && self.is_named[position] && finding.language == self.languages[position]
    }

    /// By how many signs two may differ that are no strangers.
    fn familiar_differ_max(&self, position: u32, finding: &Finding) -> u32 {
        let same = finding.language == self.languages[position as usize];
        if same { DIFFER_MAX } else { LANGUAGES_DIFFER_MAX }
    }

    fn shares_word(&self, position: u32, finding: &Finding) -> bool {
        in_common(&self.words[position as usize], &finding.words) > 0
    }
}

/// Puts a position into the lists of its keys.
fn list<K: Copy + Eq + Hash>(keys: &[K], position: u32, lists: &mut Lists<K>) {
    keys.iter().for_each(|&key| lists.entry(key).or_default().push(position));
}

/// Tells the positions of those that have these keys, once for each key.
fn having<K: Eq + Hash>(lists: &Lists<K>, keys: &[K], mut tell: impl FnMut(usize)) {
    let lists = keys.iter().filter_map(|key| lists.get(key));
    lists.flatten().for_each(|&position| tell(position as usize));
}

fn first(signs: &Signs) -> [u64; FIRST_WORDS] {
    let [a, b, ..] = *signs;
    [a, b]
}

fn differing(a: &[u64], b: &[u64]) -> u32 {
    a.iter().zip(b).map(|(x, y)| (x ^ y).count_ones()).sum()
}
