//! Which text derives from which.

use crate::{Day, ExemplarId, Located, ReportId, StoryId};

/// The family tree of a story's reports: a directed graph, in which a report may have more than
/// one exemplar (contamination) and exemplars may be lost.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stemma {
    /// Lost texts, by id.
    pub exemplars: Vec<Exemplar>,
    /// Edges, by child, then parent.
    pub derivations: Vec<Derivation>,
    /// Passages that carry the same text, by their spans.
    pub alignments: Vec<Alignment>,
}

impl Stemma {
    /// The derivations of a node: its exemplars.
    pub fn parents(&self, node: Node) -> impl Iterator<Item = &Derivation> {
        self.derivations.iter().filter(move |d| d.child == node)
    }

    /// The derivations from a node: its copies.
    pub fn children(&self, node: Node) -> impl Iterator<Item = &Derivation> {
        self.derivations.iter().filter(move |d| d.parent == node)
    }
}

/// A text in the stemma.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// One that we have.
    Report(ReportId),
    /// One that is lost.
    Exemplar(ExemplarId),
}

/// A lost text, known by the reports that derive from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Exemplar {
    /// Its id.
    pub id: ExemplarId,
    /// The story it belongs to.
    pub story: StoryId,
    /// The agency or outlet that the reports below it credit, if they do.
    pub credited_to: Option<String>,
    /// The earliest day on which it can have stood, where known.
    pub earliest: Option<Day>,
    /// Why it is thought to have existed.
    pub evidence: Vec<Evidence>,
}

/// That a text was made from another.
#[derive(Clone, Debug, PartialEq)]
pub struct Derivation {
    /// The text that was made.
    pub child: Node,
    /// Its exemplar. If the direction is undecided, the order of the two says nothing.
    pub parent: Node,
    /// Whether it is known which of the two came first.
    pub direction: Direction,
    /// How the child renders the parent.
    pub relation: Relation,
    /// Whether the whole child comes from this parent, or only a part of it.
    pub extent: Extent,
    /// Share of the child's own sentences that this parent accounts for.
    pub coverage: Probability,
    /// Chance that the edge is right, in this direction if decided. Calibrated.
    pub confidence: Probability,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}

/// Whether the texts decide which came first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// They do.
    Decided,
    /// They do not.
    Undecided,
}

/// How one text renders another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// In the same words.
    Verbatim,
    /// In other words of the same language.
    Rewrite,
    /// In another language.
    Translation,
    /// In more than one of these ways.
    Mixed,
}

/// How much of a child comes from one parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    /// At least four fifths of its sentences.
    Whole,
    /// Less.
    Part,
}

/// Two passages that carry the same text. `a` is the one whose report comes first by id.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// One passage.
    pub a: Located,
    /// The other.
    pub b: Located,
    /// How they render the same text.
    pub relation: AlignmentRelation,
    /// How well they agree, 0 to 1; not calibrated.
    pub score: f32,
}

/// How two aligned passages render the same text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AlignmentRelation {
    /// In the same words.
    Verbatim,
    /// In other words of the same language.
    Rewrite,
    /// In different languages.
    Translation,
}

/// Something that a conclusion rests on, with the places where a reader can look.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What kind of thing.
    pub kind: EvidenceKind,
    /// What was found, as a short fixed phrase with values filled in.
    pub note: String,
    /// Where.
    pub spans: Vec<Located>,
}

/// Kinds of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceKind {
    /// Passages in common, and how much of each text they are.
    SharedText,
    /// The order of the shared passages.
    Order,
    /// A supplier that is named.
    Credit,
    /// When the texts were published.
    Time,
    /// Marks of a translation: spellings or typography of another language.
    TranslationTrace,
    /// An error or oddity that both have.
    SharedQuirk,
    /// Something that one has and the other lacks.
    OnlyInOne,
    /// A word or figure changed between them.
    Change,
    /// Another parent that explains the child nearly as well.
    Competitor,
    /// A date, weekday or day count, for inferred dates.
    Date,
}

impl EvidenceKind {
    /// The name in records.
    pub fn name(self) -> &'static str {
        match self {
            EvidenceKind::SharedText => "shared_text",
            EvidenceKind::Order => "order",
            EvidenceKind::Credit => "credit",
            EvidenceKind::Time => "time",
            EvidenceKind::TranslationTrace => "translation_trace",
            EvidenceKind::SharedQuirk => "shared_quirk",
            EvidenceKind::OnlyInOne => "only_in_one",
            EvidenceKind::Change => "change",
            EvidenceKind::Competitor => "competitor",
            EvidenceKind::Date => "date",
        }
    }
}

/// An edge of the stemma, named by its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge {
    /// The text that was made.
    pub child: Node,
    /// Its exemplar.
    pub parent: Node,
}

/// A day of publication that no page gives, found from the text and its relatives.
#[derive(Clone, Debug, PartialEq)]
pub struct InferredDate {
    /// The day.
    pub day: Day,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}

/// A number from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Probability(f32);

impl Probability {
    /// Never.
    pub const ZERO: Probability = Probability(0.0);
    /// Always.
    pub const ONE: Probability = Probability(1.0);

    /// The nearest probability to `value`; 0 for what is no number.
    pub fn clamped(value: f32) -> Probability {
        Probability(if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) })
    }

    /// The number.
    pub fn get(self) -> f32 {
        self.0
    }
}
