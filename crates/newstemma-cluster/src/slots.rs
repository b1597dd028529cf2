//! What is known of reports, by their numbers.
//!
//! Whoever groups looks up where thousands of reports are for each that comes. Numbers are given in
//! order of arrival, and nobody can choose them: one multiplication spreads them as well as the
//! standard hash does, which is made against keys that somebody chose and showed among what settling
//! costs.

use crate::link::Slot;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// By the numbers of reports. Looked up, never walked through.
pub type SlotMap<T> = HashMap<Slot, T, BuildHasherDefault<SlotHasher>>;

/// 2⁶⁴ by the golden ratio: neighbouring numbers come far from each other.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

/// The hash of a report's number.
#[derive(Clone, Copy, Debug, Default)]
pub struct SlotHasher(u64);

impl Hasher for SlotHasher {
    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0 ^ u64::from(number)).wrapping_mul(SPREAD);
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u32(u32::from(byte)));
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
