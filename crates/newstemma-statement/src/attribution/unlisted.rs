//! Verbs that no list has, told by where they stand: “…,” she surmised; « … », glisse Luc Morvan.
//!
//! A quotation that ends with a comma, a question or an exclamation mark, and behind it nothing but
//! a speaker and one more word, leaves no other reading. The speaker must be a pronoun or a name,
//! and the sentence may have no other attribution.

use super::{Found, Reader, Side, Speaker};
use crate::unit::{Kind, Unit};
use newstemma_language::speech::{Class, Form};
use newstemma_model::Act;
use std::ops::Range;

/// Names of more words than these are none.
const NAME_MAX: usize = 4;

impl Reader<'_> {
    /// “…,” and a speaker with an unknown verb, in either order.
    pub(crate) fn unlisted(&self) -> Option<Found> {
        let clause = &self.clause;
        let quote = (0..clause.len()).find(|&i| clause.units[i].is_quote())?;
        if !self.is_speech(quote) || !self.is_left_open(quote) {
            return None;
        }
        let pauses = clause.units[quote + 1..].iter().take_while(|u| u.is_break()).count();
        let from = quote + 1 + pauses.min(2);
        let (speaker, verb) = match self.speaker_at(from) {
            Some(speaker) => (speaker.clone(), speaker.end),
            None => (self.speaker_at(from + 1)?, from),
        };
        let end = speaker.end.max(verb + 1);
        if !self.may_be_verb(verb) || !self.ends_clause(end) {
            return None;
        }
        let own = from..end;
        let cue = verb..verb + 1;
        let content = 0..quote + 1;
        Some(Found::new(Speaker::Phrase(speaker), cue, content, Act::Say, Side::Left, own))
    }

    /// Whether a quotation ends as if the sentence went on behind it.
    fn is_left_open(&self, quote: usize) -> bool {
        let inside = self.clause.units[quote].span.of(self.clause.text);
        let last = inside.chars().rev().find(|&c| c.is_alphanumeric() || ",?!،؟，？！".contains(c));
        matches!(self.clause.kind(quote + 1), Some(Kind::Comma | Kind::Dash))
            || last.is_some_and(|c| !c.is_alphanumeric())
    }

    /// A pronoun or a name that begins at a unit.
    fn speaker_at(&self, at: usize) -> Option<Range<usize>> {
        let clause = &self.clause;
        let first = clause.get(at)?;
        if first.is(Class::PersonPronoun) && !first.any(&[Class::Relative, Class::Determiner]) {
            return Some(at..at + 1);
        }
        let named = |u: &&Unit| u.capital && u.is_word() && (u.is_plain() || u.is(Class::Title));
        let length = clause.units[at..].iter().take_while(named).count();
        (1..=NAME_MAX).contains(&length).then_some(at..at + length)
    }

    /// A word that nothing is known of, or a verb of saying used in some other way.
    fn may_be_verb(&self, at: usize) -> bool {
        self.clause.get(at).is_some_and(|u| {
            u.kind == Kind::Word
                && !u.capital
                && (u.is_plain() || u.entry.verb.is_some() && u.form(Form::Finite))
        })
    }

    /// Whether nothing more is said of speaker and verb than when and how.
    fn ends_clause(&self, end: usize) -> bool {
        let end = self.clause.after_time(end);
        self.clause.get(end).is_none_or(|u| {
            u.is_break()
                || u.is_quote()
                || u.any(&[Class::Adverb, Class::Setting, Class::Subordinator, Class::As])
                || u.is(Class::Preposition) && !u.is(Class::Determiner)
        })
    }
}
