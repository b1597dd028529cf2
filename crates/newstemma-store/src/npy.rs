//! Vectors as a NumPy file: format 1.0, `n × dim`, little-endian `f32`, rows in C order.
//!
//! Layout after NumPy Enhancement Proposal 1: magic, version, length of the header, header (a
//! Python literal, padded with spaces so that the values start at a multiple of 64), values.

use std::io::{self, Write};

/// Writes rows of `dim` values each.
///
/// `values` holds whole rows, one after the other; what is left over of an incomplete last row is
/// not written.
///
/// # Errors
/// If the stream can't be written to.
///
/// ```
/// let mut file = Vec::new();
/// newstemma_store::npy::write(&mut file, 2, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])?;
/// assert_eq!(file.len(), 128 + 6 * 4);
/// assert!(String::from_utf8_lossy(&file).contains("'shape': (3, 2)"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn write(stream: &mut (impl Write + ?Sized), dim: usize, values: &[f32]) -> io::Result<()> {
    let rows = values.len().checked_div(dim).unwrap_or(0);
    stream.write_all(&header(rows, dim))?;
    values[..rows * dim].iter().try_for_each(|value| stream.write_all(&value.to_le_bytes()))
}

fn header(rows: usize, dim: usize) -> Vec<u8> {
    const ALIGNMENT: usize = 64;
    const BEFORE_TEXT: usize = 10;
    let mut text =
        format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {dim}), }}");
    // One more for the line feed that closes the header.
    let padded = (BEFORE_TEXT + text.len() + 1).next_multiple_of(ALIGNMENT);
    text.extend(std::iter::repeat_n(' ', padded - BEFORE_TEXT - text.len() - 1));
    text.push('\n');
    let mut out = b"\x93NUMPY\x01\x00".to_vec();
    // At most two numbers of twenty digits: the header never comes near 64 KiB.
    out.extend((text.len() as u16).to_le_bytes());
    out.extend(text.into_bytes());
    out
}
