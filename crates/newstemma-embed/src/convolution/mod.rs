//! The default encoder, whose space is that of all sentences.
//!
//! It is Google's *Universal Sentence Encoder, multilingual, large vocabulary* in the form of n-gram
//! convolutions (Yang and others, "Multilingual Universal Sentence Encoder for Semantic Retrieval",
//! 2019). A sentence goes through four steps, one module each:
//!
//! 1. `normalize`: Unicode compatibility forms and spaces, as the vocabulary was trained on;
//! 2. `tokenize`: the most probable split into pieces of the vocabulary;
//! 3. `token`: whatever depends on a token alone, computed once per distinct token;
//! 4. `sentence`: what depends on neighbours, pooled, and the dense layers on top.

mod cache;
mod layers;
mod sentence;
mod table;
mod token;

pub(crate) use layers::SENTENCE_DIM;

use crate::EmbedError;
use crate::kernel::Cpu;
use crate::linear::Precision;
use crate::model_file::ModelFile;
use crate::tokenize::{Tokenizer, TokenizerBuffers};
use cache::TokenCache;
use layers::Layers;
use sentence::{FeatureSum, SPAN, SentenceStage, Span, Workspace};
use table::EmbeddingTable;
use token::TokenStage;

/// The languages that the model was trained on. One more, Chinese in traditional characters, is
/// written `zh-TW`.
pub(crate) const LANGUAGES: [&str; 15] =
    ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"];

/// Tokens that are worked on together: enough that each weight is fetched from memory once for
/// many, few enough that what is between the layers (about 20 KB a token, half of it shared by
/// equal tokens) stays small.
const BATCH_TOKENS: usize = 2_048;
/// Tokens whose hidden values are in use at a time: about as many as fit the second-level cache.
const BLOCK_TOKENS: usize = 256;

/// The encoder. Shared between threads by reference.
#[derive(Debug)]
pub(crate) struct ConvolutionEncoder {
    pub(crate) cpu: Cpu,
    precision: Precision,
    tokenizer: Tokenizer,
    table: EmbeddingTable,
    layers: Layers,
    pub(crate) cache: TokenCache,
}

impl ConvolutionEncoder {
    /// The encoder of a file.
    pub(crate) fn new(
        file: &ModelFile,
        precision: Precision,
    ) -> Result<ConvolutionEncoder, EmbedError> {
        let table = EmbeddingTable::new(file)?;
        Ok(ConvolutionEncoder {
            cpu: Cpu::detect(),
            precision,
            tokenizer: Tokenizer::new(file, file.section("charsmap")?, table.rows())?,
            table,
            layers: Layers::new(file, precision)?,
            cache: TokenCache::default(),
        })
    }

    /// The ids of the pieces that a text is split into, those of its begin and its end included.
    pub(crate) fn token_ids(&self, text: &str) -> Vec<u32> {
        self.tokenizer.encode(text, &mut TokenizerBuffers::default())
    }

    /// How improbable a text is, in nats.
    pub(crate) fn surprise(&self, text: &str) -> f32 {
        self.tokenizer.surprise(text, &mut TokenizerBuffers::default())
    }

    /// Encodes sentences: `n × 512`, rows of unit length.
    pub(crate) fn encode(&self, sentences: &[&str]) -> Vec<f32> {
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
