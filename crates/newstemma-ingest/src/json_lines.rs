//! JSON records, one a line.

use crate::fields::FieldMap;
use crate::record::read_record;
use newstemma_model::{Page, Warning};
use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

/// The pages of a file of JSON lines. One line is in memory.
pub(crate) struct JsonLines {
    name: String,
    input: Option<Box<dyn BufRead + Send>>,
    line_bytes_max: usize,
    fields: FieldMap,
    line: usize,
    records: usize,
    ready: VecDeque<Result<Page, Warning>>,
}

impl JsonLines {
    pub(crate) fn new(
        name: &str,
        input: Box<dyn BufRead + Send>,
        line_bytes_max: usize,
        fields: FieldMap,
    ) -> JsonLines {
        let (name, input) = (name.to_owned(), Some(input));
        JsonLines {
            name,
            input,
            line_bytes_max,
            fields,
            line: 0,
            records: 0,
            ready: VecDeque::new(),
        }
    }

    /// Reads one line; whether there was one.
    fn read_line(&mut self, input: &mut dyn BufRead) -> bool {
        self.line += 1;
        let place = format!("{}:{}", self.name, self.line);
        let mut bytes = Vec::new();
        match read_bounded(input, self.line_bytes_max, &mut bytes) {
            Ok(0) => {
                if self.records == 0 {
                    self.ready.push_back(Err(Warning::new(&self.name, "no record in it")));
                }
                return false;
            }
            Ok(n) if n > self.line_bytes_max => {
                let mib = self.line_bytes_max >> 20;
                let message = format!("a line of more than {mib} MiB; the rest is passed over");
                self.ready.push_back(Err(Warning::new(place, message)));
                return false;
            }
            Ok(_) => {}
            Err(error) => {
                let message = format!("can't be read from here on: {error}");
                self.ready.push_back(Err(Warning::new(place, message)));
                return false;
            }
        }
        let record = bytes.trim_ascii();
        if !record.is_empty() {
            self.records += 1;
            let reference = format!("{}#{}", self.name, self.line);
            self.ready.extend(read_record(record, &place, &reference, &self.fields));
        }
        true
    }
}

impl Iterator for JsonLines {
    type Item = Result<Page, Warning>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            let mut input = self.input.take()?;
            if self.read_line(&mut *input) {
                self.input = Some(input);
            }
        }
    }
}

/// Reads a line, but not further than one byte past `bytes_max`.
fn read_bounded(
    input: &mut dyn BufRead,
    bytes_max: usize,
    line: &mut Vec<u8>,
) -> io::Result<usize> {
    input.take(bytes_max as u64 + 1).read_until(b'\n', line)
}
