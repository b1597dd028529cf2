//! Tables (CSV, TSV): one record a row, the fields named by the first row.
//!
//! A cell in quotes may hold separators and line breaks; a quote in it is doubled. One row is in
//! memory. A file is taken for a table if its first row names a field that holds the text; what
//! separates the cells (comma, semicolon, tab or bar) is whatever cuts that row so.

mod cells;

use crate::fields::{FieldMap, KNOWN};
use crate::in_turn::{Found, Records};
use crate::limit::PAGE_BYTES_MAX;
use crate::record::read_fields;
use cells::Cells;
use newstemma_model::Warning;
use serde_json::{Map, Value};
use std::io::{self, BufRead, Read};

const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// What separates the cells of a file that begins so, if its first row names a text.
pub(crate) fn separator(head: &[u8], fields: &FieldMap) -> Option<u8> {
    SEPARATORS.into_iter().find(|separator| {
        let names = first_row(head, *separator);
        let names_text = names.iter().any(|name| {
            ["text", "html"].iter().any(|field| name.eq_ignore_ascii_case(fields.name_of(field)))
        });
        names_text && names.len() > 1
    })
}

/// What separates the cells of a file that is called a table.
pub(crate) fn separator_by_count(head: &[u8]) -> u8 {
    let cells = |separator: &u8| first_row(head, *separator).len();
    // Of equal counts the last is the greatest: the comma, if nothing cuts.
    SEPARATORS.into_iter().rev().max_by_key(cells).unwrap_or(b',')
}

fn first_row(head: &[u8], separator: u8) -> Vec<String> {
    let mut cells = Cells::new(separator);
    for line in head.split_inclusive(|b| *b == b'\n') {
        if cells.push_line(line) {
            break;
        }
    }
    cells.take()
}

/// The rows of a file.
pub(crate) struct Table {
    name: String,
    cells: Cells,
    fields: FieldMap,
    /// What the columns are called.
    columns: Option<Vec<String>>,
    line: usize,
    row: usize,
    found: Found,
}

/// A row, as it stands in the file.
struct Row {
    bytes: Vec<u8>,
    line: usize,
}

impl Table {
    pub(crate) fn new(name: &str, separator: u8, fields: FieldMap) -> Table {
        Table {
            name: name.to_owned(),
            cells: Cells::new(separator),
            fields,
            columns: None,
            line: 0,
            row: 0,
            found: Found::new(),
        }
    }

    /// The bytes of the next row that is not blank.
    fn next_row(&mut self, input: &mut dyn BufRead) -> io::Result<Option<Row>> {
        let mut row = Row { bytes: Vec::new(), line: self.line + 1 };
        loop {
            let start = row.bytes.len();
            let room = PAGE_BYTES_MAX - start;
            let n = input.take(room as u64 + 1).read_until(b'\n', &mut row.bytes)?;
            if n > room {
                let message = format!("a row of more than {} MiB", PAGE_BYTES_MAX >> 20);
                return Err(io::Error::other(message));
            }
            if n == 0 && start == 0 {
                return Ok(None);
            }
            if n == 0 {
                return Err(io::Error::other("a quote is not closed"));
            }
            self.line += 1;
            let blank = start == 0 && row.bytes.trim_ascii().is_empty();
            if blank {
                row = Row { bytes: Vec::new(), line: self.line + 1 };
            } else if self.cells.push_line(&row.bytes[start..]) {
                return Ok(Some(row));
            }
        }
    }

    /// Takes the names of the columns; whether one of them is that of a text.
    fn begin(&mut self, mut names: Vec<String>) -> bool {
        for name in &mut names {
            let known = KNOWN.iter().map(|field| self.fields.name_of(field));
            if let Some(known) = known.into_iter().find(|k| k.eq_ignore_ascii_case(name.trim())) {
                *name = known.to_owned();
            }
        }
        let (text, html) = (self.fields.name_of("text"), self.fields.name_of("html"));
        let named = names.iter().any(|name| name == text || name == html);
        if !named {
            let message =
                format!("no column `{text}` or `{html}`; the columns are {}", names.join(", "));
            self.warn(1, message);
        }
        self.columns = Some(names);
        named
    }

    fn record(&mut self, columns: &[String], cells: Vec<String>, row: &Row) {
        self.row += 1;
        if cells.len() > columns.len() {
            let message = format!("{} cells in {} columns", cells.len(), columns.len());
            return self.warn(row.line, message);
        }
        if std::str::from_utf8(&row.bytes).is_err() {
            self.warn(row.line, "invalid UTF-8 was replaced".to_owned());
        }
        let filled = |cell: String| if cell.is_empty() { Value::Null } else { Value::String(cell) };
        let record: Map<String, Value> =
            columns.iter().cloned().zip(cells.into_iter().map(filled)).collect();
        let (place, reference) =
            (format!("{}:{}", self.name, row.line), format!("{}#{}", self.name, self.row));
        self.found.extend(read_fields(record, &row.bytes, &place, &reference, &self.fields));
    }

    fn warn(&mut self, line: usize, message: String) {
        self.found.push_back(Err(Warning::new(format!("{}:{line}", self.name), message)));
    }
}

impl Records for Table {
    fn read_one(&mut self, input: &mut dyn BufRead) -> bool {
        let first = self.line + 1;
        let row = match self.next_row(input) {
            Ok(Some(row)) => row,
            Ok(None) => {
                if self.row == 0 {
                    self.warn(first, "a table without rows".to_owned());
                }
                return false;
            }
            Err(error) => {
                let message = format!("can't be read from here on: {error}");
                self.warn(first, message);
                return false;
            }
        };
        let cells = self.cells.take();
        match self.columns.take() {
            None => return self.begin(cells),
            Some(columns) => {
                self.record(&columns, cells, &row);
                self.columns = Some(columns);
            }
        }
        true
    }

    fn found(&mut self) -> &mut Found {
        &mut self.found
    }
}
