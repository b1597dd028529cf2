//! What the program finds in a specimen, held against what it should find.
//!
//! Figures are written `12000 inhabitant` (the number, then the unit or what is counted), with `~`
//! before about so many, `10..` for at least, `..10` for at most, `5..10` for a range; dates in EDTF.

use crate::specimen::Specimen;
use newstemma_model::{Document, Figure};
use newstemma_statement::{mentions, resolve_dates, statements};
use newstemma_testkit::marked;

/// The day on which all specimens are published: a Thursday.
const PUBLISHED: &str = "2031-03-06";

/// What is wrong with a specimen, if anything is.
pub(crate) fn fault(tag: &str, specimen: &Specimen) -> Option<String> {
    let mut document = specimen.statements[0].0.document(tag);
    document.report.published =
        newstemma_testkit::Draft::new("day", tag).published(PUBLISHED).document().report.published;
    let found = mentions(&document.report, &document.sentences);
    (document.figures, document.dates, document.names) = (found.figures, found.dates, found.names);
    let text = document.report.text.clone();
    let dates = resolve_dates(&document, document.report.published.map(|p| p.day));

    // A specimen of figures or dates says nothing of who speaks unless it has marks.
    let rows = specimen.statements.iter().filter(|(marked, _)| marked.has_marks());
    let expected: Vec<_> = rows.map(|(marked, properties)| (marked, properties)).collect();
    let attribution = (!expected.is_empty() || specimen.case == "own")
        .then(|| marked::fault(&statements(&document, &dates), &expected, &text))
        .flatten();
    let figures = document.figures.iter().map(written).collect();
    let dates = dates
        .iter()
        .map(|d| d.value.as_ref().map_or_else(|| "?".to_owned(), ToString::to_string))
        .collect();
    attribution
        .or_else(|| list_fault("figures", specimen.figures.as_deref(), figures))
        .or_else(|| list_fault("dates", specimen.dates.as_deref(), dates))
        .or_else(|| names_fault(specimen.names.as_deref(), &document))
}

/// A figure as specimens write it.
fn written(figure: &Figure) -> String {
    let quantity = figure.quantity;
    let value = match (quantity.low, quantity.high) {
        (Some(low), Some(high)) if low.total_cmp(&high).is_eq() => low.to_string(),
        (low, high) => {
            let end = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
            format!("{}..{}", end(low), end(high))
        }
    };
    let about = if quantity.approximate { "~" } else { "" };
    let unit = figure.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
    format!("{about}{value}{unit}")
}

/// Lists must agree whole, in order.
fn list_fault(what: &str, expected: Option<&str>, found: Vec<String>) -> Option<String> {
    let expected = expected?;
    let found = found.join(", ");
    (found != expected).then(|| format!("{what} are {found:?}, not {expected:?}"))
}

/// Names must be among those found, with their kind.
fn names_fault(expected: Option<&str>, document: &Document) -> Option<String> {
    let names = document.names.iter();
    let found: Vec<String> =
        names.map(|n| format!("{} {}", n.kind.name(), n.span.of(&document.report.text))).collect();
    let missing = expected?.split(", ").find(|name| !found.iter().any(|f| f == name))?;
    Some(format!("no {missing:?} among the names {found:?}"))
}
