//! A fast hash for tables that live as long as a page.
//!
//! The keys are names of classes and runs of letters, millions of them in a long page; the hash of
//! the standard library, which guards against keys made to collide, costs as much as all else that
//! is done with them. What such keys could do here is bounded by the length of the page: a name is
//! hashed as often as it is written. No table is ever iterated, so that the hash decides nothing.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A table with the fast hash.
pub(crate) type FastMap<K, V> = HashMap<K, V, BuildHasherDefault<Fast>>;

/// A set with the fast hash.
pub(crate) type FastSet<K> = HashSet<K, BuildHasherDefault<Fast>>;

/// Multiplies and rotates, eight bytes at a time, after the hash of Firefox.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fast(u64);

impl Fast {
    fn eat(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Fast {
    fn write(&mut self, bytes: &[u8]) {
        let (whole, rest) = bytes.as_chunks::<8>();
        for chunk in whole {
            self.eat(u64::from_le_bytes(*chunk));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.eat(u64::from_le_bytes(last) ^ (rest.len() as u64) << 56);
    }

    fn write_u8(&mut self, value: u8) {
        self.eat(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.eat(value);
    }

    fn finish(&self) -> u64 {
        // Tables look at the lowest and the highest bits; those of a product depend on few.
        self.0.rotate_left(26)
    }
}
