//! How names of persons, places and organisations look in a language.

use serde::Deserialize;

/// The topic `name`: what `data/<language>/name.toml` may say.
///
/// Every field has a default, and a field that is not named here is an error.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NameRules {}
