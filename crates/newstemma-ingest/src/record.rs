//! One record to a page: a JSON object, or the row of a table.

use crate::fields::FieldMap;
use crate::limit::TEXT_BYTES_MAX;
use crate::sha256::sha256;
use newstemma_model::{Content, Given, Page, Warning};
use serde_json::{Map, Value};

/// Reads the record in `bytes`. `place` is where it stands, for warnings; `reference` is what it
/// is called if it has no `id`. Fields of the wrong kind are left out with a warning.
pub(crate) fn read_record(
    bytes: &[u8],
    place: &str,
    reference: &str,
    fields: &FieldMap,
) -> Vec<Result<Page, Warning>> {
    match object(bytes) {
        Ok(record) => read_fields(record, bytes, place, reference, fields),
        Err(message) => vec![Err(Warning::new(place, message))],
    }
}

/// Reads the fields of a record that was written as `bytes`, in whatever format.
pub(crate) fn read_fields(
    mut record: Map<String, Value>,
    bytes: &[u8],
    place: &str,
    reference: &str,
    fields: &FieldMap,
) -> Vec<Result<Page, Warning>> {
    let mut reading = Reading { place, fields, warnings: Vec::new() };
    let page = reading.page(&mut record, reference, sha256(bytes));
    let mut read: Vec<_> = reading.warnings.into_iter().map(Err).collect();
    read.push(page.map_err(|message| Warning::new(place, message)));
    read
}

fn object(bytes: &[u8]) -> Result<Map<String, Value>, String> {
    let text = std::str::from_utf8(bytes).map_err(|e| {
        format!("invalid UTF-8 at byte {} of the record; JSON is UTF-8", e.valid_up_to() + 1)
    })?;
    match serde_json::from_str(text).map_err(|e| format!("not JSON: {}", plain(&e)))? {
        Value::Object(record) => Ok(record),
        other => Err(format!("{} instead of an object", kind(&other))),
    }
}

struct Reading<'a> {
    place: &'a str,
    fields: &'a FieldMap,
    warnings: Vec<Warning>,
}

impl Reading<'_> {
    fn page(
        &mut self,
        record: &mut Map<String, Value>,
        reference: &str,
        sha256: [u8; 32],
    ) -> Result<Page, String> {
        let content = self.content(record)?;
        Ok(Page {
            reference: self.id(record).unwrap_or_else(|| reference.to_owned()),
            content,
            given: Given {
                url: self.string(record, "url"),
                title: self.string(record, "title"),
                outlet: self.string(record, "outlet"),
                lang: self.string(record, "lang"),
                published: self.published(record),
                authors: self.authors(record),
                is_summary: false,
            },
            sha256,
        })
    }

    fn content(&mut self, record: &mut Map<String, Value>) -> Result<Content, String> {
        let mut found_empty = None;
        for (field, wrap) in
            [("text", Content::Text as fn(String) -> Content), ("html", Content::Html)]
        {
            let name = self.fields.name_of(field);
            match self.fields.take(record, field) {
                Some(Value::String(s)) if s.trim().is_empty() => found_empty = Some(name),
                Some(Value::String(s)) if s.len() > TEXT_BYTES_MAX => {
                    return Err(format!("`{name}` has {} bytes, more than 4 GiB", s.len()));
                }
                Some(Value::String(s)) => return Ok(wrap(s)),
                Some(other) => return Err(format!("`{name}` is {}, not a string", kind(&other))),
                None => {}
            }
        }
        Err(match found_empty {
            Some(name) => format!("`{name}` is empty"),
            None => {
                let (text, html) = (self.fields.name_of("text"), self.fields.name_of("html"));
                format!("neither `{text}` nor `{html}`")
            }
        })
    }

    fn id(&mut self, record: &mut Map<String, Value>) -> Option<String> {
        match self.fields.take(record, "id")? {
            Value::Number(number) => Some(number.to_string()),
            value => self.checked_string(value, "id"),
        }
    }

    fn string(&mut self, record: &mut Map<String, Value>, field: &str) -> Option<String> {
        let value = self.fields.take(record, field)?;
        self.checked_string(value, field)
    }

    /// A time may be a number, which by custom counts seconds since 1970.
    fn published(&mut self, record: &mut Map<String, Value>) -> Option<String> {
        match self.fields.take(record, "published")? {
            Value::Number(number) => Some(number.to_string()),
            value => self.checked_string(value, "published"),
        }
    }

    fn checked_string(&mut self, value: Value, field: &str) -> Option<String> {
        match value {
            Value::String(s) => Some(s.trim().to_owned()).filter(|s| !s.is_empty()),
            other => {
                self.leave_out(field, &other);
                None
            }
        }
    }

    /// Authors come as a string, a list of strings, or a list of objects with a `name`.
    fn authors(&mut self, record: &mut Map<String, Value>) -> Vec<String> {
        let listed = match self.fields.take(record, "authors") {
            None => return Vec::new(),
            Some(Value::Array(values)) => values,
            Some(value) => vec![value],
        };
        let mut authors = Vec::new();
        for mut value in listed {
            if let Some(name) = value.get_mut("name") {
                value = name.take();
            }
            if !value.is_null() {
                authors.extend(self.checked_string(value, "authors"));
            }
        }
        authors
    }

    fn leave_out(&mut self, field: &str, value: &Value) {
        let name = self.fields.name_of(field);
        let message = format!("`{name}` is {}, not a string; left out", kind(value));
        self.warnings.push(Warning::new(self.place, message));
    }
}

/// The parser's message without "at line 1": the place is already in the warning.
fn plain(error: &serde_json::Error) -> String {
    let message = error.to_string();
    match message.rsplit_once(" at line ") {
        Some((front, _)) => format!("{front} (column {})", error.column()),
        None => message,
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
