//! `newstemma check`: whether a collection is as it was written.

use crate::args::StoreArgs;
use crate::failure::{Failure, Outcome};
use crate::output::{Console, Destination, list};
use clap::Args;
use newstemma_collection::Reader;

/// Looks through a collection: pages, hashes, spans, references. Writes what is wrong, if anything.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    store: StoreArgs,
}

/// Does it.
pub(crate) fn run(args: &CheckArgs, console: &Console) -> Result<Outcome, Failure> {
    let found = Reader::open(&args.store.store)?.check();
    Destination::Stdout.write(|out| list::lines(out, &found))?;
    if found.is_empty() {
        console.note("nothing wrong");
        return Ok(Outcome::Done);
    }
    Err(Failure::impossible(
        format!("{}: damaged in {} places", args.store.store.display(), found.len()),
        "add the inputs to a new folder, or put a copy from before in place",
    ))
}
