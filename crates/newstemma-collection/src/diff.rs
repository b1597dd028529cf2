//! What a correction changed: sentences that went and sentences that came.
//!
//! The longest common subsequence of sentences, by the textbook table. Sentences that both texts
//! begin or end with are set aside first, so that the table is as large as the part that changed.

use newstemma_model::Report;
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
    let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[front..], &b[front..]);
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - back], &b[..b.len() - back]);
    // common[i][j]: how many sentences a[i..] and b[j..] have in common, in order.
    let mut common = vec![vec![0u32; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i][j] = if a[i] == b[j] {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut changes = Vec::new();
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            (i, j) = (i + 1, j + 1);
        } else if i < a.len() && (j == b.len() || common[i + 1][j] >= common[i][j + 1]) {
            changes.push(Change::Gone(a[i].clone()));
            i += 1;
        } else {
            changes.push(Change::New(b[j].clone()));
            j += 1;
        }
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
