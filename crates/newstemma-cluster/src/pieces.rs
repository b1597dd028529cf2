//! Joins the pieces of stories that are larger than the lists of neighbours.
//!
//! A report keeps a bounded number of neighbours. In a story of hundreds of reports most pairs are
//! then never compared, and linkage, which takes such pairs for unlike, leaves the story in pieces.
//! So two groups whose compared pairs alone would join them are compared once more, by an even
//! sample of either's reports, compared or not; they are joined if the sample's average bears it.
//!
//! Best first, each group at most once a round, until no two are joined: the rounds are about the
//! logarithm of the number of pieces. Cost: [`SAMPLE`]² comparisons for two groups, made once.

use crate::Pair;
use std::collections::{BTreeMap, BTreeSet};

/// Reports of a group that stand for it.
const SAMPLE: usize = 8;

/// Joins those groups, and returns all of them. `compare` gives the score of any two reports.
pub(crate) fn join_pieces(
    groups: Vec<Vec<usize>>,
    pairs: &[Pair],
    threshold: f32,
    compare: impl Fn(usize, usize) -> f32,
) -> Vec<Vec<usize>> {
    // A joined group gets a new number, so that what was said of its parts is not said of it.
    let mut members = groups;
    let mut rejected = BTreeSet::new();
    loop {
        let mut joins = Vec::new();
        for (a, b) in alike(&members, pairs, threshold) {
            if rejected.contains(&(a, b)) {
                continue;
            }
            let score = sampled(&members[a], &members[b], &compare);
            if score >= threshold {
                joins.push((score, a, b));
            } else {
                rejected.insert((a, b));
            }
        }
        if joins.is_empty() {
            return members.into_iter().filter(|m| !m.is_empty()).collect();
        }
        joins.sort_by(|x, y| y.0.total_cmp(&x.0).then_with(|| (x.1, x.2).cmp(&(y.1, y.2))));
        for (_, a, b) in joins {
            if !members[a].is_empty() && !members[b].is_empty() {
                let joined = [std::mem::take(&mut members[a]), std::mem::take(&mut members[b])];
                members.push(joined.concat());
            }
        }
    }
}

/// The groups whose compared pairs alone would join them.
fn alike(members: &[Vec<usize>], pairs: &[Pair], threshold: f32) -> Vec<(usize, usize)> {
    let reports = members.iter().map(Vec::len).sum();
    let mut group_of = vec![0; reports];
    for (number, group) in members.iter().enumerate() {
        group.iter().for_each(|&report| group_of[report] = number);
    }
    let mut between: BTreeMap<(usize, usize), (f64, u32)> = BTreeMap::new();
    for pair in pairs {
        let (a, b) = (group_of[pair.a], group_of[pair.b]);
        if a != b {
            let (sum, number) = between.entry((a.min(b), a.max(b))).or_default();
            *sum += f64::from(pair.score);
            *number += 1;
        }
    }
    let enough = |&(sum, n): &(f64, u32)| sum >= f64::from(threshold) * f64::from(n);
    between.into_iter().filter(|(_, sums)| enough(sums)).map(|(groups, _)| groups).collect()
}

fn sampled(a: &[usize], b: &[usize], compare: &impl Fn(usize, usize) -> f32) -> f32 {
    let (a, b) = (sample(a), sample(b));
    let scores = a.iter().flat_map(|&x| b.iter().map(move |&y| compare(x, y)));
    scores.sum::<f32>() / (a.len() * b.len()) as f32
}

/// Members at even distances.
fn sample(group: &[usize]) -> Vec<usize> {
    let taken = group.len().min(SAMPLE);
    (0..taken).map(|i| group[i * group.len() / taken]).collect()
}

#[cfg(test)]
mod tests {
    use super::join_pieces;
    use crate::Pair;

    fn pair(a: usize, b: usize, score: f32) -> Pair {
        Pair { a, b, score, copied: false }
    }

    #[test]
    fn pieces_of_which_one_pair_was_compared_are_joined_if_the_others_are_alike_too() {
        let groups = vec![(0..10).collect(), (10..20).collect(), (20..30).collect()];
        let pairs = [pair(3, 14, 2.0), pair(3, 25, 2.0)];
        // All reports below 20 are of one story.
        let compare = |a: usize, b: usize| if (a < 20) == (b < 20) { 1.5 } else { -4.0 };
        let mut joined = join_pieces(groups, &pairs, 0.0, compare);
        joined.iter_mut().for_each(|g| g.sort_unstable());
        joined.sort();
        assert_eq!(joined, [(0..20).collect::<Vec<_>>(), (20..30).collect()]);
    }

    #[test]
    fn many_pieces_come_together_in_rounds() {
        let groups = (0..16).map(|g| vec![2 * g, 2 * g + 1]).collect();
        let pairs: Vec<Pair> = (0..15).map(|g| pair(2 * g, 2 * g + 2, 1.0)).collect();
        assert_eq!(join_pieces(groups, &pairs, 0.0, |_, _| 1.0).len(), 1);
    }
}
