//! Who and what a story names.

use newstemma_model::{Document, Entity, EntityId, StoryId};

/// The entities of a story, and which of them each name of each document names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entities {
    /// The entities, those with most mentions first.
    pub entities: Vec<Entity>,
    /// One list a document, one entry a name.
    pub of_names: Vec<Vec<EntityId>>,
}

/// Joins the names of a story's documents across spellings, languages and scripts.
pub fn entities(_story: StoryId, documents: &[&Document]) -> Entities {
    Entities { entities: Vec::new(), of_names: vec![Vec::new(); documents.len()] }
}
