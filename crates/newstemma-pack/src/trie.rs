//! Builds a double-array trie over byte strings.
//!
//! The layout is that of darts-clone (Susumu Yata), which SentencePiece's own character map comes
//! in, so that one reader serves both. A unit of 32 bits holds, for an inner node, the label by
//! which it was reached (bits 0–7), whether a key ends here (bit 8) and the offset to its children
//! (bits 10–30, or shifted by 8 where bit 9 is set; not needed below two million units): child `c`
//! lies at `node ^ offset ^ c`. The value of a key is the unit at child 0, with bit 31 set. A reader
//! knows a child by its label alone, so no two nodes may have their children around one base.
//!
//! Children are placed first-fit from a cursor that moves past the dense part of the array: linear
//! in practice, and the array is about as long as the trie has nodes.

use crate::PackError;
use std::ops::Range;

const OFFSET_LIMIT: usize = 1 << 21;
/// So many places are tried above the cursor before the cursor itself moves.
const TRIES: usize = 256;

/// The units of a trie that maps each key to its value. Keys are not empty and hold no zero byte.
///
/// # Errors
/// If they are not, if one occurs twice, or if they need more units than the layout can number.
pub fn build(mut keys: Vec<(&[u8], u32)>) -> Result<Vec<u32>, PackError> {
    let fault = |what: &str| Err(PackError::Damaged(format!("the vocabulary {what}")));
    keys.sort_unstable();
    if keys.iter().any(|(key, _)| key.is_empty() || key.contains(&0)) {
        return fault("has a piece that is empty or holds a zero byte");
    }
    if keys.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return fault("has a piece twice");
    }
    if keys.iter().any(|&(_, value)| value >= 1 << 31) {
        return fault("is too large");
    }
    let mut builder = Builder { units: vec![0], used: vec![true], bases: vec![false], cursor: 1 };
    let mut pending = vec![Node { unit: 0, depth: 0, keys: 0..keys.len() }];
    while let Some(node) = pending.pop() {
        let groups = children(&keys, &node);
        let labels: Vec<u8> = groups.iter().map(|(label, _)| *label).collect();
        let base = builder.place(&labels);
        let offset = base ^ node.unit;
        if offset >= OFFSET_LIMIT {
            return fault("is too large");
        }
        builder.units[node.unit] |= (offset as u32) << 10;
        for (label, range) in groups {
            let unit = base ^ usize::from(label);
            if label == 0 {
                builder.units[unit] = 1 << 31 | keys[range.start].1;
                builder.units[node.unit] |= 1 << 8;
            } else {
                builder.units[unit] = u32::from(label);
                pending.push(Node { unit, depth: node.depth + 1, keys: range });
            }
        }
    }
    Ok(builder.units)
}

/// A node whose children are still to be placed: the keys below it, and how many bytes they share.
struct Node {
    unit: usize,
    depth: usize,
    keys: Range<usize>,
}

/// The labels below a node, ascending, each with its keys. Label 0 is the end of a key.
fn children(keys: &[(&[u8], u32)], node: &Node) -> Vec<(u8, Range<usize>)> {
    let mut groups: Vec<(u8, Range<usize>)> = Vec::new();
    for index in node.keys.clone() {
        let label = keys[index].0.get(node.depth).copied().unwrap_or(0);
        match groups.last_mut() {
            Some((last, range)) if *last == label => range.end = index + 1,
            _ => groups.push((label, index..index + 1)),
        }
    }
    groups
}

struct Builder {
    units: Vec<u32>,
    used: Vec<bool>,
    /// Which places are the base of a node's children.
    bases: Vec<bool>,
    /// Nearly all units below are used.
    cursor: usize,
}

impl Builder {
    /// Reserves the units `base ^ label` of all labels, and says what `base` is.
    fn place(&mut self, labels: &[u8]) -> usize {
        let first = usize::from(labels[0]);
        let mut tried = 0;
        let mut unit = self.cursor;
        loop {
            if !self.is_used(unit) {
                let base = unit ^ first;
                let free = |&label: &u8| !self.is_used(base ^ usize::from(label));
                if !self.is_base(base) && labels.iter().all(free) {
                    self.reserve(base, labels);
                    break base;
                }
                tried += 1;
            }
            unit += 1;
            if tried == TRIES {
                self.cursor = unit;
                tried += 1;
            }
        }
    }

    fn is_used(&self, unit: usize) -> bool {
        self.used.get(unit).copied().unwrap_or(false)
    }

    fn is_base(&self, base: usize) -> bool {
        self.bases.get(base).copied().unwrap_or(false)
    }

    fn reserve(&mut self, base: usize, labels: &[u8]) {
        // Whole blocks of 256, so that a reader's look at any child stays inside the array.
        let length = ((base | 255) + 1).max(self.units.len());
        self.units.resize(length, 0);
        self.used.resize(length, false);
        self.bases.resize(length, false);
        self.bases[base] = true;
        for &label in labels {
            self.used[base ^ usize::from(label)] = true;
        }
        while self.is_used(self.cursor) {
            self.cursor += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::build;

    fn value(units: &[u32], key: &str) -> Option<u32> {
        let mut node = 0usize;
        let mut unit = units[0];
        for byte in key.bytes() {
            node ^= (unit >> 10) as usize ^ usize::from(byte);
            unit = units[node];
            if unit & 0x8000_00FF != u32::from(byte) {
                return None;
            }
        }
        (unit & 0x100 != 0).then(|| units[node ^ (unit >> 10) as usize] & 0x7FFF_FFFF)
    }

    #[test]
    fn every_key_is_found_and_no_other() {
        let keys = ["a", "ab", "abc", "b", "▁", "▁的", "ключ", "مفتاح", "鍵"];
        let units = build((0..).zip(keys).map(|(id, key)| (key.as_bytes(), id)).collect()).unwrap();
        for (id, key) in (0..).zip(keys) {
            assert_eq!(value(&units, key), Some(id), "{key}");
        }
        for other in ["", "abcd", "ac", "клю", "c", "鎖"] {
            assert_eq!(value(&units, other), None, "{other}");
        }
    }

    #[test]
    fn children_of_two_nodes_are_never_mixed_up() {
        // Under one base these would all find each other's children.
        let keys: Vec<[u8; 2]> = (1..=200).map(|first| [first, 201 + first % 50]).collect();
        let units =
            build((0..).zip(&keys).map(|(id, key)| (key.as_slice(), id)).collect()).unwrap();
        for first in 1..=200u8 {
            for second in 1..=255u8 {
                let node = (units[0] >> 10) as usize ^ usize::from(first);
                let child = units[node ^ (units[node] >> 10) as usize ^ usize::from(second)];
                let found = child & 0x8000_00FF == u32::from(second);
                assert_eq!(found, second == 201 + first % 50, "{first} {second}");
            }
        }
    }

    #[test]
    fn keys_that_the_layout_cannot_hold_are_refused() {
        assert!(build(vec![(b"a", 1), (b"a", 2)]).is_err());
        assert!(build(vec![(b"", 1)]).is_err());
        assert!(build(vec![(b"a\0", 1)]).is_err());
    }
}
