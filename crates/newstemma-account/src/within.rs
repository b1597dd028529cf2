//! Differences within a claim whose statements come from texts that are not versions of one.
//!
//! Here there is no wording to compare word by word. What can be held against each other is what
//! each statement says once: its one number of a kind, its one day, whether it denies, and how sure
//! it is.
//!
//! Cost: in proportion to the statements.

use crate::comparable::comparable;
use crate::compatible::{kinds, quantities};
use crate::context::{Context, folded};
use crate::likeness::Likeness;
use crate::stance::{certainty, polar_word};
use newstemma_language::Polarity;
use newstemma_model::{Act, Claim, DifferenceKind, Figure, FigureKind, Span};
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
    pub(crate) drift: Drift,
}

/// Whether one language can take over from another what differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Drift {
    /// It can: where it differs somebody changed it.
    Telling,
    /// Not always: languages deny and leave open by other means each ("would" in reported speech
    /// hedges nothing).
    Idle,
    /// Only on an edge where somebody rewrote what the exemplar says, else it is none.
    Rewritten,
}

/// Finds where the statements of a claim disagree.
pub(crate) fn disagreements(
    context: &Context<'_>,
    likeness: &Likeness,
    claim: &Claim,
) -> Vec<Disagreement> {
    let statements: Vec<usize> =
        claim.statements.iter().filter_map(|&id| context.statement_of(id)).collect();
    let mut found = Vec::new();
    found.extend(days(context, &statements));
    found.extend(numbers(context, &statements));
    found.extend(denials(context, &statements));
    found.extend(stances(context, &statements));
    found.into_iter().filter_map(|d| comparable(context, likeness, d)).collect()
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
    disagreement(context, DifferenceKind::Date, by_day.into_values().collect(), Drift::Idle)
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
    let readings = readings.into_iter().map(|(_, r)| r).collect();
    disagreement(context, DifferenceKind::Figure, readings, Drift::Idle)
}

/// Statements that deny, by a word of what is said or by the verb of saying, and those that do not.
fn denials(context: &Context<'_>, statements: &[usize]) -> Option<Disagreement> {
    let mut with = Vec::new();
    let mut without = Vec::new();
    for &statement in statements {
        let said = context.statement(statement).said();
        // Who does not say, or asks, says neither.
        let silent = [Act::DeclineToComment, Act::DoNotConfirm, Act::Request];
        if silent.contains(&context.statement(statement).act) {
            continue;
        }
        // Who has no words to deny with in our lists denies unseen.
        if !context.pack_at_statement(statement).is_some_and(|p| p.polarity.can_deny()) {
            continue;
        }
        let word =
            polar_word(context, statement, said, &[Polarity::Negation]).map(|(_, span)| span);
        match denial(context, statement).or(word) {
            Some(span) => with.push(ClaimReading { statement, span }),
            None => without.push(ClaimReading { statement, span: said }),
        }
    }
    disagreement(context, DifferenceKind::Negation, vec![without, with], Drift::Idle)
}

/// The verb by which a statement denies what is said.
fn denial(context: &Context<'_>, statement: usize) -> Option<Span> {
    let whole = context.statement(statement);
    (whole.act == Act::Deny).then_some(whole.cue?)
}

/// Statements by how sure they are. Between languages assertions are held against nothing, unless
/// somebody rewrote a claim into one: then they are as good as plain.
fn stances(context: &Context<'_>, statements: &[usize]) -> Option<Disagreement> {
    let told = certainty(context, statements);
    let is_assertion = |class: Option<Polarity>| class == Some(Polarity::Assertion);
    let sure = told.iter().filter(|(class, _)| !is_assertion(*class)).cloned();
    let by_class = classes(sure);
    let has = |polarity| by_class.contains_key(&Some(polarity));
    let by_stance = has(Polarity::Claim) || has(Polarity::Firm);
    let drift = if by_stance { Drift::Telling } else { Drift::Idle };
    let kind = DifferenceKind::Certainty;
    disagreement(context, kind, by_class.into_values().collect(), drift).or_else(|| {
        let plain = told.into_iter().map(|(c, reading)| (c.filter(|_| !is_assertion(c)), reading));
        let by_class = classes(plain);
        let readings = by_class.into_values().collect();
        disagreement(context, kind, readings, Drift::Rewritten).filter(|_| by_stance)
    })
}

fn classes(
    told: impl Iterator<Item = (Option<Polarity>, ClaimReading)>,
) -> BTreeMap<Option<Polarity>, Vec<ClaimReading>> {
    let mut by_class: BTreeMap<Option<Polarity>, Vec<ClaimReading>> = BTreeMap::new();
    for (class, reading) in told {
        by_class.entry(class).or_default().push(reading);
    }
    by_class
}

/// A disagreement between readings of which no document has two.
fn disagreement(
    context: &Context<'_>,
    kind: DifferenceKind,
    mut readings: Vec<Vec<ClaimReading>>,
    drift: Drift,
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
    Some(Disagreement { kind, readings, drift })
}
