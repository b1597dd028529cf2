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

use crate::gazetteer::{Gazetteer, Known};
use crate::lexicon::{Lexicon, List};
use crate::token::{Kind, Tokens, fold, is_katakana};
use newstemma_model::{EntityKind, NameMention, Span};
use std::collections::{BTreeMap, BTreeSet};

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
    let mut families = BTreeMap::new();
    let mut open = Vec::new();
    for line in lines {
        let reader = Reader { line, usage: &usage, shouting: is_headline(line) };
        reader.read(&mut found, &mut open);
    }
    for name in found.iter().filter(|n: &&Found| n.kind == EntityKind::Person) {
        families.insert(name.last, ());
    }
    // A family name alone is somebody's, whatever the words around it show.
    for name in found.iter_mut().filter(|n| n.kind == EntityKind::Other) {
        if !name.normal.contains(' ') && families.contains_key(&name.last) {
            name.kind = EntityKind::Person;
        }
    }
    // Words that could be a name if somebody of that family is named in full.
    found.extend(open.into_iter().filter(|o| families.contains_key(&o.last)));
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

/// How the words of a report are written elsewhere in it.
#[derive(Debug, Default)]
struct Usage {
    small: BTreeSet<u64>,
    capital_inside: BTreeSet<u64>,
}

impl Usage {
    fn of(lines: &[Line]) -> Usage {
        let mut usage = Usage::default();
        for line in lines {
            if is_headline(line) {
                continue;
            }
            let mut first = true;
            for (i, token) in line.tokens.list.iter().enumerate() {
                if token.kind != Kind::Word {
                    first |= matches!(line.tokens.str(i), "“" | "«" | "\"" | "„" | ":" | "–" | "•");
                    continue;
                }
                if !token.capital && token.glued {
                    // Behind a hyphen or apostrophe: no word of its own.
                } else if !token.capital {
                    usage.small.insert(token.hash);
                } else if !first {
                    usage.capital_inside.insert(token.hash);
                }
                first = false;
            }
        }
        usage
    }
}

/// Whether most long words of a line have capitals, as in headlines of the English press.
fn is_headline(line: &Line) -> bool {
    let words = line.tokens.list.iter().filter(|t| t.kind == Kind::Word && t.span.len() >= 4);
    let (mut all, mut capital) = (0, 0);
    for token in words {
        all += 1;
        capital += usize::from(token.capital);
    }
    all >= 4 && capital * 20 >= all * 17 && !line.lexicon.name().capital_nouns
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
            if let Some(hit) = self.line.lexicon.find(List::Title, &self.line.tokens, at) {
                return at + hit.length;
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

    /// A name of the gazetteer, if the way it is written allows it.
    fn known(&self, at: usize) -> Option<Known> {
        let token = self.line.tokens.get(at)?;
        let cased = token.kind == Kind::Word
            && self
                .line
                .tokens
                .str(at)
                .chars()
                .next()
                .is_some_and(|c| c.is_lowercase() || c.is_uppercase());
        if token.glued && token.kind == Kind::Word && self.is_inside_word(at) {
            return None;
        }
        let known = Gazetteer::shared().find(self.line.lexicon, &self.line.tokens, at)?;
        // A foreign name goes on behind the dot.
        if matches!(self.line.tokens.str(known.end), "·" | "・" | "＝") {
            return None;
        }
        if !cased {
            return self.fits_signs(at, known).then_some(known);
        }
        let words = (at..known.end).filter(|&i| self.line.tokens.kind(i) == Some(Kind::Word));
        let capitals = words.clone().filter(|&i| self.is_capital(i)).count();
        let count = words.count();
        if capitals == 0 {
            // "kyiv" of a careless text: a great place, and no word of the language.
            let rare = token.span.len() >= 4 && !self.is_common(at) && token.word == 0;
            let single = known.great && count == 1 && rare && !self.is_ambiguous_small(at);
            return single.then_some(known);
        }
        if count == 1 && self.is(List::NotName, at) {
            return None;
        }
        // "Of" and "Nice" at the beginning of a sentence are not the towns.
        let starts = self.starts_sentence(at) || self.shouting;
        let doubtful = starts
            && count == 1
            && !known.great
            && known.kind == EntityKind::Place
            && !self.usage.capital_inside.contains(&token.hash);
        let small = self.usage.small.contains(&token.hash) && count == 1 && !token.shouted;
        let noun = self.line.lexicon.name().capital_nouns
            && count == 1
            && !known.great
            && known.kind == EntityKind::Place
            && self.follows_article(at);
        let usual = small && starts;
        (!doubtful && !usual && !noun).then_some(known)
    }

    /// Small words of the big languages that are spelt like a country or capital.
    fn is_ambiguous_small(&self, at: usize) -> bool {
        const WORDS: [&str; 22] = [
            "turkey", "china", "chad", "male", "jordan", "guinea", "cuba", "peru", "lima", "rome",
            "panama", "mali", "niger", "togo", "guernsey", "jersey", "basse", "praia", "monte",
            "asia", "victoria", "riga",
        ];
        let word = fold(self.line.tokens.str(at));
        WORDS.contains(&word.as_str()) || self.line.lexicon.name().capital_nouns
    }

    /// Whether a name in signs is no part of a longer word, as far as can be told.
    fn fits_signs(&self, at: usize, known: Known) -> bool {
        let length = self.line.tokens.span(at, known.end).of(self.line.tokens.text).chars().count();
        let hangul = self.line.tokens.str(at).chars().all(|c| matches!(c as u32, 0xAC00..=0xD7A3));
        let inside = hangul
            && at > 0
            && self.line.tokens.is_glued(at)
            && self.line.tokens.kind(at - 1) == Some(Kind::Sign);
        length >= 2 && !inside
    }

    /// Whether the capitals go on behind a known name as one longer name.
    fn extends(&self, at: usize, known: Known, end: usize) -> bool {
        let rest = known.end..end;
        let first = known.end;
        if self.is(List::Title, first) || self.known(first).is_some() || self.is_no_name(first) {
            return false;
        }
        let heads = [List::Body, List::Thing, List::PlaceWord];
        let headed = rest.clone().any(|i| heads.iter().any(|&l| self.is(l, i)));
        headed
            || self.is(List::Given, at)
            || known.kind == EntityKind::Place && !known.great && self.is_capital(first)
    }

    /// The end of the run of capitalised words that begins at a token.
    fn run(&self, at: usize) -> Option<usize> {
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

    fn opens_run(&self, at: usize) -> bool {
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
    fn joined(&self, start: usize, end: usize) -> usize {
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
    fn over_small_words(&self, start: usize, end: usize) -> usize {
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
    fn capitals(
        &self,
        at: usize,
        end: usize,
        found: &mut Vec<Found>,
        open: &mut Vec<Found>,
    ) -> usize {
        let mut start = at;
        let mut titled = self.title_before(at);
        while let Some(hit) = self.line.lexicon.find(List::Title, &self.line.tokens, start) {
            if start + hit.length > end {
                break;
            }
            start += hit.length;
            titled = true;
            // "Mr. Orla"
            if self.line.tokens.str(start) == "." {
                start += 1;
                break;
            }
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
        let good = if titled {
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

    /// Words of one capital letter, and function words.
    fn is_shy(&self, at: usize) -> bool {
        self.line.tokens.str(at).chars().count() < 2 || self.is_common(at)
    }

    /// Two words with capitals and no article before them, where nouns have capitals too.
    fn is_double_name(&self, start: usize, end: usize) -> bool {
        end - start == 2
            && !self.follows_article(start)
            && !self.starts_sentence(start)
            && (start..end).all(|i| self.line.tokens.get(i).is_some_and(|t| t.word == 0))
    }

    fn follows_article(&self, at: usize) -> bool {
        at > 0
            && (self.is_common(at - 1) || self.is(List::Stop, at - 1))
            && self.line.tokens.kind(at - 1) == Some(Kind::Word)
            && !self.is(List::Locative, at - 1)
    }

    fn kind(&self, start: usize, end: usize, titled: bool) -> EntityKind {
        let any = |list: List| (start..end).any(|i| self.is(list, i));
        if titled {
            return EntityKind::Person;
        }
        if self.is(List::Given, start) && end - start > 1 && !any(List::Body) {
            return EntityKind::Person;
        }
        if any(List::Body) {
            return EntityKind::Organisation;
        }
        if any(List::Thing) {
            return EntityKind::Other;
        }
        if any(List::PlaceWord) {
            return EntityKind::Place;
        }
        let text = self.line.tokens.get(start);
        if end - start == 1 && text.is_some_and(|t| t.shouted) {
            return EntityKind::Organisation;
        }
        let locative = self.line.lexicon.find_before(List::Locative, &self.line.tokens, start);
        if end - start <= 3 && locative.is_some() && !self.is(List::Given, start) {
            return EntityKind::Place;
        }
        if self.is(List::Ordinal, start) {
            return EntityKind::Other;
        }
        let spoken = self.line.tokens.str(end) == ","
            && self.line.tokens.kind(end + 1) == Some(Kind::Digits);
        let words = (start..end).filter(|&i| self.line.tokens.kind(i) == Some(Kind::Word)).count();
        let plain = (start..end).all(|i| self.line.tokens.get(i).is_none_or(|t| !t.shouted));
        if spoken
            || self.is(List::Given, start)
            || (2..=3).contains(&words) && plain && !self.shouting
        {
            return EntityKind::Person;
        }
        EntityKind::Other
    }

    /// Whether a title stands just before, as in "président Orla", "Orla 대통령" apart.
    fn title_before(&self, at: usize) -> bool {
        let before = if at > 0 && self.line.tokens.str(at - 1) == "." { at - 1 } else { at };
        let title = self.line.lexicon.find_before(List::Title, &self.line.tokens, before);
        title.is_some() && !self.line.tokens.gap(at).contains('\n')
    }

    /// "ministère russe de la Défense", "ambassade des États-Unis à Kiev": bodies whose head has
    /// no capital.
    fn body(&self, at: usize, found: &mut Vec<Found>) -> Option<usize> {
        const ADJECTIVES_MAX: usize = 2;
        let lexicon = self.line.lexicon;
        let tokens = &self.line.tokens;
        let head = lexicon.find(List::SmallBody, tokens, at)?;
        let mut next = at + head.length;
        let mut end = None;
        let mut adjectives = 0;
        let mut inner = Vec::new();
        loop {
            let link = lexicon
                .find(List::Connector, tokens, next)
                .or_else(|| lexicon.find(List::Locative, tokens, next))
                .map_or(0, |h| h.length);
            let name_at = next + link;
            let known = self.known(name_at);
            let capital = tokens.get(name_at).is_some_and(|t| t.kind == Kind::Word && t.capital);
            if (link > 0 || end.is_none())
                && (known.is_some() || capital && !self.is_no_name(name_at))
            {
                next = known.map_or(name_at + 1, |k| k.end);
                inner.extend(known.map(|k| (name_at, k)));
                end = Some(next);
            } else if end.is_none()
                && link == 0
                && adjectives < ADJECTIVES_MAX
                && tokens.kind(next) == Some(Kind::Word)
                && !self.is_common(next)
            {
                adjectives += 1;
                next += 1;
            } else {
                break;
            }
        }
        let end = end?;
        // "United States embassy in Kyiv": the name before the head belongs to it.
        self.add(at, end, EntityKind::Organisation, found);
        for (from, known) in inner {
            self.add(from, known.end, known.kind, found);
        }
        Some(end)
    }

    /// Names in scripts without capitals: a title and the name beside it, foreign names in
    /// Katakana or parted by dots.
    fn signs(&self, at: usize, found: &mut Vec<Found>) -> usize {
        let tokens = &self.line.tokens;
        let Some(token) = tokens.get(at) else { return at + 1 };
        if tokens.str(at).chars().all(is_katakana) {
            return self.katakana(at, found);
        }
        if token.kind == Kind::Sign {
            return self.han_or_hangul(at, found);
        }
        let caseless = token.kind == Kind::Word
            && !token.capital
            && tokens
                .str(at)
                .chars()
                .any(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
        if caseless { self.caseless(at, found) } else { at + 1 }
    }

    /// Arabic and its like: a title or a given name, then the rest of the name.
    fn caseless(&self, at: usize, found: &mut Vec<Found>) -> usize {
        let lexicon = self.line.lexicon;
        let tokens = &self.line.tokens;
        let given = lexicon.find(List::Given, tokens, at);
        let titled = lexicon.find_before(List::Title, tokens, at).is_some();
        let Some(hit) = given else { return at + 1 };
        let mut end = at + hit.length;
        for _ in 0..2 {
            let particle = lexicon.find(List::Particle, tokens, end).map_or(0, |h| h.length);
            let next = end + particle;
            let word = tokens.kind(next) == Some(Kind::Word)
                && !self.is_common(next)
                && !self.is(List::Stop, next)
                && tokens.get(next).is_some_and(|t| t.word == 0 || self.is(List::Given, next));
            if !word || tokens.gap(next).contains('\n') {
                break;
            }
            end = next + 1;
            if !self.is(List::Given, end) && !self.is(List::Particle, end) {
                break;
            }
        }
        if end > at + hit.length || titled {
            self.add(at, end, EntityKind::Person, found);
        }
        end
    }

    /// Runs of Katakana joined by dots, or followed by a title.
    fn katakana(&self, at: usize, found: &mut Vec<Found>) -> usize {
        let tokens = &self.line.tokens;
        let mut end = at + 1;
        while matches!(tokens.str(end), "・" | "＝" | "=")
            && tokens.str(end + 1).chars().next().is_some_and(is_katakana)
        {
            end += 2;
        }
        let titled = self.is(List::TitleAfter, end);
        if end > at + 1 || titled {
            self.add(at, end, EntityKind::Person, found);
        }
        end
    }

    /// A family name with a title or dot: "岸田首相", "李强总理", "弗拉基米尔·普京".
    fn han_or_hangul(&self, at: usize, found: &mut Vec<Found>) -> usize {
        const NAME_MAX: usize = 4;
        let lexicon = self.line.lexicon;
        let tokens = &self.line.tokens;
        let hangul = tokens.str(at).chars().all(|c| matches!(c as u32, 0xAC00..=0xD7A3));
        if hangul && at > 0 && tokens.is_glued(at) && tokens.kind(at - 1) == Some(Kind::Sign) {
            return at + 1;
        }
        if let Some(family) = lexicon.find(List::Family, tokens, at) {
            for length in (family.length + 1..=NAME_MAX.max(family.length + 2)).rev() {
                let end = at + length;
                let signs = (at..end).all(|i| tokens.kind(i) == Some(Kind::Sign))
                    && (at + 1..end).all(|i| tokens.is_glued(i));
                if signs && self.is(List::TitleAfter, end) && (!hangul || length <= 4) {
                    self.add(at, end, EntityKind::Person, found);
                    return end;
                }
            }
            if lexicon.find_before(List::Title, tokens, at).is_some() && !hangul {
                let end = at + family.length + 1;
                let more = tokens.kind(end) == Some(Kind::Sign) && !self.is(List::Stop, end);
                let end = end + usize::from(more);
                if tokens.kind(end - 1) == Some(Kind::Sign) {
                    self.add(at, end, EntityKind::Person, found);
                    return end;
                }
            }
            if self.is(List::TitleAfter, at + family.length) && family.length > 1 {
                self.add(at, at + family.length, EntityKind::Person, found);
                return at + family.length;
            }
        }
        self.dotted(at, found)
    }

    /// Foreign names in Han with a dot between their parts.
    fn dotted(&self, at: usize, found: &mut Vec<Found>) -> usize {
        const PART_MAX: usize = 6;
        let tokens = &self.line.tokens;
        let part = |from: usize| {
            (from..from + PART_MAX)
                .take_while(|&i| tokens.kind(i) == Some(Kind::Sign) && !self.is(List::Stop, i))
                .count()
        };
        let first = part(at);
        if first < 2 || tokens.str(at + first) != "·" {
            return at + 1;
        }
        let second = part(at + first + 1).min(4);
        if second == 0 {
            return at + 1;
        }
        let end = at + first + 1 + second;
        self.add(at, end, EntityKind::Person, found);
        end
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
        let date = self.is(List::Weekday, at) || self.is(List::Month, at) && !token.shouted;
        let function = self.is_common(at) && self.starts_sentence(at);
        listed
            || date
            || function
            || Gazetteer::shared().is_adjective(self.line.lexicon, self.line.tokens.str(at))
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

    fn check(language: &str, text: &str, expected: &[(&str, EntityKind)]) {
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

    use EntityKind::{Organisation as O, Person as P, Place as L};

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

    #[test]
    fn bodies_with_small_words_inside() {
        check(
            "en",
            "In the hall the Ministry of Fisheries spoke.",
            &[("Ministry of Fisheries", O)],
        );
        check("fr", "hier, le ministère de la Pêche a parlé", &[("ministère de la Pêche", O)]);
        check(
            "fr",
            "hier, l’ambassade de France à Kiev a fermé",
            &[("ambassade de France à Kiev", O), ("France", L), ("Kiev", L)],
        );
    }

    #[test]
    fn scripts_without_capitals() {
        check(
            "ja",
            "石破首相はキーウでジョン・スミス氏と会った。",
            &[("石破", P), ("キーウ", L), ("ジョン・スミス", P)],
        );
        check("zh", "弗拉基米尔·普京在莫斯科。", &[("弗拉基米尔·普京", P), ("莫斯科", L)]);
        check("ko", "윤석열 대통령은 북한을 비판했다.", &[("윤석열", P), ("북한", L)]);
        check("ar", "قال الرئيس جو بايدن في واشنطن", &[("جو بايدن", P), ("واشنطن", L)]);
    }
}
