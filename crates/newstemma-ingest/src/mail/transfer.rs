//! Codings that carry bytes over ways made for ASCII: base64 and quoted-printable.

/// The bytes behind a coding. What breaks its rules is stepped over or left as it stands.
pub(super) fn decode(body: &[u8], coding: &str) -> Vec<u8> {
    match coding.trim().to_ascii_lowercase().as_str() {
        "base64" => base64(body),
        "quoted-printable" => quoted_printable(body),
        _ => body.to_vec(),
    }
}

pub(super) fn base64(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut bits = 0_u32;
    let mut count = 0;
    for value in text.iter().filter_map(|b| sextet(*b)) {
        bits = bits << 6 | value;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}

fn sextet(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    }))
}

fn quoted_printable(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for line in text.split_inclusive(|b| *b == b'\n') {
        let content = line.trim_ascii_end();
        // White space at the end of a line was added on the way.
        let (content, soft) = match content.strip_suffix(b"=") {
            Some(content) => (content, true),
            None => (content, false),
        };
        push_quoted(content, &mut bytes);
        if !soft {
            let end = line.iter().rev().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            bytes.extend_from_slice(&line[line.len() - end..]);
        }
    }
    bytes
}

/// Resolves `=` and two digits.
pub(super) fn push_quoted(mut text: &[u8], bytes: &mut Vec<u8>) {
    while let Some(at) = memchr::memchr(b'=', text) {
        bytes.extend_from_slice(&text[..at]);
        let digit = |n: usize| text.get(at + n).and_then(|b| char::from(*b).to_digit(16));
        match (digit(1), digit(2)) {
            (Some(high), Some(low)) => {
                bytes.push((high << 4 | low) as u8);
                text = &text[at + 3..];
            }
            _ => {
                bytes.push(b'=');
                text = &text[at + 1..];
            }
        }
    }
    bytes.extend_from_slice(text);
}

#[cfg(test)]
mod tests {
    use super::decode;

    fn check(coding: &str, text: &str, expected: &str) {
        let bytes = decode(text.as_bytes(), coding);
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    }

    #[test]
    fn codings_are_taken_off() {
        check("Base64", "0J/QvtGA\r\n0YI=\r\n", "Порт");
        check("quoted-printable", "Caf=C3=A9 =\r\nam Hafen  \r\n1=3D1", "Café am Hafen\r\n1=1");
        check("8bit", "ostaje = isto", "ostaje = isto");
    }

    #[test]
    fn what_breaks_the_rules_is_left() {
        check("quoted-printable", "a=zz b=4", "a=zz b=4");
        check("base64", "!!!", "");
    }
}
