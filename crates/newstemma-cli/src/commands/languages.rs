//! `newstemma languages`: which languages are covered, and how well.

use crate::failure::{Failure, Outcome};
use crate::output::Destination;
use newstemma_embed::{Coverage, CoveringEncoder, coverage};
use std::io::{self, Write};

/// Does it.
pub(crate) fn run() -> Result<Outcome, Failure> {
    Destination::Stdout.write(|out| write(out, &coverage()))?;
    Ok(Outcome::Done)
}

fn write(out: &mut dyn Write, rows: &[Coverage]) -> io::Result<()> {
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
    use super::write;
    use newstemma_embed::coverage;

    #[test]
    fn every_language_has_a_line() {
        let mut out = Vec::new();
        write(&mut out, &coverage()).unwrap();
        let text = String::from_utf8(out).unwrap();
        for tag in ["en", "uk", "he", "am"] {
            let line = format!("{tag:<9} ");
            assert!(text.lines().any(|found| found.starts_with(&line)), "{tag}\n{text}");
        }
    }
}
