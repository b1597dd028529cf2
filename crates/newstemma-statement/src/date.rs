//! Dates as a text says them.
//!
//! What a date means depends on the day of the report, which is found later and from other reports;
//! so this module only reads the words: "ce mercredi 20 novembre", "三天前", "until Friday". The
//! reader tries, at each token, the words before a date (prepositions, "last", "since") and then
//! the forms a date can have, from the longest to the shortest. The words are data of the
//! languages; the forms are the same for all, and a language without the words for a form never
//! has it. Linear, since no form is longer than a dozen tokens.

use crate::lexicon::{Hit, Lexicon, List};
use crate::numeral::{Form, digits_value, numeral};
use crate::token::{Kind, Tokens, fold};
use newstemma_model::time::days_in_month;
use newstemma_model::{CalendarUnit, DateExpression, DateMention, Season, Tense, Weekday};

/// The dates of a sentence, with the tokens they take.
pub(crate) fn dates(
    lexicon: &Lexicon,
    tokens: &Tokens,
) -> Vec<(DateMention, std::ops::Range<usize>)> {
    let reader = Reader { lexicon, tokens };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.mention(at) {
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
    /// Words before the number of a day.
    on_day: bool,
    /// "early", "the end of".
    part: bool,
    /// "since", "until", "from": an end of an interval is to come.
    bound: bool,
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
        let longest = candidates.into_iter().flatten().rev_max_by_end();
        longest.map(|(expression, end)| self.bound_after(expression, end))
    }

    /// "from 3 to 5 May", "du 3 au 5 mai", "2019–2021".
    fn interval(&self, at: usize) -> Read {
        let from = self.find(List::DateFrom, at).map_or(0, |h| h.length);
        let (first, end) = self.bare(at + from)?;
        let to = match self.find(List::DateTo, end) {
            Some(hit) if from > 0 => hit.length,
            _ if matches!(self.tokens.str(end), "–" | "—" | "-" | "～" | "〜" | "~" | "至") => {
                1
            }
            _ => return None,
        };
        let (second, end) = self.bare(end + to)?;
        let same = std::mem::discriminant(&first) == std::mem::discriminant(&second);
        let first = match (first, &second) {
            // "du 3 au 5 mai": the month is said once.
            (
                DateExpression::DayOfMonth { day, weekday },
                DateExpression::Day { year, month, .. },
            ) => DateExpression::Day { year: *year, month: *month, day, weekday },
            // "с 5 до 10" counts something, unless the days have their sign ("5日～10日").
            (DateExpression::DayOfMonth { .. }, _)
                if self.find(List::DaySign, end - 1).is_none() =>
            {
                return None;
            }
            (first, _) if same => first,
            _ => return None,
        };
        Some((DateExpression::Interval(Box::new(first), Box::new(second)), end))
    }

    /// A date without words before it, as the ends of an interval are.
    fn bare(&self, at: usize) -> Read {
        let before = Before { bound: true, on_day: true, ..Before::default() };
        self.core(at, before)
    }

    /// "since 2022", "jusqu'à vendredi", "depuis deux ans".
    fn bounded(&self, at: usize) -> Read {
        let since = self.find(List::Since, at);
        let until = self.find(List::Until, at);
        let longer = |a: Option<Hit>, b: Option<Hit>| {
            a.is_some_and(|a| b.is_none_or(|b| a.length >= b.length))
        };
        let (hit, is_since) = if longer(since, until) { (since?, true) } else { (until?, false) };
        let next = at + hit.length;
        if is_since && let Some((count, unit, end)) = self.length(next) {
            let past = DateExpression::Distance { count: -count, unit, exact: false };
            return Some((DateExpression::Since(Box::new(past)), end));
        }
        let (before, core_at) = self.before(next, Before { bound: true, ..Before::default() });
        let (inner, end) = self.core(core_at, before)?;
        // Words such as "from" bound a date of which the day only begins a thing ("de 2022").
        let wrapped = if is_since {
            DateExpression::Since(Box::new(inner))
        } else {
            DateExpression::Until(Box::new(inner))
        };
        Some((wrapped, end))
    }

    /// Words after a date that make it a bound: "以来", "まで".
    fn bound_after(&self, expression: DateExpression, end: usize) -> (DateExpression, usize) {
        let bounded = matches!(
            expression,
            DateExpression::Since(_) | DateExpression::Until(_) | DateExpression::Interval(..)
        );
        if bounded {
            return (expression, end);
        }
        if let Some(hit) = self.find(List::SinceAfter, end) {
            return (DateExpression::Since(Box::new(expression)), end + hit.length);
        }
        match self.find(List::UntilAfter, end) {
            Some(hit) => (DateExpression::Until(Box::new(expression)), end + hit.length),
            None => (expression, end),
        }
    }

    /// "three weeks ago", "vor drei Wochen", "dans deux mois, jour pour jour".
    fn counted_away(&self, at: usize) -> Read {
        let (sign, from) = match (self.find(List::AgoBefore, at), self.find(List::AheadBefore, at))
        {
            (Some(hit), _) => (-1, at + hit.length),
            (None, Some(hit)) => (1, at + hit.length),
            (None, None) => (0, at),
        };
        let (count, unit, end) = self.length(from)?;
        let (sign, end) = match (self.find(List::AgoAfter, end), self.find(List::AheadAfter, end)) {
            (Some(hit), _) => (-1, end + hit.length),
            (None, Some(hit)) => (1, end + hit.length),
            (None, None) => (sign, end),
        };
        if sign == 0 {
            return None;
        }
        let comma = usize::from(matches!(self.tokens.str(end), "," | "،"));
        let exact = self.find(List::Exact, end + comma);
        let end = exact.map_or(end, |hit| end + comma + hit.length);
        Some((DateExpression::Distance { count: sign * count, unit, exact: exact.is_some() }, end))
    }

    /// A number of days, weeks, months or years.
    fn length(&self, at: usize) -> Option<(i32, CalendarUnit, usize)> {
        let number = numeral(self.lexicon, self.tokens, at)?;
        let small = number.value.fract() == 0.0 && (1.0..1000.0).contains(&number.value);
        if !small || matches!(number.form, Form::Ordinal | Form::Crowd | Form::Fraction) {
            return None;
        }
        let unit = self.find(List::Unit, number.end)?;
        let spans = self.find(List::SpanAfter, number.end + unit.length);
        let ago = self.find(List::AgoAfter, number.end + unit.length);
        let ahead = self.find(List::AheadAfter, number.end + unit.length);
        if spans.is_some() && ago.is_none() && ahead.is_none() {
            return None;
        }
        Some((number.value as i32, calendar_unit(unit.value), number.end + unit.length))
    }

    /// A date with the words before it.
    fn with_before(&self, at: usize) -> Read {
        let (before, core_at) = self.before(at, Before::default());
        let read = self.core(core_at, before).or_else(|| {
            // The words taken for words before a date may be the date itself ("le lendemain").
            (core_at > at).then(|| self.core(at, Before::default())).flatten()
        })?;
        Some(read)
    }

    /// The words before a date: which, and where the date itself begins.
    fn before(&self, at: usize, mut before: Before) -> (Before, usize) {
        const LISTS: [List; 7] =
            [List::On, List::Within, List::OnDay, List::Part, List::Last, List::Next, List::This];
        let mut next = at;
        for _ in 0..4 {
            let hits = LISTS.map(|list| self.find(list, next).map_or(0, |h| h.length));
            let longest = hits.into_iter().max().unwrap_or(0);
            if longest == 0 {
                break;
            }
            let [on, within, on_day, part, last, nextward, this] = hits.map(|l| l == longest);
            before.on |= on;
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
            .or_else(|| self.year_first(at))
            .or_else(|| self.weekday(at, before))
            .or_else(|| self.day_month(at, None))
            .or_else(|| self.month(at, before))
            .or_else(|| self.season(at, before))
            .or_else(|| self.relative(at))
            .or_else(|| self.unit(at, before))
            .or_else(|| self.day_of_month(at, before))
            .or_else(|| self.year_alone(at, before))
    }

    /// `2024-11-20`, `20.11.2024`, `11/20/2024`.
    fn numeric(&self, at: usize) -> Read {
        let sign = self.tokens.str(at + 1);
        let chain = matches!(sign, "-" | "." | "/")
            && self.tokens.str(at + 3) == sign
            && (1..5).all(|i| self.tokens.is_glued(at + i));
        if !chain
            || self.tokens.is_glued(at)
                && at > 0
                && self.tokens.kind(at - 1) != Some(Kind::Sign)
                && !matches!(self.tokens.str(at - 1), "(" | "[" | "," | "—" | "–")
        {
            return None;
        }
        if self.lexicon.find_before(List::Label, self.tokens, at).is_some() {
            return None; // "version 1.2.2031"
        }
        let part = |i: usize| {
            let run = self.tokens.str(at + i);
            let digits = self.tokens.kind(at + i) == Some(Kind::Digits);
            digits.then(|| Some((run.chars().count(), digits_value(run)? as u32))).flatten()
        };
        let (a, b, c) = (part(0)?, part(2)?, part(4)?);
        let (year, month, day) = if a.0 == 4 {
            (a.1, b.1, c.1)
        } else if c.0 == 4 || c.0 == 2 && sign != "-" {
            let year = if c.0 == 4 { c.1 } else { century(c.1) };
            // A month above twelve is a day, whatever the custom of the language.
            let month_first =
                sign == "/" && self.lexicon.date().month_first && a.1 <= 12 || b.1 > 12;
            if month_first { (year, a.1, b.1) } else { (year, b.1, a.1) }
        } else {
            return None;
        };
        let plausible = (1500..2200).contains(&year) && is_day(Some(year as i32), month, day);
        let day = DateExpression::Day { year: Some(year as i32), month, day, weekday: None };
        plausible.then_some((day, at + 5))
    }

    /// `2024年11月20日`, `11月20日`, `11月`: numbers with their units behind them.
    fn year_first(&self, at: usize) -> Read {
        let (year, month_at) = match self.marked(at, List::YearMark) {
            Some((value, end)) if (1500..2200).contains(&value) && self.has_month_marks() => {
                (Some(value as i32), end)
            }
            _ => (None, at),
        };
        let Some((month, day_at)) = self.marked(month_at, List::MonthMark) else {
            return year.map(|y| (DateExpression::Year(y), month_at));
        };
        if !(1..=12).contains(&month) {
            return year.map(|y| (DateExpression::Year(y), month_at));
        }
        match self.marked(day_at, List::DaySign) {
            Some((day, end)) if is_day(year, month, day) => {
                let (weekday, end) = self.weekday_after(end);
                Some((DateExpression::Day { year, month, day, weekday }, end))
            }
            _ => {
                let tense = self.tense(at, day_at);
                Some((DateExpression::Month { year, month, tense }, day_at))
            }
        }
    }

    fn has_month_marks(&self) -> bool {
        !self.lexicon.date().month_marks.is_empty()
    }

    /// A weekday in brackets or right behind a day: "20日（水）", "11月20日星期三".
    fn weekday_after(&self, end: usize) -> (Option<Weekday>, usize) {
        let open = usize::from(matches!(self.tokens.str(end), "(" | "（" | "，" | ","));
        match self.find(List::Weekday, end + open) {
            Some(hit) => {
                let close = end + open + hit.length;
                let closed = usize::from(matches!(self.tokens.str(close), ")" | "）"));
                (weekday(hit.value), close + closed)
            }
            None => (None, end),
        }
    }

    /// A whole number and the mark behind it.
    fn marked(&self, at: usize, mark: List) -> Option<(u32, usize)> {
        let number = numeral(self.lexicon, self.tokens, at)?;
        let hit = self.find(mark, number.end)?;
        let whole =
            number.value.fract() == 0.0 && number.value < 3000.0 && number.form != Form::Ordinal;
        whole.then_some((number.value as u32, number.end + hit.length))
    }

    /// "Wednesday", "mercredi 20 novembre", "vendredi dernier".
    fn weekday(&self, at: usize, before: Before) -> Read {
        let hit = self.find(List::Weekday, at)?;
        let day = weekday(hit.value)?;
        let mut end = at + hit.length;
        let comma = usize::from(matches!(self.tokens.str(end), "," | "."));
        let linked = [List::OnDay, List::On]
            .into_iter()
            .filter_map(|list| self.find(list, end + comma))
            .map(|h| h.length)
            .max()
            .unwrap_or(0);
        for skip in [comma, comma + linked] {
            if let Some(read) = self.day_month(end + skip, Some(day)) {
                return Some(read);
            }
            if let Some(read) = self.month_day(end + skip, Some(day)) {
                return Some(read);
            }
        }
        if let Some((number, after)) = self.day_number(end + linked).filter(|(_, after)| {
            (self.is_free(*after) || linked > 0) && self.tokens.kind(end) != Some(Kind::Sign)
        }) {
            return Some((DateExpression::DayOfMonth { day: number, weekday: Some(day) }, after));
        }
        if self.find(List::Ambiguous, at).is_some() && !(before.on || before.step.is_some()) {
            return None;
        }
        let step = self.step_after(&mut end).or(before.step);
        let tense = match step {
            Some(-1) => Tense::Past,
            Some(1) => Tense::Future,
            Some(_) => Tense::Open,
            None => self.tense(at, end),
        };
        Some((DateExpression::Weekday { weekday: day, tense }, end))
    }

    /// "20 novembre 2024", "20. November", "the 20th of November", with a range of days too.
    fn day_month(&self, at: usize, said: Option<Weekday>) -> Read {
        let (day, mut end) = self.day_number(at)?;
        let mut last = None;
        let link = match self.tokens.str(end) {
            "-" | "–" | "/" => 1,
            _ => [List::DateTo, List::Joiner]
                .iter()
                .find_map(|&l| self.find(l, end))
                .map_or(0, |h| h.length),
        };
        if link > 0
            && let Some((second, after)) = self.day_number(end + link)
        {
            (last, end) = (Some(second), after);
        }
        let of = self.find(List::DateOf, end).map_or(0, |h| h.length);
        let hit = self.find(List::Month, end + of)?;
        let month = hit.value as u32 + 1;
        end += of + hit.length;
        let (year, end) = self.year_after(end);
        if !is_day(year, month, day) {
            return None;
        }
        let at_day = |day, weekday| DateExpression::Day { year, month, day, weekday };
        match last.filter(|&l| l > day && is_day(year, month, l)) {
            Some(l) => {
                let both = DateExpression::Interval(
                    Box::new(at_day(day, said)),
                    Box::new(at_day(l, None)),
                );
                Some((both, end))
            }
            None => Some((at_day(day, said), end)),
        }
    }

    /// The number of a day with its mark: "20", "1er", "20th", "20.".
    fn day_number(&self, at: usize) -> Option<(u32, usize)> {
        let free_before = !self.tokens.is_glued(at)
            || at == 0
            || self.tokens.kind(at - 1) == Some(Kind::Sign)
            || matches!(self.tokens.str(at - 1), "(" | "-" | "–" | "," | "/" | "’" | "'");
        if self.tokens.kind(at) != Some(Kind::Digits) || !free_before {
            return None;
        }
        let run = self.tokens.str(at);
        let day =
            digits_value(run).filter(|d| (1.0..=31.0).contains(d) && run.chars().count() <= 2)?;
        let mut end = at + 1;
        if self.tokens.is_glued(end) || self.tokens.str(end) == "-" {
            if let Some(mark) = self.find(List::DayMark, end) {
                if self.tokens.is_glued(end) {
                    end += mark.length;
                }
            } else if self.tokens.kind(end) != Some(Kind::Mark) {
                return None; // "20h", "20km"
            }
        }
        Some((day as u32, end))
    }

    /// The month, with a day or a year behind it, or alone where its words say that it is one.
    fn month(&self, at: usize, before: Before) -> Read {
        if let Some(read) = self.month_day(at, None) {
            return Some(read);
        }
        let hit = self.find(List::Month, at)?;
        let month = hit.value as u32 + 1;
        let (year, mut end) = self.year_after(at + hit.length);
        let step = self.step_after(&mut end).or(before.step);
        let told = before.within || before.bound || before.part || step.is_some();
        // Short forms are given names and words as often as months ("Jan", "mar").
        let short = self.tokens.str(at).chars().count() <= 3;
        if year.is_none() && !told && (short || self.find(List::Ambiguous, at).is_some()) {
            return None;
        }
        let tense = match step {
            Some(-1) => Tense::Past,
            Some(1) => Tense::Future,
            _ => self.tense(at, end),
        };
        Some((DateExpression::Month { year, month, tense }, end))
    }

    /// "November 20, 2024", "Nov. 20-22".
    fn month_day(&self, at: usize, said: Option<Weekday>) -> Read {
        let hit = self.find(List::Month, at)?;
        let month = hit.value as u32 + 1;
        let mut end = at + hit.length;
        end += usize::from(self.tokens.str(end) == "." && self.tokens.is_glued(end));
        let the = self.find(List::OnDay, end).map_or(0, |h| h.length);
        if !self.lexicon.date().month_first && the == 0 {
            return None;
        }
        let (day, mut end) = self.day_number(end + the)?;
        let mut last = None;
        if matches!(self.tokens.str(end), "-" | "–")
            && let Some((second, after)) = self.day_number(end + 1).filter(|(s, _)| *s > day)
        {
            (last, end) = (Some(second), after);
        }
        let (year, end) = self.year_after(end);
        if !is_day(year, month, day) {
            return None;
        }
        let at_day = |day, weekday| DateExpression::Day { year, month, day, weekday };
        let first = at_day(day, said);
        let read = match last {
            Some(l) => DateExpression::Interval(Box::new(first), Box::new(at_day(l, None))),
            None => first,
        };
        Some((read, end))
    }

    /// A year behind a month or day: ", 2024", "de 2024", "2024 года".
    fn year_after(&self, at: usize) -> (Option<i32>, usize) {
        let dot = usize::from(self.tokens.str(at) == "." && self.tokens.is_glued(at));
        let comma = usize::from(matches!(self.tokens.str(at + dot), "," | "،"));
        let of = self.find(List::DateOf, at + dot + comma).map_or(0, |h| h.length);
        for skip in [dot + comma, dot + comma + of] {
            if let Some(year) = self.year_number(at + skip) {
                let end = at + skip + 1;
                let mark = self.find(List::YearMark, end).map_or(0, |h| h.length);
                return (Some(year), end + mark);
            }
        }
        (None, at)
    }

    /// Four digits that can be a year, standing free.
    fn year_number(&self, at: usize) -> Option<i32> {
        let run = self.tokens.str(at);
        if self.tokens.kind(at) != Some(Kind::Digits) || run.chars().count() != 4 {
            return None;
        }
        let next = self.tokens.str(at + 1);
        let more = self.tokens.is_glued(at + 1)
            && (matches!(self.tokens.kind(at + 1), Some(Kind::Word))
                || matches!(next, "." | "," | ":" | "%")
                    && self.tokens.is_glued(at + 2)
                    && self.tokens.kind(at + 2) == Some(Kind::Digits));
        let decade = self.tokens.is_glued(at + 1)
            && matches!(next, "'" | "’")
            && self.tokens.str(at + 2) == "s"
            && self.tokens.is_glued(at + 2);
        let more = more || decade;
        let year = digits_value(run)? as i32;
        ((1000..2200).contains(&year) && !more).then_some(year)
    }

    /// "the summer of 2023", "cet hiver".
    fn season(&self, at: usize, before: Before) -> Read {
        let hit = self.find(List::Season, at)?;
        let season = *[Season::Spring, Season::Summer, Season::Autumn, Season::Winter]
            .get(hit.value as usize)?;
        let (year, mut end) = self.year_after(at + hit.length);
        let step = self.step_after(&mut end).or(before.step);
        if year.is_none() && step.is_none() {
            return None;
        }
        let tense = match step {
            Some(-1) => Tense::Past,
            Some(1) => Tense::Future,
            _ => Tense::Open,
        };
        Some((DateExpression::Season { year, season, tense }, end))
    }

    /// "yesterday", "昨日", "去年".
    fn relative(&self, at: usize) -> Read {
        let day = self.find(List::Relative, at);
        let period = self.find(List::Period, at);
        if let Some(hit) = period.filter(|p| day.is_none_or(|d| d.length < p.length)) {
            let steps = hit.value.div_euclid(4.0) as i32;
            let unit = calendar_unit(hit.value.rem_euclid(4.0));
            let end = at + hit.length;
            // "去年11月", "上周三": the period says which one of them.
            if unit == CalendarUnit::Week
                && let Some(read) = self.weekday_of_week(at, end, steps)
            {
                return Some(read);
            }
            return Some((DateExpression::Unit { steps, unit }, end));
        }
        let hit = day?;
        Some((DateExpression::Relative { days: hit.value as i32 }, at + hit.length))
    }

    /// "上周三": the weekday's name shares a character with the week's.
    fn weekday_of_week(&self, at: usize, end: usize, steps: i32) -> Read {
        let hit = (at + 1..=end).find_map(|from| Some((from, self.find(List::Weekday, from)?)))?;
        let day = weekday(hit.1.value)?;
        let tense = match steps {
            -1 => Tense::Past,
            1 => Tense::Future,
            _ => Tense::Open,
        };
        Some((DateExpression::Weekday { weekday: day, tense }, hit.0 + hit.1.length))
    }

    /// "last week", "la semaine dernière", "this year".
    fn unit(&self, at: usize, before: Before) -> Read {
        let hit = self.find(List::Unit, at)?;
        let mut end = at + hit.length;
        let steps = self.step_after(&mut end).or(before.step)?;
        Some((DateExpression::Unit { steps, unit: calendar_unit(hit.value) }, end))
    }

    /// "last", "next" behind a date.
    fn step_after(&self, end: &mut usize) -> Option<i32> {
        for (list, step) in [(List::LastAfter, -1), (List::NextAfter, 1), (List::ThisAfter, 0)] {
            if let Some(hit) = self.find(list, *end) {
                *end += hit.length;
                return Some(step);
            }
        }
        None
    }

    /// "le 20", "on the 20th", "20日".
    fn day_of_month(&self, at: usize, before: Before) -> Read {
        if let Some((day, end)) = self.marked(at, List::DaySign) {
            let counted = self.find(List::SpanAfter, end).is_some();
            let mark_only = self.tokens.kind(at) == Some(Kind::Digits);
            if (1..=31).contains(&day) && !counted && mark_only {
                let (weekday, end) = self.weekday_after(end);
                return Some((DateExpression::DayOfMonth { day, weekday }, end));
            }
        }
        if !before.on_day {
            return None;
        }
        let (day, end) = self.day_number(at)?;
        let marked = end > at + 1;
        let ends_interval = before.bound && !before.on;
        if !(self.is_free(end) || ends_interval) || self.lexicon.date().month_first && !marked {
            return None;
        }
        Some((DateExpression::DayOfMonth { day, weekday: None }, end))
    }

    /// Whether nothing at a token is counted by a number before it: a mark, a function word, the
    /// end, or a word that no phrase of units knows and that is no noun as far as can be told.
    fn is_free(&self, at: usize) -> bool {
        match self.tokens.kind(at) {
            None => true,
            Some(Kind::Mark) => {
                let is_unit = matches!(self.tokens.str(at), "%" | "°" | "€" | "$" | "£");
                let is_in_number = self.tokens.is_glued(at)
                    && self.tokens.is_glued(at + 1)
                    && self.tokens.kind(at + 1) == Some(Kind::Digits);
                !is_unit && !is_in_number
            }
            Some(Kind::Digits) => false,
            Some(_) => [List::Common, List::Stop].iter().any(|&l| self.find(l, at).is_some()),
        }
    }

    /// A year that stands alone.
    fn year_alone(&self, at: usize, before: Before) -> Read {
        let year = self.year_number(at)?;
        let mark = self.find(List::YearMark, at + 1).map_or(0, |h| h.length);
        let end = at + 1 + mark;
        let told = mark > 0 || before.within || before.bound || before.part;
        if told && (1000..2200).contains(&year) && !self.is_measured(end) {
            return Some((DateExpression::Year(year), end));
        }
        // Without a word that says so, only years of our time, where nothing else would be meant.
        let glued_before = at > 0
            && self.tokens.is_glued(at)
            && !matches!(self.tokens.str(at - 1), "(" | "“" | "\"" | "«");
        let glued_after = self.tokens.is_glued(end)
            && matches!(self.tokens.str(end), "-" | "/" | "_" | "–" | "'" | "’");
        let counted = self.tokens.kind(end) == Some(Kind::Word) && !self.is_free(end);
        let bound = at > 0
            && [
                List::AtLeast,
                List::MoreThan,
                List::AtMost,
                List::About,
                List::Label,
                List::LessThan,
            ]
            .iter()
            .any(|&l| self.lexicon.find_before(l, self.tokens, at).is_some());
        let plausible = (1900..2050).contains(&year) && year % 100 != 0;
        let alone = plausible && !glued_before && !glued_after && !counted && !bound;
        (alone && !self.is_measured(end)).then_some((DateExpression::Year(year), end))
    }

    fn is_measured(&self, at: usize) -> bool {
        let units = [
            List::Currency,
            List::Duration,
            List::Measure,
            List::Percent,
            List::Multiplier,
            List::Classifier,
        ];
        self.tokens.str(at) == "%" || units.iter().any(|&l| self.find(l, at).is_some())
    }

    /// Whether the words around say that what is dated is to come.
    fn tense(&self, from: usize, to: usize) -> Tense {
        const BACK: usize = 8;
        const AHEAD: usize = 6;
        let clause =
            |i: &usize| !matches!(self.tokens.str(*i), ";" | ":" | "”" | "»" | "." | "–" | "—");
        let cue = |i: usize| {
            if self.is_future(i) {
                Some(Tense::Future)
            } else {
                self.find(List::Past, i).map(|_| Tense::Open)
            }
        };
        let back = (from.saturating_sub(BACK)..from).rev().take_while(clause).find_map(cue);
        let ahead = || (to..(to + AHEAD).min(self.tokens.len())).take_while(clause).find_map(cue);
        back.or_else(ahead).unwrap_or(Tense::Open)
    }

    fn is_future(&self, at: usize) -> bool {
        if self.find(List::Future, at).is_some() {
            return true;
        }
        let endings = &self.lexicon.future_endings;
        if endings.is_empty() || self.tokens.kind(at) != Some(Kind::Word) {
            return false;
        }
        let word = fold(self.tokens.str(at));
        let lower = self.tokens.get(at).is_some_and(|t| !t.capital);
        lower && endings.iter().any(|e| word.len() > e.len() + 1 && word.ends_with(&**e))
    }

    fn find(&self, list: List, at: usize) -> Option<Hit> {
        self.lexicon.find(list, self.tokens, at)
    }
}

trait LongestRead {
    fn rev_max_by_end(self) -> Read;
}

impl<I: Iterator<Item = (DateExpression, usize)>> LongestRead for I {
    /// The read that ends last, the first one among equals.
    fn rev_max_by_end(self) -> Read {
        let mut best: Read = None;
        for read in self {
            if best.as_ref().is_none_or(|b| read.1 > b.1) {
                best = Some(read);
            }
        }
        best
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

/// The year of two digits: within the last seventy years of 2050.
fn century(two: u32) -> u32 {
    if two < 50 { 2000 + two } else { 1900 + two }
}

#[cfg(test)]
mod tests {
    use super::dates;
    use crate::lexicon::Lexicon;
    use crate::token::Tokens;
    use newstemma_model::{
        CalendarUnit, DateExpression as E, Language, Season, Span, Tense, Weekday,
    };

    /// The dates of a sentence, as text and meaning.
    fn check(language: &str, text: &str, expected: &[(&str, E)]) {
        let lexicon = Lexicon::of(Language::parse(language).unwrap_or_default());
        let tokens = Tokens::of(text, Span::new(0, text.len()), lexicon);
        let found: Vec<(&str, E)> = dates(lexicon, &tokens)
            .into_iter()
            .map(|(m, _)| (m.span.of(text), m.expression))
            .collect();
        assert_eq!(found, expected, "{language}: {text}");
    }

    fn day(year: Option<i32>, month: u32, day: u32, weekday: Option<Weekday>) -> E {
        E::Day { year, month, day, weekday }
    }

    #[test]
    fn days_with_month_and_year_in_every_order() {
        let full = || day(Some(2031), 3, 14, None);
        for (language, text, span) in [
            ("en", "It fell on March 14, 2031, they say.", "on March 14, 2031"),
            ("en", "It fell on 14 March 2031.", "on 14 March 2031"),
            ("fr", "Elle tomba le 14 mars 2031.", "le 14 mars 2031"),
            ("de", "Sie fiel am 14. März 2031.", "am 14. März 2031"),
            ("es", "Cayó el 14 de marzo de 2031.", "el 14 de marzo de 2031"),
            ("it", "Cadde il 14 marzo 2031.", "il 14 marzo 2031"),
            ("pt", "Caiu no dia 14 de março de 2031.", "no dia 14 de março de 2031"),
            ("nl", "Hij viel op 14 maart 2031.", "op 14 maart 2031"),
            ("pl", "Upadła 14 marca 2031 r.", "14 marca 2031 r"),
            ("ru", "Она упала 14 марта 2031 года.", "14 марта 2031 года"),
            ("uk", "Вона впала 14 березня 2031 року.", "14 березня 2031 року"),
            ("tr", "14 Mart 2031'de düştü.", "14 Mart 2031"),
            ("ar", "سقط يوم 14 مارس 2031.", "يوم 14 مارس 2031"),
            ("ar", "سقط في 14 آذار 2031.", "في 14 آذار 2031"),
            ("zh", "它于2031年3月14日坠落。", "2031年3月14日"),
            ("ja", "2031年3月14日に落ちた。", "2031年3月14日"),
            ("ko", "2031년 3월 14일에 떨어졌다.", "2031년 3월 14일"),
            ("de", "Stand: 14.03.2031", "14.03.2031"),
            ("en", "Updated: 2031-03-14", "2031-03-14"),
            ("en", "Updated: 3/14/2031", "3/14/2031"),
            ("fr", "Mis en ligne: 14/03/2031", "14/03/2031"),
        ] {
            check(language, text, &[(span, full())]);
        }
    }

    #[test]
    fn weekdays_with_their_day_or_alone() {
        let friday = |tense| E::Weekday { weekday: Weekday::Friday, tense };
        check(
            "fr",
            "ce vendredi 14 mars, dit-il",
            &[("ce vendredi 14 mars", day(None, 3, 14, Some(Weekday::Friday)))],
        );
        check(
            "en",
            "on Friday, March 14, he said",
            &[("on Friday, March 14", day(None, 3, 14, Some(Weekday::Friday)))],
        );
        check("fr", "Le pont a cédé vendredi.", &[("vendredi", friday(Tense::Open))]);
        check(
            "fr",
            "le pont a cédé vendredi dernier",
            &[("vendredi dernier", friday(Tense::Past))],
        );
        check("fr", "Le conseil se réunira vendredi.", &[("vendredi", friday(Tense::Future))]);
        check("en", "The council will meet on Friday.", &[("on Friday", friday(Tense::Future))]);
        check("de", "Der Rat tagte am Freitag.", &[("am Freitag", friday(Tense::Open))]);
        check("ru", "Мост рухнул в пятницу.", &[("в пятницу", friday(Tense::Open))]);
        check("uk", "Міст упав у п'ятницю.", &[("у п'ятницю", friday(Tense::Open))]);
        check("pl", "Most runął w piątek.", &[("w piątek", friday(Tense::Open))]);
        check("pt", "A ponte caiu na sexta-feira.", &[("na sexta-feira", friday(Tense::Open))]);
        check("ar", "انهار الجسر يوم الجمعة.", &[("يوم الجمعة", friday(Tense::Open))]);
        check("zh", "大桥周五倒塌。", &[("周五", friday(Tense::Open))]);
        check("ja", "橋は金曜日に崩れた。", &[("金曜日", friday(Tense::Open))]);
        check("ko", "다리는 금요일 무너졌다.", &[("금요일", friday(Tense::Open))]);
        check("tr", "Köprü cuma günü çöktü.", &[("cuma günü", friday(Tense::Open))]);
    }

    #[test]
    fn days_counted_from_today() {
        check("en", "It fell yesterday.", &[("yesterday", E::Relative { days: -1 })]);
        check("de", "Vorgestern fiel sie.", &[("Vorgestern", E::Relative { days: -2 })]);
        check("ja", "橋は昨日崩れた。", &[("昨日", E::Relative { days: -1 })]);
        let away = |count, unit, exact| E::Distance { count, unit, exact };
        check("zh", "三天前倒塌", &[("三天前", away(-3, CalendarUnit::Day, false))]);
        check("en", "three weeks ago", &[("three weeks ago", away(-3, CalendarUnit::Week, false))]);
        check(
            "fr",
            "dans deux mois, jour pour jour",
            &[("dans deux mois, jour pour jour", away(2, CalendarUnit::Month, true))],
        );
        check("ru", "Два года назад", &[("Два года назад", away(-2, CalendarUnit::Year, false))]);
        check("de", "vor drei Tagen", &[("vor drei Tagen", away(-3, CalendarUnit::Day, false))]);
        check("en", "last week", &[("last week", E::Unit { steps: -1, unit: CalendarUnit::Week })]);
        check("zh", "去年", &[("去年", E::Unit { steps: -1, unit: CalendarUnit::Year })]);
    }

    #[test]
    fn months_years_seasons_and_bounds() {
        let month = |year, month| E::Month { year, month, tense: Tense::Open };
        check("en", "It opened in January.", &[("in January", month(None, 1))]);
        check("fr", "ouvert en janvier 2031", &[("en janvier 2031", month(Some(2031), 1))]);
        check("en", "It may rain in the capital.", &[]);
        check("en", "adopted in 1997, it", &[("in 1997", E::Year(1997))]);
        check("en", "since 2022.", &[("since 2022", E::Since(Box::new(E::Year(2022))))]);
        check("de", "seit 2022", &[("seit 2022", E::Since(Box::new(E::Year(2022))))]);
        check(
            "en",
            "In the summer of 2023, it",
            &[(
                "In the summer of 2023",
                E::Season { year: Some(2023), season: Season::Summer, tense: Tense::Open },
            )],
        );
        check(
            "fr",
            "du 3 au 5 mai",
            &[(
                "du 3 au 5 mai",
                E::Interval(Box::new(day(None, 5, 3, None)), Box::new(day(None, 5, 5, None))),
            )],
        );
        check(
            "fr",
            "Ouvert le 20, il ferma.",
            &[("le 20", E::DayOfMonth { day: 20, weekday: None })],
        );
        check(
            "en",
            "on the 20th, they",
            &[("on the 20th", E::DayOfMonth { day: 20, weekday: None })],
        );
        check("ja", "20日、橋が崩れた。", &[("20日", E::DayOfMonth { day: 20, weekday: None })]);
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
