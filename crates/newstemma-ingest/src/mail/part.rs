//! A message to its parts (MIME, RFC 2045 and 2046).

use super::transfer;
use crate::header::{Header, Parametrised, end_of_header};

/// How deep parts may hold parts; real messages have three levels.
const DEPTH_MAX: usize = 16;

/// Parts of one message that are looked at.
const PARTS_MAX: usize = 1000;

/// A part that holds no other parts.
pub(super) struct Part {
    header: Header,
    /// What it is, with its parameters.
    pub(super) media: Parametrised,
    /// Its bytes, without the coding for the way.
    pub(super) body: Vec<u8>,
}

impl Part {
    /// Whether it is meant to be saved rather than shown.
    pub(super) fn is_attachment(&self) -> bool {
        let disposition = self.header.get("content-disposition").unwrap_or_default();
        Parametrised::parse(disposition).value == "attachment"
    }

    /// The address it was loaded from, if that is one of the web.
    pub(super) fn location(&self) -> Option<&str> {
        self.header.get("content-location").filter(|l| l.starts_with("http"))
    }
}

/// The header of a message, and the texts among its parts in their order.
pub(super) fn parts(message: &[u8]) -> (Header, Vec<Part>) {
    let mut found = Vec::new();
    let header = read(message, 0, &mut found);
    (header, found)
}

fn read(bytes: &[u8], depth: usize, found: &mut Vec<Part>) -> Header {
    let (header, body) = split(bytes);
    let media = Parametrised::parse(header.get("content-type").unwrap_or("text/plain"));
    if media.value.starts_with("multipart/") {
        if let Some(boundary) = media.parameter("boundary")
            && depth < DEPTH_MAX
        {
            for part in between(body, boundary) {
                if found.len() == PARTS_MAX {
                    break;
                }
                read(part, depth + 1, found);
            }
        }
    } else if media.value.starts_with("text/") {
        let coding = header.get("content-transfer-encoding").unwrap_or_default();
        let body = transfer::decode(body, coding);
        found.push(Part { header: header.clone(), media, body });
    }
    header
}

fn split(bytes: &[u8]) -> (Header, &[u8]) {
    match bytes {
        [b'\n', body @ ..] | [b'\r', b'\n', body @ ..] => (Header::default(), body),
        _ => match end_of_header(bytes) {
            Some((length, blank)) => (Header::parse(&bytes[..length]), &bytes[length + blank..]),
            None => (Header::parse(bytes), &[]),
        },
    }
}

/// What stands between the lines of a boundary. The last part may lack its end.
fn between<'a>(body: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let line = format!("--{boundary}");
    let mut parts = Vec::new();
    let mut open: Option<usize> = None;
    for at in memchr::memmem::find_iter(body, line.as_bytes()) {
        if at > 0 && body[at - 1] != b'\n' {
            continue;
        }
        let behind = &body[at + line.len()..];
        let closing = behind.starts_with(b"--");
        let line_end = memchr::memchr(b'\n', behind).map_or(behind.len(), |n| n + 1);
        // A longer boundary that begins with this one is another.
        if !closing && !behind[..line_end].trim_ascii().is_empty() {
            continue;
        }
        if let Some(start) = open {
            parts.push(&body[start..at.max(start)]);
        }
        open = (!closing).then_some(at + line.len() + line_end);
        if closing {
            break;
        }
    }
    parts.extend(open.map(|start| &body[start..]));
    parts
}
