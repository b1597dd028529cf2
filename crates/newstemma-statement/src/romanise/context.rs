//! Letters that sound otherwise beside some others.

/// Two letters that are one sound: what the first is alone, and what they are together.
#[rustfmt::skip]
const PAIRS: [(char, char, &str, &str); 22] = [
    // Greek has no letters for these sounds.
    ('μ', 'π', "m", "b"), ('γ', 'κ', "g", "g"), ('γ', 'γ', "g", "ng"), ('γ', 'χ', "g", "nkh"),
    ('ο', 'υ', "o", "u"), ('α', 'υ', "a", "av"), ('ε', 'υ', "e", "ev"),
    // Arabic has one letter for u and w.
    ('و', 'ا', "u", "wa"), ('و', 'ي', "u", "wi"), ('و', 'ی', "u", "wi"),
    // Hebrew marks foreign sounds by a stroke, and a consonant by writing it twice.
    ('ג', '׳', "g", "j"), ('ג', '\'', "g", "j"), ('צ', '׳', "ts", "ch"), ('צ', '\'', "ts", "ch"),
    ('ץ', '׳', "ts", "ch"), ('ז', '׳', "z", "zh"), ('ז', '\'', "z", "zh"), ('ו', 'ו', "v", "v"),
    ('ו', 'ו', "o", "v"), ('ו', 'י', "o", "vi"), ('ו', 'י', "v", "vi"), ('י', 'י', "y", "y"),
];

/// Puts what a letter sounds like behind another where that is not its usual sound; `false` where it
/// is.
pub(super) fn push(before: char, c: char, latin: &mut String) -> bool {
    // The mark that makes the Thai letter before it silent.
    if c == '์' {
        let silent = super::alphabet::letter(before).unwrap_or("");
        if latin.ends_with(silent) {
            latin.truncate(latin.len() - silent.len());
        }
        return true;
    }
    // At the beginning of a word this is no vowel.
    if c == 'ו' && before == ' ' {
        latin.push('v');
        return true;
    }
    // At the beginning only: elsewhere these are two.
    if (before, c) == ('ν', 'τ') && latin == "n" {
        latin.replace_range(.., "d");
        return true;
    }
    let pair = PAIRS.iter().find(|(first, second, alone, _)| {
        (*first, *second) == (before, c) && latin.ends_with(alone)
    });
    let Some((_, _, alone, together)) = pair else { return false };
    latin.truncate(latin.len() - alone.len());
    latin.push_str(together);
    true
}
