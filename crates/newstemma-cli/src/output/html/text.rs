//! Attributes of a text: its language and its direction.

use newstemma_model::Language;

/// The attribute `lang` of a text: none where its language is not known.
pub(super) fn lang(language: Language) -> Option<String> {
    language.is_known().then(|| language.to_string())
}

/// The attribute `dir` of a text: right to left where most of its letters are of such a script.
///
/// `dir="auto"` would go by the first letter, and turn an Arabic report that begins with a Latin
/// name.
pub(super) fn dir(text: &str) -> &'static str {
    /// The beginning decides; a long report need not be read to its end for that.
    const LETTERS_MAX: usize = 400;
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(LETTERS_MAX);
    let (mut left, mut right) = (0_usize, 0_usize);
    for letter in letters {
        match u32::from(letter) {
            // Hebrew to Arabic Extended-A, their presentation forms, and the scripts of the
            // supplementary right-to-left block.
            0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff | 0x1_0800..=0x1_0fff => right += 1,
            _ => left += 1,
        }
    }
    if right > left { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::dir;

    #[test]
    fn direction_goes_by_most_letters_not_by_the_first() {
        assert_eq!(dir("Reuters: أعلنت السلطات إغلاق الجسر بعد الفيضان"), "rtl");
        assert_eq!(dir("Міст закрили після повені"), "ltr");
        assert_eq!(dir("הגשר נסגר"), "rtl");
        assert_eq!(dir("12:30"), "ltr");
    }
}
