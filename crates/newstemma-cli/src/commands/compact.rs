//! `newstemma compact`: a collection in no more space than it needs.

use crate::args::StoreArgs;
use crate::failure::{Failure, Outcome};
use crate::output::Console;
use clap::Args;
use newstemma_collection::Writer;

/// Forgets what nothing refers to any more, and gives the space back to the disk.
#[derive(Debug, Args)]
pub(crate) struct CompactArgs {
    #[command(flatten)]
    store: StoreArgs,
}

/// Does it.
pub(crate) fn run(args: &CompactArgs, console: &Console) -> Result<Outcome, Failure> {
    Writer::open(&args.store.store)?.compact()?;
    console.note("compacted");
    Ok(Outcome::Done)
}
