//! Matrix products on whatever vector instructions the machine has, with one result.
//!
//! A sum of floats depends on its order, so every version keeps the same: each element of a
//! product is one chain of fused multiply-adds, in an order that no version changes. Lanes go over
//! the columns of the result, which never meet, so wider registers change the speed and nothing
//! else. Plain Rust uses `f32::mul_add`, which rounds once as the instruction does. Sums of
//! integers are exact and have no order.
//!
//! The left-hand side is given as the places where its rows begin: windows of a convolution overlap
//! in one buffer and are never copied.
//!
//! All `unsafe` code of the crate is in the two files for x86-64 below this module. Their functions
//! are reached through [`Cpu`], which names only what the machine was found to have.

mod floats;
#[cfg(target_arch = "x86_64")]
mod floats_x86;
mod steps;
#[cfg(target_arch = "x86_64")]
mod steps_x86;

pub(crate) use floats::{PackedMatrix, Rows, multiply};
pub(crate) use steps::{GROUP, PackedSteps, StepBlock, StepRows, ZERO_STEP, multiply_steps};

/// Columns of a panel.
pub(crate) const PANEL: usize = 64;
/// Floats of a cache line.
const LINE: usize = 16;

/// The instructions that will be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cpu {
    floats: FloatLevel,
    steps: StepLevel,
}

/// Instructions for products of `f32`, the slowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FloatLevel {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

/// Instructions for products of whole steps, the slowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum StepLevel {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    AvxVnni,
    #[cfg(target_arch = "x86_64")]
    Avx512Vnni,
}

impl Cpu {
    /// The best of what this machine has.
    pub(crate) fn detect() -> Cpu {
        let last = |cpus: Vec<Cpu>| cpus.last().copied();
        last(Cpu::all()).unwrap_or(Cpu::PORTABLE)
    }

    /// Does some work that the compiler may translate with the instructions of this machine. What
    /// the work calls must be inlined to gain by it. Results are the same: the compiler keeps the
    /// order of float operations, and fuses none.
    #[inline(always)]
    pub(crate) fn run<R>(self, work: impl FnOnce() -> R) -> R {
        match self.floats {
            FloatLevel::Portable => work(),
            #[cfg(target_arch = "x86_64")]
            FloatLevel::Avx2 => floats_x86::run_avx2(work),
            #[cfg(target_arch = "x86_64")]
            FloatLevel::Avx512 => floats_x86::run_avx512(work),
        }
    }

    /// What every machine has.
    const PORTABLE: Cpu = Cpu { floats: FloatLevel::Portable, steps: StepLevel::Portable };

    /// All that this machine has, the best last.
    pub(crate) fn all() -> Vec<Cpu> {
        #[allow(unused_mut)]
        let mut all = vec![Cpu::PORTABLE];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                let avx2 = Cpu { floats: FloatLevel::Avx2, steps: StepLevel::Avx2 };
                all.push(avx2);
                if is_x86_feature_detected!("avxvnni") {
                    all.push(Cpu { steps: StepLevel::AvxVnni, ..avx2 });
                }
                if is_x86_feature_detected!("avx512f") {
                    let steps = all.last().map_or(StepLevel::Avx2, |cpu| cpu.steps);
                    all.push(Cpu { floats: FloatLevel::Avx512, steps });
                    if is_x86_feature_detected!("avx512vnni") {
                        all.push(Cpu { floats: FloatLevel::Avx512, steps: StepLevel::Avx512Vnni });
                    }
                }
            }
        }
        all
    }
}

/// Where a product goes: row `i` to `values[i × stride + column..]`.
#[derive(Debug)]
pub(crate) struct Target<'a> {
    pub(crate) values: &'a mut [f32],
    pub(crate) stride: usize,
    pub(crate) column: usize,
}

#[cfg(test)]
mod tests {
    /// Numbers between -1 and 1 that are the same in every run.
    pub(super) fn noise(seed: u64, length: usize) -> Vec<f32> {
        let mut state = seed;
        let mut next = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / (1 << 23) as f32 - 1.0
        };
        (0..length).map(|_| next()).collect()
    }
}
