//! The records of a story's stemma.

use super::part::{Evidence, Id, Shown, Spot, rounded};
use crate::json::Record;
use newstemma_model as model;
use serde::{Serialize, Serializer};

/// A lost text.
#[derive(Clone, Debug, Serialize)]
pub struct Exemplar<'a> {
    /// Its id.
    pub id: Id<model::ExemplarId>,
    /// The story it belongs to.
    pub story: Id<model::StoryId>,
    /// The agency or outlet that the reports below it credit.
    pub credited_to: Option<&'a str>,
    /// Why it is thought to have existed.
    pub evidence: Vec<Evidence<'a>>,
}

impl Record for Exemplar<'_> {
    const TYPE: &'static str = "exemplar";
    const VERSION: u32 = super::VERSION;
}

impl<'a> From<&'a model::Exemplar> for Exemplar<'a> {
    fn from(exemplar: &'a model::Exemplar) -> Self {
        Self {
            id: Shown(exemplar.id),
            story: Shown(exemplar.story),
            credited_to: exemplar.credited_to.as_deref(),
            evidence: exemplar.evidence.iter().map(Evidence::from).collect(),
        }
    }
}

/// That a text was made from another.
#[derive(Clone, Debug, Serialize)]
pub struct Derivation<'a> {
    /// The story.
    pub story: Id<model::StoryId>,
    /// The text that was made: a report or an exemplar.
    pub child: Node,
    /// What it was made from: a report or an exemplar.
    pub parent: Node,
    /// `decided`, or `undecided`: then the order of child and parent says nothing.
    pub direction: &'static str,
    /// Verbatim, rewrite, translation or mixed.
    pub relation: &'static str,
    /// Whole or part of the child.
    pub extent: &'static str,
    /// Share of the child's own sentences that this parent accounts for.
    pub coverage: f64,
    /// Chance that the edge is right.
    pub confidence: f64,
    /// What it rests on.
    pub evidence: Vec<Evidence<'a>>,
}

impl Record for Derivation<'_> {
    const TYPE: &'static str = "derivation";
    const VERSION: u32 = super::VERSION;
}

impl<'a> Derivation<'a> {
    /// The record of an edge of this story's stemma.
    pub fn new(story: model::StoryId, derivation: &'a model::Derivation) -> Self {
        Self {
            story: Shown(story),
            child: Node(derivation.child),
            parent: Node(derivation.parent),
            direction: match derivation.direction {
                model::Direction::Decided => "decided",
                model::Direction::Undecided => "undecided",
            },
            relation: match derivation.relation {
                model::Relation::Verbatim => "verbatim",
                model::Relation::Rewrite => "rewrite",
                model::Relation::Translation => "translation",
                model::Relation::Mixed => "mixed",
            },
            extent: match derivation.extent {
                model::Extent::Whole => "whole",
                model::Extent::Part => "part",
            },
            coverage: rounded(derivation.coverage.get()),
            confidence: rounded(derivation.confidence.get()),
            evidence: derivation.evidence.iter().map(Evidence::from).collect(),
        }
    }
}

/// The id of a report or an exemplar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node(pub model::Node);

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            model::Node::Report(id) => serializer.collect_str(&id),
            model::Node::Exemplar(id) => serializer.collect_str(&id),
        }
    }
}

/// An edge of the stemma, named by its ends.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Edge {
    /// The text that was made.
    pub child: Node,
    /// What it was made from.
    pub parent: Node,
}

impl From<model::Edge> for Edge {
    fn from(edge: model::Edge) -> Self {
        Self { child: Node(edge.child), parent: Node(edge.parent) }
    }
}

/// Two passages that carry the same text.
#[derive(Clone, Debug, Serialize)]
pub struct Alignment<R = Id<model::ReportId>> {
    /// The story; `null` in the output of `align`.
    pub story: Option<Id<model::StoryId>>,
    /// One passage.
    pub a: Spot<R>,
    /// The other.
    pub b: Spot<R>,
    /// Verbatim, rewrite or translation.
    pub relation: &'static str,
    /// How well they agree, 0 to 1; not calibrated.
    pub score: f64,
}

impl<R: Serialize> Record for Alignment<R> {
    const TYPE: &'static str = "alignment";
    const VERSION: u32 = super::VERSION;
}

impl Alignment {
    /// The record of an alignment within a story.
    pub fn new(story: model::StoryId, alignment: &model::Alignment) -> Self {
        Self {
            story: Some(Shown(story)),
            a: alignment.a.into(),
            b: alignment.b.into(),
            relation: relation(alignment.relation),
            score: rounded(alignment.score),
        }
    }
}

impl<'a> Alignment<&'a str> {
    /// The record of an alignment of two texts that belong to no story, named as the user did.
    pub fn of_texts(a: &'a str, b: &'a str, alignment: &model::Alignment) -> Self {
        let spot =
            |report, span: model::Span| Spot { report, start: span.start(), end: span.end() };
        Self {
            story: None,
            a: spot(a, alignment.a.span),
            b: spot(b, alignment.b.span),
            relation: relation(alignment.relation),
            score: rounded(alignment.score),
        }
    }
}

fn relation(relation: model::AlignmentRelation) -> &'static str {
    match relation {
        model::AlignmentRelation::Verbatim => "verbatim",
        model::AlignmentRelation::Rewrite => "rewrite",
        model::AlignmentRelation::Translation => "translation",
    }
}
