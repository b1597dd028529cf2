//! The one type through which lexical data is loaded.
//!
//! Data lies in `data/<language>/<topic>.toml` and is embedded by the build script, which writes it
//! as JSON: that is read ten times as fast, and programs that run for a moment wait for it. A new
//! language is a new folder, a new file of a known topic needs no line of code. A pack is read when
//! its language is first asked for and kept for ever.

use crate::date::DateRules;
use crate::digest::DigestPhrases;
use crate::insert::InsertPhrases;
use crate::name::NameRules;
use crate::number::NumberRules;
use crate::polarity::PolarityRules;
use crate::sentence::SentenceRules;
use crate::speech::SpeechRules;
use crate::witness::WitnessRules;
use crate::word::WordRules;
use newstemma_model::Language;
use serde::de::DeserializeOwned;
use std::sync::OnceLock;

/// All lexical data of one language.
///
/// A topic for which a language has no file is that of the generic pack (`data/und/`).
#[derive(Clone, Debug, Default)]
pub struct Pack {
    /// The language; [`Language::UNKNOWN`] for the generic pack.
    pub language: Language,
    /// Where sentences end.
    pub sentence: SentenceRules,
    /// How words are told apart, and which carry no content.
    pub word: WordRules,
    /// Phrases of inserts: teasers, cookies, captions, credits.
    pub insert: InsertPhrases,
    /// Saying and attributing.
    pub speech: SpeechRules,
    /// Numbers, units, bounds.
    pub number: NumberRules,
    /// Months, weekdays, days relative to today.
    pub date: DateRules,
    /// Titles, particles and forms of names.
    pub name: NameRules,
    /// Negation and certainty.
    pub polarity: PolarityRules,
    /// A newsroom as its own witness.
    pub witness: WitnessRules,
    /// What the digest of an account calls its lines.
    pub digest: DigestPhrases,
}

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/table.rs"));
}

static PACKS: [OnceLock<Pack>; embedded::TABLE.len()] =
    [const { OnceLock::new() }; embedded::TABLE.len()];

/// Tags of which the data stands under another tag, because press and readers do not keep the
/// two apart.
const SHARED: &[(&str, &str)] =
    &[("nb", "no"), ("nn", "no"), ("in", "id"), ("iw", "he"), ("tl", "fil"), ("cmn", "zh")];

impl Pack {
    /// The pack of a language, or the generic one for a language without.
    ///
    /// ```
    /// use newstemma_language::Pack;
    /// use newstemma_model::Language;
    /// let french = Pack::of(Language::parse("fr-CA").unwrap());
    /// assert_eq!(french.language.to_string(), "fr");
    /// let volapuk = Pack::of(Language::parse("vo").unwrap());
    /// assert!(!volapuk.language.is_known());
    /// ```
    pub fn of(language: Language) -> &'static Pack {
        let primary = language.primary();
        let shared = SHARED.iter().find(|(tag, _)| *tag == primary).map(|(_, data)| *data);
        let row = row_of(&language.to_string())
            .or_else(|| row_of(primary))
            .or_else(|| row_of(shared?))
            .or_else(|| row_of("und"));
        row.map_or_else(empty, at)
    }

    /// The packs of all languages that have one, the generic one among them, by tag.
    pub fn all() -> impl Iterator<Item = &'static Pack> {
        (0..embedded::TABLE.len()).map(at)
    }

    /// Reads a pack from its topics and their texts.
    ///
    /// # Errors
    /// If a text is not what the build script writes, or has a field that its topic does not know.
    fn read(tag: &str, files: &[(&str, &str)]) -> Result<Pack, PackError> {
        let date: DateRules = topic(tag, files, "date")?;
        let mut speech: SpeechRules = topic(tag, files, "speech")?;
        let name: NameRules = topic(tag, files, "name")?;
        speech.capital_time = date.has_capitals();
        speech.capital_nouns = name.capital_nouns;
        Ok(Pack {
            language: Language::parse(tag).unwrap_or_default(),
            sentence: topic(tag, files, "sentence")?,
            word: topic(tag, files, "word")?,
            insert: topic(tag, files, "insert")?,
            speech,
            number: topic(tag, files, "number")?,
            date,
            name,
            polarity: topic(tag, files, "polarity")?,
            witness: topic(tag, files, "witness")?,
            digest: topic(tag, files, "digest")?,
        })
    }
}

/// A data file that cannot be read; only a fault of the build can cause it.
#[derive(Debug, thiserror::Error)]
#[error("data/{language}/{topic}.toml: {source}")]
struct PackError {
    language: String,
    topic: &'static str,
    source: Box<serde_json::Error>,
}

fn row_of(tag: &str) -> Option<usize> {
    embedded::TABLE.binary_search_by(|(language, _)| language.cmp(&tag)).ok()
}

fn at(row: usize) -> &'static Pack {
    PACKS[row].get_or_init(|| {
        let (tag, files) = embedded::TABLE[row];
        // The tests read every file, so that this cannot happen in a build that passed them.
        Pack::read(tag, files).unwrap_or_default()
    })
}

/// A topic of all languages that have a file of it, by tag.
pub(crate) fn topic_of_all<T: Default + DeserializeOwned>(topic: &str) -> Vec<T> {
    let files = embedded::TABLE.iter().flat_map(|(_, files)| *files);
    let texts = files.filter(|(name, _)| *name == topic).map(|(_, text)| *text);
    texts.map(|text| serde_json::from_str(text).unwrap_or_default()).collect()
}

fn empty() -> &'static Pack {
    static EMPTY: OnceLock<Pack> = OnceLock::new();
    EMPTY.get_or_init(Pack::default)
}

fn topic<T: Default + DeserializeOwned>(
    tag: &str,
    files: &[(&str, &str)],
    topic: &'static str,
) -> Result<T, PackError> {
    let generic = row_of("und").map_or(&[][..], |row| embedded::TABLE[row].1);
    let Some((_, text)) = files.iter().chain(generic).find(|(name, _)| *name == topic) else {
        return Ok(T::default());
    };
    let fault = |e| PackError { language: tag.to_owned(), topic, source: Box::new(e) };
    serde_json::from_str(text).map_err(fault)
}

#[cfg(test)]
mod tests {
    use super::{Pack, embedded};
    use newstemma_model::Language;
    use std::time::{Duration, Instant};

    /// Languages that every stage must know.
    const REQUIRED: [&str; 17] = [
        "und", "en", "fr", "de", "es", "it", "pt", "nl", "pl", "ru", "uk", "ar", "tr", "zh", "ja",
        "ko", "th",
    ];

    const TOPICS: [&str; 10] = [
        "date", "digest", "insert", "name", "number", "polarity", "sentence", "speech", "witness",
        "word",
    ];

    #[test]
    fn every_data_file_is_of_a_known_topic_and_can_be_read() {
        for (tag, files) in embedded::TABLE {
            if *tag != "und" {
                assert!(Language::parse(tag).is_some(), "data/{tag}: not a language tag");
            }
            for (topic, _) in *files {
                assert!(TOPICS.contains(topic), "data/{tag}/{topic}.toml: unknown topic");
            }
            if let Err(error) = Pack::read(tag, files) {
                panic!("{error}");
            }
        }
    }

    #[test]
    fn required_languages_have_a_folder() {
        for tag in REQUIRED {
            assert!(embedded::TABLE.iter().any(|(t, _)| *t == tag), "data/{tag} is missing");
        }
        assert_eq!(Pack::all().count(), embedded::TABLE.len());
    }

    #[test]
    fn regions_scripts_and_old_tags_find_their_language() {
        let check = |tag: &str, expected: &str| {
            let language = Language::parse(tag).unwrap();
            assert_eq!(Pack::of(language).language.to_string(), expected, "{tag}");
        };
        check("en-GB", "en");
        check("zh-Hant", "zh");
        check("zh-TW", "zh");
        check("und", "und");
        check("qaa", "und");
    }

    #[test]
    // What is tested is time.
    #[allow(clippy::disallowed_methods)]
    fn a_pack_is_read_in_the_blink_of_an_eye() {
        for (tag, files) in embedded::TABLE {
            let read = |_| {
                let start = Instant::now();
                assert!(Pack::read(tag, files).is_ok());
                start.elapsed()
            };
            // A release build takes less than one millisecond. Tests may run unoptimised, and crowded
            // too: other work delays some of the reads, never makes one faster than it is.
            let limit = Duration::from_millis(20);
            assert!((0..100).map(read).any(|time| time < limit), "{tag}");
        }
    }
}
