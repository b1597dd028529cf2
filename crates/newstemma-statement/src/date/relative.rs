//! Dates counted from the day of the report: "yesterday", "three weeks ago", "上周三".

use super::{Before, Read, Reader, calendar_unit, weekday};
use crate::lexicon::List;
use crate::numeral::{Form, numeral};
use newstemma_model::{CalendarUnit, DateExpression, Tense};

impl Reader<'_, '_> {
    /// "three weeks ago", "vor drei Wochen", "dans deux mois, jour pour jour", "within a week".
    pub(super) fn counted_away(&self, at: usize) -> Read {
        if let Some(hit) = self.find(List::Deadline, at) {
            let (count, unit, end) = self.length(at + hit.length)?;
            let last = DateExpression::Distance { count, unit, exact: false };
            return Some((DateExpression::Until(Box::new(last)), end));
        }
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
    pub(super) fn length(&self, at: usize) -> Option<(i32, CalendarUnit, usize)> {
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

    /// "yesterday", "昨日", "去年".
    pub(super) fn relative(&self, at: usize) -> Read {
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
    pub(super) fn weekday_of_week(&self, at: usize, end: usize, steps: i32) -> Read {
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
    pub(super) fn unit(&self, at: usize, before: Before) -> Read {
        let hit = self.find(List::Unit, at)?;
        let mut end = at + hit.length;
        let steps = self.step_after(&mut end).or(before.step)?;
        Some((DateExpression::Unit { steps, unit: calendar_unit(hit.value) }, end))
    }

    /// "last", "next" behind a date.
    pub(super) fn step_after(&self, end: &mut usize) -> Option<i32> {
        for (list, step) in [(List::LastAfter, -1), (List::NextAfter, 1), (List::ThisAfter, 0)] {
            if let Some(hit) = self.find(list, *end) {
                *end += hit.length;
                return Some(step);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::date::tests::check;
    use newstemma_model::{CalendarUnit, DateExpression as E};

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
}
