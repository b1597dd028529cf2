//! How sure the statements of a claim are of what they say.
//!
//! Problem: to see that one version says what another only claims or leaves open, across languages
//! that each have their own means for it. Naively the words for doubt and distance are looked up
//! and what has none is taken for plain. But a language uses the same word for other ends ("nobody
//! can check", "they would stay" in reported speech), one verb is translated by a stronger one as
//! a matter of course, and our lists are not complete. So words are read between their neighbours,
//! and between languages a statement counts as plain only if it can be seen to be plain.
//!
//! Cost: one pass over the words of each statement.

use crate::context::Context;
use crate::within::ClaimReading;
use crate::wording::{Token, tokens};
use newstemma_language::speech::Class;
use newstemma_language::{Pack, Polarity};
use newstemma_model::Span;
use std::collections::BTreeSet;
use std::ops::Range;

/// How sure each statement of a claim is, `None` where it is plain. How the saying is spoken of
/// ("claimed", "confirmed") goes before what is said ("may"): who claims that something may be so
/// keeps more distance than who says it. Assertions are told only between languages; in one they
/// are plain. Statements of which nothing can be told are left out.
pub(crate) fn certainty(
    context: &Context<'_>,
    statements: &[usize],
) -> Vec<(Option<Polarity>, ClaimReading)> {
    let has_source = |&i: &usize| context.statement(i).source.is_some();
    let is_reported = statements.iter().any(has_source);
    let found: Vec<(usize, Option<(Polarity, Span)>)> =
        statements.iter().map(|&i| (i, stance(context, i, is_reported))).collect();
    let languages: BTreeSet<String> =
        statements.iter().filter_map(|&i| language(context, i)).collect();
    let stances: Vec<(usize, Span)> = found
        .iter()
        .filter_map(|&(i, word)| word.filter(|&(p, _)| is_stance(p)).map(|(_, span)| (i, span)))
        .collect();
    // The verb of a saying, not a word of what is said ("clearly").
    let by_verb = stances.iter().any(|&(i, span)| !context.statement(i).said().contains(span));
    let can_hedge = |i| context.pack_at_statement(i).is_some_and(|p| p.polarity.can_hedge());
    let is_plain = |i: usize| {
        let is_said = !stances.is_empty() && has_source(&i);
        // A saying of which the verb was not found may have been any.
        is_said || (!by_verb && can_hedge(i))
    };
    let keeps = |&(i, word): &(usize, Option<(Polarity, Span)>)| match word {
        _ if languages.len() < 2 => true,
        Some(_) => true,
        None => is_plain(i),
    };
    let reading = |(statement, word): (usize, Option<(Polarity, Span)>)| {
        let is_told = |p| p != Polarity::Assertion || languages.len() > 1;
        let word = word.filter(|&(polarity, _)| is_told(polarity));
        let span = word.map_or_else(|| context.statement(statement).said(), |(_, span)| span);
        (word.map(|(polarity, _)| polarity), ClaimReading { statement, span })
    };
    found.into_iter().filter(keeps).map(reading).collect()
}

fn is_stance(polarity: Polarity) -> bool {
    matches!(polarity, Polarity::Claim | Polarity::Firm)
}

fn language(context: &Context<'_>, statement: usize) -> Option<String> {
    let start = context.statement(statement).span.start();
    let home = context.home(statement)?;
    Some(context.language_at(home, start).primary().to_owned())
}

/// The word that tells how sure a statement is. `is_reported`: somebody is named for what it says,
/// so that words of reported speech leave nothing open.
fn stance(context: &Context<'_>, statement: usize, is_reported: bool) -> Option<(Polarity, Span)> {
    let whole = context.statement(statement);
    let spoken = [Polarity::Claim, Polarity::Firm, Polarity::Assertion];
    if let Some(word) = polar_word(context, statement, whole.span, &spoken) {
        return Some(word);
    }
    let rules = &context.pack_at_statement(statement)?.polarity;
    let is_open = |token: &Token| !(is_reported && rules.reporting.contains(&token.form));
    let hedges = polar_words(context, statement, whole.said(), &[Polarity::Hedge]);
    hedges.into_iter().find(|(_, token)| is_open(token)).map(|(polarity, t)| (polarity, t.span))
}

/// The first word in a part of a statement that has one of some polarities.
pub(crate) fn polar_word(
    context: &Context<'_>,
    statement: usize,
    part: Span,
    wanted: &[Polarity],
) -> Option<(Polarity, Span)> {
    let words = polar_words(context, statement, part, wanted);
    words.into_iter().next().map(|(polarity, token)| (polarity, token.span))
}

/// The words in a part of a statement that have one of some polarities. Behind an article, what
/// may be a noun is one: "these claims" are a thing, and nobody's distance from it.
fn polar_words(
    context: &Context<'_>,
    statement: usize,
    part: Span,
    wanted: &[Polarity],
) -> Vec<(Polarity, Token)> {
    let Some(document) = context.home(statement) else { return Vec::new() };
    let pack = context.pack_at(document, part.start());
    let all = tokens(context.text(document), part);
    let forms: Vec<&str> = all.iter().map(|t| t.form.as_str()).collect();
    let read = pack.polarity.read(&forms);
    // "May told the house".
    let names: Vec<Span> = context.names(document).inside(part).map(|name| name.span).collect();
    let polarity = |at: usize| {
        let found = read[at].filter(|p| wanted.contains(p))?;
        let (before, after) = (&forms[..at], &forms[at + 1..]);
        let is_unable =
            found == Polarity::Hedge && pack.polarity.is_inability(before, forms[at], after);
        let is_name = || names.iter().any(|name| name.overlap(all[at].span) > 0);
        (!is_unable && !is_thing(pack, &forms, at) && !is_name()).then_some(found)
    };
    (0..all.len()).filter_map(|at| Some((polarity(at)?, all[at].clone()))).collect()
}

/// How many words of a part of a text have a polarity.
pub(crate) fn polar_count(
    pack: &Pack,
    text: &[Token],
    part: Range<usize>,
    polarity: Polarity,
) -> usize {
    let forms: Vec<&str> = text.iter().map(|t| t.form.as_str()).collect();
    pack.polarity.read(&forms)[part].iter().filter(|p| **p == Some(polarity)).count()
}

/// Whether a word is a noun that an article stands before.
fn is_thing(pack: &Pack, forms: &[&str], at: usize) -> bool {
    let is =
        |at: usize, classes: &[Class]| pack.speech.lexicon.word(forms[at]).classes.any(classes);
    at > 0 && is(at, &[Class::SayingNoun]) && is(at - 1, &[Class::Determiner, Class::Possessive])
}
