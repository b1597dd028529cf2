//! Foreign text of any kind: no panic, spans on character boundaries and inside the text, time that
//! grows with the text and no faster.

#![allow(clippy::disallowed_methods, reason = "the tests of speed read the clock")]
#![allow(clippy::unwrap_used, reason = "the languages are written below")]

use newstemma_model::{Document, Sentence, Span};
use newstemma_statement::statements;
use newstemma_testkit::Draft;
use std::time::Instant;

const LANGUAGES: [&str; 16] = [
    "en", "fr", "de", "es", "it", "pt", "nl", "pl", "ru", "uk", "ar", "tr", "zh", "ja", "ko", "und",
];

fn document(language: &str, text: &str, sentences: &[(usize, usize)]) -> Document {
    let mut document = Draft::new("robust", language).body(text).document();
    let Some(whole) = document.sentences.pop() else { return document };
    for (i, &(start, end)) in sentences.iter().enumerate() {
        let (span, paragraph) = (Span::new(start, end), i as u32 / 3);
        document.sentences.push(Sentence { span, paragraph, ..whole });
    }
    document
}

/// Words and marks of all languages in an order that no language has.
fn rubble(seed: u64, pieces: usize) -> (String, Vec<(usize, usize)>) {
    const STOCK: [&str; 48] = [
        "said",
        "that",
        "“",
        "”",
        "\"",
        "'",
        "’",
        "«",
        "»",
        "„",
        ",",
        ".",
        ":",
        " – ",
        "(",
        ")",
        "selon",
        "l'",
        "l’armée",
        "dit-elle",
        "a",
        "déclaré",
        "que",
        "Wie",
        "sagte",
        "mit",
        "laut",
        "по словам",
        "что",
        "сказал",
        "قال",
        "وأعلن",
        "إن",
        "据",
        "说",
        "，",
        "「",
        "」",
        "は",
        "と",
        "述べた",
        "은",
        "말했다",
        "göre",
        "U.S.",
        "\u{301}",
        "🙂",
        "accused of",
    ];
    let mut state = seed;
    let mut text = String::new();
    let mut ends = vec![0];
    for i in 0..pieces {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        text.push_str(STOCK[(state >> 33) as usize % STOCK.len()]);
        if !(state >> 20).is_multiple_of(3) {
            text.push(' ');
        }
        if i % 23 == 22 {
            ends.push(text.len());
        }
    }
    ends.push(text.len());
    let sentences = ends.windows(2).map(|w| (w[0], w[1])).filter(|(s, e)| s < e).collect();
    (text, sentences)
}

#[test]
fn rubble_gives_spans_that_fit_the_text() {
    for language in LANGUAGES {
        for seed in 0..40 {
            let (text, sentences) = rubble(seed, 300);
            let document = document(language, &text, &sentences);
            for s in statements(&document, &[]) {
                let source = s.source.and_then(|s| s.span);
                for span in [Some(s.span), source, s.cue, s.content].into_iter().flatten() {
                    assert!(text.get(span.range()).is_some(), "{language} {seed}: {span:?}");
                    assert!(!span.is_empty(), "{language} {seed}: an empty span");
                }
            }
        }
    }
}

#[test]
fn ten_times_the_text_takes_no_more_than_thirty_times_as_long() {
    let time = |pieces: usize| {
        let (text, sentences) = rubble(7, pieces);
        let document = document("en", &text, &sentences);
        let start = Instant::now();
        assert!(!statements(&document, &[]).is_empty());
        start.elapsed()
    };
    // Several tries, as other work may run beside the test; what grows with the square of the length
    // takes a hundred times as long in every one.
    assert!((0..10).any(|_| time(100_000) < time(10_000) * 30));
}

#[test]
fn an_unclosed_quotation_and_an_endless_sentence_are_passed_over() {
    let text = format!("“{}", "word ".repeat(300_000));
    let end = text.trim_end().len();
    let document = document("en", &text, &[(0, end)]);
    assert!(statements(&document, &[]).len() <= 1);
}
