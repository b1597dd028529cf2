//! The noun phrase that ends at a place: a subject on the left of its verb.

use super::{Clause, PHRASE_MAX, QUOTED_NAME_MAX_BYTES};
use crate::unit::{Kind, Unit};
use newstemma_language::speech::{Class, Form};
use std::ops::Range;

impl Clause<'_> {
    /// The noun phrase that ends before `end`, for a subject on the left of its verb.
    pub(crate) fn phrase_before(&self, end: usize) -> Option<Range<usize>> {
        let mut start = end;
        while start > 0 && end - start < PHRASE_MAX {
            let unit = &self.units[start - 1];
            let parts = unit.is_break()
                || unit.is_quote() && !self.is_quoted_name(start - 1)
                || unit.any(&[Class::Subordinator, Class::That, Class::Whether, Class::As])
                    && !unit.any(&[Class::Determiner, Class::Preposition])
                || self.is_verbal(start - 1)
                || self.is_helped_participle(start - 1)
                || unit.entry.verb.is_some() && unit.form(Form::Gerund) && !self.is_noun(start - 1)
                || unit.is(Class::According)
                || unit.is(Class::Relative) && !unit.is(Class::Determiner);
            let that = unit.is(Class::That)
                && start < end
                && (self.opens_phrase(start) || self.units[start].capital);
            let clause = unit.is(Class::Subordinator)
                && start < end
                && (self.opens_phrase(start) || self.units[start].capital);
            if parts || that || clause {
                break;
            }
            if unit.is(Class::Coordinator) && self.clause_parts_at(start - 1) {
                break;
            }
            start -= 1;
        }
        let start = self.before_relative(start);
        let trimmed = self.bare_pronoun(self.trim(start..end)?);
        // "В докладе говорится": a document may stand behind a preposition, too.
        let document = self.units[trimmed.clone()].iter().any(|u| u.is(Class::Document));
        if !document && self.is_circumstance(&trimmed) {
            return self.name_behind(&trimmed);
        }
        let setting = trimmed.start.checked_sub(1).is_some_and(|at| self.is(at, Class::Setting));
        let trimmed = self.name_behind(&trimmed).filter(|_| setting).unwrap_or(trimmed);
        Some(self.with_list_before(trimmed))
    }

    /// A name that follows a circumstance without a pause: "in a radio interview *Brand* (said)". Where
    /// common nouns have capitals, it does not show.
    fn name_behind(&self, circumstance: &Range<usize>) -> Option<Range<usize>> {
        const NAME_MAX: usize = 3;
        let named = |i: &usize| self.units[*i].capital && self.units[*i].is_plain();
        let length = circumstance.clone().rev().take_while(named).count();
        let start = circumstance.end - length;
        let noun = start.checked_sub(1).filter(|n| circumstance.contains(n))?;
        let ends = self.units[noun].is_plain() && !self.units[noun].capital;
        let shows = ends && !self.rules.capital_nouns && (1..=NAME_MAX).contains(&length);
        shows.then_some(start..circumstance.end)
    }

    /// Whether a quotation is the name of the body before it: "Компания «Марелия»".
    fn is_quoted_name(&self, index: usize) -> bool {
        let body = |before: usize| self.units[before].any(&[Class::Body, Class::Outlet]);
        let name = self.units[index].span.of(self.text);
        let letters = || name.chars().filter(|c| c.is_alphabetic());
        index > 0
            && body(index - 1)
            && name.len() <= QUOTED_NAME_MAX_BYTES
            && letters().next().is_some_and(char::is_uppercase)
    }

    /// "has accused": the participle ends what could be a subject, as a finite verb does.
    fn is_helped_participle(&self, index: usize) -> bool {
        let unit = &self.units[index];
        unit.entry.verb.is_some()
            && unit.form(Form::Participle)
            && index > 0
            && self.units[index - 1].is(Class::Auxiliary)
            && !self.units[index - 1].is(Class::Determiner)
    }

    /// A pronoun is a subject by itself: "the only regret *he* (voiced)".
    fn bare_pronoun(&self, phrase: Range<usize>) -> Range<usize> {
        let last = phrase.end - 1;
        let joined = phrase.len() > 1
            && self.units[last - 1].any(&[Class::Coordinator, Class::Preposition, Class::By]);
        let personal = self.units[last].is(Class::PersonPronoun)
            && !self.units[last].any(&[Class::Determiner, Class::Possessive, Class::Relative]);
        if personal && !joined { last..phrase.end } else { phrase }
    }

    /// Whether a phrase tells where or how rather than who: "at a meeting". A preposition may go
    /// before a number ("over 20 officials"), and some languages put bodies behind one ("в полиции
    /// сообщили").
    pub(crate) fn is_circumstance(&self, phrase: &Range<usize>) -> bool {
        let Some(first) = self.get(phrase.start) else { return false };
        let speaks = |u: &Unit| u.kind == Kind::Number || u.any(&[Class::Body, Class::Official]);
        first.is(Class::Preposition)
            && !first.any(&[Class::Determiner, Class::Pronoun])
            && !self.units[phrase.clone()].iter().take(4).any(speaks)
    }

    /// Goes back over a relative clause that is not set off: "the official who saw it said".
    pub(super) fn before_relative(&self, start: usize) -> usize {
        let verb = start.checked_sub(1);
        let verb = verb.filter(|&v| self.is_verbal(v) || self.is_helped_participle(v));
        let Some(verb) = verb else { return start };
        let group = self.group_start(verb);
        let relative = group
            .checked_sub(1)
            .filter(|&r| self.is(r, Class::Relative) && !self.is(r, Class::Determiner));
        let Some(relative) = relative else { return start };
        let mut from = relative;
        while from > 0 && relative - from < 12 {
            let unit = &self.units[from - 1];
            let parts = unit.is_break()
                || unit.is_quote()
                || unit.any(&[Class::That, Class::Subordinator, Class::According, Class::As])
                || self.is_verbal(from - 1);
            if parts {
                break;
            }
            from -= 1;
        }
        if from == relative { start } else { from }
    }

    /// Widens a phrase "C and D" by what is listed before it: "A, B, C and D".
    pub(super) fn with_list_before(&self, phrase: Range<usize>) -> Range<usize> {
        let mut phrase = phrase;
        let joined = phrase.clone().any(|i| self.is(i, Class::Coordinator));
        for _ in 0..8 {
            let comma = phrase.start.checked_sub(1).filter(|&c| self.kind(c) == Some(Kind::Comma));
            let Some(comma) = comma.filter(|_| joined) else { break };
            let low = comma.saturating_sub(10);
            let from = (low..comma).rev().find(|&i| {
                self.units[i].is_break()
                    || self.units[i].is_quote()
                    || self.units[i].any(&[Class::That])
            });
            let from = match from {
                Some(at) => at + 1,
                None if low == 0 => 0,
                None => break,
            };
            let item = &self.units[from..comma];
            let names =
                item.iter().all(|u| u.capital || u.any(&[Class::Determiner, Class::Preposition]));
            let noun = item.first().is_some_and(|u| u.any(&[Class::Determiner, Class::Possessive]))
                && item.iter().any(|u| u.any(&[Class::Body, Class::Official, Class::Title]));
            let verbal = (from..comma).any(|i| self.is_verbal(i));
            let timed = self.after_time(from) > from
                || item.first().is_none_or(|u| u.is(Class::Preposition));
            if verbal || timed || !(names || noun) {
                break;
            }
            phrase.start = from;
        }
        phrase
    }

    /// The last noun phrase in some units, where a verb that nobody knows may stand among them:
    /// "met *the mayor*". It begins at the last article that hangs on no preposition.
    pub(crate) fn last_noun_phrase(&self, phrase: Range<usize>) -> Range<usize> {
        let hangs = |i: usize| self.hangs(i) || self.units[i - 1].is(Class::Possessive);
        let opener = (phrase.start + 1..phrase.end)
            .rev()
            .find(|&i| self.opens_phrase(i) && !hangs(i) && !self.is_suffix(i));
        opener.unwrap_or(phrase.start)..phrase.end
    }

    /// Whether a possessive is an ending ("'s") rather than a word.
    pub(crate) fn is_suffix(&self, index: usize) -> bool {
        index > 0 && self.units[index].span.start() == self.units[index - 1].span.end()
    }

    /// Whether a phrase that begins at `index`, which is not the first unit, hangs on the word
    /// before it.
    fn hangs(&self, index: usize) -> bool {
        self.units[index - 1].any(&[
            Class::Preposition,
            Class::By,
            Class::To,
            Class::Coordinator,
            Class::Determiner,
        ])
    }

    /// Whether a phrase begins here with an article or pronoun of its own.
    pub(super) fn opens_phrase(&self, index: usize) -> bool {
        self.get(index).is_some_and(|u| {
            u.any(&[Class::Determiner, Class::Possessive, Class::PersonPronoun, Class::Pronoun])
        })
    }

    /// Whether "and" at `index` joins clauses rather than nouns: the left side has a verb, or is
    /// long while the right side begins anew with an article or pronoun.
    pub(super) fn clause_parts_at(&self, index: usize) -> bool {
        let mut start = index;
        while start > 0 && index - start < PHRASE_MAX {
            let unit = &self.units[start - 1];
            if unit.is_break() || unit.is_quote() || unit.is(Class::That) {
                break;
            }
            if self.is_verbal(start - 1) {
                return true;
            }
            start -= 1;
        }
        let anew = self.get(index + 1).is_some_and(|u| {
            u.any(&[Class::PersonPronoun, Class::Pronoun]) && !u.is(Class::Determiner)
        });
        index == start || anew || (index - start > 8 && self.opens_phrase(index + 1))
    }

    /// Cuts from both ends of a phrase what is no part of a speaker: times, adverbs, conjunctions.
    pub(super) fn trim(&self, range: Range<usize>) -> Option<Range<usize>> {
        let Range { mut start, mut end } = range;
        let loose = |u: &Unit| {
            u.any(&[Class::Coordinator, Class::Adverb, Class::Clitic, Class::Hearer])
                && !u.any(&[Class::Determiner, Class::Pronoun, Class::PersonPronoun])
        };
        loop {
            let before = (start, end);
            while start < end && (loose(&self.units[start]) || self.units[start].is_break()) {
                start += 1;
            }
            start = self.after_time(start).min(end);
            while end > start {
                let last = &self.units[end - 1];
                let timely = last.is(Class::Time)
                    || last.kind == Kind::Number && end - start > 1 && self.has_time(start..end)
                    || loose(last)
                    || last.any(&[
                        Class::Preposition,
                        Class::To,
                        Class::Infinitive,
                        Class::Setting,
                    ]) && !last.any(&[
                        Class::Determiner,
                        Class::PersonPronoun,
                        Class::Pronoun,
                        Class::Possessive,
                    ])
                    || last.is_break();
                if !timely {
                    break;
                }
                end -= 1;
            }
            if (start, end) == before {
                break;
            }
        }
        start = self.after_adjunct(start, end);
        let named = self.units.get(start..end)?.iter().any(|u| {
            u.is_plain()
                || u.is_quote()
                || u.kind == Kind::Number
                || u.capital
                || u.any(&[
                    Class::Pronoun,
                    Class::PersonPronoun,
                    Class::Official,
                    Class::Title,
                    Class::Body,
                    Class::Document,
                    Class::Outlet,
                    Class::SayingNoun,
                    Class::Relative,
                    Class::Possessive,
                ])
        });
        named.then_some(start..end)
    }

    pub(super) fn has_time(&self, range: Range<usize>) -> bool {
        self.units[range].iter().any(|u| u.is(Class::Time))
    }

    /// Passes over "in a statement" and the like at the front of a phrase: a preposition with its
    /// noun, if a phrase of its own begins after it.
    pub(super) fn after_adjunct(&self, start: usize, end: usize) -> usize {
        let first = &self.units.get(start);
        let Some(first) = first else { return start };
        if first.is(Class::Setting) {
            return (start + 1..end).find(|&i| self.opens_phrase(i)).unwrap_or(start + 1).min(end);
        }
        if !first.is(Class::Preposition) || first.any(&[Class::Determiner, Class::Pronoun]) {
            return start;
        }
        (start + 2..end).rev().find(|&i| self.opens_phrase(i) && !self.hangs(i)).unwrap_or(start)
    }
}
