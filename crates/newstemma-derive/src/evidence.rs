//! What two texts of a story have in common, and what each has for itself.
//!
//! All later decisions rest on this: for every sentence of either text, how well the other
//! explains it; how rare that text is outside the story; how long the runs are.

use crate::align::{Match, matches};
use crate::background::{Background, WINDOW_WORDS};
use crate::similarity::Compared;
use crate::text::Text;
use crate::tokens::{Numbers, shingles};
use newstemma_model::AlignmentRelation;
use std::collections::BTreeMap;

/// The windows of words of one text, and how much each sentence of it proves.
#[derive(Debug)]
pub(crate) struct Windows {
    /// Hashes, sorted, each once.
    pub(crate) hashes: Vec<u64>,
    /// Those of them that stand neither in other stories nor in a quotation.
    telling: Vec<u64>,
    /// For each line, from 0 (a hundred other stories have it) to 1 (none has).
    pub(crate) specific: Vec<f32>,
}

/// The windows of the texts of a story. `copies`: how many more reports of it have each text.
pub(crate) fn windows(
    texts: &[Text<'_>],
    copies: &[usize],
    background: &Background,
) -> Vec<Windows> {
    let all: Vec<Vec<(u64, u32)>> =
        texts.iter().map(|t| shingles(&t.tokens, WINDOW_WORDS)).collect();
    let mut inside: BTreeMap<u64, u32> = BTreeMap::new();
    let sorted: Vec<Vec<u64>> = all
        .iter()
        .map(|windows| {
            let mut hashes: Vec<u64> = windows.iter().map(|w| w.0).collect();
            hashes.sort_unstable();
            hashes.dedup();
            hashes
        })
        .collect();
    for (hashes, copies) in sorted.iter().zip(copies) {
        hashes.iter().for_each(|hash| *inside.entry(*hash).or_default() += 1 + *copies as u32);
    }
    let outside = |hash: u64| {
        let own = inside.get(&hash).copied().unwrap_or(0);
        background.documents_with(hash).saturating_sub(own)
    };
    texts
        .iter()
        .zip(&all)
        .zip(sorted)
        .map(|((text, windows), hashes)| {
            let specific = specificity(text, windows, outside);
            let telling = telling(text, windows, &specific);
            Windows { hashes, telling, specific }
        })
        .collect()
}

fn specificity(text: &Text<'_>, windows: &[(u64, u32)], outside: impl Fn(u64) -> u32) -> Vec<f32> {
    let mut sums = vec![(0.0f32, 0.0f32); text.lines.len()];
    for &(hash, token) in windows {
        if let Some(sum) = sums.get_mut(text.line_of_token(token)) {
            sum.0 += 1.0 / (1.0 + outside(hash) as f32);
            sum.1 += 1.0;
        }
    }
    sums.into_iter()
        .zip(&text.lines)
        .map(|((sum, n), line)| {
            let rare = if n > 0.0 { sum / n } else { 0.5 };
            rare * (1.0 - HEARD_BY_ALL * quoted_share(line.span.of(&text.document.report.text)))
        })
        .collect()
}

/// What a quotation proves less than other text: whoever was there heard the same words.
const HEARD_BY_ALL: f32 = 0.75;
/// Lines that are less specific than this are not telling.
const TELLING: f32 = 0.4;

fn telling(text: &Text<'_>, windows: &[(u64, u32)], specific: &[f32]) -> Vec<u64> {
    let own = |token: u32| specific.get(text.line_of_token(token)).copied().unwrap_or(0.0);
    let mut hashes: Vec<u64> =
        windows.iter().filter(|w| own(w.1) >= TELLING).map(|w| w.0).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Share of the characters of a sentence that stand between quotation marks.
fn quoted_share(sentence: &str) -> f32 {
    let (mut inside, mut all, mut open) = (0u32, 0u32, false);
    for c in sentence.chars() {
        match c {
            '“' | '«' | '„' | '「' | '『' | '‹' if !open => open = true,
            '”' | '»' | '“' | '」' | '』' | '›' if open => open = false,
            '"' | '«' => open = !open,
            c if c.is_alphanumeric() => {
                all += 1;
                inside += u32::from(open);
            }
            _ => {}
        }
    }
    if all == 0 { 0.0 } else { inside as f32 / all as f32 }
}

/// The comparison of two texts of a story.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    /// Indices of the texts in the story, `a < b`.
    pub(crate) a: usize,
    /// The other.
    pub(crate) b: usize,
    /// Passages in common.
    pub(crate) matches: Vec<Match>,
    /// For each line of the first text, how well the second explains it, 0 to 1.
    pub(crate) explained_a: Vec<f32>,
    /// For each line of the second text, how well the first explains it.
    pub(crate) explained_b: Vec<f32>,
    /// Whether what is common to both in one language was copied, or rendered independently.
    pub(crate) copied: f32,
    /// What speaks for and against a relation of the two.
    pub(crate) features: Features,
}

/// What speaks for and against the relation of two texts. Named, so that the weights of
/// `relate` can be read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Features {
    /// Whether both are in one language.
    pub same_language: f32,
    /// Greater of the two shares of a text that the other explains, by specific words.
    pub coverage: f32,
    /// Lesser of the two.
    pub coverage_least: f32,
    /// Logarithm of the specific words in common.
    pub words: f32,
    /// Logarithm of the words in the longest run of passages that stand side by side in both.
    pub run: f32,
    /// Mean similarity of the passages in common, by words.
    pub similarity: f32,
    /// Share of the windows of five words of the shorter text that stand in the other.
    pub windows: f32,
    /// Logarithm of the number of such windows, the rare ones only.
    pub windows_count: f32,
    /// Mean of the three highest similarities of a passage.
    pub best: f32,
    /// Logarithm of the number of passages in common, by how sure they are.
    pub passages: f32,
    /// How many numbers of the passages in common disagree between two languages, if more do than
    /// agree; else none.
    pub disagreeing: f32,
}

impl Features {
    /// The features by name, in the order of the weights. Those that are not weighed are left out.
    pub fn named(&self) -> [(&'static str, f32); 9] {
        [
            ("coverage", self.coverage),
            ("coverage_least", self.coverage_least),
            ("words", self.words),
            ("run", self.run),
            ("similarity", self.similarity),
            ("windows", self.windows),
            ("windows_count", self.windows_count),
            ("best", self.best),
            ("passages", self.passages),
        ]
    }
}

/// Compares two texts of a story.
pub(crate) fn compare(
    (a, b): (usize, usize),
    texts: &[Text<'_>],
    windows: &[Windows],
    background: &Background,
) -> Pair {
    let (ta, tb) = (&texts[a], &texts[b]);
    let found = matches(&mut Compared::new(ta, tb, background));
    let (sure_a, sure_b) = filled(&found, (ta, tb), sure);
    let features = features((a, b), texts, windows, &found, (&sure_a, &sure_b));
    let copied = copied(&found, (ta, tb), (&windows[a].hashes, &windows[b].hashes));
    let kept = |m: &Match| kept(m, copied);
    let (explained_a, explained_b) = filled(&found, (ta, tb), kept);
    Pair { a, b, matches: found, explained_a, explained_b, copied, features }
}

/// The similarity, above the background, at which two sentences may say the same and at which
/// they certainly do.
const SIMILAR: (f32, f32) = (0.15, 0.6);

/// A value of each match, for every line of both texts.
fn filled(
    found: &[Match],
    (a, b): (&Text<'_>, &Text<'_>),
    value: impl Fn(&Match) -> f32,
) -> (Vec<f32>, Vec<f32>) {
    let (mut of_a, mut of_b) = (vec![0.0f32; a.lines.len()], vec![0.0f32; b.lines.len()]);
    for m in found {
        of_a[m.a.clone()].fill(value(m));
        of_b[m.b.clone()].fill(value(m));
    }
    (of_a, of_b)
}

/// Passages less similar than this, against the background, stand side by side by chance.
const FILLER: f32 = -0.1;

fn by_meaning(m: &Match) -> f32 {
    ((m.similarity - SIMILAR.0) / (SIMILAR.1 - SIMILAR.0)).clamp(0.0, 1.0)
}

/// How sure it is, from the passage alone, that it is the same text.
fn sure(m: &Match) -> f32 {
    match m.relation {
        AlignmentRelation::Translation => 0.9 * by_meaning(m),
        AlignmentRelation::Verbatim => m.verbatim,
        AlignmentRelation::Rewrite => (0.8 * by_meaning(m)).min(0.3 + m.verbatim),
    }
}

/// How much of a passage its counterpart explains, once the texts are known to be related.
///
/// Between languages that is nearly all. In one language a copy that was edited keeps most words in
/// their order; a light rewrite is still a shorter way from the other text than a translation is;
/// two translators of one text share only every third word, and neither explains the other.
fn kept(m: &Match, copied: f32) -> f32 {
    const COPIED: [(f32, f32); 5] = [(0.0, 0.5), (0.4, 0.8), (0.7, 0.92), (0.9, 0.965), (1.0, 1.0)];
    const INDEPENDENT: [(f32, f32); 4] = [(0.0, 0.5), (0.4, 0.6), (0.8, 0.7), (1.0, 1.0)];
    match m.relation {
        // Aligned only because its neighbours are: nothing says that it is the same text.
        _ if m.similarity < FILLER && m.verbatim < 0.2 => 0.0,
        AlignmentRelation::Translation => 0.78 + 0.10 * by_meaning(m),
        _ => {
            copied * interpolated(&COPIED, m.verbatim)
                + (1.0 - copied) * interpolated(&INDEPENDENT, m.verbatim)
        }
    }
}

/// From 0, two translators' renderings, to 1, one text and its copy: how many of the windows of
/// words in the passages in common are themselves in common. Two translations of one text into the
/// same language share a fifth of them, at most a half; light rewrites more than a half.
fn copied(found: &[Match], (a, b): (&Text<'_>, &Text<'_>), (wa, wb): (&[u64], &[u64])) -> f32 {
    const INDEPENDENT: f32 = 0.5;
    const COPY: f32 = 0.65;
    let inside = |text: &Text<'_>, run: fn(&Match) -> &std::ops::Range<usize>, other: &[u64]| {
        let same = found.iter().filter(|m| m.relation != AlignmentRelation::Translation);
        let (mut shared, mut all) = (0u32, 0u32);
        for m in same {
            for (hash, _) in shingles(text.run(run(m).clone()), WINDOW_WORDS) {
                shared += u32::from(other.binary_search(&hash).is_ok());
                all += 1;
            }
        }
        if all == 0 { 1.0 } else { shared as f32 / all as f32 }
    };
    let share = inside(a, |m| &m.a, wb).max(inside(b, |m| &m.b, wa));
    ((share - INDEPENDENT) / (COPY - INDEPENDENT)).clamp(0.0, 1.0)
}

/// The value at `x` of the line through the points, which are in order.
fn interpolated(points: &[(f32, f32)], x: f32) -> f32 {
    let after = points.partition_point(|p| p.0 < x);
    match (after.checked_sub(1).and_then(|k| points.get(k)), points.get(after)) {
        (Some(a), Some(b)) => a.1 + (b.1 - a.1) * (x - a.0) / (b.0 - a.0).max(1e-6),
        (Some(a), None) => a.1,
        (None, Some(b)) => b.1,
        (None, None) => 0.0,
    }
}

fn features(
    (a, b): (usize, usize),
    texts: &[Text<'_>],
    windows: &[Windows],
    found: &[Match],
    (explained_a, explained_b): (&[f32], &[f32]),
) -> Features {
    let (ta, tb) = (&texts[a], &texts[b]);
    let specific_words = |text: &Text<'_>, w: &Windows, explained: &[f32]| -> f32 {
        (0..text.lines.len()).map(|i| text.lines[i].weight * w.specific[i] * explained[i]).sum()
    };
    let all = |text: &Text<'_>, w: &Windows| -> f32 {
        (0..text.lines.len()).map(|i| text.lines[i].weight * w.specific[i]).sum::<f32>().max(1.0)
    };
    let (wa, wb) = (
        specific_words(ta, &windows[a], explained_a),
        specific_words(tb, &windows[b], explained_b),
    );
    let (ca, cb) = (wa / all(ta, &windows[a]), wb / all(tb, &windows[b]));
    let shared = common(&windows[a].telling, &windows[b].telling) as f32;
    let least = windows[a].hashes.len().min(windows[b].hashes.len()) as f32;
    let words = |m: &Match| ta.lines[m.a.clone()].iter().map(|l| l.weight).sum::<f32>();
    let total: f32 = found.iter().map(words).sum();
    let mut best: Vec<f32> = found.iter().map(|m| m.similarity).collect();
    best.sort_by(|x, y| y.total_cmp(x));
    let top = &best[..best.len().min(3)];
    let same = found.iter().filter(|m| m.relation != AlignmentRelation::Translation).count();
    let one_language = match found.len() {
        0 => ta.document.report.language == tb.document.report.language,
        n => 2 * same >= n,
    };
    Features {
        same_language: f32::from(u8::from(one_language)),
        coverage: ca.max(cb),
        coverage_least: ca.min(cb),
        words: libm::logf(1.0 + wa.min(wb)),
        run: libm::logf(1.0 + longest_run(found, explained_a, ta, &windows[a].specific)),
        similarity: if total > 0.0 {
            found.iter().map(|m| words(m) * m.similarity).sum::<f32>() / total
        } else {
            0.0
        },
        windows: if least > 0.0 { shared / least } else { 0.0 },
        windows_count: libm::logf(1.0 + shared),
        passages: libm::logf(
            1.0 + found.iter().map(|m| sure(m) * windows[a].specific[m.a.start]).sum::<f32>(),
        ),
        disagreeing: disagreeing(found, (ta, tb)),
        best: if top.is_empty() { 0.0 } else { top.iter().sum::<f32>() / top.len() as f32 },
    }
}

/// Numbers in which the passages of two languages disagree, if these are more than agree.
fn disagreeing(found: &[Match], (a, b): (&Text<'_>, &Text<'_>)) -> f32 {
    let foreign = found.iter().filter(|m| m.relation == AlignmentRelation::Translation);
    let numbers = foreign.map(|m| Numbers::of((a.run(m.a.clone()), b.run(m.b.clone()))));
    let (shared, disagreeing) =
        numbers.fold((0, 0), |sum, n| (sum.0 + n.shared, sum.1 + n.disagreeing));
    if disagreeing > shared { disagreeing as f32 } else { 0.0 }
}

/// Words in the longest run of matches that follow each other on both sides.
fn longest_run(found: &[Match], explained: &[f32], text: &Text<'_>, specific: &[f32]) -> f32 {
    let (mut longest, mut run) = (0.0f32, 0.0);
    for (k, m) in found.iter().enumerate() {
        let joined = k > 0 && found[k - 1].a.end == m.a.start && found[k - 1].b.end == m.b.start;
        if !joined {
            run = 0.0;
        }
        run += m.a.clone().map(|i| text.lines[i].weight * explained[i] * specific[i]).sum::<f32>();
        longest = longest.max(run);
    }
    longest
}

/// How many elements two sorted lists share.
pub(crate) fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, both) = (i + 1, j + 1, both + 1),
        }
    }
    both
}
