//! One form for all ways to write a number in digits.
//!
//! Problem: "10,000", "10 000", "10.000", "1,00,000" and "١٠٬٠٠٠" are numbers whose digits are
//! grouped, "10,5" and "10.5" have decimals, "20.11.2024", "10:30" and "192.168.1.1" are several
//! numbers. Idea: read the whole chain of groups and the separators between them, and let their
//! lengths decide. What stays ambiguous ("1.500" with a decimal point) counts as grouped, which is
//! far more frequent in the press.

use std::borrow::Cow;

/// The value of a digit of any script that writes numbers in tens.
#[inline]
pub fn digit_value(c: char) -> Option<u32> {
    if c.is_ascii() { c.to_digit(10) } else { foreign_digit(c) }
}

fn foreign_digit(c: char) -> Option<u32> {
    // The zeros of the scripts of Unicode's first plane, ascending (general category Nd); nine more
    // digits follow each.
    const ZEROS: [u32; 36] = [
        0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6,
        0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90,
        0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0,
        0xFF10,
    ];
    let after = ZEROS.partition_point(|&zero| zero <= c as u32);
    let zero = after.checked_sub(1).map(|index| ZEROS[index])?;
    Some(c as u32 - zero).filter(|&digit| digit < 10)
}

/// Groups of digits that are looked at together; more are no number.
const GROUPS_MAX: usize = 8;

/// A run of digits, and the separator before it.
#[derive(Clone, Copy, Debug)]
struct Group {
    separator: Separator,
    start: usize,
    end: usize,
    digits: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Separator {
    None,
    Point,
    Comma,
    Space,
    Apostrophe,
    ArabicComma,
    ArabicDecimal,
}

impl Separator {
    fn of(c: char) -> Option<Separator> {
        Some(match c {
            '.' | '．' => Separator::Point,
            ',' | '，' => Separator::Comma,
            ' ' | '\u{00A0}' | '\u{2007}' | '\u{2009}' | '\u{202F}' => Separator::Space,
            '\'' | '\u{2019}' => Separator::Apostrophe,
            '\u{066C}' => Separator::ArabicComma,
            '\u{066B}' => Separator::ArabicDecimal,
            _ => return None,
        })
    }

    fn is_decimal(self) -> bool {
        matches!(self, Separator::Point | Separator::Comma | Separator::ArabicDecimal)
    }
}

/// Reads the number that begins at `at`: its end in `text` and its normal form.
///
/// There is a digit at `at`; otherwise the number is empty.
pub(crate) fn scan_number(text: &str, at: usize) -> (usize, Cow<'_, str>) {
    let mut groups = chain(&text[at..]);
    if follows_group(&text[..at]) {
        // The chain was found to be several numbers when its first was read.
        groups.truncate(1);
    }
    let (end, form) = number(&text[at..], &groups);
    (at + end, form)
}

/// Whether a digit and a point or comma stand directly before.
fn follows_group(before: &str) -> bool {
    let mut back = before.chars().rev();
    back.next().and_then(Separator::of).is_some_and(Separator::is_decimal)
        && back.next().is_some_and(|c| digit_value(c).is_some())
}

fn number<'a>(text: &'a str, groups: &[Group]) -> (usize, Cow<'a, str>) {
    let Some(first) = groups.first() else { return (0, Cow::Borrowed("")) };
    let whole = grouped(text, groups).unwrap_or(1);
    let decimal = decimals(groups, whole);
    let last = decimal.unwrap_or(groups[whole - 1]);
    let plain = &text[..first.end];
    if whole == 1 && decimal.is_none() && plain.is_ascii() {
        return (first.end, Cow::Borrowed(plain));
    }
    let mut form: String = groups[..whole].iter().flat_map(|g| ascii(text, g)).collect();
    if let Some(group) = decimal {
        form.push('.');
        form.extend(ascii(text, &group));
        form.truncate(form.trim_end_matches('0').trim_end_matches('.').len());
    }
    (last.end, Cow::Owned(form))
}

fn ascii<'a>(text: &'a str, group: &Group) -> impl Iterator<Item = char> + 'a {
    text[group.start..group.end].chars().filter_map(|c| char::from_digit(digit_value(c)?, 10))
}

/// The groups of digits that follow each other with one separator between.
fn chain(text: &str) -> Vec<Group> {
    let mut groups = Vec::new();
    let (mut at, mut separator) = (0, Separator::None);
    while groups.len() < GROUPS_MAX {
        let digits: usize = text[at..].chars().take_while(|&c| digit_value(c).is_some()).count();
        if digits == 0 {
            break;
        }
        let end = at + text[at..].chars().take(digits).map(char::len_utf8).sum::<usize>();
        groups.push(Group { separator, start: at, end, digits });
        let Some(next) = text[end..].chars().next() else { break };
        let Some(found) = Separator::of(next) else { break };
        (at, separator) = (end + next.len_utf8(), found);
    }
    groups
}

/// How many groups are the digits of one whole number, if its digits are grouped.
fn grouped(text: &str, groups: &[Group]) -> Option<usize> {
    let (first, second) = (groups.first()?, groups.get(1)?);
    let leading_zero = text.chars().next().and_then(digit_value) == Some(0);
    if leading_zero || first.digits > 3 || second.separator == Separator::ArabicDecimal {
        return None;
    }
    let same = groups[1..].iter().take_while(|g| g.separator == second.separator).count();
    let threes = groups[1..=same].iter().take_while(|g| g.digits == 3).count();
    if second.separator == Separator::Space {
        // What else follows after a space may be another number.
        return (threes > 0).then_some(1 + threes);
    }
    let western = threes == same && groups.len() < GROUPS_MAX;
    let indian = same > 1
        && first.digits <= 2
        && groups[1..same].iter().all(|g| g.digits == 2)
        && groups[same].digits == 3
        && matches!(second.separator, Separator::Comma | Separator::ArabicComma);
    (western || indian).then_some(1 + same)
}

/// The decimals after `whole` groups.
fn decimals(groups: &[Group], whole: usize) -> Option<Group> {
    let group = *groups.get(whole)?;
    let used = groups[whole - 1].separator;
    let alone = groups.get(whole + 1).is_none_or(|g| g.separator == Separator::Space);
    (group.separator.is_decimal() && group.separator != used && alone).then_some(group)
}

#[cfg(test)]
mod tests {
    use super::{digit_value, scan_number};

    /// The numbers of a text, one after the other.
    fn check(text: &str, expected: &[&str]) {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(start) = text[at..].find(char::is_numeric) {
            let (end, form) = scan_number(text, at + start);
            found.push(form.into_owned());
            at = end;
        }
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn digits_of_every_script_have_a_value() {
        for digits in
            ["0123456789", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "០១២៣៤៥៦៧៨៩", "᠐᠑᠒᠓᠔᠕᠖᠗᠘᠙", "꧐꧑꧒꧓꧔꧕꧖꧗꧘꧙"]
        {
            let values: Vec<u32> = digits.chars().filter_map(digit_value).collect();
            assert_eq!(values, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], "{digits}");
        }
        for other in ['/', ':', 'a', '٪', '十', '²'] {
            assert_eq!(digit_value(other), None, "{other}");
        }
    }

    #[test]
    fn grouped_digits_are_one_number_however_they_are_grouped() {
        for text in ["10,000", "10.000", "10 000", "10\u{A0}000", "10\u{202F}000", "10'000"] {
            check(text, &["10000"]);
        }
        check("١٠٬٠٠٠", &["10000"]);
        check("१,००,०००", &["100000"]);
        check("1 234 567,89", &["1234567.89"]);
        check("1,234,567.89", &["1234567.89"]);
        check("２０２４", &["2024"]);
    }

    #[test]
    fn decimals_have_a_point() {
        check("3,5", &["3.5"]);
        check("3.50", &["3.5"]);
        check("٣٫٥", &["3.5"]);
        check("0.125", &["0.125"]);
        check("1000.125", &["1000.125"]);
    }

    #[test]
    fn dates_times_lists_and_addresses_are_several_numbers() {
        check("20.11.2024", &["20", "11", "2024"]);
        check("10:30", &["10", "30"]);
        check("1, 2,3,4", &["1", "2", "3", "4"]);
        check("192.168.10.1", &["192", "168", "10", "1"]);
        check("in 2024 300 ships", &["2024", "300"]);
        check("2024-11-20", &["2024", "11", "20"]);
    }
}
