//! What a list lists becomes what is to be fetched.
//!
//! A list is foreign text. Its addresses are taken relative to its own, and only those of the web; a
//! list may name lists, but not for ever. What is known already is fetched again only when a list
//! tells of a later change than any list did before.

use crate::fetch::check;
use crate::known::{Kind, Known};
use crate::moment::Moment;
use crate::state::State;
use newstemma_ingest::{Listed, Listing, ListingKind};
use newstemma_model::Warning;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use url::Url;

/// How deep lists may be nested below what the user named.
const DEPTH_MAX: u32 = 3;

/// Most lists that are known.
const SOURCES_MAX: usize = 5_000;

/// Most pages that are known. Most take less than a kilobyte, in memory and in the file, but
/// several where its address and those of the lists that name it are as long as they may be.
const PAGES_MAX: usize = 1_000_000;

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

/// Enters what a list lists. `roots` is what the user named, `from` the address that the list came from
/// in the end.
pub(crate) fn enter(
    state: &mut State,
    roots: &[String],
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
    let mut named = BTreeSet::new();
    for entry in &listing.entries {
        let Some(url) = address(from, entry) else {
            passed_over.add("entries whose address is none of the web", 1);
            continue;
        };
        if !named.insert(url.clone()) {
            continue;
        }
        let mut known = match state.get(&url) {
            // That a list is named as a page by another makes it none.
            Some(known) if known.kind == Kind::Source && kind == Kind::Page => continue,
            Some(known) if known.kind == kind => renewed(known.clone(), entry, now),
            // A page that turns out to be a list begins anew.
            _ => {
                if let Some(why) = no_room(kind, state.count(kind), list.depth) {
                    passed_over.add(why, 1);
                    continue;
                }
                Known { changed: changed(entry), ..Known::new(kind, &url, now) }
            }
        };
        if known.parent.is_none() && roots.contains(&known.url) {
            known.named_also_by(list);
        } else if may_lead_to(state, list, &known) {
            known.put_below(list);
        }
        state.put(known);
        intake.named.push(url);
    }
    forget(state, list, &named, listing.breaks_off, now);
    intake.warnings = passed_over.warnings(&list.url);
    intake
}

/// Lists that are to be asked: those of the user, and those that they name. Those come first that were
/// asked longest ago, so that of a host for which a round is too short each has its turn.
pub(crate) fn sources(state: &State, roots: &[String]) -> Vec<String> {
    let mut children: BTreeMap<&str, Vec<&Known>> = BTreeMap::new();
    for known in state.all().filter(|known| known.kind == Kind::Source) {
        for list in known.named_by() {
            children.entry(list).or_default().push(known);
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
    found.sort_by_key(|url| state.get(url).and_then(|known| known.answered.max(known.failed)));
    found
}

/// Pages that are to be fetched and were named by one of these lists, the last changed first.
pub(crate) fn pages_due(state: &State, sources: &[String], now: Moment) -> Vec<String> {
    let sources: BTreeSet<&str> = sources.iter().map(String::as_str).collect();
    let named = |known: &Known| known.named_by().any(|list| sources.contains(list));
    let mut due: Vec<&Known> =
        state.all().filter(|k| k.kind == Kind::Page && k.is_due(now) && named(k)).collect();
    due.sort_by_key(|known| std::cmp::Reverse(known.changed));
    due.into_iter().map(|known| known.url.clone()).collect()
}

/// Forgets what was named long ago and is not looked for any more: lists that are not among the
/// `sources` which are asked, and the pages of such.
pub(crate) fn forget_strays(state: &mut State, sources: &[String], now: Moment) {
    let sources: BTreeSet<&str> = sources.iter().map(String::as_str).collect();
    let asked_by = |known: &Known| match known.kind {
        Kind::Source => sources.contains(known.url.as_str()),
        Kind::Page => known.named_by().any(|list| sources.contains(list)),
    };
    let stray = |known: &&Known| now.since(known.listed) > FORGET_AFTER && !asked_by(known);
    let strays: Vec<String> = state.all().filter(stray).map(|known| known.url.clone()).collect();
    for url in strays {
        state.drop(&url);
    }
}

/// Why a list at this depth brings nothing more of a kind of which so many are known; `None` if it
/// does.
fn no_room(kind: Kind, known: usize, depth: u32) -> Option<&'static str> {
    match kind {
        Kind::Source if depth >= DEPTH_MAX => Some("lists that are nested too deep"),
        Kind::Source if known >= SOURCES_MAX => Some("lists beyond those that can be watched"),
        Kind::Page if known >= PAGES_MAX => Some("pages beyond those that can be known"),
        Kind::Source | Kind::Page => None,
    }
}

/// Whether an address that a list names belongs below it. A list that leads to this one stays above it,
/// or neither would be found from the user's.
fn may_lead_to(state: &State, list: &Known, named: &Known) -> bool {
    if named.kind == Kind::Page {
        return true;
    }
    let above = |known: &&Known| state.get(known.parent.as_deref()?);
    // A circle in a file that somebody else wrote has an end, too.
    let mut line = std::iter::successors(Some(list), above).take(state.count(Kind::Source) + 1);
    list.depth < DEPTH_MAX && line.all(|known| known.url != named.url)
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

/// Forgets what a list named, does not name any more, and no other does: lists at once, pages after a
/// while, for they may come back; so may the lists that a list which breaks off does not name.
fn forget(
    state: &mut State,
    list: &Known,
    named: &BTreeSet<String>,
    breaks_off: bool,
    now: Moment,
) {
    let missing =
        |known: &&Known| known.named_by().any(|by| by == list.url) && !named.contains(&known.url);
    let missing: Vec<Known> = state.all().filter(missing).cloned().collect();
    for mut known in missing {
        let is_old = now.since(known.listed) > FORGET_AFTER;
        if breaks_off && !is_old {
            continue;
        }
        let stands_by_itself = known.parent.is_none();
        known.not_named_by(&list.url);
        if stands_by_itself || known.parent.is_some() {
            state.put(known);
        } else if known.kind == Kind::Source || is_old {
            state.drop(&known.url);
        }
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

#[cfg(test)]
mod tests {
    use super::{DEPTH_MAX, PAGES_MAX, SOURCES_MAX, no_room};
    use crate::known::Kind;

    #[test]
    fn there_is_room_for_so_much_of_each_kind() {
        for (kind, most) in [(Kind::Source, SOURCES_MAX), (Kind::Page, PAGES_MAX)] {
            assert_eq!(no_room(kind, most - 1, 0), None);
            assert!(no_room(kind, most, 0).is_some_and(|why| why.contains(" beyond those ")));
        }
        assert_eq!(no_room(Kind::Source, 0, DEPTH_MAX), Some("lists that are nested too deep"));
        assert_eq!(no_room(Kind::Page, 0, DEPTH_MAX), None);
    }
}
