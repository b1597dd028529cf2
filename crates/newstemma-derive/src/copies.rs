//! Reports of a story that have the same text, folded before anything is compared.
//!
//! An equal copy adds one edge to a stemma and changes nothing else in it, so one report stands for
//! all that have its text: the one that was published first. Only reports that nothing but the time
//! tells apart are folded, and of few words only after a comparison like any other: two of them may
//! be equal by chance.

use crate::align::{Match, record};
use crate::kin::order;
use crate::text::Text;
use newstemma_model::{
    AlignmentRelation, CreditKind, Derivation, Direction, Evidence, EvidenceKind, Extent, Node,
    Probability, Relation, ReportId, Stemma,
};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Words of a text from which on its like is a copy of it.
const WORDS_MIN: f32 = 20.0;
/// How sure it is that a copy was made from the first and not from another copy.
const FROM_THE_FIRST: f32 = 0.5;
/// Passages that are shown as evidence.
const SHOWN: usize = 3;

/// The different texts of a story, and the copies of them.
pub(crate) struct Folded<'a> {
    /// The texts, each once.
    pub(crate) texts: Vec<Text<'a>>,
    /// How many copies each has.
    pub(crate) counts: Vec<usize>,
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
    /// Folds texts. Those that are left are in an order that follows from what they say, so that
    /// neither the names of reports nor a copy more lead the search another way.
    pub(crate) fn of(all: Vec<Text<'a>>) -> Folded<'a> {
        let mut same: BTreeMap<Likeness, Vec<Text<'a>>> = BTreeMap::new();
        for text in all {
            same.entry(Likeness::of(&text)).or_default().push(text);
        }
        let mut folded = Folded { texts: Vec::new(), counts: Vec::new(), copies: Vec::new() };
        for mut texts in same.into_values() {
            texts.sort_by_key(first_published);
            let is_long = texts[0].weight() >= WORDS_MIN;
            let copies = if is_long { texts.split_off(1) } else { Vec::new() };
            let first = folded.texts.len();
            folded.counts.extend(texts.iter().map(|_| copies.len()));
            folded.texts.append(&mut texts);
            folded.copies.extend(copies.into_iter().map(|text| Copy { text, first }));
        }
        folded
    }
}

/// Orders reports by the time of publication, as far as it is known, then by their ids.
fn first_published(text: &Text<'_>) -> (bool, Option<i64>, ReportId) {
    let report = &text.document.report;
    (report.published.is_none(), report.published.map(|p| p.instant_seconds()), report.id)
}

/// All of a text that hypotheses are priced by, but the time: equal for equal copies.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Likeness {
    /// How many words there are, the longest text first: what cannot be told from its cut any other
    /// way is taken to be the exemplar.
    words: Reverse<usize>,
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
        Likeness { words: Reverse(text.tokens.len()), lines, named }
    }
}

impl Copy<'_> {
    /// Adds the edge and the alignments with the first report of this text.
    pub(crate) fn draw(&self, stemma: &mut Stemma, texts: &[Text<'_>]) {
        let (own, first) = (&self.text, &texts[self.first]);
        let passages = (0..own.lines.len()).map(|line| {
            let equal = Match {
                a: line..line + 1,
                b: line..line + 1,
                similarity: 1.0,
                verbatim: 1.0,
                relation: AlignmentRelation::Verbatim,
            };
            record(&equal, own, first)
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
