//! Places, bodies and things that the press names, in the spellings of many languages.
//!
//! Two lists: `data/places.tsv`, built from GeoNames and CLDR, and `data/bodies.tsv`, written by
//! hand, whose rows add to those of the first where their first spellings agree. The build script
//! makes one table of both, sorted by a hash of each run of words that is a name or begins one, so
//! that a name is found by following its words, and nothing is read when a program starts. Hashes
//! are 64 bits; with 10^5 names a false hit has a chance of about 10^-14 a look-up.

mod inflected;
mod key;
mod table;

use crate::lexicon::Lexicon;
use crate::token::{Kind, Token, Tokens, fold, hash};
use inflected::inflected;
use key::{SEED, WORDS_MAX, front, is_inside, mix};
use newstemma_model::{EntityKind, Language, Span};
use table::Entry;

pub(crate) use inflected::stem;

/// A row of the lists.
pub(crate) type Place = u32;

/// A name found among tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Known {
    /// One past its last token.
    pub(crate) end: usize,
    /// Which row.
    pub(crate) place: Place,
    /// What it names.
    pub(crate) kind: EntityKind,
    /// Whether it is a country or capital, which even careless texts name with a small letter.
    pub(crate) great: bool,
}

impl Known {
    fn new(entry: Entry, end: usize) -> Known {
        let kind = match entry.kind() {
            'o' => EntityKind::Organisation,
            'x' => EntityKind::Other,
            _ => EntityKind::Place,
        };
        Known { end, place: entry.place(), kind, great: matches!(entry.kind(), 'c' | 'k') }
    }
}

/// The first spelling of a row.
pub(crate) fn title(place: Place) -> &'static str {
    table::title(place)
}

/// The longest name that begins at a token.
pub(crate) fn find(lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Known> {
    exact(tokens, at).or_else(|| inflected(lexicon, tokens, at)).or_else(|| {
        // "وموسكو": words written together with the name.
        behind_prefix(lexicon, tokens, at)
    })
}

/// Whether a capitalised word is formed like the adjective or people of a country.
pub(crate) fn is_adjective(lexicon: &Lexicon, word: &str) -> bool {
    if lexicon.adjective_endings.is_empty() {
        return false;
    }
    let folded = fold(word);
    let ends = lexicon
        .adjective_endings
        .iter()
        .any(|e| folded.strip_suffix(&**e).is_some_and(|stem| stem.chars().count() >= 2));
    ends && table::is_front(front(&folded)) && folded.chars().count() > 5
}

/// The row that a name alone is, in a language.
pub(crate) fn place_of(name: &str, language: Language) -> Option<Place> {
    let lexicon = Lexicon::of(language);
    let tokens = Tokens::of(name, Span::new(0, name.len()), lexicon);
    let known = find(lexicon, &tokens, 0)?;
    (known.end >= tokens.len()).then_some(known.place)
}

fn exact(tokens: &Tokens, at: usize) -> Option<Known> {
    let mut best = None;
    let mut key = SEED;
    for (index, token) in name_tokens(tokens, at) {
        key = mix(key, token.hash);
        let Some(entry) = table::get(key) else { break };
        let capitals = || tokens.get(at).is_some_and(|t| t.shouted || t.span.len() > 3);
        if entry.is_name() && (!entry.is_shouted() || capitals()) {
            best = Some(Known::new(entry, index + 1));
        }
    }
    best
}

fn behind_prefix(lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Known> {
    const MORE_MAX: usize = 3;
    if lexicon.prefixes.is_empty() || tokens.kind(at) != Some(Kind::Word) {
        return None;
    }
    let folded = fold(tokens.str(at));
    lexicon.prefixes.iter().find_map(|prefix| {
        let bare = folded.strip_prefix(&**prefix).filter(|b| b.chars().count() >= 3)?;
        [bare.to_owned(), format!("ال{bare}")].iter().find_map(|word| {
            let mut key = mix(SEED, hash(word));
            let name = |key| table::get(key).filter(|e| e.is_name());
            let mut best = name(key).map(|e| Known::new(e, at + 1));
            for (index, token) in name_tokens(tokens, at).skip(1).take(MORE_MAX) {
                key = mix(key, token.hash);
                best = name(key).map(|e| Known::new(e, index + 1)).or(best);
            }
            best
        })
    })
}

/// The tokens that count in a name, from one on: no hyphens, dots or apostrophes, up to a mark
/// that no name has inside.
fn name_tokens<'a>(tokens: &'a Tokens, at: usize) -> impl Iterator<Item = (usize, &'a Token)> {
    (at..tokens.len().min(at + 2 * WORDS_MAX))
        .map_while(move |i| {
            let token = tokens.get(i)?;
            is_inside(token.kind, tokens.str(i), i == at).then_some((i, token))
        })
        .filter(|(_, token)| token.kind != Kind::Mark)
}

#[cfg(test)]
mod tests {
    use super::{place_of, title};
    use newstemma_model::Language;

    fn check(names: &[(&str, &str)], expected: &str) {
        for (language, name) in names {
            let place = place_of(name, Language::parse(language).unwrap());
            let found = place.map(title);
            assert_eq!(found, Some(expected), "{language}: {name}");
        }
    }

    #[test]
    fn spellings_of_one_place_meet() {
        check(
            &[
                ("en", "Kiev"),
                ("uk", "Києві"),
                ("ru", "Киеве"),
                ("pl", "Kijów"),
                ("ja", "キーウ"),
                ("ar", "وكييف"),
                ("ko", "키이우"),
            ],
            "Kyiv",
        );
        check(
            &[
                ("fr", "États-Unis"),
                ("en", "U.S."),
                ("en", "USA"),
                ("de", "Vereinigte Staaten"),
                ("zh", "美国"),
                ("ru", "США"),
            ],
            "United States",
        );
        check(
            &[("fr", "Maison Blanche"), ("ru", "Белого дома"), ("ja", "ホワイトハウス")],
            "White House",
        );
        check(&[("fr", "Corée du Nord"), ("de", "Nordkorea"), ("ko", "북한")], "North Korea");
    }
}
