//! Sentence vectors, one for equal sentences.

use crate::error::CollectionError;
use crate::file::Store;
use newstemma_embed::{Encoder, Text};
use newstemma_model::{Document, Sentence, SentenceVectors};
use newstemma_pipeline::encode;
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

/// What a sentence is known by: the first half of the SHA-256 of its text, a zero byte and its
/// language, on which it depends by which encoder it is embedded.
type Key = [u8; 16];

fn key(sentence: Text<'_>) -> Key {
    let language = sentence.language.to_string();
    let hash = Sha256::new().chain_update(sentence.text).chain_update([0]).chain_update(language);
    let mut key = [0; 16];
    key.copy_from_slice(&hash.finalize()[..16]);
    key
}

/// The sentences of a document, as the encoder takes them.
fn sentences(document: &Document) -> impl Iterator<Item = Text<'_>> {
    let text = |s: &Sentence| Text { text: s.span.of(&document.report.text), language: s.language };
    document.sentences.iter().map(text)
}

/// Gives documents their vectors: those that are known, and those of new sentences, which are
/// embedded once and kept.
pub(crate) fn fill(
    store: &Store,
    documents: &mut [Document],
    encoder: &Encoder,
    threads: NonZeroUsize,
) -> Result<(), CollectionError> {
    let mut vectors: BTreeMap<Key, Vec<f32>> = BTreeMap::new();
    let mut missing: BTreeMap<Key, Text<'_>> = BTreeMap::new();
    for document in documents.iter() {
        for text in sentences(document) {
            let key = key(text);
            if vectors.contains_key(&key) || missing.contains_key(&key) {
                continue;
            }
            match known(store, key, encoder.dim())? {
                Some(vector) => {
                    vectors.insert(key, vector);
                }
                None => {
                    missing.insert(key, text);
                }
            }
        }
    }
    let texts: Vec<Text<'_>> = missing.values().copied().collect();
    let embedded = encode(&texts, encoder, threads, &());
    for (&key, vector) in missing.keys().zip(embedded.chunks_exact(encoder.dim())) {
        keep(store, key, vector)?;
        vectors.insert(key, vector.to_vec());
    }
    for document in documents {
        document.vectors = rows(document, encoder, |key| vectors.get(&key).cloned());
    }
    Ok(())
}

/// Gives a document that was kept its vectors.
pub(crate) fn load(
    store: &Store,
    document: &mut Document,
    encoder: &Encoder,
) -> Result<(), CollectionError> {
    let mut found = BTreeMap::new();
    for text in sentences(document) {
        let vector = known(store, key(text), encoder.dim())?;
        // A later version may part sentences in another way; then they are embedded again.
        found.insert(key(text), vector.unwrap_or_else(|| encoder.encode(&[text])));
    }
    document.vectors = rows(document, encoder, |key| found.get(&key).cloned());
    Ok(())
}

fn rows(
    document: &Document,
    encoder: &Encoder,
    vector: impl Fn(Key) -> Option<Vec<f32>>,
) -> SentenceVectors {
    let rows = sentences(document).filter_map(|text| vector(key(text)));
    let vectors = SentenceVectors::new(encoder.dim(), rows.flatten().collect()).unwrap_or_default();
    vectors.with_reaches(sentences(document).map(|text| encoder.reach(text.language)))
}

fn known(store: &Store, key: Key, dim: usize) -> Result<Option<Vec<f32>>, CollectionError> {
    let query = "SELECT vector, crc32 FROM vectors WHERE sentence = ?";
    let mut query = store.at(store.db.prepare_cached(query))?;
    let found = query.query_row([&key[..]], |row| Ok((row.get(0)?, row.get(1)?))).optional();
    let Some((bytes, sum)) = store.at(found)? else { return Ok(None) };
    let bytes: Vec<u8> = bytes;
    let vector = checked(&bytes, sum).filter(|vector| vector.len() == dim);
    vector.map(Some).ok_or_else(|| store.damaged("a sentence vector fails its checksum"))
}

/// The vector of these bytes, if they pass their checksum.
pub(crate) fn checked(bytes: &[u8], sum: u32) -> Option<Vec<f32>> {
    let values = bytes.as_chunks::<4>().0.iter().map(|value| f32::from_le_bytes(*value));
    (crc32fast::hash(bytes) == sum).then(|| values.collect())
}

fn keep(store: &Store, key: Key, vector: &[f32]) -> Result<(), CollectionError> {
    let bytes: Vec<u8> = vector.iter().flat_map(|value| value.to_le_bytes()).collect();
    let insert = "INSERT INTO vectors (sentence, vector, crc32) VALUES (?, ?, ?)";
    let mut insert = store.at(store.db.prepare_cached(insert))?;
    store.at(insert.execute(params![&key[..], bytes, crc32fast::hash(&bytes)]))?;
    Ok(())
}

/// Forgets the vectors of sentences that no document has; returns how many.
pub(crate) fn forget_others<'d>(
    store: &Store,
    documents: impl Iterator<Item = Result<Document, CollectionError>> + 'd,
) -> Result<usize, CollectionError> {
    let mut used: BTreeSet<Key> = BTreeSet::new();
    for document in documents {
        let document = document?;
        used.extend(sentences(&document).map(key));
    }
    let mut query = store.at(store.db.prepare("SELECT rowid, sentence FROM vectors"))?;
    let rows = query.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Key>(1)?)));
    let rows = store.at(store.at(rows)?.collect::<rusqlite::Result<Vec<_>>>())?;
    let mut forgotten = 0;
    for (row, _) in rows.into_iter().filter(|(_, key)| !used.contains(key)) {
        store.at(store.db.execute("DELETE FROM vectors WHERE rowid = ?", [row]))?;
        forgotten += 1;
    }
    Ok(forgotten)
}
