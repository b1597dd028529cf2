//! Files, folders and archives to pages.
//!
//! This is one of the few crates that do I/O. It finds the files that the inputs name
//! ([`Input`]), unpacks them as they are read, tells by their content what they are, decodes them
//! to UTF-8 and hands them on page by page, so that of a long file of records only one is in memory
//! at a time. It understands nothing of what it reads; that is `newstemma-extract`. Which formats
//! there are, and what each gives, is written in `docs/formats.md`.
//!
//! A source flows through `open` (what is it?) to the reader of its format, an iterator of pages
//! and warnings. A new format is a file with such an iterator, a variant of `format::Format`, and
//! an arm in `open`.
//!
//! Nothing that can't be read stops it: every such thing becomes a [`Warning`] with its place.
//!
//! ```no_run
//! use newstemma_ingest::{Input, ReadOptions, pages};
//! let inputs = [Input::parse("звіти/"), Input::parse("-")];
//! for page in pages(&inputs, ReadOptions::default()) {
//!     match page {
//!         Ok(page) => println!("{}", page.reference),
//!         Err(warning) => eprintln!("{warning}"),
//!     }
//! }
//! ```
// This crate is there to read files.
#![allow(clippy::disallowed_methods)]
#![forbid(unsafe_code)]

use newstemma_model::{Page, Warned, Warning};
use std::io::Read;
use std::path::PathBuf;

mod fields;
mod pages;

mod find;
mod glob;

mod limit;
mod open;
mod stream;

mod encoding;
mod format;

mod in_turn;
mod json_lines;
mod json_objects;
mod record;
mod sha256;
mod split;
mod whole;

mod parquet;
mod table;

mod feed;
mod listing;

mod header;
mod mail;

mod tally;
mod wacz;
mod warc;

pub use fields::{FieldMap, FieldMapError};
pub use header::end_of_header;
pub use listing::{Listed, Listing, ListingKind, listing};
pub use pages::Pages;

/// Where pages come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, a folder (read through, in order of names) or a glob pattern.
    Path(PathBuf),
    /// Standard input.
    Stdin,
}

impl Input {
    /// An input as it stands on a command line: `-` is standard input.
    pub fn parse(argument: impl Into<PathBuf>) -> Input {
        let path = argument.into();
        if path.as_os_str() == "-" { Input::Stdin } else { Input::Path(path) }
    }
}

/// How to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// What the fields of JSON records are called.
    pub fields: FieldMap,
}

/// Reads the pages of the inputs one after the other, in their order.
///
/// A file that two inputs name is read once; the second time is a warning.
pub fn pages(inputs: &[Input], options: ReadOptions) -> Pages {
    Pages::new(inputs, options)
}

/// Reads the pages of one source that is open already: of whatever format, packed or not.
///
/// `name` is what the pages and warnings call it; a ZIP archive can't be read in this way.
///
/// ```
/// use newstemma_ingest::{ReadOptions, pages_of};
/// let lines = "{\"id\": \"а\", \"text\": \"Порт відкрито.\"}\n";
/// let pages = pages_of("response", Box::new(lines.as_bytes()), ReadOptions::default());
/// let pages: Vec<_> = pages.collect();
/// assert_eq!(pages[0].as_ref().unwrap().reference, "а");
/// ```
pub fn pages_of(name: &str, bytes: Box<dyn Read + Send>, options: ReadOptions) -> Pages {
    Pages::of(name, bytes, options)
}

/// Reads the pages of the records that were added to a web archive after its first `before` ones.
///
/// `name` is the archive's, so that these pages are called what reading the whole archive would call
/// them.
pub fn pages_of_records(name: &str, bytes: Box<dyn Read + Send>, before: usize) -> Pages {
    Pages::of_records(name, bytes, before)
}

/// The body of an HTTP answer that a web archive keeps, and the encoding that the server names for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerBody {
    /// The bytes, without chunks and without what `Content-Encoding` names.
    pub bytes: Vec<u8>,
    /// The `charset` of its `Content-Type`.
    pub charset: Option<String>,
}

/// The body of the answer that a record's block holds, as far as its codings can be taken off.
/// `None` if it holds no answer of HTTP, or one that unpacks to more than 32 MiB.
pub fn body_of_answer(block: Vec<u8>) -> Option<AnswerBody> {
    warc::body_of_answer(block)
}

/// Reads all pages of the inputs, in their order, into memory.
pub fn read(inputs: &[Input], options: ReadOptions) -> Warned<Vec<Page>> {
    let mut read: Vec<Page> = Vec::new();
    let mut warnings: Vec<Warning> = Vec::new();
    for page in pages(inputs, options) {
        match page {
            Ok(page) => read.push(page),
            Err(warning) => warnings.push(warning),
        }
    }
    Warned { value: read, warnings }
}
