//! A source to its pages: unpacks it, tells what it is, and hands it to the reader of that format.

use crate::ReadOptions;
use crate::encoding::{Note, Transcoded, guess_of_head, utf16_without_mark};
use crate::find::Source;
use crate::format::{Format, HEAD_BYTES, magic, sniff};
use crate::in_turn::InTurn;
use crate::json_lines::JsonLines;
use crate::json_objects::JsonObjects;
use crate::limit::{TEXT_BYTES_MAX, UNPACKED_BYTES_MAX};
use crate::mail::Mbox;
use crate::stream::{self, Bytes, Packing, Stream, Window, read_to_end};
use crate::table::Table;
use crate::warc::Warc;
use crate::{parquet, wacz, whole};
use encoding_rs::{Encoding, UTF_8};
use newstemma_model::{Page, Warning};
use std::fs::File;
use std::io::{self, BufRead};
use std::path::Path;

/// Pages of one source, and what was passed over in it.
pub(crate) type Records = Box<dyn Iterator<Item = Result<Page, Warning>> + Send>;

/// Text in UTF-8.
type Lines = Box<dyn BufRead + Send>;

/// How often a source may be packed in packed form.
const LAYERS_MAX: usize = 3;

/// Opens a source. What can't be opened is a warning in place of its pages.
pub(crate) fn open(source: &Source, options: &ReadOptions) -> Records {
    let name = source.name();
    match source {
        Source::Stdin => open_bytes(Box::new(io::stdin()), &name, options),
        Source::File(path) => {
            let file = File::open(path);
            file.and_then(|f| records_of(stream::open(Box::new(f)), Some(path), &name, options, 1))
                .unwrap_or_else(|error| unreadable(&name, &error))
        }
    }
}

/// Opens bytes that come from somewhere.
pub(crate) fn open_bytes(bytes: Bytes, name: &str, options: &ReadOptions) -> Records {
    records_of(stream::open(bytes), None, name, options, 1)
        .unwrap_or_else(|error| unreadable(name, &error))
}

pub(crate) fn unreadable(name: &str, error: &io::Error) -> Records {
    passed_over(name, format!("can't be read: {error}"))
}

/// A source of which nothing is read.
pub(crate) fn passed_over(name: &str, message: impl Into<String>) -> Records {
    Box::new(std::iter::once(Err(Warning::new(name, message))))
}

/// The pages of a stream. `path` is the file that it comes from, if it is one as it is; `layers`
/// counts how often it was packed, the innermost packing included.
pub(crate) fn records_of(
    mut stream: Stream,
    path: Option<&Path>,
    name: &str,
    options: &ReadOptions,
    layers: usize,
) -> io::Result<Records> {
    let packed = stream.inner_mut().is_packed();
    let head = stream.peek(HEAD_BYTES)?;
    if head.is_empty() {
        return Ok(passed_over(name, "empty file"));
    }
    if Packing::of(head) != Packing::None {
        if layers == LAYERS_MAX {
            return Ok(passed_over(name, format!("packed more than {LAYERS_MAX} times")));
        }
        return records_of(stream::open(Box::new(stream)), None, name, options, layers + 1);
    }
    let (format, wide) = format_of(head, name, options);
    let bytes_max = if packed { UNPACKED_BYTES_MAX } else { TEXT_BYTES_MAX };
    Ok(match format {
        Format::Binary(kind) => passed_over(name, format!("not text: {kind}")),
        Format::Zip => match path.filter(|_| !packed) {
            Some(path) => wacz::open(path, name, options)?,
            None => passed_over(name, "a ZIP archive inside another or on standard input"),
        },
        Format::Parquet => parquet::open(path.filter(|_| !packed), stream, name, options)?,
        Format::Warc => Box::new(Warc::new(name, stream)),
        Format::Mbox => Box::new(InTurn::new(Box::new(stream), Mbox::new(name))),
        Format::JsonLines => {
            let lines = utf8(stream, wide)?;
            let records = JsonLines::new(name, bytes_max, options.fields.clone());
            Box::new(InTurn::new(lines, records))
        }
        Format::Json => {
            let (objects, note) = utf8_or_guessed(stream, wide, name)?;
            let objects = JsonObjects::new(name, objects, bytes_max, options.fields.clone());
            Box::new(note.into_iter().chain(objects))
        }
        Format::Table(separator) => {
            let (rows, note) = utf8_or_guessed(stream, wide, name)?;
            let table = Table::new(name, separator, options.fields.clone());
            Box::new(note.into_iter().chain(InTurn::new(rows, table)))
        }
        Format::JsonFeed
        | Format::Xml(_)
        | Format::Mail
        | Format::Html
        | Format::Markdown
        | Format::Text => match read_to_end(stream, bytes_max)? {
            Some(bytes) => whole::read(bytes, format, name),
            None => passed_over(name, format!("more than {} MiB", bytes_max >> 20)),
        },
    })
}

/// What a source is, and its encoding if that is one of 16 bits.
fn format_of(
    head: &[u8],
    name: &str,
    options: &ReadOptions,
) -> (Format, Option<&'static Encoding>) {
    let marked = Encoding::for_bom(head);
    let wide = match marked {
        Some((encoding, _)) => Some(encoding).filter(|e| *e != UTF_8),
        None if magic(head).is_some() => None,
        None => utf16_without_mark(head),
    };
    let format = match (wide, marked) {
        (Some(encoding), _) => sniff(encoding.decode(head).0.as_bytes(), name, &options.fields),
        (None, Some((_, mark_bytes))) => sniff(&head[mark_bytes..], name, &options.fields),
        (None, None) => sniff(head, name, &options.fields),
    };
    (format, wide)
}

/// A stream in UTF-8, from the encoding that its begin looks like if it is another; and what a
/// reader should know about that.
fn utf8_or_guessed(
    mut stream: Stream,
    wide: Option<&'static Encoding>,
    name: &str,
) -> io::Result<(Lines, Option<Result<Page, Warning>>)> {
    let guessed = if wide.is_none() { guess_of_head(stream.peek(HEAD_BYTES)?) } else { None };
    let note = guessed.map(|encoding| Err(Note::Taken { declared: None, encoding }.about(name)));
    Ok((utf8(stream, wide.or(guessed))?, note))
}

/// A stream in UTF-8, its byte order mark taken off.
fn utf8(mut stream: Stream, encoding: Option<&'static Encoding>) -> io::Result<Lines> {
    if let Some(encoding) = encoding {
        return Ok(Box::new(Window::new(Transcoded::new(stream, encoding))));
    }
    if stream.peek(3)?.starts_with("\u{feff}".as_bytes()) {
        stream.skip(3);
    }
    Ok(Box::new(stream))
}
