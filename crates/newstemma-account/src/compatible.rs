//! Whether two versions can be told of one and the same thing.
//!
//! Numbers are compared as intervals: "over 10,000" and "10,000" can both be so, "12" and "15" can
//! not. An approximate number stretches by a tenth; a rounder number stands for what it is the
//! rounding of, if that changes it by no more than [`ROUNDING_MAX`].

use newstemma_model::{FigureKind, Quantity};

/// How far "about" reaches, as a share of the number.
const ABOUT: f64 = 0.1;

/// The most that rounding may change, as a share: 3,214 is "3,200", but 52 is not "50".
const ROUNDING_MAX: f64 = 0.02;

/// Whether two quantities can be of one thing.
pub(crate) fn quantities(a: &Quantity, b: &Quantity) -> bool {
    match (one_bound(a), one_bound(b)) {
        // "More than 40" and "more than 60" could both be so, and yet are two versions.
        (Some((side_a, x)), Some((side_b, y))) if side_a == side_b => near(x, y),
        _ => {
            let (low_a, high_a) = bounds(a);
            let (low_b, high_b) = bounds(b);
            let overlap = low_a <= high_b && low_b <= high_a;
            overlap || matches!((a.value(), b.value()), (Some(x), Some(y)) if near(x, y))
        }
    }
}

/// Whether two quantities are one number, whatever bounds stand beside it; "about" makes it stand
/// for what it is the rounding of.
pub(crate) fn same_number(a: &Quantity, b: &Quantity) -> bool {
    let ends = |q: &Quantity| (q.low.or(q.high), q.high.or(q.low));
    let same = |x: f64, y: f64| x == y || ((a.approximate || b.approximate) && near(x, y));
    match (ends(a), ends(b)) {
        ((Some(low_a), Some(high_a)), (Some(low_b), Some(high_b))) => {
            same(low_a, low_b) && same(high_a, high_b)
        }
        _ => false,
    }
}

/// The bound of a quantity that has only one, and whether it is the lower.
fn one_bound(quantity: &Quantity) -> Option<(bool, f64)> {
    match (quantity.low, quantity.high) {
        (Some(low), None) => Some((true, low)),
        (None, Some(high)) => Some((false, high)),
        _ => None,
    }
}

/// Whether two numbers are equal or one is the rounding of the other.
fn near(x: f64, y: f64) -> bool {
    x == y || is_rounding(x, y) || is_rounding(y, x)
}

/// Whether two figures count in the same way, so that it makes sense to compare them.
pub(crate) fn kinds(a: FigureKind, b: FigureKind) -> bool {
    use FigureKind::{Count, Measure};
    a == b || matches!((a, b), (Count, Measure) | (Measure, Count))
}

fn bounds(quantity: &Quantity) -> (f64, f64) {
    let (low, high) =
        (quantity.low.unwrap_or(f64::NEG_INFINITY), quantity.high.unwrap_or(f64::INFINITY));
    if quantity.approximate {
        (low - low.abs() * ABOUT, high + high.abs() * ABOUT)
    } else {
        (low, high)
    }
}

/// Whether `round` is what `exact` is rounded to, at the digits that `round` has.
fn is_rounding(round: f64, exact: f64) -> bool {
    if round == 0.0 || (round - exact).abs() > ROUNDING_MAX * exact.abs() {
        return false;
    }
    let mut unit = 1.0;
    // Whole numbers only, and twelve zeros at most, so that the loop ends.
    for _ in 0..12 {
        if round % (unit * 10.0) != 0.0 {
            break;
        }
        unit *= 10.0;
    }
    unit > 1.0 && (round - exact).abs() <= unit / 2.0
}

#[cfg(test)]
mod tests {
    use super::quantities;
    use newstemma_model::Quantity;

    #[test]
    fn bounds_rounding_and_about_are_no_contradictions() {
        let exact = Quantity::exact;
        let over = |x| Quantity { low: Some(x), high: None, approximate: false };
        let about = |x| Quantity { low: Some(x), high: Some(x), approximate: true };
        let check = |a: Quantity, b: Quantity, expected: bool| {
            assert_eq!(quantities(&a, &b), expected, "{a:?} {b:?}");
            assert_eq!(quantities(&b, &a), expected, "{b:?} {a:?}");
        };
        check(exact(10_000.0), over(10_000.0), true);
        check(exact(9_000.0), over(10_000.0), false);
        check(exact(47.0), about(50.0), true);
        check(exact(3_214.0), exact(3_200.0), true);
        check(exact(52.0), exact(50.0), false);
        check(exact(720.0), exact(700.0), false);
        check(exact(12.0), exact(15.0), false);
        check(over(12.0), over(15.0), false);
        check(exact(2.8), exact(2.6), false);
        check(exact(0.0), exact(1.0), false);
    }
}
