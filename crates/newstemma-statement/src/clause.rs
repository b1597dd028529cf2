//! Phrases in a sentence without a parser: the noun phrase to the left or right of a place, the
//! group of a verb, what stands between a verb and its content.
//!
//! Only small words are known (articles, auxiliaries, conjunctions); everything else may be a noun.
//! So a phrase is what lies between two places where phrases part, trimmed of what cannot belong
//! to it. Every walk is bounded, so that a sentence is read in linear time.

mod after;
mod apposition;
mod before;
mod complement;

pub(crate) use apposition::Beside;
pub(crate) use complement::{Introduced, Next};

use crate::unit::{Kind, Unit};
use newstemma_language::speech::{Class, Form, SpeechRules, Verb, fold};
use newstemma_model::Span;
use std::ops::Range;

/// Units that a noun phrase may have.
pub(crate) const PHRASE_MAX: usize = 40;

/// The longest name in quotation marks.
const QUOTED_NAME_MAX_BYTES: usize = 60;

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
        // "the police's earlier claim", "the only fear".
        let opened = index.checked_sub(2).filter(|_| before.is(Class::Adverb));
        if let Some(opener) = opened.filter(|&o| self.opens_noun(o)) {
            return !self.is_contracted(opener);
        }
        if before.any(&[Class::Pronoun, Class::PersonPronoun, Class::Relative, Class::Adverb]) {
            return noun && before.is(Class::Determiner) && !before.is(Class::Pronoun);
        }
        let contracted = self.is_contracted(index - 1);
        // "by saying that": a gerund is a verb behind a preposition, too.
        let preposition = before.any(&[Class::Preposition, Class::By]) && !unit.form(Form::Gerund);
        let governed =
            !contracted && (preposition || before.any(&[Class::Determiner, Class::Possessive]));
        // "news reports said": a noun with its verb behind it.
        let verb_follows = noun
            && self.get(index + 1).is_some_and(|n| {
                n.is(Class::Auxiliary) || (n.entry.verb.is_some() && n.form(Form::Finite))
            });
        governed || verb_follows
    }

    fn opens_noun(&self, index: usize) -> bool {
        self.get(index).is_some_and(|u| {
            u.any(&[Class::Determiner, Class::Possessive])
                && !u.any(&[Class::Pronoun, Class::PersonPronoun, Class::Relative])
        })
    }

    /// "he's": behind a pronoun, the ending is a verb and shows no owner.
    fn is_contracted(&self, index: usize) -> bool {
        self.is(index, Class::Auxiliary)
            && index.checked_sub(1).is_some_and(|before| self.is_pronoun(before))
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
            let ended = unit.any(&[Class::As, Class::PersonPronoun, Class::Coordinator])
                || unit.is(Class::Possessive) && !self.is_contracted(start - 1);
            if !inner || ended {
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
}
