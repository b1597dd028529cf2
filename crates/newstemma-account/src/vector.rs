//! Sums over vectors, in a fixed order, so that every machine gets the same bits.

/// Adds a vector to a sum, which grows to its length.
pub(crate) fn add(sum: &mut Vec<f32>, vector: &[f32]) {
    if sum.len() < vector.len() {
        sum.resize(vector.len(), 0.0);
    }
    sum.iter_mut().zip(vector).for_each(|(s, v)| *s += v);
}
