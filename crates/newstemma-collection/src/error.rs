//! Why a collection could not do what was asked.

use std::path::PathBuf;

/// Why it could not.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CollectionError {
    /// There is none.
    #[error("{0}: no collection")]
    Missing(PathBuf),
    /// Another program adds to it or removes from it.
    #[error("{0}: another program is changing this collection")]
    Busy(PathBuf),
    /// The folder or its files may not be written.
    #[error("{0}: can't be written: {1}")]
    ReadOnly(PathBuf, String),
    /// The disk is full, or a file may not grow.
    #[error("{0}: no space left: {1}")]
    Full(PathBuf, String),
    /// What was read is not what was written.
    #[error("{0}: damaged: {1}")]
    Damaged(PathBuf, String),
    /// It was written by a later version of the program.
    #[error("{path}: written in version {found} of the format, this program knows {known}")]
    Newer {
        /// The collection.
        path: PathBuf,
        /// Its version.
        found: u32,
        /// The last version that this program knows.
        known: u32,
    },
    /// The file is something else.
    #[error("{0}: not a collection")]
    Foreign(PathBuf),
    /// It holds no such story or report.
    #[error("{0}: no story or report of this id")]
    Unknown(String),
    /// What the search asked for is nothing to search by.
    #[error("nothing to search by in `{0}`")]
    EmptyQuery(String),
    /// Anything else that the storage says.
    #[error("{0}: {1}")]
    Storage(PathBuf, String),
}

impl CollectionError {
    /// What to do about it; empty if nothing can be said.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Missing(_) => "begin one with `newstemma add INPUT… --store DIR`",
            Self::Busy(_) => "wait until it is done, then run the command again",
            Self::ReadOnly(..) => "check who may write the folder, or choose another with --store",
            Self::Full(..) => {
                "free some space and run the same command again; what was accepted is kept"
            }
            Self::Damaged(..) => {
                "run `newstemma check --store DIR`; then add the inputs to a new folder, or put a \
                 copy from before in place"
            }
            Self::Newer { .. } => "use the newer program",
            Self::Foreign(_) => "choose another folder with --store",
            Self::Unknown(_) => "`newstemma stories --store DIR` lists them",
            Self::EmptyQuery(_) => "give a word, or one of the filters",
            Self::Storage(..) => "",
        }
    }
}

/// Gives errors of the storage their place and meaning.
pub(crate) trait At<T> {
    fn at(self, path: &std::path::Path) -> Result<T, CollectionError>;
}

impl<T> At<T> for rusqlite::Result<T> {
    fn at(self, path: &std::path::Path) -> Result<T, CollectionError> {
        use rusqlite::ErrorCode as Code;
        self.map_err(|error| {
            let (path, message) = (path.to_owned(), error.to_string());
            match error.sqlite_error_code() {
                Some(Code::DatabaseBusy | Code::DatabaseLocked) => CollectionError::Busy(path),
                Some(Code::ReadOnly | Code::CannotOpen | Code::PermissionDenied) => {
                    CollectionError::ReadOnly(path, message)
                }
                // A file that may not grow any more fails as any other write does.
                Some(Code::DiskFull | Code::SystemIoFailure) => {
                    CollectionError::Full(path, message)
                }
                Some(Code::DatabaseCorrupt) => CollectionError::Damaged(path, message),
                Some(Code::NotADatabase) => CollectionError::Foreign(path),
                _ => CollectionError::Storage(path, message),
            }
        })
    }
}
