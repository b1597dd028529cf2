//! Languages: packs of lexical data, and detection.
//!
//! All that the stages know about single languages is data in `data/`, one folder a language and
//! one file a topic, loaded through one type, [`Pack`]. A stage asks [`Pack::of`] for a language
//! and never names a language itself.
#![forbid(unsafe_code)]

mod detect;
mod pack;

pub use detect::{Detection, detect};
pub use pack::Pack;
