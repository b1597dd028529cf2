//! How the words of a language are told apart, and which of them carry no content.

use serde::Deserialize;
use std::collections::BTreeSet;

/// The topic `word`: what `data/<language>/word.toml` may say.
///
/// Every field has a default, and a field that is not named here is an error.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WordRules {
    /// Words that carry grammar, not content, in the form of [`words`](crate::words): articles,
    /// pronouns, prepositions, conjunctions, auxiliaries. Two texts that share only these share
    /// nothing.
    pub common: BTreeSet<String>,
    /// What is cut off in front at an apostrophe and becomes a word of its own: "l" in
    /// "l'Ukraine". In lower case, without the apostrophe.
    pub elided: BTreeSet<String>,
    /// What is cut off behind at an apostrophe: "s" in "Kyiv's".
    pub enclitics: BTreeSet<String>,
    /// Whether the capital of "ı" is "I" and that of "i" is "İ".
    pub dotless_i: bool,
}

impl WordRules {
    /// Whether a word, in normalised form, carries no content.
    pub fn is_common(&self, form: &str) -> bool {
        self.common.contains(form)
    }
}
