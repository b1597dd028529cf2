//! Everything that depends on a token alone.
//!
//! The embedding is projected into the three branches and normalised. The first convolution of a
//! branch is linear before its bias: the sum, over the slots of the window, of the token in that
//! slot times the slot's block of the weights. So each token is multiplied with all ten blocks
//! once, however often it occurs, and a window is only a sum of rows. Of the 1.7 million
//! multiply-adds that a token costs in the naive way, 1.05 million are paid per distinct token.

use crate::cache::TokenCache;
use crate::kernel::{Cpu, Rows, Target, multiply};
use crate::layers::{BRANCH_DIM, BRANCHES_DIM, Layers, SLOTS, WINDOWS};
use crate::table::{EMBEDDING_DIM, EmbeddingTable};
use std::collections::HashMap;
use std::sync::Arc;

/// Values of all products of a token with the blocks of the first convolutions.
const PRODUCTS_DIM: usize = SLOTS * BRANCH_DIM;
/// Tokens that are computed together.
const BATCH: usize = 256;

/// What is known of a token.
#[derive(Debug)]
pub(crate) struct TokenProducts {
    /// The row of the table, as values.
    pub(crate) embedding: Box<[f32]>,
    /// The sum of the embedding, and of its squares.
    pub(crate) embedding_sums: (f32, f32),
    /// The normalised projection, branch after branch.
    branches: Box<[f32]>,
    /// The products, branch after branch, slot after slot.
    products: Box<[f32]>,
}

impl TokenProducts {
    /// The token in a branch.
    pub(crate) fn branch(&self, branch: usize) -> &[f32] {
        &self.branches[branch * BRANCH_DIM..][..BRANCH_DIM]
    }

    /// What the token adds to a window of a branch in whose slot it stands.
    pub(crate) fn product(&self, branch: usize, slot: usize) -> &[f32] {
        let before: usize = WINDOWS[..branch].iter().map(|window| window.length).sum();
        &self.products[(before + slot) * BRANCH_DIM..][..BRANCH_DIM]
    }
}

/// What is needed to compute tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokenStage<'a> {
    pub(crate) cpu: Cpu,
    pub(crate) table: &'a EmbeddingTable,
    pub(crate) layers: &'a Layers,
    pub(crate) cache: &'a TokenCache,
}

impl TokenStage<'_> {
    /// The products of all tokens of a text, each computed at most once.
    pub(crate) fn products(
        &self,
        ids: impl Iterator<Item = u32>,
    ) -> HashMap<u32, Arc<TokenProducts>> {
        let mut distinct: Vec<u32> = ids.collect();
        distinct.sort_unstable();
        distinct.dedup();
        let mut all = HashMap::with_capacity(distinct.len());
        let mut missing = Vec::new();
        for (&id, found) in distinct.iter().zip(self.cache.find(&distinct)) {
            match found {
                Some(products) => {
                    all.insert(id, products);
                }
                None => missing.push(id),
            }
        }
        for ids in missing.chunks(BATCH) {
            let computed: Vec<_> =
                ids.iter().copied().zip(self.compute(ids).into_iter().map(Arc::new)).collect();
            all.extend(computed.iter().map(|(id, products)| (*id, Arc::clone(products))));
            self.cache.insert(computed);
        }
        all
    }

    fn compute(&self, ids: &[u32]) -> Vec<TokenProducts> {
        let embeddings = self.embeddings(ids);
        let mut branches = vec![0.0; ids.len() * BRANCHES_DIM];
        let starts: Vec<usize> = (0..ids.len()).map(|row| row * EMBEDDING_DIM).collect();
        multiply(
            self.cpu,
            Rows { values: &embeddings, starts: &starts },
            &self.layers.projection,
            &mut Target { values: &mut branches, stride: BRANCHES_DIM, column: 0 },
        );
        for row in branches.chunks_exact_mut(BRANCHES_DIM) {
            self.normalize(row);
        }
        let mut products = vec![0.0; ids.len() * PRODUCTS_DIM];
        let mut column = 0;
        for (index, branch) in self.layers.branches.iter().enumerate() {
            let starts: Vec<usize> =
                (0..ids.len()).map(|row| row * BRANCHES_DIM + index * BRANCH_DIM).collect();
            multiply(
                self.cpu,
                Rows { values: &branches, starts: &starts },
                &branch.first_by_slot,
                &mut Target { values: &mut products, stride: PRODUCTS_DIM, column },
            );
            column += branch.first_by_slot.columns();
        }
        embeddings
            .chunks_exact(EMBEDDING_DIM)
            .zip(branches.chunks_exact(BRANCHES_DIM))
            .zip(products.chunks_exact(PRODUCTS_DIM))
            .map(|((embedding, branches), products)| TokenProducts {
                embedding_sums: sums(embedding),
                embedding: embedding.into(),
                branches: branches.into(),
                products: products.into(),
            })
            .collect()
    }

    fn embeddings(&self, ids: &[u32]) -> Vec<f32> {
        let mut embeddings = Vec::with_capacity(ids.len() * EMBEDDING_DIM);
        let mut steps = [0; EMBEDDING_DIM];
        for &id in ids {
            let grid = self.table.decode(id, &mut steps);
            embeddings.extend(steps.iter().map(|&step| f32::from(step) * grid.scale + grid.low));
        }
        embeddings
    }

    /// Adds the bias of the projection, and normalises over all branches together.
    fn normalize(&self, row: &mut [f32]) {
        for (value, bias) in row.iter_mut().zip(&self.layers.projection_bias) {
            *value += bias;
        }
        let length = row.len() as f32;
        let mean = sums(row).0 / length;
        for value in row.iter_mut() {
            *value -= mean;
        }
        let variance = sums(row).1 / length;
        let factor = 1.0 / (variance + self.layers.epsilon).sqrt();
        let norm = &self.layers.token_norm;
        for ((value, gain), bias) in row.iter_mut().zip(&norm.gain).zip(&norm.bias) {
            *value = *value * factor * gain + bias;
        }
    }
}

/// The sum of values and of their squares, in an order that vector instructions can keep.
pub(crate) fn sums(values: &[f32]) -> (f32, f32) {
    const LANES: usize = 16;
    let (mut plain, mut squares) = ([0.0f32; LANES], [0.0f32; LANES]);
    for chunk in values.as_chunks::<LANES>().0 {
        for ((plain, square), value) in plain.iter_mut().zip(&mut squares).zip(chunk) {
            *plain += value;
            *square += value * value;
        }
    }
    (plain.iter().sum(), squares.iter().sum())
}
