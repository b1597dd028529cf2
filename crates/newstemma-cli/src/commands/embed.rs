//! `newstemma embed`: lines in, vectors out.

use super::{encoder, tell_of_fault};
use crate::failure::{Failure, Outcome};
use crate::output::{Console, Destination, Progress};
use clap::Args;
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Writes a vector for each line of a file: n × dim, f32, in NumPy's format.
///
/// Rows have unit length; a blank line has a row too, so that rows and lines keep step.
#[derive(Debug, Args)]
pub(crate) struct EmbedArgs {
    /// A text, one sentence a line; `-` is standard input
    #[arg(long, value_name = "FILE")]
    lines: PathBuf,
    /// Where to write the vectors; `-` is standard output
    #[arg(long, value_name = "OUT")]
    npy: PathBuf,
}

/// What is to be done.
#[derive(Debug)]
pub(crate) struct Embed {
    lines: PathBuf,
    destination: Destination,
}

impl EmbedArgs {
    /// Checks the arguments.
    pub(crate) fn resolve(self) -> Result<Embed, Failure> {
        Ok(Embed { lines: self.lines, destination: Destination::of(self.npy) })
    }
}

/// Does it.
pub(crate) fn run(
    request: Embed,
    threads: NonZeroUsize,
    console: &Console,
) -> Result<Outcome, Failure> {
    let bytes = if request.lines.as_os_str() == "-" {
        std::io::read_to_string(std::io::stdin()).map(String::into_bytes)
    } else {
        std::fs::read(&request.lines)
    };
    let bytes = bytes.map_err(|error| Failure::file(&request.lines, &error))?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let encoder = encoder()?;
    let progress = Progress::new(console);
    let vectors = newstemma_pipeline::encode_lines(text, &encoder, threads, &progress);
    progress.finish();
    tell_of_fault(&encoder, console);
    request.destination.write(|out| newstemma_store::npy::write(out, encoder.dim(), &vectors))?;
    Ok(Outcome::Done)
}
