//! What names and dates mean before there are stories: what reports are grouped by.

use crate::pipeline::dates_alone;
use newstemma_cluster::Material;
use newstemma_model::{Document, EntityId, ResolvedDate, StoryId};
use newstemma_statement::entities;

/// What the names and dates of a collection mean, as far as that can be said without stories.
///
/// Names are joined over the whole collection, so that a city or a minister is one entity in every
/// language; dates are seen from the day of publication that a report gives itself.
#[derive(Clone, Debug)]
pub struct Meanings {
    names: Vec<Vec<EntityId>>,
    dates: Vec<Vec<ResolvedDate>>,
}

impl Meanings {
    /// Finds them.
    pub fn of(documents: &[Document]) -> Meanings {
        let all: Vec<&Document> = documents.iter().collect();
        Meanings {
            names: entities(StoryId::of(&[]), &all).of_names,
            dates: documents.iter().map(dates_alone).collect(),
        }
    }

    /// The same documents with them.
    pub fn material<'a>(&'a self, documents: &'a [Document]) -> Vec<Material<'a>> {
        let all = documents.iter().zip(&self.names).zip(&self.dates);
        all.map(|((document, names), dates)| Material { document, names, dates }).collect()
    }
}
