//! Which pairs are worth comparing.

use crate::profile::Profile;
use crate::rarity::Weighed;
use newstemma_model::dot;
use std::collections::BTreeMap;

/// Least product of mean vectors at which a pair is looked at.
const MEAN_MIN: f32 = 0.35;
/// Least share of words at which a pair is looked at.
const WORDS_MIN: f32 = 0.06;
/// Least share of names at which a pair is looked at.
const NAMES_MIN: f32 = 0.1;
/// Least number of shared sampled runs of words at which a pair is looked at, and kept.
const RUNS_MIN: u32 = 2;
/// A run that more reports than this have is boilerplate.
const RUN_REPORTS_MAX: usize = 50;
/// A word or name that more reports than this have does not bring pairs together.
const POSTINGS_MAX: usize = 500;

/// A report worth comparing with another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Neighbour {
    /// The other report.
    pub(crate) other: usize,
    /// Product of the mean vectors.
    mean: f32,
    /// Share of words that are not all too common; 0 across languages.
    words: f32,
    /// Share of names that are not all too common.
    names: f32,
    /// Whether they share runs of words.
    pub(crate) copied: bool,
}

/// All profiles, with the lists by which those that share something are found.
#[derive(Debug)]
pub(crate) struct Neighbourhood<'a> {
    pub(crate) profiles: Vec<Profile<'a>>,
    words: Postings,
    names: Postings,
    /// Pairs that share sampled runs of words, and how many.
    sharing: BTreeMap<(usize, usize), u32>,
}

impl<'a> Neighbourhood<'a> {
    pub(crate) fn new(profiles: Vec<Profile<'a>>) -> Self {
        let words = Postings::of(profiles.iter().map(|p| &p.words));
        let names = Postings::of(profiles.iter().map(|p| &p.names));
        let sharing = sharing_runs(&profiles);
        Self { profiles, words, names, sharing }
    }

    /// The later reports that could be of this one's story, by position: at most `most`, besides
    /// those that share runs of words with it.
    pub(crate) fn of(&self, own: usize, most: usize) -> Vec<Neighbour> {
        let profile = &self.profiles[own];
        let words = self.words.shared_with_later(own, &profile.words, self.profiles.len());
        let names = self.names.shared_with_later(own, &profile.names, self.profiles.len());
        let mut found = Vec::new();
        for (other, candidate) in self.profiles.iter().enumerate().skip(own + 1) {
            let (words, names) = (words[other], names[other]);
            let mean = dot(&profile.mean, &candidate.mean);
            let copied = self.sharing.get(&(own, other)).is_some_and(|&n| n >= RUNS_MIN);
            if copied || mean >= MEAN_MIN || words >= WORDS_MIN || names >= NAMES_MIN {
                found.push(Neighbour { other, mean, words, names, copied });
            }
        }
        nearest(found, most)
    }
}

fn nearest(mut found: Vec<Neighbour>, most: usize) -> Vec<Neighbour> {
    if found.len() > most {
        let score = |n: &Neighbour| n.mean + n.words + n.names;
        found.sort_by(|a, b| score(b).total_cmp(&score(a)).then(a.other.cmp(&b.other)));
        let mut rank = 0;
        found.retain(|n| {
            rank += 1;
            rank <= most || n.copied
        });
        found.sort_by_key(|n| n.other);
    }
    found
}

/// Key number to the reports that have the key, with its weight there.
#[derive(Debug)]
struct Postings(Vec<Vec<(u32, f32)>>);

impl Postings {
    fn of<'p>(reports: impl Iterator<Item = &'p Weighed>) -> Self {
        let mut lists: Vec<Vec<(u32, f32)>> = Vec::new();
        for (report, weighed) in (0u32..).zip(reports) {
            for &(number, weight) in &weighed.keys {
                let number = number as usize;
                lists.resize_with(lists.len().max(number + 1), Vec::new);
                lists[number].push((report, weight));
            }
        }
        Self(lists)
    }

    /// What each later report shares with this one, by position.
    fn shared_with_later(&self, own: usize, weighed: &Weighed, reports: usize) -> Vec<f32> {
        let mut shared = vec![0.0f32; reports];
        for &(number, weight) in &weighed.keys {
            let having = &self.0[number as usize];
            if having.len() > POSTINGS_MAX {
                continue;
            }
            let later = having.partition_point(|&(report, _)| report as usize <= own);
            for &(report, other) in &having[later..] {
                shared[report as usize] += weight * other;
            }
        }
        shared
    }
}

/// How many sampled runs of words each pair shares; boilerplate aside.
fn sharing_runs(profiles: &[Profile<'_>]) -> BTreeMap<(usize, usize), u32> {
    let mut all: Vec<(u64, usize)> = Vec::new();
    for (report, profile) in profiles.iter().enumerate() {
        all.extend(profile.runs.iter().map(|&run| (run, report)));
    }
    all.sort_unstable();
    let mut sharing = BTreeMap::new();
    for having in all.chunk_by(|x, y| x.0 == y.0).filter(|h| h.len() <= RUN_REPORTS_MAX) {
        for (i, &(_, a)) in having.iter().enumerate() {
            for &(_, b) in &having[i + 1..] {
                *sharing.entry((a, b)).or_insert(0) += 1;
            }
        }
    }
    sharing
}
