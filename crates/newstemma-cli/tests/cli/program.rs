//! The program, and folders for it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The program with these arguments, without input.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_newstemma"));
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Runs the program with these arguments.
pub(crate) fn newstemma(arguments: &[&str]) -> Output {
    command(arguments).output().unwrap()
}

/// A path for one test alone, at which there is nothing.
pub(crate) fn nowhere(name: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    if path.exists() {
        std::fs::remove_dir_all(&path).unwrap();
    }
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    path.to_str().unwrap().to_owned()
}

/// An empty folder for one test alone.
pub(crate) fn empty_folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(nowhere(name));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
