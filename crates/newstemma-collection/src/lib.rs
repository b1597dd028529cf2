//! A collection of reports that grows: its file, its stories, search.
//!
//! This is one of the few crates that do I/O. It keeps a collection in one SQLite file that the plain
//! `sqlite3` tool opens (`docs/formats.md` describes the tables): reports with the hash of the bytes
//! that they were read from, former texts of what was corrected, sentence vectors, stories, and a log
//! of what became what. It decides nothing about stories itself: [`newstemma_cluster::Graph`]
//! does, and the stages account for them.
//!
//! - [`Writer`]: one at a time; adds and takes away.
//! - [`Reader`]: any number, also while somebody writes; stories, accounts, search, checks.
//!
//! The law: a collection that was fed report by report, in any order and with any interruptions, has
//! the stories that a folder of the same reports has. (Only what was corrected differs: a folder
//! does not say which text came after which.)
// This crate is there to read and write files.
#![allow(clippy::disallowed_methods)]
#![forbid(unsafe_code)]

mod error;
mod file;

mod writer;

mod compared;
mod identity;
mod limits;
mod naming;
mod recall;

mod reader;
mod search;
mod upkeep;

mod diff;

mod about;
mod links;
mod record;
mod vectors;
mod words;

pub use diff::{Change, changes};
pub use error::CollectionError;
pub use limits::Limits;
pub use reader::{LogLine, Reader, Revision, StoryFilter};
pub use search::{Hit, Query};
pub use upkeep::Removal;
pub use writer::{Added, Writer};
