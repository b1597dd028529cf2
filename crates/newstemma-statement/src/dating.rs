//! What the dates of a report mean, seen from its day of publication.
//!
//! Days of the week and of the month are the nearest such day up to the day of the report, as the
//! press names them, unless the words say that they lie ahead; a month without a year is the last
//! one or one of the next three, and a season the nearest in either direction. Everything is said in
//! EDTF as exactly as the words are: a month stays a month, "two months ago" is a month and "two
//! months ago to the day" a day.

use newstemma_model::{
    CalendarUnit, DateExpression, Day, Document, Edtf, ResolvedDate, Season, Tense, Weekday,
};
use std::ops::RangeInclusive;

/// What the dates of a document mean, seen from its day of publication; one entry a date.
///
/// Without that day only dates that say their year have a value.
pub fn resolve_dates(document: &Document, day: Option<Day>) -> Vec<ResolvedDate> {
    let dates = document.dates.iter();
    dates.map(|d| ResolvedDate { span: d.span, value: resolve(&d.expression, day) }).collect()
}

/// What an expression means, seen from `today`.
pub(crate) fn resolve(expression: &DateExpression, today: Option<Day>) -> Option<Edtf> {
    // Bounds hold plain dates; a chain of them would be a fault of the reader, and stops here.
    match expression {
        DateExpression::Since(inner) => plain(inner, today).map(|e| since(&e)),
        DateExpression::Until(inner) => plain(inner, today).map(|e| until(&e)),
        DateExpression::Interval(from, to) => {
            let (from, to) = (plain(from, today)?, plain(to, today)?);
            Some(Edtf::interval(&from, &to))
        }
        other => plain(other, today),
    }
}

/// The day that an expression names, if it names one.
pub(crate) fn single_day(expression: &DateExpression, today: Day) -> Option<Day> {
    match *expression {
        DateExpression::Day { year: Some(year), month, day, .. } => Day::from_ymd(year, month, day),
        DateExpression::Day { year: None, month, day, weekday } => {
            nearest_date(month, day, weekday, today)
        }
        DateExpression::DayOfMonth { day, weekday } => day_of_month(day, weekday, today),
        DateExpression::Weekday { weekday, tense } => Some(nearest_weekday(weekday, tense, today)),
        DateExpression::Relative { days } => Some(today.plus(days)),
        DateExpression::Distance { count, unit: CalendarUnit::Day, .. } => Some(today.plus(count)),
        DateExpression::Distance { count, unit: CalendarUnit::Week, exact: true } => {
            Some(today.plus(count.saturating_mul(7)))
        }
        DateExpression::Distance { count, unit: CalendarUnit::Month, exact: true } => {
            months_from(today, count)
        }
        DateExpression::Distance { count, unit: CalendarUnit::Year, exact: true } => {
            months_from(today, count.saturating_mul(12))
        }
        _ => None,
    }
}

fn plain(expression: &DateExpression, today: Option<Day>) -> Option<Edtf> {
    match *expression {
        DateExpression::Year(year) => Some(Edtf::year(year)),
        DateExpression::Month { year: Some(year), month, .. } => Some(Edtf::month(year, month)),
        DateExpression::Season { year: Some(year), season, .. } => Some(season_of(year, season)),
        DateExpression::Day { year: Some(year), month, day, .. } => {
            Day::from_ymd(year, month, day).map(Edtf::day)
        }
        DateExpression::Absolute(ref edtf) => Some(edtf.clone()),
        DateExpression::Month { year: None, month, tense } => {
            let (year, own, _) = today?.ymd();
            Some(Edtf::month(year_of_month(year, own, month, tense, MONTHS_MEANT), month))
        }
        DateExpression::Season { year: None, season, tense } => {
            let (year, month, _) = today?.ymd();
            let middle = season_start(season) + 1;
            Some(season_of(year_of_month(year, month, middle, tense, SEASONS_MEANT), season))
        }
        DateExpression::Unit { steps, unit } => whole_unit(today?, steps, unit),
        DateExpression::Distance { count, unit, exact: false } if unit != CalendarUnit::Day => {
            whole_unit(today?, count, unit)
        }
        _ => single_day(expression, today?).map(Edtf::day),
    }
}

/// From the first day of what `edtf` names.
fn since(edtf: &Edtf) -> Edtf {
    match edtf.as_str().split_once('/') {
        Some((from, _)) => parse(from).map_or_else(|| edtf.clone(), |e| Edtf::since(&e)),
        None => Edtf::since(edtf),
    }
}

fn until(edtf: &Edtf) -> Edtf {
    match edtf.as_str().split_once('/') {
        Some((_, to)) => parse(to).map_or_else(|| edtf.clone(), |e| Edtf::until(&e)),
        None => Edtf::until(edtf),
    }
}

/// The day, month or year that one half of an interval says.
fn parse(half: &str) -> Option<Edtf> {
    let mut parts = half.split('-').map(str::parse::<i32>);
    let year = parts.next()?.ok()?;
    let month = parts.next().and_then(Result::ok);
    let day = parts.next().and_then(Result::ok);
    match (month, day) {
        (Some(m), Some(d)) => Day::from_ymd(year, m as u32, d as u32).map(Edtf::day),
        (Some(m), None) => Some(Edtf::month(year, m as u32)),
        _ => Some(Edtf::year(year)),
    }
}

/// The day of such a name nearest to today: today or before, unless said otherwise.
pub(crate) fn nearest_weekday(weekday: Weekday, tense: Tense, today: Day) -> Day {
    let back = (today.weekday() as i32 - weekday as i32).rem_euclid(7);
    match tense {
        Tense::Open | Tense::Behind => today.plus(-back),
        Tense::Past => today.plus(-(if back == 0 { 7 } else { back })),
        Tense::Ahead => today.plus((7 - back).rem_euclid(7)),
        Tense::Future => today.plus(7 - back),
    }
}

/// The date of this or a neighbouring year that is nearest, and on the weekday said if one is.
fn nearest_date(month: u32, day: u32, weekday: Option<Weekday>, today: Day) -> Option<Day> {
    const YEARS_AROUND: i32 = 6;
    let (year, _, _) = today.ymd();
    (year - YEARS_AROUND..=year + YEARS_AROUND)
        .filter_map(|y| Day::from_ymd(y, month, day))
        .filter(|d| weekday.is_none_or(|w| d.weekday() == w))
        .min_by_key(|d| (d.since(today).abs(), d.since(today)))
}

/// Such a day of this or the last month, or of the next one where only that has the weekday said.
fn day_of_month(day: u32, weekday: Option<Weekday>, today: Day) -> Option<Day> {
    let (year, month, _) = today.ymd();
    [0, -1, 1, -2, 2]
        .into_iter()
        .filter_map(|step| {
            let months = year * 12 + month as i32 - 1 + step;
            Day::from_ymd(months.div_euclid(12), months.rem_euclid(12) as u32 + 1, day)
        })
        .filter(|d| weekday.is_none_or(|w| d.weekday() == w))
        // Of "the 20th" seen from the 18th, the one to come is meant; from the 3rd, the last one.
        .min_by_key(|d| d.since(today).abs())
}

/// How many months from that of the report a month or season lies of which nothing tells whether it
/// is past or to come. Reports look back further than ahead: "in March" is said in November of
/// the March before, "in January" of the one to come.
const MONTHS_MEANT: RangeInclusive<i32> = -8..=3;
const SEASONS_MEANT: RangeInclusive<i32> = -6..=6;

fn year_of_month(year: i32, own: u32, month: u32, tense: Tense, meant: RangeInclusive<i32>) -> i32 {
    let ahead = month as i32 - own as i32;
    match tense {
        Tense::Past if ahead >= 0 => year - 1,
        Tense::Behind if ahead > 0 => year - 1,
        Tense::Ahead | Tense::Future if ahead < 0 => year + 1,
        Tense::Open if ahead > *meant.end() => year - 1,
        Tense::Open if ahead < *meant.start() => year + 1,
        Tense::Past | Tense::Behind | Tense::Ahead | Tense::Future | Tense::Open => year,
    }
}

fn whole_unit(today: Day, steps: i32, unit: CalendarUnit) -> Option<Edtf> {
    let (year, _, _) = today.ymd();
    match unit {
        CalendarUnit::Day => Some(Edtf::day(today.plus(steps))),
        CalendarUnit::Week => {
            let monday = today.plus(steps.saturating_mul(7) - today.weekday() as i32);
            Some(Edtf::interval(&Edtf::day(monday), &Edtf::day(monday.plus(6))))
        }
        CalendarUnit::Month => {
            let (year, month, _) = months_from(today, steps)?.ymd();
            Some(Edtf::month(year, month))
        }
        CalendarUnit::Year => {
            let year = year.saturating_add(steps);
            (1..=9999).contains(&year).then(|| Edtf::year(year))
        }
    }
}

/// The same day so many months on, or the last one of a shorter month.
fn months_from(today: Day, steps: i32) -> Option<Day> {
    let (year, month, day) = today.ymd();
    let months = (year * 12 + month as i32 - 1).saturating_add(steps);
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12) as u32 + 1);
    (0..4).find_map(|shorter| Day::from_ymd(year, month, day.saturating_sub(shorter)))
}

/// The three months of a season; winter begins in the year that names it.
fn season_of(year: i32, season: Season) -> Edtf {
    let start = season_start(season);
    let (end_year, end) = if start == 12 { (year + 1, 2) } else { (year, start + 2) };
    Edtf::interval(&Edtf::month(year, start), &Edtf::month(end_year, end))
}

fn season_start(season: Season) -> u32 {
    match season {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Autumn => 9,
        Season::Winter => 12,
    }
}

#[cfg(test)]
mod tests {
    use super::resolve;
    use newstemma_model::{CalendarUnit, DateExpression as E, Day, Season, Tense, Weekday};

    fn check(expression: &E, expected: &str) {
        // A Thursday.
        let today = Day::from_ymd(2031, 11, 20).unwrap();
        let found = resolve(expression, Some(today));
        assert_eq!(found.as_ref().map_or("", |e| e.as_str()), expected, "{expression:?}");
    }

    #[test]
    fn weekdays_are_past_unless_said_otherwise() {
        let weekday = |weekday, tense| E::Weekday { weekday, tense };
        check(&weekday(Weekday::Thursday, Tense::Open), "2031-11-20");
        check(&weekday(Weekday::Thursday, Tense::Past), "2031-11-13");
        check(&weekday(Weekday::Friday, Tense::Open), "2031-11-14");
        check(&weekday(Weekday::Friday, Tense::Future), "2031-11-21");
        check(&weekday(Weekday::Friday, Tense::Ahead), "2031-11-21");
        check(&weekday(Weekday::Thursday, Tense::Ahead), "2031-11-20");
        check(&E::Relative { days: -1 }, "2031-11-19");
    }

    #[test]
    fn months_without_a_year_are_the_last_or_soon_to_come() {
        let month = |month, tense| E::Month { year: None, month, tense };
        check(&month(1, Tense::Open), "2032-01");
        check(&month(8, Tense::Open), "2031-08");
        check(&month(3, Tense::Open), "2031-03");
        check(&month(1, Tense::Behind), "2031-01");
        check(&month(11, Tense::Behind), "2031-11");
        check(&month(12, Tense::Behind), "2030-12");
        check(&month(3, Tense::Future), "2032-03");
        check(&month(1, Tense::Past), "2031-01");
        let season = |year, season| E::Season { year, season, tense: Tense::Open };
        check(&season(Some(2023), Season::Summer), "2023-06/2023-08");
        check(&season(Some(2023), Season::Winter), "2023-12/2024-02");
    }

    #[test]
    fn lengths_are_as_exact_as_they_are_said() {
        let away = |count, unit, exact| E::Distance { count, unit, exact };
        check(&away(2, CalendarUnit::Month, true), "2032-01-20");
        check(&away(2, CalendarUnit::Month, false), "2032-01");
        check(&away(-3, CalendarUnit::Day, false), "2031-11-17");
        check(&away(-1, CalendarUnit::Week, false), "2031-11-10/2031-11-16");
        check(&E::Unit { steps: -1, unit: CalendarUnit::Year }, "2030");
    }

    #[test]
    fn bounds_and_days_without_a_year() {
        check(&E::Since(Box::new(E::Year(2022))), "2022/");
        check(&E::Since(Box::new(E::Unit { steps: -1, unit: CalendarUnit::Week })), "2031-11-10/");
        check(&E::DayOfMonth { day: 18, weekday: None }, "2031-11-18");
        let day = |weekday| E::Day { year: None, month: 11, day: 20, weekday };
        check(&day(None), "2031-11-20");
        check(&day(Some(Weekday::Wednesday)), "2030-11-20");
        assert_eq!(resolve(&E::Relative { days: 0 }, None), None);
    }
}
