//! An encoder file for other languages that somebody brings: whether it is one, and what it holds.
//!
//! A checksum says that a file is as it was written, not that its weights are those of the model that
//! the map was fitted for. So some sentences are put through it, whose vectors must come to where the
//! file inside the program puts them. Pieces that only one of the two knows move them a little.

use crate::encoder::{DEFAULT, OTHERS};
use crate::linear::Precision;
use crate::model_file::ModelFile;
use crate::transformer::TransformerEncoder;
use crate::{EmbedError, Encoder, EncoderConfig, OtherLanguages, Text};
use newstemma_model::Language;

/// Sentences in languages that both files know, whatever pieces they keep.
const PROBES: [(&str, &str); 3] = [
    ("uk", "Міст закрили у вівторок увечері."),
    ("el", "Η γέφυρα έκλεισε το βράδυ της Τρίτης."),
    ("hi", "पुल मंगलवार शाम को बंद कर दिया गया।"),
];
/// Least cosine of the two vectors of a sentence: with all pieces instead of half of them it was .87 and
/// more, with other weights it is far less.
const COSINE_MIN: f32 = 0.6;

/// What a file for other languages holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OthersFile {
    /// Pieces of its vocabulary.
    pub pieces: usize,
    /// Its length in bytes.
    pub length_bytes: usize,
}

/// Whether bytes are an encoder file for other languages that can be used here.
///
/// # Errors
/// If they are no encoder file, are of another version, were changed or cut off, lack something, or
/// hold another model than the file inside the program.
pub fn check_others(bytes: &'static [u8]) -> Result<OthersFile, EmbedError> {
    let file = ModelFile::open(bytes)?;
    let found = TransformerEncoder::new(&file, &ModelFile::open(DEFAULT)?, Precision::default())?;
    let summary = OthersFile { pieces: found.pieces(), length_bytes: bytes.len() };
    drop(found);
    if OTHERS.is_some() {
        compare(bytes)?;
    }
    Ok(summary)
}

/// The sections of the file inside the program that bring vectors into the default space, by name.
///
/// # Errors
/// If the program was built without that file.
pub fn built_in_map() -> Result<[(&'static str, &'static [u8]); 2], EmbedError> {
    let file = ModelFile::open(OTHERS.ok_or(EmbedError::NotBuiltIn)?)?;
    Ok([("map", file.section("map")?), ("map.bias", file.section("map.bias")?)])
}

fn compare(bytes: &'static [u8]) -> Result<(), EmbedError> {
    let encode = |others| {
        let encoder = Encoder::with_config(EncoderConfig { others, ..EncoderConfig::default() })?;
        let probes = PROBES
            .map(|(tag, text)| Text { text, language: Language::parse(tag).unwrap_or_default() });
        Ok::<_, EmbedError>((encoder.encode(&probes), encoder.dim()))
    };
    let (own, dim) = encode(OtherLanguages::BuiltIn)?;
    let (theirs, _) = encode(OtherLanguages::File(bytes))?;
    for (own, theirs) in own.chunks(dim).zip(theirs.chunks(dim)) {
        let cosine: f32 = own.iter().zip(theirs).map(|(a, b)| a * b).sum();
        // What is no number is not above it either.
        if cosine.partial_cmp(&COSINE_MIN).is_none_or(std::cmp::Ordering::is_lt) {
            return Err(EmbedError::OtherModel(format!("{cosine:.2}")));
        }
    }
    Ok(())
}
