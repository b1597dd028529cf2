//! How common words and sentences are in a collection.
//!
//! What everybody has proves nothing: a sentence that stands in many stories is boilerplate or an
//! archive paragraph, a word that stands in every report is no shared oddity. Counted are the
//! documents that hold a token or a window of tokens, in tables of fixed size.

use crate::text::Text;
use crate::tokens::shingles;
use newstemma_model::Document;

/// How common words and sentences are in the whole collection, so that what everybody has proves
/// nothing; and a sample of its sentence vectors, against which a similarity stands out or not.
#[derive(Clone, Debug, Default)]
pub struct Background {
    documents: u32,
    tokens: Counts,
    windows: Counts,
    sample: Vec<f32>,
    /// The reach of each vector of the sample.
    reaches: Vec<f32>,
    dim: usize,
}

/// The length of the windows that are counted, in words.
pub(crate) const WINDOW_WORDS: f32 = 5.0;
/// Sentence vectors that are kept.
const SAMPLE_MAX: usize = 512;

impl Background {
    /// Counts over all documents. Time and memory are linear in the text.
    pub fn of(documents: &[Document]) -> Background {
        let all: Vec<&Document> = documents.iter().collect();
        Background::of_references(&all)
    }

    pub(crate) fn of_references(documents: &[&Document]) -> Background {
        let mut background = Background { documents: documents.len() as u32, ..Default::default() };
        let sentences: usize = documents.iter().map(|d| d.sentences.len()).sum();
        let stride = sentences.div_ceil(SAMPLE_MAX).max(1);
        let mut seen = 0;
        for document in documents {
            let text = Text::of(document);
            background.tokens.add_each(text.tokens.iter().map(|t| t.hash));
            let windows = shingles(&text.tokens, WINDOW_WORDS);
            background.windows.add_each(windows.into_iter().map(|(hash, _)| hash));
            for line in &text.lines {
                let usable = line.vector.len() == background.dim || background.dim == 0;
                if seen % stride == 0 && usable {
                    background.dim = line.vector.len();
                    background.sample.extend_from_slice(line.vector);
                    background.reaches.push(line.reach);
                }
                seen += 1;
            }
        }
        background
    }

    /// How rare a token is: 0 if every document has it, 1 if at most one does.
    pub(crate) fn rarity(&self, token: u64) -> f32 {
        let documents = (self.documents.max(2)) as f32;
        let with = (self.tokens.count(token).max(1) as f32).min(documents);
        libm::logf(documents / with) / libm::logf(documents)
    }

    /// In how many documents a window of tokens stands.
    pub(crate) fn documents_with(&self, window: u64) -> u32 {
        self.windows.count(window)
    }

    /// A sample of sentence vectors of the collection, each with its reach.
    pub(crate) fn sample(&self) -> impl Iterator<Item = (&[f32], f32)> {
        self.sample.chunks_exact(self.dim.max(1)).zip(self.reaches.iter().copied())
    }
}

/// Counts of hashes, of which some may be counted too high but none too low: one table of 2²²
/// counters, a hash in two of them, of which the lesser counts (a count–min sketch; Cormode &
/// Muthukrishnan 2005).
#[derive(Clone, Debug, Default)]
struct Counts {
    table: Vec<u16>,
}

const COUNTERS: usize = 1 << 21;

impl Counts {
    /// Counts each different hash once.
    fn add_each(&mut self, hashes: impl Iterator<Item = u64>) {
        let mut hashes: Vec<u64> = hashes.collect();
        hashes.sort_unstable();
        hashes.dedup();
        if self.table.is_empty() && !hashes.is_empty() {
            self.table = vec![0; 2 * COUNTERS];
        }
        for hash in hashes {
            for place in Counts::places(hash) {
                self.table[place] = self.table[place].saturating_add(1);
            }
        }
    }

    fn count(&self, hash: u64) -> u32 {
        let places = Counts::places(hash);
        places.iter().map(|&p| self.table.get(p).map_or(0, |&c| u32::from(c))).min().unwrap_or(0)
    }

    fn places(hash: u64) -> [usize; 2] {
        let mixed = hash.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        [(mixed >> 43) as usize, COUNTERS + ((mixed >> 20) as usize & (COUNTERS - 1))]
    }
}
