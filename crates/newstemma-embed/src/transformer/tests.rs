//! Agreement with the published engine, before the map, on sentences of some twenty languages and on
//! text that no newspaper would print. `tests/agreement/make_others_reference.py` wrote the
//! expectations.
//!
//! Ids that differ point to the normaliser or to the vocabulary; ids that agree with a cosine below
//! 0.999 to the weights, the windows of long texts, or the rounding.

use super::{DIM, TransformerEncoder};
use crate::linear::Precision;
use crate::model_file::ModelFile;
use serde_json::Value;

struct Case {
    text: String,
    ids: Vec<u32>,
    vector: Vec<f32>,
}

fn cases() -> Vec<Case> {
    let sentences = include_str!("../../tests/agreement/others_sentences.jsonl").lines();
    let references = include_str!("../../tests/agreement/others_reference.jsonl").lines();
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
        text: sentence["text"].as_str().unwrap().repeat(repeat),
        ids: reference["ids"].as_array().unwrap().iter().map(id).collect(),
        vector: digits.map(value).collect(),
    }
}

fn encoder(precision: Precision) -> TransformerEncoder {
    let file = |bytes| ModelFile::open(bytes).unwrap();
    let default = file(include_bytes!("../../models/use-multilingual-v3.nse"));
    let others = file(include_bytes!("../../models/multilingual-e5-small.nse"));
    TransformerEncoder::new(&others, &default, precision).unwrap()
}

fn check_vectors(precision: Precision, cosine_min: f32) {
    let encoder = encoder(precision);
    let cases = cases();
    let texts: Vec<&str> = cases.iter().map(|case| case.text.as_str()).collect();
    let vectors = encoder.encode_own(&texts);
    for (case, vector) in cases.iter().zip(vectors.chunks_exact(DIM)) {
        let cosine: f32 = case.vector.iter().zip(vector).map(|(a, b)| a * b).sum();
        let text: String = case.text.chars().take(60).collect();
        assert!(cosine >= cosine_min, "{precision:?}: {cosine} {text:?}");
    }
}

#[test]
fn token_ids_are_those_of_the_reference() {
    let encoder = encoder(Precision::Steps);
    for case in cases() {
        let text: String = case.text.chars().take(60).collect();
        assert_eq!(encoder.token_ids(&case.text), case.ids, "{text:?}");
    }
}

#[test]
fn vectors_in_steps_point_where_those_of_the_reference_do() {
    check_vectors(Precision::Steps, 0.999);
}

#[test]
fn vectors_in_single_precision_are_closer() {
    check_vectors(Precision::Single, 0.999_8);
}
