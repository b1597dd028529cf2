//! Pages one after the other: the iterator behind [`crate::pages`].

use crate::encoding::{declared_in_markup, decode, utf16_without_mark};
use crate::find::{Source, find};
use crate::format::{Format, HEAD_BYTES, sniff};
use crate::record::{TEXT_BYTES_MAX, read_record};
use crate::split::next_object;
use crate::{Input, ReadOptions};
use encoding_rs::Encoding;
use newstemma_model::{Content, Given, Page, Warning};
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};

/// Pages of inputs, one after the other, in their order; an `Err` is something that was passed
/// over.
///
/// In memory is one file at a time, or one line of a JSONL file.
pub struct Pages {
    sources: std::vec::IntoIter<Source>,
    options: ReadOptions,
    open: Option<Open>,
    ready: VecDeque<Result<Page, Warning>>,
}

/// A file of several records that is being read.
enum Open {
    Lines { name: String, reader: Box<dyn BufRead + Send>, line: usize },
    Objects { name: String, bytes: Vec<u8>, at: usize, line: usize, index: usize },
}

impl Pages {
    pub(crate) fn new(inputs: &[Input], options: ReadOptions) -> Pages {
        let (sources, warnings) = find(inputs);
        let ready = warnings.into_iter().map(Err).collect();
        Pages { sources: sources.into_iter(), options, open: None, ready }
    }
}

impl Iterator for Pages {
    type Item = Result<Page, Warning>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(page) = self.ready.pop_front() {
                return Some(page);
            }
            if let Some(open) = self.open.take() {
                self.open = self.read_on(open);
                continue;
            }
            let source = self.sources.next()?;
            let name = source.name();
            if let Err(error) = self.start(&source, &name) {
                self.ready.push_back(Err(Warning::new(name, format!("can't be read: {error}"))));
            }
        }
    }
}

impl Pages {
    fn start(&mut self, source: &Source, name: &str) -> std::io::Result<()> {
        let mut input: Box<dyn Read + Send> = match source {
            Source::File(path) => Box::new(File::open(path)?),
            Source::Stdin => Box::new(std::io::stdin()),
        };
        let mut head = Vec::new();
        input.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)?;
        if head.is_empty() {
            self.ready.push_back(Err(Warning::new(name, "empty file")));
            return Ok(());
        }
        let rest = std::io::Cursor::new(head.clone()).chain(input);
        let (mark_bytes, wide) = match Encoding::for_bom(&head) {
            Some((encoding, length)) => (length, encoding != encoding_rs::UTF_8),
            None => (0, false),
        };
        let format = if wide { None } else { Some(sniff(&head[mark_bytes..], name)) };
        if format == Some(Format::JsonLines) {
            let mut reader = BufReader::new(rest);
            reader.read_exact(&mut [0; 3][..mark_bytes])?;
            let reader: Box<dyn BufRead + Send> = Box::new(reader);
            self.open = Some(Open::Lines { name: name.to_owned(), reader, line: 0 });
            return Ok(());
        }
        if let Some(Format::Binary(kind)) = format
            && utf16_without_mark(&head).is_none()
        {
            self.ready.push_back(Err(Warning::new(name, format!("not text: {kind}"))));
            return Ok(());
        }
        drop(head);
        let mut bytes = Vec::new();
        rest.take(TEXT_BYTES_MAX as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > TEXT_BYTES_MAX {
            self.ready.push_back(Err(Warning::new(name, "more than 4 GiB")));
            return Ok(());
        }
        self.whole(name, bytes, format);
        Ok(())
    }

    /// A file that is in memory as a whole.
    fn whole(&mut self, name: &str, bytes: Vec<u8>, format: Option<Format>) {
        let sha256: [u8; 32] = Sha256::digest(&bytes).into();
        // In a 16-bit encoding the format shows only after decoding.
        let declared = match format {
            Some(Format::Html) => declared_in_markup(&bytes),
            _ => None,
        };
        let decoded = decode(bytes, declared);
        if let Some(note) = decoded.note {
            self.ready.push_back(Err(Warning::new(name, note)));
        }
        let text = decoded.text;
        let format = match format {
            Some(Format::Binary(_)) | None => sniff(text.as_bytes(), name),
            Some(format) => format,
        };
        let content = match format {
            Format::JsonLines | Format::Json => {
                let (name, bytes) = (name.to_owned(), text.into_bytes());
                self.open = Some(Open::Objects { name, bytes, at: 0, line: 1, index: 0 });
                return;
            }
            _ if text.trim().is_empty() => {
                self.ready.push_back(Err(Warning::new(name, "holds no text")));
                return;
            }
            Format::Html => Content::Html(text),
            Format::Markdown => Content::Markdown(text),
            Format::Text | Format::Binary(_) => Content::Text(text),
        };
        let reference = name.to_owned();
        self.ready.push_back(Ok(Page { reference, content, given: Given::default(), sha256 }));
    }

    fn read_on(&mut self, open: Open) -> Option<Open> {
        match open {
            Open::Lines { name, reader, line } => self.read_line(name, reader, line + 1),
            Open::Objects { name, bytes, at, line, index } => {
                self.read_object(name, bytes, at, line, index + 1)
            }
        }
    }

    fn read_line(
        &mut self,
        name: String,
        mut reader: Box<dyn BufRead + Send>,
        line: usize,
    ) -> Option<Open> {
        let mut bytes = Vec::new();
        match reader.read_until(b'\n', &mut bytes) {
            Ok(0) => return None,
            Ok(_) => {}
            Err(error) => {
                let place = format!("{name}:{line}");
                self.ready.push_back(Err(Warning::new(place, format!("can't be read: {error}"))));
                return None;
            }
        }
        let record = bytes.trim_ascii();
        if !record.is_empty() {
            let (place, reference) = (format!("{name}:{line}"), format!("{name}#{line}"));
            self.ready.extend(read_record(record, &place, &reference, &self.options.fields));
        }
        Some(Open::Lines { name, reader, line })
    }

    fn read_object(
        &mut self,
        name: String,
        bytes: Vec<u8>,
        at: usize,
        line: usize,
        index: usize,
    ) -> Option<Open> {
        let Some(range) = next_object(&bytes, at) else {
            if index == 1 {
                self.ready.push_back(Err(Warning::new(name, "no JSON object in it")));
            }
            return None;
        };
        let newlines =
            |from: usize, to: usize| bytes[from..to].iter().filter(|b| **b == b'\n').count();
        let line = line + newlines(at, range.start);
        let (place, reference) = (format!("{name}:{line}"), format!("{name}#{index}"));
        let record = &bytes[range.clone()];
        // A single object is the file itself and needs no index.
        let alone = index == 1 && next_object(&bytes, range.end).is_none();
        let reference = if alone { &name } else { &reference };
        self.ready.extend(read_record(record, &place, reference, &self.options.fields));
        let line = line + newlines(range.start, range.end);
        Some(Open::Objects { name, bytes, at: range.end, line, index })
    }
}
