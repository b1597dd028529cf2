//! What speaks for two reports being of one story.

use crate::link::in_common;
use crate::profile::{LEAD_SENTENCES, Profile};
use crate::rarity::shared;
use crate::rows::product;

/// How many of the best matches of each report count.
const BEST_MATCHES: usize = 4;
/// The least product of a sentence's vector, cut to steps, with itself.
const ITSELF_MIN: f32 = 0.99;
/// Days between publications that say nothing: a dispatch travels a night and a day.
const DAYS_NEAR: i32 = 1;
/// Days between publications beyond which more of them say no more.
const DAYS_FAR: f32 = 365.0;

/// What speaks for two reports being of one story, or against it: each figure from about 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// How well the best-matching of the first sentences agree in meaning.
    pub sentences: f32,
    /// Share of common words, in one language.
    pub words: f32,
    /// Share of common names, across languages and scripts.
    pub names: f32,
    /// How far the two name too little for their names to say anything.
    pub silence: f32,
    /// Share of common numbers.
    pub figures: f32,
    /// Share of common dates.
    pub dates: f32,
    /// How long after one another they were published, from 0 for the same day to 1 for a year;
    /// 0 where either does not say when.
    pub apart: f32,
}

impl Evidence {
    /// The names of its parts, in the order of [`values`](Self::values).
    pub const PARTS: [&'static str; 7] =
        ["sentences", "words", "names", "silence", "figures", "dates", "apart"];

    /// Its parts, in their order.
    pub fn values(&self) -> [f32; 7] {
        let Self { sentences, words, names, silence, figures, dates, apart } = *self;
        [sentences, words, names, silence, figures, dates, apart]
    }

    /// What speaks at least for two reports that have enough of their first sentences in common,
    /// without comparing the others, or the words. Near-copies are many where there are any, and most
    /// of a comparison is that of their sentences.
    pub(crate) fn at_least(a: &Profile, b: &Profile) -> Option<Self> {
        let lead = |p: &Profile| p.sentences.len().min(LEAD_SENTENCES);
        let needed = BEST_MATCHES.min(lead(a)).min(lead(b));
        let enough = needed > 0 && in_common(&a.leads, &b.leads) >= needed;
        enough.then(|| Self { sentences: ITSELF_MIN, words: 0.0, ..Self::but_sentences(a, b) })
    }

    pub(crate) fn of(a: &Profile, b: &Profile) -> Self {
        Self {
            sentences: best_sentences(a, b),
            words: root(shared(&a.words, &b.words)),
            ..Self::but_sentences(a, b)
        }
    }

    /// All but sentences and words.
    fn but_sentences(a: &Profile, b: &Profile) -> Self {
        Self {
            sentences: 0.0,
            words: 0.0,
            names: root(shared(&a.names, &b.names)),
            silence: 1.0 - root(a.names.said * b.names.said),
            figures: root(shared(&a.figures, &b.figures)),
            dates: root(shared(&a.dates, &b.dates)),
            apart: apart(a, b),
        }
    }
}

/// The root spreads cosines of rare keys, which crowd near zero.
fn root(share: f32) -> f32 {
    share.max(0.0).sqrt()
}

/// Mean of the best matches that either report's first sentences find in the other.
fn best_sentences(a: &Profile, b: &Profile) -> f32 {
    let mut best_a = vec![-1.0f32; a.sentences.len().min(LEAD_SENTENCES)];
    let mut best_b = vec![-1.0f32; b.sentences.len().min(LEAD_SENTENCES)];
    for (x, best_x) in a.sentences.first(LEAD_SENTENCES).zip(&mut best_a) {
        for (y, best_y) in b.sentences.first(LEAD_SENTENCES).zip(&mut best_b) {
            let product = product(x, y);
            *best_x = best_x.max(product);
            *best_y = best_y.max(product);
        }
    }
    let count = BEST_MATCHES.min(best_a.len()).min(best_b.len());
    if count == 0 {
        return 0.0;
    }
    let top = |mut best: Vec<f32>| {
        best.sort_by(|x, y| y.total_cmp(x));
        best[..count].iter().sum::<f32>() / count as f32
    };
    (top(best_a) + top(best_b)) / 2.0
}

fn apart(a: &Profile, b: &Profile) -> f32 {
    let (Some(a), Some(b)) = (a.day, b.day) else { return 0.0 };
    let days = a.since(b).saturating_abs().saturating_sub(DAYS_NEAR).max(0);
    (libm::logf(1.0 + days as f32) / libm::logf(1.0 + DAYS_FAR)).min(1.0)
}
