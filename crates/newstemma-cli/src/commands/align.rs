//! `newstemma align`: two texts in, pairs of passages out.

use super::{encoder, tell_of_fault};
use crate::failure::{Failure, Outcome};
use crate::output::{Console, Destination, columns, json};
use clap::Args;
use newstemma_pipeline::{TextUnit, align_texts, text_document};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// Aligns the sentences of two texts, in one language or in two.
///
/// Spans in the records are bytes of the files.
#[derive(Debug, Args)]
pub(crate) struct AlignArgs {
    /// One text
    a: PathBuf,
    /// The other
    b: PathBuf,
    /// Take every line for a sentence, as it is
    #[arg(long)]
    lines: bool,
    /// Write records, one JSON object a line
    #[arg(long)]
    json: bool,
    /// Where to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// What is to be done.
#[derive(Debug)]
pub(crate) struct Align {
    paths: [PathBuf; 2],
    unit: TextUnit,
    format: Format,
    destination: Destination,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Columns,
    Json,
}

impl AlignArgs {
    /// Checks the arguments.
    pub(crate) fn resolve(self) -> Result<Align, Failure> {
        Ok(Align {
            paths: [self.a, self.b],
            unit: if self.lines { TextUnit::Line } else { TextUnit::Sentence },
            format: if self.json { Format::Json } else { Format::Columns },
            destination: self.output.map_or(Destination::Stdout, Destination::of),
        })
    }
}

/// Does it.
pub(crate) fn run(
    request: Align,
    threads: NonZeroUsize,
    console: &Console,
) -> Result<Outcome, Failure> {
    let encoder = encoder()?;
    let [path_a, path_b] = &request.paths;
    let document = |side: &str, path: &Path| {
        let text = read_text(path)?;
        // The side makes the references differ when a text is aligned with itself.
        let reference = format!("{side} {}", path.display());
        text_document(&reference, &text, request.unit, &encoder, threads)
            .ok_or_else(|| Failure::impossible(format!("{}: holds no text", path.display()), ""))
    };
    let documents = [document("a", path_a)?, document("b", path_b)?];
    tell_of_fault(&encoder, console);
    let alignments = align_texts(&documents);
    if alignments.is_empty() {
        console.note("no passage of one was found in the other");
    }
    let names = [path_a.to_string_lossy(), path_b.to_string_lossy()];
    let names = [names[0].as_ref(), names[1].as_ref()];
    request.destination.write(|out| match request.format {
        Format::Json => json::alignments(out, names, &alignments),
        Format::Columns => columns::write(out, names, &documents, &alignments),
    })?;
    Ok(Outcome::Done)
}

/// Reads a text without changing the place of any byte: each byte that is no UTF-8 becomes a
/// question mark.
fn read_text(path: &Path) -> Result<String, Failure> {
    let mut bytes = std::fs::read(path).map_err(|error| Failure::file(path, &error))?;
    loop {
        match String::from_utf8(bytes) {
            Ok(text) => return Ok(text),
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                bytes = error.into_bytes();
                bytes[good] = b'?';
            }
        }
    }
}
