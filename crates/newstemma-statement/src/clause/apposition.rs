//! What stands beside a noun between commas, dashes or brackets: a name, an office, a relative
//! clause.

use super::Clause;
use crate::unit::{Kind, Unit};
use newstemma_language::speech::{Class, Form};
use std::ops::Range;

/// Units that an apposition between commas may have.
pub(super) const APPOSITION_MAX: usize = 28;

/// Appositions that one name may have before the one next to the verb.
const APPOSITIONS_MAX: usize = 3;

/// What may stand beside a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beside {
    /// Only what is known to: content may follow as well.
    Known,
    /// Any noun phrase with an article: the content went before.
    Any,
}

impl Clause<'_> {
    /// Widens a phrase on the right by what stands beside it in brackets or between commas: a name
    /// beside an office, an office beside a name.
    pub(crate) fn with_apposition_after(
        &self,
        phrase: Range<usize>,
        beside: Beside,
    ) -> Range<usize> {
        let mut phrase = self.with_brackets_after(phrase);
        let mut aged = false;
        // A name, an age, an office: seldom more.
        for _ in 0..3 {
            if self.kind(phrase.end) != Some(Kind::Comma) {
                break;
            }
            let from = phrase.end + 1;
            let Some(to) = (from..self.len().min(from + APPOSITION_MAX))
                .find(|&i| self.units[i].is_break() || self.units[i].is_quote())
                .or((self.len() <= from + APPOSITION_MAX).then_some(self.len()))
            else {
                break;
            };
            // Behind an age stands what somebody does, by whatever word.
            let trade = aged && to - from <= 8 && !(from..to).any(|i| self.is_verbal(i));
            let noun = beside == Beside::Any && self.is_described(from..to);
            if !trade && !noun && (!self.is_apposition(from..to) || self.lists_some_of(to)) {
                break;
            }
            aged = self.units[from].kind == Kind::Number;
            phrase.end = to;
        }
        phrase
    }

    /// Whether behind the comma at `comma` some of those are listed that were named before it:
    /// "three people, among whom a child". Of an office nobody is listed, so that content began.
    fn lists_some_of(&self, comma: usize) -> bool {
        self.kind(comma) == Some(Kind::Comma)
            && self.is(comma + 1, Class::Preposition)
            && self.is(comma + 2, Class::Relative)
            && !self.is(comma + 2, Class::That)
    }

    /// Widens a name by a party or place in brackets: "Ivo Brand (Green Party)".
    fn with_brackets_after(&self, phrase: Range<usize>) -> Range<usize> {
        const INSIDE_MAX: usize = 6;
        let open = Some(phrase.end).filter(|&o| self.kind(o) == Some(Kind::Open));
        let close = open.and_then(|o| {
            (o + 1..self.len().min(o + 2 + INSIDE_MAX)).find(|&i| self.kind(i) == Some(Kind::Close))
        });
        let named = self.units.get(phrase.end.wrapping_sub(1)).is_some_and(|u| u.capital);
        match close {
            Some(close) if named => phrase.start..close + 1,
            _ => phrase,
        }
    }

    /// Whether units between commas are a noun phrase with its article and no verb.
    fn is_described(&self, range: Range<usize>) -> bool {
        let opened = self
            .get(range.start)
            .is_some_and(|u| u.any(&[Class::Determiner, Class::Possessive]) && !u.is(Class::That));
        let main = range.start..self.relative_in(range.clone()).unwrap_or(range.end);
        let apart = |i: usize| {
            self.is_verbal(i)
                || self.units[i].any(&[Class::Subordinator, Class::PersonPronoun, Class::According])
        };
        opened && range.len() >= 2 && !main.into_iter().any(apart)
    }

    /// Whether units between commas stand beside a noun: all names, or an article or office first
    /// and no verb.
    pub(super) fn is_apposition(&self, range: Range<usize>) -> bool {
        let Some(units) = self.units.get(range.clone()).filter(|u| !u.is_empty()) else {
            return false;
        };
        let first = &units[0];
        // An age: "65", "42 ans".
        if first.kind == Kind::Number
            && units.len() <= 3
            && self.kind(range.end) == Some(Kind::Comma)
        {
            return units.iter().skip(1).all(|u| u.any(&[Class::Time, Class::Preposition]));
        }
        if first.is(Class::Relative) && !first.is(Class::That) {
            return true;
        }
        let relative = self.relative_in(range.clone());
        let main = range.start..relative.unwrap_or(range.end);
        let verbal = main
            .clone()
            .any(|i| self.is_verbal(i) || self.units[i].form(Form::Gerund) && !self.is_noun(i));
        let apart = self.units[main].iter().any(|u| {
            u.any(&[Class::Subordinator, Class::PersonPronoun, Class::According])
                && !u.any(&[Class::Determiner, Class::Preposition])
        });
        if verbal || apart || self.after_time(range.start) > range.start {
            return false;
        }
        let names = units.len() <= 5
            && units.iter().all(|u| u.capital || u.any(&[Class::Preposition, Class::Determiner]))
            && units.iter().any(|u| u.is_plain());
        let office = units
            .iter()
            .take(8)
            .any(|u| u.any(&[Class::Title, Class::Official, Class::Body, Class::Outlet]));
        let opened =
            first.any(&[Class::Determiner, Class::Possessive, Class::Title, Class::Official])
                || first.is(Class::Body)
                || first.is_plain();
        names || (office && opened)
    }

    /// Widens a name by the office before it: "the club, Velin United – founded in 1901 – said".
    pub(super) fn with_office_before(&self, phrase: Range<usize>) -> Range<usize> {
        let comma = phrase.start.checked_sub(1).filter(|&c| self.kind(c) == Some(Kind::Comma));
        let office = comma.and_then(|c| self.phrase_before(c)).filter(|office| {
            let first = &self.units[office.start];
            office.start == 0
                && office.len() <= 8
                && first.any(&[Class::Determiner, Class::Title, Class::Body])
        });
        office.map_or(phrase.clone(), |office| office.start..phrase.end)
    }

    /// Where a relative clause begins among some units.
    pub(super) fn relative_in(&self, range: Range<usize>) -> Option<usize> {
        range
            .clone()
            .skip(1)
            .find(|&i| self.is(i, Class::Relative) && !self.is(i, Class::Determiner))
    }

    /// The name that several appositions belong to: "Ivo Brand, 59, of Velin, one of the towns (,
    /// said)". Only what has capitals throughout is believed to go before more than one.
    fn name_before_list(&self, comma: usize, closing: Kind) -> Option<Range<usize>> {
        if closing != Kind::Comma {
            return None;
        }
        let mut open = comma;
        for _ in 0..APPOSITIONS_MAX {
            let low = comma.saturating_sub(APPOSITION_MAX);
            let last = open.checked_sub(1)?;
            open = (low..last).rev().find(|&i| self.kind(i) == Some(Kind::Comma))?;
            if (open + 1..comma).any(|i| self.is_verbal(i) && !self.is_noun(i)) {
                return None;
            }
            let named = |name: &Range<usize>| {
                name.len() >= 2
                    && name.end == open
                    && self.units[name.clone()].iter().all(|u| u.capital && u.is_word())
            };
            if let Some(name) = self.phrase_before(open).filter(named) {
                return Some(name);
            }
        }
        None
    }

    /// Whether what begins between commas tells when or where somebody spoke, not who it was:
    /// ", at a meeting in spring," but not ", of Velin,".
    fn tells_circumstance(&self, at: usize) -> bool {
        let preposition = self.get(at).is_some_and(|u| {
            u.any(&[Class::Preposition, Class::Setting]) && !u.is(Class::Determiner)
        });
        let named = self.get(at + 1).is_some_and(|u| u.capital && !u.is(Class::Time));
        preposition && !named
    }

    /// The phrase before a pause at `pause`, with what stands between the pauses: "X, the head of
    /// Y, said".
    pub(crate) fn phrase_with_apposition_before(&self, pause: usize) -> Option<Range<usize>> {
        let closing = self.kind(pause)?;
        let open = match closing {
            Kind::Close => Kind::Open,
            kind => kind,
        };
        let low = pause.saturating_sub(APPOSITION_MAX);
        let from = (low..pause).rev().find(|&i| self.kind(i) == Some(open))?;
        let between = from + 1..pause;
        let first = self.get(between.start)?;
        let relative = first.any(&[Class::Relative, Class::Preposition]) && closing == Kind::Comma;
        let mut main = from + 1..self.relative_in(between.clone()).unwrap_or(pause);
        let verbal = main.any(|i| {
            let reduced = self.get(i + 1).is_some_and(|u| u.any(&[Class::Preposition, Class::By]));
            self.is_verbal(i) && (self.is(i, Class::Auxiliary) || !reduced)
        });
        let quoted = self.units[between.clone()].iter().any(Unit::is_quote);
        if quoted && !relative || verbal && !relative && closing == Kind::Comma {
            return None;
        }
        let bracketed = from.checked_sub(1).filter(|&b| self.kind(b) == Some(Kind::Close));
        let mut phrase = match bracketed {
            Some(bracket) if closing == Kind::Comma => {
                self.phrase_with_apposition_before(bracket)?
            }
            _ => self.name_before_list(from, closing).or_else(|| self.phrase_before(from))?,
        };
        // What stands between dashes describes the speaker at length: it is left out.
        if closing == Kind::Dash {
            return Some(self.with_office_before(phrase));
        }
        let circumstance = closing == Kind::Comma && self.tells_circumstance(between.start);
        if !circumstance && (phrase.len() > 1 || !self.is_pronoun(phrase.start)) {
            // A closing bracket belongs to what it closes.
            phrase.end = pause + usize::from(closing == Kind::Close);
        }
        Some(phrase)
    }
}
