//! What one number is said to be: the least, the best supported and the greatest value.
//!
//! Which figures of a claim's statements are the same quantity? Words for what is counted differ
//! between languages, so the numbers themselves decide. A value that two reports give is one
//! quantity, and so are several such values of which no report gives two and every report one: a
//! toll that rises. A statement that lacks just one quantity, and has just one figure of the kind
//! that nobody else has, gives another value for the quantity that it lacks. Where no value is
//! shared and every statement has one figure, they are one quantity. Anything less clear is left
//! out rather than compared.

use crate::lineage::lines_of_text;
use crate::pipeline::StoryAccount;
use newstemma_model::{
    Claim, ClaimId, Figure, FigureKind, Located, Quantity, ReportId, Statement, StatementId,
};
use std::collections::{BTreeMap, BTreeSet};

/// One quantity, as the statements of a claim give it.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureRange {
    /// The claim.
    pub claim: ClaimId,
    /// What kind of number.
    pub kind: FigureKind,
    /// The least value that is given, as a value or a bound.
    pub low: f64,
    /// The value behind which most lines of text stand, those that bound it included; of equals a
    /// value before a mere bound, then the one that is given first.
    pub best: f64,
    /// The greatest value that is given.
    pub high: f64,
    /// Every figure, in order of the claim's statements.
    pub readings: Vec<Reading>,
}

/// One figure of a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The statement it stands in.
    pub statement: StatementId,
    /// Where.
    pub at: Located,
    /// The figure.
    pub figure: Figure,
}

/// The ranges of a story's figures: of each quantity that at least two reports give, those that
/// the reports disagree on first, then in order of the claims.
pub fn figure_ranges(told: &StoryAccount) -> Vec<FigureRange> {
    let statements: BTreeMap<StatementId, &Statement> =
        told.statements.iter().map(|s| (s.id, s)).collect();
    let lines = lines_of_text(told);
    let mut ranges: Vec<FigureRange> = Vec::new();
    // A figure stands in two claims where a statement holds another one.
    let mut seen: BTreeSet<Vec<Located>> = BTreeSet::new();
    for claim in &told.account.claims {
        let own: Vec<&Statement> =
            claim.statements.iter().filter_map(|id| statements.get(id).copied()).collect();
        for kind in kinds(&own) {
            let quantities = quantities(&own, kind);
            let found = quantities.into_iter().filter_map(|q| range(claim, kind, q, &lines));
            ranges.extend(found.filter(|range| seen.insert(places(range))));
        }
    }
    ranges.sort_by_key(|range| range.low == range.high);
    ranges
}

fn places(range: &FigureRange) -> Vec<Located> {
    let mut places: Vec<Located> = range.readings.iter().map(|reading| reading.at).collect();
    places.sort();
    places
}

/// The kinds of figures that can be compared: a rank is no amount.
fn kinds(statements: &[&Statement]) -> BTreeSet<FigureKind> {
    let figures = statements.iter().flat_map(|s| &s.figures);
    figures.map(|f| f.kind).filter(|&kind| kind != FigureKind::Ordinal).collect()
}

fn quantities(statements: &[&Statement], kind: FigureKind) -> Vec<Vec<Reading>> {
    let readings: Vec<Vec<Reading>> = statements.iter().map(|s| readings(s, kind)).collect();
    let mut givers: BTreeMap<Value, BTreeSet<ReportId>> = BTreeMap::new();
    for reading in readings.iter().flatten() {
        givers.entry(Value::of(&reading.figure)).or_default().insert(reading.at.report);
    }
    let shared: Vec<Value> =
        givers.iter().filter(|(_, reports)| reports.len() > 1).map(|(&value, _)| value).collect();
    if shared.is_empty() {
        let one_each = readings.iter().all(|of| of.len() <= 1);
        return if one_each { vec![readings.concat()] } else { Vec::new() };
    }
    let versions = versions(&shared, &givers);
    let quantity = |reading: &Reading| {
        let value = Value::of(&reading.figure);
        versions.iter().position(|values| values.contains(&value))
    };
    let mut quantities: Vec<Vec<Reading>> = vec![Vec::new(); versions.len()];
    for of_statement in readings {
        let has: BTreeSet<usize> = of_statement.iter().filter_map(quantity).collect();
        let mut lacks = (0..versions.len()).filter(|number| !has.contains(number));
        let lacked = lacks.next().filter(|_| lacks.next().is_none());
        let mut own: Vec<Reading> = Vec::new();
        for reading in of_statement {
            match quantity(&reading) {
                Some(number) => quantities[number].push(reading),
                None => own.push(reading),
            }
        }
        if let (Some(number), [_]) = (lacked, own.as_slice()) {
            quantities[number].extend(own);
        }
    }
    quantities
}

/// The shared values, those together that are versions of one quantity: no report gives two of
/// them, and none of them goes with one of the others and not with the rest.
fn versions(
    shared: &[Value],
    givers: &BTreeMap<Value, BTreeSet<ReportId>>,
) -> Vec<BTreeSet<Value>> {
    let instead = |value: &Value| -> BTreeSet<Value> {
        let apart = |other: &&Value| *other == value || givers[other].is_disjoint(&givers[value]);
        shared.iter().filter(apart).copied().collect()
    };
    let mut found: Vec<BTreeSet<Value>> = Vec::new();
    for value in shared {
        let values = instead(value);
        let is_one_quantity = values.iter().all(|other| instead(other) == values);
        let values = if is_one_quantity { values } else { BTreeSet::from([*value]) };
        if !found.contains(&values) {
            found.push(values);
        }
    }
    found
}

fn readings(statement: &Statement, kind: FigureKind) -> Vec<Reading> {
    let of_kind = statement.figures.iter().filter(|figure| figure.kind == kind);
    of_kind
        .map(|figure| Reading {
            statement: statement.id,
            at: Located { report: statement.report, span: figure.span },
            figure: figure.clone(),
        })
        .collect()
}

/// A quantity that can be compared and sorted: bounds by their bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Value(Option<u64>, Option<u64>);

impl Value {
    fn of(figure: &Figure) -> Value {
        Value(figure.quantity.low.map(f64::to_bits), figure.quantity.high.map(f64::to_bits))
    }
}

fn range(
    claim: &Claim,
    kind: FigureKind,
    readings: Vec<Reading>,
    lines: &[Vec<ReportId>],
) -> Option<FigureRange> {
    let reports: BTreeSet<ReportId> = readings.iter().map(|r| r.at.report).collect();
    if reports.len() < 2 {
        return None;
    }
    let bounds = readings.iter().flat_map(|r| [r.figure.quantity.low, r.figure.quantity.high]);
    let bounds: Vec<f64> = bounds.flatten().collect();
    let low = bounds.iter().copied().reduce(f64::min)?;
    let high = bounds.iter().copied().reduce(f64::max)?;
    let best = best(&readings, lines)?;
    Some(FigureRange { claim: claim.id, kind, low, best, high, readings })
}

fn best(readings: &[Reading], lines: &[Vec<ReportId>]) -> Option<f64> {
    let line_of = |report: ReportId| lines.iter().position(|line| line.contains(&report));
    let support = |value: f64| -> usize {
        let behind = readings.iter().filter(|r| allows(&r.figure.quantity, value));
        behind.map(|r| line_of(r.at.report)).collect::<BTreeSet<_>>().len()
    };
    let candidate = |reading: &Reading| {
        let value = single(&reading.figure.quantity)?;
        Some((support(value), reading.figure.quantity.value().is_some(), value))
    };
    let candidates = readings.iter().filter_map(candidate);
    // Among equals, the first.
    let best = candidates.rev().max_by_key(|&(lines, is_value, _)| (lines, is_value));
    best.map(|(_, _, value)| value)
}

/// Whether a quantity can be of such a value: "at least 3" of 5.
fn allows(quantity: &Quantity, value: f64) -> bool {
    quantity.low.is_none_or(|low| low <= value) && quantity.high.is_none_or(|high| value <= high)
}

/// The value, or the bound of a quantity that has only one.
fn single(quantity: &Quantity) -> Option<f64> {
    quantity.value().or(match (quantity.low, quantity.high) {
        (Some(bound), None) | (None, Some(bound)) => Some(bound),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::{FigureRange, figure_ranges};
    use crate::pipeline::StoryAccount;
    use newstemma_model::{
        Account, Claim, ClaimId, Figure, FigureKind, Language, Located, Quantity, ReportId, Span,
        Statement, StatementId, Stemma, Story, StoryId,
    };

    fn statement(number: usize, quantities: &[Quantity]) -> Statement {
        let figure = |(place, &quantity): (usize, &Quantity)| Figure {
            span: Span::new(place, place + 1),
            quantity,
            kind: FigureKind::Count,
            unit: None,
            of: None,
        };
        let bytes = [number as u8];
        let (id, report) = (StatementId::of(&[&bytes]), ReportId::of(&[&bytes]));
        Statement {
            figures: quantities.iter().enumerate().map(figure).collect(),
            ..Statement::unattributed(id, report, Span::new(0, 9))
        }
    }

    fn ranges(values: &[&[f64]]) -> Vec<(f64, f64, f64)> {
        let exact = |values: &&[f64]| values.iter().copied().map(Quantity::exact).collect();
        ranges_of(&values.iter().map(exact).collect::<Vec<_>>())
    }

    fn ranges_of(given: &[Vec<Quantity>]) -> Vec<(f64, f64, f64)> {
        let statements: Vec<Statement> =
            given.iter().enumerate().map(|(number, given)| statement(number, given)).collect();
        let reports: Vec<ReportId> = statements.iter().map(|s| s.report).collect();
        let text_at = Located { report: reports[0], span: Span::new(0, 9) };
        let claim = Claim {
            id: ClaimId::of(&[]),
            text: String::new(),
            text_at,
            language: Language::UNKNOWN,
            statements: statements.iter().map(|s| s.id).collect(),
            origins: Vec::new(),
            independent: 0,
            unknown_lineage: 0,
        };
        let story = Story {
            id: StoryId::of(&[]),
            title: String::new(),
            reports,
            languages: Vec::new(),
            first: None,
            last: None,
        };
        let told = StoryAccount {
            story,
            members: Vec::new(),
            inferred: Vec::new(),
            dates: Vec::new(),
            stemma: Stemma::default(),
            statements,
            account: Account { claims: vec![claim], ..Account::default() },
        };
        let triple = |r: &FigureRange| (r.low, r.best, r.high);
        figure_ranges(&told).iter().map(triple).collect()
    }

    #[test]
    fn one_figure_each_is_one_quantity() {
        assert_eq!(ranges(&[&[12.0], &[12.0], &[21.0]]), [(12.0, 12.0, 21.0)]);
        assert_eq!(ranges(&[&[3.0], &[5.0]]), [(3.0, 3.0, 5.0)]);
    }

    #[test]
    fn of_several_figures_the_one_that_nobody_else_has_varies_the_one_that_is_lacking() {
        let values: &[&[f64]] = &[&[12.0, 300.0], &[300.0, 12.0], &[21.0, 300.0]];
        assert_eq!(ranges(values), [(12.0, 12.0, 21.0), (300.0, 300.0, 300.0)]);
    }

    #[test]
    fn a_toll_that_rises_is_one_quantity() {
        let exact = |value| vec![Quantity::exact(value)];
        let least = |value| vec![Quantity { low: Some(value), high: None, approximate: false }];
        let told = [least(3.0), least(3.0), exact(5.0), exact(5.0)];
        assert_eq!(ranges_of(&told), [(3.0, 5.0, 5.0)]);
        assert_eq!(ranges_of(&[least(3.0), exact(5.0)]), [(3.0, 5.0, 5.0)]);
        assert_eq!(ranges_of(&[exact(5.0), least(8.0), least(8.0)]), [(5.0, 8.0, 8.0)]);
        let with_another: &[&[f64]] = &[&[3.0, 40.0], &[3.0, 40.0], &[40.0, 5.0], &[5.0, 40.0]];
        assert_eq!(ranges(with_another), [(3.0, 3.0, 5.0), (40.0, 40.0, 40.0)]);
    }

    #[test]
    fn what_cannot_be_told_apart_is_not_compared() {
        let crosswise: &[&[f64]] = &[&[1.0, 2.0], &[1.0, 2.0], &[3.0, 4.0], &[3.0, 4.0]];
        let alone = [1.0, 2.0, 3.0, 4.0].map(|value| (value, value, value));
        assert_eq!(ranges(crosswise), alone);
        assert_eq!(ranges(&[&[1.0, 2.0], &[3.0, 4.0]]), []);
        assert_eq!(ranges(&[&[7.0]]), []);
    }
}
