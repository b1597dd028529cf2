//! What the encoder promises, through its public interface.

// Helpers of tests may fail as tests do.
#![allow(clippy::unwrap_used)]

mod agreement;
mod company;
mod odd_text;

/// The cosine of two unit vectors.
fn cosine(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
