//! Questions about characters that are asked of every one of a text.

use std::sync::OnceLock;

/// Characters below this are looked up in tables of our own: alphabets, abjads and the scripts of
/// South Asia. The standard library searches for them.
const COMMON_END: usize = 0x1100;

/// Whether a character is a letter or a digit, as [`char::is_alphanumeric`] has it.
pub(crate) fn is_alphanumeric(c: char) -> bool {
    static COMMON: OnceLock<[u64; COMMON_END / 64]> = OnceLock::new();
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let code = c as usize;
    let common = COMMON.get_or_init(|| {
        let mut bits = [0; COMMON_END / 64];
        for code in (0_u32..).take(COMMON_END) {
            let is = char::from_u32(code).is_some_and(char::is_alphanumeric);
            bits[code as usize / 64] |= u64::from(is) << (code % 64);
        }
        bits
    });
    match common.get(code / 64) {
        Some(bits) => bits >> (code % 64) & 1 != 0,
        None => c.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_says_what_the_standard_library_says() {
        for c in ('\0'..=char::MAX).filter(|c| (*c as u32) < 0x3000) {
            assert_eq!(super::is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
        }
    }
}
