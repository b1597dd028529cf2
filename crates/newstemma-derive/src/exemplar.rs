//! Texts that must have existed but are not in the collection.
//!
//! Two texts that have much in common, and each of them something that the other lacks, were not
//! made from one another: behind them stands a text that had it all. So do texts of one language
//! that say the same, sentence by sentence, in other words throughout: two translators had the same
//! page before them. Where an agency is named by several texts of a family and nothing shows which
//! of them was first, they had the agency's dispatch before them. And translations of one text that agree word for word were not made
//! independently: between them and the original stands a translation.

use crate::kin::Kin;
use crate::parents::{Parents, descends};
use crate::stemma::DECIDED;
use newstemma_model::{AlignmentRelation, CreditKind};
use std::collections::{BTreeMap, BTreeSet};

/// A lost text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Lost {
    /// The texts that were made from it, ascending.
    pub(crate) children: Vec<usize>,
    /// The text that it was made from itself, if that is in the collection.
    pub(crate) parent: Option<usize>,
    /// How sure it is that it existed.
    pub(crate) certainty: f32,
    /// Why.
    pub(crate) reason: Reason,
}

/// Why a lost text is assumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Each child has passages of it that the others lack.
    EachHasMore,
    /// The children are independent translations.
    Translators,
    /// The children are copies of one translation.
    OneTranslation,
    /// The children name one agency, and none of them is shown to be the others' exemplar.
    OneAgency,
}

/// A line that another text explains less than this is missing there, and one that it explains more
/// than that is found.
const MISSING: f32 = 0.3;
const FOUND: f32 = 0.6;
/// Words that a text must have for itself, at least, and as a share of it.
const OWN_WORDS: f32 = 8.0;
const OWN_SHARE: f32 = 0.04;
const OWN_SHARE_TRANSLATED: f32 = 0.10;
/// A text that is later than its nearest relative and has this share for itself was not made from
/// it by filling it out.
const FILLED_OUT: f32 = 0.25;
/// Two texts of one language of which less was copied, though most of their sentences match, are
/// independent translations.
const INDEPENDENT: f32 = 0.3;
const INDEPENDENT_COVERAGE: f32 = 0.55;
/// Two translations with more words in common order than this are one.
const ONE_TRANSLATION: f32 = 0.85;

/// Finds the lost texts, and takes their children away from their present first parents.
/// `certain` says of each text how sure the direction to its first parent is.
pub(crate) fn lost(kin: &Kin<'_>, parents: &mut Parents, certain: &[f32]) -> Vec<Lost> {
    let mut found = Vec::new();
    found.extend(common_translations(kin, parents));
    let roots: Vec<usize> =
        (0..kin.texts.len()).filter(|&text| parents.first[text].is_none()).collect();
    for root in roots {
        let behind = dispatch(kin, parents, certain, root);
        found.extend(behind.or_else(|| behind_root(kin, parents, root)));
    }
    found
}

/// The dispatch of an agency behind a text without exemplar, those texts below it that may as well
/// be above it, and others that name the agency and know more than their exemplars do.
fn dispatch(kin: &Kin<'_>, parents: &mut Parents, certain: &[f32], root: usize) -> Option<Lost> {
    let names: Vec<BTreeSet<&str>> = (0..kin.texts.len()).map(|t| agencies(kin, t)).collect();
    let name_one = |t: usize| !names[t].is_disjoint(&names[root]);
    let mut children: Vec<usize> = (0..kin.texts.len())
        .filter(|&c| parents.first[c] == Some(root) && certain[c] < DECIDED && name_one(c))
        .collect();
    if children.is_empty() {
        return None;
    }
    children.push(root);
    let informed: Vec<usize> = (0..kin.texts.len())
        .filter(|t| name_one(*t) && !children.contains(t))
        .filter(|&t| {
            let parent = parents.first[t].filter(|p| children.contains(p));
            parent.is_some_and(|p| words_from_siblings(kin, t, p, &children) >= OWN_WORDS)
        })
        .collect();
    children.extend(informed);
    children.sort_unstable();
    children.iter().for_each(|&child| parents.first[child] = None);
    Some(Lost { children, parent: None, certainty: 0.6, reason: Reason::OneAgency })
}

/// The agencies that a text names, for itself or as somebody who heard or reported something.
fn agencies<'a>(kin: &Kin<'a>, text: usize) -> BTreeSet<&'a str> {
    let credits = &kin.texts[text].document.report.credits;
    let told = credits.iter().filter(|c| c.kind != CreditKind::Picture);
    told.map(|c| c.agency.as_str()).collect()
}

/// Words of `text` that its exemplar lacks and one of its siblings has.
fn words_from_siblings(kin: &Kin<'_>, text: usize, exemplar: usize, siblings: &[usize]) -> f32 {
    let explained =
        |other: usize, line: usize| kin.explained(text, other).get(line).copied().unwrap_or(0.0);
    let lines = kin.texts[text].lines.iter().enumerate();
    lines
        .filter(|(i, line)| !line.title && explained(exemplar, *i) < MISSING)
        .filter(|(i, _)| siblings.iter().any(|&s| explained(s, *i) > FOUND))
        .map(|(_, line)| line.weight)
        .sum()
}

/// A lost text behind a text without exemplar and some of the texts below it.
fn behind_root(kin: &Kin<'_>, parents: &mut Parents, root: usize) -> Option<Lost> {
    let children: Vec<usize> =
        (0..kin.texts.len()).filter(|&c| parents.first[c] == Some(root)).collect();
    let mut more = Vec::new();
    let mut translators = Vec::new();
    for child in children {
        let own = own_words(kin, parents, child, root);
        let others = own_words(kin, parents, root, child);
        let each = own >= needed(kin, child, root) && others >= needed(kin, root, child);
        if each || own >= FILLED_OUT * kin.words(child) {
            more.push(child);
        } else if independent_translations(kin, child, root) && !kin.has_foreign(child, root) {
            translators.push(child);
        }
    }
    let reason = if more.is_empty() { Reason::Translators } else { Reason::EachHasMore };
    let mut moved = if more.is_empty() { translators } else { more };
    if moved.is_empty() {
        return None;
    }
    for &child in &moved {
        parents.first[child] = None;
    }
    moved.push(root);
    moved.sort_unstable();
    Some(Lost { children: moved, parent: None, certainty: 0.7, reason })
}

/// Between languages a sentence may look like the text's own because it was rendered freely.
fn needed(kin: &Kin<'_>, text: usize, other: usize) -> f32 {
    let share = if is_translation(kin, text, other) { OWN_SHARE_TRANSLATED } else { OWN_SHARE };
    OWN_WORDS.max(share * kin.words(text))
}

/// Words of `text` that neither `other` nor a further parent explains.
fn own_words(kin: &Kin<'_>, parents: &Parents, text: usize, other: usize) -> f32 {
    let lines = &kin.texts[text].lines;
    let mut best = kin.explained(text, other).to_vec();
    best.resize(lines.len(), 0.0);
    for &further in &parents.further[text] {
        for (slot, &e) in best.iter_mut().zip(kin.explained(text, further)) {
            *slot = slot.max(e);
        }
    }
    best.iter().zip(lines).filter(|(e, l)| **e < MISSING && !l.title).map(|(_, l)| l.weight).sum()
}

fn independent_translations(kin: &Kin<'_>, x: usize, y: usize) -> bool {
    kin.pair(x, y).is_some_and(|p| {
        let f = &p.features;
        f.same_language > 0.5
            && p.copied < INDEPENDENT
            && f.coverage_least > INDEPENDENT_COVERAGE
            && f.words > 3.5
    })
}

/// Translations of one text that agree word for word hang under one lost translation.
fn common_translations(kin: &Kin<'_>, parents: &mut Parents) -> Vec<Lost> {
    let mut found = Vec::new();
    for source in 0..kin.texts.len() {
        let translations: Vec<usize> = (0..kin.texts.len())
            .filter(|&c| parents.first[c] == Some(source) && is_translation(kin, c, source))
            .collect();
        let mut open = translations.clone();
        while let Some(first) = open.first().copied() {
            let (same, rest): (Vec<usize>, Vec<usize>) =
                open.iter().partition(|&&c| c == first || one_translation(kin, first, c));
            if same.len() >= 2 {
                for &child in &same {
                    parents.first[child] = None;
                }
                found.push(Lost {
                    children: same,
                    parent: Some(source),
                    certainty: 0.6,
                    reason: Reason::OneTranslation,
                });
            }
            open = rest;
        }
    }
    found
}

fn is_translation(kin: &Kin<'_>, x: usize, y: usize) -> bool {
    kin.pair(x, y).is_some_and(|p| p.features.same_language < 0.5)
}

fn one_translation(kin: &Kin<'_>, x: usize, y: usize) -> bool {
    let Some(pair) = kin.pair(x, y) else { return false };
    let text = &kin.texts[pair.a];
    let (mut sum, mut words) = (0.0, 0.0);
    for m in pair.matches.iter().filter(|m| m.relation != AlignmentRelation::Translation) {
        let own: f32 = text.lines[m.a.clone()].iter().map(|l| l.weight).sum();
        sum += own * m.verbatim;
        words += own;
    }
    pair.copied > 0.9 && words >= 25.0 && sum / words >= ONE_TRANSLATION
}

/// The agency that the texts below a lost one credit, if they do.
///
/// A credit for the text counts from any text below; a mere mention only if two have it.
pub(crate) fn credited(kin: &Kin<'_>, parents: &Parents, lost: &Lost) -> Option<String> {
    let mut credits: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for (index, text) in kin.texts.iter().enumerate() {
        if !lost.children.iter().any(|&c| descends(parents, index, c)) {
            continue;
        }
        let mut named: BTreeMap<&str, bool> = BTreeMap::new();
        for credit in &text.document.report.credits {
            if credit.kind != CreditKind::Picture {
                *named.entry(&credit.agency).or_default() |= credit.kind == CreditKind::Text;
            }
        }
        for (agency, as_credit) in named {
            let entry = credits.entry(agency).or_default();
            if as_credit { entry.0 += 1 } else { entry.1 += 1 }
        }
    }
    credits
        .into_iter()
        .filter(|(_, (text, mention))| *text > 0 || *mention > 1)
        .max_by(|x, y| (x.1.0, x.1.1).cmp(&(y.1.0, y.1.1)).then(y.0.cmp(x.0)))
        .map(|(agency, _)| agency.to_string())
}
