//! Texts in header fields (encoded words, RFC 2047): `=?utf-8?B?…?=`.

use super::{charset, transfer};
use encoding_rs::{Encoding, WINDOWS_1252};

/// Resolves the encoded words of a field.
pub(super) fn decode_words(written: &str) -> String {
    let mut text = String::new();
    // Bytes of adjacent words in one encoding: long texts are cut in the middle of characters.
    let mut open: Option<(&'static Encoding, Vec<u8>)> = None;
    let mut rest = written;
    while let Some(start) = rest.find("=?") {
        let (before, from) = rest.split_at(start);
        let Some(word) = Word::parse(from) else {
            close(&mut open, &mut text);
            text.push_str(before);
            text.push_str("=?");
            rest = &from[2..];
            continue;
        };
        // White space between two words only keeps them apart.
        let adjacent = open.is_some() && before.trim().is_empty();
        if !adjacent {
            close(&mut open, &mut text);
            text.push_str(before);
        }
        match &mut open {
            Some((encoding, bytes)) if *encoding == word.encoding => bytes.extend(word.bytes),
            _ => {
                close(&mut open, &mut text);
                open = Some((word.encoding, word.bytes));
            }
        }
        rest = &from[word.length..];
    }
    close(&mut open, &mut text);
    text.push_str(rest);
    text
}

struct Word {
    encoding: &'static Encoding,
    bytes: Vec<u8>,
    /// How long it is as it is written.
    length: usize,
}

impl Word {
    /// The word that stands at the front.
    fn parse(text: &str) -> Option<Word> {
        let mut parts = text.strip_prefix("=?")?.splitn(4, '?');
        let (charset, coding, content) = (parts.next()?, parts.next()?, parts.next()?);
        parts.next().filter(|rest| rest.starts_with('='))?;
        if content.contains(char::is_whitespace) {
            return None;
        }
        // A language may stand behind the encoding.
        let label = charset.split('*').next().unwrap_or_default();
        let bytes = match coding {
            "B" | "b" => transfer::base64(content.as_bytes()),
            "Q" | "q" => {
                let mut bytes = Vec::new();
                transfer::push_quoted(content.replace('_', " ").as_bytes(), &mut bytes);
                bytes
            }
            _ => return None,
        };
        let (encoding, bytes) = charset::resolve(label, bytes);
        let encoding = encoding.unwrap_or(WINDOWS_1252);
        let length = "=?".len() + charset.len() + 1 + coding.len() + 1 + content.len() + "?=".len();
        Some(Word { encoding, bytes, length })
    }
}

fn close(open: &mut Option<(&'static Encoding, Vec<u8>)>, text: &mut String) {
    if let Some((encoding, bytes)) = open.take() {
        text.push_str(&encoding.decode_without_bom_handling(&bytes).0);
    }
}

#[cfg(test)]
mod tests {
    use super::decode_words;

    fn check(written: &str, expected: &str) {
        assert_eq!(decode_words(written), expected);
    }

    #[test]
    fn words_of_several_encodings_are_resolved() {
        check("=?utf-8?B?0JzQvtGB0YI=?= offen", "Мост offen");
        check("Zug =?iso-8859-1?Q?f=E4hrt_wieder?=", "Zug fährt wieder");
        check("=?Shift_JIS?B?i7Q=?=", "橋");
        check("=?utf-8*uk?q?=D0=A2=D0=B0=D0=BA?=", "Так");
    }

    #[test]
    fn a_character_may_be_cut_in_two() {
        check("=?utf-8?B?0Jw=?= =?utf-8?B?0L4=?=", "Мо");
        check("=?utf-8?Q?=D0?=\r\n =?utf-8?Q?=9C?=", "М");
    }

    #[test]
    fn what_is_no_word_stays() {
        check("why =? because", "why =? because");
        check("=?utf-8?X?abc?=", "=?utf-8?X?abc?=");
        check("=?utf-8?B?0JzQ", "=?utf-8?B?0JzQ");
    }
}
