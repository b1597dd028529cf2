//! The statements that are nearest in meaning to each, without comparing all with all in full.
//!
//! Problem: *n* statements of 512 dimensions have *n*²/2 cosines; for the 10,000 statements of a
//! story of 500 reports that is 25 GFLOP. Idea: up to [`EXACT_MAX`] statements all cosines are
//! taken. Beyond, statements of one vector are taken together, since most of so many are copies;
//! each vector is first reduced to the signs of its components about the story's mean, and the
//! [`SHORTLIST`] vectors whose signs differ least are compared in full. Comparing signs costs one
//! XOR and one population count for 64 dimensions.
//!
//! Source: Charikar, "Similarity estimation techniques from rounding algorithms" (2002); here the
//! axes themselves serve as hyperplanes.

use newstemma_model::SentenceVectors;
use std::collections::BTreeMap;

/// A statement and its cosine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Neighbour {
    pub(crate) index: usize,
    pub(crate) cosine: f32,
}

/// Up to so many statements are compared all with all.
const EXACT_MAX: usize = 2_500;

/// Up to so many vectors have their signs compared all with all; beyond, each is compared with
/// so many that follow it in the given order, which keeps the cost in proportion to the number.
const WINDOW_MAX: usize = 20_000;

/// How many of the nearest by sign are compared in full.
const SHORTLIST: usize = 64;

/// For every statement its `k` nearest of other groups (of other reports), nearest first, ties by
/// index. `group` gives the group of an index; `None` leaves a statement out.
pub(crate) fn nearest(
    vectors: &SentenceVectors,
    group: &[Option<usize>],
    k: usize,
) -> Vec<Vec<Neighbour>> {
    let taking_part: Vec<usize> =
        (0..group.len().min(vectors.len())).filter(|&i| group[i].is_some()).collect();
    let mut lists: Vec<Vec<Neighbour>> = vec![Vec::new(); group.len()];
    // A report that stands alone has no neighbours, however long it is.
    if taking_part.windows(2).all(|two| group[two[0]] == group[two[1]]) {
        return lists;
    }
    if taking_part.len() <= EXACT_MAX {
        for (at, &i) in taking_part.iter().enumerate() {
            for &j in &taking_part[at + 1..] {
                if group[i] != group[j] {
                    let cosine = vectors.likeness(i, vectors, j);
                    offer(&mut lists[i], Neighbour { index: j, cosine }, k);
                    offer(&mut lists[j], Neighbour { index: i, cosine }, k);
                }
            }
        }
    } else {
        let classes = classes(vectors, &taking_part);
        let signs = signs(vectors, &classes);
        for (at, class) in classes.iter().enumerate() {
            let near = near_classes(vectors, &classes, &signs, at);
            for &i in class {
                let all = near.iter().flat_map(|&(cosine, class)| {
                    classes[class].iter().map(move |&index| Neighbour { index, cosine })
                });
                lists[i] = all.filter(|n| group[n.index] != group[i]).take(k).collect();
            }
        }
    }
    lists
}

/// Puts a neighbour into a list of at most `k`, nearest first.
fn offer(list: &mut Vec<Neighbour>, new: Neighbour, k: usize) {
    let at = list.partition_point(|n| {
        n.cosine > new.cosine || (n.cosine == new.cosine && n.index < new.index)
    });
    if at < k {
        list.insert(at, new);
        list.truncate(k);
    }
}

/// The statements of each vector, by their first.
fn classes(vectors: &SentenceVectors, taking_part: &[usize]) -> Vec<Vec<usize>> {
    let mut alike: BTreeMap<Vec<u32>, Vec<usize>> = BTreeMap::new();
    for &i in taking_part {
        let bits = vectors.row(i).iter().map(|x| x.to_bits()).collect();
        alike.entry(bits).or_default().push(i);
    }
    let mut classes: Vec<Vec<usize>> = alike.into_values().collect();
    classes.sort_unstable();
    classes
}

/// A class and those nearest to it, with their cosines, nearest first.
fn near_classes(
    vectors: &SentenceVectors,
    classes: &[Vec<usize>],
    signs: &[Vec<u64>],
    at: usize,
) -> Vec<(f32, usize)> {
    let first = |class: usize| classes[class][0];
    let like = |class: usize| vectors.likeness(first(at), vectors, first(class));
    let near = std::iter::once(at).chain(shortlist(signs, at));
    let mut near: Vec<(f32, usize)> = near.map(|class| (like(class), class)).collect();
    near.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
    near
}

/// The signs of the components about the mean over all statements, 64 to a word; one row each
/// class.
fn signs(vectors: &SentenceVectors, classes: &[Vec<usize>]) -> Vec<Vec<u64>> {
    let mut mean: Vec<f32> = Vec::new();
    let all = classes.iter().flatten();
    all.clone().for_each(|&i| crate::vector::add(&mut mean, vectors.row(i)));
    let count = all.count().max(1) as f32;
    mean.iter_mut().for_each(|m| *m /= count);
    let row = |class: &Vec<usize>| -> Vec<u64> {
        let above = |(x, m): (&f32, &f32)| u64::from(x > m);
        let bits: Vec<u64> = vectors.row(class[0]).iter().zip(&mean).map(above).collect();
        bits.chunks(64).map(|c| c.iter().fold(0, |word, bit| word << 1 | bit)).collect()
    };
    classes.iter().map(row).collect()
}

/// The vectors whose signs differ least from those of the `at`-th, without itself.
fn shortlist(signs: &[Vec<u64>], at: usize) -> Vec<usize> {
    let n = signs.len();
    let mut found: Vec<(u32, usize)> = (1..n.min(WINDOW_MAX))
        .map(|step| (at + step) % n)
        .map(|other| {
            let differ = signs[at].iter().zip(&signs[other]).map(|(x, y)| (x ^ y).count_ones());
            (differ.sum(), other)
        })
        .collect();
    if found.len() > SHORTLIST {
        found.select_nth_unstable(SHORTLIST);
        found.truncate(SHORTLIST);
    }
    found.sort_unstable();
    found.into_iter().map(|(_, other)| other).collect()
}

#[cfg(test)]
mod tests {
    use super::{EXACT_MAX, nearest};
    use newstemma_model::SentenceVectors;
    use newstemma_model::dot;

    /// Vectors of unit length from a fixed sequence; pairs `2i`, `2i + 1` lie close together.
    fn pairs(n: usize) -> SentenceVectors {
        let mut state = 9_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 40) as f32 / 8_388_608.0 - 1.0
        };
        let mut values = Vec::new();
        for _ in 0..n / 2 {
            let centre: Vec<f32> = (0..64).map(|_| next()).collect();
            for _ in 0..2 {
                let row: Vec<f32> = centre.iter().map(|c| c + 0.1 * next()).collect();
                let length = dot(&row, &row).sqrt();
                values.extend(row.iter().map(|x| x / length));
            }
        }
        SentenceVectors::new(64, values).unwrap()
    }

    #[test]
    fn the_partner_is_found_with_and_without_a_shortlist() {
        for n in [400, EXACT_MAX + 500] {
            let vectors = pairs(n);
            let group: Vec<Option<usize>> = (0..n).map(Some).collect();
            let lists = nearest(&vectors, &group, 3);
            for (i, list) in lists.iter().enumerate() {
                assert_eq!(list[0].index, i ^ 1, "{i} of {n}");
                assert!(list.len() == 3 && list[0].cosine >= list[1].cosine);
            }
        }
    }

    #[test]
    fn members_of_one_group_are_no_neighbours() {
        let vectors = pairs(40);
        let group: Vec<Option<usize>> = (0..40).map(|i| (i != 5).then_some(i / 2)).collect();
        let lists = nearest(&vectors, &group, 40);
        for (i, list) in lists.iter().enumerate() {
            assert!(list.iter().all(|n| n.index / 2 != i / 2 && n.index != 5));
        }
        assert!(lists[5].is_empty());
    }
}
