//! Grouping anew what has changed.
//!
//! The reports in question are the region. It consists of units, parts of trees that stay as they are:
//! at first a unit is a report. The units are joined, and tried against the groups around; those that
//! break the law join the region, and all of it is cut at the highest average at which the law is
//! broken.

use super::{Graph, Group, GroupId, Memory, Place, REGION, THRESHOLD};
use crate::clique::{cliques, unfolded};
use crate::doubt::{Before, Doubt, doubts};
use crate::law::{Around, Contact, breaches};
use crate::link::{Link, Slot};
use crate::linkage::{Between, Neighbour, Start, average_linkage};
use crate::score::SCORE_MAX;
use crate::tree::{Joined, Tree, Unit, units_below};
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
        let newcomers: BTreeSet<Slot> = region.iter().copied().collect();
        let mut units: Vec<Unit> = region.into_iter().map(Unit::single).collect();
        let mut has_newcomer: Option<Vec<bool>> = None;
        loop {
            self.seat_units(&units);
            let (joins, outside) = self.joined(REGION, &units);
            let before = Before { outside: &outside, has_newcomer: has_newcomer.as_deref() };
            let doubts = doubts(&units, &joins, before);
            let breaches = self.breaches(&doubts, &units, &joins, memory);
            let trees = Tree::of(&units, &joins).into_iter().map(Arc::new);
            let Some(level) = breaches.values().copied().reduce(f64::max) else {
                return trees.map(|tree| self.keep(tree)).collect();
            };
            let broken = breaches.keys().filter_map(|group| match self.groups.remove(group)? {
                Group::Joined(tree) => Some(tree),
                Group::Resumed(_) => None,
            });
            units = trees.chain(broken).flat_map(|tree| tree.cut(level)).collect();
            let is_newcomer = |slot: &Slot| newcomers.contains(slot);
            let has = |unit: &Unit| unit.leaves().iter().any(is_newcomer);
            has_newcomer = Some(units.iter().map(has).collect());
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

    /// How the units of a group or the region are joined, and the highest score of each with a report
    /// outside. Every report has the place of its unit.
    fn joined(&self, group: GroupId, units: &[Unit]) -> (Vec<Joined>, Vec<i16>) {
        let lows = self.lows(units);
        let mut parts = cliques(units.len() as u32, |unit| self.alike(group, units, unit));
        parts.iter_mut().for_each(|part| part.sort_unstable_by_key(|&unit| lows[unit as usize]));
        let (starts, outside) = self.starts(group, units, &parts, &lows);
        let joins = average_linkage(starts, THRESHOLD);
        (unfolded(units.len(), &parts, joins), outside)
    }

    /// The units of one report that a unit of one report is as alike to as can be, and itself.
    fn alike(&self, group: GroupId, units: &[Unit], unit: u32) -> Vec<u32> {
        let [slot] = units[unit as usize].leaves() else { return vec![unit] };
        let links = self.links(*slot).iter().filter(|link| link.score == SCORE_MAX);
        let places = links.filter_map(|link| self.place(link.other));
        let inside = places.filter(|place| place.group == group).map(|place| place.position);
        let mut alike: Vec<u32> = inside.chain([unit]).collect();
        alike.sort_unstable();
        alike
    }

    /// The rank of the first report of each unit, in an order of all.
    fn lows(&self, units: &[Unit]) -> Vec<u32> {
        let mut lows = vec![u32::MAX; units.len()];
        let slots = units.iter().flat_map(Unit::leaves).copied();
        for (rank, slot) in (0..).zip(self.in_order(slots)) {
            if let Some(place) = self.place(slot) {
                let low = &mut lows[place.position as usize];
                *low = rank.min(*low);
            }
        }
        lows
    }

    /// Parts of units, with what they have to do with each other, and the highest score of each unit
    /// with a report outside.
    fn starts(
        &self,
        group: GroupId,
        units: &[Unit],
        parts: &[Vec<u32>],
        lows: &[u32],
    ) -> (Vec<Start>, Vec<i16>) {
        let mut part_of = vec![0u32; units.len()];
        for (part, own) in (0..).zip(parts) {
            own.iter().for_each(|&unit| part_of[unit as usize] = part);
        }
        let mut outside = vec![i16::MIN; units.len()];
        let mut sums = vec![Between::default(); parts.len()];
        let starts = (0u32..).zip(parts).map(|(own, part)| {
            let leaves = |&unit: &u32| units[unit as usize].leaves().iter().map(move |s| (unit, s));
            let links = part.iter().flat_map(leaves);
            let links =
                links.flat_map(|(unit, &slot)| self.links(slot).iter().map(move |l| (unit, l)));
            let mut neighbours = Vec::new();
            for (unit, link) in links {
                let place = self.place(link.other).filter(|place| place.group == group);
                let Some(Place { position, .. }) = place else {
                    let highest = &mut outside[unit as usize];
                    *highest = link.score.max(*highest);
                    continue;
                };
                let other = part_of[position as usize];
                if other != own {
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
            let size = part.iter().map(|&unit| units[unit as usize].leaves().len() as u64).sum();
            let low = part.iter().map(|&unit| lows[unit as usize]).min().unwrap_or(u32::MAX);
            Start { size, low, neighbours }
        });
        (starts.collect(), outside)
    }

    /// The groups with which nodes of the region break the law, and the highest averages at which they
    /// do.
    fn breaches(
        &mut self,
        doubts: &[Doubt],
        units: &[Unit],
        joins: &[Joined],
        memory: &mut dyn Memory,
    ) -> BTreeMap<GroupId, f64> {
        let Some(needed) = doubts.iter().map(|doubt| doubt.needed).reduce(f64::min) else {
            return BTreeMap::new();
        };
        let tried = units_below(doubts.iter().map(|doubt| doubt.node), units.len(), joins);
        let mut around: Vec<Around> = Vec::new();
        let near = self.near(tried.iter().map(|&unit| &units[unit as usize]), needed, memory);
        for group in near {
            around.extend(self.tree_of(group).map(|tree| (group, tree)));
        }
        let mut contacts = vec![Vec::new(); units.len()];
        for unit in tried {
            let links = units[unit as usize].leaves().iter().flat_map(|&slot| self.links(slot));
            let contact = |link: &Link| {
                let Place { group, position } = self.place(link.other)?;
                let group = around.binary_search_by_key(&group, |(group, _)| *group).ok()?;
                Some(Contact { group: group as u32, position, score: link.score })
            };
            contacts[unit as usize] = links.filter_map(contact).collect();
        }
        breaches(doubts, units, joins, &contacts, &around)
    }

    /// The groups that pairs of so high a score connect with units of the region, ascending.
    fn near<'u>(
        &mut self,
        units: impl Iterator<Item = &'u Unit>,
        needed: f64,
        memory: &mut dyn Memory,
    ) -> BTreeSet<GroupId> {
        let links = units.flat_map(Unit::leaves).flat_map(|&slot| self.links(slot));
        let high = links.filter(|link| f64::from(link.score) >= needed).map(|link| link.other);
        let outside = high.filter(|&other| self.group(other) != Some(REGION));
        let near: BTreeSet<Slot> = outside.collect();
        near.iter().for_each(|&other| self.recall(other, memory));
        near.into_iter().filter_map(|other| self.group(other)).collect()
    }

    /// How the reports of a group were joined. `None` if they are no group: then they are unsettled.
    fn tree_of(&mut self, id: GroupId) -> Option<Arc<Tree>> {
        let members = match self.groups.get(&id)? {
            Group::Joined(tree) => return Some(Arc::clone(tree)),
            Group::Resumed(members) => members,
        };
        let units: Vec<Unit> = members.iter().copied().map(Unit::single).collect();
        let (joins, _) = self.joined(id, &units);
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
