//! What the tokenizer needs of a SentencePiece model, read from its protocol buffer.
//!
//! Of the wire format: a field is a varint `number << 3 | wire type`, followed by a varint (type
//! 0), eight bytes (1), a length and as many bytes (2) or four bytes (5). Of the message, the
//! vocabulary is field 1 (repeated: text 1, score 2), and in this model the normaliser's compiled
//! character map is field 2 of field 3.

use anyhow::{Context, Result, bail, ensure};

/// Vocabulary and character map.
pub(super) struct SentencePieceModel {
    pub(super) pieces: Vec<Piece>,
    pub(super) charsmap: Vec<u8>,
}

/// One entry of the vocabulary; its index is its id.
pub(super) struct Piece {
    pub(super) text: Vec<u8>,
    pub(super) score: f32,
}

impl SentencePieceModel {
    /// Reads the vocabulary and the character map.
    pub(super) fn parse(bytes: &[u8]) -> Result<SentencePieceModel> {
        let mut pieces = Vec::new();
        let mut charsmap = None;
        for field in fields(bytes)? {
            match field {
                (1, Value::Bytes(piece)) => pieces.push(parse_piece(piece)?),
                (3, Value::Bytes(normalizer)) => {
                    for field in fields(normalizer)? {
                        if let (2, Value::Bytes(map)) = field {
                            charsmap.get_or_insert_with(|| map.to_vec());
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(SentencePieceModel { pieces, charsmap: charsmap.context("model has no character map")? })
    }
}

fn parse_piece(bytes: &[u8]) -> Result<Piece> {
    let mut piece = Piece { text: Vec::new(), score: 0.0 };
    for field in fields(bytes)? {
        match field {
            (1, Value::Bytes(text)) => piece.text = text.to_vec(),
            (2, Value::Word(word)) => piece.score = f32::from_le_bytes(word),
            _ => {}
        }
    }
    ensure!(!piece.text.is_empty(), "vocabulary has an empty piece");
    Ok(piece)
}

enum Value<'a> {
    Bytes(&'a [u8]),
    Word([u8; 4]),
    Other,
}

fn fields(mut bytes: &[u8]) -> Result<Vec<(u64, Value<'_>)>> {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let tag = varint(&mut bytes)?;
        let value = match tag & 7 {
            0 => {
                varint(&mut bytes)?;
                Value::Other
            }
            1 => {
                take(&mut bytes, 8)?;
                Value::Other
            }
            2 => {
                let length = usize::try_from(varint(&mut bytes)?)?;
                Value::Bytes(take(&mut bytes, length)?)
            }
            5 => Value::Word(take(&mut bytes, 4)?.try_into()?),
            wire_type => bail!("wire type {wire_type} is not expected"),
        };
        fields.push((tag >> 3, value));
    }
    Ok(fields)
}

fn varint(bytes: &mut &[u8]) -> Result<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = take(bytes, 1)?[0];
        value |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    bail!("number is too long")
}

fn take<'a>(bytes: &mut &'a [u8], length: usize) -> Result<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(length).context("message is cut off")?;
    *bytes = rest;
    Ok(taken)
}
