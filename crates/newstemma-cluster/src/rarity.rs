//! How much of what one report has another has too, the rare weighing more.
//!
//! Words, names, figures and dates are all compared in the same way: a report is a bag of keys, a
//! key weighs `(1 + ln tf) · rarity`, and two reports share the cosine of their weights. Rarity is
//! not counted in the collection, as the textbook has it: what two reports have in common would
//! then change with every third one, and no story would ever be settled. It is known beforehand:
//! of words and names from the model of the encoder's vocabulary, of numbers and dates from how many
//! there are to choose from.
//!
//! A report with a single figure is not the twin of another with that figure. So where a kind of
//! key can be scarce, every report is weighed as though it had a few rare keys more that nobody
//! shares; what is then left to its own keys is how much it [says](Weighed::said).

use std::collections::BTreeMap;

/// Words of a report of usual length, by which the chance of a word becomes that of meeting it in a
/// report: ln 300.
const REPORT_WORDS_LN: f32 = 5.7;
/// Rarity of what stands in half of all reports.
const RARITY_MIN: f32 = 0.7;
/// Rarity beyond which the rare is only misspelt.
pub(crate) const RARITY_MAX: f32 = 7.0;

/// The rarity of a word or name whose probability is `e^-surprise`.
pub(crate) fn rarity(surprise: f32) -> f32 {
    (surprise - REPORT_WORDS_LN).clamp(RARITY_MIN, RARITY_MAX)
}

/// How often a report has each key, and how rare the key is.
pub(crate) type Bag = BTreeMap<u64, (u32, f32)>;

/// The keys of a report, with their weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Weighed {
    /// Key and weight, by key.
    pub(crate) keys: Vec<(u64, f32)>,
    /// Share of all its weight that its own keys have: 0 without any key, towards 1 with many rare
    /// ones.
    pub(crate) said: f32,
}

/// Weighs the keys of a report, which is taken to have `unshared` rare keys besides.
pub(crate) fn weigh(bag: &Bag, unshared: f32) -> Weighed {
    let mut squares = 0.0f32;
    let mut keys = Vec::with_capacity(bag.len());
    for (&key, &(times, rarity)) in bag {
        let weight = (1.0 + libm::logf(times as f32)) * rarity;
        squares += weight * weight;
        keys.push((key, weight));
    }
    let all = squares + unshared * RARITY_MAX * RARITY_MAX;
    let length = all.sqrt();
    keys.iter_mut().for_each(|(_, weight)| *weight /= length);
    Weighed { keys, said: if all > 0.0 { squares / all } else { 0.0 } }
}

/// The cosine of two reports' weights.
pub(crate) fn shared(a: &Weighed, b: &Weighed) -> f32 {
    let (a, b) = (&a.keys, &b.keys);
    let (mut i, mut j) = (0, 0);
    let mut sum = 0.0;
    // Which key is the lesser can't be foreseen: steps that are added cost less than branches.
    while let (Some((x, v)), Some((y, w))) = (a.get(i), b.get(j)) {
        if x == y {
            sum += v * w;
        }
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    sum
}

/// The heaviest keys, at most so many; of equals the lesser.
pub(crate) fn heaviest(weighed: &Weighed, most: usize) -> Vec<u64> {
    let mut keys = weighed.keys.clone();
    keys.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    keys.into_iter().take(most).map(|(key, _)| key).collect()
}

#[cfg(test)]
mod tests {
    use super::{Bag, RARITY_MAX, heaviest, shared, weigh};
    use newstemma_model::ids::digest;

    fn bag(keys: &[(&str, f32)]) -> Bag {
        keys.iter().map(|&(key, rarity)| (digest(&[key.as_bytes()]), (1, rarity))).collect()
    }

    #[test]
    fn equal_bags_share_all_and_others_nothing() {
        let weighed =
            [&[("мост", 3.0), ("padol", 6.0)][..], &[("橋", 4.0)]].map(|b| weigh(&bag(b), 0.0));
        assert!((shared(&weighed[0], &weighed[0]) - 1.0).abs() < 1e-6);
        assert_eq!(shared(&weighed[0], &weighed[1]), 0.0);
    }

    #[test]
    fn one_key_in_common_proves_less_than_many() {
        let keys = ["a", "b", "c", "d"].map(|key| (key, RARITY_MAX));
        let [few, many] = [&keys[..1], &keys[..]].map(|b| weigh(&bag(b), 2.0));
        assert!(shared(&few, &few) < shared(&many, &many));
        assert!(few.said < many.said);
    }

    #[test]
    fn the_rare_key_proves_more_and_finds_more() {
        let [a, b, c] = [("one", "b"), ("one", "c"), ("b", "d")]
            .map(|(x, y)| weigh(&bag(&[(x, if x == "one" { 1.0 } else { 6.0 }), (y, 6.0)]), 0.0));
        assert!(shared(&a, &c) > 2.0 * shared(&a, &b));
        assert_eq!(heaviest(&a, 1), [digest(&[b"b"])]);
    }

    #[test]
    fn a_report_without_keys_says_nothing() {
        for unshared in [0.0, 2.0] {
            let weighed = weigh(&Bag::new(), unshared);
            assert_eq!((weighed.said, weighed.keys.len()), (0.0, 0));
        }
    }
}
