//! Identifiers, one type per noun, so that they cannot be swapped.
//!
//! An id is 64 bits of a hash of what the thing *is* (its doc says what exactly), so that it
//! survives a rerun; it prints as a letter and sixteen hexadecimal digits.
//!
//! ```compile_fail
//! use newstemma_model::{ReportId, StoryId};
//! let report = ReportId::of(&[b"a.txt"]);
//! let story: StoryId = report; // an id of another noun is another type
//! ```
//!
//! ```
//! use newstemma_model::ReportId;
//! let id = ReportId::of(&["надворі.txt".as_bytes(), b"text"]);
//! assert_eq!(id, ReportId::of(&["надворі.txt".as_bytes(), b"text"]));
//! assert_ne!(id, ReportId::of(&["надворі.txttext".as_bytes()]));
//! assert_eq!(id.to_string().len(), 17);
//! assert_eq!(ReportId::parse(&id.to_string()), Some(id));
//! assert_eq!(ReportId::parse("s0123456789abcdef"), None);
//! ```

use std::fmt;

/// Hashes parts of bytes to 64 bits, telling `["ab", "c"]` from `["a", "bc"]`.
///
/// FNV-1a over each part and its length, then the finaliser of MurmurHash3. Not cryptographic:
/// it names things, it does not protect them.
pub fn digest(parts: &[&[u8]]) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let mut hash = OFFSET;
    let mut eat = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
    for part in parts {
        part.iter().copied().for_each(&mut eat);
        (part.len() as u64).to_le_bytes().into_iter().for_each(&mut eat);
    }
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $letter:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);

        impl $name {
            /// The id of whatever these parts identify.
            pub fn of(parts: &[&[u8]]) -> Self {
                Self(digest(parts))
            }

            /// Reads an id as it prints. `None` if it is none of this noun.
            pub fn parse(text: &str) -> Option<Self> {
                let digits = text.strip_prefix($letter).filter(|digits| digits.len() == 16)?;
                let plain = digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
                plain.then(|| u64::from_str_radix(digits, 16).ok().map(Self)).flatten()
            }

            /// The 64 bits, for hashing them into another id.
            pub fn to_bytes(self) -> [u8; 8] {
                self.0.to_be_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($letter, "{:016x}"), self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    };
}

id!(
    /// Of a report: its `ref` and the SHA-256 of the bytes it was read from.
    ReportId, "r"
);
id!(
    /// Of a story: its earliest report (the least id among equals).
    StoryId, "s"
);
id!(
    /// Of an exemplar (a lost text): its story and the reports below it.
    ExemplarId, "x"
);
id!(
    /// Of a statement: its report and the spans of its parts.
    StatementId, "t"
);
id!(
    /// Of a claim: its story and its statements.
    ClaimId, "c"
);
id!(
    /// Of a difference: its claim, its kind and its variants.
    DifferenceId, "d"
);
id!(
    /// Of an entity: its story, its kind and its name.
    EntityId, "e"
);
