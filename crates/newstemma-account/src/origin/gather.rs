//! The origins of the statements of a claim, each once.

use super::entry::{Entry, Voice, entry_of};
use crate::context::{Context, folded};
use crate::lineage::Lineage;
use crate::union::Groups;
use newstemma_model::{EntityId, OriginKind};
use std::collections::BTreeSet;

/// The origins of some statements.
pub(super) fn gather(context: &Context<'_>, lineage: &Lineage, statements: &[usize]) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    for &index in statements {
        let Some(document) = context.home(index) else { continue };
        let entry = entry_of(context, lineage, index, document);
        match found.iter_mut().find(|e| e.is_same(&entry)) {
            Some(held) => held.take_in(entry),
            None => found.push(entry),
        }
    }
    unite_renderings(context, lineage, &mut found);
    drop_echoes(&mut found, lineage);
    found
}

/// Makes one origin of speakers that stand at one place of a text and of its copy or translation:
/// "the air force" and "l'armée de l'air". Two reports that share a text have one speaker in it
/// under two names if what each says is aligned with what the other says, with nobody else's words
/// in these reports, and if nothing shows that the names are of two.
///
/// Nothing is counted otherwise for it: what shares a text meets in any case.
fn unite_renderings(context: &Context<'_>, lineage: &Lineage, found: &mut Vec<Entry>) {
    let renderings = renderings(context, lineage, found);
    let mut groups = Groups::new(found.len());
    // Whether nobody else who may be `one` speaks in the reports of `other`.
    let only = |one: usize, other: usize| {
        let meets = |k: usize| !found[k].documents.is_disjoint(&found[other].documents);
        renderings[one].iter().all(|&k| k == other || !meets(k))
    };
    for (i, others) in renderings.iter().enumerate() {
        for &j in others.iter().filter(|&&j| j > i) {
            if only(i, j) && only(j, i) {
                groups.join(i, j);
            }
        }
    }
    let mut united: Vec<Entry> = Vec::new();
    for group in groups.all() {
        let mut members = group.into_iter().map(|i| found[i].clone());
        let Some(mut first) = members.next() else { continue };
        members.for_each(|other| first.take_in(other));
        united.push(first);
    }
    *found = united;
}

/// For each origin those that may be renderings of it, ascending.
fn renderings(context: &Context<'_>, lineage: &Lineage, found: &[Entry]) -> Vec<Vec<usize>> {
    let mut of_each = vec![Vec::new(); found.len()];
    for (i, entry) in found.iter().enumerate() {
        for (j, other) in found.iter().enumerate().skip(i + 1) {
            if is_rendering(context, lineage, entry, other) {
                of_each[i].push(j);
                of_each[j].push(i);
            }
        }
    }
    of_each
}

/// Whether two speakers stand in aligned passages of related reports and may be one.
fn is_rendering(context: &Context<'_>, lineage: &Lineage, a: &Entry, b: &Entry) -> bool {
    let (Voice::Speaker(x), Voice::Speaker(y)) = (&a.voice, &b.voice) else { return false };
    let share_text = || {
        a.documents.iter().all(|&d| b.documents.iter().all(|&e| d != e && lineage.related(d, e)))
    };
    let is_aligned =
        || a.statements.iter().any(|&s| b.statements.iter().any(|&t| context.are_aligned(s, t)));
    x.kind == y.kind
        && a.hands.iter().map(|h| folded(h)).eq(b.hands.iter().map(|h| folded(h)))
        && share_text()
        && is_aligned()
        && !are_two(context, a, b)
}

/// Whether two speakers name two: nobody in common, and one's name is known in a report of the
/// other, which names another here.
fn are_two(context: &Context<'_>, a: &Entry, b: &Entry) -> bool {
    let (Voice::Speaker(x), Voice::Speaker(y)) = (&a.voice, &b.voice) else { return false };
    let known = |entities: &BTreeSet<EntityId>, documents: &BTreeSet<usize>| {
        documents.iter().any(|&d| {
            let mut named =
                context.document(d).names.iter().filter_map(|n| context.entity_at(d, n));
            named.any(|entity| entities.contains(&entity))
        })
    };
    x.named.is_disjoint(&y.named)
        && !x.named.is_empty()
        && !y.named.is_empty()
        && (known(&x.named, &b.documents) || known(&y.named, &a.documents))
}

/// Takes out what an outlet says itself where the same report, or one that shares its text, names
/// a speaker for it: a headline, a summary. It is no origin of its own.
fn drop_echoes(found: &mut Vec<Entry>, lineage: &Lineage) {
    let sourced: BTreeSet<usize> = found
        .iter()
        .filter(|e| matches!(&e.voice, Voice::Speaker(_)) && e.kind() != OriginKind::Unknown)
        .flat_map(|e| e.documents.iter().copied())
        .collect();
    for entry in found.iter_mut() {
        if matches!(entry.voice, Voice::Outlet(_) | Voice::Agency(_)) {
            entry.documents.retain(|&d| {
                !sourced.contains(&d) && !sourced.iter().any(|&s| lineage.related(s, d))
            });
        }
    }
    found.retain(|e| !e.documents.is_empty());
}
