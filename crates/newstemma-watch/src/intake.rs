//! What a list lists becomes what is to be fetched.
//!
//! A list is foreign text. Its addresses are taken relative to its own, and only those of the web; a
//! list may name lists, but not for ever. What is known already is fetched again only when a list
//! tells of a later change than any list did before.

use crate::fetch::check;
use crate::moment::Moment;
use crate::state::{Kind, Known, State};
use newstemma_ingest::{Listed, Listing, ListingKind};
use newstemma_model::Warning;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use url::Url;

/// How deep lists may be nested below what the user named.
const DEPTH_MAX: u32 = 3;

/// Most lists that are known.
const SOURCES_MAX: usize = 5_000;

/// Shortest time after which a page is fetched again: some feeds call every item new each minute.
const REPEAT_MIN: Duration = Duration::from_secs(3600);

/// How long a page is remembered that no list names any more.
const FORGET_AFTER: Duration = Duration::from_secs(30 * 24 * 3600);

/// What a list brought.
#[derive(Debug, Default)]
pub(crate) struct Intake {
    /// Addresses that it names, in its order.
    pub(crate) named: Vec<String>,
    /// What was passed over.
    pub(crate) warnings: Vec<Warning>,
}

/// Enters what a list lists. `from` is the address that it came from in the end.
pub(crate) fn enter(
    state: &mut State,
    list: &Known,
    from: &Url,
    listing: Listing,
    now: Moment,
) -> Intake {
    let mut intake = Intake::default();
    let mut passed_over = Tally::default();
    let kind = match listing.kind {
        ListingKind::Items | ListingKind::Pages => Kind::Page,
        ListingKind::Feeds | ListingKind::Lists => Kind::Source,
    };
    passed_over.add("entries that are damaged, too many or have no address", listing.passed_over);
    let mut sources = state.all().filter(|known| known.kind == Kind::Source).count();
    let mut named = BTreeSet::new();
    for entry in &listing.entries {
        let Some(url) = address(from, entry) else {
            passed_over.add("entries whose address is none of the web", 1);
            continue;
        };
        if !named.insert(url.clone()) {
            continue;
        }
        if kind == Kind::Source && state.get(&url).is_none() {
            if list.depth == DEPTH_MAX {
                passed_over.add("lists that are nested too deep", 1);
                continue;
            }
            if sources == SOURCES_MAX {
                passed_over.add("lists beyond those that can be watched", 1);
                continue;
            }
            sources += 1;
        }
        let known = match state.get(&url) {
            Some(known) if known.kind == Kind::Source && kind == Kind::Page => continue,
            Some(known) => renewed(known.clone(), entry, now),
            None => Known {
                parent: Some(list.url.clone()),
                depth: list.depth + 1,
                changed: changed(entry),
                ..Known::new(kind, &url, now)
            },
        };
        state.put(known);
        intake.named.push(url);
    }
    forget(state, list, &named, now);
    intake.warnings = passed_over.warnings(&list.url);
    intake
}

/// Lists that are to be asked: those of the user, and those that they name.
pub(crate) fn sources(state: &State, roots: &[String]) -> Vec<String> {
    let mut children: BTreeMap<&str, Vec<&Known>> = BTreeMap::new();
    for known in state.all().filter(|known| known.kind == Kind::Source) {
        if let Some(parent) = &known.parent {
            children.entry(parent).or_default().push(known);
        }
    }
    let mut found: Vec<String> = Vec::new();
    let mut met: BTreeSet<&str> = BTreeSet::new();
    let mut waiting: Vec<&Known> = roots.iter().rev().filter_map(|root| state.get(root)).collect();
    while let Some(known) = waiting.pop() {
        if known.given_up.is_none() && met.insert(&known.url) {
            found.push(known.url.clone());
            waiting.extend(children.get(known.url.as_str()).into_iter().flatten().rev());
        }
    }
    found
}

/// Pages that are to be fetched and were named by one of these lists, the last changed first.
pub(crate) fn pages_due(state: &State, sources: &[String], now: Moment) -> Vec<String> {
    let sources: BTreeSet<&str> = sources.iter().map(String::as_str).collect();
    let named = |known: &Known| known.parent.as_deref().is_some_and(|p| sources.contains(p));
    let mut due: Vec<&Known> =
        state.all().filter(|k| k.kind == Kind::Page && k.is_due(now) && named(k)).collect();
    due.sort_by_key(|known| std::cmp::Reverse(known.changed));
    due.into_iter().map(|known| known.url.clone()).collect()
}

/// What is known of an address that is named again.
fn renewed(mut known: Known, entry: &Listed, now: Moment) -> Known {
    known.listed = now;
    let changed = changed(entry);
    if changed > known.changed {
        known.changed = changed;
        known.given_up = None;
        known.failures = 0;
        known.due = true;
        known.not_before = known.answered.map(|answered| answered.plus(REPEAT_MIN));
    }
    known
}

/// Forgets what a list named and does not name any more: lists at once, pages after a while, for they
/// may come back.
fn forget(state: &mut State, list: &Known, named: &BTreeSet<String>, now: Moment) {
    let gone = |known: &&Known| {
        known.parent.as_ref() == Some(&list.url)
            && !named.contains(&known.url)
            && (known.kind == Kind::Source || now.since(known.listed) > FORGET_AFTER)
    };
    let gone: Vec<String> = state.all().filter(gone).map(|known| known.url.clone()).collect();
    for url in gone {
        state.drop(&url);
    }
}

fn changed(entry: &Listed) -> Option<Moment> {
    Moment::parse(entry.changed.as_deref()?)
}

fn address(from: &Url, entry: &Listed) -> Option<String> {
    let mut url = from.join(entry.url.trim()).ok()?;
    url.set_fragment(None);
    check(&url).ok()?;
    Some(url.into())
}

/// Counts by kind.
#[derive(Default)]
struct Tally(BTreeMap<&'static str, usize>);

impl Tally {
    fn add(&mut self, what: &'static str, count: usize) {
        if count > 0 {
            *self.0.entry(what).or_default() += count;
        }
    }

    fn warnings(self, name: &str) -> Vec<Warning> {
        let told = |(what, count)| Warning::new(name, format!("{what}: {count}"));
        self.0.into_iter().map(told).collect()
    }
}
