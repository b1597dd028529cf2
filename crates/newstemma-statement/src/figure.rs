//! Numbers of things: how many, with what bounds, of what.
//!
//! A figure is a numeral with the bound before or behind it ("at least", "以上"), the second number
//! of a range, and a unit or the noun phrase that is counted. The bounds are read as a reader
//! would compare them:
//!
//! | words | low | high | approximate |
//! | --- | --- | --- | --- |
//! | `407` | 407 | 407 | no |
//! | `at least 10`, `more than 10`, `10 or more` | 10 | – | no |
//! | `at most 10`, `up to 10`, `fewer than 10` | – | 10 | no |
//! | `about 10`, `une dizaine` | 10 | 10 | yes |
//! | `between 5 and 10`, `5–10` | 5 | 10 | no |
//! | `dozens`, `millions` | 12, 1 000 000 (one of the unit named) | – | yes |
//!
//! "More than" is not told from "at least": the press does not either.
//!
//! Most digits of a text are no figures: days, years, times, versions, page numbers, names of
//! things. So a bare number needs a reason: a bound, a group or decimals, a unit, or a word that it
//! can count; and nothing that makes it a name ("F-16", "Article 5"). One pass, linear.

use crate::lexicon::{Hit, Lexicon, List};
use crate::numeral::{Form, Numeral, numeral};
use crate::token::{Kind, Tokens, fold};
use newstemma_model::{Figure, FigureKind, Quantity, Span};

/// The figures of a sentence. `taken` says which tokens are dates or times already.
pub(crate) fn figures(lexicon: &Lexicon, tokens: &Tokens, taken: &[bool]) -> Vec<Figure> {
    let reader = Reader { lexicon, tokens, taken };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.figure(at) {
            Step::Found(figure, next) => {
                found.push(figure);
                at = next.max(at + 1);
            }
            Step::Skip(next) => at = next.max(at + 1),
        }
    }
    found
}

/// What stands at a token.
enum Step {
    /// A figure, and the token after it.
    Found(Figure, usize),
    /// None, and where to go on.
    Skip(usize),
}

/// What a bound does to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    None,
    Least,
    Most,
    About,
    Between,
}

struct Reader<'a, 't> {
    lexicon: &'a Lexicon,
    tokens: &'a Tokens<'t>,
    taken: &'a [bool],
}

impl Reader<'_, '_> {
    fn figure(&self, at: usize) -> Step {
        if self.is_taken(at) {
            return Step::Skip(at + 1);
        }
        let (bound, first) = self.bound_before(at);
        if self.is_taken(first) {
            return Step::Skip(at + 1);
        }
        let before = self.find(List::Currency, first).filter(|h| self.is_symbol(first, h));
        let number_at = first + before.map_or(0, |h| h.length);
        if self.is_taken(number_at) {
            return Step::Skip(number_at);
        }
        match numeral(self.lexicon, self.tokens, number_at) {
            Some(number) => self.measured(at, bound, before, number_at, number),
            None => self.vague(at, first),
        }
    }

    /// The bounds that stand before a number, and where the number may begin.
    fn bound_before(&self, at: usize) -> (Bound, usize) {
        const LISTS: [(List, Bound); 6] = [
            (List::AtLeast, Bound::Least),
            (List::MoreThan, Bound::Least),
            (List::AtMost, Bound::Most),
            (List::LessThan, Bound::Most),
            (List::About, Bound::About),
            (List::Between, Bound::Between),
        ];
        let mut bound = Bound::None;
        let mut next = at;
        // "at least some 10,000": two bounds, of which the first says more.
        for _ in 0..3 {
            let longest = LISTS
                .iter()
                .filter_map(|&(list, b)| Some((self.find(list, next)?, b)))
                .max_by_key(|(hit, _)| hit.length);
            let Some((hit, b)) = longest else { break };
            if bound == Bound::None {
                bound = b;
            }
            next += hit.length;
        }
        (bound, next)
    }

    /// "several days", "years of": a length of time without a number.
    fn vague(&self, at: usize, first: usize) -> Step {
        let Some(several) = self.find(List::Several, first) else { return Step::Skip(at + 1) };
        let end = first + several.length;
        let Some(unit) = self.find(List::Duration, end) else { return Step::Skip(at + 1) };
        let quantity = Quantity { low: Some(2.0), high: None, approximate: true };
        let unit_name = self.lexicon.units.get(unit.value as usize);
        let figure = Figure {
            span: self.tokens.span(first, end),
            quantity,
            kind: FigureKind::Duration,
            unit: unit_name.map(|u| u.shown.to_string()),
            of: None,
        };
        Step::Found(figure, end + unit.length)
    }

    /// A number with its bounds: is it a figure, and of what?
    fn measured(
        &self,
        at: usize,
        bound: Bound,
        currency: Option<Hit>,
        number_at: usize,
        number: Numeral,
    ) -> Step {
        if self.is_name_part(number_at, &number) {
            return Step::Skip(number.end);
        }
        let range = self.range(bound, number_at, number);
        let (low, end) = range.map_or((number.value, number.end), |r| (r.0, r.2));
        let high = range.map(|r| r.1);
        let after = self.after(end, number.form == Form::Ordinal);
        if range.is_none() && currency.is_none() && self.is_metres(&number, &after) {
            return self.metres(at, bound, number_at, number);
        }
        if self.is_age(number_at, &number, &after) {
            return Step::Skip(number.end);
        }
        let (late, end) = self.bound_after(end, &after);
        let said = match bound {
            Bound::None => false,
            Bound::Between => range.is_some(),
            _ => true,
        };
        let bound = if bound == Bound::Between || bound == Bound::None { late } else { bound };
        let kind = self.kind(currency, &number, &after);
        if !self.is_figure(bound, number_at, &number, range.is_some(), kind, &after) {
            return Step::Skip(number.end);
        }
        let quantity = quantity(bound, number.form, low, high);
        let start = if said { at } else { number_at };
        let start = start - self.currency_before(start, currency);
        let unit = self.unit(currency, kind, &after);
        let percent = if kind == FigureKind::Percent { after.length } else { 0 };
        let figure = Figure {
            span: self.tokens.span(start, end.max(number.end) + percent),
            quantity,
            kind,
            unit,
            of: after.of,
        };
        Step::Found(figure, end.max(number.end) + after.length)
    }

    /// "500m" without a currency before or a noun behind: metres, not millions.
    fn is_metres(&self, number: &Numeral, after: &After) -> bool {
        let last = number.end - 1;
        self.tokens.str(last) == "m"
            && self.tokens.is_glued(last)
            && number.value >= 1e6
            && after.unit.is_none()
            && after.list.is_none()
    }

    fn metres(&self, at: usize, bound: Bound, number_at: usize, number: Numeral) -> Step {
        let start = if matches!(bound, Bound::None | Bound::Between) { number_at } else { at };
        let figure = Figure {
            span: self.tokens.span(start, number.end - 1),
            quantity: quantity(bound, Form::Grouped, number.value / 1e6, None),
            kind: FigureKind::Measure,
            unit: Some("m".to_owned()),
            of: None,
        };
        Step::Found(figure, number.end)
    }

    /// "Orla, 27, and": the age of whoever is named before.
    fn is_age(&self, at: usize, number: &Numeral, after: &After) -> bool {
        number.form == Form::Plain
            && after.unit.is_none()
            && after.list.is_none()
            && at >= 2
            && self.tokens.str(at - 1) == ","
            && self.tokens.get(at - 2).is_some_and(|t| t.capital)
    }

    fn currency_before(&self, start: usize, currency: Option<Hit>) -> usize {
        match currency {
            Some(hit) if self.find(List::Currency, start).is_none() => hit.length.min(start),
            _ => 0,
        }
    }

    /// Low, high and end of a range that the number opens.
    fn range(&self, bound: Bound, at: usize, first: Numeral) -> Option<(f64, f64, usize)> {
        let dash = matches!(self.tokens.str(first.end), "–" | "-" | "—" | "~" | "〜" | "～");
        let list = if bound == Bound::Between { List::BetweenAnd } else { List::To };
        let link = match self.find(list, first.end) {
            Some(hit) => hit.length,
            None if dash => 1,
            None => return None,
        };
        let symbol = self.find(List::Currency, first.end + link).map_or(0, |h| h.length);
        let second_at = first.end + link + symbol;
        if self.is_taken(second_at) {
            return None;
        }
        let second = numeral(self.lexicon, self.tokens, second_at)?;
        if matches!(second.form, Form::Ordinal | Form::Fraction) {
            return None;
        }
        let mut low = first.value;
        // "5 to 10 million": the multiplier is said once.
        if first.form == Form::Plain && self.tokens.kind(at) == Some(Kind::Digits) {
            let bare = crate::numeral::digits_value(self.tokens.str(second_at)).unwrap_or(0.0);
            let times = if bare > 0.0 { second.value / bare } else { 1.0 };
            if times >= 1000.0 && second.form == Form::Grouped && low < 1000.0 {
                low *= times;
            }
        }
        (low < second.value).then_some((low, second.value, second.end))
    }

    /// Bounds behind the number, or behind the classifier or noun that follows it.
    fn bound_after(&self, end: usize, after: &After) -> (Bound, usize) {
        let places = [end, end + after.length];
        for place in places {
            for (list, bound) in [
                (List::AtLeastAfter, Bound::Least),
                (List::AtMostAfter, Bound::Most),
                (List::AboutAfter, Bound::About),
            ] {
                if let Some(hit) = self.find(list, place) {
                    let end = if place == end { end + hit.length } else { end };
                    return (bound, end);
                }
            }
        }
        (Bound::None, end)
    }

    fn kind(&self, currency: Option<Hit>, number: &Numeral, after: &After) -> FigureKind {
        match after.list {
            _ if number.form == Form::Ordinal => FigureKind::Ordinal,
            _ if currency.is_some() => FigureKind::Money,
            Some(List::Percent) => FigureKind::Percent,
            Some(List::Currency) => FigureKind::Money,
            Some(List::Duration) => FigureKind::Duration,
            Some(List::Measure) => FigureKind::Measure,
            _ => FigureKind::Count,
        }
    }

    fn unit(&self, currency: Option<Hit>, kind: FigureKind, after: &After) -> Option<String> {
        let named = |hit: f64| self.lexicon.units.get(hit as usize);
        match kind {
            FigureKind::Money => {
                let hit = currency.map(|h| h.value).or(after.value)?;
                named(hit).map(|u| u.key.to_string())
            }
            FigureKind::Percent => Some("%".to_owned()),
            FigureKind::Duration | FigureKind::Measure => {
                named(after.value?).map(|u| u.shown.to_string())
            }
            _ => after.unit.clone(),
        }
    }

    /// Whether the number is worth a figure.
    fn is_figure(
        &self,
        bound: Bound,
        at: usize,
        number: &Numeral,
        range: bool,
        kind: FigureKind,
        after: &After,
    ) -> bool {
        if after.list == Some(List::Clock) {
            return false;
        }
        let bounded = bound != Bound::None && bound != Bound::Between;
        let measured = !matches!(kind, FigureKind::Count | FigureKind::Ordinal);
        match number.form {
            Form::Approximate | Form::Crowd | Form::Fraction | Form::Grouped => true,
            Form::Ordinal => number.digits > 0 || after.unit.is_some(),
            Form::Words => {
                let one = number.value <= 1.0;
                let signs = self.tokens.kind(at) == Some(Kind::Sign);
                let counted = after.list.is_some();
                (bounded || !one)
                    && (!signs || counted && !self.continues_word(at) && self.ends_word(number.end))
            }
            Form::Plain => {
                let label = self.has_label(at);
                if label || self.opens_paragraph_list(at, number) {
                    return false;
                }
                let year = is_yearlike(number) && !bounded && !range && !measured;
                if year && !self.counts_people(after) {
                    return false;
                }
                if bounded || measured {
                    return true;
                }
                // A number after a capitalised word names that word's thing, unless a noun follows.
                after.unit.is_some() && (!self.follows_name(at) || after.list.is_some())
                    || self.is_subject(number.end) && !self.follows_name(at)
            }
        }
    }

    /// "944 have been injured": the number is all there is of the subject.
    fn is_subject(&self, end: usize) -> bool {
        self.tokens.kind(end) == Some(Kind::Word)
            && !self.tokens.is_glued(end)
            && self.lexicon.is(List::Stop, self.tokens, end)
            && !self.lexicon.is(List::OfLink, self.tokens, end)
            && !self.lexicon.is(List::To, self.tokens, end)
    }

    /// Digits that are a part of a name, a version, a score, a telephone number.
    fn is_name_part(&self, at: usize, number: &Numeral) -> bool {
        if self.tokens.kind(at) != Some(Kind::Digits) {
            return self.joins_letters(at, number.end);
        }
        let glued_letter = |index: usize| {
            self.tokens.is_glued(index)
                && self.tokens.kind(index) == Some(Kind::Word)
                && !self.unit_at(index)
        };
        let before = at.checked_sub(1);
        let letter_before = self.tokens.is_glued(at)
            && before.is_some_and(|b| self.tokens.kind(b) == Some(Kind::Word))
            && !before.is_some_and(|b| self.lexicon.is(List::Currency, self.tokens, b));
        let mark_before = before.map_or("", |b| self.tokens.str(b));
        let hyphen_word = self.tokens.is_glued(at)
            && matches!(
                mark_before,
                "-" | "–" | "_" | "/" | "." | "#" | "№" | "+" | ":" | "@" | "="
            )
            && (matches!(mark_before, "#" | "№" | "+" | "_" | "@" | "=")
                || self.tokens.is_glued(at - 1));
        let apart = number.form != Form::Ordinal && glued_letter(number.end);
        let dash_after = self.tokens.is_glued(number.end)
            && self.tokens.is_glued(number.end + 1)
            && matches!(self.tokens.str(number.end), "-" | "–" | "/" | ":" | "_" | "@")
            && self.tokens.kind(number.end + 1) == Some(Kind::Digits)
            && !self.makes_range(number);
        letter_before || hyphen_word || apart || dash_after
    }

    fn makes_range(&self, number: &Numeral) -> bool {
        let second = numeral(self.lexicon, self.tokens, number.end + 1);
        let dash = !matches!(self.tokens.str(number.end), "/" | ":" | "_" | "@");
        second.is_some_and(|s| {
            let counted = self.after(s.end, false);
            dash && s.value > number.value && (counted.list.is_some() || counted.unit.is_some())
        })
    }

    /// A number word glued to other letters by a hyphen: "one-sided".
    fn joins_letters(&self, at: usize, end: usize) -> bool {
        let hyphen = |index: usize| self.tokens.is_glued(index) && self.tokens.str(index) == "-";
        let after = hyphen(end) && self.tokens.is_glued(end + 1) && !self.unit_at(end + 1);
        let before = at >= 2 && hyphen(at - 1) && self.tokens.is_glued(at);
        (after || before) && self.tokens.kind(at) != Some(Kind::Sign)
    }

    /// A sign that stands inside a longer word of a script without spaces, as far as the letters
    /// show it: in Hangul, a syllable before it without a space.
    fn continues_word(&self, at: usize) -> bool {
        self.tokens.is_glued(at)
            && at > 0
            && self.tokens.kind(at - 1) == Some(Kind::Sign)
            && self.tokens.str(at).chars().any(|c| matches!(c as u32, 0xAC00..=0xD7A3))
    }

    /// Whether a number word in Hangul stands apart from what follows: "두 명", but "구조대".
    fn ends_word(&self, end: usize) -> bool {
        let hangul =
            |i: usize| self.tokens.str(i).chars().any(|c| matches!(c as u32, 0xAC00..=0xD7A3));
        !(self.tokens.is_glued(end) && hangul(end - 1) && hangul(end))
    }

    fn has_label(&self, at: usize) -> bool {
        let mut before = at;
        if before > 0 && matches!(self.tokens.str(before - 1), "." | "#" | "№" | "§" | "°") {
            before -= 1;
        }
        let sign = before < at && self.tokens.str(before) != ".";
        sign || self.lexicon.find_before(List::Label, self.tokens, before).is_some()
    }

    fn opens_paragraph_list(&self, at: usize, number: &Numeral) -> bool {
        at == 0 && matches!(self.tokens.str(number.end), "." | ")" | "、" | "：")
    }

    fn follows_name(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).and_then(|b| self.tokens.get(b)) else { return false };
        let nouns = self.lexicon.name().capital_nouns;
        before.kind == Kind::Word && before.capital && at > 1 && (!nouns || before.shouted)
    }

    /// Whether a number that could be a year counts something that is surely counted.
    fn counts_people(&self, after: &After) -> bool {
        after.list.is_some()
    }

    fn unit_at(&self, at: usize) -> bool {
        [
            List::Duration,
            List::Measure,
            List::Currency,
            List::Percent,
            List::Multiplier,
            List::Clock,
        ]
        .iter()
        .any(|&list| self.find(list, at).is_some())
    }

    /// What follows the number: a unit, or a noun phrase.
    fn after(&self, end: usize, ordinal: bool) -> After {
        let hyphen = usize::from(self.tokens.str(end) == "-" && self.tokens.is_glued(end + 1));
        let at = end + hyphen;
        if matches!(self.tokens.str(at), "%" | "％" | "٪") {
            return After::unit(List::Percent, 1, None);
        }
        let lists = [List::Clock, List::Percent, List::Currency, List::Duration, List::Measure];
        let of = self.find(List::OfLink, at).map_or(0, |h| h.length);
        let longest = [0, of]
            .into_iter()
            .flat_map(|skip| lists.iter().map(move |&list| (skip, list)))
            .filter_map(|(skip, list)| {
                let hit = self.find(list, at + skip)?;
                // A symbol of one letter is a unit only in its own case and behind the number.
                let text = self.tokens.str(at + skip);
                let short = text.len() == 1 && hit.length == 1 && text != text.to_lowercase();
                (!short).then_some((skip, hit, list))
            })
            .max_by_key(|(skip, hit, _)| (hit.length, std::cmp::Reverse(*skip)));
        if let Some((skip, hit, list)) = longest.filter(|_| !ordinal) {
            return After::unit(list, hyphen + skip + hit.length, Some(hit.value));
        }
        self.counted(at, hyphen)
    }

    /// The noun phrase that is counted.
    fn counted(&self, at: usize, hyphen: usize) -> After {
        let class = self.find(List::Classifier, at);
        let class_length = class.map_or(0, |h| h.length);
        let link = self.find(List::OfLink, at).map_or(0, |h| h.length);
        let from = at + class_length.max(link);
        let spelt = class.is_some() && self.tokens.kind(at) == Some(Kind::Word);
        let words = if spelt { Vec::new() } else { self.phrase(from) };
        let mut after = After {
            list: class.map(|_| List::Classifier),
            length: hyphen + class_length,
            value: None,
            unit: None,
            of: None,
        };
        if words.is_empty() {
            if class.is_some() {
                after.unit =
                    Some(self.tokens.span(at, at + class_length).of(self.tokens.text).to_owned());
            }
            return after;
        }
        let head = self.head(&words);
        let end = if self.lexicon.number().head_first { words[words.len() - 1] } else { head };
        if self.tokens.kind(from) == Some(Kind::Sign) {
            let noun = self.tokens.span(words[0], words[words.len() - 1] + 1);
            after.unit = Some(noun.of(self.tokens.text).to_owned());
            after.of = Some(noun);
        } else {
            after.unit = Some(self.singular(self.tokens.str(head)));
            after.of = Some(self.tokens.span(words[0], end + 1));
        }
        after
    }

    /// The tokens of the noun phrase from `from`.
    fn phrase(&self, from: usize) -> Vec<usize> {
        const WORDS_MAX: usize = 5;
        let mut words = Vec::new();
        let mut at = from;
        while words.len() < WORDS_MAX + 1 {
            let Some(token) = self.tokens.get(at) else { break };
            let hyphen = self.tokens.str(at) == "-" && token.glued && self.tokens.is_glued(at + 1);
            if hyphen && !words.is_empty() {
                at += 1;
                continue;
            }
            let word = matches!(token.kind, Kind::Word | Kind::Sign);
            let stop = self.lexicon.is(List::Stop, self.tokens, at)
                || self.lexicon.is(List::Common, self.tokens, at);
            let before = words.is_empty() && self.lexicon.is(List::BeforeNoun, self.tokens, at);
            // A clause in signs has no spaces to end at, but a space does end it.
            let apart = token.kind == Kind::Sign && !words.is_empty() && !token.glued;
            let number = [List::Crowd, List::Approximate, List::Cardinal]
                .iter()
                .any(|&l| token.kind == Kind::Word && self.lexicon.is(l, self.tokens, at));
            if !word || self.is_taken(at) || stop && !before || apart || number {
                break;
            }
            if !before {
                words.push(at);
            }
            at += 1;
        }
        words
    }

    /// The noun among the words of a phrase.
    fn head(&self, words: &[usize]) -> usize {
        let rules = self.lexicon.number();
        let last = words[words.len() - 1];
        if rules.head_first {
            return words[0];
        }
        if !rules.adjectives.is_empty() {
            let adjective = |w: usize| {
                let folded = fold(self.tokens.str(w));
                rules.adjectives.iter().any(|e| folded.ends_with(e))
                    && !rules.irregular.contains_key(&folded)
            };
            return words.iter().copied().find(|&w| !adjective(w)).unwrap_or(last);
        }
        if self.lexicon.name().capital_nouns {
            let noun = |w: &usize| self.tokens.get(*w).is_some_and(|t| t.capital);
            return words.iter().copied().find(noun).unwrap_or(words[0]);
        }
        let plural = |w: &usize| {
            let folded = fold(self.tokens.str(*w));
            !self.tokens.get(*w).is_some_and(|t| t.capital)
                && rules.plurals.iter().any(|[e, s]| e != s && folded.ends_with(e.as_str()))
        };
        words.iter().copied().find(plural).unwrap_or(last)
    }

    fn singular(&self, word: &str) -> String {
        let rules = self.lexicon.number();
        let folded = word.to_lowercase();
        let plain = fold(word);
        if let Some(singular) = rules.irregular.get(&folded).or_else(|| rules.irregular.get(&plain))
        {
            return singular.clone();
        }
        for [plural, singular] in &rules.plurals {
            if let Some(stem) = folded.strip_suffix(plural.as_str())
                && (stem.chars().count() >= 2 || plural == &folded)
            {
                return format!("{stem}{singular}");
            }
        }
        folded
    }

    fn find(&self, list: List, at: usize) -> Option<Hit> {
        self.lexicon.find(list, self.tokens, at)
    }

    fn is_symbol(&self, at: usize, hit: &Hit) -> bool {
        let text = self.tokens.span(at, at + hit.length).of(self.tokens.text);
        text.chars().any(|c| !c.is_alphabetic())
            || self.tokens.get(at).is_some_and(|t| t.capital && text.len() <= 3)
    }

    fn is_taken(&self, at: usize) -> bool {
        self.taken.get(at).copied().unwrap_or(false)
    }
}

/// What follows a number.
#[derive(Clone, Debug)]
struct After {
    /// The list of its unit, or of its classifier.
    list: Option<List>,
    /// Tokens of unit or classifier.
    length: usize,
    /// Which unit.
    value: Option<f64>,
    /// The noun, singular.
    unit: Option<String>,
    /// The noun phrase.
    of: Option<Span>,
}

impl After {
    fn unit(list: List, length: usize, value: Option<f64>) -> After {
        After { list: Some(list), length, value, unit: None, of: None }
    }
}

fn quantity(bound: Bound, form: Form, low: f64, high: Option<f64>) -> Quantity {
    let (low, high) = match (bound, form, high) {
        (Bound::About, _, _) => {
            return Quantity { low: Some(low), high: high.or(Some(low)), approximate: true };
        }
        (_, _, Some(high)) => (Some(low), Some(high)),
        (Bound::Most, _, None) => (None, Some(low)),
        (Bound::Least, _, None) => (Some(low), None),
        (_, Form::Crowd, None) => (Some(low), None),
        _ => (Some(low), Some(low)),
    };
    Quantity { low, high, approximate: matches!(form, Form::Approximate | Form::Crowd) }
}

/// A bare number of four digits that reads as a year of our time.
fn is_yearlike(number: &Numeral) -> bool {
    number.form == Form::Plain && number.digits == 4 && (1800.0..2100.0).contains(&number.value)
}

#[cfg(test)]
mod tests {
    use super::figures;
    use crate::date::dates;
    use crate::lexicon::Lexicon;
    use crate::token::Tokens;
    use newstemma_model::{FigureKind, Language, Quantity, Span};

    /// A figure: text, low, high, approximate, unit.
    type Expected = (&'static str, Option<f64>, Option<f64>, bool, &'static str);

    /// The figures of a sentence.
    fn check(language: &str, text: &str, expected: &[Expected]) {
        let lexicon = Lexicon::of(Language::parse(language).unwrap_or_default());
        let tokens = Tokens::of(text, Span::new(0, text.len()), lexicon);
        let mut taken = vec![false; tokens.len()];
        for (_, used) in dates(lexicon, &tokens) {
            taken[used].fill(true);
        }
        let found = figures(lexicon, &tokens, &taken);
        let found: Vec<_> = found
            .iter()
            .map(|f| {
                let Quantity { low, high, approximate } = f.quantity;
                (f.span.of(text), low, high, approximate, f.unit.as_deref().unwrap_or(""))
            })
            .collect();
        assert_eq!(found, expected, "{language}: {text}");
    }

    #[test]
    fn bounds_are_read_in_every_language() {
        let cases = [
            ("en", "They shot at least 1,200 wild geese.", "at least 1,200", "goose?"),
            ("fr", "Ils ont abattu au moins 1 200 oies.", "au moins 1 200", "oie"),
            ("de", "Sie schossen mindestens 1.200 Gänse.", "mindestens 1.200", "gänse"),
            ("es", "Mataron al menos 1.200 ocas.", "al menos 1.200", "oca"),
            ("it", "Uccisero almeno 1.200 oche.", "almeno 1.200", "ocha"),
            ("pt", "Mataram pelo menos 1.200 gansos.", "pelo menos 1.200", "ganso"),
            ("nl", "Ze schoten minstens 1.200 ganzen.", "minstens 1.200", "ganzen"),
            ("pl", "Zastrzelili co najmniej 1200 gęsi.", "co najmniej 1200", "gęsi"),
            ("ru", "Убили не менее 1200 гусей.", "не менее 1200", "гусей"),
            ("uk", "Вбили щонайменше 1200 гусей.", "щонайменше 1200", "гусей"),
            ("tr", "En az 1.200 kaz vuruldu.", "En az 1.200", "vuruldu?"),
            ("ar", "قتلوا ما لا يقل عن 1200 إوزة.", "ما لا يقل عن 1200", "إوزة"),
            ("zh", "至少1200只野鹅", "至少1200", "野鹅"),
            ("ja", "少なくとも1200羽", "少なくとも1200", "羽"),
            ("ko", "최소 1200마리", "최소 1200", "마리"),
        ];
        for (language, text, span, _) in cases {
            let lexicon = Lexicon::of(Language::parse(language).unwrap_or_default());
            let tokens = Tokens::of(text, Span::new(0, text.len()), lexicon);
            let found = figures(lexicon, &tokens, &vec![false; tokens.len()]);
            let first = found.first().map(|f| (f.span.of(text), f.quantity.low, f.quantity.high));
            assert_eq!(first, Some((span, Some(1200.0), None)), "{language}: {text}");
        }
    }

    #[test]
    fn words_for_about_so_many() {
        check(
            "fr",
            "une cinquantaine de moutons noirs",
            &[("une cinquantaine", Some(50.0), Some(50.0), true, "mouton")],
        );
        check(
            "en",
            "around fifty black sheep",
            &[("around fifty", Some(50.0), Some(50.0), true, "sheep")],
        );
        check("en", "dozens of villages", &[("dozens", Some(12.0), None, true, "village")]);
        check(
            "en",
            "tens of thousands of villagers",
            &[("tens of thousands", Some(10_000.0), None, true, "villager")],
        );
        check("ru", "около 50 овец", &[("около 50", Some(50.0), Some(50.0), true, "овец")]);
        check("de", "rund 50 Schafe", &[("rund 50", Some(50.0), Some(50.0), true, "schafe")]);
        check("ja", "約50頭", &[("約50", Some(50.0), Some(50.0), true, "頭")]);
        check("zh", "约3万5千人", &[("约3万5千", Some(35_000.0), Some(35_000.0), true, "人")]);
    }

    #[test]
    fn ranges_units_and_shares() {
        check(
            "en",
            "between five and ten sheep",
            &[("between five and ten", Some(5.0), Some(10.0), false, "sheep")],
        );
        check(
            "en",
            "5 to 10 million sheep",
            &[("5 to 10 million", Some(5e6), Some(1e7), false, "sheep")],
        );
        check("en", "It cost $5 million.", &[("$5 million", Some(5e6), Some(5e6), false, "USD")]);
        check(
            "fr",
            "Il a coûté 5,5 millions d'euros.",
            &[("5,5 millions", Some(5.5e6), Some(5.5e6), false, "EUR")],
        );
        check(
            "en",
            "about 500m from the quay",
            &[("about 500", Some(500.0), Some(500.0), true, "m")],
        );
        check("en", "at Rs 3 lakh", &[("Rs 3 lakh", Some(3e5), Some(3e5), false, "INR")]);
        check("en", "not 100% sure", &[("100%", Some(100.0), Some(100.0), false, "%")]);
        check(
            "de",
            "12,5 Prozent der Stimmen",
            &[("12,5 Prozent", Some(12.5), Some(12.5), false, "%")],
        );
        check("en", "for 24 hours", &[("24", Some(24.0), Some(24.0), false, "hour")]);
        check("ru", "в течение 24 часов", &[("24", Some(24.0), Some(24.0), false, "час")]);
        check(
            "fr",
            "le 1000ème jour de grève",
            &[("1000ème", Some(1000.0), Some(1000.0), false, "jour")],
        );
    }

    #[test]
    fn what_is_counted_is_the_noun() {
        let lexicon = Lexicon::of(Language::parse("en").unwrap_or_default());
        let text = "at least 10,000 North Korean soldiers and 12 villages flooded overnight";
        let tokens = Tokens::of(text, Span::new(0, text.len()), lexicon);
        let found = figures(lexicon, &tokens, &vec![false; tokens.len()]);
        let of: Vec<&str> = found.iter().filter_map(|f| f.of).map(|s| s.of(text)).collect();
        assert_eq!(of, ["North Korean soldiers", "villages"]);
        assert!(found.iter().all(|f| f.kind == FigureKind::Count));
    }

    #[test]
    fn what_looks_like_a_figure_and_is_none() {
        for (language, text) in [
            ("en", "Her sons Otto, 27, and Finn, 24, were there."),
            ("en", "The G20 saw an F-16 and a T-34 over COVID-19 wards."),
            ("en", "Article 5 and Resolution 1701 of 2006 apply, page 12."),
            ("en", "At 14:30 on 3 May 2031, at 8 p.m., they met."),
            ("en", "Call +44 20 7946 0958 or see 192.168.0.1."),
            ("en", "They won 3-1 in the second half."),
            ("en", "One of them said so."),
            ("ko", "구조대원들이 왔다."),
            ("fr", "À 18h30, le 20 novembre, un homme est venu."),
            ("de", "Um 10 Uhr kam eine Frau."),
            ("ru", "Су-57 и С-400 в 2031 году"),
        ] {
            check(language, text, &[]);
        }
    }
}
