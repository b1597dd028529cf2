//! The day of publication as readers see it: near the headline, in the words of the language.
//!
//! Problem: a third of all pages say when they were published in no place that is made for
//! programs. Idea: they say it to readers, in a short line between the headline and the first long
//! paragraph, just above the headline, or below the article. Such lines are searched in this order
//! for a date that is written out: in digits, with the name of a month, or with signs as in East
//! Asia. Words beside it may say that it is the day of publication, or that of the last change.
//! Dates inside paragraphs are those of events and do not count, save at the very beginning.
//! Cost: a few short lines, and only where they decide.

use super::metadata::About;
use super::surroundings::Surroundings;
use crate::line::ends_with_stop;
use crate::published::parse_published;
use crate::sureness::Found;
use newstemma_language::{DateRules, Forms, Pack, Word, WordKind, detect, words};
use newstemma_model::{DatePlace, Day, Language, Published};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

/// Characters at the beginning of the first paragraph in which its place and date stand.
const DATELINE_CHARS: usize = 60;

/// Years that a page may be of; beyond them, the count of years is another one.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// Years by which the Buddhist calendar is ahead.
const BUDDHIST_YEARS: i32 = 543;

/// The dates that are shown to the readers of a page.
#[derive(Debug)]
pub(crate) struct SeenDates<'a> {
    around: &'a Surroundings<'a>,
    about: &'a About,
    text: &'a str,
    /// What is known of the page's language, once it is asked for: many pages need none of it.
    known: OnceCell<Known>,
}

impl<'a> SeenDates<'a> {
    /// Those of a page with an article of this text.
    pub(crate) fn new(
        around: &'a Surroundings<'a>,
        about: &'a About,
        text: &'a str,
    ) -> SeenDates<'a> {
        SeenDates { around, about, text, known: OnceCell::new() }
    }

    /// The date in the lines below the headline, or just above it: one that is said to be that of
    /// publication, else one of which nothing is said.
    pub(crate) fn at_headline(&self) -> Option<Published> {
        let head = &self.around.head;
        self.labelled(head, Label::Published).or_else(|| self.labelled(head, Label::None))
    }

    /// The date in an element for times, in one that is named after dates, at the beginning of the
    /// text, or below it.
    pub(crate) fn elsewhere(&self) -> Option<Found> {
        let opening = || {
            let begin: String = self.around.opening?.chars().take(DATELINE_CHARS).collect();
            self.in_text(&begin)
        };
        let tail = &self.around.tail;
        let visible = || {
            let named = self.about.dates.iter().find_map(|date| self.in_text(date));
            named
                .or_else(opening)
                .or_else(|| self.labelled(tail, Label::Published))
                .or_else(|| self.labelled(tail, Label::None))
        };
        self.in_elements()
            .next()
            .or_else(|| visible().map(|date| Found { date, place: DatePlace::VisibleText }))
    }

    /// The dates in elements for times.
    pub(crate) fn in_elements(&self) -> impl Iterator<Item = Found> {
        let dates = self.about.times.iter().filter_map(|time| parse_published(time));
        dates.map(|date| Found { date, place: DatePlace::TimeElement })
    }

    /// The date of publication, or else of the last change, that is said to be one anywhere on the
    /// page.
    pub(crate) fn anywhere(&self) -> Option<Published> {
        let page = &self.around.page;
        self.labelled(page, Label::Published).or_else(|| self.labelled(page, Label::Updated))
    }

    /// The first date in lines that bears a label. Dates in sentences are those of events, unless
    /// the sentence says what they are.
    fn labelled(&self, lines: &[&str], label: Label) -> Option<Published> {
        let lines = lines.iter().filter(|line| label != Label::None || !is_sentence(line));
        let lines = lines.filter(|line| line.contains(char::is_numeric));
        let day = lines.flat_map(|line| line.split('\n')).find_map(|line| {
            let mut days = labelled_days(line, self.known()).into_iter();
            days.find(|(_, own)| *own == label).map(|(day, _)| day)
        });
        Some(Published { day: day?, time: None })
    }

    fn in_text(&self, text: &str) -> Option<Published> {
        let day = written_days(text, self.known()).next()?.0;
        Some(Published { day, time: None })
    }

    fn known(&self) -> &Known {
        self.known.get_or_init(|| {
            let declared = self.about.language;
            Known::of(declared.unwrap_or_else(|| detect(self.text).language))
        })
    }
}

/// What a line says that its date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Label {
    Published,
    Updated,
    None,
}

/// The dates of a line, each with what the words before it say that it is; those of the first may
/// follow it ("am 3. Mai veröffentlicht").
fn labelled_days(line: &str, known: &Known) -> Vec<(Day, Label)> {
    let label = |text: &str| {
        let text = text.to_lowercase();
        let says = |of: fn(&DateRules) -> &Forms| {
            known.rules_of_labels().any(|rules| of(rules).iter().any(|form| text.contains(form)))
        };
        match () {
            () if says(|rules| &rules.updated) => Label::Updated,
            () if says(|rules| &rules.published) => Label::Published,
            () => Label::None,
        }
    };
    let mut before = 0;
    let mut found: Vec<(Day, Label)> = Vec::new();
    for (day, range) in written_days(line, known) {
        found.push((day, label(&line[before..range.start])));
        before = range.end;
    }
    if let [(_, only @ Label::None)] = found.as_mut_slice() {
        *only = label(&line[before..]);
    }
    found
}

/// How a language writes dates.
#[derive(Debug)]
struct Known {
    language: Language,
    /// The months by their names, in this language and in English, which templates are often left
    /// in.
    months: BTreeMap<String, u32>,
}

/// Whether a line is a sentence, which may tell of another day.
fn is_sentence(line: &str) -> bool {
    const WORDS: usize = 8;
    ends_with_stop(line) && line.split_whitespace().nth(WORDS).is_some()
}

impl Known {
    /// The rules with the words for publication and change: generic ones too, where this language
    /// has none of its own.
    fn rules_of_labels(&self) -> impl Iterator<Item = &'static DateRules> {
        let has_none = Pack::of(self.language).date.published.is_empty();
        self.rules().chain(has_none.then(|| &Pack::of(Language::UNKNOWN).date))
    }

    /// The rules of this language, and of English.
    fn rules(&self) -> impl Iterator<Item = &'static DateRules> {
        let english = Language::parse("en").unwrap_or_default();
        [self.language, english].into_iter().map(|language| &Pack::of(language).date)
    }

    fn of(language: Language) -> Known {
        let english = Language::parse("en").unwrap_or_default();
        let mut months = BTreeMap::new();
        for language in [english, language] {
            for (forms, month) in Pack::of(language).date.months.iter().zip(1..) {
                let first = |form| words(form, language).next().map(|w| w.form.into_owned());
                months.extend(forms.iter().filter_map(first).map(|form| (form, month)));
            }
        }
        Known { language, months }
    }
}

/// The dates that are written out in a text, and where.
fn written_days(text: &str, known: &Known) -> impl Iterator<Item = (Day, Range<usize>)> {
    let words: Vec<Word<'_>> = words(text, known.language).collect();
    let month_first = Pack::of(known.language).date.month_first;
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < words.len() {
            let here = at;
            at += 1;
            let rest = &words[here..];
            let read = in_digits(text, rest, month_first)
                .or_else(|| with_signs(rest))
                .or_else(|| with_name(&words, here, &known.months));
            if let Some((day, used)) = read {
                at = here + used;
                let last = words.get(at - 1).map_or(text.len(), |word| word.span.end());
                return Some((day, words[here].span.start()..last));
            }
        }
        None
    })
}

/// "24.4.2020", "24. 04. 2020", "4/24/2020", "2020-04-24", "24.04.20".
fn in_digits(text: &str, words: &[Word<'_>], month_first: bool) -> Option<(Day, usize)> {
    let [a, b, c, ..] = words else { return None };
    let joint =
        |a: &Word<'_>, b: &Word<'_>| text.get(a.span.end()..b.span.start()).map(str::trim_end);
    let mark = joint(a, b).filter(|mark| [".", "/", "-", "‑", "–"].contains(mark))?;
    if joint(b, c) != Some(mark) {
        return None;
    }
    let (x, y, z) = (number(a)?, number(b)?, number(c)?);
    let read = match (a.form.len(), c.form.len()) {
        (4, _) => day(x, y, z),
        // A page that is written in a language of several countries may write either way.
        (_, 4) if month_first && mark == "/" => day(z, x, y).or_else(|| day(z, y, x)),
        (_, 4) => day(z, y, x).or_else(|| day(z, x, y)),
        (2, 2) if b.form.len() == 2 && mark == "." => day(2000 + z, y, x),
        _ => None,
    };
    Some((read?, 3))
}

/// "2020年4月24日", "2020년 4월 24일".
fn with_signs(words: &[Word<'_>]) -> Option<(Day, usize)> {
    let [year, year_sign, month, month_sign, d, ..] = words else { return None };
    let sign = |word: &Word<'_>| word.kind != WordKind::Number && word.form.chars().count() == 1;
    let signed = sign(year_sign) && sign(month_sign);
    let (year, month, d) = (number(year)?, number(month)?, number(d)?);
    Some((signed.then(|| day(year, month, d)).flatten()?, 5))
}

/// "24. April 2020", "April 24th, 2020", "24 de abril de 2020", "2020. április 24."
/// `at` is the word of the month.
fn with_name(
    words: &[Word<'_>],
    at: usize,
    months: &BTreeMap<String, u32>,
) -> Option<(Day, usize)> {
    let month = i32::try_from(*months.get(&*words[at].form)?).ok()?;
    let before = neighbour(words[..at].iter().rev());
    let (place, after) = neighbour(words[at + 1..].iter())?;
    // Words up to the number behind the month, which is the year, or the day.
    let used = 1 + place + 1;
    let around = || {
        let (_, before) = before?;
        let day = day(after, month, before).or_else(|| day(before, month, after))?;
        Some((day, used))
    };
    let year_after_day = || {
        let (place, year) = neighbour(words[at + used..].iter())?;
        Some((day(year, month, after)?, used + place + 1))
    };
    around().or_else(year_after_day)
}

/// The next number, over one short word ("de", "th", "m."), and how many words lie before it.
fn neighbour<'w>(words: impl Iterator<Item = &'w Word<'w>>) -> Option<(usize, i32)> {
    const SHORT_CHARS: usize = 4;
    let mut words = words.enumerate().take(2);
    let (_, first) = words.next()?;
    if let Some(value) = number(first) {
        return Some((0, value));
    }
    let short = first.form.chars().count() <= SHORT_CHARS;
    let (place, second) = words.next().filter(|_| short)?;
    Some((place, number(second)?))
}

fn number(word: &Word<'_>) -> Option<i32> {
    (word.kind == WordKind::Number && word.form.len() <= 4).then(|| word.form.parse().ok())?
}

fn day(year: i32, month: i32, day: i32) -> Option<Day> {
    let year = if YEARS.contains(&(year - BUDDHIST_YEARS)) { year - BUDDHIST_YEARS } else { year };
    let (month, day) = (u32::try_from(month).ok()?, u32::try_from(day).ok()?);
    YEARS.contains(&year).then(|| Day::from_ymd(year, month, day))?
}

#[cfg(test)]
mod tests {
    use super::{Known, Label, labelled_days, written_days};
    use newstemma_model::Language;

    fn check(language: &str, text: &str, expected: &str) {
        let language = Language::parse(language).unwrap();
        let day = written_days(text, &Known::of(language)).next().map(|(day, _)| day.to_string());
        assert_eq!(day.unwrap_or_default(), expected, "{text}");
    }

    #[test]
    fn words_say_what_a_date_is() {
        let check = |language: &str, text: &str, expected: &[(&str, Label)]| {
            let known = Known::of(Language::parse(language).unwrap());
            let days = labelled_days(text, &known);
            let found: Vec<(String, Label)> =
                days.iter().map(|(day, label)| (day.to_string(), *label)).collect();
            let found: Vec<(&str, Label)> = found.iter().map(|(d, l)| (d.as_str(), *l)).collect();
            assert_eq!(found, expected, "{text}");
        };
        let (published, updated) = (Label::Published, Label::Updated);
        check(
            "de",
            "Veröffentlicht am 3. Mai 2021, aktualisiert: 04.05.2021",
            &[("2021-05-03", published), ("2021-05-04", updated)],
        );
        check("fr", "Article mis à jour le 7 janvier 2020.", &[("2020-01-07", updated)]);
        check("sv", "Publicerad 2021-05-03", &[("2021-05-03", published)]);
        check("ja", "2021年5月3日 更新", &[("2021-05-03", updated)]);
        check(
            "ko",
            "입력 2021.05.03 08:05 수정 2021.05.04 09:10",
            &[("2021-05-03", published), ("2021-05-04", updated)],
        );
        check("en", "Ida Voss, May 3, 2021", &[("2021-05-03", Label::None)]);
    }

    #[test]
    fn dates_in_digits() {
        check("de", "Stand: 03.11.2021, 8:05 Uhr", "2021-11-03");
        check("de", "3. 11. 2021", "2021-11-03");
        check("de", "3.11.2021", "2021-11-03");
        check("de", "von Ida am 3. November 2021 - 18:55", "2021-11-03");
        check("de", "vom 03.11.21", "2021-11-03");
        check("fr", "Publié le 03/11/2021", "2021-11-03");
        check("en", "11/03/2021", "2021-11-03");
        check("en", "23/11/2021", "2021-11-23");
        check("sv", "2021-11-03 08:05", "2021-11-03");
        check("ar", "٠٣/١١/٢٠٢١", "2021-11-03");
        check("th", "3/11/2564", "2021-11-03");
    }

    #[test]
    fn dates_in_words() {
        check("en", "Posted on Wednesday, November 3rd, 2021 by Ida Voss", "2021-11-03");
        check("de", "Ida Voss | 3. November 2021", "2021-11-03");
        check("es", "3 de noviembre de 2021", "2021-11-03");
        check("ru", "3 ноября 2021, 08:05", "2021-11-03");
        check("uk", "3 листопада 2021 року", "2021-11-03");
        check("hu", "2021. november 3. 8:05", "2021-11-03");
        check("ja", "2021年11月3日 8時5分", "2021-11-03");
        check("ko", "2021년 11월 3일", "2021-11-03");
        check("de", "3 November 2021", "2021-11-03");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "8:05", "3 November", "1.2.3", "31.2.2021", "10.000.2021", "192.168.1.1"] {
            check("de", text, "");
        }
    }
}
