//! The encoder of other languages that the user has added: where it is kept, and how it gets there.
//!
//! It is kept in the user's folder of data, `newstemma` below `XDG_DATA_HOME` or `~/.local/share` (on
//! Windows below `LOCALAPPDATA`); `NEWSTEMMA_DATA` names another folder. A file gets there whole or
//! not at all: it is written beside its place and then renamed.

use crate::failure::Failure;
use newstemma_embed::EmbedError;
use std::env::var_os;
use std::io;
use std::path::{Path, PathBuf};

const FILE: &str = "other-languages.nse";

/// The bytes of the file, which live as long as the program; `None` if none was added.
pub(crate) fn read() -> Result<Option<&'static [u8]>, EmbedError> {
    let Some(path) = path() else { return Ok(None) };
    match std::fs::read(&path) {
        Ok(bytes) => Ok(Some(bytes.leak())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(EmbedError::Unreadable(Failure::file(&path, &error).to_string())),
    }
}

/// Keeps these bytes, in place of any kept before, and says where.
pub(crate) fn keep(bytes: &[u8]) -> Result<PathBuf, Failure> {
    let path = path().ok_or_else(no_folder)?;
    let beside = path.with_extension(format!("{}.part", std::process::id()));
    write_whole(bytes, &beside, &path).map_err(|error| {
        // What is half written is of no use; whether it can be removed changes nothing.
        let _ = std::fs::remove_file(&beside);
        Failure::file(&path, &error)
    })?;
    Ok(path)
}

/// Removes the file, if there is one, and says where it was.
pub(crate) fn remove() -> Result<Option<PathBuf>, Failure> {
    let Some(path) = path() else { return Ok(None) };
    match std::fs::remove_file(&path) {
        Ok(()) => Ok(Some(path)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::file(&path, &error)),
    }
}

/// Where the file is kept, whether or not there is one; `None` where users have no folders.
pub(crate) fn path() -> Option<PathBuf> {
    let named = |name: &str| var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = named("NEWSTEMMA_DATA").or_else(|| {
        // The standard has relative paths ignored.
        let below = named("XDG_DATA_HOME").filter(|path| path.is_absolute());
        let below = below.or_else(|| named("LOCALAPPDATA").filter(|_| cfg!(windows)));
        let below = below.or_else(|| Some(named("HOME")?.join(".local/share")));
        Some(below?.join("newstemma"))
    });
    Some(folder?.join(FILE))
}

fn write_whole(bytes: &[u8], beside: &Path, path: &Path) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(beside, bytes)?;
    std::fs::rename(beside, path)
}

fn no_folder() -> Failure {
    Failure::impossible(
        "there is no folder to keep it in",
        "set NEWSTEMMA_DATA to a folder of your own",
    )
}
