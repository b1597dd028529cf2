//! A document made ready for comparison: its told sentences with tokens, weights and vectors.

use crate::background::Background;
use crate::tokens::{self, Token};
use newstemma_model::{Document, Language, Role, Span, digest, dot, likeness};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A document's told sentences, in order.
#[derive(Debug)]
pub(crate) struct Text<'a> {
    /// The document.
    pub(crate) document: &'a Document,
    /// Its told sentences.
    pub(crate) lines: Vec<Line<'a>>,
    /// The tokens of all lines, one after the other.
    pub(crate) tokens: Vec<Token>,
    /// The same as hashes and weights, in ascending order within each line.
    bags: Vec<(u64, f32)>,
    /// For each line its highest similarities to a sample of the collection, in falling order.
    pub(crate) sampled: Vec<[f32; NEIGHBOURS]>,
}

/// Nearest neighbours that are kept: one more than a background is made of.
pub(crate) const NEIGHBOURS: usize = 5;

/// The highest similarities of a sentence to those of other stories, in a sample of 512: means over
/// a thousand sentences each of wikinews-events, ntrex-stream, ecbplus and traditions (dev), which
/// differ by .06 at most. A collection too small to show more is taken to be no different.
const USUAL: [f32; NEIGHBOURS] = [0.43, 0.365, 0.335, 0.316, 0.3];

/// From this similarity on, a sentence of the sample may be the same text in other words: no
/// background to it. In a small collection such sentences would be most of the sample.
const SAME: f32 = 0.8;

/// One told sentence.
#[derive(Clone, Debug)]
pub(crate) struct Line<'a> {
    /// Where in the report's text.
    pub(crate) span: Span,
    /// Its language.
    pub(crate) language: Language,
    /// Whether it is a headline.
    pub(crate) title: bool,
    /// Its tokens in [`Text::tokens`].
    first: u32,
    last: u32,
    /// Its length in words.
    pub(crate) weight: f32,
    /// Hash of all its tokens: equal for sentences of equal words.
    pub(crate) hash: u64,
    /// Its vector; unit length, or zero, or empty where there is none.
    pub(crate) vector: &'a [f32],
    /// How near it comes to its like in other languages.
    pub(crate) reach: f32,
}

impl Line<'_> {
    /// How like a line is to another, up to 1: the cosine, on one scale for all languages.
    pub(crate) fn likeness(&self, other: &Line<'_>) -> f32 {
        likeness(dot(self.vector, other.vector), (self.reach, other.reach))
    }
}

impl<'a> Text<'a> {
    /// Reads the told sentences of a document.
    pub(crate) fn of(document: &'a Document) -> Text<'a> {
        let mut text = Text {
            document,
            lines: Vec::new(),
            tokens: Vec::new(),
            bags: Vec::new(),
            sampled: Vec::new(),
        };
        for (index, sentence) in document.sentences.iter().enumerate() {
            if !sentence.role.is_told() {
                continue;
            }
            let own = tokens::tokens(sentence.span.of(&document.report.text));
            if own.is_empty() {
                continue;
            }
            let first = text.tokens.len() as u32;
            let bytes: Vec<u8> = own.iter().flat_map(|t| t.hash.to_le_bytes()).collect();
            text.lines.push(Line {
                span: sentence.span,
                language: sentence.language,
                title: sentence.role == Role::Title,
                first,
                last: first + own.len() as u32,
                weight: tokens::weight(&own),
                hash: digest(&[&bytes]),
                vector: document.vectors.row(index),
                reach: document.vectors.reach(index),
            });
            let bag = text.bags.len();
            text.bags.extend(own.iter().map(|t| (t.hash, t.weight)));
            text.bags[bag..].sort_unstable_by_key(|&(hash, _)| hash);
            text.tokens.extend(own);
        }
        text
    }

    /// The same, with each sentence's nearest neighbours in a sample of the collection.
    pub(crate) fn beside(document: &'a Document, background: &Background) -> Text<'a> {
        Beside::new(background).read(document)
    }

    /// The tokens of a run of lines.
    pub(crate) fn run(&self, lines: std::ops::Range<usize>) -> &[Token] {
        match (
            self.lines.get(lines.start),
            lines.end.checked_sub(1).and_then(|l| self.lines.get(l)),
        ) {
            (Some(a), Some(b)) if a.first <= b.last => {
                &self.tokens[a.first as usize..b.last as usize]
            }
            _ => &[],
        }
    }

    /// The tokens of a run of lines as hashes and weights, in ascending order.
    pub(crate) fn bag(&self, lines: std::ops::Range<usize>) -> Cow<'_, [(u64, f32)]> {
        let of = |line: &Line<'_>| &self.bags[line.first as usize..line.last as usize];
        match &self.lines[lines] {
            [line] => Cow::Borrowed(of(line)),
            lines => {
                let mut all: Vec<(u64, f32)> = lines.iter().flat_map(of).copied().collect();
                all.sort_unstable_by_key(|&(hash, _)| hash);
                Cow::Owned(all)
            }
        }
    }

    /// The span from the first to the last of a run of lines.
    pub(crate) fn span(&self, lines: std::ops::Range<usize>) -> Span {
        match (self.lines.get(lines.start), self.lines.get(lines.end.wrapping_sub(1))) {
            (Some(a), Some(b)) => a.span.cover(b.span),
            _ => Span::default(),
        }
    }

    /// The line that a token belongs to.
    pub(crate) fn line_of_token(&self, token: u32) -> usize {
        self.lines.partition_point(|l| l.last <= token)
    }

    /// Words told in all.
    pub(crate) fn weight(&self) -> f32 {
        self.lines.iter().map(|l| l.weight).sum()
    }
}

/// Reads texts beside a sample of the collection. A sentence that many of them have is held against it
/// once.
pub(crate) struct Beside<'a, 'b> {
    background: &'b Background,
    /// The last sentence of these words, and its nearest neighbours.
    known: BTreeMap<u64, (Line<'a>, [f32; NEIGHBOURS])>,
}

impl<'a, 'b> Beside<'a, 'b> {
    pub(crate) fn new(background: &'b Background) -> Self {
        Beside { background, known: BTreeMap::new() }
    }

    /// A document's text, with each sentence's nearest neighbours in the sample.
    pub(crate) fn read(&mut self, document: &'a Document) -> Text<'a> {
        let mut text = Text::of(document);
        text.sampled = text.lines.iter().map(|line| self.nearest(line)).collect();
        text
    }

    fn nearest(&mut self, line: &Line<'a>) -> [f32; NEIGHBOURS] {
        let same =
            |known: &&(Line<'a>, _)| known.0.reach == line.reach && known.0.vector == line.vector;
        if let Some((_, top)) = self.known.get(&line.hash).filter(same) {
            return *top;
        }
        let mut top = USUAL;
        let similar = self
            .background
            .sample()
            .map(|(other, reach)| likeness(dot(line.vector, other), (line.reach, reach)));
        similar.filter(|&s| s < SAME).for_each(|s| insert(&mut top, s));
        self.known.insert(line.hash, (line.clone(), top));
        top
    }
}

/// Keeps the greatest values, in falling order.
pub(crate) fn insert(top: &mut [f32], value: f32) {
    let mut value = value;
    for slot in top {
        if value > *slot {
            std::mem::swap(slot, &mut value);
        }
    }
}
