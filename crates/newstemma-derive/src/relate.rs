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
const SAME_LANGUAGE: [f32; 9] = [-5.428, 0.274, 0.56, 1.288, 0.969, 0.416, 0.075, 0.678, 0.011];
const TWO_LANGUAGES: [f32; 9] = [-5.286, 0.554, 0.264, 1.759, 0.827, 0.295, -0.006, -0.425, 0.347];

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
    1.0 / (1.0 + libm::expf(-sum))
}
