//! Cues that are no verbs: "according to", "zufolge", "the claim that", hearsay, colon and dash.

use super::{Found, Reader, Side, Speaker};
use crate::clause::{Beside, Introduced};
use crate::unit::{Kind, Unit};
use newstemma_language::speech::{Class, Form};
use newstemma_model::Act;
use std::ops::Range;

impl Reader<'_> {
    /// "according to X", at the front, in the middle, or at the end of its clause.
    pub(crate) fn according(&self, i: usize) -> Option<Found> {
        // "according to show insiders": what may be a verb is a noun here.
        let noun = || {
            let rest = self.clause.phrase_after(i + 2)?;
            self.clause.verb_at(i + 1).map(|_| i + 1..rest.end)
        };
        let phrase = self.clause.phrase_after(i + 1).or_else(noun)?;
        let phrase = self.clause.with_apposition_after(phrase, Beside::Known);
        let left = self.left(i);
        // "Laut Polizei brach der Brand in der Küche aus": a particle at the end parts nothing.
        let unmarked = left.is_empty() && self.right_end(phrase.end) <= phrase.end + 1;
        let phrase = if unmarked { self.clause.short_phrase_after(i + 1)? } else { phrase };
        if self.is_own_thing(i, phrase.clone()) {
            return None;
        }
        let figure = self.figure_behind(phrase.clone());
        let phrase = phrase.start..figure.unwrap_or(phrase.end);
        // "据国家电视台12日报道": when it was may stand before a closing verb.
        let timed = self.clause.after_time(phrase.end);
        let end = if self.clause.verb_at(timed).is_some() { timed } else { phrase.end };
        let own = i..end;
        let pause =
            |at| matches!(self.clause.kind(at), Some(Kind::Comma | Kind::Dash | Kind::Colon));
        // "据警方称，…": a verb may close the phrase.
        let closed = self.clause.verb_at(end).is_some() && pause(end + 1);
        let rest = match (pause(end), closed) {
            (true, _) => end + 1,
            (false, true) => end + 2,
            (false, false) => end,
        };
        // "as" or "while" may stand before it without being content; a lone participle too.
        let front = left.len() <= 2 && !self.clause.units[left.clone()].iter().any(Unit::is_quote)
            || left.is_empty();
        let right = rest..self.right_end(rest);
        let tail = right.is_empty() || self.begins_anew(rest);
        let comma_before = i > 0 && self.clause.units[i - 1].kind == Kind::Comma;
        let short = comma_before && self.short_before(i - 1);
        let (content, side) = if figure.is_some() && !left.is_empty() {
            (left.start..right.end, Side::Both)
        } else if front || (short && !tail) || self.after_subordinator(i) && !tail {
            (right, Side::Right)
        } else if tail || !comma_before {
            (left, Side::Left)
        } else {
            (left.start..right.end, Side::Both)
        };
        Some(Found::new(Speaker::Phrase(phrase), i..i + 1, content, Act::Say, side, own))
    }

    /// The figure that a noun phrase runs into and with which goes on what is ascribed: "nach Angaben
    /// der Polizei 40 Menschen". Behind an article or a preposition it belongs to the phrase: "a 2019
    /// report", "a survey of 40 firms".
    fn figure_behind(&self, phrase: Range<usize>) -> Option<usize> {
        let closed = self.clause.units.get(phrase.end).is_some_and(|u| u.kind == Kind::Comma);
        let ends_noun = |u: &Unit| {
            let role = [Class::Body, Class::Official, Class::Title, Class::Document, Class::Outlet];
            u.any(&role) || u.capital && u.is_plain()
        };
        let counts = |n: usize| {
            self.clause.kind(n) == Some(Kind::Number)
                && ends_noun(&self.clause.units[n - 1])
                && self.clause.get(n + 1).is_some_and(Unit::is_word)
        };
        phrase.skip(1).find(|&n| counts(n)).filter(|_| !closed)
    }

    /// Whether a phrase within what somebody says is something of the speaker's own rather than somebody
    /// else: "she said that, according to her count, …", but not "according to her lawyers".
    fn is_own_thing(&self, at: usize, phrase: Range<usize>) -> bool {
        let units = &self.clause.units[phrase];
        let speaks = [Class::Body, Class::Official, Class::Title, Class::Document, Class::Outlet];
        self.found.iter().any(|f| f.content.contains(&at))
            && units.first().is_some_and(|u| u.any(&[Class::Possessive, Class::Own]))
            && !units.iter().any(|u| u.any(&speaks) || u.capital)
    }

    /// Whether only one or two words lie between the pause at `pause` and the one before it.
    pub(crate) fn short_before(&self, pause: usize) -> bool {
        (1..=2).any(|n| {
            pause > n
                && self.clause.units[pause - n - 1].is_break()
                && self.clause.units[pause - n].is_word()
        })
    }

    pub(crate) fn after_subordinator(&self, i: usize) -> bool {
        let before = i.checked_sub(1).and_then(|b| self.clause.get(b));
        let before = match before {
            Some(u) if u.kind == Kind::Comma => i.checked_sub(2).and_then(|b| self.clause.get(b)),
            other => other,
        };
        before.is_some_and(|u| u.any(&[Class::Subordinator, Class::That, Class::Coordinator]))
    }

    /// Whether what begins at `i` is a clause beside the ascribed one.
    pub(crate) fn begins_anew(&self, i: usize) -> bool {
        self.clause.get(i).is_some_and(|u| {
            u.any(&[Class::Coordinator, Class::Subordinator, Class::Relative])
                && !u.is(Class::Determiner)
                || u.entry.verb.is_some() && u.form(Form::Gerund)
        })
    }

    /// "X zufolge": the speaker before the word.
    pub(crate) fn postposition(&self, i: usize) -> Option<Found> {
        let phrase = self.clause.phrase_before(i)?;
        let own = phrase.start..i + 1;
        let left = self.left(phrase.start);
        let comma = self.clause.kind(i + 1) == Some(Kind::Comma);
        let rest = if comma { i + 2 } else { i + 1 };
        let right = rest..self.right_end(rest);
        let (content, side) = match (left.is_empty(), right.is_empty()) {
            (true, _) => (right, Side::Right),
            (false, true) => (left, Side::Left),
            (false, false) => (left.start..right.end, Side::Both),
        };
        let speaker = Speaker::Phrase(phrase);
        Some(Found::new(speaker, i..i + 1, content, Act::Say, side, own))
    }

    /// "…", so der Minister: a small word between the quotation and its speaker.
    pub(crate) fn thus(&self, i: usize) -> Option<Found> {
        let paused =
            i > 0 && (self.clause.units[i - 1].is_break() || self.clause.units[i - 1].is_quote());
        let phrase = self.clause.phrase_after(i + 1).filter(|_| paused)?;
        let phrase = self.clause.with_apposition_after(phrase, Beside::Any);
        let ends = self.clause.get(phrase.end).is_none_or(Unit::is_break);
        let opens = self.clause.get(i + 1)?;
        let named = opens.capital
            || opens.any(&[Class::Determiner, Class::PersonPronoun, Class::Official, Class::Title]);
        let left = self.left(i);
        if !ends || !named || left.is_empty() {
            return None;
        }
        let own = i..phrase.end;
        Some(Found::new(Speaker::Phrase(phrase), i..i + 1, left, Act::Say, Side::Left, own))
    }

    /// "X's claim that …", "a warning by X that …".
    pub(crate) fn noun(&self, i: usize) -> Option<Found> {
        let clause = &self.clause;
        let that = (i + 1..clause.len().min(i + 12))
            .take_while(|&j| !clause.units[j].is_break() && !clause.is_verbal(j))
            .find(|&j| {
                clause.is(j, Class::That) && clause.get(j + 1).is_some_and(|u| !u.is_break())
            })?;
        let content = that + 1..self.right_end(that + 1);
        let speaker = if that > i + 1 {
            let opener = clause.get(i + 1)?;
            if !opener.any(&[Class::By, Class::Preposition]) {
                return None;
            }
            let phrase = clause.phrase_after(i + 2)?;
            if phrase.end != that {
                return None;
            }
            phrase
        } else {
            let low = i.saturating_sub(4);
            let owner = (low..i)
                .rev()
                .take_while(|&j| !clause.units[j].is_break())
                .find(|&j| clause.is(j, Class::Possessive))?;
            if clause.get(owner).is_some_and(|u| u.span.len() <= 4 && !u.is_plain())
                && owner > 0
                && clause.is_suffix(owner)
            {
                clause.phrase_before(owner)?
            } else {
                owner..owner + 1
            }
        };
        let own = speaker.start.min(i)..that;
        let speaker = Speaker::Phrase(speaker);
        Some(Found::new(speaker, i..i + 1, content, Act::Say, Side::Right, own))
    }

    /// "reportedly": the clause around it, told by nobody named.
    pub(crate) fn hearsay(&self) -> Option<Found> {
        let clause = &self.clause;
        let i = (0..clause.len()).find(|&i| {
            clause.is(i, Class::Hearsay)
                || clause.is(i, Class::HearsayOpening) && self.closes_hearsay(i)
        })?;
        let low =
            (0..i).rev().find(|&j| matches!(clause.kind(j), Some(Kind::Semicolon | Kind::Open)));
        let start = low.map_or(0, |l| l + 1);
        let content = start..self.right_end(i);
        Some(Found::new(Speaker::Unstated, i..i + 1, content, Act::Say, Side::Both, i..i + 1))
    }

    /// Whether the clause of a word at `opening` ends with its partner, before or behind the participle:
    /// "soll … gewesen sein", "zou … zijn geweest".
    fn closes_hearsay(&self, opening: usize) -> bool {
        let clause = &self.clause;
        let end =
            (opening..clause.len()).find(|&i| clause.units[i].is_break()).unwrap_or(clause.len());
        let closes = |at: usize| at > opening && clause.is(at, Class::HearsayClosing);
        closes(end - 1) || end >= 2 && closes(end - 2)
    }

    /// "Smith: “…”".
    pub(crate) fn colon(&self) -> Option<Found> {
        let clause = &self.clause;
        let colon = (1..clause.len().min(12)).find(|&i| clause.kind(i) == Some(Kind::Colon))?;
        let quoted =
            clause.get(colon + 1).is_some_and(Unit::is_quote) && self.long_quote(colon + 1);
        let phrase = clause.phrase_before(colon).filter(|p| quoted && p.end == colon)?;
        let named = clause.units[phrase.clone()].iter().any(|u| {
            u.capital || u.any(&[Class::Official, Class::Title, Class::PersonPronoun, Class::Body])
        });
        let content = self.quoted_content(colon + 1, Introduced::Yes);
        named.then(|| {
            Found::new(
                Speaker::Phrase(phrase.clone()),
                colon..colon + 1,
                content,
                Act::Say,
                Side::Right,
                phrase.start..colon + 1,
            )
        })
    }

    /// “…” – Anna Smith.
    pub(crate) fn dash(&self) -> Option<Found> {
        let clause = &self.clause;
        let dash = (0..clause.len()).rev().take(8).find(|&i| clause.kind(i) == Some(Kind::Dash))?;
        let end = self.right_end(dash + 1);
        let name = dash + 1..end;
        let named = (1..=5).contains(&name.len())
            && clause.units[name.clone()].iter().all(|u| u.capital && u.is_word());
        let content = 0..dash;
        let quoted = match dash {
            0 => true,
            _ => clause.units[dash - 1].is_quote() && self.long_quote(dash - 1),
        };
        (named && quoted).then(|| {
            Found::new(
                Speaker::Phrase(name.clone()),
                dash..dash + 1,
                content,
                Act::Say,
                Side::Left,
                dash..end,
            )
        })
    }
}
