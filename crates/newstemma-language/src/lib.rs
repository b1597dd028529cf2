//! Languages: packs of lexical data, and detection.
//!
//! All that the stages know about single languages is data in `data/`, one folder a language and
//! one file a topic, loaded through one type, [`Pack`]. A stage asks [`Pack::of`] for a language
//! and never names a language itself.
#![forbid(unsafe_code)]

mod pack;

mod agency;

mod forms;

mod date;
mod digest;
mod insert;
mod name;
mod number;
mod polarity;
mod sentence;
pub mod speech;
mod witness;
mod word;

mod chars;
mod detect;
mod fold;
mod han;
mod number_form;
pub mod profile;
mod script;
mod words;

pub use agency::{Agency, agencies, agency_name_at, home_language};
pub use date::DateRules;
pub use detect::{Detection, PartDetector, detect};
pub use digest::DigestPhrases;
pub use forms::Forms;
pub use insert::InsertPhrases;
pub use name::NameRules;
pub use number::NumberRules;
pub use number_form::digit_value;
pub use pack::Pack;
pub use polarity::{Polarity, PolarityRules};
pub use script::Script;
pub use sentence::{OrdinalStop, SentenceRules};
pub use speech::SpeechRules;
pub use witness::WitnessRules;
pub use word::WordRules;
pub use words::{Word, WordKind, Words, words};
