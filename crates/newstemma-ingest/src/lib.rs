//! Files, folders and archives to pages.
//!
//! This is one of the few crates that do I/O.
#![forbid(unsafe_code)]

use newstemma_model::{Page, Warned};

/// Where pages come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, a folder (read through, in order of names) or a glob pattern.
    Path(std::path::PathBuf),
    /// Standard input.
    Stdin,
}

/// Reads all pages of the inputs, in their order.
pub fn read(_inputs: &[Input]) -> Warned<Vec<Page>> {
    Warned::clean(Vec::new())
}
