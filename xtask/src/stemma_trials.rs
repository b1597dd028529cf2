//! Finds the stemmata of development sets at prices that it is told, for `xtask/fit/derive.py`.
//!
//! Arguments: folders of sets of kind "stemma", with `reports.jsonl` and `gold.json`, of which
//! `groups` are read: the stories. Input: one JSON object a line, prices by name; what it does not
//! name costs what it always does. Output: one JSON object a line, with the edges of every story.
//! The texts are read and compared once, so that a trial costs no more than the search.

use crate::story_pairs::documents;
use anyhow::{Context, Result, anyhow};
use clap::Args;
use newstemma_derive::{Background, Collation, Prices};
use newstemma_embed::Encoder;
use newstemma_model::{Derivation, Direction, Document, Node, Stemma, StoryId};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, Write, stdin, stdout};
use std::path::{Path, PathBuf};
use std::thread;

/// Find the stemmata of development sets at the prices that are given line by line
#[derive(Args)]
pub(crate) struct StemmaTrials {
    /// Folders of sets
    #[arg(required = true)]
    sets: Vec<PathBuf>,
}

impl StemmaTrials {
    pub(crate) fn run(self) -> Result<()> {
        let encoder = Encoder::embedded()?;
        let sets: Vec<Set> =
            self.sets.iter().map(|folder| Set::read(folder, &encoder)).collect::<Result<_>>()?;
        let stories: Vec<Story<'_>> = sets.iter().flat_map(Set::stories).collect();
        for line in stdin().lock().lines() {
            let prices = prices(&serde_json::from_str(&line?)?)?;
            let found: Vec<Value> = at_once(&stories, |story| story.found(&prices));
            writeln!(stdout(), "{}", Value::Array(found))?;
            stdout().flush()?;
        }
        Ok(())
    }
}

fn prices(told: &Map<String, Value>) -> Result<Prices> {
    let mut prices = Prices::default();
    let mut named: BTreeMap<&str, &mut f32> = prices.named().into_iter().collect();
    for (name, value) in told {
        let price = named.get_mut(name.as_str()).ok_or_else(|| anyhow!("no price: {name}"))?;
        **price = value.as_f64().context("a price is a number")? as f32;
    }
    Ok(prices)
}

/// Does the stories on all cores; they differ much in size, so every thread takes each nth.
fn at_once(stories: &[Story<'_>], work: impl Fn(&Story<'_>) -> Value + Sync) -> Vec<Value> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let part = |first: usize| -> Vec<Value> {
        stories.iter().skip(first).step_by(threads).map(&work).collect()
    };
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|k| scope.spawn(move || part(k))).collect();
        let done = running.into_iter().map(|thread| thread.join());
        done.flat_map(|part| part.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

struct Set {
    name: String,
    documents: Vec<Document>,
    background: Background,
    groups: BTreeMap<String, String>,
}

impl Set {
    fn read(folder: &Path, encoder: &Encoder) -> Result<Set> {
        let name = folder.file_name().context("a set without a name")?;
        let gold: Value = serde_json::from_str(&fs::read_to_string(folder.join("gold.json"))?)?;
        let documents = documents(folder, encoder);
        Ok(Set {
            name: name.to_string_lossy().into_owned(),
            background: Background::of(&documents),
            documents,
            groups: serde_json::from_value(gold["groups"].clone()).context("groups")?,
        })
    }

    fn stories(&self) -> Vec<Story<'_>> {
        let mut groups: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
        for document in &self.documents {
            if let Some(group) = self.groups.get(&document.report.reference) {
                groups.entry(group).or_default().push(document);
            }
        }
        groups.into_iter().map(|(name, own)| self.story(name, &own)).collect()
    }

    fn story<'s>(&'s self, name: &'s str, documents: &[&'s Document]) -> Story<'s> {
        let called = |d: &&'s Document| (Node::Report(d.report.id), d.report.reference.as_str());
        Story {
            set: &self.name,
            name,
            references: documents.iter().map(called).collect(),
            collation: Collation::of(documents, &self.background),
        }
    }
}

struct Story<'s> {
    set: &'s str,
    name: &'s str,
    references: BTreeMap<Node, &'s str>,
    collation: Collation<'s>,
}

impl Story<'_> {
    fn found(&self, prices: &Prices) -> Value {
        let stemma = self.collation.stemma(StoryId::of(&[self.name.as_bytes()]), prices);
        let edges: Vec<Value> = stemma.derivations.iter().map(|d| self.edge(&stemma, d)).collect();
        json!({ "set": self.set, "story": self.name, "edges": edges })
    }

    /// Child and parent, whether the way is decided, and how sure it is. A lost
    /// text is called by its number.
    fn edge(&self, stemma: &Stemma, edge: &Derivation) -> Value {
        let called = |node: &Node| match node {
            Node::Exemplar(id) => json!(stemma.exemplars.iter().position(|x| x.id == *id)),
            report => json!(self.references.get(report)),
        };
        let decided = edge.direction == Direction::Decided;
        json!([called(&edge.child), called(&edge.parent), decided, edge.confidence.get()])
    }
}
