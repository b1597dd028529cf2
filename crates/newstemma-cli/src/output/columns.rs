//! Two aligned texts side by side.

use newstemma_model::{Alignment, AlignmentRelation, Document};
use std::io::{self, Write};

/// Characters of one column.
const WIDTH: usize = 46;

/// Writes each pair of passages in two columns, wrapped between words.
pub(crate) fn write(
    out: &mut dyn Write,
    names: [&str; 2],
    documents: &[Document; 2],
    alignments: &[Alignment],
) -> io::Result<()> {
    row(out, names[0], names[1])?;
    for alignment in alignments {
        let relation = match alignment.relation {
            AlignmentRelation::Verbatim => "verbatim",
            AlignmentRelation::Rewrite => "rewrite",
            AlignmentRelation::Translation => "translation",
        };
        writeln!(out, "── {relation} {:.2}", alignment.score)?;
        let [a, b] = documents;
        row(out, alignment.a.span.of(&a.report.text), alignment.b.span.of(&b.report.text))?;
    }
    Ok(())
}

fn row(out: &mut dyn Write, left: &str, right: &str) -> io::Result<()> {
    let (left, right) = (wrapped(left), wrapped(right));
    for line in 0..left.len().max(right.len()) {
        let cell = |lines: &[String]| lines.get(line).cloned().unwrap_or_default();
        let (left, right) = (cell(&left), cell(&right));
        let padding = WIDTH.saturating_sub(width(&left));
        writeln!(out, "{left}{:padding$} │ {right}", "")?;
    }
    Ok(())
}

/// Breaks a text into lines of at most [`WIDTH`] cells: between words, within words that are too
/// long, and anywhere in scripts that are written without spaces.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let wide = width(word);
        if used > 0 && used + 1 + wide > WIDTH {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        for c in word.chars() {
            if used + cells(c) > WIDTH {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(c);
            used += cells(c);
        }
    }
    lines.push(line);
    lines
}

fn width(text: &str) -> usize {
    text.chars().map(cells).sum()
}

/// Cells that a character takes on a terminal: none for combining marks, two in East Asian
/// scripts. By blocks, which is right for running text if not for every symbol (Unicode Standard
/// Annex 11).
fn cells(c: char) -> usize {
    match u32::from(c) {
        0x300..=0x36f | 0x483..=0x489 | 0x591..=0x5bd | 0x610..=0x61a | 0x64b..=0x65f => 0,
        0xe31 | 0xe34..=0xe3a | 0xe47..=0xe4e | 0x200b..=0x200f | 0x2060 | 0xfeff => 0,
        0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff => 2,
        0xfe30..=0xfe4f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x2_0000..=0x3_fffd => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::{WIDTH, width, wrapped};

    #[test]
    fn no_line_is_wider_than_its_column_and_no_word_is_lost() {
        for text in [
            "The bridge over the Lira was closed on Monday, the mayor of Ostrava Dolna said.",
            "市长周一表示，由于洪水，利拉河上的大桥已经关闭，预计将于下周重新开放，届时将进行检查。",
            "Dampfschifffahrtsgesellschaftskapitänsmützenfabrikantenverbandsvorsitzender",
            "",
        ] {
            let lines = wrapped(text);
            assert!(lines.iter().all(|line| width(line) <= WIDTH), "{lines:?}");
            let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert_eq!(letters(&lines.concat()), letters(text));
        }
    }
}
