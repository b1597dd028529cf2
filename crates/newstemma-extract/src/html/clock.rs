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
}

impl Stamp {
    /// The date, where it is one.
    pub(super) fn date(self) -> Option<Published> {
        match self {
            Stamp::Date(date) => Some(date),
            Stamp::Clock(_) => None,
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

/// What stands between hours and minutes.
const MARKS: &str = ".:hH：時时시點点٫";

/// The time of day that a text begins with: "14:32", "14.32 Uhr", "2:32 p.m.", "14h32", "١٤:٣٢",
/// "14時32分".
pub(super) fn leading_clock(text: &str) -> Option<Stamp> {
    let mut rest = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let hour = number(&mut rest, 2)?;
    let mark = rest.chars().next().filter(|c| MARKS.contains(*c))?;
    rest = rest[mark.len_utf8()..].trim_start_matches(' ');
    let minute = two_digits(&mut rest)?;
    // "14.32.10" is a time, "14.32,5" and "14.05.2031" are none.
    let mut behind = rest.strip_prefix([mark]).unwrap_or("");
    let second = two_digits(&mut behind);
    if second.is_some() {
        rest = behind;
    }
    let more = rest.trim_start_matches(['.', ',', '/', '-']).chars().next();
    if hour > 23 || minute > 59 || more.is_some_and(|c| digit_value(c).is_some()) {
        return None;
    }
    let hour = half(rest).filter(|_| (1..=12).contains(&hour)).map_or(hour, |half| match half {
        Half::Morning => hour % 12,
        Half::Afternoon => hour % 12 + 12,
    });
    Some(Stamp::Clock(hour * 3600 + minute * 60 + second.unwrap_or(0).min(59)))
}

/// A number of exactly two digits.
fn two_digits(rest: &mut &str) -> Option<u32> {
    let digits = rest.chars().take_while(|c| digit_value(*c).is_some()).count();
    number(rest, 2).filter(|_| digits == 2)
}

/// A half of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// The half of the day that follows a time, as a word of its own and both letters alike: "am", "PM",
/// "a.m.". In "Am Morgen" and "American" there is none.
fn half(rest: &str) -> Option<Half> {
    let rest = rest.trim_start();
    let letter = rest.chars().next()?;
    let half = match letter {
        'a' | 'A' => Half::Morning,
        'p' | 'P' => Half::Afternoon,
        _ => return None,
    };
    let m = if letter.is_ascii_lowercase() { 'm' } else { 'M' };
    let behind = rest[1..].trim_start_matches('.').strip_prefix(m)?;
    (!behind.starts_with(char::is_alphanumeric)).then_some(half)
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
        Stamp::Date(_) => None,
    }
}

/// Seconds by which the time of day falls where a new day has begun; by less, entries are only out
/// of order.
const FALL_SECONDS_MIN: u32 = 6 * 3600;

/// The stamps with their days. Times of day are of the day on which the page was published, and of
/// the days after it where they go past midnight. Where they follow no order, it can't be told
/// whether they do, and they have no day if they might.
pub(super) fn on_days(
    stamps: &[Option<Stamp>],
    published: Option<Published>,
) -> Vec<Option<Published>> {
    let told: Vec<Stamp> = stamps.iter().flatten().copied().collect();
    let order = in_order(&told);
    let mut places: Vec<usize> = (0..stamps.len()).collect();
    if order == Order::NewestFirst {
        places.reverse();
    }
    // A time in UTC says nothing of the zone in which the outlet writes.
    let offset = published.and_then(|p| p.time?.offset_minutes).filter(|offset| *offset != 0);
    let mut dates = vec![None; stamps.len()];
    let mut day = published.map(|p| p.day);
    if order == Order::None && falls_far(&told) {
        day = None;
    }
    let mut former = 0;
    for at in places {
        dates[at] = match stamps[at] {
            Some(Stamp::Date(date)) => Some(date),
            Some(Stamp::Clock(second)) => {
                if second + FALL_SECONDS_MIN <= former {
                    day = day.map(|day| day.plus(1));
                }
                former = second;
                let time = Some(TimeOfDay { second, offset_minutes: offset });
                day.map(|day| Published { day, time })
            }
            None => None,
        };
    }
    dates
}

/// Whether midnight may lie between two times of day that follow each other.
fn falls_far(stamps: &[Stamp]) -> bool {
    let clocks: Vec<u32> = stamps.iter().filter_map(clock).collect();
    clocks.windows(2).any(|pair| pair[0].abs_diff(pair[1]) >= FALL_SECONDS_MIN)
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
        for text in ["2:15 p.m. Ferry afloat", "2:15pm", "02.15 PM ET – Ferry afloat", "2:15 P.M."]
        {
            check(text, Some((14, 15)));
        }
        check("12:05 a.m. Ferry aground", Some((0, 5)));
        check("12:05 p.m.", Some((12, 5)));
        assert_eq!(leading_clock("2:15:10 p.m."), Some(Stamp::Clock(14 * 3600 + 15 * 60 + 10)));
        // What begins like a half of the day is none.
        check("2:15 people said", Some((2, 15)));
        check("8:32 American officials said", Some((8, 32)));
        check("8:32 Amid the storm", Some((8, 32)));
        check("08:05 Am Morgen lief die Fähre auf Grund", Some((8, 5)));
        check("08:05 AMBULANS limana ulaştı", Some((8, 5)));
        check("14:32 pm Ferry afloat", Some((14, 32)));
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
    }

    #[test]
    fn times_that_are_only_out_of_order_are_of_no_other_day() {
        let published = parse_published("2031-05-03T20:00:00+02:00");
        let check = |hours: &[u32], order: Order, expected: &[u32]| {
            let stamps: Vec<Stamp> = hours.iter().map(|hour| Stamp::Clock(hour * 3600)).collect();
            assert_eq!(in_order(&stamps), order);
            let stamps: Vec<Option<Stamp>> = stamps.into_iter().map(Some).collect();
            let found = on_days(&stamps, published);
            let days: Vec<String> = found.iter().flatten().map(|p| p.day.to_string()).collect();
            let expected: Vec<String> = expected.iter().map(|d| format!("2031-05-0{d}")).collect();
            assert_eq!(days, expected, "{hours:?}");
        };
        let one_moved = [15, 16, 17, 18, 19, 20, 19, 21, 22, 23, 1, 2];
        check(&one_moved, Order::OldestFirst, &[3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4]);
        check(&[9, 5, 7, 3, 8], Order::None, &[3, 3, 3, 3, 3]);
        check(&[8, 8], Order::None, &[3, 3]);
        // Midnight may lie between them, or not.
        check(&[20, 22, 21, 23, 1], Order::None, &[]);
        check(&[1, 23, 21, 22, 20], Order::None, &[]);
    }
}
