//! The parts of a report's record that tell of it beyond its text.

use super::part::{Shown, rounded};
use newstemma_model as model;
use serde::Serialize;

/// Where a date was found, and how sure it is.
#[derive(Clone, Debug, Serialize)]
pub struct DateSource {
    /// The place: `given`, `json_ld`, `open_graph`, `meta`, `microdata`, `time_element`,
    /// `visible_text`, `url` or `script`.
    pub place: &'static str,
    /// Other places that give the same day.
    pub agreeing: Vec<&'static str>,
    /// Other places that give another day.
    pub differing: Vec<&'static str>,
    /// Probability that the day is right, 0 to 1.
    pub sureness: f64,
}

impl From<&model::DateSource> for DateSource {
    fn from(source: &model::DateSource) -> Self {
        let names = |places: &[model::DatePlace]| places.iter().map(|p| p.name()).collect();
        Self {
            place: source.place.name(),
            agreeing: names(&source.agreeing),
            differing: names(&source.differing),
            sureness: rounded(source.sureness),
        }
    }
}

/// What stands between headline and text.
#[derive(Clone, Debug, Serialize)]
pub struct Standfirst<'a> {
    /// Its words.
    pub text: &'a str,
    /// First byte of where it stands in the report's text; null if it does not.
    pub start: Option<usize>,
    /// One past the last byte.
    pub end: Option<usize>,
}

impl<'a> From<&'a model::Standfirst> for Standfirst<'a> {
    fn from(standfirst: &'a model::Standfirst) -> Self {
        Self {
            text: &standfirst.text,
            start: standfirst.span.map(model::Span::start),
            end: standfirst.span.map(model::Span::end),
        }
    }
}

/// Who may read a report, and whether all of it is here.
#[derive(Clone, Debug, Serialize)]
pub struct Access {
    /// Whether it is for those who pay or register; null if nothing tells.
    pub paywalled: Option<bool>,
    /// Whether the text is only a beginning or a summary.
    pub truncated: bool,
    /// What that rests on.
    pub signs: Vec<&'static str>,
}

impl From<&model::Access> for Access {
    fn from(access: &model::Access) -> Self {
        Self {
            paywalled: access.paywalled,
            truncated: access.truncated,
            signs: access.signs.iter().map(|sign| sign.name()).collect(),
        }
    }
}

/// Something inside the text that is no running text of the report.
#[derive(Clone, Debug, Serialize)]
pub struct Insert {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// `pull_quote`, `table`, `embed`, `box` or `list`.
    pub kind: &'static str,
}

impl From<&model::Insert> for Insert {
    fn from(insert: &model::Insert) -> Self {
        let (start, end) = (insert.span.start(), insert.span.end());
        Self { start, end, kind: insert.kind.name() }
    }
}

/// An entry of a live blog.
#[derive(Clone, Debug, Serialize)]
pub struct Entry<'a> {
    /// First byte, its heading included.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Its heading.
    pub title: Option<&'a str>,
    /// When it was published.
    pub published: Option<Shown<model::Published>>,
}

impl<'a> From<&'a model::Entry> for Entry<'a> {
    fn from(entry: &'a model::Entry) -> Self {
        Self {
            start: entry.span.start(),
            end: entry.span.end(),
            title: entry.title.as_deref(),
            published: entry.published.map(Shown),
        }
    }
}
