//! Places in reports that can read otherwise elsewhere.

use crate::context::Context;
use crate::date;
use newstemma_model::{DateExpression, DifferenceKind, Quantity, Span};

/// What stands at a place of a document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Site {
    pub(crate) document: usize,
    pub(crate) span: Span,
    pub(crate) kind: DifferenceKind,
    pub(crate) reading: Reading,
}

/// A reading, as it is compared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Reading {
    /// A number.
    Number(Quantity),
    /// A day or date, in a form that all languages share.
    Date(String),
    /// Words, in lower case.
    Words(String),
    /// Whether a word of denial or doubt stands there.
    Polar(bool),
    /// Nothing of the kind, where another report has something.
    Absent,
}

impl Reading {
    /// Whether two readings are one. Bounds and "about" are no part of the reading: where texts
    /// are versions of one, "over 40" that became "over 60" is a change.
    pub(crate) fn agrees(&self, other: &Reading) -> bool {
        match (self, other) {
            (Reading::Number(a), Reading::Number(b)) => crate::compatible::same_number(a, b),
            _ => self == other,
        }
    }
}

impl Site {
    /// The figure that covers a place, else the words there.
    pub(crate) fn figure(context: &Context<'_>, document: usize, span: Span) -> Site {
        let kind = DifferenceKind::Figure;
        let figures = &context.document(document).figures;
        match figures.iter().find(|f| f.span.overlap(span) > 0) {
            Some(figure) => {
                let reading = Reading::Number(figure.quantity);
                Site { document, span: figure.span, kind, reading }
            }
            None => Site::numeral(context, document, span),
        }
    }

    /// A number in digits that is no figure of anything: its value, else the words there.
    pub(crate) fn numeral(context: &Context<'_>, document: usize, span: Span) -> Site {
        let words = Site::words(context, document, span, DifferenceKind::Figure);
        let value = span.of(context.text(document)).parse::<u32>().ok();
        match value {
            Some(value) => {
                let reading = Reading::Number(Quantity::exact(f64::from(value)));
                Site { reading, ..words }
            }
            None => words,
        }
    }

    /// The date that covers a place, if there is one. Of a length of time ("within 30 days") the
    /// number is what can change, so it counts as a figure.
    pub(crate) fn date(context: &Context<'_>, document: usize, span: Span) -> Option<Site> {
        let dates = &context.document(document).dates;
        let mention = dates.iter().find(|d| d.span.overlap(span) > 0)?;
        let reading = Reading::Date(date::key(&mention.expression)?);
        let is_length = matches!(bounding(&mention.expression), DateExpression::Distance { .. });
        let kind = if is_length { DifferenceKind::Figure } else { DifferenceKind::Date };
        Some(Site { document, span: mention.span, kind, reading })
    }

    /// The words at a place.
    pub(crate) fn words(
        context: &Context<'_>,
        document: usize,
        span: Span,
        kind: DifferenceKind,
    ) -> Site {
        let reading = Reading::Words(crate::context::folded(span.of(context.text(document))));
        Site { document, span, kind, reading }
    }
}

/// The date that a bound names: of "until Friday" Friday.
fn bounding(expression: &DateExpression) -> &DateExpression {
    match expression {
        DateExpression::Since(inner) | DateExpression::Until(inner) => bounding(inner),
        other => other,
    }
}
