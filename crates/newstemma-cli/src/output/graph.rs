//! Stemmata for programs that draw or query graphs.

use newstemma_pipeline::Collection;
use newstemma_store::graph::{Tree, Writer};
use std::io;

/// Writes the stemma of each story.
pub(crate) fn stemmata(writer: &mut Writer<'_>, collection: &Collection) -> io::Result<()> {
    collection.stories.iter().try_for_each(|told| {
        let documents = told.members.iter().map(|&k| &collection.documents[k]).collect();
        writer.write(&Tree { story: &told.story, documents, stemma: &told.stemma })
    })
}
