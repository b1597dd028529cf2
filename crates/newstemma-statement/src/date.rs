//! Dates as a text says them.
//!
//! What a date means depends on the day of the report, which is found later and from other reports;
//! so this module only reads the words: "ce mercredi 20 novembre", "三天前", "until Friday". The
//! reader tries, at each token, the words before a date (prepositions, "last", "since") and then
//! the forms a date can have, from the longest to the shortest. The words are data of the
//! languages; the forms are the same for all, and a language without the words for a form never
//! has it. Linear, since no form is longer than a dozen tokens.

mod bound;
mod day;
mod numeric;
mod period;
mod relative;
mod tense;

use crate::lexicon::{Hit, Lexicon, List};
use crate::token::Tokens;
use newstemma_model::time::days_in_month;
use newstemma_model::{CalendarUnit, DateExpression, DateMention, Weekday};

/// The dates of a sentence, with the tokens they take.
pub(crate) fn dates(
    lexicon: &Lexicon,
    tokens: &Tokens,
) -> Vec<(DateMention, std::ops::Range<usize>)> {
    let reader = Reader { lexicon, tokens };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let read = if lexicon.may_count(tokens, at) { reader.mention(at) } else { None };
        match read {
            Some((expression, end)) if end > at => {
                let span = tokens.span(at, end);
                found.push((DateMention { span, expression }, at..end));
                at = end;
            }
            _ => at += 1,
        }
    }
    found
}

/// The words before a date, and what they say of it.
#[derive(Clone, Copy, Debug, Default)]
struct Before {
    /// A preposition of days.
    on: bool,
    /// A preposition of months and years.
    within: bool,
    /// A preposition of a day that something is meant for.
    toward: bool,
    /// Words before the number of a day.
    on_day: bool,
    /// "early", "the end of".
    part: bool,
    /// "since", "until", "from": an end of an interval is to come.
    bound: bool,
    /// "until", "from … on": what they bound goes on after the day of the report.
    ahead: bool,
    /// "last", "this", "next".
    step: Option<i32>,
}

struct Reader<'a, 't> {
    lexicon: &'a Lexicon,
    tokens: &'a Tokens<'t>,
}

/// An expression and the token after it.
type Read = Option<(DateExpression, usize)>;

impl Reader<'_, '_> {
    /// The date that begins at a token, its words before included.
    fn mention(&self, at: usize) -> Read {
        let candidates =
            [self.interval(at), self.bounded(at), self.counted_away(at), self.with_before(at)];
        // Among equals, the first.
        let longest = candidates.into_iter().flatten().rev().max_by_key(|read| read.1);
        longest.map(|(expression, end)| self.bound_after(at, expression, end))
    }

    /// A date with the words before it.
    fn with_before(&self, at: usize) -> Read {
        let (before, core_at) = self.before(at, Before::default());
        self.core(core_at, before).or_else(|| {
            // The words taken for words before a date may be the date itself ("le lendemain").
            (core_at > at).then(|| self.core(at, Before::default())).flatten()
        })
    }

    /// The words before a date: which, and where the date itself begins.
    fn before(&self, at: usize, mut before: Before) -> (Before, usize) {
        const LISTS: [List; 8] = [
            List::On,
            List::Toward,
            List::Within,
            List::OnDay,
            List::Part,
            List::Last,
            List::Next,
            List::This,
        ];
        let mut next = at;
        for _ in 0..4 {
            let hits = LISTS.map(|list| self.find(list, next).map_or(0, |h| h.length));
            let longest = hits.into_iter().max().unwrap_or(0);
            if longest == 0 {
                break;
            }
            let [on, toward, within, on_day, part, last, nextward, this] =
                hits.map(|l| l == longest);
            before.on |= on;
            before.toward |= toward && !self.follows_weekday(next);
            before.within |= within;
            before.on_day |= on_day;
            before.part |= part;
            if last || nextward || this {
                before.step = Some(if last { -1 } else { i32::from(nextward) });
            }
            next += longest;
            // "mid-March": the hyphen belongs to neither.
            if self.tokens.str(next) == "-" && self.tokens.is_glued(next) && part {
                next += 1;
            }
        }
        (before, next)
    }

    /// A date without its words before.
    fn core(&self, at: usize, before: Before) -> Read {
        self.numeric(at)
            .or_else(|| self.year_first(at, before))
            .or_else(|| self.weekday(at, before))
            .or_else(|| self.day_month(at, None))
            .or_else(|| self.month(at, before))
            .or_else(|| self.season(at, before))
            .or_else(|| self.relative(at))
            .or_else(|| self.unit(at, before))
            .or_else(|| self.day_of_month(at, before))
            .or_else(|| self.year_alone(at, before))
    }

    fn find(&self, list: List, at: usize) -> Option<Hit> {
        self.lexicon.find(list, self.tokens, at)
    }
}

fn weekday(index: f64) -> Option<Weekday> {
    Weekday::ALL.get(index as usize).copied()
}

fn calendar_unit(index: f64) -> CalendarUnit {
    match index as u32 {
        0 => CalendarUnit::Day,
        1 => CalendarUnit::Week,
        2 => CalendarUnit::Month,
        _ => CalendarUnit::Year,
    }
}

/// Whether there is such a day, in a leap year if none is said.
fn is_day(year: Option<i32>, month: u32, day: u32) -> bool {
    (1..=days_in_month(year.unwrap_or(2000), month)).contains(&day)
}

#[cfg(test)]
mod calendars;

#[cfg(test)]
mod tests {
    use super::dates;
    use crate::lexicon::Lexicon;
    use crate::token::Tokens;
    use newstemma_model::{DateExpression as E, Language, Span, Weekday};

    /// The dates of a sentence, as text and meaning.
    pub(super) fn check(language: &str, text: &str, expected: &[(&str, E)]) {
        let lexicon = Lexicon::of(Language::parse(language).unwrap_or_default());
        let tokens = Tokens::of(text, Span::new(0, text.len()), lexicon);
        let found: Vec<(&str, E)> = dates(lexicon, &tokens)
            .into_iter()
            .map(|(m, _)| (m.span.of(text), m.expression))
            .collect();
        assert_eq!(found, expected, "{language}: {text}");
    }

    pub(super) fn day(year: Option<i32>, month: u32, day: u32, weekday: Option<Weekday>) -> E {
        E::Day { year, month, day, weekday }
    }

    #[test]
    fn what_looks_like_a_date_and_is_none() {
        check("en", "They lost 2000 sheep and 1950 goats.", &[]);
        check("fr", "Les 20 villages et les 12 ponts", &[]);
        check("ja", "20日間続いた", &[]);
        check("en", "version 1.2.2031", &[]);
        check("nl", "volgens Jan de Wit", &[]);
        check("ru", "с 5 до 10 километров", &[]);
    }
}
