//! Phrases by which inserts are known: teasers, cookie notices, captions, credits.

use serde::Deserialize;

/// The topic `insert`: what `data/<language>/insert.toml` may say.
///
/// Every field has a default, and a field that is not named here is an error.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InsertPhrases {}
