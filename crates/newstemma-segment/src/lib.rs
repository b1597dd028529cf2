//! Reports to paragraphs and sentences.
//!
//! The law: sentences are in order, do not overlap, never cross a paragraph or a change of role,
//! and together cover all of the text but white space. Cost: linear in the text, whatever it is
//! made of; every look ahead or back is bounded.
//!
//! In reading order: `paragraph` (line breaks and roles), `boundary` (where sentences end),
//! `point` (whether a full stop is one), `quote` (what belongs to the sentence it closes),
//! `unspaced` (scripts that write neither stops nor spaces between words), `chars`.
#![forbid(unsafe_code)]

mod paragraph;

mod boundary;

mod point;

mod quote;

mod unspaced;

mod chars;

use newstemma_language::{Pack, PartDetector};
use newstemma_model::{Language, Report, Sentence, Span};

/// Finds the sentences of a report, of all roles, in order.
pub fn segment(report: &Report) -> Vec<Sentence> {
    let text = &report.text;
    let rules = &Pack::of(report.language).sentence;
    let case = chars::Case::of(text);
    let detector = PartDetector::new(report.language);
    let mut sentences = Vec::new();
    for part in paragraph::parts(text, &report.roles) {
        for span in boundary::sentences(part.span.of(text), rules, case) {
            let span = span.shifted(part.span.start());
            sentences.push(Sentence {
                span,
                paragraph: part.paragraph,
                role: part.role,
                language: language_of(span.of(text), report.language, detector),
            });
        }
    }
    sentences
}

/// Characters that a sentence must have to be given another language than its report.
const OWN_LANGUAGE_CHARS_MIN: usize = 40;

/// How sure the detection of a single sentence must be to outweigh the language of its report.
const OWN_LANGUAGE_CONFIDENCE_MIN: f32 = 0.98;

/// The language of the report, unless the sentence itself is clearly in another one.
fn language_of(sentence: &str, of_report: Language, detector: PartDetector) -> Language {
    if of_report.is_known() && sentence.chars().nth(OWN_LANGUAGE_CHARS_MIN).is_none() {
        return of_report;
    }
    let own = detector.detect(sentence);
    let sure = own.confidence >= OWN_LANGUAGE_CONFIDENCE_MIN || !of_report.is_known();
    if own.language.is_known() && sure { own.language } else { of_report }
}

/// Finds the sentences of one paragraph.
pub fn sentences(paragraph: &str, language: Language) -> Vec<Span> {
    boundary::sentences(paragraph, &Pack::of(language).sentence, chars::Case::of(paragraph))
}
