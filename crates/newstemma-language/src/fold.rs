//! One form for all spellings of a word that readers do not tell apart.
//!
//! Compatibility normalisation (NFKC: full-width letters, ligatures, composed and decomposed
//! accents), lower case, one apostrophe, no invisible joiners, no vowel points in Hebrew and
//! Arabic, one letter for the alefs, yehs and kafs that keyboards mix. Accents of letters stay:
//! they distinguish words.

use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// What "I" is in lower case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SmallI {
    /// "i".
    Dotted,
    /// "ı", as in Turkish and Azerbaijani.
    Dotless,
}

/// Folds a word. Borrows where nothing changes, as in most words of running text.
pub(crate) fn fold(word: &str, small_i: SmallI) -> Cow<'_, str> {
    if word.is_ascii() {
        return match (word.bytes().any(|b| b.is_ascii_uppercase()), small_i) {
            (false, _) => Cow::Borrowed(word),
            (true, SmallI::Dotted) => Cow::Owned(word.to_ascii_lowercase()),
            (true, SmallI::Dotless) => Cow::Owned(word.replace('I', "ı").to_ascii_lowercase()),
        };
    }
    let settled = word.chars().all(|c| one(c, small_i) == Some(c))
        && is_nfkc_quick(word.chars()) == IsNormalized::Yes;
    if settled { Cow::Borrowed(word) } else { Cow::Owned(rewrite(word, small_i)) }
}

fn rewrite(word: &str, small_i: SmallI) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.nfkc() {
        match one(c, small_i) {
            None if c == 'ß' || c == 'ẞ' => folded.push_str("ss"),
            None => {}
            Some(same) if same != c => folded.push(same),
            Some(_) => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

/// What becomes of a character that is normalised already; `None` if it is dropped or becomes
/// more than one, itself if it stays.
fn one(c: char, small_i: SmallI) -> Option<char> {
    match c {
        'I' if small_i == SmallI::Dotless => Some('ı'),
        'İ' => Some('i'),
        'ς' => Some('σ'),
        'ß' | 'ẞ' => None,
        '\u{2019}' | '\u{2018}' | '\u{02BC}' | '\u{FF07}' | '\u{05F3}' => Some('\''),
        '\u{05F4}' => Some('"'),
        // Alef with madda, hamza above, hamza below, wasla; alef maksura and Persian yeh; keheh.
        '\u{0622}' | '\u{0623}' | '\u{0625}' | '\u{0671}' => Some('\u{0627}'),
        '\u{0649}' | '\u{06CC}' => Some('\u{064A}'),
        '\u{06A9}' => Some('\u{0643}'),
        _ if is_dropped(c) => None,
        _ if c.is_uppercase() => {
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(single), None) => Some(single),
                _ => Some(c),
            }
        }
        _ => Some(c),
    }
}

/// Vowel points and other reading aids, tatweel, joiners, soft hyphens.
fn is_dropped(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}'
            | '\u{0591}'..='\u{05BD}'
            | '\u{05BF}'..='\u{05C7}'
            | '\u{0610}'..='\u{061A}'
            | '\u{0640}'
            | '\u{064B}'..='\u{065F}'
            | '\u{0670}'
            | '\u{06D6}'..='\u{06ED}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2060}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::{SmallI, fold};
    use std::borrow::Cow;

    #[test]
    fn spellings_that_readers_do_not_tell_apart_become_one() {
        let check = |word: &str, expected: &str| {
            assert_eq!(fold(word, SmallI::Dotted), expected, "{word}");
        };
        check("HARBOUR", "harbour");
        check("Éclairs", "éclairs");
        check("E\u{301}clairs", "éclairs");
        check("ＦＥＲＲＹ", "ferry");
        check("oﬃce", "office");
        check("Straße", "strasse");
        check("STRASSE", "strasse");
        check("п’ять", "п'ять");
        check("Πύργος", "πύργοσ");
        check("مُحَمَّد", "محمد");
        check("أحمد", "احمد");
        check("کتاب", "كتاب");
        check("שָׁלוֹם", "שלום");
        check("co\u{AD}operate", "cooperate");
        check("İzmir", "izmir");
    }

    #[test]
    fn the_capital_i_follows_the_language() {
        assert_eq!(fold("IRMAK", SmallI::Dotless), "ırmak");
        assert_eq!(fold("ILIK ŞEHİR", SmallI::Dotless), "ılık şehir");
        assert_eq!(fold("IRMAK", SmallI::Dotted), "irmak");
    }

    #[test]
    fn folding_twice_changes_nothing_and_borrows() {
        for word in ["harbour", "été", "вежа", "船", "ميناء", "türkiye", "ท่าเรือ", "नदी"]
        {
            let once = fold(word, SmallI::Dotted);
            assert_eq!(once, word);
            assert!(matches!(once, Cow::Borrowed(_)), "{word}");
        }
    }
}
