//! Names of other scripts in Latin letters, and what is left of a name in any spelling.
//!
//! The press spells foreign names by ear, each language in its own way: Нарышкин is Naryshkin,
//! Narychkine, Naryschkin, Naryszkin. So names are compared by a *skeleton*: romanised, without
//! vowels and accents, and with one letter for sounds that spellings or scripts mix (b/p/v/w/f, s/z
//! and all sibilants, l/r, m/n/ng). A skeleton says little, so it joins names only together with
//! another word of the name, or a kind. Cost linear in the letters.
//!
//! Letters are romanised one by one (`alphabet`, `indic`, `syllable`), but for a few that sound
//! otherwise beside others (`context`). `tests/suite/names.rs` measures how many of 200 names in twelve
//! scripts find themselves again.

mod alphabet;
mod context;
mod indic;
mod syllable;

use unicode_normalization::UnicodeNormalization;

/// The letters of a word in Latin, lower case, without accents. Signs whose sound is not known stay
/// as they are.
pub(crate) fn romanise(word: &str) -> String {
    let mut latin = String::with_capacity(word.len());
    let mut before = ' ';
    for c in word.chars() {
        // Greek accents are told apart from their letters; other scripts have letters of their own.
        let greek = matches!(c as u32, 0x370..=0x3FF | 0x1F00..=0x1FFF);
        let lower = c.to_lowercase().next().unwrap_or(c);
        let lower = if greek { lower.nfd().next().unwrap_or(lower) } else { lower };
        let done = context::push(before, lower, &mut latin)
            || indic::push(lower, &mut latin)
            || syllable::push(lower, &mut latin);
        if !done {
            match alphabet::letter(lower) {
                Some(text) => latin.push_str(text),
                None => push_plain(lower, &mut latin),
            }
        }
        before = lower;
    }
    latin
}

/// The skeleton of a word in any spelling.
pub(crate) fn skeleton(word: &str) -> String {
    // Longest first; the sounds that languages spell with several letters.
    const SOUNDS: [(&str, char); 35] = [
        ("shch", 's'),
        ("tsch", 's'),
        ("dsch", 's'),
        ("dzh", 's'),
        ("sch", 's'),
        ("tch", 's'),
        ("dch", 's'),
        ("ckx", 'k'),
        ("zh", 's'),
        ("sh", 's'),
        ("ch", 's'),
        ("cz", 's'),
        ("sz", 's'),
        ("rz", 's'),
        ("dj", 's'),
        ("ts", 's'),
        ("tz", 's'),
        ("kh", 'k'),
        ("gh", 'g'),
        ("ph", 'b'),
        ("th", 't'),
        ("ck", 'k'),
        ("ng", 'n'),
        ("qu", 'k'),
        ("ce", 's'),
        ("ci", 's'),
        ("gu", 'g'),
        ("x", 'x'),
        ("c", 'k'),
        ("q", 'k'),
        ("j", 's'),
        ("z", 's'),
        ("w", 'b'),
        ("v", 'b'),
        ("f", 'b'),
    ];
    let latin = family_stem(romanise(word));
    let mut bones = String::new();
    let mut rest = latin.as_str();
    while let Some(c) = rest.chars().next() {
        let (bone, length) = SOUNDS
            .iter()
            .find(|(text, _)| rest.starts_with(text))
            .map_or((c, c.len_utf8()), |(text, bone)| (*bone, text.len()));
        let bone = match bone {
            'p' => 'b',
            'm' => 'n',
            'l' => 'r',
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | '\'' | '`' => ' ',
            other => other,
        };
        if bone == 'x' {
            bones.push_str("ks");
        } else if bone != ' ' && !bones.ends_with(bone) {
            bones.push(bone);
        }
        rest = &rest[length..];
    }
    if bones.is_empty() { latin } else { bones }
}

/// Slavic family names in -sky decline and are spelt in many ways behind the k.
fn family_stem(latin: String) -> String {
    match latin.rfind("sk") {
        Some(at) if at >= 3 && latin.len() - at <= 6 => {
            let after = latin[at + 2..].chars().next();
            let vowel = after.is_none_or(|c| "aeiouyj'".contains(c));
            if vowel { latin[..at + 2].to_owned() } else { latin }
        }
        _ => latin,
    }
}

/// A Latin letter without its accents; anything else as it is.
fn push_plain(c: char, latin: &mut String) {
    for part in c.nfd().filter(|c| !matches!(*c as u32, 0x300..=0x36F)) {
        latin.extend(part.to_lowercase());
    }
}

#[cfg(test)]
mod tests;
