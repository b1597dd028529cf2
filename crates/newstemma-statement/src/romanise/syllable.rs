//! Signs that stand for a syllable: Kana, Hangul, Ethiopic, Han.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Puts what a sign sounds like behind the letters before it; `false` if it is no such sign.
pub(super) fn push(c: char, latin: &mut String) -> bool {
    match c {
        'ァ'..='ヶ' | 'ー' | 'ぁ'..='ゖ' => push_kana(c, latin),
        '\u{AC00}'..='\u{D7A3}' => push_hangul(c, latin),
        '\u{1200}'..='\u{1357}' => push_ethiopic(c, latin),
        '\u{4E00}'..='\u{9FFF}' => match PINYIN.get(&c) {
            Some(sound) => latin.push_str(sound),
            None => return false,
        },
        _ => return false,
    }
    true
}

/// Katakana from ァ on, a syllable each in the order of Unicode; Hiragana lies 0x60 below.
#[rustfmt::skip]
const KANA: [&str; 86] = [
    "a", "a", "i", "i", "u", "u", "e", "e", "o", "o", "ka", "ga", "ki", "gi", "ku", "gu", "ke", "ge", "ko",
    "go", "sa", "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo", "ta", "da", "chi", "ji", "", "tsu",
    "zu", "te", "de", "to", "do", "na", "ni", "nu", "ne", "no", "ha", "ba", "pa", "hi", "bi", "pi", "fu", "bu",
    "pu", "he", "be", "pe", "ho", "bo", "po", "ma", "mi", "mu", "me", "mo", "ya", "ya", "yu", "yu", "yo", "yo",
    "ra", "ri", "ru", "re", "ro", "wa", "wa", "i", "e", "o", "n", "vu", "ka", "ke",
];

/// Small vowels replace the vowel before them: "ティ" is "ti", "ジョ" is "jo".
fn push_kana(c: char, latin: &mut String) {
    let small = matches!(c, 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ャ' | 'ュ' | 'ョ');
    if small && latin.ends_with(['a', 'e', 'i', 'o', 'u']) {
        latin.pop();
    }
    let code = u32::from(c) + if c < 'ァ' { 0x60 } else { 0 };
    // What lengthens a vowel is beyond the table.
    let syllable = KANA.get((code - u32::from('ァ')) as usize).copied().unwrap_or("");
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
    let index = (u32::from(c) - 0xAC00) as usize;
    latin.push_str(INITIAL[(index / 588).min(18)]);
    latin.push_str(VOWEL[index % 588 / 28]);
    latin.push_str(FINAL[index % 28]);
}

/// Eight signs a consonant, one for each vowel.
fn push_ethiopic(c: char, latin: &mut String) {
    const CONSONANTS: [&str; 43] = [
        "h", "l", "h", "m", "s", "r", "s", "sh", "k", "kw", "k", "kw", "b", "v", "t", "ch", "h",
        "hw", "n", "n", "", "k", "kw", "kh", "kw", "w", "", "z", "zh", "y", "d", "d", "j", "g",
        "gw", "g", "t", "ch", "p", "ts", "ts", "f", "p",
    ];
    // The sixth is a consonant alone, or one with the shortest of vowels.
    const VOWELS: [&str; 8] = ["e", "u", "i", "a", "e", "", "o", "wa"];
    let index = (u32::from(c) - 0x1200) as usize;
    latin.push_str(CONSONANTS.get(index / 8).copied().unwrap_or(""));
    latin.push_str(VOWELS[index % 8]);
}

/// The sounds of frequent Han characters in Mandarin. Those of names in other languages follow
/// them, and where a Japanese or Korean name is written so, its sounds are not known here.
static PINYIN: LazyLock<BTreeMap<char, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/pinyin.txt").lines().filter(|line| !line.starts_with('#'));
    let entries = lines.filter_map(|line| line.split_once(' '));
    entries.flat_map(|(sound, signs)| signs.chars().map(move |c| (c, sound))).collect()
});
