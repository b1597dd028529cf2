//! The products in plain Rust: the definition that the other versions are compared with.

use super::{LINE, PanelRow, Rows};

/// One panel of a product. `out` holds the panel's columns of row 0 at its beginning.
pub(super) fn panel(rows: Rows<'_>, panel: &[PanelRow], out: &mut [f32], stride: usize) {
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
