//! How alike two reports are.

use crate::neighbours::{Neighbour, Neighbourhood};
use crate::profile::Profile;
use crate::{ClusterConfig, Pair, dot};

/// How many of the best matches of each report count.
const BEST_MATCHES: usize = 4;

/// The pairs of one report with later ones that are worth comparing, by position.
pub(crate) fn similar_pairs(
    neighbourhood: &Neighbourhood<'_>,
    a: usize,
    config: &ClusterConfig,
) -> Vec<Pair> {
    let profiles = &neighbourhood.profiles;
    let n = profiles.len() as f32;
    let words_share = config.words_share * n / (n + config.words_half_reports);
    let compare = |neighbour: Neighbour| {
        let b = neighbour.other;
        let similarity = similarity(&profiles[a], &profiles[b], neighbour, words_share, config);
        Pair { a, b, similarity, copied: neighbour.copied }
    };
    neighbourhood.of(a, config.neighbours_max).into_iter().map(compare).collect()
}

fn similarity(
    a: &Profile<'_>,
    b: &Profile<'_>,
    first: Neighbour,
    words_share: f32,
    config: &ClusterConfig,
) -> f32 {
    let best = best_sentences(a, b);
    let meaning =
        config.best_sentences_share * best + (1.0 - config.best_sentences_share) * first.mean;
    if a.language == b.language {
        // The root brings tf-idf cosines, which crowd near zero, onto the scale of the others.
        (1.0 - words_share) * meaning + words_share * 1.1 * first.words.max(0.0).sqrt()
    } else {
        meaning
    }
}

/// Mean of the best matches that either report's first sentences find in the other.
fn best_sentences(a: &Profile<'_>, b: &Profile<'_>) -> f32 {
    let mut best_a = vec![-1.0f32; a.lead.len()];
    let mut best_b = vec![-1.0f32; b.lead.len()];
    for (i, x) in a.lead.iter().enumerate() {
        for (j, y) in b.lead.iter().enumerate() {
            let product = dot(x, y);
            best_a[i] = best_a[i].max(product);
            best_b[j] = best_b[j].max(product);
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
