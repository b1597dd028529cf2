//! Records of version 1.
//!
//! In order of a run's output: every [`Report`] in order of the input; then for each story its
//! [`Story`], [`Exemplar`]s, [`Derivation`]s, [`Alignment`]s, [`Statement`]s, [`Claim`]s,
//! [`Difference`]s and, where asked for, [`Entity`]s; at the end the [`Warning`]s.
//!
//! `start` and `end` are UTF-8 byte offsets into the `text` of the report that is named, `end`
//! excluded. Scores and probabilities lie between 0 and 1 and are rounded to four places, so that
//! machines that differ in the last bit write the same bytes. A field without a value is `null`;
//! only the bounds of a figure and `ms` are left out instead.

mod about;
mod account;
mod part;
mod report;
mod statement;
mod stemma;

pub use about::{Access, DateSource, Entry, Insert, Standfirst};
pub use account::{Claim, Difference, Entity, Origin, Spelling, Story, Variant, Warning};
pub use part::{Evidence, Id, Place, Shown, Spot};
pub use report::{Credit, InferredDate, Name, Report, ReportParts, Role};
pub use statement::{Date, Figure, Source, Statement};
pub use stemma::{Alignment, Derivation, Edge, Exemplar};

/// The value of `v`.
pub const VERSION: u32 = 1;
