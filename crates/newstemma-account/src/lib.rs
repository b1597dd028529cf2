//! Statements and stemma to the account of a story: claims, origins, differences.
#![forbid(unsafe_code)]

use newstemma_model::{
    Account, Document, Entity, SentenceVectors, Statement, Stemma, Story, StoryId,
};

/// All that an account is made from.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// The story.
    pub story: StoryId,
    /// Its documents.
    pub documents: &'a [&'a Document],
    /// Who derives from whom.
    pub stemma: &'a Stemma,
    /// All statements of the documents, by report, then by place.
    pub statements: &'a [Statement],
    /// One vector a statement (of what is said), in the same order.
    pub vectors: &'a SentenceVectors,
    /// Who and what is named.
    pub entities: &'a [Entity],
}

/// Describes a story: its title, languages and span of time. `days` are the documents' days of
/// publication, given or inferred.
pub fn story(
    id: StoryId,
    documents: &[&Document],
    _days: &[Option<newstemma_model::Day>],
) -> Story {
    Story {
        id,
        title: String::new(),
        reports: documents.iter().map(|d| d.report.id).collect(),
        languages: Vec::new(),
        first: None,
        last: None,
    }
}

/// Writes the account of a story.
pub fn account(_material: Material<'_>) -> Account {
    Account::default()
}
