//! Header fields as web archives, HTTP and mail write them: `Name: value`, a line each.

use encoding_rs::WINDOWS_1252;

/// Header fields in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Header {
    fields: Vec<(String, String)>,
}

impl Header {
    /// Reads lines of fields. A line that begins with white space goes on with the one before;
    /// one without a colon is passed over.
    pub(crate) fn parse(block: &[u8]) -> Header {
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in block.split(|b| *b == b'\n') {
            let line = text(line.strip_suffix(b"\r").unwrap_or(line));
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_owned(), value.trim().to_owned()));
            }
        }
        Header { fields }
    }

    /// The first field of this name, in whatever case it is written.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}

/// Where the header of an HTTP answer, of a mail or of a record ends: the length of its lines, and of
/// the first blank line behind them, whichever way lines end. `None` if no blank line follows.
///
/// ```
/// let answer = b"HTTP/1.1 200 OK\nServer: x\n\n<p>\r\n\r\n";
/// assert_eq!(newstemma_ingest::end_of_header(answer), Some((26, 1)));
/// ```
pub fn end_of_header(bytes: &[u8]) -> Option<(usize, usize)> {
    memchr::memchr_iter(b'\n', bytes).find_map(|at| match &bytes[at + 1..] {
        [b'\n', ..] => Some((at + 1, 1)),
        [b'\r', b'\n', ..] => Some((at + 1, 2)),
        _ => None,
    })
}

/// A value with parameters, such as `text/html; charset=utf-8`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parametrised {
    /// What stands before the parameters, in lower case.
    pub(crate) value: String,
    parameters: Vec<(String, String)>,
}

impl Parametrised {
    pub(crate) fn parse(written: &str) -> Parametrised {
        let mut parts = split_outside_quotes(written);
        let value = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let parameters = parts
            .filter_map(|part| part.split_once('='))
            .map(|(name, value)| (name.trim().to_ascii_lowercase(), unquoted(value.trim())))
            .collect();
        Parametrised { value, parameters }
    }

    /// The parameter of this name, which is in lower case.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// Fields are ASCII by the book; what else is found is UTF-8, or from before it.
fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

fn split_outside_quotes(written: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    written.split(move |c| {
        quoted ^= c == '"';
        c == ';' && !quoted
    })
}

fn unquoted(value: &str) -> String {
    match value.strip_prefix('"') {
        Some(rest) => rest.strip_suffix('"').unwrap_or(rest).replace("\\\"", "\""),
        None => value.trim_matches('\'').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Header, Parametrised, end_of_header};

    #[test]
    fn fields_are_found_in_any_case_and_over_lines() {
        let header = Header::parse(b"Content-Type: text/html;\r\n charset=utf-8\r\nno field\r\n");
        assert_eq!(header.get("content-type"), Some("text/html; charset=utf-8"));
        assert_eq!(Header::parse(b"A: \xdcber\nB:").get("a"), Some("Über"));
    }

    #[test]
    fn the_blank_line_is_found() {
        assert_eq!(end_of_header(b"A: b\r\n\r\nbody\n\n"), Some((6, 2)));
        assert_eq!(end_of_header(b"A: b\n\nbody"), Some((5, 1)));
        assert_eq!(end_of_header(b"A: b\r\nC: d\r\n"), None);
    }

    #[test]
    fn parameters_may_be_quoted() {
        let parsed = Parametrised::parse("Multipart/Related; boundary=\"a;b\"; Type=text/html");
        assert_eq!(parsed.value, "multipart/related");
        assert_eq!(parsed.parameter("boundary"), Some("a;b"));
        assert_eq!(parsed.parameter("type"), Some("text/html"));
        assert_eq!(parsed.parameter("charset"), None);
    }
}
