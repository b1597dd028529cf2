//! How surely two statements of different reports say the same.
//!
//! A weighed sum of a few things that a reader would look at, in units of cosine: how far their
//! meanings lie nearer than is usual in the story, which share of their telling words they have in
//! common and how much those tell, whether their figures and names go together. Names hardly tell,
//! since all of a story is about the same.
//!
//! And how many statements there were to choose from: in a story of twenty reports some sentence is
//! near to any other, in one of three a near sentence is the same one. Without it, what made a
//! claim in a short story glued a long one into a few lumps.
//!
//! The weights are those of a logistic regression over these features, divided by that of the
//! meaning. They were fitted on 336 pairs of the development set wikinews-events, drawn in layers of
//! the score and judged by hand by one reader, each layer bearing as much as it has pairs:
//! `eval/claims` has the judgements, by report and place, `xtask claim-pairs` writes the features,
//! `xtask/fit/claims.py` fits them. The words alone have other weights than it gives (0.18 for their
//! share, 0.11 for what they tell): those of one language know no pairs of two, and with them the
//! claims of seeds and of the examples fell apart or together at the same bar.

use crate::compatible::{kinds, quantities};
use crate::context::Context;
use crate::vector::add;
use crate::words::{Told, told};
use newstemma_model::{EntityId, Figure, FigureKind, Language, Quantity, dot};
use std::collections::BTreeSet;

/// What speaks for and against two statements being one claim.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ClaimFeatures {
    /// Cosine less what is usual for the two in their story, -1 to 1.
    pub meaning: f32,
    /// Share of telling words in common, 0 to 1; 0 between languages.
    pub words: f32,
    /// What the telling words tell that they have in common: ln(1 + nats). Between languages,
    /// where it can't be told, what is usual.
    pub shared: f32,
    /// 1 if both have figures and some of them can be told of one thing.
    pub figures_shared: f32,
    /// 1 if both have figures and none of them can.
    pub figures_differ: f32,
    /// Of the names of the one that names fewer, the share that the other has not; 0 without names.
    pub names_differ: f32,
    /// Among how many statements the two were found: ln of their number in the story and some more.
    pub among: f32,
}

impl ClaimFeatures {
    /// Names and values, in the order of the fields.
    pub fn named(&self) -> [(&'static str, f32); 7] {
        [
            ("meaning", self.meaning),
            ("words", self.words),
            ("shared", self.shared),
            ("figures_shared", self.figures_shared),
            ("figures_differ", self.figures_differ),
            ("names_differ", self.names_differ),
            ("among", self.among),
        ]
    }

    /// The sum, in units of cosine.
    pub(crate) fn score(&self) -> f32 {
        self.named().iter().zip(WEIGHTS).map(|((_, value), weight)| value * weight).sum()
    }
}

/// In the order of [`ClaimFeatures::named`].
const WEIGHTS: [f32; 7] = [1.0, WORDS, 0.085, 0.1, -0.11, -0.06, -0.1];

/// What telling words in common are worth beside the meaning.
pub(crate) const WORDS: f32 = 0.75;

/// What two statements of different languages count as having in common: what those of one language
/// have that are as likely one claim as not.
const SHARED_USUAL: f32 = 2.4;

/// So many statements are added to those of a story: the shortest knows no less of what is near by
/// chance than one of some reports.
const AMONG_PRIOR: f32 = 50.0;

/// The mean cosine of two statements of one story, seen in stories of some hundred statements, and
/// how many statements of the story itself it counts for: in a story of two sentences that say
/// the same, their likeness is not what is usual.
const PRIOR_COSINE: f32 = 0.24;
const PRIOR_WEIGHT: f32 = 10.0;

/// The most that is taken for usual. Where many short reports all say one thing, their likeness is
/// what they have in common and no background; stories of many things stay below.
const USUAL_MAX: f32 = 0.32;

/// All that the statements of a story are compared by.
pub(crate) struct Likeness {
    /// What cosine with the story's other statements is usual for each: the mean, drawn towards
    /// that of stories in general where there are few.
    pub(crate) usual: Vec<f32>,
    pub(crate) words: Vec<Told>,
    languages: Vec<Language>,
    contents: Vec<Content>,
    /// See [`ClaimFeatures::among`].
    pub(crate) among: f32,
}

impl Likeness {
    pub(crate) fn of(context: &Context<'_>) -> Likeness {
        let n = context.material.statements.len();
        let all = || 0..n;
        Likeness {
            usual: usual(context),
            words: told(context),
            languages: all().map(|i| language(context, i)).collect(),
            contents: all().map(|i| Content::of(context, i)).collect(),
            among: libm::logf(n as f32 + AMONG_PRIOR),
        }
    }

    /// How surely two statements are one claim.
    pub(crate) fn score(&self, context: &Context<'_>, i: usize, j: usize) -> f32 {
        let vectors = context.material.vectors;
        self.features(i, j, vectors.likeness(i, vectors, j)).score()
    }

    fn shared(&self, i: usize, j: usize) -> f32 {
        if self.languages[i] == self.languages[j] {
            libm::log1pf(self.words[i].shared(&self.words[j]))
        } else {
            SHARED_USUAL
        }
    }

    /// What speaks for and against two statements of such a cosine.
    pub(crate) fn features(&self, i: usize, j: usize, cosine: f32) -> ClaimFeatures {
        let (a, b) = (&self.contents[i], &self.contents[j]);
        let mut features = ClaimFeatures {
            meaning: cosine - (self.usual[i] + self.usual[j]) / 2.0,
            words: self.words[i].vector.dot(&self.words[j].vector),
            shared: self.shared(i, j),
            among: self.among,
            ..ClaimFeatures::default()
        };
        if !a.figures.is_empty() && !b.figures.is_empty() {
            let shared = a.figures.iter().any(|(x, kind_x)| {
                b.figures.iter().any(|(y, kind_y)| kinds(*kind_x, *kind_y) && quantities(x, y))
            });
            features.figures_shared = f32::from(u8::from(shared));
            features.figures_differ = f32::from(u8::from(!shared));
        }
        let least = a.names.len().min(b.names.len());
        if least > 0 {
            let shared = a.names.intersection(&b.names).count();
            features.names_differ = 1.0 - shared as f32 / least as f32;
        }
        features
    }
}

fn language(context: &Context<'_>, statement: usize) -> Language {
    let start = context.statement(statement).said().start();
    context.home(statement).map_or(Language::UNKNOWN, |d| context.language_at(d, start))
}

fn usual(context: &Context<'_>) -> Vec<f32> {
    let n = context.material.statements.len();
    let vectors = context.material.vectors;
    let mut all: Vec<f32> = Vec::new();
    (0..n).for_each(|i| add(&mut all, vectors.row(i)));
    let usual = |i: usize| {
        let row = vectors.row(i);
        let others = dot(row, &all) - dot(row, row);
        let mean = (others + PRIOR_WEIGHT * PRIOR_COSINE) / (n.max(1) as f32 - 1.0 + PRIOR_WEIGHT);
        mean.min(USUAL_MAX)
    };
    (0..n).map(usual).collect()
}

/// What a statement names and counts: enough to see whether another can say the same.
#[derive(Clone, Debug, Default)]
struct Content {
    figures: Vec<(Quantity, FigureKind)>,
    names: BTreeSet<EntityId>,
}

impl Content {
    fn of(context: &Context<'_>, statement: usize) -> Content {
        let Some(document) = context.home(statement) else { return Content::default() };
        let said = context.statement(statement).said();
        let whole = context.document(document);
        let is_telling = |f: &&Figure| f.kind != FigureKind::Ordinal && said.contains(f.span);
        Content {
            figures: whole
                .figures
                .iter()
                .filter(is_telling)
                .map(|f| (f.quantity, f.kind))
                .collect(),
            names: whole
                .names
                .iter()
                .filter(|n| said.contains(n.span))
                .filter_map(|n| context.entity_at(document, n))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ClaimFeatures;
    use crate::claim::PAIR_SCORE_MIN;

    #[test]
    fn what_is_a_claim_in_a_short_story_is_chance_in_a_long_one() {
        let among = |statements: f32| ClaimFeatures {
            meaning: 0.3,
            words: 0.15,
            shared: libm::log1pf(8.0),
            among: libm::logf(statements),
            ..ClaimFeatures::default()
        };
        assert!(among(60.0).score() >= PAIR_SCORE_MIN);
        assert!(among(1_500.0).score() < PAIR_SCORE_MIN);
    }
}
