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
    /// By the next `CODE_BITS` bits: the value, and the length of its code.
    decode: Vec<(u8, u8)>,
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
        let (mut bits, mut count) = (0u64, 0u32);
        let mut bytes = self.rows[start..].iter();
        for step in steps {
            while count < CODE_BITS {
                // Behind the last row of the file any bits will do: they belong to no code.
                bits = bits << 8 | u64::from(bytes.next().copied().unwrap_or(0));
                count += 8;
            }
            let index = (bits >> (count - CODE_BITS)) as usize & ((1 << CODE_BITS) - 1);
            let (value, length) = chunk.decode[index];
            *step = value;
            count -= u32::from(length);
        }
        Grid { scale: chunk.scale, low: chunk.low }
    }
}

/// Codes follow from their lengths: in order of length, then of value, each is one more than the
/// one before.
fn decode_table(lengths: &[u8; SYMBOLS]) -> Result<Vec<(u8, u8)>, EmbedError> {
    let mut table = Vec::with_capacity(1 << CODE_BITS);
    for length in 1..=CODE_BITS as u8 {
        for (value, _) in (0u8..).zip(lengths).filter(|&(_, &other)| other == length) {
            let repeats = 1 << (CODE_BITS - u32::from(length));
            table.resize(table.len() + repeats, (value, length));
        }
    }
    // Zero bits are no code of a full table, and would be written by no converter.
    if table.len() != 1 << CODE_BITS {
        return Err(EmbedError::Damaged("table.codes"));
    }
    Ok(table)
}
