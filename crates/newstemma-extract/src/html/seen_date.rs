//! The day of publication as readers see it: near the headline, in the words of the language.
//!
//! Problem: a third of all pages say when they were published in no place that is made for
//! programs. Idea: they say it to readers, in a short line between the headline and the first long
//! paragraph, just above the headline, or below the article. Such lines are searched in this order
//! for a date that is written out: in digits, with the name of a month, or with signs as in East
//! Asia. Dates inside paragraphs are those of events and do not count, save at the very beginning.
//! Cost: a few short lines, and only on pages without such a place.

use super::metadata::About;
use super::surroundings::Surroundings;
use crate::line::ends_with_stop;
use crate::published::parse_published;
use newstemma_language::{Pack, Word, WordKind, words};
use newstemma_model::{Day, Language, Published};
use std::collections::BTreeMap;

/// Characters at the beginning of the first paragraph in which its place and date stand.
const DATELINE_CHARS: usize = 60;

/// Years that a page may be of; beyond them, the count of years is another one.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// Years by which the Buddhist calendar is ahead.
const BUDDHIST_YEARS: i32 = 543;

/// The date of publication that is shown to readers: near the headline, in an element for times,
/// in one that is named after dates, at the beginning of the text, or below it.
pub(crate) fn seen_date(
    around: &Surroundings<'_>,
    about: &About,
    language: Language,
) -> Option<Published> {
    let months = months(language);
    let day = |text: &str| {
        let day = written_day(text, language, &months)?;
        Some(Published { day, time: None })
    };
    let line = |line: &&str| if is_sentence(line) { None } else { day(line) };
    let opening = || {
        let begin: String = around.opening?.chars().take(DATELINE_CHARS).collect();
        day(&begin)
    };
    around
        .head
        .iter()
        .find_map(line)
        .or_else(|| about.times.iter().find_map(|time| parse_published(time)))
        .or_else(|| about.dates.iter().find_map(|date| day(date)))
        .or_else(opening)
        .or_else(|| around.tail.iter().find_map(line))
}

/// Whether a line is a sentence, which may tell of another day.
fn is_sentence(line: &str) -> bool {
    const WORDS: usize = 8;
    ends_with_stop(line) && line.split_whitespace().nth(WORDS).is_some()
}

/// The months of a language, and of English, which templates are often left in.
fn months(language: Language) -> BTreeMap<String, u32> {
    let english = Language::parse("en").unwrap_or_default();
    let mut months = BTreeMap::new();
    for language in [english, language] {
        for (forms, month) in Pack::of(language).date.months.iter().zip(1..) {
            for form in forms.iter() {
                months.extend(words(form, language).next().map(|w| (w.form.into_owned(), month)));
            }
        }
    }
    months
}

/// The first date that is written out in a text.
fn written_day(text: &str, language: Language, months: &BTreeMap<String, u32>) -> Option<Day> {
    let words: Vec<Word<'_>> = words(text, language).collect();
    let month_first = Pack::of(language).date.month_first;
    (0..words.len()).find_map(|at| {
        let rest = &words[at..];
        in_digits(text, rest, month_first)
            .or_else(|| with_signs(rest))
            .or_else(|| with_name(&words, at, months))
    })
}

/// "24.4.2020", "24. 04. 2020", "4/24/2020", "2020-04-24", "24.04.20".
fn in_digits(text: &str, words: &[Word<'_>], month_first: bool) -> Option<Day> {
    let [a, b, c, ..] = words else { return None };
    let joint =
        |a: &Word<'_>, b: &Word<'_>| text.get(a.span.end()..b.span.start()).map(str::trim_end);
    let mark = joint(a, b).filter(|mark| [".", "/", "-", "‑", "–"].contains(mark))?;
    if joint(b, c) != Some(mark) {
        return None;
    }
    let (x, y, z) = (number(a)?, number(b)?, number(c)?);
    match (a.form.len(), c.form.len()) {
        (4, _) => day(x, y, z),
        // A page that is written in a language of several countries may write either way.
        (_, 4) if month_first && mark == "/" => day(z, x, y).or_else(|| day(z, y, x)),
        (_, 4) => day(z, y, x).or_else(|| day(z, x, y)),
        (2, 2) if b.form.len() == 2 && mark == "." => day(2000 + z, y, x),
        _ => None,
    }
}

/// "2020年4月24日", "2020년 4월 24일".
fn with_signs(words: &[Word<'_>]) -> Option<Day> {
    let [year, year_sign, month, month_sign, d, ..] = words else { return None };
    let sign = |word: &Word<'_>| word.kind != WordKind::Number && word.form.chars().count() == 1;
    let signed = sign(year_sign) && sign(month_sign);
    let (year, month, d) = (number(year)?, number(month)?, number(d)?);
    signed.then(|| day(year, month, d)).flatten()
}

/// "24. April 2020", "April 24th, 2020", "24 de abril de 2020", "2020. április 24."
fn with_name(words: &[Word<'_>], at: usize, months: &BTreeMap<String, u32>) -> Option<Day> {
    let month = i32::try_from(*months.get(&*words[at].form)?).ok()?;
    let before = neighbour(words[..at].iter().rev());
    let after = neighbour(words[at + 1..].iter());
    let year_after_day = || {
        let (place, d) = after?;
        let (_, year) = neighbour(words[at + 1 + place + 1..].iter())?;
        day(year, month, d)
    };
    let around = || {
        let ((_, before), (_, after)) = (before?, after?);
        day(after, month, before).or_else(|| day(before, month, after))
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
    use super::{months, written_day};
    use newstemma_model::Language;

    fn check(language: &str, text: &str, expected: &str) {
        let language = Language::parse(language).unwrap();
        let day = written_day(text, language, &months(language));
        assert_eq!(day.map(|d| d.to_string()).unwrap_or_default(), expected, "{text}");
    }

    #[test]
    fn dates_in_digits() {
        check("de", "Stand: 03.11.2021, 8:05 Uhr", "2021-11-03");
        check("de", "3. 11. 2021", "2021-11-03");
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
