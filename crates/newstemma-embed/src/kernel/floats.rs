//! Products of `f32` matrices.
//!
//! The right-hand side is packed once into panels of 64 columns, row after row, so that a tile of
//! the result needs one pass over contiguous memory. Each element of a product is one chain of
//! fused multiply-adds over `k`, in order, from zero.

use super::{Cpu, FloatLevel, LINE, PANEL, Target};

/// A cache line of floats, aligned as one.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(super) struct Line(pub(super) [f32; LINE]);

/// A row of a panel.
pub(super) type PanelRow = [Line; PANEL / LINE];

/// A right-hand side, `k × n`, packed into panels.
#[derive(Debug)]
pub(crate) struct PackedMatrix {
    k: usize,
    n: usize,
    panels: Vec<PanelRow>,
}

impl PackedMatrix {
    /// Packs the matrix with these elements.
    ///
    /// # Panics
    /// If `n` is no multiple of [`PANEL`].
    pub(crate) fn new(k: usize, n: usize, element: impl Fn(usize, usize) -> f32) -> PackedMatrix {
        assert!(n.is_multiple_of(PANEL), "{n} columns are no whole number of panels");
        let mut panels = Vec::with_capacity(k * n / PANEL);
        for panel in 0..n / PANEL {
            for row in 0..k {
                let line = |line: usize| {
                    let column = panel * PANEL + line * LINE;
                    Line(std::array::from_fn(|lane| element(row, column + lane)))
                };
                panels.push(std::array::from_fn(line));
            }
        }
        PackedMatrix { k, n, panels }
    }

    /// Rows.
    pub(crate) fn rows(&self) -> usize {
        self.k
    }

    /// Columns.
    pub(crate) fn columns(&self) -> usize {
        self.n
    }
}

/// Rows of a left-hand side: `k` values from each of these places on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rows<'a> {
    pub(crate) values: &'a [f32],
    pub(crate) starts: &'a [usize],
}

/// `target = rows × matrix`. What was in the target before does not matter.
///
/// # Panics
/// If a row or the target reaches past the end of its slice.
pub(crate) fn multiply(cpu: Cpu, rows: Rows<'_>, matrix: &PackedMatrix, target: &mut Target<'_>) {
    let Some(last) = rows.starts.len().checked_sub(1) else { return };
    let reach = rows.starts.iter().max().map_or(0, |start| start + matrix.k);
    assert!(reach <= rows.values.len(), "a row reaches past the end");
    let end = last * target.stride + target.column + matrix.n;
    assert!(end <= target.values.len(), "the target is too small");
    for (index, panel) in matrix.panels.chunks_exact(matrix.k).enumerate() {
        let out = &mut target.values[target.column + index * PANEL..];
        match cpu.floats {
            FloatLevel::Portable => panel_portable(rows, panel, out, target.stride),
            #[cfg(target_arch = "x86_64")]
            FloatLevel::Avx2 => super::floats_x86::panel_avx2(rows, panel, out, target.stride),
            #[cfg(target_arch = "x86_64")]
            FloatLevel::Avx512 => super::floats_x86::panel_avx512(rows, panel, out, target.stride),
        }
    }
}

/// One panel of a product, in plain Rust. `out` holds the panel's columns of row 0 at its beginning.
fn panel_portable(rows: Rows<'_>, panel: &[PanelRow], out: &mut [f32], stride: usize) {
    for (index, &start) in rows.starts.iter().enumerate() {
        let a = &rows.values[start..start + panel.len()];
        let out = &mut out[index * stride..];
        // Line by line, so that the sums stay in registers.
        for (line, out) in out.chunks_exact_mut(LINE).take(panel[0].len()).enumerate() {
            let mut sums = [0.0f32; LINE];
            for (&a, b) in a.iter().zip(panel) {
                for (sum, &b) in sums.iter_mut().zip(&b[line].0) {
                    *sum = a.mul_add(b, *sum);
                }
            }
            out.copy_from_slice(&sums);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cpu, PANEL, Target, tests::noise};
    use super::{PackedMatrix, Rows, multiply};

    #[test]
    fn every_instruction_set_gives_the_bits_of_the_definition() {
        for (m, k, n) in [(1, 1, 64), (5, 3, 64), (6, 16, 128), (13, 37, 192), (29, 512, 320)] {
            let a = noise(m as u64, m * k + 7);
            let b = noise(k as u64, k * n);
            let matrix = PackedMatrix::new(k, n, |row, column| b[row * n + column]);
            // Rows overlap and are out of order, as windows may.
            let starts: Vec<usize> = (0..m).map(|row| (row * 7) % (m * k + 7 - k + 1)).collect();
            for cpu in Cpu::all() {
                let (stride, column) = (n + 5, 3);
                let mut values = vec![f32::NAN; m * stride + PANEL];
                let mut target = Target { values: &mut values, stride, column };
                multiply(cpu, Rows { values: &a, starts: &starts }, &matrix, &mut target);
                for (row, start) in starts.iter().enumerate() {
                    for j in 0..n {
                        let expected =
                            (0..k).fold(0.0f32, |sum, p| a[start + p].mul_add(b[p * n + j], sum));
                        let found = values[row * stride + column + j];
                        assert_eq!(
                            found.to_bits(),
                            expected.to_bits(),
                            "{cpu:?} {m}×{k}×{n} at {row}, {j}"
                        );
                    }
                }
                assert!(values[n + column].is_nan(), "wrote past the row");
            }
        }
    }
}
