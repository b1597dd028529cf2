//! A report as the stages after reading see it.

use crate::{DateMention, Figure, Language, NameMention, Report, Role, Span, dot, likeness};

/// A report with everything that was found in it alone, before it meets others.
///
/// Filled stage by stage: sentences by segmenting, vectors by embedding, mentions by reading
/// names, figures and dates. Each list is in order of its spans' starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The report.
    pub report: Report,
    /// Its sentences, all roles, in order, not overlapping.
    pub sentences: Vec<Sentence>,
    /// One vector a sentence, in the same order.
    pub vectors: SentenceVectors,
    /// Names of persons, places, organisations.
    pub names: Vec<NameMention>,
    /// Numbers of things.
    pub figures: Vec<Figure>,
    /// Dates as written; what day they mean is found later.
    pub dates: Vec<DateMention>,
}

impl Document {
    /// A document of which only the report is known.
    pub fn new(report: Report) -> Document {
        Document {
            report,
            sentences: Vec::new(),
            vectors: SentenceVectors::default(),
            names: Vec::new(),
            figures: Vec::new(),
            dates: Vec::new(),
        }
    }

    /// The text of a sentence.
    pub fn sentence_text(&self, index: usize) -> &str {
        self.sentences.get(index).map_or("", |s| s.span.of(&self.report.text))
    }

    /// Index of the sentence in which `offset` lies, or the first one after it.
    pub fn sentence_at(&self, offset: usize) -> Option<usize> {
        let index = self.sentences.partition_point(|s| s.span.end() <= offset);
        (index < self.sentences.len()).then_some(index)
    }
}

/// A sentence: a run of text up to its stop, quotation marks that close it included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where, without white space at its ends.
    pub span: Span,
    /// Which paragraph of the report, from 0.
    pub paragraph: u32,
    /// The role of the paragraph or part it stands in.
    pub role: Role,
    /// Its own language, which on mixed pages is not the report's.
    pub language: Language,
}

/// Sentence vectors of one document: `n × dim`, `f32`, row-major, in the order of the sentences.
///
/// Rows have unit length, or are all zero for a sentence without any token. Each has a *reach*: how
/// near it comes to a translation of itself that was embedded in the usual way, as a share of how near
/// two such translations come to each other. Rows that were all embedded in the usual way have the
/// reach 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SentenceVectors {
    dim: usize,
    values: Vec<f32>,
    /// One a row, or none where all are 1.
    reaches: Vec<f32>,
}

impl SentenceVectors {
    /// Rows of `dim` values each. `None` unless `values` is a whole number of rows.
    pub fn new(dim: usize, values: Vec<f32>) -> Option<SentenceVectors> {
        let whole = if dim == 0 { values.is_empty() } else { values.len().is_multiple_of(dim) };
        whole.then_some(SentenceVectors { dim, values, reaches: Vec::new() })
    }

    /// The same rows with the reach of each.
    pub fn with_reaches(mut self, reaches: impl IntoIterator<Item = f32>) -> SentenceVectors {
        self.reaches = reaches.into_iter().collect();
        if self.reaches.iter().all(|&reach| reach == 1.0) {
            self.reaches.clear();
        }
        self
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.values.len().checked_div(self.dim).unwrap_or(0)
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Values in a row.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// One row; empty if there is none.
    pub fn row(&self, index: usize) -> &[f32] {
        self.values.get(index * self.dim..(index + 1) * self.dim).unwrap_or(&[])
    }

    /// The reach of a row, above 0.
    pub fn reach(&self, index: usize) -> f32 {
        self.reaches.get(index).copied().unwrap_or(1.0)
    }

    /// How like a row is to one of another document, up to 1: see [`likeness`].
    pub fn likeness(&self, index: usize, other: &SentenceVectors, other_index: usize) -> f32 {
        let reaches = (self.reach(index), other.reach(other_index));
        likeness(dot(self.row(index), other.row(other_index)), reaches)
    }

    /// All rows, one after the other.
    pub fn values(&self) -> &[f32] {
        &self.values
    }
}
