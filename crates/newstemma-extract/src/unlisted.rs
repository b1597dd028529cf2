//! Agencies that no list knows, known by where they stand.
//!
//! Problem: most agencies of the world are in no list, and a copy whose "(XYZ)" is not understood
//! looks like a source of its own. But an acronym in brackets may be anything: a party, an
//! authority that the text abbreviates, a province. Idea: only a place that is kept for credits
//! makes an acronym an agency: the brackets of a dateline, brackets behind the last stop, a credit
//! line below the text ("avec XYZ", "XYZ/Ida Voss"), or a word for agencies beside it ("to the
//! agency XYZ"). What is an agency at one place is one wherever the report names it.
//! Cost: linear in the text to find the acronyms; the first and last few lines are read closer.

use crate::agency::{Named, joins};
use crate::part::{BRACKETS, dateline};
use crate::phrase::{Hit, Kind, Token, phrases, tokens};
use newstemma_model::Span;
use std::collections::BTreeSet;

/// Letters of an acronym; two alone are more often a province or somebody's initials.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=6;
const LETTERS_ALONE_MIN: usize = 3;

/// Lines at the beginning that may have a dateline, and at the end that may be or have a credit.
const LINES_ABOVE: usize = 6;
const LINES_BELOW: usize = 8;

/// Longest credit line, in bytes.
const CREDIT_BYTES_MAX: usize = 120;

/// Acronyms whose neighbours are looked at, and how far, in bytes.
const NEIGHBOURS_MAX: usize = 400;
const NEIGHBOUR_BYTES: usize = 60;

/// The agencies that lists know, and those that no list knows, in order. `lines` are those of the
/// text.
pub(crate) fn with_unlisted(text: &str, lines: &[Span], known: Vec<Named>) -> Vec<Named> {
    let acronyms = acronyms(text, &known);
    if acronyms.is_empty() {
        return known;
    }
    let page = Page { text, known: &known, acronyms: &acronyms };
    let mut agencies: BTreeSet<&str> = BTreeSet::new();
    let above = lines.iter().take(LINES_ABOVE);
    agencies.extend(above.flat_map(|line| page.in_dateline(*line)).map(|s| s.of(text)));
    let below = lines.iter().rev().take(LINES_BELOW.min(lines.len().saturating_sub(1)));
    agencies.extend(below.flat_map(|line| page.in_closing(*line)).map(|s| s.of(text)));
    let beside = acronyms.iter().take(NEIGHBOURS_MAX).filter(|a| page.is_called_agency(**a));
    agencies.extend(beside.map(|s| s.of(text)));
    let unlisted = acronyms.iter().filter(|a| agencies.contains(a.of(text)));
    let unlisted = unlisted.map(|a| Named { agency: None, span: *a, is_code: false });
    let mut all: Vec<Named> = unlisted.collect();
    all.extend(known);
    all.sort_by_key(|n| n.span.start());
    all
}

/// What a text is searched with.
struct Page<'a> {
    text: &'a str,
    known: &'a [Named],
    acronyms: &'a [Span],
}

impl Page<'_> {
    /// The acronyms in the brackets of a dateline: "PORT-AUREC (XYZ) – ", "【北港＝XYZ】".
    fn in_dateline(&self, line: Span) -> Vec<Span> {
        let whole = line.of(self.text);
        let opening = |(at, c): (usize, char)| Some((at, BRACKETS.iter().find(|b| b.0 == c)?));
        let Some((open, pair)) = whole.char_indices().find_map(opening) else { return Vec::new() };
        let begin = open + pair.0.len_utf8();
        let Some(close) = whole[begin..].find(pair.1).map(|at| begin + at) else {
            return Vec::new();
        };
        let end = close + pair.1.len_utf8();
        let held = Span::new(line.start() + begin, line.start() + close);
        let inside = self.within(held);
        let placed = Named { agency: None, span: held, is_code: false };
        let shaped = dateline(self.text, line, &[placed]).is_some();
        // "Ida Voss (XYZ): …" speaks; a dateline has a dash, a stop behind slashes, or brackets
        // that parted the place from the agency.
        let tail = whole[end..].trim_start_matches(['.', ':', ' ']).trim_start();
        let dash = tail.starts_with(['-', '–', '—', '―', '−', '=', '＝']);
        let slashes = whole[open..].starts_with('/') && whole[end..].starts_with('.');
        let joined = whole[begin..close].contains(['=', '＝']);
        let marked = dash || slashes || joined;
        let alone = self.are_agencies(whole[begin..close].rsplit(['=', '＝']).next().unwrap_or(""));
        let explained = inside.iter().any(|a| abbreviates(a.of(self.text), &whole[..open]));
        if shaped && marked && alone && !explained { self.strong(inside) } else { Vec::new() }
    }

    /// The acronyms in a credit that closes a line, or is one.
    fn in_closing(&self, line: Span) -> Vec<Span> {
        let whole = line.of(self.text);
        let trimmed = whole.trim_end_matches(['.', '。', ' ']);
        let pair = BRACKETS.iter().find(|b| trimmed.ends_with(b.1));
        let inner = pair.map_or(trimmed, |b| &trimmed[..trimmed.len() - b.1.len_utf8()]);
        let open = pair.and_then(|b| Some((inner.rfind(b.0)?, b.0.len_utf8())));
        let (from, is_credit) = match open {
            // Behind a stop, or alone on the line.
            Some((at, width)) => (at + width, is_stopped(&inner[..at])),
            None => (0, false),
        };
        let span = Span::new(line.start() + from, line.start() + inner.len());
        if span.range().len() > CREDIT_BYTES_MAX {
            return Vec::new();
        }
        let written = span.of(self.text);
        let fits = if is_credit {
            self.is_credit(written)
        } else {
            open.is_none() && (self.is_led_credit(written) || self.is_signed(written))
        };
        if fits { self.strong(self.within(span)) } else { Vec::new() }
    }

    /// Whether a text is nothing but acronyms, agencies and what joins them.
    fn are_agencies(&self, written: &str) -> bool {
        let parts = written.split(is_joint).map(str::trim);
        let mut parts = parts.filter(|p| !p.is_empty()).peekable();
        parts.peek().is_some() && parts.all(|p| is_acronym(p) || self.knows(p))
    }

    /// Whether a text is nothing but agencies and words of credits: "avec XYZ et AFP".
    fn is_credit(&self, written: &str) -> bool {
        let tokens = tokens(written);
        let hits = phrases(&tokens);
        let fits = |(i, token): (usize, &Token<'_>)| {
            let word = &written[token.range.clone()];
            let initials = word.chars().count() <= 3 && word.chars().all(char::is_lowercase);
            is_acronym(word) || in_credit_word(&hits, i) || self.knows(word) || initials
        };
        !tokens.is_empty() && tokens.iter().enumerate().all(fits)
    }

    /// "Source : XYZ", "Mit Material von XYZ".
    fn is_led_credit(&self, written: &str) -> bool {
        let tokens = tokens(written);
        let led = phrases(&tokens).iter().any(|h| h.first == 0 && h.kind == Kind::Credit);
        led && self.is_credit(written)
    }

    /// "XYZ/Ida Voss", "XYZ/dpa", "abc/XYZ": acronyms, agencies, names, initials between slashes.
    fn is_signed(&self, written: &str) -> bool {
        let parts: Vec<&str> = written.split(['/', '／']).map(str::trim).collect();
        let is_name = |part: &str| {
            let words: Vec<&str> = part.split_whitespace().collect();
            let named = |w: &&str| w.chars().next().is_some_and(char::is_uppercase);
            (2..=3).contains(&words.len()) && words.iter().all(named)
        };
        let initials = |p: &str| p.chars().count() <= 4 && p.chars().all(char::is_lowercase);
        let fits = |p: &&str| {
            !p.is_empty() && (is_acronym(p) || self.knows(p) || is_name(p) || initials(p))
        };
        // Two acronyms may be two countries, or a heading: somebody must have signed.
        let signed = parts.iter().any(|p| self.knows(p) || is_name(p) || initials(p));
        (2..=3).contains(&parts.len()) && parts.iter().all(fits) && signed
    }

    /// Whether a word is part of the name of a known agency.
    fn knows(&self, word: &str) -> bool {
        self.known.iter().any(|n| n.span.of(self.text) == word)
    }

    /// Whether a word for agencies stands beside: "агентству XYZ", "XYZ通讯社".
    fn is_called_agency(&self, acronym: Span) -> bool {
        let text = self.text;
        let from = text.ceil_char_boundary(acronym.start().saturating_sub(NEIGHBOUR_BYTES));
        let to = text.floor_char_boundary((acronym.end() + NEIGHBOUR_BYTES).min(text.len()));
        let (before, after) = (&text[from..acronym.start()], &text[acronym.end()..to]);
        let apart = |c: char| c.is_whitespace() || "«“\"„'’-".contains(c);
        let gap = before.len() - before.trim_end_matches(apart).len();
        let ahead = tokens(before);
        let reaches = ahead.last().is_some_and(|t| t.range.end + gap == before.len());
        let called = |h: &Hit| h.kind == Kind::Agency && h.last == ahead.len();
        if reaches && phrases(&ahead).iter().any(called) {
            return true;
        }
        let behind: Vec<Token<'_>> = tokens(after).into_iter().take(NEIGHBOUR_TOKENS).collect();
        let near = behind.first().is_some_and(|t| after[..t.range.start].chars().all(apart));
        near && phrases(&behind).iter().any(|h| h.kind == Kind::Agency && h.first == 0)
    }

    /// The acronyms inside a span.
    fn within(&self, span: Span) -> Vec<Span> {
        let from = self.acronyms.partition_point(|a| a.start() < span.start());
        let inside = self.acronyms[from..].iter().take_while(|a| a.end() <= span.end());
        inside.copied().collect()
    }

    /// Those that need no second sign.
    fn strong(&self, mut acronyms: Vec<Span>) -> Vec<Span> {
        acronyms.retain(|a| {
            let written = a.of(self.text);
            written.chars().count() >= LETTERS_ALONE_MIN && !is_phrase(written)
        });
        acronyms
    }
}

/// Words behind an acronym that are looked at.
const NEIGHBOUR_TOKENS: usize = 4;

/// Everything of a text that is written like an acronym and is no known agency, in order.
fn acronyms(text: &str, known: &[Named]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut begin: Option<usize> = None;
    let mut previous: Option<char> = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let before = previous.replace(c);
        // Most characters neither end a word that may be one nor begin one.
        let begins = c.is_uppercase();
        if begin.is_none() && !begins || before.is_some_and(|p| joins(p, c)) {
            continue;
        }
        found.extend(begin.take().map(|from| Span::new(from, at)));
        begin = begins.then_some(at);
    }
    found.retain(|span| is_acronym(span.of(text)));
    let mut known = known.iter().peekable();
    found.retain(|span| {
        while known.next_if(|n| n.span.end() <= span.start()).is_some() {}
        known.peek().is_none_or(|n| n.span.start() >= span.end())
    });
    found
}

/// Two to six capitals, no Roman numeral.
fn is_acronym(word: &str) -> bool {
    let numeral = word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    // Counting stops early: a word may be as long as the text.
    let letters = word.chars().take(LETTERS.end() + 1).count();
    LETTERS.contains(&letters) && !numeral && word.chars().all(char::is_uppercase)
}

/// Whether an acronym is a word of the furniture of a site: "(VIDEO)", "(FIN)".
fn is_phrase(acronym: &str) -> bool {
    !phrases(&tokens(acronym)).is_empty()
}

fn in_credit_word(hits: &[Hit], index: usize) -> bool {
    let of_credit = |h: &&Hit| matches!(h.kind, Kind::Credit | Kind::Agency);
    hits.iter().filter(of_credit).any(|h| (h.first..h.last).contains(&index))
}

/// Whether the letters are those of the words before the brackets, in order, two of them at the
/// beginning of a word: "Hafenbund Nord (HBN)".
fn abbreviates(acronym: &str, before: &str) -> bool {
    let letters: Vec<char> = acronym.chars().collect();
    let tail = &before[before.ceil_char_boundary(before.len().saturating_sub(NEIGHBOUR_BYTES))..];
    // For each number of letters that are found, the most of them that begin a word.
    let mut initials: Vec<Option<usize>> = vec![None; letters.len() + 1];
    initials[0] = Some(0);
    let mut previous = ' ';
    for c in tail.chars() {
        let begins = usize::from(!previous.is_alphanumeric());
        let upper = c.to_uppercase().next();
        for i in (0..letters.len()).rev().filter(|i| upper == Some(letters[*i])) {
            initials[i + 1] = initials[i + 1].max(initials[i].map(|n| n + begins));
        }
        previous = c;
    }
    initials[letters.len()].is_some_and(|n| n >= 2)
}

/// Whether nothing, or a finished sentence, stands before.
fn is_stopped(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || crate::line::ends_with_stop(before)
}

/// What stands between agencies that share a credit.
fn is_joint(c: char) -> bool {
    matches!(c, '/' | ',' | '&' | '-' | '–' | '+' | '・' | '·' | '、' | '，' | '／')
}

#[cfg(test)]
mod tests {
    use super::with_unlisted;
    use crate::agency::named_in;
    use crate::line::lines;

    fn check(text: &str, expected: &[&str]) {
        let all = with_unlisted(text, &lines(text), named_in(text));
        let unlisted = all.iter().filter(|n| n.agency.is_none());
        let found: Vec<&str> = unlisted.map(|n| n.span.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn datelines_name_agencies() {
        check("NORDHAFEN (QVN) - Eine Fähre fuhr.", &["QVN"]);
        check("Nordhafen, 3. Mai (dpa/QVN) – Eine Fähre fuhr.", &["QVN"]);
        check("МОРСК, 20 ноября. /КВНА/. Паром вышел.", &["КВНА"]);
        check("الميناء (QVN) - غادرت العبارة.", &["QVN"]);
        check("【北港＝QVN】フェリーが出港した。", &["QVN"]);
        check("(북항=QVN) 홍길동 기자 = 여객선이 떠났다.", &["QVN"]);
        check("PORT-AUREC (QVN) – Le port rouvre.\nLe maire l'a dit à QVN.", &["QVN", "QVN"]);
    }

    #[test]
    fn closing_credits_name_agencies() {
        let below = |credit: &str, expected: &[&str]| {
            check(&format!("Le port rouvre.\nLe trafic reprend.{credit}"), expected);
        };
        below(" (QVN)", &["QVN"]);
        below("\n(avec QVN)", &["QVN"]);
        below("\nMit Material von QVN und dpa", &["QVN"]);
        below("\nИсточник: КВНА", &["КВНА"]);
        below("\nQVN/Ida Voss", &["QVN"]);
        below("\nabc/QVN", &["QVN"]);
        below("\n（QVN）", &["QVN"]);
    }

    #[test]
    fn a_word_for_agencies_names_one() {
        check("«Порт открыт», — сказал он агентству КВНА.", &["КВНА"]);
        check("El alcalde lo dijo a la agencia QVN.", &["QVN"]);
        check("The mayor told the news agency QVN so.", &["QVN"]);
        check("港口已开放，QVN通讯社报道。", &["QVN"]);
        check("Belediye başkanı QVN haber ajansına konuştu.", &["QVN"]);
        check("Der Bürgermeister sagte der Nachrichtenagentur QVN, dass", &["QVN"]);
    }

    #[test]
    fn other_acronyms_are_no_agencies() {
        // What the brackets abbreviate.
        check("Hafenbund Nord (HBN) - Die Mitglieder tagen.", &[]);
        check("Der Hafen öffnet.\nDas sagte der Verband der Lotsen (QVN).", &[]);
        check("The Pilots' Union (QVN) said the port was open.", &[]);
        // A speaker's party, a province, initials, a mark of the end, a Roman numeral.
        check("Ida Voss (QVN): Wir öffnen den Hafen.", &[]);
        check("PORTO VECCHIO (PV) - Il porto riapre.", &[]);
        check("Der Hafen öffnet.\nDie Fähre fährt. (IV)", &[]);
        check("Le port rouvre.\nLe trafic reprend.\n(FIN)", &[]);
        // Headings and lists.
        check("Le port rouvre.\nLe trafic reprend.\nQVN", &[]);
        check("Le port rouvre.\nLe trafic reprend.\nQVN/KLM", &[]);
        check("THE PORT OF WARLE (NOW OPEN) - NEWS", &[]);
    }
}
