//! How a language says that somebody says something.

use serde::Deserialize;

/// The topic `speech`: what `data/<language>/speech.toml` may say.
///
/// Every field has a default, and a field that is not named here is an error.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SpeechRules {}
