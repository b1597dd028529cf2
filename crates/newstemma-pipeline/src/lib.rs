//! The stages in order, and the runner on one machine.
#![forbid(unsafe_code)]

mod pipeline;
mod runner;

pub use pipeline::{Collection, StoryAccount, account_story, read_document};
pub use runner::{Progress, Stage, run};
