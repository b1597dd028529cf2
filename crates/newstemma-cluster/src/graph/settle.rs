//! Grouping anew what has changed.
//!
//! The reports in question are the region. It consists of units, parts of trees that stay as they are:
//! at first a unit is a report. The units are joined, and tried against the groups around; those that
//! break the law join the region, and all of it is cut at the highest average at which the law is
//! broken.

use super::{Graph, Group, GroupId, Memory, Place, REGION, THRESHOLD};
use crate::law::{Contact, breaches, sum_up};
use crate::link::{Link, Slot};
use crate::linkage::{Between, Neighbour, Start, average_linkage};
use crate::tree::{Joined, Tree, Unit};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Graph {
    /// Unsettled reports that pairs above the threshold connect with this one, taken into the region.
    pub(super) fn take_unsettled(&mut self, first: Slot) -> Vec<Slot> {
        self.move_to_region(first);
        let mut region = vec![first];
        let mut next = 0;
        while let Some(&slot) = region.get(next) {
            next += 1;
            for link in 0..self.links(slot).len() {
                let Link { other, score, .. } = self.links(slot)[link];
                if score >= THRESHOLD && self.is_unsettled(other) {
                    self.move_to_region(other);
                    region.push(other);
                }
            }
        }
        region
    }

    fn is_unsettled(&self, slot: Slot) -> bool {
        self.nodes.get(&slot).is_some_and(|node| node.place.is_none())
    }

    /// Takes a report into the region. Its position there is told later.
    fn move_to_region(&mut self, slot: Slot) {
        self.unsettled.remove(&slot);
        self.set_place(slot, Some(Place { group: REGION, position: 0 }));
    }

    /// Groups the reports of the region, and the groups of others that they break the law with;
    /// returns the new groups.
    pub(super) fn settle_region(
        &mut self,
        region: Vec<Slot>,
        memory: &mut dyn Memory,
    ) -> Vec<GroupId> {
        let mut units: Vec<Unit> = region.into_iter().map(Unit::single).collect();
        loop {
            self.seat_units(&units);
            let joins = average_linkage(self.starts(REGION, &units), THRESHOLD);
            let breaches = self.breaches(&units, &joins, memory);
            let trees = Tree::of(&units, &joins).into_iter().map(Arc::new);
            let Some(level) = breaches.values().copied().reduce(f64::max) else {
                return trees.map(|tree| self.keep(tree)).collect();
            };
            let broken = breaches.keys().filter_map(|group| match self.groups.remove(group)? {
                Group::Joined(tree) => Some(tree),
                Group::Resumed(_) => None,
            });
            units = trees.chain(broken).flat_map(|tree| tree.cut(level)).collect();
        }
    }

    /// Tells every report of the region its unit.
    fn seat_units(&mut self, units: &[Unit]) {
        for (position, unit) in (0..).zip(units) {
            for slot in unit.leaves() {
                self.set_place(*slot, Some(Place { group: REGION, position }));
            }
        }
    }

    /// The units of a group or the region, with what they have to do with each other. Every report
    /// has the place of its unit.
    fn starts(&self, group: GroupId, units: &[Unit]) -> Vec<Start> {
        let mut lows = vec![u32::MAX; units.len()];
        let slots = units.iter().flat_map(Unit::leaves).copied();
        for (rank, slot) in (0..).zip(self.in_order(slots)) {
            if let Some(place) = self.place(slot) {
                let low = &mut lows[place.position as usize];
                *low = rank.min(*low);
            }
        }
        let mut sums = vec![Between::default(); units.len()];
        let starts = (0u32..).zip(units).zip(lows).map(|((own, unit), low)| {
            let mut neighbours = Vec::new();
            for link in unit.leaves().iter().flat_map(|&slot| self.links(slot)) {
                if let Some(Place { group: of, position: other }) = self.place(link.other)
                    && of == group
                    && other != own
                {
                    let sum = &mut sums[other as usize];
                    if sum.pairs == 0 {
                        neighbours.push(other);
                    }
                    *sum = sum.and(Between::one(link.score));
                }
            }
            neighbours.sort_unstable();
            let neighbour = |other: u32| {
                let between = std::mem::take(&mut sums[other as usize]);
                Neighbour { other, between }
            };
            let neighbours = neighbours.into_iter().map(neighbour).collect();
            Start { size: unit.leaves().len() as u64, low, neighbours }
        });
        starts.collect()
    }

    /// The groups with which the reports of the region, grouped by themselves, break the law, and the
    /// highest averages at which they do.
    fn breaches(
        &mut self,
        units: &[Unit],
        joins: &[Joined],
        memory: &mut dyn Memory,
    ) -> BTreeMap<GroupId, f64> {
        let mut trees = BTreeMap::new();
        for group in self.near(units, memory) {
            if let Some(tree) = self.tree_of(group) {
                trees.insert(group, tree);
            }
        }
        if trees.is_empty() {
            return BTreeMap::new();
        }
        let contacts = units.iter().map(|unit| {
            let links = unit.leaves().iter().flat_map(|&slot| self.links(slot));
            let contact = |link: &Link| {
                let Place { group, position } = self.place(link.other)?;
                let between = Between::one(link.score);
                trees.contains_key(&group).then_some(Contact { group, position, between })
            };
            let mut contacts: Vec<Contact> = links.filter_map(contact).collect();
            sum_up(&mut contacts);
            contacts
        });
        breaches(units, joins, contacts.collect(), &trees)
    }

    /// The groups that pairs above the threshold connect with units of the region.
    fn near(&mut self, units: &[Unit], memory: &mut dyn Memory) -> BTreeSet<GroupId> {
        let slots = units.iter().flat_map(Unit::leaves);
        let links = slots.flat_map(|&slot| self.links(slot));
        let near = links.filter(|link| link.score >= THRESHOLD).map(|link| link.other);
        let near: BTreeSet<Slot> = near.collect();
        near.iter().for_each(|&other| self.recall(other, memory));
        let groups = near.into_iter().filter_map(|other| self.group(other));
        groups.filter(|&group| group != REGION).collect()
    }

    /// How the reports of a group were joined. `None` if they are no group: then they are unsettled.
    fn tree_of(&mut self, id: GroupId) -> Option<Arc<Tree>> {
        let members = match self.groups.get(&id)? {
            Group::Joined(tree) => return Some(Arc::clone(tree)),
            Group::Resumed(members) => members,
        };
        let units: Vec<Unit> = members.iter().copied().map(Unit::single).collect();
        let joins = average_linkage(self.starts(id, &units), THRESHOLD);
        let [tree] =
            <[Tree; 1]>::try_from(Tree::of(&units, &joins)).map_err(|_| self.dissolve(id)).ok()?;
        let tree = Arc::new(tree);
        self.keep(Arc::clone(&tree));
        Some(tree)
    }

    fn keep(&mut self, tree: Arc<Tree>) -> GroupId {
        let group = tree.leaves().iter().copied().min().unwrap_or(REGION);
        self.seat(group, tree.leaves());
        self.groups.insert(group, Group::Joined(tree));
        group
    }

    /// Gives the members of a group their places.
    pub(super) fn seat(&mut self, group: GroupId, members: &[Slot]) {
        for (position, &member) in (0..).zip(members) {
            self.set_place(member, Some(Place { group, position }));
        }
    }
}
