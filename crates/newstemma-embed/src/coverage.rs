//! Which languages the space covers, and how well, as it was measured.
//!
//! The figures are in `data/languages.tsv`, which `xtask/fit/map.py` writes: of sentences of the
//! Tatoeba collection, the share whose nearest English sentence by ratio margin, among as many of
//! the same language, is not their own translation. For languages of the mapped encoder the map was
//! fitted anew without the language, so that a figure is what a language gets that nobody fitted on.

use newstemma_model::Language;

static TABLE: &str = include_str!("../data/languages.tsv");

/// How well a language is covered.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// The language.
    pub language: Language,
    /// The name of the script that it was measured in.
    pub script: &'static str,
    /// Which encoder its sentences go through.
    pub encoder: CoveringEncoder,
    /// How many sentences it was measured on.
    pub sentences: u32,
    /// Share of them whose nearest English sentence is not their own, 0 to 1.
    pub error: f32,
}

/// An encoder, as far as it matters to whoever asks how well a language is covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoveringEncoder {
    /// The one whose space it is.
    Default,
    /// The one that is mapped into it.
    Mapped,
}

/// All languages that were measured, by tag.
///
/// ```
/// use newstemma_embed::{CoveringEncoder, coverage};
/// let ukrainian = coverage().into_iter().find(|row| row.language.to_string() == "uk");
/// assert!(ukrainian.is_some_and(|row| row.encoder == CoveringEncoder::Mapped));
/// ```
pub fn coverage() -> Vec<Coverage> {
    // The tests read every line, so that none is lost in a build that passed them.
    TABLE.lines().skip(1).filter_map(row).collect()
}

fn row(line: &'static str) -> Option<Coverage> {
    let mut fields = line.split('\t');
    let language = Language::parse(fields.next()?)?;
    let script = fields.next()?;
    let (sentences, error) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    let encoder = match crate::encoder::is_of_default(language) {
        true => CoveringEncoder::Default,
        false => CoveringEncoder::Mapped,
    };
    Some(Coverage { language, script, encoder, sentences, error })
}

#[cfg(test)]
mod tests {
    use super::{TABLE, coverage};
    use crate::convolution;

    #[test]
    fn every_line_is_read_and_languages_are_in_order() {
        let rows = coverage();
        assert_eq!(rows.len(), TABLE.lines().count() - 1);
        let tags: Vec<String> = rows.iter().map(|row| row.language.to_string()).collect();
        assert!(tags.is_sorted_by(|a, b| a < b));
        assert!(rows.iter().all(|row| (0.0..=1.0).contains(&row.error) && row.sentences > 0));
    }

    #[test]
    fn languages_of_the_default_encoder_are_measured_too() {
        let rows = coverage();
        for tag in convolution::LANGUAGES {
            assert!(rows.iter().any(|row| row.language.to_string() == tag), "{tag}");
        }
    }
}
