//! Intervals, and dates that bound one: "from 3 to 5 May", "since 2022", "まで".

use super::{Before, Read, Reader};
use crate::lexicon::{Hit, List};
use newstemma_model::DateExpression;

impl Reader<'_, '_> {
    /// "from 3 to 5 May", "du 3 au 5 mai", "2019–2021".
    pub(super) fn interval(&self, at: usize) -> Read {
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
    pub(super) fn bare(&self, at: usize) -> Read {
        let before = Before { bound: true, on_day: true, ..Before::default() };
        self.core(at, before)
    }

    /// "since 2022", "jusqu'à vendredi", "depuis deux ans".
    pub(super) fn bounded(&self, at: usize) -> Read {
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
    pub(super) fn bound_after(
        &self,
        expression: DateExpression,
        end: usize,
    ) -> (DateExpression, usize) {
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
}

#[cfg(test)]
mod tests {
    use crate::date::tests::{check, day};
    use newstemma_model::DateExpression as E;

    #[test]
    fn intervals_and_dates_that_bound() {
        check("en", "since 2022.", &[("since 2022", E::Since(Box::new(E::Year(2022))))]);
        check("de", "seit 2022", &[("seit 2022", E::Since(Box::new(E::Year(2022))))]);
        check(
            "fr",
            "du 3 au 5 mai",
            &[(
                "du 3 au 5 mai",
                E::Interval(Box::new(day(None, 5, 3, None)), Box::new(day(None, 5, 5, None))),
            )],
        );
    }
}
