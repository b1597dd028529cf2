//! The origins of the statements of a claim, each once.

use super::entry::{Entry, Voice, entry_of};
use crate::context::{Context, folded};
use crate::lineage::Lineage;
use crate::union::Groups;
use newstemma_model::{EntityId, OriginKind};
use std::collections::{BTreeMap, BTreeSet};

/// The origins of some statements.
pub(super) fn gather(context: &Context<'_>, lineage: &Lineage, statements: &[usize]) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    // Only those who were heard by the same newsrooms are looked at: else every outlet would be
    // compared with every other.
    let mut with: BTreeMap<BTreeSet<String>, Vec<usize>> = BTreeMap::new();
    for &index in statements {
        let Some(document) = context.home(index) else { continue };
        let entry = entry_of(context, lineage, index, document);
        let near = with.entry(entry.newsrooms.clone()).or_default();
        match near.iter().find(|&&e| found[e].is_same(&entry)) {
            Some(&held) => found[held].take_in(entry),
            None => {
                near.push(found.len());
                found.push(entry);
            }
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
    let spoken = Spoken::of(context, found);
    let renderings = renderings(context, lineage, found, &spoken);
    let mut groups = Groups::new(found.len());
    // Whether nobody else who may be `one` speaks in the reports of `other`.
    let only = |one: usize, other: usize| {
        let mut beside = found[other].documents.iter().flat_map(|&d| spoken.in_document(d));
        beside.all(|&(k, _)| k == other || renderings[one].binary_search(&k).is_err())
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

/// Who speaks in each document: the origin, and the statement.
struct Spoken(BTreeMap<usize, Vec<(usize, usize)>>);

impl Spoken {
    fn of(context: &Context<'_>, found: &[Entry]) -> Spoken {
        let mut spoken: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        let speakers = found.iter().enumerate();
        for (i, entry) in speakers.filter(|(_, e)| matches!(e.voice, Voice::Speaker(_))) {
            for &statement in &entry.statements {
                if let Some(document) = context.home(statement) {
                    spoken.entry(document).or_default().push((i, statement));
                }
            }
        }
        Spoken(spoken)
    }

    fn in_document(&self, document: usize) -> &[(usize, usize)] {
        self.0.get(&document).map_or(&[], Vec::as_slice)
    }
}

/// For each origin those that may be renderings of it, ascending.
fn renderings(
    context: &Context<'_>,
    lineage: &Lineage,
    found: &[Entry],
    spoken: &Spoken,
) -> Vec<Vec<usize>> {
    let mut of_each = vec![Vec::new(); found.len()];
    for i in 0..found.len() {
        for j in aligned_with(context, spoken, i, &found[i]) {
            if is_rendering(context, lineage, &found[i], &found[j]) {
                of_each[i].push(j);
                of_each[j].push(i);
            }
        }
    }
    of_each.iter_mut().for_each(|others| others.sort_unstable());
    of_each
}

/// The speakers after the `i`-th of whom a statement stands in a passage that is aligned with one of
/// its own.
fn aligned_with(
    context: &Context<'_>,
    spoken: &Spoken,
    i: usize,
    entry: &Entry,
) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    if !matches!(entry.voice, Voice::Speaker(_)) {
        return found;
    }
    for &statement in &entry.statements {
        let near = context.partners(statement).iter().flat_map(|&d| spoken.in_document(d));
        let later = near.filter(|(j, _)| *j > i);
        let aligned = later.filter(|(_, other)| context.are_aligned(statement, *other));
        found.extend(aligned.map(|&(j, _)| j));
    }
    found
}

/// Whether two speakers who stand in aligned passages of related reports may be one.
fn is_rendering(context: &Context<'_>, lineage: &Lineage, a: &Entry, b: &Entry) -> bool {
    let (Voice::Speaker(x), Voice::Speaker(y)) = (&a.voice, &b.voice) else { return false };
    let share_text =
        || a.documents.iter().all(|&d| b.documents.iter().all(|&e| lineage.related(d, e)));
    x.kind == y.kind
        && a.hands.iter().map(|h| folded(h)).eq(b.hands.iter().map(|h| folded(h)))
        && a.documents.is_disjoint(&b.documents)
        && share_text()
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
    let texts: BTreeSet<usize> = sourced.iter().flat_map(|&s| lineage.above(s)).copied().collect();
    for entry in found.iter_mut() {
        if matches!(entry.voice, Voice::Outlet(_) | Voice::Agency(_)) {
            entry.documents.retain(|&d| !lineage.above(d).iter().any(|t| texts.contains(t)));
        }
    }
    found.retain(|e| !e.documents.is_empty());
}
