//! Vectors of texts that were met lately.
//!
//! The problem: of a dispatch that a thousand papers print, every sentence comes a thousand times, a
//! report at a time, and encoding it is most of the work of reading. The vector of a text depends on
//! the text alone, so it may be kept. The idea: two generations of a bounded size. What is met goes
//! into the younger one; when that is full it becomes the elder, and the former elder is forgotten. So
//! what comes again within a generation is known, and memory is bounded by two of them: 16,384 texts,
//! 33 MB with vectors of 512 values.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// Texts of a generation.
const GENERATION: usize = 8_192;
/// A longer text seldom comes again, and would take room.
const BYTES_MAX: usize = 1_000;

/// Vectors of texts that were met lately, of one encoder.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    /// Looked up, never walked through.
    known: Mutex<Generations>,
}

#[derive(Debug, Default)]
struct Generations {
    young: HashMap<Box<str>, Arc<[f32]>>,
    elder: HashMap<Box<str>, Arc<[f32]>>,
}

impl Generations {
    fn get(&mut self, text: &str) -> Option<Arc<[f32]>> {
        if let Some(row) = self.young.get(text) {
            return Some(Arc::clone(row));
        }
        let (text, row) = self.elder.remove_entry(text)?;
        self.put(text, Arc::clone(&row));
        Some(row)
    }

    fn put(&mut self, text: Box<str>, row: Arc<[f32]>) {
        if self.young.len() >= GENERATION {
            self.elder = std::mem::take(&mut self.young);
        }
        self.young.insert(text, row);
    }
}

impl Recent {
    /// The vectors of texts, one after the other, `dim` values each. Those that are not known are
    /// encoded together.
    pub(crate) fn rows(
        &self,
        texts: &[&str],
        dim: usize,
        encode: impl FnOnce(&[&str]) -> Vec<f32>,
    ) -> Vec<f32> {
        let known: Vec<Option<Arc<[f32]>>> = match self.known.lock() {
            Ok(mut known) => texts.iter().map(|text| known.get(text)).collect(),
            // A thread that panicked meanwhile takes the program down by itself.
            Err(_) => vec![None; texts.len()],
        };
        let unknown = || texts.iter().zip(&known).filter(|(_, row)| row.is_none());
        let new: Vec<&str> = unknown().map(|(&text, _)| text).collect();
        let encoded = encode(&new);
        if new.len() == texts.len() {
            self.keep(&new, &encoded, dim);
            return encoded;
        }
        let mut fresh = encoded.chunks_exact(dim);
        let mut rows = Vec::with_capacity(texts.len() * dim);
        for row in &known {
            rows.extend_from_slice(row.as_deref().or_else(|| fresh.next()).unwrap_or_default());
        }
        self.keep(&new, &encoded, dim);
        rows
    }

    fn keep(&self, texts: &[&str], rows: &[f32], dim: usize) {
        let Ok(mut known) = self.known.lock() else { return };
        let kept = texts.iter().zip(rows.chunks_exact(dim));
        for (&text, row) in kept.filter(|(text, _)| text.len() <= BYTES_MAX) {
            known.put(text.into(), row.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{GENERATION, Recent};

    /// Two values a text, and the texts that had to be encoded.
    fn rows(recent: &Recent, texts: &[&str]) -> (Vec<f32>, Vec<String>) {
        let mut encoded = Vec::new();
        let rows = recent.rows(texts, 2, |new| {
            encoded.extend(new.iter().map(|text| text.to_string()));
            new.iter().flat_map(|text| [text.len() as f32, 1.0]).collect()
        });
        (rows, encoded)
    }

    #[test]
    fn what_was_met_lately_is_not_encoded_again() {
        let recent = Recent::default();
        assert_eq!(rows(&recent, &["bac", "渡し船"]).1, ["bac", "渡し船"]);
        let (again, encoded) = rows(&recent, &["bac", "ферри", "渡し船"]);
        assert_eq!(encoded, ["ферри"]);
        assert_eq!(again, [3.0, 1.0, 10.0, 1.0, 9.0, 1.0]);
    }

    #[test]
    fn what_was_not_met_for_two_generations_is_forgotten() {
        let recent = Recent::default();
        rows(&recent, &["old", "used"]);
        for part in 0..3 {
            let others: Vec<String> = (0..GENERATION).map(|n| format!("{part} {n}")).collect();
            let others: Vec<&str> = others.iter().map(String::as_str).collect();
            rows(&recent, &others[..GENERATION / 2]);
            assert!(rows(&recent, &["used"]).1.is_empty());
            rows(&recent, &others[GENERATION / 2..]);
        }
        assert_eq!(rows(&recent, &["old", "used"]).1, ["old"]);
        let known = recent.known.lock().unwrap();
        assert!(known.young.len() <= GENERATION && known.elder.len() <= GENERATION);
    }
}
