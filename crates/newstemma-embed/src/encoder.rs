//! One space for all languages, and which encoder a sentence goes through to get there.
//!
//! The default encoder is small and quick and knows sixteen languages. Sentences of any other go
//! through a second one, which is loaded when the first of them turns up. Where the language of a
//! text is not known, it is short, or hardly a text at all, and stays with the default.

use crate::EmbedError;
use crate::convolution::{self, ConvolutionEncoder, SENTENCE_DIM};
use crate::linear::Precision;
use crate::model_file::ModelFile;
use crate::recent::Recent;
use crate::transformer::TransformerEncoder;
use newstemma_model::Language;
use std::collections::HashMap;
use std::sync::OnceLock;

pub(crate) static DEFAULT: &[u8] = include_bytes!("../models/use-multilingual-v3.nse");

#[cfg(feature = "other-languages")]
pub(crate) static OTHERS: Option<&[u8]> =
    Some(include_bytes!("../models/multilingual-e5-small.nse"));
#[cfg(not(feature = "other-languages"))]
pub(crate) static OTHERS: Option<&[u8]> = None;

/// How near a mapped sentence comes to its translations: their mean cosine is .49, that of two
/// translations which went through the default encoder .76. Measured on 997 sentences of the development
/// set flores-retrieval in three mapped languages and five others, with English.
const MAPPED_REACH: f32 = 0.64;

/// What may be chosen of an encoder.
#[derive(Clone, Copy, Debug, Default)]
pub struct EncoderConfig {
    /// How the large products are computed. By default in whole steps.
    pub precision: Precision,
    /// The weights for languages that the default encoder does not know.
    pub others: OtherLanguages,
}

/// Where the weights come from that languages need which the default encoder does not know.
#[derive(Clone, Copy, Debug, Default)]
pub enum OtherLanguages {
    /// From the file inside the program, if it was built with one.
    #[default]
    BuiltIn,
    /// From these bytes of an encoder file.
    File(&'static [u8]),
    /// From the bytes that this gives, which is asked when the first such text turns up: an encoder
    /// file that the user has added. Where there is none, or it is unfit, from inside the program.
    Added(fn() -> Result<Option<&'static [u8]>, EmbedError>),
    /// From nowhere: all languages go through the default encoder.
    None,
}

/// What is wrong with the weights for other languages, and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The file that was added cannot be used; the one inside the program is.
    #[error("the added encoder of other languages is not used, but that of the program: {0}")]
    AddedUnfit(EmbedError),
    /// There are none. Texts go through the default encoder, whose vectors do not say much then.
    #[error(
        "sentences in languages that the default encoder does not know are compared badly: {0}"
    )]
    Missing(EmbedError),
}

/// A text to be encoded, and the language that it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Text<'a> {
    /// The words.
    pub text: &'a str,
    /// The language, as far as it is known.
    pub language: Language,
}

impl<'a> From<&'a str> for Text<'a> {
    /// A text of unknown language.
    fn from(text: &'a str) -> Text<'a> {
        Text { text, language: Language::UNKNOWN }
    }
}

impl<'a> From<(&'a str, Language)> for Text<'a> {
    fn from((text, language): (&'a str, Language)) -> Text<'a> {
        Text { text, language }
    }
}

/// The sentence encoder. Shared between threads by reference.
///
/// ```
/// use newstemma_model::Language;
/// let encoder = newstemma_embed::Encoder::embedded()?;
/// let ukrainian = Language::parse("uk").unwrap_or_default();
/// let french = Language::parse("fr").unwrap_or_default();
/// let english = Language::parse("en").unwrap_or_default();
/// let vectors = encoder.encode(&[
///     ("Le pont a été fermé mardi soir.", french),
///     ("The bridge was closed on Tuesday evening.", english),
///     ("Міст закрили у вівторок увечері.", ukrainian),
///     ("Two bears escaped from the zoo.", english),
/// ]);
/// let vector = |index: usize| &vectors[index * encoder.dim()..][..encoder.dim()];
/// let cosine = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
/// assert!(cosine(vector(0), vector(1)) > 0.8);
/// // Mapped vectors lie further from their translations, but further still from all else.
/// assert!(cosine(vector(2), vector(1)) > cosine(vector(2), vector(3)) + 0.2);
/// # Ok::<(), newstemma_embed::EmbedError>(())
/// ```
#[derive(Debug)]
pub struct Encoder {
    config: EncoderConfig,
    file: ModelFile,
    default: ConvolutionEncoder,
    /// Of other languages; nothing until one turned up.
    others: OnceLock<Others>,
    /// What lately went through the default encoder, and through that of other languages.
    recent: Recent,
    recent_others: Recent,
}

/// What there is for other languages.
#[derive(Debug)]
struct Others {
    encoder: Option<Box<TransformerEncoder>>,
    fault: Option<Fault>,
}

impl Encoder {
    /// The encoder with the weights that ship inside the program.
    ///
    /// # Errors
    /// If the embedded file does not pass its checksum.
    pub fn embedded() -> Result<Encoder, EmbedError> {
        Encoder::with_config(EncoderConfig::default())
    }

    /// The encoder with some choices of one's own.
    ///
    /// # Errors
    /// If the embedded file does not pass its checksum. A fault of the weights for other languages
    /// shows when one turns up: see [`Encoder::fault`].
    pub fn with_config(config: EncoderConfig) -> Result<Encoder, EmbedError> {
        let file = ModelFile::open(DEFAULT)?;
        let default = ConvolutionEncoder::new(&file, config.precision)?;
        let others = OnceLock::new();
        let (recent, recent_others) = Default::default();
        Ok(Encoder { config, file, default, others, recent, recent_others })
    }

    /// Values in a vector.
    pub fn dim(&self) -> usize {
        SENTENCE_DIM
    }

    /// The ids of the pieces that a text is split into, those of its begin and its end included.
    pub fn token_ids<'a>(&self, text: impl Into<Text<'a>>) -> Vec<u32> {
        let text = text.into();
        match self.others_for(text.language) {
            Some(others) => others.token_ids(text.text),
            None => self.default.token_ids(text.text),
        }
    }

    /// How near a mapped sentence comes to its translations in the default space, as a share of how
    /// near translations come to each other there; 1 for the languages of the default encoder.
    pub fn reach(&self, language: Language) -> f32 {
        if self.is_mapped(language) { MAPPED_REACH } else { 1.0 }
    }

    /// How improbable a word is, in nats: minus the log probability that the default vocabulary's own
    /// model gives to its best split. About 7 for a word that is in every report, 25 for a rare name.
    pub fn surprise(&self, word: &str) -> f32 {
        self.default.surprise(word)
    }

    /// Encodes texts: `n × dim`, `f32`, rows of unit length, in the order of the input.
    ///
    /// Equal texts are encoded once, also those of a former call as long as they are remembered. A text
    /// may be of any length and may be empty; an empty text gives a vector too, which means nothing.
    /// What a row holds depends on its text and the language of it alone.
    pub fn encode<'a, T: Into<Text<'a>> + Copy>(&self, texts: &[T]) -> Vec<f32> {
        self.encode_texts(texts.iter().map(|&text| text.into()))
    }

    /// What is wrong with the weights for other languages; `None` as long as no text needed any.
    pub fn fault(&self) -> Option<&Fault> {
        self.others.get()?.fault.as_ref()
    }

    fn encode_texts<'a>(&self, texts: impl Iterator<Item = Text<'a>>) -> Vec<f32> {
        let mut by_default = Batch::default();
        let mut by_others = Batch::default();
        let mut others = None;
        let places: Vec<(Route, usize)> = texts
            .map(|text| match self.others_for(text.language) {
                Some(encoder) => {
                    others = Some(encoder);
                    (Route::Others, by_others.place(text.text))
                }
                None => (Route::Default, by_default.place(text.text)),
            })
            .collect();
        let default =
            self.recent.rows(&by_default.texts, SENTENCE_DIM, |texts| self.default.encode(texts));
        let others = others.map_or_else(Vec::new, |encoder| {
            self.recent_others.rows(&by_others.texts, SENTENCE_DIM, |texts| encoder.encode(texts))
        });
        if others.is_empty() && by_default.texts.len() == places.len() {
            return default;
        }
        let row = |(route, place): &(Route, usize)| {
            let vectors = match route {
                Route::Default => &default,
                Route::Others => &others,
            };
            &vectors[place * SENTENCE_DIM..][..SENTENCE_DIM]
        };
        places.iter().flat_map(row).copied().collect()
    }

    /// The encoder of other languages, if this is one and there is such an encoder.
    fn others_for(&self, language: Language) -> Option<&TransformerEncoder> {
        if !self.is_mapped(language) {
            return None;
        }
        self.others.get_or_init(|| self.load_others()).encoder.as_deref()
    }

    /// Whether texts of a language go through the encoder of other languages, if there is one.
    fn is_mapped(&self, language: Language) -> bool {
        language.is_known() && !is_of_default(language)
    }

    fn load_others(&self) -> Others {
        let (chosen, unfit) = match self.config.others {
            OtherLanguages::BuiltIn => (self.open_others(OTHERS), None),
            OtherLanguages::File(bytes) => (self.open_others(Some(bytes)), None),
            OtherLanguages::None => (self.open_others(None), None),
            OtherLanguages::Added(read) => {
                let added =
                    read().and_then(|bytes| bytes.map(|b| self.open_others(Some(b))).transpose());
                match added {
                    Ok(Some(encoder)) => (Ok(encoder), None),
                    Ok(None) => (self.open_others(OTHERS), None),
                    Err(error) => (self.open_others(OTHERS), Some(Fault::AddedUnfit(error))),
                }
            }
        };
        match chosen {
            Ok(encoder) => Others { encoder: Some(encoder), fault: unfit },
            Err(error) => Others { encoder: None, fault: unfit.or(Some(Fault::Missing(error))) },
        }
    }

    fn open_others(
        &self,
        bytes: Option<&'static [u8]>,
    ) -> Result<Box<TransformerEncoder>, EmbedError> {
        let file = ModelFile::open(bytes.ok_or(EmbedError::NotBuiltIn)?)?;
        TransformerEncoder::new(&file, &self.file, self.config.precision).map(Box::new)
    }
}

/// Whether the default encoder was trained on a language.
pub(crate) fn is_of_default(language: Language) -> bool {
    convolution::LANGUAGES.contains(&language.primary())
}

/// The encoder that a text goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Route {
    Default,
    Others,
}

/// Texts for one encoder, each once.
#[derive(Debug, Default)]
struct Batch<'a> {
    texts: Vec<&'a str>,
    places: HashMap<&'a str, usize>,
}

impl<'a> Batch<'a> {
    /// The place of a text among those for this encoder.
    fn place(&mut self, text: &'a str) -> usize {
        *self.places.entry(text).or_insert_with(|| {
            self.texts.push(text);
            self.texts.len() - 1
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Encoder, EncoderConfig};
    use crate::kernel::Cpu;
    use crate::linear::Precision;
    use newstemma_model::Language;

    #[test]
    fn every_instruction_set_gives_the_same_vectors() {
        let greek = Language::parse("el").unwrap();
        let french = Language::parse("fr").unwrap();
        let texts = [
            ("Le bac est parti en retard.", french),
            ("渡し船は遅れて出発した。", Language::UNKNOWN),
            ("", Language::UNKNOWN),
            ("12 %", Language::UNKNOWN),
            ("Το πλοίο αναχώρησε με καθυστέρηση.", greek),
        ];
        for precision in [Precision::Steps, Precision::Single] {
            let config = EncoderConfig { precision, ..EncoderConfig::default() };
            let mut encoder = Encoder::with_config(config).unwrap();
            encoder.encode(&texts);
            let mut expected: Option<Vec<f32>> = None;
            for cpu in Cpu::all() {
                encoder.default.cpu = cpu;
                encoder.default.cache = Default::default();
                (encoder.recent, encoder.recent_others) = Default::default();
                encoder.others.get_mut().unwrap().encoder.as_mut().unwrap().cpu = cpu;
                let found = encoder.encode(&texts);
                let expected = expected.get_or_insert_with(|| found.clone());
                assert!(found == *expected, "{precision:?} {cpu:?}");
            }
        }
    }
}
