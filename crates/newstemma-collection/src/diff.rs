//! What a correction changed: sentences that went and sentences that came.

use newstemma_model::{Report, in_common};
use newstemma_segment::segment;

/// A sentence of one text that the other does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The former text had it.
    Gone(String),
    /// The new text has it.
    New(String),
}

/// What changed from one text of a report to the next, in order.
pub fn changes(former: &Report, new: &Report) -> Vec<Change> {
    let (a, b) = (sentences(former), sentences(new));
    let mut changes = Vec::new();
    let (mut gone, mut new) = (0, 0);
    for (i, j) in in_common(&a, &b).into_iter().chain([(a.len(), b.len())]) {
        changes.extend(a[gone..i].iter().cloned().map(Change::Gone));
        changes.extend(b[new..j].iter().cloned().map(Change::New));
        (gone, new) = (i + 1, j + 1);
    }
    changes
}

/// The sentences of a report, its title first if it stands beside the text.
fn sentences(report: &Report) -> Vec<String> {
    let title = report.title.iter().filter(|title| !report.text.contains(title.as_str()));
    let text = segment(report).into_iter().map(|s| s.span.of(&report.text));
    title.map(String::as_str).chain(text).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{Change, changes};
    use newstemma_model::{Language, Report, ReportId};

    fn report(text: &str) -> Report {
        Report::bare(ReportId::of(&[text.as_bytes()]), "α", Language::parse("el").unwrap(), text)
    }

    #[test]
    fn a_figure_was_corrected_and_a_sentence_added() {
        let former = report("Η γέφυρα έκλεισε. Δύο άνθρωποι τραυματίστηκαν. Άνοιξε το πρωί.");
        let new = report(
            "Η γέφυρα έκλεισε. Τρεις άνθρωποι τραυματίστηκαν. Ένας είναι παιδί. Άνοιξε το πρωί.",
        );
        assert_eq!(
            changes(&former, &new),
            [
                Change::Gone("Δύο άνθρωποι τραυματίστηκαν.".into()),
                Change::New("Τρεις άνθρωποι τραυματίστηκαν.".into()),
                Change::New("Ένας είναι παιδί.".into()),
            ]
        );
        assert!(changes(&new, &new).is_empty());
    }
}
