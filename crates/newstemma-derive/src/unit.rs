//! Places at which the texts of a family may differ.
//!
//! A *variation unit* (Colwell & Tune 1964) is a passage that several texts carry, each with its
//! own reading of it. Alignments are made pair by pair; here they are joined over all pairs, the
//! surest first. An alignment that would glue a longer run of one text together than a bead may
//! hold is left out: else one wrong pair makes one unit of two stretches of text.

use crate::align::Match;
use crate::kin::Kin;
use newstemma_model::AlignmentRelation;
use std::collections::BTreeMap;
use std::ops::Range;

/// A passage that some texts of a family carry.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// What each text has there, ascending by text.
    pub(crate) readings: Vec<Reading>,
}

/// What one text has at a unit.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    /// The text, by its index in the family.
    pub(crate) text: usize,
    /// Its lines.
    pub(crate) lines: Range<usize>,
    /// Its length in words, as if all texts were in one language.
    pub(crate) words: f32,
}

impl Unit {
    /// What a text has here, if anything.
    pub(crate) fn reading(&self, text: usize) -> Option<&Reading> {
        let found = self.readings.binary_search_by_key(&text, |r| r.text);
        found.ok().map(|at| &self.readings[at])
    }

    /// Mean length of the readings, in words.
    pub(crate) fn words(&self) -> f32 {
        self.readings.iter().map(|r| r.words).sum::<f32>() / self.readings.len().max(1) as f32
    }
}

/// Lines of one text that different alignments may bring together in one unit.
const RUN_MAX: usize = 4;
/// A headline is often written anew, so it says less about a text's exemplar than a sentence does.
const HEADLINE: f32 = 0.3;
/// With less than this in common, two passages are aligned only because their neighbours are: the
/// similarity above the background, in one language and between two, and the share of the words
/// that stand in both in the same order.
const CHANCE: f32 = 0.1;
const CHANCE_FOREIGN: f32 = -0.1;
const CHANCE_WORDS: f32 = 0.2;

/// The variation units of some texts, by indices into `kin`, in order of their first reading.
pub(crate) fn units(kin: &Kin<'_>, members: &[usize]) -> Vec<Unit> {
    let mut sets = Sets::new(kin, members);
    for (a, b, found) in surest_first(kin, members) {
        sets.join(a, b, found);
    }
    let mut units: Vec<Unit> = sets.into_runs().map(|runs| unit(kin, members, runs)).collect();
    units.sort_by_key(|u| (u.readings[0].text, u.readings[0].lines.start));
    level_languages(kin, members, &mut units);
    units
}

fn unit(kin: &Kin<'_>, members: &[usize], runs: BTreeMap<usize, Range<usize>>) -> Unit {
    let readings = runs.into_iter().map(|(text, lines)| {
        let own = &kin.texts[members[text]].lines[lines.clone()];
        let words = own.iter().map(|l| if l.title { HEADLINE * l.weight } else { l.weight }).sum();
        Reading { text, lines, words }
    });
    Unit { readings: readings.collect() }
}

/// The alignments of related members that are more than chance, the surest first.
fn surest_first<'k>(kin: &'k Kin<'_>, members: &[usize]) -> Vec<(usize, usize, &'k Match)> {
    let mut found = Vec::new();
    for (a, &x) in members.iter().enumerate() {
        for (b, &y) in members.iter().enumerate().skip(a + 1) {
            let matches = kin.pair(x, y).into_iter().flat_map(|pair| &pair.matches);
            let meant = matches.filter(|m| is_meant(m));
            found.extend(meant.map(|m| (a, b, m)));
        }
    }
    let sureness = |m: &Match| m.similarity.max(m.verbatim);
    found.sort_by(|x, y| {
        let place = |m: &(usize, usize, &Match)| (m.0, m.1, m.2.a.start, m.2.b.start);
        sureness(y.2).total_cmp(&sureness(x.2)).then(place(x).cmp(&place(y)))
    });
    found
}

/// Whether two passages were aligned for their own sake.
fn is_meant(found: &Match) -> bool {
    let least = match found.relation {
        AlignmentRelation::Translation => CHANCE_FOREIGN,
        _ => CHANCE,
    };
    found.similarity >= least || found.verbatim >= CHANCE_WORDS
}

/// One language takes more words than another for the same; here all are brought to the mean of
/// the units that several languages share.
fn level_languages(kin: &Kin<'_>, members: &[usize], units: &mut [Unit]) {
    let language = |r: &Reading| kin.texts[members[r.text]].lines[r.lines.start].language;
    let mut sums: BTreeMap<_, (f32, f32)> = BTreeMap::new();
    for unit in units.iter() {
        let Some(first) = unit.readings.first().map(language) else { continue };
        if unit.readings.iter().any(|r| language(r) != first) {
            let mean = unit.words();
            for reading in &unit.readings {
                let sum = sums.entry(language(reading)).or_default();
                *sum = (sum.0 + reading.words, sum.1 + mean);
            }
        }
    }
    for reading in units.iter_mut().flat_map(|u| &mut u.readings) {
        if let Some((own, mean)) = sums.get(&language(reading)).filter(|s| s.0 > 0.0 && s.1 > 0.0) {
            reading.words *= mean / own;
        }
    }
}

/// Disjoint sets of lines, each with one run of lines a text (union–find).
struct Sets {
    /// The first line of each text, in one numbering of all lines.
    first: Vec<usize>,
    above: Vec<usize>,
    runs: Vec<BTreeMap<usize, Range<usize>>>,
}

impl Sets {
    fn new(kin: &Kin<'_>, members: &[usize]) -> Sets {
        let (mut first, mut runs) = (Vec::new(), Vec::new());
        for (text, &member) in members.iter().enumerate() {
            first.push(runs.len());
            let lines = 0..kin.texts[member].lines.len();
            runs.extend(lines.map(|line| BTreeMap::from([(text, line..line + 1)])));
        }
        Sets { first, above: (0..runs.len()).collect(), runs }
    }

    fn find(&mut self, line: usize) -> usize {
        let mut at = line;
        while self.above[at] != at {
            self.above[at] = self.above[self.above[at]];
            at = self.above[at];
        }
        at
    }

    /// Joins what a match aligns, unless a text would get too long a run, or one with a gap.
    fn join(&mut self, a: usize, b: usize, found: &Match) {
        let mut roots: Vec<usize> = (found.a.clone().map(|line| self.first[a] + line))
            .chain(found.b.clone().map(|line| self.first[b] + line))
            .collect();
        roots.iter_mut().for_each(|line| *line = self.find(*line));
        roots.sort_unstable();
        roots.dedup();
        let mut joined: BTreeMap<usize, (Range<usize>, usize)> = BTreeMap::new();
        for (&text, run) in roots.iter().flat_map(|&root| &self.runs[root]) {
            let (cover, lines) = joined.entry(text).or_insert((run.clone(), 0));
            *cover = cover.start.min(run.start)..cover.end.max(run.end);
            *lines += run.len();
        }
        let allowed = |text: usize| match text {
            t if t == a => RUN_MAX.max(found.a.len()),
            t if t == b => RUN_MAX.max(found.b.len()),
            _ => RUN_MAX,
        };
        let whole =
            joined.iter().all(|(&t, (cover, lines))| cover.len() == *lines && *lines <= allowed(t));
        if roots.len() > 1 && whole {
            for &root in &roots[1..] {
                self.above[root] = roots[0];
                self.runs[root].clear();
            }
            self.runs[roots[0]] = joined.into_iter().map(|(text, run)| (text, run.0)).collect();
        }
    }

    fn into_runs(self) -> impl Iterator<Item = BTreeMap<usize, Range<usize>>> {
        self.runs.into_iter().filter(|runs| !runs.is_empty())
    }
}
