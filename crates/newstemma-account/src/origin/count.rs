//! Which origins meet, and how many are shown to be independent.

use super::entry::{Entry, Voice};
use crate::context::folded;
use crate::lineage::Lineage;
use crate::speaker::{Identity, Speaker};
use crate::union::Groups;
use newstemma_model::{OriginKind, SourceKind};
use std::collections::BTreeMap;

/// Beyond so many different origins of one claim, the rest count as meeting the first: a bound
/// on time that can only make the count smaller.
const COMPARED_MAX: usize = 400;

/// Groups of origins that meet in a text, a newsroom, a report or a speaker.
pub(super) fn meetings(found: &[Entry], lineage: &Lineage) -> Groups {
    let mut groups = Groups::new(found.len());
    let mut first_with: BTreeMap<&str, usize> = BTreeMap::new();
    let mut first_in: BTreeMap<usize, usize> = BTreeMap::new();
    let mut speakers: Vec<(usize, &Speaker)> = Vec::new();
    for (i, entry) in found.iter().enumerate() {
        for newsroom in &entry.newsrooms {
            let first = *first_with.entry(newsroom).or_insert(i);
            groups.join(first, i);
        }
        // Reports that share an ancestor-or-self share a text.
        for text in entry.documents.iter().flat_map(|&d| lineage.above(d)) {
            let first = *first_in.entry(*text).or_insert(i);
            groups.join(first, i);
        }
        let Voice::Speaker(speaker) = &entry.voice else { continue };
        for (j, earlier) in &speakers {
            if earlier.identity(speaker) == Identity::Same {
                groups.join(i, *j);
            }
        }
        if i < COMPARED_MAX {
            speakers.push((i, speaker));
        }
    }
    groups
}

/// Counts groups that can be shown to be independent of each other.
pub(super) fn count_independent(found: &[Entry], groups: &mut Groups) -> u32 {
    let spoken = |entry: &Entry| match &entry.voice {
        Voice::Speaker(s) => s.kind != SourceKind::Unstated,
        Voice::Witness(_) => true,
        Voice::Agency(_) | Voice::Outlet(_) => false,
    };
    let mut candidates: Vec<Vec<&Entry>> = groups
        .all()
        .into_iter()
        .map(|g| g.into_iter().map(|i| &found[i]).filter(|e| spoken(e)).collect::<Vec<_>>())
        .filter(|g| !g.is_empty())
        .collect();
    if candidates.is_empty() {
        // What only agencies say is one origin: where they have it from is not said, so two
        // agencies cannot be shown to have it from two.
        return u32::from(found.iter().any(|e| matches!(e.voice, Voice::Agency(_))));
    }
    // Who is named most clearly is counted first, so that "officials" can join them.
    candidates.sort_by_key(|g| g.iter().map(|e| clarity(e)).min());
    let mut counted: Vec<Vec<&Entry>> = Vec::new();
    for group in candidates.into_iter().take(COMPARED_MAX) {
        let differs =
            |other: &Vec<&Entry>| group.iter().all(|a| other.iter().all(|b| are_different(a, b)));
        if counted.iter().all(differs) {
            counted.push(group);
        }
    }
    counted.len() as u32
}

fn clarity(entry: &Entry) -> u8 {
    match entry.kind() {
        OriginKind::Person => 0,
        OriginKind::Body => 1,
        OriginKind::Document => 2,
        OriginKind::Outlet | OriginKind::Agency => 3,
        OriginKind::AnonymousOfficial => 4,
        OriginKind::Unknown => 5,
    }
}

fn are_different(a: &Entry, b: &Entry) -> bool {
    match (&a.voice, &b.voice) {
        (Voice::Speaker(x), Voice::Speaker(y)) => x.identity(y) == Identity::Different,
        _ => folded(a.name()) != folded(b.name()),
    }
}
