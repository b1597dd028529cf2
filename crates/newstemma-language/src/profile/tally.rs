//! The weights of runs in a form that adds up fast.
//!
//! Most of a text are runs that nearly every language of a script has, some fifty weights each.
//! Those of a run of many are laid out one a row, zeros among them, so that adding them is a few
//! wide instructions without a look at which row is meant; the sums are kept in 16 bits and carried
//! over before they are full. Runs of few languages keep their pairs of row and weight. A run is of
//! one script, and those of many languages are nearly all Latin: rows of the scripts with most
//! languages have the first columns, and columns that no run of many needs are left out.

use super::{ROWS, Weights};

/// Weights from which on a run has one a row: about where the two ways cost the same.
const WIDE_MIN: usize = 12;

/// Rows are filled up to a multiple of this, the lanes of a wide instruction.
const LANES: usize = 16;

/// Bits of a key by which it is looked up: about as many buckets as there are runs.
const BUCKET_BITS: u32 = 16;

/// Weights that can be added in 16 bits.
const ADDED_MAX: u32 = u16::MAX as u32 / u8::MAX as u32;

/// All runs, ready for looking up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Packed {
    /// Ascending by key.
    runs: Vec<Run>,
    /// Weights of the runs of few languages.
    few: Weights,
    /// Weights of the others, `width` each, by column.
    wide: Vec<u8>,
    width: usize,
    /// The row of each column.
    rows: Vec<u8>,
    /// For each value of the first [`BUCKET_BITS`] of a key, the first run that is not less; then
    /// the number of runs.
    buckets: Vec<u32>,
}

/// A run of letters that speaks for some language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    key: u32,
    weights: Place,
}

/// Where the weights of a run lie: the first of them, and how many, in one number, for the table of
/// runs is what is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place(u32);

impl Place {
    const LENGTH_BITS: u32 = 5;
    /// In place of a length: they lie among the wide ones.
    const WIDE: u32 = (1 << Self::LENGTH_BITS) - 1;

    fn few(first: usize, length: usize) -> Place {
        Place((first as u32) << Self::LENGTH_BITS | length as u32)
    }

    fn wide(index: usize) -> Place {
        Place((index as u32) << Self::LENGTH_BITS | Self::WIDE)
    }

    fn first(self) -> usize {
        (self.0 >> Self::LENGTH_BITS) as usize
    }

    fn length(self) -> Option<usize> {
        let length = self.0 & Self::WIDE;
        (length != Self::WIDE).then_some(length as usize)
    }
}

impl Packed {
    /// Packs runs with their weights, ascending by key; rows are below the number of `scripts`,
    /// which gives the script of each.
    pub(super) fn of<'w>(
        scripts: &[u8],
        entries: impl Iterator<Item = (u32, &'w [(u8, u8)])>,
    ) -> Packed {
        let rows = columns(scripts);
        let mut column_of = [0; ROWS];
        for (column, row) in rows.iter().enumerate() {
            column_of[usize::from(*row)] = column;
        }
        let entries: Vec<(u32, &[(u8, u8)])> = entries.collect();
        let many = entries.iter().filter(|(_, weights)| weights.len() >= WIDE_MIN);
        let used =
            many.flat_map(|(_, weights)| *weights).map(|(row, _)| column_of[usize::from(*row)]);
        let width = used.max().map_or(0, |column| (column + 1).next_multiple_of(LANES));
        let (mut runs, mut few, mut wide) = (Vec::new(), Weights::new(), Vec::new());
        for (key, weights) in entries {
            let place = if weights.len() < WIDE_MIN {
                few.extend(weights);
                Place::few(few.len() - weights.len(), weights.len())
            } else {
                let first = wide.len();
                wide.resize(first + width, 0);
                for &(row, weight) in weights {
                    wide[first + column_of[usize::from(row)]] = weight;
                }
                Place::wide(first / width)
            };
            runs.push(Run { key, weights: place });
        }
        let buckets = buckets(&runs);
        Packed { runs, few, wide, width, rows, buckets }
    }

    /// The runs and their weights, by key.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, Weights)> {
        self.runs.iter().map(|run| {
            let mut weights: Weights = match run.weights.length() {
                Some(length) => self.few[run.weights.first()..][..length].to_vec(),
                None => {
                    let wide = self.wide_at(run.weights).iter().copied();
                    self.rows.iter().copied().zip(wide).filter(|(_, weight)| *weight > 0).collect()
                }
            };
            weights.sort_unstable_by_key(|(row, _)| *row);
            (run.key, weights)
        })
    }

    fn wide_at(&self, place: Place) -> &[u8] {
        &self.wide[place.first() * self.width..][..self.width]
    }

    fn place_of(&self, key: u32) -> Option<Place> {
        let bucket = bucket(key);
        let (from, to) = (self.buckets[bucket] as usize, self.buckets[bucket + 1] as usize);
        self.runs[from..to].iter().find(|run| run.key == key).map(|run| run.weights)
    }
}

/// The rows in the order of their columns: those of scripts with many rows first.
fn columns(scripts: &[u8]) -> Vec<u8> {
    let mut languages = [0_u32; ROWS];
    for script in scripts {
        languages[usize::from(*script)] += 1;
    }
    let mut rows: Vec<u8> = (0..=u8::MAX).zip(scripts).map(|(row, _)| row).collect();
    rows.sort_by_key(|row| {
        let script = scripts[usize::from(*row)];
        (std::cmp::Reverse(languages[usize::from(script)]), script)
    });
    rows
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

/// Adds up the weights of runs by row.
pub(super) struct Tally<'p, 's> {
    runs: &'p Packed,
    sums: &'s mut [u32; ROWS],
    /// What was not carried over to the sums yet, by column, and from how many runs.
    part: [u16; ROWS],
    added: u32,
}

impl<'p, 's> Tally<'p, 's> {
    /// Adds to `sums`, once it is [finished](Self::finish).
    pub(super) fn new(runs: &'p Packed, sums: &'s mut [u32; ROWS]) -> Tally<'p, 's> {
        Tally { runs, sums, part: [0; ROWS], added: 0 }
    }

    /// Adds the weights of a run.
    pub(super) fn add(&mut self, key: u32) {
        let Some(place) = self.runs.place_of(key) else { return };
        if let Some(length) = place.length() {
            for &(row, weight) in &self.runs.few[place.first()..][..length] {
                self.sums[usize::from(row)] += u32::from(weight);
            }
            return;
        }
        if self.added == ADDED_MAX {
            self.carry();
        }
        self.added += 1;
        for (sum, weight) in self.part.iter_mut().zip(self.runs.wide_at(place)) {
            *sum += u16::from(*weight);
        }
    }

    /// Completes the sums.
    pub(super) fn finish(mut self) {
        self.carry();
    }

    fn carry(&mut self) {
        for (row, part) in self.runs.rows.iter().zip(&mut self.part).take(self.runs.width) {
            self.sums[usize::from(*row)] += u32::from(std::mem::take(part));
        }
        self.added = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::{Packed, ROWS, Tally, Weights};

    #[test]
    fn sums_are_those_of_adding_one_by_one() {
        // Runs of few and of many weights, the latter so often that 16 bits do not hold the sum.
        let weights = |count: u8| -> Weights { (0..count).map(|row| (row, 255 - row)).collect() };
        let entries = [(7, weights(2)), (1 << 20, weights(11)), (1 << 30, weights(40))];
        let scripts: Vec<u8> = (0..42).map(|row| u8::from(row != 3 && row != 41)).collect();
        let packed = Packed::of(&scripts, entries.iter().map(|(key, w)| (*key, w.as_slice())));
        assert_eq!(packed.iter().collect::<Vec<_>>(), entries);
        let (mut sums, mut expected) = ([1; ROWS], [1; ROWS]);
        let mut tally = Tally::new(&packed, &mut sums);
        for turn in 0..3_000 {
            let key = [7, 1 << 30, 1 << 20, 1 << 30, 8][turn % 5];
            tally.add(key);
            for (_, weights) in entries.iter().filter(|(own, _)| *own == key) {
                weights.iter().for_each(|(r, w)| expected[usize::from(*r)] += u32::from(*w));
            }
        }
        tally.finish();
        assert_eq!(sums, expected);
    }
}
