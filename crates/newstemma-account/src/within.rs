//! Differences within a claim whose statements come from texts that are not versions of one.
//!
//! Here there is no wording to compare word by word. What can be held against each other is what
//! each statement says once: its one number of a kind, its one day, whether it denies, whether it
//! leaves open what another says for sure. No edge is named: the texts did not come from each
//! other, or, between languages, a translator's "would" is no change that could be placed.
//!
//! Cost: in proportion to the statements.

use crate::compatible::{kinds, quantities};
use crate::context::{Context, folded};
use newstemma_language::Polarity;
use newstemma_model::{Claim, DifferenceKind, Figure, FigureKind, Span};
use std::collections::{BTreeMap, BTreeSet};

/// A reading of a claim: what it is, and where it stands, by statement.
#[derive(Clone, Debug)]
pub(crate) struct ClaimReading {
    pub(crate) statement: usize,
    pub(crate) span: Span,
}

/// A claim's statements, by reading; at least two readings, of different documents.
#[derive(Clone, Debug)]
pub(crate) struct Disagreement {
    pub(crate) kind: DifferenceKind,
    pub(crate) readings: Vec<Vec<ClaimReading>>,
}

/// Finds where the statements of a claim disagree.
pub(crate) fn disagreements(context: &Context<'_>, claim: &Claim) -> Vec<Disagreement> {
    let statements: Vec<usize> =
        claim.statements.iter().filter_map(|&id| context.statement_of(id)).collect();
    let mut found = Vec::new();
    found.extend(days(context, &statements));
    found.extend(numbers(context, &statements));
    found.extend(polarity(context, &statements, Polarity::Negation, DifferenceKind::Negation));
    found.extend(polarity(context, &statements, Polarity::Hedge, DifferenceKind::Certainty));
    found
}

/// Statements that give one day each.
fn days(context: &Context<'_>, statements: &[usize]) -> Option<Disagreement> {
    let mut by_day: BTreeMap<&str, Vec<ClaimReading>> = BTreeMap::new();
    for &statement in statements {
        let dates = &context.statement(statement).dates;
        let day = |d: &newstemma_model::ResolvedDate| d.value.as_ref().map(|v| v.as_str().len());
        let mut whole = dates.iter().filter(|d| day(d) == Some("2031-05-04".len()));
        if let (Some(one), None) = (whole.next(), whole.next())
            && let Some(value) = &one.value
        {
            let reading = ClaimReading { statement, span: one.span };
            by_day.entry(value.as_str()).or_default().push(reading);
        }
    }
    disagreement(context, DifferenceKind::Date, by_day.into_values().collect())
}

/// Statements that give one number of a kind each.
fn numbers(context: &Context<'_>, statements: &[usize]) -> Option<Disagreement> {
    let mut given: Vec<(usize, Figure)> = Vec::new();
    for &statement in statements {
        let Some(document) = context.home(statement) else { continue };
        let said = context.statement(statement).said();
        let figures = context.document(document).figures.iter();
        let mut own = figures.filter(|f| said.contains(f.span) && f.kind != FigureKind::Ordinal);
        if let (Some(one), None) = (own.next(), own.next()) {
            given.push((statement, one.clone()));
        }
    }
    let first = given.first()?.1.kind;
    let mut readings: Vec<(Figure, Vec<ClaimReading>)> = Vec::new();
    for (statement, figure) in given {
        if !kinds(first, figure.kind) {
            continue;
        }
        let reading = ClaimReading { statement, span: figure.span };
        match readings.iter_mut().find(|(f, _)| quantities(&f.quantity, &figure.quantity)) {
            Some((_, held)) => held.push(reading),
            None => readings.push((figure, vec![reading])),
        }
    }
    let units: BTreeSet<String> =
        readings.iter().filter_map(|(f, _)| f.unit.as_deref()).map(folded).collect();
    // Of two numbers of different things both can be so; between languages the words differ.
    let languages: BTreeSet<_> = readings
        .iter()
        .flat_map(|(_, r)| r.iter())
        .filter_map(|r| context.home(r.statement))
        .map(|d| context.document(d).report.language)
        .collect();
    if languages.len() == 1 && units.len() > 1 {
        return None;
    }
    disagreement(context, DifferenceKind::Figure, readings.into_iter().map(|(_, r)| r).collect())
}

/// Statements with and without a word of denial or doubt.
fn polarity(
    context: &Context<'_>,
    statements: &[usize],
    polarity: Polarity,
    kind: DifferenceKind,
) -> Option<Disagreement> {
    let mut with = Vec::new();
    let mut without = Vec::new();
    for &statement in statements {
        let Some(document) = context.home(statement) else { continue };
        let whole = context.statement(statement);
        let rules = &context.pack_at(document, whole.span.start()).polarity;
        let tokens = crate::wording::tokens(context.text(document), whole.said());
        match tokens.iter().find(|t| rules.of(&t.form) == Some(polarity)) {
            Some(word) => with.push(ClaimReading { statement, span: word.span }),
            None => without.push(ClaimReading { statement, span: whole.said() }),
        }
    }
    disagreement(context, kind, vec![without, with])
}

/// A disagreement between readings of which no document has two.
fn disagreement(
    context: &Context<'_>,
    kind: DifferenceKind,
    mut readings: Vec<Vec<ClaimReading>>,
) -> Option<Disagreement> {
    readings.retain(|r| !r.is_empty());
    let documents = |r: &Vec<ClaimReading>| -> BTreeSet<usize> {
        r.iter().filter_map(|reading| context.home(reading.statement)).collect()
    };
    let sets: Vec<BTreeSet<usize>> = readings.iter().map(documents).collect();
    let all: BTreeSet<usize> = sets.iter().flatten().copied().collect();
    let apart = all.len() == sets.iter().map(BTreeSet::len).sum::<usize>();
    if readings.len() < 2 || !apart {
        return None;
    }
    let mut order: Vec<usize> = (0..readings.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(sets[i].len()), i));
    let readings = order.into_iter().map(|i| readings[i].clone()).collect();
    Some(Disagreement { kind, readings })
}
