//! Who says what in a sentence, where the verb stands last: Japanese, Korean, Turkish.
//!
//! The speaker is the topic of the sentence, the content what stands between it and the verb of
//! saying; a quotation before the verb is the content wherever the speaker is. Words that mean
//! "according to" stand behind the speaker, and the content follows them.

use crate::attribution::{Found, Side, Speaker};
use crate::clause::Clause;
use crate::unit::Kind;
use newstemma_language::speech::{Class, Form};
use newstemma_model::Act;
use std::ops::Range;

/// Units within which a topic must end.
const TOPIC_MAX: usize = 40;

/// The attributions of a sentence, in order of their cues.
pub(crate) fn attributions(clause: Clause<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut from = 0;
    for i in 0..clause.len() {
        let unit = &clause.units[i];
        let one = if unit.is(Class::Postposition) {
            according(clause, from, i)
        } else if unit.entry.verb.is_some() && !unit.form(Form::Infinitive) {
            verb(clause, from, i, found.last())
        } else {
            None
        };
        if let Some(one) = one {
            if one.side == Side::Left {
                from = i + 1;
            }
            found.push(one);
        }
    }
    prefer_verbs(&mut found);
    if found.is_empty() {
        found.extend(hearsay(clause));
    }
    found
}

/// "… という。": the last word says that all before it is hearsay.
fn hearsay(clause: Clause<'_>) -> Option<Found> {
    let cue = clause.units.iter().rposition(|u| !u.is_break())?;
    let end = Some(cue + 1).filter(|_| clause.is(cue, Class::Hearsay))?;
    let content = start_of(clause, 0)..end;
    let own = cue..end;
    (content.len() > 1)
        .then(|| Found::new(Speaker::Unstated, own.clone(), content, Act::Say, Side::Both, own))
}

/// "According to X, … it said": the preposition's content ends with the verb that closes it.
fn prefer_verbs(found: &mut Vec<Found>) {
    let Some(first) = found.first() else { return };
    if first.side == Side::Right && found.len() > 1 {
        let own = matches!(&found[1].speaker, Speaker::Phrase(_));
        if own {
            // Somebody else speaks inside it: both stand.
            return;
        }
        found.truncate(1);
    }
}

fn according(clause: Clause<'_>, from: usize, i: usize) -> Option<Found> {
    let speaker = speaker_before(clause, from, i)?;
    let mut start = i + 1;
    while clause.get(start).is_some_and(|u| u.is_break() || u.any(&[Class::Topic, Class::Adverb])) {
        start += 1;
    }
    let mut end = trim_end(clause, clause.len());
    while end > start && clause.units[end - 1].any(&[Class::Hearsay, Class::Quotative]) {
        end -= 1;
    }
    let before = start_of(clause, from)..speaker.start;
    let (content, side) = if start < end {
        (start..end, Side::Right)
    } else {
        (before.start..trim_end(clause, before.end), Side::Left)
    };
    (!content.is_empty()).then(|| {
        Found::new(
            Speaker::Phrase(speaker.clone()),
            i..i + 1,
            content,
            Act::Say,
            side,
            speaker.start..i + 1,
        )
    })
}

fn verb(clause: Clause<'_>, from: usize, i: usize, before: Option<&Found>) -> Option<Found> {
    let verb = clause.verb_at(i)?;
    let negated = clause.is(i + 1, Class::Negation) || i > 0 && clause.is(i - 1, Class::Negation);
    let act = if negated { verb.negated? } else { verb.act };
    let mut cue_start = i;
    while cue_start > from && clause.units[cue_start - 1].any(&[Class::Adverb, Class::Auxiliary]) {
        cue_start -= 1;
    }
    let mut end = cue_start;
    let mut marked = false;
    while end > from
        && (clause.units[end - 1].is(Class::Quotative)
            || matches!(clause.kind(end - 1), Some(Kind::Comma | Kind::Colon)))
    {
        marked |= clause.units[end - 1].is(Class::Quotative);
        end -= 1;
    }
    let start = start_of(clause, from);
    let topic = topic_in(clause, start, end);
    let quote = (start..end).rev().find(|&q| clause.units[q].is_quote());
    // A verb without any sign of content before it is some other use of the word.
    let next_noun = clause.get(i + 1).is_some_and(|u| {
        u.is_word()
            && !u.any(&[
                Class::Auxiliary,
                Class::Negation,
                Class::Adverb,
                Class::Topic,
                Class::Quotative,
            ])
    });
    if next_noun && !marked && quote.is_none() {
        return None;
    }
    let (speaker, content) = match (&topic, quote) {
        (Some(t), Some(q)) if q < t.start => (Some(t.clone()), start..q + 1),
        (Some(t), _) => (Some(t.clone()), after_topic(clause, t.end, end)..end),
        (None, _) => (None, start..end),
    };
    let content = content.start..trim_end(clause, content.end);
    if content.is_empty() || content.len() < 2 && !clause.units[content.start].is_quote() {
        return None;
    }
    let after = quote.filter(|_| speaker.is_none() && next_noun).and_then(|_| {
        let high = clause.len().min(i + 1 + TOPIC_MAX);
        let end = (i + 1..high).find(|&j| clause.units[j].is_break()).unwrap_or(high);
        speaker_before(clause, i + 1, end)
    });
    let speaker = speaker.or(after);
    let speaker = match speaker {
        Some(phrase) => Speaker::Phrase(phrase),
        None if before.is_some() || marked => Speaker::Same,
        None => return None,
    };
    let own = match &speaker {
        Speaker::Phrase(p) => p.start.min(cue_start)..p.end.max(i + 1),
        _ => cue_start..i + 1,
    };
    Some(Found::new(speaker, cue_start..i + 1, content, act, Side::Left, own))
}

/// The noun phrase before a topic marker, or before the first comma where the language marks
/// subjects by nothing else.
fn topic_in(clause: Clause<'_>, start: usize, end: usize) -> Option<Range<usize>> {
    let high = end.min(start + TOPIC_MAX);
    let marked = (start..high).find(|&i| clause.is(i, Class::Topic));
    let quoted = (start..high).find(|&i| clause.units[i].is_quote());
    let at = match (marked, quoted) {
        (Some(topic), _) => topic,
        (None, Some(q)) if q > start => q,
        (None, _) => (start..high).find(|&i| clause.kind(i) == Some(Kind::Comma))?,
    };
    let from = quoted.filter(|&q| q < at).map_or(start, |q| q + 1);
    speaker_before(clause, from, at)
}

/// The phrase that ends before `end`, back to the last pause; times and conjunctions cut away.
fn speaker_before(clause: Clause<'_>, from: usize, end: usize) -> Option<Range<usize>> {
    let mut start = (from..end)
        .rev()
        .find(|&i| {
            let u = &clause.units[i];
            matches!(u.kind, Kind::Comma | Kind::Semicolon | Kind::Colon | Kind::Stop)
                && !in_list(clause, i)
                || u.is_quote()
                || u.any(&[Class::Topic, Class::Subordinator])
        })
        .map_or(from, |i| i + 1);
    while start < end
        && (clause.units[start].any(&[
            Class::Time,
            Class::Adverb,
            Class::Coordinator,
            Class::Quotative,
            Class::Setting,
        ]) || clause.units[start].kind == Kind::Number && clause.is(start + 1, Class::Time)
            || clause.units[start].is_break())
    {
        start += 1;
    }
    let mut end = end;
    let loose = |i: usize| {
        clause.units[i].is_break() || clause.units[i].any(&[Class::Time, Class::Preposition])
    };
    while end > start && loose(end - 1) {
        end -= 1;
    }
    (start < end && end - start <= TOPIC_MAX).then_some(start..end)
}

/// A Japanese list comma stands between parts of one phrase; it is told by its form.
fn in_list(clause: Clause<'_>, i: usize) -> bool {
    clause.word(i) == "・"
}

fn after_topic(clause: Clause<'_>, end: usize, limit: usize) -> usize {
    let mut at = end;
    while at < limit {
        let u = &clause.units[at];
        let skip = u.is_break()
            || u.any(&[Class::Topic, Class::Time, Class::Setting])
            || u.kind == Kind::Number && clause.is(at + 1, Class::Time);
        if !skip {
            break;
        }
        at += 1;
    }
    at
}

fn start_of(clause: Clause<'_>, from: usize) -> usize {
    let mut start = from;
    while clause.get(start).is_some_and(|u| u.is_break() || u.is(Class::Coordinator)) {
        start += 1;
    }
    start
}

fn trim_end(clause: Clause<'_>, end: usize) -> usize {
    let mut end = end;
    while end > 0
        && (clause.units[end - 1].is_break() || clause.units[end - 1].is(Class::Quotative))
    {
        end -= 1;
    }
    end
}
