//! Names of the gazetteer, where the way they are written allows them.

use super::Reader;
use crate::gazetteer::{self, Known};
use crate::lexicon::List;
use crate::token::{Kind, is_hangul};
use newstemma_model::EntityKind;

impl Reader<'_, '_> {
    /// A name of the gazetteer, if the way it is written allows it.
    pub(super) fn known(&self, at: usize) -> Option<Known> {
        let token = self.line.tokens.get(at)?;
        let cased = token.kind == Kind::Word
            && self
                .line
                .tokens
                .str(at)
                .chars()
                .next()
                .is_some_and(|c| c.is_lowercase() || c.is_uppercase());
        if token.glued && token.kind == Kind::Word && self.is_inside_word(at) {
            return None;
        }
        let known = gazetteer::find(self.line.lexicon, &self.line.tokens, at)?;
        // A foreign name goes on behind the dot.
        if matches!(self.line.tokens.str(known.end), "·" | "・" | "＝") {
            return None;
        }
        if !cased {
            return self.fits_signs(at, known).then_some(known);
        }
        let words = (at..known.end).filter(|&i| self.line.tokens.kind(i) == Some(Kind::Word));
        let capitals = words.clone().filter(|&i| self.is_capital(i)).count();
        let count = words.count();
        if capitals == 0 {
            // "kyiv" of a careless text: a great place, and no word of the language. Where nouns
            // have capitals, what is small is no noun. Listed
            // words are words, homographs of places among them.
            let nouns = self.line.lexicon.name().capital_nouns;
            let rare = token.span.len() >= 4 && !self.is_common(at) && token.word == 0 && !nouns;
            let single = known.great && count == 1 && rare;
            return single.then_some(known);
        }
        if count == 1 && self.is(List::NotName, at) {
            return None;
        }
        // "Of" and "Nice" at the beginning of a sentence are not the towns.
        let starts = self.starts_sentence(at) || self.shouting;
        let doubtful = starts
            && count == 1
            && !known.great
            && known.kind == EntityKind::Place
            && !self.usage.capital_inside.contains(&token.hash);
        let small = self.usage.small.contains(&token.hash) && count == 1 && !token.shouted;
        let noun = self.line.lexicon.name().capital_nouns
            && count == 1
            && !known.great
            && known.kind == EntityKind::Place
            && self.follows_article(at);
        let usual = small && starts;
        (!doubtful && !usual && !noun).then_some(known)
    }

    /// Whether a name in signs is no part of a longer word, as far as can be told.
    pub(super) fn fits_signs(&self, at: usize, known: Known) -> bool {
        let length = self.line.tokens.span(at, known.end).of(self.line.tokens.text).chars().count();
        let hangul = self.line.tokens.str(at).chars().all(is_hangul);
        let inside = hangul
            && at > 0
            && self.line.tokens.is_glued(at)
            && self.line.tokens.kind(at - 1) == Some(Kind::Sign);
        length >= 2 && !inside
    }

    /// Whether the capitals go on behind a known name as one longer name.
    pub(super) fn extends(&self, at: usize, known: Known, end: usize) -> bool {
        let rest = known.end..end;
        let first = known.end;
        if self.is(List::Title, first) || self.known(first).is_some() || self.is_no_name(first) {
            return false;
        }
        let heads = [List::Body, List::Thing, List::PlaceWord];
        let headed = rest.clone().any(|i| heads.iter().any(|&l| self.is(l, i)));
        headed
            || self.is(List::Given, at)
            || known.kind == EntityKind::Place && !known.great && self.is_capital(first)
    }
}
