//! Numbers of half precision.

/// A number in half precision, if it is one.
pub(crate) fn half(value: f32) -> Option<u16> {
    let half = rounded_half(value);
    (half_to_single(half) == value).then_some(half)
}

/// The nearest number of half precision, half to even; too large ones become the largest.
pub fn rounded_half(value: f32) -> u16 {
    // Dividing by this puts the exponent where that of a half stands; the addition of a power of two
    // as large as the value's last kept bit would be rounds it.
    let sign = (value.to_bits() >> 16) as u16 & 0x8000;
    let scaled = value.abs().min(65_504.0) * f32::from_bits((127 - 112) << 23);
    let bits = scaled.to_bits();
    let rounded = (bits + 0x0FFF + (bits >> 13 & 1)) >> 13;
    sign | rounded as u16
}

/// A number of half precision as one of single precision, which holds it exactly. Infinities become
/// large numbers.
pub(crate) fn half_to_single(half: u16) -> f32 {
    let magnitude = f32::from_bits(u32::from(half & 0x7FFF) << 13);
    magnitude * f32::from_bits((127 + 112) << 23) * if half & 0x8000 == 0 { 1.0 } else { -1.0 }
}

#[cfg(test)]
mod tests {
    use super::{half, rounded_half};

    #[test]
    fn halves_are_kept_and_others_refused() {
        for (value, expected) in
            [(1.0, 0x3C00), (-2.0, 0xC000), (5.960_464_5e-8, 0x0001), (65_504.0, 0x7BFF), (0.0, 0)]
        {
            assert_eq!(half(value), Some(expected), "{value}");
        }
        assert_eq!(half(0.1), None);
        assert_eq!(rounded_half(0.1), 0x2E66);
        assert_eq!(rounded_half(1.000_488_3), 0x3C00);
        assert_eq!(rounded_half(1.001_464_9), 0x3C02);
    }
}
