//! What can be said of a text that is lost: who wrote it, and why it must have existed.

use crate::kin::Kin;
use newstemma_language::home_language;
use newstemma_model::{CreditKind, Evidence, EvidenceKind, Language, Located};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A lost text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lost {
    /// The texts that were made from it, ascending.
    pub(crate) children: Vec<usize>,
    /// Those, and all texts below them.
    pub(crate) below: Vec<usize>,
    /// The text that it was made from itself, if that is in the collection.
    pub(crate) parent: Option<usize>,
    /// How sure it is that it existed.
    pub(crate) certainty: f32,
}

/// Why a lost text is assumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    /// The children name one agency.
    OneAgency,
    /// Each child has passages of it that the others lack.
    EachHasMore,
    /// The children agree with each other where they differ from their exemplar.
    AgreeAgainstParent,
    /// The children say the same in other words.
    OtherWords,
}

/// Passages shown as evidence, at most.
pub(crate) const SPANS_MAX: usize = 6;
/// Words that a text must have for itself, so that they are a reason.
const OWN_WORDS: f32 = 8.0;

impl Lost {
    /// The agency that the texts below credit, if they do. A credit for the text counts from any
    /// of them; a mere mention only if two have it.
    pub(crate) fn credited(&self, kin: &Kin<'_>) -> Option<String> {
        let mut credits: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
        for &text in &self.below {
            for (agency, as_credit) in named(kin, text) {
                let entry = credits.entry(agency).or_default();
                if as_credit { entry.0 += 1 } else { entry.1 += 1 }
            }
        }
        credits
            .into_iter()
            .filter(|(_, (text, mention))| *text > 0 || *mention > 1)
            .max_by(|x, y| x.1.cmp(&y.1).then(y.0.cmp(x.0)))
            .map(|(agency, _)| agency.to_string())
    }

    /// The language that most of its neighbours have, if they agree in one; else the one that the
    /// credited agency writes in, if a child has it: what is sent is taken up in its own language
    /// rather than translated and translated back. If neither tells, all children are likely
    /// translations, and the language is undecided.
    pub(crate) fn language(&self, kin: &Kin<'_>) -> Option<Language> {
        let of = |text: usize| kin.texts[text].document.report.language;
        let near = || self.children.iter().chain(&self.parent);
        let count = |c: usize| near().filter(|&&d| of(d) == of(c)).count();
        let best = self.children.iter().copied().max_by_key(|&c| (count(c), Reverse(c)))?;
        if count(best) > 1 {
            return Some(of(best));
        }
        let home = home_language(&self.credited(kin)?)?;
        self.children.iter().any(|&c| of(c) == home).then_some(home)
    }

    /// The reason to assume it, with passages that show it.
    pub(crate) fn why(&self, kin: &Kin<'_>) -> Evidence {
        let reason = self.reason(kin);
        let (kind, note) = match reason {
            Reason::OneAgency => (
                EvidenceKind::Credit,
                "the texts name one agency, and none is shown to be the others' exemplar",
            ),
            Reason::EachHasMore => {
                (EvidenceKind::OnlyInOne, "each of the texts has passages that the others lack")
            }
            Reason::AgreeAgainstParent => (
                EvidenceKind::SharedText,
                "the texts agree with each other where they differ from their common exemplar",
            ),
            Reason::OtherWords => {
                (EvidenceKind::SharedText, "no one of the texts explains the wording of the others")
            }
        };
        let spans = match reason {
            Reason::OneAgency => self.children.iter().filter_map(|&c| credit(kin, c)).collect(),
            Reason::EachHasMore => self.own_passages(kin),
            _ => self.common_passages(kin),
        };
        let mut evidence = Evidence { kind, note: note.into(), spans };
        evidence.spans.truncate(SPANS_MAX);
        evidence
    }

    fn reason(&self, kin: &Kin<'_>) -> Reason {
        let own_words = |c: usize| -> f32 {
            let others = self.children.iter().filter(|&&d| d != c);
            let only = others.map(|&d| missing(kin, c, d));
            only.map(|lines| lines.iter().map(|&l| kin.texts[c].lines[l].weight).sum::<f32>())
                .fold(f32::INFINITY, f32::min)
        };
        let with_more = self.children.iter().filter(|&&c| own_words(c) >= OWN_WORDS).count();
        let mut agencies: BTreeMap<&str, usize> = BTreeMap::new();
        for &child in &self.children {
            for (agency, _) in named(kin, child) {
                *agencies.entry(agency).or_default() += 1;
            }
        }
        if with_more > 1 {
            Reason::EachHasMore
        } else if agencies.values().any(|&texts| texts > 1) {
            Reason::OneAgency
        } else if self.parent.is_some() {
            Reason::AgreeAgainstParent
        } else {
            Reason::OtherWords
        }
    }

    fn own_passages(&self, kin: &Kin<'_>) -> Vec<Located> {
        let first_other = |c: usize| self.children.iter().copied().find(|&d| d != c);
        let pairs = self.children.iter().filter_map(|&c| first_other(c).map(|d| (c, d)));
        pairs.flat_map(|(c, d)| missing_passages(kin, c, d).into_iter().take(2)).collect()
    }

    fn common_passages(&self, kin: &Kin<'_>) -> Vec<Located> {
        let pairs = self.children.windows(2).filter_map(|two| kin.pair(two[0], two[1]));
        pairs.flat_map(|pair| pair.shown(kin, SPANS_MAX / 2)).collect()
    }
}

/// The agencies that a text names other than for a picture, and whether as its supplier.
fn named<'k>(kin: &Kin<'k>, text: usize) -> BTreeMap<&'k str, bool> {
    let mut named = BTreeMap::new();
    let document: &'k _ = kin.texts[text].document;
    for credit in document.report.credits.iter().filter(|c| c.kind != CreditKind::Picture) {
        *named.entry(credit.agency.as_str()).or_default() |= credit.kind == CreditKind::Text;
    }
    named
}

/// Where a text names an agency.
fn credit(kin: &Kin<'_>, text: usize) -> Option<Located> {
    let report = &kin.texts[text].document.report;
    let credit = report.credits.iter().find(|c| c.kind != CreditKind::Picture)?;
    Some(Located { report: report.id, span: credit.span })
}

/// The lines of `text` of which `other` has nothing; headlines aside.
fn missing(kin: &Kin<'_>, text: usize, other: usize) -> Vec<usize> {
    let explained = kin.explained(text, other);
    let lines = &kin.texts[text].lines;
    (0..explained.len()).filter(|&l| explained[l] <= 0.0 && !lines[l].title).collect()
}

/// The same, as passages.
pub(crate) fn missing_passages(kin: &Kin<'_>, text: usize, other: usize) -> Vec<Located> {
    let own = &kin.texts[text];
    let place =
        |line: usize| Located { report: own.document.report.id, span: own.lines[line].span };
    missing(kin, text, other).into_iter().map(place).collect()
}
