//! Dates in numbers: `2024-11-20`, `20.11.2024`, `2024年11月20日`.

use super::{Before, Read, Reader, is_day};
use crate::lexicon::List;
use crate::numeral::{Form, digits_value, numeral};
use crate::token::Kind;
use newstemma_model::DateExpression;

impl Reader<'_, '_> {
    /// `2024-11-20`, `20.11.2024`, `11/20/2024`.
    pub(super) fn numeric(&self, at: usize) -> Read {
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
    pub(super) fn year_first(&self, at: usize, before: Before) -> Read {
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
                let tense = self.tense(at, day_at, before);
                Some((DateExpression::Month { year, month, tense }, day_at))
            }
        }
    }

    pub(super) fn has_month_marks(&self) -> bool {
        !self.lexicon.date().month_marks.is_empty()
    }

    /// A whole number and the mark behind it.
    pub(super) fn marked(&self, at: usize, mark: List) -> Option<(u32, usize)> {
        let number = numeral(self.lexicon, self.tokens, at)?;
        let hit = self.find(mark, number.end)?;
        let whole = number.value.fract() == 0.0 && number.value < 3000.0;
        // "третьего числа": a day has its number among days, which a year has not.
        let ordinal = number.form == Form::Ordinal && mark != List::DaySign;
        (whole && !ordinal).then_some((number.value as u32, number.end + hit.length))
    }
}

/// The year of two digits: within the last seventy years of 2050.
fn century(two: u32) -> u32 {
    if two < 50 { 2000 + two } else { 1900 + two }
}
