//! The command line, as a user calls it.

#![allow(clippy::disallowed_methods, reason = "what the program reads and writes are files")]
#![allow(clippy::unwrap_used, reason = "a test that can't run the program has failed")]

mod program;

#[cfg(unix)]
mod collection;
mod languages;
mod transcripts;
#[cfg(feature = "watch")]
mod watch;
