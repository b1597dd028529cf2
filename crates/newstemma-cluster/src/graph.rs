//! A collection that is grouped while it grows.
//!
//! The problem: a report that comes late may join two stories or part one, and the stories must be
//! those that a reading of all reports at once would have made, whatever the order they came in.
//! The naive method groups everything anew.
//!
//! # The law
//!
//! Linkage joins the best two groups first. So every group has a life: it comes to be at one average
//! and is joined to another at a lower one, or stays. Take two sets of reports, each grouped by
//! itself. Together they fall into the same groups **if no two groups, one of either set, score as
//! high with each other as both do where they are joined next** (a group that stays: as the
//! threshold). For then, whenever a join of either set is the best of its own, it is the best of all:
//! any pair across that lives at that time scores less than the later of its two next joins, and
//! joins come in falling order.
//!
//! So a new report is a set by itself, and every group that was there is another. Where the law is
//! broken, the two sets become one that is grouped anew, but only below the highest average at which it
//! is: what was joined above it is joined as before. When the law holds against all others, these
//! stay as they are. A score depends on its two reports alone, and so does whether they are compared at
//! all; averages are sums of whole numbers; ties are broken by the reports' ids. Thus the groups are
//! a function of the set of reports.
//!
//! # Cost
//!
//! A group can only break the law if some pair across reaches the threshold, and a part of what was
//! grouped before only if it is joined lower than it was: only such are tried ([`doubt`](crate::doubt),
//! [`law`](crate::law)). A report costs its comparisons, as many as share rare keys with it within a
//! month, a look at the links of the group that it comes to, and the linkage of it. It is remembered with the
//! pairs whose score is of any weight, eight bytes each way: the members of its own story, and few
//! others.

mod settle;

use crate::link::{Link, Slot};
use crate::score::steps;
use crate::slots::SlotMap;
use crate::tree::Tree;
use newstemma_model::ReportId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Least average score at which two groups are one story. On the sets that the weights of the score
/// are fitted on (dev), a quarter of a nat to either side changes little.
pub(crate) const THRESHOLD: i16 = steps(-0.2);
/// Reports with their links, and the groups that they fall into.
///
/// [`enter`](Self::enter), [`bind`](Self::bind) and [`remove`](Self::remove) reports, then
/// [`settle`](Self::settle). What was settled need not stay in memory: a [`Memory`] gives groups back
/// when they are needed.
#[derive(Debug, Default)]
pub struct Graph {
    nodes: SlotMap<Node>,
    groups: BTreeMap<GroupId, Group>,
    /// Reports that are in no group yet, or whose group lost a member.
    unsettled: BTreeSet<Slot>,
    /// How many links there are, from both ends.
    links: usize,
}

/// What remembers groups that a [`Graph`] has forgotten.
pub trait Memory {
    /// The group of a report as it was last settled, all members with all their links: from both
    /// ends, however far. Empty if there is no such report.
    fn group(&mut self, of: Slot) -> Vec<Remembered>;
}

/// Who forgets nothing need not remember.
impl Memory for () {
    fn group(&mut self, _: Slot) -> Vec<Remembered> {
        Vec::new()
    }
}

/// A report as it was last settled.
#[derive(Clone, Debug)]
pub struct Remembered {
    /// Its number.
    pub slot: Slot,
    /// The report.
    pub report: ReportId,
    /// What it has to do with others.
    pub links: Vec<Link>,
}

#[derive(Debug)]
struct Node {
    report: ReportId,
    links: Vec<Link>,
    /// Where it is, if it is settled.
    place: Option<Place>,
}

/// A group is numbered by the first of its members to come.
type GroupId = Slot;

/// The group that reports are in while they are being grouped.
const REGION: GroupId = Slot(u32::MAX);

/// Bytes that a report takes with its place, its group and its part of a tree, but for its links.
const NODE_BYTES: usize = 300;

/// Where a report is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) group: GroupId,
    /// Its position among the members; in the region, that of its unit.
    pub(crate) position: u32,
}

#[derive(Clone, Debug)]
enum Group {
    /// Its members; how they were joined is found out when it is first needed.
    Resumed(Vec<Slot>),
    Joined(Arc<Tree>),
}

impl Group {
    /// Those whose places it gives.
    fn members(&self) -> &[Slot] {
        match self {
            Group::Resumed(members) => members,
            Group::Joined(tree) => tree.leaves(),
        }
    }
}

impl Graph {
    /// Enters a report that has no links yet.
    pub fn enter(&mut self, slot: Slot, report: ReportId) {
        self.nodes.insert(slot, Node { report, links: Vec::new(), place: None });
        self.unsettled.insert(slot);
    }

    /// Gives a report that was entered its links with others. Those that are forgotten are told by
    /// the memory.
    pub fn bind(&mut self, slot: Slot, links: Vec<Link>) {
        for &link in &links {
            if let Some(other) = self.nodes.get_mut(&link.other) {
                other.links.push(Link { other: slot, ..link });
                self.links += 1;
            }
        }
        if let Some(node) = self.nodes.get_mut(&slot) {
            self.links += links.len();
            node.links.extend(links);
        }
    }

    /// Takes up again a group that reports had fallen into which were entered and bound. Whoever
    /// calls it answers for that.
    pub fn resume(&mut self, members: Vec<Slot>) {
        members.iter().for_each(|slot| {
            self.unsettled.remove(slot);
        });
        if let Some(&first) = members.iter().min() {
            self.seat(first, &members);
            self.groups.insert(first, Group::Resumed(members));
        }
    }

    /// Forgets all groups. Nothing may be unsettled.
    pub fn forget(&mut self) {
        self.nodes.clear();
        self.groups.clear();
        self.links = 0;
    }

    /// How many bytes of memory the reports and their links take, about.
    pub fn size_bytes(&self) -> usize {
        self.nodes.len() * NODE_BYTES + self.links * size_of::<Link>()
    }

    /// Takes a report out.
    pub fn remove(&mut self, slot: Slot, memory: &mut dyn Memory) {
        self.recall(slot, memory);
        self.dissolve(slot);
        self.unsettled.remove(&slot);
        let Some(node) = self.nodes.remove(&slot) else { return };
        self.links -= node.links.len();
        for link in node.links {
            // What text held together may fall apart.
            if link.carried {
                self.recall(link.other, memory);
                self.dissolve(link.other);
            }
            if let Some(other) = self.nodes.get_mut(&link.other) {
                let before = other.links.len();
                other.links.retain(|back| back.other != slot);
                self.links -= before - other.links.len();
            }
        }
    }

    /// Groups anew what has changed since the last time. Returned are the stories that were touched,
    /// each in order of the reports' ids; other stories are as they were.
    pub fn settle(&mut self, memory: &mut dyn Memory) -> Vec<Vec<Slot>> {
        let mut touched: BTreeSet<GroupId> = BTreeSet::new();
        while let Some(&first) = self.unsettled.first() {
            let region = self.take_unsettled(first);
            touched.extend(self.settle_region(region, memory));
        }
        // A group that was grouped anew since has a new number.
        touched.retain(|group| self.groups.contains_key(group));
        let stories = gathered(touched, |group| {
            let others = self.carried(group);
            others.iter().for_each(|&other| self.recall(other, memory));
            self.groups_of(&others)
        });
        stories.iter().map(|groups| self.story(groups)).collect()
    }

    /// All stories in memory, each in order of the reports' ids, as of the last time they were
    /// settled.
    pub fn stories(&self) -> Vec<Vec<Slot>> {
        let groups = self.groups.keys().copied().collect();
        let stories = gathered(groups, |group| self.groups_of(&self.carried(group)));
        stories.iter().map(|groups| self.story(groups)).collect()
    }

    /// The group of a report that is in memory, by its first member to come. A story is one group, or
    /// several between which text was carried over.
    pub fn group(&self, slot: Slot) -> Option<Slot> {
        self.place(slot).map(|place| place.group)
    }

    /// The report of a number, if it is in memory.
    pub fn report(&self, slot: Slot) -> Option<ReportId> {
        self.nodes.get(&slot).map(|node| node.report)
    }

    fn place(&self, slot: Slot) -> Option<Place> {
        self.nodes.get(&slot)?.place
    }

    fn set_place(&mut self, slot: Slot, place: Option<Place>) {
        if let Some(node) = self.nodes.get_mut(&slot) {
            node.place = place;
        }
    }

    fn links(&self, slot: Slot) -> &[Link] {
        self.nodes.get(&slot).map_or(&[], |node| &node.links)
    }

    /// The members of groups, in order of their ids.
    fn story(&self, groups: &BTreeSet<GroupId>) -> Vec<Slot> {
        let members = groups.iter().filter_map(|group| self.groups.get(group));
        self.in_order(members.flat_map(Group::members).copied())
    }

    fn in_order(&self, slots: impl IntoIterator<Item = Slot>) -> Vec<Slot> {
        let mut slots: Vec<(Option<ReportId>, Slot)> =
            slots.into_iter().map(|slot| (self.report(slot), slot)).collect();
        slots.sort_unstable();
        slots.into_iter().map(|(_, slot)| slot).collect()
    }

    /// Takes a report's group into memory, if it is not there. A group is there as a whole or not at
    /// all.
    fn recall(&mut self, slot: Slot, memory: &mut dyn Memory) {
        if self.nodes.contains_key(&slot) {
            return;
        }
        let remembered = memory.group(slot);
        let members: Vec<Slot> = remembered.iter().map(|member| member.slot).collect();
        for Remembered { slot, report, links } in remembered {
            self.links += links.len();
            self.nodes.insert(slot, Node { report, links, place: None });
        }
        self.resume(members);
    }

    /// Unsettles the members of a report's group.
    fn dissolve(&mut self, slot: Slot) {
        let group = self.group(slot).and_then(|group| self.groups.remove(&group));
        for &member in group.iter().flat_map(Group::members) {
            self.set_place(member, None);
            self.unsettled.insert(member);
        }
    }

    /// The reports outside of a group between which and the group text was carried over.
    fn carried(&self, group: GroupId) -> Vec<Slot> {
        let members = self.groups.get(&group).map_or(&[][..], Group::members);
        let links = members.iter().flat_map(|&member| self.links(member));
        let carried = links.filter(|link| link.carried).map(|link| link.other);
        carried.filter(|&other| self.group(other) != Some(group)).collect()
    }

    fn groups_of(&self, slots: &[Slot]) -> Vec<GroupId> {
        slots.iter().filter_map(|&slot| self.group(slot)).collect()
    }
}

/// Puts groups together with all that `next` leads to from them, also to others.
fn gathered(
    mut groups: BTreeSet<GroupId>,
    mut next: impl FnMut(GroupId) -> Vec<GroupId>,
) -> Vec<BTreeSet<GroupId>> {
    let mut gathered = Vec::new();
    while let Some(group) = groups.pop_first() {
        let mut connected = BTreeSet::from([group]);
        let mut waiting = vec![group];
        while let Some(group) = waiting.pop() {
            waiting.extend(next(group).into_iter().filter(|&other| connected.insert(other)));
        }
        connected.iter().for_each(|group| {
            groups.remove(group);
        });
        gathered.push(connected);
    }
    gathered
}
