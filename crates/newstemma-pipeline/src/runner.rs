//! Runs the stages on the threads of one machine.
//!
//! Work is handed out by index and put back by index, so the number of threads changes nothing
//! but the time.

use crate::pipeline::{Collection, StoryAccount, account_story, read_document};
use newstemma_cluster::ClusterConfig;
use newstemma_derive::Background;
use newstemma_embed::Encoder;
use newstemma_model::{Document, EntityId, Page, Warned, Warning};
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What the runner is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Extracting, segmenting, embedding.
    Read,
    /// Grouping reports into stories.
    Cluster,
    /// Deriving and accounting.
    Account,
}

/// Is told how far the work has come. Called from any thread.
pub trait Progress: Sync {
    /// `done` of `total` items of this stage are finished.
    fn advance(&self, stage: Stage, done: usize, total: usize);
}

impl Progress for () {
    fn advance(&self, _: Stage, _: usize, _: usize) {}
}

/// Reads, groups and accounts for all pages.
///
/// Two pages with the same id (same reference, same bytes) are read once; the second is a
/// warning, as is a page without text.
pub fn run(
    pages: &[Page],
    encoder: &Encoder,
    threads: NonZeroUsize,
    progress: &dyn Progress,
) -> Warned<Collection> {
    let read =
        in_parallel(pages, threads, Stage::Read, progress, |page| read_document(page, encoder));
    let (mut documents, warnings) = keep_readable(pages, read);
    progress.advance(Stage::Cluster, 0, 1);
    let groups = newstemma_cluster::cluster(&documents, &ClusterConfig::default());
    progress.advance(Stage::Cluster, 1, 1);
    let background = Background::of(&documents);
    let accounted = in_parallel(&groups, threads, Stage::Account, progress, |members| {
        account_story(&documents, members, &background, encoder)
    });
    let mut stories = Vec::with_capacity(accounted.len());
    for (story, names) in accounted {
        name_entities(&mut documents, &story, names);
        stories.push(story);
    }
    Warned { value: Collection { documents, stories }, warnings }
}

fn keep_readable(
    pages: &[Page],
    read: Vec<Warned<Option<Document>>>,
) -> (Vec<Document>, Vec<Warning>) {
    let mut documents: Vec<Document> = Vec::with_capacity(read.len());
    let mut warnings = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for (page, result) in pages.iter().zip(read) {
        warnings.extend(result.warnings);
        match result.value {
            None => warnings.push(Warning::new(&page.reference, "holds no text")),
            Some(d) if !seen.insert(d.report.id) => {
                warnings.push(Warning::new(&page.reference, "given twice, read once"));
            }
            Some(d) => documents.push(d),
        }
    }
    (documents, warnings)
}

fn name_entities(documents: &mut [Document], story: &StoryAccount, names: Vec<Vec<EntityId>>) {
    for (&member, entities) in story.members.iter().zip(names) {
        for (name, entity) in documents[member].names.iter_mut().zip(entities) {
            name.entity = Some(entity);
        }
    }
}

/// Applies `work` to every item, on so many threads, and returns the results in order.
pub fn in_parallel<T: Sync, R: Send>(
    items: &[T],
    threads: NonZeroUsize,
    stage: Stage,
    progress: &dyn Progress,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<Option<R>>> = Mutex::new(items.iter().map(|_| None).collect());
    let done = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads.get().min(items.len()) {
            scope.spawn(|| {
                while let Some((index, item)) = take(items, &next) {
                    let result = work(item);
                    if let Ok(mut slots) = results.lock() {
                        slots[index] = Some(result);
                    }
                    let finished = done.fetch_add(1, Ordering::Relaxed) + 1;
                    progress.advance(stage, finished, items.len());
                }
            });
        }
    });
    // A worker that panicked has already taken the scope down with it.
    results.into_inner().unwrap_or_default().into_iter().flatten().collect()
}

fn take<'a, T>(items: &'a [T], next: &AtomicUsize) -> Option<(usize, &'a T)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    items.get(index).map(|item| (index, item))
}
