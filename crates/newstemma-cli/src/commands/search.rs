//! `newstemma search`: reports of a collection.

use super::encoder;
use crate::args::StoreArgs;
use crate::failure::{Failure, Outcome};
use crate::output::{Console, Destination, json, list};
use clap::Args;
use newstemma_collection::{Query, Reader};

/// Finds reports. Everything that is given must hold.
#[derive(Debug, Args)]
pub(crate) struct SearchArgs {
    /// Words that the report has, in any script
    words: Vec<String>,
    #[command(flatten)]
    store: StoreArgs,
    /// Of this meaning, in any language; the nearest come first
    #[arg(long, value_name = "TEXT")]
    meaning: Option<String>,
    /// Naming this person, place or body, in any spelling known to be the same
    #[arg(long)]
    name: Option<String>,
    /// Of this outlet
    #[arg(long)]
    outlet: Option<String>,
    /// In this language: en, uk, zh-TW
    #[arg(long)]
    lang: Option<String>,
    /// Published on this day or later
    #[arg(long, value_name = "DAY")]
    since: Option<String>,
    /// Published on this day or earlier
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Write records, one JSON object a line
    #[arg(long)]
    json: bool,
}

/// Does it.
pub(crate) fn run(args: SearchArgs, console: &Console) -> Result<Outcome, Failure> {
    let query = Query {
        words: (!args.words.is_empty()).then(|| args.words.join(" ")),
        meaning: args.meaning,
        name: args.name,
        outlet: args.outlet,
        language: args.lang,
        since: args.since,
        until: args.until,
        limit: args.limit,
    };
    let reader = Reader::open(&args.store.store)?;
    let hits = reader.search(&query, &encoder()?)?;
    if hits.is_empty() {
        console.note("nothing was found");
    }
    if args.json {
        let documents = reader.reports(&hits)?;
        Destination::Stdout.write(|out| json::found(out, &documents))?;
    } else {
        Destination::Stdout.write(|out| list::hits(out, &hits))?;
    }
    Ok(Outcome::Done)
}
