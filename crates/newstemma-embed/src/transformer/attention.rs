//! Attention: every token of a text takes up something of all others.
//!
//! Queries, keys and values of a token lie side by side in a row. For each of twelve heads a text's
//! keys are turned, so that a lane is a key: the products of a query with all keys, and the weights
//! that follow from them, are then sums over lanes that never meet, in one order on every machine.
//! Texts are sentences of some dozen tokens, so that all of this is a small part of the work,
//! though its cost grows with the square of their length; a window has at most 512 tokens.

use super::functions::exp;
use super::weights::{DIM, QKV_DIM};
use crate::lanes::LANES;
use std::ops::Range;

const HEADS: usize = 12;
const HEAD_DIM: usize = DIM / HEADS;

/// Buffers that are kept from text to text.
#[derive(Debug, Default)]
pub(crate) struct AttentionBuffers {
    /// The keys of a head, dimension after dimension, filled up to whole lanes.
    keys: Vec<f32>,
    /// The values of a head, token after token.
    values: Vec<[f32; HEAD_DIM]>,
    /// The weights of all tokens for one query.
    weights: Vec<f32>,
}

/// What the tokens of a text take up, to the rows of `out`; `qkv` has rows of queries, keys and
/// values of all tokens, to which their bias is still to be added.
#[inline(always)]
pub(crate) fn attend(
    qkv: &[f32],
    bias: &[f32],
    text: Range<usize>,
    buffers: &mut AttentionBuffers,
    out: &mut [f32],
) {
    let length = text.len();
    let rows = &qkv[text.start * QKV_DIM..text.end * QKV_DIM];
    let rows = rows.as_chunks::<QKV_DIM>().0;
    let out = out[text.start * DIM..text.end * DIM].as_chunks_mut::<DIM>().0;
    for head in 0..HEADS {
        let first = head * HEAD_DIM;
        turn(rows, bias, first, buffers);
        let query_bias = &bias[first..][..HEAD_DIM];
        for (row, out) in rows.iter().zip(&mut *out) {
            weigh(&row[first..][..HEAD_DIM], query_bias, length, buffers);
            let mut sum = [0.0f32; HEAD_DIM];
            for (weight, value) in buffers.weights.iter().zip(&buffers.values) {
                for (sum, value) in sum.iter_mut().zip(value) {
                    *sum += weight * value;
                }
            }
            out[first..][..HEAD_DIM].copy_from_slice(&sum);
        }
    }
}

/// Puts keys and values of a head into the buffers.
#[inline(always)]
fn turn(rows: &[[f32; QKV_DIM]], bias: &[f32], first: usize, buffers: &mut AttentionBuffers) {
    let lanes = rows.len().next_multiple_of(LANES);
    buffers.keys.clear();
    buffers.keys.resize(HEAD_DIM * lanes, 0.0);
    buffers.values.clear();
    buffers.weights.resize(lanes, 0.0);
    let (key, value) = (DIM + first, 2 * DIM + first);
    for (token, row) in rows.iter().enumerate() {
        for dim in 0..HEAD_DIM {
            buffers.keys[dim * lanes + token] = row[key + dim] + bias[key + dim];
        }
        buffers.values.push(std::array::from_fn(|dim| row[value + dim] + bias[value + dim]));
    }
}

/// The weights of all tokens for a query: positive, of sum one.
#[inline(always)]
fn weigh(query: &[f32], bias: &[f32], length: usize, buffers: &mut AttentionBuffers) {
    let factor = 1.0 / (HEAD_DIM as f32).sqrt();
    let weights = buffers.weights.as_chunks_mut::<LANES>().0;
    let lanes = weights.len() * LANES;
    for (chunk, weights) in weights.iter_mut().enumerate() {
        let mut sums = [0.0f32; LANES];
        let keys = buffers.keys[chunk * LANES..].chunks(lanes);
        for (keys, (query, bias)) in keys.zip(query.iter().zip(bias)) {
            let query = (query + bias) * factor;
            for (sum, key) in sums.iter_mut().zip(&keys[..LANES]) {
                *sum += query * key;
            }
        }
        *weights = sums;
    }
    // What fills up the lanes is no token.
    let beyond = length % LANES;
    if beyond > 0
        && let Some(last) = weights.last_mut()
    {
        last[beyond..].fill(f32::NEG_INFINITY);
    }
    let mut largest = [f32::NEG_INFINITY; LANES];
    for weights in &*weights {
        for (largest, weight) in largest.iter_mut().zip(weights) {
            *largest = if *weight > *largest { *weight } else { *largest };
        }
    }
    let largest = largest.into_iter().fold(f32::NEG_INFINITY, f32::max);
    let mut sums = [0.0f32; LANES];
    for weights in &mut *weights {
        for (sum, weight) in sums.iter_mut().zip(weights) {
            *weight = exp(*weight - largest);
            *sum += *weight;
        }
    }
    let factor = 1.0 / sums.into_iter().sum::<f32>();
    for weight in weights.as_flattened_mut() {
        *weight *= factor;
    }
}
