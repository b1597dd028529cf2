//! What a run of capitalised words names, by its words and those around it.

use super::Reader;
use crate::gazetteer;
use crate::lexicon::List;
use crate::token::{Kind, fold};
use newstemma_language::speech::Class;
use newstemma_model::EntityKind;

impl Reader<'_, '_> {
    pub(super) fn kind(&self, start: usize, end: usize, titled: bool) -> EntityKind {
        let any = |list: List| (start..end).any(|i| self.is(list, i));
        if titled {
            return EntityKind::Person;
        }
        if self.is(List::Given, start) && end - start > 1 && !any(List::Body) {
            return EntityKind::Person;
        }
        if any(List::Body) {
            return EntityKind::Organisation;
        }
        if any(List::Thing) {
            return EntityKind::Other;
        }
        if any(List::PlaceWord) {
            return EntityKind::Place;
        }
        let text = self.line.tokens.get(start);
        if end - start == 1 && text.is_some_and(|t| t.shouted) {
            return EntityKind::Organisation;
        }
        if end - start <= 3 && self.follows_place_noun(start) {
            return EntityKind::Place;
        }
        let locative = self.line.lexicon.find_before(List::Locative, &self.line.tokens, start);
        if end - start <= 3 && locative.is_some() && !self.is(List::Given, start) {
            return EntityKind::Place;
        }
        if self.is(List::Ordinal, start) {
            return EntityKind::Other;
        }
        let spoken = self.line.tokens.str(end) == ","
            && self.line.tokens.kind(end + 1) == Some(Kind::Digits);
        let words = (start..end).filter(|&i| self.line.tokens.kind(i) == Some(Kind::Word)).count();
        let plain = (start..end).all(|i| self.line.tokens.get(i).is_none_or(|t| !t.shouted));
        let full = (2..=3).contains(&words) && plain && !self.shouting;
        if spoken || self.is(List::Given, start) || full && !self.is_no_person(start, end) {
            return EntityKind::Person;
        }
        EntityKind::Other
    }

    /// Whether a few capitals without a given name are called otherwise than persons are: behind an
    /// article ("the Rose Garden"), after a place ("Velin Harbour Lights"), or by words that the
    /// report writes small elsewhere.
    fn is_no_person(&self, start: usize, end: usize) -> bool {
        let tokens = &self.line.tokens;
        let words = || (start..end).filter(|&i| tokens.kind(i) == Some(Kind::Word));
        let small =
            words().any(|i| tokens.get(i).is_some_and(|t| self.usage.small.contains(&t.hash)));
        let place = gazetteer::find(self.line.lexicon, tokens, start)
            .is_some_and(|known| known.end < end && known.kind == EntityKind::Place);
        self.follows_definite(start) || small || place
    }

    /// Whether a definite article stands just before.
    fn follows_definite(&self, at: usize) -> bool {
        let speech = self.line.lexicon.pack.map(|pack| &pack.speech.lexicon);
        at.checked_sub(1).zip(speech).is_some_and(|(before, words)| {
            words.word(&fold(self.line.tokens.str(before))).classes.has(Class::Definite)
        })
    }

    /// Whether a title stands just before, as in "président Orla", "Orla 대통령" apart.
    pub(super) fn title_before(&self, at: usize) -> bool {
        let before = if at > 0 && self.line.tokens.str(at - 1) == "." { at - 1 } else { at };
        let title = self.line.lexicon.find_before(List::Title, &self.line.tokens, before).is_some()
            || before.checked_sub(1).is_some_and(|word| self.is_compound_title(word));
        title && !self.line.tokens.gap(at).contains('\n')
    }

    /// How many tokens the title takes that begins at a token.
    pub(super) fn title(&self, at: usize) -> Option<usize> {
        let hit = self.line.lexicon.find(List::Title, &self.line.tokens, at);
        hit.map(|hit| hit.length).or_else(|| self.is_compound_title(at).then_some(1))
    }

    /// Whether a word that is in no list ends in a title: "Brandweercommandant".
    fn is_compound_title(&self, at: usize) -> bool {
        let ends = &self.line.lexicon.title_ends;
        let unlisted =
            || self.line.tokens.get(at).is_some_and(|t| t.kind == Kind::Word && t.word == 0);
        !ends.is_empty() && unlisted() && {
            let word = fold(self.line.tokens.str(at));
            ends.iter().any(|end| word.len() > end.len() + 2 && word.ends_with(&**end))
        }
    }

    /// Whether a noun for places stands before a token, perhaps with an article between: "rivière
    /// Sorel", "rivier de Sorel".
    fn follows_place_noun(&self, at: usize) -> bool {
        let noun = |end: usize| {
            self.line.lexicon.find_before(List::PlaceNoun, &self.line.tokens, end).is_some()
        };
        let article = at > 0 && self.is_common(at - 1);
        noun(at) || article && noun(at - 1)
    }
}

#[cfg(test)]
mod tests {
    use crate::name::tests::check;
    use newstemma_model::EntityKind::{Other as X, Person as P};

    #[test]
    fn not_every_two_capitals_are_a_person() {
        check("en", "They met in haste; Orlen Brask spoke.", &[("Orlen Brask", P)]);
        check("en", "They met behind the Orlen Gardens today.", &[("Orlen Gardens", X)]);
        check("en", "Later that day Marseille Orlen Brask won.", &[("Marseille Orlen Brask", X)]);
        check("fr", "hier, les Orlen Brask ont joué", &[("Orlen Brask", X)]);
        check("fr", "hier, Orlen Brask a parlé", &[("Orlen Brask", P)]);
        check("es", "ayer los Orlen Brask ganaron", &[("Orlen Brask", X)]);
        check("nl", "gisteren won de Orlen Brask alles", &[("Orlen Brask", X)]);
    }
}
