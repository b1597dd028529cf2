//! The stages in order, and the runner on one machine.
#![forbid(unsafe_code)]

mod pipeline;
mod runner;

mod meanings;

mod lineage;
mod ranges;
mod texts;

pub use lineage::lines_of_text;
pub use meanings::Meanings;
pub use pipeline::{
    Collection, StoryAccount, account_story, dates_alone, read_alone, read_document,
};
pub use ranges::{FigureRange, Reading, figure_ranges};
pub use runner::{Progress, Stage, in_parallel, run};
pub use texts::{TextUnit, align_texts, encode_lines, text_document};
