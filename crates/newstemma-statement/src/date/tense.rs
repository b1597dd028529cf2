//! Whether what is dated lies before the report or is to come, by the words around the date.

use super::{Before, Reader};
use crate::lexicon::List;
use crate::token::{Kind, fold};
use newstemma_model::Tense;

/// Tokens before and behind a date among which words tell its time.
const BACK: usize = 8;
const AHEAD: usize = 6;

impl Reader<'_, '_> {
    /// What the words around say: of those that are listed the nearest before the date, else the
    /// nearest behind it; the endings of verbs only where no word is listed, since other words end
    /// so as well. What nothing is said of is open, but a bound such as "until Friday" lies ahead.
    pub(super) fn tense(&self, from: usize, to: usize, before: Before) -> Tense {
        let clause =
            |i: &usize| !matches!(self.tokens.str(*i), ";" | ":" | "”" | "»" | "." | "–" | "—");
        let back = || (from.saturating_sub(BACK)..from).rev().take_while(clause);
        let ahead = || (to..(to + AHEAD).min(self.tokens.len())).take_while(clause);
        let cue = |i: usize| {
            if self.is_future(i) {
                return Some(Tense::Future);
            }
            let reported = !before.ahead && self.find(List::Reporting, i).is_some();
            (reported || self.find(List::Past, i).is_some()).then_some(Tense::Behind)
        };
        let told = back().find_map(cue).or_else(|| ahead().find_map(cue));
        if before.ahead {
            return told.unwrap_or(Tense::Future);
        }
        let ended = || back().chain(ahead()).any(|i| self.ends_in(&self.lexicon.past_endings, i));
        told.unwrap_or_else(|| if ended() { Tense::Behind } else { Tense::Open })
    }

    pub(super) fn is_future(&self, at: usize) -> bool {
        self.find(List::Future, at).is_some() || self.ends_in(&self.lexicon.future_endings, at)
    }

    /// Whether a word in lower case has one of some endings.
    fn ends_in(&self, endings: &[Box<str>], at: usize) -> bool {
        if endings.is_empty() || self.tokens.kind(at) != Some(Kind::Word) {
            return false;
        }
        let word = fold(self.tokens.str(at));
        let lower = self.tokens.get(at).is_some_and(|t| !t.capital);
        lower && endings.iter().any(|e| word.len() > e.len() + 1 && word.ends_with(&**e))
    }
}
