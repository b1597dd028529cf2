//! Sentences with what the published implementations make of them.

use serde_json::Value;

/// A sentence, with what is expected of it.
pub(crate) struct Case {
    pub(crate) language: String,
    pub(crate) text: String,
    pub(crate) ids: Vec<u32>,
    pub(crate) vector: Vec<f32>,
}

impl Case {
    /// The beginning of the text: enough to tell which it is.
    pub(crate) fn name(&self) -> String {
        format!("{} {:?}", self.language, self.text.chars().take(60).collect::<String>())
    }
}

/// The cases of two files of JSON lines: sentences, and the reference of each.
pub(crate) fn cases(sentences: &str, references: &str) -> Vec<Case> {
    let pairs = sentences.lines().zip(references.lines());
    pairs.map(|(sentence, reference)| case(sentence, reference)).collect()
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
