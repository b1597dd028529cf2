//! Dates of publication as metadata writes them.
//!
//! RFC 3339 and the forms around it that pages use: a space for the `T`, no seconds, fractions,
//! an offset without colon, `20241120T080500Z`, RFC 2822 ("Wed, 20 Nov 2024 08:05:00 GMT"),
//! seconds or milliseconds since 1970. Dates that prose writes are not read here.

use newstemma_model::{Day, Published, TimeOfDay};

/// Reads a date with or without time. `None` if it is none of the forms above, or no date.
///
/// ```
/// use newstemma_extract::parse_published;
/// let read = |s| parse_published(s).map(|p| p.to_string());
/// assert_eq!(read("2024-11-20 08:05+0200").as_deref(), Some("2024-11-20T08:05:00+02:00"));
/// assert_eq!(read("Wed, 20 Nov 2024 08:05:00 GMT").as_deref(), Some("2024-11-20T08:05:00Z"));
/// assert_eq!(read("20 листопада"), None);
/// ```
pub fn parse_published(written: &str) -> Option<Published> {
    let written = written.trim();
    iso(written).or_else(|| rfc_2822(written)).or_else(|| unix_time(written))
}

/// `2024-11-20`, `2024/11/20`, `20241120`, each with a time behind it or not.
fn iso(written: &str) -> Option<Published> {
    let mut reader = Reader { rest: written };
    let year = reader.number(4)?;
    let separator = reader.one_of(&['-', '/', '.']);
    let month = reader.short_number(separator.is_some())?;
    if let Some(separator) = separator {
        reader.one_of(&[separator])?;
    }
    let day = reader.short_number(separator.is_some())?;
    let day = Day::from_ymd(year as i32, month, day)?;
    if reader.rest.is_empty() {
        return Some(Published { day, time: None });
    }
    if reader.rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // What follows a date and is no time ("2024-11-20 by …") leaves the date standing.
    Some(Published { day, time: reader.time_after_date() })
}

/// `Wed, 20 Nov 2024 08:05:00 +0200`, with the weekday, the seconds or the zone left out or not.
fn rfc_2822(written: &str) -> Option<Published> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let after_weekday = written.split_once(',').map_or(written, |(_, rest)| rest);
    let mut parts = after_weekday.split_whitespace();
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let month = month.get(..3)?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|m| *m == month)? as u32 + 1;
    if year.len() != 4 {
        return None;
    }
    let day = Day::from_ymd(year.parse().ok()?, month, day.parse().ok()?)?;
    let rest: Vec<&str> = parts.collect();
    let rest = rest.join(" ");
    Some(Published { day, time: Reader { rest: &rest }.time() })
}

/// Seconds, or milliseconds, between 1990 and 2100.
fn unix_time(written: &str) -> Option<Published> {
    if !(9..=13).contains(&written.len()) || !written.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = written.parse().ok()?;
    let seconds = if written.len() > 10 { number / 1000 } else { number };
    if !(631_152_000..4_102_444_800).contains(&seconds) {
        return None;
    }
    let day = Day::from_ymd(1970, 1, 1)?.plus((seconds / 86_400) as i32);
    let time = TimeOfDay { second: (seconds % 86_400) as u32, offset_minutes: Some(0) };
    Some(Published { day, time: Some(time) })
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    /// A number of exactly so many digits.
    fn number(&mut self, digits: usize) -> Option<u32> {
        let (front, rest) = self.rest.split_at_checked(digits)?;
        if !front.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        self.rest = rest;
        front.parse().ok()
    }

    /// A number of two digits, or of one where a separator ends it.
    fn short_number(&mut self, separated: bool) -> Option<u32> {
        self.number(2).or_else(|| if separated { self.number(1) } else { None })
    }

    fn one_of(&mut self, chars: &[char]) -> Option<char> {
        let c = self.rest.chars().next().filter(|c| chars.contains(c))?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn time_after_date(&mut self) -> Option<TimeOfDay> {
        if self.one_of(&['T', 't']).is_none() {
            self.one_of(&[' ', '\u{a0}', ',', '_'])?;
        }
        self.time()
    }

    /// `08:05`, `08:05:00.123`, `080500`, with a zone behind it or not.
    fn time(&mut self) -> Option<TimeOfDay> {
        self.rest = self.rest.trim_start();
        let hour = self.number(2).or_else(|| self.number(1))?;
        let colon = self.one_of(&[':']);
        let minute = self.number(2)?;
        let mut second = 0;
        if colon.is_none() || self.one_of(&[':']).is_some() {
            second = self.number(2).unwrap_or(0);
            if self.one_of(&['.', ',']).is_some() {
                self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_digit());
            }
        }
        if hour > 24 || minute > 59 || second > 60 {
            return None;
        }
        // Midnight at the end of a day and leap seconds are kept within their day.
        let second = (hour * 3600 + minute * 60 + second).min(86_399);
        Some(TimeOfDay { second, offset_minutes: self.zone() })
    }

    fn zone(&mut self) -> Option<i16> {
        self.rest = self.rest.trim_start();
        let upper = self.rest.to_ascii_uppercase();
        if ["Z", "GMT", "UTC", "UT"].contains(&upper.as_str()) {
            return Some(0);
        }
        for prefix in ["GMT", "UTC"] {
            if upper.starts_with(prefix) {
                self.rest = &self.rest[prefix.len()..];
            }
        }
        let west = self.one_of(&['+', '-', '\u{2212}'])? != '+';
        let hours = self.number(2)?;
        self.one_of(&[':']);
        let minutes = self.number(2).unwrap_or(0);
        if hours > 14 || minutes > 59 {
            return None;
        }
        let offset = (hours * 60 + minutes) as i16;
        Some(if west { -offset } else { offset })
    }
}

#[cfg(test)]
mod tests {
    use super::parse_published;

    fn check(written: &str, expected: &str) {
        let read = parse_published(written).map(|p| p.to_string());
        assert_eq!(read.unwrap_or_default(), expected, "{written}");
    }

    #[test]
    fn dates_and_times_around_rfc_3339() {
        check("2024-11-20", "2024-11-20");
        check("2024-11-20T08:05:00Z", "2024-11-20T08:05:00Z");
        check(" 2024-11-20T08:05:00.123-03:30 ", "2024-11-20T08:05:00-03:30");
        check("2024-11-20 08:05", "2024-11-20T08:05:00");
        check("20241120T080500Z", "2024-11-20T08:05:00Z");
        check("2024/3/5", "2024-03-05");
        check("2024-11-20T24:00:00Z", "2024-11-20T23:59:59Z");
        check("2024-11-20T08:05:00 GMT+0200", "2024-11-20T08:05:00+02:00");
    }

    #[test]
    fn mail_dates_and_counts_of_seconds() {
        check("Wed, 20 Nov 2024 08:05:00 +0100", "2024-11-20T08:05:00+01:00");
        check("20 November 2024", "2024-11-20");
        check("1732089900", "2024-11-20T08:05:00Z");
        check("1732089900000", "2024-11-20T08:05:00Z");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for written in
            ["", "gestern", "2024", "2024-13-01", "2023-02-29", "12345678901234", "é", "2024-1é"]
        {
            check(written, "");
        }
        check("2024-11-20 by Ana Pires", "2024-11-20");
    }
}
