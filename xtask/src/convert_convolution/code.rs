//! A canonical Huffman code for the 6-bit values of one chunk of the embedding table.
//!
//! Codes are at most twelve bits long, so that a reader decodes a value by one look-up in a table
//! of 4,096 entries. Among lengths so limited the package-merge method (Larmore and Hirschberg,
//! 1990) finds the best. Codes are assigned in order of length, then value, and are written from
//! the most significant bit of each byte on; the last byte of a row is filled with zeros.

use anyhow::{Result, ensure};

/// Values are below this.
pub(super) const SYMBOLS: usize = 64;
const LENGTH_MAX: usize = 12;

/// Code lengths in bits (0: value does not occur) and the codes that follow from them.
pub(super) struct Code {
    pub(super) lengths: [u8; SYMBOLS],
    codes: [u32; SYMBOLS],
}

impl Code {
    /// The best code for these values.
    pub(super) fn for_values(values: &[u8]) -> Result<Code> {
        let mut counts = [0u64; SYMBOLS];
        for &value in values {
            ensure!(usize::from(value) < SYMBOLS, "value {value} has more than six bits");
            counts[usize::from(value)] += 1;
        }
        let lengths = package_merge(&counts);
        let mut codes = [0; SYMBOLS];
        let mut next = 0u32;
        for length in 1..=LENGTH_MAX {
            for symbol in 0..SYMBOLS {
                if usize::from(lengths[symbol]) == length {
                    codes[symbol] = next;
                    next += 1;
                }
            }
            next <<= 1;
        }
        Ok(Code { lengths, codes })
    }

    /// Appends a row, padded to whole bytes.
    pub(super) fn write(&self, row: &[u8], out: &mut Vec<u8>) {
        let (mut bits, mut count) = (0u64, 0u32);
        for &value in row {
            let value = usize::from(value);
            bits = bits << self.lengths[value] | u64::from(self.codes[value]);
            count += u32::from(self.lengths[value]);
            while count >= 8 {
                count -= 8;
                out.push((bits >> count) as u8);
            }
        }
        if count > 0 {
            out.push((bits << (8 - count)) as u8);
        }
    }
}

/// Best code lengths of at most `LENGTH_MAX` bits. A single value gets one bit.
fn package_merge(counts: &[u64; SYMBOLS]) -> [u8; SYMBOLS] {
    type Package = (u64, Vec<usize>);
    let mut leaves: Vec<Package> = (0..SYMBOLS)
        .filter(|&symbol| counts[symbol] > 0)
        .map(|symbol| (counts[symbol], vec![symbol]))
        .collect();
    leaves.sort();
    let mut lengths = [0; SYMBOLS];
    if let [(_, only)] = leaves.as_slice() {
        lengths[only[0]] = 1;
        return lengths;
    }
    let mut packages: Vec<Package> = Vec::new();
    for _ in 0..LENGTH_MAX {
        let mut merged: Vec<Package> = packages
            .chunks_exact(2)
            .map(|pair| (pair[0].0 + pair[1].0, [pair[0].1.as_slice(), &pair[1].1].concat()))
            .chain(leaves.iter().cloned())
            .collect();
        merged.sort();
        packages = merged;
    }
    for (_, symbols) in packages.iter().take(2 * leaves.len().saturating_sub(1)) {
        for &symbol in symbols {
            lengths[symbol] += 1;
        }
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn lengths_fill_the_code_space_and_stay_short() {
        // Powers of two would need codes of up to 39 bits without the limit.
        let values: Vec<u8> = (0..20u8).flat_map(|value| vec![value; 1 << (value / 2)]).collect();
        let code = Code::for_values(&values).unwrap();
        let used: u32 = code
            .lengths
            .iter()
            .filter(|&&length| length > 0)
            .map(|&length| 1 << (12 - length))
            .sum();
        assert_eq!(used, 1 << 12);
        assert!(code.lengths.iter().all(|&length| length <= 12));
        assert!(code.lengths[19] <= code.lengths[0]);
    }

    #[test]
    fn rows_are_written_from_the_top_bit() {
        let code = Code::for_values(&[0, 0, 1]).unwrap();
        let mut out = Vec::new();
        code.write(&[0, 1, 0, 0, 1, 0, 0, 0, 1], &mut out);
        assert_eq!(out, [0b0100_1000, 0b1000_0000]);
    }
}
