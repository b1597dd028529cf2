//! `newstemma extract`: pages in, reports out, each by itself.

use super::NOTHING_READ;
use crate::args::{InputArgs, Source};
use crate::failure::{Failure, Outcome, losses};
use crate::output::{Console, Destination, Progress, json, plain};
use clap::Args;
use newstemma_model::{Document, Page, ReportId, Warned, Warning};
use newstemma_pipeline::Stage;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Reads reports and writes them: text, what each part of it is, names, figures, dates.
///
/// Reports are written as they are read, so that a collection of any size passes through.
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
    source: Source,
    format: Format,
    destination: Destination,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Plain,
    Json,
}

impl ExtractArgs {
    /// Checks the arguments.
    pub(crate) fn resolve(self) -> Result<Extract, Failure> {
        Ok(Extract {
            source: self.input.resolve()?,
            format: if self.json { Format::Json } else { Format::Plain },
            destination: self.output.map_or(Destination::Stdout, Destination::of),
        })
    }
}

/// Does it.
pub(crate) fn run(
    request: Extract,
    threads: NonZeroUsize,
    console: &Console,
) -> Result<Outcome, Failure> {
    let progress = Progress::new(console);
    let mut reader =
        Reader { threads, progress: &progress, seen: BTreeSet::new(), warnings: Vec::new() };
    request.destination.write(|out| {
        let mut pages = request.source.pages();
        while let Some(reports) = reader.next(&mut pages) {
            write(out, request.format, &reports)?;
        }
        progress.finish();
        if request.format == Format::Json { json::warnings(out, &reader.warnings) } else { Ok(()) }
    })?;
    console.warnings(&reader.warnings);
    if reader.seen.is_empty() {
        return Err(NOTHING_READ);
    }
    Ok(Outcome::with_losses(losses(&reader.warnings)))
}

fn write(out: &mut dyn Write, format: Format, reports: &[(Document, Duration)]) -> io::Result<()> {
    match format {
        Format::Json => json::reports(out, reports),
        Format::Plain => plain::reports(out, reports),
    }
}

/// Reads reports, some at a time.
#[derive(Debug)]
struct Reader<'a> {
    threads: NonZeroUsize,
    progress: &'a Progress,
    seen: BTreeSet<ReportId>,
    warnings: Vec<Warning>,
}

impl Reader<'_> {
    /// The next reports; `None` at the end.
    fn next(
        &mut self,
        pages: &mut impl Iterator<Item = Result<Page, Warning>>,
    ) -> Option<Vec<(Document, Duration)>> {
        let batch = self.batch(pages)?;
        let documents = newstemma_pipeline::in_parallel(
            &batch,
            self.threads,
            Stage::Read,
            self.progress,
            timed,
        );
        let mut kept = Vec::with_capacity(documents.len());
        for (page, (document, took)) in batch.iter().zip(documents) {
            self.warnings.extend(document.warnings);
            match document.value {
                None => self.warnings.push(Warning::new(&page.reference, "holds no text")),
                Some(d) if !self.seen.insert(d.report.id) => {
                    self.warnings.push(Warning::note(&page.reference, "given twice, read once"));
                }
                Some(d) => kept.push((d, took)),
            }
        }
        Some(kept)
    }

    /// So many pages that all threads have work; `None` at the end.
    fn batch(
        &mut self,
        pages: &mut impl Iterator<Item = Result<Page, Warning>>,
    ) -> Option<Vec<Page>> {
        /// Pages a thread: enough that a long one among short ones does not leave the others idle.
        const AT_ONCE: usize = 16;
        let mut batch = Vec::new();
        while batch.len() < AT_ONCE * self.threads.get() {
            match pages.next() {
                Some(Ok(page)) => batch.push(page),
                Some(Err(warning)) => self.warnings.push(warning),
                None => break,
            }
        }
        (!batch.is_empty()).then_some(batch)
    }
}

fn timed(page: &Page) -> (Warned<Option<Document>>, Duration) {
    let clock = Instant::now();
    let document = newstemma_pipeline::read_alone(page);
    (document, clock.elapsed())
}
