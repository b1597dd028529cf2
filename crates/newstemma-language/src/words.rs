//! Texts to words, in a form made for comparing texts.
//!
//! A *word* is a run of letters, marks and digits that begins with a letter; hyphens divide,
//! apostrophes inside join, but elided articles ("l'Ukraine") and enclitics ("Kyiv's") are words
//! of their own where the language has them. A *number* is one word however its digits are
//! grouped. In scripts written without spaces every *character* (with its marks) is a word, so
//! that two texts agree or differ by n-grams of characters and no dictionary is needed: Han and
//! kana, Thai, Lao, Khmer, Burmese. Hangul has spaces and is split at them.
//!
//! Cost: one pass, no allocation for words that are in their normal form already.

use crate::chars::is_alphanumeric;
use crate::fold::{SmallI, fold};
use crate::number_form::{digit_value, scan_number};
use crate::pack::Pack;
use crate::script::Script;
use crate::word::WordRules;
use newstemma_model::{Language, Span};
use std::borrow::Cow;
use unicode_normalization::char::is_combining_mark;

/// A word and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// Where, in bytes of the text.
    pub span: Span,
    /// Its normal form: lower case, full-width letters narrowed, diacritics of Arabic and Hebrew
    /// dropped, digits ASCII and ungrouped with a point before decimals.
    pub form: Cow<'a, str>,
    /// What it is made of.
    pub kind: WordKind,
}

/// What a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordKind {
    /// Letters, perhaps with digits after the first.
    Letters,
    /// One character of a script without spaces.
    Character,
    /// A number in digits.
    Number,
}

/// The words of a text, in order.
///
/// ```
/// use newstemma_language::words;
/// use newstemma_model::Language;
/// let forms = |text, tag| -> Vec<String> {
///     words(text, Language::parse(tag).unwrap()).map(|w| w.form.into_owned()).collect()
/// };
/// assert_eq!(forms("L’Île a 10 000 habitants.", "fr"), ["l'", "île", "a", "10000", "habitants"]);
/// assert_eq!(forms("東京で3.5%増", "ja"), ["東", "京", "で", "3.5", "増"]);
/// ```
pub fn words(text: &str, language: Language) -> Words<'_> {
    Words { text, at: 0, rules: &Pack::of(language).word, enclitic_end: None }
}

/// Iterator over the words of a text; see [`words`].
#[derive(Clone, Debug)]
pub struct Words<'a> {
    text: &'a str,
    /// First byte not yet read.
    at: usize,
    rules: &'static WordRules,
    /// Set when `at` is the apostrophe of an enclitic that ends there.
    enclitic_end: Option<usize>,
}

/// Bytes in front of an apostrophe that are looked up among the elided words.
const ELIDED_BYTES_MAX: usize = 24;

/// Characters after an apostrophe that are looked up among the enclitics.
const ENCLITIC_CHARS_MAX: usize = 4;

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        if let Some(end) = self.enclitic_end.take() {
            return Some(self.word(self.at, end, WordKind::Letters));
        }
        let (start, first) = self.text[self.at..].char_indices().find(|(_, c)| begins_word(*c))?;
        let start = self.at + start;
        if digit_value(first).is_some() {
            let (end, form) = scan_number(self.text, start);
            self.at = end;
            let span = Span::new(start, self.at);
            return Some(Word { span, form, kind: WordKind::Number });
        }
        if Script::of(first).is_unspaced() {
            let end = self.run_end(start + first.len_utf8(), |c| is_mark(c) || is_joiner(c));
            return Some(self.word(start, end, WordKind::Character));
        }
        let end = self.letters_end(start);
        Some(self.word(start, end, WordKind::Letters))
    }
}

impl<'a> Words<'a> {
    fn word(&mut self, start: usize, end: usize, kind: WordKind) -> Word<'a> {
        self.at = end;
        let form = fold(&self.text[start..end], self.small_i());
        Word { span: Span::new(start, end), form, kind }
    }

    fn small_i(&self) -> SmallI {
        if self.rules.dotless_i { SmallI::Dotless } else { SmallI::Dotted }
    }

    /// End of the run, from `from`, of characters of one kind.
    fn run_end(&self, from: usize, kind: impl Fn(char) -> bool) -> usize {
        let rest = &self.text[from..];
        from + rest.find(|c| !kind(c)).unwrap_or(rest.len())
    }

    /// End of the word of letters that begins at `start`.
    fn letters_end(&mut self, start: usize) -> usize {
        let mut end = self.run_end(start, in_word);
        // Where the letters after the last joint begin.
        let mut piece = start;
        loop {
            let mut rest = self.text[end..].chars();
            let (Some(joint), Some(next)) = (rest.next(), rest.next()) else { return end };
            let after = end + joint.len_utf8();
            if !next.is_alphabetic() || Script::of(next).is_unspaced() {
                return end;
            }
            if is_apostrophe(joint) {
                if piece == start && self.is_elided(start, end) {
                    return after;
                }
                if let Some(tail) = self.enclitic_at(after) {
                    self.enclitic_end = Some(tail);
                    return end;
                }
            } else if !(is_initialism(&self.text[piece..end], joint, rest.next())
                || is_hebrew_acronym(joint, next))
            {
                return end;
            }
            piece = after;
            end = self.run_end(after, in_word);
        }
    }

    fn is_elided(&self, start: usize, end: usize) -> bool {
        end - start <= ELIDED_BYTES_MAX
            && !self.rules.elided.is_empty()
            && self.rules.elided.contains(&*fold(&self.text[start..end], self.small_i()))
    }

    /// The end of the enclitic whose letters begin at `from`, if one does.
    fn enclitic_at(&self, from: usize) -> Option<usize> {
        if self.rules.enclitics.is_empty() {
            return None;
        }
        let letters = self.text[from..].chars().take(ENCLITIC_CHARS_MAX + 1);
        let end = from + letters.take_while(|&c| in_word(c)).map(char::len_utf8).sum::<usize>();
        let tail = fold(&self.text[from..end], self.small_i());
        self.rules.enclitics.contains(&*tail).then_some(end)
    }
}

fn begins_word(c: char) -> bool {
    is_alphanumeric(c)
}

/// Whether a character continues a word of letters.
fn in_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    (is_alphanumeric(c) || is_mark(c) || is_joiner(c)) && !Script::of(c).is_unspaced()
}

fn is_mark(c: char) -> bool {
    // The half-width voicing marks of kana are no combining marks before normalisation.
    matches!(c, '\u{FF9E}' | '\u{FF9F}') || is_combining_mark(c)
}

/// Invisible characters inside words: soft hyphen, joiner, non-joiner, word joiner.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200C}' | '\u{200D}' | '\u{2060}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{02BC}' | '\u{FF07}' | '\u{05F3}')
}

/// "U.S", "т.е": a stop between two single letters.
fn is_initialism(piece: &str, joint: char, after_next: Option<char>) -> bool {
    let mut letters = piece.chars();
    let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    joint == '.' && single && !after_next.is_some_and(in_word)
}

/// Gershayim, often typed as a quotation mark, stand before the last letter of Hebrew acronyms.
fn is_hebrew_acronym(joint: char, next: char) -> bool {
    matches!(joint, '"' | '\u{05F4}') && Script::of(next) == Script::Hebrew
}

#[cfg(test)]
mod tests {
    use super::{WordKind, words};
    use newstemma_model::Language;

    fn check(language: &str, text: &str, expected: &[&str]) {
        let found: Vec<_> = words(text, Language::parse(language).unwrap()).collect();
        let forms: Vec<&str> = found.iter().map(|w| &*w.form).collect();
        assert_eq!(forms, expected, "{text}");
        let mut at = 0;
        for word in &found {
            assert!(at <= word.span.start() && !word.span.of(text).is_empty(), "{text}: {word:?}");
            at = word.span.end();
        }
    }

    #[test]
    fn words_of_letters() {
        check("en", "Harbour-master Ida Voss", &["harbour", "master", "ida", "voss"]);
        check("de", "Die Straße, gesperrt", &["die", "strasse", "gesperrt"]);
        check("ru", "Паром «Заря» вышел", &["паром", "заря", "вышел"]);
        check("ko", "항구가 닫혔다.", &["항구가", "닫혔다"]);
        check("hi", "नदी का पानी", &["नदी", "का", "पानी"]);
        check("ar", "أُغلِقَ المِيناء", &["اغلق", "الميناء"]);
        check("fa", "می\u{200C}خواهد", &["ميخواهد"]);
        check("tr", "ISPARTA'da", &["ısparta'da"]);
        check("und", "", &[]);
        check("und", "… – «»", &[]);
    }

    #[test]
    fn apostrophes_join_unless_the_language_cuts_there() {
        check("fr", "l'île d’Aurec qu'on", &["l'", "île", "d'", "aurec", "qu'", "on"]);
        check("fr", "aujourd'hui", &["aujourd'hui"]);
        check("it", "dell'isola all’Est", &["dell'", "isola", "all'", "est"]);
        check("en", "Tarn's crew didn't", &["tarn", "'s", "crew", "didn't"]);
        check("uk", "п'ять пом’якшень", &["п'ять", "пом'якшень"]);
        check("en", "'quoted' words'", &["quoted", "words"]);
        check("he", "ארה\"ב צה״ל", &["ארה\"ב", "צה\"ל"]);
    }

    #[test]
    fn initialisms_stay_whole_and_glued_sentences_do_not() {
        check("en", "the U.N. envoy", &["the", "u.n", "envoy"]);
        check("en", "It closed.The ferry", &["it", "closed", "the", "ferry"]);
        check("en", "J.Smith", &["j", "smith"]);
    }

    #[test]
    fn scripts_without_spaces_give_characters() {
        check("zh", "港口关闭3天", &["港", "口", "关", "闭", "3", "天"]);
        check("ja", "ﾌｪﾘｰが", &["フ", "ェ", "リ", "ー", "が"]);
        check("th", "ท่าเรือ", &["ท่", "า", "เ", "รื", "อ"]);
        let kinds: Vec<WordKind> = words("船 12 a", Language::UNKNOWN).map(|w| w.kind).collect();
        assert_eq!(kinds, [WordKind::Character, WordKind::Number, WordKind::Letters]);
    }

    #[test]
    fn numbers_and_letters_part_where_digits_come_first() {
        check("en", "20th F16 3.5bn 15h30", &["20", "th", "f16", "3.5", "bn", "15", "h30"]);
    }
}
