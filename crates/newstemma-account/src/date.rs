//! Dates compared across languages.

use newstemma_model::DateExpression;

/// What a date says, in a form that all languages share; `None` for what depends too much on
/// wording to be compared ("recently", spans of time).
///
/// The tense is left out: languages do not mark it alike.
pub(crate) fn key(expression: &DateExpression) -> Option<String> {
    use DateExpression::{
        Absolute, Day, DayOfMonth, Distance, Interval, Month, Relative, Season, Since, Unit, Until,
        Weekday, Year,
    };
    Some(match expression {
        Weekday { weekday, .. } => format!("weekday {weekday:?}"),
        Day { month, day, .. } => format!("day {month}-{day}"),
        DayOfMonth { day, .. } => format!("day of month {day}"),
        Relative { days } => format!("days {days}"),
        Distance { count, unit, .. } => format!("distance {count} {unit:?}"),
        Month { month, .. } => format!("month {month}"),
        Year(year) => format!("year {year}"),
        Season { season, .. } => format!("season {season:?}"),
        Unit { steps, unit } => format!("unit {steps} {unit:?}"),
        Absolute(date) => format!("absolute {}", date.as_str()),
        Since(inner) | Until(inner) => return key(inner),
        Interval(..) => return None,
    })
}

/// Whether two keys are of one sort, so that unequal ones contradict each other: two weekdays do,
/// a weekday and a date do not.
pub(crate) fn comparable(a: &str, b: &str) -> bool {
    let sort = |key: &str| key.rsplit_once(' ').map(|(sort, _)| sort.to_owned());
    let sort_of = |key: &str| {
        if key.starts_with("distance") || key.starts_with("unit") {
            key.split(' ').next().map(str::to_owned)
        } else {
            sort(key)
        }
    };
    sort_of(a) == sort_of(b)
}

#[cfg(test)]
mod tests {
    use super::{comparable, key};
    use newstemma_model::{DateExpression, Tense, Weekday};

    #[test]
    fn dates_of_one_sort_can_contradict_each_other() {
        let weekday =
            |weekday| key(&DateExpression::Weekday { weekday, tense: Tense::Past }).unwrap();
        let day =
            |day| key(&DateExpression::Day { year: None, month: 5, day, weekday: None }).unwrap();
        assert!(comparable(&weekday(Weekday::Monday), &weekday(Weekday::Friday)));
        assert!(comparable(&day(3), &day(4)));
        assert!(!comparable(&weekday(Weekday::Monday), &day(4)));
        assert!(!comparable(&day(4), &key(&DateExpression::Year(2031)).unwrap()));
    }
}
