//! The script a character belongs to.
//!
//! A table of our own, of blocks rather than of single characters: the question is only in which
//! script a *letter* is, so that the punctuation and the unassigned places inside a block do not
//! matter. Blocks after the Unicode Character Database, version 16.

/// A writing system, as far as languages or words are told apart by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Syriac,
    Thaana,
    Nko,
    Devanagari,
    Bengali,
    Gurmukhi,
    Gujarati,
    Oriya,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Thai,
    Lao,
    Tibetan,
    Myanmar,
    Georgian,
    Hangul,
    Ethiopic,
    Cherokee,
    Canadian,
    Khmer,
    Mongolian,
    Tifinagh,
    Yi,
    Javanese,
    OlChiki,
    Meetei,
    /// Hiragana and katakana.
    Kana,
    Bopomofo,
    Han,
    /// Digits, punctuation, symbols, and scripts that are not in this list.
    Other,
}

/// First character, last character, script; in order, not overlapping.
const BLOCKS: &[(u32, u32, Script)] = &[
    (0x0041, 0x005A, Script::Latin),
    (0x0061, 0x007A, Script::Latin),
    (0x00AA, 0x00AA, Script::Latin),
    (0x00BA, 0x00BA, Script::Latin),
    (0x00C0, 0x00D6, Script::Latin),
    (0x00D8, 0x00F6, Script::Latin),
    (0x00F8, 0x02AF, Script::Latin),
    (0x0370, 0x03FF, Script::Greek),
    (0x0400, 0x052F, Script::Cyrillic),
    (0x0531, 0x058F, Script::Armenian),
    (0x0591, 0x05FF, Script::Hebrew),
    (0x0600, 0x06FF, Script::Arabic),
    (0x0700, 0x074F, Script::Syriac),
    (0x0750, 0x077F, Script::Arabic),
    (0x0780, 0x07BF, Script::Thaana),
    (0x07C0, 0x07FF, Script::Nko),
    (0x0860, 0x086F, Script::Syriac),
    (0x0870, 0x08FF, Script::Arabic),
    (0x0900, 0x0963, Script::Devanagari),
    (0x0966, 0x097F, Script::Devanagari),
    (0x0980, 0x09FF, Script::Bengali),
    (0x0A00, 0x0A7F, Script::Gurmukhi),
    (0x0A80, 0x0AFF, Script::Gujarati),
    (0x0B00, 0x0B7F, Script::Oriya),
    (0x0B80, 0x0BFF, Script::Tamil),
    (0x0C00, 0x0C7F, Script::Telugu),
    (0x0C80, 0x0CFF, Script::Kannada),
    (0x0D00, 0x0D7F, Script::Malayalam),
    (0x0D80, 0x0DFF, Script::Sinhala),
    (0x0E01, 0x0E3A, Script::Thai),
    (0x0E40, 0x0E5B, Script::Thai),
    (0x0E80, 0x0EFF, Script::Lao),
    (0x0F00, 0x0FFF, Script::Tibetan),
    (0x1000, 0x109F, Script::Myanmar),
    (0x10A0, 0x10FF, Script::Georgian),
    (0x1100, 0x11FF, Script::Hangul),
    (0x1200, 0x139F, Script::Ethiopic),
    (0x13A0, 0x13FF, Script::Cherokee),
    (0x1400, 0x167F, Script::Canadian),
    (0x1780, 0x17FF, Script::Khmer),
    (0x1800, 0x18AF, Script::Mongolian),
    (0x18B0, 0x18FF, Script::Canadian),
    (0x19E0, 0x19FF, Script::Khmer),
    (0x1C50, 0x1C7F, Script::OlChiki),
    (0x1C80, 0x1C8F, Script::Cyrillic),
    (0x1C90, 0x1CBF, Script::Georgian),
    (0x1D00, 0x1D25, Script::Latin),
    (0x1E00, 0x1EFF, Script::Latin),
    (0x1F00, 0x1FFF, Script::Greek),
    (0x2C60, 0x2C7F, Script::Latin),
    (0x2D00, 0x2D2F, Script::Georgian),
    (0x2D30, 0x2D7F, Script::Tifinagh),
    (0x2D80, 0x2DDF, Script::Ethiopic),
    (0x2DE0, 0x2DFF, Script::Cyrillic),
    (0x2E80, 0x2FDF, Script::Han),
    (0x3005, 0x3007, Script::Han),
    (0x3021, 0x3029, Script::Han),
    (0x3041, 0x309F, Script::Kana),
    (0x30A1, 0x30FA, Script::Kana),
    (0x30FC, 0x30FF, Script::Kana),
    (0x3105, 0x312F, Script::Bopomofo),
    (0x3131, 0x318F, Script::Hangul),
    (0x31A0, 0x31BF, Script::Bopomofo),
    (0x31F0, 0x31FF, Script::Kana),
    (0x3400, 0x4DBF, Script::Han),
    (0x4E00, 0x9FFF, Script::Han),
    (0xA000, 0xA4CF, Script::Yi),
    (0xA640, 0xA69F, Script::Cyrillic),
    (0xA722, 0xA7FF, Script::Latin),
    (0xA8E0, 0xA8FF, Script::Devanagari),
    (0xA960, 0xA97F, Script::Hangul),
    (0xA980, 0xA9DF, Script::Javanese),
    (0xA9E0, 0xA9FF, Script::Myanmar),
    (0xAA60, 0xAA7F, Script::Myanmar),
    (0xAAE0, 0xAAFF, Script::Meetei),
    (0xAB00, 0xAB2F, Script::Ethiopic),
    (0xAB30, 0xAB6F, Script::Latin),
    (0xAB70, 0xABBF, Script::Cherokee),
    (0xABC0, 0xABFF, Script::Meetei),
    (0xAC00, 0xD7FF, Script::Hangul),
    (0xF900, 0xFAFF, Script::Han),
    (0xFB00, 0xFB06, Script::Latin),
    (0xFB13, 0xFB17, Script::Armenian),
    (0xFB1D, 0xFB4F, Script::Hebrew),
    (0xFB50, 0xFDFF, Script::Arabic),
    (0xFE70, 0xFEFC, Script::Arabic),
    (0xFF21, 0xFF3A, Script::Latin),
    (0xFF41, 0xFF5A, Script::Latin),
    (0xFF66, 0xFF9F, Script::Kana),
    (0xFFA0, 0xFFDC, Script::Hangul),
    (0x1B000, 0x1B16F, Script::Kana),
    (0x20000, 0x323AF, Script::Han),
];

impl Script {
    /// The script of a letter or mark.
    ///
    /// ```
    /// use newstemma_language::Script;
    /// assert_eq!(Script::of('ї'), Script::Cyrillic);
    /// assert_eq!(Script::of('ー'), Script::Kana);
    /// assert_eq!(Script::of('1'), Script::Other);
    /// ```
    pub fn of(c: char) -> Script {
        let code = c as u32;
        if let Some(script) = COMMON.get(code as usize) {
            return *script;
        }
        let after = BLOCKS.partition_point(|(_, last, _)| *last < code);
        match BLOCKS.get(after) {
            Some((first, _, script)) if *first <= code => *script,
            _ => Script::Other,
        }
    }

    /// The number of a script in files; new scripts are added before [`Script::Other`] only
    /// together with a new version of them.
    pub fn number(self) -> u8 {
        self as u8
    }

    /// Whether words are written one after the other without a space.
    pub fn is_unspaced(self) -> bool {
        use Script::{Bopomofo, Han, Javanese, Kana, Khmer, Lao, Myanmar, Thai, Yi};
        matches!(self, Han | Kana | Bopomofo | Yi | Thai | Lao | Khmer | Myanmar | Javanese)
    }
}

/// The scripts of the characters that most texts are of, to be looked up without a search.
static COMMON: [Script; COMMON_END] = common();

/// Alphabets, abjads and the scripts of South Asia lie below.
const COMMON_END: usize = 0x1100;

const fn common() -> [Script; COMMON_END] {
    let mut scripts = [Script::Other; COMMON_END];
    let mut block = 0;
    while block < BLOCKS.len() {
        let (first, last, script) = BLOCKS[block];
        let mut code = first as usize;
        while code <= last as usize && code < COMMON_END {
            scripts[code] = script;
            code += 1;
        }
        block += 1;
    }
    scripts
}

#[cfg(test)]
mod tests {
    use super::{BLOCKS, Script};

    #[test]
    fn blocks_are_in_order_and_do_not_overlap() {
        for pair in BLOCKS.windows(2) {
            assert!(pair[0].0 <= pair[0].1 && pair[0].1 < pair[1].0, "{:x?}", pair);
        }
    }

    #[test]
    fn one_letter_of_each_script() {
        let check = |c, expected| assert_eq!(Script::of(c), expected, "{c}");
        check('ß', Script::Latin);
        check('ệ', Script::Latin);
        check('Ω', Script::Greek);
        check('Й', Script::Cyrillic);
        check('ש', Script::Hebrew);
        check('گ', Script::Arabic);
        check('क', Script::Devanagari);
        check('ক', Script::Bengali);
        check('த', Script::Tamil);
        check('ก', Script::Thai);
        check('ქ', Script::Georgian);
        check('한', Script::Hangul);
        check('አ', Script::Ethiopic);
        check('ខ', Script::Khmer);
        check('漢', Script::Han);
        check('𠮷', Script::Han);
        check('ｱ', Script::Kana);
        check('。', Script::Other);
        check('!', Script::Other);
    }
}
