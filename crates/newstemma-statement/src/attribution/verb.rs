//! Verbs of saying with a subject of their own, on either side of it and of the content.

use super::{Found, Reader, Side, Speaker};
use crate::clause::{Beside, Introduced, Next};
use crate::unit::{Kind, Unit, part_at};
use newstemma_language::speech::{Class, Form, Takes, Verb};
use newstemma_model::Act;
use std::ops::Range;

impl Reader<'_> {
    pub(crate) fn verb(&self, i: usize) -> Option<Found> {
        let clause = &self.clause;
        let verb = clause.verb_at(i)?;
        let unit = clause.get(i)?;
        let start = clause.group_start(i);
        let group = &clause.units[start..i];
        let helped = group.iter().any(|u| u.is(Class::Auxiliary));
        let negated = group.iter().any(|u| u.is(Class::Negation))
            || clause.get(i + 1).is_some_and(|u| {
                // "said no one": the article of what is said denies that, not the saying.
                u.is(Class::Negation) && !u.any(&[Class::Adverb, Class::Determiner])
            });
        let act = if negated { verb.negated? } else { verb.act };
        let verb = Verb { act, ..verb };
        let end = i + 1;
        let reflexive = group.iter().any(|u| u.is(Class::Clitic));
        let passive =
            group.iter().any(|u| u.is(Class::Be)) && !unit.form(Form::Gerund) && !reflexive;
        let by = clause.is(end, Class::By) && !clause.is(end, Class::That);
        let infinitive = start > 0 && clause.units[start - 1].is(Class::Infinitive);
        let finite = unit.form(Form::Finite);
        let participle = unit.form(Form::Participle);
        let active_participle =
            participle && (helped || self.far_helper(start) || self.joined(start));
        // "is saying", "está diciendo": the verb of a clause, however it ends.
        let progressive =
            unit.form(Form::Gerund) && group.iter().any(|u| u.any(&[Class::Be, Class::Auxiliary]));
        if unit.form(Form::Gerund) && !finite && !progressive {
            return self.gerund(start..end, verb);
        }
        if !finite && !participle && !unit.form(Form::Gerund) || infinitive && !helped {
            return None;
        }
        if passive || by && !helped || (!finite && !active_participle && !progressive) {
            return self.passive(start..end, verb);
        }
        let accused = verb.act == Act::Accuse && clause.is(end, Class::Preposition);
        if accused && !helped && !clause.is(end, Class::Determiner) {
            return self.passive(start..end, verb);
        }
        self.active(start..end, i, verb)
    }

    /// Whether an auxiliary stands farther left in the clause: "hat am Mittwoch … gesagt".
    pub(crate) fn far_helper(&self, start: usize) -> bool {
        let low = start.saturating_sub(14);
        (low..start)
            .rev()
            .take_while(|&i| !self.clause.units[i].is_break() && !self.clause.units[i].is_quote())
            .any(|i| {
                self.clause.units[i].is(Class::Auxiliary)
                    && !self.clause.units[i].any(&[Class::Preposition, Class::Determiner])
            })
    }

    /// Whether a conjunction joins this to a cue before it: "a condamné … et exhorté".
    pub(crate) fn joined(&self, start: usize) -> bool {
        !self.found.is_empty() && start > 0 && self.clause.is(start - 1, Class::Coordinator)
    }

    pub(crate) fn active(&self, group: Range<usize>, index: usize, verb: Verb) -> Option<Found> {
        let clause = &self.clause;
        let mut end = group.end;
        let mut part_end = end;
        if let Some(apart) =
            clause.get(index).and_then(|u| clause.rules.lexicon.apart(u.entry.verb?))
        {
            // "teilte … mit": without its other part it is another verb.
            let part = part_at(clause.text, clause.units, end, apart)?;
            end += usize::from(part == end);
            part_end = part + 1;
        }
        let joined = group.start > 0 && clause.is(group.start - 1, Class::Coordinator);
        let subject = clause.phrase_before(group.start).filter(|p| {
            !joined
                && clause.units[p.end..group.start].iter().all(|u| !u.is_break() && !u.is_quote())
        });
        match subject {
            Some(subject) if self.is_relative(&subject) => {
                self.relative(subject.end - 1, group.start..end, verb)
            }
            Some(subject) => {
                // "wies darauf hin, dass …": what is said follows the part.
                let said = clause.kind(part_end) == Some(Kind::Comma)
                    && clause.is(part_end + 1, Class::That);
                let end = if said { part_end } else { end };
                self.after_subject(subject, group.start..end, verb)
            }
            None => self.before_subject(group.start..end, verb),
        }
    }

    /// Whether a subject is, or ends with, a relative pronoun in the form of an article or
    /// conjunction: ", der (sagte)", "a paper that (says)".
    fn is_relative(&self, subject: &Range<usize>) -> bool {
        if subject.len() > 1 && self.clause.is(subject.end - 1, Class::That) {
            return true;
        }
        let comma = subject.start.checked_sub(1).and_then(|before| self.clause.kind(before));
        subject.len() == 1
            && comma == Some(Kind::Comma)
            && self.clause.is(subject.start, Class::Relative)
    }

    /// "X said …", "…, X said", "as X said".
    pub(crate) fn after_subject(
        &self,
        subject: Range<usize>,
        cue: Range<usize>,
        verb: Verb,
    ) -> Option<Found> {
        let clause = &self.clause;
        let (mut next, mut hearer) = clause.next_after(cue.end - 1, verb);
        if let (Next::Bare(at), None) = (next, &hearer)
            && let Some(heard) = clause.bare_hearer(at)
        {
            next = clause.next_after(heard.end - 1, Verb { takes: Takes::Clause, ..verb }).0;
            hearer = Some(heard);
        }
        let before = subject.start.checked_sub(1);
        if before.is_some_and(|b| clause.is(b, Class::As)) {
            // "As the service predicted rain, …" gives a reason, not a source.
            return match next {
                Next::Pause(_) | Next::End => self.as_clause(subject, cue, verb, hearer),
                _ => None,
            };
        }
        let own = subject.start..cue.end;
        let left = before.map_or(0..0, |_| self.left(subject.start));
        let paused =
            before.is_some_and(|b| clause.units[b].is_break() || clause.units[b].is_quote());
        let quoted = left.end > left.start
            && clause.units[left.end - 1].is_quote()
            && before.is_some_and(|b| b + 1 >= left.end && b <= left.end);
        // Who only declines says nothing else: declining is all that is told.
        let silent = matches!(verb.act, Act::DeclineToComment | Act::DoNotConfirm);
        if silent && matches!(next, Next::End | Next::Pause(_)) {
            let said = cue.clone();
            return Some(Found::new(
                Speaker::Phrase(subject),
                cue,
                said,
                verb.act,
                Side::Right,
                own,
            ));
        }
        let (content, side) = match next {
            Next::Quotation(q, introduced) => {
                let right = self.quoted_content(q, introduced);
                if quoted && paused && self.is_speech(left.end - 1) {
                    (left.start..right.end, Side::Both)
                } else {
                    (right, Side::Right)
                }
            }
            Next::Clause(c) | Next::Colon(c) => (c..self.right_end(c), Side::Right),
            Next::Bare(c) => {
                let speech = quoted && self.is_speech(left.end - 1) && !self.is_setting(&left);
                if speech && paused && verb.takes != Takes::Thing {
                    (left, Side::Left)
                } else if !self.may_be_bare(c, verb) || self.is_qualified_noun(&cue, c) {
                    return None;
                } else {
                    (c..self.right_end(c), Side::Right)
                }
            }
            Next::Pause(p) => self.around(left, paused, p, verb)?,
            Next::End
                if paused && !left.is_empty() && (quoted || verb.takes != Takes::Quotation) =>
            {
                (left, Side::Left)
            }
            Next::End
                if before.is_none_or(|b| clause.units[b].is_break())
                    && verb.takes != Takes::Belief =>
            {
                (0..0, Side::Left)
            }
            Next::End => return None,
        };
        let speaker = Speaker::Phrase(subject);
        Some(Found { hearer, ..Found::new(speaker, cue, content, verb.act, side, own) })
    }

    /// Whether what may be a verb or a noun is a noun that a preposition describes: "calls from
    /// the harbour", "claims of a leak".
    fn is_qualified_noun(&self, cue: &Range<usize>, next: usize) -> bool {
        let alone = cue.len() == 1 && next == cue.end;
        let preposition = self.clause.get(next).is_some_and(|u| {
            u.any(&[Class::Preposition, Class::As])
                && !u.any(&[Class::Determiner, Class::Infinitive, Class::That])
        });
        alone && preposition && self.clause.is(cue.start, Class::SayingNoun)
    }

    /// Whether a quotation only ends a circumstance: "on the programme “Harbour Today,”".
    fn is_setting(&self, left: &Range<usize>) -> bool {
        left.len() > 1
            && self.clause.get(left.start).is_some_and(|u| {
                u.any(&[Class::Preposition, Class::As, Class::Setting]) && !u.is(Class::Determiner)
            })
    }

    /// A pause after speaker and verb: they stand between two parts of the content, or behind it,
    /// or the content follows after a comma.
    pub(crate) fn around(
        &self,
        left: Range<usize>,
        paused: bool,
        pause: usize,
        verb: Verb,
    ) -> Option<(Range<usize>, Side)> {
        let clause = &self.clause;
        let rest = pause + 1;
        let right = rest..self.right_end(rest);
        if left.is_empty() || !paused {
            let comma = clause.kind(pause) == Some(Kind::Comma);
            let says = matches!(verb.takes, Takes::Clause | Takes::Hearer | Takes::Marked);
            // "versprach, den Damm zu reparieren": an infinitive is set off by a comma.
            let deed = right.clone().any(|i| clause.is(i, Class::Infinitive));
            let allowed = comma && (says || deed) && !self.begins_anew(rest) && right.len() > 2;
            return (allowed && left.is_empty()).then_some((right, Side::Right));
        }
        let quoted = clause.units[left.end - 1].is_quote();
        let resumes = clause.get(rest).is_some_and(Unit::is_quote);
        if let Some(q) = self.resumed(rest).filter(|_| quoted && !resumes) {
            return Some((left.start..q + 1, Side::Both));
        }
        let both = clause.kind(pause) == Some(Kind::Comma)
            && right.len() > 1
            && !self.begins_anew(rest)
            && clause.after_time(rest) == rest
            && (!quoted || resumes);
        if both {
            let end =
                if resumes { self.quoted_content(rest, Introduced::Yes).end } else { right.end };
            return Some((left.start..end, Side::Both));
        }
        Some((left, Side::Left))
    }

    /// A quotation that goes on after an aside: “…,” he said, pointing to the river, “…”.
    pub(crate) fn resumed(&self, from: usize) -> Option<usize> {
        let high = self.clause.len().min(from + 25);
        let q = (from..high).find(|&i| self.clause.units[i].is_quote())?;
        let set_off = q > 0 && self.clause.kind(q - 1) == Some(Kind::Comma);
        let aside = (from..q).all(|i| {
            let u = &self.clause.units[i];
            // "adding that": somebody speaks anew. "pointing to the river" is only what he did.
            let thing = self.clause.verb_at(i).is_some_and(|v| v.takes == Takes::Thing);
            let says = u.form(Form::Finite) || u.form(Form::Gerund) && !thing;
            u.entry.verb.is_none() || !says || self.clause.is_noun(i)
        });
        (set_off && aside && self.is_speech(q)).then_some(q)
    }

    /// The verb stands first or behind its content: the speaker follows, or is the one before.
    pub(crate) fn before_subject(&self, cue: Range<usize>, verb: Verb) -> Option<Found> {
        let clause = &self.clause;
        let before = cue.start.checked_sub(1);
        let (next, hearer) = clause.next_after(cue.end - 1, verb);
        if let Some(relative) = before.filter(|&b| clause.is(b, Class::Relative)) {
            return self.relative(relative, cue, verb);
        }
        // What opens the sentence joins it to no part of it: "و" of Arabic.
        let joined = before.is_some_and(|b| b > 0 && clause.is(b, Class::Coordinator));
        // What follows such a verb is its object sooner than its subject.
        let transitive = verb.takes == Takes::Thing || verb.act == Act::Request;
        let quoted = before
            .is_some_and(|b| clause.units[b].is_quote() || b > 0 && clause.units[b - 1].is_quote());
        let beside = if quoted { Beside::Any } else { Beside::Known };
        let inverted = match next {
            Next::Bare(at) => clause
                .phrase_after(at)
                .filter(|p| !clause.is_circumstance(p))
                .map(|p| clause.with_apposition_after(p, beside)),
            _ => None,
        };
        if let Some(pause) = before.filter(|&b| !joined && clause.units[b].is_break()) {
            let opens = clause.is(0, Class::As) && inverted.is_some();
            let apposed = clause.phrase_with_apposition_before(pause).filter(|_| !opens);
            // Nothing stands before the speaker that could be the content.
            let alone = !quoted && apposed.as_ref().is_some_and(|p| self.opens_sentence(p, pause));
            let complement = match next {
                Next::Clause(_) | Next::Quotation(..) | Next::Colon(_) => true,
                // "…, said the port's “oldest crane” …": no mark parts a speaker from the quotation.
                Next::Bare(_) => {
                    let runs_on = inverted.as_ref().is_some_and(|p| {
                        clause.units[p.start..clause.len().min(p.end + 1)]
                            .iter()
                            .any(Unit::is_quote)
                    });
                    transitive || alone || !self.ends_after(&inverted) || !quoted && runs_on
                }
                // Nothing follows that could be a speaker: it went before.
                Next::Pause(_) | Next::End => inverted.is_none(),
            };
            if let Some(phrase) = apposed.filter(|p| complement && p.start < pause) {
                return self.after_subject(phrase, cue, verb);
            }
        }
        let shared = transitive || !self.ends_after(&inverted);
        if joined && self.found.is_empty() && shared {
            let subject = self.sentence_subject(cue.start)?;
            return self.after_subject(subject, cue, verb);
        }
        if joined && !self.found.is_empty() && shared {
            return self.same_speaker(cue, verb, next, hearer);
        }
        self.inverted(inverted?, cue, verb, hearer)
    }

    /// Whether a speaker opens the sentence: a name of several words, or what a relative clause
    /// describes. A single word may be an adverb that nobody listed.
    fn opens_sentence(&self, speaker: &Range<usize>, pause: usize) -> bool {
        let described =
            self.clause.units[speaker.start..pause].iter().any(|u| u.is(Class::Relative));
        self.left(speaker.start).is_empty()
            && (described
                || speaker.clone().take(2).filter(|&i| self.clause.units[i].capital).count() == 2)
    }

    /// Whether a speaker to the right is followed by a pause, the content, or nothing more.
    pub(crate) fn ends_after(&self, speaker: &Option<Range<usize>>) -> bool {
        let Some(speaker) = speaker else { return false };
        let end = self.clause.after_time(speaker.end);
        self.clause.get(end).is_none_or(|u| {
            u.is_break()
                || u.is_quote()
                || u.any(&[Class::That, Class::To, Class::Setting, Class::Subordinator])
                || u.form(Form::Gerund)
        })
    }

    pub(crate) fn inverted(
        &self,
        speaker: Range<usize>,
        cue: Range<usize>,
        verb: Verb,
        hearer: Option<Range<usize>>,
    ) -> Option<Found> {
        let clause = &self.clause;
        let before = cue.start.checked_sub(1);
        if before.is_some_and(|b| clause.is(b, Class::As)) {
            return self.as_clause(speaker, cue, verb, hearer);
        }
        let left = self.left(cue.start);
        // Looking on from the speaker's last unit passes over time, setting and hearer.
        let says = Verb { takes: Takes::Clause, ..verb };
        let (mut next, mut heard) = clause.next_after(speaker.end - 1, says);
        let mut speaker = speaker;
        let governs = verb.takes == Takes::Thing || verb.act == Act::Warn;
        let quoted_next = match next {
            Next::Quotation(..) => true,
            Next::Clause(c) => clause.get(c).is_some_and(Unit::is_quote),
            _ => false,
        };
        let object = next == Next::End || speaker.len() > 1 && quoted_next;
        if governs && object && left_is_empty(self, &cue) {
            // Verb, speaker and object in a row: only the speaker's head tells where it ends.
            speaker = clause.short_phrase_after(speaker.start)?;
            (next, heard) = clause.next_after(speaker.end - 1, verb);
        }
        let own = cue.start.min(speaker.start)..speaker.end;
        let hearer = hearer.or(heard);
        let adverbial = left.is_empty()
            || before.is_some_and(|b| !clause.units[b].is_break() && !clause.units[b].is_quote());
        let quoted = !left.is_empty() && clause.units[left.end - 1].is_quote();
        let (content, side) = match next {
            Next::Quotation(q, introduced) if adverbial => {
                (self.quoted_content(q, introduced), Side::Right)
            }
            Next::Quotation(q, introduced) if quoted && introduced == Introduced::Yes => {
                (left.start..self.quoted_content(q, introduced).end, Side::Both)
            }
            Next::Clause(c) | Next::Colon(c) if adverbial || !quoted => {
                (c..self.right_end(c), Side::Right)
            }
            Next::Bare(c) if adverbial && self.may_be_bare(c, verb) => {
                (c..self.right_end(c), Side::Right)
            }
            Next::Pause(p) if adverbial => self.around(0..0, false, p, verb)?,
            Next::Pause(p) => self.around(left, true, p, verb)?,
            _ if !adverbial => (left, Side::Left),
            Next::End if left.is_empty() && cue.start == 0 => (0..0, Side::Left),
            _ => return None,
        };
        let speaker = Speaker::Phrase(speaker);
        Some(Found { hearer, ..Found::new(speaker, cue, content, verb.act, side, own) })
    }

    /// "as X said": the content is the sentence around it.
    pub(crate) fn as_clause(
        &self,
        speaker: Range<usize>,
        cue: Range<usize>,
        verb: Verb,
        hearer: Option<Range<usize>>,
    ) -> Option<Found> {
        let from = speaker.start.min(cue.start);
        let end = speaker.end.max(cue.end);
        let pause = (end..self.clause.len().min(end + 25)).find(|&i| {
            matches!(self.clause.kind(i), Some(Kind::Comma | Kind::Dash | Kind::Semicolon))
        });
        let left = self.left(from.checked_sub(1)?);
        let (content, side) = match pause {
            Some(p) if left.len() <= 1 => (p + 1..self.right_end(p + 1), Side::Right),
            _ if left.is_empty() => return None,
            Some(p) if !self.begins_anew(p + 1) && self.right_end(p + 1) > p + 2 => {
                (left.start..self.right_end(p + 1), Side::Both)
            }
            _ => (left, Side::Left),
        };
        let own = from - 1..end;
        let speaker = Speaker::Phrase(speaker);
        Some(Found { hearer, ..Found::new(speaker, cue, content, verb.act, side, own) })
    }
}

/// Whether no text stands before a cue that it could ascribe.
fn left_is_empty(reader: &Reader<'_>, cue: &Range<usize>) -> bool {
    let opener = |i: usize| i == 0 && reader.clause.is(i, Class::Coordinator);
    reader.left(cue.start).all(opener)
}
