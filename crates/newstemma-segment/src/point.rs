//! Whether a full stop ends a sentence, or marks an abbreviation, an initial or an ordinal.

use crate::chars::{after_space, char_at, char_before};
use newstemma_language::{OrdinalStop, Script, SentenceRules};

/// What stands around a full stop that is followed by white space.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Point<'a> {
    /// The paragraph.
    pub(crate) text: &'a str,
    /// Where the sentence begins that the stop might end.
    pub(crate) sentence_start: usize,
    /// Where the stop is.
    pub(crate) at: usize,
    /// Where the next word begins, opening marks left out.
    pub(crate) next: usize,
}

/// Bytes before a stop that are looked through for the beginning of its word.
const WORD_BYTES_MAX: usize = 64;

/// Bytes that are looked through for the first half of an abbreviation in two words.
const LETTER_BYTES_MAX: usize = 16;

/// Bytes of a word that are read to look it up.
const NEXT_BYTES_MAX: usize = 64;

impl<'a> Point<'a> {
    /// Whether the stop ends the sentence.
    pub(crate) fn ends(&self, rules: &SentenceRules) -> bool {
        let word = self.word_before();
        if word.is_empty() {
            return true;
        }
        if word.starts_with(|c: char| c.is_numeric())
            && word.chars().all(|c| c.is_numeric() || matches!(c, '.' | ',' | '/' | '-'))
        {
            return self.ends_after_number(word, rules);
        }
        if self.is_enumerator(word) {
            return false;
        }
        let key = word.to_lowercase();
        let key = key.rsplit(['\'', '’']).next().unwrap_or(&key);
        let bare = key.trim_matches('.');
        let listed = |set: &std::collections::BTreeSet<String>| {
            set.contains(bare) || self.spaced_key(bare).is_some_and(|k| set.contains(&k))
        };
        let next_is_number = char_at(self.text, self.next).is_some_and(char::is_numeric);
        if next_is_number && listed(&rules.before_number) {
            return false;
        }
        if listed(&rules.never_end) {
            return self.is_unit(word) || (bare.contains('.') && self.starter_follows(rules));
        }
        if listed(&rules.may_end) || is_initial(word) || is_initialism(bare) {
            return self.starter_follows(rules);
        }
        true
    }

    /// The word that the stop follows, inner stops and hyphens included; bounded.
    fn word_before(&self) -> &'a str {
        let mut from = self.at.saturating_sub(WORD_BYTES_MAX).max(self.sentence_start);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let before = &self.text[from..self.at];
        let in_word = |c: char| {
            c.is_alphanumeric()
                || matches!(c, '.' | '\'' | '’' | '-' | '°' | 'º' | '№' | ',' | '/')
                || unicode_mark(c)
        };
        let start = before
            .rfind(|c| !in_word(c))
            .map_or(0, |i| i + char_at(before, i).map_or(1, char::len_utf8));
        before[start..].trim_start_matches(['\'', '’', '-', '.', ','])
    }

    /// "z. B", "т. е": the word together with a one-letter abbreviation before it.
    fn spaced_key(&self, bare: &str) -> Option<String> {
        let start = self.at.checked_sub(bare.len())?;
        let before = self.text.get(self.sentence_start..start)?.trim_end();
        let before = before.strip_suffix('.')?;
        let mut from = before.len().saturating_sub(LETTER_BYTES_MAX);
        while !before.is_char_boundary(from) {
            from += 1;
        }
        let mut back = before[from..].rsplit(|c: char| !c.is_alphanumeric() && c != '.');
        let word = back.next()?;
        (word.chars().count() <= 4)
            .then(|| format!("{}.{bare}", word.trim_matches('.').to_lowercase()))
    }

    /// "2024 r.", "5 m.": an abbreviation that is the unit of a number before it may end.
    fn is_unit(&self, word: &str) -> bool {
        let short = word.chars().take(4).count() <= 3 && word.chars().all(char::is_lowercase);
        let start = self.at.saturating_sub(word.len());
        let before = self.text.get(..start).unwrap_or("").trim_end();
        short && char_before(before, before.len()).is_some_and(char::is_numeric)
    }

    /// Dates, ordinals and numbers of lists.
    fn ends_after_number(&self, word: &str, rules: &SentenceRules) -> bool {
        let digits = word.chars().count();
        if self.is_enumerator(word) {
            return false;
        }
        let next = self.next_word();
        if let Some(first) = next.chars().next()
            && first.is_numeric()
        {
            // "20. 11. 2024", "2024. 11. 20.": a number with a stop of its own, or the last one.
            let dotted =
                self.text[self.next..].trim_start_matches(char::is_numeric).starts_with('.');
            return !(dotted && digits <= 4 || digits <= 2 && next.chars().count() == 4);
        }
        let ordinal = digits <= 3 && word.chars().all(char::is_numeric);
        if !ordinal || rules.ordinals == OrdinalStop::Never {
            return true;
        }
        let key = next.to_lowercase();
        match rules.ordinals {
            OrdinalStop::BeforeNoun if digits <= 2 => rules.starters.contains(&key),
            _ => !rules.after_ordinal.contains(&key),
        }
    }

    /// "1. ", "a. ", "iv. " at the beginning of a paragraph, where the first word follows.
    fn is_enumerator(&self, word: &str) -> bool {
        let start = after_space(self.text, 0);
        let first = self.text[start..].trim_start_matches(['(', '[']);
        let short = word.chars().count() <= 3;
        let roman = word.chars().all(|c| matches!(c.to_ascii_lowercase(), 'i' | 'v' | 'x'));
        let label = word.chars().all(char::is_numeric) || word.chars().count() == 1 || roman;
        short && label && self.text.len() - first.len() + word.len() == self.at
    }

    fn next_word(&self) -> &'a str {
        let mut to = (self.next + NEXT_BYTES_MAX).min(self.text.len());
        while !self.text.is_char_boundary(to) {
            to -= 1;
        }
        let next = self.text.get(self.next..to).unwrap_or("");
        next.split(|c: char| !c.is_alphanumeric() && !unicode_mark(c)).next().unwrap_or("")
    }

    /// Whether the next word has a capital and is one that begins sentences.
    fn starter_follows(&self, rules: &SentenceRules) -> bool {
        let next = self.next_word();
        !next.starts_with(char::is_lowercase) && rules.starters.contains(&next.to_lowercase())
    }
}

/// "J", "О": one letter of an alphabet, not a syllable or a character.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    let (Some(letter), None) = (chars.next(), chars.next()) else { return false };
    let script = Script::of(letter);
    letter.is_alphabetic()
        && !letter.is_lowercase()
        && !script.is_unspaced()
        && script != Script::Hangul
}

/// "u.s", "b.b.c", "ph.d": short pieces between stops.
fn is_initialism(bare: &str) -> bool {
    bare.contains('.') && bare.split('.').all(|p| (1..=2).contains(&p.chars().count()))
}

fn unicode_mark(c: char) -> bool {
    // Vowel signs are no letters, but Indic and Semitic words are full of them.
    !c.is_ascii() && !c.is_alphanumeric() && Script::of(c) != Script::Other
}
