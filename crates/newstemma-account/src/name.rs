//! Names that are spelt otherwise.

use std::collections::BTreeMap;

/// Whether two words may be one name with a slip in one of them: a letter changed, dropped, put
/// in, or two neighbours exchanged. Forms that differ in accents, a genitive or the last letter
/// alone are no slips, since languages spell and inflect names in such ways.
pub(crate) fn is_slip(a: &str, b: &str) -> bool {
    let (a, b) = (letters(a), letters(b));
    if a == b || a.len().min(b.len()) < 4 || starts_lower(&a) || starts_lower(&b) {
        return false;
    }
    let stem = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let is_ending = stem + 1 >= a.len().max(b.len());
    !is_ending && distance(&a, &b) == 1
}

/// Whether two words are one but for two neighbouring letters that are exchanged, not the last two:
/// languages have "-er" and "-re".
pub(crate) fn is_exchange(a: &str, b: &str) -> bool {
    let (a, b) = (letters(a), letters(b));
    let differ: Vec<usize> =
        a.iter().zip(&b).enumerate().filter(|(_, (x, y))| x != y).map(|(i, _)| i).collect();
    let [i, j] = differ[..] else { return false };
    a.len() == b.len() && j == i + 1 && a[i] == b[j] && a[j] == b[i] && j + 1 < a.len()
}

/// The letters of a word without accents and genitive.
fn letters(word: &str) -> Vec<char> {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    word.chars().filter_map(plain).collect()
}

fn starts_lower(word: &[char]) -> bool {
    word.first().is_none_or(|c| c.is_lowercase())
}

/// A letter without its accent; `None` for marks.
fn plain(letter: char) -> Option<char> {
    let at = ACCENTED.iter().find(|(_, forms)| forms.contains(letter));
    match letter {
        _ if at.is_some() => at.map(|&(base, _)| base),
        '\'' | '’' | '-' => None,
        '\u{300}'..='\u{36F}' => None,
        other => Some(other),
    }
}

/// Letters that the press writes with and without their marks.
const ACCENTED: &[(char, &str)] = &[
    ('a', "àáâãäåāăą"),
    ('c', "çćč"),
    ('d', "ďđ"),
    ('e', "èéêëēėęě"),
    ('g', "ğ"),
    ('i', "ìíîïīıį"),
    ('l', "ł"),
    ('n', "ñńň"),
    ('o', "òóôõöøōő"),
    ('r', "ř"),
    ('s', "śšş"),
    ('t', "ťţ"),
    ('u', "ùúûüūůű"),
    ('y', "ýÿ"),
    ('z', "źżž"),
    ('A', "ÀÁÂÃÄÅ"),
    ('C', "ÇĆČ"),
    ('E', "ÈÉÊË"),
    ('I', "ÌÍÎÏİ"),
    ('L', "Ł"),
    ('N', "ÑŃ"),
    ('O', "ÒÓÔÕÖØ"),
    ('S', "ŚŠŞ"),
    ('U', "ÙÚÛÜ"),
    ('Z', "ŹŻŽ"),
];

/// Edits between two words, neighbours exchanged being one (Damerau 1964), counted up to 2.
fn distance(a: &[char], b: &[char]) -> usize {
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[front..], &b[front..]);
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - back], &b[..b.len() - back]);
    match (a, b) {
        ([], []) => 0,
        ([_], []) | ([], [_]) | ([_], [_]) => 1,
        ([p, q], [r, s]) if p == s && q == r => 1,
        _ => 2,
    }
}

/// How often each capitalised or caseless word stands in a text.
pub(crate) fn word_counts(tokens: &[crate::wording::Token]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for token in tokens {
        *counts.entry(token.form.as_str()).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::{is_exchange, is_slip};

    #[test]
    fn one_letter_makes_a_slip_and_an_ending_or_accent_does_not() {
        let check = |a: &str, b: &str, expected: bool| {
            assert_eq!(is_slip(a, b), expected, "{a} {b}");
            assert_eq!(is_slip(b, a), expected, "{b} {a}");
        };
        check("Harwell", "Hawrell", true);
        check("Harwell", "Harvell", true);
        check("Harwell", "Harell", true);
        check("Гринько", "Гинько", true);
        check("Harwell", "Harwells", false);
        check("Harwell", "Harwell’s", false);
        check("Múnich", "Munich", false);
        check("Москва", "Москве", false);
        check("Harwell", "Norwell", false);
        check("harbour", "harvour", false);
        check("Ann", "Ana", false);
    }

    #[test]
    fn exchanged_letters_are_told_from_the_endings_of_languages() {
        assert!(is_exchange("Harwell", "Hawrell"));
        assert!(is_exchange("Гринько", "Гирнько"));
        assert!(!is_exchange("Alexander", "Alexandre"));
        assert!(!is_exchange("Harwell", "Harvell"));
        assert!(!is_exchange("Harwell", "Harwell"));
    }
}
