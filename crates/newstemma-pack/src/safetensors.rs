//! The folder in which the model is published: `model.safetensors` with its weights,
//! `tokenizer.json` and `config.json`.
//!
//! A file of tensors begins with the length of a header (eight bytes, little-endian) and the header,
//! a JSON object of names: type, shape, and where the values lie behind it. Weights in single or half
//! precision become steps of four bits, as they are in the wheel.

use crate::PackError;
use crate::half::{half_to_single, rounded_half};
use crate::nibbles;
use crate::source::{DIM, INNER_DIM, LAYERS, Model, PLACES, Source};
use crate::tokenizer;
use serde_json::Value;
use std::borrow::Cow;
use std::path::Path;

const TENSORS: &str = "model.safetensors";
/// Of `config.json`: what the encoder is made for.
const DIMENSIONS: [(&str, usize); 4] = [
    ("hidden_size", DIM),
    ("num_hidden_layers", LAYERS),
    ("intermediate_size", INNER_DIM),
    ("max_position_embeddings", PLACES),
];
/// Names outside the layers, and in them behind `encoder.layer.N.`: here, and without `weight` or
/// `bias` there.
const NAMES: [(&str, &str); 12] = [
    ("emb.word", "embeddings.word_embeddings.weight"),
    ("emb.pos", "embeddings.position_embeddings.weight"),
    ("emb.type", "embeddings.token_type_embeddings.weight"),
    ("emb.ln", "embeddings.LayerNorm"),
    ("q", "attention.self.query"),
    ("k", "attention.self.key"),
    ("v", "attention.self.value"),
    ("ao", "attention.output.dense"),
    ("aln", "attention.output.LayerNorm"),
    ("fi", "intermediate.dense"),
    ("fo", "output.dense"),
    ("oln", "output.LayerNorm"),
];

/// The folder, its tensors still as they are.
#[derive(Debug)]
pub(crate) struct Safetensors {
    model: Model,
    header: Value,
    /// What lies behind the header.
    values: Vec<u8>,
}

impl Safetensors {
    /// Reads the folder's files.
    pub(crate) fn open(folder: &Path) -> Result<Safetensors, PackError> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|error| PackError::unreadable(&path, &error))
        };
        let epsilon = config(&read("config.json")?)?;
        let (pieces, special) = tokenizer::parse(&read("tokenizer.json")?)?;
        let mut values = read(TENSORS)?;
        let header = header(&mut values)?;
        Ok(Safetensors { model: Model { epsilon, pieces, special }, header, values })
    }

    /// The first so many values of a tensor.
    fn tensor(&self, name: &str, count: usize) -> Result<Vec<f32>, PackError> {
        let published = published_name(name);
        let fault = |what: &str| PackError::Damaged(format!("{TENSORS}: {published} {what}"));
        let entry = self.header.get(&published).ok_or_else(|| fault("is missing"))?;
        let kind = entry["dtype"].as_str().unwrap_or_default();
        let width = if kind == "F32" { 4 } else { 2 };
        let place = |index: usize| usize::try_from(entry["data_offsets"][index].as_u64()?).ok();
        let bytes = place(0).zip(place(1)).and_then(|(start, end)| self.values.get(start..end));
        let bytes = bytes.ok_or_else(|| fault("reaches past the end"))?;
        let bytes = bytes.get(..count * width).ok_or_else(|| fault("has too few values"))?;
        let halves = || bytes.as_chunks().0.iter().map(|half| u16::from_le_bytes(*half));
        match kind {
            "F32" => Ok(bytes.as_chunks().0.iter().map(|word| f32::from_le_bytes(*word)).collect()),
            "F16" => Ok(halves().map(half_to_single).collect()),
            // The upper half of a number of single precision.
            "BF16" => Ok(halves().map(|half| f32::from_bits(u32::from(half) << 16)).collect()),
            _ => Err(fault("is of a type that is not known")),
        }
    }
}

impl Source for Safetensors {
    fn model(&self) -> &Model {
        &self.model
    }

    fn blocks(&self, name: &str, rows: usize, width: usize) -> Result<Cow<'_, [u8]>, PackError> {
        let mut blocks = Vec::new();
        nibbles::push(&self.tensor(name, rows * width)?, &mut blocks);
        Ok(blocks.into())
    }

    fn halves(&self, name: &str, count: usize) -> Result<Vec<u8>, PackError> {
        let values = self.tensor(name, count)?;
        Ok(values.into_iter().flat_map(|value| rounded_half(value).to_le_bytes()).collect())
    }
}

/// What is added to variances, of a model of the right shape.
fn config(bytes: &[u8]) -> Result<f32, PackError> {
    let fault = |what: String| PackError::Damaged(format!("config.json: {what}"));
    let config: Value = serde_json::from_slice(bytes).map_err(|error| fault(error.to_string()))?;
    for (name, expected) in DIMENSIONS {
        let found = &config[name];
        if found.as_u64() != Some(expected as u64) {
            return Err(PackError::OtherModel(format!("{name} is {found}, expected {expected}")));
        }
    }
    let epsilon = config["layer_norm_eps"].as_f64();
    Ok(epsilon.ok_or_else(|| fault("no layer_norm_eps".into()))? as f32)
}

/// Takes the header off the file.
fn header(file: &mut Vec<u8>) -> Result<Value, PackError> {
    let fault = |what: &str| PackError::Damaged(format!("{TENSORS}: {what}"));
    let (length, rest) = file.split_first_chunk().ok_or_else(|| fault("is cut off"))?;
    let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX);
    let header = rest.get(..length).ok_or_else(|| fault("the header is cut off"))?;
    let header = serde_json::from_slice(header).map_err(|error| fault(&error.to_string()))?;
    file.drain(..length + size_of::<u64>());
    Ok(header)
}

/// What a tensor is called in the folder: `l3.q.w` is `encoder.layer.3.attention.self.query.weight`.
fn published_name(name: &str) -> String {
    let (stem, suffix) = match name {
        _ if name.ends_with(".w") => (&name[..name.len() - 2], ".weight"),
        _ if name.ends_with(".b") => (&name[..name.len() - 2], ".bias"),
        _ => (name, ""),
    };
    let (layer, part) = match stem.strip_prefix('l').and_then(|rest| rest.split_once('.')) {
        Some((layer, part)) => (format!("encoder.layer.{layer}."), part),
        None => (String::new(), stem),
    };
    let listed = NAMES.iter().find(|(own, _)| *own == part);
    format!("{layer}{}{suffix}", listed.map_or(part, |(_, theirs)| theirs))
}

#[cfg(test)]
mod tests {
    use super::published_name;

    #[test]
    fn tensors_have_their_published_names() {
        for (own, theirs) in [
            ("emb.word", "embeddings.word_embeddings.weight"),
            ("emb.ln.b", "embeddings.LayerNorm.bias"),
            ("l3.q.w", "encoder.layer.3.attention.self.query.weight"),
            ("l11.ao.b", "encoder.layer.11.attention.output.dense.bias"),
            ("l0.oln.w", "encoder.layer.0.output.LayerNorm.weight"),
        ] {
            assert_eq!(published_name(own), theirs);
        }
    }
}
