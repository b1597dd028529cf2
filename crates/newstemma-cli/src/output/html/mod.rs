//! The account as one HTML page: without scripts, without anything from elsewhere.
//!
//! Everything that comes from a report is escaped by the templates; the only addresses on the page
//! are its own anchors and the reports' own URLs. A content security policy in the page forbids
//! the rest, should a mistake be made.

mod cite;
mod passage;
mod text;

mod page;

mod digest;

mod stemma;
mod stemma_svg;

mod claims;
mod differences;
mod figures;
mod timeline;

mod names;
mod parallel;
mod reports;

#[cfg(test)]
mod tests;

use newstemma_model::{Language, Warning};
use newstemma_pipeline::Collection;
use std::io::{self, Write};

/// Writes the page of a collection.
pub(crate) fn write(
    out: &mut dyn Write,
    collection: &Collection,
    warnings: &[Warning],
    reader: Language,
) -> io::Result<()> {
    out.write_all(page::page(collection, warnings, reader).into_string().as_bytes())
}
