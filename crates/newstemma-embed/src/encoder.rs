//! The encoder: batches of sentences in, vectors out.

use crate::EmbedError;
use crate::cache::TokenCache;
use crate::kernel::Cpu;
use crate::layers::{Layers, SENTENCE_DIM};
use crate::linear::Precision;
use crate::model_file::ModelFile;
use crate::sentence::{FeatureSum, SPAN, SentenceStage, Span, Workspace};
use crate::table::EmbeddingTable;
use crate::token::TokenStage;
use crate::tokenize::{Tokenizer, TokenizerBuffers};
use std::collections::HashMap;

static MODEL: &[u8] = include_bytes!("../models/use-multilingual-v3.nse");

/// Tokens that are worked on together: enough that each weight is fetched from memory once for
/// many, few enough that what is between the layers (about 20 KB a token, half of it shared by
/// equal tokens) stays small.
const BATCH_TOKENS: usize = 2_048;
/// Tokens whose hidden values are in use at a time: about as many as fit the second-level cache.
const BLOCK_TOKENS: usize = 256;

/// What may be chosen of an encoder.
#[derive(Clone, Copy, Debug, Default)]
pub struct EncoderConfig {
    /// How the convolutions are computed. By default in whole steps.
    pub precision: Precision,
}

/// The sentence encoder. Shared between threads by reference.
///
/// ```
/// let encoder = newstemma_embed::Encoder::embedded()?;
/// let vectors = encoder.encode(&[
///     "Le pont a été fermé mardi soir.",
///     "The bridge was closed on Tuesday evening.",
///     "Zwei Bären sind aus dem Zoo ausgebrochen.",
/// ]);
/// let vector = |index: usize| &vectors[index * encoder.dim()..][..encoder.dim()];
/// let cosine = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
/// assert!(cosine(vector(0), vector(1)) > 0.8);
/// assert!(cosine(vector(0), vector(2)) < 0.4);
/// # Ok::<(), newstemma_embed::EmbedError>(())
/// ```
#[derive(Debug)]
pub struct Encoder {
    cpu: Cpu,
    precision: Precision,
    tokenizer: Tokenizer,
    table: EmbeddingTable,
    layers: Layers,
    cache: TokenCache,
}

impl Encoder {
    /// The encoder with the weights that ship inside the program.
    ///
    /// # Errors
    /// If the embedded file does not pass its checksum.
    pub fn embedded() -> Result<Encoder, EmbedError> {
        Encoder::with_config(EncoderConfig::default())
    }

    /// The encoder with the weights that ship inside the program, and some choices of one's own.
    ///
    /// # Errors
    /// If the embedded file does not pass its checksum.
    pub fn with_config(config: EncoderConfig) -> Result<Encoder, EmbedError> {
        let file = ModelFile::open(MODEL)?;
        let table = EmbeddingTable::new(&file)?;
        Ok(Encoder {
            cpu: Cpu::detect(),
            precision: config.precision,
            tokenizer: Tokenizer::new(&file, table.rows())?,
            table,
            layers: Layers::new(&file, config.precision)?,
            cache: TokenCache::default(),
        })
    }

    /// Values in a vector.
    pub fn dim(&self) -> usize {
        SENTENCE_DIM
    }

    /// The ids of the pieces that a text is split into, those of its begin and its end included.
    pub fn token_ids(&self, text: &str) -> Vec<u32> {
        self.tokenizer.encode(text, &mut TokenizerBuffers::default())
    }

    /// Encodes sentences: `n × dim`, `f32`, rows of unit length, in the order of the input.
    ///
    /// Equal sentences are encoded once. A text may be of any length and may be empty; an empty
    /// text gives a vector too, which means nothing. What a row holds depends on its sentence
    /// alone.
    pub fn encode(&self, sentences: &[&str]) -> Vec<f32> {
        let mut row_of = HashMap::with_capacity(sentences.len());
        let mut distinct = Vec::new();
        let rows: Vec<usize> = sentences
            .iter()
            .map(|&sentence| {
                *row_of.entry(sentence).or_insert_with(|| {
                    distinct.push(sentence);
                    distinct.len() - 1
                })
            })
            .collect();
        let vectors = self.encode_distinct(&distinct);
        if distinct.len() == sentences.len() {
            return vectors;
        }
        rows.iter()
            .flat_map(|row| &vectors[row * SENTENCE_DIM..][..SENTENCE_DIM])
            .copied()
            .collect()
    }

    fn encode_distinct(&self, sentences: &[&str]) -> Vec<f32> {
        let mut vectors = Vec::with_capacity(sentences.len() * SENTENCE_DIM);
        let mut buffers = TokenizerBuffers::default();
        let mut batch: Vec<Vec<u32>> = Vec::new();
        let mut tokens = 0;
        for sentence in sentences {
            let ids = self.tokenizer.encode(sentence, &mut buffers);
            if !batch.is_empty() && tokens + ids.len() > BATCH_TOKENS {
                vectors.extend(self.encode_batch(&batch));
                batch.clear();
                tokens = 0;
            }
            tokens += ids.len();
            batch.push(ids);
        }
        vectors.extend(self.encode_batch(&batch));
        vectors
    }

    /// The vectors of a few sentences, or of one that may be long.
    fn encode_batch(&self, batch: &[Vec<u32>]) -> Vec<f32> {
        let (cpu, precision, layers) = (self.cpu, self.precision, &self.layers);
        let (table, cache) = (&self.table, &self.cache);
        let token_stage = TokenStage { cpu, precision, table, layers, cache };
        let sentence_stage = SentenceStage { cpu, layers };
        let mut sums = vec![FeatureSum::default(); batch.len()];
        let mut workspace = Workspace::new(precision);
        let spans: Vec<(usize, Span<'_>)> = batch.iter().enumerate().flat_map(spans_of).collect();
        for spans in portions(&spans, BATCH_TOKENS) {
            let tokens = token_stage.products(spans.iter().flat_map(|(_, span)| span.needed()));
            for block in portions(spans, BLOCK_TOKENS) {
                sentence_stage.add_spans(block, &tokens, &mut workspace, &mut sums);
            }
        }
        sentence_stage.finish(&sums)
    }
}

/// The spans of a sentence, each with the sentence's place in the batch.
fn spans_of((index, ids): (usize, &Vec<u32>)) -> impl Iterator<Item = (usize, Span<'_>)> {
    (0..ids.len()).step_by(SPAN).map(move |start| {
        let range = start..(start + SPAN).min(ids.len());
        (index, Span { ids, range })
    })
}

/// Cuts a list of spans into portions of so many tokens, or of one span that has more.
fn portions<'s, 'i>(
    mut spans: &'s [(usize, Span<'i>)],
    tokens_max: usize,
) -> impl Iterator<Item = &'s [(usize, Span<'i>)]> {
    std::iter::from_fn(move || {
        let mut tokens = 0;
        let fits = |(_, span): &&(usize, Span<'i>)| {
            tokens += span.range.len();
            tokens <= tokens_max
        };
        let count = spans.iter().take_while(fits).count().max(1).min(spans.len());
        let (portion, rest) = spans.split_at(count);
        spans = rest;
        (!portion.is_empty()).then_some(portion)
    })
}

#[cfg(test)]
mod tests {
    use super::{Encoder, EncoderConfig};
    use crate::cache::TokenCache;
    use crate::kernel::Cpu;
    use crate::linear::Precision;

    #[test]
    fn every_instruction_set_gives_the_same_vectors() {
        for precision in [Precision::Steps, Precision::Single] {
            let mut encoder = Encoder::with_config(EncoderConfig { precision }).unwrap();
            let sentences = ["Le bac est parti en retard.", "渡し船は遅れて出発した。", "", "12 %"];
            let mut expected: Option<Vec<f32>> = None;
            for cpu in Cpu::all() {
                encoder.cpu = cpu;
                encoder.cache = TokenCache::default();
                let found = encoder.encode(&sentences);
                let expected = expected.get_or_insert_with(|| found.clone());
                assert!(found == *expected, "{precision:?} {cpu:?}");
            }
        }
    }
}
