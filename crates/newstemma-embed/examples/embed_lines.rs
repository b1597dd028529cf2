//! Vectors of lines as the encoder gives them for one language, to fit and to measure with.
//!
//! `embed_lines LANGUAGE OUT [--others FILE] TEXT…`: the vectors of `TEXT`, one sentence a line, go to
//! the folder `OUT` as `TEXT.f32`, `n × 512`, without a header. `FILE` is an encoder file to be used
//! instead of the one for other languages inside the program.

// A program for the terminal.
#![allow(clippy::disallowed_methods)]

use newstemma_embed::{Encoder, EncoderConfig, OtherLanguages, Precision};
use newstemma_model::Language;
use std::io::Write;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1).peekable();
    let mut next =
        || arguments.next().ok_or("usage: embed_lines LANGUAGE OUT [--others FILE] TEXT…");
    let language = Language::parse(&next()?).ok_or("not a language tag")?;
    let out = PathBuf::from(next()?);
    let mut texts = vec![next()?];
    let mut others = OtherLanguages::BuiltIn;
    if texts[0] == "--others" {
        others = OtherLanguages::File(std::fs::read(next()?)?.leak());
        texts = vec![next()?];
    }
    texts.extend(arguments);
    let encoder = Encoder::with_config(EncoderConfig { precision: Precision::Steps, others })?;
    for text in &texts {
        embed(&encoder, language, Path::new(text), &out)?;
    }
    Ok(())
}

fn embed(
    encoder: &Encoder,
    language: Language,
    path: &Path,
    out: &Path,
) -> Result<(), Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string(path)?;
    let lines: Vec<(&str, Language)> = text.lines().map(|line| (line, language)).collect();
    let vectors = encoder.encode(&lines);
    if let Some(fault) = encoder.fault() {
        return Err(fault.clone().into());
    }
    let mut name = path.file_name().ok_or("not a file")?.to_owned();
    name.push(".f32");
    let mut out = std::io::BufWriter::new(std::fs::File::create(out.join(name))?);
    for value in vectors {
        out.write_all(&value.to_le_bytes())?;
    }
    Ok(())
}
