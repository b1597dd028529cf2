//! Whether two sets of reports, each grouped by itself, are together grouped as they are.
//!
//! The law is told in [`graph`](crate::graph). It is tried on every node of what was grouped
//! last, from the units up, against all nodes of each group that was there: the scores of a node's
//! reports with each report of the group are added up, first over the node, then up the tree of the
//! group. An average over reports is no higher than the highest with one of them, so groups all of
//! whose reports are too far from the node are passed over after the first step.
//!
//! Parts of units are not tried again. They were joined as they are now when they were tried last.

use crate::graph::THRESHOLD;
use crate::link::Slot;
use crate::linkage::Between;
use crate::tree::{Joined, Tree, Unit};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The scores of a node with a report of another group.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Contact {
    /// The group, and where the report stands in its tree.
    pub(crate) group: Slot,
    pub(crate) position: u32,
    pub(crate) between: Between,
}

/// The groups with which some node breaks the law, each with the highest average that does.
/// `contacts` are those of each unit, in order of group and position.
pub(crate) fn breaches(
    units: &[Unit],
    joins: &[Joined],
    mut contacts: Vec<Vec<Contact>>,
    trees: &BTreeMap<Slot, Arc<Tree>>,
) -> BTreeMap<Slot, f64> {
    let mut joined_at = vec![f64::NEG_INFINITY; units.len() + joins.len()];
    for join in joins {
        join.nodes.iter().for_each(|&node| joined_at[node as usize] = join.average);
    }
    let mut sizes: Vec<u64> = units.iter().map(|unit| unit.leaves().len() as u64).collect();
    let mut breaches = BTreeMap::new();
    let mut sums = Vec::new();
    for node in 0..joined_at.len() {
        if let Some(join) = node.checked_sub(units.len()).map(|join| joins[join]) {
            let [a, b] = join.nodes.map(|child| std::mem::take(&mut contacts[child as usize]));
            contacts.push(added(a, b));
            sizes.push(join.nodes.iter().map(|&child| sizes[child as usize]).sum());
        }
        let needed = f64::from(THRESHOLD).max(joined_at[node]);
        for of_group in contacts[node].chunk_by(|x, y| x.group == y.group) {
            let Some(tree) = trees.get(&of_group[0].group) else { continue };
            if let Some(level) = breach(sizes[node], needed, of_group, tree, &mut sums) {
                let highest = breaches.entry(of_group[0].group).or_insert(level);
                *highest = highest.max(level);
            }
        }
    }
    breaches
}

/// The highest average at which a node of so many reports breaks the law with a node of a group.
fn breach(
    size: u64,
    needed: f64,
    contacts: &[Contact],
    tree: &Tree,
    sums: &mut Vec<Between>,
) -> Option<f64> {
    let highest = contacts.iter().map(|contact| contact.between.average(size));
    if highest.fold(f64::NEG_INFINITY, f64::max) < needed {
        return None;
    }
    sums.clear();
    sums.resize(tree.len(), Between::default());
    contacts.iter().for_each(|contact| sums[contact.position as usize] = contact.between);
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

/// The contacts of two nodes together.
fn added(mut a: Vec<Contact>, b: Vec<Contact>) -> Vec<Contact> {
    a.extend(b);
    sum_up(&mut a);
    a
}

/// Puts contacts in order, one a report.
pub(crate) fn sum_up(contacts: &mut Vec<Contact>) {
    contacts.sort_unstable_by_key(|contact| (contact.group, contact.position));
    contacts.dedup_by(|later, kept| {
        let same = (later.group, later.position) == (kept.group, kept.position);
        if same {
            kept.between = kept.between.and(later.between);
        }
        same
    });
    contacts.shrink_to_fit();
}
