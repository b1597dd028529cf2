//! Agreement with the published implementation, on sentences of all its languages and on text that
//! no newspaper would print. `agreement/make_default_reference.py` wrote the expectations.
//!
//! Ids that differ point to the normaliser or to ties of the split; ids that agree with a cosine
//! below 0.999 to the weights, the windows at the ends of a sentence, or the rounding.

use crate::cosine;
use newstemma_embed::{Encoder, EncoderConfig, Precision};
use serde_json::Value;
use std::collections::BTreeMap;

struct Case {
    language: String,
    text: String,
    ids: Vec<u32>,
    vector: Vec<f32>,
}

fn cases() -> Vec<Case> {
    let sentences = include_str!("../agreement/default_sentences.jsonl").lines();
    let references = include_str!("../agreement/default_reference.jsonl").lines();
    sentences.zip(references).map(|(sentence, reference)| case(sentence, reference)).collect()
}

fn case(sentence: &str, reference: &str) -> Case {
    let sentence: Value = serde_json::from_str(sentence).unwrap();
    let reference: Value = serde_json::from_str(reference).unwrap();
    let repeat = sentence.get("repeat").map_or(1, |repeat| repeat.as_u64().unwrap() as usize);
    let id = |id: &Value| u32::try_from(id.as_u64().unwrap()).unwrap();
    let digits = reference["vector"].as_str().unwrap().as_bytes().chunks(4);
    let value = |digits: &[u8]| {
        let digits = std::str::from_utf8(digits).unwrap();
        f32::from(u16::from_str_radix(digits, 16).unwrap().cast_signed()) / 32767.0
    };
    Case {
        language: sentence["lang"].as_str().unwrap().to_owned(),
        text: sentence["text"].as_str().unwrap().repeat(repeat),
        ids: reference["ids"].as_array().unwrap().iter().map(id).collect(),
        vector: digits.map(value).collect(),
    }
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
        let text: String = case.text.chars().take(60).collect();
        assert!(cosine >= cosine_min, "{precision:?} {}: {cosine} {text:?}", case.language);
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
        let text: String = case.text.chars().take(60).collect();
        assert_eq!(encoder.token_ids(case.text.as_str()), case.ids, "{text:?}");
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
