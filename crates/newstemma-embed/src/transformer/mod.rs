//! The encoder of all other languages: multilingual-e5-small, mapped into the default space.
//!
//! The model is that of Wang and others ("Multilingual E5 Text Embeddings", 2024): twelve layers of
//! attention over pieces of words, for about a hundred languages. A text is cut into pieces, every
//! piece becomes a row of 384 values, and each layer lets the rows of a text take up something of one
//! another and then changes each by itself. The mean of the rows is the vector of the text. A linear
//! map, fitted on sentences and their translations, brings it to where the default encoder would
//! have put a translation of it; `models/README.md` says how it was fitted and how far it errs.
//!
//! Cost: 21 million multiply-adds a token, twelve times the default encoder's.

mod attention;
mod functions;
mod nibbles;
mod weights;

use crate::EmbedError;
use crate::kernel::{Cpu, Rows, Target, multiply};
use crate::lanes::sums;
use crate::linear::{Plane, Precision};
use crate::model_file::ModelFile;
use crate::tokenize::{BEGIN, END, Tokenizer, TokenizerBuffers};
use attention::{AttentionBuffers, attend};
use functions::gelu;
use nibbles::NibbleMatrix;
use std::ops::Range;
use weights::{
    Affine, DIM, GROUPS, INNER_DIM, Layer, Norm, QKV_DIM, SENTENCE_DIM, WINDOW, Weights,
};

/// Tokens that are worked on together: enough that each weight is fetched from memory once for
/// many, few enough that what is between the layers (10 KB a token) stays in the cache.
const BATCH_TOKENS: usize = 256;
/// Blocks of steps in a row.
const DIM_BLOCKS: usize = DIM / (4 * GROUPS);
const INNER_BLOCKS: usize = INNER_DIM / (4 * GROUPS);

/// The encoder, with its map.
#[derive(Debug)]
pub(crate) struct TransformerEncoder {
    pub(crate) cpu: Cpu,
    precision: Precision,
    tokenizer: Tokenizer,
    /// What stands before every text, since the model was trained so.
    prefix: Vec<u32>,
    words: NibbleMatrix,
    weights: Weights,
}

/// Tokens that are read together, and the text that they are of.
#[derive(Debug)]
struct Window {
    text: usize,
    ids: Vec<u32>,
}

impl TransformerEncoder {
    /// The encoder of a file. How characters are normalised is that of the default encoder, whose
    /// file is the second.
    pub(crate) fn new(
        file: &ModelFile,
        default: &ModelFile,
        precision: Precision,
    ) -> Result<TransformerEncoder, EmbedError> {
        let words = NibbleMatrix::new(file, "words", DIM)?;
        let tokenizer = Tokenizer::new(file, default.section("charsmap")?, words.rows())?;
        let damaged = EmbedError::Damaged("prefix");
        let prefix = std::str::from_utf8(file.section("prefix")?).map_err(|_| damaged)?;
        let prefix = match prefix {
            "" => Vec::new(),
            _ => inner(&tokenizer.encode(prefix, &mut TokenizerBuffers::default())).to_vec(),
        };
        Ok(TransformerEncoder {
            cpu: Cpu::detect(),
            precision,
            tokenizer,
            prefix,
            words,
            weights: Weights::new(file, precision)?,
        })
    }

    /// How many pieces the vocabulary has.
    pub(crate) fn pieces(&self) -> usize {
        self.words.rows()
    }

    /// The ids of the pieces that a text is split into, those of its begin and its end included.
    pub(crate) fn token_ids(&self, text: &str) -> Vec<u32> {
        self.tokenizer.encode(text, &mut TokenizerBuffers::default())
    }

    /// Encodes texts in the default space: `n × 512`, rows of unit length.
    pub(crate) fn encode(&self, texts: &[&str]) -> Vec<f32> {
        let mut vectors = self.encode_own(texts);
        let starts: Vec<usize> = (0..vectors.len()).step_by(DIM).collect();
        let mut mapped = vec![0.0; texts.len() * SENTENCE_DIM];
        let mut target = Target { values: &mut mapped, stride: SENTENCE_DIM, column: 0 };
        let rows = Rows { values: &vectors, starts: &starts };
        multiply(self.cpu, rows, &self.weights.map.matrix, &mut target);
        vectors.clear();
        for row in mapped.chunks_exact_mut(SENTENCE_DIM) {
            add(row, &self.weights.map.bias);
            self.scale_to_unit(row);
        }
        mapped
    }

    /// Encodes texts in the model's own space: `n × 384`, rows of unit length.
    pub(crate) fn encode_own(&self, texts: &[&str]) -> Vec<f32> {
        let mut vectors = vec![0.0; texts.len() * DIM];
        let mut buffers = TokenizerBuffers::default();
        let mut workspace = Workspace::new(self.precision);
        let (mut batch, mut tokens) = (Vec::new(), 0);
        for (index, text) in texts.iter().enumerate() {
            for window in self.windows(index, text, &mut buffers) {
                if !batch.is_empty() && tokens + window.ids.len() > BATCH_TOKENS {
                    self.add_windows(&batch, &mut workspace, &mut vectors);
                    batch.clear();
                    tokens = 0;
                }
                tokens += window.ids.len();
                batch.push(window);
            }
        }
        self.add_windows(&batch, &mut workspace, &mut vectors);
        for row in vectors.chunks_exact_mut(DIM) {
            self.scale_to_unit(row);
        }
        vectors
    }

    /// A text in portions that the model can read, each between a begin and an end.
    fn windows(&self, text: usize, content: &str, buffers: &mut TokenizerBuffers) -> Vec<Window> {
        let ids = self.tokenizer.encode(content, buffers);
        let ids = [&self.prefix, inner(&ids)].concat();
        ids.chunks(WINDOW - 2)
            .map(|ids| Window { text, ids: [&[BEGIN], ids, &[END]].concat() })
            .collect()
    }

    /// Adds the mean of each window's tokens to the vector of its text, as often as it has tokens.
    fn add_windows(&self, batch: &[Window], workspace: &mut Workspace, vectors: &mut [f32]) {
        let mut end = 0;
        let ranges: Vec<Range<usize>> = batch
            .iter()
            .map(|window| {
                let start = end;
                end += window.ids.len();
                start..end
            })
            .collect();
        workspace.prepare(end);
        // Not inlined into `run`, the work would be done without the instructions of this machine.
        self.cpu.run(
            #[inline(always)]
            || self.begin(batch, workspace),
        );
        for layer in &self.weights.layers {
            self.attention(layer, &ranges, workspace);
            self.each_by_itself(layer, workspace);
        }
        for (window, range) in batch.iter().zip(ranges) {
            let out = &mut vectors[window.text * DIM..][..DIM];
            let tokens = range.len() as f32;
            let mut sum = [0.0f32; DIM];
            for row in workspace.tokens[range.start * DIM..range.end * DIM].chunks_exact(DIM) {
                add(&mut sum, row);
            }
            let factor = (tokens - 2.0) / tokens;
            for (out, sum) in out.iter_mut().zip(sum) {
                *out += sum * factor;
            }
        }
    }

    /// The rows that tokens begin with.
    #[inline(always)]
    fn begin(&self, batch: &[Window], workspace: &mut Workspace) {
        let Workspace { tokens, plane, .. } = workspace;
        let ids = batch.iter().flat_map(|window| window.ids.iter().enumerate());
        for (index, ((place, &id), row)) in ids.zip(tokens.chunks_exact_mut(DIM)).enumerate() {
            self.words.read(id as usize, row);
            add(row, &self.weights.positions[place * DIM..][..DIM]);
            add(row, &self.weights.segment);
            self.normalize(row, &self.weights.input_norm);
            plane.set(index * DIM_BLOCKS, row);
        }
    }

    /// The first step of a layer.
    fn attention(&self, layer: &Layer, ranges: &[Range<usize>], workspace: &mut Workspace) {
        let Workspace { tokens, plane, starts, qkv, product, buffers, .. } = workspace;
        self.product(&layer.qkv, plane, starts, qkv);
        self.cpu.run(
            #[inline(always)]
            || {
                for range in ranges {
                    attend(qkv, &layer.qkv.bias, range.clone(), buffers, product);
                }
                for (index, row) in product.chunks_exact(DIM).take(starts.len()).enumerate() {
                    plane.set(index * DIM_BLOCKS, row);
                }
            },
        );
        self.product(&layer.attended, plane, starts, product);
        self.cpu.run(
            #[inline(always)]
            || {
                self.residual(tokens, product, &layer.attended, &layer.attended_norm, plane);
            },
        );
    }

    /// The second step of a layer.
    fn each_by_itself(&self, layer: &Layer, workspace: &mut Workspace) {
        let Workspace { tokens, plane, starts, inner_plane, inner_starts, inner, product, .. } =
            workspace;
        self.product(&layer.up, plane, starts, inner);
        self.cpu.run(
            #[inline(always)]
            || {
                for (index, row) in inner.chunks_exact_mut(INNER_DIM).take(starts.len()).enumerate()
                {
                    for (value, bias) in row.iter_mut().zip(&layer.up.bias) {
                        *value = gelu(*value + bias);
                    }
                    inner_plane.set(index * INNER_BLOCKS, row);
                }
            },
        );
        self.product(&layer.down, inner_plane, inner_starts, product);
        self.cpu.run(
            #[inline(always)]
            || self.residual(tokens, product, &layer.down, &layer.norm, plane),
        );
    }

    /// Adds what a step found to the tokens, and normalises.
    #[inline(always)]
    fn residual(
        &self,
        tokens: &mut [f32],
        product: &[f32],
        affine: &Affine,
        norm: &Norm,
        plane: &mut Plane<GROUPS>,
    ) {
        let rows = tokens.chunks_exact_mut(DIM).zip(product.chunks_exact(DIM));
        for (index, (row, product)) in rows.enumerate() {
            for ((value, product), bias) in row.iter_mut().zip(product).zip(&affine.bias) {
                *value += product + bias;
            }
            self.normalize(row, norm);
            plane.set(index * DIM_BLOCKS, row);
        }
    }

    #[inline(always)]
    fn normalize(&self, row: &mut [f32], norm: &Norm) {
        let mean = sums(row).0 / DIM as f32;
        for value in row.iter_mut() {
            *value -= mean;
        }
        let variance = sums(row).1 / DIM as f32;
        let factor = 1.0 / (variance + self.weights.epsilon).sqrt();
        for ((value, gain), bias) in row.iter_mut().zip(&norm.gain).zip(&norm.bias) {
            *value = *value * factor * gain + bias;
        }
    }

    fn product(
        &self,
        affine: &Affine,
        plane: &Plane<GROUPS>,
        starts: &[usize],
        values: &mut [f32],
    ) {
        let mut target = Target { values, stride: affine.bias.len(), column: 0 };
        affine.weights.multiply(self.cpu, plane, starts, &mut target);
    }

    fn scale_to_unit(&self, row: &mut [f32]) {
        let factor = 1.0 / sums(row).1.max(self.weights.epsilon).sqrt();
        for value in row {
            *value *= factor;
        }
    }
}

/// Buffers between the layers, kept from batch to batch.
#[derive(Debug)]
struct Workspace {
    /// A row a token.
    tokens: Vec<f32>,
    /// The tokens, or what they took up, as left-hand sides.
    plane: Plane<GROUPS>,
    starts: Vec<usize>,
    qkv: Vec<f32>,
    /// What is to be added to the tokens.
    product: Vec<f32>,
    inner: Vec<f32>,
    inner_plane: Plane<GROUPS>,
    inner_starts: Vec<usize>,
    buffers: AttentionBuffers,
}

impl Workspace {
    fn new(precision: Precision) -> Workspace {
        Workspace {
            tokens: Vec::new(),
            plane: Plane::zeros(precision, 0),
            starts: Vec::new(),
            qkv: Vec::new(),
            product: Vec::new(),
            inner: Vec::new(),
            inner_plane: Plane::zeros(precision, 0),
            inner_starts: Vec::new(),
            buffers: AttentionBuffers::default(),
        }
    }

    /// Makes room for so many tokens, no more and no less.
    fn prepare(&mut self, tokens: usize) {
        self.tokens.resize(tokens * DIM, 0.0);
        self.plane.grow(tokens * DIM_BLOCKS);
        self.starts.clear();
        self.starts.extend((0..tokens).map(|token| token * DIM_BLOCKS));
        self.qkv.resize(tokens * QKV_DIM, 0.0);
        self.product.resize(tokens * DIM, 0.0);
        self.inner.resize(tokens * INNER_DIM, 0.0);
        self.inner_plane.grow(tokens * INNER_BLOCKS);
        self.inner_starts.clear();
        self.inner_starts.extend((0..tokens).map(|token| token * INNER_BLOCKS));
    }
}

/// The ids between those of begin and end.
fn inner(ids: &[u32]) -> &[u32] {
    ids.get(1..ids.len().saturating_sub(1)).unwrap_or_default()
}

#[inline(always)]
fn add(row: &mut [f32], other: &[f32]) {
    for (value, other) in row.iter_mut().zip(other) {
        *value += other;
    }
}

#[cfg(test)]
mod tests;
