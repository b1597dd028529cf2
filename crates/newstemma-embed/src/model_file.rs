//! The encoder file: named sections behind a checksum. `docs/formats.md` gives the layout.

use crate::EmbedError;
use crate::half::half_to_single;

const MAGIC: &[u8; 8] = b"NSENCODR";
const VERSION: u32 = 1;
const HEADER_BYTES: usize = 32;
const ENTRY_BYTES: usize = 32;
const NAME_BYTES: usize = 16;

/// A checked file, still as it lies in memory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ModelFile {
    bytes: &'static [u8],
    sections: usize,
}

/// A matrix as whole steps of one scale, row-major.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Matrix {
    columns: usize,
    /// The value of one step.
    pub(crate) scale: f32,
    steps: &'static [u8],
}

impl ModelFile {
    /// Checks the header and the checksum of everything behind it.
    pub(crate) fn open(bytes: &'static [u8]) -> Result<ModelFile, EmbedError> {
        if bytes.len() < HEADER_BYTES || !bytes.starts_with(MAGIC) {
            return Err(EmbedError::NotAnEncoder);
        }
        let version = u32_at(bytes, 8)?;
        if version != VERSION {
            return Err(EmbedError::Version { found: version, known: VERSION });
        }
        let expected = u32_at(bytes, 24)?;
        let found = crc32fast::hash(&bytes[HEADER_BYTES..]);
        if found != expected {
            return Err(EmbedError::Checksum { found, expected });
        }
        let sections = u32_at(bytes, 12)? as usize;
        Ok(ModelFile { bytes, sections })
    }

    /// The bytes of a section.
    pub(crate) fn section(&self, name: &'static str) -> Result<&'static [u8], EmbedError> {
        let mut padded = [0; NAME_BYTES];
        padded[..name.len()].copy_from_slice(name.as_bytes());
        let missing = EmbedError::Damaged(name);
        for index in 0..self.sections {
            let start = HEADER_BYTES + index * ENTRY_BYTES;
            let Some(entry) = self.bytes.get(start..start + ENTRY_BYTES) else { break };
            if entry[..NAME_BYTES] == padded {
                let (offset, length) = (u64_at(entry, 16)?, u64_at(entry, 24)?);
                return offset
                    .checked_add(length)
                    .and_then(|end| self.bytes.get(offset..end))
                    .ok_or(missing);
            }
        }
        Err(missing)
    }

    /// A section of `f32`, `length` of them, all finite.
    pub(crate) fn floats(&self, name: &'static str, length: usize) -> Result<Vec<f32>, EmbedError> {
        let (words, rest) = self.section(name)?.as_chunks::<4>();
        if words.len() != length || !rest.is_empty() {
            return Err(EmbedError::Damaged(name));
        }
        let floats: Vec<f32> = words.iter().map(|word| f32::from_le_bytes(*word)).collect();
        // One that is no number would make all vectors such.
        let sound = floats.iter().all(|value| value.is_finite());
        sound.then_some(floats).ok_or(EmbedError::Damaged(name))
    }

    /// A section of numbers of half precision, `length` of them.
    pub(crate) fn halves(&self, name: &'static str, length: usize) -> Result<Vec<f32>, EmbedError> {
        let (halves, rest) = self.section(name)?.as_chunks::<2>();
        if halves.len() != length || !rest.is_empty() {
            return Err(EmbedError::Damaged(name));
        }
        Ok(halves.iter().map(|half| half_to_single(*half)).collect())
    }

    /// A section that is a matrix of this shape.
    pub(crate) fn matrix(
        &self,
        name: &'static str,
        rows: usize,
        columns: usize,
    ) -> Result<Matrix, EmbedError> {
        let bytes = self.section(name)?;
        let damaged = || EmbedError::Damaged(name);
        let steps = bytes.get(12..).ok_or_else(damaged)?;
        let shape = (u32_at(bytes, 0)? as usize, u32_at(bytes, 4)? as usize);
        if shape != (rows, columns) || steps.len() != rows * columns {
            return Err(damaged());
        }
        Ok(Matrix { columns, scale: f32::from_bits(u32_at(bytes, 8)?), steps })
    }
}

impl Matrix {
    /// The steps at a row and column, in `-127..=127`.
    pub(crate) fn step(&self, row: usize, column: usize) -> i8 {
        i8::from_le_bytes([self.steps[row * self.columns + column]])
    }

    /// The value at a row and column.
    pub(crate) fn value(&self, row: usize, column: usize) -> f32 {
        f32::from(self.step(row, column)) * self.scale
    }
}

fn u32_at(bytes: &[u8], offset: usize) -> Result<u32, EmbedError> {
    let word = bytes.get(offset..).and_then(|rest| rest.first_chunk());
    word.map(|word| u32::from_le_bytes(*word)).ok_or(EmbedError::Damaged("a number is cut off"))
}

fn u64_at(bytes: &[u8], offset: usize) -> Result<usize, EmbedError> {
    let word = bytes.get(offset..).and_then(|rest| rest.first_chunk());
    word.and_then(|word| usize::try_from(u64::from_le_bytes(*word)).ok())
        .ok_or(EmbedError::Damaged("a number is cut off"))
}

#[cfg(test)]
mod tests {
    use super::ModelFile;
    use crate::EmbedError;

    fn file(body: &[u8]) -> Vec<u8> {
        let mut bytes = b"NSENCODR\x01\0\0\0\x01\0\0\0".to_vec();
        bytes.extend_from_slice(&(32 + body.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&crc32fast::hash(body).to_le_bytes());
        bytes.extend_from_slice(&[0; 4]);
        bytes.extend_from_slice(body);
        bytes
    }

    fn open(bytes: Vec<u8>) -> Result<ModelFile, EmbedError> {
        ModelFile::open(Box::leak(bytes.into_boxed_slice()))
    }

    #[test]
    fn a_section_is_found_by_its_name() {
        let mut body = b"scores\0\0\0\0\0\0\0\0\0\0".to_vec();
        body.extend_from_slice(&64u64.to_le_bytes());
        body.extend_from_slice(&4u64.to_le_bytes());
        body.extend_from_slice(&1.5f32.to_le_bytes());
        let opened = open(file(&body)).unwrap();
        assert_eq!(opened.floats("scores", 1).unwrap(), [1.5]);
        assert!(matches!(opened.floats("scores", 2), Err(EmbedError::Damaged("scores"))));
        assert!(matches!(opened.section("score"), Err(EmbedError::Damaged("score"))));
    }

    #[test]
    fn damage_is_noticed() {
        let good = file(b"some sections");
        for index in 0..good.len() {
            let mut bad = good.clone();
            bad[index] ^= 4;
            // The length and the reserved word are for other readers; the section count is only
            // looked at when a section is.
            let ignored = (12..24).contains(&index) || (28..32).contains(&index);
            assert_eq!(open(bad).is_ok(), ignored, "byte {index}");
        }
        assert!(open(good[..20].to_vec()).is_err());
        assert!(open(Vec::new()).is_err());
    }
}
