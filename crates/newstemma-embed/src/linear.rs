//! Rows times weights, in single precision or in whole steps.

use crate::kernel::{
    Cpu, GROUP, PackedMatrix, PackedSteps, Rows, StepBlock, StepRows, Target, ZERO_STEP, multiply,
    multiply_steps,
};

/// How the layers that take nearly all of the time are computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Precision {
    /// What goes into a layer is rounded to steps of eight bits; weights are such steps. Made for
    /// machines that multiply bytes (VNNI), the same result on all. The least cosine with the
    /// reference of the convolutions was 0.9998 over 4,000 sentences of a dozen languages, with that
    /// of the transformer 0.9994 over 100 of ten.
    #[default]
    Steps,
    /// `f32`, as the reference; cosine 0.999999.
    Single,
}

/// Blocks of `4 · G` values, one behind the other, as a left-hand side.
#[derive(Debug)]
pub(crate) enum Plane<const G: usize> {
    Single(Vec<f32>),
    Steps { steps: Vec<StepBlock<G>>, scales: Vec<f32> },
}

/// Weights as a right-hand side.
#[derive(Debug)]
pub(crate) enum Linear<const G: usize> {
    Single(PackedMatrix),
    Steps(PackedSteps<G>),
}

impl<const G: usize> Plane<G> {
    /// Values of a block.
    const BLOCK: usize = GROUP * G;

    /// So many blocks of zeros.
    pub(crate) fn zeros(precision: Precision, blocks: usize) -> Plane<G> {
        let mut plane = match precision {
            Precision::Single => Plane::Single(Vec::new()),
            Precision::Steps => Plane::Steps { steps: Vec::new(), scales: Vec::new() },
        };
        plane.grow(blocks);
        plane
    }

    /// Makes room for so many blocks, without a promise of what is in them.
    pub(crate) fn grow(&mut self, blocks: usize) {
        match self {
            Plane::Single(plane) => plane.resize(plane.len().max(blocks * Self::BLOCK), 0.0),
            Plane::Steps { steps, scales } => {
                steps.resize(steps.len().max(blocks), [[ZERO_STEP; GROUP]; G]);
                scales.resize(scales.len().max(blocks), 0.0);
            }
        }
    }

    /// Sets a block to zeros.
    pub(crate) fn clear(&mut self, block: usize) {
        match self {
            Plane::Single(plane) => plane[block * Self::BLOCK..][..Self::BLOCK].fill(0.0),
            Plane::Steps { steps, scales } => {
                steps[block] = [[ZERO_STEP; GROUP]; G];
                scales[block] = 0.0;
            }
        }
    }

    /// Sets blocks from one on, rounded as the precision has it.
    #[inline(always)]
    pub(crate) fn set(&mut self, block: usize, values: &[f32]) {
        match self {
            Plane::Single(plane) => {
                plane[block * Self::BLOCK..][..values.len()].copy_from_slice(values);
            }
            Plane::Steps { steps, scales } => {
                let places = steps[block..].iter_mut().zip(&mut scales[block..]);
                for (values, (steps, scale)) in values.chunks_exact(Self::BLOCK).zip(places) {
                    *scale = round(values, steps.as_flattened_mut());
                }
            }
        }
    }
}

impl<const G: usize> Linear<G> {
    /// `target = rows × weights`. A row begins at each of the blocks `starts`.
    ///
    /// # Panics
    /// If the plane has another precision than the weights.
    pub(crate) fn multiply(
        &self,
        cpu: Cpu,
        plane: &Plane<G>,
        starts: &[usize],
        target: &mut Target<'_>,
    ) {
        match (self, plane) {
            (Linear::Single(matrix), Plane::Single(values)) => {
                let starts: Vec<usize> =
                    starts.iter().map(|start| start * Plane::<G>::BLOCK).collect();
                multiply(cpu, Rows { values, starts: &starts }, matrix, target);
            }
            (Linear::Steps(matrix), Plane::Steps { steps, scales }) => {
                multiply_steps(cpu, StepRows { steps, scales, starts }, matrix, target);
            }
            _ => unreachable!("an encoder has one precision"),
        }
    }
}

/// Rounds to steps of eight bits, stored 128 too large, and gives their scale.
#[inline(always)]
fn round(values: &[f32], steps: &mut [u8]) -> f32 {
    // Adding this leaves a whole number, rounded half to even, in the lowest bits.
    const WHOLE: f32 = 12_582_912.0;
    let mut largest = [0.0f32; 16];
    for values in values.as_chunks::<16>().0 {
        for (largest, value) in largest.iter_mut().zip(values) {
            *largest = if value.abs() > *largest { value.abs() } else { *largest };
        }
    }
    let largest = largest.into_iter().fold(0.0, f32::max);
    let factor = if largest > 0.0 { 127.0 / largest } else { 0.0 };
    for (step, value) in steps.iter_mut().zip(values) {
        *step = ((value * factor + WHOLE).to_bits() as u8).wrapping_add(ZERO_STEP);
    }
    largest / 127.0
}

#[cfg(test)]
mod tests {
    use super::round;

    #[test]
    fn rounding_is_to_the_nearest_of_255_steps() {
        let mut values = [0.0; 256];
        values[..6].copy_from_slice(&[2.54, -2.54, 0.0, 0.011, -0.009, 0.05]);
        let mut steps = [0; 256];
        let scale = round(&values, &mut steps);
        assert!((scale - 0.02).abs() < 1e-6);
        assert_eq!(
            steps[..6].iter().map(|&step| i32::from(step) - 128).collect::<Vec<_>>(),
            [127, -127, 0, 1, 0, 2]
        );
        assert_eq!(round(&[0.0; 256], &mut steps), 0.0);
        assert_eq!(steps, [128; 256]);
    }
}
