//! Figures, dates and names, put into documents at the words they stand at.
//!
//! Each function marks the first place of the words and does nothing where a document does not
//! have them, so that one list of marks serves all reports of a story.

use newstemma_model::{
    DateExpression, DateMention, Document, EntityKind, Figure, FigureKind, NameMention, Quantity,
    Span,
};

/// Marks a count of nobody knows what.
pub fn count(document: &mut Document, words: &str, quantity: Quantity) {
    figure(document, words, quantity, None);
}

/// Marks a count of something.
pub fn count_of(document: &mut Document, words: &str, quantity: Quantity, unit: &str) {
    figure(document, words, quantity, Some(unit.to_owned()));
}

fn figure(document: &mut Document, words: &str, quantity: Quantity, unit: Option<String>) {
    let Some(span) = place(document, words) else { return };
    let kind = FigureKind::Count;
    document.figures.push(Figure { span, quantity, kind, unit, of: None });
    document.figures.sort_by_key(|f| f.span);
}

/// Marks a date.
pub fn date(document: &mut Document, words: &str, expression: DateExpression) {
    let Some(span) = place(document, words) else { return };
    document.dates.push(DateMention { span, expression });
    document.dates.sort_by_key(|d| d.span);
}

/// Marks a name, of no entity yet.
pub fn name(document: &mut Document, words: &str, kind: EntityKind) {
    let Some(span) = place(document, words) else { return };
    document.names.push(NameMention { span, kind, normal: words.to_lowercase(), entity: None });
    document.names.sort_by_key(|n| n.span);
}

fn place(document: &Document, words: &str) -> Option<Span> {
    let start = document.report.text.find(words)?;
    Some(Span::new(start, start + words.len()))
}
