//! Nodes, edges, lost texts and alignments of a stemma.

use crate::find;
use newstemma_model::{
    Alignment, AlignmentRelation, Derivation, Direction, Document, Exemplar, ExemplarId, Extent,
    Located, Node, Probability, Relation, StoryId,
};

/// The story of [`lost`] texts.
pub fn story() -> StoryId {
    StoryId::of(&[b"story"])
}

/// The node of a report.
pub fn node(document: &Document) -> Node {
    Node::Report(document.report.id)
}

/// A sure derivation of the whole text.
pub fn edge(child: Node, parent: Node, direction: Direction) -> Derivation {
    Derivation {
        child,
        parent,
        direction,
        relation: Relation::Rewrite,
        extent: Extent::Whole,
        coverage: Probability::ONE,
        confidence: Probability::ONE,
        evidence: Vec::new(),
    }
}

/// A lost text.
pub fn lost(name: &str, credited_to: Option<&str>) -> Exemplar {
    Exemplar {
        id: ExemplarId::of(&[name.as_bytes()]),
        story: story(),
        credited_to: credited_to.map(Into::into),
        earliest: None,
        evidence: Vec::new(),
    }
}

/// An alignment of two passages, a translation where the languages differ.
pub fn align(a: &Document, words_a: &str, b: &Document, words_b: &str) -> Alignment {
    let same = a.report.language == b.report.language;
    Alignment {
        a: Located { report: a.report.id, span: find(a, words_a) },
        b: Located { report: b.report.id, span: find(b, words_b) },
        relation: if same { AlignmentRelation::Rewrite } else { AlignmentRelation::Translation },
        score: 1.0,
    }
}
