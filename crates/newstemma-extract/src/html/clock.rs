//! Times of day as they stand before the entries of a live blog, and the days that they are of.

use newstemma_language::digit_value;
use newstemma_model::{Published, TimeOfDay};

/// When something was written, as far as the place tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stamp {
    /// A date, with its time or without.
    Date(Published),
    /// A time of day, in seconds.
    Clock(u32),
    /// A time of a half of the day that is not read.
    Half,
}

impl Stamp {
    /// The date, where it is one.
    pub(super) fn date(self) -> Option<Published> {
        match self {
            Stamp::Date(date) => Some(date),
            Stamp::Clock(_) | Stamp::Half => None,
        }
    }
}

/// How times follow each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    OldestFirst,
    NewestFirst,
    None,
}

/// Share of the steps from one time to the next, in tenths, that must go one way: midnight goes the
/// other.
const STEPS_TENTHS: usize = 8;

/// The time of day that a text begins with: "14:32", "14.32 Uhr", "14h32", "١٤:٣٢", "14時32分".
pub(super) fn leading_clock(text: &str) -> Option<Stamp> {
    let mut rest = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let hour = number(&mut rest, 2)?;
    let mark = rest.chars().next().filter(|c| ":.hH：時时시點点٫".contains(*c))?;
    rest = rest[mark.len_utf8()..].trim_start_matches(' ');
    let digits = rest.chars().take_while(|c| digit_value(*c).is_some()).count();
    let minute = number(&mut rest, 2).filter(|_| digits == 2)?;
    // "14.32.10" is a time, "14.32,5" and "14.05.2031" are none.
    let second = rest.strip_prefix([mark]).and_then(|mut rest| {
        let digits = rest.chars().take_while(|c| digit_value(*c).is_some()).count();
        number(&mut rest, 2).filter(|_| digits == 2)
    });
    let more = rest.trim_start_matches(['.', ',', '/', '-']).chars().next();
    let runs_on =
        rest.len() < rest.trim_start().len() || more.is_some_and(|c| digit_value(c).is_some());
    if hour > 23 || minute > 59 || runs_on && second.is_none() {
        return None;
    }
    let half = rest.trim_start().trim_start_matches(['a', 'A', 'p', 'P']);
    let is_half = half.len() < rest.trim_start().len()
        && half.trim_start_matches('.').starts_with(['m', 'M']);
    let seconds = hour * 3600 + minute * 60 + second.unwrap_or(0).min(59);
    Some(if is_half { Stamp::Half } else { Stamp::Clock(seconds) })
}

/// A number of at most so many digits, of any script.
fn number(rest: &mut &str, digits_max: usize) -> Option<u32> {
    let digits = rest.chars().map_while(digit_value).take(digits_max);
    let (value, count) =
        digits.fold((0, 0), |(value, count), digit| (value * 10 + digit, count + 1));
    let bytes: usize = rest.chars().take(count).map(char::len_utf8).sum();
    *rest = &rest[bytes..];
    (count > 0).then_some(value)
}

/// How times of day follow each other.
pub(super) fn in_order(stamps: &[Stamp]) -> Order {
    let clocks: Vec<u32> = stamps.iter().filter_map(clock).collect();
    let up = clocks.windows(2).filter(|pair| pair[0] < pair[1]).count();
    let down = clocks.windows(2).filter(|pair| pair[0] > pair[1]).count();
    let most = |steps: usize| steps > 0 && steps * 10 >= (up + down) * STEPS_TENTHS;
    match (most(up), most(down)) {
        (true, _) => Order::OldestFirst,
        (_, true) => Order::NewestFirst,
        _ => Order::None,
    }
}

fn clock(stamp: &Stamp) -> Option<u32> {
    match stamp {
        Stamp::Clock(seconds) => Some(*seconds),
        _ => None,
    }
}

/// The stamps with their days. Times of day are of the day on which the page was published, and of
/// the days after it where they go past midnight.
pub(super) fn on_days(
    stamps: &[Option<Stamp>],
    published: Option<Published>,
) -> Vec<Option<Published>> {
    let told: Vec<Stamp> = stamps.iter().flatten().copied().collect();
    let mut order: Vec<usize> = (0..stamps.len()).collect();
    if in_order(&told) == Order::NewestFirst {
        order.reverse();
    }
    // A time in UTC says nothing of the zone in which the outlet writes.
    let offset = published.and_then(|p| p.time?.offset_minutes).filter(|offset| *offset != 0);
    let mut dates = vec![None; stamps.len()];
    let mut day = published.map(|p| p.day);
    let mut former = 0;
    for at in order {
        dates[at] = match stamps[at] {
            Some(Stamp::Date(date)) => Some(date),
            Some(Stamp::Clock(second)) => {
                if second < former {
                    day = day.map(|day| day.plus(1));
                }
                former = second;
                let time = Some(TimeOfDay { second, offset_minutes: offset });
                day.map(|day| Published { day, time })
            }
            Some(Stamp::Half) | None => None,
        };
    }
    dates
}

#[cfg(test)]
mod tests {
    use super::{Order, Stamp, in_order, leading_clock, on_days};
    use crate::published::parse_published;

    #[test]
    fn times_of_day_are_read_in_many_forms() {
        let check = |text: &str, expected: Option<(u32, u32)>| {
            let clock = expected.map(|(hour, minute)| Stamp::Clock(hour * 3600 + minute * 60));
            assert_eq!(leading_clock(text), clock, "{text}");
        };
        check("14:32 Die Fähre liegt fest", Some((14, 32)));
        check("• 14.32 Uhr: Die Fähre liegt fest", Some((14, 32)));
        check("9h05 – Le port rouvre", Some((9, 5)));
        check("[08:05] Порт відкрито", Some((8, 5)));
        check("١٤:٣٢ عاد الميناء إلى العمل", Some((14, 32)));
        check("14時32分 港が再開", Some((14, 32)));
        check("१४:३२ बंदरगाह खुला", Some((14, 32)));
        for text in ["14.05.2031", "14:3", "24:10", "14 boats", "", "14.325 boats", "Um 14:32"] {
            check(text, None);
        }
        assert_eq!(leading_clock("2:15 p.m. Ferry afloat"), Some(Stamp::Half));
        assert_eq!(leading_clock("2:15 people said"), Some(Stamp::Clock(8100)));
    }

    #[test]
    fn times_past_midnight_are_of_the_next_day() {
        let published = parse_published("2031-05-03T20:00:00+02:00");
        let check = |clocks: &[u32], order: Order, days: &[&str]| {
            let stamps: Vec<Stamp> = clocks.iter().map(|hour| Stamp::Clock(hour * 3600)).collect();
            assert_eq!(in_order(&stamps), order);
            let stamps: Vec<Option<Stamp>> = stamps.into_iter().map(Some).collect();
            let found: Vec<String> =
                on_days(&stamps, published).into_iter().flatten().map(|p| p.to_string()).collect();
            assert_eq!(found, days);
        };
        let [evening, night, morning] =
            ["2031-05-03T21:00:00+02:00", "2031-05-03T23:00:00+02:00", "2031-05-04T01:00:00+02:00"];
        check(&[21, 23], Order::OldestFirst, &[evening, night]);
        check(&[23, 21], Order::NewestFirst, &[night, evening]);
        let later = ["2031-05-04T02:00:00+02:00", "2031-05-04T03:00:00+02:00"];
        let hours = [21, 22, 23, 1, 2, 3];
        let between = "2031-05-03T22:00:00+02:00";
        let days = [evening, between, night, morning, later[0], later[1]];
        check(&hours, Order::OldestFirst, &days);
        let (hours, days): (Vec<u32>, Vec<&str>) = hours.into_iter().zip(days).rev().unzip();
        check(&hours, Order::NewestFirst, &days);
        check(
            &[9, 5, 7, 3, 8],
            Order::None,
            &[
                "2031-05-03T09:00:00+02:00",
                "2031-05-04T05:00:00+02:00",
                "2031-05-04T07:00:00+02:00",
                "2031-05-05T03:00:00+02:00",
                "2031-05-05T08:00:00+02:00",
            ],
        );
    }
}
