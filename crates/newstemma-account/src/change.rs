//! Changes between two aligned passages, and what kind they are of.
//!
//! In one language the wordings are compared token by token ([`crate::wording`]), and each place
//! where they part is read: numbers, dates, names by a slip or exchanged, words in quotation
//! marks, negation, certainty. A passage that was written anew shows too many changes to read
//! them one by one; there, and between languages, only what languages share is compared: numbers
//! and dates that stand alone on both sides, and names that differ by a slip.
//!
//! Precision goes before recall: translators drop, round and turn things around, and none of that
//! is a difference. So a value is never held against nothing.

use crate::context::Context;
use crate::date;
use crate::name::{is_slip, word_counts};
use crate::quotation::is_quoted;
use crate::site::{Reading, Site};
use crate::wording::{Change, Comparison, Token, compare, likeness, tokens};
use newstemma_language::{Pack, Polarity};
use newstemma_model::{
    DifferenceKind, EntityKind, Figure, FigureKind, Language, NameMention, Span,
};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Two aligned passages, by document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bead {
    pub(crate) a: (usize, Span),
    pub(crate) b: (usize, Span),
}

/// What is known of each document beyond the context: found once.
pub(crate) struct Marks {
    /// Spans in quotation marks, by document.
    pub(crate) quoted: Vec<Vec<Span>>,
    /// How often each form stands in a document.
    forms: Vec<BTreeMap<String, usize>>,
}

/// From this likeness on, two wordings count as versions of one and changes are read singly.
const VERSION_MIN: f32 = 0.5;

/// From this likeness on, an exchanged word is taken for a change of what is said, not for
/// another way of saying it.
const COPY_MIN: f32 = 0.75;

/// Up to so many changes, a passage was edited; with more it was put in other words.
const EDITS_MAX: usize = 3;

/// Longest change that is read, in tokens a side: what is longer was written anew.
const CHANGE_TOKENS_MAX: usize = 4;

impl Marks {
    pub(crate) fn of(context: &Context<'_>) -> Marks {
        let texts = || (0..context.material.documents.len()).map(|d| context.text(d));
        let forms = |text: &str| {
            let all = tokens(text, Span::new(0, text.len()));
            word_counts(&all).into_iter().map(|(form, n)| (form.to_owned(), n)).collect()
        };
        Marks {
            quoted: texts().map(crate::quotation::quoted).collect(),
            forms: texts().map(forms).collect(),
        }
    }

    /// Whether a form, odd in its document, stands where others have the right form: the document
    /// itself elsewhere, or another one in its language, or such in three languages.
    fn is_odd(&self, context: &Context<'_>, document: usize, odd: &str, right: &str) -> bool {
        if self.count(document, right) > 0 {
            return self.count(document, odd) == 1;
        }
        let language = |d: usize| context.document(d).report.language;
        let with = |form: &str| -> Vec<usize> {
            (0..self.forms.len()).filter(|&d| self.count(d, form) > 0).collect()
        };
        let (odd_in, right_in) = (with(odd), with(right));
        let languages: BTreeSet<Language> = right_in.iter().map(|&d| language(d)).collect();
        odd_in.len() < right_in.len()
            && (languages.contains(&language(document)) || languages.len() >= 3)
    }

    fn count(&self, document: usize, form: &str) -> usize {
        self.forms[document].get(form).copied().unwrap_or(0)
    }
}

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

/// The changes between the passages of a bead: pairs of sites that contradict each other.
pub(crate) fn changes(context: &Context<'_>, marks: &Marks, bead: &Bead) -> Vec<(Site, Site)> {
    match compare_versions(context, bead) {
        Some(compared) => {
            let version = Version { context, marks, bead, compared: &compared };
            version.changes()
        }
        None => across(context, marks, bead),
    }
}

/// Two versions of one wording.
struct Version<'v> {
    context: &'v Context<'v>,
    marks: &'v Marks,
    bead: &'v Bead,
    compared: &'v Compared,
}

impl Version<'_> {
    fn changes(&self) -> Vec<(Site, Site)> {
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
        if self.compared.likeness >= COPY_MIN {
            found.extend(self.polarity(Polarity::Negation, DifferenceKind::Negation));
            found.extend(self.polarity(Polarity::Hedge, DifferenceKind::Certainty));
        }
        found
    }

    /// Numbers in a change that contradict each other, in order.
    fn numbers(&self, change: &Change) -> Vec<(Site, Site)> {
        let side = |document: usize, tokens: &[Token]| -> Vec<Site> {
            let mut sites: Vec<Site> = Vec::new();
            for token in tokens.iter().filter(|t| t.form.chars().any(char::is_numeric)) {
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
        let a = side(self.bead.a.0, &self.compared.a[change.a.clone()]);
        let b = side(self.bead.b.0, &self.compared.b[change.b.clone()]);
        contradicting(self.context, a, b)
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
            let rules = &self.pack(*document).polarity;
            words.iter().any(|w| rules.of(&w.form) == Some(Polarity::Negation))
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
        let entity = |mention: &NameMention, document| {
            let spelling = mention.span.of(self.context.text(document));
            mention.entity.or_else(|| self.context.entity_of(spelling))
        };
        let (x, y) = (entity(a, in_a)?, entity(b, in_b)?);
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
            let rules = &self.pack(document).polarity;
            tokens[range.clone()].iter().filter(|t| rules.of(&t.form) == Some(polarity)).count()
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

/// Pairs of values, in order, that contradict each other. Where one side has more values than the
/// other nothing can be said about which answers to which.
fn contradicting(context: &Context<'_>, a: Vec<Site>, b: Vec<Site>) -> Vec<(Site, Site)> {
    if a.len() != b.len() {
        return Vec::new();
    }
    let pairs = a.into_iter().zip(b);
    pairs
        .filter(|(x, y)| contradict(&x.reading, &y.reading) && !same_digits(context, x, y))
        .collect()
}

/// Whether the same digits stand at both places: dates in digits are read in the order of the
/// language, so that a translator who keeps them seems to change them.
fn same_digits(context: &Context<'_>, a: &Site, b: &Site) -> bool {
    let digits = |site: &Site| -> String {
        let words = site.span.of(context.text(site.document));
        words.chars().filter(char::is_ascii_digit).collect()
    };
    let own = digits(a);
    !own.is_empty() && own == digits(b)
}

fn contradict(a: &Reading, b: &Reading) -> bool {
    match (a, b) {
        (Reading::Date(x), Reading::Date(y)) => x != y && date::comparable(x, y),
        (Reading::Number(_), Reading::Number(_)) | (Reading::Words(_), Reading::Words(_)) => {
            !a.agrees(b)
        }
        _ => false,
    }
}

/// Changes between passages in two languages, or in wordings too far apart.
fn across(context: &Context<'_>, marks: &Marks, bead: &Bead) -> Vec<(Site, Site)> {
    let mut found = figures_across(context, bead);
    found.extend(dates_across(context, bead));
    found.extend(slips_across(context, marks, bead));
    found
}

/// Numbers farther apart than by this factor are not versions of one number.
const FACTOR_MAX: f64 = 15.0;

/// Numbers written in digits that have no equal on the other side, paired in order where both
/// sides have as many.
fn figures_across(context: &Context<'_>, bead: &Bead) -> Vec<(Site, Site)> {
    let side = |(document, span): (usize, Span)| -> Vec<&Figure> {
        let figures = context.document(document).figures.iter();
        figures.filter(|f| span.contains(f.span) && f.kind != FigureKind::Ordinal).collect()
    };
    let equal = |x: &&Figure, y: &&Figure| {
        let (p, q) = (&x.quantity, &y.quantity);
        crate::compatible::same_number(p, q) || crate::compatible::quantities(p, q)
    };
    let (a, b) = unmatched(side(bead.a), side(bead.b), equal);
    // Small numbers in words come and go with the grammar ("one of them").
    let in_digits = |document: usize, left: Vec<&'_ Figure>| -> Vec<Figure> {
        let text = context.text(document);
        let has_digit = |f: &&Figure| f.span.of(text).chars().any(char::is_numeric);
        left.into_iter().filter(has_digit).cloned().collect()
    };
    let (a, b) = (in_digits(bead.a.0, a), in_digits(bead.b.0, b));
    let text = |document: usize, f: &Figure| f.span.of(context.text(document)).to_owned();
    let site = |document: usize, f: &Figure| Site::figure(context, document, f.span);
    if a.len() != b.len() || a.len() > PAIRED_MAX {
        // One digit changed is a slip, whatever else was left out.
        let is_slip =
            |x: &Figure, y: &Figure| one_digit_apart(&text(bead.a.0, x), &text(bead.b.0, y));
        let mut slips = a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
        let mut slips = slips.by_ref().filter(|(x, y)| is_slip(x, y));
        return match (slips.next(), slips.next()) {
            (Some((x, y)), None) => vec![(site(bead.a.0, x), site(bead.b.0, y))],
            _ => Vec::new(),
        };
    }
    let mut found = Vec::new();
    for (x, y) in a.iter().zip(&b) {
        let (p, q) = (x.quantity.low.or(x.quantity.high), y.quantity.low.or(y.quantity.high));
        let Some((p, q)) = p.zip(q) else { continue };
        let (least, most) = (p.abs().min(q.abs()), p.abs().max(q.abs()));
        if least > 0.0 && most / least <= FACTOR_MAX && x.kind == y.kind {
            found.push((site(bead.a.0, x), site(bead.b.0, y)));
        }
    }
    found
}

/// Whether two numbers as written have as many digits, two at least, of which one differs.
fn one_digit_apart(a: &str, b: &str) -> bool {
    let digits = |text: &str| text.chars().filter_map(|c| c.to_digit(10)).collect::<Vec<u32>>();
    let (a, b) = (digits(a), digits(b));
    a.len() > 1 && a.len() == b.len() && a.iter().zip(&b).filter(|(x, y)| x != y).count() == 1
}

/// Most numbers a side that are paired by their order alone.
const PAIRED_MAX: usize = 2;

/// Dates that have no equal on the other side, where each side has one.
fn dates_across(context: &Context<'_>, bead: &Bead) -> Vec<(Site, Site)> {
    let side = |(document, span): (usize, Span)| -> Vec<Site> {
        let dates = context.document(document).dates.iter();
        let inside = dates.filter(|d| span.contains(d.span));
        inside.filter_map(|d| Site::date(context, document, d.span)).collect()
    };
    let (a, b) = unmatched(side(bead.a), side(bead.b), |x, y| x.reading == y.reading);
    if a.len() == 1 { contradicting(context, a, b) } else { Vec::new() }
}

/// Names that differ by a slip, in one script.
fn slips_across(context: &Context<'_>, marks: &Marks, bead: &Bead) -> Vec<(Site, Site)> {
    let side = |(document, span): (usize, Span)| -> Vec<Token> {
        let names = &context.document(document).names;
        let is_name = |t: &Token| names.iter().any(|n| n.span.contains(t.span));
        tokens(context.text(document), span).into_iter().filter(is_name).collect()
    };
    let (a, b) = unmatched(side(bead.a), side(bead.b), |x, y| x.form == y.form);
    let mut found = Vec::new();
    for x in &a {
        let of = |t: &Token, document| t.span.of(context.text(document)).to_owned();
        let slips: Vec<&Token> =
            b.iter().filter(|y| is_slip(&of(x, bead.a.0), &of(y, bead.b.0))).collect();
        let [y] = slips[..] else { continue };
        // Names are adapted to languages. A slip shows where the right form stands elsewhere in
        // the same report or in another one of its language, or is common to many languages.
        let (x, y) = (x.clone(), (*y).clone());
        let elsewhere = marks.is_odd(context, bead.a.0, &x.form, &y.form)
            || marks.is_odd(context, bead.b.0, &y.form, &x.form);
        if elsewhere {
            let kind = DifferenceKind::Name;
            found.push((
                Site::words(context, bead.a.0, x.span, kind),
                Site::words(context, bead.b.0, y.span, kind),
            ));
        }
    }
    found
}

/// Takes out pairs of equals, each used once, first come first served.
pub(crate) fn unmatched<T>(
    a: Vec<T>,
    b: Vec<T>,
    equal: impl Fn(&T, &T) -> bool,
) -> (Vec<T>, Vec<T>) {
    let mut left_b: Vec<Option<T>> = b.into_iter().map(Some).collect();
    let mut left_a = Vec::new();
    for x in a {
        let found = left_b.iter_mut().find(|y| y.as_ref().is_some_and(|y| equal(&x, y)));
        match found {
            Some(slot) => *slot = None,
            None => left_a.push(x),
        }
    }
    (left_a, left_b.into_iter().flatten().collect())
}
