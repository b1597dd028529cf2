//! HTTP answers as archives keep them: status, header, body with its codings taken off.

use crate::header::{Header, end_of_header};
use crate::limit::PAGE_BYTES_MAX;
use crate::stream::{self, Bytes};
use brotli_decompressor::Decompressor;
use std::io::{Cursor, Read};

/// Bytes that are handed to the unpacking of brotli at a time.
const BROTLI_INPUT_BYTES: usize = 4096;

/// An HTTP answer.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) header: Header,
    body_start: usize,
}

/// A body without its codings, or why it can't be had.
pub(super) enum Body {
    Whole(Vec<u8>),
    /// The coding breaks off; this much was there.
    CutOff(Vec<u8>),
    TooLong,
}

impl Answer {
    /// The answer that a record's block begins with; `None` if it begins with none.
    pub(super) fn parse(block: &[u8]) -> Option<Answer> {
        let line_end = memchr::memchr(b'\n', block)?;
        let line = std::str::from_utf8(&block[..line_end]).ok()?;
        let mut words = line.split_ascii_whitespace();
        words.next().filter(|version| version.starts_with("HTTP/"))?;
        let status = words.next()?.parse().ok()?;
        let rest = &block[line_end + 1..];
        // An answer may end with its header, the blank line lost.
        let (length, blank) = match rest {
            [b'\r', b'\n', ..] => (0, 2),
            _ => end_of_header(rest).unwrap_or((rest.len(), 0)),
        };
        let header = Header::parse(&rest[..length]);
        Some(Answer { status, header, body_start: line_end + 1 + length + blank })
    }

    /// The body of the answer that this block holds.
    ///
    /// Many crawlers keep the header as it was sent and the body without its codings, so that a
    /// coding is believed only where the body bears it out.
    pub(super) fn body(&self, mut block: Vec<u8>) -> Body {
        block.drain(..self.body_start);
        let chunked = self.header.get("transfer-encoding").is_some_and(|v| names(v, "chunked"));
        let mut cut_off = false;
        if chunked && let Some(chunks) = join_chunks(&block) {
            (block, cut_off) = (chunks.body, chunks.cut_off);
        }
        let coding = self.header.get("content-encoding").unwrap_or_default();
        let decoded = if names(coding, "br") && !looks_like_text(&block) {
            unpack(Decompressor::new(Cursor::new(block), BROTLI_INPUT_BYTES))
        } else if names(coding, "deflate") {
            inflate(block)
        } else if names(coding, "gzip") || names(coding, "x-gzip") || names(coding, "zstd") {
            unpack(stream::open(Box::new(Cursor::new(block))))
        } else {
            Body::Whole(block)
        };
        match decoded {
            Body::Whole(body) if cut_off => Body::CutOff(body),
            decoded => decoded,
        }
    }
}

/// Whether a list of codings names this one.
fn names(list: &str, coding: &str) -> bool {
    list.split(',').any(|c| c.trim().eq_ignore_ascii_case(coding))
}

/// Brotli has no mark, but hardly ever begins like text.
fn looks_like_text(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

struct Chunks {
    body: Vec<u8>,
    cut_off: bool,
}

/// Joins the chunks of a body; `None` if it is not in chunks.
fn join_chunks(mut rest: &[u8]) -> Option<Chunks> {
    let mut body = Vec::new();
    loop {
        let size = chunk_size(rest);
        let Some((size, line_bytes)) = size else {
            // The first line tells whether there are chunks at all.
            return (!body.is_empty()).then_some(Chunks { body, cut_off: true });
        };
        rest = &rest[line_bytes..];
        if size == 0 {
            return Some(Chunks { body, cut_off: false });
        }
        let Some(chunk) = rest.get(..size) else {
            body.extend_from_slice(rest);
            return Some(Chunks { body, cut_off: true });
        };
        body.extend_from_slice(chunk);
        rest = &rest[size..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

/// The size of the chunk that begins here, and the length of the line that gives it.
fn chunk_size(rest: &[u8]) -> Option<(usize, usize)> {
    const LINE_BYTES_MAX: usize = 256;
    let line_end = memchr::memchr(b'\n', &rest[..rest.len().min(LINE_BYTES_MAX)])?;
    let line = std::str::from_utf8(&rest[..line_end]).ok()?;
    let digits = line.split(';').next()?.trim();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    Some((usize::from_str_radix(digits, 16).ok()?, line_end + 1))
}

/// `deflate` means the zlib format, but servers were written that send it without its header.
fn inflate(mut body: Vec<u8>) -> Body {
    let zlib = match body[..] {
        [first, second, ..] => {
            first & 0x0f == 8 && u16::from_be_bytes([first, second]).is_multiple_of(31)
        }
        _ => false,
    };
    if !zlib && looks_like_text(&body) {
        return Body::Whole(body);
    }
    if zlib {
        body.drain(..2);
    }
    let bytes: Bytes = Box::new(Cursor::new(body));
    unpack(stream::open_deflate(bytes))
}

fn unpack(input: impl Read) -> Body {
    let mut body = Vec::new();
    let read = input.take(PAGE_BYTES_MAX as u64 + 1).read_to_end(&mut body);
    match read {
        _ if body.len() > PAGE_BYTES_MAX => Body::TooLong,
        Ok(_) => Body::Whole(body),
        Err(_) => Body::CutOff(body),
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, Body};
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use std::io::Write;

    const PAGE: &str = "<p>Мост открыт.</p>";

    fn check(header: &str, body: &[u8], expected: Option<&str>) {
        let block = [format!("HTTP/1.1 200 OK\r\n{header}\r\n\r\n").as_bytes(), body].concat();
        let answer = Answer::parse(&block).unwrap();
        assert_eq!(answer.status, 200);
        let whole = match answer.body(block) {
            Body::Whole(body) => Some(String::from_utf8(body).unwrap()),
            _ => None,
        };
        assert_eq!(whole.as_deref(), expected, "{header}");
    }

    #[test]
    fn codings_are_taken_off() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(PAGE.as_bytes()).unwrap();
        check("Content-Encoding: gzip", &gzip.finish().unwrap(), Some(PAGE));
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(PAGE.as_bytes()).unwrap();
        check("Content-Encoding: deflate", &zlib.finish().unwrap(), Some(PAGE));
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::default());
        raw.write_all(PAGE.as_bytes()).unwrap();
        check("Content-Encoding: deflate", &raw.finish().unwrap(), Some(PAGE));
        check("Content-Encoding: br", b"\x0b\x01\x80abc\x03", Some("abc"));
        let (a, b) = PAGE.as_bytes().split_at(5);
        let chunks = [b"5;x=y\r\n", a, b"\r\n18\r\n", b, b"\r\n0\r\n\r\n"].concat();
        check("Transfer-Encoding: chunked", &chunks, Some(PAGE));
    }

    #[test]
    fn codings_that_the_crawler_took_off_are_not_looked_for() {
        for header in ["Content-Encoding: gzip", "Content-Encoding: br", "A: b\r\nfoo"] {
            check(header, PAGE.as_bytes(), Some(PAGE));
        }
        check(
            "Transfer-Encoding: chunked\r\nContent-Encoding: deflate",
            PAGE.as_bytes(),
            Some(PAGE),
        );
    }

    #[test]
    fn what_can_not_be_had_is_not_guessed() {
        check("Content-Encoding: br", b"\x0b\x01\x80ab", None);
        check("Transfer-Encoding: chunked", b"ff\r\nabc", None);
        let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
        gzip.write_all(PAGE.as_bytes()).unwrap();
        let gzip = gzip.finish().unwrap();
        check("Content-Encoding: gzip", &gzip[..gzip.len() - 9], None);
        check("Content-Encoding: gzip", b"", Some(""));
    }
}
