//! What a message calls its encodings: those of the web, and UTF-7 (RFC 2152), which only mail has.
//!
//! UTF-7 writes all but plain characters as UTF-16 in base64, between `+` and `-`. Since markup may
//! hide in it, browsers dropped it; here nothing is run, and old newsletters hold it.

use super::transfer::base64;
use encoding_rs::{Encoding, UTF_8, UTF_16BE};

/// The encoding of a label, with the bytes as they are in it.
pub(super) fn resolve(label: &str, bytes: Vec<u8>) -> (Option<&'static Encoding>, Vec<u8>) {
    let label = label.trim();
    if label.eq_ignore_ascii_case("utf-7") || label.eq_ignore_ascii_case("unicode-1-1-utf-7") {
        return (Some(UTF_8), utf_7(&bytes).into_bytes());
    }
    (Encoding::for_label(label.as_bytes()), bytes)
}

/// Bytes beyond ASCII, which UTF-7 has not, are taken for UTF-8.
fn utf_7(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut read = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some((plain, shifted)) = rest.split_once('+') {
        read.push_str(plain);
        let in_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/');
        let end = shifted.find(|c| !in_base64(c)).unwrap_or(shifted.len());
        let (digits, behind) = shifted.split_at(end);
        if digits.is_empty() {
            read.push('+');
        }
        read.push_str(
            &UTF_16BE.decode_without_bom_handling(&whole_units(base64(digits.as_bytes()))).0,
        );
        rest = behind.strip_prefix('-').unwrap_or(behind);
    }
    read.push_str(rest);
    read
}

/// Bits that fill up the last digit make no unit of their own.
fn whole_units(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(bytes.len() & !1);
    bytes
}

#[cfg(test)]
mod tests {
    use super::{resolve, utf_7};
    use encoding_rs::{KOI8_R, UTF_8};

    #[test]
    fn shifted_characters_are_read() {
        let check = |written: &str, expected| assert_eq!(utf_7(written.as_bytes()), expected);
        check("M+APw-nchen", "München");
        check("+BBwEPgRBBEI +BD4EQgQ6BEAESwRC.", "Мост открыт.");
        check("1 +- 1 = 2", "1 + 1 = 2");
        check("+2D3eAA-", "😀");
        check("+", "+");
    }

    #[test]
    fn labels_are_those_of_the_web_and_utf_7() {
        assert_eq!(resolve("UTF-7", b"+APw".to_vec()), (Some(UTF_8), "ü".into()));
        assert_eq!(resolve("koi8-r", vec![0xc1]), (Some(KOI8_R), vec![0xc1]));
        assert_eq!(resolve("x-none", vec![0xc1]), (None, vec![0xc1]));
    }
}
