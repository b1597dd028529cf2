//! Which story is which, when reports have been grouped anew.
//!
//! A story goes by one of its reports, its *founder*: at first the report it began with. When groups
//! change, a story goes where its founder goes. If several founders meet in one group, the oldest
//! story keeps its id and the others are merged into it; a group without a founder begins a story of
//! its own, split from the one its first report came from. So an id never passes to other reports
//! than those that have been together with its founder, and everything that was is told in events.

use newstemma_cluster::Slot;
use newstemma_model::{ReportId, StoryId};
use std::collections::{BTreeMap, BTreeSet};

/// What happened to a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Event {
    /// It began with a report.
    Began { story: StoryId, report: Slot },
    /// A new report came to it.
    Joined { story: StoryId, report: Slot },
    /// A report came to it from another story, which goes on.
    Moved { story: StoryId, from: StoryId, report: Slot },
    /// It became part of an older one.
    Merged { story: StoryId, into: StoryId },
    /// It was parted from another.
    Split { story: StoryId, from: StoryId, report: Slot },
    /// Its last report was taken away.
    Ended { story: StoryId },
}

/// A story that has reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Living {
    /// When it began, in order of beginnings.
    pub(crate) born: i64,
    /// The report that it goes by.
    pub(crate) founder: Slot,
}

/// Which reports are in which story, of those that are in memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stories {
    living: BTreeMap<StoryId, Living>,
    founded: BTreeMap<Slot, StoryId>,
    story_of: BTreeMap<Slot, StoryId>,
    /// The last beginning.
    last_born: i64,
}

impl Stories {
    /// Takes up a story that was kept; its reports [`follow`](Self::follow).
    pub(crate) fn resume(&mut self, id: StoryId, living: Living) {
        self.living.insert(id, living);
        self.founded.insert(living.founder, id);
        self.resume_birth(living.born);
    }

    /// Forgets everything but when the last story began.
    pub(crate) fn forget(&mut self) {
        *self = Stories { last_born: self.last_born, ..Stories::default() };
    }

    /// Takes up that a story had begun, even if it has ended.
    pub(crate) fn resume_birth(&mut self, born: i64) {
        self.last_born = self.last_born.max(born);
    }

    /// The story of a report.
    pub(crate) fn of(&self, report: Slot) -> Option<StoryId> {
        self.story_of.get(&report).copied()
    }

    /// A story, while it has reports.
    pub(crate) fn get(&self, story: StoryId) -> Option<Living> {
        self.living.get(&story).copied()
    }

    /// Puts a report into a story: where it was, or before it is known where it belongs.
    pub(crate) fn follow(&mut self, story: StoryId, report: Slot) {
        self.story_of.insert(report, story);
    }

    /// Takes a report away. `others` are the rest of its story, the first first: if the story went by
    /// this report, it now goes by the first of them.
    pub(crate) fn remove(&mut self, report: Slot, others: &[Slot]) -> Option<Event> {
        self.story_of.remove(&report);
        let story = self.founded.remove(&report)?;
        match others.first() {
            Some(&founder) => {
                self.founded.insert(founder, story);
                if let Some(living) = self.living.get_mut(&story) {
                    living.founder = founder;
                }
                None
            }
            None => {
                self.living.remove(&story);
                Some(Event::Ended { story })
            }
        }
    }

    /// Names groups of reports that have changed, each with the first report first. `id` gives the
    /// report of a slot.
    pub(crate) fn rename(
        &mut self,
        groups: &[Vec<Slot>],
        id: impl Fn(Slot) -> Option<ReportId>,
    ) -> Vec<Event> {
        let mut events = Vec::new();
        // All groups that have founders are named before any new name is given.
        let named: Vec<Option<StoryId>> =
            groups.iter().map(|group| self.oldest_of(group, &mut events)).collect();
        for (group, name) in groups.iter().zip(named) {
            let story = name.or_else(|| self.begin(group, &id, &mut events));
            if let Some(story) = story {
                self.assign(group, story, &mut events);
            }
        }
        events
    }

    /// The oldest story whose founder is in the group; the others are merged into it.
    fn oldest_of(&mut self, group: &[Slot], events: &mut Vec<Event>) -> Option<StoryId> {
        let mut founded: Vec<StoryId> =
            group.iter().filter_map(|slot| self.founded.get(slot).copied()).collect();
        founded.sort_by_key(|story| self.living.get(story).map(|living| living.born));
        let (&oldest, others) = founded.split_first()?;
        for &story in others {
            if let Some(living) = self.living.remove(&story) {
                self.founded.remove(&living.founder);
            }
            events.push(Event::Merged { story, into: oldest });
        }
        Some(oldest)
    }

    /// Begins a story for a group without a founder.
    fn begin(
        &mut self,
        group: &[Slot],
        id: impl Fn(Slot) -> Option<ReportId>,
        events: &mut Vec<Event>,
    ) -> Option<StoryId> {
        let founder = *group.first()?;
        let report = id(founder)?.to_bytes();
        // A story may go on under the name of a report that left it and came again.
        let turn = (self.last_born + 1).to_be_bytes();
        let names = [StoryId::of(&[&report]), StoryId::of(&[&report, &turn])];
        let story = names.into_iter().find(|story| !self.living.contains_key(story))?;
        self.last_born += 1;
        self.living.insert(story, Living { born: self.last_born, founder });
        self.founded.insert(founder, story);
        events.push(match group.iter().find_map(|slot| self.of(*slot)) {
            Some(from) => Event::Split { story, from, report: founder },
            None => Event::Began { story, report: founder },
        });
        Some(story)
    }

    fn assign(&mut self, group: &[Slot], story: StoryId, events: &mut Vec<Event>) {
        let merged: BTreeSet<StoryId> = events
            .iter()
            .filter_map(|event| match event {
                Event::Merged { story, .. } => Some(*story),
                _ => None,
            })
            .collect();
        let told = events.iter().any(|event| match event {
            Event::Began { story: begun, .. } | Event::Split { story: begun, .. } => {
                *begun == story
            }
            _ => false,
        });
        for &report in group {
            match self.story_of.insert(report, story) {
                Some(from) if from == story || merged.contains(&from) || told => {}
                Some(from) => events.push(Event::Moved { story, from, report }),
                None if told => {}
                None => events.push(Event::Joined { story, report }),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, Stories};
    use newstemma_cluster::Slot;
    use newstemma_model::{ReportId, StoryId};

    fn slot(number: u32) -> Slot {
        Slot::of(number)
    }

    fn report(slot: Slot) -> Option<ReportId> {
        Some(ReportId::of(&[&slot.index().to_le_bytes()]))
    }

    fn named_after(number: u32) -> StoryId {
        StoryId::of(&[&report(slot(number)).unwrap().to_bytes()])
    }

    fn rename(stories: &mut Stories, groups: &[&[u32]]) -> Vec<Event> {
        let groups: Vec<Vec<Slot>> =
            groups.iter().map(|group| group.iter().copied().map(slot).collect()).collect();
        stories.rename(&groups, report)
    }

    #[test]
    fn two_stories_turn_out_to_be_one_and_later_two_again() {
        let mut stories = Stories::default();
        let [fire, alarm] = [named_after(0), named_after(1)];
        // A fire is reported, and elsewhere an alarm.
        assert_eq!(rename(&mut stories, &[&[0]]), [Event::Began { story: fire, report: slot(0) }]);
        assert_eq!(rename(&mut stories, &[&[1]]), [Event::Began { story: alarm, report: slot(1) }]);
        // A third report tells of both: they are one story, and the older keeps its id.
        assert_eq!(
            rename(&mut stories, &[&[0, 1, 2]]),
            [
                Event::Merged { story: alarm, into: fire },
                Event::Joined { story: fire, report: slot(2) }
            ]
        );
        assert_eq!(stories.of(slot(1)), Some(fire));
        // It is withdrawn. They part, and the alarm has the name that it had before.
        assert_eq!(stories.remove(slot(2), &[slot(0), slot(1)]), None);
        assert_eq!(
            rename(&mut stories, &[&[0], &[1]]),
            [Event::Split { story: alarm, from: fire, report: slot(1) }]
        );
    }

    #[test]
    fn a_story_outlives_its_first_report_under_its_name() {
        let mut stories = Stories::default();
        rename(&mut stories, &[&[5, 6]]);
        let story = stories.of(slot(6)).unwrap();
        assert_eq!(stories.remove(slot(5), &[slot(6)]), None);
        assert!(rename(&mut stories, &[&[6]]).is_empty());
        assert_eq!(stories.of(slot(6)), Some(story));
        assert_eq!(stories.remove(slot(6), &[]), Some(Event::Ended { story }));
    }

    #[test]
    fn a_name_that_is_taken_is_not_given_again() {
        let mut stories = Stories::default();
        rename(&mut stories, &[&[0, 1]]);
        let story = stories.of(slot(1)).unwrap();
        // The story is named after 0, which goes; it goes by 1 from now on, and 0 comes again.
        stories.remove(slot(0), &[slot(1)]);
        rename(&mut stories, &[&[0]]);
        let again = stories.of(slot(0)).unwrap();
        assert_eq!((stories.of(slot(1)), again == story), (Some(story), false));
    }
}
