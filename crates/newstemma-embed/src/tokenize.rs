//! Splits a text into the pieces of the vocabulary that are most probable together.
//!
//! The Unigram model (Kudo, "Subword Regularization", 2018) gives each piece a log probability;
//! the best split is found by dynamic programming from left to right: the best split of a prefix
//! is the best over its last pieces. A character that is no piece by itself stands as the unknown
//! piece, at ten below the least probable one. Between splits that tie, the one whose last piece is
//! longest wins, as in the reference.
//!
//! Cost: one walk through the vocabulary's trie per character, at most as long as the longest
//! piece. Scores are kept for as many bytes as the longest piece has, since no split reaches
//! farther back; of the rest only the length of the best last piece is kept, one byte a byte.

use crate::EmbedError;
use crate::double_array::{DoubleArray, Match};
use crate::model_file::ModelFile;
use crate::normalize::Normalizer;

/// Ids that every vocabulary of SentencePiece has.
const UNKNOWN: u32 = 0;
pub(crate) const BEGIN: u32 = 1;
pub(crate) const END: u32 = 2;

/// Pieces are shorter than this, in bytes; a power of two.
const WINDOW_BYTES: usize = 64;

/// Text to token ids.
#[derive(Debug)]
pub(crate) struct Tokenizer {
    normalizer: Normalizer,
    pieces: DoubleArray,
    scores: Vec<f32>,
    unknown_score: f64,
}

/// Buffers that a caller keeps between texts.
#[derive(Debug, Default)]
pub(crate) struct TokenizerBuffers {
    normalized: Vec<u8>,
    last_piece_bytes: Vec<u8>,
}

impl Tokenizer {
    /// The tokenizer of an encoder file, for a table of `table_rows` tokens. Both encoders normalise
    /// characters in one way, whose map is in the default one's file alone.
    pub(crate) fn new(
        file: &ModelFile,
        charsmap: &'static [u8],
        table_rows: usize,
    ) -> Result<Tokenizer, EmbedError> {
        let scores = file.floats("scores", file.section("scores")?.len() / 4)?;
        if scores.len() > table_rows || scores.len() <= END as usize {
            return Err(EmbedError::Damaged("scores"));
        }
        let least = scores.iter().copied().fold(f32::INFINITY, f32::min);
        Ok(Tokenizer {
            normalizer: Normalizer::new(charsmap)?,
            pieces: DoubleArray::new(file.section("pieces")?),
            scores,
            unknown_score: f64::from(least) - 10.0,
        })
    }

    /// The ids of a text, between those of its begin and its end. Never fewer than three: a text
    /// without a piece counts as one unknown piece.
    pub(crate) fn encode(&self, text: &str, buffers: &mut TokenizerBuffers) -> Vec<u32> {
        let TokenizerBuffers { normalized, last_piece_bytes } = buffers;
        self.normalizer.normalize(text, normalized);
        self.best_split(normalized, last_piece_bytes);
        let mut ids = vec![END];
        let mut end = normalized.len();
        while end > 0 {
            // Every end of a character has a last piece; a damaged file must still not loop.
            let start = end - usize::from(last_piece_bytes[end]).clamp(1, end);
            ids.push(self.id(&normalized[start..end]));
            end = start;
        }
        if ids.len() == 1 {
            ids.push(UNKNOWN);
        }
        ids.push(BEGIN);
        ids.reverse();
        ids
    }

    /// How improbable a text is: minus the log probability of its best split, in nats.
    pub(crate) fn surprise(&self, text: &str, buffers: &mut TokenizerBuffers) -> f32 {
        let ids = self.encode(text, buffers);
        let score = |&id: &u32| match id {
            BEGIN | END => 0.0,
            UNKNOWN => self.unknown_score,
            id => self.scores.get(id as usize).map_or(self.unknown_score, |&s| f64::from(s)),
        };
        -ids.iter().map(score).sum::<f64>() as f32
    }

    /// For every end of a character: how many bytes long is the last piece of the best split of
    /// the text up to there.
    fn best_split(&self, text: &[u8], last_piece_bytes: &mut Vec<u8>) {
        last_piece_bytes.clear();
        last_piece_bytes.resize(text.len() + 1, 0);
        let mut best = [f64::NEG_INFINITY; WINDOW_BYTES];
        best[0] = 0.0;
        let mut start = 0;
        while start < text.len() {
            let base = std::mem::replace(&mut best[start % WINDOW_BYTES], f64::NEG_INFINITY);
            let character = character_bytes(text[start]).min(text.len() - start);
            let mut offer = |length: usize, score: f64| {
                let end = start + length;
                let best = &mut best[end % WINDOW_BYTES];
                if score > *best {
                    *best = score;
                    last_piece_bytes[end] = length as u8;
                }
            };
            let mut character_is_piece = false;
            for Match { length_bytes, value } in self.pieces.prefixes(&text[start..]) {
                // The converter writes no longer piece and no other id; a damaged file must not panic.
                let Some(&score) = self.scores.get(value as usize) else { continue };
                if length_bytes < WINDOW_BYTES {
                    offer(length_bytes, base + f64::from(score));
                    character_is_piece |= length_bytes == character;
                }
            }
            if !character_is_piece {
                offer(character, base + self.unknown_score);
            }
            start += character;
        }
    }

    /// The id of a piece of the best split.
    fn id(&self, piece: &[u8]) -> u32 {
        match self.pieces.prefixes(piece).last() {
            Some(Match { length_bytes, value })
                if length_bytes == piece.len() && (value as usize) < self.scores.len() =>
            {
                value
            }
            _ => UNKNOWN,
        }
    }
}

/// How many bytes long a character is, by its first byte.
fn character_bytes(first: u8) -> usize {
    match first {
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xFF => 4,
        _ => 1,
    }
}
