//! The kit that every language with a pack must pass: the form of its data, and its specimens.
//!
//! `cargo test -p newstemma-statement --test languages` runs it over all languages, `… -- pl uk` over
//! two, and prints for each what is covered, what is missing and what is wrong;
//! `docs/adding-a-language.md` tells how to read that. A program of its own rather than functions of
//! the test harness, so that it can be asked for one language and shows its table when all is well.
#![allow(clippy::disallowed_methods, reason = "a kit reads the files that linguists write")]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test program says what is wrong")]

mod coverage;
mod entries;
mod form;
mod polarity;
mod reading;
mod specimen;
mod speech;

use newstemma_language::Pack;
use newstemma_model::Language;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    // What the test runner says to its own programs ("--nocapture") means nothing here.
    let asked: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let is_asked = |tag: &String| asked.is_empty() || asked.contains(tag);
    let mut wrong = 0;
    let mut passed = Vec::new();
    for tag in languages().into_iter().filter(is_asked) {
        let faults = check(&tag);
        if faults.is_empty() {
            passed.push(tag);
        } else {
            println!("{tag}: {} faults\n  {}\n", faults.len(), faults.join("\n  "));
            wrong += 1;
        }
    }
    println!("{} languages pass: {}", passed.len(), passed.join(" "));
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The languages that have a folder, by tag; the generic pack is none.
fn languages() -> Vec<String> {
    let names = entries_of(&data()).into_iter().filter(|path| path.is_dir());
    let tags = names.map(|path| path.file_name().unwrap().to_string_lossy().into_owned());
    tags.filter(|tag| tag != "und").collect()
}

/// What is wrong with a language; its coverage is printed where it has specimens.
fn check(tag: &str) -> Vec<String> {
    let folder = data().join(tag);
    if !Pack::of(Language::parse(tag).unwrap()).language.is_known() {
        return vec!["cannot be read; `cargo test -p newstemma-language` tells why".to_owned()];
    }
    let mut faults = Vec::new();
    for path in entries_of(&folder) {
        let topic = path.file_stem().unwrap().to_string_lossy().into_owned();
        let written: toml::Table = match toml::from_str(&text(&path)) {
            Ok(written) => written,
            Err(error) => {
                faults.push(format!("{topic}.toml: {error}"));
                continue;
            }
        };
        let mut found = form::faults(&topic, &written);
        match topic.as_str() {
            "polarity" => found.extend(polarity::faults(tag, &written)),
            "speech" => found.extend(speech::faults(tag, &written)),
            _ => {}
        }
        faults.extend(found.into_iter().map(|fault| format!("{topic}.toml: {fault}")));
    }
    let attributes = folder.join("speech.toml").exists();
    let specimens = data().with_file_name("specimens").join(format!("{tag}.md"));
    if specimens.exists() {
        let specimens = specimen::read(&text(&specimens));
        let results: Vec<_> = specimens.iter().map(|s| (s, reading::fault(tag, s))).collect();
        coverage::print(tag, &results);
        for (specimen, fault) in &results {
            let told = |what: &str| format!("{}: {}\n      {what}", specimen.case, specimen.text());
            match (fault, &specimen.fixme) {
                (Some(fault), None) => faults.push(told(fault)),
                (None, Some(_)) => faults.push(told("is read as it should be: take out its fixme")),
                (Some(_), Some(why)) => println!("  known fault: {}", told(why)),
                (None, None) => {}
            }
        }
        let missing = coverage::missing(&specimens);
        faults.extend(missing.iter().map(|case| format!("specimens/{tag}.md: no case {case:?}")));
    } else if attributes {
        faults.push(format!("specimens/{tag}.md: missing, and speech.toml is there"));
    }
    faults
}

/// The folder of the language data.
fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name("newstemma-language").join("data")
}

fn entries_of(folder: &Path) -> Vec<PathBuf> {
    let listed = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = listed.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
