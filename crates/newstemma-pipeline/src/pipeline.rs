//! The stages in order. Pure: the same pages in give the same collection out.

use newstemma_account::{Material, account, story};
use newstemma_derive::{Background, derive};
use newstemma_embed::{Encoder, Text};
use newstemma_model::{
    Account, Day, Document, InferredDate, Page, Report, ReportId, ResolvedDate, Sentence,
    SentenceVectors, Span, Statement, Stemma, Story, StoryId, Warned,
};
use newstemma_statement::{entities, infer_dates, mentions, resolve_dates, statements};
use std::collections::BTreeMap;

/// All reports that were read, and an account of each story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Collection {
    /// The documents, in order of the input.
    pub documents: Vec<Document>,
    /// The stories, in order of their first report in the input.
    pub stories: Vec<StoryAccount>,
}

/// A story with everything that is said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoryAccount {
    /// The story.
    pub story: Story,
    /// Indices of its documents in the collection, in order of the input.
    pub members: Vec<usize>,
    /// Days of publication that no page gives, one entry a member.
    pub inferred: Vec<Option<InferredDate>>,
    /// The dates of each member, with what they mean.
    pub dates: Vec<Vec<ResolvedDate>>,
    /// Who derives from whom.
    pub stemma: Stemma,
    /// All statements, by member, then by place.
    pub statements: Vec<Statement>,
    /// Claims, differences, entities.
    pub account: Account,
}

/// Reads one page up to its vectors and mentions. `None` if it holds no text.
pub fn read_document(page: &Page, encoder: &Encoder) -> Warned<Option<Document>> {
    read_alone(page).map(|document| {
        let mut document = document?;
        document.vectors = vectors(&document.report.text, &document.sentences, encoder);
        Some(document)
    })
}

/// Reads a report again that was extracted before: all but the vectors.
pub fn read_again(report: Report) -> Document {
    let mut document = Document::new(report);
    document.sentences = newstemma_segment::segment(&document.report);
    let found = mentions(&document.report, &document.sentences);
    (document.names, document.figures, document.dates) = (found.names, found.figures, found.dates);
    document
}

/// Reads one page as far as that goes without the encoder: all but the vectors. `None` if it
/// holds no text.
pub fn read_alone(page: &Page) -> Warned<Option<Document>> {
    newstemma_extract::extract(page).map(|report| report.map(read_again))
}

/// What the dates of a document mean, as far as it can say alone: seen from the day of
/// publication that it gives itself.
pub fn dates_alone(document: &Document) -> Vec<ResolvedDate> {
    resolve_dates(document, document.report.published.map(|p| p.day))
}

fn vectors(text: &str, sentences: &[Sentence], encoder: &Encoder) -> SentenceVectors {
    let texts: Vec<Text<'_>> =
        sentences.iter().map(|s| Text { text: s.span.of(text), language: s.language }).collect();
    let vectors = SentenceVectors::new(encoder.dim(), encoder.encode(&texts)).unwrap_or_default();
    vectors.with_reaches(texts.iter().map(|text| encoder.reach(text.language)))
}

/// Accounts for one story: `members` are indices into `documents`, ascending.
///
/// Names of the documents come back with their entities filled in, in [`StoryAccount::account`]'s
/// terms, as the second value: one list of names a member.
pub fn account_story(
    documents: &[Document],
    members: &[usize],
    background: &Background,
    encoder: &Encoder,
) -> (StoryAccount, Vec<Vec<newstemma_model::EntityId>>) {
    let own: Vec<&Document> = members.iter().map(|&i| &documents[i]).collect();
    account_story_as(story_id(&own), documents, members, background, encoder)
}

/// The same as [`account_story`] for a story that has an id already.
pub fn account_story_as(
    id: StoryId,
    documents: &[Document],
    members: &[usize],
    background: &Background,
    encoder: &Encoder,
) -> (StoryAccount, Vec<Vec<newstemma_model::EntityId>>) {
    let own: Vec<&Document> = members.iter().map(|&i| &documents[i]).collect();
    let stemma = derive(id, &own, background);
    let inferred = infer_dates(&own, &stemma);
    let days: Vec<Option<Day>> = own
        .iter()
        .zip(&inferred)
        .map(|(d, i)| d.report.published.map(|p| p.day).or(i.as_ref().map(|i| i.day)))
        .collect();
    let dates: Vec<Vec<ResolvedDate>> =
        own.iter().zip(&days).map(|(d, &day)| resolve_dates(d, day)).collect();
    let statements: Vec<Statement> =
        own.iter().zip(&dates).flat_map(|(d, dates)| statements(d, dates)).collect();
    let said = said_vectors(&own, &statements, encoder);
    let found = entities(id, &own);
    let mut account = account(Material {
        story: id,
        documents: &own,
        stemma: &stemma,
        statements: &statements,
        vectors: &said,
        entities: &found.entities,
    });
    account.entities = found.entities;
    let story = story(id, &own, &days);
    let members = members.to_vec();
    (StoryAccount { story, members, inferred, dates, stemma, statements, account }, found.of_names)
}

/// The vectors of what the statements say, in their order: the sentence's own where one says all of
/// it, else its words are embedded by themselves.
pub fn said_vectors(
    documents: &[&Document],
    statements: &[Statement],
    encoder: &Encoder,
) -> SentenceVectors {
    let by_id: BTreeMap<ReportId, &Document> =
        documents.iter().map(|d| (d.report.id, *d)).collect();
    let mut parts = Vec::new();
    let mut rows: Vec<&[f32]> = Vec::with_capacity(statements.len());
    let mut reaches = Vec::with_capacity(statements.len());
    for statement in statements {
        let document = by_id.get(&statement.report);
        let row = document.and_then(|d| sentence_row(d, statement.said())).unwrap_or_default();
        let text = document.map_or("".into(), |d| said_text(d, statement.said()));
        if row.is_empty() {
            parts.push(text);
        }
        rows.push(row);
        reaches.push(encoder.reach(text.language));
    }
    let embedded = encoder.encode(&parts);
    let mut embedded = embedded.chunks_exact(encoder.dim());
    let mut values = Vec::with_capacity(statements.len() * encoder.dim());
    for row in rows {
        let own = if row.is_empty() { embedded.next().unwrap_or_default() } else { row };
        values.extend_from_slice(own);
    }
    let vectors = SentenceVectors::new(encoder.dim(), values).unwrap_or_default();
    vectors.with_reaches(reaches)
}

/// The words of a span, in the language of the sentence that it begins in.
fn said_text(document: &Document, span: Span) -> Text<'_> {
    let sentence = document.sentence_at(span.start()).map(|index| &document.sentences[index]);
    let language = sentence.map_or(document.report.language, |sentence| sentence.language);
    Text { text: span.of(&document.report.text), language }
}

/// The vector of the sentence that has exactly this span.
fn sentence_row(document: &Document, span: Span) -> Option<&[f32]> {
    let index = document.sentence_at(span.start())?;
    (document.sentences[index].span == span).then(|| document.vectors.row(index))
}

/// A story is named by its earliest report, the least id among equals.
fn story_id(documents: &[&Document]) -> StoryId {
    let first = documents
        .iter()
        .map(|d| {
            let at = d.report.published.map_or(i64::MAX, |p| p.instant_seconds());
            (at, d.report.id)
        })
        .min();
    match first {
        Some((_, report)) => StoryId::of(&[&report.to_bytes()]),
        None => StoryId::of(&[]),
    }
}
