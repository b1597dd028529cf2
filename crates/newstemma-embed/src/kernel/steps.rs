//! Products of matrices of whole steps.
//!
//! The right-hand side holds steps of eight bits with one scale, as the weights were published. The
//! left-hand side is cut into blocks of 256 values; each block is rounded to steps of eight bits of
//! its own scale. Within a block the product is a sum of integers, exact on every machine; blocks
//! are added up as floats, in order, each times its scale.
//!
//! Instructions that multiply four bytes at a time want the left ones unsigned, so these are stored
//! 128 too large, and every sum begins at -128 times the sum of its column of the right-hand side.

use super::{Cpu, PANEL, StepLevel, Target};

/// Values of the left-hand side that share a scale.
pub(crate) const BLOCK: usize = 256;
/// How a step of zero is stored.
pub(crate) const ZERO_STEP: u8 = 128;

/// Values that the instructions take together.
pub(super) const GROUP: usize = 4;

/// A right-hand side of whole steps, `256 · blocks × columns`. The product is in units of its scale.
#[derive(Debug)]
pub(crate) struct PackedSteps {
    blocks: usize,
    columns: usize,
    /// The blocks of the first 64 columns, then those of the next.
    panels: Vec<PanelBlock>,
}

/// 256 rows by 64 columns.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub(super) struct PanelBlock {
    /// Where the sum of each column begins.
    pub(super) base: [i32; PANEL],
    /// Four rows at a time: column after column, the four steps of each.
    pub(super) groups: [[i8; PANEL * GROUP]; BLOCK / GROUP],
}

impl PackedSteps {
    /// Packs the matrix with these steps, none of which is -128.
    ///
    /// # Panics
    /// If `rows` is no multiple of [`BLOCK`] or `columns` none of [`PANEL`].
    pub(crate) fn new(
        rows: usize,
        columns: usize,
        step: impl Fn(usize, usize) -> i8,
    ) -> PackedSteps {
        assert!(rows.is_multiple_of(BLOCK), "{rows} rows are no whole number of blocks");
        assert!(columns.is_multiple_of(PANEL), "{columns} columns are no whole number of panels");
        let empty = PanelBlock { base: [0; PANEL], groups: [[0; PANEL * GROUP]; BLOCK / GROUP] };
        let blocks = rows / BLOCK;
        let mut panels = vec![empty; blocks * columns / PANEL];
        for (index, block) in panels.iter_mut().enumerate() {
            let (first_column, first_row) = (index / blocks * PANEL, index % blocks * BLOCK);
            for (row, group) in (first_row..).step_by(GROUP).zip(&mut block.groups) {
                for (place, value) in group.iter_mut().enumerate() {
                    let (column, within) = (place / GROUP, place % GROUP);
                    *value = step(row + within, first_column + column);
                    block.base[column] -= i32::from(ZERO_STEP) * i32::from(*value);
                }
            }
        }
        PackedSteps { blocks, columns, panels }
    }
}

/// Rows of a left-hand side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StepRows<'a> {
    /// Blocks of 256 steps, each stored 128 too large. The step -128 does not occur.
    pub(crate) steps: &'a [[u8; BLOCK]],
    /// The scale of each block.
    pub(crate) scales: &'a [f32],
    /// The first block of each row.
    pub(crate) starts: &'a [usize],
}

/// `target = rows × matrix`, in units of the matrix's scale.
///
/// # Panics
/// If a row or the target reaches past the end of its slice.
pub(crate) fn multiply_steps(
    cpu: Cpu,
    rows: StepRows<'_>,
    matrix: &PackedSteps,
    target: &mut Target<'_>,
) {
    let Some(last) = rows.starts.len().checked_sub(1) else { return };
    let end = last * target.stride + target.column + matrix.columns;
    assert!(end <= target.values.len(), "the target is too small");
    for (index, panel) in matrix.panels.chunks_exact(matrix.blocks).enumerate() {
        let out = &mut target.values[target.column + index * PANEL..];
        // A block of 16 KB stays in the first-level cache while all rows pass by.
        for (block, panel) in panel.iter().enumerate() {
            match cpu.steps {
                StepLevel::Portable => add_block_portable(rows, block, panel, out, target.stride),
                #[cfg(target_arch = "x86_64")]
                StepLevel::Avx2 => {
                    super::steps_x86::add_block_avx2(rows, block, panel, out, target.stride);
                }
                #[cfg(target_arch = "x86_64")]
                StepLevel::AvxVnni => {
                    super::steps_x86::add_block_avx_vnni(rows, block, panel, out, target.stride);
                }
                #[cfg(target_arch = "x86_64")]
                StepLevel::Avx512Vnni => {
                    super::steps_x86::add_block_avx512_vnni(rows, block, panel, out, target.stride);
                }
            }
        }
    }
}

/// Adds one block of a panel's product, in plain Rust. Block 0 does not add but sets.
fn add_block_portable(
    rows: StepRows<'_>,
    block: usize,
    panel: &PanelBlock,
    out: &mut [f32],
    stride: usize,
) {
    for (index, start) in rows.starts.iter().enumerate() {
        let (steps, scale) = (&rows.steps[start + block], rows.scales[start + block]);
        let mut sums = panel.base;
        for (group, steps) in panel.groups.iter().zip(steps.as_chunks::<GROUP>().0) {
            for (sum, group) in sums.iter_mut().zip(group.as_chunks::<GROUP>().0) {
                *sum += group
                    .iter()
                    .zip(steps)
                    .map(|(&b, &a)| i32::from(b) * i32::from(a))
                    .sum::<i32>();
            }
        }
        for (out, sum) in out[index * stride..][..PANEL].iter_mut().zip(sums) {
            let before = if block == 0 { 0.0 } else { *out };
            // Below 2²⁴, so the conversion is exact.
            *out = (sum as f32).mul_add(scale, before);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cpu, Target, tests::noise};
    use super::{BLOCK, PackedSteps, StepRows, multiply_steps};

    #[test]
    fn every_instruction_set_gives_the_bits_of_the_definition() {
        for (m, blocks, n) in [(1, 1, 64), (5, 2, 64), (6, 3, 128), (13, 5, 256)] {
            let step = |value: f32| (value * 127.4).round() as i8;
            let b: Vec<i8> = noise(n as u64, blocks * BLOCK * n).into_iter().map(step).collect();
            let matrix = PackedSteps::new(blocks * BLOCK, n, |row, column| b[row * n + column]);
            let height = m + blocks;
            let mut a: Vec<i8> = noise(m as u64, height * BLOCK).into_iter().map(step).collect();
            // The greatest sums that can occur.
            a[..BLOCK].fill(-127);
            let steps: Vec<[u8; BLOCK]> = a
                .as_chunks::<BLOCK>()
                .0
                .iter()
                .map(|block| block.map(|step| step.wrapping_add(-128).to_ne_bytes()[0]))
                .collect();
            let scales = noise(7, height);
            let starts: Vec<usize> = (0..m).map(|row| row * 5 % (m + 1)).collect();
            for cpu in Cpu::all() {
                let (stride, column) = (n + 5, 3);
                let mut values = vec![f32::NAN; m * stride];
                let mut target = Target { values: &mut values, stride, column };
                let rows = StepRows { steps: &steps, scales: &scales, starts: &starts };
                multiply_steps(cpu, rows, &matrix, &mut target);
                for (row, start) in starts.iter().enumerate() {
                    for j in 0..n {
                        let expected = (0..blocks).fold(0.0f32, |total, block| {
                            let sum: i32 = (0..BLOCK)
                                .map(|p| {
                                    let a = i32::from(a[(start + block) * BLOCK + p]);
                                    a * i32::from(b[(block * BLOCK + p) * n + j])
                                })
                                .sum();
                            (sum as f32).mul_add(scales[start + block], total)
                        });
                        let found = values[row * stride + column + j];
                        assert_eq!(
                            found.to_bits(),
                            expected.to_bits(),
                            "{cpu:?} {m} {blocks} {n} at {row}, {j}"
                        );
                    }
                }
                assert!(values[n + column].is_nan(), "wrote past the row");
            }
        }
    }
}
