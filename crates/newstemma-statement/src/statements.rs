//! The statements of a document: what is ascribed, and what the outlet says itself.
//!
//! Sentence by sentence, attributions are found by [`crate::attribution`] or, for verb-final
//! languages, [`crate::verb_final`]; then speakers are resolved in reading order, quotations that
//! run over sentences and paragraphs are joined to their attribution, and every sentence (or part
//! of one) of the body that nobody is named for becomes a statement of the outlet.

mod read;
mod record;

use read::{Read, paragraphs, read, spoken};
use record::Attribution;

use crate::attribution::{Found, Side, Speaker};
use crate::clause::Clause;
use crate::newsroom;
use crate::quote::{Quotation, quotations};
use crate::source::{Speakers, Voice};
use crate::unit::{Kind, Unit};
use newstemma_language::speech::{Class, is_han_like};
use newstemma_model::{
    Act, Document, QuoteKind, ResolvedDate, Role, Source, SourceKind, Span, Statement,
};
use std::ops::Range;

/// Words that a sentence, or a part of one, must have to say something.
const WORDS_MIN: usize = 4;
/// How many times as long as a quotation what stands between its parts may be.
const ASIDE_MAX: usize = 2;
/// Words that a part of a sentence beside an attribution must have.
const PART_WORDS_MIN: usize = 9;

/// Finds the statements of a document, in order of their places. `dates` are its dates as
/// resolved.
pub(crate) fn statements(document: &Document, dates: &[ResolvedDate]) -> Vec<Statement> {
    let text = &document.report.text;
    let quotations = quotations(text, &paragraphs(document));
    let read: Vec<Option<Read<'_>>> =
        document.sentences.iter().map(|s| read(document, s, &quotations)).collect();
    let mut writer = Writer {
        document,
        dates,
        quotations: &quotations,
        spoken: spoken(&read, quotations.len()),
        speakers: Speakers::new(document),
        out: Vec::new(),
        last_quoted: None,
    };
    for (index, read) in read.iter().enumerate() {
        match read {
            Some(read) => writer.sentence(index, read),
            None => writer.own(document.sentences[index].span, document.sentences[index].role),
        }
    }
    let mut out = writer.out;
    out.sort_by_key(|s| (s.span.start(), s.cue.map_or(0, |c| c.start()), s.id));
    out.dedup_by_key(|s| s.id);
    out
}

struct Writer<'a> {
    document: &'a Document,
    dates: &'a [ResolvedDate],
    quotations: &'a [Quotation],
    spoken: Vec<bool>,
    speakers: Speakers<'a>,
    out: Vec<Statement>,
    /// The statement whose content last ended in a quotation, and the sentence where it did.
    last_quoted: Option<(usize, usize)>,
}

impl Writer<'_> {
    fn sentence(&mut self, index: usize, read: &Read<'_>) {
        let clause = read.clause();
        let found = self.with_announced(index, read);
        if found.is_empty() {
            self.unascribed(index, read);
            return;
        }
        let first = self.out.len();
        let sentence_end = self.document.sentences[index].span.end();
        let mut covered: Vec<Span> = Vec::new();
        let mut before: Option<Voice> = None;
        let mut last_speaker: Option<Speaker> = None;
        for found in &found {
            // Who does not answer does not answer somebody.
            let silent = matches!(found.act, Act::DeclineToComment | Act::DoNotConfirm);
            let asked = || silent.then(|| newsroom::listed(clause, &found.content)).flatten();
            let language = self.document.sentences[index].language;
            let hearer = match &found.hearer {
                Some(hearer) => newsroom::hearing(clause, hearer, language),
                None => asked(),
            };
            let voice = match &found.speaker {
                // The same phrase again is the same voice, with those who heard it.
                same if last_speaker.as_ref() == Some(same) && before.is_some() => before.clone(),
                Speaker::Phrase(phrase) => Some(self.speakers.voice(clause, phrase, hearer, index)),
                Speaker::Relative(pronoun, phrase) => {
                    let mut voice = self.speakers.voice(clause, phrase, hearer, index);
                    voice.source.span = Some(clause.units[*pronoun].span);
                    Some(voice)
                }
                Speaker::Same => before.clone().or_else(|| self.speakers.last(index, 2)),
                // Hearsay that a mood shows goes on with what the last speaker said.
                Speaker::Unstated if clause.is(found.cue.start, Class::Reported) => {
                    self.speakers.last(index, 1)
                }
                Speaker::Unstated => None,
            };
            let Some(mut statement) = self.ascribed(index, clause, found, voice.clone()) else {
                continue;
            };
            pass_on(&self.out[first..], &mut statement);
            before = voice.or(before);
            last_speaker = Some(found.speaker.clone());
            covered.push(statement.span);
            let quoted = statement.content.is_some_and(|c| {
                self.quotations.binary_search_by(|q| q.span.end().cmp(&c.end())).is_ok()
            });
            // "…, Brand said. “…”": what was told before the cue goes on behind it.
            let rest = Span::new(statement.span.end(), sentence_end.max(statement.span.end()));
            let told = found.side == Side::Left && words_in(rest.of(clause.text)) == 0;
            self.out.push(statement);
            if found.side == Side::Below
                && let Some(q) = self.quotation_after(index)
            {
                self.spoken[q] = true;
                self.last_quoted = Some((self.out.len() - 1, index + 1));
            } else if quoted || told {
                self.last_quoted = Some((self.out.len() - 1, index));
            }
        }
        self.parts(index, &covered);
    }

    /// What a sentence ascribes; the quotation that it announces, if one follows, is the content of
    /// the cue that does so.
    fn with_announced(&self, index: usize, read: &Read<'_>) -> Vec<Found> {
        let mut found = read.found.clone();
        let announced = read.announced.as_ref().filter(|_| self.quotation_after(index).is_some());
        if let Some(announced) = announced {
            found.retain(|f| f.cue != announced.cue);
            found.push(announced.clone());
        }
        found
    }

    /// The statement of one attribution.
    fn ascribed(
        &self,
        index: usize,
        clause: Clause<'_>,
        found: &Found,
        voice: Option<Voice>,
    ) -> Option<Statement> {
        let cue = clause.span(&found.cue);
        let (content, quote) = if found.content.is_empty() {
            let quotation = match found.side {
                Side::Left => self.quotation_before(index),
                Side::Below => self.quotation_after(index).map(|q| self.run_of(q)),
                Side::Right | Side::Both => None,
            };
            (quotation?, QuoteKind::Direct)
        } else {
            (self.content(clause, &found.content), quote_kind(clause, found))
        };
        let (source, chain) = match voice {
            Some(voice) => (voice.source, voice.chain),
            None => (unstated(), Vec::new()),
        };
        let mut span = cue.cover(content);
        // A speaker named in an earlier sentence is no part of this span.
        if let Some(at) = source.span.filter(|s| self.document.sentences[index].span.contains(*s)) {
            span = span.cover(at);
        }
        let attribution =
            Attribution { source, cue: Some(cue), content, quote, act: found.act, chain };
        Some(self.statement(span, Some(attribution)))
    }

    /// The content with the whole of the quotations that it touches.
    fn content(&self, clause: Clause<'_>, range: &Range<usize>) -> Span {
        let mut span = clause.span(range);
        for unit in &clause.units[range.clone()] {
            if let Kind::Quote(q) = unit.kind {
                span = span.cover(self.run_of(q));
            }
        }
        span.trimmed(clause.text)
    }

    /// A quotation with those that it re-opens or that re-open it.
    fn run_of(&self, q: usize) -> Span {
        let mut span = self.quotations[q].span;
        let low = q.saturating_sub(20);
        for earlier in self.quotations[low..q].iter().rev().take_while(|e| e.goes_on) {
            span = span.cover(earlier.span);
        }
        for pair in self.quotations[q..].windows(2).take(20).take_while(|p| p[0].goes_on) {
            span = span.cover(pair[1].span);
        }
        span
    }

    /// The quotation that ends where the sentence before ends, in the same paragraph.
    fn quotation_before(&self, index: usize) -> Option<Span> {
        let previous = self.document.sentences.get(index.checked_sub(1)?)?;
        if previous.paragraph != self.document.sentences[index].paragraph {
            return None;
        }
        let q = self
            .quotations
            .partition_point(|q| q.span.end() <= previous.span.end())
            .checked_sub(1)?;
        let near = previous.span.end() - self.quotations[q].span.end() <= 2;
        (near && !self.quotations[q].is_scare()).then(|| self.run_of(q))
    }

    /// The quotation that the next sentence begins with, if nobody else is said to speak it.
    fn quotation_after(&self, index: usize) -> Option<usize> {
        let next = self.document.sentences.get(index + 1).filter(|s| s.role.is_told())?;
        let start = next.span.trimmed(&self.document.report.text).start();
        let q = self.quotations.partition_point(|q| q.span.start() < start);
        let begins = self.quotations.get(q)?.span.start() == start;
        (begins && !self.spoken[q] && !self.quotations[q].is_scare()).then_some(q)
    }

    /// A sentence without attribution: speech that goes on, or the outlet's own.
    fn unascribed(&mut self, index: usize, read: &Read<'_>) {
        let sentence = &self.document.sentences[index];
        let quotes: Vec<usize> = read
            .units
            .iter()
            .filter_map(|u| if let Kind::Quote(q) = u.kind { Some(q) } else { None })
            .collect();
        let words = read.units.iter().filter(|u| u.is_word()).count();
        if let (Some(&first), true) = (quotes.first(), words == 0) {
            if self.spoken[first] || self.continues(index, first) {
                return;
            }
            let span = self.run_of(first);
            self.spoken[first] = true;
            let voice =
                if self.quotations[first].is_scare() { None } else { self.speakers.last(index, 2) };
            if let Some(voice) = voice {
                let attribution = Attribution {
                    source: voice.source,
                    cue: None,
                    content: span,
                    quote: QuoteKind::Direct,
                    act: Act::Say,
                    chain: voice.chain,
                };
                let statement = self.statement(span, Some(attribution));
                self.out.push(statement);
                self.last_quoted = Some((self.out.len() - 1, index));
                return;
            }
        }
        if self.reported_mood(index, read) {
            return;
        }
        self.own(sentence.span, sentence.role);
    }

    /// Joins a quotation without attribution to the one that ended just before it.
    fn continues(&mut self, index: usize, q: usize) -> bool {
        let Some((statement, at)) = self.last_quoted else { return false };
        let sentences = &self.document.sentences;
        let near =
            index.saturating_sub(at) <= 1 && sentences[at].paragraph == sentences[index].paragraph;
        if !near {
            return false;
        }
        let span = self.run_of(q);
        let old = &self.out[statement];
        let said = old.said();
        // An aside longer than what is said on both sides of it parts two sayings.
        let aside = span.start().saturating_sub(said.end());
        if aside > ASIDE_MAX * (said.len() + span.len()) {
            return false;
        }
        let attribution = old.source.clone().map(|source| Attribution {
            source,
            cue: old.cue,
            content: said.cover(span),
            quote: if old.quote == QuoteKind::Indirect { QuoteKind::Mixed } else { old.quote },
            act: old.act,
            chain: old.chain.clone(),
        });
        let joined = self.statement(old.span.cover(span), attribution);
        self.out[statement] = joined;
        self.spoken[q] = true;
        self.last_quoted = Some((statement, index));
        true
    }

    /// A sentence in the mood of reported speech goes on with what the last speaker said.
    fn reported_mood(&mut self, index: usize, read: &Read<'_>) -> bool {
        let Some(cue) = read.units.iter().find(|u| u.is(Class::Reported)) else { return false };
        let Some(voice) = self.speakers.last(index, 1) else { return false };
        let span = self.document.sentences[index].span;
        let attribution = Attribution {
            source: voice.source,
            cue: Some(cue.span),
            content: span,
            quote: QuoteKind::Indirect,
            act: Act::Say,
            chain: voice.chain,
        };
        let statement = self.statement(span, Some(attribution));
        self.out.push(statement);
        true
    }

    /// The parts of a sentence before and behind its attributions.
    fn parts(&mut self, index: usize, covered: &[Span]) {
        let sentence = &self.document.sentences[index];
        let Some(all) = covered.iter().copied().reduce(Span::cover) else {
            self.own(sentence.span, sentence.role);
            return;
        };
        let before = Span::new(sentence.span.start(), all.start().max(sentence.span.start()));
        let after = Span::new(all.end().min(sentence.span.end()), sentence.span.end());
        for part in [before, after] {
            if words_in(part.of(&self.document.report.text)) >= PART_WORDS_MIN {
                let trimmed = trim_marks(part, &self.document.report.text);
                self.own(trimmed, sentence.role);
            }
        }
    }

    /// What the outlet says itself.
    fn own(&mut self, span: Span, role: Role) {
        if role != Role::Body || words_in(span.of(&self.document.report.text)) < WORDS_MIN {
            return;
        }
        let statement = self.statement(span, None);
        self.out.push(statement);
    }
}

/// What is ascribed inside the content of another statement was told by its speaker: "the union said
/// that the crew had reported a failure" has it from the crew through the union.
fn pass_on(before: &[Statement], statement: &mut Statement) {
    let speaks = statement.source.as_ref().and_then(|s| s.span);
    let Some((speaks, cue)) = speaks.zip(statement.cue) else { return };
    let holds = |s: &&Statement| {
        s.content.is_some_and(|content| content.contains(speaks) && content.contains(cue))
    };
    if let Some(teller) = before.iter().rev().find(holds) {
        let hands = teller.chain.iter().filter(|hand| !statement.chain.contains(hand));
        let hands: Vec<String> = hands.cloned().collect();
        statement.chain.extend(hands);
    }
}

fn unstated() -> Source {
    Source { span: None, name: String::new(), kind: SourceKind::Unstated }
}

fn quote_kind(clause: Clause<'_>, found: &Found) -> QuoteKind {
    let units = &clause.units[found.content.clone()];
    let quoted = units.iter().any(Unit::is_quote);
    // Between the parts of a quotation stands only how it was said.
    let framed =
        units.first().is_some_and(Unit::is_quote) && units.last().is_some_and(Unit::is_quote);
    if framed && found.side == Side::Both {
        return QuoteKind::Direct;
    }
    let own = found.content.clone().filter(|&i| {
        let aside = found.side == Side::Both
            && (found.cue.contains(&i)
                || matches!(&found.speaker, Speaker::Phrase(p) if p.contains(&i)));
        clause.units[i].is_word() && !aside
    });
    match (quoted, own.count()) {
        (true, 0) => QuoteKind::Direct,
        (true, _) => QuoteKind::Mixed,
        (false, _) => QuoteKind::Indirect,
    }
}

fn words_in(text: &str) -> usize {
    let unspaced = text.chars().filter(|&c| is_han_like(c)).count();
    text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count() + unspaced / 2
}

/// A part of a sentence without the marks and spaces at its ends.
fn trim_marks(span: Span, text: &str) -> Span {
    let inside = span.of(text);
    let mark = |c: char| {
        c.is_whitespace()
            || matches!(c, ',' | ';' | ':' | '.' | '–' | '—' | '-' | '，' | '、' | '،' | '。')
    };
    let front = inside.len() - inside.trim_start_matches(mark).len();
    let kept = inside.trim_matches(mark).len();
    Span::new(span.start() + front, span.start() + front + kept)
}
