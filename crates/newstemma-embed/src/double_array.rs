//! Reads a double-array trie where it lies.
//!
//! The layout is that of darts-clone, which SentencePiece's character map comes in and our
//! converter writes for the vocabulary: a unit of 32 bits holds the label by which a node was
//! reached (bits 0–7), whether a key ends there (bit 8) and the offset to its children (bits
//! 10–30, times 256 where bit 9 is set). Child `c` of a node lies at `node ^ offset ^ c`, the value
//! of a key at child 0 with bit 31 set. A step costs one memory access.

/// A trie over byte strings. Keys hold no zero byte.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DoubleArray {
    units: &'static [[u8; 4]],
}

/// A key that was found: how many bytes long it is, and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) length_bytes: usize,
    pub(crate) value: u32,
}

impl DoubleArray {
    /// A trie in these bytes. Foreign bytes give wrong matches, but never a panic.
    pub(crate) fn new(bytes: &'static [u8]) -> DoubleArray {
        DoubleArray { units: bytes.as_chunks().0 }
    }

    /// All keys that `text` begins with, the shortest first.
    pub(crate) fn prefixes<'t>(&self, text: &'t [u8]) -> Prefixes<'t> {
        let unit = self.unit(0);
        Prefixes { trie: *self, text, position: 0, children: offset(unit) }
    }

    fn unit(&self, index: usize) -> u32 {
        // A unit that is no inner node ends every walk.
        self.units.get(index).map_or(1 << 31, |bytes| u32::from_le_bytes(*bytes))
    }
}

/// Iterator of [`DoubleArray::prefixes`].
#[derive(Debug)]
pub(crate) struct Prefixes<'t> {
    trie: DoubleArray,
    text: &'t [u8],
    position: usize,
    /// Where the children of the current node are, before their label is applied.
    children: usize,
}

impl Iterator for Prefixes<'_> {
    type Item = Match;

    #[inline]
    fn next(&mut self) -> Option<Match> {
        while let Some(&byte) = self.text.get(self.position) {
            let node = self.children ^ usize::from(byte);
            let unit = self.trie.unit(node);
            // An unused unit is zero and would pass for a child with label zero.
            if byte == 0 || unit & 0x8000_00FF != u32::from(byte) {
                break;
            }
            self.children = node ^ offset(unit);
            self.position += 1;
            if unit & 0x100 != 0 {
                let value = self.trie.unit(self.children) & 0x7FFF_FFFF;
                return Some(Match { length_bytes: self.position, value });
            }
        }
        self.text = &[];
        None
    }
}

#[inline]
fn offset(unit: u32) -> usize {
    ((unit >> 10) << ((unit & 0x200) >> 6)) as usize
}
