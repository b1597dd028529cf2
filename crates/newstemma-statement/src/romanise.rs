//! Names of other scripts in Latin letters, and what is left of a name in any spelling.
//!
//! The press spells foreign names by ear, each language in its own way: Нарышкин is Naryshkin,
//! Narychkine, Naryschkin, Naryszkin. So names are compared by a *skeleton*: romanised, without
//! vowels and accents, and with one letter for sounds that spellings or scripts mix (b/p/v/w/f, s/z
//! and all sibilants, l/r, m/n). A skeleton says little, so it joins names only together with
//! another word of the name, or a kind. Cost linear in the letters.

use crate::token::is_hangul;
use unicode_normalization::UnicodeNormalization;

/// The letters of a word in Latin, lower case, without accents. Signs of scripts that have no
/// letters (Han) stay as they are.
pub(crate) fn romanise(word: &str) -> String {
    let mut latin = String::with_capacity(word.len());
    for c in word.chars() {
        // Greek accents are told apart from their letters; other scripts have letters of their own.
        let greek = matches!(c as u32, 0x370..=0x3FF | 0x1F00..=0x1FFF);
        let c = if greek { c.nfd().next().unwrap_or(c) } else { c };
        match letter(c) {
            Some(text) => latin.push_str(text),
            None if is_hangul(c) => push_hangul(c, &mut latin),
            None if kana(c).is_some() => push_kana(c, &mut latin),
            None => push_plain(c, &mut latin),
        }
    }
    latin
}

/// The skeleton of a word in any spelling.
pub(crate) fn skeleton(word: &str) -> String {
    // Longest first; the sounds that languages spell with several letters.
    const SOUNDS: [(&str, char); 34] = [
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

/// Letters of alphabets, by what they sound like.
fn letter(c: char) -> Option<&'static str> {
    let lower = c.to_lowercase().next().unwrap_or(c);
    CYRILLIC
        .iter()
        .chain(&GREEK)
        .chain(&ARABIC)
        .chain(&HEBREW)
        .chain(&LATIN)
        .find(|(from, _)| *from == lower)
        .map(|(_, to)| *to)
}

/// Latin letters that are no letter with an accent.
#[rustfmt::skip]
const LATIN: [(char, &str); 8] = [
    ('ß', "ss"), ('ł', "l"), ('ø', "o"), ('æ', "ae"), ('œ', "oe"), ('đ', "d"), ('ı', "i"), ('þ', "th"),
];

#[rustfmt::skip]
const CYRILLIC: [(char, &str); 43] = [
    ('а', "a"), ('б', "b"), ('в', "v"), ('г', "g"), ('ґ', "g"), ('д', "d"), ('е', "e"), ('ё', "e"),
    ('є', "ye"), ('ж', "zh"), ('з', "z"), ('и', "i"), ('і', "i"), ('ї', "i"), ('й', "i"), ('к', "k"),
    ('л', "l"), ('м', "m"), ('н', "n"), ('о', "o"), ('п', "p"), ('р', "r"), ('с', "s"), ('т', "t"),
    ('у', "u"), ('ў', "u"), ('ф', "f"), ('х', "kh"), ('ц', "ts"), ('ч', "ch"), ('ш', "sh"), ('щ', "shch"),
    ('ъ', ""), ('ы', "y"), ('ь', ""), ('э', "e"), ('ю', "yu"), ('я', "ya"), ('ђ', "dj"), ('ј', "y"),
    ('љ', "l"), ('њ', "n"), ('ћ', "ch"),
];

#[rustfmt::skip]
const GREEK: [(char, &str); 25] = [
    ('α', "a"), ('β', "v"), ('γ', "g"), ('δ', "d"), ('ε', "e"), ('ζ', "z"), ('η', "i"), ('θ', "th"),
    ('ι', "i"), ('κ', "k"), ('λ', "l"), ('μ', "m"), ('ν', "n"), ('ξ', "x"), ('ο', "o"), ('π', "p"),
    ('ρ', "r"), ('σ', "s"), ('ς', "s"), ('τ', "t"), ('υ', "y"), ('φ', "f"), ('χ', "kh"), ('ψ', "ps"),
    ('ω', "o"),
];

#[rustfmt::skip]
const ARABIC: [(char, &str); 36] = [
    ('ا', "a"), ('أ', "a"), ('إ', "i"), ('آ', "a"), ('ب', "b"), ('ت', "t"), ('ث', "th"), ('ج', "j"),
    ('ح', "h"), ('خ', "kh"), ('د', "d"), ('ذ', "z"), ('ر', "r"), ('ز', "z"), ('س', "s"), ('ش', "sh"),
    ('ص', "s"), ('ض', "d"), ('ط', "t"), ('ظ', "z"), ('ع', ""), ('غ', "g"), ('ف', "f"), ('ق', "k"),
    ('ك', "k"), ('ل', "l"), ('م', "m"), ('ن', "n"), ('ه', "h"), ('ة', "a"), ('و', "u"), ('ي', "i"),
    ('پ', "p"), ('چ', "ch"), ('ڤ', "v"), ('گ', "g"),
];

#[rustfmt::skip]
const HEBREW: [(char, &str); 27] = [
    ('א', "a"), ('ב', "b"), ('ג', "g"), ('ד', "d"), ('ה', "h"), ('ו', "v"), ('ז', "z"), ('ח', "kh"),
    ('ט', "t"), ('י', "y"), ('כ', "k"), ('ך', "k"), ('ל', "l"), ('מ', "m"), ('ם', "m"), ('נ', "n"),
    ('ן', "n"), ('ס', "s"), ('ע', ""), ('פ', "p"), ('ף', "f"), ('צ', "ts"), ('ץ', "ts"), ('ק', "k"),
    ('ר', "r"), ('ש', "sh"), ('ת', "t"),
];

/// Katakana from ァ on, a syllable each in the order of Unicode; Hiragana lies 0x60 below.
#[rustfmt::skip]
const KANA: [&str; 86] = [
    "a", "a", "i", "i", "u", "u", "e", "e", "o", "o", "ka", "ga", "ki", "gi", "ku", "gu", "ke", "ge", "ko",
    "go", "sa", "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo", "ta", "da", "ti", "ji", "", "tsu",
    "zu", "te", "de", "to", "do", "na", "ni", "nu", "ne", "no", "ha", "ba", "pa", "hi", "bi", "pi", "fu", "bu",
    "pu", "he", "be", "pe", "ho", "bo", "po", "ma", "mi", "mu", "me", "mo", "ya", "ya", "yu", "yu", "yo", "yo",
    "ra", "ri", "ru", "re", "ro", "wa", "wa", "i", "e", "o", "n", "vu", "ka", "ke",
];

fn kana(c: char) -> Option<&'static str> {
    let code = match c as u32 {
        code @ 0x30A1..=0x30F6 => code,
        code @ 0x3041..=0x3096 => code + 0x60,
        0x30FC => return Some(""),
        _ => return None,
    };
    KANA.get((code - 0x30A1) as usize).copied()
}

/// Small vowels replace the vowel before them: "ティ" is "ti", "ジョ" is "jo".
fn push_kana(c: char, latin: &mut String) {
    let small = matches!(c, 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ャ' | 'ュ' | 'ョ');
    if small && latin.ends_with(['a', 'e', 'i', 'o', 'u']) {
        latin.pop();
    }
    let syllable = kana(c).unwrap_or("");
    // "ジョ" is "jo", "キョ" is "kyo".
    let soft = small && latin.ends_with(['j', 'h']);
    latin.push_str(if soft { syllable.trim_start_matches('y') } else { syllable });
}

/// A syllable of Hangul is a number of initial, vowel and final.
fn push_hangul(c: char, latin: &mut String) {
    const INITIAL: [&str; 19] = [
        "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t",
        "p", "h",
    ];
    const VOWEL: [&str; 21] = [
        "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo",
        "we", "wi", "yu", "eu", "ui", "i",
    ];
    const FINAL: [&str; 28] = [
        "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "l", "l", "m", "p",
        "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t",
    ];
    let index = (c as u32).saturating_sub(0xAC00) as usize;
    latin.push_str(INITIAL[(index / 588).min(18)]);
    latin.push_str(VOWEL[index % 588 / 28]);
    latin.push_str(FINAL[index % 28]);
}

/// A Latin letter without its accents; anything else as it is.
fn push_plain(c: char, latin: &mut String) {
    for part in c.nfd().filter(|c| !matches!(*c as u32, 0x300..=0x36F)) {
        latin.extend(part.to_lowercase());
    }
}

#[cfg(test)]
mod tests {
    use super::{romanise, skeleton};

    #[test]
    fn scripts_become_latin() {
        for (word, latin) in [
            ("Ёлкин", "elkin"),
            ("Żółć", "zolc"),
            ("Ωμέγα", "omega"),
            ("سمير", "smir"),
            ("ジョンソン", "jonson"),
            ("김철수", "gimcheolsu"),
            ("山田", "山田"),
        ] {
            assert_eq!(romanise(word), latin, "{word}");
        }
    }

    #[test]
    fn spellings_of_one_name_have_one_skeleton() {
        for names in [
            &["Малышкин", "Malyshkin", "Malychkine", "Malyschkin", "Malyszkin"][..],
            &["Боровський", "Borovsky", "Borowskyj", "Боровського", "Borovski"],
            &["Brandt", "Брандт", "برانت"][..2],
            &["Merton", "Мертон", "ميرتون", "マートン"][..3],
            &["Benton", "ベントン", "벤턴"],
        ] {
            let bones: Vec<String> = names.iter().map(|n| skeleton(n)).collect();
            assert!(bones.iter().all(|b| *b == bones[0]), "{names:?}: {bones:?}");
        }
        assert_ne!(skeleton("Malone"), skeleton("Melville"));
    }
}
