//! Records, in the order that [`newstemma_store::json::v1`] states.

use newstemma_model::{Alignment, Document, Warning};
use newstemma_pipeline::{Collection, StoryAccount, dates_alone};
use newstemma_store::json::{Writer, v1};
use std::io::{self, Write};
use std::time::Duration;

/// Whether entities get records of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entities {
    /// One record each, after the rest of their story.
    Written,
    /// None; names still say which of them are of one entity.
    LeftOut,
}

/// Writes all records of a collection.
pub(crate) fn account(
    out: &mut dyn Write,
    collection: &Collection,
    warnings: &[Warning],
    entities: Entities,
) -> io::Result<()> {
    let mut writer = Writer::new(out);
    let places = places(collection);
    for (document, place) in collection.documents.iter().zip(places) {
        let parts = match place {
            Some((story, member)) => v1::ReportParts {
                document,
                dates: &story.dates[member],
                inferred: story.inferred[member].as_ref(),
                ms: None,
            },
            None => v1::ReportParts { document, dates: &[], inferred: None, ms: None },
        };
        writer.write(&v1::Report::new(parts))?;
    }
    for story in &collection.stories {
        write_story(&mut writer, story, entities)?;
    }
    warnings.iter().try_for_each(|warning| writer.write(&v1::Warning::new(warning)))
}

/// Writes reports that were read by themselves, with the time it took.
pub(crate) fn reports(out: &mut dyn Write, reports: &[(Document, Duration)]) -> io::Result<()> {
    let mut writer = Writer::new(out);
    for (document, took) in reports {
        let dates = dates_alone(document);
        // Microseconds are as fine as such a measurement can mean anything.
        let ms = Some(took.as_micros() as f64 / 1000.0);
        let parts = v1::ReportParts { document, dates: &dates, inferred: None, ms };
        writer.write(&v1::Report::new(parts))?;
    }
    Ok(())
}

/// Writes what was passed over.
pub(crate) fn warnings(out: &mut dyn Write, warnings: &[Warning]) -> io::Result<()> {
    let mut writer = Writer::new(out);
    warnings.iter().try_for_each(|warning| writer.write(&v1::Warning::new(warning)))
}

/// Writes the alignments of two texts, named as the user did.
pub(crate) fn alignments(
    out: &mut dyn Write,
    [a, b]: [&str; 2],
    alignments: &[Alignment],
) -> io::Result<()> {
    let mut writer = Writer::new(out);
    alignments
        .iter()
        .try_for_each(|alignment| writer.write(&v1::Alignment::of_texts(a, b, alignment)))
}

/// The story of each document, and which of its members it is.
fn places(collection: &Collection) -> Vec<Option<(&StoryAccount, usize)>> {
    let mut places = vec![None; collection.documents.len()];
    for story in &collection.stories {
        for (member, &document) in story.members.iter().enumerate() {
            places[document] = Some((story, member));
        }
    }
    places
}

fn write_story(
    writer: &mut Writer<&mut dyn Write>,
    told: &StoryAccount,
    entities: Entities,
) -> io::Result<()> {
    let id = told.story.id;
    writer.write(&v1::Story::from(&told.story))?;
    for exemplar in &told.stemma.exemplars {
        writer.write(&v1::Exemplar::from(exemplar))?;
    }
    for derivation in &told.stemma.derivations {
        writer.write(&v1::Derivation::new(id, derivation))?;
    }
    for alignment in &told.stemma.alignments {
        writer.write(&v1::Alignment::new(id, alignment))?;
    }
    for statement in &told.statements {
        writer.write(&v1::Statement::from(statement))?;
    }
    for claim in &told.account.claims {
        writer.write(&v1::Claim::new(id, claim))?;
    }
    for difference in &told.account.differences {
        writer.write(&v1::Difference::new(id, difference))?;
    }
    if entities == Entities::Written {
        for entity in &told.account.entities {
            writer.write(&v1::Entity::from(entity))?;
        }
    }
    Ok(())
}
