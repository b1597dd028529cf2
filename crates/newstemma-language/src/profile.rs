//! Profiles of languages: how much each short run of letters speaks for each language.
//!
//! Problem: tell some eighty languages apart from a sentence or less. Idea: naive Bayes over runs
//! of one to three letters inside words, word edges included, and over whole words, one profile a
//! language and script; only what was seen in a language has a weight, so that the table is sparse
//! and foreign names do little harm. A weight is ln(frequency / floor), the floor being the same
//! for all languages, in sixteenths. Cost: one look-up in a sorted table a run, some 3½ a letter.
//! Source: W. Cavnar and J. Trenkle, "N-gram-based text categorization" (1994); the weights are
//! those of T. Dunning, "Statistical identification of language" (1994), smoothed by the floor.
//!
//! The file is described in `docs/formats.md`.

use newstemma_model::Language;
use std::collections::HashMap;
use std::sync::OnceLock;
use unicode_normalization::char::is_combining_mark;

/// What stands at the head of the file.
const MAGIC: &[u8; 8] = b"NSLANGID";

/// The version that is written and read.
const VERSION: u32 = 1;

/// Places for the sums of all rows that a file can have.
pub const ROWS: usize = 256;

/// Bytes before the rows: magic, version, checksum, and three counts.
const HEADER_BYTES: usize = 28;

/// Bytes of a row: tag, script, prior.
const ROW_BYTES: usize = 12;

/// Longest run of letters.
const RUN_LETTERS_MAX: usize = 3;

/// Whole words count as such from this length on; shorter ones are runs already.
const WORD_LETTERS_MIN: usize = 2;

/// Letters after which a word is cut off.
const WORD_LETTERS_MAX: usize = 24;

/// A language in one script, in the order of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProfileRow {
    /// The language.
    pub language: Language,
    /// A number for the script; only rows of one script are compared.
    pub script: u8,
    /// What the language has to make up for before it wins, in sixteenths of a nat.
    pub handicap: u16,
}

/// The weights of one run: rows and weights, by row.
pub type Weights = Vec<(u8, u8)>;

/// All profiles, ready for looking up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profiles {
    rows: Vec<ProfileRow>,
    /// Ascending by key.
    runs: Vec<Run>,
    weights: Weights,
    /// For each value of the first [`BUCKET_BITS`] of a key, the first run that is not less; then
    /// the number of runs.
    buckets: Vec<u32>,
}

/// A run of letters that speaks for some language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    key: u32,
    /// The end of its weights; they begin where those of the run before end.
    end: u32,
}

/// Bits of a key by which it is looked up: about as many buckets as there are runs.
const BUCKET_BITS: u32 = 16;

/// Words that are remembered; of a long text, the first ones are those that come again.
const WORDS_REMEMBERED_MAX: usize = 4096;

/// What the words of a text said; see [`Profiles::score_remembering`]. Good for one table of
/// profiles only.
#[derive(Clone, Debug, Default)]
pub struct WordMemory {
    words: HashMap<String, KnownWord>,
}

#[derive(Clone, Debug, Default)]
struct KnownWord {
    runs: usize,
    /// Sums by row, where there are any.
    weights: Vec<(u8, u32)>,
}

/// Why there are no profiles.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProfileError {
    /// Another kind of file, or a version that is not known.
    #[error("no profiles of version {VERSION}")]
    NotProfiles,
    /// Bytes were lost or changed.
    #[error("profiles are damaged")]
    Damaged,
}

impl Profiles {
    /// Puts profiles together. `entries` are keys with their weights, ascending.
    pub fn new(rows: Vec<ProfileRow>, entries: &[(u32, Weights)]) -> Profiles {
        let mut end = 0;
        let runs: Vec<Run> = entries
            .iter()
            .map(|(key, weights)| {
                end += weights.len() as u32;
                Run { key: *key, end }
            })
            .collect();
        let weights = entries.iter().flat_map(|(_, weights)| weights.iter().copied()).collect();
        let buckets = buckets(&runs);
        Profiles { rows, runs, weights, buckets }
    }

    /// The languages, in order.
    pub fn rows(&self) -> &[ProfileRow] {
        &self.rows
    }

    /// Writes the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        for count in [self.rows.len(), self.runs.len(), self.weights.len()] {
            body.extend((count as u32).to_le_bytes());
        }
        for row in &self.rows {
            let mut tag = [0; 8];
            let name = row.language.to_string();
            tag[..name.len()].copy_from_slice(name.as_bytes());
            body.extend(tag);
            body.extend([row.script, 0]);
            body.extend(row.handicap.to_le_bytes());
        }
        body.extend(self.runs.iter().flat_map(|run| run.key.to_le_bytes()));
        let starts = std::iter::once(0).chain(self.runs.iter().map(|run| run.end));
        body.extend(starts.zip(&self.runs).map(|(start, run)| (run.end - start) as u8));
        body.extend(self.weights.iter().flat_map(|(row, weight)| [*row, *weight]));
        let mut file = MAGIC.to_vec();
        file.extend(VERSION.to_le_bytes());
        file.extend(crc32fast::hash(&body).to_le_bytes());
        file.extend(body);
        file
    }

    /// Reads the file.
    ///
    /// # Errors
    /// If it is none, or damaged.
    pub fn from_bytes(file: &[u8]) -> Result<Profiles, ProfileError> {
        if file.get(..8) != Some(MAGIC.as_slice()) || word_at(file, 8) != Some(VERSION) {
            return Err(ProfileError::NotProfiles);
        }
        let body = file.get(16..).ok_or(ProfileError::Damaged)?;
        if word_at(file, 12) != Some(crc32fast::hash(body)) {
            return Err(ProfileError::Damaged);
        }
        Self::from_body(file).ok_or(ProfileError::Damaged)
    }

    fn from_body(file: &[u8]) -> Option<Profiles> {
        let count = |at| word_at(file, at).map(|n| n as usize);
        let (rows, keys, weights) = (count(16)?, count(20)?, count(24)?);
        let mut at = HEADER_BYTES;
        let mut take = |bytes: usize| {
            let taken = file.get(at..at.checked_add(bytes)?);
            at += bytes;
            taken
        };
        let row_bytes = take(rows.checked_mul(ROW_BYTES)?)?;
        let rows: Vec<ProfileRow> =
            row_bytes.chunks_exact(ROW_BYTES).map(row).collect::<Option<_>>()?;
        let key_bytes = take(keys.checked_mul(4)?)?;
        let lengths = take(keys)?;
        let mut end = 0;
        let runs: Vec<Run> = key_bytes
            .chunks_exact(4)
            .zip(lengths)
            .map(|(b, &length)| {
                end += u32::from(length);
                Run { key: u32::from_le_bytes([b[0], b[1], b[2], b[3]]), end }
            })
            .collect();
        let weight_bytes = take(weights.checked_mul(2)?)?;
        let weights: Weights = weight_bytes.chunks_exact(2).map(|b| (b[0], b[1])).collect();
        let known = weights.iter().all(|(row, _)| usize::from(*row) < rows.len());
        let ascending = runs.is_sorted_by_key(|run| run.key);
        let buckets = buckets(&runs);
        let whole = known && ascending && end as usize == weights.len();
        whole.then_some(Profiles { rows, runs, weights, buckets })
    }

    /// Adds up, for each row, what the runs of a text say for it; returns how many runs there were.
    pub fn score(&self, text: &str, sums: &mut [u32; ROWS]) -> usize {
        let mut runs = 0;
        each_run(text, |key| {
            runs += 1;
            for &(row, weight) in self.weights_of(key) {
                sums[usize::from(row)] += u32::from(weight);
            }
        });
        runs
    }

    /// The same for a text of many that repeat their words: what a word says is remembered.
    pub fn score_remembering(
        &self,
        text: &str,
        sums: &mut [u32; ROWS],
        memory: &mut WordMemory,
    ) -> usize {
        let mut runs = 0;
        each_word(text, |word| {
            if let Some(known) = memory.words.get(word) {
                runs += known.runs;
                for &(row, weight) in &known.weights {
                    sums[usize::from(row)] += weight;
                }
                return;
            }
            let mut own = [0; ROWS];
            let mut known = KnownWord::default();
            each_run_of_word(word, &mut |key| {
                known.runs += 1;
                for &(row, weight) in self.weights_of(key) {
                    own[usize::from(row)] += u32::from(weight);
                }
            });
            runs += known.runs;
            for (row, weight) in (0_u8..=u8::MAX).zip(own).filter(|(_, weight)| *weight > 0) {
                sums[usize::from(row)] += weight;
                known.weights.push((row, weight));
            }
            if memory.words.len() < WORDS_REMEMBERED_MAX {
                memory.words.insert(word.to_owned(), known);
            }
        });
        runs
    }

    fn weights_of(&self, key: u32) -> &[(u8, u8)] {
        let bucket = bucket(key);
        let (from, to) = (self.buckets[bucket] as usize, self.buckets[bucket + 1] as usize);
        let Some(found) = self.runs[from..to].iter().position(|run| run.key == key) else {
            return &[];
        };
        let index = from + found;
        let start = index.checked_sub(1).map_or(0, |before| self.runs[before].end);
        &self.weights[start as usize..self.runs[index].end as usize]
    }
}

fn bucket(key: u32) -> usize {
    (key >> (u32::BITS - BUCKET_BITS)) as usize
}

fn buckets(runs: &[Run]) -> Vec<u32> {
    let mut buckets = vec![0; (1 << BUCKET_BITS) + 1];
    for run in runs {
        buckets[bucket(run.key) + 1] += 1;
    }
    let mut before = 0;
    for first in &mut buckets {
        before += *first;
        *first = before;
    }
    buckets
}

fn word_at(file: &[u8], at: usize) -> Option<u32> {
    let bytes = file.get(at..at + 4)?;
    Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}

fn row(bytes: &[u8]) -> Option<ProfileRow> {
    let tag = std::str::from_utf8(&bytes[..8]).ok()?.trim_end_matches('\0');
    Some(ProfileRow {
        language: Language::parse(tag)?,
        script: bytes[8],
        handicap: u16::from_le_bytes([bytes[10], bytes[11]]),
    })
}

/// Calls `found` with the key of each run of letters of a text and of each of its words.
///
/// Letters are taken in lower case; all else but marks and apostrophes is an edge of words.
pub fn each_run(text: &str, mut found: impl FnMut(u32)) {
    each_word(text, |word| each_run_of_word(word, &mut found));
}

/// Calls `found` with each word of a text, as written.
fn each_word<'a>(text: &'a str, mut found: impl FnMut(&'a str)) {
    let mut begin = None;
    for (at, c) in text.char_indices() {
        match (letter(c).is_some(), begin) {
            (true, None) => begin = Some(at),
            (false, Some(from)) => {
                found(&text[from..at]);
                begin = None;
            }
            _ => {}
        }
    }
    if let Some(from) = begin {
        found(&text[from..]);
    }
}

fn each_run_of_word(word: &str, found: &mut impl FnMut(u32)) {
    let mut letters = [' '; WORD_LETTERS_MAX + 2];
    let mut length = 1;
    for letter in word.chars().filter_map(letter).take(WORD_LETTERS_MAX) {
        letters[length] = letter;
        length += 1;
    }
    runs_of(&letters[..length + 1], found);
}

/// The runs of a word that has a space at either end.
fn runs_of(word: &[char], found: &mut impl FnMut(u32)) {
    for length in 1..=RUN_LETTERS_MAX {
        for run in word.windows(length).filter(|run| *run != [' ']) {
            found(key(length as u32, run));
        }
    }
    if word.len() >= WORD_LETTERS_MIN + 2 {
        found(key(0, word));
    }
}

fn letter(c: char) -> Option<char> {
    if c.is_ascii_alphabetic() {
        return Some(c.to_ascii_lowercase());
    }
    if c.is_ascii() && c != '\'' {
        return None;
    }
    match common_letters().get(c as usize) {
        Some(letter) => *letter,
        None => other_letter(c),
    }
}

/// The letters of all characters of the scripts that most profiles are of: to look up what a
/// character is takes longer than all else that is done with it.
fn common_letters() -> &'static [Option<char>] {
    const END: u32 = 0x1000;
    static LETTERS: OnceLock<Vec<Option<char>>> = OnceLock::new();
    LETTERS.get_or_init(|| (0..END).map(|c| other_letter(char::from_u32(c)?)).collect())
}

fn other_letter(c: char) -> Option<char> {
    match c {
        '\'' | '\u{2019}' | '\u{02BC}' => Some('\''),
        _ if c.is_alphabetic() => c.to_lowercase().next(),
        _ if is_combining_mark(c) => Some(c),
        _ => None,
    }
}

/// FNV-1a over kind and letters, with the finaliser of MurmurHash3.
fn key(kind: u32, run: &[char]) -> u32 {
    let mut hash = 0x811C_9DC5_u32 ^ kind;
    for &c in run {
        hash = (hash ^ c as u32).wrapping_mul(0x0100_0193);
        hash ^= hash >> 15;
    }
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85EB_CA6B);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0xC2B2_AE35);
    hash ^ (hash >> 16)
}

#[cfg(test)]
mod tests {
    use super::{ProfileError, ProfileRow, Profiles, ROWS, each_run};
    use newstemma_model::Language;

    fn tiny() -> Profiles {
        let row = |tag, script| ProfileRow {
            language: Language::parse(tag).unwrap(),
            script,
            handicap: 3,
        };
        let mut keys = Vec::new();
        each_run("der die", |key| keys.push(key));
        keys.sort_unstable();
        keys.dedup();
        let entries: Vec<_> = keys.into_iter().map(|key| (key, vec![(1, 16)])).collect();
        Profiles::new(vec![row("en", 0), row("de", 0), row("zh-TW", 7)], &entries)
    }

    #[test]
    fn profiles_make_the_round_trip() {
        let profiles = tiny();
        assert_eq!(Profiles::from_bytes(&profiles.to_bytes()), Ok(profiles));
    }

    #[test]
    fn damage_is_noticed() {
        let file = tiny().to_bytes();
        for at in [12, 20, 40, file.len() - 1] {
            let mut damaged = file.clone();
            damaged[at] ^= 1;
            assert_eq!(Profiles::from_bytes(&damaged), Err(ProfileError::Damaged), "{at}");
        }
        assert_eq!(Profiles::from_bytes(&file[..30]), Err(ProfileError::Damaged));
        assert_eq!(Profiles::from_bytes(b"NSENCODR"), Err(ProfileError::NotProfiles));
        assert_eq!(Profiles::from_bytes(b""), Err(ProfileError::NotProfiles));
    }

    #[test]
    fn what_is_remembered_is_what_was_found() {
        let profiles = tiny();
        let mut memory = super::WordMemory::default();
        for text in ["Die, DER!", "der die das der", "d'er 12 dер", ""] {
            let (mut fresh, mut remembered) = ([0; ROWS], [0; ROWS]);
            let runs = profiles.score(text, &mut fresh);
            assert_eq!(profiles.score_remembering(text, &mut remembered, &mut memory), runs);
            assert_eq!(fresh, remembered, "{text}");
        }
    }

    #[test]
    fn a_run_speaks_for_the_language_it_was_seen_in() {
        let mut sums = [0; ROWS];
        assert!(tiny().score("Die, DER!", &mut sums) > 0);
        assert!(sums[1] > 0 && sums[0] == 0);
        assert_eq!(tiny().score("123 …", &mut [0; ROWS]), 0);
    }
}
