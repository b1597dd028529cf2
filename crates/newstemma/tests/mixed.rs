//! The whole line on a folder of reports in ten languages of ten scripts, most of which the default
//! encoder does not know. A file is called by its story and its language.
#![allow(clippy::disallowed_methods, reason = "the reports are read")]
#![allow(clippy::unwrap_used, reason = "a test whose reports can't be read has failed")]

use newstemma::embed::Encoder;
use newstemma::ingest::{Input, ReadOptions, pages};
use newstemma::model::{Direction, Node, Relation, ReportId};
use newstemma::pipeline::{Collection, StoryAccount, run};
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::OnceLock;

/// On the event of its story, but by its own reporter: it shares no text with the others.
const INDEPENDENT: &str = "dam.hi";

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mixed"))
}

/// The collection, made once for all tests.
fn mixed() -> &'static Collection {
    static MIXED: OnceLock<Collection> = OnceLock::new();
    MIXED.get_or_init(|| {
        let read = pages(&[Input::parse(folder())], ReadOptions::default());
        let two = NonZeroUsize::new(2).unwrap();
        let result = run(read, &Encoder::embedded().unwrap(), two, &());
        assert_eq!(result.warnings, []);
        result.value
    })
}

/// The name of a report's file, without its ending.
fn name_of(id: ReportId) -> &'static str {
    let document = mixed().documents.iter().find(|d| d.report.id == id).unwrap();
    let path = document.report.reference.strip_suffix(".txt").unwrap();
    path.rsplit('/').next().unwrap()
}

fn story_of(name: &str) -> &str {
    name.split_once('.').unwrap().0
}

/// All that a report may come from, itself included; undecided edges go both ways.
fn above(story: &StoryAccount, report: ReportId) -> BTreeSet<Node> {
    let mut seen = BTreeSet::from([Node::Report(report)]);
    let mut open = vec![Node::Report(report)];
    while let Some(next) = open.pop() {
        for edge in &story.stemma.derivations {
            let undecided = edge.direction == Direction::Undecided;
            let up = (edge.child == next).then_some(edge.parent);
            let down = (undecided && edge.parent == next).then_some(edge.child);
            open.extend(up.into_iter().chain(down).filter(|&other| seen.insert(other)));
        }
    }
    seen
}

#[test]
fn every_language_is_told() {
    for document in &mixed().documents {
        let name = name_of(document.report.id);
        let language = name.split_once('.').unwrap().1;
        assert_eq!(document.report.language.to_string(), language, "{name}");
    }
}

#[test]
fn reports_are_with_those_on_the_same_event() {
    let mut wanted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for document in &mixed().documents {
        let name = name_of(document.report.id);
        wanted.entry(story_of(name)).or_default().insert(name);
    }
    let of_story = |s: &StoryAccount| s.story.reports.iter().map(|&r| name_of(r)).collect();
    let found: BTreeSet<BTreeSet<&str>> = mixed().stories.iter().map(of_story).collect();
    assert_eq!(found, wanted.into_values().collect());
}

#[test]
fn translations_are_related_and_a_report_of_its_own_is_not() {
    for story in &mixed().stories {
        let reports = &story.story.reports;
        for (index, &a) in reports.iter().enumerate() {
            for &b in &reports[index + 1..] {
                let related = !above(story, a).is_disjoint(&above(story, b));
                let independent = [a, b].iter().any(|&r| name_of(r) == INDEPENDENT);
                assert_eq!(related, !independent, "{} and {}", name_of(a), name_of(b));
            }
        }
        for edge in &story.stemma.derivations {
            assert_eq!(edge.relation, Relation::Translation, "{edge:?}");
        }
    }
}
