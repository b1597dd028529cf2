//! What the writer remembers of the reports around those it adds: as much as is needed, and no longer
//! than there is room.
//!
//! Everything here is in the file, too. A group is taken up as a whole when a report comes near it,
//! with the stories of its members; when there is too much, all of it is forgotten at once. So what
//! is in memory changes nothing but the time.

use crate::compared::{damaged, number, slot, whole};
use crate::error::CollectionError;
use crate::file::Store;
use crate::links::Linked;
use crate::naming::{Living, Stories};
use crate::record;
use newstemma_cluster::{Link, Memory, Remembered, Slot, SlotMap};
use newstemma_model::{ReportId, StoryId};
use rusqlite::OptionalExtension;

/// What is known of the reports in memory, besides what they have to do with each other.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(crate) stories: Stories,
    members: SlotMap<Member>,
}

/// A report that may be in a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Member {
    /// When it was published, for the order within a story.
    pub(crate) instant: Option<i64>,
    /// The story and group that are written down for it.
    pub(crate) story: Option<StoryId>,
    pub(crate) group: Option<Slot>,
}

impl Known {
    /// Knows nothing yet but when the last story began.
    pub(crate) fn new(store: &Store) -> Result<Known, CollectionError> {
        let mut known = Known::default();
        let query = "SELECT coalesce(max(born), 0) FROM stories";
        known.stories.resume_birth(store.at(store.db.query_row(query, [], |row| row.get(0)))?);
        Ok(known)
    }

    /// Forgets everything but when the last story began.
    pub(crate) fn forget(&mut self) {
        self.members.clear();
        self.stories.forget();
    }

    /// A report that is in memory.
    pub(crate) fn member(&self, slot: Slot) -> Member {
        self.members.get(&slot).copied().unwrap_or_default()
    }

    /// Remembers a report.
    pub(crate) fn remember(&mut self, slot: Slot, member: Member) {
        self.members.insert(slot, member);
    }

    /// Takes up a story, if it has reports.
    pub(crate) fn recall_story(
        &mut self,
        store: &Store,
        id: StoryId,
    ) -> Result<(), CollectionError> {
        if self.stories.get(id).is_some() {
            return Ok(());
        }
        let query = "SELECT born, founder FROM stories WHERE id = ? AND ended = 0";
        let mut query = store.at(store.db.prepare_cached(query))?;
        let living = query.query_row([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)));
        if let Some((born, founder)) = store.at(living.optional())? {
            let founder = slot(founder).ok_or_else(|| store.damaged(format!("story {id}")))?;
            self.stories.resume(id, Living { born, founder });
        }
        Ok(())
    }

    fn recall_group(
        &mut self,
        store: &Store,
        of: Slot,
    ) -> Result<Vec<Remembered>, CollectionError> {
        let query = "SELECT number, id, published, story, grouped FROM reports \
                     WHERE grouped = (SELECT grouped FROM reports WHERE number = ?) ORDER BY number";
        let mut query = store.at(store.db.prepare_cached(query))?;
        let mut rows = store.at(query.query([number(of)]))?;
        let mut group = Vec::new();
        while let Some(row) = store.at(rows.next())? {
            let (slot, report, member) =
                store.at(member(row))?.ok_or_else(|| damaged(store, of))?;
            if let Some(story) = member.story {
                self.recall_story(store, story)?;
                self.stories.follow(story, slot);
            }
            self.remember(slot, member);
            group.push(Remembered { slot, report, links: all_links(store, slot)? });
        }
        Ok(group)
    }
}

/// The memory of a graph. Its faults are told afterwards: a graph knows none.
pub(crate) struct Recall<'a> {
    store: &'a Store,
    known: &'a mut Known,
    fault: Option<CollectionError>,
}

impl<'a> Recall<'a> {
    pub(crate) fn new(store: &'a Store, known: &'a mut Known) -> Recall<'a> {
        Recall { store, known, fault: None }
    }

    /// What came of it.
    pub(crate) fn done(self) -> Result<(), CollectionError> {
        self.fault.map_or(Ok(()), Err)
    }
}

impl Memory for Recall<'_> {
    fn group(&mut self, of: Slot) -> Vec<Remembered> {
        self.known.recall_group(self.store, of).unwrap_or_else(|fault| {
            self.fault.get_or_insert(fault);
            Vec::new()
        })
    }
}

fn member(row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<(Slot, ReportId, Member)>> {
    let (id, date): (String, Option<String>) = (row.get(1)?, row.get(2)?);
    let (of, story, group): (i64, Option<String>, i64) = (row.get(0)?, row.get(3)?, row.get(4)?);
    let read = || {
        let instant = record::date(date.as_deref())?.map(|published| published.instant_seconds());
        let story = Some(StoryId::parse(&story?)?);
        let member = Member { instant, story, group: Some(slot(group)?) };
        Some((slot(of)?, ReportId::parse(&id)?, member))
    };
    Ok(read())
}

/// The links of a report, with earlier ones and with later ones.
fn all_links(store: &Store, of: Slot) -> Result<Vec<Link>, CollectionError> {
    let query = "SELECT profile, links, crc32 FROM compared WHERE report = ?";
    let mut query = store.at(store.db.prepare_cached(query))?;
    let earlier = query.query_row([number(of)], |row| Ok(whole(row)?.map(|(_, linked)| linked)));
    let earlier = store.at(earlier)?.ok_or_else(|| damaged(store, of))?;
    let query = "SELECT other, score, carried FROM later WHERE report = ?";
    let mut query = store.at(store.db.prepare_cached(query))?;
    let later = query.query_map([number(of)], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
    let later: Vec<Linked> = store.at(later.and_then(Iterator::collect))?;
    let link = |(other, score, carried)| Some(Link { other: slot(other)?, score, carried });
    let links: Option<Vec<Link>> = earlier.into_iter().chain(later).map(link).collect();
    links.ok_or_else(|| damaged(store, of))
}
