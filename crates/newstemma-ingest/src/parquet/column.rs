//! One column of a group of rows, read some rows at a time.
//!
//! Parquet stores of a column its values, and for each place in it two levels (Melnik et al., "Dremel",
//! VLDB 2010): the *definition* level says whether there is a value or something around it is missing,
//! the *repetition* level whether the place begins a row (0) or goes on with a list.

use crate::encoding::{Declared, Note, declared_in_markup, decode};
use newstemma_model::{Day, Published, TimeOfDay};
use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{DataType, Int96};
use parquet::errors::{ParquetError, Result};
use parquet::schema::types::ColumnDescPtr;
use serde_json::Value;

/// What one row has in a column.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) value: Value,
    /// What a reader should know about it.
    pub(super) note: Option<Note>,
}

impl From<Value> for Cell {
    fn from(value: Value) -> Cell {
        Cell { value, note: None }
    }
}

/// A column of a group of rows, as far as it was not read.
pub(super) struct Column {
    reader: ColumnReader,
    shape: ColumnDescPtr,
}

impl Column {
    pub(super) fn new(reader: ColumnReader, shape: ColumnDescPtr) -> Column {
        Column { reader, shape }
    }

    /// The cells of the next `rows` rows. An error if there are less.
    pub(super) fn read(&mut self, rows: usize) -> Result<Vec<Cell>> {
        use ColumnReader as C;
        let shape = &self.shape;
        match &mut self.reader {
            C::BoolColumnReader(r) => read(r, shape, rows, |b| Value::Bool(b).into()),
            C::Int32ColumnReader(r) => {
                read(r, shape, rows, |n| whole_number(shape, i64::from(n)).into())
            }
            C::Int64ColumnReader(r) => read(r, shape, rows, |n| whole_number(shape, n).into()),
            C::Int96ColumnReader(r) => read(r, shape, rows, |t| old_time(&t).into()),
            C::FloatColumnReader(r) => read(r, shape, rows, |n| Value::from(n).into()),
            C::DoubleColumnReader(r) => read(r, shape, rows, |n| Value::from(n).into()),
            C::ByteArrayColumnReader(r) => read(r, shape, rows, |bytes| text(bytes.data())),
            C::FixedLenByteArrayColumnReader(r) => read(r, shape, rows, |bytes| text(bytes.data())),
        }
    }
}

fn read<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    shape: &ColumnDescPtr,
    rows: usize,
    cell: impl Fn(T::T) -> Cell,
) -> Result<Vec<Cell>> {
    let (mut definition, mut repetition, mut values) = (Vec::new(), Vec::new(), Vec::new());
    let mut read = 0;
    while read < rows {
        let (more, _, _) = reader.read_records(
            rows - read,
            Some(&mut definition),
            Some(&mut repetition),
            &mut values,
        )?;
        if more == 0 {
            return Err(ParquetError::EOF("a column is shorter than the table".to_owned()));
        }
        read += more;
    }
    let mut values = values.into_iter().map(cell);
    // A column where nothing can be missing has no definition levels.
    let always = shape.max_def_level() == 0;
    let has_value = |at: usize| always || definition.get(at) == Some(&shape.max_def_level());
    if shape.max_rep_level() == 0 {
        let cell =
            |at| if has_value(at) { values.next().unwrap_or_default() } else { Cell::default() };
        return Ok((0..rows).map(cell).collect());
    }
    let mut lists: Vec<(Vec<Value>, Option<Note>)> = Vec::with_capacity(rows);
    for (at, level) in repetition.iter().enumerate() {
        if *level == 0 {
            lists.push(Default::default());
        }
        if has_value(at)
            && let (Some((list, note)), Some(cell)) = (lists.last_mut(), values.next())
        {
            list.push(cell.value);
            *note = note.take().or(cell.note);
        }
    }
    Ok(lists.into_iter().map(|(list, note)| Cell { value: Value::Array(list), note }).collect())
}

/// Strings, and bytes that hold a text: pages are often stored as they came.
fn text(bytes: &[u8]) -> Cell {
    let markup = declared_in_markup(bytes);
    let decoded = decode(bytes.to_vec(), Declared { transport: None, markup });
    Cell { value: Value::String(decoded.text), note: decoded.note }
}

/// A number, or the day or time that it stands for.
fn whole_number(shape: &ColumnDescPtr, number: i64) -> Value {
    const SECOND_MILLIS: i64 = 1_000;
    const SECOND_MICROS: i64 = 1_000_000;
    const SECOND_NANOS: i64 = 1_000_000_000;
    let zone = Some(0);
    let (a_second, zone) = match (shape.logical_type_ref(), shape.converted_type()) {
        (Some(LogicalType::Timestamp(kind)), _) => {
            let a_second = match kind.unit {
                TimeUnit::MILLIS => SECOND_MILLIS,
                TimeUnit::MICROS => SECOND_MICROS,
                TimeUnit::NANOS => SECOND_NANOS,
            };
            (a_second, zone.filter(|_| kind.is_adjusted_to_u_t_c))
        }
        (Some(LogicalType::Date), _) | (_, ConvertedType::DATE) => {
            return day(number).map_or(Value::Null, |day| Value::String(day.to_string()));
        }
        (_, ConvertedType::TIMESTAMP_MILLIS) => (SECOND_MILLIS, zone),
        (_, ConvertedType::TIMESTAMP_MICROS) => (SECOND_MICROS, zone),
        _ => return Value::from(number),
    };
    time(number.div_euclid(a_second), zone)
}

/// Times of twelve bytes, which older programs write.
fn old_time(written: &Int96) -> Value {
    time(written.to_millis().div_euclid(1_000), None)
}

/// So many seconds since 1970.
fn time(seconds: i64, offset_minutes: Option<i16>) -> Value {
    const DAY_SECONDS: i64 = 86_400;
    let second = seconds.rem_euclid(DAY_SECONDS) as u32;
    let time = Some(TimeOfDay { second, offset_minutes });
    match day(seconds.div_euclid(DAY_SECONDS)) {
        Some(day) => Value::String(Published { day, time }.to_string()),
        None => Value::Null,
    }
}

/// So many days after the first of 1970, if that has a year of four digits.
fn day(number: i64) -> Option<Day> {
    let (first, last) = (Day::from_ymd(1, 1, 1)?, Day::from_ymd(9999, 12, 31)?);
    let epoch = Day::from_ymd(1970, 1, 1)?;
    let range = i64::from(first.since(epoch))..=i64::from(last.since(epoch));
    range.contains(&number).then(|| epoch.plus(number as i32))
}
