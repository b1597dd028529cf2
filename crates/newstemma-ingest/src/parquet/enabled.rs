//! A Parquet file to records: one a row.

use super::column::{Cell, Column};
use crate::ReadOptions;
use crate::fields::{FieldMap, KNOWN};
use crate::in_turn::Found;
use crate::limit::UNPACKED_BYTES_MAX;
use crate::open::{Records, passed_over};
use crate::record::read_fields;
use crate::stream::{Stream, read_to_end};
use newstemma_model::{Page, Warning};
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, FileReader, SerializedFileReader};
use parquet::schema::types::SchemaDescriptor;
use serde_json::{Map, Value};
use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Rows that are in memory at once. Pages of the web have 200 kB on average, and few columns gain
/// by more.
const ROWS_AT_ONCE: usize = 16;

/// Opens the file at `path`, or what is in `stream` if it is no file as it is: the directory of the
/// columns stands at the end, so that a stream has to be read into memory.
pub(crate) fn open(
    path: Option<&Path>,
    stream: Stream,
    name: &str,
    options: &ReadOptions,
) -> io::Result<Records> {
    let file = match path {
        Some(path) => read_directory(File::open(path)?),
        None => match read_to_end(stream, UNPACKED_BYTES_MAX)? {
            Some(bytes) => read_directory(bytes::Bytes::from(bytes)),
            None => {
                let message = format!("more than {} MiB of Parquet", UNPACKED_BYTES_MAX >> 20);
                return Ok(passed_over(name, message));
            }
        },
    };
    let file = match file {
        Ok(file) => file,
        Err(error) => return Ok(passed_over(name, format!("damaged Parquet: {error}"))),
    };
    let columns = columns(file.metadata().file_metadata().schema_descr(), &options.fields);
    match columns {
        Ok(_) if file.num_row_groups() == 0 => Ok(passed_over(name, "a table without rows")),
        Ok(columns) => Ok(Box::new(Rows {
            name: name.to_owned(),
            fields: options.fields.clone(),
            file,
            columns,
            group: 0,
            open: None,
            row: 0,
            found: Found::new(),
        })),
        Err(message) => Ok(passed_over(name, message)),
    }
}

fn read_directory(file: impl ChunkReader + 'static) -> Result<Box<dyn FileReader>, ParquetError> {
    guarded(|| Ok(Box::new(SerializedFileReader::new(file)?) as Box<dyn FileReader>))
}

/// Calls the library, which takes some things that damaged files hold for faults of its own and
/// panics. What it was called on must not be used again after an error.
fn guarded<T>(call: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ParquetError> {
    let without_answer = || ParquetError::General("the file contradicts itself".to_owned());
    catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|_| Err(without_answer()))
}

/// A column that holds a field: which one it is among the leaves of the schema, and what it is
/// called in the records.
struct Wanted {
    leaf: usize,
    name: String,
}

/// The columns that hold fields.
fn columns(schema: &SchemaDescriptor, fields: &FieldMap) -> Result<Vec<Wanted>, String> {
    let mut wanted: Vec<Wanted> = Vec::new();
    for field in KNOWN {
        let name = fields.name_of(field);
        if let Some(leaf) = schema.columns().iter().position(|c| holds(&c.path().string(), name)) {
            wanted.push(Wanted { leaf, name: name.to_owned() });
        }
    }
    let (text, html) = (fields.name_of("text"), fields.name_of("html"));
    if wanted.iter().any(|w| w.name == text || w.name == html) {
        return Ok(wanted);
    }
    let mut names: Vec<String> = schema.columns().iter().map(|c| c.path().string()).collect();
    names.truncate(50);
    Err(format!("no column `{text}` or `{html}`; the columns are {}", names.join(", ")))
}

/// Whether the leaf at a path holds the field of a name: it has that name, or is the element of a
/// list that has (`authors.list.element`), or the name of such an element.
fn holds(path: &str, name: &str) -> bool {
    let Some((front, rest)) = path.split_at_checked(name.len()) else { return false };
    let behind = ["", ".list.element", ".list.item", ".bag.array_element", ".array"];
    let rest = rest.strip_suffix(".name").unwrap_or(rest);
    front.eq_ignore_ascii_case(name) && behind.contains(&rest)
}

/// The rows of a file.
struct Rows {
    name: String,
    fields: FieldMap,
    file: Box<dyn FileReader>,
    columns: Vec<Wanted>,
    /// The next group of rows that is to be opened.
    group: usize,
    open: Option<Group>,
    /// Rows that were passed.
    row: usize,
    found: Found,
}

/// A group of rows that is being read.
struct Group {
    columns: Vec<Column>,
    rows_left: usize,
}

impl Iterator for Rows {
    type Item = Result<Page, Warning>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.found.pop_front() {
                return Some(item);
            }
            if let Some(mut group) = self.open.take().filter(|g| g.rows_left > 0) {
                let rows = group.rows_left.min(ROWS_AT_ONCE);
                let columns = group.columns.iter_mut();
                match guarded(|| columns.map(|c| c.read(rows)).collect::<Result<Vec<_>, _>>()) {
                    Ok(cells) => {
                        self.records(rows, cells);
                        group.rows_left -= rows;
                        self.open = Some(group);
                    }
                    // Where one column is lost, nobody knows which of its rows come next.
                    Err(error) => self.give_up(group.rows_left, &error),
                }
            } else if self.group < self.file.num_row_groups() {
                self.open_group();
            } else {
                return None;
            }
        }
    }
}

impl Rows {
    fn open_group(&mut self) {
        let index = self.group;
        self.group += 1;
        let rows = self.file.metadata().row_group(index).num_rows();
        let rows = usize::try_from(rows).unwrap_or_default();
        let columns = guarded(|| {
            let group = self.file.get_row_group(index)?;
            let shape = |leaf| group.metadata().column(leaf).column_descr_ptr();
            let column =
                |w: &Wanted| Ok(Column::new(group.get_column_reader(w.leaf)?, shape(w.leaf)));
            self.columns.iter().map(column).collect()
        });
        match columns {
            Ok(columns) => self.open = Some(Group { columns, rows_left: rows }),
            Err(error) => self.give_up(rows, &error),
        }
    }

    /// Makes records of cells, which come column by column.
    fn records(&mut self, rows: usize, cells: Vec<Vec<Cell>>) {
        let mut records: Vec<Map<String, Value>> = vec![Map::new(); rows];
        for (column, cells) in self.columns.iter().zip(cells) {
            for (at, (record, cell)) in records.iter_mut().zip(cells).enumerate() {
                record.insert(column.name.clone(), cell.value);
                if let Some(note) = cell.note {
                    let place = format!("{}#{}", self.name, self.row.saturating_add(at + 1));
                    self.found.push_back(Err(note.about(place)));
                }
            }
        }
        for record in records {
            self.row = self.row.saturating_add(1);
            let place = format!("{}#{}", self.name, self.row);
            // A row has no bytes of its own in the file; these say the same in any file.
            let bytes = serde_json::to_vec(&record).unwrap_or_default();
            self.found.extend(read_fields(record, &bytes, &place, &place, &self.fields));
        }
    }

    fn give_up(&mut self, rows: usize, error: &ParquetError) {
        let (first, last) = (self.row.saturating_add(1), self.row.saturating_add(rows));
        let message = format!("damaged Parquet, rows {first} to {last} are lost: {error}");
        self.found.push_back(Err(Warning::new(&self.name, message)));
        self.row = last;
    }
}
