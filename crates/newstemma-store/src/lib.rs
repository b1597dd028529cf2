//! What Newstemma writes down: versioned records, vectors, and their schema.
//!
//! Records are types of their own, made from the model and never the model itself, so that the
//! stages can change without the format and the format only by a new version.
#![forbid(unsafe_code)]

pub mod graph;
pub mod json;
pub mod npy;
