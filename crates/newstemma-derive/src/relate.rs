//! Whether two texts of a story are related at all, as a probability.
//!
//! A logistic regression over the named [`Features`], one for texts of one language and one for
//! texts of two. Shared facts make sentences alike, too; what tells a common text from a common
//! event is how much of either is covered, how long the runs are, and whether words stand in the
//! same order.

use crate::evidence::Features;

/// Weights, in the order of [`Features::named`], after the constant.
///
/// Fitted by `xtask/fit/relate.py` (ridge 2.0) on the pairs of `traditions` (dev),
/// `clough-stevenson` and `wmt22-translations`; pairs that are related but share no text, such as
/// two cuts of different halves, were left out.
const SAME_LANGUAGE: [f32; 10] =
    [-6.1, 0.086, 0.175, 1.071, 0.745, 0.508, 0.075, 1.455, 0.242, -0.239];
const TWO_LANGUAGES: [f32; 10] =
    [-5.118, 0.524, 0.294, 1.714, 0.536, 0.282, 0.003, 0.36, 0.35, 1.267];

/// The probability that two texts with these features are related.
pub(crate) fn probability(features: &Features) -> f32 {
    if features.words < 0.7 && features.windows_count < 1.0 {
        return 0.0;
    }
    let weights = if features.same_language > 0.5 { SAME_LANGUAGE } else { TWO_LANGUAGES };
    let sum = features
        .named()
        .iter()
        .zip(&weights[1..])
        .fold(weights[0], |sum, ((_, value), weight)| sum + value * weight);
    let probability = 1.0 / (1.0 + libm::expf(-sum));
    // A single sentence of a longer report, however well it agrees, may be a quotation that both
    // heard, or a fact.
    // In one language, neither do a few of them that share no wording: those are shared facts.
    let single = features.passages < SINGLE && features.coverage < SINGLE_COVERAGE;
    // A translator keeps the numbers; one passage in which they are others is another's of the subject.
    let others = features.passages < SINGLE && features.disagreeing >= DISAGREEING;
    let few = features.same_language > 0.5 && features.coverage < FEW_COVERAGE;
    if others || (single || few) && features.windows_count < SINGLE_WINDOWS {
        probability * 0.5
    } else {
        probability
    }
}

/// Logarithm of one passage and a bit.
const SINGLE: f32 = 0.75;
/// A passage that is this much of a text is more than a quotation in it.
const SINGLE_COVERAGE: f32 = 0.35;
/// Passages in other words that are less of a text than this are facts that both report.
const FEW_COVERAGE: f32 = 0.2;
/// Numbers that disagree in more than a slip.
const DISAGREEING: f32 = 2.0;
/// Logarithm of the windows of a passage of some twenty words, copied.
const SINGLE_WINDOWS: f32 = 2.7;
