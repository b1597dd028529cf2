//! Bodies whose head is written small: "ministère de la Pêche".

use super::{Found, Reader};
use crate::lexicon::List;
use crate::token::Kind;
use newstemma_model::EntityKind;

impl Reader<'_, '_> {
    /// "ministère russe de la Défense", "ambassade des États-Unis à Kiev": bodies whose head has
    /// no capital.
    pub(super) fn body(&self, at: usize, found: &mut Vec<Found>) -> Option<usize> {
        const ADJECTIVES_MAX: usize = 2;
        let lexicon = self.line.lexicon;
        let tokens = &self.line.tokens;
        let head = lexicon.find(List::SmallBody, tokens, at)?;
        let mut next = at + head.length;
        let mut end = None;
        let mut adjectives = 0;
        let mut inner = Vec::new();
        loop {
            let link = lexicon
                .find(List::Connector, tokens, next)
                .or_else(|| lexicon.find(List::Locative, tokens, next))
                .map_or(0, |h| h.length);
            let name_at = next + link;
            let known = self.known(name_at);
            let capital = tokens.get(name_at).is_some_and(|t| t.kind == Kind::Word && t.capital);
            if (link > 0 || end.is_none())
                && (known.is_some() || capital && !self.is_no_name(name_at))
            {
                next = known.map_or(name_at + 1, |k| k.end);
                inner.extend(known.map(|k| (name_at, k)));
                end = Some(next);
            } else if end.is_none()
                && link == 0
                && adjectives < ADJECTIVES_MAX
                && tokens.kind(next) == Some(Kind::Word)
                && !self.is_common(next)
            {
                adjectives += 1;
                next += 1;
            } else {
                break;
            }
        }
        let end = end?;
        // "United States embassy in Kyiv": the name before the head belongs to it.
        self.add(at, end, EntityKind::Organisation, found);
        for (from, known) in inner {
            self.add(from, known.end, known.kind, found);
        }
        Some(end)
    }
}

#[cfg(test)]
mod tests {
    use crate::name::tests::check;
    use newstemma_model::EntityKind::{Organisation as O, Place as L};

    #[test]
    fn bodies_with_small_words_inside() {
        check(
            "en",
            "In the hall the Ministry of Fisheries spoke.",
            &[("Ministry of Fisheries", O)],
        );
        check("fr", "hier, le ministère de la Pêche a parlé", &[("ministère de la Pêche", O)]);
        check(
            "fr",
            "hier, l’ambassade de France à Kiev a fermé",
            &[("ambassade de France à Kiev", O), ("France", L), ("Kiev", L)],
        );
    }
}
