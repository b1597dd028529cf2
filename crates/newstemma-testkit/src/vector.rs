//! Meanings made by hand: the encoder has tests of its own.

use newstemma_model::SentenceVectors;

/// Rows of unit length from directions: equal names give equal directions, others are
/// perpendicular.
pub fn vectors(directions: &[&str]) -> SentenceVectors {
    let mut names: Vec<&str> = directions.to_vec();
    names.sort_unstable();
    names.dedup();
    let dim = names.len().max(1);
    let mut values = vec![0.0; dim * directions.len()];
    for (row, direction) in directions.iter().enumerate() {
        let column = names.iter().position(|n| n == direction).unwrap();
        values[row * dim + column] = 1.0;
    }
    SentenceVectors::new(dim, values).unwrap()
}
