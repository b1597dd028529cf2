//! Reports as text to read: what each is, and what it tells without its inserts.

use super::summary::counted;
use newstemma_model::{Document, Report, Role};
use std::io::{self, Write};
use std::time::Duration;

/// Writes reports one after the other.
pub(crate) fn reports(out: &mut dyn Write, reports: &[(Document, Duration)]) -> io::Result<()> {
    reports.iter().try_for_each(|(document, _)| report(out, document))
}

fn report(out: &mut dyn Write, document: &Document) -> io::Result<()> {
    let report = &document.report;
    writeln!(out, "── {}", report.reference)?;
    if let Some(title) = &report.title {
        writeln!(out, "{title}")?;
    }
    writeln!(out, "{}", about(report, document.sentences.len()))?;
    let mut paragraph = None;
    for (index, sentence) in document.sentences.iter().enumerate() {
        if !matches!(sentence.role, Role::Body | Role::Subhead) {
            continue;
        }
        let separator = match paragraph {
            Some(last) if last == sentence.paragraph => " ",
            Some(_) => "\n\n",
            None => "\n",
        };
        paragraph = Some(sentence.paragraph);
        write!(out, "{separator}{}", document.sentence_text(index))?;
    }
    writeln!(out, "\n")
}

fn about(report: &Report, sentences: usize) -> String {
    let mut facts: Vec<String> = Vec::new();
    facts.extend(report.outlet.clone());
    facts.extend(report.published.map(|published| published.to_string()));
    facts.push(report.language.to_string());
    facts.extend(report.authors.iter().cloned());
    facts.extend(report.credits.first().map(|credit| format!("credits {}", credit.agency)));
    facts.push(counted(sentences, "sentence", "sentences"));
    facts.join(" · ")
}
