//! Products of matrices of whole steps.
//!
//! Both sides are cut into blocks along the dimension that is summed over, each block being steps of
//! eight bits of its own scale: one for each row on the left and for each column on the right. Within
//! a block the product is a sum of integers, exact on every machine; blocks are added up as floats,
//! in order, each times its scales. A block has four times `G` values; the smaller it is, the less is
//! lost by rounding, and the more time goes into scaling.
//!
//! Instructions that multiply four bytes at a time want the left ones unsigned, so these are stored
//! 128 too large, and every sum begins at -128 times the sum of its column of the right-hand side.

use super::{Cpu, PANEL, StepLevel, Target};

/// How a step of zero is stored.
pub(crate) const ZERO_STEP: u8 = 128;

/// Values that the instructions take together.
pub(crate) const GROUP: usize = 4;

/// A block of a left-hand side: steps, each stored 128 too large. The step -128 does not occur.
pub(crate) type StepBlock<const G: usize> = [[u8; GROUP]; G];

/// A right-hand side of whole steps, `4 · G · blocks × columns`.
#[derive(Debug)]
pub(crate) struct PackedSteps<const G: usize> {
    blocks: usize,
    columns: usize,
    /// The blocks of the first 64 columns, then those of the next.
    panels: Vec<PanelBlock<G>>,
}

/// A block of rows by 64 columns.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub(super) struct PanelBlock<const G: usize> {
    /// Where the sum of each column begins.
    pub(super) base: [i32; PANEL],
    /// The value of a step, by column.
    pub(super) scale: [f32; PANEL],
    /// Four rows at a time: column after column, the four steps of each.
    pub(super) groups: [[i8; PANEL * GROUP]; G],
}

impl<const G: usize> PackedSteps<G> {
    /// Packs a matrix: `group` gives the steps at four rows, from a multiple of four on, of a column,
    /// none of them -128; `scale` the value of a step in a block of a column.
    ///
    /// # Panics
    /// If `rows` is no whole number of blocks or `columns` none of [`PANEL`].
    pub(crate) fn new(
        rows: usize,
        columns: usize,
        group: impl Fn(usize, usize) -> [i8; GROUP],
        scale: impl Fn(usize, usize) -> f32,
    ) -> PackedSteps<G> {
        let block_rows = GROUP * G;
        assert!(rows.is_multiple_of(block_rows), "{rows} rows are no whole number of blocks");
        assert!(columns.is_multiple_of(PANEL), "{columns} columns are no whole number of panels");
        let empty =
            PanelBlock { base: [0; PANEL], scale: [0.0; PANEL], groups: [[0; PANEL * GROUP]; G] };
        let blocks = rows / block_rows;
        let mut panels = vec![empty; blocks * columns / PANEL];
        for (index, panel) in panels.iter_mut().enumerate() {
            let (first_column, block) = (index / blocks * PANEL, index % blocks);
            panel.scale = std::array::from_fn(|column| scale(block, first_column + column));
            let first_row = block * block_rows;
            for (row, steps) in (first_row..).step_by(GROUP).zip(&mut panel.groups) {
                for (column, steps) in steps.as_chunks_mut::<GROUP>().0.iter_mut().enumerate() {
                    *steps = group(row, first_column + column);
                    let sum: i32 = steps.iter().map(|&step| i32::from(step)).sum();
                    panel.base[column] -= i32::from(ZERO_STEP) * sum;
                }
            }
        }
        PackedSteps { blocks, columns, panels }
    }
}

/// Rows of a left-hand side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StepRows<'a, const G: usize> {
    /// Blocks of steps.
    pub(crate) steps: &'a [StepBlock<G>],
    /// The scale of each block.
    pub(crate) scales: &'a [f32],
    /// The first block of each row.
    pub(crate) starts: &'a [usize],
}

/// `target = rows × matrix`.
///
/// # Panics
/// If a row or the target reaches past the end of its slice.
pub(crate) fn multiply_steps<const G: usize>(
    cpu: Cpu,
    rows: StepRows<'_, G>,
    matrix: &PackedSteps<G>,
    target: &mut Target<'_>,
) {
    let Some(last) = rows.starts.len().checked_sub(1) else { return };
    let end = last * target.stride + target.column + matrix.columns;
    assert!(end <= target.values.len(), "the target is too small");
    for (index, panel) in matrix.panels.chunks_exact(matrix.blocks).enumerate() {
        let out = &mut target.values[target.column + index * PANEL..];
        // A block of some KB stays in the first-level cache while all rows pass by.
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
fn add_block_portable<const G: usize>(
    rows: StepRows<'_, G>,
    block: usize,
    panel: &PanelBlock<G>,
    out: &mut [f32],
    stride: usize,
) {
    for (index, start) in rows.starts.iter().enumerate() {
        let (steps, scale) = (&rows.steps[start + block], rows.scales[start + block]);
        let mut sums = panel.base;
        for (group, steps) in panel.groups.iter().zip(steps) {
            for (sum, group) in sums.iter_mut().zip(group.as_chunks::<GROUP>().0) {
                *sum += group
                    .iter()
                    .zip(steps)
                    .map(|(&b, &a)| i32::from(b) * i32::from(a))
                    .sum::<i32>();
            }
        }
        let columns = sums.into_iter().zip(panel.scale);
        for (out, (sum, unit)) in out[index * stride..][..PANEL].iter_mut().zip(columns) {
            let before = if block == 0 { 0.0 } else { *out };
            // Below 2²⁴, so the conversion is exact.
            *out = (sum as f32 * unit).mul_add(scale, before);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cpu, Target, tests::noise};
    use super::{GROUP, PackedSteps, StepBlock, StepRows, multiply_steps};

    #[test]
    fn every_instruction_set_gives_the_bits_of_the_definition() {
        for (m, blocks, n) in [(1, 1, 64), (5, 2, 64), (6, 3, 128), (13, 5, 256)] {
            check::<64>(m, blocks, n);
            check::<32>(m, blocks, n);
        }
    }

    fn check<const G: usize>(m: usize, blocks: usize, n: usize) {
        let rows = GROUP * G;
        let step = |value: f32| (value * 127.4).round() as i8;
        let b: Vec<i8> = noise(n as u64, blocks * rows * n).into_iter().map(step).collect();
        let units = noise(3, blocks * n);
        let group = |row: usize, column: usize| {
            std::array::from_fn(|within| b[(row + within) * n + column])
        };
        let unit = |block: usize, column: usize| units[block * n + column];
        let matrix = PackedSteps::<G>::new(blocks * rows, n, group, unit);
        let height = m + blocks;
        let mut a: Vec<i8> = noise(m as u64, height * rows).into_iter().map(step).collect();
        // The greatest sums that can occur.
        a[..rows].fill(-127);
        let stored: Vec<[u8; GROUP]> = a
            .as_chunks::<GROUP>()
            .0
            .iter()
            .map(|group| group.map(|step| step.wrapping_add(-128).to_ne_bytes()[0]))
            .collect();
        let steps: &[StepBlock<G>] = stored.as_chunks().0;
        let scales = noise(7, height);
        let starts: Vec<usize> = (0..m).map(|row| row * 5 % (m + 1)).collect();
        for cpu in Cpu::all() {
            let (stride, column) = (n + 5, 3);
            let mut values = vec![f32::NAN; m * stride];
            let mut target = Target { values: &mut values, stride, column };
            let left = StepRows { steps, scales: &scales, starts: &starts };
            multiply_steps(cpu, left, &matrix, &mut target);
            for (row, start) in starts.iter().enumerate() {
                for j in 0..n {
                    let expected = (0..blocks).fold(0.0f32, |total, block| {
                        let sum: i32 = (0..rows)
                            .map(|p| {
                                let a = i32::from(a[(start + block) * rows + p]);
                                a * i32::from(b[(block * rows + p) * n + j])
                            })
                            .sum();
                        (sum as f32 * unit(block, j)).mul_add(scales[start + block], total)
                    });
                    let found = values[row * stride + column + j];
                    let place = format!("{cpu:?} {m} {blocks} {n} at {row}, {j}");
                    assert_eq!(found.to_bits(), expected.to_bits(), "{place}");
                }
            }
            assert!(values[n + column].is_nan(), "wrote past the row");
        }
    }
}
