//! What can go wrong: with a single address, and with the whole.

use std::net::IpAddr;
use std::path::PathBuf;
use thiserror::Error;

/// Why an address could not be fetched. The address itself is told beside it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum FetchError {
    #[error("the scheme `{0}` is none of the web: http or https are needed")]
    Scheme(String),
    #[error("an address with a name or password of a user in it")]
    User,
    #[error("{0} is not on the open net (--allow-private connects to it nevertheless)")]
    NotOpen(IpAddr),
    #[error("the host is not known")]
    Name,
    #[error("no answer in time")]
    Timeout,
    #[error("no connection: {0}")]
    Connection(String),
    #[error("the header of the answer is too long, or does not end")]
    Header,
    #[error("the answer is no HTTP: {0}")]
    Answer(String),
    #[error("answered with status {0}")]
    Status(u16),
    #[error("redirected more than {0} times")]
    Redirects(usize),
    #[error("redirected in a circle")]
    Circle,
    #[error("redirected to no address: `{0}`")]
    Location(String),
    #[error("robots.txt forbids it")]
    Robots,
    #[error("nothing is fetched while robots.txt can't be had: {0}")]
    NoRules(String),
    #[error("an address of more than {0} bytes")]
    TooLong(usize),
    #[error("a fault in this program")]
    Fault,
}

impl FetchError {
    /// Whether trying again later may help.
    pub(crate) fn may_pass(&self) -> bool {
        match self {
            FetchError::Name
            | FetchError::Timeout
            | FetchError::Connection(_)
            | FetchError::Header
            | FetchError::Answer(_)
            | FetchError::NoRules(_)
            | FetchError::Fault => true,
            FetchError::Status(status) => *status >= 500 || matches!(status, 408 | 425 | 429),
            FetchError::Scheme(_)
            | FetchError::User
            | FetchError::NotOpen(_)
            | FetchError::Redirects(_)
            | FetchError::Circle
            | FetchError::Location(_)
            | FetchError::TooLong(_)
            | FetchError::Robots => false,
        }
    }
}

/// Why a watch can't go on.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum WatchError {
    /// A source is neither an address nor a file that can be read.
    #[error("{source_name}: {message}")]
    Source {
        /// The source as it was given.
        source_name: String,
        /// What is wrong with it.
        message: String,
    },
    /// Another program watches with the same folder.
    #[error("{}: another program is watching with this folder", .0.display())]
    Busy(PathBuf),
    /// A file of the folder can't be read or written.
    #[error("{}: {message}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        message: String,
    },
    /// A file of the folder was written by a newer version.
    #[error("{}: written by a newer version of the program ({found}, known are up to {known})", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The newest version that is known.
        known: u32,
    },
}

impl WatchError {
    /// An error of the file system.
    pub(crate) fn file(path: impl Into<PathBuf>, error: &std::io::Error) -> WatchError {
        WatchError::File { path: path.into(), message: error.to_string() }
    }

    /// What the user can do about it; empty if nothing is known to help.
    pub fn hint(&self) -> &'static str {
        match self {
            WatchError::Source { .. } => {
                "give addresses of feeds, OPML, sitemaps or sites, or files that list such"
            }
            WatchError::Busy(_) => "wait for it, or give another folder",
            WatchError::File { .. } => {
                "check who may read and write it, and whether there is space"
            }
            WatchError::Newer { .. } => "use that version, or another folder",
        }
    }
}
