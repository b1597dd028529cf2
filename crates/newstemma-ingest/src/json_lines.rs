//! JSON records, one a line.

use crate::fields::FieldMap;
use crate::in_turn::{Found, Records};
use crate::record::read_record;
use newstemma_model::Warning;
use std::io::{self, BufRead, Read};

/// The lines of a file.
pub(crate) struct JsonLines {
    name: String,
    line_bytes_max: usize,
    fields: FieldMap,
    line: usize,
    records: usize,
    found: Found,
}

impl JsonLines {
    pub(crate) fn new(name: &str, line_bytes_max: usize, fields: FieldMap) -> JsonLines {
        JsonLines {
            name: name.to_owned(),
            line_bytes_max,
            fields,
            line: 0,
            records: 0,
            found: Found::new(),
        }
    }
}

impl Records for JsonLines {
    fn read_one(&mut self, input: &mut dyn BufRead) -> bool {
        self.line += 1;
        let place = format!("{}:{}", self.name, self.line);
        let mut bytes = Vec::new();
        match read_bounded(input, self.line_bytes_max, &mut bytes) {
            Ok(0) => {
                if self.records == 0 {
                    self.found.push_back(Err(Warning::new(&self.name, "no record in it")));
                }
                return false;
            }
            Ok(n) if n > self.line_bytes_max => {
                let mib = self.line_bytes_max >> 20;
                let message = format!("a line of more than {mib} MiB; the rest is passed over");
                self.found.push_back(Err(Warning::new(place, message)));
                return false;
            }
            Ok(_) => {}
            Err(error) => {
                let message = format!("can't be read from here on: {error}");
                self.found.push_back(Err(Warning::new(place, message)));
                return false;
            }
        }
        let record = bytes.trim_ascii();
        if !record.is_empty() {
            self.records += 1;
            let reference = format!("{}#{}", self.name, self.line);
            self.found.extend(read_record(record, &place, &reference, &self.fields));
        }
        true
    }

    fn found(&mut self) -> &mut Found {
        &mut self.found
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
