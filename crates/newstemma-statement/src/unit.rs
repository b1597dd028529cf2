//! The units of a sentence: words with what they do, marks, and quotations as wholes.

use crate::quote::Quotation;
use newstemma_language::agency_name_at;
use newstemma_language::speech::{
    Class, Entry, Form, SpeechRules, Verb, fold, is_han_like, pieces,
};
use newstemma_model::Span;
use std::borrow::Cow;

/// A word or listed phrase, a mark, or a quotation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    /// Where.
    pub(crate) span: Span,
    /// What.
    pub(crate) kind: Kind,
    /// What the word does.
    pub(crate) entry: Entry,
    /// Whether it begins with a capital.
    pub(crate) capital: bool,
}

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A word or phrase.
    Word,
    /// Digits.
    Number,
    /// A comma of any script.
    Comma,
    /// A semicolon.
    Semicolon,
    /// A colon.
    Colon,
    /// A dash between words.
    Dash,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// A full stop, question or exclamation mark, ellipsis.
    Stop,
    /// A quotation, by its index.
    Quote(usize),
    /// Another sign.
    Sign,
}

impl Unit {
    pub(crate) fn is(&self, class: Class) -> bool {
        self.entry.classes.has(class)
    }

    pub(crate) fn any(&self, classes: &[Class]) -> bool {
        self.entry.classes.any(classes)
    }

    pub(crate) fn form(&self, form: Form) -> bool {
        self.entry.forms.has(form)
    }

    pub(crate) fn verb(&self, rules: &SpeechRules) -> Option<Verb> {
        rules.lexicon.verb(self.entry.verb?)
    }

    pub(crate) fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number)
    }

    pub(crate) fn is_quote(&self) -> bool {
        matches!(self.kind, Kind::Quote(_))
    }

    /// Whether clauses and phrases part here.
    pub(crate) fn is_break(&self) -> bool {
        matches!(
            self.kind,
            Kind::Comma
                | Kind::Semicolon
                | Kind::Colon
                | Kind::Dash
                | Kind::Open
                | Kind::Close
                | Kind::Stop
        )
    }

    /// Whether it does nothing known and so may be a noun, a name, an adjective.
    pub(crate) fn is_plain(&self) -> bool {
        self.is_word() && (self.entry == Entry::default() || self.is(Class::Other))
    }
}

/// The units of a sentence. `quotations` are those of the document, in order.
pub(crate) fn units(
    text: &str,
    sentence: Span,
    quotations: &[Quotation],
    rules: &SpeechRules,
) -> Vec<Unit> {
    let mut out = Vec::new();
    let mut at = sentence.start();
    let first = quotations.partition_point(|q| q.span.end() <= sentence.start());
    for (index, quotation) in quotations.iter().enumerate().skip(first) {
        let start = quotation.span.start().max(sentence.start());
        let end = quotation.span.end().min(sentence.end());
        if start >= sentence.end() || start < at {
            break;
        }
        words(text, Span::new(at, start), rules, &mut out);
        let span = Span::new(start, end);
        out.push(Unit { span, kind: Kind::Quote(index), entry: Entry::default(), capital: false });
        at = end;
    }
    words(text, Span::new(at, sentence.end()), rules, &mut out);
    join_abbreviations(&mut out);
    choose_verbs(text, &mut out, rules);
    spare_names(&mut out, rules);
    out
}

/// Units behind a verb among which its part that stands apart is looked for.
const PART_REACH: usize = 25;

/// Where a part of a verb stands that is set apart from it, among the units from `from` on: "teilte …
/// mit". What may be a preposition as well is one unless it ends its clause.
pub(crate) fn part_at(text: &str, units: &[Unit], from: usize, part: &str) -> Option<usize> {
    let high = units.len().min(from + PART_REACH);
    let ends_clause = |at: usize| {
        units.get(at + 1).is_none_or(|u| u.is_break() || u.is_quote() || u.is(Class::Coordinator))
    };
    (from..high)
        .take_while(|&at| !units[at].is_quote())
        .filter(|&at| fold(units[at].span.of(text)) == part)
        .find(|&at| !units[at].is(Class::Preposition) || ends_clause(at))
}

/// A word may be a form of several verbs that differ by the part that stands apart ("wies … hin",
/// "wies … zurück"): it is the one whose part is there.
fn choose_verbs(text: &str, units: &mut [Unit], rules: &SpeechRules) {
    for at in 0..units.len() {
        if units[at].entry.verb.is_none() {
            continue;
        }
        let verbs = rules.lexicon.parted(&fold(units[at].span.of(text)));
        let has_part = |id: &&u16| {
            let part = rules.lexicon.apart(**id);
            part.is_some_and(|part| part_at(text, units, at + 1, part).is_some())
        };
        if let Some(&id) = verbs.iter().find(has_part) {
            units[at].entry.verb = Some(id);
        }
    }
}

/// A full stop inside a sentence ends an abbreviation: it becomes part of the word before it.
fn join_abbreviations(units: &mut Vec<Unit>) {
    let last = units.iter().rposition(|u| u.is_word() || u.is_quote()).unwrap_or(0);
    let mut at = 0;
    let mut before: Option<(usize, Span)> = None;
    let mut dots = Vec::new();
    for (i, unit) in units.iter().enumerate() {
        let stop = unit.kind == Kind::Stop && unit.span.len() == 1 && i < last;
        let attached = before.is_some_and(|(_, b)| b.end() == unit.span.start());
        let alone = units.get(i + 1).is_none_or(|n| n.kind != Kind::Stop);
        if stop && attached && alone {
            dots.push((at, i));
        }
        if unit.is_word() {
            at = i;
            before = Some((i, unit.span));
        } else {
            before = None;
        }
    }
    for &(word, dot) in &dots {
        units[word].span = units[word].span.cover(units[dot].span);
    }
    let mut i = 0;
    let mut dots = dots.iter().map(|d| d.1).peekable();
    units.retain(|_| {
        let dot = dots.peek() == Some(&i);
        if dot {
            dots.next();
        }
        i += 1;
        !dot
    });
}

/// A capital inside a sentence makes a name, not a verb: "the United States"; nor a month, where those
/// are written small: "Марта Ковач". Headlines that capitalise every word are left alone.
fn spare_names(units: &mut [Unit], rules: &SpeechRules) {
    let words = units.iter().filter(|u| u.kind == Kind::Word).count();
    let capitals = units.iter().filter(|u| u.kind == Kind::Word && u.capital).count();
    if capitals * 10 > words * 6 {
        return;
    }
    let mut inside = false;
    for unit in units {
        if inside && unit.capital {
            unit.entry.verb = None;
            if unit.is(Class::Time) && !rules.capital_time {
                unit.entry = Entry::default();
            }
        }
        inside = unit.is_word() || unit.is_quote() || unit.kind == Kind::Comma;
    }
}

fn words(text: &str, part: Span, rules: &SpeechRules, out: &mut Vec<Unit>) {
    let inside = part.of(text);
    let pieces = split_joined(inside, pieces(inside, &rules.splits), rules);
    let mut i = 0;
    while let Some(&(start, end)) = pieces.get(i) {
        let first = inside[start..].chars().next().unwrap_or(' ');
        let spaceless = rules.splits.spaceless && is_han_like(first);
        let (entry, end, used) = if spaceless {
            // "12日报道": behind a number stands its unit of time, whatever longer word begins there.
            let numbered = out.last().is_some_and(|u: &Unit| u.kind == Kind::Number);
            let one = rules.lexicon.longest_prefix(&inside[start..start + first.len_utf8()]);
            let dated = one.filter(|(entry, _)| numbered && entry.classes.has(Class::Time));
            match dated.or_else(|| rules.lexicon.longest_prefix(&inside[start..])) {
                Some((entry, bytes)) => {
                    let end = start + bytes;
                    (entry, end, pieces[i..].iter().take_while(|p| p.0 < end).count())
                }
                None => (Entry::default(), end, 1),
            }
        } else {
            let word = |n: usize| pieces.get(i + n).map(|&(s, e)| Cow::Owned(fold(&inside[s..e])));
            match rules.lexicon.longest(word) {
                Some((entry, n)) => (entry, pieces[i + n - 1].1, n),
                None => (Entry::default(), end, 1),
            }
        };
        let (entry, end, used) = match agency_at(inside, &pieces[i..]) {
            Some((to, pieces)) if to >= end => (Entry::outlet(), to, pieces),
            _ => (entry, end, used),
        };
        let kind = kind_of(inside, start, first, &entry);
        let span = Span::new(start, end).shifted(part.start());
        let entry =
            if kind == Kind::Word || kind == Kind::Number { entry } else { Entry::default() };
        out.push(Unit { span, kind, entry, capital: first.is_uppercase() });
        i += used.max(1);
    }
}

/// The end of an agency's name that begins with the first of some pieces, and how many it takes.
fn agency_at(text: &str, pieces: &[(usize, usize)]) -> Option<(usize, usize)> {
    let start = pieces.first()?.0;
    let end = start + agency_name_at(&text[start..])?;
    let last = pieces.iter().take_while(|p| p.1 <= end).count();
    (last > 0 && pieces[last - 1].1 == end).then_some((end, last))
}

fn kind_of(text: &str, at: usize, first: char, entry: &Entry) -> Kind {
    match first {
        ',' | '،' | '，' | '、' => Kind::Comma,
        ';' | '؛' | '；' => Kind::Semicolon,
        ':' | '：' => Kind::Colon,
        '(' | '[' | '（' | '［' | '【' => Kind::Open,
        ')' | ']' | '）' | '］' | '】' => Kind::Close,
        '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' => Kind::Stop,
        '–' | '—' | '―' | '-' => {
            let spaced = text[..at].ends_with(char::is_whitespace) || first != '-';
            if spaced { Kind::Dash } else { Kind::Sign }
        }
        c if c.is_numeric() => Kind::Number,
        c if c.is_alphanumeric() => Kind::Word,
        _ if *entry != Entry::default() => Kind::Word,
        _ => Kind::Sign,
    }
}

/// Parts what is written together: words with a meaning here from what is joined to their front,
/// and any words from the particles at their end.
fn split_joined(
    text: &str,
    pieces: Vec<(usize, usize)>,
    rules: &SpeechRules,
) -> Vec<(usize, usize)> {
    let (beginnings, particles) = (&rules.splits.beginnings, &rules.splits.particles);
    if beginnings.is_empty() && particles.is_empty() {
        return pieces;
    }
    let mut out = Vec::with_capacity(pieces.len());
    for (start, end) in pieces {
        let word = &text[start..end];
        let known = |w: &str| {
            let w = fold(w);
            rules.lexicon.knows(&w) || rules.lexicon.word(&w) != Entry::default()
        };
        let front = beginnings.iter().find(|b| {
            word.strip_prefix(b.as_str()).is_some_and(|rest| !known(word) && known(rest))
        });
        let back = particles.iter().find(|p| {
            word.strip_suffix(p.as_str()).is_some_and(|stem| !stem.is_empty() && !known(word))
        });
        match (front, back) {
            (Some(front), _) => {
                out.push((start, start + front.len()));
                out.push((start + front.len(), end));
            }
            (None, Some(back)) => {
                out.push((start, end - back.len()));
                out.push((end - back.len(), end));
            }
            (None, None) => out.push((start, end)),
        }
    }
    out
}
