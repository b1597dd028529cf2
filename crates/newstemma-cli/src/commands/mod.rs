//! The commands, one a file. Each takes its raw arguments, checks them into resolved ones, and
//! runs those.

pub(crate) mod account;
pub(crate) mod align;
pub(crate) mod embed;
pub(crate) mod extract;
pub(crate) mod languages;

pub(crate) mod add;
pub(crate) mod check;
pub(crate) mod compact;
pub(crate) mod export;
pub(crate) mod remove;
pub(crate) mod search;
pub(crate) mod show;
pub(crate) mod stories;

#[cfg(feature = "watch")]
pub(crate) mod watch;

use crate::added;
use crate::failure::Failure;
use crate::output::Console;
use newstemma_embed::{Encoder, EncoderConfig, OtherLanguages};
use newstemma_model::{Day, Published, TimeOfDay};
use std::borrow::Cow;
use std::time::{SystemTime, UNIX_EPOCH};

/// That of all inputs nothing was left.
const NOTHING_READ: Failure = Failure::Impossible {
    message: Cow::Borrowed("no report could be read"),
    hint: "give texts, HTML, JSONL, CSV, feeds, mail or web archives: files, folders, or - for standard input",
};

/// The encoder that ships inside the program, with the languages that were added to it.
fn encoder() -> Result<Encoder, Failure> {
    let others = OtherLanguages::Added(added::read);
    Encoder::with_config(EncoderConfig { others, ..EncoderConfig::default() }).map_err(|error| {
        Failure::impossible(format!("the program is damaged: {error}"), "build or install it again")
    })
}

/// Tells of sentences that could not be compared as they should, if there were any.
fn tell_of_fault(encoder: &Encoder, console: &Console) {
    if let Some(fault) = encoder.fault() {
        console.caution(&fault.to_string());
    }
}

/// The time by the clock of the machine, in UTC; of a clock that stands before 1970, that year's
/// beginning.
fn now() -> String {
    const DAY_SECONDS: u64 = 86_400;
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    let Some(first) = Day::from_ymd(1970, 1, 1) else { return String::new() };
    let day = first.plus(i32::try_from(seconds / DAY_SECONDS).unwrap_or(i32::MAX));
    let second = (seconds % DAY_SECONDS) as u32;
    Published { day, time: Some(TimeOfDay { second, offset_minutes: Some(0) }) }.to_string()
}
