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
    let languages = SentenceLanguages::new(report.language);
    let mut sentences = Vec::new();
    for part in paragraph::parts(text, &report.roles) {
        for span in boundary::sentences(part.span.of(text), rules, case) {
            let span = span.shifted(part.span.start());
            sentences.push(Sentence {
                span,
                paragraph: part.paragraph,
                role: part.role,
                language: languages.of(span.of(text)),
            });
        }
    }
    sentences
}

/// Characters that a sentence must have to be given another language than its report.
const OWN_LANGUAGE_CHARS_MIN: usize = 40;

/// How sure the detection of a single sentence must be to outweigh the language of its report.
const OWN_LANGUAGE_CONFIDENCE_MIN: f32 = 0.98;

/// Finds the languages of the sentences of one text: that of the text, unless the sentence itself
/// is clearly in another one.
#[derive(Clone, Copy, Debug)]
pub struct SentenceLanguages {
    of_text: Language,
    detector: PartDetector,
}

impl SentenceLanguages {
    /// For the sentences of a text that is in `of_text` on the whole.
    pub fn new(of_text: Language) -> SentenceLanguages {
        SentenceLanguages { of_text, detector: PartDetector::new(of_text) }
    }

    /// The language of a sentence.
    pub fn of(&self, sentence: &str) -> Language {
        let short = sentence.chars().nth(OWN_LANGUAGE_CHARS_MIN).is_none();
        if self.of_text.is_known() && short {
            return self.of_text;
        }
        let own = self.detector.detect(sentence);
        let sure = own.confidence >= OWN_LANGUAGE_CONFIDENCE_MIN || !self.of_text.is_known();
        if own.language.is_known() && sure { own.language } else { self.of_text }
    }
}

/// Finds the sentences of one paragraph.
pub fn sentences(paragraph: &str, language: Language) -> Vec<Span> {
    boundary::sentences(paragraph, &Pack::of(language).sentence, chars::Case::of(paragraph))
}
