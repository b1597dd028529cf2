//! Joins groups between which text was carried over.
//!
//! A copy belongs to its exemplar's story, even where it was cut so short that its mean vector
//! points elsewhere. Text counts as carried over when several long sentences of two reports say
//! the same, word for word or in translation, and are not said by everybody.

use crate::Pair;
use newstemma_model::{Document, dot};
use std::collections::BTreeMap;

/// Product of two sentence vectors from which they say the same.
const SAME_MIN: f32 = 0.8;
/// Sentences shorter than this are not counted: they say the same too easily.
const SENTENCE_BYTES_MIN: usize = 50;
/// Sentences that must have been carried over…
const CARRIED_MIN: usize = 2;
/// …and their least share among the counted sentences of the shorter report.
const CARRIED_SHARE_MIN: f32 = 0.15;
/// A sentence that stands word for word in more reports than this is boilerplate.
const REPORTS_MAX: usize = 50;
/// Pairs of a lower score are not looked at, unless they share runs of words.
const SCORE_MIN: f32 = -5.0;
/// Sentences of a report that are looked at.
const SENTENCES_MAX: usize = 60;

/// Joins those groups, and returns all of them.
pub(crate) fn join_carried(
    documents: &[&Document],
    groups: Vec<Vec<usize>>,
    pairs: &[Pair],
) -> Vec<Vec<usize>> {
    let mut group_of = vec![0; documents.len()];
    for (number, group) in groups.iter().enumerate() {
        group.iter().for_each(|&i| group_of[i] = number);
    }
    let common = Common::of(documents);
    let own: Vec<Vec<&[f32]>> = documents.iter().map(|d| common.own_sentences(d)).collect();
    let mut sets = Sets::new(groups.len());
    for pair in pairs.iter().filter(|p| p.copied || p.score >= SCORE_MIN) {
        let (a, b) = (group_of[pair.a], group_of[pair.b]);
        if sets.find(a) != sets.find(b) && is_carried(&own[pair.a], &own[pair.b]) {
            sets.join(a, b);
        }
    }
    let mut joined: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (number, group) in groups.into_iter().enumerate() {
        joined.entry(sets.find(number)).or_default().extend(group);
    }
    joined.into_values().collect()
}

fn is_carried(a: &[&[f32]], b: &[&[f32]]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let needed = CARRIED_MIN.max((short.len() as f32 * CARRIED_SHARE_MIN).ceil() as usize);
    let mut taken = vec![false; long.len()];
    let mut carried = 0;
    for row in short {
        let free = (0..long.len()).find(|&j| !taken[j] && dot(row, long[j]) >= SAME_MIN);
        if let Some(j) = free {
            taken[j] = true;
            carried += 1;
            if carried >= needed {
                return true;
            }
        }
    }
    false
}

/// How many reports have a sentence, word for word.
struct Common<'a>(BTreeMap<&'a str, usize>);

impl<'a> Common<'a> {
    fn of(documents: &[&'a Document]) -> Self {
        let mut reports = BTreeMap::new();
        for document in documents {
            for text in counted(document).map(|(_, text)| text) {
                *reports.entry(text).or_insert(0) += 1;
            }
        }
        Self(reports)
    }

    fn own_sentences<'d>(&self, document: &'d Document) -> Vec<&'d [f32]> {
        let few = |text: &str| self.0.get(text).is_none_or(|&n| n <= REPORTS_MAX);
        counted(document)
            .filter(|(_, text)| few(text))
            .map(|(index, _)| document.vectors.row(index))
            .filter(|row| !row.is_empty())
            .take(SENTENCES_MAX)
            .collect()
    }
}

fn counted(document: &Document) -> impl Iterator<Item = (usize, &str)> {
    let told = document.sentences.iter().enumerate().filter(|(_, s)| s.role.is_told());
    told.map(|(i, s)| (i, s.span.of(&document.report.text)))
        .filter(|(_, text)| text.len() >= SENTENCE_BYTES_MIN)
}

/// Disjoint sets; the lowest number stands for its set.
struct Sets(Vec<usize>);

impl Sets {
    fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    fn find(&mut self, mut x: usize) -> usize {
        while self.0[x] != x {
            self.0[x] = self.0[self.0[x]];
            x = self.0[x];
        }
        x
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b)] = a.min(b);
    }
}
