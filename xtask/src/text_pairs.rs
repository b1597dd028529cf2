//! Writes what the relatedness of texts is fitted on.
//!
//! Input: folders of sets of kind "stemma", with `reports.jsonl` and `gold.json`, of which `groups`
//! and `edges` are read. Output, for `xtask/fit/relate.py`: one JSON object a line and pair of
//! reports of one group, with its features and whether the two are related: whether they have a
//! common ancestor-or-self in the graph of the edges.

use crate::story_pairs::documents;
use anyhow::{Context, Result};
use newstemma_derive::{Background, pair_features};
use newstemma_embed::Encoder;
use newstemma_model::Document;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;

/// Writes the pairs of a set.
pub(crate) fn write_set(out: &mut impl Write, folder: &Path, encoder: &Encoder) -> Result<()> {
    let gold = fs::read_to_string(folder.join("gold.json"))?;
    let gold: Value = serde_json::from_str(&gold).context("gold.json")?;
    let documents = documents(folder, encoder);
    let background = Background::of(&documents);
    let parents = parents(&gold);
    let mut groups: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
    for document in &documents {
        if let Some(group) = gold["groups"][&document.report.reference].as_str() {
            groups.entry(group).or_default().push(document);
        }
    }
    for members in groups.values() {
        let lineages: Vec<BTreeSet<&str>> =
            members.iter().map(|d| lineage(&parents, &d.report.reference)).collect();
        for (a, b, features) in pair_features(members, &background) {
            let named: Map<String, Value> =
                features.named().iter().map(|(n, v)| ((*n).to_owned(), json!(v))).collect();
            let line = json!({
                "related": u8::from(!lineages[a].is_disjoint(&lineages[b])),
                "same_language": u8::from(features.same_language > 0.5),
                "features": named,
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

/// The exemplars of each text.
fn parents(gold: &Value) -> BTreeMap<&str, Vec<&str>> {
    let mut parents: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for edge in gold["edges"].as_array().into_iter().flatten() {
        if let (Some(child), Some(parent)) = (edge["child"].as_str(), edge["parent"].as_str()) {
            parents.entry(child).or_default().push(parent);
        }
    }
    parents
}

/// A text and all that it was made from.
fn lineage<'g>(parents: &BTreeMap<&'g str, Vec<&'g str>>, text: &'g str) -> BTreeSet<&'g str> {
    let mut found = BTreeSet::new();
    let mut open = vec![text];
    while let Some(at) = open.pop() {
        if found.insert(at) {
            open.extend(parents.get(at).into_iter().flatten());
        }
    }
    found
}
