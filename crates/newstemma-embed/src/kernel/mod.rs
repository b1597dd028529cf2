//! Matrix products on whatever vector instructions the machine has, with one result.
//!
//! A sum of floats depends on its order, so every version keeps the same: each element of a
//! product is one chain of fused multiply-adds over `k`, in order, from zero. Lanes go over the
//! columns of the result, which never meet, so wider registers change the speed and nothing else.
//! The portable version uses `f32::mul_add`, which rounds once as the instruction does.
//!
//! The right-hand side is packed once into panels of 64 columns, row after row, so that a tile of
//! the result needs one pass over contiguous memory. The left-hand side is given as the places
//! where its rows begin: windows of a convolution overlap in one buffer and are never copied.
//!
//! All `unsafe` code of the crate is below this module, in the functions for one instruction set
//! each. They are reached through [`Cpu`], which exists only for what the machine was found to have.

mod portable;
#[cfg(target_arch = "x86_64")]
mod x86;

/// Columns of a panel.
pub(crate) const PANEL: usize = 64;
/// Floats of a cache line.
const LINE: usize = 16;

/// A cache line of floats, aligned as one.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
struct Line([f32; LINE]);

/// A row of a panel.
type PanelRow = [Line; PANEL / LINE];

/// The instructions that will be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cpu(Level);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Cpu {
    /// The best of what this machine has.
    pub(crate) fn detect() -> Cpu {
        Cpu::all().pop().unwrap_or(Cpu(Level::Portable))
    }

    /// All that this machine has, the best last.
    pub(crate) fn all() -> Vec<Cpu> {
        #[allow(unused_mut)]
        let mut all = vec![Cpu(Level::Portable)];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                all.push(Cpu(Level::Avx2));
            }
            if is_x86_feature_detected!("avx512f") {
                all.push(Cpu(Level::Avx512));
            }
        }
        all
    }
}

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

/// Where a product goes: row `i` to `values[i × stride + column..]`.
#[derive(Debug)]
pub(crate) struct Target<'a> {
    pub(crate) values: &'a mut [f32],
    pub(crate) stride: usize,
    pub(crate) column: usize,
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
        match cpu.0 {
            Level::Portable => portable::panel(rows, panel, out, target.stride),
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => x86::panel_avx2(rows, panel, out, target.stride),
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => x86::panel_avx512(rows, panel, out, target.stride),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cpu, PANEL, PackedMatrix, Rows, Target, multiply};

    /// Numbers between -1 and 1 that are the same in every run.
    fn noise(seed: u64, length: usize) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / (1 << 23) as f32 - 1.0
        };
        (0..length).map(|_| next()).collect()
    }

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
