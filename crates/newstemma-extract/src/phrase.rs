//! Finds the phrases of all language packs in a line.
//!
//! Problem: some eleven thousand phrases in thirty languages, to be looked for in every short
//! line of a report. Idea: phrases are sequences of word forms (in scripts without spaces, of
//! characters), kept by their first form; a line is cut into words once, and at each word only the
//! phrases that begin with it are compared. Cost: linear in the line, times the few phrases that
//! share a first word. All packs are searched at once, because the furniture of a site is often
//! in another language than the report, and because the language of one short line can't be
//! told.

use crate::trie::Trie;
use newstemma_language::{InsertPhrases, WordKind, words};
use newstemma_model::Language;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a phrase is a sign of; see the fields of `InsertPhrases`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Teaser,
    Notice,
    Thing,
    Ask,
    Gate,
    Photo,
    Scene,
    Credit,
    Section,
    Agency,
    End,
}

/// A word of a line, for comparing.
#[derive(Clone, Debug)]
pub(crate) struct Token<'a> {
    /// Where in the line, in bytes.
    pub(crate) range: Range<usize>,
    /// Lower case, without accents.
    pub(crate) form: Cow<'a, str>,
    /// How much of a word it is: a character of a script without spaces is about half of one.
    pub(crate) weight: f32,
}

/// A phrase in a line: tokens `first..last`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hit {
    pub(crate) kind: Kind,
    pub(crate) first: usize,
    pub(crate) last: usize,
}

/// The words of a line. Apostrophes part words, so that "l'app" and "l app" are the same.
pub(crate) fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    for word in words(line, Language::UNKNOWN) {
        let weight = if word.kind == WordKind::Character { 0.5 } else { 1.0 };
        let form = plain(word.form);
        if form.contains('\'') {
            // The pieces share the range: nothing needs the place of one of them.
            for piece in form.split('\'').filter(|p| !p.is_empty()) {
                let (range, form) = (word.span.range(), Cow::Owned(piece.to_owned()));
                found.push(Token { range, form, weight: weight / 2.0 });
            }
        } else {
            found.push(Token { range: word.span.range(), form, weight });
        }
    }
    found
}

/// All phrases in a line, by their first token; of those of one kind that begin at one token, the
/// longest.
pub(crate) fn phrases(tokens: &[Token<'_>]) -> Vec<Hit> {
    let book = book();
    let mut hits = Vec::new();
    for first in 0..tokens.len() {
        book.at(tokens, first, &mut hits);
    }
    hits
}

/// Accents are dropped: lines in capitals often are without them ("A LIRE AUSSI").
fn plain(form: Cow<'_, str>) -> Cow<'_, str> {
    // Hangul syllables stay whole: taken apart, one would be a stem of another.
    if form.is_ascii() || form.chars().any(is_hangul) {
        return form;
    }
    if form.chars().all(|c| common_plain(c) == Some(c)) {
        return form;
    }
    let mut bare = String::with_capacity(form.len());
    for c in form.chars() {
        match common_plain(c) {
            Some(plain) => bare.push(plain),
            None => bare.extend(decomposed(c)),
        }
    }
    bare.into()
}

/// A character without its marks. Marks may change places when a word is taken apart, but none is
/// left, so that each character can be taken apart by itself.
fn decomposed(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c))
}

/// The same from a table of those characters that become one: it takes much longer to find out.
fn common_plain(c: char) -> Option<char> {
    const END: u32 = 0x1100;
    static PLAIN: OnceLock<Vec<Option<char>>> = OnceLock::new();
    if c.is_ascii() {
        return Some(c);
    }
    let single = |code| {
        let mut bare = decomposed(char::from_u32(code)?);
        bare.next().filter(|_| bare.next().is_none())
    };
    *PLAIN.get_or_init(|| (0..END).map(single).collect()).get(c as usize)?
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}')
}

/// One word of a phrase.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Whole(String),
    Stem(String),
    Any,
}

impl Part {
    fn fits(&self, form: &str) -> bool {
        match self {
            Part::Whole(whole) => whole == form,
            Part::Stem(stem) => form.starts_with(stem.as_str()),
            Part::Any => true,
        }
    }
}

#[derive(Debug)]
struct Phrase {
    kind: Kind,
    parts: Vec<Part>,
}

/// The phrases that begin with one word or stem, longest first.
#[derive(Debug, Default)]
struct Beginning {
    as_word: Vec<Phrase>,
    as_stem: Vec<Phrase>,
}

#[derive(Debug)]
struct Book {
    /// By the first word or stem.
    beginnings: Trie<Beginning>,
}

impl Book {
    fn at(&self, tokens: &[Token<'_>], first: usize, hits: &mut Vec<Hit>) {
        let form = &*tokens[first].form;
        let begun = hits.len();
        for (end, beginning) in self.beginnings.prefixes(form) {
            if end == form.len() {
                add_hits(&beginning.as_word, tokens, first, begun, hits);
            }
            add_hits(&beginning.as_stem, tokens, first, begun, hits);
        }
    }

    fn of(phrases: impl Iterator<Item = Phrase>) -> Book {
        let mut beginnings: BTreeMap<String, Beginning> = BTreeMap::new();
        for phrase in phrases {
            let (Some(Part::Whole(first)) | Some(Part::Stem(first))) = phrase.parts.first() else {
                continue;
            };
            let beginning = beginnings.entry(first.clone()).or_default();
            match phrase.parts.first() {
                Some(Part::Stem(_)) => beginning.as_stem.push(phrase),
                _ => beginning.as_word.push(phrase),
            }
        }
        for beginning in beginnings.values_mut() {
            for phrases in [&mut beginning.as_word, &mut beginning.as_stem] {
                phrases.sort_by(|a, b| {
                    (b.parts.len(), a.kind, &a.parts).cmp(&(a.parts.len(), b.kind, &b.parts))
                });
                phrases.dedup_by(|a, b| a.kind == b.kind && a.parts == b.parts);
            }
        }
        Book { beginnings: Trie::of(beginnings) }
    }
}

fn add_hits(
    phrases: &[Phrase],
    tokens: &[Token<'_>],
    first: usize,
    begun: usize,
    hits: &mut Vec<Hit>,
) {
    for phrase in phrases {
        let last = first + phrase.parts.len();
        let Some(here) = tokens.get(first..last) else { continue };
        if !phrase.parts.iter().zip(here).all(|(part, token)| part.fits(&token.form)) {
            continue;
        }
        match hits[begun..].iter_mut().find(|h| h.kind == phrase.kind) {
            Some(hit) => hit.last = hit.last.max(last),
            None => hits.push(Hit { kind: phrase.kind, first, last }),
        }
    }
}

fn parts(written: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for piece in written.split_whitespace() {
        if piece == "*" {
            parts.push(Part::Any);
            continue;
        }
        let (piece, starred) = match piece.strip_suffix('*') {
            Some(stem) => (stem, true),
            None => (piece, false),
        };
        if piece.bytes().all(|b| b.is_ascii_lowercase()) {
            let form = piece.to_owned();
            parts.push(if starred { Part::Stem(form) } else { Part::Whole(form) });
            continue;
        }
        let forms = tokens(piece);
        let count = forms.len();
        for (i, token) in forms.into_iter().enumerate() {
            // Korean particles are written on to the word.
            let hangul = token.form.chars().any(is_hangul) && token.form.chars().count() > 1;
            let stem = i + 1 == count && (starred || hangul);
            let form = token.form.into_owned();
            parts.push(if stem { Part::Stem(form) } else { Part::Whole(form) });
        }
    }
    parts
}

fn book() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| Book::of(InsertPhrases::all().into_iter().flat_map(phrases_of)))
}

fn phrases_of(insert: InsertPhrases) -> impl Iterator<Item = Phrase> {
    let lists = [
        (Kind::Teaser, insert.teaser),
        (Kind::Notice, insert.notice),
        (Kind::Thing, insert.thing),
        (Kind::Ask, insert.ask),
        (Kind::Gate, insert.gate),
        (Kind::Photo, insert.photo),
        (Kind::Scene, insert.scene),
        (Kind::Credit, insert.credit),
        (Kind::Section, insert.section),
        (Kind::Agency, insert.agency),
        (Kind::End, insert.end),
    ];
    lists.into_iter().flat_map(|(kind, list)| {
        list.into_iter().map(move |written| Phrase { kind, parts: parts(&written) })
    })
}

#[cfg(test)]
mod tests {
    use super::{Kind, phrases, tokens};

    /// Checks the first phrase of a kind.
    fn check(line: &str, kind: Kind, expected: &str) {
        let tokens = tokens(line);
        let found = phrases(&tokens)
            .into_iter()
            .find(|h| h.kind == kind)
            .map(|h| &line[tokens[h.first].range.start..tokens[h.last - 1].range.end]);
        assert_eq!(found, Some(expected), "{line}");
    }

    #[test]
    fn phrases_are_found_in_all_scripts_whatever_their_case() {
        check("A LIRE AUSSI : le port", Kind::Teaser, "A LIRE AUSSI");
        check("关联 相关阅读：港口", Kind::Teaser, "相关阅读");
        check("뉴스레터를 구독하세요", Kind::Thing, "뉴스레터를");
        check("اقرأ أيضاً: الميناء", Kind::Teaser, "اقرأ أيضاً");
        check("Читайте также", Kind::Teaser, "Читайте также");
        check("We use cookies", Kind::Thing, "cookies");
    }

    #[test]
    fn a_longer_phrase_hides_the_shorter_one_at_its_place() {
        check("Read more about it", Kind::Teaser, "Read more");
    }
}
