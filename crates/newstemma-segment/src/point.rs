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
        if word.chars().next_back().is_some_and(|c| Script::of(c) == Script::Thai) {
            // Thai has no other use for it.
            return false;
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
        if is_initial(word) && self.initial_follows() {
            return false;
        }
        if listed(&rules.may_end) {
            return self.starter_follows(rules) || (self.is_unit(word) && !bare.contains('.'));
        }
        if is_initial(word) || is_initialism(bare) {
            // "323 a.C. Dopo", but "2 U.S. Marines".
            let era = bare.contains('.') && word.contains(char::is_lowercase);
            return self.starter_follows(rules) || (era && self.is_after_number(word));
        }
        // "z. B.", where the first letter is in lower case.
        word.chars().nth(1).is_some() || !self.initial_follows()
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
        // "In 2024 r." alone is no sentence yet.
        const WORDS_MIN: usize = 4;
        let sentence = &self.text[self.sentence_start..self.at];
        if sentence.split_whitespace().take(WORDS_MIN).count() < WORDS_MIN {
            return false;
        }
        let short = word.chars().take(5).count() <= 4 && word.chars().all(char::is_lowercase);
        short && self.is_after_number(word)
    }

    fn is_after_number(&self, word: &str) -> bool {
        let start = self.at.saturating_sub(word.len());
        let before = self.text.get(..start).unwrap_or("").trim_end();
        char_before(before, before.len()).is_some_and(char::is_numeric)
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
        if digits <= 2 && self.is_day_of_date(word) {
            return self.starter_follows(rules);
        }
        let ordinal = digits <= 3 && word.chars().all(char::is_numeric);
        if !ordinal || rules.ordinals == OrdinalStop::Never {
            return true;
        }
        let key = next.to_lowercase();
        match rules.ordinals {
            OrdinalStop::BeforeNoun if digits <= 2 => rules.starters.contains(&key),
            _ => !rules.after_ordinal.contains(&key) && !is_roman(next),
        }
    }

    /// "2024. 11. 20.": whether a year and a month stand before.
    fn is_day_of_date(&self, word: &str) -> bool {
        let start = self.at.saturating_sub(word.len());
        let before = self.text.get(..start).unwrap_or("").trim_end();
        let Some(before) = before.strip_suffix('.') else { return false };
        let month = before.trim_end_matches(char::is_numeric);
        let year = month.trim_end();
        let digits = |text: &str| text.chars().rev().take(5).take_while(|c| c.is_numeric()).count();
        before.len() - month.len() <= 2
            && year.ends_with('.')
            && digits(&year[..year.len() - 1]) == 4
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

    /// Whether one letter and a stop follow, as in "z. B." and "J. K. Voss".
    fn initial_follows(&self) -> bool {
        let mut rest = self.text[self.next..].chars();
        rest.next().is_some_and(char::is_alphabetic) && rest.next() == Some('.')
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

/// "XX" in "latach 30. XX wieku".
fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// "u.s", "b.b.c", "ph.d": short pieces between stops.
fn is_initialism(bare: &str) -> bool {
    bare.contains('.') && bare.split('.').all(|p| (1..=2).contains(&p.chars().count()))
}

fn unicode_mark(c: char) -> bool {
    // Vowel signs are no letters, but Indic and Semitic words are full of them.
    !c.is_ascii() && !c.is_alphanumeric() && Script::of(c) != Script::Other
}
