//! Words that carry grammar, not content.

use serde::Deserialize;
use std::collections::BTreeSet;

/// The topic `common`: what `data/<language>/common.toml` may say.
///
/// Every field has a default, and a field that is not named here is an error.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CommonWords {
    /// Function words in lower case: articles, pronouns, prepositions,
    /// conjunctions, auxiliaries. Two texts that share only these share nothing.
    pub words: BTreeSet<String>,
}

impl CommonWords {
    /// Whether a word, in normalised form, carries no content.
    pub fn contains(&self, word: &str) -> bool {
        self.words.contains(word)
    }
}
