//! Where records of a web archive begin and end.

use crate::header::Header;
use crate::stream::{Stream, cut_off};
use std::fmt;
use std::io::{self, BufRead, Read};

/// What a record begins with.
const BEGIN: &[u8] = b"WARC/";

/// Longest header of a record.
const HEADER_BYTES_MAX: usize = 64 * 1024;

/// The head of a record.
pub(super) struct Head {
    pub(super) header: Header,
    /// Length of its block in bytes.
    pub(super) length: u64,
    /// Where it lies in the file.
    place: u64,
}

/// Why a record can't be read.
pub(super) enum Trouble {
    /// The archive is written wrongly.
    Form(&'static str),
    /// Its bytes can't be had.
    Bytes(io::Error),
}

impl Trouble {
    /// Whether nothing can be read behind it.
    pub(super) fn is_end(&self) -> bool {
        match self {
            Trouble::Form(_) => false,
            // A damaged member may swallow others before it seems to be cut off.
            Trouble::Bytes(error) => {
                !matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof)
            }
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Form(message) => f.write_str(message),
            Trouble::Bytes(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                f.write_str("the record is cut off")
            }
            Trouble::Bytes(error) => write!(f, "the record can't be read: {error}"),
        }
    }
}

/// Reads the head of the next record; `None` at the end. Trouble comes with its place.
pub(super) fn next_record(stream: &mut Stream) -> Result<Option<Head>, (Trouble, u64)> {
    let blank = skip_blank_lines(stream);
    let place = place(stream);
    let at_place = |trouble| (trouble, place);
    blank.map_err(|e| at_place(Trouble::Bytes(e)))?;
    let bytes = peek_header(stream).map_err(|e| at_place(Trouble::Bytes(e)))?;
    if bytes.is_empty() {
        return Ok(None);
    }
    if !bytes.starts_with(BEGIN) {
        return Err(at_place(Trouble::Form("no record begins here")));
    }
    let (length, blank) = match HeaderEnd::of(bytes) {
        HeaderEnd::At { length, blank } => (length, blank),
        HeaderEnd::Beyond if bytes.len() < HEADER_BYTES_MAX => {
            return Err(at_place(Trouble::Bytes(cut_off())));
        }
        HeaderEnd::Beyond | HeaderEnd::Never => {
            return Err(at_place(Trouble::Form("the header of the record does not end")));
        }
    };
    let lines = &bytes[..length];
    let first_line = memchr::memchr(b'\n', lines).map_or(length, |at| at + 1);
    let header = Header::parse(&lines[first_line..]);
    let Some(block) = header.get("content-length").and_then(|l| l.parse().ok()) else {
        return Err(at_place(Trouble::Form("the record does not say how long it is")));
    };
    stream.skip(length + blank);
    Ok(Some(Head { header, length: block, place }))
}

/// Reads the block of a record, or steps over it, up to where the next record should begin.
pub(super) fn read_block(
    stream: &mut Stream,
    head: &Head,
    wanted: bool,
) -> Result<Vec<u8>, (Trouble, u64)> {
    let mut block = Vec::new();
    let read = if wanted {
        stream.take(head.length).read_to_end(&mut block).map(|n| n as u64)
    } else {
        skip(stream, head.length)
    };
    let at_place = |trouble| (trouble, head.place);
    let read = read.map_err(|e| at_place(Trouble::Bytes(e)))?;
    if read < head.length {
        return Err(at_place(Trouble::Bytes(cut_off())));
    }
    if follows_well(stream).map_err(|e| at_place(Trouble::Bytes(e)))? {
        return Ok(block);
    }
    Err(at_place(Trouble::Form("the record is longer or shorter than it says")))
}

/// Whether a record ends here: at the begin of another, or of a packed member, whatever may be in
/// it. Looking at what follows makes the checksum of a packed record be read, too; an error of the
/// member behind it is left to the next record.
fn follows_well(stream: &mut Stream) -> io::Result<bool> {
    let next = skip_blank_lines(stream).and_then(|()| {
        let next = stream.peek(BEGIN.len())?;
        Ok(next.is_empty() || next.starts_with(BEGIN))
    });
    let position = stream.position();
    let at_member = stream.inner_mut().begins_at(position);
    match next {
        Err(error) if at_member => {
            stream.put_back(error);
            Ok(true)
        }
        next => next.map(|begins| begins || at_member),
    }
}

/// Goes to where the next record may begin after trouble; whether there is such a place.
pub(super) fn find_next(stream: &mut Stream, trouble: &Trouble) -> bool {
    if trouble.is_end() {
        return false;
    }
    if let Trouble::Bytes(_) = trouble {
        return stream.mend(|unpacked| unpacked.skip_damage(BEGIN)).unwrap_or(false);
    }
    // What begins here, if anything, is the record that is written wrongly.
    if stream.peek(BEGIN.len()).is_ok_and(|next| next.starts_with(BEGIN)) {
        stream.skip(BEGIN.len());
    }
    scan(stream)
}

/// Looks for a line that begins a record. An error of the stream ends the search where it is, for
/// the next reading to meet it.
fn scan(stream: &mut Stream) -> bool {
    /// A window that holds the line and the first fields behind it.
    const WINDOW_BYTES: usize = 4096;
    loop {
        let Ok(window) = stream.peek(WINDOW_BYTES) else { return true };
        if window.is_empty() {
            return false;
        }
        let found = memchr::memmem::find(window, BEGIN);
        let last = window.len() < WINDOW_BYTES;
        match found {
            Some(0) if is_begin(window) => return true,
            Some(0) => stream.skip(1),
            Some(at) => stream.skip(at),
            None => {
                let n = window.len();
                stream.skip(if last { n } else { n + 1 - BEGIN.len() });
            }
        }
    }
}

/// Whether a record begins here, and not a text that speaks of records.
fn is_begin(bytes: &[u8]) -> bool {
    let line_end = memchr::memchr(b'\n', bytes).unwrap_or(bytes.len());
    let rest = bytes[line_end..].trim_ascii_start();
    line_end < 16 && [&b"WARC-"[..], b"Content-"].iter().any(|field| starts_with(rest, field))
}

fn starts_with(bytes: &[u8], prefix: &[u8]) -> bool {
    bytes.get(..prefix.len()).is_some_and(|b| b.eq_ignore_ascii_case(prefix))
}

fn place(stream: &mut Stream) -> u64 {
    let position = stream.position();
    stream.inner_mut().place_of(position)
}

/// Where the header ends that bytes begin with.
enum HeaderEnd {
    /// Behind lines of this length, and a blank line.
    At { length: usize, blank: usize },
    /// Further than these bytes.
    Beyond,
    /// A line follows that is no field.
    Never,
}

impl HeaderEnd {
    /// Stops at a line that can't belong to the header: so many headers that do not end cost no
    /// more than their length.
    fn of(bytes: &[u8]) -> HeaderEnd {
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', bytes) {
            let line = &bytes[start..end];
            match line {
                [] | [b'\r'] => return HeaderEnd::At { length: start, blank: line.len() + 1 },
                _ if start == 0 || line.starts_with(b" ") || line.starts_with(b"\t") => {}
                _ if line.starts_with(BEGIN) || !line.contains(&b':') => return HeaderEnd::Never,
                _ => {}
            }
            start = end + 1;
        }
        HeaderEnd::Beyond
    }
}

/// The next bytes, up to a header's end where one is near.
fn peek_header(stream: &mut Stream) -> io::Result<&[u8]> {
    let mut wanted = 2048;
    while wanted < HEADER_BYTES_MAX {
        let bytes = stream.peek(wanted)?;
        if bytes.len() < wanted || !matches!(HeaderEnd::of(bytes), HeaderEnd::Beyond) {
            break;
        }
        wanted *= 2;
    }
    stream.peek(wanted)
}

fn skip_blank_lines(stream: &mut Stream) -> io::Result<()> {
    loop {
        let bytes = stream.peek(1)?;
        let n = bytes.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        if n == 0 {
            return Ok(());
        }
        stream.skip(n);
    }
}

/// Steps over `length` bytes; how many there were.
fn skip(stream: &mut Stream, length: u64) -> io::Result<u64> {
    let mut left = length;
    while left > 0 {
        let n = (stream.fill_buf()?.len() as u64).min(left);
        if n == 0 {
            break;
        }
        stream.skip(n as usize);
        left -= n;
    }
    Ok(length - left)
}
