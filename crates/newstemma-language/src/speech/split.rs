//! How a text is cut into words, as far as that needs no meaning of them.

use super::Splits;

/// A word in the form in which words are compared: lower case, one kind of apostrophe, Arabic
/// alifs and Russian "ё" without their marks.
///
/// ```
/// use newstemma_language::speech::fold;
/// assert_eq!(fold("L’Été"), "l'été");
/// assert_eq!(fold("أعلن"), "اعلن");
/// assert_eq!(fold("İzmir"), "izmir");
/// ```
pub fn fold(word: &str) -> String {
    word.chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            '\u{2019}' | '\u{02bc}' | '\u{2018}' => Some('\''),
            // Alif with hamza or madda; final ya; tatweel, short vowels; the dot that lower case
            // leaves behind on the Turkish capital I.
            '\u{0622}' | '\u{0623}' | '\u{0625}' => Some('\u{0627}'),
            '\u{0649}' => Some('\u{064a}'),
            '\u{0640}' | '\u{064b}'..='\u{0652}' | '\u{0307}' | '\u{ad}' => None,
            'ё' => Some('е'),
            c => Some(c),
        })
        .collect()
}

/// Whether a character belongs to a script that is written without spaces between words.
pub fn is_han_like(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{0e00}'..='\u{0e7f}' | '\u{20000}'..='\u{2ffff}')
}

/// The pieces of a text in order, as byte ranges: words, numbers, and single other characters
/// that are no white space. Elided words and enclitics are pieces of their own; where words are not
/// divided by spaces, every character is one.
pub fn pieces(text: &str, splits: &Splits) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, n)| n);
        let alone = splits.spaceless && is_han_like(c);
        let initial = start.is_some_and(|from| ends_in_initial(&text[from..at]));
        if !alone && (belongs(c, start.is_some(), next) || c == '.' && initial && is_letter(next)) {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            cut_word(text, from, at, splits, &mut out);
        }
        if !c.is_whitespace() {
            out.push((at, at + c.len_utf8()));
        }
    }
    if let Some(from) = start {
        cut_word(text, from, text.len(), splits, &mut out);
    }
    out
}

fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphabetic)
}

/// Whether a word so far is a letter, or ends in a stop and a letter: "U", "U.S".
fn ends_in_initial(word: &str) -> bool {
    let mut chars = word.chars().rev();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none_or(|c| c == '.')
}

/// Whether a character is part of a word. Apostrophes, hyphens and the stops of numbers are, with
/// word characters on both sides; marks are always.
fn belongs(c: char, inside: bool, next: Option<char>) -> bool {
    if c.is_alphanumeric() || matches!(c, '\u{0300}'..='\u{036f}' | '\u{ad}' | '_') {
        return true;
    }
    // Signs of Arabic, Hebrew and Indic scripts that stand inside words.
    if matches!(c, '\u{064b}'..='\u{0652}' | '\u{200c}' | '\u{200d}' | '\u{093c}'..='\u{094d}') {
        return true;
    }
    let joins = match c {
        '\'' | '\u{2019}' | '\u{02bc}' | '-' | '\u{2010}' | '\u{2011}' | '&' => {
            next.is_some_and(char::is_alphanumeric)
        }
        '.' | ',' | ':' => next.is_some_and(|n| n.is_ascii_digit()),
        _ => false,
    };
    inside && joins
}

/// Whether what follows an apostrophe is a word of its own: the possessive ("Smith's" names Smith) or
/// one that the language lists ("they've").
fn is_tail(text: &str, splits: &Splits) -> bool {
    let text = fold(text);
    text == "s" || splits.tails.contains(&text)
}

fn cut_word(text: &str, from: usize, to: usize, splits: &Splits, out: &mut Vec<(usize, usize)>) {
    let mut from = from;
    // "20,000" keeps its comma; "said,5" is no word and not worth a rule.
    let apostrophe = |w: &str| w.find(['\'', '\u{2019}', '\u{02bc}']);
    while let Some(at) = apostrophe(&text[from..to]) {
        let after = from + at + text[from + at..].chars().next().map_or(1, char::len_utf8);
        let before = fold(&text[from..from + at]);
        if splits.elisions.contains(&before) {
            out.push((from, after));
            from = after;
        } else if splits.elisions.is_empty() && is_tail(&text[after..to], splits) {
            out.push((from, from + at));
            from += at;
            break;
        } else {
            break;
        }
    }
    let mut ends = Vec::new();
    let mut end = to;
    while let Some(hyphen) = text[from..end].rfind(['-', '\u{2010}', '\u{2011}']) {
        let at = from + hyphen;
        let after = at + text[at..].chars().next().map_or(1, char::len_utf8);
        if at == from || !splits.enclitics.contains(&fold(&text[after..end])) {
            break;
        }
        ends.push((after, end));
        end = at;
    }
    out.push((from, end));
    out.extend(ends.into_iter().rev());
}

#[cfg(test)]
mod tests {
    use super::{Splits, pieces};

    fn check(splits: &Splits, text: &str, expected: &[&str]) {
        let found: Vec<&str> = pieces(text, splits).iter().map(|&(s, e)| &text[s..e]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words_elisions_enclitics_and_numbers_are_pieces() {
        let words = |w: &str| w.split(' ').map(str::to_owned).collect();
        let french = Splits {
            elisions: words("l d qu"),
            enclitics: words("il t elle"),
            ..Splits::default()
        };
        check(&french, "L’armée, dit-il.", &["L’", "armée", ",", "dit", "il", "."]);
        check(&french, "aujourd'hui a-t-elle", &["aujourd'hui", "a", "t", "elle"]);
        check(&Splits::default(), "Ann's 20,000", &["Ann", "'s", "20,000"]);
        let english = Splits { tails: words("ve ll"), ..Splits::default() };
        check(
            &english,
            "We've a captain's hat, don't we?",
            &["We", "'ve", "a", "captain", "'s", "hat", ",", "don't", "we", "?"],
        );
        check(
            &Splits::default(),
            "the U.S. at 5 p.m. end.So",
            &["the", "U.S", ".", "at", "5", "p.m", ".", "end", ".", "So"],
        );
        let spaceless = Splits { spaceless: true, ..Splits::default() };
        check(&spaceless, "他说：AFP", &["他", "说", "：", "AFP"]);
    }
}
