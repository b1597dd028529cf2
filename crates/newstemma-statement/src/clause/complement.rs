//! What a verb of saying introduces: the way from the verb past time, circumstances and hearer to
//! its content.

use super::{Clause, PHRASE_MAX};
use crate::newsroom;
use crate::unit::{Kind, Unit};
use newstemma_language::speech::{Class, Form, Takes, Verb};
use newstemma_model::Act;
use std::ops::Range;

/// What follows a verb, once everything about the saying itself was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// A content clause that begins at this unit, after its conjunction.
    Clause(usize),
    /// A quotation, this unit; with or without comma or colon before it.
    Quotation(usize, Introduced),
    /// A colon, and content from this unit on.
    Colon(usize),
    /// Content without conjunction, or an object.
    Bare(usize),
    /// A comma, dash or bracket, this unit.
    Pause(usize),
    /// The end of the sentence.
    End,
}

/// Whether a quotation is set off from its verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Introduced {
    /// By a comma or colon: the quotation stands for itself.
    Yes,
    /// It goes on with the sentence.
    No,
}

impl Clause<'_> {
    /// Looks past a verb at `index` to what it introduces. Gives that and the hearer, if one is
    /// named on the way.
    pub(crate) fn next_after(&self, index: usize, verb: Verb) -> (Next, Option<Range<usize>>) {
        let mut i = index + 1;
        let mut hearer = None;
        if verb.takes == Takes::Hearer {
            let phrase = self.hearer_at(i);
            i = phrase.end;
            hearer = Some(phrase);
        }
        for _ in 0..6 {
            let at = i;
            while self.get(i).is_some_and(|u| {
                u.any(&[Class::Adverb, Class::Negation])
                    && !u.any(&[Class::Determiner, Class::That, Class::Preposition, Class::Pronoun])
            }) {
                i += 1;
            }
            i = self.after_time(i);
            if self.is(i, Class::Setting) {
                i = self.marker_from(i + 1);
                let quoted = self.get(i).is_some_and(Unit::is_quote);
                while quoted && i > at && self.is(i - 1, Class::Determiner) {
                    i -= 1;
                }
            }
            if verb.act == Act::Say && matches!(verb.takes, Takes::Clause | Takes::Hearer) {
                i = self.after_circumstance(i);
            }
            if self.is_hearer(i) && verb.takes != Takes::Thing {
                let phrase = self.hearer_at(i + 1);
                i = phrase.end;
                hearer = hearer.or(Some(phrase));
            } else if self.is(i, Class::Hearer) {
                let phrase = self.addressed_at(i);
                i = phrase.end;
                hearer = hearer.or(Some(phrase));
            }
            if i == at {
                break;
            }
        }
        (self.marker_at(i), hearer.filter(|h| !h.is_empty()))
    }

    /// Passes over a circumstance of speaking that begins with a preposition ("on the radio") and
    /// leads to a pause, a conjunction or a quotation. A noun phrase or a verb in it that hangs on
    /// nothing shows that content has begun.
    fn after_circumstance(&self, at: usize) -> usize {
        let opens = self.get(at).is_some_and(|u| {
            u.is(Class::Preposition)
                && !u.any(&[Class::Determiner, Class::Infinitive, Class::By, Class::To])
        });
        if !opens {
            return at;
        }
        let end = self.marker_from(at + 1);
        if !self.is_circumstance(&(at..end)) {
            return at;
        }
        let hangs = |i: usize| {
            self.units[i - 1].any(&[
                Class::Preposition,
                Class::Coordinator,
                Class::Determiner,
                Class::Possessive,
                Class::By,
                Class::To,
            ])
        };
        let content = |i: usize| {
            let unit = &self.units[i];
            self.is_verbal(i)
                || unit.entry.verb.is_some() && unit.form(Form::Gerund)
                || unit.any(&[Class::Infinitive, Class::Whether, Class::Relative])
                || unit.any(&[Class::PersonPronoun, Class::Pronoun])
                || unit.any(&[Class::Determiner, Class::Possessive]) && !hangs(i)
        };
        // "the meeting that was held": no content, but more of the circumstance.
        let relative = self.is(end, Class::That) && self.is_verbal(end + 1);
        let alone = end > at + 1 && !(at + 1..end).any(content) && !relative;
        if alone { end } else { at }
    }

    /// The first unit from `at` on that may begin or introduce content.
    fn marker_from(&self, at: usize) -> usize {
        let high = self.len().min(at + PHRASE_MAX);
        (at..high)
            .find(|&i| {
                let u = &self.units[i];
                u.is_break() || u.is_quote() || u.is(Class::That) && self.opens_content(i)
            })
            .unwrap_or(high)
    }

    fn opens_content(&self, that: usize) -> bool {
        self.get(that + 1).is_some_and(|u| !u.is_break())
    }

    /// Who hears it: a pronoun, a name, or an article with its noun.
    fn hearer_at(&self, at: usize) -> Range<usize> {
        let high = self.len().min(at + 14);
        let stop = |u: &Unit| {
            u.is_break()
                || u.is_quote()
                || u.any(&[Class::That, Class::Whether, Class::Time, Class::Setting])
                    && !u.is(Class::Determiner)
        };
        let Some(first) = self.get(at) else { return at..at };
        if stop(first) {
            return at..at;
        }
        // With a conjunction or a quotation in reach, everything up to it is the hearer.
        let marked = (at..high).find(|&i| stop(&self.units[i]) || self.is_verbal(i));
        let quoted = (at..self.len().min(at + 30)).find(|&i| self.units[i].is_quote());
        let set_off = quoted.filter(|&q| q > at && self.kind(q - 1) == Some(Kind::Comma));
        if let Some(q) = set_off.filter(|&q| (at..q).all(|i| self.units[i].entry.verb.is_none())) {
            return at..q - 1;
        }
        let introduces = |&i: &usize| {
            let near = i - at <= 12 && self.units[i].is(Class::That);
            !self.is_verbal(i) && (near || self.units[i].is_quote())
        };
        if let Some(end) = marked.filter(introduces) {
            return at..end;
        }
        let mut end = at;
        while self.get(end).is_some_and(|u| u.any(&[Class::Determiner, Class::Possessive])) {
            end += 1;
        }
        if self.get(end).is_some_and(|u| u.capital || u.is(Class::Outlet)) {
            let named = |i: usize| {
                self.get(i).is_some_and(|u| (u.capital || u.is(Class::Outlet)) && !stop(u))
            };
            // "The Globe and Tide"
            let joins = |i: usize| {
                let small =
                    self.get(i).is_some_and(|u| u.any(&[Class::Coordinator, Class::Preposition]));
                small && named(i + 1) && !self.is_verbal(i + 2)
            };
            while named(end) || joins(end) {
                end += 1;
            }
            return at..end;
        }
        if self.get(end).is_some_and(|u| !stop(u)) {
            end += 1;
        }
        at..end
    }

    /// A newsroom that is spoken to by the form of its word, with its name: "агентству AGL". Whoever
    /// stands behind it is not part of it: "заявила агентству AGL капитан".
    fn addressed_at(&self, at: usize) -> Range<usize> {
        let named = |i: usize| {
            self.is(i, Class::Outlet)
                || newsroom::is_lettered(*self, i)
                || self.get(i).is_some_and(Unit::is_quote) && self.is_named_by_quote(at, i)
        };
        let mut end = at + 1;
        while named(end) {
            end += 1;
        }
        at..end
    }

    /// A newsroom that hears without a preposition: "сказал журналистам, что", "sagte der dpa".
    /// Only behind a verb that has its subject already, and only with the content set off.
    pub(crate) fn bare_hearer(&self, at: usize) -> Option<Range<usize>> {
        // "агентству ТАСС", "der Agentur dpa": a body only where the newsroom's name follows.
        let openers = self.units[at..]
            .iter()
            .take_while(|u| u.any(&[Class::Determiner, Class::Possessive, Class::Body]))
            .filter(|u| !u.is(Class::Outlet))
            .count();
        let head = at + openers;
        let mut end = head + usize::from(self.is(head, Class::Outlet));
        while end > head && self.get(end).is_some_and(|u| u.capital || u.is(Class::Outlet)) {
            end += 1;
        }
        let parted = self.get(end).is_none_or(|u| {
            u.is_break() || u.is_quote() || u.any(&[Class::That, Class::Time, Class::Preposition])
        });
        (end > head && parted).then_some(at..end)
    }

    /// What stands at `i` as the introduction of content.
    pub(crate) fn marker_at(&self, i: usize) -> Next {
        let Some(unit) = self.get(i) else { return Next::End };
        if unit.is_quote() {
            return Next::Quotation(i, Introduced::No);
        }
        match unit.kind {
            Kind::Comma | Kind::Colon | Kind::Dash
                if self.get(i + 1).is_some_and(Unit::is_quote) =>
            {
                Next::Quotation(i + 1, Introduced::Yes)
            }
            Kind::Colon if i + 1 < self.len() => Next::Colon(i + 1),
            Kind::Comma if self.is(i + 1, Class::That) && !self.is(i + 1, Class::Relative) => {
                self.after_that(i + 2)
            }
            Kind::Stop if self.units[i..].iter().all(|u| !u.is_word() && !u.is_quote()) => {
                Next::End
            }
            Kind::Comma | Kind::Dash | Kind::Semicolon | Kind::Open | Kind::Close | Kind::Stop => {
                Next::Pause(i)
            }
            _ if unit.is(Class::That) => self.after_that(i + 1),
            _ if unit.is(Class::Whether) => Next::Clause(i),
            _ => Next::Bare(i),
        }
    }

    fn after_that(&self, i: usize) -> Next {
        if i < self.len() { Next::Clause(i) } else { Next::End }
    }
}
