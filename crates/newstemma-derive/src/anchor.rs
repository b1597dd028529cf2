//! Sentences that two near-copies have in common word for word, and that hold their alignment.
//!
//! *Problem*: near-copies differ in a few sentences, but an alignment weighs every run of the one
//! against every run of the other. *Idea* (patience diff, Cohen 2005; the longest common chain as
//! in Hunt & Szymanski 1977): a sentence that stands once in each text is a sure pair; the longest
//! chain of such pairs that is in the same order on both sides, grown over equal neighbours, cuts
//! both texts into short gaps, and only these have to be aligned. *Cost*: n log n.
//!
//! This holds for near-copies only. In a rewrite the one sentence that was kept word for word, a
//! quotation or a lead that was moved, does not say where the others belong.

use crate::text::{Line, Text};
use std::collections::BTreeMap;

/// Share of the words of the longer text that the chain must hold.
const NEAR_COPY: f32 = 0.8;
/// Words of a sentence that is no set phrase.
const WORDS_MIN: f32 = 4.0;

/// The pairs of lines that two near-copies are held together by, ascending on both sides; none if
/// the texts are no near-copies.
pub(crate) fn anchors(a: &Text<'_>, b: &Text<'_>) -> Vec<(usize, usize)> {
    let chain = grown(a, b, &longest_chain(&sure_pairs(a, b)));
    let held: f32 = chain.iter().map(|&(i, _)| a.lines[i].weight).sum();
    let near_copies = held >= NEAR_COPY * a.weight().max(b.weight());
    if near_copies { inner(&chain, (a.lines.len(), b.lines.len())) } else { Vec::new() }
}

/// The pairs of a chain that have pairs on both sides. Those beside a gap are left to the
/// alignment: what was added there may belong to them.
fn inner(chain: &[(usize, usize)], end: (usize, usize)) -> Vec<(usize, usize)> {
    let closed = |k: usize| {
        let (i, j) = chain[k];
        let before = k.checked_sub(1).map_or((0, 0), |k| (chain[k].0 + 1, chain[k].1 + 1));
        let after = chain.get(k + 1).copied().unwrap_or(end);
        before == (i, j) && after == (i + 1, j + 1)
    };
    (0..chain.len()).filter(|&k| closed(k)).map(|k| chain[k]).collect()
}

/// Lines that stand once in either text and are equal, in the order of the first.
fn sure_pairs(a: &Text<'_>, b: &Text<'_>) -> Vec<(usize, usize)> {
    let (once_a, once_b) = (once(a), once(b));
    let mut pairs: Vec<(usize, usize)> = once_a
        .iter()
        .filter_map(|(hash, &i)| Some((i, *once_b.get(hash)?)))
        .filter(|&(i, j)| equal(&a.lines[i], &b.lines[j]))
        .collect();
    pairs.sort_unstable();
    pairs
}

/// The lines of some length that stand once in a text, by their hash.
fn once(text: &Text<'_>) -> BTreeMap<u64, usize> {
    let mut found: BTreeMap<u64, Option<usize>> = BTreeMap::new();
    for (line, own) in text.lines.iter().enumerate().filter(|(_, own)| own.weight >= WORDS_MIN) {
        found.entry(own.hash).and_modify(|first| *first = None).or_insert(Some(line));
    }
    found.into_iter().filter_map(|(hash, line)| Some((hash, line?))).collect()
}

fn equal(x: &Line<'_>, y: &Line<'_>) -> bool {
    x.hash == y.hash && x.language == y.language && x.title == y.title
}

/// The longest chain of pairs that ascends on both sides; the pairs ascend on the first.
fn longest_chain(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length the pair that ends a chain of this length on the least second side.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, &(_, j)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|&end| pairs[end].1 < j);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let links = std::iter::successors(ends.last().copied(), |&index| before[index]);
    let mut chain: Vec<(usize, usize)> = links.map(|index| pairs[index]).collect();
    chain.reverse();
    chain
}

/// A chain with the equal lines that stand next to its pairs: those that come several times.
fn grown(a: &Text<'_>, b: &Text<'_>, chain: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let same = |i: usize, j: usize| equal(&a.lines[i], &b.lines[j]);
    let mut found: Vec<(usize, usize)> = Vec::with_capacity(a.lines.len());
    let end = (a.lines.len(), b.lines.len());
    for (&(i, j), next) in chain.iter().zip(chain.iter().skip(1).chain([&end])) {
        let floor = found.last().map_or((0, 0), |&(x, y)| (x + 1, y + 1));
        let back = (1..=(i - floor.0).min(j - floor.1)).take_while(|&k| same(i - k, j - k));
        let forth = (1..(next.0 - i).min(next.1 - j)).take_while(|&k| same(i + k, j + k));
        let (back, forth) = (back.count(), forth.count());
        found.extend((0..=back + forth).map(|k| (i - back + k, j - back + k)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{anchors, longest_chain};
    use crate::text::Text;
    use newstemma_testkit::Draft;

    fn check(rule: &str, a: &[&str], b: &[&str], expected: &[(usize, usize)]) {
        let document = |name: &str, lines: &[&str]| {
            lines.iter().fold(Draft::new(name, "en"), |draft, line| draft.body(line)).document()
        };
        let (a, b) = (document("a", a), document("b", b));
        assert_eq!(anchors(&Text::of(&a), &Text::of(&b)), expected, "{rule}");
    }

    const LEAD: &str = "The ferry to Karrow did not sail on Monday.";
    const ICE: &str = "Ice had blocked the harbour since the weekend.";
    const PUPILS: &str = "Forty pupils waited on the quay until noon.";
    const MAYOR: &str = "The mayor promised them a bus for Tuesday.";
    const PILOT: &str = "An old pilot had never seen the bay so white.";
    const SHORT: &str = "Nobody answered.";
    const NEW: &str = "Snow fell.";

    #[test]
    fn near_copies_are_held_by_what_they_share() {
        let all = [LEAD, ICE, PUPILS, MAYOR, PILOT];
        check("equal", &all, &all, &[(0, 0), (1, 1), (2, 2), (3, 3), (4, 4)]);
        let more = [LEAD, ICE, NEW, PUPILS, MAYOR, PILOT];
        check("what is beside a gap is open", &all, &more, &[(0, 0), (3, 4), (4, 5)]);
        let moved = [NEW, LEAD, ICE, PUPILS, MAYOR, PILOT];
        let first = [LEAD, ICE, PUPILS, MAYOR, PILOT, NEW];
        check("moved", &first, &moved, &[(1, 2), (2, 3), (3, 4)]);
    }

    #[test]
    fn what_stands_twice_or_is_short_counts_beside_an_anchor_only() {
        let twice = [SHORT, LEAD, ICE, SHORT];
        check("beside", &twice, &twice, &[(0, 0), (1, 1), (2, 2), (3, 3)]);
        check("alone", &[SHORT], &[SHORT], &[]);
    }

    #[test]
    fn one_sentence_in_common_holds_nothing() {
        let other =
            ["A council met.", LEAD, "It rose late, after a long debate about nothing much."];
        check("a rewrite", &[LEAD, ICE, PUPILS], &other, &[]);
    }

    #[test]
    fn the_longest_chain_is_found() {
        let pairs = [(0, 4), (1, 0), (2, 1), (3, 5), (4, 2), (5, 3)];
        assert_eq!(longest_chain(&pairs), [(1, 0), (2, 1), (4, 2), (5, 3)]);
        assert_eq!(longest_chain(&[]), []);
    }
}
