//! Times, and the clock that they come from.

use newstemma_extract::parse_published;
use newstemma_model::{Day, Published, TimeOfDay};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const DAY_MILLIS: u64 = 86_400_000;

/// A point in time, in milliseconds since 1970.
///
/// Prints as RFC 3339 to the second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(u64);

impl Moment {
    /// The moment so many seconds after the beginning of 1970.
    pub const fn from_seconds(seconds: u64) -> Moment {
        Moment(seconds.saturating_mul(1000))
    }

    /// A time as feeds, sitemaps, HTTP and our own files write it; `None` if it is none after 1970.
    pub fn parse(written: &str) -> Option<Moment> {
        let seconds = parse_published(written)?.instant_seconds();
        Some(Moment::from_seconds(u64::try_from(seconds).ok()?))
    }

    /// The moment so much later.
    pub fn plus(self, duration: Duration) -> Moment {
        let millis = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        Moment(self.0.saturating_add(millis))
    }

    /// How long after `earlier` it is; nothing if it is not.
    pub fn since(self, earlier: Moment) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0))
    }

    /// Its digits, `20310524120000`.
    pub(crate) fn digits(self) -> String {
        self.to_string().chars().filter(char::is_ascii_digit).collect()
    }

    fn published(self) -> Option<Published> {
        let days = i32::try_from(self.0 / DAY_MILLIS).ok()?;
        let second = (self.0 % DAY_MILLIS / 1000) as u32;
        let day = Day::from_ymd(1970, 1, 1)?.plus(days);
        Some(Published { day, time: Some(TimeOfDay { second, offset_minutes: Some(0) }) })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.published() {
            Some(published) => published.fmt(f),
            // Beyond the calendar: no clock says that.
            None => f.write_str("9999-12-31T23:59:59Z"),
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Moment, D::Error> {
        let written = String::deserialize(deserializer)?;
        Moment::parse(&written).ok_or_else(|| de::Error::custom("no time"))
    }
}

/// What tells the time, and lets it pass.
pub trait Clock: Send + Sync {
    /// The time.
    fn now(&self) -> Moment;

    /// Waits. It may wait for less.
    fn sleep(&self, duration: Duration);
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment::default().plus(since)
    }

    fn sleep(&self, duration: Duration) {
        std::thread::sleep(duration);
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;
    use std::time::Duration;

    #[test]
    fn times_are_read_as_servers_and_feeds_write_them() {
        let expected = Some("1994-11-06T08:49:37Z".to_owned());
        for written in
            ["Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z", "1994-11-06T10:49:37+02:00"]
        {
            assert_eq!(Moment::parse(written).map(|m| m.to_string()), expected, "{written}");
        }
        assert_eq!(Moment::parse("soon"), None);
        assert_eq!(Moment::parse("1969-12-31"), None);
    }

    #[test]
    fn a_moment_far_away_prints() {
        let far = Moment::from_seconds(u64::MAX);
        assert_eq!(far.to_string(), "9999-12-31T23:59:59Z");
        assert_eq!(far.plus(Duration::MAX), far);
        assert_eq!(Moment::from_seconds(60).since(far), Duration::ZERO);
        assert_eq!(Moment::from_seconds(60).digits(), "19700101000100");
    }
}
