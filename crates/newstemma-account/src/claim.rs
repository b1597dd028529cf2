//! Statements of several reports that say the same, joined to claims.
//!
//! Problem: which statements, across reports and languages, are the same proposition. Naively
//! every pair above a cosine is joined and chains of such pairs glue a story into one lump: in one
//! story everything is alike. Two ideas keep claims apart. Texts that the stemma aligns need no
//! guess: their statements are matched one to one inside each pair of passages. All other pairs
//! are scored (see [`crate::likeness`]), must be each other's best in the other's report, and join
//! their groups only if the groups are alike on average (average linkage), computed from sums of
//! unit vectors in the time of one dot product. Statements of one sentence never meet in one
//! claim.
//!
//! Cost: the neighbours (see [`crate::neighbour`]), and two dot products a candidate pair, one of
//! them sparse.

use crate::Material;
use crate::context::Context;
use crate::likeness::{ClaimFeatures, Likeness, WORDS};
use crate::neighbour::{Neighbour, nearest};
use crate::union::Groups;
use crate::vector::add;
use crate::words::WordVector;
use newstemma_model::{Alignment, Span, dot};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// How many nearest statements of other reports are considered for each.
const NEIGHBOURS: usize = 24;

/// Least score of a pair that may join two groups. Tried in steps of 0.02 on the pairs of the
/// development set wikinews-events that were judged by hand (see [`crate::likeness`]) and on nanco
/// and seeds: of what is joined there, about two in three pairs are one claim.
pub(crate) const PAIR_SCORE_MIN: f32 = 0.10;

/// Least score of two groups on average, of their meanings and words alone; it rises, like the score
/// of a pair falls, with the number of statements ([`ClaimFeatures::among`]): a long story has more
/// that is near to a group without belonging to it.
const GROUP_SCORE_MIN: f32 = -0.14;
const GROUP_AMONG: f32 = 0.06;

/// Least cosine of two statements of aligned passages, where there are several to choose from.
const ALIGNED_COSINE_MIN: f32 = 0.3;

/// Groups the statements of a story: lists of statement indices, each ascending, by their least.
/// Every statement is in exactly one.
pub(crate) fn claims(context: &Context<'_>, likeness: &Likeness) -> Vec<Vec<usize>> {
    let mut linkage = Linkage::new(context, likeness);
    for alignment in context.alignments() {
        for (a, b) in aligned_pairs(context, alignment) {
            linkage.join(a, b);
        }
    }
    let group_score_min = GROUP_SCORE_MIN + GROUP_AMONG * likeness.among;
    for (a, b) in likely_pairs(context, likeness) {
        if linkage.may_join(a, b) && linkage.score_of_groups(a, b) >= group_score_min {
            linkage.join(a, b);
        }
    }
    linkage.groups.all()
}

/// Statements of two aligned passages, matched one to one: the pair that is most alike first.
fn aligned_pairs(context: &Context<'_>, alignment: &Alignment) -> Vec<(usize, usize)> {
    let side = |report, span: Span| -> Vec<usize> {
        let Some(document) = context.document_of(report) else { return Vec::new() };
        let inside = |&i: &usize| {
            let said = context.statement(i).said();
            2 * said.overlap(span) > said.len()
        };
        context.statements_of(document).iter().copied().filter(inside).collect()
    };
    let a = side(alignment.a.report, alignment.a.span);
    let b = side(alignment.b.report, alignment.b.span);
    if let ([one], [other]) = (&a[..], &b[..]) {
        return vec![(*one, *other)];
    }
    let vectors = context.material.vectors;
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (place_a, &i) in a.iter().enumerate() {
        for (place_b, &j) in b.iter().enumerate() {
            let cosine = vectors.likeness(i, vectors, j);
            if cosine >= ALIGNED_COSINE_MIN {
                // Of equals, those that stand in the same order are meant.
                let step = place_a.abs_diff(place_b) as f32;
                pairs.push((cosine - 0.01 * step, i, j));
            }
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut taken = BTreeSet::new();
    let mut chosen = Vec::new();
    for (_, i, j) in pairs {
        if !taken.contains(&i) && !taken.contains(&j) {
            taken.extend([i, j]);
            chosen.push((i, j));
        }
    }
    chosen
}

/// Pairs of statements that are each other's best in the other's report, the surest first.
fn likely_pairs(context: &Context<'_>, likeness: &Likeness) -> Vec<(usize, usize)> {
    let vectors = context.material.vectors;
    let home = homes(context);
    let near = nearest(vectors, &home, NEIGHBOURS);
    // The best of each other report, for each statement.
    let mut best: Vec<BTreeMap<usize, (f32, usize)>> = vec![BTreeMap::new(); home.len()];
    for (i, list) in near.iter().enumerate() {
        for neighbour in list {
            let Some(report) = home[neighbour.index] else { continue };
            let score = likeness.features(i, neighbour.index, neighbour.cosine).score();
            let held = best[i].entry(report).or_insert((score, neighbour.index));
            if score > held.0 {
                *held = (score, neighbour.index);
            }
        }
    }
    let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
    for (i, reports) in best.iter().enumerate() {
        for &(value, j) in reports.values() {
            // Of more equals than are looked at, one that was passed over is as near as the last
            // that was not.
            let passed_over = || {
                let cosine = vectors.likeness(i, vectors, j);
                near[j].last().is_some_and(|last| last.cosine <= cosine)
            };
            let is_mutual = match home[i].and_then(|report| best[j].get(&report)) {
                Some(&(_, back)) => i < j && back == i,
                None => passed_over(),
            };
            if is_mutual && value >= PAIR_SCORE_MIN {
                pairs.push((value, i.min(j), i.max(j)));
            }
        }
    }
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    pairs.into_iter().map(|(_, i, j)| (i, j)).collect()
}

/// The document of each statement that has a meaning to compare.
fn homes(context: &Context<'_>) -> Vec<Option<usize>> {
    let has_meaning = |i: usize| context.material.vectors.row(i).iter().any(|&x| x != 0.0);
    (0..context.material.statements.len())
        .map(|i| context.home(i).filter(|_| has_meaning(i)))
        .collect()
}

/// Pairs of statements of one story that are near in meaning, with what speaks for and against
/// their being one claim: what the weights are fitted on.
pub fn claim_features(material: Material<'_>) -> Vec<(usize, usize, ClaimFeatures)> {
    let context = Context::new(material);
    let likeness = Likeness::of(&context);
    let near = nearest(material.vectors, &homes(&context), NEIGHBOURS);
    let of_one = |(i, list): (usize, Vec<Neighbour>)| {
        let likeness = &likeness;
        list.into_iter().map(move |n| (i, n.index, likeness.features(i, n.index, n.cosine)))
    };
    near.into_iter().enumerate().flat_map(of_one).collect()
}

/// Groups that grow, with what is needed to compare them on average.
struct Linkage<'a> {
    groups: Groups,
    /// Of each group, at its least index.
    sums: Vec<Sums<'a>>,
    /// The sentences in which each group has statements.
    sentences: Vec<BTreeSet<(usize, usize)>>,
    /// Groups that were found to share a sentence, the lesser first: since groups only grow, they
    /// never can be joined. Without this, each pair of alike statements would compare them anew.
    apart: BTreeSet<(usize, usize)>,
}

/// Sums over the statements of a group; what belongs to a single one is borrowed from it.
#[derive(Clone, Default)]
struct Sums<'a> {
    vector: Cow<'a, [f32]>,
    words: Cow<'a, WordVector>,
    usual: f32,
    count: f32,
}

impl<'a> Linkage<'a> {
    fn new(context: &Context<'a>, likeness: &'a Likeness) -> Linkage<'a> {
        let n = context.material.statements.len();
        let alone = |i: usize| Sums {
            vector: Cow::Borrowed(context.material.vectors.row(i)),
            words: Cow::Borrowed(&likeness.words[i].vector),
            usual: likeness.usual[i],
            count: 1.0,
        };
        Linkage {
            groups: Groups::new(n),
            sums: (0..n).map(alone).collect(),
            sentences: (0..n).map(|i| sentences_of(context, i)).collect(),
            apart: BTreeSet::new(),
        }
    }

    /// Whether the groups of two statements are two, and are not known to share a sentence: what
    /// copies say is mostly joined before it is scored.
    fn may_join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.groups.find(a), self.groups.find(b));
        a != b && !self.apart.contains(&(a.min(b), a.max(b)))
    }

    /// Mean margin of meaning between the groups of two statements, and mean share of words.
    fn score_of_groups(&mut self, a: usize, b: usize) -> f32 {
        let (a, b) = (&self.sums[self.groups.find(a)], &self.sums[self.groups.find(b)]);
        let near = dot(&a.vector, &b.vector) + WORDS * a.words.dot(&b.words);
        near / (a.count * b.count) - (a.usual / a.count + b.usual / b.count) / 2.0
    }

    /// Joins the groups of two statements, unless they would then hold two of one sentence.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.groups.find(a), self.groups.find(b));
        let (least, gone) = (a.min(b), a.max(b));
        if least == gone || self.apart.contains(&(least, gone)) {
            return;
        }
        if !self.sentences[least].is_disjoint(&self.sentences[gone]) {
            self.apart.insert((least, gone));
            return;
        }
        let kept = self.groups.join(least, gone);
        let other = std::mem::take(&mut self.sums[gone]);
        add(self.sums[kept].vector.to_mut(), &other.vector);
        self.sums[kept].words.to_mut().add(&other.words);
        self.sums[kept].usual += other.usual;
        self.sums[kept].count += other.count;
        let sentences = std::mem::take(&mut self.sentences[gone]);
        self.sentences[kept].extend(sentences);
    }
}

fn sentences_of(context: &Context<'_>, statement: usize) -> BTreeSet<(usize, usize)> {
    let Some(document) = context.home(statement) else { return BTreeSet::new() };
    let said = context.statement(statement).said();
    context.sentences_in(document, said).map(|sentence| (document, sentence)).collect()
}

#[cfg(test)]
mod tests {
    use super::claims;
    use crate::Material;
    use crate::context::Context;
    use crate::likeness::Likeness;
    use newstemma_model::{Alignment, Document, Statement, Stemma};
    use newstemma_testkit::stemma::{align, story};
    use newstemma_testkit::{report, statement, vectors};

    /// Reports with their sentences, each with the direction of its meaning.
    type Told<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

    fn check(
        rule: &str,
        told: &[Told<'_>],
        aligned: &[(usize, usize, f32)],
        expected: &[&[usize]],
    ) {
        let documents: Vec<Document> = told
            .iter()
            .map(|t| report(t.0, t.1, &t.2.iter().map(|s| s.0).collect::<Vec<_>>()))
            .collect();
        let sentences: Vec<(usize, &str, &str)> = told
            .iter()
            .enumerate()
            .flat_map(|(d, t)| t.2.iter().map(move |&(words, meaning)| (d, words, meaning)))
            .collect();
        let statements: Vec<Statement> =
            sentences.iter().map(|s| statement(&documents[s.0], s.1)).collect();
        let meanings: Vec<&str> = sentences.iter().map(|s| s.2).collect();
        let alignments: Vec<Alignment> = aligned
            .iter()
            .map(|&(i, j, score)| {
                let (a, b) = (sentences[i], sentences[j]);
                Alignment { score, ..align(&documents[a.0], a.1, &documents[b.0], b.1) }
            })
            .collect();
        let stemma = Stemma { alignments, ..Stemma::default() };
        let documents: Vec<&Document> = documents.iter().collect();
        let vectors = vectors(&meanings);
        let context = Context::new(Material {
            story: story(),
            documents: &documents,
            stemma: &stemma,
            statements: &statements,
            vectors: &vectors,
            entities: &[],
        });
        assert_eq!(claims(&context, &Likeness::of(&context)), expected, "{rule}");
    }

    const FERRY: Told<'_> = (
        "a",
        "en",
        &[
            ("The ferry sank at noon.", "sank"),
            ("Twelve people are missing.", "missing"),
            ("The company has no comment.", "comment"),
        ],
    );

    #[test]
    fn what_says_the_same_is_one_claim_in_any_language() {
        let german: Told<'_> = (
            "b",
            "de",
            &[
                ("Zwölf Menschen werden vermisst.", "missing"),
                ("Die Fähre ist mittags gesunken.", "sank"),
            ],
        );
        let korean: Told<'_> = ("c", "ko", &[("여객선이 정오에 침몰했다.", "sank")]);
        check("by meaning", &[FERRY, german, korean], &[], &[&[0, 4, 5], &[1, 3], &[2]]);
        check("nobody else says it", &[FERRY], &[], &[&[0], &[1], &[2]]);
        let one: Told<'_> = ("a", "it", &[("Il traghetto è affondato.", "sank")]);
        let other: Told<'_> = ("b", "tr", &[("Feribot battı.", "sank")]);
        check("two sentences are a story", &[one, other], &[], &[&[0, 1]]);
        let names: Vec<String> = (0..30).map(|i| format!("r{i}")).collect();
        let many: Vec<Told<'_>> =
            names.iter().map(|n| (n.as_str(), "tr", &[("Feribot battı.", "sank")][..])).collect();
        let all: Vec<usize> = (0..30).collect();
        check("all reports are one sentence", &many, &[], &[&all]);
    }

    #[test]
    fn words_tell_apart_what_means_nearly_the_same() {
        let one: Told<'_> = ("a", "en", &[("The mayor promised aid until March.", "aid")]);
        let other: Told<'_> = ("b", "en", &[("Until March the mayor promised aid.", "help")]);
        check("no likeness of meaning, many words", &[one, other], &[], &[&[0, 1]]);
        let third: Told<'_> = ("c", "en", &[("The opposition demands new elections.", "vote")]);
        check("neither", &[one, third], &[], &[&[0], &[1]]);
    }

    #[test]
    fn aligned_texts_need_no_likeness() {
        let polish: Told<'_> = ("b", "pl", &[("Prom poszedł na dno.", "other")]);
        check("by alignment", &[FERRY, polish], &[(0, 3, 0.9)], &[&[0, 3], &[1], &[2]]);
        let alone: &[&[usize]] = &[&[0], &[1], &[2], &[3]];
        check("too weak to build upon", &[FERRY, polish], &[(0, 3, 0.001)], alone);
    }
}
