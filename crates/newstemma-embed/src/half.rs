//! Numbers of half precision.

/// A little-endian number of half precision as one of single precision, which holds it exactly.
pub(crate) fn half_to_single(bytes: [u8; 2]) -> f32 {
    let half = u32::from(u16::from_le_bytes(bytes));
    let (sign, magnitude) = ((half & 0x8000) << 16, half & 0x7FFF);
    // Moved into place, the exponent is 112 too small, which this factor mends for numbers below
    // the least normal one as well. Infinities are not expected, and become large numbers.
    let value = f32::from_bits(magnitude << 13) * f32::from_bits((127 + 112) << 23);
    f32::from_bits(value.to_bits() | sign)
}

#[cfg(test)]
mod tests {
    use super::half_to_single;

    #[test]
    fn halves_are_read_exactly() {
        let check = |bits: u16, expected: f32| {
            assert_eq!(half_to_single(bits.to_le_bytes()), expected, "{bits:04x}");
        };
        check(0x0000, 0.0);
        check(0x3C00, 1.0);
        check(0xC000, -2.0);
        check(0x3555, 0.333_251_95);
        check(0x7BFF, 65504.0);
        check(0x0001, 5.960_464_5e-8);
        check(0x83FF, -6.097_555e-5);
    }
}
