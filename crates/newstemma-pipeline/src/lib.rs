//! The stages in order, and the runner on one machine.
#![forbid(unsafe_code)]

mod pipeline;
mod runner;

mod meanings;

mod lineage;
mod ranges;
mod texts;

pub use lineage::lines_of_text;
pub use meanings::{keys_of_name, profile};
pub use pipeline::{
    Collection, StoryAccount, account_story, account_story_as, dates_alone, read_again, read_alone,
    read_document, said_vectors,
};
pub use ranges::{FigureRange, Reading, figure_ranges};
pub use runner::{Progress, Stage, in_parallel, name_entities, run};
pub use texts::{TextUnit, align_texts, encode, encode_lines, text_document};
