//! `newstemma export`: all records of a collection.

use super::encoder;
use crate::args::StoreArgs;
use crate::failure::{Failure, Outcome};
use crate::output::{Destination, json};
use clap::Args;
use newstemma_collection::{CollectionError, Reader};
use std::path::PathBuf;

/// Writes story after story: its reports, then its account, one JSON object a line.
#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// Also write a record for each entity
    #[arg(long)]
    entities: bool,
    /// Where to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Does it.
pub(crate) fn run(args: ExportArgs) -> Result<Outcome, Failure> {
    let entities = if args.entities { json::Entities::Written } else { json::Entities::LeftOut };
    let encoder = encoder()?;
    let reader = Reader::open(&args.store.store)?;
    let background = reader.background(&encoder)?;
    // Reading and writing fail in their own ways; of the first the writer knows nothing.
    let mut failed: Option<CollectionError> = None;
    let stories = reader.all_stories()?;
    let destination = args.output.map_or(Destination::Stdout, Destination::of);
    destination.write(|out| {
        for story in stories {
            match reader.account_before(story, &background, &encoder) {
                Ok(told) => json::account(out, &told, &[], entities)?,
                Err(error) => {
                    failed = Some(error);
                    break;
                }
            }
        }
        Ok(())
    })?;
    failed.map_or(Ok(Outcome::Done), |error| Err(error.into()))
}
