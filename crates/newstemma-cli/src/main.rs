//! The `newstemma` command.
//!
//! Results go to standard output, everything else to standard error. `main` maps an outcome to an
//! exit code and does nothing else; see [`Outcome`] for the codes.
// The interface reads files, the clock and the environment, so that the stages need not.
#![allow(clippy::disallowed_methods)]
#![forbid(unsafe_code)]

mod added;
mod args;
mod commands;
mod failure;
mod output;

use args::{Cli, Command};
use clap::Parser;
use failure::{Failure, Outcome};
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return args::exit_code_of(&error),
    };
    let console = cli.shared.console();
    match run(cli, &console) {
        Ok(outcome) => outcome.into(),
        Err(Failure::ReaderGone) => Outcome::Done.into(),
        Err(failure) => {
            console.failure(&failure);
            failure.exit_code()
        }
    }
}

fn run(cli: Cli, console: &output::Console) -> Result<Outcome, Failure> {
    let threads = cli.shared.threads();
    match cli.command {
        Command::Account(args) => commands::account::run(args.resolve()?, threads, console),
        Command::Extract(args) => commands::extract::run(args.resolve()?, threads, console),
        Command::Align(args) => commands::align::run(args.resolve()?, threads, console),
        Command::Embed(args) => commands::embed::run(args.resolve()?, threads, console),
        Command::Languages(args) => commands::languages::run(args, console),
        Command::Add(args) => commands::add::run(args.resolve()?, threads, console),
        #[cfg(feature = "watch")]
        Command::Watch(args) => commands::watch::run(args.resolve()?, threads, console),
        Command::Stories(args) => commands::stories::run(args),
        Command::Show(args) => commands::show::run(args, console),
        Command::Search(args) => commands::search::run(args, console),
        Command::Export(args) => commands::export::run(args),
        Command::Remove(args) => commands::remove::run(args, console),
        Command::Check(args) => commands::check::run(&args, console),
        Command::Compact(args) => commands::compact::run(&args, console),
    }
}
