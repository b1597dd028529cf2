//! Differences: where versions of a story part, and on which edge of the stemma.
//!
//! Each place of variation ([`crate::variation`]) whose readings contradict each other is one
//! difference for every edge on which a change was made, with the reading before and the reading
//! after; or one with all readings where the stemma does not say.

use crate::arose::arose;
use crate::context::Context;
use crate::likeness::Likeness;
use crate::site::Site;
use crate::variation::{Variation, variations};
use crate::within::{ClaimReading, Disagreement, Drift, disagreements};
use newstemma_model::{
    Claim, ClaimId, Difference, DifferenceId, DifferenceKind, Edge, Located, Node, Relation,
    ReportId, StatementId, Variant,
};
use std::collections::{BTreeMap, BTreeSet};

/// Finds the differences of a story. `claims` are its claims.
pub(crate) fn differences(
    context: &Context<'_>,
    likeness: &Likeness,
    claims: &[Claim],
) -> Vec<Difference> {
    let mut claim_of: BTreeMap<StatementId, ClaimId> = BTreeMap::new();
    for claim in claims {
        claim_of.extend(claim.statements.iter().map(|&s| (s, claim.id)));
    }
    let mut found: Vec<Difference> = Vec::new();
    for variation in variations(context) {
        found.extend(of_variation(context, &claim_of, &variation));
    }
    let known: BTreeSet<(ClaimId, DifferenceKind)> =
        found.iter().filter_map(|d| Some((d.claim?, d.kind))).collect();
    for claim in claims.iter().filter(|c| c.statements.len() > 1) {
        for disagreement in disagreements(context, likeness, claim) {
            if !known.contains(&(claim.id, disagreement.kind)) {
                found.extend(of_claim(context, claim, &disagreement));
            }
        }
    }
    // By where they stand, as far as one can say so of things that stand in many places.
    let place = |d: &Difference| {
        let first = d.variants.iter().flat_map(|v| v.spans.iter()).min().copied();
        first.map(|at| (context.document_of(at.report), at.span))
    };
    found.sort_by_cached_key(|d| (place(d), d.kind, d.id));
    found.dedup_by_key(|d| d.id);
    found
}

fn of_variation(
    context: &Context<'_>,
    claim_of: &BTreeMap<StatementId, ClaimId>,
    variation: &Variation,
) -> Vec<Difference> {
    let classes = variation.readings();
    if classes.len() < 2 {
        return Vec::new();
    }
    let mut readings: BTreeMap<Node, BTreeSet<usize>> = BTreeMap::new();
    for (number, class) in classes.iter().enumerate() {
        for &i in class {
            let report = context.document(variation.sites[i].document).report.id;
            readings.entry(Node::Report(report)).or_default().insert(number);
        }
    }
    let variant = |number: usize| {
        let sites: Vec<&Site> = classes[number].iter().map(|&i| &variation.sites[i]).collect();
        variant(context, &sites)
    };
    let build = |numbers: &[usize], edge: Option<Edge>| {
        let mut numbers = numbers.to_vec();
        numbers.sort_unstable();
        let variants = numbers.into_iter().map(&variant).collect();
        difference(context, claim_of, variation, variants, edge)
    };
    let changes = arose(context.material.stemma, &readings, classes.len());
    if changes.is_empty() {
        let all: Vec<usize> = (0..classes.len()).collect();
        return vec![build(&all, None)];
    }
    changes.iter().map(|c| build(&[c.from, c.to], Some(c.edge))).collect()
}

/// The differences of a disagreement within a claim: one for every edge on which somebody rewrote
/// what the exemplar says, else one without an edge. Where a copy keeps the wording, a change has
/// been seen in it already, and what a translation lacks its language may have no word for.
fn of_claim(context: &Context<'_>, claim: &Claim, found: &Disagreement) -> Vec<Difference> {
    let mut readings: BTreeMap<Node, BTreeSet<usize>> = BTreeMap::new();
    for (number, reading) in found.readings.iter().enumerate() {
        for statement in reading.iter().map(|place| context.statement(place.statement)) {
            readings.entry(Node::Report(statement.report)).or_default().insert(number);
        }
    }
    let build = |numbers: &[usize], edge: Option<Edge>| {
        let variants: Vec<Variant> =
            numbers.iter().map(|&n| claim_variant(context, &found.readings[n])).collect();
        let id = id_of(context, found.kind, &variants, edge);
        Difference { id, claim: Some(claim.id), kind: found.kind, variants, arose: edge }
    };
    let mut changes = match found.drift {
        Drift::Telling | Drift::Rewritten => {
            arose(context.material.stemma, &readings, found.readings.len())
        }
        Drift::Idle => Vec::new(),
    };
    changes.retain(|c| matches!(c.relation, Relation::Rewrite | Relation::Mixed));
    if changes.is_empty() && found.drift == Drift::Rewritten {
        return Vec::new();
    }
    if changes.is_empty() {
        let all: Vec<usize> = (0..found.readings.len()).collect();
        return vec![build(&all, None)];
    }
    changes.iter().map(|c| build(&[c.from.min(c.to), c.from.max(c.to)], Some(c.edge))).collect()
}

fn claim_variant(context: &Context<'_>, reading: &[ClaimReading]) -> Variant {
    let mut variant = Variant {
        value: String::new(),
        spans: Vec::new(),
        statements: Vec::new(),
        reports: Vec::new(),
    };
    for place in reading {
        let Some(document) = context.home(place.statement) else { continue };
        let at = context.located(document, place.span);
        if variant.value.is_empty() {
            variant.value = place.span.of(context.text(document)).to_owned();
        }
        variant.spans.push(at);
        variant.statements.push(context.statement(place.statement).id);
        if !variant.reports.contains(&at.report) {
            variant.reports.push(at.report);
        }
    }
    variant
}

/// The sites of one reading. Its words are those that most documents have, among equals the
/// first; a whole passage that only bears witness lends its words to none.
fn variant(context: &Context<'_>, sites: &[&Site]) -> Variant {
    let words = |site: &Site| site.span.of(context.text(site.document)).to_owned();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let shortest = sites.iter().map(|s| s.span.len()).min().unwrap_or(0);
    let is_place = |s: &&&Site| s.span.len() <= WORDS_BYTES_MAX.max(shortest);
    sites.iter().filter(is_place).for_each(|s| *counts.entry(words(s)).or_default() += 1);
    let most = counts.values().copied().max().unwrap_or(0);
    let mut places = sites.iter().filter(is_place);
    let commonest = places.find(|s| counts.get(&words(s)) == Some(&most)).map(|s| words(s));
    let mut reports: Vec<ReportId> = Vec::new();
    let mut statements: Vec<StatementId> = Vec::new();
    let mut spans: Vec<Located> = Vec::new();
    for site in sites {
        let report = context.document(site.document).report.id;
        spans.push(context.located(site.document, site.span));
        if !reports.contains(&report) {
            reports.push(report);
        }
        let told = context.statements_at(site.document, site.span);
        if let Some(&first) = told.first() {
            let id = context.statement(first).id;
            if !statements.contains(&id) {
                statements.push(id);
            }
        }
    }
    Variant { value: commonest.unwrap_or_default(), spans, statements, reports }
}

/// Longer sites, in bytes, stand for a whole passage.
const WORDS_BYTES_MAX: usize = 60;

fn difference(
    context: &Context<'_>,
    claim_of: &BTreeMap<StatementId, ClaimId>,
    variation: &Variation,
    variants: Vec<Variant>,
    edge: Option<Edge>,
) -> Difference {
    let id = id_of(context, variation.kind, &variants, edge);
    let claim = shared_claim(claim_of, &variants);
    Difference { id, claim, kind: variation.kind, variants, arose: edge }
}

fn id_of(
    context: &Context<'_>,
    kind: DifferenceKind,
    variants: &[Variant],
    edge: Option<Edge>,
) -> DifferenceId {
    let mut parts: Vec<Vec<u8>> = vec![context.material.story.to_bytes().to_vec()];
    parts.push(kind.name().as_bytes().to_vec());
    for variant in variants {
        parts.push(variant.value.as_bytes().to_vec());
        for at in &variant.spans {
            parts.push(at.report.to_bytes().to_vec());
            parts.push((at.span.start() as u64).to_be_bytes().to_vec());
        }
    }
    for node in edge.iter().flat_map(|e| [e.child, e.parent]) {
        parts.push(match node {
            Node::Report(id) => id.to_bytes().to_vec(),
            Node::Exemplar(id) => id.to_bytes().to_vec(),
        });
    }
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    DifferenceId::of(&parts)
}

/// The claim that has statements of more than one variant, the one with most if there are more.
fn shared_claim(
    claim_of: &BTreeMap<StatementId, ClaimId>,
    variants: &[Variant],
) -> Option<ClaimId> {
    let mut count: BTreeMap<ClaimId, (BTreeSet<usize>, usize)> = BTreeMap::new();
    for (number, variant) in variants.iter().enumerate() {
        for claim in variant.statements.iter().filter_map(|s| claim_of.get(s)) {
            let entry = count.entry(*claim).or_default();
            entry.0.insert(number);
            entry.1 += 1;
        }
    }
    let shared = count.into_iter().filter(|(_, (numbers, _))| numbers.len() > 1);
    shared
        .max_by_key(|(id, (numbers, n))| (numbers.len(), *n, std::cmp::Reverse(*id)))
        .map(|(id, _)| id)
}

#[cfg(test)]
mod claim_tests;
#[cfg(test)]
mod tests;
