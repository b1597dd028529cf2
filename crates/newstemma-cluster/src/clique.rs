//! Reports that are all as alike as can be, joined before anything is averaged.
//!
//! The problem: of five thousand near-copies every two are neighbours, and linkage looks at, and keeps,
//! twelve million averages, all of them the greatest that there is. The idea: where such reports are as
//! alike to nobody else, they are joined to one group before any other join is made, in the order
//! of their ids; so they may enter as one. Where one is as alike to a report that the others are not,
//! the averages decide as always. The cost is a look at each pair.

use crate::score::SCORE_MAX;
use crate::tree::Joined;

/// Parts of `0..count`, of which most are single: those whose members are alike to all of their part
/// and to nobody else. `alike` gives those that one is alike to, itself included, ascending;
/// a unit of several reports may be told several times.
pub(crate) fn cliques(count: u32, alike: impl Fn(u32) -> Vec<u32>) -> Vec<Vec<u32>> {
    let mut is_placed = vec![false; count as usize];
    let mut found = Vec::new();
    for one in 0..count {
        if is_placed[one as usize] {
            continue;
        }
        let all = alike(one);
        if all.iter().all(|&other| alike(other) == all) {
            all.iter().for_each(|&other| is_placed[other as usize] = true);
            found.push(all);
        } else {
            // None of them is in a clique: that would have this one in it, too.
            for other in all {
                if !std::mem::replace(&mut is_placed[other as usize], true) {
                    found.push(vec![other]);
                }
            }
        }
    }
    found
}

/// The joins of `count` units, of which those of a part entered as one. Each part is in the order in
/// which its units are joined.
pub(crate) fn unfolded(count: usize, parts: &[Vec<u32>], joins: Vec<Joined>) -> Vec<Joined> {
    let mut all: Vec<Joined> = Vec::with_capacity(count);
    let mut tops: Vec<u32> = Vec::with_capacity(parts.len());
    for part in parts {
        let mut top = part[0];
        for &unit in &part[1..] {
            all.push(Joined { nodes: [top, unit], average: f64::from(SCORE_MAX) });
            top = (count + all.len() - 1) as u32;
        }
        tops.push(top);
    }
    let made = (count + all.len()) as u32;
    let node = |node: u32| match tops.get(node as usize) {
        Some(&top) => top,
        None => made + node - tops.len() as u32,
    };
    all.extend(joins.into_iter().map(|join| Joined { nodes: join.nodes.map(node), ..join }));
    all
}

#[cfg(test)]
mod tests {
    use super::cliques;

    fn check(rule: &str, pairs: &[(u32, u32)], expected: &[&[u32]]) {
        let alike = |one: u32| {
            let other = |&(a, b): &(u32, u32)| [(a, b), (b, a)].into_iter().find(|p| p.0 == one);
            let mut all: Vec<u32> = pairs.iter().filter_map(other).map(|p| p.1).collect();
            all.push(one);
            all.sort_unstable();
            all
        };
        assert_eq!(cliques(5, alike), expected, "{rule}");
    }

    #[test]
    fn only_who_is_alike_to_all_of_a_part_and_to_nobody_else_is_in_it() {
        check("nobody is alike", &[], &[&[0], &[1], &[2], &[3], &[4]]);
        check("two parts", &[(0, 2), (0, 4), (2, 4), (1, 3)], &[&[0, 2, 4], &[1, 3]]);
        check("a chain", &[(0, 1), (1, 2)], &[&[0], &[1], &[2], &[3], &[4]]);
        let chained = &[(0, 1), (0, 2), (1, 2), (2, 3)];
        check("one is alike to another", chained, &[&[0], &[1], &[2], &[3], &[4]]);
    }

    #[test]
    fn a_unit_that_is_told_twice_is_placed_once() {
        let alike = |one: u32| if one == 0 { vec![0, 1, 1] } else { vec![one] };
        assert_eq!(cliques(2, alike), [[0], [1]]);
    }
}
