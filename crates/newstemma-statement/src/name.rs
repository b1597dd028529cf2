//! Names of persons, places, bodies and things.
//!
//! There is no model of names: they are told by the gazetteer, by capitals, by the words around
//! them (titles, prepositions), by the words in them (given names, "Ministry", "Prize"), and by the
//! rest of the report. A capital at the beginning of a sentence shows nothing, so a word that stands
//! there alone is a name only if the report has it within a sentence too, or the gazetteer knows
//! it. Where all nouns have capitals, a name needs one of the other signs; where there are no
//! capitals, the gazetteer, titles, family names and the dot between foreign names remain.
//!
//! A report is read twice: the first time for what its words are elsewhere (small, capitalised
//! within a sentence), the second for names. A third look finds family names alone, once the full
//! names are known. Linear in the tokens.

mod body;
mod kind;
mod known;
mod run;
mod signs;
mod usage;

use usage::{Usage, is_headline};

use crate::gazetteer;
use crate::lexicon::{Lexicon, List};
use crate::token::{Kind, Tokens, fold};
use newstemma_model::{EntityKind, NameMention, Span};
use std::collections::BTreeSet;

/// A sentence made ready.
pub(crate) struct Line<'t> {
    /// The words of its language.
    pub(crate) lexicon: &'static Lexicon,
    /// Its tokens.
    pub(crate) tokens: Tokens<'t>,
    /// Which of them are dates or figures.
    pub(crate) taken: Vec<bool>,
}

/// The names of a report, in order of their spans; a place within the name of a body is listed
/// too, after it.
pub(crate) fn names(lines: &[Line]) -> Vec<NameMention> {
    let usage = Usage::of(lines);
    let mut found = Vec::new();
    let mut families = BTreeSet::new();
    let mut open = Vec::new();
    for line in lines {
        let reader = Reader { line, usage: &usage, shouting: is_headline(line) };
        reader.read(&mut found, &mut open);
    }
    for name in found.iter().filter(|n: &&Found| n.kind == EntityKind::Person) {
        families.insert(name.last);
    }
    // A family name alone is somebody's, whatever the words around it show.
    for name in found.iter_mut().filter(|n| n.kind == EntityKind::Other) {
        if !name.normal.contains(' ') && families.contains(&name.last) {
            name.kind = EntityKind::Person;
        }
    }
    // Words that could be a name if somebody of that family is named in full.
    found.extend(open.into_iter().filter(|o| families.contains(&o.last)));
    found.sort_by_key(|n| (n.span.start(), std::cmp::Reverse(n.span.end())));
    found.dedup_by_key(|n| n.span);
    found.into_iter().map(Found::mention).collect()
}

/// A name that was found.
#[derive(Clone, Debug)]
struct Found {
    span: Span,
    kind: EntityKind,
    normal: String,
    /// Hash of its last word: the family name of a person.
    last: u64,
}

impl Found {
    fn mention(self) -> NameMention {
        NameMention { span: self.span, kind: self.kind, normal: self.normal, entity: None }
    }
}

struct Reader<'a, 't> {
    line: &'a Line<'t>,
    usage: &'a Usage,
    /// Whether capitals mean nothing in this line.
    shouting: bool,
}

impl Reader<'_, '_> {
    fn read(&self, found: &mut Vec<Found>, open: &mut Vec<Found>) {
        let mut at = 0;
        while at < self.line.tokens.len() {
            at = self.step(at, found, open).max(at + 1);
        }
    }

    /// Reads what begins at a token; the token to go on at.
    fn step(&self, at: usize, found: &mut Vec<Found>, open: &mut Vec<Found>) -> usize {
        if self.line.taken.get(at).copied().unwrap_or(false) {
            return at + 1;
        }
        if let Some(end) = self.body(at, found) {
            return end;
        }
        let known = self.known(at);
        // "the West Bank" is no "the West": what begins one word later and goes on longer.
        if known.is_some_and(|k| self.known(at + 1).is_some_and(|next| next.end > k.end)) {
            return at + 1;
        }
        if known.is_none() {
            // A title is no part of a name; what follows will see that it stands there.
            if let Some(length) = self.title(at) {
                return at + length;
            }
        }
        let run = self.run(at);
        match (known, run) {
            // "Washington Post" begins like "Washington", but a title or verb may follow as well.
            (Some(k), Some(end)) if end > k.end && self.extends(at, k, end) => {
                self.capitals(at, end, found, open)
            }
            (Some(k), _) => {
                self.add(at, k.end, k.kind, found);
                k.end
            }
            (None, Some(end)) => self.capitals(at, end, found, open),
            (None, None) => self.signs(at, found),
        }
    }

    fn add(&self, from: usize, to: usize, kind: EntityKind, found: &mut Vec<Found>) {
        found.extend(self.found(from, to, kind));
    }

    fn found(&self, from: usize, to: usize, kind: EntityKind) -> Option<Found> {
        let tokens = &self.line.tokens;
        let whole = tokens.span(from, to);
        let text = whole.of(tokens.text);
        let kept = text.trim_end_matches(['\'', '’', '.']).len();
        // The dot of "U.S." belongs to it.
        let kept = if text[..kept].contains('.') { text.len() } else { kept };
        let span = Span::new(whole.start(), whole.start() + kept);
        let last = (from..to).rev().find(|&i| tokens.kind(i) != Some(Kind::Mark))?;
        let normal = normal(span.of(tokens.text));
        let letters = normal.chars().any(char::is_alphabetic);
        let found = Found { span, kind, normal, last: tokens.get(last)?.hash };
        letters.then_some(found)
    }

    fn is(&self, list: List, at: usize) -> bool {
        self.line.lexicon.is(list, &self.line.tokens, at)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.line.tokens.get(at).is_some_and(|t| t.capital)
    }

    fn is_common(&self, at: usize) -> bool {
        self.is(List::Common, at)
    }

    /// Peoples, languages, function words with a capital.
    fn is_no_name(&self, at: usize) -> bool {
        let Some(token) = self.line.tokens.get(at) else { return true };
        let listed = self.is(List::NotName, at)
            && !(token.shouted && token.span.len() <= 4 && !self.shouting);
        // "Марта Ковач": where months are written small, a capital makes a name.
        let named =
            token.capital && !self.line.lexicon.date().has_capitals() && !self.starts_sentence(at);
        let date =
            (self.is(List::Weekday, at) || self.is(List::Month, at) && !token.shouted) && !named;
        let function = self.is_common(at) && self.starts_sentence(at);
        listed
            || date
            || function
            || gazetteer::is_adjective(self.line.lexicon, self.line.tokens.str(at))
    }

    fn starts_sentence(&self, at: usize) -> bool {
        (0..at).all(|i| self.line.tokens.kind(i) == Some(Kind::Mark))
            || at > 0
                && matches!(
                    self.line.tokens.str(at - 1),
                    "“" | "«" | "\"" | "„" | ":" | "•" | "–" | "—" | "…" | "]"
                )
    }

    /// A token glued to a word or digits before it, as in "МакDonald": no beginning of a name.
    fn is_inside_word(&self, at: usize) -> bool {
        let tokens = &self.line.tokens;
        if at == 0 || !tokens.is_glued(at) {
            return false;
        }
        let before = tokens.str(at - 1);
        let elided = before.ends_with(['\'', '’']);
        matches!(tokens.kind(at - 1), Some(Kind::Word | Kind::Digits)) && !elided
    }
}

/// The form that mentions are compared by: folded words with single spaces.
pub(crate) fn normal(text: &str) -> String {
    let folded = fold(text);
    let words = folded.split(|c: char| c.is_whitespace() || matches!(c, '-' | '‑' | '·' | '・'));
    words.filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Line, names};
    use crate::lexicon::Lexicon;
    use crate::token::Tokens;
    use newstemma_model::{EntityKind, Language, Span};

    pub(super) fn check(language: &str, text: &str, expected: &[(&str, EntityKind)]) {
        let lexicon = Lexicon::of(Language::parse(language).unwrap());
        let mut start = 0;
        let mut lines = Vec::new();
        for line in text.split('\n') {
            let span = Span::new(start, start + line.len());
            let tokens = Tokens::of(text, span, lexicon);
            let taken = vec![false; tokens.len()];
            lines.push(Line { lexicon, tokens, taken });
            start += line.len() + 1;
        }
        let found: Vec<_> = names(&lines).iter().map(|n| (n.span.of(text), n.kind)).collect();
        assert_eq!(found, expected, "{language}: {text}");
    }
}
