//! `newstemma stories`: the stories of a collection.

use crate::args::StoreArgs;
use crate::failure::{Failure, Outcome};
use crate::output::{Destination, json, list};
use clap::Args;
use newstemma_collection::{Reader, StoryFilter};

/// Lists stories, the last touched first.
#[derive(Debug, Args)]
pub(crate) struct StoriesArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// Only those with at least so many reports
    #[arg(long, value_name = "N", default_value_t = 1)]
    min: usize,
    /// Only those with reports of this day or later
    #[arg(long, value_name = "DAY")]
    since: Option<String>,
    /// Only those with reports of this day or earlier
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Write records, one JSON object a line
    #[arg(long)]
    json: bool,
}

/// Does it.
pub(crate) fn run(args: StoriesArgs) -> Result<Outcome, Failure> {
    let filter = StoryFilter {
        reports_min: args.min,
        since: args.since,
        until: args.until,
        limit: args.limit,
    };
    let stories = Reader::open(&args.store.store)?.stories(&filter)?;
    Destination::Stdout.write(|out| {
        if args.json { json::stories(out, &stories) } else { list::stories(out, &stories) }
    })?;
    Ok(Outcome::Done)
}
