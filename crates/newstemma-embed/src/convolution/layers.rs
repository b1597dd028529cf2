//! The weights, in the shapes in which the steps use them.

use super::table::EMBEDDING_DIM;
use crate::EmbedError;
use crate::kernel::{GROUP, PackedMatrix, PackedSteps};
use crate::linear::{Linear, Precision};
use crate::model_file::{Matrix, ModelFile};

/// Values of a token in one branch.
pub(crate) const BRANCH_DIM: usize = 256;
/// Branches of the convolution.
pub(crate) const BRANCHES: usize = 3;
/// Values of a token in all branches.
pub(crate) const BRANCHES_DIM: usize = BRANCHES * BRANCH_DIM;
/// Values of a token when it is pooled: its embedding, and what the branches make of it.
pub(crate) const FEATURE_DIM: usize = EMBEDDING_DIM + BRANCHES_DIM;
/// Values of a sentence.
pub(crate) const SENTENCE_DIM: usize = 512;
/// Slots of all windows together.
pub(crate) const SLOTS: usize = WINDOWS[0].length + WINDOWS[1].length + WINDOWS[2].length;

/// Groups of values in a block of steps, which is a row of a branch.
pub(crate) const GROUPS: usize = BRANCH_DIM / GROUP;

const HIDDEN_DIM: usize = 320;

/// The window of a branch: so many tokens, beginning so many to the left.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub(crate) length: usize,
    pub(crate) left: usize,
}

/// The windows of the branches.
pub(crate) const WINDOWS: [Window; BRANCHES] =
    [Window { length: 2, left: 0 }, Window { length: 3, left: 1 }, Window { length: 5, left: 2 }];

/// No window reaches farther than so many tokens to either side.
pub(crate) const REACH: usize = 2;

/// All weights but the table's.
#[derive(Debug)]
pub(crate) struct Layers {
    pub(crate) projection: Projection,
    pub(crate) token_norm: Norm,
    pub(crate) branches: [Branch; BRANCHES],
    pub(crate) feature_norm: Norm,
    /// Features to sentence.
    pub(crate) pool: PackedMatrix,
    pub(crate) pool_bias: Vec<f32>,
    pub(crate) dense: Dense,
    pub(crate) epsilon: f32,
}

/// Embedding to branches. Both the table and these weights are whole steps, so that the product is
/// computed in steps, exactly, in either precision.
#[derive(Debug)]
pub(crate) struct Projection {
    pub(crate) steps: PackedSteps<GROUPS>,
    /// The value of a step, by column.
    pub(crate) scale: Vec<f32>,
    /// The sum of the weights, by column: what an embedding of ones gives.
    pub(crate) sum: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

/// Gain and bias of a layer normalisation.
#[derive(Debug)]
pub(crate) struct Norm {
    pub(crate) gain: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

/// Two convolutions over one window.
#[derive(Debug)]
pub(crate) struct Branch {
    /// `256 × (length · 256)`: what a token adds to a window, by the slot that it stands in.
    pub(crate) first_by_slot: Weights,
    pub(crate) first_bias: Vec<f32>,
    /// `(length · 256) × 256`.
    pub(crate) second: Weights,
    pub(crate) second_bias: Vec<f32>,
}

/// Weights of a convolution, whose blocks are the channels of a branch.
#[derive(Debug)]
pub(crate) struct Weights {
    pub(crate) linear: Linear<GROUPS>,
    /// A product is in units of so much.
    pub(crate) unit: f32,
}

/// Two residual blocks on top.
#[derive(Debug)]
pub(crate) struct Dense {
    pub(crate) first: PackedMatrix,
    pub(crate) second: PackedMatrix,
    pub(crate) skip_second: PackedMatrix,
    pub(crate) third: PackedMatrix,
    pub(crate) fourth: PackedMatrix,
    pub(crate) skip_fourth: PackedMatrix,
}

impl Layers {
    /// The weights of an encoder file.
    pub(crate) fn new(file: &ModelFile, precision: Precision) -> Result<Layers, EmbedError> {
        let of_branches = |names| branch_floats(file, names);
        let branch = |index: usize, names| Branch::new(file, precision, WINDOWS[index], names);
        Ok(Layers {
            projection: Projection::new(file)?,
            token_norm: Norm {
                gain: of_branches(["norm1.gain.2", "norm1.gain.3", "norm1.gain.5"])?,
                bias: of_branches(["norm1.bias.2", "norm1.bias.3", "norm1.bias.5"])?,
            },
            branches: [
                branch(0, ["conv1.2", "conv1.bias.2", "conv2.2", "conv2.bias.2"])?,
                branch(1, ["conv1.3", "conv1.bias.3", "conv2.3", "conv2.bias.3"])?,
                branch(2, ["conv1.5", "conv1.bias.5", "conv2.5", "conv2.bias.5"])?,
            ],
            feature_norm: Norm {
                gain: file.floats("norm2.gain", FEATURE_DIM)?,
                bias: file.floats("norm2.bias", FEATURE_DIM)?,
            },
            pool: packed(file, "pool", FEATURE_DIM, SENTENCE_DIM)?,
            pool_bias: file.floats("pool.bias", SENTENCE_DIM)?,
            dense: Dense {
                first: packed(file, "dense.0", SENTENCE_DIM, HIDDEN_DIM)?,
                second: packed(file, "dense.1", HIDDEN_DIM, HIDDEN_DIM)?,
                skip_second: packed(file, "skip.1", SENTENCE_DIM, HIDDEN_DIM)?,
                third: packed(file, "dense.2", HIDDEN_DIM, SENTENCE_DIM)?,
                fourth: packed(file, "dense.3", SENTENCE_DIM, SENTENCE_DIM)?,
                skip_fourth: packed(file, "skip.3", HIDDEN_DIM, SENTENCE_DIM)?,
            },
            epsilon: file.floats("epsilon", 1)?[0],
        })
    }
}

fn packed(
    file: &ModelFile,
    name: &'static str,
    rows: usize,
    columns: usize,
) -> Result<PackedMatrix, EmbedError> {
    let matrix = file.matrix(name, rows, columns)?;
    Ok(PackedMatrix::new(rows, columns, |row, column| matrix.value(row, column)))
}

/// A vector of each branch, one behind the other.
fn branch_floats(
    file: &ModelFile,
    names: [&'static str; BRANCHES],
) -> Result<Vec<f32>, EmbedError> {
    let mut values = Vec::with_capacity(BRANCHES_DIM);
    for name in names {
        values.extend(file.floats(name, BRANCH_DIM)?);
    }
    Ok(values)
}

impl Projection {
    fn new(file: &ModelFile) -> Result<Projection, EmbedError> {
        let matrix = |name| file.matrix(name, EMBEDDING_DIM, BRANCH_DIM);
        let branches = [matrix("proj.2")?, matrix("proj.3")?, matrix("proj.5")?];
        let step = |row: usize, column: usize| {
            branches[column / BRANCH_DIM].step(row, column % BRANCH_DIM)
        };
        let scale: Vec<f32> =
            (0..BRANCHES_DIM).map(|column| branches[column / BRANCH_DIM].scale).collect();
        let sum = |column| (0..EMBEDDING_DIM).map(|row| i32::from(step(row, column))).sum::<i32>();
        Ok(Projection {
            steps: whole_steps((EMBEDDING_DIM, BRANCHES_DIM), step),
            sum: (0..BRANCHES_DIM).map(|column| sum(column) as f32 * scale[column]).collect(),
            scale,
            bias: branch_floats(file, ["proj.bias.2", "proj.bias.3", "proj.bias.5"])?,
        })
    }
}

impl Branch {
    fn new(
        file: &ModelFile,
        precision: Precision,
        window: Window,
        names: [&'static str; 4],
    ) -> Result<Branch, EmbedError> {
        let [first, first_bias, second, second_bias] = names;
        let rows = window.length * BRANCH_DIM;
        let first = file.matrix(first, rows, BRANCH_DIM)?;
        let second = file.matrix(second, rows, BRANCH_DIM)?;
        let of_slot = |row, column| (column / BRANCH_DIM * BRANCH_DIM + row, column % BRANCH_DIM);
        let as_is = |row, column| (row, column);
        Ok(Branch {
            first_by_slot: Weights::new(precision, (BRANCH_DIM, rows), &first, of_slot),
            first_bias: file.floats(first_bias, BRANCH_DIM)?,
            second: Weights::new(precision, (rows, BRANCH_DIM), &second, as_is),
            second_bias: file.floats(second_bias, BRANCH_DIM)?,
        })
    }
}

impl Weights {
    /// Weights of which `place` says where in the matrix they are.
    fn new(
        precision: Precision,
        (rows, columns): (usize, usize),
        matrix: &Matrix,
        place: impl Fn(usize, usize) -> (usize, usize),
    ) -> Weights {
        let step = |row, column| {
            let (row, column) = place(row, column);
            matrix.step(row, column)
        };
        match precision {
            Precision::Single => {
                let value = |row, column| f32::from(step(row, column)) * matrix.scale;
                let linear = Linear::Single(PackedMatrix::new(rows, columns, value));
                Weights { linear, unit: 1.0 }
            }
            Precision::Steps => {
                let linear = Linear::Steps(whole_steps((rows, columns), step));
                Weights { linear, unit: matrix.scale }
            }
        }
    }
}

/// A matrix of whole steps whose scale is left to whoever uses it.
fn whole_steps(
    (rows, columns): (usize, usize),
    step: impl Fn(usize, usize) -> i8,
) -> PackedSteps<GROUPS> {
    let group = |row, column| std::array::from_fn(|within| step(row + within, column));
    PackedSteps::new(rows, columns, group, |_, _| 1.0)
}
