//! Places, bodies and things that the press names, in the spellings of many languages.
//!
//! Two lists: `data/places.tsv`, built from GeoNames and CLDR, and `data/bodies.tsv`, written by
//! hand, whose rows add to those of the first where their first spellings agree. A name is a run
//! of words; the table holds a hash of each run, so that looking one up builds no string: the
//! hashes of the tokens are mixed from left to right, and only runs that begin with a word that
//! begins some name are tried. Hashes are 64 bits; with 10^5 names a false hit has a chance of
//! about 10^-14 a look-up.

use crate::lexicon::Lexicon;
use crate::token::{Kind, Token, Tokens, fold, hash};
use newstemma_model::{EntityKind, Language, Span};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

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

/// Names with their endings cut off.
pub(crate) type Stems = HashMap<u64, Entry, BuildHasherDefault<Same>>;

/// What the table says of a run of words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    place: Place,
    kind: char,
    /// Whether the name is written in capitals ("US"), and so must be in the text.
    shouted: bool,
}

/// The lists.
#[derive(Debug, Default)]
pub(crate) struct Gazetteer {
    names: HashMap<u64, Entry, BuildHasherDefault<Same>>,
    /// The most words of a name that begins with a word.
    starts: HashMap<u64, u8, BuildHasherDefault<Same>>,
    /// First spelling of each row.
    titles: Vec<&'static str>,
    /// First four letters of countries and capitals, by which their adjectives are told.
    fronts: HashMap<u64, (), BuildHasherDefault<Same>>,
}

const PLACES: &str = include_str!("../data/places.tsv");
const BODIES: &str = include_str!("../data/bodies.tsv");

/// Most tokens of a name; signs are a token each.
const WORDS_MAX: usize = 12;

impl Gazetteer {
    /// The lists, read once.
    pub(crate) fn shared() -> &'static Gazetteer {
        static SHARED: OnceLock<Gazetteer> = OnceLock::new();
        SHARED.get_or_init(Gazetteer::read)
    }

    /// The first spelling of a row.
    pub(crate) fn title(&self, place: Place) -> &'static str {
        self.titles.get(place as usize).copied().unwrap_or("")
    }

    /// The longest name that begins at a token.
    pub(crate) fn find(&self, lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Known> {
        let first = tokens.get(at)?;
        let most = self.starts.get(&first.hash).copied();
        let exact = most.and_then(|most| self.exact(tokens, at, usize::from(most)));
        exact.or_else(|| self.inflected(lexicon, tokens, at)).or_else(|| {
            // "وموسكو": words written together with the name.
            self.behind_prefix(lexicon, tokens, at)
        })
    }

    /// Whether a capitalised word is formed like the adjective or people of a country.
    pub(crate) fn is_adjective(&self, lexicon: &Lexicon, word: &str) -> bool {
        if lexicon.adjective_endings.is_empty() {
            return false;
        }
        let folded = fold(word);
        let ends = lexicon
            .adjective_endings
            .iter()
            .any(|e| folded.strip_suffix(&**e).is_some_and(|stem| stem.chars().count() >= 2));
        ends && self.fronts.contains_key(&front(&folded)) && folded.chars().count() > 5
    }

    /// The names with endings cut off from each word.
    pub(crate) fn stems(&self, endings: &[Box<str>]) -> Stems {
        let mut stems = Stems::default();
        for (place, kind, name) in self.rows() {
            let words = folded_words(name);
            let cut = words.iter().any(|w| stem(w, endings).len() < w.len());
            let shouted = is_shouted(name);
            if cut && !shouted {
                let key = mix_all(words.iter().map(|w| hash(stem(w, endings))));
                stems.entry(key).or_insert(Entry { place, kind, shouted });
            }
        }
        stems
    }

    fn exact(&self, tokens: &Tokens, at: usize, most: usize) -> Option<Known> {
        let mut best = None;
        let mut mixed = SEED;
        let mut words = 0;
        for (index, token) in name_tokens(tokens, at) {
            mixed = mix(mixed, token.hash);
            words += 1;
            if let Some(entry) = self.names.get(&mixed)
                && (!entry.shouted || tokens.get(at).is_some_and(|t| t.shouted || t.span.len() > 3))
            {
                best = Some(self.known(entry, index + 1));
            }
            if words >= most {
                break;
            }
        }
        best
    }

    fn inflected(&self, lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Known> {
        const INFLECTED_MAX: usize = 3;
        let stems = lexicon.stems()?;
        if !tokens.get(at).is_some_and(|t| t.capital && t.kind == Kind::Word) {
            return None;
        }
        let mut best = None;
        let mut mixed = SEED;
        for (index, _) in name_tokens(tokens, at).take(INFLECTED_MAX) {
            let folded = fold(tokens.str(index));
            mixed = mix(mixed, hash(stem(&folded, &lexicon.endings)));
            if let Some(entry) = stems.get(&mixed) {
                best = Some(self.known(entry, index + 1));
            }
        }
        best
    }

    fn behind_prefix(&self, lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Known> {
        if lexicon.prefixes.is_empty() || tokens.kind(at) != Some(Kind::Word) {
            return None;
        }
        let folded = fold(tokens.str(at));
        lexicon.prefixes.iter().find_map(|prefix| {
            let bare = folded.strip_prefix(&**prefix).filter(|b| b.chars().count() >= 3)?;
            [bare.to_owned(), format!("ال{bare}")].iter().find_map(|word| {
                let mut mixed = mix(SEED, hash(word));
                let mut best = self.names.get(&mixed).map(|e| self.known(e, at + 1));
                for (index, token) in name_tokens(tokens, at).skip(1).take(3) {
                    mixed = mix(mixed, token.hash);
                    best = self.names.get(&mixed).map(|e| self.known(e, index + 1)).or(best);
                }
                best
            })
        })
    }

    fn known(&self, entry: &Entry, end: usize) -> Known {
        let kind = match entry.kind {
            'o' => EntityKind::Organisation,
            'x' => EntityKind::Other,
            _ => EntityKind::Place,
        };
        Known { end, place: entry.place, kind, great: matches!(entry.kind, 'c' | 'k') }
    }

    fn read() -> Gazetteer {
        /// About as many names as the lists have, so that the tables grow once.
        const NAMES: usize = 100_000;
        let mut gazetteer = Gazetteer::default();
        gazetteer.names.reserve(NAMES);
        gazetteer.starts.reserve(NAMES / 2);
        for row in PLACES.lines().chain(BODIES.lines()).filter(|l| !l.starts_with('#')) {
            let mut cells = row.split('\t');
            let kind = cells.next().and_then(|k| k.chars().next()).unwrap_or('x');
            let mut place = None;
            for name in cells {
                let words = Words::of(name);
                let place = *place.get_or_insert_with(|| gazetteer.row(name, kind, &words));
                gazetteer.add(name, kind, place, &words);
            }
        }
        gazetteer
    }

    /// The row of a name that is the first of its line: an older row of that name, or a new one.
    fn row(&mut self, name: &'static str, kind: char, words: &Words) -> Place {
        let known = self.names.get(&mix_all(words.hashes.iter().copied()));
        known.filter(|e| e.kind == kind).map(|e| e.place).unwrap_or_else(|| {
            self.titles.push(name);
            self.titles.len() as Place - 1
        })
    }

    fn add(&mut self, name: &str, kind: char, place: Place, words: &Words) {
        let Words { hashes, shouted } = words;
        if hashes.is_empty() || hashes.len() > WORDS_MAX {
            return;
        }
        let most = self.starts.entry(hashes[0]).or_insert(0);
        *most = (*most).max(hashes.len() as u8);
        if matches!(kind, 'c' | 'k') {
            self.fronts.insert(front(&fold(name)), ());
        }
        // The first row of a name has it: countries come before capitals and towns, and those by
        // population.  What was written by hand is surer than either.
        let entry = Entry { place, kind, shouted: *shouted };
        let slot = self.names.entry(mix_all(hashes.iter().copied())).or_insert(entry);
        if kind == 'o' || kind == 'r' && slot.kind == 't' {
            *slot = entry;
        }
    }

    /// Row, kind and name of every spelling.
    fn rows(&self) -> impl Iterator<Item = (Place, char, &'static str)> + '_ {
        let rows = PLACES.lines().chain(BODIES.lines()).filter(|l| !l.starts_with('#'));
        rows.flat_map(move |row| row.split('\t').skip(1)).filter_map(move |name| {
            let key = mix_all(Words::of(name).hashes.into_iter());
            self.names.get(&key).map(|e| (e.place, e.kind, name))
        })
    }
}

/// A word without the longest ending that leaves three letters.
pub(crate) fn stem<'w>(folded: &'w str, endings: &[Box<str>]) -> &'w str {
    const LETTERS_MIN: usize = 3;
    endings
        .iter()
        .filter_map(|e| folded.strip_suffix(&**e))
        .find(|s| s.chars().count() >= LETTERS_MIN)
        .unwrap_or(folded)
}

/// The words of a name as tokens would have them, by their hashes.
struct Words {
    hashes: Vec<u64>,
    shouted: bool,
}

impl Words {
    fn of(name: &str) -> Words {
        let tokens = Tokens::of(name, Span::new(0, name.len()), Lexicon::none());
        let hashes = name_tokens(&tokens, 0).map(|(_, token)| token.hash).collect();
        Words { hashes, shouted: is_shouted(name) }
    }
}

/// The words of a name, folded.
fn folded_words(name: &str) -> Vec<String> {
    let tokens = Tokens::of(name, Span::new(0, name.len()), Lexicon::none());
    name_tokens(&tokens, 0).map(|(i, _)| fold(tokens.str(i))).collect()
}

/// Whether a name is an acronym, which only means it in capitals.
fn is_shouted(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphabetic()).take(6).count() <= 5
        && name.chars().all(|c| !c.is_alphabetic() || c.is_uppercase())
        && name.chars().any(char::is_uppercase)
}

/// The tokens that count in a name, from one on: no hyphens, dots or apostrophes, up to a mark
/// that no name has inside.
fn name_tokens<'a>(tokens: &'a Tokens, at: usize) -> impl Iterator<Item = (usize, &'a Token)> {
    (at..tokens.len().min(at + 2 * WORDS_MAX))
        .map_while(move |i| {
            let token = tokens.get(i)?;
            let inside = token.kind != Kind::Mark
                || matches!(tokens.str(i), "-" | "‑" | "." | "·" | "・" | "&" | "'" | "’")
                    && i > at;
            inside.then_some((i, token))
        })
        .filter(|(_, token)| token.kind != Kind::Mark)
}

fn front(folded: &str) -> u64 {
    let end = folded.char_indices().nth(4).map_or(folded.len(), |(at, _)| at);
    hash(&folded[..end])
}

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

fn mix(mixed: u64, word: u64) -> u64 {
    (mixed.rotate_left(23) ^ word).wrapping_mul(0xff51_afd7_ed55_8ccd)
}

fn mix_all(words: impl Iterator<Item = u64>) -> u64 {
    words.fold(SEED, mix)
}

/// Keys are hashes already.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Same(u64);

impl Hasher for Same {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The row that a name alone is, in a language.
pub(crate) fn place_of(name: &str, language: Language) -> Option<Place> {
    let lexicon = Lexicon::of(language);
    let tokens = Tokens::of(name, Span::new(0, name.len()), lexicon);
    let known = Gazetteer::shared().find(lexicon, &tokens, 0)?;
    (known.end >= tokens.len()).then_some(known.place)
}

#[cfg(test)]
mod tests {
    use super::{Gazetteer, place_of};
    use newstemma_model::Language;

    fn check(names: &[(&str, &str)], title: &str) {
        for (language, name) in names {
            let place = place_of(name, Language::parse(language).unwrap());
            let found = place.map(|p| Gazetteer::shared().title(p));
            assert_eq!(found, Some(title), "{language}: {name}");
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
