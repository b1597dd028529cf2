//! What a report is compared by.

use crate::Material;
use crate::keys::{date_keys, figure_keys, name_keys, runs, word_keys};
use crate::rarity::{Bag, Weighed, weigh};
use newstemma_model::{Day, Document, dot};

/// Sentences from the top whose own vectors are kept.
const LEAD_SENTENCES: usize = 12;
/// Sentences from the top that make the mean.
const MEAN_SENTENCES: usize = 30;
/// Each sentence weighs so much of the one before it…
const LEAD_DECAY: f32 = 0.9;
/// …but never less than this: reports cut from the middle must meet their exemplars.
const WEIGHT_MIN: f32 = 0.15;
/// Rare names, figures or dates that every report is taken to have for itself. Words are never
/// scarce.
const UNSHARED: f32 = 2.0;

/// What a report is compared by.
#[derive(Debug)]
pub(crate) struct Profile<'a> {
    /// Lead-weighted mean of the sentence vectors, of unit length (or all zero).
    pub(crate) mean: Vec<f32>,
    /// Vectors of the first told sentences, of unit length.
    pub(crate) lead: Vec<&'a [f32]>,
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
    /// When it was published, if it says so.
    pub(crate) day: Option<Day>,
}

/// Profiles of all reports, in their order.
pub(crate) fn profiles<'a>(material: &[Material<'a>]) -> Vec<Profile<'a>> {
    let repeated = |keys: fn(&Material<'_>) -> Vec<u64>, unshared: f32| {
        let bags: Vec<Bag> = material.iter().map(|m| counted(keys(m))).collect();
        weigh(&bags, unshared)
    };
    // How often a report repeats a figure or a date says nothing about either.
    let once = |keys: fn(&Material<'_>) -> Vec<u64>| {
        let bags: Vec<Bag> =
            material.iter().map(|m| keys(m).into_iter().map(|key| (key, 1)).collect()).collect();
        weigh(&bags, UNSHARED)
    };
    let mut words = repeated(|m| word_keys(m.document), 0.0).into_iter();
    let mut names = repeated(name_keys, UNSHARED).into_iter();
    let mut figures = once(|m| figure_keys(m.document)).into_iter();
    let mut dates = once(date_keys).into_iter();
    let profile = |m: &Material<'a>| {
        let told = told_vectors(m.document);
        Profile {
            mean: mean(&told),
            lead: told.into_iter().take(LEAD_SENTENCES).collect(),
            words: words.next().unwrap_or_default(),
            names: names.next().unwrap_or_default(),
            figures: figures.next().unwrap_or_default(),
            dates: dates.next().unwrap_or_default(),
            runs: runs(m.document),
            day: m.document.report.published.map(|p| p.day),
        }
    };
    material.iter().map(profile).collect()
}

fn counted(keys: Vec<u64>) -> Bag {
    let mut bag = Bag::new();
    keys.into_iter().for_each(|key| *bag.entry(key).or_insert(0) += 1);
    bag
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
    let length = dot(&sum, &sum).sqrt();
    if length > 0.0 {
        sum.iter_mut().for_each(|v| *v /= length);
    }
    sum
}
