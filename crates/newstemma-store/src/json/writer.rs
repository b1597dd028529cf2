//! The writer of JSON lines.

use serde::Serialize;
use std::io::{self, Write};

/// A record: one line of output.
pub trait Record: Serialize {
    /// The value of its field `type`.
    const TYPE: &'static str;
    /// The value of its field `v`: the version of the format it is written in.
    const VERSION: u32;
}

/// Writes records to a stream, one a line.
///
/// The writer neither opens nor buffers: give it a buffered stream and flush it at the end.
#[derive(Debug)]
pub struct Writer<W> {
    stream: W,
}

impl<W: Write> Writer<W> {
    /// A writer to this stream.
    pub fn new(stream: W) -> Self {
        Self { stream }
    }

    /// Writes one record and the line feed after it.
    ///
    /// # Errors
    /// If the stream can't be written to. A reader that went away is
    /// [`io::ErrorKind::BrokenPipe`], which callers mostly take for a quiet end.
    pub fn write<R: Record>(&mut self, record: &R) -> io::Result<()> {
        let envelope = Envelope { kind: R::TYPE, v: R::VERSION, record };
        serde_json::to_writer(&mut self.stream, &envelope).map_err(io::Error::from)?;
        self.stream.write_all(b"\n")
    }

    /// Writes what is buffered below.
    ///
    /// # Errors
    /// As [`Writer::write`].
    pub fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }

    /// The stream.
    pub fn into_inner(self) -> W {
        self.stream
    }
}

#[derive(Serialize)]
struct Envelope<'a, R: Record> {
    #[serde(rename = "type")]
    kind: &'static str,
    v: u32,
    #[serde(flatten)]
    record: &'a R,
}

#[cfg(test)]
mod tests {
    use super::Writer;
    use crate::json::v1::Warning;

    #[test]
    fn type_and_version_stand_first_and_every_record_on_its_own_line() {
        let mut writer = Writer::new(Vec::new());
        let warning = newstemma_model::Warning::new("надворі.txt", "two\nlines");
        writer.write(&Warning::new(&warning)).unwrap();
        writer.write(&Warning::new(&warning)).unwrap();
        let line = r#"{"type":"warning","v":1,"severity":"warning","ref":"надворі.txt","message":"two\nlines"}"#;
        let written = String::from_utf8(writer.into_inner()).unwrap();
        assert_eq!(written, format!("{line}\n{line}\n"));
    }
}
