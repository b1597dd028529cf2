//! Writes what the grouping of reports into stories is fitted on.
//!
//! Input: folders of sets with `reports.jsonl` and `gold.json`, of which the stories are read under
//! `stories` (a set of kind "stories"), `groups` (kind "stemma") or `pairs` (kind "pairs"). Of every
//! set the reports are compared as a whole, and again in random draws of four stories, since a small
//! collection shows less of what is rare. Output, for `xtask/fit/stories.py`: one JSON object a line
//! and collection, with the evidence on every pair that was worth comparing.

use anyhow::{Context, Result};
use newstemma_cluster::{Evidence, Grouping, Slot};
use newstemma_embed::Encoder;
use newstemma_ingest::{Input, ReadOptions, pages};
use newstemma_model::Document;
use newstemma_pipeline::{profile, read_document};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;

/// Small collections drawn from each set that has stories…
const DRAWS: usize = 12;
/// …and the stories in each.
const STORIES_A_DRAW: usize = 4;

/// Writes the evidence on the pairs of a set, as a whole and in draws.
pub(crate) fn write_set(out: &mut impl Write, folder: &Path, encoder: &Encoder) -> Result<()> {
    let set = Set::read(folder, encoder)?;
    set.write(out, 0, &set.documents, encoder)?;
    for (number, drawn) in set.draws().into_iter().enumerate() {
        set.write(out, number + 1, &drawn, encoder)?;
    }
    Ok(())
}

struct Set {
    name: String,
    documents: Vec<Document>,
    /// Reference of a report to its story.
    stories: BTreeMap<String, String>,
    /// Two references to whether they are of one story, where that is known of pairs only.
    pairs: BTreeMap<[String; 2], bool>,
}

impl Set {
    fn read(folder: &Path, encoder: &Encoder) -> Result<Set> {
        let name = folder.file_name().context("a set without a name")?;
        let gold = fs::read_to_string(folder.join("gold.json"))?;
        let gold: Value = serde_json::from_str(&gold).context("gold.json")?;
        let documents = documents(folder, encoder);
        let stories = if gold["groups"].is_object() { &gold["groups"] } else { &gold["stories"] };
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Ok(Set {
            name: name.to_string_lossy().into_owned(),
            documents,
            stories: members(stories).map(|(report, s)| (report.clone(), text(s))).collect(),
            pairs: gold["pairs"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|p| (in_order(text(&p["a"]), text(&p["b"])), p["same"] == true))
                .collect(),
        })
    }

    /// Whether two reports are of one story, if that is known.
    fn same(&self, a: &Document, b: &Document) -> Option<bool> {
        let (a, b) = (&a.report.reference, &b.report.reference);
        match (self.stories.get(a), self.stories.get(b)) {
            (Some(a), Some(b)) => Some(a == b),
            _ => self.pairs.get(&in_order(a.clone(), b.clone())).copied(),
        }
    }

    /// Some small collections; the same ones every time.
    fn draws(&self) -> Vec<Vec<Document>> {
        let stories: Vec<&String> =
            self.stories.values().collect::<BTreeSet<_>>().into_iter().collect();
        if stories.len() < STORIES_A_DRAW {
            return Vec::new();
        }
        let mut state = 1u64;
        let mut random = |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let mut draw = || {
            let mut drawn = BTreeSet::new();
            while drawn.len() < STORIES_A_DRAW {
                drawn.insert(stories[random(stories.len())]);
            }
            let story = |d: &Document| self.stories.get(&d.report.reference);
            let own = self.documents.iter().filter(|d| story(d).is_some_and(|s| drawn.contains(s)));
            own.cloned().collect()
        };
        (0..DRAWS).map(|_| draw()).collect()
    }

    fn write(
        &self,
        out: &mut impl Write,
        draw: usize,
        documents: &[Document],
        encoder: &Encoder,
    ) -> Result<()> {
        let mut grouping = Grouping::default();
        let mut slots: BTreeMap<Slot, usize> = BTreeMap::new();
        for (index, document) in documents.iter().enumerate() {
            slots.insert(grouping.enter(profile(document, encoder)), index);
        }
        let grouping = &grouping;
        let evidence = slots.iter().flat_map(|(&slot, &a)| {
            grouping.evidence(slot).into_iter().map(move |(other, evidence)| (a, other, evidence))
        });
        let evidence = evidence.map(|(a, other, evidence)| (a, slots[&other], evidence));
        let pairs: Vec<Value> = evidence
            .map(|(a, b, evidence)| {
                let same_language = documents[a].report.language == documents[b].report.language;
                let same = self.same(&documents[a], &documents[b]);
                json!([a, b, same, same_language, evidence.values()])
            })
            .collect();
        let line = json!({
            "set": self.name,
            "draw": draw,
            "parts": Evidence::PARTS,
            "stories": documents.iter().map(|d| self.stories.get(&d.report.reference)).collect::<Vec<_>>(),
            "known": self.known(documents),
            "pairs": pairs,
        });
        writeln!(out, "{line}")?;
        Ok(())
    }

    /// The pairs of which alone it is known whether they are one story, by index.
    fn known(&self, documents: &[Document]) -> Vec<Value> {
        let index: BTreeMap<&str, usize> =
            documents.iter().enumerate().map(|(i, d)| (d.report.reference.as_str(), i)).collect();
        let pair = |([a, b], same): (&[String; 2], &bool)| {
            Some(json!([index.get(a.as_str())?, index.get(b.as_str())?, same]))
        };
        self.pairs.iter().filter_map(pair).collect()
    }
}

/// The reports of a set, read up to their vectors and names.
pub(crate) fn documents(folder: &Path, encoder: &Encoder) -> Vec<Document> {
    let input = Input::parse(folder.join("reports.jsonl"));
    let read = pages(&[input], ReadOptions::default());
    read.filter_map(|page| read_document(&page.ok()?, encoder).value).collect()
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn in_order(a: String, b: String) -> [String; 2] {
    if a <= b { [a, b] } else { [b, a] }
}
