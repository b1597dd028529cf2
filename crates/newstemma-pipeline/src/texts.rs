//! Texts outside any story: lines to vectors, and two texts to their alignment.

use crate::pipeline::read_document;
use crate::runner::{Progress, Stage, in_parallel};
use newstemma_derive::{Background, align};
use newstemma_embed::{Encoder, Text};
use newstemma_model::{
    Alignment, Content, Document, Given, Page, Report, ReportId, Role, Sentence, SentenceVectors,
    Span, Warned,
};
use newstemma_segment::SentenceLanguages;
use std::num::NonZeroUsize;

/// What is aligned of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextUnit {
    /// Every line that is not blank, as it is.
    Line,
    /// The sentences of a text that is read like any report.
    Sentence,
}

/// Encodes the lines of a text on so many threads: `n × dim`, `f32`, a row for each line.
///
/// The number of threads changes nothing but the time.
pub fn encode_lines(
    text: &str,
    encoder: &Encoder,
    threads: NonZeroUsize,
    progress: &dyn Progress,
) -> Vec<f32> {
    let languages = SentenceLanguages::new(newstemma_language::detect(text).language);
    let lines: Vec<Text<'_>> =
        text.lines().map(|line| Text { text: line, language: languages.of(line) }).collect();
    encode(&lines, encoder, threads, progress)
}

/// Encodes sentences on so many threads: `n × dim`, `f32`, in their order.
///
/// The number of threads changes nothing but the time.
pub fn encode(
    sentences: &[Text<'_>],
    encoder: &Encoder,
    threads: NonZeroUsize,
    progress: &dyn Progress,
) -> Vec<f32> {
    /// Enough for the encoder to work in blocks, few enough for all threads to end together.
    const AT_ONCE: usize = 128;
    let blocks: Vec<&[Text<'_>]> = sentences.chunks(AT_ONCE).collect();
    in_parallel(&blocks, threads, Stage::Read, progress, |block| encoder.encode(block)).concat()
}

/// Makes a document of a text that belongs to nothing. Its spans refer to `text`. `None` if it
/// holds nothing to align. Two texts that are to be aligned need different references.
pub fn text_document(
    reference: &str,
    text: &str,
    unit: TextUnit,
    encoder: &Encoder,
    threads: NonZeroUsize,
) -> Option<Document> {
    match unit {
        TextUnit::Sentence => {
            let page = Page {
                reference: reference.to_owned(),
                content: Content::Text(text.to_owned()),
                given: Given::default(),
                sha256: [0; 32],
            };
            let Warned { value, .. } = read_document(&page, encoder);
            value
        }
        TextUnit::Line => line_document(reference, text, encoder, threads),
    }
}

/// Aligns two texts; `a` of each alignment lies in the first of them.
///
/// There is no collection to count words in, so the two texts are all that is known of what is
/// common.
pub fn align_texts(documents: &[Document; 2]) -> Vec<Alignment> {
    let background = Background::of(documents);
    let [a, b] = documents;
    let mut alignments = align(a, b, &background);
    for alignment in &mut alignments {
        if alignment.a.report != a.report.id {
            std::mem::swap(&mut alignment.a, &mut alignment.b);
        }
    }
    alignments.sort_by_key(|alignment| (alignment.a, alignment.b));
    alignments
}

fn line_document(
    reference: &str,
    text: &str,
    encoder: &Encoder,
    threads: NonZeroUsize,
) -> Option<Document> {
    let language = newstemma_language::detect(text).language;
    let languages = SentenceLanguages::new(language);
    let sentences: Vec<Sentence> = line_spans(text)
        .zip(0..)
        .filter(|(span, _)| !span.is_empty())
        .map(|(span, paragraph)| {
            let language = languages.of(span.of(text));
            Sentence { span, paragraph, role: Role::Body, language }
        })
        .collect();
    if sentences.is_empty() {
        return None;
    }
    let id = ReportId::of(&[reference.as_bytes(), text.as_bytes()]);
    let mut document = Document::new(Report::bare(id, reference, language, text));
    let texts: Vec<Text<'_>> =
        sentences.iter().map(|s| Text { text: s.span.of(text), language: s.language }).collect();
    let values = encode(&texts, encoder, threads, &());
    let reaches = texts.iter().map(|text| encoder.reach(text.language));
    document.vectors = SentenceVectors::new(encoder.dim(), values)?.with_reaches(reaches);
    let found = newstemma_statement::mentions(&document.report, &sentences);
    (document.names, document.figures, document.dates) = (found.names, found.figures, found.dates);
    document.sentences = sentences;
    Some(document)
}

/// The lines of a text without white space at their ends, and without a byte order mark; blank
/// ones are empty spans.
fn line_spans(text: &str) -> impl Iterator<Item = Span> {
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    text[mark..].split_inclusive('\n').scan(mark, move |at, line| {
        let start = *at;
        *at += line.len();
        Some(Span::new(start, *at).trimmed(text))
    })
}

#[cfg(test)]
mod tests {
    use super::line_spans;

    #[test]
    fn blank_lines_keep_their_number() {
        let text = "\u{feff}один\r\n\n  two \n三";
        let lines: Vec<&str> = line_spans(text).map(|span| span.of(text)).collect();
        assert_eq!(lines, ["один", "", "two", "三"]);
    }
}
