//! The `nmt_nfkc` normaliser of SentencePiece.
//!
//! A compiled character map (a trie from byte strings to replacements) does the Unicode part:
//! compatibility forms are replaced, most control characters become spaces or vanish. Around it,
//! runs of spaces shrink to one, those at the ends go, one is put in front of the text, and all
//! are written as U+2581, which is how pieces of the vocabulary mark the beginning of a word.

use crate::EmbedError;
use crate::double_array::{DoubleArray, Match};

/// What a space becomes: U+2581, LOWER ONE EIGHTH BLOCK.
const SPACE: &[u8] = "\u{2581}".as_bytes();

/// The character map, read where it lies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Normalizer {
    keys: DoubleArray,
    /// Replacements, each ended by a zero byte.
    replacements: &'static [u8],
}

impl Normalizer {
    /// A normaliser with a character map: the length of the trie, the trie, the replacements.
    pub(crate) fn new(charsmap: &'static [u8]) -> Result<Normalizer, EmbedError> {
        let damaged = EmbedError::Damaged("charsmap");
        let Some((length, rest)) = charsmap.split_first_chunk() else { return Err(damaged) };
        let length = u32::from_le_bytes(*length) as usize;
        let Some((keys, replacements)) = rest.split_at_checked(length) else { return Err(damaged) };
        Ok(Normalizer { keys: DoubleArray::new(keys), replacements })
    }

    /// Puts the normal form into `out`, which is emptied first. A text of nothing but spaces and
    /// vanishing characters gives nothing.
    pub(crate) fn normalize(&self, text: &str, out: &mut Vec<u8>) {
        out.clear();
        let mut rest = text.as_bytes();
        while let (b" ", length) = self.replace_prefix(rest) {
            rest = &rest[length..];
        }
        if rest.is_empty() {
            return;
        }
        out.extend_from_slice(SPACE);
        let mut after_space = true;
        while !rest.is_empty() {
            let (mut replacement, length) = self.replace_prefix(rest);
            rest = &rest[length..];
            while after_space && let Some(shorter) = replacement.strip_prefix(b" ") {
                replacement = shorter;
            }
            for &byte in replacement {
                match byte {
                    b' ' => out.extend_from_slice(SPACE),
                    _ => out.push(byte),
                }
            }
            if let Some(&last) = replacement.last() {
                after_space = last == b' ';
            }
        }
        while out.ends_with(SPACE) {
            out.truncate(out.len() - SPACE.len());
        }
    }

    /// What the longest known beginning of a text becomes, and how long that beginning is; a
    /// character that is not in the map stays what it is.
    fn replace_prefix<'t>(&self, text: &'t [u8]) -> (&'t [u8], usize)
    where
        Self: 't,
    {
        let longest = self.keys.prefixes(text).last();
        if let Some(Match { length_bytes, value }) = longest
            && let Some(tail) = self.replacements.get(value as usize..)
            && let Some(end) = tail.iter().position(|&byte| byte == 0)
        {
            return (&tail[..end], length_bytes);
        }
        let length = text.first().map_or(0, |&first| match first {
            0xC0..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xFF => 4,
            _ => 1,
        });
        let character = text.get(..length).unwrap_or(text);
        (character, character.len())
    }
}
