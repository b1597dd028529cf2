//! `newstemma show`: the account of a story of a collection.

use super::account::OutputArgs;
use super::encoder;
use crate::args::StoreArgs;
use crate::failure::{Failure, Outcome};
use crate::output::{Console, Destination, list};
use clap::Args;
use newstemma_collection::Reader;
use newstemma_model::ReportId;

/// Writes the account of a story, as `account` would.
///
/// ID is that of a story, also of one that became part of another, or of a report in it.
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// A story or a report, as `stories` and `search` name them
    id: String,
    #[command(flatten)]
    store: StoreArgs,
    /// Tell what happened to the story instead
    #[arg(long, conflicts_with = "revisions")]
    log: bool,
    /// Tell what corrections changed in the report instead
    #[arg(long)]
    revisions: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// Does it.
pub(crate) fn run(args: ShowArgs, console: &Console) -> Result<Outcome, Failure> {
    let reader = Reader::open(&args.store.store)?;
    if args.revisions {
        let report = ReportId::parse(&args.id).ok_or_else(|| Failure::Usage {
            message: format!("--revisions: `{}` is no report", args.id).into(),
            hint: "give the id of a report, as `search` names it",
        })?;
        let revisions = reader.revisions(report)?;
        Destination::Stdout.write(|out| list::revisions(out, &revisions))?;
        return Ok(Outcome::Done);
    }
    let story = reader.story(&args.id)?;
    if args.log {
        let log = reader.log(Some(story))?;
        Destination::Stdout.write(|out| list::log(out, &log))?;
        return Ok(Outcome::Done);
    }
    let told = reader.account(story, &encoder()?)?;
    let output = args.output.resolve();
    output.write(&told, &[])?;
    output.tell(console);
    Ok(Outcome::Done)
}
