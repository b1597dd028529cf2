//! Inputs to files: folders are read through, patterns expanded, files named twice kept once.

use crate::Input;
use crate::glob;
use newstemma_model::Warning;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// One thing to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    File(PathBuf),
    Stdin,
}

impl Source {
    /// What the user calls it.
    pub(crate) fn name(&self) -> String {
        match self {
            Source::File(path) => path.display().to_string(),
            Source::Stdin => "-".to_owned(),
        }
    }
}

/// Extensions that are read when they are met in a folder. A file that is named itself, or by a
/// pattern, is read whatever it is called.
const EXTENSIONS: [&str; 26] = [
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "mht", "mhtml", "eml", "mbox", "json",
    "jsonl", "ndjson", "csv", "tsv", "parquet", "xml", "rss", "rdf", "atom", "opml", "warc",
    "wacz", "gz", "zst",
];

/// All sources of the inputs in their order, with what was passed over.
pub(crate) fn find(inputs: &[Input]) -> (Vec<Source>, Vec<Warning>) {
    let mut search = Search::default();
    for input in inputs {
        match input {
            Input::Stdin => search.add_stdin(),
            Input::Path(path) => search.add_path(path),
        }
    }
    (search.sources, search.warnings)
}

#[derive(Default)]
struct Search {
    sources: Vec<Source>,
    warnings: Vec<Warning>,
    seen: BTreeSet<PathBuf>,
    stdin_seen: bool,
}

impl Search {
    fn warn(&mut self, path: &Path, message: impl Into<String>) {
        self.warnings.push(Warning::new(path.display().to_string(), message));
    }

    fn note_twice(&mut self, path: &Path) {
        self.warnings.push(Warning::note(path.display().to_string(), "given twice, read once"));
    }

    fn add_stdin(&mut self) {
        if std::mem::replace(&mut self.stdin_seen, true) {
            self.note_twice(Path::new("-"));
        } else {
            self.sources.push(Source::Stdin);
        }
    }

    fn add_path(&mut self, path: &Path) {
        if path.is_dir() {
            self.add_folder(path);
        } else if path.symlink_metadata().is_ok() || !glob::is_pattern(path) {
            // A missing file is kept: opening it gives the reason in the system's words.
            self.add_file(path);
        } else {
            let found = glob::expand(path);
            if found.is_empty() {
                self.warn(path, "no file fits this pattern");
            }
            for path in found {
                if path.is_dir() { self.add_folder(&path) } else { self.add_file(&path) }
            }
        }
    }

    fn add_file(&mut self, path: &Path) {
        let identity = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        if self.seen.insert(identity) {
            self.sources.push(Source::File(path.to_path_buf()));
        } else {
            self.note_twice(path);
        }
    }

    /// Reads a folder through, files and inner folders together in order of names.
    fn add_folder(&mut self, folder: &Path) {
        let mut passed_over: Vec<PathBuf> = Vec::new();
        let mut stack = vec![folder.to_path_buf()];
        while let Some(path) = stack.pop() {
            if path.is_dir() {
                match sorted_entries(&path) {
                    Ok(entries) => stack.extend(entries.into_iter().rev()),
                    Err(error) => self.warn(&path, format!("can't be read: {error}")),
                }
            } else if has_known_extension(&path) {
                self.add_file(&path);
            } else {
                passed_over.push(path);
            }
        }
        if let Some(first) = passed_over.first() {
            let n = passed_over.len();
            let example = first.strip_prefix(folder).unwrap_or(first).display().to_string();
            self.warn(folder, format!("passed over {n} files of other kinds, such as {example}"));
        }
    }
}

/// What lies in a folder, by name; hidden entries and links to folders (which may lead in
/// circles) are left out.
fn sorted_entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        let leads_back = path.is_symlink() && path.is_dir();
        if !hidden && !leads_back {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn has_known_extension(path: &Path) -> bool {
    match path.extension().and_then(|e| e.to_str()) {
        Some(extension) => EXTENSIONS.contains(&extension.to_ascii_lowercase().as_str()),
        None => path.extension().is_none(),
    }
}
