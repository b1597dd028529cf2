//! What one number is said to be: the least, the best supported and the greatest value.
//!
//! Which figures of a claim's statements are the same quantity? Words for what is counted differ
//! between languages, so the numbers themselves decide. A value that two reports give is one
//! quantity. A statement that lacks just one of these values, and has just one figure of the kind
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
    /// The value behind which most lines of text stand; of equals the one that is given first.
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
    let mut quantities: BTreeMap<Value, Vec<Reading>> = BTreeMap::new();
    for of_statement in readings {
        let has: BTreeSet<Value> = of_statement.iter().map(|r| Value::of(&r.figure)).collect();
        let mut lacks = shared.iter().filter(|value| !has.contains(value));
        let lacked = lacks.next().filter(|_| lacks.next().is_none());
        let (known, own): (Vec<Reading>, Vec<Reading>) =
            of_statement.into_iter().partition(|r| shared.contains(&Value::of(&r.figure)));
        for reading in known {
            quantities.entry(Value::of(&reading.figure)).or_default().push(reading);
        }
        if let (Some(&value), [_]) = (lacked, own.as_slice()) {
            quantities.entry(value).or_default().extend(own);
        }
    }
    quantities.into_values().collect()
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
    let mut support: Vec<(f64, BTreeSet<Option<usize>>)> = Vec::new();
    for reading in readings {
        let Some(value) = single(&reading.figure.quantity) else { continue };
        let line = line_of(reading.at.report);
        match support.iter_mut().find(|(known, _)| *known == value) {
            Some((_, lines)) => drop(lines.insert(line)),
            None => support.push((value, BTreeSet::from([line]))),
        }
    }
    let most = support.iter().map(|(_, lines)| lines.len()).max()?;
    support.iter().find(|(_, lines)| lines.len() == most).map(|&(value, _)| value)
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

    fn statement(number: usize, values: &[f64]) -> Statement {
        let figure = |(place, &value): (usize, &f64)| Figure {
            span: Span::new(place, place + 1),
            quantity: Quantity::exact(value),
            kind: FigureKind::Count,
            unit: None,
            of: None,
        };
        let bytes = [number as u8];
        let (id, report) = (StatementId::of(&[&bytes]), ReportId::of(&[&bytes]));
        Statement {
            figures: values.iter().enumerate().map(figure).collect(),
            ..Statement::unattributed(id, report, Span::new(0, 9))
        }
    }

    fn ranges(values: &[&[f64]]) -> Vec<(f64, f64, f64)> {
        let statements: Vec<Statement> =
            values.iter().enumerate().map(|(number, values)| statement(number, values)).collect();
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
    fn what_cannot_be_told_apart_is_not_compared() {
        assert_eq!(ranges(&[&[1.0, 2.0], &[3.0, 4.0]]), []);
        assert_eq!(ranges(&[&[7.0]]), []);
    }
}
