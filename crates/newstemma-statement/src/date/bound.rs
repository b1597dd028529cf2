//! Intervals, and dates that bound one: "from 3 to 5 May", "since 2022", "まで".

use super::{Before, Read, Reader};
use crate::lexicon::List;
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

    /// "since 2022", "jusqu'à vendredi", "depuis deux ans", "ab Montag".
    pub(super) fn bounded(&self, at: usize) -> Read {
        let lists = [List::Since, List::Onward, List::Until];
        // Among equals, the first.
        let hits = lists.into_iter().rev().filter_map(|list| Some((list, self.find(list, at)?)));
        let (list, hit) = hits.max_by_key(|(_, hit)| hit.length)?;
        let next = at + hit.length;
        if list == List::Since
            && let Some((count, unit, end)) = self.length(next)
        {
            let past = DateExpression::Distance { count: -count, unit, exact: false };
            return Some((DateExpression::Since(Box::new(past)), end));
        }
        let bound = Before { bound: true, ahead: list != List::Since, ..Before::default() };
        let (before, core_at) = self.before(next, bound);
        let (inner, end) = self.core(core_at, before)?;
        // Words such as "from" bound a date of which the day only begins a thing ("de 2022").
        let wrapped = if list == List::Until {
            DateExpression::Until(Box::new(inner))
        } else {
            DateExpression::Since(Box::new(inner))
        };
        Some((wrapped, end))
    }

    /// Words after a date that make it a bound: "以来", "まで".
    pub(super) fn bound_after(
        &self,
        at: usize,
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
        let Some(hit) = self.find(List::UntilAfter, end) else { return (expression, end) };
        // Only now it shows that the date is a bound, so it is read once more as one.
        let ahead = Before { bound: true, ahead: true, ..Before::default() };
        let (before, core_at) = self.before(at, ahead);
        let anew = self.core(core_at, before).filter(|read| read.1 == end);
        let inner = anew.map_or(expression, |(inner, _)| inner);
        (DateExpression::Until(Box::new(inner)), end + hit.length)
    }
}

#[cfg(test)]
mod tests {
    use crate::date::tests::{check, day};
    use newstemma_model::{CalendarUnit, DateExpression as E, Tense, Weekday};

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

    #[test]
    fn a_bound_lies_ahead_unless_the_past_is_told() {
        let until = |weekday, tense| E::Until(Box::new(E::Weekday { weekday, tense }));
        let ahead = until(Weekday::Friday, Tense::Future);
        for (language, text, span) in [
            ("en", "The port remains closed until Friday.", "until Friday"),
            ("en", "The mayor said the port was to stay closed until Friday.", "until Friday"),
            ("ru", "Порт останется закрытым до пятницы.", "до пятницы"),
            ("uk", "Порт залишиться закритим до п'ятниці.", "до п'ятниці"),
            ("pl", "Port pozostanie zamknięty do piątku.", "do piątku"),
            ("de", "Der Hafen bleibt bis Freitag gesperrt.", "bis Freitag"),
            ("fr", "Le port reste fermé jusqu'à vendredi.", "jusqu'à vendredi"),
            ("es", "El puerto sigue cerrado hasta el viernes.", "hasta el viernes"),
            ("it", "Il porto resta chiuso fino a venerdì.", "fino a venerdì"),
            ("pt", "O porto segue fechado até sexta-feira.", "até sexta-feira"),
            ("nl", "De haven blijft dicht tot vrijdag.", "tot vrijdag"),
            ("ar", "يبقى الميناء مغلقا حتى الجمعة.", "حتى الجمعة"),
            ("zh", "港口将关闭到周五。", "到周五"),
            ("ja", "港は金曜日まで閉鎖される。", "金曜日まで"),
            ("ko", "항구는 금요일까지 폐쇄된다.", "금요일까지"),
        ] {
            check(language, text, &[(span, ahead.clone())]);
        }
        let past = until(Weekday::Friday, Tense::Open);
        check("en", "It was closed until Friday.", &[("until Friday", past.clone())]);
        check("de", "Er war bis Freitag gesperrt.", &[("bis Freitag", past)]);
        let from =
            E::Since(Box::new(E::Weekday { weekday: Weekday::Monday, tense: Tense::Future }));
        check("de", "Ab Montag fährt ein Bus.", &[("Ab Montag", from.clone())]);
        check("fr", "À partir de lundi, un bus circule.", &[("À partir de lundi", from)]);
    }

    #[test]
    fn a_time_for_something_ends_when_it_is_over() {
        let days = |count| {
            let unit = CalendarUnit::Day;
            E::Until(Box::new(E::Distance { count, unit, exact: false }))
        };
        check("en", "a report within ten days", &[("within ten days", days(10))]);
        check(
            "de",
            "ein Bericht innerhalb von zehn Tagen",
            &[("innerhalb von zehn Tagen", days(10))],
        );
        check("fr", "un rapport dans les dix jours", &[("dans les dix jours", days(10))]);
        check("it", "un rapporto entro dieci giorni", &[("entro dieci giorni", days(10))]);
    }
}
