//! The commands, one a file. Each takes its raw arguments, checks them into resolved ones, and
//! runs those.

pub(crate) mod account;
pub(crate) mod align;
pub(crate) mod embed;
pub(crate) mod extract;
pub(crate) mod languages;

use crate::failure::Failure;
use crate::output::Console;
use newstemma_embed::Encoder;
use std::borrow::Cow;

/// That of all inputs nothing was left.
const NOTHING_READ: Failure = Failure::Impossible {
    message: Cow::Borrowed("no report could be read"),
    hint: "give texts, HTML, JSONL, CSV, feeds, mail or web archives: files, folders, or - for standard input",
};

/// The encoder that ships inside the program.
fn encoder() -> Result<Encoder, Failure> {
    Encoder::embedded().map_err(|error| {
        Failure::impossible(format!("the program is damaged: {error}"), "build or install it again")
    })
}

/// Tells of sentences that could not be compared as they should, if there were any.
fn tell_of_fault(encoder: &Encoder, console: &Console) {
    if let Some(fault) = encoder.fault() {
        console.caution(&format!(
            "sentences in languages that the default encoder does not know are compared badly: {fault}"
        ));
    }
}
