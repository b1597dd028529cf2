//! A sentence read: its units and what it ascribes, before speakers are resolved.

use crate::attribution::{self, Found};
use crate::clause::Clause;
use crate::quote::Quotation;
use crate::unit::{Kind, Unit, units};
use crate::verb_final;
use newstemma_language::Pack;
use newstemma_language::speech::{Order, SpeechRules};
use newstemma_model::{Document, Language, Sentence, Span};

/// Sentences longer than this are no prose; they are taken whole, without looking for speakers.
const SENTENCE_MAX_BYTES: usize = 8_000;

/// A sentence as units, with what it ascribes.
pub(super) struct Read<'a> {
    pub(super) text: &'a str,
    pub(super) units: Vec<Unit>,
    pub(super) rules: &'static SpeechRules,
    pub(super) found: Vec<Found>,
    /// Who says what the next sentence quotes, if that is announced.
    pub(super) announced: Option<Found>,
}

impl Read<'_> {
    pub(super) fn clause(&self) -> Clause<'_> {
        Clause { text: self.text, units: &self.units, rules: self.rules }
    }
}

pub(super) fn read<'a>(
    document: &'a Document,
    sentence: &Sentence,
    quotations: &[Quotation],
) -> Option<Read<'a>> {
    if !sentence.role.is_told() || sentence.span.len() > SENTENCE_MAX_BYTES {
        return None;
    }
    let text = document.report.text.as_str();
    let rules = rules_of(document, sentence);
    let units = units(text, sentence.span, quotations, rules);
    let clause = Clause { text, units: &units, rules };
    let (found, announced) = match rules.order {
        Order::Medial => {
            let found = attribution::attributions(clause);
            let announced = attribution::announced(clause, &found);
            (found, announced)
        }
        Order::Final => (verb_final::attributions(clause), None),
    };
    Some(Read { text, units, rules, found, announced })
}

/// For each quotation whether an attribution has it in its content.
pub(super) fn spoken(read: &[Option<Read<'_>>], quotations: usize) -> Vec<bool> {
    let mut spoken = vec![false; quotations];
    for read in read.iter().flatten() {
        for found in &read.found {
            for unit in read.units.get(found.content.clone()).into_iter().flatten() {
                if let Kind::Quote(q) = unit.kind {
                    spoken[q] = true;
                }
            }
        }
    }
    spoken
}

/// The paragraphs that the report tells, with the rules of their languages.
pub(super) fn paragraphs(document: &Document) -> Vec<(Span, &'static SpeechRules)> {
    document
        .sentences
        .chunk_by(|a, b| a.paragraph == b.paragraph && a.role == b.role)
        .filter_map(|chunk| {
            let (first, last) = (chunk.first()?, chunk.last()?);
            Some((first.span.cover(last.span), rules_of(document, first)))
        })
        .collect()
}

fn rules_of(document: &Document, sentence: &Sentence) -> &'static SpeechRules {
    let language = match sentence.language {
        Language::UNKNOWN => document.report.language,
        known => known,
    };
    &Pack::of(language).speech
}
