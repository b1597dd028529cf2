//! Matrices of steps of four bits.
//!
//! A row is cut into blocks of 32 values, each with a scale of its own (the layout that llama.cpp
//! calls Q4_0): the scale in half precision, then 16 bytes, of which byte `j` holds value `j` in its
//! lower and value `j + 16` in its upper half, eight too large. Rows are columns of the matrix that
//! a row of tokens is multiplied with, so what is read here row by row is packed column by column.

use crate::EmbedError;
use crate::half::half_to_single;
use crate::kernel::{GROUP, PackedMatrix, PackedSteps};
use crate::linear::{Linear, Precision};
use crate::model_file::ModelFile;

/// Values of a block.
pub(crate) const NIBBLES: usize = 32;
/// Values that a step of four bits can have.
const LEVELS: usize = 16;
/// The scale, and two values a byte.
const BLOCK_BYTES: usize = 2 + NIBBLES / 2;

type Block = [u8; BLOCK_BYTES];

/// A matrix that is read where it lies.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NibbleMatrix {
    /// Values of a row.
    width: usize,
    blocks: &'static [Block],
}

impl NibbleMatrix {
    /// The section with rows of so many values.
    pub(crate) fn new(
        file: &ModelFile,
        name: &'static str,
        width: usize,
    ) -> Result<NibbleMatrix, EmbedError> {
        let (blocks, rest) = file.section(name)?.as_chunks();
        if !rest.is_empty() || !(blocks.len() * NIBBLES).is_multiple_of(width) {
            return Err(EmbedError::Damaged(name));
        }
        Ok(NibbleMatrix { width, blocks })
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.blocks.len() * NIBBLES / self.width
    }

    /// Decodes a row.
    pub(crate) fn read(&self, row: usize, out: &mut [f32]) {
        for (block, out) in self.row(row).iter().zip(out.as_chunks_mut().0) {
            decode(block, &levels(scale(block)), out);
        }
    }

    /// The matrices of which this is a stack, each with so many rows.
    pub(crate) fn stacked(&self, rows: usize) -> impl Iterator<Item = NibbleMatrix> {
        let width = self.width;
        self.blocks
            .chunks_exact(rows * width / NIBBLES)
            .map(move |blocks| NibbleMatrix { width, blocks })
    }

    /// The matrix as a right-hand side whose columns are the rows here.
    pub(crate) fn packed<const G: usize>(&self, precision: Precision) -> Linear<G> {
        match precision {
            Precision::Single => {
                let mut values = vec![0.0; self.rows() * self.width];
                for (row, out) in values.chunks_exact_mut(self.width).enumerate() {
                    self.read(row, out);
                }
                let element = |row: usize, column: usize| values[column * self.width + row];
                Linear::Single(PackedMatrix::new(self.width, self.rows(), element))
            }
            Precision::Steps => Linear::Steps(self.packed_steps()),
        }
    }

    /// The same in steps of eight bits. Four blocks share a scale; the coarser ones of them keep
    /// their values all but exactly, as a step of theirs is many of the new ones.
    fn packed_steps<const G: usize>(&self) -> PackedSteps<G> {
        let block = GROUP * G;
        let mut steps = vec![0i8; self.rows() * self.width];
        let mut scales = Vec::with_capacity(steps.len() / block);
        let sources = self.blocks.chunks_exact(block / NIBBLES);
        for (blocks, steps) in sources.zip(steps.chunks_exact_mut(block)) {
            scales.push(requantise(blocks, steps));
        }
        let (width, blocks) = (self.width, self.width / block);
        let groups = steps.as_chunks::<GROUP>().0;
        PackedSteps::new(
            width,
            self.rows(),
            |row, column| groups[(column * width + row) / GROUP],
            |block, column| scales[column * blocks + block],
        )
    }

    fn row(&self, row: usize) -> &'static [Block] {
        let blocks = self.width / NIBBLES;
        &self.blocks[row * blocks..][..blocks]
    }
}

/// Brings blocks to steps of eight bits of one scale, which is returned.
fn requantise(blocks: &[Block], steps: &mut [i8]) -> f32 {
    let largest = blocks.iter().map(largest).fold(0.0, f32::max);
    let factor = if largest > 0.0 { 127.0 / largest } else { 0.0 };
    for (block, steps) in blocks.iter().zip(steps.as_chunks_mut::<NIBBLES>().0) {
        // No value is beyond the largest, so no step beyond 127.
        let levels = levels(scale(block)).map(|value| (value * factor).round_ties_even() as i8);
        decode(block, &levels, steps);
    }
    largest / 127.0
}

/// The largest absolute value of a block.
fn largest(block: &Block) -> f32 {
    let mut steps = [0i8; NIBBLES];
    decode(block, &std::array::from_fn(|level| level as i8 - LEVELS as i8 / 2), &mut steps);
    let largest = steps.iter().map(|step| step.unsigned_abs()).max().unwrap_or(0);
    f32::from(largest) * scale(block).abs()
}

fn scale(block: &Block) -> f32 {
    half_to_single([block[0], block[1]])
}

/// What each step of a block is worth.
fn levels(scale: f32) -> [f32; LEVELS] {
    std::array::from_fn(|level| (level as f32 - LEVELS as f32 / 2.0) * scale)
}

/// Puts what each step is worth in its place.
fn decode<T: Copy>(block: &Block, levels: &[T; LEVELS], out: &mut [T; NIBBLES]) {
    let (low, high) = out.split_at_mut(NIBBLES / 2);
    for ((byte, low), high) in block[2..].iter().zip(low).zip(high) {
        *low = levels[usize::from(byte & 15)];
        *high = levels[usize::from(byte >> 4)];
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK_BYTES, LEVELS, NIBBLES, decode, levels, requantise};

    /// A block with scale 2 or 1/2, its values going up from -8 and down from 7.
    fn block(half: [u8; 2]) -> [u8; BLOCK_BYTES] {
        let mut block = [0; BLOCK_BYTES];
        block[..2].copy_from_slice(&half);
        for (index, byte) in (0u8..).zip(&mut block[2..]) {
            *byte = index | (15 - index) << 4;
        }
        block
    }

    #[test]
    fn a_block_holds_its_values_in_two_halves() {
        let mut values = [0.0; NIBBLES];
        decode(&block([0x00, 0x40]), &levels(2.0), &mut values);
        assert_eq!(values[..3], [-16.0, -14.0, -12.0]);
        assert_eq!(values[LEVELS..LEVELS + 3], [14.0, 12.0, 10.0]);
    }

    #[test]
    fn blocks_of_different_scales_keep_their_values_in_common_steps() {
        let blocks = [block([0x00, 0x40]), block([0x00, 0x38])];
        let mut steps = [0; 2 * NIBBLES];
        let scale = requantise(&blocks, &mut steps);
        assert_eq!(scale * 127.0, 16.0);
        let check = |index: usize, expected: f32| {
            let found = f32::from(steps[index]) * scale;
            assert!((found - expected).abs() <= scale / 2.0, "{index}: {found} for {expected}");
        };
        check(0, -16.0);
        check(16, 14.0);
        check(32, -4.0);
        check(48, 3.5);
    }
}
