//! The specimens of a language: `newstemma-language/specimens/<tag>.md`.
//!
//! A table of three columns: the case (one of [`crate::coverage::REQUIRED`]), the sentence with its
//! source, cue and content marked, and what else is expected. Rows of one sentence that follow each
//! other are the statements of one specimen. What stands outside the table is for people.

use newstemma_testkit::marked::{Marked, Properties, marked, properties};

/// A sentence, and all that is to be found in it.
pub(crate) struct Specimen {
    pub(crate) case: String,
    /// The statements: their parts, and their other properties.
    pub(crate) statements: Vec<(Marked, Properties)>,
    /// All figures, as [`crate::reading`] writes them, if they are checked.
    pub(crate) figures: Option<String>,
    /// All dates, likewise.
    pub(crate) dates: Option<String>,
    /// Some names, each behind its kind.
    pub(crate) names: Option<String>,
    /// Why it is not yet read as it should be.
    pub(crate) fixme: Option<String>,
}

impl Specimen {
    /// The sentence without its marks.
    pub(crate) fn text(&self) -> &str {
        &self.statements[0].0.text
    }
}

/// Reads the table.
pub(crate) fn read(file: &str) -> Vec<Specimen> {
    let mut out: Vec<Specimen> = Vec::new();
    let rows = file.lines().filter_map(|line| line.trim_end().strip_prefix('|')?.strip_suffix('|'));
    for row in rows.skip(2) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [case, sentence, expected] = cells[..] else { panic!("not three columns: {row}") };
        let mut expected = properties(expected);
        let mut take = |name: &str| expected.remove(name);
        let (figures, dates, names) = (take("figures"), take("dates"), take("names"));
        let fixme = take("fixme");
        let statement = (marked(sentence), expected);
        match out.last_mut() {
            Some(last) if last.text() == statement.0.text => last.statements.push(statement),
            _ => {
                let (case, statements) = (case.to_owned(), vec![statement]);
                out.push(Specimen { case, statements, figures, dates, names, fixme });
            }
        }
    }
    out
}
