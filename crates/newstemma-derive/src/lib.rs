//! Alignment and derivation: the reports of a story to its stemma.
#![forbid(unsafe_code)]

use newstemma_model::{Alignment, Document, Stemma, StoryId};

/// How common words and sentences are in the whole collection, so that what everybody has proves
/// nothing.
#[derive(Clone, Debug, Default)]
pub struct Background {}

impl Background {
    /// Counts over all documents.
    pub fn of(_documents: &[Document]) -> Background {
        Background {}
    }
}

/// Aligns the sentences of two documents.
pub fn align(_a: &Document, _b: &Document, _background: &Background) -> Vec<Alignment> {
    Vec::new()
}

/// Reconstructs which report derives from which.
pub fn derive(_story: StoryId, _documents: &[&Document], _background: &Background) -> Stemma {
    Stemma::default()
}
