//! Sums over vectors, in a fixed order, so that every machine gets the same bits.

/// The dot product; 0 where the lengths differ, as for a sentence without a vector.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    if a.len() != b.len() {
        return 0.0;
    }
    // Eight sums side by side: the compiler may keep them in one register without reordering.
    let mut sums = [0.0_f32; 8];
    let (chunks_a, chunks_b) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = chunks_a.remainder().iter().zip(chunks_b.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in chunks_a.zip(chunks_b) {
        for lane in 0..8 {
            sums[lane] += x[lane] * y[lane];
        }
    }
    sums.iter().sum::<f32>() + rest
}

/// Adds a vector to a sum, which grows to its length.
pub(crate) fn add(sum: &mut Vec<f32>, vector: &[f32]) {
    if sum.len() < vector.len() {
        sum.resize(vector.len(), 0.0);
    }
    sum.iter_mut().zip(vector).for_each(|(s, v)| *s += v);
}
