//! What several records are made of.

use newstemma_model as model;
use serde::{Serialize, Serializer};
use std::fmt::Display;

/// A value that is written as it prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown<T>(pub T);

impl<T: Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// An id, written as a letter and sixteen hexadecimal digits.
pub type Id<T> = Shown<T>;

/// A span in a report that the record names elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl From<model::Span> for Place {
    fn from(span: model::Span) -> Self {
        Self { start: span.start(), end: span.end() }
    }
}

/// A span with its report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Spot<R = Id<model::ReportId>> {
    /// The report's id; in the output of `align`, the path of the text.
    pub report: R,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl From<model::Located> for Spot {
    fn from(at: model::Located) -> Self {
        Self { report: Shown(at.report), start: at.span.start(), end: at.span.end() }
    }
}

/// Something that a conclusion rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence<'a> {
    /// What kind of thing.
    pub kind: &'static str,
    /// What was found.
    pub note: &'a str,
    /// Where.
    pub spans: Vec<Spot>,
}

impl<'a> From<&'a model::Evidence> for Evidence<'a> {
    fn from(evidence: &'a model::Evidence) -> Self {
        Self {
            kind: evidence.kind.name(),
            note: &evidence.note,
            spans: evidence.spans.iter().map(|&at| at.into()).collect(),
        }
    }
}

/// Rounds a score to four places. In `f64`, as an `f32` would print its own rounding error.
pub(super) fn rounded(score: f32) -> f64 {
    (f64::from(score) * 10_000.0).round() / 10_000.0
}

/// Writes a whole number without a fraction: 10000, not 10000.0.
pub(super) fn number<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    /// Whole numbers beyond this are not exact in an `f64`, and are written with an exponent.
    const EXACT_MAX: f64 = 9_007_199_254_740_992.0;
    match *value {
        Some(n) if n.fract() == 0.0 && n.abs() <= EXACT_MAX => serializer.serialize_i64(n as i64),
        Some(n) => serializer.serialize_f64(n),
        None => serializer.serialize_none(),
    }
}

/// Bytes in hexadecimal digits.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut out, byte| {
        // Writing to a string can't fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}
