//! Agreement with the published implementation, on sentences of all its languages and on text that
//! no newspaper would print. `agreement/make_default_reference.py` wrote the expectations.
//!
//! Ids that differ point to the normaliser or to ties of the split; ids that agree with a cosine
//! below 0.999 to the weights, the windows at the ends of a sentence, or the rounding.

use crate::cosine;
use newstemma_embed::{Encoder, EncoderConfig, Precision};
use std::collections::BTreeMap;

#[path = "../agreement/case.rs"]
mod case;

use case::Case;

fn cases() -> Vec<Case> {
    let sentences = include_str!("../agreement/default_sentences.jsonl");
    let references = include_str!("../agreement/default_reference.jsonl");
    case::cases(sentences, references)
}

fn check_vectors(precision: Precision, cosine_min: f32) {
    let encoder =
        Encoder::with_config(EncoderConfig { precision, ..EncoderConfig::default() }).unwrap();
    let cases = cases();
    let texts: Vec<&str> = cases.iter().map(|case| case.text.as_str()).collect();
    let vectors = encoder.encode(&texts);
    for (case, vector) in cases.iter().zip(vectors.chunks_exact(encoder.dim())) {
        // Rounded to 16 bits, the expected vector is not quite of unit length.
        let length = cosine(&case.vector, &case.vector).sqrt();
        let cosine = cosine(&case.vector, vector) / length;
        assert!(cosine >= cosine_min, "{precision:?}: {cosine} {}", case.name());
    }
}

#[test]
fn the_list_has_three_sentences_of_every_language_of_the_model() {
    let mut counts = BTreeMap::<String, usize>::new();
    for case in cases() {
        *counts.entry(case.language).or_default() += 1;
    }
    for language in "ar de en es fr it ja ko nl pl pt ru th tr zh zh-TW odd".split(' ') {
        assert!(counts.get(language).is_some_and(|&count| count >= 3), "{language}");
    }
}

#[test]
fn token_ids_are_those_of_the_reference() {
    let encoder = Encoder::embedded().unwrap();
    for case in cases() {
        assert_eq!(encoder.token_ids(case.text.as_str()), case.ids, "{}", case.name());
    }
}

#[test]
fn vectors_in_steps_point_where_those_of_the_reference_do() {
    check_vectors(Precision::Steps, 0.999);
}

#[test]
fn vectors_in_single_precision_are_those_of_the_reference() {
    check_vectors(Precision::Single, 0.999_99);
}
