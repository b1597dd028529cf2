//! Reports of a large story that have the same text, folded before anything is compared.
//!
//! An equal copy adds one edge to a stemma and changes nothing else in it, so one report stands for
//! all that have its text: the one that was published first. Only reports that nothing but the time
//! tells apart are folded, and only in stories so large that it spares something.

use crate::align::{Match, record};
use crate::kin::order;
use crate::text::Text;
use newstemma_model::{
    AlignmentRelation, CreditKind, Derivation, Direction, Evidence, EvidenceKind, Extent, Node,
    Probability, Relation, Stemma,
};
use std::collections::BTreeMap;

/// Stories of more reports than this are folded.
const UNFOLDED_MAX: usize = 40;
/// How sure it is that a copy was made from the first and not from another copy.
const FROM_THE_FIRST: f32 = 0.5;
/// Passages that are shown as evidence.
const SHOWN: usize = 3;

/// The different texts of a story, and the copies of them.
pub(crate) struct Folded<'a> {
    /// The texts, each once.
    pub(crate) texts: Vec<Text<'a>>,
    /// How many copies each has.
    pub(crate) counts: Vec<u32>,
    /// The copies.
    pub(crate) copies: Vec<Copy<'a>>,
}

/// A report whose text another has.
pub(crate) struct Copy<'a> {
    text: Text<'a>,
    /// The one that stands for it, among the different texts.
    first: usize,
}

impl<'a> Folded<'a> {
    /// Folds texts that are in order of their reports' ids; what is left keeps this order.
    pub(crate) fn of(all: Vec<Text<'a>>) -> Folded<'a> {
        if all.len() <= UNFOLDED_MAX {
            return Folded { counts: vec![0; all.len()], texts: all, copies: Vec::new() };
        }
        let mut same: BTreeMap<Likeness, Vec<Text<'a>>> = BTreeMap::new();
        for text in all {
            same.entry(Likeness::of(&text)).or_default().push(text);
        }
        let mut groups: Vec<_> = same.into_values().map(first_before_copies).collect();
        groups.sort_by_key(|(first, _)| first.document.report.id);
        let mut folded = Folded { texts: Vec::new(), counts: Vec::new(), copies: Vec::new() };
        for (first, (text, copies)) in groups.into_iter().enumerate() {
            folded.texts.push(text);
            folded.counts.push(u32::try_from(copies.len()).unwrap_or(u32::MAX));
            folded.copies.extend(copies.into_iter().map(|text| Copy { text, first }));
        }
        folded
    }
}

/// The text that was published first, as far as is known, and the others.
fn first_before_copies(mut texts: Vec<Text<'_>>) -> (Text<'_>, Vec<Text<'_>>) {
    texts.sort_by_key(|text| {
        let published = text.document.report.published;
        (published.is_none(), published.map(|p| p.instant_seconds()))
    });
    let copies = texts.split_off(1);
    (texts.remove(0), copies)
}

/// All of a text that hypotheses are priced by, but the time: equal for equal copies.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Likeness {
    /// The words of each line, and whether it is a headline.
    lines: Vec<(u64, bool)>,
    /// The agencies that are named, and how.
    named: Vec<(String, CreditKind)>,
}

impl Likeness {
    fn of(text: &Text<'_>) -> Likeness {
        let lines = text.lines.iter().map(|line| (line.hash, line.title)).collect();
        let credits = text.document.report.credits.iter();
        let mut named: Vec<_> = credits.map(|c| (c.agency.clone(), c.kind)).collect();
        named.sort_unstable();
        named.dedup();
        Likeness { lines, named }
    }
}

impl Copy<'_> {
    /// Adds the edge and the alignments with the first report of this text.
    pub(crate) fn draw(&self, stemma: &mut Stemma, texts: &[Text<'_>]) {
        let (own, first) = (&self.text, &texts[self.first]);
        let (a, b) = if own.document.report.id < first.document.report.id {
            (own, first)
        } else {
            (first, own)
        };
        let passages = (0..own.lines.len()).map(|line| {
            let equal = Match {
                a: line..line + 1,
                b: line..line + 1,
                similarity: 1.0,
                verbatim: 1.0,
                relation: AlignmentRelation::Verbatim,
            };
            record(&equal, a, b)
        });
        let passages: Vec<_> = passages.collect();
        let decided = order(first.document, own.document).is_some();
        stemma.derivations.push(Derivation {
            child: Node::Report(own.document.report.id),
            parent: Node::Report(first.document.report.id),
            direction: if decided { Direction::Decided } else { Direction::Undecided },
            relation: Relation::Verbatim,
            extent: Extent::Whole,
            coverage: Probability::ONE,
            confidence: Probability::clamped(FROM_THE_FIRST),
            evidence: vec![Evidence {
                kind: EvidenceKind::SharedText,
                note: "the same text, word for word".into(),
                spans: passages.iter().take(SHOWN).flat_map(|p| [p.a, p.b]).collect(),
            }],
        });
        stemma.alignments.extend(passages);
    }
}
