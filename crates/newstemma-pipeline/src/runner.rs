//! Runs the stages on the threads of one machine.
//!
//! Work is handed out by index and put back by index, so the number of threads changes nothing
//! but the time.

use crate::meanings::profile;
use crate::pipeline::{Collection, StoryAccount, account_story, read_document};
use newstemma_cluster::{Grouping, Slot};
use newstemma_derive::Background;
use newstemma_embed::Encoder;
use newstemma_model::{Document, EntityId, Page, Warned, Warning};
use std::collections::{BTreeMap, BTreeSet};
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
    /// `done` items of this stage are finished, of `total` where that is known.
    fn advance(&self, stage: Stage, done: usize, total: Option<usize>);
}

impl Progress for () {
    fn advance(&self, _: Stage, _: usize, _: Option<usize>) {}
}

/// Reads, groups and accounts for all pages.
///
/// Pages are drawn one at a time by the threads that read them, so that no more of them are in
/// memory than there are threads. An `Err` is something that was passed over before it became a
/// page; it joins the warnings in its place. Two pages with the same id (same reference, same
/// bytes) are read once; the second is a warning, as is a page without text.
pub fn run(
    pages: impl Iterator<Item = Result<Page, Warning>> + Send,
    encoder: &Encoder,
    threads: NonZeroUsize,
    progress: &dyn Progress,
) -> Warned<Collection> {
    let read = read_in_parallel(pages, encoder, threads, progress);
    let (mut documents, warnings) = keep_readable(read);
    let groups = group(&documents, encoder, threads, progress);
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

/// Groups documents into stories, the comparing spread over the threads. Indices within a group
/// ascend, and groups come in order of their first index.
fn group(
    documents: &[Document],
    encoder: &Encoder,
    threads: NonZeroUsize,
    progress: &dyn Progress,
) -> Vec<Vec<usize>> {
    let profiles =
        in_parallel(documents, threads, Stage::Cluster, progress, |d| profile(d, encoder));
    let mut grouping = Grouping::default();
    let slots: Vec<Slot> = profiles.into_iter().map(|p| grouping.enter(p)).collect();
    let links =
        in_parallel(&slots, threads, Stage::Cluster, progress, |&slot| grouping.links(slot));
    slots.iter().zip(links).for_each(|(&slot, links)| grouping.bind(slot, links));
    let index: BTreeMap<Slot, usize> = slots.into_iter().zip(0..).collect();
    let stories = grouping.settle().into_iter();
    let mut groups: Vec<Vec<usize>> =
        stories.map(|story| story.iter().map(|slot| index[slot]).collect()).collect();
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort();
    groups
}

/// A page that was read: what the user calls it, and what it holds.
struct Read {
    reference: String,
    document: Warned<Option<Document>>,
}

/// Reads all pages, and returns them in their order.
fn read_in_parallel(
    pages: impl Iterator<Item = Result<Page, Warning>> + Send,
    encoder: &Encoder,
    threads: NonZeroUsize,
    progress: &dyn Progress,
) -> Vec<Result<Read, Warning>> {
    let source = Mutex::new(pages.enumerate().fuse());
    let results: Mutex<Vec<(usize, Result<Read, Warning>)>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..threads.get() {
            scope.spawn(|| {
                // The lock is held while a page is drawn, not while it is read.
                while let Some((index, page)) = source.lock().ok().and_then(|mut s| s.next()) {
                    let read = page.map(|page| Read {
                        document: read_document(&page, encoder),
                        reference: page.reference,
                    });
                    if let Ok(mut results) = results.lock() {
                        results.push((index, read));
                        progress.advance(Stage::Read, results.len(), None);
                    }
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_default();
    results.sort_by_key(|&(index, _)| index);
    results.into_iter().map(|(_, read)| read).collect()
}

fn keep_readable(read: Vec<Result<Read, Warning>>) -> (Vec<Document>, Vec<Warning>) {
    let mut documents: Vec<Document> = Vec::with_capacity(read.len());
    let mut warnings = Vec::new();
    let mut seen = BTreeSet::new();
    for result in read {
        let read = match result {
            Ok(read) => read,
            Err(warning) => {
                warnings.push(warning);
                continue;
            }
        };
        warnings.extend(read.document.warnings);
        match read.document.value {
            None => warnings.push(Warning::new(read.reference, "holds no text")),
            Some(d) if !seen.insert(d.report.id) => {
                warnings.push(Warning::note(read.reference, "given twice, read once"));
            }
            Some(d) => documents.push(d),
        }
    }
    (documents, warnings)
}

/// Fills in which entities the names of a story's documents name, as [`account_story`] found.
pub fn name_entities(documents: &mut [Document], story: &StoryAccount, names: Vec<Vec<EntityId>>) {
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
                    progress.advance(stage, finished, Some(items.len()));
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
