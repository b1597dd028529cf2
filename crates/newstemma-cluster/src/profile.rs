//! What a report is compared by: made from it alone, so that it never changes.

use crate::Material;
use crate::keys::{date_keys, figure_keys, name_keys, runs, word_keys};
use crate::rarity::{Bag, Weighed, weigh};
use crate::rows::{Rows, digests, unit};
use newstemma_model::{Day, Document, Language, ReportId, digest};

/// Sentences from the top that are compared one by one.
pub(crate) const LEAD_SENTENCES: usize = 12;
/// Sentences from the top that make the mean.
const MEAN_SENTENCES: usize = 30;
/// Sentences that are kept: what was carried over may stand far down.
const SENTENCES_MAX: usize = 60;
/// Sentences shorter than this say the same too easily to show that text was carried over.
const CARRIED_BYTES_MIN: usize = 50;
/// Each sentence weighs so much of the one before it…
const LEAD_DECAY: f32 = 0.9;
/// …but never less than this: reports cut from the middle must meet their exemplars.
const WEIGHT_MIN: f32 = 0.15;
/// Rare names, figures or dates that every report is taken to have for itself. Words are never
/// scarce.
const UNSHARED: f32 = 2.0;
/// What a report is compared by.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    pub(crate) report: ReportId,
    /// When it was published, if it says so.
    pub(crate) day: Option<Day>,
    pub(crate) language: Language,
    /// Lead-weighted mean of the sentence vectors, of unit length (or all zero): one row.
    pub(crate) mean: Rows,
    /// The vectors of its first told sentences.
    pub(crate) sentences: Rows,
    /// Those of them, by index, that are long enough to show that text was carried over.
    pub(crate) long: Vec<u16>,
    /// Its words, which no report of another language shares.
    pub(crate) words: Weighed,
    /// Whom and what it names.
    pub(crate) names: Weighed,
    /// Its numbers.
    pub(crate) figures: Weighed,
    /// Its dates.
    pub(crate) dates: Weighed,
    /// A sample of its runs of words, ascending.
    pub(crate) runs: Vec<u64>,
    /// Digests of the first sentences' vectors, ascending.
    pub(crate) leads: Vec<u64>,
    /// Digest of all that another report is compared with, but for the day: copies have the same.
    pub(crate) content: u64,
}

impl Profile {
    /// The profile of a report.
    pub fn of(material: &Material<'_>) -> Profile {
        let told = told_vectors(material.document);
        let rows = || told.iter().map(|&(_, row)| row);
        let length = |sentence: usize| material.document.sentence_text(sentence).len();
        let long = told.iter().zip(0u16..).filter(|((s, _), _)| length(*s) >= CARRIED_BYTES_MIN);
        let mut profile = Profile {
            report: material.document.report.id,
            day: material.document.report.published.map(|p| p.day),
            language: material.document.report.language,
            mean: Rows::of([mean(rows().take(MEAN_SENTENCES)).as_slice()]),
            sentences: Rows::of(rows()),
            long: long.map(|(_, index)| index).collect(),
            words: weigh(&counted(word_keys(material)), 0.0),
            names: weigh(&counted(name_keys(material)), UNSHARED),
            figures: weigh(&once(figure_keys(material)), UNSHARED),
            dates: weigh(&once(date_keys(material)), UNSHARED),
            runs: runs(material.document),
            leads: Vec::new(),
            content: 0,
        };
        profile.leads = digests(&profile.sentences, LEAD_SENTENCES);
        profile.content = digest(&[&profile.to_bytes()]);
        profile
    }

    /// The report.
    pub fn report(&self) -> ReportId {
        self.report
    }

    /// The day of its publication, if it says so.
    pub fn day(&self) -> Option<Day> {
        self.day
    }

    /// How many bytes of memory it takes, about.
    pub fn size_bytes(&self) -> usize {
        let steps = self.mean.steps.len() + self.sentences.steps.len();
        let bags = [&self.words, &self.names, &self.figures, &self.dates];
        let keys: usize = bags.iter().map(|bag| bag.keys.len()).sum();
        size_of::<Profile>()
            + steps
            + keys * size_of::<(u64, f32)>()
            + (self.runs.len() + self.leads.len()) * size_of::<u64>()
    }
}

fn counted(keys: Vec<(u64, f32)>) -> Bag {
    let mut bag = Bag::new();
    for (key, rarity) in keys {
        bag.entry(key).or_insert((0, rarity)).0 += 1;
    }
    bag
}

/// How often a report repeats a figure or a date says nothing about either.
fn once(keys: Vec<(u64, f32)>) -> Bag {
    keys.into_iter().map(|(key, rarity)| (key, (1, rarity))).collect()
}

/// The first sentences that the report itself tells, by index, with their vectors; of all, if it
/// tells none.
fn told_vectors(document: &Document) -> Vec<(usize, &[f32])> {
    let rows = |told: bool| -> Vec<(usize, &[f32])> {
        let wanted = document.sentences.iter().enumerate();
        wanted
            .filter(|(_, s)| !told || s.role.is_told())
            .map(|(i, _)| (i, document.vectors.row(i)))
            .filter(|(_, row)| !row.is_empty())
            .take(SENTENCES_MAX)
            .collect()
    };
    let told = rows(true);
    if told.is_empty() { rows(false) } else { told }
}

fn mean<'v>(rows: impl Iterator<Item = &'v [f32]>) -> Vec<f32> {
    let mut sum: Vec<f32> = Vec::new();
    let mut weight = 1.0f32;
    for row in rows {
        sum.resize(row.len(), 0.0);
        for (total, value) in sum.iter_mut().zip(row) {
            *total += weight * value;
        }
        weight = (weight * LEAD_DECAY).max(WEIGHT_MIN);
    }
    unit(sum)
}
