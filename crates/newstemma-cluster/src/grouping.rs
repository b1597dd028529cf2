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
//! A group can only break the law if some pair across reaches the threshold: only such groups are
//! tried ([`law`](crate::law)). A report costs its comparisons, as many as share rare keys with it
//! within a month, and a look at the pairs of the groups that it touches. It is remembered with the
//! pairs whose score is of any weight, eight bytes each way: the members of its own story, and few
//! others.

mod settle;

use crate::carried::is_carried;
use crate::evidence::Evidence;
use crate::index::Index;
use crate::profile::Profile;
use crate::score::{KEPT_MIN, UNSEEN, score, steps};
use crate::tree::Tree;
use newstemma_model::{Day, ReportId};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Least average score at which two groups are one story. On the sets that the weights of the score
/// are fitted on (dev), a quarter of a nat to either side changes little.
pub(crate) const THRESHOLD: i16 = steps(-0.25);
/// Pairs of a lower score are not looked through for carried text, unless they share runs of words.
const CARRIED_SCORE_MIN: i16 = steps(-3.5);
/// Sampled runs of words that a copy shares with its exemplar.
const RUNS_MIN: usize = 2;

/// The number of a report in a [`Grouping`]: that of its turn, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(u32);

impl Slot {
    /// The report of the turn `index`.
    pub fn of(index: u32) -> Slot {
        Slot(index)
    }

    /// Its turn.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What two reports have to do with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The other report.
    pub other: Slot,
    /// How much surer one story is than two: the logarithm of the odds, in 2048ths of a nat.
    pub score: i16,
    /// Whether text was carried over from one to the other, or to both from a third.
    pub carried: bool,
}

/// Reports, and the stories that they fall into.
///
/// [`insert`](Self::insert) and [`remove`](Self::remove) reports, then [`settle`](Self::settle). To
/// spread the comparing over threads, [`enter`](Self::enter) many, ask for the
/// [`links`](Self::links) of each, and [`bind`](Self::bind) them.
#[derive(Debug, Default)]
pub struct Grouping {
    profiles: Vec<Option<Profile>>,
    index: Index,
    links: Vec<Vec<Link>>,
    /// Where each report is that is settled.
    places: Vec<Option<Place>>,
    groups: BTreeMap<GroupId, Group>,
    /// Reports that are in no group yet, or whose group lost a member.
    unsettled: BTreeSet<Slot>,
}

/// A group is numbered by the first of its members to come.
type GroupId = Slot;

/// The group that reports are in while they are being grouped.
const REGION: GroupId = Slot(u32::MAX);

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

impl Grouping {
    /// Enters a report and compares it with those that are there.
    pub fn insert(&mut self, profile: Profile) -> Slot {
        let slot = self.enter(profile);
        let links = self.links(slot);
        self.bind(slot, links);
        slot
    }

    /// Enters a report that is still to be compared.
    pub fn enter(&mut self, profile: Profile) -> Slot {
        let slot = Slot(self.profiles.len() as u32);
        self.index.push(&profile);
        self.profiles.push(Some(profile));
        self.links.push(Vec::new());
        self.places.push(None);
        self.unsettled.insert(slot);
        slot
    }

    /// Compares a report with those that were entered before it.
    pub fn links(&self, slot: Slot) -> Vec<Link> {
        let Some(profile) = self.profile(slot) else { return Vec::new() };
        let candidates = self.index.below(slot.0, profile, |other| self.profile(Slot(other)));
        // Copies are many where there are any; they compare as one does.
        let mut known: HashMap<(u64, Option<Day>), Link> = HashMap::new();
        let link = |other| {
            let other_profile = self.profile(Slot(other))?;
            let same = known.entry((other_profile.content, other_profile.day));
            let link = same.or_insert_with(|| link(Slot(other), profile, other_profile));
            Some(Link { other: Slot(other), ..*link })
        };
        let worth = |link: &Link| link.score >= KEPT_MIN || link.carried;
        candidates.into_iter().filter_map(link).filter(worth).collect()
    }

    /// The evidence on a report and those that were entered before it: what the weights of the
    /// score are fitted on.
    pub fn evidence(&self, slot: Slot) -> Vec<(Slot, Evidence)> {
        let Some(profile) = self.profile(slot) else { return Vec::new() };
        let candidates = self.index.below(slot.0, profile, |other| self.profile(Slot(other)));
        let evidence =
            |other| Some((Slot(other), Evidence::of(profile, self.profile(Slot(other))?)));
        candidates.into_iter().filter_map(evidence).collect()
    }

    /// Enters what a comparison has found.
    pub fn bind(&mut self, slot: Slot, links: Vec<Link>) {
        for &link in &links {
            self.links[index(link.other)].push(Link { other: slot, ..link });
        }
        self.links[index(slot)].extend(links);
    }

    /// Takes up again what [`settle`](Self::settle) left: for reports that were entered and bound,
    /// the groups that they had fallen into. Whoever calls it answers for that.
    pub fn resume(&mut self, groups: impl IntoIterator<Item = Vec<Slot>>) {
        for members in groups {
            members.iter().for_each(|slot| {
                self.unsettled.remove(slot);
            });
            if let Some(&first) = members.iter().min() {
                self.seat(first, &members);
                self.groups.insert(first, Group::Resumed(members));
            }
        }
    }

    /// Takes a report out.
    pub fn remove(&mut self, slot: Slot) {
        let Some(profile) = self.profiles.get_mut(index(slot)).and_then(Option::take) else {
            return;
        };
        self.index.remove(slot.0, &profile);
        self.unsettled.remove(&slot);
        for link in std::mem::take(&mut self.links[index(slot)]) {
            self.links[index(link.other)].retain(|back| back.other != slot);
            // What text held together may fall apart.
            if link.carried {
                self.dissolve(link.other);
            }
        }
        self.dissolve(slot);
    }

    /// Groups anew what has changed since the last time. Returned are the stories that were touched,
    /// each in order of the reports' ids; other stories are as they were.
    pub fn settle(&mut self) -> Vec<Vec<Slot>> {
        let mut touched: BTreeSet<GroupId> = BTreeSet::new();
        while let Some(&first) = self.unsettled.first() {
            let region = self.take_unsettled(first);
            touched.extend(self.settle_region(region));
            // A group that was grouped anew has a new number.
            touched.retain(|group| self.groups.contains_key(group));
        }
        self.stories_of(touched)
    }

    /// All stories, each in order of the reports' ids, as of the last time they were settled.
    pub fn stories(&self) -> Vec<Vec<Slot>> {
        self.stories_of(self.groups.keys().copied().collect())
    }

    /// The stories that these groups belong to.
    fn stories_of(&self, mut groups: BTreeSet<GroupId>) -> Vec<Vec<Slot>> {
        let mut stories = Vec::new();
        while let Some(group) = groups.pop_first() {
            let connected = self.carried_to(group);
            groups.retain(|group| !connected.contains(group));
            let members = connected.iter().flat_map(|group| self.groups[group].members().iter());
            stories.push(self.in_order(members.copied()));
        }
        stories
    }

    /// The group of a report, by its first member to come. A story is one group, or several between
    /// which text was carried over.
    pub fn group(&self, slot: Slot) -> Option<Slot> {
        self.places.get(index(slot)).copied().flatten().map(|place| place.group)
    }

    /// The report of a number, unless it was taken out.
    pub fn report(&self, slot: Slot) -> Option<ReportId> {
        self.profile(slot).map(Profile::report)
    }

    fn profile(&self, slot: Slot) -> Option<&Profile> {
        self.profiles.get(index(slot))?.as_ref()
    }

    fn in_order(&self, slots: impl IntoIterator<Item = Slot>) -> Vec<Slot> {
        let mut slots: Vec<Slot> = slots.into_iter().collect();
        slots.sort_by_key(|&slot| (self.report(slot), slot));
        slots
    }

    /// Unsettles the members of a report's group.
    fn dissolve(&mut self, slot: Slot) {
        let place = self.places[index(slot)].take();
        if let Some(group) = place.and_then(|place| self.groups.remove(&place.group)) {
            for &member in group.members() {
                self.places[index(member)] = None;
                if self.profile(member).is_some() {
                    self.unsettled.insert(member);
                }
            }
        }
    }

    /// The groups that carried text connects with this one.
    fn carried_to(&self, group: GroupId) -> BTreeSet<GroupId> {
        let mut seen = BTreeSet::from([group]);
        let mut waiting = vec![group];
        while let Some(group) = waiting.pop() {
            let links = self.groups[&group].members().iter().flat_map(|&m| &self.links[index(m)]);
            let others =
                links.filter(|link| link.carried).filter_map(|link| self.group(link.other));
            for other in others.collect::<BTreeSet<_>>() {
                if seen.insert(other) {
                    waiting.push(other);
                }
            }
        }
        seen
    }
}

fn index(slot: Slot) -> usize {
    slot.0 as usize
}

fn link(other: Slot, a: &Profile, b: &Profile) -> Link {
    let score = score(&Evidence::of(a, b));
    let copied = || shared_runs(&a.runs, &b.runs) >= RUNS_MIN;
    let carried = (score >= CARRIED_SCORE_MIN || copied()) && is_carried(a, b);
    Link { other, score: if score < KEPT_MIN { UNSEEN } else { score }, carried }
}

fn shared_runs(mut a: &[u64], mut b: &[u64]) -> usize {
    let mut shared = 0;
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
        shared += usize::from(x == y);
        (a, b) = (if x <= y { rest_a } else { a }, if y <= x { rest_b } else { b });
    }
    shared
}
