//! Whether two statements of one claim can be held against each other.
//!
//! Problem: a claim gathers what says about the same in other words, and of two sentences in free
//! words one can hold "not" or "may" about something that the other does not speak of. Held against
//! each other, they would be a contradiction that nobody sees who reads them. So what differs must
//! hang on what both have: passages that the stemma aligns, wordings that are versions of one, a
//! verb of saying that stands outside of what is said (then that can be compared as it is), or
//! numbers of one named thing. Between languages there is no wording to compare, and claims are joined
//! across them by meaning alone, which leaves fewer of them and surer ones.
//!
//! Cost: a comparison of two wordings for each pair of opposed statements.

use crate::context::{Context, folded};
use crate::likeness::Likeness;
use crate::version::VERSION_MIN;
use crate::within::{ClaimReading, Disagreement};
use crate::wording::{Token, compare, likeness, tokens};
use newstemma_model::DifferenceKind;

/// Least score of two statements of one language of which the verb of saying, or a date, differs:
/// looked at in the stories of the development set wikinews-events, below it most pairs speak of two
/// things.
const SCORE_MIN: f32 = 0.3;

/// How many words to each side are looked at.
const NEAR: usize = 2;

/// Fewer words than these say nothing that could be denied or left open: "them", "the attack".
const TELLING_WORDS_MIN: usize = 4;

/// Leaves in a disagreement what can be held against something of another reading; `None` if fewer
/// than two readings are left.
pub(crate) fn comparable(
    context: &Context<'_>,
    likeness: &Likeness,
    mut found: Disagreement,
) -> Option<Disagreement> {
    let all = found.readings.clone();
    for (number, reading) in found.readings.iter_mut().enumerate() {
        let others = || all.iter().enumerate().filter(|(n, _)| *n != number).flat_map(|(_, r)| r);
        reading.retain(|one| {
            others().any(|other| is_comparable(context, likeness, found.kind, one, other))
        });
    }
    found.readings.retain(|reading| !reading.is_empty());
    (found.readings.len() > 1).then_some(found)
}

fn is_comparable(
    context: &Context<'_>,
    likeness: &Likeness,
    kind: DifferenceKind,
    a: &ClaimReading,
    b: &ClaimReading,
) -> bool {
    let (i, j) = (a.statement, b.statement);
    if !is_of_one_language(context, i, j) {
        return true;
    }
    let is_near = || likeness.score(context, i, j) >= SCORE_MIN;
    match kind {
        DifferenceKind::Figure => match (unit(context, a), unit(context, b)) {
            (Some(x), Some(y)) => x == y && is_near(),
            _ => are_versions(context, i, j),
        },
        DifferenceKind::Date => is_near() || are_versions(context, i, j),
        _ => match [a, b].map(|reading| is_inside(context, reading)) {
            [false, false] => is_near() && [i, j].iter().all(|&s| is_telling(context, s)),
            [true, false] => hangs_on(context, a, j),
            [false, true] => hangs_on(context, b, i),
            [true, true] => hangs_on(context, a, j) && hangs_on(context, b, i),
        },
    }
}

fn is_of_one_language(context: &Context<'_>, a: usize, b: usize) -> bool {
    let language = |statement: usize| {
        let start = context.statement(statement).said().start();
        context.home(statement).map(|document| context.language_at(document, start))
    };
    match (language(a), language(b)) {
        (Some(one), Some(other)) => one.primary() == other.primary(),
        _ => false,
    }
}

/// Whether a reading is a word of what is said: not the verb of saying, nor the whole.
fn is_inside(context: &Context<'_>, reading: &ClaimReading) -> bool {
    let said = context.statement(reading.statement).said();
    said.contains(reading.span) && said != reading.span
}

/// Whether what a statement says is more than a word that could be about anything.
fn is_telling(context: &Context<'_>, statement: usize) -> bool {
    words(context, statement).len() >= TELLING_WORDS_MIN
}

/// What a figure counts.
fn unit(context: &Context<'_>, reading: &ClaimReading) -> Option<String> {
    let document = context.document(context.home(reading.statement)?);
    let figure = document.figures.iter().find(|f| f.span == reading.span)?;
    figure.unit.as_deref().map(folded)
}

/// Whether a word hangs on what another statement says as well: behind it and before it follow, next
/// or next but one, words that stand in the other in the same order.
fn hangs_on(context: &Context<'_>, word: &ClaimReading, other: usize) -> bool {
    let (own, others) = (words(context, word.statement), words(context, other));
    let compared = compare(&own, &others);
    let is_shared = |at: usize| compared.same.binary_search_by_key(&at, |pair| pair.0).is_ok();
    let Some(at) = own.iter().position(|token| word.span.overlap(token.span) > 0) else {
        return false;
    };
    let behind = (at + 1..own.len()).take(NEAR).any(is_shared);
    let before = at == 0 || (0..at).rev().take(NEAR).any(is_shared);
    before && behind
}

/// Whether the wordings of what two statements say are versions of one.
fn are_versions(context: &Context<'_>, a: usize, b: usize) -> bool {
    let (a, b) = (words(context, a), words(context, b));
    likeness(&compare(&a, &b), &a, &b) >= VERSION_MIN
}

fn words(context: &Context<'_>, statement: usize) -> Vec<Token> {
    let text = context.home(statement).map_or("", |document| context.text(document));
    tokens(text, context.statement(statement).said())
}
