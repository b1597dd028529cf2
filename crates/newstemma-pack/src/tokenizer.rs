//! The vocabulary as `tokenizer.json` has it: a Unigram model, its pieces with their scores by id.

use crate::PackError;
use crate::source::{Piece, Special};
use serde_json::Value;

/// The pieces, and those of them that are in no text.
pub(crate) fn parse(bytes: &[u8]) -> Result<(Vec<Piece>, Special), PackError> {
    let fault = |what: &str| PackError::Damaged(format!("tokenizer.json: {what}"));
    let json: Value = serde_json::from_slice(bytes).map_err(|error| fault(&error.to_string()))?;
    let listed = json["model"]["vocab"].as_array().ok_or_else(|| fault("no list of pieces"))?;
    let pieces: Option<Vec<Piece>> = listed.iter().map(piece).collect();
    let pieces = pieces.ok_or_else(|| fault("a piece is no text with a score"))?;
    let id = |text: &str| pieces.iter().position(|piece| piece.text == text);
    let special = || {
        let (begin, end) = (id("<s>")?, id("</s>")?);
        Some(Special { begin, end, padding: id("<pad>")?, unknown: id("<unk>")? })
    };
    let special = special().ok_or_else(|| fault("a special piece is missing"))?;
    Ok((pieces, special))
}

fn piece(entry: &Value) -> Option<Piece> {
    let [text, score] = entry.as_array()?.as_slice() else { return None };
    Some(Piece { text: text.as_str()?.to_owned(), score: score.as_f64()? as f32 })
}
