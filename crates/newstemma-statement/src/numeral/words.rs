//! Numbers in words, apart ("two hundred") or written as one ("zweihundert").

use super::stack::{Joined, Stack};
use super::{Form, Numeral};
use crate::lexicon::{Lexicon, List};
use crate::token::{Tokens, fold};

/// Terms in words, each a token or more.
pub(super) fn from_words(lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Numeral> {
    let mut stack = Stack::default();
    let mut end = at;
    let mut sound = None;
    let mut terms = 0usize;
    let mut multiplied = false;
    let mut single = true;
    while end - at < 24 {
        let (from, joined) = after_joiner(lexicon, tokens, end, stack.is_empty());
        // "m" and "bn" multiply digits only.
        let letters = tokens.str(from);
        if letters.len() <= 2 && letters.is_ascii() {
            break;
        }
        let next = match term(lexicon, tokens, from) {
            Some((used, value, true)) => {
                multiplied = true;
                stack.multiply(value).then_some(used)
            }
            Some((used, value, false))
                if lexicon.number().mixed
                    && terms > 0
                    && !multiplied
                    && value < 10.0
                    && single
                    && stack.is_digit_run() =>
            {
                stack.push_digit(value);
                Some(used)
            }
            Some((used, value, false)) => {
                // "스물세" is 23: only single digits stand for one digit each.
                single &= value < 10.0;
                stack.add(value, joined).then_some(used)
            }
            None => None,
        };
        let Some(used) = next else { break };
        terms += 1;
        end = from + used;
        if stack.is_falling() {
            sound = Some((end, stack.sum()));
        }
    }
    let (end, value) = sound?;
    Some(Numeral { end, value, form: Form::Words, digits: 0 })
}

/// A number written as one word: "zweihundertfünfzig".
pub(super) fn compound(lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Numeral> {
    if !tokens.get(at)?.compound {
        return None;
    }
    let folded = fold(tokens.str(at));
    let value = compound_value(lexicon, &folded)?;
    let mut stack = Stack::new(value);
    let mut end = at + 1;
    while let Some(hit) = lexicon.find(List::Multiplier, tokens, end) {
        if !stack.multiply(hit.value) {
            break;
        }
        end += hit.length;
    }
    Some(Numeral { end, value: stack.sum(), form: Form::Words, digits: 0 })
}

/// Where the next term may begin: behind a joiner or a hyphen, or here.
fn after_joiner(lexicon: &Lexicon, tokens: &Tokens, at: usize, first: bool) -> (usize, Joined) {
    if first {
        return (at, Joined::No);
    }
    if tokens.str(at) == "-" && tokens.is_glued(at) && tokens.is_glued(at + 1) {
        if let Some(hit) = lexicon.find(List::Joiner, tokens, at + 1) {
            let hyphen = usize::from(tokens.str(at + 1 + hit.length) == "-");
            return (at + 1 + hit.length + hyphen, Joined::Yes);
        }
        return (at + 1, Joined::No);
    }
    match lexicon.find(List::Joiner, tokens, at) {
        Some(hit) => (at + hit.length, Joined::Yes),
        None if !lexicon.prefixes.is_empty() => (at, Joined::Yes),
        None => (at, Joined::No),
    }
}

/// A term in words: tokens used, value, whether it multiplies.
fn term(lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<(usize, f64, bool)> {
    let adds = lexicon.find(List::Cardinal, tokens, at).map(|h| (h.length, h.value, false));
    let multiplies = lexicon.find(List::Multiplier, tokens, at).map(|h| (h.length, h.value, true));
    match (adds, multiplies) {
        (Some(a), Some(m)) => Some(if a.0 > m.0 { a } else { m }),
        (a, m) => a.or(m),
    }
}

/// Cuts a word into number words and links, the longest first, without going back: no number
/// word of the languages that compound begins with another one that misleads this way.
fn compound_value(lexicon: &Lexicon, word: &str) -> Option<f64> {
    let mut stack = Stack::default();
    let mut rest = word;
    let mut terms = 0;
    while !rest.is_empty() {
        let (part, joined) = match lexicon.links.iter().find_map(|l| rest.strip_prefix(&**l)) {
            Some(after) if terms > 0 && lexicon.begins_with_part(after) => (after, Joined::Yes),
            _ => (rest, Joined::No),
        };
        let (text, value, multiplies) =
            lexicon.parts.iter().find(|(text, _, _)| part.starts_with(&**text))?;
        let fits = if *multiplies { stack.multiply(*value) } else { stack.add(*value, joined) };
        if !fits {
            return None;
        }
        terms += 1;
        rest = &part[text.len()..];
    }
    (terms >= 2 && stack.is_falling()).then(|| stack.sum())
}

#[cfg(test)]
mod tests {
    use crate::numeral::tests::check;

    #[test]
    fn words_add_and_multiply() {
        check("en", "two hundred and five thousand", 205_000.0, "");
        check("en", "twenty-one sheep", 21.0, "sheep");
        check("en", "five ten", 5.0, "ten");
        check("fr", "quatre-vingt-douze moutons", 92.0, "moutons");
        check("fr", "soixante et onze", 71.0, "");
        check("fr", "deux cent mille", 200_000.0, "");
        check("de", "zweihundertfünfunddreißig Schafe", 235.0, "Schafe");
        check("de", "fünfzig Schafe", 50.0, "Schafe");
        check("es", "treinta y dos ovejas", 32.0, "ovejas");
        check("it", "ventidue pecore", 22.0, "pecore");
        check("nl", "vijfentwintig schapen", 25.0, "schapen");
        check("ru", "сто двадцать пять овец", 125.0, "овец");
        check("uk", "двадцять п'ять овець", 25.0, "овець");
        check("ar", "خمسة وعشرون شخصا", 25.0, "شخصا");
        check("tr", "yüz yirmi beş koyun", 125.0, "koyun");
        check("zh", "三百二十五人", 325.0, "人");
        check("zh", "二〇二四", 2024.0, "");
        check("ja", "二十五人", 25.0, "人");
    }

    #[test]
    fn digits_take_the_words_for_thousands_and_more_of_every_language() {
        check("sv", "12 miljoner kronor", 12e6, "kronor");
        check("cs", "12,5 milionu korun", 12.5e6, "korun");
        check("ro", "20 de milioane de lei", 20e6, "de lei");
        check("id", "3 juta rupiah", 3e6, "rupiah");
        check("hi", "5 लाख रुपये", 500_000.0, "रुपये");
        check("sr", "7 хиљада људи", 7000.0, "људи");
        check("vi", "4 triệu người", 4e6, "người");
    }
}
