//! Profiles of languages: how much each short run of letters speaks for each language.
//!
//! Problem: tell some eighty languages apart from a sentence or less. Idea: naive Bayes over runs
//! of one to three letters inside words, word edges included, and over whole words, one profile a
//! language and script; only what was seen in a language has a weight, so that the table is sparse
//! and foreign names do little harm. A weight is ln(frequency / floor), the floor being the same
//! for all languages, in sixteenths. Cost: one look-up in a table a run, some 3½ a letter.
//! Source: W. Cavnar and J. Trenkle, "N-gram-based text categorization" (1994); the weights are
//! those of T. Dunning, "Statistical identification of language" (1994), smoothed by the floor.
//!
//! The file is described in `docs/formats.md`.

mod run;
mod tally;

use newstemma_model::Language;
use tally::{Packed, Tally};

pub use run::each_run;

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
    runs: Packed,
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
        let runs = entries.iter().map(|(key, weights)| (*key, weights.as_slice()));
        let runs = Packed::of(&scripts(&rows), runs);
        Profiles { rows, runs }
    }

    /// The languages, in order.
    pub fn rows(&self) -> &[ProfileRow] {
        &self.rows
    }

    /// Writes the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let runs: Vec<(u32, Weights)> = self.runs.iter().collect();
        let weights = || runs.iter().flat_map(|(_, weights)| weights);
        let mut body = Vec::new();
        for count in [self.rows.len(), runs.len(), weights().count()] {
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
        body.extend(runs.iter().flat_map(|(key, _)| key.to_le_bytes()));
        body.extend(runs.iter().map(|(_, weights)| weights.len() as u8));
        body.extend(weights().flat_map(|(row, weight)| [*row, *weight]));
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
        let weight_bytes = take(weights.checked_mul(2)?)?;
        let weights: Weights = weight_bytes.chunks_exact(2).map(|b| (b[0], b[1])).collect();
        let known = weights.iter().all(|(row, _)| usize::from(*row) < rows.len());
        let keys: Vec<u32> = key_bytes.chunks_exact(4).filter_map(|b| word_at(b, 0)).collect();
        let all: usize = lengths.iter().map(|length| usize::from(*length)).sum();
        if !known || !keys.is_sorted() || all != weights.len() {
            return None;
        }
        let mut rest = weights.as_slice();
        let runs = keys.iter().zip(lengths).map(|(key, length)| {
            let (own, after) = rest.split_at(usize::from(*length));
            rest = after;
            (*key, own)
        });
        let runs = Packed::of(&scripts(&rows), runs);
        Some(Profiles { rows, runs })
    }

    /// Adds up, for each row, what the runs of a text say for it; returns how many runs there were.
    pub fn score(&self, text: &str, sums: &mut [u32; ROWS]) -> usize {
        let mut tally = Tally::new(&self.runs, sums);
        let mut runs = 0;
        each_run(text, |key| {
            runs += 1;
            tally.add(key);
        });
        tally.finish();
        runs
    }
}

fn scripts(rows: &[ProfileRow]) -> Vec<u8> {
    rows.iter().map(|row| row.script).collect()
}

fn word_at(file: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*file.get(at..)?.first_chunk()?))
}

fn row(bytes: &[u8]) -> Option<ProfileRow> {
    let tag = std::str::from_utf8(&bytes[..8]).ok()?.trim_end_matches('\0');
    Some(ProfileRow {
        language: Language::parse(tag)?,
        script: bytes[8],
        handicap: u16::from_le_bytes([bytes[10], bytes[11]]),
    })
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
    fn a_run_speaks_for_the_language_it_was_seen_in() {
        let mut sums = [0; ROWS];
        assert!(tiny().score("Die, DER!", &mut sums) > 0);
        assert!(sums[1] > 0 && sums[0] == 0);
        assert_eq!(tiny().score("123 …", &mut [0; ROWS]), 0);
    }
}
