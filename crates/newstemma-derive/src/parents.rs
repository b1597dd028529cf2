//! Who is whose exemplar: a global choice over all texts of a story.
//!
//! The cost of hanging a text under another is the number of its words that the other does not
//! explain: new sentences count in full, changed ones by what was changed, translated ones a
//! tenth. Cutting is nearly free, filling out is not; that alone tells a cut copy from its source.
//! The story's cheapest arborescence over these costs ([`crate::arborescence`]) gives each text its
//! first parent. A text may have taken a block from elsewhere (contamination): what its first
//! parent leaves unexplained is given to the text that explains most of it, as long as that is
//! worth a parent of its own.

use crate::arborescence::{Arc, cheapest};
use crate::kin::Kin;

/// The parents of the texts of a story, lost texts aside.
#[derive(Debug)]
pub(crate) struct Parents {
    /// The first parent of each text.
    pub(crate) first: Vec<Option<usize>>,
    /// Further parents of each text, for blocks that the first does not explain.
    pub(crate) further: Vec<Vec<usize>>,
}

/// Parameters, set by hand on `traditions` (dev).
pub(crate) mod weights {
    /// What a text without exemplar costs, as a share of the words of its longest relative: a
    /// short text is no likelier to be an original.
    pub(crate) const ROOT: f32 = 0.45;
    /// The least share of a text that its first parent explains.
    pub(crate) const FIRST_SHARE: f32 = 0.25;
    /// What each word costs that the parent has and the child has not.
    pub(crate) const CUT: f32 = 0.03;
    /// The same where the parent has them from a text that is unrelated to the child.
    pub(crate) const CUT_ELSEWHERE: f32 = 1.5;
    /// What it costs to make a text from another translation of the same text, as a share of it.
    pub(crate) const SECOND_RENDERING: f32 = 0.25;
    /// What each step back in the parent's order costs, in words.
    pub(crate) const BREAK: f32 = 3.0;
    /// What a parent that was published later costs, as a share of the child's words.
    pub(crate) const LATE: f32 = 1.0;
    /// The least share of a text, and the least words, that a further parent must explain.
    pub(crate) const FURTHER_SHARE: f32 = 0.06;
    pub(crate) const FURTHER_WORDS: f32 = 12.0;
    /// A line counts as unexplained below this.
    pub(crate) const EXPLAINED: f32 = 0.4;
}

/// The cost, in words, of making `child` from `parent`.
pub(crate) fn cost(kin: &Kin<'_>, child: usize, parent: usize) -> f32 {
    let elsewhere = explained_elsewhere(kin, child, parent);
    let lines = &kin.texts[child].lines;
    let own: f32 = kin
        .explained(child, parent)
        .iter()
        .zip(&elsewhere)
        .zip(lines)
        .map(|((&here, &there), line)| line.weight * (1.0 - here.max(0.9 * there)))
        .sum();
    own + left_out(kin, child, parent)
        + weights::BREAK * breaks(kin, child, parent)
        + weights::SECOND_RENDERING * rendered_twice(kin, child, parent) * kin.words(child)
        + lateness(kin, child, parent)
}

/// How sure it is that both were translated, each for itself, from a text that we have.
fn rendered_twice(kin: &Kin<'_>, child: usize, parent: usize) -> f32 {
    const MOST: f32 = 0.4;
    match kin.pair(child, parent).map(|p| (p.copied, p.features)) {
        Some((copied, features))
            if copied < 1.0
                && features.same_language > 0.5
                && features.coverage > MOST
                && kin.has_foreign(child, parent) =>
        {
            1.0 - copied
        }
        _ => 0.0,
    }
}

/// How often the passages of the child step back in the order of the parent.
fn breaks(kin: &Kin<'_>, child: usize, parent: usize) -> f32 {
    let Some(pair) = kin.pair(child, parent) else { return 0.0 };
    let mut places: Vec<(usize, usize)> = pair
        .matches
        .iter()
        .map(|m| if pair.a == child { (m.a.start, m.b.start) } else { (m.b.start, m.a.start) })
        .collect();
    places.sort_unstable();
    places.windows(2).filter(|w| w[1].1 < w[0].1).count() as f32
}

/// What it costs that the child lacks words of the parent. Cutting is cheap; but that someone cut
/// just what the parent has from elsewhere, from a text unrelated to the child, is not credible:
/// then the parent put it in.
fn left_out(kin: &Kin<'_>, child: usize, parent: usize) -> f32 {
    let from_elsewhere = explained_elsewhere(kin, parent, child);
    kin.explained(parent, child)
        .iter()
        .zip(&from_elsewhere)
        .zip(&kin.texts[parent].lines)
        .map(|((&carried, &elsewhere), line)| {
            let price = weights::CUT + weights::CUT_ELSEWHERE * elsewhere;
            (1.0 - carried).max(0.0) * price * line.weight
        })
        .sum()
}

/// A text is the source of a block only if it has more around the block: at most this share of it
/// stands in the text that took the block. (Two cuts of one text may have nothing in common either,
/// but they are wholly contained in it.)
const OWN_AROUND: f32 = 0.75;

/// What texts that have nothing to do with `parent` explain of `child`.
fn explained_elsewhere(kin: &Kin<'_>, child: usize, parent: usize) -> Vec<f32> {
    let mut best = vec![0.0f32; kin.texts[child].lines.len()];
    for &other in &kin.relatives[child] {
        let stranger = other != parent && kin.pair(other, parent).is_none();
        if !stranger || late(kin, child, other) || share(kin, other, child) > OWN_AROUND {
            continue;
        }
        for (slot, &e) in best.iter_mut().zip(kin.explained(child, other)) {
            *slot = slot.max(e);
        }
    }
    best
}

fn lateness(kin: &Kin<'_>, child: usize, parent: usize) -> f32 {
    if late(kin, child, parent) { weights::LATE * kin.words(child) } else { 0.0 }
}

/// Whether the parent is known to have been published after the child.
pub(crate) fn late(kin: &Kin<'_>, child: usize, parent: usize) -> bool {
    order(kin, parent, child) == Some(std::cmp::Ordering::Greater)
}

/// Which of two texts was published first, if both dates say so.
pub(crate) fn order(kin: &Kin<'_>, x: usize, y: usize) -> Option<std::cmp::Ordering> {
    let at = |k: usize| kin.texts[k].document.report.published;
    let (x, y) = (at(x)?, at(y)?);
    if x.time.is_none() || y.time.is_none() {
        return (x.day != y.day).then(|| x.day.cmp(&y.day));
    }
    let order = x.instant_seconds().cmp(&y.instant_seconds());
    order.is_ne().then_some(order)
}

/// Chooses the first parents of all texts.
pub(crate) fn first_parents(kin: &Kin<'_>) -> Parents {
    let n = kin.texts.len();
    let root = n;
    let mut arcs = Vec::new();
    for child in 0..n {
        let family = kin.relatives[child].iter().chain([&child]).map(|&t| kin.words(t));
        let cost_root = f64::from(weights::ROOT * family.fold(0.0, f32::max));
        arcs.push(Arc { parent: root, child, cost: cost_root });
        for &parent in &kin.relatives[child] {
            if share(kin, child, parent) >= weights::FIRST_SHARE {
                arcs.push(Arc { parent, child, cost: f64::from(cost(kin, child, parent)) });
            }
        }
    }
    let chosen = cheapest(n + 1, root, &arcs);
    let first: Vec<Option<usize>> = (0..n)
        .map(|child| chosen[child].map(|k| arcs[k].parent).filter(|&parent| parent != root))
        .collect();
    Parents { first, further: vec![Vec::new(); n] }
}

/// Adds to each text the parents of those blocks that its first parent leaves unexplained.
pub(crate) fn add_further(kin: &Kin<'_>, parents: &mut Parents) {
    for child in 0..kin.texts.len() {
        parents.further[child] = further(kin, parents, child);
    }
}

/// Share of the words of `child` that `parent` explains.
pub(crate) fn share(kin: &Kin<'_>, child: usize, parent: usize) -> f32 {
    let lines = &kin.texts[child].lines;
    let sum: f32 =
        kin.explained(child, parent).iter().zip(lines).map(|(&e, line)| e * line.weight).sum();
    sum / kin.words(child)
}

/// The texts that explain blocks which the first parent of `child` leaves open.
fn further(kin: &Kin<'_>, parents: &Parents, child: usize) -> Vec<usize> {
    let lines = &kin.texts[child].lines;
    let mut best: Vec<f32> = match parents.first[child] {
        Some(first) => kin.explained(child, first).to_vec(),
        None => vec![0.0; lines.len()],
    };
    let floor = weights::FURTHER_WORDS.max(weights::FURTHER_SHARE * kin.words(child));
    let mut found = Vec::new();
    loop {
        let gain = |other: usize| -> f32 {
            kin.explained(child, other)
                .iter()
                .zip(&best)
                .zip(lines)
                .filter(|((_, have), _)| **have < weights::EXPLAINED)
                .map(|((&e, &have), line)| (e - have).max(0.0) * line.weight)
                .sum()
        };
        let next = kin.relatives[child]
            .iter()
            .copied()
            .filter(|&other| {
                Some(other) != parents.first[child]
                    && !found.contains(&other)
                    && !late(kin, child, other)
                    && !descends(parents, other, child)
            })
            .map(|other| (gain(other), other))
            .filter(|&(gain, _)| gain >= floor)
            .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        let Some((_, other)) = next else { break };
        // Of texts that explain the block alike, the one that was made from no other comes first.
        let other = source_of_block(kin, parents, child, other, &gain);
        for (have, &e) in best.iter_mut().zip(kin.explained(child, other)) {
            *have = have.max(e);
        }
        found.push(other);
        if found.len() >= 3 {
            break;
        }
    }
    found
}

/// Goes up from `other` as long as its parent explains the block as well.
fn source_of_block(
    kin: &Kin<'_>,
    parents: &Parents,
    child: usize,
    other: usize,
    gain: &dyn Fn(usize) -> f32,
) -> usize {
    let mut at = other;
    for _ in 0..kin.texts.len() {
        match parents.first[at] {
            Some(up) if up != child && gain(up) >= 0.97 * gain(at) => at = up,
            _ => break,
        }
    }
    at
}

/// Whether `node` hangs, by first or further parents, under `above`.
pub(crate) fn descends(parents: &Parents, node: usize, above: usize) -> bool {
    let mut seen = vec![false; parents.first.len()];
    let mut open = vec![node];
    while let Some(at) = open.pop() {
        if at == above {
            return true;
        }
        if std::mem::replace(&mut seen[at], true) {
            continue;
        }
        open.extend(parents.first[at]);
        open.extend(parents.further[at].iter().copied());
    }
    false
}
