//! Messages one behind the other in a file (mbox, RFC 4155), each behind a line `From …`.

use super::{is_mail, read};
use crate::in_turn::{Found, Records};
use crate::limit::PAGE_BYTES_MAX;
use newstemma_model::Warning;
use std::io::{self, BufRead, Read};

/// What the line before a message begins with.
const SEPARATOR: &[u8] = b"From ";

/// Whether a file that begins so holds messages.
pub(crate) fn is_mbox(head: &[u8]) -> bool {
    let line_end = memchr::memchr(b'\n', head);
    head.starts_with(SEPARATOR) && line_end.is_some_and(|end| is_mail(&head[end + 1..]))
}

/// The messages of a file.
pub(crate) struct Mbox {
    name: String,
    index: usize,
    found: Found,
}

/// A message, as far as it was read.
#[derive(Default)]
struct Message {
    bytes: Vec<u8>,
    too_long: bool,
    ends_file: bool,
}

impl Mbox {
    pub(crate) fn new(name: &str) -> Mbox {
        Mbox { name: name.to_owned(), index: 0, found: Found::new() }
    }

    fn warn(&mut self, index: usize, message: String) {
        self.found.push_back(Err(Warning::new(format!("{}#{index}", self.name), message)));
    }
}

impl Records for Mbox {
    fn read_one(&mut self, input: &mut dyn BufRead) -> bool {
        let message = match next_message(input) {
            Ok(message) => message,
            Err(error) => {
                let message = format!("can't be read from here on: {error}");
                self.warn(self.index + 1, message);
                return false;
            }
        };
        // Before the first separator there is nothing.
        if self.index > 0 {
            let name = format!("{}#{}", self.name, self.index);
            if message.too_long {
                self.warn(self.index, "a message of more than 32 MiB".to_owned());
            } else {
                self.found.extend(read(&message.bytes, &name));
            }
        }
        self.index += 1;
        !message.ends_file
    }

    fn found(&mut self) -> &mut Found {
        &mut self.found
    }
}

/// Reads up to behind the next separator.
fn next_message(input: &mut dyn BufRead) -> io::Result<Message> {
    let mut message = Message::default();
    let mut line = Vec::new();
    let mut after_blank = true;
    loop {
        line.clear();
        // Whatever is longer than a message may be comes in pieces.
        (&mut *input).take(PAGE_BYTES_MAX as u64).read_until(b'\n', &mut line)?;
        message.ends_file = line.is_empty();
        if message.ends_file || after_blank && line.starts_with(SEPARATOR) {
            return Ok(message);
        }
        after_blank = line.trim_ascii().is_empty();
        // Lines that look like a separator were marked by whoever wrote the file.
        let marked = line.strip_prefix(b">").filter(|rest| rest.starts_with(SEPARATOR));
        message.too_long |= message.bytes.len() + line.len() > PAGE_BYTES_MAX;
        if !message.too_long {
            message.bytes.extend_from_slice(marked.unwrap_or(&line));
        }
    }
}
