//! Transcripts of the command: what it is called with, and its standard output, standard error and
//! exit status together.
//!
//! A file in `tests/transcripts` begins with the call, after a `$`; the rest is what the program
//! did. Paths are relative to `tests/inputs`. With `NEWSTEMMA_BLESS` set, the files are written
//! anew; look at the difference before you commit it.

use crate::program::command;
use newstemma_store::json::SCHEMA_V1;
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

#[test]
fn the_command_does_what_its_transcripts_say() {
    let mut files: Vec<PathBuf> =
        folder("transcripts").read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let bless = std::env::var_os("NEWSTEMMA_BLESS").is_some();
    for file in files {
        let expected = std::fs::read_to_string(&file).unwrap();
        let call = expected.lines().next().unwrap().strip_prefix("$ newstemma").unwrap();
        let happened = transcript(call, &newstemma(call).output().unwrap());
        if bless {
            std::fs::write(&file, happened).unwrap();
        } else {
            assert_eq!(happened, expected, "{}", file.display());
        }
    }
}

#[test]
fn a_closed_pipe_is_a_quiet_success() {
    let mut child = newstemma("account --json -o - three.jsonl")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut complaints = String::new();
    child.stderr.take().unwrap().read_to_string(&mut complaints).unwrap();
    assert_eq!((child.wait().unwrap().code(), complaints.as_str()), (Some(0), ""));
}

#[test]
fn standard_input_is_read() {
    let mut child =
        newstemma("account --md -").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let line = "{\"id\": \"αβγ\", \"text\": \"Η γέφυρα έκλεισε. Κανείς δεν τραυματίστηκε.\"}\n";
    child.stdin.take().unwrap().write_all(line.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let written = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(written.starts_with("# Reports in no story with another\n\n1. αβγ · "), "{written}");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let with = |threads| newstemma(&format!("account --json --threads {threads} three.jsonl"));
    let one = with(1).output().unwrap();
    assert_eq!(one.status.code(), Some(0));
    assert_eq!(one.stdout, with(4).output().unwrap().stdout);
}

#[test]
fn vectors_have_a_row_for_every_line() {
    let npy = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lines.npy");
    let call = format!("embed --lines lines.txt --npy {}", npy.display());
    assert_eq!(newstemma(&call).output().unwrap().status.code(), Some(0));
    let file = std::fs::read(npy).unwrap();
    assert!(String::from_utf8_lossy(&file[..128]).contains("'shape': (4, 512)"));
    assert_eq!(
        file.len(),
        128 + 4 * 512 * 4,
        "a blank line has its row, the last needs no line feed"
    );
}

#[test]
fn the_page_is_written_where_the_user_said_and_holds_everything() {
    let page = Path::new(env!("CARGO_TARGET_TMPDIR")).join("page.html");
    let output = newstemma(&format!("account -o {} three.jsonl", page.display())).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told, format!("account written to {}\n", page.display()));
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>"));
    assert!(page.contains("Кораблі чекали до ранку."));
}

#[test]
fn every_record_of_the_example_is_valid() {
    let output =
        newstemma("account --json --entities ../../../../examples/ferry").output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let schema: Value = serde_json::from_str(SCHEMA_V1).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut types = BTreeSet::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let errors: Vec<String> =
            validator.iter_errors(&record).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?} in {line}");
        types.insert(record["type"].as_str().unwrap().to_owned());
    }
    for wanted in ["report", "story", "derivation", "alignment", "statement", "claim", "entity"] {
        assert!(types.contains(wanted), "no {wanted} among {types:?}");
    }
}

#[test]
fn short_help_fits_a_terminal_of_24_lines() {
    let of_collections =
        ["add", "stories", "show", "search", "export", "remove", "check", "compact"];
    let watch = cfg!(feature = "watch").then_some("watch");
    let others = ["", "account", "extract", "align", "embed"].into_iter().chain(watch);
    for command in others.chain(of_collections) {
        let output = newstemma(&format!("{command} -h")).env("COLUMNS", "80").output().unwrap();
        let help = String::from_utf8(output.stdout).unwrap();
        // The last line is the prompt's.
        assert!(help.lines().count() < 24, "{command}:\n{help}");
        assert!(help.lines().all(|line| line.chars().count() <= 80), "{command}:\n{help}");
    }
}

/// A call, its arguments parted by spaces.
fn newstemma(call: &str) -> Command {
    let arguments: Vec<&str> = call.split_whitespace().collect();
    let mut command = command(&arguments);
    command.current_dir(folder("inputs")).env_remove("NO_COLOR").env("COLUMNS", "100");
    command
}

fn transcript(call: &str, output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let status = output.status.code().map_or("killed".to_owned(), |code| code.to_string());
    format!(
        "$ newstemma{call}\n── stdout\n{}── stderr\n{}── status {status}\n",
        text(&output.stdout),
        text(&output.stderr)
    )
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}
