//! What a run of capitalised words names, by its words and those around it.

use super::Reader;
use crate::lexicon::List;
use crate::token::Kind;
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
        if spoken
            || self.is(List::Given, start)
            || (2..=3).contains(&words) && plain && !self.shouting
        {
            return EntityKind::Person;
        }
        EntityKind::Other
    }

    /// Whether a title stands just before, as in "président Orla", "Orla 대통령" apart.
    pub(super) fn title_before(&self, at: usize) -> bool {
        let before = if at > 0 && self.line.tokens.str(at - 1) == "." { at - 1 } else { at };
        let title = self.line.lexicon.find_before(List::Title, &self.line.tokens, before);
        title.is_some() && !self.line.tokens.gap(at).contains('\n')
    }
}
