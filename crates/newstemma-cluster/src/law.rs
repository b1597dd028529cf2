//! Whether two sets of reports, each grouped by itself, are together grouped as they are.
//!
//! The law is told in [`graph`](crate::graph). It is tried on the nodes of what was grouped last that
//! may break it ([`doubts`](crate::doubt)), against all nodes of each group around: the scores of a
//! node's reports with each report of the group are added up, first over the node, then up the tree of
//! the group. An average over reports is no higher than the highest with one of them, so groups all of
//! whose reports are too far from the node are passed over after the first step.
//!
//! Parts of units are not tried again. They were joined as they are now when they were tried last.

use crate::doubt::Doubt;
use crate::link::Slot;
use crate::linkage::Between;
use crate::tree::{Joined, Tree, Unit, units_below};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The score of a unit with a report of another group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Contact {
    /// The place of the group among those around, and that of the report among its leaves.
    pub(crate) group: u32,
    pub(crate) position: u32,
    pub(crate) score: i16,
}

/// A group around, and how it was joined.
pub(crate) type Around = (Slot, Arc<Tree>);

/// The groups with which some node breaks the law, each with the highest average that does.
/// `contacts` are those of each unit.
pub(crate) fn breaches(
    doubts: &[Doubt],
    units: &[Unit],
    joins: &[Joined],
    contacts: &[Vec<Contact>],
    around: &[Around],
) -> BTreeMap<Slot, f64> {
    let mut breaches = BTreeMap::new();
    // What a node has to do with the nodes of each group. That of leaves without contact is nothing
    // whenever a node is tried; that of others is made of it.
    let mut sums: Vec<Vec<Between>> =
        around.iter().map(|(_, tree)| vec![Between::default(); tree.len()]).collect();
    for doubt in doubts {
        let mut touched: Vec<(u32, u32)> = Vec::new();
        let mut size = 0;
        for unit in units_below([doubt.node], units.len(), joins) {
            size += units[unit as usize].leaves().len() as u64;
            for &Contact { group, position, score } in &contacts[unit as usize] {
                let sum = &mut sums[group as usize][position as usize];
                if sum.pairs == 0 {
                    touched.push((group, position));
                }
                *sum = sum.and(Between::one(score));
            }
        }
        touched.sort_unstable();
        for of_group in touched.chunk_by(|x, y| x.0 == y.0) {
            let (group, tree) = &around[of_group[0].0 as usize];
            let sums = &mut sums[of_group[0].0 as usize];
            let averages = of_group.iter().map(|&(_, leaf)| sums[leaf as usize].average(size));
            if averages.fold(f64::NEG_INFINITY, f64::max) >= doubt.needed
                && let Some(level) = breach(size, doubt.needed, tree, sums)
            {
                let highest = breaches.entry(*group).or_insert(level);
                *highest = highest.max(level);
            }
            of_group.iter().for_each(|&(_, leaf)| sums[leaf as usize] = Between::default());
        }
    }
    breaches
}

/// The highest average at which a node of so many reports breaks the law with a node of a group.
/// `sums` has what it has to do with the leaves of the group, and room for the other nodes.
fn breach(size: u64, needed: f64, tree: &Tree, sums: &mut [Between]) -> Option<f64> {
    let mut level: Option<f64> = None;
    for node in 0..tree.len() {
        if let Some([a, b]) = tree.children(node) {
            sums[node] = sums[a as usize].and(sums[b as usize]);
        }
        let average = sums[node].average(size * u64::from(tree.count(node)));
        if average >= needed && average >= tree.joined_at(node) {
            level = Some(level.map_or(average, |level| level.max(average)));
        }
    }
    level
}
