//! The plain types that flow between the stages of Newstemma.
//!
//! Nothing here reads, decides or prints. Every type is owned, comparable and free of
//! references, so that a stage can be run on another machine by sending its input there. What
//! was derived from text keeps its [`Span`] in that text, for ever.
//!
//! In reading order: [`ids`] and [`span`]; [`language`] and [`time`]; [`page`] (what was read) and
//! [`report`] (what one outlet published) and [`document`] (the report as the stages see it: sentences,
//! vectors, mentions); [`stemma`] (who derives from whom); [`statement`]; [`account`].
#![forbid(unsafe_code)]

pub mod ids;
pub mod span;

pub mod language;
pub mod time;

pub mod page;

pub mod about;
pub mod report;

pub mod document;

mod in_common;
mod vector;

pub mod mention;

pub mod stemma;

pub mod statement;

pub mod account;

mod warned;

pub use about::{
    About, Access, AccessSign, DatePlace, DateSource, Entry, Insert, InsertKind, Standfirst,
};
pub use account::{
    Account, Claim, Difference, DifferenceKind, Entity, Origin, OriginKind, Story, Variant,
};
pub use document::{Document, Sentence, SentenceVectors};
pub use ids::{
    ClaimId, DifferenceId, EntityId, ExemplarId, ReportId, StatementId, StoryId, digest,
};
pub use in_common::in_common;
pub use language::Language;
pub use mention::{
    CalendarUnit, DateExpression, DateMention, EntityKind, Figure, FigureKind, NameMention,
    Quantity, Season, Tense,
};
pub use page::{Content, Given, Page};
pub use report::{Credit, CreditKind, Report, Role, RoleSpan};
pub use span::{Located, Span};
pub use statement::{Act, QuoteKind, ResolvedDate, Source, SourceKind, Statement};
pub use stemma::{
    Alignment, AlignmentRelation, Derivation, Direction, Edge, Evidence, EvidenceKind, Exemplar,
    Extent, InferredDate, Node, Probability, Relation, Stemma,
};
pub use time::{Day, Edtf, Published, TimeOfDay, Weekday};
pub use vector::{dot, likeness};
pub use warned::{Severity, Warned, Warning};
