//! The records of a story's stemma: edges with relation, extent, coverage, confidence, evidence.

use crate::align::record;
use crate::background::Background;
use crate::certainty::{Certainty, certainty};
use crate::copies::{Copy, Folded};
use crate::exemplar::{Lost, SPANS_MAX, missing_passages};
use crate::family::Family;
use crate::kin::Kin;
use crate::parsimony::Parsimony;
use crate::prices::Prices;
use crate::rendering::{WHOLE, extent, relation, relation_to_lost};
use crate::search::best_tree;
use crate::text::Beside;
use crate::tree::Tree;
use newstemma_model::{
    Derivation, Direction, Document, Evidence, EvidenceKind, Exemplar, ExemplarId, Extent, Node,
    Probability, Stemma, StoryId,
};
use std::cmp::Ordering;

/// From which probability on the way of an edge counts as decided.
const DECIDED: f32 = 0.75;

/// How often edges turned out right on `traditions` (dev), as a line over what the costs alone say:
/// what speaks against an edge is often not to be seen.
const FIRST_RIGHT: (f32, f32) = (0.42, 0.36);
const FURTHER_RIGHT: f32 = 0.7;
const LOST_RIGHT: (f32, f32) = (0.3, 0.4);

/// Reconstructs which report derives from which.
///
/// The order of the documents makes no difference; reports that are related to none have no edge.
pub fn derive(story: StoryId, documents: &[&Document], background: &Background) -> Stemma {
    Collation::of(documents, background).stemma(story, &Prices::default())
}

/// The texts of a story, compared with each other: all that its stemma follows from, but the prices.
pub struct Collation<'a> {
    kin: Kin<'a>,
    copies: Vec<Copy<'a>>,
}

impl<'a> Collation<'a> {
    /// Compares the texts of a story.
    pub fn of(documents: &[&'a Document], background: &Background) -> Collation<'a> {
        let mut beside = Beside::new(background);
        let texts = documents.iter().map(|d| beside.read(d)).collect();
        let Folded { texts, counts, copies } = Folded::of(texts);
        Collation { kin: Kin::of(texts, &counts, background), copies }
    }

    /// The stemma that costs least at these prices.
    pub fn stemma(&self, story: StoryId, prices: &Prices) -> Stemma {
        let kin = &self.kin;
        let mut stemma = Stemma::default();
        for family in Family::all(kin, prices) {
            let mut parsimony = Parsimony::new(&family);
            let tree = best_tree(&mut parsimony);
            let certainty = certainty(&mut parsimony, &tree);
            let drawn = Drawn { story, kin, family: &family, tree: &tree, certainty: &certainty };
            drawn.draw(&mut stemma);
        }
        for pair in kin.pairs() {
            let (a, b) = (&kin.texts[pair.a], &kin.texts[pair.b]);
            stemma.alignments.extend(pair.matches.iter().map(|m| record(m, a, b)));
        }
        self.copies.iter().for_each(|copy| copy.draw(&mut stemma, &kin.texts));
        stemma.exemplars.sort_by_key(|x| x.id);
        stemma.derivations.sort_by_key(|d| (d.child, d.parent));
        stemma.alignments.sort_by_key(|x| (x.a, x.b));
        stemma
    }
}

/// The tree of a family, about to become records.
struct Drawn<'d> {
    story: StoryId,
    kin: &'d Kin<'d>,
    family: &'d Family<'d>,
    tree: &'d Tree,
    certainty: &'d Certainty,
}

impl Drawn<'_> {
    fn draw(&self, stemma: &mut Stemma) {
        for node in self.tree.lost() {
            self.draw_lost(stemma, node);
        }
        for text in (0..self.tree.texts).filter(|&text| Some(text) != self.family.under) {
            let child = self.family.members[text];
            let extant = self.tree.parent[text].filter(|&p| !self.tree.is_lost(p));
            if let Some(parent) = extant {
                stemma.derivations.push(self.first_edge(text, self.family.members[parent]));
            }
            for &source in &self.tree.further[text] {
                let parent = self.family.members[source];
                let confidence = FURTHER_RIGHT * self.kin.probability(child, parent);
                stemma.derivations.push(edge(self.kin, child, parent, confidence));
            }
        }
    }

    fn first_edge(&self, text: usize, parent: usize) -> Derivation {
        let child = self.family.members[text];
        let certain = self.certainty.direction[text];
        let decided = certain >= DECIDED;
        let right = self.kin.probability(child, parent) * self.certainty.place[text];
        let confidence =
            FIRST_RIGHT.0 + FIRST_RIGHT.1 * if decided { right * certain } else { right };
        let mut edge = edge(self.kin, child, parent, confidence);
        edge.direction = if decided { Direction::Decided } else { Direction::Undecided };
        edge
    }

    fn draw_lost(&self, stemma: &mut Stemma, node: usize) {
        let members = &self.family.members;
        let below = (0..self.tree.texts).filter(|&t| self.tree.descends(t, node));
        let mut children: Vec<usize> = self.tree.children(node).map(|c| members[c]).collect();
        children.sort_by_key(|&c| self.kin.texts[c].document.report.id);
        let lost = Lost {
            children,
            below: below.map(|t| members[t]).collect(),
            parent: self.tree.parent[node].map(|p| members[p]),
            certainty: LOST_RIGHT.0 + LOST_RIGHT.1 * self.certainty.place[node],
        };
        let kin = self.kin;
        let id = self.id(&lost);
        let why = lost.why(kin);
        for child in self.tree.children(node) {
            stemma.derivations.push(self.edge_to_lost(child, Node::Exemplar(id), &lost, &why));
        }
        if let Some(parent) = lost.parent {
            let first = lost.children[0];
            let mut edge = edge(kin, first, parent, lost.certainty);
            edge.child = Node::Exemplar(id);
            edge.extent = Extent::Whole;
            stemma.derivations.push(edge);
        }
        let (story, credited_to) = (self.story, lost.credited(kin));
        let exemplar = Exemplar { id, story, credited_to, earliest: None, evidence: vec![why] };
        stemma.exemplars.push(exemplar);
    }

    /// The id of a lost text: it changes with the texts that were made from it.
    fn id(&self, lost: &Lost) -> ExemplarId {
        let story = self.story.to_bytes();
        let report = |&c: &usize| self.kin.texts[c].document.report.id.to_bytes();
        let ids: Vec<[u8; 8]> = lost.children.iter().map(report).collect();
        let mut parts: Vec<&[u8]> = vec![&story];
        parts.extend(ids.iter().map(|id| &id[..]));
        ExemplarId::of(&parts)
    }

    fn edge_to_lost(&self, text: usize, parent: Node, lost: &Lost, why: &Evidence) -> Derivation {
        let (kin, child) = (self.kin, self.family.members[text]);
        let further =
            self.tree.further[text].iter().map(|&s| kin.share(child, self.family.members[s]));
        let covered = 1.0 - further.sum::<f32>().min(1.0);
        Derivation {
            child: node(kin, child),
            parent,
            direction: Direction::Decided,
            relation: relation_to_lost(kin, lost, child),
            extent: if covered >= WHOLE { Extent::Whole } else { Extent::Part },
            coverage: Probability::clamped(covered),
            confidence: Probability::clamped(lost.certainty),
            evidence: vec![why.clone()],
        }
    }
}

fn node(kin: &Kin<'_>, text: usize) -> Node {
    Node::Report(kin.texts[text].document.report.id)
}

fn edge(kin: &Kin<'_>, child: usize, parent: usize, confidence: f32) -> Derivation {
    Derivation {
        child: node(kin, child),
        parent: node(kin, parent),
        direction: Direction::Decided,
        relation: relation(kin, child, parent),
        extent: extent(kin, child, parent),
        coverage: Probability::clamped(kin.share(child, parent)),
        confidence: Probability::clamped(confidence),
        evidence: evidence(kin, child, parent),
    }
}

fn evidence(kin: &Kin<'_>, child: usize, parent: usize) -> Vec<Evidence> {
    let Some(pair) = kin.pair(child, parent) else { return Vec::new() };
    let mut found = vec![Evidence {
        kind: EvidenceKind::SharedText,
        note: format!(
            "{} passages in common: {:.0} % of the one text, {:.0} % of the other",
            pair.matches.len(),
            100.0 * kin.share(child, parent),
            100.0 * kin.share(parent, child)
        ),
        spans: pair.shown(kin, SPANS_MAX / 2),
    }];
    if let Some(order) = kin.order(parent, child) {
        let note = match order {
            Ordering::Less => "published earlier",
            _ => "published later",
        };
        found.push(Evidence { kind: EvidenceKind::Time, note: note.into(), spans: Vec::new() });
    }
    for (text, other) in [(child, parent), (parent, child)] {
        let own = missing_passages(kin, text, other);
        if !own.is_empty() {
            let side = if text == child { "the derived text" } else { "its exemplar" };
            found.push(Evidence {
                kind: EvidenceKind::OnlyInOne,
                note: format!("{} sentences only in {side}", own.len()),
                spans: own.into_iter().take(SPANS_MAX).collect(),
            });
        }
    }
    found
}
