//! Days, times of publication, and dates as text says them.

use std::fmt;

/// A day of the proleptic Gregorian calendar, counted from 1 January 1970.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// All seven, Monday first.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];
}

impl Day {
    /// The day of a date, if there is such a date in the years 1 to 9999.
    ///
    /// ```
    /// use newstemma_model::{Day, Weekday};
    /// let day = Day::from_ymd(2024, 2, 29).unwrap();
    /// assert_eq!(day.to_string(), "2024-02-29");
    /// assert_eq!(day.weekday(), Weekday::Thursday);
    /// assert!(Day::from_ymd(2023, 2, 29).is_none());
    /// ```
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        if !(1..=days_in_month(year, month)).contains(&day) {
            return None;
        }
        // Howard Hinnant, "chrono-compatible low-level date algorithms": years start in March.
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let shifted = (month as i32 + 9) % 12;
        let day_of_year = (153 * shifted + 2) / 5 + day as i32 - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Some(Day(era * 146_097 + day_of_era - 719_468))
    }

    /// Year, month (1–12) and day (1–31).
    pub fn ymd(self) -> (i32, u32, u32) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let day_of_era = z.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = (day_of_year - (153 * shifted + 2) / 5 + 1) as u32;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 } as u32;
        (year_of_era + era * 400 + i32::from(month <= 2), month, day)
    }

    /// Its day of the week.
    pub fn weekday(self) -> Weekday {
        Weekday::ALL[(self.0 + 3).rem_euclid(7) as usize]
    }

    /// The day so many days later, or earlier if negative.
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }

    /// Days from `earlier` to this one.
    pub fn since(self, earlier: Day) -> i32 {
        self.0.saturating_sub(earlier.0)
    }
}

/// Days of a month of a year; 0 if there is no such month.
pub fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 0,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A time of day, with its offset from UTC where it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    /// Seconds since midnight, 0–86 399.
    pub second: u32,
    /// Minutes east of UTC, if known.
    pub offset_minutes: Option<i16>,
}

/// When a report was published or updated, as exactly as it was given.
///
/// Prints as RFC 3339: `2024-11-20`, or `2024-11-20T08:05:00+02:00`; a time without a zone is
/// printed without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Published {
    /// The day as written.
    pub day: Day,
    /// The time, where given.
    pub time: Option<TimeOfDay>,
}

impl Published {
    /// Seconds since 1970 in UTC, for ordering: noon where no time was given, UTC where no zone.
    pub fn instant_seconds(&self) -> i64 {
        let midnight = i64::from(self.day.0) * 86_400;
        match self.time {
            Some(t) => {
                midnight + i64::from(t.second) - i64::from(t.offset_minutes.unwrap_or(0)) * 60
            }
            None => midnight + 43_200,
        }
    }
}

impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.day)?;
        let Some(t) = self.time else { return Ok(()) };
        let (h, m, s) = (t.second / 3600, t.second / 60 % 60, t.second % 60);
        write!(f, "T{h:02}:{m:02}:{s:02}")?;
        match t.offset_minutes {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(o) => {
                let sign = if o < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", o.unsigned_abs() / 60, o.unsigned_abs() % 60)
            }
        }
    }
}

/// A date or interval in the Extended Date/Time Format (ISO 8601-2): `2024-11-20`, `2025-01`,
/// `2023-06/2023-08`, `2022/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edtf(String);

impl Edtf {
    /// One day.
    pub fn day(day: Day) -> Edtf {
        Edtf(day.to_string())
    }

    /// One month.
    pub fn month(year: i32, month: u32) -> Edtf {
        Edtf(format!("{year:04}-{month:02}"))
    }

    /// One year.
    pub fn year(year: i32) -> Edtf {
        Edtf(format!("{year:04}"))
    }

    /// From the beginning of one to the end of the other.
    pub fn interval(from: &Edtf, to: &Edtf) -> Edtf {
        Edtf(format!("{}/{}", from.0, to.0))
    }

    /// From then on, without a known end.
    pub fn since(from: &Edtf) -> Edtf {
        Edtf(format!("{}/", from.0))
    }

    /// Until then, without a known beginning.
    pub fn until(to: &Edtf) -> Edtf {
        Edtf(format!("/{}", to.0))
    }

    /// The text of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, Published, TimeOfDay, Weekday};

    #[test]
    fn every_day_of_five_centuries_makes_the_round_trip() {
        let mut day = Day::from_ymd(1700, 1, 1).unwrap();
        let end = Day::from_ymd(2200, 1, 1).unwrap();
        let mut weekday = Weekday::Friday as usize;
        while day < end {
            let (y, m, d) = day.ymd();
            assert_eq!(Day::from_ymd(y, m, d), Some(day));
            assert_eq!(day.weekday() as usize, weekday);
            weekday = (weekday + 1) % 7;
            day = day.plus(1);
        }
    }

    #[test]
    fn publication_prints_as_rfc_3339_and_orders_by_instant() {
        let day = Day::from_ymd(2024, 11, 20).unwrap();
        let at = |offset| Published {
            day,
            time: Some(TimeOfDay { second: 8 * 3600 + 300, offset_minutes: offset }),
        };
        assert_eq!(at(Some(-210)).to_string(), "2024-11-20T08:05:00-03:30");
        assert_eq!(at(Some(0)).to_string(), "2024-11-20T08:05:00Z");
        assert_eq!(at(None).to_string(), "2024-11-20T08:05:00");
        assert!(at(Some(120)).instant_seconds() < at(Some(0)).instant_seconds());
    }
}
