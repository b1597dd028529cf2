//! Where sentences end inside a paragraph.
//!
//! Problem: stops end sentences, but also abbreviations, ordinals and quoted sentences inside
//! others, and some scripts write none. Idea: read on to a stop, take in what it closes, look at
//! what follows, and let rules decide, from the plainest to the most particular; the lists behind
//! the rules are the language's own. A stop inside brackets that stand in a sentence does not
//! count. No model, because no annotated sentences of forty languages may be shipped, and because
//! a user can see which rule was at work.
//!
//! Cost: one pass; brackets are matched by a position that only moves forward.

use crate::chars::{
    Case, after_space, char_at, char_before, closing_of, goes_on, is_closing_bracket, is_full_stop,
    is_mark, is_stop,
};
use crate::point::Point;
use crate::quote::{OpenQuotes, closers_end, is_quote};
use crate::unspaced;
use newstemma_language::{Script, SentenceRules};
use newstemma_model::Span;

/// Bytes after which a sentence is ended at the next white space, stop or no stop: tables and
/// listings without any stop would otherwise become one sentence of any length.
const SENTENCE_BYTES_MAX: usize = 6_000;

/// The sentences of one paragraph.
pub(crate) fn sentences(text: &str, rules: &SentenceRules, case: Case) -> Vec<Span> {
    let mut splitter = Splitter {
        text,
        rules,
        case,
        start: 0,
        open: OpenQuotes::default(),
        protected: 0..0,
        bracket: NextClosing::default(),
        found: Vec::new(),
    };
    splitter.run();
    splitter.found
}

struct Splitter<'a> {
    text: &'a str,
    rules: &'a SentenceRules,
    case: Case,
    /// Where the sentence begins that is being read.
    start: usize,
    open: OpenQuotes,
    /// Brackets inside a sentence, in which stops do not count.
    protected: std::ops::Range<usize>,
    bracket: NextClosing,
    found: Vec<Span>,
}

/// A run of stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// A stop that only ends sentences, as "。" does.
    Full,
    /// "!", "?" and runs with one.
    Mark,
    /// A single ".".
    Point,
    /// "…", "...".
    Ellipsis,
}

impl Splitter<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(c) = char_at(self.text, at) {
            let after = at + c.len_utf8();
            if self.stops(c) {
                at = self.at_stop(at, after);
                continue;
            }
            self.open.pass(c);
            if let Some(close) = closing_of(c) {
                self.protect(at, c, close);
            }
            if c.is_whitespace() {
                self.at_space(at, after);
            }
            at = after;
        }
        self.end_at(self.text.len());
    }

    fn stops(&self, c: char) -> bool {
        if c.is_ascii_alphanumeric() || c == ' ' {
            return false;
        }
        is_stop(c) || (!self.rules.stops.is_empty() && self.rules.stops.contains(c))
    }

    /// Reads a run of stops and what it closes, ends the sentence if it does, and returns where to
    /// read on.
    fn at_stop(&mut self, at: usize, after: usize) -> usize {
        let end = self.run_end(after);
        let stop = self.kind(at, end);
        let closed = closers_end(self.text, end, &mut self.open);
        if self.protected.contains(&at) {
            let leaves = closed >= self.protected.end && !self.is_round(self.protected.end);
            if !leaves {
                return closed;
            }
        }
        if self.ends_sentence(stop, at, end, closed) {
            self.end_at(closed);
        }
        closed
    }

    /// End of a run of stops, "?!" or ". . .".
    fn run_end(&self, mut at: usize) -> usize {
        loop {
            let rest = &self.text[at..];
            at += rest.find(|c| !self.stops(c)).unwrap_or(rest.len());
            let mut rest = self.text[at..].chars();
            if (rest.next(), rest.next()) != (Some(' '), Some('.')) {
                return at;
            }
            if rest.next().is_some_and(|c| !c.is_whitespace() && !is_quote(c)) {
                return at;
            }
            at += " .".len();
        }
    }

    /// Whether the bracket that ends before `end` is no corner mark of quotation.
    fn is_round(&self, end: usize) -> bool {
        char_before(self.text, end).is_some_and(is_closing_bracket)
    }

    fn kind(&self, at: usize, end: usize) -> Stop {
        let run = &self.text[at..end];
        if run.contains(is_full_stop) {
            Stop::Full
        } else if run.contains(|c| is_mark(c) || self.rules.stops.contains(c)) {
            Stop::Mark
        } else if run == "." {
            Stop::Point
        } else {
            Stop::Ellipsis
        }
    }

    /// Decides about a run of stops `at..end` whose closing marks reach to `closed`.
    fn ends_sentence(&self, stop: Stop, at: usize, end: usize, closed: usize) -> bool {
        let Some(follower) = char_at(self.text, closed) else { return true };
        if !follower.is_whitespace() {
            return self.ends_glued(stop, at, end, closed, follower);
        }
        let next = first_letter(self.text, after_space(self.text, closed));
        let Some(first) = char_at(self.text, next) else { return true };
        if goes_on(first) && !matches!(first, '%' | '&' | '/' | '=') {
            return false;
        }
        if self.is_small(next, first) {
            return stop == Stop::Full;
        }
        match stop {
            Stop::Full => !(closed > end && self.quote_goes_on(stop, closed)),
            Stop::Mark => !(closed > end && self.quote_goes_on(stop, closed)),
            Stop::Ellipsis => !matches!(char_before(self.text, at), Some('[' | '(')),
            Stop::Point if closed > end => !self.quote_goes_on(stop, closed),
            Stop::Point => {
                let sentence_start = self.start;
                Point { text: self.text, sentence_start, at, next }.ends(self.rules)
            }
        }
    }

    /// Decides where no white space follows.
    fn ends_glued(&self, stop: Stop, at: usize, end: usize, closed: usize, next: char) -> bool {
        if goes_on(next) {
            return false;
        }
        let unspaced = Script::of(next).is_unspaced();
        if stop == Stop::Full {
            return !(closed > end && self.quote_goes_on(stop, closed));
        }
        let before = char_before(self.text, at);
        let script = |c: Option<char>| c.map_or(Script::Other, Script::of);
        if unspaced {
            let same = script(before).is_unspaced() || closed > end;
            let ends = matches!(stop, Stop::Mark | Stop::Point) && same;
            return ends && !(closed > end && self.quote_goes_on(stop, closed));
        }
        let after_word = script(before) != Script::Other && script(before) == Script::of(next);
        let second = self.text[closed + next.len_utf8()..].chars().next();
        let begins = next.is_uppercase() && second.is_some_and(char::is_lowercase)
            || !has_case(next) && next.is_alphabetic();
        let ends_word = closed > end || self.word_is_long(at);
        begins
            && (after_word || closed > end)
            && ends_word
            && !self.in_address(at)
            && !(closed > end && self.quote_goes_on(stop, closed))
    }

    /// Whether the word before a stop is too long for an abbreviation and ends in lower case.
    fn word_is_long(&self, at: usize) -> bool {
        let mut back = self.text[..at].chars().rev();
        let last = back.next();
        last.is_some_and(|c| !c.is_uppercase())
            && last.is_some_and(char::is_alphabetic)
            && back.take(2).all(char::is_alphabetic)
    }

    /// Whether the characters around a stop look like an address of the web or of mail.
    fn in_address(&self, at: usize) -> bool {
        const BYTES_MAX: usize = 80;
        let mut from = at.saturating_sub(BYTES_MAX).max(self.start);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let token = self.text[from..at].rsplit(char::is_whitespace).next().unwrap_or("");
        ["://", "www.", "@", "/"].iter().any(|sign| token.contains(sign))
    }

    /// Whether a word begins like the middle of a sentence.
    fn is_small(&self, at: usize, first: char) -> bool {
        let second = self.text[at + first.len_utf8()..].chars().next();
        // "iPhone", "eBay" begin sentences as they are, and so does "’s Avonds".
        let as_written = second.is_some_and(char::is_uppercase)
            || second.is_some_and(char::is_whitespace)
                && matches!(char_before(self.text, at), Some('\'' | '’'));
        first.is_lowercase() && self.case == Case::Mixed && !as_written
    }

    /// Whether the sentence around a quoted one goes on after its closing mark.
    fn quote_goes_on(&self, stop: Stop, closed: usize) -> bool {
        const CHARS_MAX: usize = 40;
        let quoted = char_before(self.text, closed).is_some_and(is_quote);
        let rest = &self.text[closed..];
        if !quoted {
            return false;
        }
        let spaced = rest.trim_start();
        // After a space a particle of one letter is more likely a word.
        let follows = |with: &String| {
            rest.starts_with(with.as_str())
                || with.chars().nth(1).is_some() && spaced.starts_with(with.as_str())
        };
        if self.rules.after_quote.iter().any(follows) {
            return true;
        }
        let length = rest.char_indices().nth(CHARS_MAX).map_or(rest.len(), |(i, _)| i);
        let clause = &rest[..length];
        let Some(clause_end) = clause.find(|c| is_stop(c) || goes_on(c)) else { return false };
        let stopped = char_at(clause, clause_end).is_some_and(is_stop);
        let clause = &clause[..clause_end];
        if stop == Stop::Full {
            return stopped && self.rules.reporting.iter().any(|w| clause.ends_with(w.as_str()));
        }
        let mut words = clause.split_whitespace().take(5);
        words.any(|w| self.rules.reporting.contains(w))
    }

    /// Notes a bracket that opens inside a sentence and closes soon.
    fn protect(&mut self, at: usize, open: char, close: char) {
        const BYTES_MAX: usize = 600;
        let corner = is_quote(open);
        let inside = !self.text[self.start..at].trim_start().is_empty();
        if at < self.protected.end || !(inside || corner) {
            return;
        }
        if let Some(end) = self.bracket.after(self.text, at, close)
            && end - at <= BYTES_MAX
        {
            let follower = char_at(self.text, end);
            if inside || follower.is_some_and(|c| Script::of(c) == Script::Kana) {
                self.protected = at..end;
            }
        }
    }

    fn at_space(&mut self, at: usize, after: usize) {
        let ends = at - self.start > SENTENCE_BYTES_MAX
            || unspaced::ends_at(self.text, self.start, at, after, self.rules);
        if ends && !self.protected.contains(&at) {
            self.end_at(at);
        }
    }

    fn end_at(&mut self, end: usize) {
        let mut start = self.start;
        // Without a single white space there is no good place; any character will do.
        while end - start > 2 * SENTENCE_BYTES_MAX {
            let mut cut = start + SENTENCE_BYTES_MAX;
            while !self.text.is_char_boundary(cut) {
                cut += 1;
            }
            self.push(start, cut);
            start = cut;
        }
        self.push(start, end);
        self.start = end;
    }

    fn push(&mut self, start: usize, end: usize) {
        let span = Span::new(start, end).trimmed(self.text);
        if !span.is_empty() {
            self.found.push(span);
        }
    }
}

/// The place of the next closing bracket of each kind, found by reading forward once.
#[derive(Debug, Default)]
struct NextClosing {
    known: Vec<(char, usize)>,
}

impl NextClosing {
    /// End of the first `close` after `at`.
    fn after(&mut self, text: &str, at: usize, close: char) -> Option<usize> {
        let known = match self.known.iter_mut().find(|(c, _)| *c == close) {
            Some(known) => known,
            None => {
                self.known.push((close, 0));
                self.known.last_mut()?
            }
        };
        if known.1 <= at {
            known.1 = text[at..].find(close).map_or(usize::MAX, |i| at + i + close.len_utf8());
        }
        (known.1 != usize::MAX).then_some(known.1)
    }
}

/// Skips what may stand before the first word of a sentence: quotation marks, brackets, dashes,
/// bullets.
fn first_letter(text: &str, at: usize) -> usize {
    const CHARS_MAX: usize = 16;
    let rest = &text[at..];
    let skipped = |c: char| is_quote(c) || c.is_whitespace() || is_opener(c);
    let first = rest.char_indices().take(CHARS_MAX).find(|(_, c)| !skipped(*c));
    first.map_or(at, |(i, _)| at + i)
}

fn is_opener(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '（'
            | '［'
            | '【'
            | '〔'
            | '¿'
            | '¡'
            | '-'
            | '–'
            | '—'
            | '―'
            | '•'
            | '·'
            | '*'
            | '▪'
            | '►'
            | '◆'
            | '■'
            | '●'
            | '…'
    )
}

fn has_case(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase()
}
