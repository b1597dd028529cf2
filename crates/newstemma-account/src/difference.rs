//! Differences: where versions of a story part, and on which edge of the stemma.
//!
//! Each place of variation ([`crate::variation`]) whose readings contradict each other is one
//! difference for every edge on which a change was made, with the reading before and the reading
//! after; or one with all readings where the stemma does not say.

use crate::arose::arose;
use crate::context::Context;
use crate::site::Site;
use crate::variation::{Variation, variations};
use crate::within::{Disagreement, disagreements};
use newstemma_model::{
    Claim, ClaimId, Difference, DifferenceId, DifferenceKind, Edge, Located, Node, ReportId,
    StatementId, Variant,
};
use std::collections::{BTreeMap, BTreeSet};

/// Finds the differences of a story. `claims` are its claims.
pub(crate) fn differences(context: &Context<'_>, claims: &[Claim]) -> Vec<Difference> {
    let mut claim_of: BTreeMap<StatementId, ClaimId> = BTreeMap::new();
    for claim in claims {
        claim_of.extend(claim.statements.iter().map(|&s| (s, claim.id)));
    }
    let mut found: Vec<Difference> = Vec::new();
    for variation in variations(context) {
        found.extend(of_variation(context, &claim_of, &variation));
    }
    let known: BTreeSet<(ClaimId, DifferenceKind)> =
        found.iter().filter_map(|d| Some((d.claim?, d.kind))).collect();
    for claim in claims.iter().filter(|c| c.statements.len() > 1) {
        for disagreement in disagreements(context, claim) {
            if !known.contains(&(claim.id, disagreement.kind)) {
                found.push(of_claim(context, claim, &disagreement));
            }
        }
    }
    // By where they stand, as far as one can say so of things that stand in many places.
    let place = |d: &Difference| {
        let first = d.variants.iter().flat_map(|v| v.spans.iter()).min().copied();
        first.map(|at| (context.document_of(at.report), at.span))
    };
    found.sort_by_cached_key(|d| (place(d), d.kind, d.id));
    found.dedup_by_key(|d| d.id);
    found
}

fn of_variation(
    context: &Context<'_>,
    claim_of: &BTreeMap<StatementId, ClaimId>,
    variation: &Variation,
) -> Vec<Difference> {
    let classes = variation.readings();
    if classes.len() < 2 {
        return Vec::new();
    }
    let mut readings: BTreeMap<Node, BTreeSet<usize>> = BTreeMap::new();
    for (number, class) in classes.iter().enumerate() {
        for &i in class {
            let report = context.document(variation.sites[i].document).report.id;
            readings.entry(Node::Report(report)).or_default().insert(number);
        }
    }
    let variant = |number: usize| {
        let sites: Vec<&Site> = classes[number].iter().map(|&i| &variation.sites[i]).collect();
        variant(context, &sites)
    };
    let build = |numbers: &[usize], edge: Option<Edge>| {
        let mut numbers = numbers.to_vec();
        numbers.sort_unstable();
        let variants = numbers.into_iter().map(&variant).collect();
        difference(context, claim_of, variation, variants, edge)
    };
    let changes = arose(context.material.stemma, &readings, classes.len());
    if changes.is_empty() {
        let all: Vec<usize> = (0..classes.len()).collect();
        return vec![build(&all, None)];
    }
    changes.iter().map(|c| build(&[c.from, c.to], Some(c.edge))).collect()
}

fn of_claim(context: &Context<'_>, claim: &Claim, found: &Disagreement) -> Difference {
    let mut variants = Vec::new();
    for reading in &found.readings {
        let mut variant = Variant {
            value: String::new(),
            spans: Vec::new(),
            statements: Vec::new(),
            reports: Vec::new(),
        };
        for place in reading {
            let Some(document) = context.home(place.statement) else { continue };
            let at = context.located(document, place.span);
            if variant.value.is_empty() {
                variant.value = place.span.of(context.text(document)).to_owned();
            }
            variant.spans.push(at);
            variant.statements.push(context.statement(place.statement).id);
            if !variant.reports.contains(&at.report) {
                variant.reports.push(at.report);
            }
        }
        variants.push(variant);
    }
    let id = id_of(context, found.kind, &variants, None);
    Difference { id, claim: Some(claim.id), kind: found.kind, variants, arose: None }
}

/// The sites of one reading. Its words are those that most documents have, among equals the
/// first; a whole passage that only bears witness lends its words to none.
fn variant(context: &Context<'_>, sites: &[&Site]) -> Variant {
    let words = |site: &Site| site.span.of(context.text(site.document)).to_owned();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let shortest = sites.iter().map(|s| s.span.len()).min().unwrap_or(0);
    let is_place = |s: &&&Site| s.span.len() <= WORDS_BYTES_MAX.max(shortest);
    sites.iter().filter(is_place).for_each(|s| *counts.entry(words(s)).or_default() += 1);
    let most = counts.values().copied().max().unwrap_or(0);
    let mut places = sites.iter().filter(is_place);
    let commonest = places.find(|s| counts.get(&words(s)) == Some(&most)).map(|s| words(s));
    let mut reports: Vec<ReportId> = Vec::new();
    let mut statements: Vec<StatementId> = Vec::new();
    let mut spans: Vec<Located> = Vec::new();
    for site in sites {
        let report = context.document(site.document).report.id;
        spans.push(context.located(site.document, site.span));
        if !reports.contains(&report) {
            reports.push(report);
        }
        let told = context.statements_at(site.document, site.span);
        if let Some(&first) = told.first() {
            let id = context.statement(first).id;
            if !statements.contains(&id) {
                statements.push(id);
            }
        }
    }
    Variant { value: commonest.unwrap_or_default(), spans, statements, reports }
}

/// Longer sites, in bytes, stand for a whole passage.
const WORDS_BYTES_MAX: usize = 60;

fn difference(
    context: &Context<'_>,
    claim_of: &BTreeMap<StatementId, ClaimId>,
    variation: &Variation,
    variants: Vec<Variant>,
    edge: Option<Edge>,
) -> Difference {
    let id = id_of(context, variation.kind, &variants, edge);
    let claim = shared_claim(claim_of, &variants);
    Difference { id, claim, kind: variation.kind, variants, arose: edge }
}

fn id_of(
    context: &Context<'_>,
    kind: DifferenceKind,
    variants: &[Variant],
    edge: Option<Edge>,
) -> DifferenceId {
    let mut parts: Vec<Vec<u8>> = vec![context.material.story.to_bytes().to_vec()];
    parts.push(kind.name().as_bytes().to_vec());
    for variant in variants {
        parts.push(variant.value.as_bytes().to_vec());
        for at in &variant.spans {
            parts.push(at.report.to_bytes().to_vec());
            parts.push((at.span.start() as u64).to_be_bytes().to_vec());
        }
    }
    for node in edge.iter().flat_map(|e| [e.child, e.parent]) {
        parts.push(match node {
            Node::Report(id) => id.to_bytes().to_vec(),
            Node::Exemplar(id) => id.to_bytes().to_vec(),
        });
    }
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    DifferenceId::of(&parts)
}

/// The claim that has statements of more than one variant, the one with most if there are more.
fn shared_claim(
    claim_of: &BTreeMap<StatementId, ClaimId>,
    variants: &[Variant],
) -> Option<ClaimId> {
    let mut count: BTreeMap<ClaimId, (BTreeSet<usize>, usize)> = BTreeMap::new();
    for (number, variant) in variants.iter().enumerate() {
        for claim in variant.statements.iter().filter_map(|s| claim_of.get(s)) {
            let entry = count.entry(*claim).or_default();
            entry.0.insert(number);
            entry.1 += 1;
        }
    }
    let shared = count.into_iter().filter(|(_, (numbers, _))| numbers.len() > 1);
    shared
        .max_by_key(|(id, (numbers, n))| (numbers.len(), *n, std::cmp::Reverse(*id)))
        .map(|(id, _)| id)
}

#[cfg(test)]
mod tests {
    use super::differences;
    use crate::Material;
    use crate::context::Context;
    use newstemma_model::{
        DateExpression, Difference, Direction, Document, EntityKind, Node, Quantity, Stemma, Tense,
        Weekday,
    };
    use newstemma_testkit::stemma::{align, edge, node, story};
    use newstemma_testkit::{mark, report, vectors};

    /// What stands in the reports beside their words.
    enum Mention<'a> {
        Figure(&'a str, f64),
        Weekday(&'a str, Weekday),
        Name(&'a str),
    }
    use Mention::{Figure as Number, Name, Weekday as Day};

    /// Reports of sentences between bars; the first sentences are aligned with that of the first
    /// report, of which the others are copies.
    fn found(told: &[(&str, &str, &str)], mentions: &[Mention<'_>]) -> Vec<Difference> {
        let mut documents: Vec<Document> =
            told.iter().map(|t| report(t.0, t.1, &t.2.split('|').collect::<Vec<_>>())).collect();
        documents.iter_mut().for_each(|d| mentions.iter().for_each(|m| put(d, m)));
        let derivations = documents[1..]
            .iter()
            .map(|d| edge(node(d), node(&documents[0]), Direction::Decided))
            .collect();
        let alignments = documents[1..]
            .iter()
            .zip(&told[1..])
            .map(|(d, t)| align(&documents[0], told[0].2, d, t.2.split('|').next().unwrap()))
            .collect();
        let stemma = Stemma { exemplars: Vec::new(), derivations, alignments };
        let documents: Vec<&Document> = documents.iter().collect();
        let none = vectors(&[]);
        let context = Context::new(Material {
            story: story(),
            documents: &documents,
            stemma: &stemma,
            statements: &[],
            vectors: &none,
            entities: &[],
        });
        differences(&context, &[])
    }

    fn put(document: &mut Document, mention: &Mention<'_>) {
        match *mention {
            Number(words, value) => mark::count(document, words, Quantity::exact(value)),
            Day(words, weekday) => {
                let expression = DateExpression::Weekday { weekday, tense: Tense::Past };
                mark::date(document, words, expression);
            }
            Name(words) => mark::name(document, words, EntityKind::Person),
        }
    }

    /// Expected: kind, value in the first report, value in the one that changed it, and that one.
    fn check(
        told: &[(&str, &str, &str)],
        mentions: &[Mention<'_>],
        expected: &[(&str, &str, &str, &str)],
    ) {
        let parent = node(&report(told[0].0, told[0].1, &[told[0].2]));
        let found: Vec<_> = found(told, mentions)
            .into_iter()
            .map(|d| {
                assert_eq!(d.arose.unwrap().parent, parent);
                let Node::Report(child) = d.arose.unwrap().child else { panic!("lost") };
                let (new, old): (Vec<_>, Vec<_>) =
                    d.variants.iter().partition(|v| v.reports.contains(&child));
                (d.kind.name().to_owned(), old[0].value.clone(), new[0].value.clone(), child)
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|&(kind, old, new, child)| {
                let Node::Report(child) = node(&report(child, "en", &[])) else { panic!() };
                (kind.to_owned(), old.to_owned(), new.to_owned(), child)
            })
            .collect();
        assert_eq!(found, expected, "{told:?}");
    }

    #[test]
    fn figures_that_contradict_each_other() {
        let numbers = [Number("480", 480.0), Number("430", 430.0), Number("un millar", 1000.0)];
        let a = ("a", "es", "La riada dejó 480 casas vacías en el valle.");
        check(
            &[a, ("b", "es", "La riada dejó 430 casas vacías en el valle.")],
            &numbers,
            &[("figure", "480", "430", "b")],
        );
        check(
            &[a, ("b", "en", "The flood left 430 homes empty.")],
            &numbers,
            &[("figure", "480", "430", "b")],
        );
        check(&[a, ("b", "en", "The flood left 480 homes empty.")], &numbers, &[]);
        check(&[a, ("b", "en", "The flood left homes empty.")], &numbers, &[]);
        check(
            &[
                a,
                ("b", "en", "The flood left 430 homes empty."),
                ("c", "en", "The flood left 480 homes empty."),
            ],
            &numbers,
            &[("figure", "480", "430", "b")],
        );
        // Digits that nobody read as a figure are still seen to differ.
        check(
            &[("a", "ru", "Рейс 917 отменён утром."), ("b", "ru", "Рейс 971 отменён утром.")],
            &[],
            &[("figure", "917", "971", "b")],
        );
    }

    #[test]
    fn days_that_contradict_each_other() {
        let days = [
            Day("Dienstag", Weekday::Tuesday),
            Day("Freitag", Weekday::Friday),
            Day("Tuesday", Weekday::Tuesday),
            Day("金曜日", Weekday::Friday),
        ];
        let a = ("a", "de", "Das Werk brannte am Dienstag ab.");
        check(
            &[a, ("b", "de", "Das Werk brannte am Freitag ab.")],
            &days,
            &[("date", "Dienstag", "Freitag", "b")],
        );
        check(&[a, ("b", "en", "The plant burnt down on Tuesday.")], &days, &[]);
        check(
            &[a, ("b", "ja", "工場は金曜日に全焼した。")],
            &days,
            &[("date", "Dienstag", "金曜日", "b")],
        );
    }

    #[test]
    fn slips_of_names() {
        let a = ("a", "en", "The minister, Anna Harwell, left the talks in the evening.");
        check(
            &[a, ("b", "en", "The minister, Anna Hawrell, left the talks in the evening.")],
            &[],
            &[("name", "Harwell", "Hawrell", "b")],
        );
        check(
            &[a, ("b", "en", "The minister, Anna Harwell, left those talks in the evening.")],
            &[],
            &[],
        );
        let names = [Name("Harwell"), Name("Hawrell")];
        let german = "Ministerin Anna Hawrell ging abends.|Niemand sprach mit Harwell.";
        check(&[a, ("b", "de", german)], &names, &[("name", "Harwell", "Hawrell", "b")]);
    }

    #[test]
    fn words_of_quotations() {
        let a =
            ("a", "it", "Il sindaco ha detto: “Tutti devono lasciare subito le case del centro”.");
        let b =
            ("b", "it", "Il sindaco ha detto: “Pochi devono lasciare subito le case del centro”.");
        check(&[a, b], &[], &[("quotation", "Tutti", "Pochi", "b")]);
        let plain = ("a", "it", "Il sindaco ha detto che tutti devono lasciare subito le case.");
        let other = ("b", "it", "Il sindaco ha detto che molti devono lasciare subito le case.");
        check(&[plain, other], &[], &[]);
    }

    #[test]
    fn denials() {
        let check_pair = |tag: &str, a: &str, b: &str, old: &str, new: &str| {
            check(&[("a", tag, a), ("b", tag, b)], &[], &[("negation", old, new, "b")]);
        };
        check_pair(
            "en",
            "The bridge is safe for lorries.",
            "The bridge is not safe for lorries.",
            "is",
            "is not",
        );
        check_pair("ru", "Мост закрыт для машин.", "Мост не закрыт для машин.", "Мост", "Мост не");
        check_pair("zh", "大桥对卡车是安全的。", "大桥对卡车不是安全的。", "车", "车不");
        check(
            &[
                ("a", "en", "The bridge is no longer safe for lorries today."),
                ("b", "en", "The bridge is not safe for lorries today."),
            ],
            &[],
            &[],
        );
    }
}
