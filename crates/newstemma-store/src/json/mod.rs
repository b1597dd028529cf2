//! JSON lines: one record a line, `type` and `v` first.
//!
//! ```text
//! {"type":"report","v":1,"id":"r…","ref":"…",…}
//! {"type":"story","v":1,"id":"s…",…}
//! ```
//!
//! Every line is one JSON object in UTF-8 that ends with a line feed. Which types there are, and
//! what their fields say, stands in [`v1`] and, for machines, in [`SCHEMA_V1`]. A reader passes
//! over types and fields that it does not know: later versions of the program may add some. What
//! is there keeps its meaning as long as `v` keeps its number.

pub mod v1;
mod writer;

pub use writer::{Record, Writer};

/// The JSON Schema of the records of version 1: of one line.
pub const SCHEMA_V1: &str = include_str!("../../schema/records-v1.schema.json");
