//! How much of what one report has another has too, the rare weighing more.
//!
//! Words, names, figures and dates are all compared in the same way: a report is a bag of keys, a
//! key weighs `(1 + ln tf) · ln(1 + (N + P) / (df + 1))`, and two reports share the cosine of their
//! weights. Two things differ from the textbook:
//!
//! - In a collection of eight reports a name that all of them have looks common. So rarity is
//!   judged as though `P` more reports had been read that have none of the keys.
//! - A report with a single figure is not the twin of another with that figure. So where a kind of
//!   key can be scarce, every report is weighed as though it had a few rare keys more that nobody
//!   shares; what is then left to its own keys is how much it [says](Weighed::said).

use std::collections::BTreeMap;

/// Reports that are taken to have been read besides those of the collection.
const REPORTS_BEFORE: f32 = 300.0;

/// How often a report has each key.
pub(crate) type Bag = BTreeMap<u64, u32>;

/// The keys of a report that some other report has too, with their weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Weighed {
    /// Key number and weight, by number.
    pub(crate) keys: Vec<(u32, f32)>,
    /// Share of all its weight that its own keys have, shared by others or not: 0 without any key,
    /// towards 1 with many rare ones.
    pub(crate) said: f32,
}

/// Weighs the keys of all reports; each is taken to have `unshared` rare keys besides.
pub(crate) fn weigh(bags: &[Bag], unshared: f32) -> Vec<Weighed> {
    let mut reports: BTreeMap<u64, u32> = BTreeMap::new();
    for &key in bags.iter().flat_map(BTreeMap::keys) {
        *reports.entry(key).or_insert(0) += 1;
    }
    let all = bags.len() as f32 + REPORTS_BEFORE;
    let rarity = |having: u32| libm::logf(1.0 + all / (having as f32 + 1.0));
    // Keys of one report alone need no number, since no pair shares them.
    let shared = reports.into_iter().filter(|&(_, n)| n > 1);
    let numbers: BTreeMap<u64, (u32, f32)> =
        shared.zip(0u32..).map(|((key, n), number)| (key, (number, rarity(n)))).collect();
    let rarest = rarity(1);
    let weigh_one = |bag: &Bag| {
        let mut squares = 0.0f32;
        let mut keys = Vec::new();
        for (key, &times) in bag {
            let found = numbers.get(key);
            let weight = (1.0 + libm::logf(times as f32)) * found.map_or(rarest, |f| f.1);
            squares += weight * weight;
            keys.extend(found.map(|&(number, _)| (number, weight)));
        }
        let all = squares + unshared * rarest * rarest;
        let length = all.sqrt();
        keys.iter_mut().for_each(|(_, weight)| *weight /= length);
        Weighed { keys, said: if all > 0.0 { squares / all } else { 0.0 } }
    };
    bags.iter().map(weigh_one).collect()
}

/// The cosine of two reports' weights.
pub(crate) fn shared(a: &Weighed, b: &Weighed) -> f32 {
    let (mut x, mut y) = (a.keys.as_slice(), b.keys.as_slice());
    let mut sum = 0.0;
    while let ([(i, v), rest_x @ ..], [(j, w), rest_y @ ..]) = (x, y) {
        if i == j {
            sum += v * w;
        }
        (x, y) = (if i <= j { rest_x } else { x }, if j <= i { rest_y } else { y });
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::{Bag, shared, weigh};
    use newstemma_model::ids::digest;

    fn bag(keys: &[&str]) -> Bag {
        keys.iter().map(|key| (digest(&[key.as_bytes()]), 1)).collect()
    }

    #[test]
    fn equal_bags_share_all_and_others_nothing() {
        let weighed = weigh(&[bag(&["мост", "padol"]), bag(&["padol", "мост"]), bag(&["橋"])], 0.0);
        assert!((shared(&weighed[0], &weighed[1]) - 1.0).abs() < 1e-6);
        assert_eq!(shared(&weighed[0], &weighed[2]), 0.0);
    }

    #[test]
    fn one_key_in_common_proves_less_than_many() {
        let few = weigh(&[bag(&["a"]), bag(&["a"])], 2.0);
        let many = weigh(&[bag(&["a", "b", "c", "d"]), bag(&["a", "b", "c", "d"])], 2.0);
        assert!(shared(&few[0], &few[1]) < shared(&many[0], &many[1]));
        assert!(few[0].said < many[0].said);
    }

    #[test]
    fn the_rare_key_proves_more() {
        let mut bags = vec![bag(&["common", "rare", "own"]), bag(&["common", "rare", "other"])];
        bags.extend((0..200).map(|_| bag(&["common"])));
        bags.push(bag(&["common", "one", "two"]));
        let weighed = weigh(&bags, 0.0);
        assert!(shared(&weighed[0], &weighed[1]) > 2.0 * shared(&weighed[0], &weighed[202]));
    }

    #[test]
    fn a_report_without_keys_says_nothing() {
        for unshared in [0.0, 2.0] {
            let weighed = weigh(&[bag(&[]), bag(&["a"])], unshared);
            assert_eq!((weighed[0].said, weighed[0].keys.len()), (0.0, 0));
        }
    }
}
