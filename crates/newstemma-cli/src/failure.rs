//! How a command ends.

use newstemma_collection::CollectionError;
use newstemma_model::{Severity, Warning};
#[cfg(feature = "watch")]
use newstemma_watch::WatchError;
use std::borrow::Cow;
use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// What a command that did not fail has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All of it: exit code 0.
    Done,
    /// All but some inputs, each of which was told on standard error: exit code 3.
    SkippedSome,
}

impl Outcome {
    /// The outcome of a run in which so many inputs were lost.
    pub(crate) fn with_losses(losses: usize) -> Outcome {
        if losses == 0 { Outcome::Done } else { Outcome::SkippedSome }
    }
}

/// How many of these say that something is missing.
pub(crate) fn losses(warnings: &[Warning]) -> usize {
    warnings.iter().filter(|warning| warning.severity == Severity::Loss).count()
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        match outcome {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::SkippedSome => ExitCode::from(3),
        }
    }
}

/// Why a command could not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The reader of our output went away. That is no error: `newstemma … | head`.
    ReaderGone,
    /// The arguments contradict each other: exit code 2.
    Usage {
        /// What was found and what is allowed.
        message: Cow<'static, str>,
        /// What to do next.
        hint: &'static str,
    },
    /// It can't be done: exit code 1.
    Impossible {
        /// What was found.
        message: Cow<'static, str>,
        /// What to do next; may be empty.
        hint: &'static str,
    },
}

impl Failure {
    /// Something that can't be done.
    pub(crate) fn impossible(message: impl Into<Cow<'static, str>>, hint: &'static str) -> Failure {
        Failure::Impossible { message: message.into(), hint }
    }

    /// A file that can't be read or written.
    pub(crate) fn file(path: &Path, error: &io::Error) -> Failure {
        let hint = match error.kind() {
            io::ErrorKind::NotFound => "check the spelling of the path",
            io::ErrorKind::PermissionDenied => "check who may read and write it",
            _ => "",
        };
        Failure::impossible(format!("{}: {}", path.display(), plain(error)), hint)
    }

    /// What to do next, where something can be done.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        match self {
            Failure::ReaderGone => None,
            Failure::Usage { hint, .. } | Failure::Impossible { hint, .. } => {
                (!hint.is_empty()).then_some(hint)
            }
        }
    }

    /// The exit code of it.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Failure::ReaderGone => ExitCode::SUCCESS,
            Failure::Impossible { .. } => ExitCode::FAILURE,
            Failure::Usage { .. } => ExitCode::from(2),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::ReaderGone => f.write_str("the reader of the output went away"),
            Failure::Usage { message, .. } | Failure::Impossible { message, .. } => {
                f.write_str(message)
            }
        }
    }
}

impl From<CollectionError> for Failure {
    fn from(error: CollectionError) -> Failure {
        Failure::impossible(error.to_string(), error.hint())
    }
}

#[cfg(feature = "watch")]
impl From<WatchError> for Failure {
    fn from(error: WatchError) -> Failure {
        Failure::impossible(error.to_string(), error.hint())
    }
}

/// An error of writing results. Of files the name is not known here, so callers that write to one
/// map the error themselves.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Failure::ReaderGone
        } else {
            Failure::impossible(format!("cannot write the result: {}", plain(&error)), "")
        }
    }
}

/// The message of an operating system error, in our form: lower case, without the error's number.
fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "is a folder, a file is needed".to_owned(),
        _ => error.to_string(),
    }
}
