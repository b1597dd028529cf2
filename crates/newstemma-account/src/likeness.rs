//! How surely two statements of different reports say the same.
//!
//! A weighed sum of a few things that a reader would look at, in units of cosine: how far their
//! meanings lie nearer than is usual in the story, which telling words they share, whether their
//! figures and names go together. Figures that go together can make a claim of two sentences that
//! look unlike; names hardly tell, since all of a story is about the same.
//!
//! The weights are those of a logistic regression over these features, divided by that of the
//! meaning and rounded, on the development sets nanco and traditions, each set and each answer
//! bearing the same: `xtask claim-pairs` writes the features, `xtask/fit/claims.py` fits them.
//! Shared names and a denial on one side only were tried as well: fitted, they bear next to
//! nothing, or against what they should.

use crate::compatible::{kinds, quantities};
use crate::context::Context;
use crate::vector::add;
use crate::words::{WordVector, word_vectors};
use newstemma_model::{EntityId, Figure, FigureKind, Quantity, dot};
use std::collections::BTreeSet;

/// What speaks for and against two statements being one claim.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ClaimFeatures {
    /// Cosine less what is usual for the two in their story, -1 to 1.
    pub meaning: f32,
    /// Share of telling words in common, 0 to 1; 0 between languages.
    pub words: f32,
    /// 1 if both have figures and some of them can be told of one thing.
    pub figures_shared: f32,
    /// 1 if both have figures and none of them can.
    pub figures_differ: f32,
    /// Of the names of the one that names fewer, the share that the other has not; 0 without names.
    pub names_differ: f32,
}

impl ClaimFeatures {
    /// Names and values, in the order of the fields.
    pub fn named(&self) -> [(&'static str, f32); 5] {
        [
            ("meaning", self.meaning),
            ("words", self.words),
            ("figures_shared", self.figures_shared),
            ("figures_differ", self.figures_differ),
            ("names_differ", self.names_differ),
        ]
    }

    /// The sum, in units of cosine.
    pub(crate) fn score(&self) -> f32 {
        self.named().iter().zip(WEIGHTS).map(|((_, value), weight)| value * weight).sum()
    }
}

/// In the order of [`ClaimFeatures::named`].
const WEIGHTS: [f32; 5] = [1.0, WORDS, 0.2, -0.1, -0.06];

/// What telling words in common are worth beside the meaning.
pub(crate) const WORDS: f32 = 0.75;

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
    pub(crate) words: Vec<WordVector>,
    contents: Vec<Content>,
}

impl Likeness {
    pub(crate) fn of(context: &Context<'_>) -> Likeness {
        Likeness {
            usual: usual(context),
            words: word_vectors(context),
            contents: (0..context.material.statements.len())
                .map(|i| Content::of(context, i))
                .collect(),
        }
    }

    /// What speaks for and against two statements of such a cosine.
    pub(crate) fn features(&self, i: usize, j: usize, cosine: f32) -> ClaimFeatures {
        let (a, b) = (&self.contents[i], &self.contents[j]);
        let mut features = ClaimFeatures {
            meaning: cosine - (self.usual[i] + self.usual[j]) / 2.0,
            words: self.words[i].dot(&self.words[j]),
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
