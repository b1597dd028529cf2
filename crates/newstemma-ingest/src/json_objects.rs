//! JSON records in an array, or a single one.

use crate::fields::FieldMap;
use crate::record::read_record;
use crate::split::next_object;
use newstemma_model::{Page, Warning};
use std::collections::VecDeque;

/// The pages of a JSON text, which is in memory as a whole; its objects are parsed one by one.
pub(crate) struct JsonObjects {
    name: String,
    json: Vec<u8>,
    at: usize,
    line: usize,
    index: usize,
    fields: FieldMap,
    ready: VecDeque<Result<Page, Warning>>,
}

impl JsonObjects {
    pub(crate) fn new(name: &str, json: Vec<u8>, fields: FieldMap) -> JsonObjects {
        let name = name.to_owned();
        JsonObjects { name, json, at: 0, line: 1, index: 0, fields, ready: VecDeque::new() }
    }

    /// Reads one object; whether there was one.
    fn read_object(&mut self) -> bool {
        let Some(range) = next_object(&self.json, self.at) else {
            if self.index == 0 {
                self.ready.push_back(Err(Warning::new(&self.name, "no JSON object in it")));
                // Told once.
                self.index = 1;
                return true;
            }
            return false;
        };
        self.index += 1;
        let newlines = |from: usize, to: usize| memchr::memchr_iter(b'\n', &self.json[from..to]);
        let line = self.line + newlines(self.at, range.start).count();
        self.line = line + newlines(range.start, range.end).count();
        let place = format!("{}:{line}", self.name);
        // A single object is the file itself and needs no index.
        let alone = self.index == 1 && next_object(&self.json, range.end).is_none();
        let index = if alone { String::new() } else { format!("#{}", self.index) };
        let reference = format!("{}{index}", self.name);
        self.at = range.end;
        self.ready.extend(read_record(&self.json[range], &place, &reference, &self.fields));
        true
    }
}

impl Iterator for JsonObjects {
    type Item = Result<Page, Warning>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            if !self.read_object() {
                return None;
            }
        }
    }
}
