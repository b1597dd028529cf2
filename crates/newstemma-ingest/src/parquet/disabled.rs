//! What is said of a Parquet file by a program that can't read it.

use crate::ReadOptions;
use crate::open::{Records, passed_over};
use crate::stream::Stream;
use std::io;
use std::path::Path;

/// Passes the file over.
pub(crate) fn open(
    _path: Option<&Path>,
    _stream: Stream,
    name: &str,
    _options: &ReadOptions,
) -> io::Result<Records> {
    let message = "Parquet, which this program was built without: build it with `--features parquet`, \
                   or export the file to JSONL or CSV";
    Ok(passed_over(name, message))
}
