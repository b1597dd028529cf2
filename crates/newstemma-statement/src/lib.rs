//! What a report says, and who says it: statements, figures, dates, names.
#![forbid(unsafe_code)]

mod statements;

mod attribution;
mod clause;
mod quote;
mod source;
mod unit;
mod verb_final;

use newstemma_model::{
    DateMention, Day, Document, Entity, EntityId, Figure, InferredDate, NameMention, Report,
    ResolvedDate, Sentence, Statement, Stemma, StoryId,
};

/// Names, figures and dates of one report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mentions {
    /// In order of their spans.
    pub names: Vec<NameMention>,
    /// In order of their spans.
    pub figures: Vec<Figure>,
    /// In order of their spans.
    pub dates: Vec<DateMention>,
}

/// Finds the names, figures and dates of a report.
pub fn mentions(_report: &Report, _sentences: &[Sentence]) -> Mentions {
    Mentions::default()
}

/// The entities of a story, and which of them each name of each document names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entities {
    /// The entities, those with most mentions first.
    pub entities: Vec<Entity>,
    /// One list a document, one entry a name.
    pub of_names: Vec<Vec<EntityId>>,
}

/// Joins the names of a story's documents across spellings, languages and scripts.
pub fn entities(_story: StoryId, _documents: &[&Document]) -> Entities {
    Entities::default()
}

/// Infers when the documents that give no date were published; one entry a document.
pub fn infer_dates(documents: &[&Document], _stemma: &Stemma) -> Vec<Option<InferredDate>> {
    vec![None; documents.len()]
}

/// What the dates of a document mean, seen from its day of publication.
pub fn resolve_dates(_document: &Document, _day: Option<Day>) -> Vec<ResolvedDate> {
    Vec::new()
}

/// Finds the statements of a document. `dates` are its dates as resolved.
pub fn statements(document: &Document, dates: &[ResolvedDate]) -> Vec<Statement> {
    statements::statements(document, dates)
}
