//! Character references: `&eacute;`, `&#233;`, `&#xE9;`.
//!
//! `entities.txt` is the table of the HTML standard, a name (with its semicolon, unless it may go
//! without) and code points a line, in order of bytes.

use std::sync::OnceLock;

/// Longest name, in bytes.
const NAME_BYTES_MAX: usize = 33;

/// Where a reference stands: inside attributes, "&copy=" is part of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Text,
    Attribute,
}

/// Appends a text with its references resolved.
pub(crate) fn decode(text: &str, place: Place, decoded: &mut String) {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        decoded.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let length = match after.strip_prefix('#') {
            Some(number) => numeric(number, decoded).map(|length| length + 1),
            None => named(after, place, decoded),
        };
        if length.is_none() {
            decoded.push('&');
        }
        rest = &after[length.unwrap_or(0)..];
    }
    decoded.push_str(rest);
}

/// Reads `233;` or `xE9;`; returns its length.
fn numeric(written: &str, decoded: &mut String) -> Option<usize> {
    let hexadecimal = written.starts_with(['x', 'X']);
    let (radix, from) = if hexadecimal { (16, 1) } else { (10, 0) };
    let digits = written[from..].bytes().take_while(|b| char::from(*b).is_digit(radix)).count();
    let end = from + digits;
    if digits == 0 {
        return None;
    }
    // More digits than a `u32` holds are no character either.
    let code = u32::from_str_radix(&written[from..end], radix).unwrap_or(u32::MAX);
    decoded.push(character(code));
    Some(end + usize::from(written[end..].starts_with(';')))
}

/// The character of a code; those of windows-1252 where Unicode has controls.
fn character(code: u32) -> char {
    const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match code {
        0x80..=0x9F => WINDOWS_1252.chars().nth(code as usize - 0x80),
        0 => None,
        _ => char::from_u32(code),
    }
    .unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Reads `eacute;`; returns its length. The longest name counts: "&notin;" is no "&not".
fn named(written: &str, place: Place, decoded: &mut String) -> Option<usize> {
    let bytes = written.as_bytes();
    let letters = bytes.iter().take(NAME_BYTES_MAX).take_while(|b| b.is_ascii_alphanumeric());
    let letters = letters.count();
    let closed = bytes.get(letters) == Some(&b';');
    let whole = letters + usize::from(closed);
    let (length, codes) =
        (1..=whole).rev().find_map(|length| Some((length, codes(&written[..length])?)))?;
    let open = !written[..length].ends_with(';');
    let goes_on = bytes.get(length).is_some_and(|b| *b == b'=' || b.is_ascii_alphanumeric());
    if open && goes_on && place == Place::Attribute {
        return None;
    }
    let codes = codes.split(' ').filter_map(|c| u32::from_str_radix(c, 16).ok());
    decoded.extend(codes.filter_map(char::from_u32));
    Some(length)
}

/// The code points of a name.
fn codes(name: &str) -> Option<&'static str> {
    static TABLE: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        include_str!("entities.txt").lines().filter_map(|line| line.split_once(' ')).collect()
    });
    table.binary_search_by(|(known, _)| (*known).cmp(name)).ok().map(|at| table[at].1)
}

#[cfg(test)]
mod tests {
    use super::{NAME_BYTES_MAX, Place, decode};

    fn check(text: &str, expected: &str) {
        let mut decoded = String::new();
        decode(text, Place::Text, &mut decoded);
        assert_eq!(decoded, expected, "{text}");
    }

    #[test]
    fn references_are_resolved() {
        check("Caf&eacute; &amp; Th&#233;&#x20AC;", "Café & Thé€");
        check("&copy 2024 &notin; &notit;", "© 2024 ∉ ¬it;");
        check("&#150; &#0; &#xD800; &#99999999999;", "– \u{fffd} \u{fffd} \u{fffd}");
        check("&NotEqualTilde;", "≂\u{338}");
    }

    #[test]
    fn what_is_no_reference_stays() {
        check("A & B &; &# &#x; &unknown; &", "A & B &; &# &#x; &unknown; &");
        check("Ö&ö", "Ö&ö");
    }

    #[test]
    fn addresses_keep_their_parameters() {
        let mut decoded = String::new();
        decode("?a=1&copy=2&lt;&amp;b", Place::Attribute, &mut decoded);
        assert_eq!(decoded, "?a=1&copy=2<&b");
    }

    #[test]
    fn the_table_is_in_order() {
        let names = include_str!("entities.txt").lines().map(|l| l.split(' ').next().unwrap_or(""));
        let names: Vec<&str> = names.collect();
        assert!(names.is_sorted() && names.len() > 2_000);
        assert!(names.iter().all(|n| n.len() <= NAME_BYTES_MAX));
    }
}
