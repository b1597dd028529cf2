//! Quotation marks paired into quotations, in any language and over broken marks.
//!
//! One pass over a paragraph with at most one open quotation and one nested in it. What a mark
//! does follows from the pairs of the language, then from where it stands: before a word it opens,
//! behind one it closes, whatever its shape; so a quotation opened by “ and closed by " or by
//! another “ is still one. A mark behind a digit is an inch, one inside a word an apostrophe. A
//! quotation that runs over paragraphs and re-opens at each is one quotation a paragraph, linked.

use newstemma_language::speech::{SpeechRules, is_han_like};
use newstemma_model::Span;

/// A quotation without a closing mark ends here at the latest.
const LENGTH_MAX_BYTES: usize = 6_000;

/// Pairs that are understood in every language, after the language's own.
const COMMON: &[(char, char)] = &[
    ('“', '”'),
    ('«', '»'),
    ('„', '“'),
    ('„', '”'),
    ('"', '"'),
    ('「', '」'),
    ('『', '』'),
    ('＂', '＂'),
    ('〝', '〟'),
];

/// A stretch of text in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quotation {
    /// With its marks.
    pub(crate) span: Span,
    /// How many words it has.
    pub(crate) words: usize,
    /// Whether it goes on in the next quotation, which re-opens it in the next paragraph.
    pub(crate) goes_on: bool,
}

impl Quotation {
    /// Whether it only marks a word or two, and so is no speech by itself.
    pub(crate) fn is_scare(&self) -> bool {
        self.words <= 2
    }
}

/// The quotations of some paragraphs, in order.
pub(crate) fn quotations(text: &str, paragraphs: &[(Span, &SpeechRules)]) -> Vec<Quotation> {
    let mut out = Vec::new();
    for (i, (span, rules)) in paragraphs.iter().enumerate() {
        let reopens = |open: char| {
            let next = paragraphs.get(i + 1).map(|(next, _)| next.of(text).trim_start());
            next.is_some_and(|next| next.starts_with(open))
        };
        scan(text, *span, rules, reopens, &mut out);
    }
    out
}

/// A quotation that has begun.
struct Open {
    at: usize,
    mark: char,
    /// A mark nested in it that waits for its own end.
    nested: Option<char>,
}

fn scan(
    text: &str,
    paragraph: Span,
    rules: &SpeechRules,
    reopens: impl Fn(char) -> bool,
    out: &mut Vec<Quotation>,
) {
    let inside = paragraph.of(text);
    let mut open: Option<Open> = None;
    let mut before: Option<char> = None;
    let mut chars = inside.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut after = chars.peek().map(|&(_, n)| n);
        let mut mark = c;
        let mut width = c.len_utf8();
        if c == '\'' && after == Some('\'') {
            // Two apostrophes are typewriters' quotation marks.
            chars.next();
            after = chars.peek().map(|&(_, n)| n);
            mark = '"';
            width += 1;
        }
        let place = Place { before, after };
        before = Some(c);
        if !is_mark(mark, rules) {
            continue;
        }
        if let Some(o) = open.as_mut() {
            if at - o.at > LENGTH_MAX_BYTES {
                open = None;
            } else if closes(o, mark, place, rules) {
                let span = Span::new(o.at, at + width).shifted(paragraph.start());
                out.push(quotation(text, span, false));
                open = None;
                continue;
            } else {
                continue;
            }
        }
        if opens(mark, place, rules) {
            open = Some(Open { at, mark, nested: None });
        }
    }
    let Some(o) = open else { return };
    let goes_on = reopens(o.mark);
    let introduced = inside[..o.at].trim_end();
    let speech = introduced.is_empty() || introduced.ends_with([':', ',', '：', '،']);
    if goes_on || (speech && inside.len() - o.at <= LENGTH_MAX_BYTES) {
        let span = Span::new(o.at, inside.len()).shifted(paragraph.start());
        out.push(quotation(text, span, goes_on));
    }
}

fn quotation(text: &str, span: Span, goes_on: bool) -> Quotation {
    let mut words = 0;
    let mut unspaced = 0;
    let mut inside = false;
    for c in span.of(text).chars() {
        if is_han_like(c) {
            unspaced += 1;
        }
        let letter = c.is_alphanumeric() || (inside && matches!(c, '-' | '\'' | '’'));
        words += usize::from(letter && !inside && !is_han_like(c));
        inside = letter;
    }
    // Two characters make a word in Chinese and Japanese, about.
    Quotation { span, words: words + unspaced / 2, goes_on }
}

/// The characters beside a mark.
#[derive(Clone, Copy)]
struct Place {
    before: Option<char>,
    after: Option<char>,
}

impl Place {
    /// Nothing or a space or an opening bracket goes before, and a word follows.
    fn is_opening(self) -> bool {
        let free = self.before.is_none_or(|b| {
            b.is_whitespace() || matches!(b, '(' | '[' | '—' | '–' | '-' | '/') || is_han_like(b)
        });
        free && self.after.is_some_and(|a| !a.is_whitespace() && !matches!(a, '.' | ',' | ')'))
    }

    /// A word or its stop goes before, and no word follows.
    fn is_closing(self) -> bool {
        self.before.is_some_and(|b| !b.is_whitespace())
            && self.after.is_none_or(|a| !a.is_alphanumeric())
    }

    fn before_is_digit(self) -> bool {
        self.before.is_some_and(|b| b.is_ascii_digit())
    }
}

fn pairs(rules: &SpeechRules) -> impl Iterator<Item = (char, char)> + '_ {
    rules.quotes.iter().chain(COMMON).copied()
}

fn is_mark(c: char, rules: &SpeechRules) -> bool {
    !c.is_alphanumeric() && pairs(rules).any(|(open, close)| c == open || c == close)
}

fn is_single(mark: char) -> bool {
    matches!(mark, '\'' | '‘' | '’' | '‚' | '‹' | '›')
}

fn opens(mark: char, place: Place, rules: &SpeechRules) -> bool {
    let own_opener = rules.quotes.iter().any(|&(open, close)| open == mark && close != mark);
    let own_closer = rules.quotes.iter().any(|&(_, close)| close == mark);
    let symmetric = pairs(rules).any(|(open, close)| open == mark && close == mark);
    if is_single(mark) || symmetric {
        return place.is_opening() && place.after.is_some_and(|a| a.is_alphanumeric() || a == '¿');
    }
    if own_opener && !own_closer {
        return place.after.is_some() && (place.is_opening() || !place.is_closing());
    }
    let common = !own_closer && COMMON.iter().any(|&(open, _)| open == mark);
    (own_opener || common || own_closer) && place.is_opening()
}

/// Whether a mark closes the open quotation; keeps track of one nested in it.
fn closes(open: &mut Open, mark: char, place: Place, rules: &SpeechRules) -> bool {
    if let Some(nested) = open.nested {
        if is_partner(nested, mark, rules) && (!is_single(mark) || place.is_closing()) {
            open.nested = None;
            // “Nested ‘quotation’” where both end at one place: the outer mark follows.
        }
        return false;
    }
    if is_single(open.mark) {
        return is_partner(open.mark, mark, rules) && place.is_closing();
    }
    if is_single(mark) {
        return false;
    }
    let symmetric = open.mark == mark;
    if is_partner(open.mark, mark, rules) && !symmetric {
        return true;
    }
    if symmetric && mark == '"' {
        return !place.before_is_digit() || place.is_closing();
    }
    if place.is_opening() && !place.is_closing() {
        open.nested = Some(mark);
        return false;
    }
    // A foreign mark in a closing place ends it, as in "non persistant“.
    place.is_closing() && !place.is_opening()
}

fn is_partner(open: char, mark: char, rules: &SpeechRules) -> bool {
    pairs(rules).any(|(o, c)| o == open && c == mark)
}

#[cfg(test)]
mod tests {
    use super::quotations;
    use newstemma_language::Pack;
    use newstemma_model::{Language, Span};

    /// Quotations of paragraphs divided by newlines.
    fn check(language: &str, text: &str, expected: &[&str]) {
        let rules = &Pack::of(Language::parse(language).unwrap()).speech;
        let mut at = 0;
        let mut paragraphs = Vec::new();
        for line in text.split('\n') {
            paragraphs.push((Span::new(at, at + line.len()), rules));
            at += line.len() + 1;
        }
        let found = quotations(text, &paragraphs);
        let found: Vec<&str> = found.iter().map(|q| q.span.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn marks_pair_as_the_language_does() {
        check("en", "“One two three,” she said. “Four.”", &["“One two three,”", "“Four.”"]);
        check(
            "de",
            "„Wir bleiben“, sagte er. »Auch ich«, rief sie.",
            &["„Wir bleiben“", "»Auch ich«"],
        );
        check("fr", "Il parle d'une « grande victoire » ici.", &["« grande victoire »"]);
        check("pl", "„Zostajemy” – mówi.", &["„Zostajemy”"]);
        check("ja", "知事は「橋は安全だ」と述べた。", &["「橋は安全だ」"]);
    }

    #[test]
    fn apostrophes_and_inches_open_nothing() {
        check("en", "It's the workers' 12\" pipe, isn't it?", &[]);
        check("en", "A 12\" pipe was \"quite old\" then.", &["\"quite old\""]);
        check("en", "''Typed on an old machine,'' he said.", &["''Typed on an old machine,''"]);
    }

    #[test]
    fn broken_nested_and_running_quotations_are_still_quotations() {
        check("fr", "Un port “non réparé\" reste.", &["“non réparé\""]);
        check("en", "“He said ‘never’ to us,” she told.", &["“He said ‘never’ to us,”"]);
        check("en", "“One.\n“Two,” he said.", &["“One.", "“Two,”"]);
        check("en", "A stray ” and “ here.", &[]);
    }
}
