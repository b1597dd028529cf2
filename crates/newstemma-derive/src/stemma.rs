//! The records of a story's stemma: edges with relation, extent, coverage, confidence, evidence.

use crate::align::{Match, record};
use crate::background::Background;
use crate::direction::turn;
use crate::evidence::Pair;
use crate::exemplar::{Lost, Reason, credited, lost};
use crate::kin::Kin;
use crate::parents::{Parents, add_further, cost, first_parents, order, share};
use crate::text::Text;
use newstemma_model::{
    AlignmentRelation, CreditKind, Derivation, Direction, Document, Evidence, EvidenceKind,
    Exemplar, ExemplarId, Extent, Located, Node, Probability, Relation, Stemma, StoryId,
};

/// From which probability on the way of an edge counts as decided.
pub(crate) const DECIDED: f32 = 0.75;
/// From which share of its sentences on the whole text comes from one parent.
const WHOLE: f32 = 0.8;

/// How often edges turned out right on `traditions` (dev), as a line over what the costs alone say:
/// most errors are lost exemplars, of which nothing can be seen.
const FIRST_RIGHT: (f32, f32) = (0.42, 0.36);
const FURTHER_RIGHT: f32 = 0.5;

/// Reconstructs which report derives from which.
///
/// The order of the documents makes no difference; reports that are related to none have no edge.
pub fn derive(story: StoryId, documents: &[&Document], background: &Background) -> Stemma {
    let mut sorted: Vec<&Document> = documents.to_vec();
    sorted.sort_by_key(|d| d.report.id);
    let kin =
        Kin::of(sorted.into_iter().map(|d| Text::beside(d, background)).collect(), background);
    let mut parents = first_parents(&kin);
    let certain = turn(&kin, &mut parents);
    add_further(&kin, &mut parents);
    let lost = lost(&kin, &mut parents, &certain);
    let mut stemma = Stemma::default();
    for text in &lost {
        add_lost(&mut stemma, story, &kin, &parents, text);
    }
    for (child, &certain) in certain.iter().enumerate() {
        if let Some(parent) = parents.first[child] {
            stemma.derivations.push(first_edge(&kin, child, parent, certain));
        }
        for &parent in &parents.further[child] {
            stemma.derivations.push(further_edge(&kin, &parents, child, parent));
        }
    }
    for pair in kin.pairs() {
        let (a, b) = (&kin.texts[pair.a], &kin.texts[pair.b]);
        stemma.alignments.extend(pair.matches.iter().map(|m| record(m, a, b)));
    }
    stemma.exemplars.sort_by_key(|x| x.id);
    stemma.derivations.sort_by_key(|d| (d.child, d.parent));
    stemma.derivations.dedup_by_key(|d| (d.child, d.parent));
    stemma.alignments.sort_by_key(|x| (x.a, x.b));
    stemma
}

fn node(kin: &Kin<'_>, text: usize) -> Node {
    Node::Report(kin.texts[text].document.report.id)
}

fn first_edge(kin: &Kin<'_>, child: usize, parent: usize, certain: f32) -> Derivation {
    let decided = certain >= DECIDED;
    let right = kin.probability(child, parent) * preferred(kin, child, parent);
    let confidence = FIRST_RIGHT.0 + FIRST_RIGHT.1 * if decided { right * certain } else { right };
    let mut edge = edge(kin, child, parent, confidence);
    edge.direction = if decided { Direction::Decided } else { Direction::Undecided };
    edge
}

fn further_edge(kin: &Kin<'_>, parents: &Parents, child: usize, parent: usize) -> Derivation {
    // A block was taken from whoever has more around it.
    let both_roots = parents.first[child].is_none() && parents.first[parent].is_none();
    let confidence = FURTHER_RIGHT * kin.probability(child, parent);
    let mut edge = edge(kin, child, parent, confidence);
    if both_roots && order(kin, child, parent).is_none() {
        edge.direction = Direction::Undecided;
    }
    edge
}

fn edge(kin: &Kin<'_>, child: usize, parent: usize, confidence: f32) -> Derivation {
    let share = share(kin, child, parent);
    Derivation {
        child: node(kin, child),
        parent: node(kin, parent),
        direction: Direction::Decided,
        relation: relation(kin, child, parent),
        extent: extent(kin, child, parent),
        coverage: Probability::clamped(share),
        confidence: Probability::clamped(confidence),
        evidence: evidence(kin, child, parent),
    }
}

/// How far this parent is ahead of the others, as a probability.
fn preferred(kin: &Kin<'_>, child: usize, parent: usize) -> f32 {
    let temperature = 4.0 + 0.01 * kin.words(child);
    let own = cost(kin, child, parent);
    let sum: f32 = kin.relatives[child]
        .iter()
        .filter(|&&other| other != parent && !is_below(kin, other, child))
        .map(|&other| libm::expf(((own - cost(kin, child, other)) / temperature).min(20.0)))
        .sum();
    1.0 / (1.0 + sum)
}

/// Whether `other` is better explained by `child` than the other way round.
fn is_below(kin: &Kin<'_>, other: usize, child: usize) -> bool {
    cost(kin, other, child) < cost(kin, child, other)
}

fn extent(kin: &Kin<'_>, child: usize, parent: usize) -> Extent {
    const CARRIED: f32 = 0.2;
    let explained = kin.explained(child, parent);
    let carried: f32 = explained
        .iter()
        .zip(&kin.texts[child].lines)
        .filter(|(e, line)| **e >= CARRIED && !line.title)
        .count() as f32;
    let all = kin.texts[child].lines.iter().filter(|l| !l.title).count().max(1) as f32;
    if carried >= WHOLE * all { Extent::Whole } else { Extent::Part }
}

fn relation(kin: &Kin<'_>, child: usize, parent: usize) -> Relation {
    let Some(pair) = kin.pair(child, parent) else { return Relation::Mixed };
    let words =
        |m: &Match| -> f32 { kin.texts[pair.a].lines[m.a.clone()].iter().map(|l| l.weight).sum() };
    let of = |relation: AlignmentRelation| -> f32 {
        pair.matches.iter().filter(|m| m.relation == relation).map(words).sum()
    };
    let (v, r, t) = (
        of(AlignmentRelation::Verbatim),
        of(AlignmentRelation::Rewrite),
        of(AlignmentRelation::Translation),
    );
    let most = 0.6 * (v + r + t);
    if t >= most {
        Relation::Translation
    } else if v >= most {
        Relation::Verbatim
    } else if r >= most {
        Relation::Rewrite
    } else {
        Relation::Mixed
    }
}

/// Passages shown as evidence of an edge, at most.
const SPANS_MAX: usize = 6;

fn evidence(kin: &Kin<'_>, child: usize, parent: usize) -> Vec<Evidence> {
    let Some(pair) = kin.pair(child, parent) else { return Vec::new() };
    let mut found = vec![Evidence {
        kind: EvidenceKind::SharedText,
        note: format!(
            "{} passages in common: {:.0} % of the one text, {:.0} % of the other",
            pair.matches.len(),
            100.0 * share(kin, child, parent),
            100.0 * share(kin, parent, child)
        ),
        spans: best_spans(kin, pair),
    }];
    if let Some(order) = order(kin, parent, child) {
        let note = match order {
            std::cmp::Ordering::Less => "published earlier",
            _ => "published later",
        };
        found.push(Evidence { kind: EvidenceKind::Time, note: note.into(), spans: Vec::new() });
    }
    for (text, other) in [(child, parent), (parent, child)] {
        let own = missing(kin, text, other);
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

fn best_spans(kin: &Kin<'_>, pair: &Pair) -> Vec<Located> {
    let mut order: Vec<&Match> = pair.matches.iter().collect();
    order.sort_by(|x, y| {
        let strength = |m: &Match| m.similarity.max(m.verbatim);
        strength(y).total_cmp(&strength(x)).then(x.a.start.cmp(&y.a.start))
    });
    order
        .iter()
        .take(SPANS_MAX / 2)
        .flat_map(|m| {
            let r = record(m, &kin.texts[pair.a], &kin.texts[pair.b]);
            [r.a, r.b]
        })
        .collect()
}

/// The sentences of `text` of which `other` has nothing.
fn missing(kin: &Kin<'_>, text: usize, other: usize) -> Vec<Located> {
    let own = &kin.texts[text];
    kin.explained(text, other)
        .iter()
        .zip(&own.lines)
        .filter(|(e, _)| **e <= 0.0)
        .map(|(_, line)| Located { report: own.document.report.id, span: line.span })
        .collect()
}

fn add_lost(stemma: &mut Stemma, story: StoryId, kin: &Kin<'_>, parents: &Parents, lost: &Lost) {
    let ids: Vec<[u8; 8]> =
        lost.children.iter().map(|&c| kin.texts[c].document.report.id.to_bytes()).collect();
    let story_bytes = story.to_bytes();
    let mut parts: Vec<&[u8]> = vec![&story_bytes];
    parts.extend(ids.iter().map(|id| &id[..]));
    let id = ExemplarId::of(&parts);
    let language = language_of(kin, lost);
    stemma.exemplars.push(Exemplar {
        id,
        story,
        credited_to: credited(kin, parents, lost),
        earliest: None,
        evidence: vec![why(kin, lost)],
    });
    for &child in &lost.children {
        let own = kin.texts[child].document.report.language;
        let covered = 1.0 - further_share(kin, parents, child);
        stemma.derivations.push(Derivation {
            child: node(kin, child),
            parent: Node::Exemplar(id),
            direction: Direction::Decided,
            relation: match (own == language, lost.reason) {
                (false, _) | (_, Reason::Translators) => Relation::Translation,
                (true, _) => from_siblings(kin, lost, child),
            },
            extent: if covered >= WHOLE { Extent::Whole } else { Extent::Part },
            coverage: Probability::clamped(covered),
            confidence: Probability::clamped(lost.certainty),
            evidence: vec![why(kin, lost)],
        });
    }
    if let Some(parent) = lost.parent {
        let first = lost.children[0];
        stemma.derivations.push(Derivation {
            child: Node::Exemplar(id),
            parent: node(kin, parent),
            direction: Direction::Decided,
            relation: relation(kin, first, parent),
            extent: Extent::Whole,
            coverage: Probability::clamped(share(kin, first, parent)),
            confidence: Probability::clamped(lost.certainty),
            evidence: evidence(kin, first, parent),
        });
    }
}

/// The share of a text that its further parents explain.
fn further_share(kin: &Kin<'_>, parents: &Parents, child: usize) -> f32 {
    parents.further[child].iter().map(|&p| share(kin, child, p)).sum::<f32>().min(1.0)
}

/// The language that most children of a lost text have, the first among equals.
fn language_of(kin: &Kin<'_>, lost: &Lost) -> newstemma_model::Language {
    let of = |c: usize| kin.texts[c].document.report.language;
    let count = |c: usize| lost.children.iter().filter(|&&d| of(d) == of(c)).count();
    let best = lost.children.iter().copied().max_by_key(|&c| (count(c), std::cmp::Reverse(c)));
    best.map_or(newstemma_model::Language::UNKNOWN, of)
}

/// How a child renders a lost text of its own language: as its siblings of that language do.
fn from_siblings(kin: &Kin<'_>, lost: &Lost, child: usize) -> Relation {
    let sibling = lost.children.iter().find(|&&c| {
        c != child && kin.pair(c, child).is_some_and(|p| p.features.same_language > 0.5)
    });
    sibling.map_or(Relation::Rewrite, |&s| relation(kin, child, s))
}

fn why(kin: &Kin<'_>, lost: &Lost) -> Evidence {
    let note = match lost.reason {
        Reason::OneAgency => return named_agency(kin, lost),
        Reason::EachHasMore => "each of the texts has passages that the others lack",
        Reason::Translators => "the texts say the same in other words throughout",
        Reason::OneTranslation => {
            "the texts are one translation, cut or changed in different places"
        }
    };
    let spans = lost
        .children
        .iter()
        .filter_map(|&c| lost.children.iter().find(|&&d| d != c).map(|&d| (c, d)))
        .flat_map(|(c, d)| missing(kin, c, d).into_iter().take(2))
        .take(SPANS_MAX)
        .collect();
    Evidence { kind: EvidenceKind::OnlyInOne, note: note.into(), spans }
}

/// Where the children of a lost dispatch name its agency.
fn named_agency(kin: &Kin<'_>, lost: &Lost) -> Evidence {
    let place = |text: usize| {
        let report = &kin.texts[text].document.report;
        let credit = report.credits.iter().find(|c| c.kind != CreditKind::Picture)?;
        Some(Located { report: report.id, span: credit.span })
    };
    let spans = lost.children.iter().filter_map(|&c| place(c)).take(SPANS_MAX).collect();
    let note = "the texts name one agency, and none is shown to be the others' exemplar";
    Evidence { kind: EvidenceKind::Credit, note: note.into(), spans }
}
