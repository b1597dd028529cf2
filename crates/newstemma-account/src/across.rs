//! Changes between passages in two languages, or in wordings too far apart to compare them word
//! by word: numbers, dates, and names that differ by a slip.

use crate::change::{Bead, Marks, contradicting};
use crate::compatible::{kinds, quantities, same_number};
use crate::context::Context;
use crate::name::{is_exchange, is_slip};
use crate::site::{Reading, Site};
use crate::wording::{Token, tokens};
use newstemma_model::{DateExpression, DateMention, DifferenceKind, FigureKind, Quantity, Span};

/// Changes between passages in two languages, or in wordings too far apart.
pub(crate) fn across(context: &Context<'_>, marks: &Marks, bead: &Bead) -> Vec<(Site, Site)> {
    let mut found = figures_across(context, bead);
    found.extend(dates_across(context, bead));
    found.extend(dates_left_out(context, bead));
    found.extend(slips_across(context, marks, bead));
    found
}

/// Numbers farther apart than by this factor are not versions of one number.
const FACTOR_MAX: f64 = 15.0;

/// Most numbers a side that are paired by their order alone.
const PAIRED_MAX: usize = 2;

/// Numbers that have no equal on the other side. Those written in digits are paired in order where
/// both sides have as many; else only what differs by one digit, which is a slip whatever else was
/// left out. Small numbers in words come and go with the grammar ("one of them"), so they count
/// only where one number of something is left over on each side.
fn figures_across(context: &Context<'_>, bead: &Bead) -> Vec<(Site, Site)> {
    let side = |side: (usize, Span)| Written::all(context, side.0, side.1);
    let (a, b) = unmatched(side(bead.a), side(bead.b), Written::is_same);
    let (mut a, mut b) = unmatched(a, b, Written::can_be_same);
    let left_over = |x: &[Written]| matches!(x, [one] if one.is_told());
    if !(left_over(&a) && left_over(&b)) {
        a.retain(|x| !x.digits.is_empty());
        b.retain(|x| !x.digits.is_empty());
    }
    let pairs: Vec<(&Written, &Written)> = if a.len() == b.len() && a.len() <= PAIRED_MAX {
        a.iter().zip(&b).filter(|(x, y)| x.is_version(y)).collect()
    } else {
        let all = a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
        let slips: Vec<_> = all.filter(|(x, y)| x.is_slip(y)).collect();
        if slips.len() == 1 { slips } else { Vec::new() }
    };
    let site = |document: usize, x: &Written| Site::figure(context, document, x.span);
    pairs.into_iter().map(|(x, y)| (site(bead.a.0, x), site(bead.b.0, y))).collect()
}

/// A number with the digits it is written in.
#[derive(Clone, Debug)]
struct Written {
    span: Span,
    quantity: Quantity,
    /// `None`: digits that nobody read as a number of anything.
    kind: Option<FigureKind>,
    /// Whether it is told what is counted or measured.
    has_unit: bool,
    digits: Vec<u32>,
}

impl Written {
    /// The numbers in a passage, in order, but for ordinals and dates. A day of the month without
    /// a month ("del 12") may be a number that was taken for a day.
    fn all(context: &Context<'_>, document: usize, passage: Span) -> Vec<Written> {
        let (whole, text) = (context.document(document), context.text(document));
        let digits = |span: Span| span.of(text).chars().filter_map(|c| c.to_digit(10)).collect();
        let inside = whole.figures.iter().filter(|f| passage.contains(f.span));
        let mut found: Vec<Written> = inside
            .filter(|f| f.kind != FigureKind::Ordinal)
            .map(|f| Written {
                span: f.span,
                quantity: f.quantity,
                kind: Some(f.kind),
                has_unit: f.unit.is_some(),
                digits: digits(f.span),
            })
            .collect();
        let is_read = |span: Span| {
            let is_day =
                |d: &DateMention| matches!(d.expression, DateExpression::DayOfMonth { .. });
            whole.figures.iter().any(|f| f.span.overlap(span) > 0)
                || whole.dates.iter().any(|d| d.span.overlap(span) > 0 && !is_day(d))
        };
        for token in tokens(text, passage).iter().filter(|t| !is_read(t.span)) {
            if let Ok(value) = token.form.parse::<u32>() {
                let quantity = Quantity::exact(f64::from(value));
                let digits = digits(token.span);
                found.push(Written {
                    span: token.span,
                    quantity,
                    kind: None,
                    has_unit: false,
                    digits,
                });
            }
        }
        found.sort_by_key(|x| x.span);
        found
    }

    /// Whether it is in digits, or a number of something and more than an article.
    fn is_told(&self) -> bool {
        let size = self.quantity.low.or(self.quantity.high);
        !self.digits.is_empty() || (self.has_unit && size.is_some_and(|x| x > 1.0))
    }

    fn is_same(&self, other: &Written) -> bool {
        same_number(&self.quantity, &other.quantity)
    }

    /// Whether both can be of one thing: one is a bound or a rounding of the other.
    fn can_be_same(&self, other: &Written) -> bool {
        self.kind.zip(other.kind).is_some_and(|(a, b)| kinds(a, b))
            && quantities(&self.quantity, &other.quantity)
            && !self.is_slip(other)
    }

    /// Whether one can have become the other. Where of one only that it counts something is known,
    /// since its language has no word for what the other measures, it takes a slip.
    fn is_version(&self, other: &Written) -> bool {
        let size = |x: &Written| x.quantity.low.or(x.quantity.high);
        let Some((p, q)) = size(self).zip(size(other)) else { return false };
        let (least, most) = (p.abs().min(q.abs()), p.abs().max(q.abs()));
        let is_one_kind = self.kind.is_some() && self.kind == other.kind;
        (least > 0.0 && most / least <= FACTOR_MAX && is_one_kind) || self.is_slip(other)
    }

    /// Whether both have as many digits, two at least, of which one differs; a measure can't
    /// become a mere number by that, nor a share.
    fn is_slip(&self, other: &Written) -> bool {
        let is_shared = |kind| matches!(kind, FigureKind::Measure | FigureKind::Percent);
        let is_one_kind = match self.kind.zip(other.kind) {
            Some((x, y)) => x == y || !(is_shared(x) || is_shared(y)),
            None => true,
        };
        let (a, b) = (&self.digits, &other.digits);
        is_one_kind
            && a.len() > 1
            && a.len() == b.len()
            && a.iter().zip(b).filter(|(x, y)| x != y).count() == 1
    }
}

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

/// From this cosine on, two sentences of different languages or wordings say the same but for a
/// detail: translations of one sentence lie about 0.8, sentences of one story about 0.3.
const SAME_SENTENCE_COSINE_MIN: f32 = 0.65;

/// A day that one passage gives and the other leaves out, where one of the reports was written
/// anew: a translator keeps the days, and a cut takes more than a word. "Today" says as often
/// that it is so nowadays, and is left out for that.
fn dates_left_out(context: &Context<'_>, bead: &Bead) -> Option<(Site, Site)> {
    let (in_a, in_b) = (bead.a.0, bead.b.0);
    if !context.is_rewritten(in_a) && !context.is_rewritten(in_b) {
        return None;
    }
    let one_sentence = |(document, span)| {
        let mut touched = context.sentences_in(document, span);
        touched.next().filter(|_| touched.next().is_none())
    };
    let (one, other) = (one_sentence(bead.a)?, one_sentence(bead.b)?);
    let vectors = |document| &context.document(document).vectors;
    if vectors(in_a).likeness(one, vectors(in_b), other) < SAME_SENTENCE_COSINE_MIN {
        return None;
    }
    let side = |(document, span): (usize, Span)| -> Vec<&DateMention> {
        context.document(document).dates.iter().filter(|d| span.contains(d.span)).collect()
    };
    let absent = |(document, span): (usize, Span)| {
        let words = Site::words(context, document, span, DifferenceKind::Date);
        Site { reading: Reading::Absent, ..words }
    };
    let day = |document: usize, date: &DateMention| {
        let is_day = matches!(
            date.expression,
            DateExpression::Day { .. }
                | DateExpression::DayOfMonth { .. }
                | DateExpression::Weekday { .. }
        );
        Site::date(context, document, date.span).filter(|_| is_day)
    };
    match (&side(bead.a)[..], &side(bead.b)[..]) {
        ([date], []) if !names_a_day(context, bead.b) => Some((day(in_a, date)?, absent(bead.b))),
        ([], [date]) if !names_a_day(context, bead.a) => Some((absent(bead.a), day(in_b, date)?)),
        _ => None,
    }
}

/// Whether the name of a weekday or month stands in a passage, read as a date or not.
fn names_a_day(context: &Context<'_>, (document, passage): (usize, Span)) -> bool {
    let rules = &context.pack_at(document, passage.start()).date;
    let inside = tokens(context.text(document), passage);
    let stands = |name: &str| {
        let name = tokens(name, Span::new(0, name.len()));
        let is_name = |place: &[Token]| place.iter().zip(&name).all(|(x, y)| x.form == y.form);
        !name.is_empty() && inside.windows(name.len()).any(is_name)
    };
    rules.weekdays.iter().chain(&rules.months).flat_map(|forms| forms.iter()).any(stands)
}

/// Names that differ by a slip, in one script.
fn slips_across(context: &Context<'_>, marks: &Marks, bead: &Bead) -> Vec<(Site, Site)> {
    let side = |(document, span): (usize, Span)| -> Vec<Token> {
        let names = &context.document(document).names;
        let is_name = |t: &Token| names.iter().any(|n| n.span.contains(t.span));
        tokens(context.text(document), span).into_iter().filter(is_name).collect()
    };
    let (a, b) = unmatched(side(bead.a), side(bead.b), |x, y| x.form == y.form);
    let of = |t: &Token, document| t.span.of(context.text(document)).to_owned();
    let mut found = Vec::new();
    for x in &a {
        let slips: Vec<&Token> =
            b.iter().filter(|y| is_slip(&of(x, bead.a.0), &of(y, bead.b.0))).collect();
        let [y] = slips[..] else { continue };
        // Names are adapted to languages. A slip shows where letters are exchanged, which no
        // language does, or the right form stands elsewhere in the same report or in another one
        // of its language, or is common to many languages.
        let (x, y) = (x.clone(), (*y).clone());
        let shows = is_exchange(&of(&x, bead.a.0), &of(&y, bead.b.0))
            || marks.is_odd(context, bead.a.0, &x.form, &y.form)
            || marks.is_odd(context, bead.b.0, &y.form, &x.form);
        if shows {
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
fn unmatched<T>(a: Vec<T>, b: Vec<T>, equal: impl Fn(&T, &T) -> bool) -> (Vec<T>, Vec<T>) {
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
