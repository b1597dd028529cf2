//! The noun phrase that begins at a place: a speaker on the right of verb or preposition.

use super::{Clause, PHRASE_MAX, QUOTED_NAME_MAX_BYTES};
use crate::newsroom;
use crate::unit::Unit;
use newstemma_language::speech::{Class, Form};
use std::ops::Range;

impl Clause<'_> {
    /// The noun phrase that begins at `start`, for a speaker to the right of verb or preposition.
    pub(crate) fn phrase_after(&self, start: usize) -> Option<Range<usize>> {
        let mut end = start;
        let mut relative = false;
        while let Some(unit) = self.get(end).filter(|_| end - start < PHRASE_MAX) {
            let first = end == start;
            if relative {
                // A relative clause runs to the next pause.
                if unit.is_break() || unit.is_quote() {
                    break;
                }
                end += 1;
                continue;
            }
            let parts = unit.is_break()
                || (unit.is_quote() && !self.is_named_by_quote(start, end))
                || !first && unit.is(Class::That) && !unit.is(Class::Relative)
                || unit.any(&[Class::Whether, Class::Subordinator, Class::Setting, Class::Thus])
                    && !unit.any(&[Class::Determiner, Class::Preposition])
                || unit.is(Class::Time) && !(first && self.describes(end))
                || unit.is(Class::As) && !unit.is(Class::Preposition)
                || unit.is(Class::Adverb) && !first && !unit.is(Class::Determiner)
                || self.after_time(end) > end && !(first && self.describes(end))
                || !first && (self.is_hearer(end) || self.is_addressed(end))
                || unit.is(Class::Setting);
            if parts {
                break;
            }
            // "the annual report": after an article, what may be the noun is it.
            let opened =
                self.get(start).is_some_and(|u| u.any(&[Class::Determiner, Class::Possessive]));
            let headless = !self.units[start..end].iter().any(|u| {
                u.any(&[
                    Class::Document,
                    Class::Body,
                    Class::Official,
                    Class::Title,
                    Class::SayingNoun,
                ])
            });
            let noun =
                unit.any(&[Class::Document, Class::SayingNoun, Class::Body, Class::Official]);
            let verbal = !(opened && headless && noun) && self.is_verbal(end)
                || unit.entry.verb.is_some() && unit.form(Form::Gerund) && !self.is_noun(end);
            if verbal {
                break;
            }
            if unit.is(Class::Coordinator) && !self.goes_on_after(end) {
                break;
            }
            relative |= unit.is(Class::Relative) && !first;
            end += 1;
        }
        let found = self.trim(start..end)?;
        let timed = self.is(start, Class::Time) && self.describes(start);
        (found.start == start || timed).then_some(start..found.end)
    }

    /// A phrase that begins at `start` and of which no mark shows the end: up to the first word
    /// that is known to name a speaker, else an article with its noun, or a name.
    pub(crate) fn short_phrase_after(&self, start: usize) -> Option<Range<usize>> {
        let role = |u: &Unit| {
            u.any(&[Class::Body, Class::Official, Class::Title, Class::Document, Class::Outlet])
        };
        let parts = |u: &Unit| u.is_break() || u.is_quote();
        let high = self.len().min(start + 6);
        let high = (start..high).find(|&i| parts(&self.units[i])).unwrap_or(high);
        let mut end = match (start..high).find(|&i| role(&self.units[i])) {
            Some(head) => head + 1,
            None => {
                let articles = (start..high)
                    .take_while(|&i| self.units[i].any(&[Class::Determiner, Class::Possessive]))
                    .count();
                start + articles + 1
            }
        };
        while self.get(end).is_some_and(|u| u.capital && u.is_plain()) {
            end += 1;
        }
        (end <= high).then_some(start..end)
    }

    /// A short name in quotation marks belongs to the phrase: the organisation “Open Water”.
    pub(super) fn is_named_by_quote(&self, start: usize, at: usize) -> bool {
        at > start
            && self.units[at].span.len() <= QUOTED_NAME_MAX_BYTES
            && !self.is_pronoun(at - 1)
            && {
                let before = &self.units[at - 1];
                before.is_plain() || before.any(&[Class::Body, Class::Document, Class::Outlet])
            }
    }

    pub(crate) fn is_pronoun(&self, index: usize) -> bool {
        self.get(index).is_some_and(|u| u.any(&[Class::Pronoun, Class::PersonPronoun]))
    }

    /// Whether "to" at `index` leads to a hearer, a newsroom or a name, rather than to more of
    /// the noun.
    pub(crate) fn is_hearer(&self, index: usize) -> bool {
        if !self.is(index, Class::To) {
            return false;
        }
        let mut i = index + 1;
        while self.get(i).is_some_and(|u| u.any(&[Class::Determiner, Class::Possessive])) {
            i += 1;
        }
        self.is(i, Class::Outlet)
            || newsroom::is_lettered(*self, i)
            || !self.is(index, Class::Preposition)
    }

    /// Whether a word of time describes the noun behind it: "early results".
    fn describes(&self, index: usize) -> bool {
        self.get(index + 1).is_some_and(|u| u.is_plain() && !u.capital)
    }

    /// Whether a newsroom at `index` is spoken to, by its form: no preposition governs it.
    fn is_addressed(&self, index: usize) -> bool {
        self.is(index, Class::Hearer) && !self.is(index - 1, Class::Preposition)
    }

    /// Whether the conjunction at `index` is followed by more of the same noun phrase.
    pub(super) fn goes_on_after(&self, index: usize) -> bool {
        let next = index + 1;
        self.get(next).is_some_and(|u| {
            (u.capital || u.any(&[Class::Determiner, Class::Body, Class::Official, Class::Title]))
                && !u.any(&[Class::PersonPronoun])
                && !self.is_verbal(next)
        })
    }
}
