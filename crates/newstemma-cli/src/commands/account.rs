//! `newstemma account`: reports in, an account of each story out.

use super::{NOTHING_READ, encoder, tell_of_fault};
use crate::args::{GraphArgs, InputArgs, Source};
use crate::failure::{Failure, Outcome, losses};
use crate::output::{Console, Destination, Progress, Summary, csv, graph, html, json, markdown};
use clap::Args;
use newstemma_model::{Language, Warning};
use newstemma_pipeline::Collection;
use newstemma_store::graph::{Format as GraphFormat, Writer as GraphWriter};
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
    #[command(flatten)]
    output: OutputArgs,
}

/// How accounts are written.
#[derive(Debug, Args)]
pub(crate) struct OutputArgs {
    /// Write records, one JSON object a line
    #[arg(long, conflicts_with_all = ["md", "GraphArgs"])]
    json: bool,
    /// With --json: also write a record for each entity
    #[arg(long, requires = "json", hide_short_help = true)]
    entities: bool,
    /// Write Markdown
    #[arg(long, conflicts_with = "GraphArgs")]
    md: bool,
    /// Write tables into this folder
    ///
    /// figures.csv has the figures of all reports, events.csv the dated claims, in columns after
    /// the UCDP Georeferenced Event Dataset.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["json", "md", "output", "GraphArgs"])]
    csv: Option<PathBuf>,
    #[command(flatten)]
    graph: GraphArgs,
    /// The language to read in
    ///
    /// Claims are told in it where a report has them in it, and so are the digest's own phrases
    /// where the language's pack has them; in English otherwise.
    #[arg(long, value_name = "TAG", default_value = "en", conflicts_with = "json", value_parser = language)]
    lang: Language,
    /// Where to write; `-` is standard output [default: newstemma.html; with --json or --md: -]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// What is to be done.
#[derive(Debug)]
pub(crate) struct Account {
    source: Source,
    output: Output,
}

/// In which format, and where to.
#[derive(Debug)]
pub(crate) struct Output {
    format: Format,
    destination: Destination,
    reader: Language,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Html,
    Markdown,
    Csv,
    Json(json::Entities),
    Graph(GraphFormat),
}

impl AccountArgs {
    /// Checks the arguments.
    pub(crate) fn resolve(self) -> Result<Account, Failure> {
        Ok(Account { source: self.input.resolve()?, output: self.output.resolve() })
    }
}

impl OutputArgs {
    /// Says what they come to.
    pub(crate) fn resolve(self) -> Output {
        let format = match (self.json, self.md) {
            (true, _) if self.entities => Format::Json(json::Entities::Written),
            (true, _) => Format::Json(json::Entities::LeftOut),
            (false, true) => Format::Markdown,
            (false, false) if self.csv.is_some() => Format::Csv,
            (false, false) => self.graph.format().map_or(Format::Html, Format::Graph),
        };
        let destination = match (self.output.or(self.csv), format) {
            (Some(folder), Format::Csv) => Destination::File(folder),
            (Some(path), _) => Destination::of(path),
            (None, Format::Html) => Destination::File(PathBuf::from("newstemma.html")),
            (None, _) => Destination::Stdout,
        };
        Output { format, destination, reader: self.lang }
    }
}

impl Output {
    /// Writes accounts.
    pub(crate) fn write(
        &self,
        collection: &Collection,
        warnings: &[Warning],
    ) -> Result<(), Failure> {
        let destination = &self.destination;
        match self.format {
            Format::Json(entities) => {
                destination.write(|out| json::account(out, collection, warnings, entities))
            }
            Format::Html => {
                destination.write(|out| html::write(out, collection, warnings, self.reader))
            }
            Format::Markdown => {
                destination.write(|out| markdown::write(out, collection, self.reader))
            }
            Format::Graph(format) => destination.write(|out| {
                let mut writer = GraphWriter::new(out, format)?;
                graph::stemmata(&mut writer, collection)?;
                writer.finish()
            }),
            Format::Csv => {
                destination.inside("figures.csv")?.write(|out| csv::figures(out, collection))?;
                destination.inside("events.csv")?.write(|out| csv::events(out, collection))
            }
        }
    }

    /// Says where they were written to, if that is a file.
    pub(crate) fn tell(&self, console: &Console) {
        if let Destination::File(path) = &self.destination {
            console.note(&format!("account written to {}", path.display()));
        }
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

    if collection.documents.is_empty() {
        if let Format::Json(_) = request.output.format {
            request.output.write(&collection, &warnings)?;
        }
        return Err(NOTHING_READ);
    }
    request.output.write(&collection, &warnings)?;
    console.summary(&Summary::of(&collection, losses(&warnings), clock.elapsed()));
    request.output.tell(console);
    Ok(Outcome::with_losses(losses(&warnings)))
}

fn language(tag: &str) -> Result<Language, String> {
    Language::parse(tag).ok_or_else(|| "a tag has two or three letters, such as fr".to_owned())
}
