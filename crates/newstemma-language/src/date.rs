//! How a language writes dates.

use serde::Deserialize;

/// The topic `date`: what `data/<language>/date.toml` may say.
///
/// Every field has a default, and a field that is not named here is an error.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DateRules {}
