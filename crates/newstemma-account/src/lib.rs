//! Statements and stemma to the account of a story: claims, origins, differences.
//!
//! [`account`] joins statements that say the same to claims, follows each claim to where it enters
//! the press, and finds where its versions part. In reading order: `context` (the material with
//! its look-ups), `lineage` (which reports share a text), `claim` with `neighbour` and `likeness`
//! (`words`, `compatible`), `origin` with `speaker`; then `difference`, from `variation` (what all
//! reports read at a place), `change` (what two of them do: `version` of one wording, `across`
//! languages), `arose` (the edge), and `within` (what the statements of one claim disagree in, how
//! sure they are by `stance`).
#![forbid(unsafe_code)]

mod account;
mod story;

mod context;
mod lineage;

mod claim;
mod comparable;
mod compatible;
mod likeness;
mod names;
mod neighbour;
mod words;

mod origin;
mod speaker;
mod stance;

mod difference;
mod variation;

mod change;

mod version;

mod across;

mod arose;

mod within;

mod date;
mod name;
mod quotation;
mod site;
mod wording;

mod union;
mod vector;

pub use account::{Material, account};
pub use claim::claim_features;
pub use likeness::ClaimFeatures;
pub use story::story;
