//! Products of `f32` matrices with the vector instructions of x86-64.
//!
//! A tile of the result stays in registers while `k` runs: six rows of 64 columns with AVX-512 (24
//! of 32 registers), six of 16 with AVX2 (12 of 16). Rows that are left over go in smaller tiles.

#![allow(unsafe_code)]

use super::floats::{PanelRow, Rows};
use super::{LINE, PANEL};
use std::arch::x86_64::{
    _mm256_fmadd_ps, _mm256_load_ps, _mm256_set1_ps, _mm256_setzero_ps, _mm256_storeu_ps,
    _mm512_fmadd_ps, _mm512_load_ps, _mm512_set1_ps, _mm512_setzero_ps, _mm512_storeu_ps,
};

const TILE_ROWS: usize = 6;
const LINES: usize = PANEL / LINE;

/// One panel of a product with AVX-512. Must be called with a checked CPU, row and target only.
pub(super) fn panel_avx512(rows: Rows<'_>, panel: &[PanelRow], out: &mut [f32], stride: usize) {
    // SAFETY: `Cpu` names this level only if the machine has AVX-512F.
    let tile = |a: &[usize], out: &mut [f32]| unsafe {
        tile_avx512_any(rows.values, a, panel, out, stride)
    };
    tiles(rows, out, stride, tile);
}

/// One panel of a product with AVX2 and FMA.
pub(super) fn panel_avx2(rows: Rows<'_>, panel: &[PanelRow], out: &mut [f32], stride: usize) {
    // SAFETY: `Cpu` names this level only if the machine has AVX2 and FMA.
    let tile =
        |a: &[usize], out: &mut [f32]| unsafe { tile_avx2_any(rows.values, a, panel, out, stride) };
    tiles(rows, out, stride, tile);
}

/// Does some work with AVX-512 where the compiler sees fit.
#[inline(always)]
pub(super) fn run_avx512<R>(work: impl FnOnce() -> R) -> R {
    #[target_feature(enable = "avx512f")]
    fn with_avx512<R>(work: impl FnOnce() -> R) -> R {
        work()
    }
    // SAFETY: `Cpu` names this level only if the machine has AVX-512F.
    unsafe { with_avx512(work) }
}

/// Does some work with AVX2 where the compiler sees fit.
#[inline(always)]
pub(super) fn run_avx2<R>(work: impl FnOnce() -> R) -> R {
    #[target_feature(enable = "avx2,fma")]
    fn with_avx2<R>(work: impl FnOnce() -> R) -> R {
        work()
    }
    // SAFETY: `Cpu` names this level only if the machine has AVX2 and FMA.
    unsafe { with_avx2(work) }
}

fn tiles(rows: Rows<'_>, out: &mut [f32], stride: usize, tile: impl Fn(&[usize], &mut [f32])) {
    for (index, starts) in rows.starts.chunks(TILE_ROWS).enumerate() {
        tile(starts, &mut out[index * TILE_ROWS * stride..]);
    }
}

#[target_feature(enable = "avx512f")]
fn tile_avx512_any(a: &[f32], starts: &[usize], b: &[PanelRow], out: &mut [f32], stride: usize) {
    match *starts {
        [s0] => tile_avx512(a, [s0], b, out, stride),
        [s0, s1] => tile_avx512(a, [s0, s1], b, out, stride),
        [s0, s1, s2] => tile_avx512(a, [s0, s1, s2], b, out, stride),
        [s0, s1, s2, s3] => tile_avx512(a, [s0, s1, s2, s3], b, out, stride),
        [s0, s1, s2, s3, s4] => tile_avx512(a, [s0, s1, s2, s3, s4], b, out, stride),
        [s0, s1, s2, s3, s4, s5] => tile_avx512(a, [s0, s1, s2, s3, s4, s5], b, out, stride),
        _ => {}
    }
}

#[target_feature(enable = "avx2,fma")]
fn tile_avx2_any(a: &[f32], starts: &[usize], b: &[PanelRow], out: &mut [f32], stride: usize) {
    match *starts {
        [s0] => tile_avx2(a, [s0], b, out, stride),
        [s0, s1] => tile_avx2(a, [s0, s1], b, out, stride),
        [s0, s1, s2] => tile_avx2(a, [s0, s1, s2], b, out, stride),
        [s0, s1, s2, s3] => tile_avx2(a, [s0, s1, s2, s3], b, out, stride),
        [s0, s1, s2, s3, s4] => tile_avx2(a, [s0, s1, s2, s3, s4], b, out, stride),
        [s0, s1, s2, s3, s4, s5] => tile_avx2(a, [s0, s1, s2, s3, s4, s5], b, out, stride),
        _ => {}
    }
}

/// `R` rows by 64 columns.
#[target_feature(enable = "avx512f")]
#[inline]
fn tile_avx512<const R: usize>(
    a: &[f32],
    starts: [usize; R],
    b: &[PanelRow],
    out: &mut [f32],
    stride: usize,
) {
    let a = starts.map(|start| a[start..start + b.len()].as_ptr());
    let mut sums = [[_mm512_setzero_ps(); LINES]; R];
    for (p, b) in b.iter().enumerate() {
        // SAFETY: a line is 16 floats, aligned to its 64 bytes.
        let b: [_; LINES] =
            std::array::from_fn(|line| unsafe { _mm512_load_ps(b[line].0.as_ptr()) });
        for (a, sums) in a.iter().zip(&mut sums) {
            // SAFETY: `a` points to a slice of `b.len()` floats, and `p` counts the rows of `b`.
            let a = _mm512_set1_ps(unsafe { *a.add(p) });
            for (sum, b) in sums.iter_mut().zip(b) {
                *sum = _mm512_fmadd_ps(a, b, *sum);
            }
        }
    }
    for (row, sums) in sums.iter().enumerate() {
        let out = &mut out[row * stride..][..PANEL];
        for (out, &sum) in out.as_chunks_mut::<LINE>().0.iter_mut().zip(sums) {
            // SAFETY: the chunk is 16 floats; the store needs no alignment.
            unsafe { _mm512_storeu_ps(out.as_mut_ptr(), sum) };
        }
    }
}

/// `R` rows by 64 columns, one line at a time.
#[target_feature(enable = "avx2,fma")]
#[inline]
fn tile_avx2<const R: usize>(
    a: &[f32],
    starts: [usize; R],
    b: &[PanelRow],
    out: &mut [f32],
    stride: usize,
) {
    let a = starts.map(|start| a[start..start + b.len()].as_ptr());
    for line in 0..LINES {
        let mut sums = [[_mm256_setzero_ps(); 2]; R];
        for (p, b) in b.iter().enumerate() {
            let b = b[line].0.as_ptr();
            // SAFETY: a line is two times eight floats, aligned to its 64 bytes.
            let b = unsafe { [_mm256_load_ps(b), _mm256_load_ps(b.add(8))] };
            for (a, sums) in a.iter().zip(&mut sums) {
                // SAFETY: `a` points to a slice of `b.len()` floats, and `p` counts the rows of `b`.
                let a = _mm256_set1_ps(unsafe { *a.add(p) });
                for (sum, b) in sums.iter_mut().zip(b) {
                    *sum = _mm256_fmadd_ps(a, b, *sum);
                }
            }
        }
        for (row, sums) in sums.iter().enumerate() {
            let out = &mut out[row * stride + line * LINE..][..LINE];
            for (out, &sum) in out.as_chunks_mut::<8>().0.iter_mut().zip(sums) {
                // SAFETY: the chunk is eight floats; the store needs no alignment.
                unsafe { _mm256_storeu_ps(out.as_mut_ptr(), sum) };
            }
        }
    }
}
