//! Whether what is dated lies before the report or is to come, by the words around the date.

use super::Reader;
use crate::lexicon::List;
use crate::token::{Kind, fold};
use newstemma_model::Tense;

impl Reader<'_, '_> {
    /// Whether the words around say that what is dated is to come.
    pub(super) fn tense(&self, from: usize, to: usize) -> Tense {
        const BACK: usize = 8;
        const AHEAD: usize = 6;
        let clause =
            |i: &usize| !matches!(self.tokens.str(*i), ";" | ":" | "”" | "»" | "." | "–" | "—");
        let cue = |i: usize| {
            if self.is_future(i) {
                Some(Tense::Future)
            } else {
                self.find(List::Past, i).map(|_| Tense::Open)
            }
        };
        let back = (from.saturating_sub(BACK)..from).rev().take_while(clause).find_map(cue);
        let ahead = || (to..(to + AHEAD).min(self.tokens.len())).take_while(clause).find_map(cue);
        back.or_else(ahead).unwrap_or(Tense::Open)
    }

    pub(super) fn is_future(&self, at: usize) -> bool {
        if self.find(List::Future, at).is_some() {
            return true;
        }
        let endings = &self.lexicon.future_endings;
        if endings.is_empty() || self.tokens.kind(at) != Some(Kind::Word) {
            return false;
        }
        let word = fold(self.tokens.str(at));
        let lower = self.tokens.get(at).is_some_and(|t| !t.capital);
        lower && endings.iter().any(|e| word.len() > e.len() + 1 && word.ends_with(&**e))
    }
}
