//! How a lexicon is made of a language pack: every list of the pack under its name here.

use super::{Lexicon, List, Phrase, UnitName, Word};
use crate::token::{Kind, Tokens, fold, is_sign};
use newstemma_language::{DateRules, Forms, NameRules, NumberRules, Pack};
use newstemma_model::Language;

/// Shortest title that is looked for at the end of a longer word: "könig" is, "herr" in "Bauherr" not.
const TITLE_END_BYTES: usize = 5;

impl Lexicon {
    pub(super) fn build(pack: &'static Pack) -> Lexicon {
        let mut lexicon = Lexicon { pack: Some(pack), ..Lexicon::default() };
        lexicon.masks.push(0);
        lexicon.phrases.push(Vec::new());
        lexicon.prefixes = boxed(&pack.name.prefixes);
        lexicon.endings = boxed(&pack.name.endings);
        lexicon.adjective_endings = boxed(&pack.name.adjective_endings);
        lexicon.future_endings = boxed(&pack.date.future_endings);
        lexicon.past_endings = boxed(&pack.date.past_endings);
        let generic = Pack::of(Language::UNKNOWN);
        lexicon.add_numbers(&generic.number);
        if pack.language.is_known() {
            lexicon.add_numbers(&pack.number);
            // Given names cross borders.
            lexicon.add_all(List::Given, &generic.name.given, 1.0);
            lexicon.add_all(List::Homograph, &generic.name.homographs, 1.0);
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
            (List::CameTo, &rules.came_to),
            (List::Between, &rules.between),
            (List::BetweenAnd, &rules.between_and),
            (List::To, &rules.to),
            (List::Percent, &rules.percent),
            (List::PercentBefore, &rules.percent_before),
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
        let heads =
            self.parts.iter().filter_map(|(part, ..)| part.as_bytes().first_chunk().copied());
        self.part_heads = heads.collect();
        self.part_heads.sort_unstable();
        self.part_heads.dedup();
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
            (List::Onward, &rules.onward),
            (List::Deadline, &rules.deadline),
            (List::Until, &rules.until),
            (List::UntilAfter, &rules.until_after),
            (List::DateFrom, &rules.from),
            (List::DateTo, &rules.to),
            (List::On, &rules.on),
            (List::Toward, &rules.toward),
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
            (List::Reporting, &rules.reporting),
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
            (List::PlaceNoun, &rules.place_nouns),
            (List::Thing, &rules.things),
            (List::Locative, &rules.locatives),
            (List::NotName, &rules.not_names),
            (List::Homograph, &rules.homographs),
        ];
        for (list, forms) in lists {
            self.add_all(list, forms, 1.0);
        }
        if rules.compounds {
            self.title_ends = boxed(&rules.titles);
            self.title_ends.retain(|title| title.len() >= TITLE_END_BYTES && !title.contains(' '));
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
