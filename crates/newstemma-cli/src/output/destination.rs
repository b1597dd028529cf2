//! Where results go.

use crate::failure::Failure;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

/// Where a result is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// Standard output.
    Stdout,
    /// A file, which is replaced if it is there.
    File(PathBuf),
}

impl Destination {
    /// The destination that a path names: `-` is standard output.
    pub(crate) fn of(path: PathBuf) -> Destination {
        if path.as_os_str() == "-" { Destination::Stdout } else { Destination::File(path) }
    }

    /// A file of this name in the destination taken for a folder, which is made if it is not there.
    /// Standard output stays what it is.
    pub(crate) fn inside(&self, name: &str) -> Result<Destination, Failure> {
        let Destination::File(folder) = self else { return Ok(Destination::Stdout) };
        fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
        Ok(Destination::File(folder.join(name)))
    }

    /// Opens it, lets `content` write, and flushes.
    pub(crate) fn write(
        &self,
        content: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        match self {
            Destination::Stdout => {
                let mut stream = BufWriter::new(io::stdout().lock());
                content(&mut stream)?;
                Ok(stream.flush()?)
            }
            Destination::File(path) => File::create(path)
                .and_then(|file| {
                    let mut stream = BufWriter::new(file);
                    content(&mut stream)?;
                    stream.flush()
                })
                .map_err(|error| Failure::file(path, &error)),
        }
    }
}
