//! The table of names as the build script wrote it, looked up as it lies in the program.

use super::Place;
use super::key::{KINDS, bits, bucket};

/// Key, order and `what` of each run of words, by key.
static ENTRIES: &[[u8; ENTRY_BYTES]] =
    include_bytes!(concat!(env!("OUT_DIR"), "/entries.bin")).as_chunks().0;

/// For each bucket, where it ends among the entries.
static BUCKET_ENDS: &[[u8; 4]] =
    include_bytes!(concat!(env!("OUT_DIR"), "/bucket_ends.bin")).as_chunks().0;

/// Hashes of the first letters of countries and capitals, in order.
static FRONTS: &[[u8; 8]] = include_bytes!(concat!(env!("OUT_DIR"), "/fronts.bin")).as_chunks().0;

/// The first spellings of the rows, one after the other, and where each ends.
static TITLES: &str = include_str!(concat!(env!("OUT_DIR"), "/titles.txt"));
static TITLE_ENDS: &[[u8; 4]] =
    include_bytes!(concat!(env!("OUT_DIR"), "/title_ends.bin")).as_chunks().0;

const ENTRY_BYTES: usize = 16;

/// What is known of a run of words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    order: u32,
    what: u32,
}

impl Entry {
    /// The row.
    pub(crate) fn place(self) -> Place {
        self.what & bits::PLACE
    }

    /// Its kind, as the lists write it.
    pub(crate) fn kind(self) -> char {
        KINDS[(self.what >> bits::KIND_SHIFT & bits::KIND) as usize % KINDS.len()]
    }

    /// Whether the run is a name; else it begins one.
    pub(crate) fn is_name(self) -> bool {
        self.what & bits::NAME != 0
    }

    /// Whether the name is written in capitals ("US"), and so must be in the text.
    pub(crate) fn is_shouted(self) -> bool {
        self.what & bits::SHOUTED != 0
    }

    /// Its place among the names that may be inflected; `None` if it is none of them.
    pub(crate) fn order(self) -> Option<u32> {
        (self.order != u32::MAX).then_some(self.order)
    }
}

/// What is known of the run of words with a key.
pub(crate) fn get(key: u64) -> Option<Entry> {
    let bucket = bucket(key);
    let end =
        |bucket: usize| BUCKET_ENDS.get(bucket).map_or(0, |b| u32::from_le_bytes(*b) as usize);
    let from = bucket.checked_sub(1).map_or(0, end);
    let entries = ENTRIES.get(from..end(bucket))?;
    let (_, rest) = entries.iter().map(parts).find(|(own, _)| *own == key)?;
    Some(rest)
}

fn parts(entry: &[u8; ENTRY_BYTES]) -> (u64, Entry) {
    let whole = u128::from_le_bytes(*entry);
    (whole as u64, Entry { order: (whole >> 64) as u32, what: (whole >> 96) as u32 })
}

/// Whether a country or capital begins with the letters of a hash.
pub(crate) fn is_front(hash: u64) -> bool {
    FRONTS.binary_search_by_key(&hash, |front| u64::from_le_bytes(*front)).is_ok()
}

/// The first spelling of a row; empty if there is none.
pub(crate) fn title(place: Place) -> &'static str {
    let end = |row: usize| TITLE_ENDS.get(row).map(|b| u32::from_le_bytes(*b) as usize);
    let row = place as usize;
    let from = row.checked_sub(1).map_or(Some(0), end);
    let range = || Some(from?..end(row)?);
    range().and_then(|range| TITLES.get(range)).unwrap_or("")
}
