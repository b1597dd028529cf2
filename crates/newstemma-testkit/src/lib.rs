//! Small documents, statements and stemmata, built from short texts: for tests only.
//!
//! A test of a stage says what its reports tell and what is asked of them; everything else about a
//! report (ids, paragraphs, hashes) is made up here in one place. Nothing is found in the texts:
//! what a stage before would have found is put in by hand, by the words it stands at. In reading
//! order: [`Draft`] (a document), [`mark`] (figures, dates and names in it), [`marked`]
//! (sentences with their statements marked), [`statement`], [`vectors`] (meanings made by hand), and
//! the parts of a [`stemma`]. For what fetches there is a [`server`] that does as it is told.
//!
//! ```
//! use newstemma_testkit::{Draft, find, statement};
//!
//! let report = Draft::new("a", "sk").title("Most padol").body("Most padol, povedal Ján Horák.");
//! let report = report.published("2031-03-04").document();
//! let said = statement(&report, "Most padol, povedal Ján Horák.");
//! assert_eq!(said.span, find(&report, "Most padol, povedal Ján Horák."));
//! assert_eq!(report.sentences.len(), 2);
//! ```
//!
//! Whatever can't be built fails the test: words that do not stand in the text, a language tag or
//! a day that is none.
#![forbid(unsafe_code)]
#![allow(clippy::unwrap_used, reason = "a test that can't be set up has failed")]

mod draft;
pub mod mark;
pub mod marked;
mod said;
pub mod server;
pub mod stemma;
mod vector;

pub use draft::{Draft, find, language, report};
pub use said::{statement, statement_by};
pub use vector::vectors;
