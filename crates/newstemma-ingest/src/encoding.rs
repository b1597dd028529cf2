//! Bytes to UTF-8.
//!
//! A byte order mark decides; then what is valid UTF-8 is UTF-8, whatever the page declares
//! (pages declare wrongly far more often than another encoding happens to be valid UTF-8); then
//! a page's declaration; then a guess from the bytes (`chardetng`, which Firefox uses).

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A text, and what had to be done to read it.
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// What a reader should know, if anything.
    pub(crate) note: Option<String>,
}

/// Decodes a whole file. `declared` is the encoding that its markup names.
pub(crate) fn decode(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Decoded {
    if let Some((encoding, length)) = Encoding::for_bom(&bytes) {
        return decode_marked(bytes, encoding, length);
    }
    if let Some(encoding) = utf16_without_mark(&bytes) {
        return convert(&bytes, encoding, Some(format!("taken for {}", encoding.name())));
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Decoded { text, note: None },
        Err(error) => error.into_bytes(),
    };
    match declared {
        Some(encoding) if encoding != UTF_8 => convert(&bytes, encoding, None),
        _ if is_damaged_utf8(&bytes) => {
            convert(&bytes, UTF_8, Some("invalid UTF-8 was replaced".to_owned()))
        }
        _ => {
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(&bytes, true);
            let encoding = detector.guess(None, Utf8Detection::Deny);
            convert(&bytes, encoding, Some(format!("not UTF-8, taken for {}", encoding.name())))
        }
    }
}

/// The encoding that a page's markup declares (`<meta charset=…>`, `charset=` in a `content`,
/// `<?xml encoding=…?>`), looked for in its first kilobytes.
pub(crate) fn declared_in_markup(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let lower = head.to_ascii_lowercase();
    for mark in [&b"charset"[..], b"encoding"] {
        let mut at = 0;
        while let Some(found) = find(&lower[at..], mark) {
            at += found + mark.len();
            if let Some(encoding) = label_after(&head[at..]) {
                // A page that could be read this far is in no 16-bit encoding (HTML standard).
                return Some(encoding).filter(|e| *e != UTF_16LE && *e != UTF_16BE);
            }
        }
    }
    None
}

fn label_after(rest: &[u8]) -> Option<&'static Encoding> {
    let rest = rest.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest
        .iter()
        .position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b)))
        .unwrap_or(rest.len());
    Encoding::for_label(&rest[..end])
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|w| w == needle)
}

fn decode_marked(mut bytes: Vec<u8>, encoding: &'static Encoding, mark_bytes: usize) -> Decoded {
    if encoding == UTF_8 {
        bytes.drain(..mark_bytes);
        return match String::from_utf8(bytes) {
            Ok(text) => Decoded { text, note: None },
            Err(e) => convert(e.as_bytes(), UTF_8, Some("invalid UTF-8 was replaced".to_owned())),
        };
    }
    convert(&bytes[mark_bytes..], encoding, None)
}

fn convert(bytes: &[u8], encoding: &'static Encoding, note: Option<String>) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), note }
}

/// Text in UTF-16 without a mark has a zero in every second byte where it is ASCII.
pub(crate) fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024) & !1];
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = head.len() / 2 * 7 / 10;
    match () {
        () if head.len() < 8 => None,
        () if odd > many && even == 0 => Some(UTF_16LE),
        () if even > many && odd == 0 => Some(UTF_16BE),
        () => None,
    }
}

/// Whether bytes are UTF-8 with a few faults rather than another encoding: in another one nearly
/// every byte beyond ASCII is a fault.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let mut faults = 0;
    let mut good = 0;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        faults += usize::from(!chunk.invalid().is_empty());
    }
    good > faults * 10
}

#[cfg(test)]
mod tests {
    use super::{declared_in_markup, decode};
    use encoding_rs::{EUC_JP, UTF_16LE, WINDOWS_1251, WINDOWS_1252};

    fn check(bytes: &[u8], expected: &str, noted: bool) {
        let decoded = decode(bytes.to_vec(), declared_in_markup(bytes));
        assert_eq!(decoded.text, expected);
        assert_eq!(decoded.note.is_some(), noted, "{:?}", decoded.note);
    }

    #[test]
    fn marks_decide() {
        check("\u{feff}Привіт".as_bytes(), "Привіт", false);
        check(b"\xff\xfeZ\0u\0g\0", "Zug", false);
        check(b"\xfe\xff\0Z\0u\0g", "Zug", false);
    }

    #[test]
    fn valid_utf8_wins_over_a_wrong_declaration() {
        let page = "<meta charset=iso-8859-1><p>日本語";
        check(page.as_bytes(), page, false);
    }

    #[test]
    fn a_declaration_is_heard_where_utf8_fails() {
        let page = "<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>Мир";
        let (bytes, _, _) = WINDOWS_1251.encode(page);
        check(&bytes, page, false);
        let page = "<?xml version=\"1.0\" encoding=\"EUC-JP\"?><html>東京";
        let (bytes, _, _) = EUC_JP.encode(page);
        check(&bytes, page, false);
    }

    #[test]
    fn undeclared_encodings_are_guessed_and_noted() {
        let text = "Über die Brücke von Großenfähr fährt künftig kein Güterzug mehr.";
        let (bytes, _, _) = WINDOWS_1252.encode(text);
        check(&bytes, text, true);
        let text = "Пожар на складе в порту потушен, пострадавших нет, сообщили спасатели.";
        let (bytes, _, _) = WINDOWS_1251.encode(text);
        check(&bytes, text, true);
        assert_eq!(UTF_16LE.name(), "UTF-16LE");
        check(b"O\0h\0n\0e\0 \0M\0a\0r\0k\0e\0", "Ohne Marke", true);
    }

    #[test]
    fn single_faults_do_not_turn_utf8_into_something_else() {
        let mut bytes = "Київ повідомляє про ремонт мосту через річку".as_bytes().to_vec();
        bytes.push(0xff);
        check(&bytes, "Київ повідомляє про ремонт мосту через річку\u{fffd}", true);
    }
}
