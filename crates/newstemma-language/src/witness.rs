//! How an outlet says that it has seen something itself.

use serde::Deserialize;

/// The topic `witness`: what `data/<language>/witness.toml` may say.
///
/// Every field has a default, and a field that is not named here is an error.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WitnessRules {
    /// Phrases in lower case by which a newsroom speaks of itself as one who saw or heard:
    /// "our correspondent", "a constaté un journaliste".
    pub phrases: Vec<String>,
}

impl WitnessRules {
    /// Whether a text in lower case says so.
    ///
    /// ```
    /// use newstemma_language::Pack;
    /// use newstemma_model::Language;
    /// let english = &Pack::of(Language::parse("en").unwrap()).witness;
    /// assert!(english.found_in("the bridge was gone, our correspondent saw on friday"));
    /// assert!(!english.found_in("our correspondence was lost"));
    /// ```
    pub fn found_in(&self, text: &str) -> bool {
        self.phrases.iter().any(|phrase| text.contains(phrase.as_str()))
    }
}
