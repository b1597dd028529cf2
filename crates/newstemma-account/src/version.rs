//! Changes between two versions of one wording.
//!
//! The wordings are compared token by token ([`crate::wording`]), and each place where they part is
//! read: numbers, dates, names by a slip or exchanged, words in quotation marks, negation,
//! certainty.

use crate::change::{Bead, Marks, contradicting};
use crate::context::Context;
use crate::name::is_slip;
use crate::quotation::is_quoted;
use crate::site::{Reading, Site};
use crate::stance::polar_count;
use crate::wording::{Change, Comparison, Token, compare, likeness, tokens};
use newstemma_language::{Pack, Polarity};
use newstemma_model::{DifferenceKind, EntityKind, NameMention, Span};
use std::ops::Range;

/// From this likeness on, two wordings count as versions of one and changes are read singly.
pub(crate) const VERSION_MIN: f32 = 0.5;

/// From this likeness on, an exchanged word is taken for a change of what is said, not for
/// another way of saying it.
const COPY_MIN: f32 = 0.75;

/// Up to so many changes, a passage was edited; with more it was put in other words.
const EDITS_MAX: usize = 3;

/// Longest change that is read, in tokens a side: what is longer was written anew.
const CHANGE_TOKENS_MAX: usize = 4;

/// Two passages made ready for comparison.
pub(crate) struct Compared {
    pub(crate) a: Vec<Token>,
    pub(crate) b: Vec<Token>,
    pub(crate) comparison: Comparison,
    pub(crate) likeness: f32,
}

/// Compares the wordings of a bead; `None` if they are in two languages or share too little.
pub(crate) fn compare_versions(context: &Context<'_>, bead: &Bead) -> Option<Compared> {
    let language = |side: (usize, Span)| context.language_at(side.0, side.1.start());
    if language(bead.a).primary() != language(bead.b).primary() {
        return None;
    }
    let side = |(document, span): (usize, Span)| tokens(context.text(document), span);
    let (a, b) = (side(bead.a), side(bead.b));
    let comparison = compare(&a, &b);
    let likeness = likeness(&comparison, &a, &b);
    (likeness >= VERSION_MIN).then_some(Compared { a, b, comparison, likeness })
}

/// Two versions of one wording.
pub(crate) struct Version<'v> {
    pub(crate) context: &'v Context<'v>,
    pub(crate) marks: &'v Marks,
    pub(crate) bead: &'v Bead,
    pub(crate) compared: &'v Compared,
}

/// Most tokens that a denial, or a word of doubt, can put in: itself, a second one, and an
/// auxiliary.
const DENIAL_TOKENS_MAX: usize = 2;

impl Version<'_> {
    /// What they contradict each other in.
    pub(crate) fn changes(&self) -> Vec<(Site, Site)> {
        let mut found = Vec::new();
        for change in &self.compared.comparison.changes {
            let numbers = self.numbers(change);
            let dates = self.dates(change);
            let is_plain = numbers.is_empty() && dates.is_empty();
            found.extend(numbers);
            found.extend(dates);
            let is_short = change.a.len().max(change.b.len()) <= CHANGE_TOKENS_MAX;
            if is_plain && is_short {
                found.extend(self.words(change));
            }
        }
        found.extend(self.polarity(Polarity::Negation, DifferenceKind::Negation));
        if self.compared.likeness >= COPY_MIN {
            found.extend(self.polarity(Polarity::Hedge, DifferenceKind::Certainty));
        }
        found
    }

    /// Numbers in a change that contradict each other, in order.
    fn numbers(&self, change: &Change) -> Vec<(Site, Site)> {
        let side = |document: usize, tokens: &[Token]| -> Vec<Site> {
            let mut sites: Vec<Site> = Vec::new();
            for token in numerals(tokens) {
                // The day of a date is no figure.
                let dates = &self.context.document(document).dates;
                if dates.iter().any(|d| d.span.contains(token.span)) {
                    continue;
                }
                let site = Site::figure(self.context, document, token.span);
                if sites.last() != Some(&site) {
                    sites.push(site);
                }
            }
            sites
        };
        let (in_a, in_b) = (self.bead.a.0, self.bead.b.0);
        let (a, b) = (&self.compared.a[change.a.clone()], &self.compared.b[change.b.clone()]);
        let (mut sites_a, mut sites_b) = (side(in_a, a), side(in_b, b));
        // What is a date in one version and none in the other: "1930 men" became "1980 men".
        if sites_a.len() != sites_b.len()
            && let ([x], [y]) = (&numerals(a)[..], &numerals(b)[..])
        {
            let number =
                |document, span| Site::words(self.context, document, span, DifferenceKind::Figure);
            (sites_a, sites_b) = (vec![number(in_a, x.span)], vec![number(in_b, y.span)]);
        }
        contradicting(self.context, sites_a, sites_b)
    }

    /// Dates in a change that contradict each other, in order.
    fn dates(&self, change: &Change) -> Vec<(Site, Site)> {
        let side = |document: usize, tokens: &[Token]| -> Vec<Site> {
            let mut sites: Vec<Site> = Vec::new();
            for token in tokens {
                if let Some(site) = Site::date(self.context, document, token.span)
                    && sites.last() != Some(&site)
                {
                    sites.push(site);
                }
            }
            sites
        };
        let a = side(self.bead.a.0, &self.compared.a[change.a.clone()]);
        let b = side(self.bead.b.0, &self.compared.b[change.b.clone()]);
        contradicting(self.context, a, b)
    }

    /// Words exchanged for as many others: names, and words in quotation marks.
    fn words(&self, change: &Change) -> Vec<(Site, Site)> {
        let (a, b) = (&self.compared.a[change.a.clone()], &self.compared.b[change.b.clone()]);
        if a.is_empty() || b.is_empty() {
            return Vec::new();
        }
        let (in_a, in_b) = (self.bead.a.0, self.bead.b.0);
        let (text_a, text_b) = (self.context.text(in_a), self.context.text(in_b));
        if let ([x], [y]) = (a, b)
            && is_slip(x.span.of(text_a), y.span.of(text_b))
        {
            if self.is_usage(&x.form, &y.form) {
                return Vec::new();
            }
            return vec![self.pair(x.span, y.span, DifferenceKind::Name)];
        }
        if self.compared.likeness < COPY_MIN {
            return Vec::new();
        }
        let (span_a, span_b) = (cover(a), cover(b));
        let (name_a, name_b) = (self.name_at(in_a, span_a), self.name_at(in_b, span_b));
        if let (Some(p), Some(q)) = (name_a, name_b) {
            return self.exchanged_names(p, q).into_iter().collect();
        }
        let quoted = |document: usize, span| is_quoted(&self.marks.quoted[document], span);
        let is_polar = [(in_a, a), (in_b, b)].iter().any(|(document, words)| {
            polar_count(self.pack(*document), words, 0..words.len(), Polarity::Negation) > 0
        });
        // Many changes in one passage are another translator's way of saying it.
        let is_edit = self.compared.comparison.changes.len() <= EDITS_MAX && !is_polar;
        let is_name = name_a.is_some() || name_b.is_some();
        if is_edit && !is_name && quoted(in_a, span_a) && quoted(in_b, span_b) {
            return vec![self.pair(span_a, span_b, DifferenceKind::Quotation)];
        }
        Vec::new()
    }

    /// Two names at one place, unless they name one entity.
    fn exchanged_names(&self, a: &NameMention, b: &NameMention) -> Option<(Site, Site)> {
        let (in_a, in_b) = (self.bead.a.0, self.bead.b.0);
        let (x, y) = (self.context.entity_at(in_a, a)?, self.context.entity_at(in_b, b)?);
        if x == y || a.kind != b.kind {
            return None;
        }
        let kind =
            if a.kind == EntityKind::Place { DifferenceKind::Place } else { DifferenceKind::Name };
        Some(self.pair(a.span, b.span, kind))
    }

    /// Whether each document writes a name in its own way throughout: another transliteration.
    fn is_usage(&self, form_a: &str, form_b: &str) -> bool {
        let (in_a, in_b) = (self.bead.a.0, self.bead.b.0);
        let own = self.marks.count(in_a, form_a) > 1 && self.marks.count(in_b, form_b) > 1;
        own && self.marks.count(in_a, form_b) == 0 && self.marks.count(in_b, form_a) == 0
    }

    /// A word of a polarity that one version has in a change and the other has nowhere in one.
    fn polarity(&self, polarity: Polarity, kind: DifferenceKind) -> Option<(Site, Site)> {
        let compared = self.compared;
        let hits = |document: usize, tokens: &[Token], range: &Range<usize>| -> usize {
            polar_count(self.pack(document), tokens, range.clone(), polarity)
        };
        let mut with_a = Vec::new();
        let mut with_b = Vec::new();
        for change in &compared.comparison.changes {
            if hits(self.bead.a.0, &compared.a, &change.a) > 0 {
                with_a.push(change);
            }
            if hits(self.bead.b.0, &compared.b, &change.b) > 0 {
                with_b.push(change);
            }
        }
        let change = match (&with_a[..], &with_b[..]) {
            ([one], []) | ([], [one]) => *one,
            _ => return None,
        };
        if change.a.len().max(change.b.len()) > CHANGE_TOKENS_MAX {
            return None;
        }
        // A denial is put in with little else ("does not close" for "closes"); a clause that was
        // put in and denies something is none.
        let (with, without) =
            if with_a.is_empty() { (&change.b, &change.a) } else { (&change.a, &change.b) };
        // Where much is worded otherwise, it has to be put in alone.
        let is_alone = without.is_empty() && with.len() == 1;
        let is_copy = self.compared.likeness >= COPY_MIN;
        if with.len() > without.len() + DENIAL_TOKENS_MAX || !(is_copy || is_alone) {
            return None;
        }
        let (a, b) = (widened(&change.a, &compared.a), widened(&change.b, &compared.b));
        let (mut a, mut b) = self.pair(cover(&compared.a[a]), cover(&compared.b[b]), kind);
        a.reading = Reading::Polar(!with_a.is_empty());
        b.reading = Reading::Polar(!with_b.is_empty());
        Some((a, b))
    }

    fn pair(&self, a: Span, b: Span, kind: DifferenceKind) -> (Site, Site) {
        (
            Site::words(self.context, self.bead.a.0, a, kind),
            Site::words(self.context, self.bead.b.0, b, kind),
        )
    }

    fn name_at(&self, document: usize, span: Span) -> Option<&NameMention> {
        self.context.document(document).names.iter().find(|n| n.span.overlap(span) > 0)
    }

    fn pack(&self, document: usize) -> &'static Pack {
        let side = if document == self.bead.a.0 { self.bead.a } else { self.bead.b };
        self.context.pack_at(document, side.1.start())
    }
}

/// The tokens that have digits.
fn numerals(tokens: &[Token]) -> Vec<&Token> {
    tokens.iter().filter(|t| t.form.chars().any(char::is_numeric)).collect()
}

/// A token range with the token before it, or the one after where there is none: a denial is
/// shown with the word that it denies.
fn widened(range: &Range<usize>, tokens: &[Token]) -> Range<usize> {
    if range.start > 0 {
        range.start - 1..range.end
    } else {
        range.start..(range.end + 1).min(tokens.len())
    }
}

fn cover(tokens: &[Token]) -> Span {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => first.span.cover(last.span),
        _ => Span::default(),
    }
}
