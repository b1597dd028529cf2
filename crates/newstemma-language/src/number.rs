//! How a language writes numbers, units and bounds.

use serde::Deserialize;

/// The topic `number`: what `data/<language>/number.toml` may say.
///
/// Every field has a default, and a field that is not named here is an error.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NumberRules {}
