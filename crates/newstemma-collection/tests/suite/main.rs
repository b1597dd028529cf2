//! The collection, on disk, with reports written for it.
#![allow(clippy::disallowed_methods, reason = "a collection is files")]
#![allow(clippy::unwrap_used, reason = "a test that can't set up has failed")]

mod example;

mod correction;
mod format;
mod growth;
mod merge_and_split;
mod searching;
mod trouble;
