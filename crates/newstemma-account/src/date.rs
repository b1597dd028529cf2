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
/// a weekday and a date do not, nor last week and last year.
pub(crate) fn comparable(a: &str, b: &str) -> bool {
    // A key is its sort, then numbers, then a unit where there is one.
    let sort = |key: &str| -> Vec<String> {
        let is_value = |word: &&str| word.chars().any(|c| c.is_ascii_digit());
        let words: Vec<&str> = key.split(' ').collect();
        let named = matches!(words[0], "weekday" | "season");
        let kept = words.iter().filter(|w| !is_value(w)).take(if named { 1 } else { 9 });
        kept.map(|w| (*w).to_owned()).collect()
    };
    sort(a) == sort(b)
}

#[cfg(test)]
mod tests {
    use super::{comparable, key};
    use newstemma_model::{CalendarUnit, DateExpression, Tense, Weekday};

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
        let last = |unit| key(&DateExpression::Unit { steps: -1, unit }).unwrap();
        assert!(!comparable(&last(CalendarUnit::Week), &last(CalendarUnit::Year)));
    }
}
