//! The weights, in the shapes in which the layers use them.

use super::nibbles::NibbleMatrix;
use crate::EmbedError;
use crate::kernel::PackedMatrix;
use crate::linear::{Linear, Precision};
use crate::model_file::ModelFile;

/// Values of a token.
pub(crate) const DIM: usize = 384;
/// Values of a token as query, as key and as value.
pub(crate) const QKV_DIM: usize = 3 * DIM;
/// Values of a token between the two steps of a layer that no other token takes part in.
pub(crate) const INNER_DIM: usize = 1_536;
/// Tokens that are read together.
pub(crate) const WINDOW: usize = 512;
/// Groups of values in a block of steps.
pub(crate) const GROUPS: usize = 32;
/// Values of a sentence, as those of the default encoder.
pub(crate) const SENTENCE_DIM: usize = crate::convolution::SENTENCE_DIM;

/// All weights but those of the words.
#[derive(Debug)]
pub(crate) struct Weights {
    /// By place in the window.
    pub(crate) positions: Vec<f32>,
    /// What is added to every token.
    pub(crate) segment: Vec<f32>,
    pub(crate) input_norm: Norm,
    pub(crate) layers: Vec<Layer>,
    pub(crate) map: Map,
    pub(crate) epsilon: f32,
}

/// Gain and bias of a layer normalisation.
#[derive(Debug)]
pub(crate) struct Norm {
    pub(crate) gain: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

/// A product and what is added to it.
#[derive(Debug)]
pub(crate) struct Affine {
    pub(crate) weights: Linear<GROUPS>,
    pub(crate) bias: Vec<f32>,
}

/// One of twelve layers.
#[derive(Debug)]
pub(crate) struct Layer {
    pub(crate) qkv: Affine,
    pub(crate) attended: Affine,
    pub(crate) attended_norm: Norm,
    pub(crate) up: Affine,
    pub(crate) down: Affine,
    pub(crate) norm: Norm,
}

/// From the space of the transformer into that of the default encoder.
#[derive(Debug)]
pub(crate) struct Map {
    pub(crate) matrix: PackedMatrix,
    pub(crate) bias: Vec<f32>,
}

impl Weights {
    /// The weights of an encoder file.
    pub(crate) fn new(file: &ModelFile, precision: Precision) -> Result<Weights, EmbedError> {
        let mut parts = Parts {
            qkv: stack(file, precision, ["qkv", "qkv.bias"], (DIM, QKV_DIM))?,
            attended: stack(file, precision, ["attended", "attended.bias"], (DIM, DIM))?,
            attended_norm: norms(file, ["norm1.gain", "norm1.bias"])?,
            up: stack(file, precision, ["up", "up.bias"], (DIM, INNER_DIM))?,
            down: stack(file, precision, ["down", "down.bias"], (INNER_DIM, DIM))?,
            norm: norms(file, ["norm2.gain", "norm2.bias"])?,
        };
        if !parts.are_even() {
            return Err(EmbedError::Damaged("a part of a layer is missing"));
        }
        let layers: Vec<Layer> = std::iter::from_fn(|| parts.next()).collect();
        let input_norm =
            Norm { gain: file.halves("input.gain", DIM)?, bias: file.halves("input.bias", DIM)? };
        Ok(Weights {
            positions: file.halves("positions", WINDOW * DIM)?,
            segment: file.halves("segment", DIM)?,
            input_norm,
            layers,
            map: Map::new(file)?,
            epsilon: file.floats("epsilon", 1)?[0],
        })
    }
}

/// What layers are put together from, the first on top.
struct Parts<A, N> {
    qkv: A,
    attended: A,
    attended_norm: N,
    up: A,
    down: A,
    norm: N,
}

impl<A: Iterator<Item = Affine>, N: Iterator<Item = Norm>> Parts<A, N> {
    fn next(&mut self) -> Option<Layer> {
        Some(Layer {
            qkv: self.qkv.next()?,
            attended: self.attended.next()?,
            attended_norm: self.attended_norm.next()?,
            up: self.up.next()?,
            down: self.down.next()?,
            norm: self.norm.next()?,
        })
    }
}

impl<A: ExactSizeIterator, N: ExactSizeIterator> Parts<A, N> {
    /// Whether no kind of weights has more layers than others.
    fn are_even(&self) -> bool {
        let layers = self.qkv.len();
        [&self.attended, &self.up, &self.down].iter().all(|part| part.len() == layers)
            && [&self.attended_norm, &self.norm].iter().all(|part| part.len() == layers)
    }
}

/// The products that stand in a section one behind the other, a layer each.
fn stack(
    file: &ModelFile,
    precision: Precision,
    [matrix, bias]: [&'static str; 2],
    (inputs, outputs): (usize, usize),
) -> Result<std::vec::IntoIter<Affine>, EmbedError> {
    let stack = NibbleMatrix::new(file, matrix, inputs)?;
    let biases = file.halves(bias, stack.rows())?;
    if !stack.rows().is_multiple_of(outputs) {
        return Err(EmbedError::Damaged(matrix));
    }
    let affines: Vec<Affine> = stack
        .stacked(outputs)
        .zip(biases.chunks_exact(outputs))
        .map(|(matrix, bias)| Affine { weights: matrix.packed(precision), bias: bias.to_vec() })
        .collect();
    Ok(affines.into_iter())
}

fn norms(
    file: &ModelFile,
    [gain, bias]: [&'static str; 2],
) -> Result<std::vec::IntoIter<Norm>, EmbedError> {
    let length = file.section(gain)?.len() / 2;
    if !length.is_multiple_of(DIM) {
        return Err(EmbedError::Damaged(gain));
    }
    let (gains, biases) = (file.halves(gain, length)?, file.halves(bias, length)?);
    let norms: Vec<Norm> = gains
        .chunks_exact(DIM)
        .zip(biases.chunks_exact(DIM))
        .map(|(gain, bias)| Norm { gain: gain.to_vec(), bias: bias.to_vec() })
        .collect();
    Ok(norms.into_iter())
}

impl Map {
    fn new(file: &ModelFile) -> Result<Map, EmbedError> {
        let values = file.halves("map", DIM * SENTENCE_DIM)?;
        let element = |row: usize, column: usize| values[row * SENTENCE_DIM + column];
        Ok(Map {
            matrix: PackedMatrix::new(DIM, SENTENCE_DIM, element),
            bias: file.floats("map.bias", SENTENCE_DIM)?,
        })
    }
}
