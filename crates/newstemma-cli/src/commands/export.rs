//! `newstemma export`: all records of a collection.

use super::encoder;
use crate::args::{GraphArgs, StoreArgs};
use crate::failure::{Failure, Outcome};
use crate::output::{Destination, graph, json};
use clap::Args;
use newstemma_collection::{CollectionError, Reader};
use newstemma_pipeline::Collection;
use newstemma_store::graph::Writer as GraphWriter;
use std::io;
use std::path::PathBuf;

/// Writes story after story: its reports, then its account, one JSON object a line; or the stemmata
/// alone, in a format for graphs.
#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    store: StoreArgs,
    /// Also write a record for each entity
    #[arg(long, conflicts_with = "GraphArgs")]
    entities: bool,
    #[command(flatten)]
    graph: GraphArgs,
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
    let stories = reader.all_stories()?;
    let destination = args.output.map_or(Destination::Stdout, Destination::of);
    // Reading and writing fail in their own ways; of the first the writer knows nothing.
    let mut failed: Option<CollectionError> = None;
    let mut each = |write: &mut dyn FnMut(&Collection) -> io::Result<()>| {
        for story in &stories {
            match reader.account_before(*story, &background, &encoder) {
                Ok(told) => write(&told)?,
                Err(error) => {
                    failed = Some(error);
                    break;
                }
            }
        }
        Ok(())
    };
    destination.write(|out| match args.graph.format() {
        None => each(&mut |told| json::account(out, told, &[], entities)),
        Some(format) => {
            let mut writer = GraphWriter::new(out, format)?;
            each(&mut |told| graph::stemmata(&mut writer, told))?;
            writer.finish()
        }
    })?;
    failed.map_or(Ok(Outcome::Done), |error| Err(error.into()))
}
