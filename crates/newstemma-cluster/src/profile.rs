//! What a report is compared by.

use newstemma_language::{Pack, WordKind, words};
use newstemma_model::ids::digest;
use newstemma_model::{Document, Language};
use std::collections::BTreeMap;

/// Sentences from the top whose own vectors are kept.
const LEAD_SENTENCES: usize = 12;
/// Sentences from the top that make the mean.
const MEAN_SENTENCES: usize = 30;
/// Each sentence weighs so much of the one before it…
const LEAD_DECAY: f32 = 0.9;
/// …but never less than this: reports cut from the middle must meet their exemplars.
const WEIGHT_MIN: f32 = 0.15;
/// Words of a report that are counted; a report has its say within them.
const WORDS_MAX: usize = 5_000;
/// Words in a run; two texts that share one share wording, not only a subject.
const RUN_WORDS: usize = 6;
/// One run in so many is kept, chosen by its hash, so that both texts keep the same ones.
const RUN_SAMPLE: u64 = 4;
/// Runs kept of one report.
const RUNS_MAX: usize = 400;

/// What a report is compared by.
#[derive(Debug)]
pub(crate) struct Profile<'a> {
    /// Lead-weighted mean of the sentence vectors, of unit length (or all zero).
    pub(crate) mean: Vec<f32>,
    /// Vectors of the first told sentences, of unit length.
    pub(crate) lead: Vec<&'a [f32]>,
    /// tf-idf weights by word number, ascending, of unit length together.
    pub(crate) words: Vec<(u32, f32)>,
    /// A sample of its runs of words, as hashes, ascending: what a copy shares with its exemplar.
    pub(crate) runs: Vec<u64>,
    /// Main language: only reports of one language are compared by words.
    pub(crate) language: Language,
}

/// Profiles of all documents, in their order.
pub(crate) fn profiles<'a>(documents: &[&'a Document]) -> Vec<Profile<'a>> {
    let counts: Vec<BTreeMap<String, u32>> = documents.iter().map(|d| word_counts(d)).collect();
    let rarity = Rarity::of(&counts);
    documents
        .iter()
        .zip(&counts)
        .map(|(document, counts)| {
            let told = told_vectors(document);
            Profile {
                mean: mean(&told),
                lead: told.into_iter().take(LEAD_SENTENCES).collect(),
                words: rarity.weigh(counts),
                runs: runs(document),
                language: document.report.language,
            }
        })
        .collect()
}

/// The vectors of the sentences that the report itself tells; of all, if it tells none.
fn told_vectors(document: &Document) -> Vec<&[f32]> {
    let rows = |told: bool| -> Vec<&[f32]> {
        let wanted = document.sentences.iter().enumerate();
        wanted
            .filter(|(_, s)| !told || s.role.is_told())
            .map(|(i, _)| document.vectors.row(i))
            .filter(|row| !row.is_empty())
            .take(MEAN_SENTENCES)
            .collect()
    };
    let told = rows(true);
    if told.is_empty() { rows(false) } else { told }
}

fn mean(rows: &[&[f32]]) -> Vec<f32> {
    let mut sum = vec![0.0f32; rows.first().map_or(0, |r| r.len())];
    let mut weight = 1.0f32;
    for row in rows {
        for (total, value) in sum.iter_mut().zip(*row) {
            *total += weight * value;
        }
        weight = (weight * LEAD_DECAY).max(WEIGHT_MIN);
    }
    let length = crate::dot(&sum, &sum).sqrt();
    if length > 0.0 {
        sum.iter_mut().for_each(|v| *v /= length);
    }
    sum
}

/// Counts of the content words of a report; in scripts without spaces, of pairs of characters.
fn word_counts(document: &Document) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    let report = &document.report;
    let rules = &Pack::of(report.language).word;
    let title = report.title.as_deref().unwrap_or("");
    let told = document.sentences.iter().filter(|s| s.role.is_told());
    let texts = std::iter::once(title).chain(told.map(|s| s.span.of(&report.text)));
    let mut left = WORDS_MAX;
    for text in texts {
        // The character before, if this one touches it.
        let mut before: Option<(usize, String)> = None;
        for word in words(text, report.language).take(left) {
            left -= 1;
            let form = word.form.into_owned();
            if word.kind == WordKind::Character {
                if let Some((end, first)) = before.take()
                    && end == word.span.start()
                {
                    *counts.entry(first + &form).or_insert(0) += 1;
                }
                before = Some((word.span.end(), form));
            } else if !rules.is_common(&form) {
                *counts.entry(form).or_insert(0) += 1;
            }
        }
    }
    counts
}

/// The sampled runs of words of what a report tells.
fn runs(document: &Document) -> Vec<u64> {
    let report = &document.report;
    let mut runs = Vec::new();
    for sentence in document.sentences.iter().filter(|s| s.role.is_told()) {
        let text = sentence.span.of(&report.text);
        let hashes: Vec<u64> =
            words(text, report.language).map(|w| digest(&[w.form.as_bytes()])).collect();
        let sampled = hashes
            .windows(RUN_WORDS)
            .map(|run| run.iter().fold(0u64, |all, &word| all.rotate_left(9) ^ word))
            .filter(|hash| hash % RUN_SAMPLE == 0);
        runs.extend(sampled.take(RUNS_MAX.saturating_sub(runs.len())));
    }
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// How rare each word is in the collection.
struct Rarity<'a> {
    reports: f32,
    /// Word to its number and the reports that have it; words of one report alone are left out,
    /// since no pair shares them.
    words: BTreeMap<&'a str, (u32, u32)>,
}

impl<'a> Rarity<'a> {
    fn of(counts: &'a [BTreeMap<String, u32>]) -> Self {
        let mut reports: BTreeMap<&str, u32> = BTreeMap::new();
        for word in counts.iter().flat_map(|c| c.keys()) {
            *reports.entry(word).or_insert(0) += 1;
        }
        let shared = reports.into_iter().filter(|&(_, n)| n > 1);
        let words = shared.zip(0u32..).map(|((word, n), number)| (word, (number, n))).collect();
        Self { reports: counts.len() as f32, words }
    }

    /// Weights `(1 + ln tf) · ln(1 + N/df)`, scaled to unit length over *all* words of the report,
    /// those that nobody shares included: else a report with one shared word would look like its
    /// twin.
    fn weigh(&self, counts: &BTreeMap<String, u32>) -> Vec<(u32, f32)> {
        let weight =
            |tf: u32, df: f32| (1.0 + libm::logf(tf as f32)) * libm::logf(1.0 + self.reports / df);
        let mut squares = 0.0f32;
        let mut weights = Vec::new();
        for (word, &tf) in counts {
            let found = self.words.get(word.as_str());
            let w = weight(tf, found.map_or(1.0, |&(_, n)| n as f32));
            squares += w * w;
            weights.extend(found.map(|&(number, _)| (number, w)));
        }
        let length = squares.sqrt();
        weights.iter_mut().for_each(|(_, w)| *w /= length);
        weights
    }
}
