//! From a published model to the encoder file (`docs/formats.md`).

use crate::nibbles::{BLOCK_BYTES, NIBBLES};
use crate::source::{DIM, INNER_DIM, LAYERS, PLACES, SEGMENTS, Source};
use crate::{PackError, Sections, build_trie};

/// What stands before every text, since the model was trained so.
const PREFIX: &str = "query:";
const WORD_BYTES: usize = DIM / NIBBLES * BLOCK_BYTES;

/// The sections that bring the model's vectors into the space of the default encoder, by name.
pub type Map<'a> = [(&'a str, &'a [u8])];

/// The encoder file of a model, with those of its pieces that are taken, by their published ids.
///
/// # Errors
/// If a part of the model is missing or has another shape.
pub fn encoder_file(
    source: &dyn Source,
    is_taken: &dyn Fn(usize) -> bool,
    map: &Map<'_>,
) -> Result<Vec<u8>, PackError> {
    let mut sections = Sections::default();
    let ids = taken(source, is_taken)?;
    add_tokenizer(&mut sections, source, &ids)?;
    add_words(&mut sections, source, &ids)?;
    add_layers(&mut sections, source)?;
    for (name, bytes) in map {
        sections.add(name, bytes.to_vec())?;
    }
    Ok(sections.into_file())
}

/// The pieces that are taken, by their published ids, in the order of their new ones: first those
/// of no text, in the order in which every file has them.
fn taken(source: &dyn Source, is_taken: &dyn Fn(usize) -> bool) -> Result<Vec<usize>, PackError> {
    let (count, special) = (source.model().pieces.len(), source.model().special);
    let mut ids = vec![special.unknown, special.begin, special.end];
    let left_out = [special.unknown, special.begin, special.end, special.padding];
    if left_out.iter().any(|&id| id >= count) {
        return Err(PackError::Damaged("a special piece is none of the vocabulary".into()));
    }
    // The last one is the mask of the training.
    ids.extend((0..count - 1).filter(|id| !left_out.contains(id) && is_taken(*id)));
    Ok(ids)
}

fn add_tokenizer(
    sections: &mut Sections,
    source: &dyn Source,
    ids: &[usize],
) -> Result<(), PackError> {
    let special = 3;
    let pieces = &source.model().pieces;
    let keys: Vec<(&[u8], u32)> = (0u32..)
        .zip(ids)
        .skip(special)
        .map(|(new, &id)| (pieces[id].text.as_bytes(), new))
        .collect();
    sections.add("prefix", PREFIX.into())?;
    sections.add_u32("pieces", &build_trie(keys)?)?;
    sections.add_f32("scores", &ids.iter().map(|&id| pieces[id].score).collect::<Vec<_>>())
}

fn add_words(sections: &mut Sections, source: &dyn Source, ids: &[usize]) -> Result<(), PackError> {
    let words = source.blocks("emb.word", source.model().pieces.len(), DIM)?;
    let rows = words.as_chunks::<WORD_BYTES>().0;
    let taken: Vec<[u8; WORD_BYTES]> = ids.iter().map(|&id| rows[id]).collect();
    sections.add("words", taken.into_flattened())?;
    sections.add("positions", source.halves("emb.pos", PLACES * DIM)?)?;
    // A text is one segment, the first.
    let mut segment = source.halves("emb.type", SEGMENTS * DIM)?;
    segment.truncate(segment.len() / SEGMENTS);
    sections.add("segment", segment)?;
    sections.add("input.gain", source.halves("emb.ln.w", DIM)?)?;
    sections.add("input.bias", source.halves("emb.ln.b", DIM)?)?;
    sections.add_f32("epsilon", &[source.model().epsilon])
}

/// Each kind of weights of all layers, one layer behind the other.
fn add_layers(sections: &mut Sections, source: &dyn Source) -> Result<(), PackError> {
    let kinds: [(&str, &[&str], usize, usize); 4] = [
        ("qkv", &["q", "k", "v"], DIM, DIM),
        ("attended", &["ao"], DIM, DIM),
        ("up", &["fi"], INNER_DIM, DIM),
        ("down", &["fo"], DIM, INNER_DIM),
    ];
    for (name, parts, rows, width) in kinds {
        let (mut blocks, mut biases) = (Vec::new(), Vec::new());
        for layer in 0..LAYERS {
            for part in parts {
                blocks.extend_from_slice(&source.blocks(
                    &format!("l{layer}.{part}.w"),
                    rows,
                    width,
                )?);
                biases.extend(source.halves(&format!("l{layer}.{part}.b"), rows)?);
            }
        }
        sections.add(name, blocks)?;
        sections.add(&format!("{name}.bias"), biases)?;
    }
    for (name, part) in [("norm1", "aln"), ("norm2", "oln")] {
        for (field, suffix) in [("gain", "w"), ("bias", "b")] {
            let mut values = Vec::new();
            for layer in 0..LAYERS {
                values.extend(source.halves(&format!("l{layer}.{part}.{suffix}"), DIM)?);
            }
            sections.add(&format!("{name}.{field}"), values)?;
        }
    }
    Ok(())
}
