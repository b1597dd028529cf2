//! The exponential and the Gaussian error linear unit, many values at a time.
//!
//! Functions of a platform's library differ in their last bits and take one value at a time. These
//! are polynomials of plain additions and multiplications without a branch, so that the compiler
//! can do as many lanes as the machine has, with the same bits everywhere.

/// The exponential of a number that is not above zero; relative error 2e-7. What is below -87
/// counts as that.
///
/// `exp(x) = 2^n · exp(r)` with the whole number `n` nearest to `x / ln 2`; the polynomial is that of
/// the Cephes library (S. Moshier).
#[inline(always)]
pub(crate) fn exp(x: f32) -> f32 {
    // Adding this leaves a whole number, rounded half to even, in the lowest bits.
    const WHOLE: f32 = 12_582_912.0;
    // ln 2 in two parts, the first with so few bits that its product with a small number is exact.
    const LN_2_HIGH: f32 = 0.693_359_4;
    const LN_2_LOW: f32 = -2.121_944_4e-4;
    let x = if x > -87.0 { x } else { -87.0 };
    let shifted = x * std::f32::consts::LOG2_E + WHOLE;
    let whole = shifted - WHOLE;
    let r = x - whole * LN_2_HIGH - whole * LN_2_LOW;
    let mut sum = 1.987_569_1e-4;
    for coefficient in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5] {
        sum = sum * r + coefficient;
    }
    let power = f32::from_bits(shifted.to_bits().wrapping_add(127) << 23);
    (sum * r * r + r + 1.0) * power
}

/// `x · Φ(x)`, Φ being the distribution function of the normal distribution; absolute error 2e-7
/// times `x`.
///
/// By formula 7.1.26 of Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964).
#[inline(always)]
pub(crate) fn gelu(x: f32) -> f32 {
    let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let mut sum = 1.061_405_4;
    for coefficient in [-1.453_152, 1.421_413_7, -0.284_496_74, 0.254_829_6] {
        sum = sum * t + coefficient;
    }
    let tail = 0.5 * sum * t * exp(-z * z);
    x * if x > 0.0 { 1.0 - tail } else { tail }
}

#[cfg(test)]
mod tests {
    use super::{exp, gelu};

    #[test]
    fn the_exponential_is_that_of_the_library() {
        for step in 0..8_700 {
            let x = step as f32 * -0.01;
            let (found, expected) = (exp(x), libm::expf(x));
            assert!((found - expected).abs() <= 3e-7 * expected, "{x}: {found} for {expected}");
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(f32::NEG_INFINITY) < 1e-37);
    }

    #[test]
    fn the_unit_is_that_of_its_definition() {
        for step in -1_000..=1_000 {
            let x = step as f32 * 0.01;
            let expected = x * 0.5 * (1.0 + libm::erff(x * std::f32::consts::FRAC_1_SQRT_2));
            let found = gelu(x);
            assert!((found - expected).abs() <= 3e-7 * x.abs().max(1.0), "{x}: {found}");
        }
    }
}
