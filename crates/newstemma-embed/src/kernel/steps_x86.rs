//! Products of whole steps with the vector instructions of x86-64.
//!
//! `vpdpbusd` multiplies four unsigned bytes with four signed ones and adds the sum to a 32-bit
//! lane; it is in AVX-512 VNNI and in AVX-VNNI. AVX2 has `vpmaddubsw`, which saturates sums of two
//! products at 16 bits. So there the left steps are taken as signed again, their absolute values
//! multiplied with the right steps that were given their signs: two products of at most 127² stay
//! below 2¹⁵.

#![allow(unsafe_code)]

use super::PANEL;
use super::steps::{GROUP, PanelBlock, StepBlock, StepRows};
use std::arch::x86_64::{
    __m256i, __m512i, _mm256_abs_epi8, _mm256_add_epi32, _mm256_cvtepi32_ps,
    _mm256_dpbusd_avx_epi32, _mm256_fmadd_ps, _mm256_load_si256, _mm256_loadu_ps,
    _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_mul_ps, _mm256_set1_epi8, _mm256_set1_epi16,
    _mm256_set1_epi32, _mm256_set1_ps, _mm256_setzero_ps, _mm256_setzero_si256, _mm256_sign_epi8,
    _mm256_storeu_ps, _mm256_xor_si256, _mm512_cvtepi32_ps, _mm512_dpbusd_epi32, _mm512_fmadd_ps,
    _mm512_load_si512, _mm512_loadu_ps, _mm512_mul_ps, _mm512_set1_epi32, _mm512_set1_ps,
    _mm512_setzero_ps, _mm512_storeu_ps,
};

/// Rows of a tile: with four times 16 columns, 24 of the 32 registers of AVX-512 hold sums.
const TILE_ROWS: usize = 6;
/// Lanes of 32 bits.
const LANES_512: usize = 16;
const LANES_256: usize = 8;

/// The rows of a tile at one block: the steps and the scale of each.
type Tile<'a, const G: usize, const R: usize> = [(&'a StepBlock<G>, f32); R];

/// What is in the target before a block is added.
#[derive(Clone, Copy)]
enum Before {
    /// Nothing that matters: this is the first block.
    Nothing,
    /// The blocks before.
    Sums,
}

macro_rules! add_block {
    ($(#[$doc:meta])* $name:ident, $any:ident, $tile:ident, $features:literal) => {
        $(#[$doc])*
        pub(super) fn $name<const G: usize>(
            rows: StepRows<'_, G>,
            block: usize,
            panel: &PanelBlock<G>,
            out: &mut [f32],
            stride: usize,
        ) {
            for (index, starts) in rows.starts.chunks(TILE_ROWS).enumerate() {
                let out = &mut out[index * TILE_ROWS * stride..];
                // SAFETY: `Cpu` names this level only if the machine has these instructions.
                unsafe { $any(rows, block, starts, panel, out, stride) }
            }
        }

        #[target_feature(enable = $features)]
        fn $any<const G: usize>(
            rows: StepRows<'_, G>,
            block: usize,
            starts: &[usize],
            panel: &PanelBlock<G>,
            out: &mut [f32],
            stride: usize,
        ) {
            let before = if block == 0 { Before::Nothing } else { Before::Sums };
            match *starts {
                [a] => $tile(tile(rows, block, [a]), panel, before, out, stride),
                [a, b] => $tile(tile(rows, block, [a, b]), panel, before, out, stride),
                [a, b, c] => $tile(tile(rows, block, [a, b, c]), panel, before, out, stride),
                [a, b, c, d] => $tile(tile(rows, block, [a, b, c, d]), panel, before, out, stride),
                [a, b, c, d, e] => $tile(tile(rows, block, [a, b, c, d, e]), panel, before, out, stride),
                [a, b, c, d, e, f] => $tile(tile(rows, block, [a, b, c, d, e, f]), panel, before, out, stride),
                _ => {}
            }
        }
    };
}

add_block!(
    /// Adds one block of a panel's product with AVX-512 VNNI.
    add_block_avx512_vnni, any_avx512_vnni, tile_avx512_vnni, "avx512f,avx512vnni"
);
add_block!(
    /// Adds one block of a panel's product with AVX-VNNI.
    add_block_avx_vnni, any_avx_vnni, tile_avx_vnni, "avx2,fma,avxvnni"
);
add_block!(
    /// Adds one block of a panel's product with AVX2.
    add_block_avx2, any_avx2, tile_avx2, "avx2,fma"
);

/// The rows of a tile at a block.
#[inline(always)]
fn tile<const G: usize, const R: usize>(
    rows: StepRows<'_, G>,
    block: usize,
    starts: [usize; R],
) -> Tile<'_, G, R> {
    let mut tile = [(&rows.steps[starts[0] + block], 0.0); R];
    // A loop, as `map` is not inlined into functions with other instructions.
    for ((steps, scale), start) in tile.iter_mut().zip(starts) {
        *steps = &rows.steps[start + block];
        *scale = rows.scales[start + block];
    }
    tile
}

#[target_feature(enable = "avx512f,avx512vnni")]
#[inline]
fn tile_avx512_vnni<const G: usize, const R: usize>(
    rows: Tile<'_, G, R>,
    panel: &PanelBlock<G>,
    before: Before,
    out: &mut [f32],
    stride: usize,
) {
    const VECTORS: usize = PANEL / LANES_512;
    // SAFETY: 16 numbers from a multiple of 16 on, in an array that is aligned to 64 bytes.
    let base: [__m512i; VECTORS] = std::array::from_fn(|vector| unsafe {
        _mm512_load_si512(panel.base.as_ptr().add(vector * LANES_512).cast())
    });
    let mut sums = [base; R];
    for (index, group) in panel.groups.iter().enumerate() {
        // SAFETY: 64 bytes from a multiple of 64 on; groups are aligned to 64 bytes.
        let b: [__m512i; VECTORS] = std::array::from_fn(|vector| unsafe {
            _mm512_load_si512(group.as_ptr().add(vector * LANES_512 * GROUP).cast())
        });
        for ((steps, _), sums) in rows.iter().zip(&mut sums) {
            let a = _mm512_set1_epi32(i32::from_le_bytes(steps[index]));
            for (sum, b) in sums.iter_mut().zip(b) {
                *sum = _mm512_dpbusd_epi32(*sum, a, b);
            }
        }
    }
    let units = panel.scale.as_chunks::<LANES_512>().0;
    for (row, ((_, scale), sums)) in rows.iter().zip(sums).enumerate() {
        let out = &mut out[row * stride..][..PANEL];
        let scale = _mm512_set1_ps(*scale);
        let columns = sums.into_iter().zip(units);
        for (out, (sum, unit)) in out.as_chunks_mut::<LANES_512>().0.iter_mut().zip(columns) {
            // SAFETY: chunks are 16 floats; no access needs alignment.
            unsafe {
                let before = match before {
                    Before::Nothing => _mm512_setzero_ps(),
                    Before::Sums => _mm512_loadu_ps(out.as_ptr()),
                };
                let sum = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), _mm512_loadu_ps(unit.as_ptr()));
                let total = _mm512_fmadd_ps(sum, scale, before);
                _mm512_storeu_ps(out.as_mut_ptr(), total);
            }
        }
    }
}

macro_rules! tile_256 {
    ($name:ident, $features:literal, $begin:ident, $add_products:ident) => {
        /// The columns are taken 16 at a time, so that the sums of six rows fit the registers.
        #[target_feature(enable = $features)]
        #[inline]
        fn $name<const G: usize, const R: usize>(
            rows: Tile<'_, G, R>,
            panel: &PanelBlock<G>,
            before: Before,
            out: &mut [f32],
            stride: usize,
        ) {
            const VECTORS: usize = 2;
            const COLUMNS: usize = VECTORS * LANES_256;
            for column in (0..PANEL).step_by(COLUMNS) {
                // SAFETY: eight numbers from a multiple of eight on, in an aligned array.
                let base: [__m256i; VECTORS] = std::array::from_fn(|vector| unsafe {
                    _mm256_load_si256(panel.base.as_ptr().add(column + vector * LANES_256).cast())
                });
                let mut sums = [base.map(|base| $begin(base)); R];
                for (index, group) in panel.groups.iter().enumerate() {
                    // SAFETY: 32 bytes from a multiple of 32 on; groups are aligned to 64 bytes.
                    let b: [__m256i; VECTORS] = std::array::from_fn(|vector| unsafe {
                        let first = (column + vector * LANES_256) * GROUP;
                        _mm256_load_si256(group.as_ptr().add(first).cast())
                    });
                    for ((steps, _), sums) in rows.iter().zip(&mut sums) {
                        let a = _mm256_set1_epi32(i32::from_le_bytes(steps[index]));
                        for (sum, b) in sums.iter_mut().zip(b) {
                            *sum = $add_products(*sum, a, b);
                        }
                    }
                }
                let units = panel.scale[column..][..COLUMNS].as_chunks::<LANES_256>().0;
                for (row, ((_, scale), sums)) in rows.iter().zip(sums).enumerate() {
                    let out = &mut out[row * stride + column..][..COLUMNS];
                    let scale = _mm256_set1_ps(*scale);
                    let columns = sums.into_iter().zip(units);
                    for (out, (sum, unit)) in
                        out.as_chunks_mut::<LANES_256>().0.iter_mut().zip(columns)
                    {
                        // SAFETY: chunks are eight floats; no access needs alignment.
                        unsafe {
                            let before = match before {
                                Before::Nothing => _mm256_setzero_ps(),
                                Before::Sums => _mm256_loadu_ps(out.as_ptr()),
                            };
                            let unit = _mm256_loadu_ps(unit.as_ptr());
                            let sum = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), unit);
                            let total = _mm256_fmadd_ps(sum, scale, before);
                            _mm256_storeu_ps(out.as_mut_ptr(), total);
                        }
                    }
                }
            }
        }
    };
}

tile_256!(tile_avx_vnni, "avx2,fma,avxvnni", begin_vnni, add_products_vnni);
tile_256!(tile_avx2, "avx2,fma", begin_avx2, add_products_avx2);

#[target_feature(enable = "avx2,fma,avxvnni")]
#[inline]
fn begin_vnni(base: __m256i) -> __m256i {
    base
}

#[target_feature(enable = "avx2,fma,avxvnni")]
#[inline]
fn add_products_vnni(sum: __m256i, a: __m256i, b: __m256i) -> __m256i {
    _mm256_dpbusd_avx_epi32(sum, a, b)
}

/// Signed steps need no base.
#[target_feature(enable = "avx2,fma")]
#[inline]
fn begin_avx2(_: __m256i) -> __m256i {
    _mm256_setzero_si256()
}

#[target_feature(enable = "avx2,fma")]
#[inline]
fn add_products_avx2(sum: __m256i, a: __m256i, b: __m256i) -> __m256i {
    let signed = _mm256_xor_si256(a, _mm256_set1_epi8(-128));
    let pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(signed), _mm256_sign_epi8(b, signed));
    _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)))
}
