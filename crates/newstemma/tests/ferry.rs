//! The whole line on `examples/ferry`, held against the tree that its texts were written from.
#![allow(clippy::disallowed_methods, reason = "the example is read")]
#![allow(clippy::unwrap_used, reason = "a test whose example can't be read has failed")]

use newstemma::embed::Encoder;
use newstemma::ingest::{Input, ReadOptions, pages};
use newstemma::model::{DifferenceKind, Exemplar, Node, Relation, ReportId};
use newstemma::pipeline::{Collection, StoryAccount, run};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::OnceLock;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn gold() -> Value {
    let text = std::fs::read_to_string(root().join("examples/ferry.gold.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// The collection, made once for all tests.
fn ferry() -> &'static Collection {
    static FERRY: OnceLock<Collection> = OnceLock::new();
    FERRY.get_or_init(|| {
        let inputs = [Input::parse(root().join("examples/ferry"))];
        let read = pages(&inputs, ReadOptions::default());
        let two = NonZeroUsize::new(2).unwrap();
        let result = run(read, &Encoder::embedded().unwrap(), two, &());
        assert_eq!(result.warnings, []);
        result.value
    })
}

/// What the gold calls a report: its file's name, or the id of its record.
fn name_of(collection: &Collection, id: ReportId) -> String {
    let document = collection.documents.iter().find(|d| d.report.id == id).unwrap();
    let reference = &document.report.reference;
    reference.rsplit('/').next().unwrap().to_owned()
}

fn names(value: &Value) -> BTreeSet<String> {
    value.as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect()
}

fn story() -> &'static StoryAccount {
    ferry().stories.iter().max_by_key(|s| s.members.len()).unwrap()
}

/// Every node with all nodes above it, itself included; undecided edges go both ways.
fn above(story: &StoryAccount, node: Node) -> BTreeSet<Node> {
    let mut seen = BTreeSet::from([node]);
    let mut open = vec![node];
    while let Some(next) = open.pop() {
        for edge in &story.stemma.derivations {
            let undecided = edge.direction == newstemma::model::Direction::Undecided;
            let up = (edge.child == next).then_some(edge.parent);
            let down = (undecided && edge.parent == next).then_some(edge.child);
            for other in up.into_iter().chain(down) {
                if seen.insert(other) {
                    open.push(other);
                }
            }
        }
    }
    seen
}

#[test]
fn copies_translations_and_independent_reports_are_one_story_and_another_event_is_another() {
    let collection = ferry();
    let found: BTreeSet<BTreeSet<String>> = collection
        .stories
        .iter()
        .map(|s| s.story.reports.iter().map(|&r| name_of(collection, r)).collect())
        .collect();
    let wanted: BTreeSet<BTreeSet<String>> =
        gold()["stories"].as_array().unwrap().iter().map(names).collect();
    assert_eq!(found, wanted);
}

#[test]
fn languages_are_told_apart() {
    let collection = ferry();
    let wanted = gold();
    for document in &collection.documents {
        let name = name_of(collection, document.report.id);
        assert_eq!(wanted["languages"][&name], document.report.language.to_string(), "{name}");
    }
}

#[test]
fn copies_and_translations_are_related_and_independent_reports_are_not() {
    let collection = ferry();
    let alone = names(&gold()["unrelated"]);
    let reports = &story().story.reports;
    let up: BTreeMap<String, BTreeSet<Node>> = reports
        .iter()
        .map(|&r| (name_of(collection, r), above(story(), Node::Report(r))))
        .collect();
    for (a, above_a) in &up {
        for (b, above_b) in up.iter().filter(|(b, _)| *b > a) {
            let related = !above_a.is_disjoint(above_b);
            assert_eq!(related, !alone.contains(a) && !alone.contains(b), "{a} and {b}");
        }
    }
}

#[test]
fn a_lost_dispatch_of_the_agency_stands_behind_the_translations() {
    let collection = ferry();
    let wanted = &gold()["lost"][0];
    let credited = |x: &&Exemplar| x.credited_to.as_deref() == wanted["credited_to"].as_str();
    let stemma = &story().stemma;
    let dispatch = stemma.exemplars.iter().find(credited).expect("a lost text of the agency");
    let children: BTreeSet<String> = stemma
        .children(Node::Exemplar(dispatch.id))
        .filter_map(|edge| match edge.child {
            Node::Report(report) => Some(name_of(collection, report)),
            Node::Exemplar(_) => None,
        })
        .collect();
    assert_eq!(children, names(&wanted["children"]));
    assert_eq!(stemma.exemplars.len(), 1);
}

#[test]
fn copies_hang_on_the_report_that_they_were_made_from() {
    let collection = ferry();
    for edge in gold()["edges"].as_array().unwrap() {
        let (child, parent) = (&edge["child"], &edge["parent"]);
        let found = story().stemma.derivations.iter().find(|d| {
            let name = |node| match node {
                Node::Report(report) => Some(name_of(collection, report)),
                Node::Exemplar(_) => None,
            };
            name(d.child).as_deref() == child.as_str()
                && name(d.parent).as_deref() == parent.as_str()
        });
        let found = found.unwrap_or_else(|| panic!("no edge from {child} to {parent}"));
        assert_eq!(found.relation, Relation::Verbatim, "{child}");
    }
}

#[test]
fn days_of_publication_follow_from_the_relatives() {
    let collection = ferry();
    let wanted = gold();
    for (&member, inferred) in story().members.iter().zip(&story().inferred) {
        let name = name_of(collection, collection.documents[member].report.id);
        if let Some(day) = wanted["published"][&name].as_str() {
            let found = inferred.as_ref().map(|i| i.day.to_string());
            assert_eq!(found.as_deref(), Some(day), "{name}");
        }
    }
}

#[test]
fn days_and_months_are_seen_from_the_day_of_the_report() {
    let collection = ferry();
    for (name, wanted) in gold()["dates"].as_object().unwrap() {
        let document =
            collection.documents.iter().find(|d| name_of(collection, d.report.id) == *name);
        let report = &document.unwrap().report;
        let found: BTreeMap<&str, &str> = story()
            .statements
            .iter()
            .filter(|s| s.report == report.id)
            .flat_map(|s| &s.dates)
            .filter_map(|d| Some((d.span.of(&report.text), d.value.as_ref()?.as_str())))
            .collect();
        for (words, value) in wanted.as_object().unwrap() {
            assert_eq!(found.get(words.as_str()).copied(), value.as_str(), "{name}: {words}");
        }
    }
}

#[test]
fn who_is_told_something_is_no_part_of_who_says_it() {
    let collection = ferry();
    for (name, wanted) in gold()["speakers"].as_object().unwrap() {
        let of = |report| name_of(collection, report) == *name;
        let statements = story().statements.iter().filter(|s| of(s.report));
        let found: BTreeSet<String> =
            statements.filter_map(|s| Some(s.source.as_ref()?.name.clone())).collect();
        assert!(found.is_superset(&names(wanted)), "{name}: {found:?}");
    }
}

#[test]
fn no_difference_is_told_that_nobody_made() {
    // One figure was changed, and the French rewrite says "affirme" where others say "claimed".
    let wanted = names(&gold()["differences"]);
    let found: BTreeSet<String> =
        story().account.differences.iter().map(|d| d.kind.name().to_owned()).collect();
    assert_eq!(found, wanted);
    assert_eq!(story().account.differences.len(), wanted.len());
}

#[test]
fn the_changed_figure_stands_against_the_others() {
    let collection = ferry();
    let wanted = &gold()["changed_figure"];
    let (old, new) = (wanted["old"].as_str().unwrap(), wanted["new"].as_str().unwrap());
    let reports_with = |value: &str| -> Vec<BTreeSet<String>> {
        let figures =
            story().account.differences.iter().filter(|d| d.kind == DifferenceKind::Figure);
        figures
            .flat_map(|d| &d.variants)
            .filter(|v| v.value.contains(value))
            .map(|v| v.reports.iter().map(|&r| name_of(collection, r)).collect())
            .collect()
    };
    let changed = BTreeSet::from([wanted["child"].as_str().unwrap().to_owned()]);
    assert_eq!(reports_with(new), std::slice::from_ref(&changed));
    assert!(reports_with(old).iter().all(|reports| reports.is_disjoint(&changed)));
    assert!(reports_with(old).iter().any(|r| r.contains(wanted["parent"].as_str().unwrap())));
}

#[test]
fn the_dispatch_counts_once_however_many_carry_it() {
    // The port authority's 17 injured stand in five reports of one dispatch. Whatever else a claim
    // about them joins, the family adds one origin to it, not five.
    let collection = ferry();
    let alone = names(&gold()["unrelated"]);
    for claim in &story().account.claims {
        let reports: BTreeSet<String> = claim
            .statements
            .iter()
            .filter_map(|id| story().statements.iter().find(|s| s.id == *id))
            .map(|s| name_of(collection, s.report))
            .collect();
        let independents = reports.iter().filter(|r| alone.contains(*r)).count();
        let family = usize::from(independents < reports.len());
        assert!(
            claim.independent as usize <= independents + family,
            "{:?} counts {} origins in {reports:?}",
            claim.text,
            claim.independent,
        );
    }
}

#[test]
fn every_span_lies_on_character_boundaries_of_its_report() {
    let collection = ferry();
    let text: BTreeMap<ReportId, &str> =
        collection.documents.iter().map(|d| (d.report.id, d.report.text.as_str())).collect();
    let check = |report: ReportId, span: newstemma::model::Span| {
        assert!(text[&report].get(span.range()).is_some(), "{span:?} in {report}");
    };
    for document in &collection.documents {
        let id = document.report.id;
        document.sentences.iter().for_each(|s| check(id, s.span));
        document.report.roles.iter().for_each(|r| check(id, r.span));
        document.names.iter().for_each(|n| check(id, n.span));
        document.figures.iter().for_each(|f| check(id, f.span));
        document.dates.iter().for_each(|d| check(id, d.span));
    }
    for story in &collection.stories {
        for s in &story.statements {
            check(s.report, s.span);
            s.content.iter().chain(&s.cue).for_each(|&span| check(s.report, span));
        }
        for a in &story.stemma.alignments {
            check(a.a.report, a.a.span);
            check(a.b.report, a.b.span);
        }
        for v in story.account.differences.iter().flat_map(|d| &d.variants) {
            v.spans.iter().for_each(|l| check(l.report, l.span));
        }
    }
}

#[test]
fn the_changed_figure_arose_where_it_was_copied() {
    let collection = ferry();
    let wanted = &gold()["changed_figure"];
    let figures = story().account.differences.iter().filter(|d| d.kind == DifferenceKind::Figure);
    let new = wanted["new"].as_str().unwrap();
    let edges: Vec<[Option<String>; 2]> = figures
        .filter(|d| d.variants.iter().any(|v| v.value.contains(new)))
        .filter_map(|d| d.arose)
        .map(|edge| {
            [edge.child, edge.parent].map(|node| match node {
                Node::Report(report) => Some(name_of(collection, report)),
                Node::Exemplar(_) => None,
            })
        })
        .collect();
    let edge = ["child", "parent"].map(|end| wanted[end].as_str().map(str::to_owned));
    assert!(!edges.is_empty());
    assert!(edges.iter().all(|found| *found == edge), "{edges:?}");
}
