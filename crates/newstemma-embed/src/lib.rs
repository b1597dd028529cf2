//! Sentences to vectors in one space for all languages.
//!
//! The encoder is Google's *Universal Sentence Encoder, multilingual, large vocabulary* in the form
//! of n-gram convolutions (Yang and others, "Multilingual Universal Sentence Encoder for Semantic
//! Retrieval", 2019), for 16 languages: Arabic, Chinese in both scripts, Dutch, English, French,
//! German, Italian, Japanese, Korean, Polish, Portuguese, Russian, Spanish, Thai, Turkish. Its
//! weights ship inside the program; `models/README.md` says where they come from.
//!
//! A sentence goes through four steps, one module each:
//!
//! 1. `normalize`: Unicode compatibility forms and spaces, as the vocabulary was trained on;
//! 2. `tokenize`: the most probable split into pieces of the vocabulary;
//! 3. `token`: whatever depends on a token alone, computed once per distinct token;
//! 4. `sentence`: what depends on neighbours, pooled, and the dense layers on top.
//!
//! The vector of a sentence depends on the sentence alone: not on the others in the batch, nor on
//! the thread, nor on the instructions of the machine, to the last bit. `kernel` says how.

#![deny(unsafe_code)]

mod cache;
mod double_array;
mod encoder;
mod error;
mod kernel;
mod layers;
mod linear;
mod model_file;
mod normalize;
mod sentence;
mod table;
mod token;
mod tokenize;

pub use encoder::{Encoder, EncoderConfig};
pub use error::EmbedError;
pub use linear::Precision;
