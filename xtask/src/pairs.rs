//! What the commands that write pairs of development sets for a fit have in common.

use anyhow::Result;
use clap::Args;
use newstemma_embed::Encoder;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Where from and where to.
#[derive(Args)]
pub(crate) struct Pairs {
    /// Where to write
    out: PathBuf,
    /// Folders of sets
    #[arg(required = true)]
    sets: Vec<PathBuf>,
}

impl Pairs {
    /// Writes what `write_set` makes of each set.
    pub(crate) fn write(
        &self,
        write_set: impl Fn(&mut BufWriter<File>, &Path, &Encoder) -> Result<()>,
    ) -> Result<()> {
        let encoder = Encoder::embedded()?;
        let mut out = BufWriter::new(File::create(&self.out)?);
        for folder in &self.sets {
            write_set(&mut out, folder, &encoder)?;
        }
        out.flush()?;
        Ok(())
    }
}
