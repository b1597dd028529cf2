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

use crate::kernel::{Cpu, PackedMatrix, Rows, Target, multiply};
use crate::layers::{
    BRANCH_DIM, BRANCHES, BRANCHES_DIM, FEATURE_DIM, Layers, REACH, SENTENCE_DIM, WINDOWS,
};
use crate::linear::{Plane, Precision};
use crate::table::EMBEDDING_DIM;
use crate::token::{TokenProducts, sums};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// Tokens of a span: a multiple of [`PARTIAL`].
pub(crate) const SPAN: usize = 256;
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
    pub(crate) precision: Precision,
    pub(crate) layers: &'a Layers,
}

/// The first convolutions of some spans, a plane a branch. The rows of a span are its tokens and
/// [`REACH`] more on either side, zeros where the sentence has ended: so each window of the second
/// convolution is a run of whole rows.
struct Hidden {
    /// As left-hand sides.
    planes: [Plane; BRANCHES],
    /// Unrounded, for the residuals.
    values: [Vec<[f32; BRANCH_DIM]>; BRANCHES],
    /// The row of the first token of each span.
    first_rows: Vec<usize>,
}

impl SentenceStage<'_> {
    /// Adds the features of all tokens of each span to the sum of its sentence.
    pub(crate) fn add_spans(
        &self,
        spans: &[(usize, Span<'_>)],
        tokens: &HashMap<u32, Arc<TokenProducts>>,
        sums: &mut [FeatureSum],
    ) {
        let hidden = self.first_convolutions(spans, tokens);
        let features = self.second_convolutions(spans, &hidden);
        let mut rows = features.chunks_exact(BRANCHES_DIM);
        for (sentence, span) in spans {
            let sum = &mut sums[*sentence];
            for range in partial_ranges(&span.range) {
                let mut partial = [0.0; FEATURE_DIM];
                let ids = &span.ids[range];
                sum.tokens += ids.len();
                for (id, row) in ids.iter().zip(&mut rows) {
                    self.add_token(&tokens[id], row, &mut partial);
                }
                for (sum, partial) in sum.sum.iter_mut().zip(partial) {
                    *sum += f64::from(partial);
                }
            }
        }
    }

    fn first_convolutions(
        &self,
        spans: &[(usize, Span<'_>)],
        tokens: &HashMap<u32, Arc<TokenProducts>>,
    ) -> Hidden {
        let rows = spans.iter().map(|(_, span)| span.range.len() + 2 * REACH).sum::<usize>();
        let mut planes = WINDOWS.map(|_| Plane::zeros(self.precision, rows));
        let mut values = WINDOWS.map(|_| vec![[0.0; BRANCH_DIM]; rows]);
        let mut first_rows = Vec::with_capacity(spans.len());
        let mut row = 0;
        for (_, span) in spans {
            row += REACH;
            first_rows.push(row);
            let first = span.range.start.saturating_sub(REACH);
            let end = (span.range.end + REACH).min(span.ids.len());
            for position in first..end {
                let row = row + position - span.range.start;
                for (branch, (plane, values)) in planes.iter_mut().zip(&mut values).enumerate() {
                    let out = &mut values[row];
                    self.first_convolution(branch, span.ids, position, tokens, out);
                    plane.set(row, out);
                }
            }
            row += span.range.len() + REACH;
        }
        Hidden { planes, values, first_rows }
    }

    fn first_convolution(
        &self,
        branch: usize,
        ids: &[u32],
        position: usize,
        tokens: &HashMap<u32, Arc<TokenProducts>>,
        out: &mut [f32; BRANCH_DIM],
    ) {
        let (window, weights) = (WINDOWS[branch], &self.layers.branches[branch]);
        out.fill(0.0);
        for slot in 0..window.length {
            let neighbour = (position + slot).checked_sub(window.left);
            let Some(id) = neighbour.and_then(|neighbour| ids.get(neighbour)) else { continue };
            for (out, product) in out.iter_mut().zip(tokens[id].product(branch, slot)) {
                *out += product;
            }
        }
        let unit = weights.first_by_slot.unit;
        let token = tokens[&ids[position]].branch(branch);
        for ((out, bias), token) in out.iter_mut().zip(&weights.first_bias).zip(token) {
            *out = (*out * unit + bias).max(0.0) + token;
        }
    }

    /// The second convolutions with their residuals, a row a token, branch after branch.
    fn second_convolutions(&self, spans: &[(usize, Span<'_>)], hidden: &Hidden) -> Vec<f32> {
        let tokens = spans.iter().map(|(_, span)| span.range.len()).sum::<usize>();
        let mut features = vec![0.0; tokens * BRANCHES_DIM];
        for (index, branch) in self.layers.branches.iter().enumerate() {
            let rows: Vec<usize> = spans
                .iter()
                .zip(&hidden.first_rows)
                .flat_map(|((_, span), &row)| row..row + span.range.len())
                .collect();
            let starts: Vec<usize> = rows.iter().map(|row| row - WINDOWS[index].left).collect();
            let column = index * BRANCH_DIM;
            let mut target = Target { values: &mut features, stride: BRANCHES_DIM, column };
            branch.second.multiply(self.cpu, &hidden.planes[index], &starts, &mut target);
            let unit = branch.second.unit;
            for (feature, row) in features.chunks_exact_mut(BRANCHES_DIM).zip(rows) {
                let feature = &mut feature[column..][..BRANCH_DIM];
                let others = branch.second_bias.iter().zip(&hidden.values[index][row]);
                for (value, (bias, hidden)) in feature.iter_mut().zip(others) {
                    *value = (*value * unit + bias).max(0.0) + hidden;
                }
            }
        }
        features
    }

    /// Normalises the features of a token, but for gain and bias, and adds them up.
    fn add_token(&self, token: &TokenProducts, row: &[f32], sum: &mut [f32; FEATURE_DIM]) {
        let (row_sum, row_squares) = sums(row);
        let (token_sum, token_squares) = token.embedding_sums;
        let mean = f64::from(row_sum + token_sum) / FEATURE_DIM as f64;
        let squares = f64::from(row_squares + token_squares) / FEATURE_DIM as f64;
        // Rounding may leave less than nothing where all features are equal.
        let variance = (squares - mean * mean).max(0.0);
        let factor = 1.0 / (variance + f64::from(self.layers.epsilon)).sqrt();
        let (factor, shift) = (factor as f32, (mean * factor) as f32);
        let (sum_embedding, sum_branches) = sum.split_at_mut(EMBEDDING_DIM);
        for (sum, value) in sum_embedding.iter_mut().zip(&token.embedding) {
            *sum += value * factor - shift;
        }
        for (sum, value) in sum_branches.iter_mut().zip(row) {
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
        let first = positive(self.product(&means, &dense.first));
        let skip = self.product(&means, &dense.skip_second);
        let second = positive(plus(skip, &self.product(&first, &dense.second)));
        let third = positive(self.product(&second, &dense.third));
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

fn positive(mut values: Vec<f32>) -> Vec<f32> {
    for value in &mut values {
        *value = value.max(0.0);
    }
    values
}

fn plus(mut values: Vec<f32>, others: &[f32]) -> Vec<f32> {
    for (value, other) in values.iter_mut().zip(others) {
        *value += other;
    }
    values
}
