//! Where sentences end.

use serde::Deserialize;
use std::collections::BTreeSet;

/// The topic `sentence`: what `data/<language>/sentence.toml` may say.
///
/// Stops, quotation marks and brackets of all scripts are known to the segmenter; here stands only
/// what differs between languages. Words are in lower case, without their final full stop.
///
/// Every field has a default, and a field that is not named here is an error.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SentenceRules {
    /// Abbreviations that are followed by more of the same sentence ("Mr.", "z. B.", "т. е."):
    /// a stop after them never ends one.
    pub never_end: BTreeSet<String>,
    /// Abbreviations that may end a sentence ("etc.", "Inc.", "a.m."): a stop after them ends one
    /// only if what follows begins like a sentence.
    pub may_end: BTreeSet<String>,
    /// Abbreviations that are followed by a number ("No. 5", "S. 12", "Art. 3") and end a sentence
    /// before anything else.
    pub before_number: BTreeSet<String>,
    /// Words that follow an ordinal written with a stop, as months do in "20. November".
    pub after_ordinal: BTreeSet<String>,
    /// Whether ordinals are written with a stop, so that "am 20. ..." does not end a sentence
    /// before a word of `after_ordinal` or one in lower case.
    pub ordinal_stop: bool,
    /// Words that begin sentences far more often than names do: articles, pronouns, conjunctions,
    /// in lower case. After an abbreviation that may end, one of them in upper case means that it
    /// did.
    pub starters: BTreeSet<String>,
    /// Particles that close a sentence in languages that write no stop (Thai "ครับ").
    pub closing_particles: Vec<String>,
}
