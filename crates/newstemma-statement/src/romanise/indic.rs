//! The scripts of India, whose blocks in Unicode have one layout.
//!
//! Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil, Telugu, Kannada and Malayalam have their
//! letters at the same places of their blocks of 128. A consonant carries an *a* unless the sign of
//! another vowel or the mark that takes it away follows.

/// Where the blocks begin and end.
const BLOCKS: std::ops::Range<u32> = 0x900..0xD80;
const BLOCK: u32 = 0x80;
const NUKTA: u32 = 0x3C;
const VIRAMA: u32 = 0x4D;

/// Vowels, consonants and signs by their place in a block.
#[rustfmt::skip]
const SOUNDS: [(u32, &str); 82] = [
    (0x01, "n"), (0x02, "n"), (0x03, "h"), (0x05, "a"), (0x06, "a"), (0x07, "i"), (0x08, "i"), (0x09, "u"),
    (0x0A, "u"), (0x0B, "ri"), (0x0D, "e"), (0x0E, "e"), (0x0F, "e"), (0x10, "ai"), (0x11, "o"), (0x12, "o"),
    (0x13, "o"), (0x14, "au"), (0x15, "k"), (0x16, "kh"), (0x17, "g"), (0x18, "gh"), (0x19, "n"), (0x1A, "ch"),
    (0x1B, "ch"), (0x1C, "j"), (0x1D, "j"), (0x1E, "n"), (0x1F, "t"), (0x20, "th"), (0x21, "d"), (0x22, "d"),
    (0x23, "n"), (0x24, "t"), (0x25, "th"), (0x26, "d"), (0x27, "d"), (0x28, "n"), (0x29, "n"), (0x2A, "p"),
    (0x2B, "ph"), (0x2C, "b"), (0x2D, "b"), (0x2E, "m"), (0x2F, "y"), (0x30, "r"), (0x31, "r"), (0x32, "l"),
    (0x33, "l"), (0x34, "l"), (0x35, "v"), (0x36, "sh"), (0x37, "sh"), (0x38, "s"), (0x39, "h"), (0x3E, "a"),
    (0x3F, "i"), (0x40, "i"), (0x41, "u"), (0x42, "u"), (0x43, "ri"), (0x45, "e"), (0x46, "e"), (0x47, "e"),
    (0x48, "ai"), (0x49, "o"), (0x4A, "o"), (0x4B, "o"), (0x4C, "au"), (0x4E, "t"), (0x57, "au"), (0x58, "k"),
    (0x59, "kh"), (0x5A, "g"), (0x5B, "z"), (0x5C, "r"), (0x5D, "r"), (0x5E, "f"), (0x5F, "y"), (0x70, "n"),
    (0x71, ""), (0x7E, "l"),
];

/// Puts what a letter sounds like behind the letters before it; `false` if it is of no such script.
pub(super) fn push(c: char, latin: &mut String) -> bool {
    if !BLOCKS.contains(&u32::from(c)) {
        return false;
    }
    let place = u32::from(c) % BLOCK;
    if is_sign(place) && latin.ends_with('a') {
        latin.pop();
    }
    if place == NUKTA {
        // A dot makes another consonant of one, of which only this has another skeleton.
        if latin.ends_with("da") {
            latin.replace_range(latin.len() - 2.., "ra");
        }
        return true;
    }
    let sound = SOUNDS.iter().find(|(at, _)| *at == place).map_or("", |(_, sound)| sound);
    latin.push_str(sound);
    if is_consonant(place) {
        latin.push('a');
    }
    true
}

fn is_consonant(place: u32) -> bool {
    matches!(place, 0x15..=0x39 | 0x58..=0x5F)
}

/// Whether a sign takes the *a* of the consonant before it away.
fn is_sign(place: u32) -> bool {
    matches!(place, 0x3E..=0x4C | VIRAMA | 0x57)
}
