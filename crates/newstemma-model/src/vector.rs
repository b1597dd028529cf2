//! The one sum over vectors that several stages take.

/// Inner product of two vectors; 0 where their lengths differ, as with a sentence that has none.
///
/// Sixteen running sums in a fixed order: the compiler may use any vector width without changing a
/// bit of the result.
///
/// ```
/// use newstemma_model::dot;
/// assert_eq!(dot(&[1.0, 2.0], &[3.0, 4.0]), 11.0);
/// assert_eq!(dot(&[], &[1.0]), 0.0);
/// ```
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    const LANES: usize = 16;
    if a.len() != b.len() {
        return 0.0;
    }
    let mut sums = [0.0f32; LANES];
    let (blocks_a, blocks_b) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let tail: f32 = blocks_a.remainder().iter().zip(blocks_b.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in blocks_a.zip(blocks_b) {
        for lane in 0..LANES {
            sums[lane] += x[lane] * y[lane];
        }
    }
    sums.iter().sum::<f32>() + tail
}

/// The product of two sentence vectors of these reaches, on the scale of vectors of one reach.
///
/// Vectors of different reach lie further apart, whatever they say: a sentence and its translation as
/// well as two that have nothing in common. Their product is divided by the share that the one reach
/// is of the other. What comes out is 1 at most.
///
/// ```
/// use newstemma_model::likeness;
/// assert_eq!(likeness(0.8, (1.0, 1.0)), 0.8);
/// assert_eq!(likeness(0.4, (1.0, 0.5)), 0.8);
/// assert_eq!(likeness(0.4, (0.5, 0.5)), 0.4);
/// ```
pub fn likeness(product: f32, (a, b): (f32, f32)) -> f32 {
    (product * a.max(b) / a.min(b)).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::dot;

    #[test]
    fn any_length_will_do() {
        for n in [0, 1, 15, 16, 17, 64, 100] {
            let ones = vec![1.0f32; n];
            assert_eq!(dot(&ones, &ones), n as f32);
        }
    }
}
