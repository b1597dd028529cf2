//! JSON records in an array, or a single one.

use crate::fields::FieldMap;
use crate::record::read_record;
use crate::split::{Object, next_object};
use newstemma_model::{Page, Warning};
use std::collections::VecDeque;
use std::io::BufRead;

/// The pages of a JSON text. One of its objects is in memory, and the second with the first.
pub(crate) struct JsonObjects {
    name: String,
    input: Option<Box<dyn BufRead + Send>>,
    object_bytes_max: usize,
    fields: FieldMap,
    /// An object that was read ahead.
    ahead: Option<Object>,
    line: usize,
    index: usize,
    ready: VecDeque<Result<Page, Warning>>,
}

impl JsonObjects {
    pub(crate) fn new(
        name: &str,
        input: Box<dyn BufRead + Send>,
        object_bytes_max: usize,
        fields: FieldMap,
    ) -> JsonObjects {
        JsonObjects {
            name: name.to_owned(),
            input: Some(input),
            object_bytes_max,
            fields,
            ahead: None,
            line: 1,
            index: 0,
            ready: VecDeque::new(),
        }
    }

    /// Reads one object; whether there was one.
    fn read_object(&mut self) -> bool {
        let Some(object) = self.ahead.take().or_else(|| self.next_object()) else {
            if self.index == 0 && self.input.is_some() {
                self.warn("no JSON object in it".to_owned());
                // Told once.
                self.input = None;
                return true;
            }
            return false;
        };
        self.index += 1;
        self.line += object.newlines_before;
        if self.index == 1 {
            self.ahead = self.next_object();
        }
        // A single object is the file itself and needs no index.
        let alone = self.index == 1 && self.ahead.is_none();
        let index = if alone { String::new() } else { format!("#{}", self.index) };
        let reference = format!("{}{index}", self.name);
        let place = format!("{}:{}", self.name, self.line);
        self.ready.extend(read_record(&object.bytes, &place, &reference, &self.fields));
        self.line += memchr::memchr_iter(b'\n', &object.bytes).count();
        true
    }

    fn next_object(&mut self) -> Option<Object> {
        let input = self.input.as_mut()?;
        match next_object(&mut **input, self.object_bytes_max) {
            Ok(object) => object,
            Err(error) => {
                self.input = None;
                self.warn(format!("can't be read from object {} on: {error}", self.index + 1));
                None
            }
        }
    }

    fn warn(&mut self, message: String) {
        self.ready.push_back(Err(Warning::new(&self.name, message)));
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
                // A warning may have come instead of an object.
                return self.ready.pop_front();
            }
        }
    }
}
