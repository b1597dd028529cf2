//! Which pairs are worth comparing.

use crate::dot;
use crate::profile::Profile;
use std::collections::BTreeMap;

/// Least product of mean vectors at which a pair is looked at.
const MEAN_MIN: f32 = 0.35;
/// Least tf-idf cosine at which a pair is looked at.
const WORDS_MIN: f32 = 0.06;
/// Least number of shared sampled runs of words at which a pair is looked at, and kept.
const RUNS_MIN: u32 = 2;
/// A run that more reports than this have is boilerplate.
const RUN_REPORTS_MAX: usize = 50;
/// A word that more reports than this have does not bring pairs together.
const POSTINGS_MAX: usize = 500;

/// A pair's first figures.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Neighbour {
    /// The other report.
    pub(crate) other: usize,
    /// Product of the mean vectors.
    pub(crate) mean: f32,
    /// tf-idf cosine; 0 across languages.
    pub(crate) words: f32,
    /// Whether they share runs of words.
    pub(crate) copied: bool,
}

/// All profiles, with the lists by which those that share something are found.
#[derive(Debug)]
pub(crate) struct Neighbourhood<'a> {
    pub(crate) profiles: Vec<Profile<'a>>,
    /// Word number to the reports that have it, with its weight there.
    postings: Vec<Vec<(u32, f32)>>,
    /// Pairs that share sampled runs of words, and how many.
    sharing: BTreeMap<(usize, usize), u32>,
}

impl<'a> Neighbourhood<'a> {
    pub(crate) fn new(profiles: Vec<Profile<'a>>) -> Self {
        let (postings, sharing) = (postings(&profiles), sharing_runs(&profiles));
        Self { profiles, postings, sharing }
    }

    /// The later reports that could be of this one's story, by position: at most `most`, besides
    /// those that share runs of words with it.
    pub(crate) fn of(&self, own: usize, most: usize) -> Vec<Neighbour> {
        let profile = &self.profiles[own];
        let mut shared = vec![0.0f32; self.profiles.len()];
        share_words(profile, own, &self.postings, &mut shared);
        let mut found = Vec::new();
        for (other, candidate) in self.profiles.iter().enumerate().skip(own + 1) {
            let same_language = candidate.language == profile.language;
            let words = if same_language { shared[other] } else { 0.0 };
            let mean = dot(&profile.mean, &candidate.mean);
            let copied = self.sharing.get(&(own, other)).is_some_and(|&n| n >= RUNS_MIN);
            if copied || mean >= MEAN_MIN || words >= WORDS_MIN {
                found.push(Neighbour { other, mean, words, copied });
            }
        }
        nearest(found, most)
    }
}

fn nearest(mut found: Vec<Neighbour>, most: usize) -> Vec<Neighbour> {
    if found.len() > most {
        let score = |n: &Neighbour| n.mean + n.words;
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

/// Word number to the reports that have it, with its weight there.
fn postings(profiles: &[Profile<'_>]) -> Vec<Vec<(u32, f32)>> {
    let numbers = profiles.iter().filter_map(|p| p.words.last()).map(|&(n, _)| n as usize + 1);
    let mut postings = vec![Vec::new(); numbers.max().unwrap_or(0)];
    for (report, profile) in (0u32..).zip(profiles) {
        for &(number, weight) in &profile.words {
            postings[number as usize].push((report, weight));
        }
    }
    postings
}

/// Adds up the tf-idf cosine with every later report.
fn share_words(
    profile: &Profile<'_>,
    own: usize,
    postings: &[Vec<(u32, f32)>],
    shared: &mut [f32],
) {
    for &(number, weight) in &profile.words {
        let having = &postings[number as usize];
        if having.len() > POSTINGS_MAX {
            continue;
        }
        let later = having.partition_point(|&(report, _)| report as usize <= own);
        for &(report, other) in &having[later..] {
            shared[report as usize] += weight * other;
        }
    }
}
