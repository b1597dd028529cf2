//! Cues that borrow their subject: second verbs, relative clauses, "saying", "accused by".

use super::{Found, Reader, Side, Speaker, first_pause};
use crate::clause::Next;
use crate::unit::Kind;
use newstemma_language::speech::{Class, Takes, Verb};
use newstemma_model::Act;
use std::ops::Range;

impl Reader<'_> {
    /// "X condemned … and called on …": the second verb has the first one's speaker.
    pub(crate) fn same_speaker(
        &self,
        cue: Range<usize>,
        verb: Verb,
        next: Next,
        hearer: Option<Range<usize>>,
    ) -> Option<Found> {
        let content = self.introduced(next, verb)?;
        let speaker = self.last_speaker()?;
        let own = cue.clone();
        Some(Found { hearer, ..Found::new(speaker, cue, content, verb.act, Side::Right, own) })
    }

    /// The speaker of the last attribution that is not part of what another one says.
    pub(crate) fn last_speaker(&self) -> Option<Speaker> {
        let outer = |n: usize| {
            let own = &self.found[n].own;
            !self.found[..n].iter().any(|f| f.side == Side::Right && f.content.contains(&own.start))
        };
        let n = (0..self.found.len()).rev().find(|&n| outer(n))?;
        match &self.found[n].speaker {
            Speaker::Unstated => None,
            other => Some(other.clone()),
        }
    }

    /// "X, who said that …": the speaker is what the relative clause belongs to.
    pub(crate) fn relative(&self, relative: usize, cue: Range<usize>, verb: Verb) -> Option<Found> {
        let (next, hearer) = self.clause.next_after(cue.end - 1, verb);
        let comma = relative.checked_sub(1).filter(|&b| self.clause.kind(b) == Some(Kind::Comma));
        let speaker = self.clause.phrase_before(comma.unwrap_or(relative))?;
        let speaker = self.clause.last_noun_phrase(speaker);
        let mut content = self.introduced(next, verb)?;
        if matches!(next, Next::Bare(_)) {
            content.end = self.clause_end(content.start);
        }
        let own = relative..cue.end;
        let speaker = Speaker::Relative(relative, speaker);
        Some(Found { hearer, ..Found::new(speaker, cue, content, verb.act, Side::Right, own) })
    }

    /// ", saying that …": the speaker is that of the sentence.
    pub(crate) fn gerund(&self, cue: Range<usize>, verb: Verb) -> Option<Found> {
        let clause = &self.clause;
        let (next, hearer) = clause.next_after(cue.end - 1, verb);
        let before = cue.start.checked_sub(1).and_then(|b| clause.get(b));
        let governed = before.is_some_and(|u| u.any(&[Class::Preposition, Class::By]));
        let mut content = match next {
            // "for suggesting it" tells why, and only in passing that somebody said so.
            Next::Bare(_) if governed && !before.is_some_and(|u| u.is(Class::By)) => return None,
            Next::Bare(c) => c..self.right_end(c),
            marked => self.introduced(marked, verb)?,
        };
        if let Some((end, subject)) = self.opening_end(cue.start, &content) {
            content.end = end;
            let speaker = self.subject_at(subject).map_or(Speaker::Unstated, Speaker::Phrase);
            let own = cue.clone();
            return Some(Found::new(speaker, cue, content, verb.act, Side::Right, own));
        }
        let paused =
            before.is_none_or(|u| u.is_break() || u.is_quote() || u.is(Class::Coordinator));
        let own_subject = if paused || governed { None } else { clause.phrase_before(cue.start) };
        let (speaker, from) = match own_subject {
            // "it issued a paper (calling for …)": only the pronoun is the subject.
            Some(subject) if subject.len() > 1 && clause.is_pronoun(subject.start) => {
                (Speaker::Phrase(subject.start..subject.start + 1), cue.start)
            }
            Some(subject) => {
                let from = subject.start;
                (Speaker::Phrase(subject), from)
            }
            None if !self.found.is_empty() => (self.last_speaker()?, cue.start),
            None => {
                let subject = self.pronoun_before(cue.start);
                let subject = subject.or_else(|| self.sentence_subject(cue.start));
                (subject.map_or(Speaker::Unstated, Speaker::Phrase), cue.start)
            }
        };
        let own = from..cue.end;
        Some(Found { hearer, ..Found::new(speaker, cue, content, verb.act, Side::Right, own) })
    }

    /// Where what a gerund says ends if it stands in a phrase that opens the sentence, and where the
    /// subject begins behind it: "Praising the crew, Brand …", "In a letter praising the crew, Brand …".
    fn opening_end(&self, cue: usize, content: &Range<usize>) -> Option<(usize, usize)> {
        let clause = &self.clause;
        let phrase = [
            Class::Preposition,
            Class::Subordinator,
            Class::As,
            Class::Setting,
            Class::Adverb,
            Class::Time,
        ];
        let opens = cue == 0 || clause.units[0].any(&phrase) && !clause.is(0, Class::Pronoun);
        let inside = (0..cue).all(|i| {
            let unit = &clause.units[i];
            !unit.is_break() && !unit.is_quote() && !clause.is_verbal(i)
        });
        (opens && inside && self.found.is_empty()).then(|| first_pause(clause, content)).flatten()
    }

    /// The pronoun that is the subject of the clause before `end`: "she began by (saying)".
    fn pronoun_before(&self, end: usize) -> Option<Range<usize>> {
        let units = &self.clause.units;
        let i = (0..end)
            .rev()
            .take_while(|&i| !units[i].is_break() && !units[i].is_quote())
            .find(|&i| units[i].is(Class::PersonPronoun))?;
        let subject = !units[i].any(&[Class::Determiner, Class::Possessive, Class::Relative]);
        subject.then_some(i..i + 1)
    }

    /// The subject of a sentence that has no cue so far: its first noun phrase, as far as it can
    /// be told from the verb.
    pub(crate) fn sentence_subject(&self, before: usize) -> Option<Range<usize>> {
        let clause = &self.clause;
        let mut at = usize::from(clause.is(0, Class::Coordinator));
        // Circumstances at the front end with a comma.
        let adjunct = clause.get(at)?.any(&[
            Class::Preposition,
            Class::Time,
            Class::Adverb,
            Class::Setting,
            Class::Subordinator,
            Class::As,
        ]);
        if (adjunct && !clause.is(at, Class::Determiner)) || clause.after_time(at) > at {
            at = (0..before.min(20)).find(|&i| clause.kind(i) == Some(Kind::Comma))? + 1;
        }
        self.subject_at(at)
    }

    /// The subject that begins at `at`, as far as it can be told from the verb.
    fn subject_at(&self, at: usize) -> Option<Range<usize>> {
        let clause = &self.clause;
        let mut phrase = clause.phrase_after(at)?;
        // "Brand made the following …": a verb that nobody knows stands before the article.
        let object = clause.last_noun_phrase(phrase.clone()).start;
        if object > phrase.start + 1 {
            phrase.end = object - 1;
        }
        if clause.is_verbal(phrase.end) || phrase.len() == 1 {
            return Some(phrase);
        }
        let name = phrase.clone().take_while(|&i| clause.units[i].capital).count();
        if name == phrase.len() && phrase.clone().all(|i| clause.units[i].is_plain()) {
            return Some(phrase);
        }
        let owner = clause.is(phrase.start + name, Class::Possessive);
        if (1..phrase.len()).contains(&name) && clause.units[phrase.start].is_plain() && !owner {
            return Some(phrase.start..phrase.start + name);
        }
        // Without a known verb behind it, only a phrase whose head is known is believed.
        let head = phrase.clone().take(7).position(|i| {
            clause.units[i].any(&[
                Class::Body,
                Class::Official,
                Class::Title,
                Class::Document,
                Class::Outlet,
            ])
        })?;
        let head = phrase.start + head;
        let named = |i: usize| clause.units[i].capital && clause.units[i].is_plain();
        // "Министр транспорта Карла Вентури": what the office is of may stand before the name.
        let name = (head + 1..phrase.end.min(head + 4)).find(|&i| named(i));
        let full = name.filter(|&i| i + 1 < phrase.end && named(i + 1) && !clause.is_noun(i));
        let mut end = full.unwrap_or(head + 1);
        while end < phrase.end && clause.units[end].capital {
            end += 1;
        }
        Some(phrase.start..end)
    }

    /// "accused by X of …", "is said to …".
    pub(crate) fn passive(&self, cue: Range<usize>, verb: Verb) -> Option<Found> {
        let clause = &self.clause;
        let has = |class| clause.units[cue.clone()].iter().any(|u| u.is(class));
        if has(Class::Determiner) && !has(Class::Auxiliary) {
            return None;
        }
        let doer = self.doer(cue.end);
        let after = doer.as_ref().map_or(cue.end, |phrase| phrase.end);
        let own = cue.start..after;
        let found = |content| {
            let speaker = doer.clone().map_or(Speaker::Unstated, Speaker::Phrase);
            Found::new(speaker, cue.clone(), content, verb.act, Side::Right, own.clone())
        };
        let before = cue.start.checked_sub(1);
        if let Some(phrase) =
            doer.clone().filter(|_| before.is_some_and(|b| clause.is(b, Class::As)))
        {
            return self.as_clause(phrase, cue, verb, None);
        }
        if self.found.iter().any(|f| f.side == Side::Right && clause.is(f.own.start, Class::As))
            && doer.is_some()
        {
            return Some(found(self.found.last()?.content.clone()));
        }
        let opened = clause.get(after).is_some_and(|u| {
            u.any(&[Class::Infinitive, Class::Preposition, Class::That, Class::As])
                && !u.any(&[Class::By])
        });
        let right = if opened { after + 1..self.clause_end(after + 1) } else { 0..0 };
        let ascribes = match verb.act {
            Act::Accuse => opened,
            _ => opened && (clause.is(after, Class::That) || clause.is(after, Class::Infinitive)),
        };
        // "announced by", "written by" tell who did it, not what was said.
        if verb.act == Act::Say && verb.takes != Takes::Thing && !ascribes {
            return None;
        }
        if doer.is_some() {
            let content = if right.len() >= 3 { right } else { self.chunk_before(cue.start) };
            return (!content.is_empty()).then(|| found(content));
        }
        let told = ascribes && verb.takes != Takes::Belief && right.len() >= 2;
        told.then(|| found(right))
    }

    /// Who does what a passive verb that ends at `from` says: "by" and a phrase that can speak.
    fn doer(&self, from: usize) -> Option<Range<usize>> {
        let clause = &self.clause;
        let high = clause.len().min(from + 12);
        let by = (from..high)
            .take_while(|&i| !clause.units[i].is_break() && !clause.units[i].is(Class::That))
            .find(|&i| clause.is(i, Class::By))?;
        let phrase = clause.phrase_after(by + 1)?;
        let can_speak = clause.units[phrase.clone()].iter().any(|u| {
            u.capital
                || u.any(&[
                    Class::Official,
                    Class::Body,
                    Class::Title,
                    Class::Outlet,
                    Class::Document,
                    Class::PersonPronoun,
                    Class::Determiner,
                ])
        });
        match phrase.len() {
            _ if !can_speak => None,
            0..=5 => Some(phrase),
            _ => clause.short_phrase_after(phrase.start),
        }
    }

    /// The words between the last pause and `end`.
    pub(crate) fn chunk_before(&self, end: usize) -> Range<usize> {
        let mut end = end;
        if end > 0 && self.clause.units[end - 1].is_break() {
            end -= 1;
        }
        let low = end.saturating_sub(30);
        let start =
            (low..end).rev().find(|&i| self.clause.units[i].is_break()).map_or(low, |i| i + 1);
        start..end
    }
}
