//! What a report says, and who says it: statements, figures, dates, names.
#![forbid(unsafe_code)]

mod mentions;

mod lexicon;
mod token;

mod date;
mod figure;
mod numeral;

mod dating;
mod publication;

mod gazetteer;
mod name;

mod entity;
mod name_key;
mod romanise;

mod statements;

mod attribution;
mod clause;
mod newsroom;
mod quote;
mod source;
mod unit;
mod verb_final;

pub use dating::resolve_dates;
pub use entity::{Entities, entities};
pub use mentions::{Mentions, mentions};
pub use name_key::{NameKey, name_keys};
pub use publication::infer_dates;

use newstemma_model::{Document, ResolvedDate, Statement};

/// Finds the statements of a document. `dates` are its dates as resolved.
pub fn statements(document: &Document, dates: &[ResolvedDate]) -> Vec<Statement> {
    statements::statements(document, dates)
}
