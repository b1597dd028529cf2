//! Runs of capitalised words: where they end, and whether they are a name.

use super::{Found, Reader};
use crate::lexicon::List;
use crate::token::{Kind, fold};
use newstemma_model::EntityKind;

impl Reader<'_, '_> {
    /// The end of the run of capitalised words that begins at a token.
    pub(super) fn run(&self, at: usize) -> Option<usize> {
        if !self.opens_run(at) {
            return None;
        }
        let mut end = at + 1;
        loop {
            let next = self.joined(at, end);
            if next == end {
                break;
            }
            end = next;
        }
        Some(end)
    }

    pub(super) fn opens_run(&self, at: usize) -> bool {
        let Some(token) = self.line.tokens.get(at) else { return false };
        let text = self.line.tokens.str(at);
        let elided = text.ends_with(['\'', '’']);
        token.kind == Kind::Word
            && token.capital
            && !elided
            && !self.is_inside_word(at)
            && !self.is_no_name(at)
    }

    /// Where a run goes on from `end`, or `end` if it does not.
    pub(super) fn joined(&self, start: usize, end: usize) -> usize {
        let tokens = &self.line.tokens;
        let Some(token) = tokens.get(end) else { return end };
        let breaks = tokens.gap(end).contains('\n') || self.line.taken.get(end) == Some(&true);
        if breaks {
            return end;
        }
        let capital = |i: usize| {
            tokens.get(i).is_some_and(|t| t.kind == Kind::Word && t.capital)
                && !self.is_no_name(i)
                && (tokens.is_glued(i) || !self.is(List::Title, i))
        };
        if capital(end) && (!token.glued || tokens.str(end - 1).ends_with(['\'', '’'])) {
            return end + 1;
        }
        match tokens.str(end) {
            // "Jean-Luc", "al-Assad"
            "-" | "‑" if token.glued && tokens.is_glued(end + 1) => {
                let next = tokens.get(end + 1);
                let word = next.is_some_and(|t| t.kind == Kind::Word && t.capital);
                let digits = next.is_some_and(|t| t.kind == Kind::Digits);
                // "Ban Ki-moon": the second syllable of a given name.
                let syllable = end >= start + 2
                    && next.is_some_and(|t| {
                        t.kind == Kind::Word
                            && t.span.len() <= 6
                            && t.word == 0
                            && !self.usage.small.contains(&t.hash)
                    });
                if word || digits || syllable { end + 2 } else { end }
            }
            // "John F. Kennedy"
            "." if token.glued && tokens.str(end - 1).chars().count() == 1 && capital(end + 1) => {
                end + 2
            }
            "&" if capital(end + 1) => end + 2,
            _ if token.kind == Kind::Digits && token.glued => end + 1,
            _ => self.over_small_words(start, end),
        }
    }

    /// Particles of persons ("van", "bin"), connectors of bodies and things ("of the").
    pub(super) fn over_small_words(&self, start: usize, end: usize) -> usize {
        let tokens = &self.line.tokens;
        let headed = (start..end).any(|i| {
            self.is(List::Body, i) || self.is(List::Thing, i) || self.is(List::PlaceWord, i)
        });
        let lists =
            if headed { &[List::Connector, List::Particle][..] } else { &[List::Particle][..] };
        let longest =
            lists.iter().filter_map(|&l| self.line.lexicon.find(l, tokens, end)).map(|h| h.length);
        let Some(length) = longest.max() else { return end };
        let mut next = end + length;
        next += usize::from(tokens.str(next) == "-" && tokens.is_glued(next));
        let follows = tokens.get(next).is_some_and(|t| t.kind == Kind::Word && t.capital)
            && !self.is_no_name(next)
            && !self.is(List::Title, next);
        // "Biden and Trump" and "Kremlin in Moscow" are two names.
        let separate = !self.is(List::Body, end - 1)
            && headed
            && [List::Locative, List::Joiner].iter().any(|&l| self.is(l, end))
            && !self.is(List::Body, next);
        if follows && !separate { next + 1 } else { end }
    }

    /// A run of capitals: titles cut off, told what it names, and kept if it is a name.
    pub(super) fn capitals(
        &self,
        at: usize,
        end: usize,
        found: &mut Vec<Found>,
        open: &mut Vec<Found>,
    ) -> usize {
        let mut start = at;
        let mut titled = self.title_before(at);
        while let Some(length) = self.title(start) {
            if start + length > end {
                break;
            }
            start += length;
            titled = true;
            // "Mr. Orla"
            if self.line.tokens.str(start) == "." {
                start += 1;
                break;
            }
        }
        // "Flusses Sorel", but "River Sorel" is the name as a whole.
        let noun = self.line.lexicon.find(List::PlaceNoun, &self.line.tokens, start);
        let placed =
            noun.filter(|hit| start + hit.length < end && !self.is(List::PlaceWord, start));
        start += placed.map_or(0, |hit| hit.length);
        if titled && self.is_seat(start, end) {
            start += 1;
        }
        if start >= end {
            return start.max(at + 1);
        }
        // What the first word of a sentence is says nothing; the rest may be a name.
        let first_only = end - start == 1;
        let word = self.line.tokens.get(start).map(|t| (t.hash, t.shouted));
        let Some((hash, shouted)) = word else { return end };
        let kind = self.kind(start, end, titled);
        let small = self.usage.small.contains(&hash);
        let starts = self.starts_sentence(start) || self.shouting;
        let nouns = self.line.lexicon.name().capital_nouns;
        let good = if titled || placed.is_some() {
            true
        } else if first_only {
            let inside = self.usage.capital_inside.contains(&hash);
            let acronym = shouted && !self.shouting;
            let given = self.is(List::Given, start);
            (acronym || given || !nouns && !small && (!starts || inside)) && !self.is_shy(start)
        } else if nouns {
            kind != EntityKind::Other || self.is_double_name(start, end)
        } else if self.shouting {
            kind != EntityKind::Other
        } else {
            true
        };
        // "Yesterday Orla Brennan": a common word that only begins the sentence.
        let trimmed = !first_only && starts && small && !titled && kind != EntityKind::Person;
        if trimmed {
            return self.step(start + 1, found, open);
        }
        if good {
            self.add(start, end, kind, found);
        } else if first_only && !self.shouting {
            open.extend(self.found(start, end, EntityKind::Person));
        }
        end
    }

    /// Whether a run behind an office begins with where it is held, in its case: "мэр Велина Марта
    /// Ковач". What follows is a name by its given name.
    fn is_seat(&self, start: usize, end: usize) -> bool {
        let seat = fold(self.line.tokens.str(start));
        let inflected = self.line.lexicon.endings.iter().any(|ending| seat.ends_with(&**ending));
        let given = |at: usize| self.is(List::Given, at);
        end - start > 2 && inflected && !given(start) && given(start + 1)
    }

    /// Words of one capital letter, and function words.
    pub(super) fn is_shy(&self, at: usize) -> bool {
        self.line.tokens.str(at).chars().count() < 2 || self.is_common(at)
    }

    /// Two words with capitals and no article before them, where nouns have capitals too.
    pub(super) fn is_double_name(&self, start: usize, end: usize) -> bool {
        end - start == 2
            && !self.follows_article(start)
            && !self.starts_sentence(start)
            && (start..end).all(|i| self.line.tokens.get(i).is_some_and(|t| t.word == 0))
    }

    pub(super) fn follows_article(&self, at: usize) -> bool {
        at > 0
            && (self.is_common(at - 1) || self.is(List::Stop, at - 1))
            && self.line.tokens.kind(at - 1) == Some(Kind::Word)
            && !self.is(List::Locative, at - 1)
    }
}

#[cfg(test)]
mod tests {
    use crate::name::tests::check;
    use newstemma_model::EntityKind::{Person as P, Place as L};

    #[test]
    fn titles_are_no_part_of_a_name() {
        check(
            "en",
            "On the quay, President Orla Brennan met Mr. Tadić.",
            &[("Orla Brennan", P), ("Tadić", P)],
        );
        check(
            "fr",
            "Le président Luc Morvan a vu Mme Keller.",
            &[("Luc Morvan", P), ("Keller", P)],
        );
        check(
            "de",
            "Gestern traf Kanzlerin Ilse Brandner den Minister Otto Falk.",
            &[("Ilse Brandner", P), ("Otto Falk", P)],
        );
        check(
            "ru",
            "Вчера президент Пётр Лавочкин прибыл в Киев.",
            &[("Пётр Лавочкин", P), ("Киев", L)],
        );
    }

    #[test]
    fn a_capital_at_the_beginning_shows_nothing() {
        check("en", "Divers searched the lake.\nRivers rose.", &[]);
        check(
            "en",
            "Brennan resigned.\nThe mayor, Orla Brennan, left.",
            &[("Brennan", P), ("Orla Brennan", P)],
        );
        check("de", "Die Regierung und der Angriff auf das Dorf.", &[]);
        check("en", "The Russian army and Ukrainian troops met.", &[]);
        check("fr", "Les Ukrainiens et les Américains.", &[]);
    }
}
