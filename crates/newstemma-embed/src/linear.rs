//! Rows times weights, in single precision or in whole steps.

use crate::kernel::{
    BLOCK, Cpu, PackedMatrix, PackedSteps, Rows, StepRows, Target, ZERO_STEP, multiply,
    multiply_steps,
};
use crate::model_file::Matrix;

/// How the two convolutions, which take nearly all of the time, are computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Precision {
    /// Tokens are rounded to steps of eight bits before each convolution; weights are such steps as
    /// published. Made for machines that multiply bytes (VNNI), the same result on all. The least
    /// cosine with the reference was 0.9998 over 4,000 sentences of a dozen languages.
    #[default]
    Steps,
    /// `f32`, as the reference; cosine 0.999999.
    Single,
}

/// Rows of 256 values, one behind the other, as a left-hand side.
#[derive(Debug)]
pub(crate) enum Plane {
    Single(Vec<f32>),
    Steps { steps: Vec<[u8; BLOCK]>, scales: Vec<f32> },
}

/// Weights as a right-hand side.
#[derive(Debug)]
pub(crate) struct Linear {
    weights: Weights,
    /// A product is in units of so much.
    pub(crate) unit: f32,
}

#[derive(Debug)]
enum Weights {
    Single(PackedMatrix),
    Steps(PackedSteps),
}

impl Plane {
    /// So many rows of zeros.
    pub(crate) fn zeros(precision: Precision, rows: usize) -> Plane {
        match precision {
            Precision::Single => Plane::Single(vec![0.0; rows * BLOCK]),
            Precision::Steps => {
                Plane::Steps { steps: vec![[ZERO_STEP; BLOCK]; rows], scales: vec![0.0; rows] }
            }
        }
    }

    /// Makes room for so many rows, without a promise of what is in them.
    pub(crate) fn grow(&mut self, rows: usize) {
        match self {
            Plane::Single(plane) => plane.resize(plane.len().max(rows * BLOCK), 0.0),
            Plane::Steps { steps, scales } => {
                steps.resize(steps.len().max(rows), [ZERO_STEP; BLOCK]);
                scales.resize(scales.len().max(rows), 0.0);
            }
        }
    }

    /// Sets a row to zeros.
    pub(crate) fn clear(&mut self, row: usize) {
        match self {
            Plane::Single(plane) => plane[row * BLOCK..][..BLOCK].fill(0.0),
            Plane::Steps { steps, scales } => {
                steps[row] = [ZERO_STEP; BLOCK];
                scales[row] = 0.0;
            }
        }
    }

    /// Sets a row, rounded as the precision has it.
    #[inline(always)]
    pub(crate) fn set(&mut self, row: usize, values: &[f32; BLOCK]) {
        match self {
            Plane::Single(plane) => plane[row * BLOCK..][..BLOCK].copy_from_slice(values),
            Plane::Steps { steps, scales } => scales[row] = round(values, &mut steps[row]),
        }
    }
}

impl Linear {
    /// Weights of which `place` says where in the matrix they are.
    pub(crate) fn new(
        precision: Precision,
        (rows, columns): (usize, usize),
        matrix: &Matrix,
        place: impl Fn(usize, usize) -> (usize, usize),
    ) -> Linear {
        let step = |row, column| {
            let (row, column) = place(row, column);
            matrix.step(row, column)
        };
        match precision {
            Precision::Single => {
                let value = |row, column| f32::from(step(row, column)) * matrix.scale;
                Linear {
                    weights: Weights::Single(PackedMatrix::new(rows, columns, value)),
                    unit: 1.0,
                }
            }
            Precision::Steps => Linear {
                weights: Weights::Steps(PackedSteps::new(rows, columns, step)),
                unit: matrix.scale,
            },
        }
    }

    /// `target = rows × weights`, in units of [`Linear::unit`]. A row begins at each of `starts`.
    ///
    /// # Panics
    /// If the plane has another precision than the weights.
    pub(crate) fn multiply(
        &self,
        cpu: Cpu,
        plane: &Plane,
        starts: &[usize],
        target: &mut Target<'_>,
    ) {
        match (&self.weights, plane) {
            (Weights::Single(matrix), Plane::Single(values)) => {
                let starts: Vec<usize> = starts.iter().map(|start| start * BLOCK).collect();
                multiply(cpu, Rows { values, starts: &starts }, matrix, target);
            }
            (Weights::Steps(matrix), Plane::Steps { steps, scales }) => {
                multiply_steps(cpu, StepRows { steps, scales, starts }, matrix, target);
            }
            _ => unreachable!("an encoder has one precision"),
        }
    }
}

/// Rounds to steps of eight bits, stored 128 too large, and gives their scale.
#[inline(always)]
fn round(values: &[f32; BLOCK], steps: &mut [u8; BLOCK]) -> f32 {
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
    use super::{BLOCK, round};

    #[test]
    fn rounding_is_to_the_nearest_of_255_steps() {
        let mut values = [0.0; BLOCK];
        values[..6].copy_from_slice(&[2.54, -2.54, 0.0, 0.011, -0.009, 0.05]);
        let mut steps = [0; BLOCK];
        let scale = round(&values, &mut steps);
        assert!((scale - 0.02).abs() < 1e-6);
        assert_eq!(
            steps[..6].iter().map(|&step| i32::from(step) - 128).collect::<Vec<_>>(),
            [127, -127, 0, 1, 0, 2]
        );
        assert_eq!(round(&[0.0; BLOCK], &mut steps), 0.0);
        assert_eq!(steps, [128; BLOCK]);
    }
}
