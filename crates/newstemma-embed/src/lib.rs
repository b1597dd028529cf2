//! Sentences to vectors in one space for all languages.
//!
//! There are two encoders. The default one (`convolution`) knows 16 languages: Arabic, Chinese in
//! both scripts, Dutch, English, French, German, Italian, Japanese, Korean, Polish, Portuguese,
//! Russian, Spanish, Thai, Turkish. Sentences of all others go through a larger one
//! (`transformer`), whose vectors are mapped into the space of the first. The language of a sentence
//! decides (`encoder`); nobody else in the program knows that there are two. The weights of both
//! ship inside the program; `models/README.md` says where they come from.
//!
//! The vector of a sentence depends on the sentence and its language alone: not on the others in the
//! batch, nor on the thread, nor on the instructions of the machine, to the last bit. `kernel` says
//! how.

#![deny(unsafe_code)]

mod coverage;
mod encoder;
mod others;
mod recent;

mod convolution;
mod transformer;

mod double_array;
mod normalize;
mod tokenize;

mod half;
mod lanes;
mod linear;

mod error;
mod kernel;
mod model_file;

pub use coverage::{Coverage, CoveringEncoder, coverage};
pub use encoder::{Encoder, EncoderConfig, Fault, OtherLanguages, Text};
pub use error::EmbedError;
pub use linear::Precision;
pub use others::{OthersFile, built_in_map, check_others};
