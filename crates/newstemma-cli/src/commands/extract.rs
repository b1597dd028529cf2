//! `newstemma extract`: pages in, reports out, each by itself.

use crate::args::InputArgs;
use crate::failure::{Failure, Outcome};
use crate::output::{Console, Destination, Progress, json};
use clap::Args;
use newstemma_ingest::Input;
use newstemma_model::{Document, Page, Warned, Warning};
use newstemma_pipeline::Stage;
use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Reads reports and writes them: text, what each part of it is, names, figures, dates.
#[derive(Debug, Args)]
pub(crate) struct ExtractArgs {
    #[command(flatten)]
    input: InputArgs,
    /// Write records, one JSON object a line
    #[arg(long)]
    json: bool,
    /// Where to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// What is to be done.
#[derive(Debug)]
pub(crate) struct Extract {
    inputs: Vec<Input>,
    destination: Destination,
}

impl ExtractArgs {
    /// Checks the arguments.
    pub(crate) fn resolve(self) -> Result<Extract, Failure> {
        let destination = self.output.map_or(Destination::Stdout, Destination::of);
        Ok(Extract { inputs: self.input.resolve()?, destination })
    }
}

/// Does it.
pub(crate) fn run(
    request: Extract,
    threads: NonZeroUsize,
    console: &Console,
) -> Result<Outcome, Failure> {
    let read = newstemma_ingest::read(&request.inputs, newstemma_ingest::ReadOptions::default());
    let mut warnings = read.warnings;
    let progress = Progress::new(console);
    let documents =
        newstemma_pipeline::in_parallel(&read.value, threads, Stage::Read, &progress, timed);
    progress.finish();
    let reports = keep_readable(&read.value, documents, &mut warnings);
    console.warnings(&warnings);
    request.destination.write(|out| json::reports(out, &reports, &warnings))?;
    if reports.is_empty() {
        return Err(Failure::impossible(
            "no report could be read",
            "give files, folders or globs of text, HTML, Markdown or JSONL, or - for standard input",
        ));
    }
    Ok(Outcome::with_skipped(warnings.len()))
}

fn timed(page: &Page) -> (Warned<Option<Document>>, Duration) {
    let clock = Instant::now();
    let document = newstemma_pipeline::read_alone(page);
    (document, clock.elapsed())
}

fn keep_readable(
    pages: &[Page],
    documents: Vec<(Warned<Option<Document>>, Duration)>,
    warnings: &mut Vec<Warning>,
) -> Vec<(Document, Duration)> {
    let mut seen = BTreeSet::new();
    let mut kept = Vec::with_capacity(documents.len());
    for (page, (document, took)) in pages.iter().zip(documents) {
        warnings.extend(document.warnings);
        match document.value {
            None => warnings.push(Warning::new(&page.reference, "holds no text")),
            Some(d) if !seen.insert(d.report.id) => {
                warnings.push(Warning::new(&page.reference, "given twice, read once"));
            }
            Some(d) => kept.push((d, took)),
        }
    }
    kept
}
