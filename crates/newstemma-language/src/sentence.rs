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
    /// Abbreviations before names and nouns that may also end a sentence ("Inc.", "a.m."): a stop
    /// after them ends one only if a word of `starters` follows. One that names never follow, such
    /// as "etc.", needs no entry.
    pub may_end: BTreeSet<String>,
    /// Abbreviations that are followed by a number ("No. 5", "S. 12", "Nov. 20") and end a sentence
    /// before anything else.
    pub before_number: BTreeSet<String>,
    /// Whether and where ordinals are written with a stop.
    pub ordinals: OrdinalStop,
    /// Words with a capital that follow such ordinals, as months do in some languages.
    pub after_ordinal: BTreeSet<String>,
    /// Words that begin sentences far more often than names do: articles, pronouns, conjunctions,
    /// adverbs. After an abbreviation one of them in upper case means that a sentence begins. Where
    /// sentences have no stop, a space before one of them does.
    pub starters: BTreeSet<String>,
    /// Where sentences have no stop: words that go on with the sentence after a space.
    pub joiners: BTreeSet<String>,
    /// Where sentences have no stop: particles that close one.
    pub closing_particles: BTreeSet<String>,
    /// What follows a quoted sentence when the sentence around it goes on, besides words in lower
    /// case.
    pub after_quote: Vec<String>,
    /// Forms of verbs of saying that follow a quoted question or exclamation and its speaker:
    /// "“Why?” Smith asked."
    pub reporting: BTreeSet<String>,
    /// Characters that end sentences in this language only, as ";" in Greek.
    pub stops: String,
}

/// Ordinals such as "20." in "20. November".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrdinalStop {
    /// Written in another way.
    #[default]
    Never,
    /// Written with a stop; what follows is in lower case unless it is a name.
    BeforeLower,
    /// Written with a stop; what follows may be any noun with a capital.
    BeforeNoun,
}
