//! `newstemma account`: reports in, an account of each story out.

use super::{NOTHING_READ, encoder, tell_of_fault};
use crate::args::{InputArgs, Source};
use crate::failure::{Failure, Outcome};
use crate::output::{Console, Destination, Progress, Summary, html, json, markdown};
use clap::Args;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Reads reports, groups them into stories, and writes an account of each story.
///
/// Without --json or --md it writes one HTML page that needs nothing else: no network, no
/// scripts.
#[derive(Debug, Args)]
pub(crate) struct AccountArgs {
    #[command(flatten)]
    input: InputArgs,
    /// Write records, one JSON object a line
    #[arg(long, conflicts_with = "md")]
    json: bool,
    /// With --json: also write a record for each entity
    #[arg(long, requires = "json")]
    entities: bool,
    /// Write Markdown
    #[arg(long)]
    md: bool,
    /// Where to write; `-` is standard output [default: newstemma.html; with --json or --md: -]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// What is to be done.
#[derive(Debug)]
pub(crate) struct Account {
    source: Source,
    format: Format,
    destination: Destination,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Html,
    Markdown,
    Json(json::Entities),
}

impl AccountArgs {
    /// Checks the arguments.
    pub(crate) fn resolve(self) -> Result<Account, Failure> {
        let format = match (self.json, self.md) {
            (true, _) if self.entities => Format::Json(json::Entities::Written),
            (true, _) => Format::Json(json::Entities::LeftOut),
            (false, true) => Format::Markdown,
            (false, false) => Format::Html,
        };
        let destination = match (self.output, format) {
            (Some(path), _) => Destination::of(path),
            (None, Format::Html) => Destination::File(PathBuf::from("newstemma.html")),
            (None, _) => Destination::Stdout,
        };
        Ok(Account { source: self.input.resolve()?, format, destination })
    }
}

/// Does it.
pub(crate) fn run(
    request: Account,
    threads: NonZeroUsize,
    console: &Console,
) -> Result<Outcome, Failure> {
    let clock = std::time::Instant::now();
    let progress = Progress::new(console);
    let pages = request.source.pages();
    let encoder = encoder()?;
    let run = newstemma_pipeline::run(pages, &encoder, threads, &progress);
    progress.finish();
    tell_of_fault(&encoder, console);
    let warnings = run.warnings;
    console.warnings(&warnings);
    let collection = run.value;

    let write = |out: &mut dyn std::io::Write| match request.format {
        Format::Json(entities) => json::account(out, &collection, &warnings, entities),
        Format::Html => html::write(out, &collection, &warnings),
        Format::Markdown => markdown::write(out, &collection),
    };
    if collection.documents.is_empty() {
        if let Format::Json(_) = request.format {
            request.destination.write(write)?;
        }
        return Err(NOTHING_READ);
    }
    request.destination.write(write)?;
    console.summary(&Summary::of(&collection, warnings.len(), clock.elapsed()));
    if let Destination::File(path) = &request.destination {
        console.note(&format!("account written to {}", path.display()));
    }
    Ok(Outcome::with_skipped(warnings.len()))
}
