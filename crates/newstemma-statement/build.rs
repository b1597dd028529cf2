//! Writes the gazetteer as the library embeds it: a table that is looked up as it lies there, so
//! that nothing is read or built when a program starts.
//!
//! `data/places.tsv` and `data/bodies.tsv` are a row a line: its kind, then its spellings.
// A build script reads the lists that it turns into a table.
#![allow(clippy::disallowed_methods)]

use key::{KINDS, SEED, WORDS_MAX, bits, bucket, front, is_inside, mix};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::{env, fs, io};
use token::{Kind, cuts, fold, hash};

#[path = "src/gazetteer/key.rs"]
mod key;

// Not all that the library cuts words with is needed here.
#[allow(dead_code, unused_imports)]
#[path = "src/token/cut.rs"]
mod token;

const LISTS: [&str; 2] = ["data/places.tsv", "data/bodies.tsv"];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/gazetteer/key.rs");
    println!("cargo::rerun-if-changed=src/token/cut.rs");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut table = Table::default();
    for list in LISTS {
        println!("cargo::rerun-if-changed={list}");
        for row in fs::read_to_string(root.join(list))?.lines().filter(|l| !l.starts_with('#')) {
            table.add_row(row)?;
        }
    }
    table.write(&PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()))
}

/// What is known of a run of words.
#[derive(Clone, Copy)]
struct Entry {
    /// When it was first written as a name that is inflected.
    order: u32,
    what: u32,
}

#[derive(Default)]
struct Table {
    entries: BTreeMap<u64, Entry>,
    /// First spelling of each row.
    titles: Vec<String>,
    fronts: BTreeSet<u64>,
    spellings: u32,
}

impl Table {
    fn add_row(&mut self, row: &str) -> io::Result<()> {
        let mut cells = row.split('\t');
        let written = cells.next().unwrap_or("");
        let kind = KINDS.iter().position(|kind| written.starts_with(*kind)).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidData, format!("no kind of row: {written:?}"))
        })?;
        let kind = kind as u32;
        let mut place = None;
        for name in cells {
            let hashes = word_hashes(name);
            let place = *place.get_or_insert_with(|| self.row(name, kind, &hashes));
            self.add(name, kind, place, &hashes);
        }
        Ok(())
    }

    /// The row of a name that is the first of its line: an older row of that name, or a new one.
    fn row(&mut self, name: &str, kind: u32, hashes: &[u64]) -> u32 {
        let key = hashes.iter().copied().fold(SEED, mix);
        let known = self.entries.get(&key).filter(|e| e.is_name() && e.kind() == kind);
        known.map(|entry| entry.what & bits::PLACE).unwrap_or_else(|| {
            self.titles.push(name.to_owned());
            self.titles.len() as u32 - 1
        })
    }

    fn add(&mut self, name: &str, kind: u32, place: u32, hashes: &[u64]) {
        self.spellings += 1;
        let Some((last, front_words)) = hashes.split_last().filter(|_| hashes.len() <= WORDS_MAX)
        else {
            return;
        };
        if matches!(KINDS[kind as usize], 'c' | 'k') {
            self.fronts.insert(front(&fold(name)));
        }
        let mut key = SEED;
        for word in front_words {
            key = mix(key, *word);
            self.entries.entry(key).or_insert(Entry::BEGINNING);
        }
        let shouted = is_shouted(name);
        let flag = if shouted { bits::SHOUTED } else { 0 };
        let what = place | kind << bits::KIND_SHIFT | flag | bits::NAME;
        let entry = self.entries.entry(mix(key, *last)).or_insert(Entry::BEGINNING);
        // The first row of a name has it: countries come before capitals and towns, and those by
        // population. What was written by hand is surer than either.
        let of = |kind: u32| KINDS[kind as usize];
        let surer = of(kind) == 'o' || of(kind) == 'r' && of(entry.kind()) == 't';
        if !entry.is_name() || surer {
            entry.what = what;
        }
        if !shouted {
            entry.order = entry.order.min(self.spellings);
        }
    }

    fn write(&self, out: &std::path::Path) -> io::Result<()> {
        let mut ends = vec![0_u32; bucket(u64::MAX) + 1];
        let mut entries = Vec::new();
        for (key, entry) in &self.entries {
            ends[bucket(*key)] += 1;
            entries.extend(key.to_le_bytes());
            entries.extend(entry.order.to_le_bytes());
            entries.extend(entry.what.to_le_bytes());
        }
        for i in 1..ends.len() {
            ends[i] += ends[i - 1];
        }
        let mut title_ends = Vec::new();
        for title in &self.titles {
            title_ends.push(title_ends.last().copied().unwrap_or(0) + title.len() as u32);
        }
        fs::write(out.join("entries.bin"), entries)?;
        fs::write(out.join("bucket_ends.bin"), bytes(&ends))?;
        let fronts: Vec<u8> = self.fronts.iter().flat_map(|front| front.to_le_bytes()).collect();
        fs::write(out.join("fronts.bin"), fronts)?;
        fs::write(out.join("title_ends.bin"), bytes(&title_ends))?;
        fs::write(out.join("titles.txt"), self.titles.concat())
    }
}

impl Entry {
    /// The beginning of a name, as long as it is not known to be one itself.
    const BEGINNING: Entry = Entry { order: u32::MAX, what: 0 };

    fn is_name(self) -> bool {
        self.what & bits::NAME != 0
    }

    fn kind(self) -> u32 {
        self.what >> bits::KIND_SHIFT & bits::KIND
    }
}

fn bytes(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|n| n.to_le_bytes()).collect()
}

/// Whether a name is an acronym, which only means it in capitals.
fn is_shouted(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphabetic()).take(6).count() <= 5
        && name.chars().all(|c| !c.is_alphabetic() || c.is_uppercase())
        && name.chars().any(char::is_uppercase)
}

/// The hashes of the words of a name, as the tokens of a text would have them.
fn word_hashes(name: &str) -> Vec<u64> {
    let tokens = cuts(name).take(2 * WORDS_MAX).enumerate();
    let inside = tokens.map_while(|(i, cut)| {
        let written = &name[cut.range];
        is_inside(cut.kind, written, i == 0).then_some((cut.kind, written))
    });
    inside.filter(|(kind, _)| *kind != Kind::Mark).map(|(_, word)| hash(&fold(word))).collect()
}
