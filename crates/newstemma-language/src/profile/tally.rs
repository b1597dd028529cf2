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

/// Weights that can be added in 16 bits.
const ADDED_MAX: u32 = u16::MAX as u32 / u8::MAX as u32;

/// All runs, ready for looking up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Packed {
    /// The runs of many languages. They are few and most of a text: looked up first, in a table that
    /// stays in the processor's nearest memory.
    many: Index,
    /// Their weights, `width` each, by column.
    wide: Vec<u8>,
    width: usize,
    /// The row of each column.
    rows: Vec<u8>,
    /// The runs of few languages.
    few: Index,
    /// Where the weights of each begin, and behind the last, where they end.
    starts: Vec<u32>,
    pairs: Weights,
}

impl Packed {
    /// Packs runs with their weights, ascending by key; rows are below the number of `scripts`,
    /// which gives the script of each.
    pub(super) fn of<'w>(
        scripts: &[u8],
        entries: impl Iterator<Item = (u32, &'w [(u8, u8)])>,
    ) -> Packed {
        let (many, few): (Vec<_>, Vec<_>) =
            entries.partition(|(_, weights)| weights.len() >= WIDE_MIN);
        let rows = columns(scripts);
        let mut column_of = [0; ROWS];
        for (column, row) in rows.iter().enumerate() {
            column_of[usize::from(*row)] = column;
        }
        let used = many.iter().flat_map(|(_, weights)| *weights);
        let last = used.map(|(row, _)| column_of[usize::from(*row)]).max();
        let width = last.map_or(0, |last| (last + 1).next_multiple_of(LANES));
        let mut wide = vec![0; many.len() * width];
        for (index, (_, weights)) in many.iter().enumerate() {
            for &(row, weight) in *weights {
                wide[index * width + column_of[usize::from(row)]] = weight;
            }
        }
        let mut pairs = Weights::new();
        let mut starts = vec![0];
        for (_, weights) in &few {
            pairs.extend(*weights);
            starts.push(pairs.len() as u32);
        }
        let keys = |runs: &[(u32, &[(u8, u8)])]| runs.iter().map(|(key, _)| *key).collect();
        let (many, few) = (Index::of(keys(&many)), Index::of(keys(&few)));
        Packed { many, wide, width, rows, few, starts, pairs }
    }

    /// The runs and their weights, by key.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, Weights)> {
        let of_many = |(index, key): (usize, &u32)| {
            let wide = self.wide_at(index).iter().copied();
            let weights = self.rows.iter().copied().zip(wide).filter(|(_, weight)| *weight > 0);
            let mut weights: Weights = weights.collect();
            weights.sort_unstable_by_key(|(row, _)| *row);
            (*key, weights)
        };
        let of_few = |(index, key): (usize, &u32)| (*key, self.pairs_at(index).to_vec());
        let many = self.many.keys.iter().enumerate().map(of_many);
        let mut all: Vec<(u32, Weights)> =
            many.chain(self.few.keys.iter().enumerate().map(of_few)).collect();
        all.sort_unstable_by_key(|(key, _)| *key);
        all.into_iter()
    }

    fn wide_at(&self, index: usize) -> &[u8] {
        &self.wide[index * self.width..][..self.width]
    }

    fn pairs_at(&self, index: usize) -> &[(u8, u8)] {
        &self.pairs[self.starts[index] as usize..self.starts[index + 1] as usize]
    }
}

/// Keys, to be found by their first bits.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Index {
    /// Ascending.
    keys: Vec<u32>,
    /// For each value of the first bits of a key, the first key that is not less; then the number
    /// of keys.
    buckets: Vec<u32>,
    /// How many bits are not among the first ones: there are about as many buckets as keys.
    shift: u32,
}

impl Index {
    fn of(keys: Vec<u32>) -> Index {
        let bits = keys.len().max(2).ilog2();
        let shift = u32::BITS - bits;
        let mut buckets = vec![0; (1 << bits) + 1];
        for key in &keys {
            buckets[(key >> shift) as usize + 1] += 1;
        }
        let mut before = 0;
        for first in &mut buckets {
            before += *first;
            *first = before;
        }
        Index { keys, buckets, shift }
    }

    /// Which key it is.
    fn find(&self, key: u32) -> Option<usize> {
        let bucket = (key >> self.shift) as usize;
        let (from, to) = (self.buckets[bucket] as usize, self.buckets[bucket + 1] as usize);
        self.keys[from..to].iter().position(|own| *own == key).map(|at| from + at)
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
        if let Some(index) = self.runs.many.find(key) {
            self.add_wide(index);
        } else if let Some(index) = self.runs.few.find(key) {
            for &(row, weight) in self.runs.pairs_at(index) {
                self.sums[usize::from(row)] += u32::from(weight);
            }
        }
    }

    fn add_wide(&mut self, index: usize) {
        if self.added == ADDED_MAX {
            self.carry();
        }
        self.added += 1;
        let (sums, _) = self.part.as_chunks_mut::<LANES>();
        let (weights, _) = self.runs.wide_at(index).as_chunks::<LANES>();
        for (sums, weights) in sums.iter_mut().zip(weights) {
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += u16::from(*weight);
            }
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
