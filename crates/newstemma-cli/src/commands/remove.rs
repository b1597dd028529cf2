//! `newstemma remove`: reports out of a collection.

use super::now;
use crate::args::StoreArgs;
use crate::failure::{Failure, Outcome};
use crate::output::Console;
use clap::Args;
use newstemma_collection::{Removal, Writer};

/// Takes reports out of a collection, with their former texts. Everything that is given must hold.
#[derive(Debug, Args)]
#[command(override_usage = "newstemma remove --store <DIR> [OPTIONS]")]
#[group(id = "which", required = true, multiple = true, args = ["outlet", "source", "before"])]
pub(crate) struct RemoveArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// Of this outlet
    #[arg(long)]
    outlet: Option<String>,
    /// Whose reference or address begins so
    #[arg(long, value_name = "PREFIX")]
    source: Option<String>,
    /// Published before this day; what has no date stays
    #[arg(long, value_name = "DAY")]
    before: Option<String>,
}

/// Does it.
pub(crate) fn run(args: RemoveArgs, console: &Console) -> Result<Outcome, Failure> {
    let which = Removal { outlet: args.outlet, source: args.source, before: args.before };
    let removed = Writer::open(&args.store.store)?.remove(&which, &now())?;
    console.note(&format!("{removed} removed"));
    Ok(Outcome::Done)
}
