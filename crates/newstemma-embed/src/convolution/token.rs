//! Everything that depends on a token alone.
//!
//! The embedding is projected into the three branches and normalised. The first convolution of a
//! branch is linear before its bias: the sum, over the slots of the window, of the token in that
//! slot times the slot's block of the weights. So each token is multiplied with all ten blocks
//! once, however often it occurs, and a window is only a sum of rows. Of the 1.7 million
//! multiply-adds that a token costs in the naive way, 1.05 million are paid per distinct token.

use super::cache::TokenCache;
use super::layers::{BRANCH_DIM, BRANCHES, BRANCHES_DIM, GROUPS, Layers, SLOTS, WINDOWS};
use super::table::{EMBEDDING_DIM, EmbeddingTable, Grid};
use crate::kernel::{Cpu, GROUP, StepBlock, StepRows, Target, ZERO_STEP, multiply_steps};
use crate::lanes::sums;
use crate::linear::{Plane, Precision};
use std::collections::HashMap;
use std::sync::Arc;

/// Values of all products of a token with the blocks of the first convolutions.
const PRODUCTS_DIM: usize = SLOTS * BRANCH_DIM;
/// Blocks of a row of the table.
const EMBEDDING_BLOCKS: usize = EMBEDDING_DIM / BRANCH_DIM;
/// Tokens that are computed together.
const BATCH: usize = 96;

/// What is known of a token.
#[derive(Debug)]
pub(crate) struct TokenProducts {
    /// The row of the table, as values.
    pub(crate) embedding: Box<[f32]>,
    /// The sum of the embedding, and of its squares.
    pub(crate) embedding_sums: (f32, f32),
    /// The normalised projection, branch after branch.
    branches: Box<[BranchRow]>,
    /// The products, branch after branch, slot after slot, in units of the branch's weights.
    products: Box<[BranchRow]>,
}

/// A value for each channel of a branch.
pub(crate) type BranchRow = [f32; BRANCH_DIM];

impl TokenProducts {
    /// The token in a branch.
    #[inline(always)]
    pub(crate) fn branch(&self, branch: usize) -> &BranchRow {
        &self.branches[branch]
    }

    /// What the token adds to a window of a branch in whose slot it stands, in units of the
    /// branch's weights.
    #[inline(always)]
    pub(crate) fn product(&self, branch: usize, slot: usize) -> &BranchRow {
        let before: usize = WINDOWS[..branch].iter().map(|window| window.length).sum();
        &self.products[before + slot]
    }
}

/// What is needed to compute tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokenStage<'a> {
    pub(crate) cpu: Cpu,
    pub(crate) precision: Precision,
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
        self.table.sort_for_decoding(&mut missing);
        let mut products = Vec::new();
        for ids in missing.chunks(BATCH) {
            let computed = self.compute(ids, &mut products).into_iter().map(Arc::new);
            let computed: Vec<_> = ids.iter().copied().zip(computed).collect();
            all.extend(computed.iter().map(|(id, products)| (*id, Arc::clone(products))));
            self.cache.insert(computed);
        }
        all
    }

    fn compute(&self, ids: &[u32], products: &mut Vec<f32>) -> Vec<TokenProducts> {
        let (steps, grids) = self.decode(ids);
        let mut branches = self.project(&steps, &grids);
        self.cpu.run(|| {
            for row in branches.as_chunks_mut::<BRANCHES_DIM>().0 {
                self.normalize(row);
            }
        });
        self.multiply_slots(&branches, products);
        let rows = branches.chunks_exact(BRANCHES_DIM).zip(products.chunks_exact(PRODUCTS_DIM));
        let embeddings = steps.chunks_exact(EMBEDDING_BLOCKS).zip(grids);
        embeddings
            .zip(rows)
            .map(|((steps, grid), (branches, products))| {
                let value = |&step: &u8| f32::from(step - ZERO_STEP) * grid.scale + grid.low;
                let embedding: Box<[f32]> =
                    steps.as_flattened().as_flattened().iter().map(value).collect();
                TokenProducts {
                    embedding_sums: sums(&embedding),
                    embedding,
                    branches: branches.as_chunks().0.into(),
                    products: products.as_chunks().0.into(),
                }
            })
            .collect()
    }

    /// The rows of the table, as a left-hand side.
    fn decode(&self, ids: &[u32]) -> (Vec<StepBlock<GROUPS>>, Vec<Grid>) {
        let mut blocks = vec![[[ZERO_STEP; GROUP]; GROUPS]; ids.len() * EMBEDDING_BLOCKS];
        let mut grids = Vec::with_capacity(ids.len());
        let mut steps = [0; EMBEDDING_DIM];
        for (&id, blocks) in ids.iter().zip(blocks.chunks_exact_mut(EMBEDDING_BLOCKS)) {
            grids.push(self.table.decode(id, &mut steps));
            // Steps have six bits.
            for (stored, step) in blocks.iter_mut().flatten().flatten().zip(steps) {
                *stored = step + ZERO_STEP;
            }
        }
        (blocks, grids)
    }

    /// The embeddings in the branches, before normalisation. With an embedding of `steps · scale +
    /// low`, its product is that of the steps times the scale, and that of ones times `low`.
    fn project(&self, steps: &[StepBlock<GROUPS>], grids: &[Grid]) -> Vec<f32> {
        let projection = &self.layers.projection;
        let mut branches = vec![0.0; grids.len() * BRANCHES_DIM];
        let starts: Vec<usize> = (0..grids.len()).map(|row| row * EMBEDDING_BLOCKS).collect();
        let scales = vec![1.0; steps.len()];
        let rows = StepRows { steps, scales: &scales, starts: &starts };
        let mut target = Target { values: &mut branches, stride: BRANCHES_DIM, column: 0 };
        multiply_steps(self.cpu, rows, &projection.steps, &mut target);
        for (row, grid) in branches.chunks_exact_mut(BRANCHES_DIM).zip(grids) {
            let columns = projection.scale.iter().zip(&projection.sum).zip(&projection.bias);
            for (value, ((scale, sum), bias)) in row.iter_mut().zip(columns) {
                *value = *value * (scale * grid.scale) + (sum * grid.low + bias);
            }
        }
        branches
    }

    /// Normalises over all branches together.
    #[inline(always)]
    fn normalize(&self, row: &mut [f32; BRANCHES_DIM]) {
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

    /// Every token times every slot's block of the first convolutions. The products overwrite what
    /// is in the buffer.
    fn multiply_slots(&self, branches: &[f32], products: &mut Vec<f32>) {
        let rows = branches.as_chunks::<BRANCH_DIM>().0;
        let tokens = rows.len() / BRANCHES;
        let mut plane = Plane::zeros(self.precision, rows.len());
        self.cpu.run(|| {
            for (index, row) in rows.iter().enumerate() {
                plane.set(index, row);
            }
        });
        products.resize(tokens * PRODUCTS_DIM, 0.0);
        let mut column = 0;
        for (index, (branch, window)) in self.layers.branches.iter().zip(WINDOWS).enumerate() {
            let starts: Vec<usize> = (0..tokens).map(|token| token * BRANCHES + index).collect();
            let mut target = Target { values: products, stride: PRODUCTS_DIM, column };
            branch.first_by_slot.linear.multiply(self.cpu, &plane, &starts, &mut target);
            column += window.length * BRANCH_DIM;
        }
    }
}
