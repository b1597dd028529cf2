//! `newstemma add`: reports in, into a collection.

use super::{encoder, now, tell_of_fault};
use crate::args::{InputArgs, Source, StoreArgs};
use crate::failure::{Failure, Outcome, losses};
use crate::output::{Console, Progress};
use clap::Args;
use newstemma_collection::{Added, Writer};
use newstemma_embed::Encoder;
use newstemma_ingest::Pages;
use newstemma_model::{Page, Warning};
use newstemma_pipeline::{Progress as _, Stage};
use std::fmt;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, sync_channel};

/// Adds reports to a collection, and makes it if it is not there.
///
/// Each report finds its story at once; what is there already is passed over, and a new text of a
/// known report takes the place of the former, which is kept. With `-` it reads on until the end of
/// standard input. Stop it when you like, and run it again: nothing is lost or doubled.
#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    store: StoreArgs,
}

/// What is to be done.
#[derive(Debug)]
pub(crate) struct Add {
    source: Source,
    folder: PathBuf,
}

impl AddArgs {
    /// Checks the arguments.
    pub(crate) fn resolve(self) -> Result<Add, Failure> {
        Ok(Add { source: self.input.resolve()?, folder: self.store.store })
    }
}

/// Reports that are added in one go: so many that all threads have work, so few that each is soon in
/// its story.
const AT_ONCE: usize = 64;

/// Does it.
pub(crate) fn run(
    request: Add,
    threads: NonZeroUsize,
    console: &Console,
) -> Result<Outcome, Failure> {
    let mut addition = Addition::open(&request.folder, threads)?;
    let progress = Progress::new(console);
    let mut lost = 0;
    let batches = read_ahead(request.source.pages());
    while let Some(batch) = next(&batches) {
        let mut pages = Vec::with_capacity(batch.len());
        let mut warnings = Vec::new();
        for page in batch {
            match page {
                Ok(page) => pages.push(page),
                Err(warning) => warnings.push(warning),
            }
        }
        warnings.extend(addition.add(&pages)?);
        lost += losses(&warnings);
        console.warnings(&warnings);
        progress.advance(Stage::Read, addition.reports(), None);
    }
    progress.finish();
    tell_of_fault(&addition.encoder, console);
    console.note(&addition.to_string());
    Ok(Outcome::with_losses(lost))
}

/// A collection that is being added to, and what became of what was added.
pub(super) struct Addition {
    writer: Writer,
    pub(super) encoder: Encoder,
    threads: NonZeroUsize,
    total: Added,
}

impl Addition {
    /// Opens a collection; makes it if it is not there.
    pub(super) fn open(folder: &Path, threads: NonZeroUsize) -> Result<Addition, Failure> {
        let (encoder, writer) = (encoder()?, Writer::create(folder)?);
        Ok(Addition { writer, encoder, threads, total: Added::default() })
    }

    /// Adds pages; returns what was passed over.
    pub(super) fn add(&mut self, pages: &[Page]) -> Result<Vec<Warning>, Failure> {
        let added = self.writer.add(pages, &now(), &self.encoder, self.threads)?;
        self.total.new += added.value.new;
        self.total.revised += added.value.revised;
        self.total.known += added.value.known;
        Ok(added.warnings)
    }

    /// Reports that were added, or found there.
    fn reports(&self) -> usize {
        self.total.new + self.total.revised + self.total.known
    }
}

impl fmt::Display for Addition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Added { new, revised, known } = self.total;
        write!(f, "{new} new, {revised} revised, {known} known")
    }
}

/// Reads pages on a thread of its own, so that a feed that pauses does not hold back what it has
/// given.
fn read_ahead(pages: Pages) -> Receiver<Result<Page, Warning>> {
    let (sender, receiver) = sync_channel(AT_ONCE);
    std::thread::spawn(move || {
        for page in pages {
            // Nobody is left to read for.
            if sender.send(page).is_err() {
                break;
            }
        }
    });
    receiver
}

/// Waits for a page, and takes what else is there. `None` at the end.
fn next(pages: &Receiver<Result<Page, Warning>>) -> Option<Vec<Result<Page, Warning>>> {
    let mut batch = vec![pages.recv().ok()?];
    batch.extend(pages.try_iter().take(AT_ONCE - 1));
    Some(batch)
}
