//! Numbers in digits and words of any script and grouping.
//!
//! A numeral is a run of terms: digits ("10 000", "1,5"), words that add ("twenty", "five") and
//! words that multiply ("hundred", "млн", "万"). Terms are kept as a stack of falling values; a
//! multiplier takes all terms below it and puts their product in their place:
//! `two hundred thousand` → [2] → [200] → [200 000], and `3万5千` → [3] → [30 000] →
//! [30 000, 5] → [30 000, 5 000]. A term that does not fit below the last one ends the numeral, so
//! that "five two" are two numbers. Linear in the tokens of the numeral. The grammar is the same
//! for all languages; what differs (compounds, joiners, signs for decimals) is data.

use crate::lexicon::{Lexicon, List};
use crate::token::{Kind, Tokens, digit, fold};

/// How a number is written, which says what it can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// One run of digits.
    Plain,
    /// Digits in groups, with decimals or with a multiplier: surely a quantity.
    Grouped,
    /// In words.
    Words,
    /// "cinquantaine": about so many.
    Approximate,
    /// "millions": so many or more.
    Crowd,
    /// The how-manieth.
    Ordinal,
    /// A share of one: "half".
    Fraction,
}

/// A number among tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Numeral {
    /// One past its last token.
    pub end: usize,
    /// Its value.
    pub value: f64,
    /// How it is written.
    pub form: Form,
    /// Number of digits of the first run, 0 for words.
    pub digits: usize,
}

/// The number that begins at a token.
pub(crate) fn numeral(lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Numeral> {
    match tokens.kind(at)? {
        Kind::Digits => from_digits(lexicon, tokens, at),
        Kind::Mark => ordinal_after_prefix(lexicon, tokens, at),
        Kind::Word | Kind::Sign => ordinal_after_prefix(lexicon, tokens, at)
            .or_else(|| single(lexicon, tokens, at))
            .or_else(|| from_words(lexicon, tokens, at))
            .or_else(|| compound(lexicon, tokens, at)),
    }
}

/// The value of a run of digits, if it fits a number exactly.
pub(crate) fn digits_value(run: &str) -> Option<f64> {
    let mut value = 0u64;
    for c in run.chars() {
        value = value.checked_mul(10)?.checked_add(u64::from(digit(c)?))?;
    }
    (value < 1 << 53).then_some(value as f64)
}

fn from_digits(lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Numeral> {
    let written = grouped(lexicon, tokens, at)?;
    if let Some(mark) = lexicon.find(List::OrdinalMark, tokens, written.end)
        && tokens.is_glued(written.end)
        && !tokens.is_glued(written.end + mark.length)
    {
        let end = written.end + mark.length;
        return Some(Numeral { end, form: Form::Ordinal, ..written });
    }
    // "5-й", "5-та": the mark stands behind a hyphen.
    if tokens.str(written.end) == "-" && tokens.is_glued(written.end) {
        let after = written.end + 1;
        if let Some(mark) = lexicon.find(List::OrdinalMark, tokens, after)
            && tokens.is_glued(after)
            && !tokens.is_glued(after + mark.length)
        {
            return Some(Numeral { end: after + mark.length, form: Form::Ordinal, ..written });
        }
    }
    let mut stack = Stack::new(written.value);
    let mut end = written.end;
    while let Some(hit) = lexicon.find(List::Multiplier, tokens, end) {
        // One letter is a multiplier ("10k") only if it touches the digits.
        let short = tokens.str(end).len() == 1 && hit.length == 1;
        if short && !tokens.is_glued(end) || !stack.multiply(hit.value) {
            break;
        }
        end += hit.length;
        let more = match tokens.kind(end) {
            Some(Kind::Digits) if lexicon.number().mixed => grouped(lexicon, tokens, end),
            Some(Kind::Sign) if tokens.is_glued(end) => small_words(lexicon, tokens, end),
            _ => None,
        };
        let Some(next) = more.filter(|n| stack.add(n.value, Joined::No)) else { continue };
        end = next.end;
    }
    if end == written.end {
        return Some(written);
    }
    Some(Numeral { end, value: stack.sum(), form: Form::Grouped, digits: written.digits })
}

/// Digits with their groups and decimals.
fn grouped(lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Numeral> {
    let first = tokens.str(at);
    let digits = first.chars().count();
    let mut value = digits_value(first)?;
    let mut end = at + 1;
    let mut groups = 0;
    let mut sign: Option<&str> = None;
    while let Some((group, used, by)) = group_after(lexicon, tokens, end) {
        let leads = groups == 0 && (digits > 3 || first.starts_with('0'));
        if leads || sign.is_some_and(|s| s != by) {
            break;
        }
        let ambiguous = groups == 0 && by == lexicon.number().decimal && group % 1000.0 != 0.0;
        if ambiguous && group_after(lexicon, tokens, end + used).is_none() {
            break;
        }
        value = value * 1000.0 + group;
        sign = Some(by);
        groups += 1;
        end += used;
    }
    if groups == 0
        && let Some((lakhs, used)) = indian(tokens, at)
    {
        return Some(Numeral { end: at + used, value: lakhs, form: Form::Grouped, digits });
    }
    let mut form = if groups > 0 { Form::Grouped } else { Form::Plain };
    if let Some(decimals) = decimals_after(tokens, end, sign) {
        if tokens.is_glued(end + 2)
            && matches!(tokens.str(end + 2), "." | "," | "-" | "/" | ":")
            && tokens.is_glued(end + 3)
            && tokens.kind(end + 3) == Some(Kind::Digits)
        {
            return None; // A version, an address, a date: no quantity.
        }
        value += decimals;
        form = Form::Grouped;
        end += 2;
    }
    Some(Numeral { end, value, form, digits })
}

/// A group of three digits and the sign before it: value, tokens used, sign ("" for a space).
fn group_after<'t>(
    lexicon: &Lexicon,
    tokens: &Tokens<'t>,
    at: usize,
) -> Option<(f64, usize, &'t str)> {
    let three = |index: usize| {
        let run = tokens.str(index);
        let fits = tokens.kind(index) == Some(Kind::Digits) && run.chars().count() == 3;
        fits.then(|| digits_value(run)).flatten()
    };
    if tokens.kind(at) == Some(Kind::Digits) {
        let plain = lexicon.number().space_groups || tokens.str(at) == "000";
        let gap = tokens.gap(at);
        let parts = matches!(gap, "\u{a0}" | "\u{202f}" | "\u{2009}") || (gap == " " && plain);
        let free = !tokens.is_glued(at + 1) || tokens.kind(at + 1) == Some(Kind::Mark);
        return three(at).filter(|_| parts && free).map(|v| (v, 1, ""));
    }
    let sign = tokens.str(at);
    if !matches!(sign, "," | "." | "'" | "’" | "٬" | "，") {
        return None;
    }
    let glued = tokens.is_glued(at) && tokens.is_glued(at + 1);
    three(at + 1).filter(|_| glued).map(|v| (v, 2, sign))
}

/// Lakhs and crores: "1,50,000".
fn indian(tokens: &Tokens, at: usize) -> Option<(f64, usize)> {
    let mut value = digits_value(tokens.str(at)).filter(|v| *v < 100.0)?;
    let mut used = 1;
    while tokens.str(at + used) == ","
        && tokens.is_glued(at + used)
        && tokens.is_glued(at + used + 1)
    {
        let run = tokens.str(at + used + 1);
        let group = digits_value(run)?;
        match run.chars().count() {
            2 => value = value * 100.0 + group,
            3 if used > 1 => return Some((value * 1000.0 + group, used + 2)),
            _ => return None,
        }
        used += 2;
    }
    None
}

fn decimals_after(tokens: &Tokens, at: usize, group_sign: Option<&str>) -> Option<f64> {
    let sign = tokens.str(at);
    let run = tokens.str(at + 1);
    let glued = tokens.is_glued(at) && tokens.is_glued(at + 1);
    if !glued || !matches!(sign, "." | "," | "٫") || group_sign == Some(sign) {
        return None;
    }
    if tokens.kind(at + 1) != Some(Kind::Digits) {
        return None;
    }
    let digits = run.chars().count() as i32;
    Some(digits_value(run)? / 10f64.powi(digits))
}

/// A number that one word or phrase says by itself.
fn single(lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Numeral> {
    [
        (List::Approximate, Form::Approximate),
        (List::Crowd, Form::Crowd),
        (List::Fraction, Form::Fraction),
        (List::Ordinal, Form::Ordinal),
    ]
    .into_iter()
    .filter_map(|(list, form)| {
        let hit = lexicon.find(list, tokens, at)?;
        let end = at + hit.length;
        Some(Numeral { end, value: hit.value, form, digits: 0 })
    })
    .max_by_key(|n| n.end)
    .map(|n| crowd_of(lexicon, tokens, n))
    // "fünfzig" begins with "fünf", "einhundert" with "ein": the longer reading is the right one.
    .filter(|n| from_words(lexicon, tokens, at).is_none_or(|w| w.end <= n.end))
}

/// "tens of thousands", "десятки тысяч": the one crowd times the other.
fn crowd_of(lexicon: &Lexicon, tokens: &Tokens, first: Numeral) -> Numeral {
    if !matches!(first.form, Form::Crowd | Form::Approximate) {
        return first;
    }
    let link = lexicon.find(List::OfLink, tokens, first.end).map_or(0, |h| h.length);
    let second = first.end + link;
    let hit = lexicon
        .find(List::Crowd, tokens, second)
        .or_else(|| lexicon.find(List::Multiplier, tokens, second));
    match hit {
        Some(hit) if hit.value >= 100.0 => {
            Numeral { end: second + hit.length, value: first.value * hit.value, ..first }
        }
        _ => first,
    }
}

/// 第 and the like.
fn ordinal_after_prefix(lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Numeral> {
    let prefix = lexicon.find(List::OrdinalPrefix, tokens, at)?;
    let from = at + prefix.length;
    let number = match tokens.kind(from)? {
        Kind::Digits => grouped(lexicon, tokens, from),
        _ => from_words(lexicon, tokens, from),
    }?;
    Some(Numeral { form: Form::Ordinal, ..number })
}

fn from_words(lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Numeral> {
    let found = small_words(lexicon, tokens, at)?;
    // A multiplier after a fraction or an article: "half a million" is data, "a million" is this.
    Some(found)
}

/// Terms in words.
fn small_words(lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Numeral> {
    let mut stack = Stack::default();
    let mut end = at;
    let mut sound = None;
    let mut terms = 0usize;
    let mut multiplied = false;
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
                    && stack.is_digit_run() =>
            {
                stack.push_digit(value);
                Some(used)
            }
            Some((used, value, false)) => stack.add(value, joined).then_some(used),
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

/// A number written as one word: "zweihundertfünfzig".
fn compound(lexicon: &Lexicon, tokens: &Tokens, at: usize) -> Option<Numeral> {
    let word = tokens.str(at);
    if lexicon.parts.is_empty() || word.len() < 6 || word.len() > 80 {
        return None;
    }
    let folded = fold(word);
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

/// Cuts a word into number words and links, the longest first, without going back: no number
/// word of the languages that compound begins with another one that misleads this way.
fn compound_value(lexicon: &Lexicon, word: &str) -> Option<f64> {
    let mut stack = Stack::default();
    let mut rest = word;
    let mut terms = 0;
    while !rest.is_empty() {
        let (part, joined) = match lexicon.links.iter().find_map(|l| rest.strip_prefix(&**l)) {
            Some(after) if terms > 0 && starts_with_part(lexicon, after) => (after, Joined::Yes),
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

fn starts_with_part(lexicon: &Lexicon, rest: &str) -> bool {
    lexicon.parts.iter().any(|(text, _, _)| rest.starts_with(&**text))
}

/// Whether a joiner stands before a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joined {
    Yes,
    No,
}

/// Terms of falling value.
#[derive(Debug, Default)]
struct Stack(Vec<f64>);

impl Stack {
    fn new(value: f64) -> Stack {
        Stack(vec![value])
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn sum(&self) -> f64 {
        self.0.iter().sum()
    }

    /// Puts a term below the last one; `false` if it has no room there.
    fn add(&mut self, value: f64, joined: Joined) -> bool {
        let fits = match self.0.last() {
            None => true,
            Some(&last) => {
                value < room(last)
                    // soixante-douze, quatre-vingt-douze
                    || (10.0..20.0).contains(&value) && matches!(last % 100.0, 60.0 | 80.0)
                    // fünfundzwanzig
                    || joined == Joined::Yes && last < 10.0 && (20.0..100.0).contains(&value) && value % 10.0 == 0.0
            }
        };
        if fits {
            self.0.push(value);
        }
        fits
    }

    /// Multiplies the terms below `by`; `false` if none of this makes a number.
    fn multiply(&mut self, by: f64) -> bool {
        let mut below = 0.0;
        while self.0.last().is_some_and(|&last| last < by) {
            below += self.0.pop().unwrap_or(0.0);
        }
        let product = if below == 0.0 { by } else { below * by };
        let fits = self.0.last().is_none_or(|&last| product < room(last).max(last));
        self.0.push(product);
        fits
    }

    /// Whether every term fits below the one before, as a finished number's do.
    fn is_falling(&self) -> bool {
        self.0.windows(2).all(|w| w[1] < w[0] || w[0] < 10.0)
    }

    /// Whether there is one term made of single digits, as in 二〇二四.
    fn is_digit_run(&self) -> bool {
        self.0.len() == 1 && self.0[0] < 1e6
    }

    fn push_digit(&mut self, digit: f64) {
        if let Some(last) = self.0.last_mut() {
            *last = *last * 10.0 + digit;
        }
    }
}

/// What fits below a term: less than the greatest power of ten that divides it.
fn room(term: f64) -> f64 {
    let mut power = 1.0;
    while power < 1e15 && term % (power * 10.0) == 0.0 && term > 0.0 {
        power *= 10.0;
    }
    power
}

#[cfg(test)]
mod tests {
    use super::numeral;
    use crate::lexicon::Lexicon;
    use crate::token::Tokens;
    use newstemma_model::{Language, Span};

    /// The number at the beginning of a text, and what is left after it.
    fn check(language: &str, text: &str, value: f64, rest: &str) {
        let lexicon = Lexicon::of(Language::parse(language).unwrap_or_default());
        let tokens = Tokens::of(text, Span::new(0, text.len()), lexicon);
        let found = numeral(lexicon, &tokens, 0);
        let found = found.map(|n| (n.value, text[tokens.span(0, n.end).end()..].trim()));
        assert_eq!(found, Some((value, rest)), "{language}: {text}");
    }

    #[test]
    fn digits_of_every_script_and_grouping() {
        check("en", "10,000 sheep", 10_000.0, "sheep");
        check("en", "1.5 million sheep", 1_500_000.0, "sheep");
        check("en", "2.75", 2.75, "");
        check("en", "1,50,000 rupees", 150_000.0, "rupees");
        check("en", "3 lakh", 300_000.0, "");
        check("fr", "10 000 moutons", 10_000.0, "moutons");
        check("fr", "10\u{202f}000,5 tonnes", 10_000.5, "tonnes");
        check("de", "1.234.567 Schafe", 1_234_567.0, "Schafe");
        check("de", "12,5 Prozent", 12.5, "Prozent");
        check("ru", "5 млн овец", 5_000_000.0, "овец");
        check("ar", "٣٥٠ شخصا", 350.0, "شخصا");
        check("zh", "3万5千人", 35_000.0, "人");
        check("zh", "１２３人", 123.0, "人");
        check("ja", "1億2000万円", 120_000_000.0, "円");
        check("ko", "3만5천명", 35_000.0, "명");
        check("hi", "४५० लोग", 450.0, "लोग");
    }

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
}
