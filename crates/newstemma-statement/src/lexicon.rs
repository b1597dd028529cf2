//! A language pack made ready for looking up tokens.
//!
//! A report is read once, and each of its tokens is looked up once: the word table gives a small
//! integer, and a bit mask of that integer says which lists of phrases have one that begins with
//! this word. Only then is a list searched. So the cost is one hash a token and little more,
//! however many phrases a pack has.

mod build;

use crate::token::{Kind, Tokens};
use newstemma_language::{DateRules, NameRules, NumberRules, Pack};
use newstemma_model::Language;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{OnceLock, RwLock};

/// A word of a lexicon; 0 is none.
pub(crate) type Word = u32;

/// Length of a word that is put together of number words, in bytes.
const COMPOUND_BYTES: std::ops::RangeInclusive<usize> = 6..=80;

/// The lists of phrases; those of names last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[rustfmt::skip]
pub(crate) enum List {
    // Numbers.
    Joiner, Cardinal, Multiplier, Approximate, Crowd, Ordinal, OrdinalMark, OrdinalPrefix, Fraction,
    AtLeast, MoreThan, AtMost, LessThan, About, AtLeastAfter, AtMostAfter, AboutAfter, CameTo,
    Between, BetweenAnd, To, Percent, PercentBefore, Currency, Duration, Measure, Several, Label, Classifier,
    OfLink, BeforeNoun, Stop, Clock,
    // Dates.
    Month, Weekday, Season, Ambiguous, Relative, Period, Unit, Last, Next, This, LastAfter,
    NextAfter, ThisAfter, AgoBefore, AgoAfter, AheadBefore, AheadAfter, Exact, Since, SinceAfter,
    Onward, Deadline, Until, UntilAfter, DateFrom, DateTo, On, Toward, Within, OnDay, DateOf, Part, DayMark, DaySign,
    MonthMark, YearMark, SpanAfter, Future, Past, Reporting,
    // Names.
    Particle, Connector, Title, TitleAfter, Given, Family, Body, SmallBody, PlaceWord, PlaceNoun, Thing,
    Locative, NotName, Homograph, Common,
}

/// A phrase of a list.
#[derive(Clone, Debug)]
struct Phrase {
    list: List,
    /// Its words after the first.
    rest: Box<[Word]>,
    /// Whether the first word must have a capital.
    capital: bool,
    /// What the list says of it: a number, or an index into a table.
    value: f64,
}

/// A phrase found among tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Hit {
    /// How many tokens it takes.
    pub length: usize,
    /// What the list says of it.
    pub value: f64,
}

/// A language pack made ready.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: HashMap<Box<str>, Word, BuildHasherDefault<Fnv>>,
    masks: Vec<u128>,
    phrases: Vec<Vec<Phrase>>,
    /// Names that values of [`List::Currency`], [`List::Duration`] and [`List::Measure`] index:
    /// key (ISO code, `day`), and the form to show.
    pub(crate) units: Vec<UnitName>,
    /// Number words that may stand inside a compound, longest first, with their value and whether
    /// they multiply.
    pub(crate) parts: Vec<(Box<str>, f64, bool)>,
    /// The bytes that they begin with, two of each, ascending: most words begin with no others.
    part_heads: Vec<[u8; 2]>,
    /// Links inside a compound.
    pub(crate) links: Vec<Box<str>>,
    /// What may be written together before a word.
    pub(crate) prefixes: Vec<Box<str>>,
    /// Endings that inflect names.
    pub(crate) endings: Vec<Box<str>>,
    /// Endings of capitalised adjectives.
    pub(crate) adjective_endings: Vec<Box<str>>,
    /// Titles that longer words may end in, longest first.
    pub(crate) title_ends: Vec<Box<str>>,
    /// Endings of verbs in the future.
    pub(crate) future_endings: Vec<Box<str>>,
    /// Endings of verbs in the past.
    pub(crate) past_endings: Vec<Box<str>>,
    /// The pack it was made of.
    pub(crate) pack: Option<&'static Pack>,
}

/// A unit, by its key and its form to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnitName {
    /// ISO code, name of the unit of time, or symbol.
    pub(crate) key: Box<str>,
    /// The singular in this language.
    pub(crate) shown: Box<str>,
}

impl Lexicon {
    /// The lexicon of a language; made when first asked for, kept for ever.
    pub(crate) fn of(language: Language) -> &'static Lexicon {
        static MADE: RwLock<BTreeMap<Language, &'static Lexicon>> = RwLock::new(BTreeMap::new());
        let pack = Pack::of(language);
        let known = |made: &BTreeMap<Language, &'static Lexicon>| made.get(&pack.language).copied();
        if let Some(found) = MADE.read().ok().and_then(|made| known(&made)) {
            return found;
        }
        let Ok(mut made) = MADE.write() else { return Self::none() };
        // Packs are few and live as long as the program, so this leak is bounded.
        known(&made).unwrap_or_else(|| {
            let new: &'static Lexicon = Box::leak(Box::new(Lexicon::build(pack)));
            made.insert(pack.language, new);
            new
        })
    }

    /// A lexicon without words.
    pub(crate) fn none() -> &'static Lexicon {
        static EMPTY: OnceLock<Lexicon> = OnceLock::new();
        EMPTY.get_or_init(Lexicon::default)
    }

    /// The rules for numbers.
    pub(crate) fn number(&self) -> &'static NumberRules {
        static NONE: OnceLock<NumberRules> = OnceLock::new();
        self.pack.map_or_else(|| NONE.get_or_init(NumberRules::default), |p| &p.number)
    }

    /// The rules for dates.
    pub(crate) fn date(&self) -> &'static DateRules {
        static NONE: OnceLock<DateRules> = OnceLock::new();
        self.pack.map_or_else(|| NONE.get_or_init(DateRules::default), |p| &p.date)
    }

    /// The rules for names.
    pub(crate) fn name(&self) -> &'static NameRules {
        static NONE: OnceLock<NameRules> = OnceLock::new();
        self.pack.map_or_else(|| NONE.get_or_init(NameRules::default), |p| &p.name)
    }

    /// The word of a folded token, prefixes undone where only that finds one; 0 if none.
    pub(crate) fn word(&self, folded: &str) -> Word {
        if let Some(&word) = self.words.get(folded) {
            return word;
        }
        let bare = self.prefixes.iter().find_map(|p| {
            let rest = folded.strip_prefix(&**p)?;
            self.words.get(rest).filter(|_| rest.len() > 2)
        });
        bare.copied().unwrap_or(0)
    }

    /// Whether a folded word is long enough to be put together of number words, and begins with
    /// one.
    pub(crate) fn begins_compound(&self, folded: &str) -> bool {
        !self.parts.is_empty()
            && COMPOUND_BYTES.contains(&folded.len())
            && folded.as_bytes().first_chunk().is_some_and(|head| self.is_part_head(*head))
            && self.begins_with_part(folded)
    }

    fn is_part_head(&self, head: [u8; 2]) -> bool {
        self.part_heads.binary_search(&head).is_ok()
    }

    /// Whether a text begins with a number word that may stand inside a compound.
    pub(crate) fn begins_with_part(&self, text: &str) -> bool {
        self.parts.iter().any(|(part, _, _)| text.starts_with(&**part))
    }

    /// The longest phrase of a list that begins at a token.
    pub(crate) fn find(&self, list: List, tokens: &Tokens, at: usize) -> Option<Hit> {
        let token = tokens.get(at)?;
        let bit = 1u128 << list as u32;
        if token.word == 0 || self.masks.get(token.word as usize)? & bit == 0 {
            return None;
        }
        let phrases = self.phrases.get(token.word as usize)?;
        let fits = |p: &&Phrase| {
            p.list == list
                && (!p.capital || token.capital)
                && p.rest
                    .iter()
                    .enumerate()
                    .all(|(i, &word)| tokens.get(at + 1 + i).is_some_and(|t| t.word == word))
        };
        let phrase = phrases.iter().find(fits)?;
        Some(Hit { length: 1 + phrase.rest.len(), value: phrase.value })
    }

    /// Whether a number or date, or the words before one, may begin at a token: digits, a word of
    /// the lists of numbers and dates, or one that may be put together of such.
    pub(crate) fn may_count(&self, tokens: &Tokens, at: usize) -> bool {
        /// Lists of numbers and dates; those of names come after them.
        const COUNTED: u128 = (1 << List::Particle as u32) - 1;
        tokens.get(at).is_some_and(|token| {
            let mask = self.masks.get(token.word as usize).copied().unwrap_or(0);
            token.kind == Kind::Digits || mask & COUNTED != 0 || token.compound
        })
    }

    /// Whether a phrase of a list begins at a token.
    pub(crate) fn is(&self, list: List, tokens: &Tokens, at: usize) -> bool {
        self.find(list, tokens, at).is_some()
    }

    /// The longest phrase of a list that ends just before a token, and where it begins.
    pub(crate) fn find_before(
        &self,
        list: List,
        tokens: &Tokens,
        end: usize,
    ) -> Option<(usize, Hit)> {
        (end.saturating_sub(5)..end)
            .filter_map(|at| Some((at, self.find(list, tokens, at)?)))
            .find(|(at, hit)| at + hit.length == end)
    }
}

/// FNV-1a: words are short, and foreign text can at worst make a look-up slow among the words of
/// the packs, which are ours.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
