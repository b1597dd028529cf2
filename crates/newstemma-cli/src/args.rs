//! What the command line says, before anything is done about it.

#[cfg(feature = "watch")]
use crate::commands::watch;
use crate::commands::{
    account, add, align, check, compact, embed, export, extract, languages, remove, search, show,
    stories,
};
use crate::failure::Failure;
use crate::output::{ColorChoice, Console, Verbosity};
use clap::{Args, Parser, Subcommand};
use newstemma_ingest::{Input, Pages, ReadOptions};
use newstemma_store::graph;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;

/// Reads press reports in many languages, groups them into stories, reconstructs which report
/// derives from which, and writes an account of each story: what is said to have happened, by
/// whom, and on how many independent origins it stands.
#[derive(Debug, Parser)]
#[command(name = "newstemma", version, max_term_width = 100)]
#[command(about = "Which press report derives from which, and who says what")]
#[command(after_long_help = EXIT_CODES, disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) shared: Shared,
}

const EXIT_CODES: &str = "\
Exit codes: 0 done; 1 could not be done; 2 usage; 3 done, some inputs skipped or damaged.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read reports and write an account of each story
    Account(account::AccountArgs),
    /// Read reports and write them, without comparing them
    Extract(extract::ExtractArgs),
    /// Align the sentences of two texts
    Align(align::AlignArgs),
    /// Write sentence vectors
    Embed(embed::EmbedArgs),
    /// List the languages that are covered; cover them better
    Languages(languages::LanguagesArgs),
    /// Add reports to a collection
    Add(add::AddArgs),
    /// Fetch what feeds and sitemaps list, and add it to a collection
    #[cfg(feature = "watch")]
    Watch(watch::WatchArgs),
    /// List the stories of a collection
    Stories(stories::StoriesArgs),
    /// Write the account of a story of a collection
    Show(show::ShowArgs),
    /// Find reports of a collection
    Search(search::SearchArgs),
    /// Write all records of a collection
    Export(export::ExportArgs),
    /// Take reports out of a collection
    Remove(remove::RemoveArgs),
    /// Look whether a collection is as it was written
    Check(check::CheckArgs),
    /// Give back the space that a collection does not need
    Compact(compact::CompactArgs),
}

/// In which format stemmata are written for other programs, if in one.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub(crate) struct GraphArgs {
    /// Write the stemmata for Graphviz
    #[arg(long)]
    dot: bool,
    /// Write the stemmata as GraphML
    #[arg(long)]
    graphml: bool,
    /// Write the stemmata as PROV-O, in JSON-LD
    #[arg(long)]
    prov: bool,
}

impl GraphArgs {
    /// The format that was asked for.
    pub(crate) fn format(&self) -> Option<graph::Format> {
        let formats = [
            (self.dot, graph::Format::Dot),
            (self.graphml, graph::Format::GraphMl),
            (self.prov, graph::Format::Prov),
        ];
        formats.into_iter().find(|(asked, _)| *asked).map(|(_, format)| format)
    }
}

/// Options of every command.
#[derive(Debug, Args)]
pub(crate) struct Shared {
    /// How many threads work [default: as many as the machine has]
    #[arg(long, value_name = "N", global = true, hide_short_help = true)]
    threads: Option<NonZeroUsize>,
    /// When to use colour on standard error
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        global = true,
        hide_short_help = true
    )]
    color: ColorChoice,
    /// Say nothing on standard error but why a command failed
    #[arg(long, short, global = true, hide_short_help = true)]
    quiet: bool,
}

impl Shared {
    pub(crate) fn console(&self) -> Console {
        let verbosity = if self.quiet { Verbosity::Quiet } else { Verbosity::Normal };
        Console::new(self.color, verbosity)
    }

    pub(crate) fn threads(&self) -> NonZeroUsize {
        self.threads
            .or_else(|| std::thread::available_parallelism().ok())
            .unwrap_or(NonZeroUsize::MIN)
    }
}

/// Which collection.
#[derive(Debug, Args)]
pub(crate) struct StoreArgs {
    /// The folder of the collection
    #[arg(long, value_name = "DIR")]
    pub(crate) store: PathBuf,
}

/// Where reports come from.
#[derive(Debug, Args)]
pub(crate) struct InputArgs {
    /// Files, folders or globs of texts, pages, records, feeds, mail or web archives, packed or not;
    /// `-` is standard input
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<PathBuf>,
    /// What a field of JSONL records or a column of a table is called there, as in text=body; may
    /// be repeated
    #[arg(long, value_name = "FIELD=NAME")]
    map: Vec<String>,
}

/// Which reports to read, and how.
#[derive(Debug)]
pub(crate) struct Source {
    inputs: Vec<Input>,
    options: ReadOptions,
}

impl Source {
    /// The pages of the inputs, one after the other.
    pub(crate) fn pages(self) -> Pages {
        newstemma_ingest::pages(&self.inputs, self.options)
    }
}

impl InputArgs {
    /// Checks the names of fields.
    pub(crate) fn resolve(self) -> Result<Source, Failure> {
        let mut options = ReadOptions::default();
        for pairs in &self.map {
            options.fields.add(pairs).map_err(|error| Failure::Usage {
                message: format!("--map {pairs}: {error}").into(),
                hint: "write --map text=body where the records call their text body",
            })?;
        }
        Ok(Source { inputs: self.inputs.into_iter().map(Input::parse).collect(), options })
    }
}

/// Prints what the parser has to say (help, version, an error of usage), and gives its exit code.
pub(crate) fn exit_code_of(error: &clap::Error) -> ExitCode {
    // A terminal that is gone can't be told so.
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}
