//! Agreement with the published engine, before the map, on sentences of some twenty languages and on
//! text that no newspaper would print. `tests/agreement/make_others_reference.py` wrote the
//! expectations.
//!
//! Ids that differ point to the normaliser or to the vocabulary; ids that agree with a cosine below
//! 0.999 to the weights, the windows of long texts, or the rounding.

use super::{DIM, TransformerEncoder};
use crate::linear::Precision;
use crate::model_file::ModelFile;

#[path = "../../tests/agreement/case.rs"]
mod case;

use case::Case;

fn cases() -> Vec<Case> {
    let sentences = include_str!("../../tests/agreement/others_sentences.jsonl");
    let references = include_str!("../../tests/agreement/others_reference.jsonl");
    case::cases(sentences, references)
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
        assert!(cosine >= cosine_min, "{precision:?}: {cosine} {}", case.name());
    }
}

#[test]
fn token_ids_are_those_of_the_reference() {
    let encoder = encoder(Precision::Steps);
    for case in cases() {
        assert_eq!(encoder.token_ids(&case.text), case.ids, "{}", case.name());
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
