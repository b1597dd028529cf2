//! Messages to whoever started the program: on standard error, and nowhere else.

use super::Summary;
use crate::failure::Failure;
use clap::ValueEnum;
use newstemma_model::{Severity, Warning};
use std::io::{self, IsTerminal, Write};

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On terminals, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How much to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verbosity {
    /// Only why a command failed.
    Quiet,
    /// Warnings too, and on terminals progress and a summary.
    Normal,
}

/// Writes messages.
///
/// A message that can't be written is lost: there is nobody left to tell.
#[derive(Debug)]
pub(crate) struct Console {
    color: bool,
    terminal: bool,
    verbosity: Verbosity,
}

impl Console {
    /// A console that follows these wishes and what standard error is.
    pub(crate) fn new(color: ColorChoice, verbosity: Verbosity) -> Console {
        let terminal = io::stderr().is_terminal();
        let color = match color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            // https://no-color.org: set and not empty.
            ColorChoice::Auto => {
                terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
            }
        };
        Console { color, terminal, verbosity }
    }

    /// Whether somebody watches who wants to see progress.
    pub(crate) fn is_watched(&self) -> bool {
        self.terminal && self.verbosity == Verbosity::Normal
    }

    /// Tells why the command failed, and what can be done.
    pub(crate) fn failure(&self, failure: &Failure) {
        self.line("31", "error", &failure.to_string());
        if let Some(hint) = failure.hint() {
            self.line("36", "hint", hint);
        }
    }

    /// Tells what was passed over.
    pub(crate) fn warnings(&self, warnings: &[Warning]) {
        if self.verbosity == Verbosity::Quiet {
            return;
        }
        for warning in warnings {
            let color = match warning.severity {
                Severity::Note => "36",
                Severity::Loss => "33",
            };
            self.line(color, warning.severity.name(), &warning.to_string());
        }
    }

    /// Tells of something that makes the answer worse.
    pub(crate) fn caution(&self, message: &str) {
        if self.verbosity != Verbosity::Quiet {
            self.line("33", "warning", message);
        }
    }

    /// Tells something that the user should know.
    pub(crate) fn note(&self, message: &str) {
        if self.verbosity == Verbosity::Normal {
            let _ = writeln!(io::stderr().lock(), "{message}");
        }
    }

    /// Tells on terminals what the run came to.
    pub(crate) fn summary(&self, summary: &Summary) {
        if self.is_watched() {
            self.note(&summary.to_string());
        }
    }

    fn line(&self, color: &str, label: &str, message: &str) {
        let mut stream = io::stderr().lock();
        let _ = if self.color {
            writeln!(stream, "\x1b[1;{color}m{label}:\x1b[0m {message}")
        } else {
            writeln!(stream, "{label}: {message}")
        };
    }
}
