//! The fixed phrases of an account's digest.

use newstemma_model::Language;
use serde::Deserialize;

/// The topic `digest`: what `data/<language>/digest.toml` says.
///
/// The phrases are labels with values, never sentences with gaps: nothing has to be declined, and
/// what a number counts stands beside it in any language. A language without the topic has the
/// phrases of the generic pack, which are English.
///
/// A file has every field, and no other.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DigestPhrases {
    /// The tag of the language that they are in.
    language: String,
    /// Heading of the digest.
    pub in_short: String,
    /// What several reports say, on more than one origin or on none that is known.
    pub reported: String,
    /// What several reports say, and all of them have from one origin.
    pub one_origin: String,
    /// Where versions part.
    pub disputed: String,
    /// What stands in copies only.
    pub only_copies: String,
    /// What nobody would confirm or comment on.
    pub unknown: String,
    /// Before names of speakers.
    pub said_by: String,
    /// In place of them.
    pub no_source: String,
    /// Before how many origins are independent.
    pub independent: String,
    /// Before how many lines of text may have been made from another.
    pub unknown_lineage: String,
    /// Before how many reports have it.
    pub reports: String,
    /// Before the report in which a version arose.
    pub since: String,
    /// Before the report that a copy was made from.
    pub made_from: String,
}

impl DigestPhrases {
    /// The language that they are in.
    ///
    /// ```
    /// use newstemma_language::Pack;
    /// use newstemma_model::Language;
    /// let written = |tag| Pack::of(Language::parse(tag).unwrap()).digest.language().to_string();
    /// assert_eq!([written("uk"), written("ar"), written("en"), written("sw")], ["uk", "ar", "en", "en"]);
    /// ```
    pub fn language(&self) -> Language {
        Language::parse(&self.language).unwrap_or(Language::UNKNOWN)
    }
}
