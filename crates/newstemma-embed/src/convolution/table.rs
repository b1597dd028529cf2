//! The embedding table: 128,010 rows of 512 values of six bits.
//!
//! Unpacked it would take 66 MB as bytes, 262 MB as `f32`; as the values are far from equally
//! frequent, a Huffman code brings it to 23 MB. Each row is coded by itself and begins at a whole
//! byte, so that a row is decoded where it lies, when a text first needs it, in about a
//! microsecond, and nothing at all is decoded when the program starts. Rows go to 17 chunks by `id
//! % 17`, each chunk with its own code, scale and lowest value.

use crate::EmbedError;
use crate::model_file::ModelFile;

/// Values in a row.
pub(crate) const EMBEDDING_DIM: usize = 512;

const CHUNKS: usize = 17;
const SYMBOLS: usize = 64;
/// The longest code, in bits: a value is decoded by one look-up in a table of 2 to this power.
const CODE_BITS: u32 = 12;
const VALUES_MAX: usize = 4;
/// Of every so many rows the place is remembered; between them lengths are summed up.
const ROWS_PER_MARK: usize = 64;

/// The table, still coded.
#[derive(Debug)]
pub(crate) struct EmbeddingTable {
    rows: &'static [u8],
    /// Length of each row in bytes.
    lengths: &'static [[u8; 2]],
    /// Where rows 0, 64, 128… begin.
    marks: Vec<u32>,
    chunks: Vec<Chunk>,
}

#[derive(Debug)]
struct Chunk {
    scale: f32,
    low: f32,
    /// By the next `CODE_BITS` bits: what they decode to.
    decode: Vec<Decoded>,
}

/// The values whose codes the next bits hold completely, at most [`VALUES_MAX`]: most codes are much
/// shorter than the longest, so that a look-up gives three or four values.
#[derive(Clone, Copy, Debug, Default)]
struct Decoded {
    values: [u8; VALUES_MAX],
    count: u8,
    /// The length of all their codes.
    bits: u8,
    /// The length of the first one's.
    first_bits: u8,
}

/// How the steps of a row become values: `low + step × scale`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grid {
    pub(crate) scale: f32,
    pub(crate) low: f32,
}

impl EmbeddingTable {
    /// The table of an encoder file.
    pub(crate) fn new(file: &ModelFile) -> Result<EmbeddingTable, EmbedError> {
        let (lengths, rest) = file.section("table.lengths")?.as_chunks();
        if !rest.is_empty() {
            return Err(EmbedError::Damaged("table.lengths"));
        }
        let scales = file.floats("table.scale", CHUNKS)?;
        let lows = file.floats("table.low", CHUNKS)?;
        let codes = file.section("table.codes")?.as_chunks::<SYMBOLS>().0;
        if codes.len() != CHUNKS {
            return Err(EmbedError::Damaged("table.codes"));
        }
        let mut chunks = Vec::with_capacity(CHUNKS);
        for ((scale, low), code) in scales.into_iter().zip(lows).zip(codes) {
            chunks.push(Chunk { scale, low, decode: decode_table(code)? });
        }
        let rows = file.section("table.rows")?;
        let mut marks = Vec::with_capacity(lengths.len() / ROWS_PER_MARK + 1);
        let mut start = 0usize;
        for (row, length) in lengths.iter().enumerate() {
            if row % ROWS_PER_MARK == 0 {
                marks.push(u32::try_from(start).map_err(|_| EmbedError::Damaged("table.rows"))?);
            }
            start += usize::from(u16::from_le_bytes(*length));
        }
        if start != rows.len() {
            return Err(EmbedError::Damaged("table.rows"));
        }
        Ok(EmbeddingTable { rows, lengths, marks, chunks })
    }

    /// How many tokens have a row.
    pub(crate) fn rows(&self) -> usize {
        self.lengths.len()
    }

    /// Puts tokens in an order in which their rows are decoded fastest: chunk by chunk, so that what
    /// decodes a chunk stays in the cache.
    pub(crate) fn sort_for_decoding(&self, ids: &mut [u32]) {
        ids.sort_unstable_by_key(|&id| (id % CHUNKS as u32, id));
    }

    /// Decodes the row of a token, and says how its steps become values.
    ///
    /// # Panics
    /// If `id` is not below [`EmbeddingTable::rows`].
    pub(crate) fn decode(&self, id: u32, steps: &mut [u8; EMBEDDING_DIM]) -> Grid {
        let id = id as usize;
        let mark = id / ROWS_PER_MARK;
        let before = &self.lengths[mark * ROWS_PER_MARK..id];
        let skipped: usize =
            before.iter().map(|length| usize::from(u16::from_le_bytes(*length))).sum();
        let start = self.marks[mark] as usize + skipped;
        let chunk = &self.chunks[id % CHUNKS];
        let mut bits = BitReader::new(&self.rows[start..]);
        let mut done = 0;
        while let Some(place) = steps[done..].first_chunk_mut::<VALUES_MAX>() {
            let decoded = chunk.decode[bits.peek()];
            // What is too much is overwritten by the next.
            *place = decoded.values;
            done += usize::from(decoded.count);
            bits.skip(decoded.bits);
        }
        for step in &mut steps[done..] {
            let decoded = chunk.decode[bits.peek()];
            *step = decoded.values[0];
            bits.skip(decoded.first_bits);
        }
        Grid { scale: chunk.scale, low: chunk.low }
    }
}

/// Reads bits, the highest of each byte first.
struct BitReader<'a> {
    bytes: &'a [u8],
    /// The next bits, from the highest on.
    bits: u64,
    count: u32,
}

impl<'a> BitReader<'a> {
    fn new(bytes: &'a [u8]) -> BitReader<'a> {
        BitReader { bytes, bits: 0, count: 0 }
    }

    /// The next `CODE_BITS` bits. Behind the last byte there are zeros, which belong to no code.
    #[inline]
    fn peek(&mut self) -> usize {
        if self.count < CODE_BITS {
            self.fill();
        }
        (self.bits >> (u64::BITS - CODE_BITS)) as usize
    }

    #[inline]
    fn fill(&mut self) {
        let (word, length) = match self.bytes.first_chunk::<4>() {
            Some(word) => (u32::from_be_bytes(*word), 4),
            None => {
                let mut word = [0; 4];
                word[..self.bytes.len()].copy_from_slice(self.bytes);
                (u32::from_be_bytes(word), self.bytes.len())
            }
        };
        self.bits |= u64::from(word) << (u32::BITS - self.count);
        self.bytes = &self.bytes[length..];
        self.count += u32::BITS;
    }

    #[inline]
    fn skip(&mut self, count: u8) {
        self.bits <<= count;
        self.count -= u32::from(count);
    }
}

/// Codes follow from their lengths: in order of length, then of value, each is one more than the
/// one before.
fn decode_table(lengths: &[u8; SYMBOLS]) -> Result<Vec<Decoded>, EmbedError> {
    // By the next bits, the first value and the length of its code.
    let mut singles = Vec::with_capacity(1 << CODE_BITS);
    for length in 1..=CODE_BITS as u8 {
        for (value, _) in (0u8..).zip(lengths).filter(|&(_, &other)| other == length) {
            let repeats = 1 << (CODE_BITS - u32::from(length));
            singles.resize(singles.len() + repeats, (value, length));
        }
    }
    // Zero bits are no code of a full table, and would be written by no converter.
    if singles.len() != 1 << CODE_BITS {
        return Err(EmbedError::Damaged("table.codes"));
    }
    let decode = |bits: usize| {
        let mut decoded = Decoded { first_bits: singles[bits].1, ..Decoded::default() };
        while usize::from(decoded.count) < VALUES_MAX {
            let rest = bits << decoded.bits & ((1 << CODE_BITS) - 1);
            let (value, length) = singles[rest];
            if u32::from(decoded.bits + length) > CODE_BITS {
                break;
            }
            decoded.values[usize::from(decoded.count)] = value;
            decoded.count += 1;
            decoded.bits += length;
        }
        decoded
    };
    Ok((0..1 << CODE_BITS).map(decode).collect())
}

#[cfg(test)]
mod tests {
    use super::{BitReader, SYMBOLS, decode_table};

    #[test]
    fn a_look_up_gives_all_whole_codes() {
        // Codes 0, 10, 110 and 111 for the values 5, 6, 7 and 8.
        let mut lengths = [0; SYMBOLS];
        lengths[5..9].copy_from_slice(&[1, 2, 3, 3]);
        let table = decode_table(&lengths).unwrap();
        let bytes = [0b1101_0011, 0b1000_0000, 0, 0, 0b1010_0000];
        let mut bits = BitReader::new(&bytes);
        let first = table[bits.peek()];
        assert_eq!(
            (first.values, first.count, first.bits, first.first_bits),
            ([7, 6, 5, 8], 4, 9, 3)
        );
        for _ in 0..32 {
            bits.skip(1);
            bits.peek();
        }
        let last = table[bits.peek()];
        assert_eq!((last.values[0], last.first_bits), (6, 2));
    }

    #[test]
    fn a_code_that_leaves_bits_without_meaning_is_damage() {
        let mut lengths = [0; SYMBOLS];
        lengths[0] = 2;
        assert!(decode_table(&lengths).is_err());
    }
}
