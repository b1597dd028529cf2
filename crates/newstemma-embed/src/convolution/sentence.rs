//! From tokens to the vectors of sentences.
//!
//! A sentence is taken in spans of at most [`SPAN`] tokens, several sentences to a batch. For each
//! span the first convolutions are summed up from the products of its tokens, the second ones are
//! matrix products over windows of neighbours, and the normalised features of all tokens are added
//! up. Sums run over 64 tokens in single and from there on in double precision, at places that
//! depend on the sentence alone, so that a text of any length takes the same memory and a sentence
//! gives the same vector in any company.
//!
//! The normalisation of a token is linear but for its mean and its deviation, so its gain and bias
//! are applied once, to the sum; and so is the linear layer behind it.

use super::layers::{
    BRANCH_DIM, BRANCHES, BRANCHES_DIM, FEATURE_DIM, GROUPS, Layers, REACH, SENTENCE_DIM, WINDOWS,
};
use super::table::EMBEDDING_DIM;
use super::token::{BranchRow, TokenProducts};
use crate::kernel::{Cpu, PackedMatrix, Rows, Target, multiply};
use crate::lanes::{LANES, sums};
use crate::linear::{Plane, Precision};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Tokens of a span: a multiple of [`PARTIAL`].
pub(crate) const SPAN: usize = 256;
/// What stands in a slot of a window behind the end of a sentence.
const NOTHING: BranchRow = [0.0; BRANCH_DIM];
/// Tokens whose features are added up in single precision.
const PARTIAL: usize = 64;

/// A part of a sentence.
#[derive(Clone, Debug)]
pub(crate) struct Span<'a> {
    /// The tokens of the whole sentence.
    pub(crate) ids: &'a [u32],
    /// The part of them that is meant.
    pub(crate) range: Range<usize>,
}

impl Span<'_> {
    /// The tokens that the span and its windows' windows need.
    pub(crate) fn needed(&self) -> impl Iterator<Item = u32> + '_ {
        let start = self.range.start.saturating_sub(2 * REACH);
        let end = (self.range.end + 2 * REACH).min(self.ids.len());
        self.ids[start..end].iter().copied()
    }

    /// The span's tokens and twice [`REACH`] more on either side, none where the sentence has ended.
    fn around<'t>(
        &self,
        tokens: &'t HashMap<u32, Arc<TokenProducts>>,
    ) -> Vec<Option<&'t TokenProducts>> {
        (self.range.start..self.range.end + 4 * REACH)
            .map(|place| {
                let id = self.ids.get(place.checked_sub(2 * REACH)?)?;
                Some(tokens[id].as_ref())
            })
            .collect()
    }
}

/// The sum of the normalised features of a sentence, before gain and bias.
#[derive(Clone, Debug)]
pub(crate) struct FeatureSum {
    sum: Vec<f64>,
    tokens: usize,
}

impl Default for FeatureSum {
    fn default() -> FeatureSum {
        FeatureSum { sum: vec![0.0; FEATURE_DIM], tokens: 0 }
    }
}

/// What is needed to compute sentences.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SentenceStage<'a> {
    pub(crate) cpu: Cpu,
    pub(crate) layers: &'a Layers,
}

/// Buffers between the layers, kept from block to block.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// The first convolutions of some spans as left-hand sides, a plane a branch. The rows of a span
    /// are its tokens and [`REACH`] more on either side, zeros where the sentence has ended: so each
    /// window of the second convolution is a run of whole rows.
    planes: [Plane<GROUPS>; BRANCHES],
    /// The same unrounded, for the residuals.
    hidden: [Vec<BranchRow>; BRANCHES],
    /// The row of each token.
    rows: Vec<usize>,
    /// The products of the second convolutions, a row a token, branch after branch.
    products: Vec<f32>,
}

impl Workspace {
    /// Empty buffers.
    pub(crate) fn new(precision: Precision) -> Workspace {
        Workspace {
            planes: WINDOWS.map(|_| Plane::zeros(precision, 0)),
            hidden: WINDOWS.map(|_| Vec::new()),
            rows: Vec::new(),
            products: Vec::new(),
        }
    }

    /// Makes room for some spans. What was in the buffers stays, and is overwritten where it matters.
    fn prepare(&mut self, spans: &[(usize, Span<'_>)]) {
        self.rows.clear();
        let mut row = 0;
        for (_, span) in spans {
            row += REACH;
            self.rows.extend(row..row + span.range.len());
            row += span.range.len() + REACH;
        }
        for (plane, hidden) in self.planes.iter_mut().zip(&mut self.hidden) {
            plane.grow(row);
            hidden.resize(hidden.len().max(row), [0.0; BRANCH_DIM]);
        }
        let length = self.rows.len() * BRANCHES_DIM;
        self.products.resize(self.products.len().max(length), 0.0);
    }
}

impl SentenceStage<'_> {
    /// Adds the features of all tokens of each span to the sum of its sentence.
    pub(crate) fn add_spans(
        &self,
        spans: &[(usize, Span<'_>)],
        tokens: &HashMap<u32, Arc<TokenProducts>>,
        workspace: &mut Workspace,
        sums: &mut [FeatureSum],
    ) {
        workspace.prepare(spans);
        self.cpu.run(|| self.first_convolutions(spans, tokens, workspace));
        for (index, branch) in self.layers.branches.iter().enumerate() {
            let left = WINDOWS[index].left;
            let starts: Vec<usize> = workspace.rows.iter().map(|row| row - left).collect();
            let (values, column) = (&mut workspace.products, index * BRANCH_DIM);
            let mut target = Target { values, stride: BRANCHES_DIM, column };
            branch.second.linear.multiply(self.cpu, &workspace.planes[index], &starts, &mut target);
        }
        self.cpu.run(|| self.add_features(spans, tokens, workspace, sums));
    }

    #[inline(always)]
    fn first_convolutions(
        &self,
        spans: &[(usize, Span<'_>)],
        tokens: &HashMap<u32, Arc<TokenProducts>>,
        workspace: &mut Workspace,
    ) {
        let mut row = 0;
        for (_, span) in spans {
            let around = span.around(tokens);
            for place in REACH..around.len() - REACH {
                self.first_convolution::<2>(0, row, place, &around, workspace);
                self.first_convolution::<3>(1, row, place, &around, workspace);
                self.first_convolution::<5>(2, row, place, &around, workspace);
                row += 1;
            }
        }
    }

    /// One branch at one place. `N` is the length of its window.
    #[inline(always)]
    fn first_convolution<const N: usize>(
        &self,
        branch: usize,
        row: usize,
        place: usize,
        around: &[Option<&TokenProducts>],
        workspace: &mut Workspace,
    ) {
        let Some(token) = around[place] else {
            workspace.planes[branch].clear(row);
            return;
        };
        let weights = &self.layers.branches[branch];
        let first = place - WINDOWS[branch].left;
        let sources: [&BranchRow; N] = std::array::from_fn(|slot| {
            around[first + slot].map_or(&NOTHING, |neighbour| neighbour.product(branch, slot))
        });
        let (unit, token) = (weights.first_by_slot.unit, token.branch(branch));
        let out = &mut workspace.hidden[branch][row];
        for (index, out) in out.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
            let lanes = index * LANES..(index + 1) * LANES;
            let mut sums = [0.0f32; LANES];
            for source in sources {
                for (sum, value) in sums.iter_mut().zip(&source[lanes.clone()]) {
                    *sum += value;
                }
            }
            let others = weights.first_bias[lanes.clone()].iter().zip(&token[lanes]);
            for ((out, sum), (bias, token)) in out.iter_mut().zip(sums).zip(others) {
                *out = positive(sum * unit + bias) + token;
            }
        }
        workspace.planes[branch].set(row, out);
    }

    #[inline(always)]
    fn add_features(
        &self,
        spans: &[(usize, Span<'_>)],
        tokens: &HashMap<u32, Arc<TokenProducts>>,
        workspace: &mut Workspace,
        sums: &mut [FeatureSum],
    ) {
        let Workspace { products, rows, hidden, .. } = workspace;
        let mut rows = rows.iter().zip(products.as_chunks_mut::<BRANCHES_DIM>().0);
        for (sentence, span) in spans {
            let sum = &mut sums[*sentence];
            for range in partial_ranges(&span.range) {
                let mut partial = [0.0; FEATURE_DIM];
                let ids = &span.ids[range];
                sum.tokens += ids.len();
                for (id, (&row, features)) in ids.iter().zip(&mut rows) {
                    for (branch, features) in
                        features.as_chunks_mut::<BRANCH_DIM>().0.iter_mut().enumerate()
                    {
                        self.second_residual(branch, &hidden[branch][row], features);
                    }
                    self.add_token(&tokens[id], features, &mut partial);
                }
                for (sum, partial) in sum.sum.iter_mut().zip(partial) {
                    *sum += f64::from(partial);
                }
            }
        }
    }

    /// Makes the product of a second convolution a feature.
    #[inline(always)]
    fn second_residual(&self, branch: usize, hidden: &BranchRow, product: &mut BranchRow) {
        let weights = &self.layers.branches[branch];
        let unit = weights.second.unit;
        for ((value, bias), hidden) in product.iter_mut().zip(&weights.second_bias).zip(hidden) {
            *value = positive(*value * unit + bias) + hidden;
        }
    }

    /// Normalises the features of a token, but for gain and bias, and adds them up.
    #[inline(always)]
    fn add_token(
        &self,
        token: &TokenProducts,
        features: &[f32; BRANCHES_DIM],
        sum: &mut [f32; FEATURE_DIM],
    ) {
        let (feature_sum, feature_squares) = sums(features);
        let (token_sum, token_squares) = token.embedding_sums;
        let mean = f64::from(feature_sum + token_sum) / FEATURE_DIM as f64;
        let squares = f64::from(feature_squares + token_squares) / FEATURE_DIM as f64;
        // Rounding may leave less than nothing where all features are equal.
        let variance = (squares - mean * mean).max(0.0);
        let factor = 1.0 / (variance + f64::from(self.layers.epsilon)).sqrt();
        let (factor, shift) = (factor as f32, (mean * factor) as f32);
        let (sum_embedding, sum_branches) = sum.split_at_mut(EMBEDDING_DIM);
        for (sum, value) in sum_embedding.iter_mut().zip(&token.embedding) {
            *sum += value * factor - shift;
        }
        for (sum, value) in sum_branches.iter_mut().zip(features) {
            *sum += value * factor - shift;
        }
    }

    /// The vectors of sentences from the sums of their features: `n × 512`, rows of unit length.
    pub(crate) fn finish(&self, pooled: &[FeatureSum]) -> Vec<f32> {
        let mut features = Vec::with_capacity(pooled.len() * FEATURE_DIM);
        for sum in pooled {
            let norm = self.layers.feature_norm.gain.iter().zip(&self.layers.feature_norm.bias);
            features.extend(sum.sum.iter().zip(norm).map(|(value, (&gain, &bias))| {
                (value * f64::from(gain) + sum.tokens as f64 * f64::from(bias)) as f32
            }));
        }
        let mut means = self.product(&features, &self.layers.pool);
        for (row, sum) in means.chunks_exact_mut(SENTENCE_DIM).zip(pooled) {
            let tokens = sum.tokens as f32;
            let factor = 1.0 / tokens.sqrt();
            for (value, bias) in row.iter_mut().zip(&self.layers.pool_bias) {
                *value = (*value + tokens * bias) * factor;
            }
        }
        let dense = &self.layers.dense;
        let first = all_positive(self.product(&means, &dense.first));
        let skip = self.product(&means, &dense.skip_second);
        let second = all_positive(plus(skip, &self.product(&first, &dense.second)));
        let third = all_positive(self.product(&second, &dense.third));
        let skip = self.product(&second, &dense.skip_fourth);
        let mut vectors = plus(skip, &self.product(&third, &dense.fourth));
        for row in vectors.chunks_exact_mut(SENTENCE_DIM) {
            for value in row.iter_mut() {
                *value = libm::tanhf(*value);
            }
            let factor = 1.0 / sums(row).1.max(self.layers.epsilon).sqrt();
            for value in row.iter_mut() {
                *value *= factor;
            }
        }
        vectors
    }

    fn product(&self, rows: &[f32], matrix: &PackedMatrix) -> Vec<f32> {
        let starts: Vec<usize> = (0..rows.len()).step_by(matrix.rows()).collect();
        let stride = matrix.columns();
        let mut values = vec![0.0; starts.len() * stride];
        let mut target = Target { values: &mut values, stride, column: 0 };
        multiply(self.cpu, Rows { values: rows, starts: &starts }, matrix, &mut target);
        values
    }
}

/// The parts of a range between multiples of [`PARTIAL`].
fn partial_ranges(range: &Range<usize>) -> impl Iterator<Item = Range<usize>> + use<> {
    let end = range.end;
    range.clone().step_by(PARTIAL).map(move |start| start..(start + PARTIAL).min(end))
}

/// The value, or zero if it is less. Unlike `max` it is one instruction everywhere.
#[inline(always)]
fn positive(value: f32) -> f32 {
    if value > 0.0 { value } else { 0.0 }
}

fn all_positive(mut values: Vec<f32>) -> Vec<f32> {
    for value in &mut values {
        *value = positive(*value);
    }
    values
}

fn plus(mut values: Vec<f32>, others: &[f32]) -> Vec<f32> {
    for (value, other) in values.iter_mut().zip(others) {
        *value += other;
    }
    values
}
