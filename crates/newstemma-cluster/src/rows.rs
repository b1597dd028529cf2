//! Sentence vectors in a quarter of their size.
//!
//! A collection holds the vectors of what it may still compare in memory. A row is kept as steps of
//! its greatest value's 127th part, one byte each; the product of two rows is then a sum of whole
//! numbers, the same in any order, and differs from that of the vectors by less than .002.

use newstemma_model::{digest, dot};

const STEP_MAX: f32 = 127.0;

/// Vectors of one length, as steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Rows {
    pub(crate) dim: usize,
    pub(crate) scales: Vec<f32>,
    pub(crate) steps: Vec<i8>,
}

/// One of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    scale: f32,
    pub(crate) steps: &'a [i8],
}

impl Rows {
    /// The vectors, which are all of one length.
    pub(crate) fn of<'v>(vectors: impl IntoIterator<Item = &'v [f32]>) -> Rows {
        let mut rows = Rows::default();
        vectors.into_iter().for_each(|vector| rows.push(vector));
        rows
    }

    fn push(&mut self, vector: &[f32]) {
        self.dim = vector.len();
        let most = vector.iter().fold(0.0f32, |most, value| most.max(value.abs()));
        let scale = most / STEP_MAX;
        let step = |value: &f32| if scale > 0.0 { (value / scale).round() as i8 } else { 0 };
        self.steps.extend(vector.iter().map(step));
        self.scales.push(scale);
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.scales.len()
    }

    /// One of them; empty if there is none.
    pub(crate) fn row(&self, index: usize) -> Row<'_> {
        let steps = self.steps.get(index * self.dim..(index + 1) * self.dim).unwrap_or(&[]);
        Row { scale: self.scales.get(index).copied().unwrap_or(0.0), steps }
    }

    /// All of them, or the first so many.
    pub(crate) fn first(&self, most: usize) -> impl Iterator<Item = Row<'_>> {
        (0..self.len().min(most)).map(|index| self.row(index))
    }
}

/// Digests of those of the first so many rows that are not all zero, ascending: rows with one digest
/// are equal, and their product is that of a vector with itself.
pub(crate) fn digests(rows: &Rows, most: usize) -> Vec<u64> {
    let told = rows.first(most).filter(|row| row.scale > 0.0);
    let mut digests: Vec<u64> = told
        .map(|row| {
            let steps: Vec<u8> = row.steps.iter().map(|&step| step as u8).collect();
            digest(&[&row.scale.to_le_bytes(), &steps])
        })
        .collect();
    digests.sort_unstable();
    digests.dedup();
    digests
}

/// The product of two rows; 0 where their lengths differ.
pub(crate) fn product(a: Row<'_>, b: Row<'_>) -> f32 {
    if a.steps.len() != b.steps.len() {
        return 0.0;
    }
    /// So many at a time, of which the compiler makes instructions on vectors; of any number it makes
    /// half as fast ones.
    const LANES: usize = 32;
    let of = |xs: &[i8], ys: &[i8]| -> i32 {
        let wide = |step: i8| i32::from(i16::from(step));
        xs.iter().zip(ys).map(|(&x, &y)| wide(x) * wide(y)).sum()
    };
    let ((xs, rest_x), (ys, rest_y)) = (a.steps.as_chunks::<LANES>(), b.steps.as_chunks::<LANES>());
    let steps = xs.iter().zip(ys).map(|(x, y)| of(x, y)).sum::<i32>() + of(rest_x, rest_y);
    steps as f32 * a.scale * b.scale
}

/// A vector of unit length along this one; all zero if it is.
pub(crate) fn unit(mut vector: Vec<f32>) -> Vec<f32> {
    let length = dot(&vector, &vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|value| *value /= length);
    }
    vector
}

#[cfg(test)]
mod tests {
    use super::{Rows, product, unit};
    use newstemma_model::dot;

    #[test]
    fn products_are_those_of_the_vectors_but_for_the_steps() {
        let wave = |k: usize| unit((0..512).map(|i| libm::sinf((i * k) as f32 * 0.7)).collect());
        let vectors: Vec<Vec<f32>> = (1..9).map(wave).collect();
        let rows = Rows::of(vectors.iter().map(Vec::as_slice));
        for (i, a) in vectors.iter().enumerate() {
            for (j, b) in vectors.iter().enumerate() {
                assert!((product(rows.row(i), rows.row(j)) - dot(a, b)).abs() < 0.002);
            }
        }
    }

    #[test]
    fn a_zero_row_and_a_missing_one_have_no_product() {
        let rows = Rows::of([&[0.0f32, 0.0][..], &[1.0, 0.0]]);
        assert_eq!(product(rows.row(0), rows.row(1)), 0.0);
        assert_eq!(product(rows.row(1), rows.row(7)), 0.0);
    }
}
