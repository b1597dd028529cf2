//! What the program writes: results in their formats, and messages.

pub(crate) mod columns;
pub(crate) mod csv;
pub(crate) mod graph;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod list;
pub(crate) mod markdown;
pub(crate) mod plain;

mod view;

mod console;
mod destination;
mod progress;
mod summary;
mod word_diff;

pub(crate) use console::{ColorChoice, Console, Verbosity};
pub(crate) use destination::Destination;
pub(crate) use progress::Progress;
pub(crate) use summary::{Summary, counted};

#[cfg(test)]
mod fixture;
