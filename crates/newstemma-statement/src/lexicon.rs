//! A language pack made ready for looking up tokens.
//!
//! A report is read once, and each of its tokens is looked up once: the word table gives a small
//! integer, and a bit mask of that integer says which lists of phrases have one that begins with
//! this word. Only then is a list searched. So the cost is one hash a token and little more,
//! however many phrases a pack has.

use crate::gazetteer::{Gazetteer, Stems};
use crate::token::{Kind, Tokens, fold, is_sign};
use newstemma_language::{DateRules, Forms, NameRules, NumberRules, Pack};
use newstemma_model::Language;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{OnceLock, RwLock};

/// A word of a lexicon; 0 is none.
pub(crate) type Word = u32;

/// The lists of phrases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[rustfmt::skip]
pub(crate) enum List {
    // Numbers.
    Joiner, Cardinal, Multiplier, Approximate, Crowd, Ordinal, OrdinalMark, OrdinalPrefix, Fraction,
    AtLeast, MoreThan, AtMost, LessThan, About, AtLeastAfter, AtMostAfter, AboutAfter,
    Between, BetweenAnd, To, Percent, Currency, Duration, Measure, Several, Label, Classifier,
    OfLink, BeforeNoun, Stop, Clock,
    // Dates.
    Month, Weekday, Season, Ambiguous, Relative, Period, Unit, Last, Next, This, LastAfter,
    NextAfter, ThisAfter, AgoBefore, AgoAfter, AheadBefore, AheadAfter, Exact, Since, SinceAfter,
    Until, UntilAfter, DateFrom, DateTo, On, Within, OnDay, DateOf, Part, DayMark, DaySign,
    MonthMark, YearMark, SpanAfter, Future, Past,
    // Names.
    Particle, Connector, Title, TitleAfter, Given, Family, Body, SmallBody, PlaceWord, Thing,
    Locative, NotName, SmallName, Common,
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
    /// Links inside a compound.
    pub(crate) links: Vec<Box<str>>,
    /// What may be written together before a word.
    pub(crate) prefixes: Vec<Box<str>>,
    /// Endings that inflect names.
    pub(crate) endings: Vec<Box<str>>,
    /// Endings of capitalised adjectives.
    pub(crate) adjective_endings: Vec<Box<str>>,
    /// Endings of verbs in the future.
    pub(crate) future_endings: Vec<Box<str>>,
    /// Stems of the gazetteer's names, made when first asked for.
    stems: OnceLock<Stems>,
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

    /// The names of the gazetteer with the endings of this language cut off; `None` if it has
    /// no endings.
    pub(crate) fn stems(&self) -> Option<&Stems> {
        let inflects = !self.endings.is_empty();
        inflects.then(|| self.stems.get_or_init(|| Gazetteer::shared().stems(&self.endings)))
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

    fn build(pack: &'static Pack) -> Lexicon {
        let mut lexicon = Lexicon { pack: Some(pack), ..Lexicon::default() };
        lexicon.masks.push(0);
        lexicon.phrases.push(Vec::new());
        lexicon.prefixes = boxed(&pack.name.prefixes);
        lexicon.endings = boxed(&pack.name.endings);
        lexicon.adjective_endings = boxed(&pack.name.adjective_endings);
        lexicon.future_endings = boxed(&pack.date.future_endings);
        let generic = Pack::of(Language::UNKNOWN);
        lexicon.add_numbers(&generic.number);
        if pack.language.is_known() {
            lexicon.add_numbers(&pack.number);
            // Given names cross borders.
            lexicon.add_all(List::Given, &generic.name.given, 1.0);
        }
        lexicon.add_dates(&pack.date);
        lexicon.add_names(&pack.name);
        for word in &pack.word.common {
            lexicon.add(List::Common, word, 1.0);
        }
        for phrases in &mut lexicon.phrases {
            phrases.sort_by_key(|p| std::cmp::Reverse(p.rest.len()));
        }
        lexicon
    }

    fn add_numbers(&mut self, rules: &NumberRules) {
        let maps = [
            (List::Cardinal, &rules.cardinals),
            (List::Multiplier, &rules.multipliers),
            (List::Approximate, &rules.approximates),
            (List::Crowd, &rules.crowds),
            (List::Ordinal, &rules.ordinals),
            (List::Fraction, &rules.fractions),
        ];
        for (list, map) in maps {
            for (value, forms) in map {
                self.add_all(list, forms, value.parse().unwrap_or(0.0));
            }
        }
        let lists = [
            (List::Joiner, &rules.joiners),
            (List::OrdinalMark, &rules.ordinal_marks),
            (List::OrdinalPrefix, &rules.ordinal_prefixes),
            (List::AtLeast, &rules.at_least),
            (List::MoreThan, &rules.more_than),
            (List::AtMost, &rules.at_most),
            (List::LessThan, &rules.less_than),
            (List::About, &rules.about),
            (List::AtLeastAfter, &rules.at_least_after),
            (List::AtMostAfter, &rules.at_most_after),
            (List::AboutAfter, &rules.about_after),
            (List::Between, &rules.between),
            (List::BetweenAnd, &rules.between_and),
            (List::To, &rules.to),
            (List::Percent, &rules.percent),
            (List::Several, &rules.several),
            (List::Label, &rules.labels),
            (List::Classifier, &rules.classifiers),
            (List::OfLink, &rules.of),
            (List::BeforeNoun, &rules.before_noun),
            (List::Stop, &rules.stops),
            (List::Clock, &rules.clock),
        ];
        for (list, forms) in lists {
            self.add_all(list, forms, 1.0);
        }
        let units = [
            (List::Currency, &rules.currencies),
            (List::Duration, &rules.durations),
            (List::Measure, &rules.measures),
        ];
        for (list, map) in units {
            for (key, forms) in map {
                let index = self.units.len() as f64;
                let shown = forms.first().unwrap_or(key);
                self.units.push(UnitName { key: key.as_str().into(), shown: shown.into() });
                self.add_all(list, forms, index);
            }
        }
        if rules.compound {
            self.add_parts(rules);
        }
    }

    fn add_parts(&mut self, rules: &NumberRules) {
        self.links = boxed(&rules.joiners);
        for (map, multiplies) in [(&rules.cardinals, false), (&rules.multipliers, true)] {
            for (value, forms) in map {
                let value = value.parse().unwrap_or(0.0);
                for form in forms.iter().filter(|f| !f.contains(' ')) {
                    self.parts.push((fold(form).into(), value, multiplies));
                }
            }
        }
        self.parts.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
    }

    fn add_dates(&mut self, rules: &DateRules) {
        let named = [
            (List::Month, &rules.months),
            (List::Weekday, &rules.weekdays),
            (List::Season, &rules.seasons),
        ];
        for (list, names) in named {
            for (index, forms) in names.iter().enumerate() {
                self.add_all(list, forms, index as f64);
            }
        }
        for (days, forms) in &rules.relative {
            self.add_all(List::Relative, forms, days.parse().unwrap_or(0.0));
        }
        for (unit, forms) in &rules.units {
            self.add_all(List::Unit, forms, unit_index(unit));
        }
        for (period, forms) in &rules.periods {
            let (steps, unit) = period.split_once(' ').unwrap_or((period, "day"));
            let steps: f64 = steps.parse().unwrap_or(0.0);
            self.add_all(List::Period, forms, steps * 4.0 + unit_index(unit));
        }
        let lists = [
            (List::Ambiguous, &rules.ambiguous),
            (List::Last, &rules.last),
            (List::Next, &rules.next),
            (List::This, &rules.this),
            (List::LastAfter, &rules.last_after),
            (List::NextAfter, &rules.next_after),
            (List::ThisAfter, &rules.this_after),
            (List::AgoBefore, &rules.ago_before),
            (List::AgoAfter, &rules.ago_after),
            (List::AheadBefore, &rules.ahead_before),
            (List::AheadAfter, &rules.ahead_after),
            (List::Exact, &rules.exact),
            (List::Since, &rules.since),
            (List::SinceAfter, &rules.since_after),
            (List::Until, &rules.until),
            (List::UntilAfter, &rules.until_after),
            (List::DateFrom, &rules.from),
            (List::DateTo, &rules.to),
            (List::On, &rules.on),
            (List::Within, &rules.within),
            (List::OnDay, &rules.on_day),
            (List::DateOf, &rules.of),
            (List::Part, &rules.part),
            (List::DayMark, &rules.day_marks),
            (List::DaySign, &rules.day_signs),
            (List::MonthMark, &rules.month_marks),
            (List::YearMark, &rules.year_marks),
            (List::SpanAfter, &rules.spans_after),
            (List::Future, &rules.future),
            (List::Past, &rules.past),
        ];
        for (list, forms) in lists {
            self.add_all(list, forms, 1.0);
        }
    }

    fn add_names(&mut self, rules: &NameRules) {
        let lists = [
            (List::Particle, &rules.particles),
            (List::Connector, &rules.connectors),
            (List::Title, &rules.titles),
            (List::TitleAfter, &rules.titles_after),
            (List::Given, &rules.given),
            (List::Family, &rules.families),
            (List::Body, &rules.bodies),
            (List::SmallBody, &rules.small_bodies),
            (List::PlaceWord, &rules.places),
            (List::Thing, &rules.things),
            (List::Locative, &rules.locatives),
            (List::NotName, &rules.not_names),
            (List::SmallName, &rules.small_names),
        ];
        for (list, forms) in lists {
            self.add_all(list, forms, 1.0);
        }
    }

    fn add_all(&mut self, list: List, forms: &Forms, value: f64) {
        for form in forms.iter() {
            self.add(list, form, value);
        }
    }

    fn add(&mut self, list: List, form: &str, value: f64) {
        let bare = Tokens::of(form, newstemma_model::Span::new(0, form.len()), Self::none());
        let words: Vec<Word> = (0..bare.len()).map(|i| self.intern(&fold(bare.str(i)))).collect();
        let Some((&first, rest)) = words.split_first() else { return };
        let capital = bare.get(0).is_some_and(|t| t.capital) && !bare.str(0).chars().any(is_sign);
        debug_assert!(bare.kind(0) != Some(Kind::Digits) || rest.is_empty() || value >= 0.0);
        self.masks[first as usize] |= 1u128 << list as u32;
        self.phrases[first as usize].push(Phrase { list, rest: rest.into(), capital, value });
    }

    fn intern(&mut self, folded: &str) -> Word {
        if let Some(&word) = self.words.get(folded) {
            return word;
        }
        let word = self.masks.len() as Word;
        self.words.insert(folded.into(), word);
        self.masks.push(0);
        self.phrases.push(Vec::new());
        word
    }
}

fn unit_index(name: &str) -> f64 {
    ["day", "week", "month", "year"].iter().position(|u| *u == name).unwrap_or(0) as f64
}

/// Folded forms, longest first, so that the first that fits is the longest.
fn boxed(forms: &Forms) -> Vec<Box<str>> {
    let mut list: Vec<Box<str>> = forms.iter().map(|f| fold(f).into()).collect();
    list.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    list
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
