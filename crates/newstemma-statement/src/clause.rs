//! Phrases in a sentence without a parser: the noun phrase to the left or right of a place, the
//! group of a verb, what stands between a verb and its content.
//!
//! Only small words are known (articles, auxiliaries, conjunctions); everything else may be a noun.
//! So a phrase is what lies between two places where phrases part, trimmed of what cannot belong
//! to it. Every walk is bounded, so that a sentence is read in linear time.

use crate::unit::{Kind, Unit};
use newstemma_language::speech::{Class, Form, SpeechRules, Verb, fold};
use newstemma_model::Span;
use std::ops::Range;

/// Units that a noun phrase may have.
pub(crate) const PHRASE_MAX: usize = 40;
/// Units that an apposition between commas may have.
const APPOSITION_MAX: usize = 28;

/// A sentence as units.
#[derive(Clone, Copy)]
pub(crate) struct Clause<'a> {
    pub(crate) text: &'a str,
    pub(crate) units: &'a [Unit],
    pub(crate) rules: &'a SpeechRules,
}

impl Clause<'_> {
    pub(crate) fn len(&self) -> usize {
        self.units.len()
    }

    pub(crate) fn get(&self, index: usize) -> Option<&Unit> {
        self.units.get(index)
    }

    /// The folded word at an index.
    pub(crate) fn word(&self, index: usize) -> String {
        self.get(index).map_or(String::new(), |u| fold(u.span.of(self.text)))
    }

    pub(crate) fn is(&self, index: usize, class: Class) -> bool {
        self.get(index).is_some_and(|u| u.is(class))
    }

    pub(crate) fn kind(&self, index: usize) -> Option<Kind> {
        self.get(index).map(|u| u.kind)
    }

    pub(crate) fn verb_at(&self, index: usize) -> Option<Verb> {
        self.get(index)?.verb(self.rules)
    }

    /// The bytes of some units.
    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        match (self.units.get(range.start), self.units.get(range.end.saturating_sub(1))) {
            (Some(first), Some(last)) if !range.is_empty() => first.span.cover(last.span),
            _ => Span::default(),
        }
    }

    /// A verb of saying that may be the verb of a clause, or an auxiliary.
    pub(crate) fn is_verbal(&self, index: usize) -> bool {
        let Some(unit) = self.get(index) else { return false };
        let cue = unit.entry.verb.is_some() && unit.form(Form::Finite) && !self.is_noun(index);
        let helper = unit.is(Class::Auxiliary)
            && !unit.any(&[Class::Determiner, Class::Preposition, Class::Possessive]);
        cue || helper
    }

    /// Whether a word that may be a verb is a noun here: after an article or a preposition.
    pub(crate) fn is_noun(&self, index: usize) -> bool {
        let Some(unit) = self.get(index) else { return false };
        let noun = unit.any(&[Class::SayingNoun, Class::Document, Class::Body, Class::Official]);
        let Some(before) = index.checked_sub(1).and_then(|i| self.get(i)) else { return false };
        if before.is(Class::Clitic) {
            return noun && before.is(Class::Determiner);
        }
        if before.any(&[Class::Pronoun, Class::PersonPronoun, Class::Relative, Class::Adverb]) {
            return noun && before.is(Class::Determiner) && !before.is(Class::Pronoun);
        }
        let governed =
            before.any(&[Class::Determiner, Class::Possessive, Class::Preposition, Class::By]);
        // "news reports said": a noun with its verb behind it.
        let verb_follows = noun
            && self.get(index + 1).is_some_and(|n| {
                n.is(Class::Auxiliary) || (n.entry.verb.is_some() && n.form(Form::Finite))
            });
        governed || verb_follows
    }

    /// Where the group of the verb at `index` begins: auxiliaries, adverbs, negations, clitics.
    pub(crate) fn group_start(&self, index: usize) -> usize {
        let mut start = index;
        while start > 0 && index - start < 7 {
            let unit = &self.units[start - 1];
            let inner = unit.any(&[
                Class::Auxiliary,
                Class::Be,
                Class::Adverb,
                Class::Negation,
                Class::Clitic,
            ]);
            if !inner || unit.any(&[Class::As, Class::PersonPronoun, Class::Coordinator]) {
                break;
            }
            start -= 1;
        }
        // An adverb that begins the group after a pause belongs to the sentence ("Later, …").
        while start < index && self.units[start].is_break() {
            start += 1;
        }
        start
    }

    /// Passes over a phrase of time at `at`: "on Wednesday", "am 3. Mai", "mercredi soir".
    pub(crate) fn after_time(&self, at: usize) -> usize {
        let mut i = at;
        let mut seen = false;
        let mut end = at;
        while i < self.len() && i - at < 10 {
            let unit = &self.units[i];
            let number = unit.kind == Kind::Number;
            if unit.is(Class::Time) {
                seen = true;
                end = i + 1;
            } else if number && (seen || i > at) {
                end = if seen { i + 1 } else { end };
            } else if seen && unit.kind == Kind::Stop && self.kind(i - 1) == Some(Kind::Number) {
                // The stop of an ordinal or of an abbreviation.
            } else {
                let small = unit.any(&[Class::Preposition, Class::Determiner, Class::To]);
                let timely = self.is(i + 1, Class::Time) || self.kind(i + 1) == Some(Kind::Number);
                if !small && !number || seen && !timely {
                    break;
                }
            }
            i += 1;
        }
        end
    }

    /// The noun phrase that ends before `end`, for a subject on the left of its verb.
    pub(crate) fn phrase_before(&self, end: usize) -> Option<Range<usize>> {
        let mut start = end;
        while start > 0 && end - start < PHRASE_MAX {
            let unit = &self.units[start - 1];
            let parts = unit.is_break()
                || unit.is_quote()
                || unit.any(&[Class::Subordinator, Class::That, Class::Whether, Class::As])
                    && !unit.any(&[Class::Determiner, Class::Preposition])
                || self.is_verbal(start - 1)
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
        let trimmed = self.trim(start..end)?;
        Some(self.with_list_before(trimmed))
    }

    /// Goes back over a relative clause that is not set off: "the official who saw it said".
    fn before_relative(&self, start: usize) -> usize {
        let Some(verb) = start.checked_sub(1).filter(|&v| self.is_verbal(v)) else { return start };
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
    fn with_list_before(&self, phrase: Range<usize>) -> Range<usize> {
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

    /// Whether a phrase begins here with an article or pronoun of its own.
    fn opens_phrase(&self, index: usize) -> bool {
        self.get(index).is_some_and(|u| {
            u.any(&[Class::Determiner, Class::Possessive, Class::PersonPronoun, Class::Pronoun])
        })
    }

    /// Whether "and" at `index` joins clauses rather than nouns: the left side has a verb, or is
    /// long while the right side begins anew with an article or pronoun.
    fn clause_parts_at(&self, index: usize) -> bool {
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
    fn trim(&self, range: Range<usize>) -> Option<Range<usize>> {
        let Range { mut start, mut end } = range;
        let loose = |u: &Unit| {
            u.any(&[Class::Coordinator, Class::Adverb, Class::Clitic])
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
                    || last.any(&[Class::Preposition, Class::To, Class::Infinitive])
                        && !last.any(&[
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

    fn has_time(&self, range: Range<usize>) -> bool {
        self.units[range].iter().any(|u| u.is(Class::Time))
    }

    /// Passes over "in a statement" and the like at the front of a phrase: a preposition with its
    /// noun, if a phrase of its own begins after it.
    fn after_adjunct(&self, start: usize, end: usize) -> usize {
        let first = &self.units.get(start);
        let Some(first) = first else { return start };
        if first.is(Class::Setting) {
            return (start + 1..end).find(|&i| self.opens_phrase(i)).unwrap_or(start + 1).min(end);
        }
        if !first.is(Class::Preposition) || first.any(&[Class::Determiner, Class::Pronoun]) {
            return start;
        }
        let prepositional = |i: usize| {
            self.units[i - 1].any(&[
                Class::Preposition,
                Class::By,
                Class::To,
                Class::Coordinator,
                Class::Determiner,
            ])
        };
        (start + 2..end).rev().find(|&i| self.opens_phrase(i) && !prepositional(i)).unwrap_or(start)
    }

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
                || unit.is(Class::Time)
                || unit.is(Class::As) && !unit.is(Class::Preposition)
                || unit.is(Class::Adverb) && !first && !unit.is(Class::Determiner)
                || self.after_time(end) > end
                || !first && self.is_hearer(end)
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
        (found.start == start).then_some(found)
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
    fn is_named_by_quote(&self, start: usize, at: usize) -> bool {
        at > start && self.units[at].span.len() <= 60 && !self.is_pronoun(at - 1) && {
            let before = &self.units[at - 1];
            before.is_plain() || before.any(&[Class::Body, Class::Document, Class::Outlet])
        }
    }

    fn is_pronoun(&self, index: usize) -> bool {
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
        self.is(i, Class::Outlet) || !self.is(index, Class::Preposition)
    }

    /// Whether the conjunction at `index` is followed by more of the same noun phrase.
    fn goes_on_after(&self, index: usize) -> bool {
        let next = index + 1;
        self.get(next).is_some_and(|u| {
            (u.capital || u.any(&[Class::Determiner, Class::Body, Class::Official, Class::Title]))
                && !u.any(&[Class::PersonPronoun])
                && !self.is_verbal(next)
        })
    }

    /// Widens a phrase on the right by what stands beside it between commas: a name beside an
    /// office, an office beside a name.
    pub(crate) fn with_apposition_after(&self, phrase: Range<usize>) -> Range<usize> {
        let mut phrase = phrase;
        // A name, an office, a year of birth: seldom more.
        for _ in 0..2 {
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
            if !self.is_apposition(from..to) {
                break;
            }
            phrase.end = to;
        }
        phrase
    }

    /// Whether units between commas stand beside a noun: all names, or an article or office first
    /// and no verb.
    fn is_apposition(&self, range: Range<usize>) -> bool {
        let Some(units) = self.units.get(range.clone()).filter(|u| !u.is_empty()) else {
            return false;
        };
        let first = &units[0];
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
                || first.is_plain();
        names || (office && opened)
    }

    /// Widens a name by the office before it: "the club, Velin United – founded in 1901 – said".
    fn with_office_before(&self, phrase: Range<usize>) -> Range<usize> {
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
    fn relative_in(&self, range: Range<usize>) -> Option<usize> {
        range
            .clone()
            .skip(1)
            .find(|&i| self.is(i, Class::Relative) && !self.is(i, Class::Determiner))
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
        let quoted = self.units[between].iter().any(Unit::is_quote);
        if quoted && !relative || verbal && !relative && closing == Kind::Comma {
            return None;
        }
        let mut phrase = self.phrase_before(from)?;
        // What stands between dashes describes the speaker at length: it is left out.
        if closing == Kind::Dash {
            return Some(self.with_office_before(phrase));
        }
        if phrase.len() > 1 || !self.is_pronoun(phrase.start) {
            phrase.end = pause;
        }
        Some(phrase)
    }
}
