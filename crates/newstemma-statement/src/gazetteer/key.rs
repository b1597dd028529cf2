//! How names become keys of the gazetteer; the build script, which writes the table, and the
//! look-up agree by both being compiled from this file.
//!
//! A name is a run of words. Its key mixes the hashes of its words from left to right, so that the
//! key of a name grows from those of its beginnings, and looking one up builds no string.

use crate::token::{Kind, hash, joins_name};

/// Most tokens of a name; signs are a token each.
pub(crate) const WORDS_MAX: usize = 12;

/// The key of no word at all.
pub(crate) const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// The key of a run of words with one more.
pub(crate) fn mix(mixed: u64, word: u64) -> u64 {
    (mixed.rotate_left(23) ^ word).wrapping_mul(0xff51_afd7_ed55_8ccd)
}

/// The hash of the first four letters of a folded name, by which adjectives are told.
pub(crate) fn front(folded: &str) -> u64 {
    let end = folded.char_indices().nth(4).map_or(folded.len(), |(at, _)| at);
    hash(&folded[..end])
}

/// Whether a token takes part in a name that began before it, as a word or as a mark inside it.
pub(crate) fn is_inside(kind: Kind, written: &str, begins: bool) -> bool {
    kind != Kind::Mark || !begins && joins_name(written)
}

/// The bits of the `what` of an [entry](crate::gazetteer).
pub(crate) mod bits {
    /// The row.
    pub(crate) const PLACE: u32 = 0x00FF_FFFF;
    /// Where the number of the kind begins: its place in [`super::KINDS`].
    pub(crate) const KIND_SHIFT: u32 = 24;
    /// The kind's bits, once shifted down.
    pub(crate) const KIND: u32 = 0x7;
    /// The name is written in capitals.
    pub(crate) const SHOUTED: u32 = 1 << 27;
    /// The run of words is a name, and not only the beginning of one.
    pub(crate) const NAME: u32 = 1 << 28;
}

/// Kinds of rows, as the lists write them: country or part of the world, capital, town, region,
/// organisation, other.
pub(crate) const KINDS: [char; 6] = ['c', 'k', 't', 'r', 'o', 'x'];

/// Bits of a key by which its bucket is found: about as many buckets as names.
pub(crate) const BUCKET_BITS: u32 = 16;

/// The bucket of a key.
pub(crate) fn bucket(key: u64) -> usize {
    (key >> (u64::BITS - BUCKET_BITS)) as usize
}
