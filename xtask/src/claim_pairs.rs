//! Writes what the joining of statements to claims is fitted on.
//!
//! Input: folders of sets with `reports.jsonl` and `gold.json`. Of a set of kind "answers"
//! (`questions`) a pair of statements is one claim if both touch an answer and the two answers are
//! the same. Of a set of kind "stemma" it is one claim if both lie in passages that the program
//! aligns, and two if their reports have aligned passages, but not these; the alignment itself is
//! no feature. Output, for `xtask/fit/claims.py`: one JSON object a line and pair.

use anyhow::{Context, Result};
use newstemma_account::{Material, claim_features};
use newstemma_embed::Encoder;
use newstemma_ingest::{Input, ReadOptions, pages};
use newstemma_model::{Alignment, Document, ReportId, Span, Statement};
use newstemma_pipeline::{Collection, StoryAccount, run, said_vectors};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::num::NonZeroUsize;
use std::path::Path;

/// Writes the pairs of a set.
pub(crate) fn write_set(out: &mut impl Write, folder: &Path, encoder: &Encoder) -> Result<()> {
    let gold = fs::read_to_string(folder.join("gold.json"))?;
    let gold: Value = serde_json::from_str(&gold).context("gold.json")?;
    let answers = Answers::of(&gold);
    let input = Input::parse(folder.join("reports.jsonl"));
    let read = pages(&[input], ReadOptions::default());
    let collection = run(read, encoder, NonZeroUsize::MIN, &()).value;
    for story in &collection.stories {
        write_story(out, &collection, story, &answers, encoder)?;
    }
    Ok(())
}

fn write_story(
    out: &mut impl Write,
    collection: &Collection,
    story: &StoryAccount,
    answers: &Answers,
    encoder: &Encoder,
) -> Result<()> {
    let own: Vec<&Document> = story.members.iter().map(|&i| &collection.documents[i]).collect();
    let by_id: BTreeMap<ReportId, &Document> = own.iter().map(|d| (d.report.id, *d)).collect();
    let vectors = said_vectors(&own, &story.statements, encoder);
    let passages = Passages::of(&story.stemma.alignments);
    let pairs = claim_features(Material {
        story: story.story.id,
        documents: &own,
        stemma: &story.stemma,
        statements: &story.statements,
        vectors: &vectors,
        entities: &story.account.entities,
    });
    for (i, j, features) in pairs {
        let (a, b) = (&story.statements[i], &story.statements[j]);
        let [one, other] = [by_id[&a.report], by_id[&b.report]];
        let known = answers.same([one, other], [a, b]);
        let Some((fold, same)) = known.or_else(|| passages.same(a, b).map(|same| (0, same))) else {
            continue;
        };
        let named: Map<String, Value> =
            features.named().iter().map(|(n, v)| ((*n).to_owned(), json!(v))).collect();
        let one_language = one.report.language == other.report.language;
        let line = json!({
            "set": if answers.is_empty() { "stemma" } else { "answers" },
            "fold": fold,
            "same": u8::from(same),
            "one_language": u8::from(one_language),
            "features": named,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The answers of a set of kind "answers": by report, the question, place and group of each.
struct Answers(BTreeMap<String, Vec<(usize, Span, i64)>>);

impl Answers {
    fn of(gold: &Value) -> Answers {
        let mut found: BTreeMap<String, Vec<(usize, Span, i64)>> = BTreeMap::new();
        for (question, q) in gold["questions"].as_array().into_iter().flatten().enumerate() {
            for item in q["items"].as_array().into_iter().flatten() {
                let at = |k: usize| item["answer"][k].as_u64().map(|n| n as usize);
                let (Some(report), Some(start), Some(end)) =
                    (item["report"].as_str(), at(0), at(1))
                else {
                    continue;
                };
                let answer =
                    (question, Span::new(start, end), item["group"].as_i64().unwrap_or(-1));
                found.entry(report.to_owned()).or_default().push(answer);
            }
        }
        Answers(found)
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The question that two statements both answer, and whether in the same way.
    fn same(&self, homes: [&Document; 2], pair: [&Statement; 2]) -> Option<(usize, bool)> {
        let [a, b] = [0, 1].map(|k| {
            let answers = self.0.get(&homes[k].report.reference).into_iter().flatten();
            answers.filter(move |(_, span, _)| pair[k].span.overlap(*span) > 0)
        });
        let b: Vec<_> = b.collect();
        a.flat_map(|x| b.iter().map(move |y| (x, *y)))
            .find(|(x, y)| x.0 == y.0)
            .map(|(x, y)| (x.0, x.2 == y.2))
    }
}

/// Aligned passages, by the two reports that they stand in.
struct Passages(BTreeMap<(ReportId, ReportId), Vec<(Span, Span)>>);

impl Passages {
    fn of(alignments: &[Alignment]) -> Passages {
        let mut found: BTreeMap<(ReportId, ReportId), Vec<(Span, Span)>> = BTreeMap::new();
        for Alignment { a, b, .. } in alignments {
            found.entry((a.report, b.report)).or_default().push((a.span, b.span));
            found.entry((b.report, a.report)).or_default().push((b.span, a.span));
        }
        Passages(found)
    }

    /// Whether two statements lie in aligned passages; `None` if their reports have none.
    fn same(&self, a: &Statement, b: &Statement) -> Option<bool> {
        let inside = |of: &Statement, span: Span| 2 * of.said().overlap(span) > of.said().len();
        let passages = self.0.get(&(a.report, b.report))?;
        Some(passages.iter().any(|&(x, y)| inside(a, x) && inside(b, y)))
    }
}
