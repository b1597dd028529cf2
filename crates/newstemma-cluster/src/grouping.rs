//! Reports all of whose profiles are in memory, and the stories that they fall into.

use crate::evidence::Evidence;
use crate::finding::Finding;
use crate::graph::Graph;
use crate::index::Index;
use crate::link::{Link, Slot, compare};
use crate::profile::Profile;
use newstemma_model::ReportId;

/// Reports, and the stories that they fall into: an [`Index`], what it finds compared, and a
/// [`Graph`] that is wholly in memory.
///
/// [`insert`](Self::insert) and [`remove`](Self::remove) reports, then [`settle`](Self::settle). To
/// spread the comparing over threads, [`enter`](Self::enter) many, ask for the
/// [`links`](Self::links) of each, and [`bind`](Self::bind) them.
#[derive(Debug, Default)]
pub struct Grouping {
    /// In order of arrival, each with what it is found by.
    profiles: Vec<Option<(Profile, Finding)>>,
    index: Index,
    graph: Graph,
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
        let slot = Slot::of(self.profiles.len() as u32);
        let finding = profile.finding();
        self.index.enter(slot, profile.day(), &finding);
        self.graph.enter(slot, profile.report());
        self.profiles.push(Some((profile, finding)));
        slot
    }

    /// Compares a report with those that were entered before it.
    pub fn links(&self, slot: Slot) -> Vec<Link> {
        let Some((profile, _)) = self.profile(slot) else { return Vec::new() };
        compare(profile, self.candidates(slot))
    }

    /// The evidence on a report and those that were entered before it: what the weights of the
    /// score are fitted on.
    pub fn evidence(&self, slot: Slot) -> Vec<(Slot, Evidence)> {
        let Some((profile, _)) = self.profile(slot) else { return Vec::new() };
        let evidence = |(other, of_other)| (other, Evidence::of(profile, of_other));
        self.candidates(slot).map(evidence).collect()
    }

    /// Enters what a comparison has found.
    pub fn bind(&mut self, slot: Slot, links: Vec<Link>) {
        self.graph.bind(slot, links);
    }

    /// Takes up again what [`settle`](Self::settle) left: for reports that were entered and bound,
    /// the groups that they had fallen into. Whoever calls it answers for that.
    pub fn resume(&mut self, groups: impl IntoIterator<Item = Vec<Slot>>) {
        groups.into_iter().for_each(|members| self.graph.resume(members));
    }

    /// Takes a report out.
    pub fn remove(&mut self, slot: Slot) {
        if let Some((profile, _)) = self.profiles.get_mut(slot.index()).and_then(Option::take) {
            self.index.remove(slot, profile.day());
            self.graph.remove(slot, &mut ());
        }
    }

    /// Groups anew what has changed since the last time. Returned are the stories that were touched,
    /// each in order of the reports' ids; other stories are as they were.
    pub fn settle(&mut self) -> Vec<Vec<Slot>> {
        self.graph.settle(&mut ())
    }

    /// All stories, each in order of the reports' ids, as of the last time they were settled.
    pub fn stories(&self) -> Vec<Vec<Slot>> {
        self.graph.stories()
    }

    /// The group of a report, by its first member to come. A story is one group, or several between
    /// which text was carried over.
    pub fn group(&self, slot: Slot) -> Option<Slot> {
        self.graph.group(slot)
    }

    /// The report of a number, unless it was taken out.
    pub fn report(&self, slot: Slot) -> Option<ReportId> {
        self.graph.report(slot)
    }

    fn candidates(&self, slot: Slot) -> impl Iterator<Item = (Slot, &Profile)> {
        let found = self
            .profile(slot)
            .map(|(profile, finding)| self.index.below(slot, profile.day(), finding));
        let candidates = found.unwrap_or_default().into_iter();
        candidates.filter_map(|other| Some((other, &self.profile(other)?.0)))
    }

    fn profile(&self, slot: Slot) -> Option<&(Profile, Finding)> {
        self.profiles.get(slot.index())?.as_ref()
    }
}
