//! The record of a statement, and of figures and dates wherever they stand.

use super::part::{Id, Place, Shown, number};
use crate::json::Record;
use newstemma_model as model;
use serde::Serialize;

/// A span that says something is so.
#[derive(Clone, Debug, Serialize)]
pub struct Statement<'a> {
    /// Its id.
    pub id: Id<model::StatementId>,
    /// The report it stands in.
    pub report: Id<model::ReportId>,
    /// First byte of all of it.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Who says it; `null`: the outlet itself.
    pub source: Option<Source<'a>>,
    /// The words that ascribe it.
    pub cue: Option<Place>,
    /// What is said.
    pub content: Option<Place>,
    /// Direct, indirect, mixed or none.
    pub quote: &'static str,
    /// What is done by saying it: say, deny, warn …
    pub act: &'static str,
    /// The hands it went through, first speaker first.
    pub chain: &'a [String],
    /// Figures in it.
    pub figures: Vec<Figure<'a>>,
    /// Dates in it.
    pub dates: Vec<Date>,
}

impl Record for Statement<'_> {
    const TYPE: &'static str = "statement";
    const VERSION: u32 = super::VERSION;
}

impl<'a> From<&'a model::Statement> for Statement<'a> {
    fn from(statement: &'a model::Statement) -> Self {
        Self {
            id: Shown(statement.id),
            report: Shown(statement.report),
            start: statement.span.start(),
            end: statement.span.end(),
            source: statement.source.as_ref().map(Source::from),
            cue: statement.cue.map(Place::from),
            content: statement.content.map(Place::from),
            quote: statement.quote.name(),
            act: statement.act.name(),
            chain: &statement.chain,
            figures: statement.figures.iter().map(Figure::from).collect(),
            dates: statement.dates.iter().map(Date::from).collect(),
        }
    }
}

/// Who says something.
#[derive(Clone, Debug, Serialize)]
pub struct Source<'a> {
    /// First byte of where the speaker is named; `null` where only the cue shows one.
    pub start: Option<usize>,
    /// One past the last byte.
    pub end: Option<usize>,
    /// The name or description.
    pub name: &'a str,
    /// Person, body, official-anonymous, outlet, document or unstated.
    pub kind: &'static str,
}

impl<'a> From<&'a model::Source> for Source<'a> {
    fn from(source: &'a model::Source) -> Self {
        Self {
            start: source.span.map(model::Span::start),
            end: source.span.map(model::Span::end),
            name: &source.name,
            kind: source.kind.name(),
        }
    }
}

/// A number of something.
#[derive(Clone, Debug, Serialize)]
pub struct Figure<'a> {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The number, if it is one.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub value: Option<f64>,
    /// Else the least, if it is bounded below.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub low: Option<f64>,
    /// Else the greatest, if it is bounded above.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub high: Option<f64>,
    /// Whether it is said to be about so many.
    pub approx: bool,
    /// The unit or the noun counted.
    pub unit: Option<&'a str>,
    /// What is counted, as it stands in the text.
    pub of: Option<Place>,
}

impl<'a> From<&'a model::Figure> for Figure<'a> {
    fn from(figure: &'a model::Figure) -> Self {
        let value = figure.quantity.value();
        let bound = |bound: Option<f64>| if value.is_none() { bound } else { None };
        Self {
            start: figure.span.start(),
            end: figure.span.end(),
            value,
            low: bound(figure.quantity.low),
            high: bound(figure.quantity.high),
            approx: figure.quantity.approximate,
            unit: figure.unit.as_deref(),
            of: figure.of.map(Place::from),
        }
    }
}

/// A date at one place.
#[derive(Clone, Debug, Serialize)]
pub struct Date {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// When, in the Extended Date/Time Format (ISO 8601-2); `null` where the day it counts from
    /// is not known.
    pub value: Option<Shown<model::Edtf>>,
}

impl From<&model::ResolvedDate> for Date {
    fn from(date: &model::ResolvedDate) -> Self {
        Self {
            start: date.span.start(),
            end: date.span.end(),
            value: date.value.clone().map(Shown),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Figure;
    use newstemma_model::{self as model, FigureKind, Quantity, Span};

    fn check(low: Option<f64>, high: Option<f64>, expected: &str) {
        let quantity = Quantity { low, high, approximate: false };
        let span = Span::new(0, 2);
        let kind = FigureKind::Count;
        let figure = model::Figure { span, quantity, kind, unit: None, of: None };
        let written = serde_json::to_string(&Figure::from(&figure)).unwrap();
        let fields =
            format!(r#"{{"start":0,"end":2,{expected}"approx":false,"unit":null,"of":null}}"#);
        assert_eq!(written, fields);
    }

    #[test]
    fn a_figure_has_a_value_or_bounds() {
        check(Some(12_000.0), Some(12_000.0), r#""value":12000,"#);
        check(Some(2.5), Some(2.5), r#""value":2.5,"#);
        check(Some(10_000.0), None, r#""low":10000,"#);
        check(None, Some(-3.0), r#""high":-3,"#);
        check(Some(40.0), Some(60.0), r#""low":40,"high":60,"#);
        check(None, None, "");
    }
}
