//! Writes what the joining of statements to claims is fitted on.
//!
//! Input: a folder of reports, and judgements of pairs of passages of theirs by hand, one JSON
//! object a line: `a` and `b` (`report`, `start`, `end` in bytes), `same`, 0 or 1, and `weight`, the
//! number of pairs that it stands for. Output, for `xtask/fit/claims.py`: the features of each pair of
//! statements that say what was judged. A judgement is without a line where the statements are not
//! told apart in the same way any more; how many are is told.

use anyhow::{Context, Result};
use clap::Args;
use newstemma_account::{Material, claim_features};
use newstemma_embed::Encoder;
use newstemma_ingest::{Input, ReadOptions, pages};
use newstemma_model::{Document, ReportId, Span, Statement};
use newstemma_pipeline::{Collection, StoryAccount, run, said_vectors};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Write what speaks for and against pairs of statements that were judged by hand being one claim
#[derive(Args)]
pub(crate) struct ClaimPairs {
    /// Where to write
    out: PathBuf,
    /// Folder of the set, with reports.jsonl
    set: PathBuf,
    /// The judgements
    judged: PathBuf,
}

#[derive(Debug, Deserialize)]
struct Judgement {
    a: Passage,
    b: Passage,
    same: u8,
    weight: f64,
}

#[derive(Debug, Deserialize)]
struct Passage {
    report: String,
    start: usize,
    end: usize,
}

impl ClaimPairs {
    pub(crate) fn run(&self) -> Result<()> {
        let judged = fs::read_to_string(&self.judged)
            .with_context(|| format!("{}", self.judged.display()))?;
        let judged: Vec<Judgement> =
            judged.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        let encoder = Encoder::embedded()?;
        let input = Input::parse(self.set.join("reports.jsonl"));
        let read = pages(&[input], ReadOptions::default());
        let collection = run(read, &encoder, NonZeroUsize::MIN, &()).value;
        let mut out = BufWriter::new(fs::File::create(&self.out)?);
        let mut written = 0;
        for story in &collection.stories {
            written += write_story(&mut out, &collection, story, &judged, &encoder)?;
        }
        out.flush()?;
        println!("{written} of {} judgements", judged.len());
        Ok(())
    }
}

fn write_story(
    out: &mut impl Write,
    collection: &Collection,
    story: &StoryAccount,
    judged: &[Judgement],
    encoder: &Encoder,
) -> Result<usize> {
    let own: Vec<&Document> = story.members.iter().map(|&i| &collection.documents[i]).collect();
    let by_id: BTreeMap<ReportId, &Document> = own.iter().map(|d| (d.report.id, *d)).collect();
    let vectors = said_vectors(&own, &story.statements, encoder);
    let pairs = claim_features(Material {
        story: story.story.id,
        documents: &own,
        stemma: &story.stemma,
        statements: &story.statements,
        vectors: &vectors,
        entities: &story.account.entities,
    });
    let says = |statement: &Statement, passage: &Passage| {
        by_id[&statement.report].report.reference == passage.report
            && statement.said() == Span::new(passage.start, passage.end)
    };
    let mut written = 0;
    for (i, j, features) in pairs {
        let (a, b) = (&story.statements[i], &story.statements[j]);
        let Some(judgement) = judged.iter().find(|k| says(a, &k.a) && says(b, &k.b)) else {
            continue;
        };
        let named: Map<String, Value> =
            features.named().iter().map(|(n, v)| ((*n).to_owned(), json!(v))).collect();
        let line = json!({
            "story": story.story.id.to_string(),
            "same": judgement.same,
            "weight": judgement.weight,
            "features": named,
        });
        writeln!(out, "{line}")?;
        written += 1;
    }
    Ok(written)
}
