//! The links of a report as bytes: of each earlier report that it has to do with its number (8), the
//! score (2), and 1 if text was carried over (1); little-endian.

const LINK_BYTES: usize = 11;

/// A link as it is kept: the number of the other report, the score, whether text was carried over.
pub(crate) type Linked = (i64, i16, bool);

pub(crate) fn to_bytes(links: impl Iterator<Item = Linked>) -> Vec<u8> {
    let mut out = Vec::new();
    for (number, score, carried) in links {
        out.extend(number.to_le_bytes());
        out.extend(score.to_le_bytes());
        out.push(u8::from(carried));
    }
    out
}

pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Vec<Linked>> {
    let (links, rest) = bytes.as_chunks::<LINK_BYTES>();
    rest.is_empty().then_some(())?;
    let link = |link: &[u8; LINK_BYTES]| {
        let [n0, n1, n2, n3, n4, n5, n6, n7, s0, s1, carried] = *link;
        let number = i64::from_le_bytes([n0, n1, n2, n3, n4, n5, n6, n7]);
        (number, i16::from_le_bytes([s0, s1]), carried == 1)
    };
    Some(links.iter().map(link).collect())
}

/// The checksum of a profile and the links beside it.
pub(crate) fn checksum(profile: &[u8], links: &[u8]) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    sum.update(profile);
    sum.update(links);
    sum.finalize()
}
