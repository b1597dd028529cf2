//! Sums over a row in an order that vector instructions can keep.

/// Values that are worked on together.
pub(crate) const LANES: usize = 16;

/// The sum of values and of their squares, in an order that vector instructions can keep.
#[inline(always)]
pub(crate) fn sums(values: &[f32]) -> (f32, f32) {
    let (mut plain, mut squares) = ([0.0f32; LANES], [0.0f32; LANES]);
    for chunk in values.as_chunks::<LANES>().0 {
        for ((plain, square), value) in plain.iter_mut().zip(&mut squares).zip(chunk) {
            *plain += value;
            *square += value * value;
        }
    }
    (plain.iter().sum(), squares.iter().sum())
}
