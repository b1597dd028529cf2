//! Adding to a collection, and taking from it.
//!
//! The writer remembers what every report is compared by, and in which story it is. Each batch of
//! reports is one transaction: it is there as a whole or not at all. Within it, reports are placed one
//! by one in their order, so that where a batch ends changes nothing: a run that was cut off and run
//! again ends as one that never was.
//!
//! Nothing rests on the clock. Reports are numbered as they come; the time of it is written down for
//! the reader alone.

use crate::error::CollectionError;
use crate::file::Store;
use crate::identity::{identity, is_older};
use crate::naming::{Event, Living, Stories};
use crate::record::{self, Fields};
use crate::words::index_words;
use crate::{links, vectors};
use newstemma_cluster::{Grouping, Link, Profile, Slot};
use newstemma_embed::Encoder;
use newstemma_model::{Day, Document, Page, Report, ReportId, StoryId, Warned, Warning};
use newstemma_pipeline::{Stage, in_parallel, profile, read_alone};
use newstemma_statement::name_keys;
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::Path;

/// What became of the reports of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// New reports.
    pub new: usize,
    /// New texts of known reports.
    pub revised: usize,
    /// Reports that were there already.
    pub known: usize,
}

/// A collection that is being changed. Nobody else can change it as long as this lives.
#[derive(Debug)]
pub struct Writer {
    pub(crate) store: Store,
    pub(crate) grouping: Grouping,
    pub(crate) stories: Stories,
    /// The number of each slot's report.
    numbers: Vec<i64>,
    slots: BTreeMap<i64, Slot>,
    /// When each slot's report was published, for the order within a story.
    instants: Vec<Option<i64>>,
}

impl Writer {
    /// Opens the collection in a folder; makes one if there is none.
    ///
    /// # Errors
    /// If another program is changing it, or it can't be read or written.
    pub fn create(folder: &Path) -> Result<Writer, CollectionError> {
        Writer::resume(Store::create(folder)?)
    }

    /// Opens the collection in a folder, which must be there.
    ///
    /// # Errors
    /// As [`create`](Self::create), or if there is none.
    pub fn open(folder: &Path) -> Result<Writer, CollectionError> {
        Writer::resume(Store::write(folder)?)
    }

    /// Takes up what the last writer left.
    fn resume(store: Store) -> Result<Writer, CollectionError> {
        let mut writer = Writer {
            store,
            grouping: Grouping::default(),
            stories: Stories::default(),
            numbers: Vec::new(),
            slots: BTreeMap::new(),
            instants: Vec::new(),
        };
        let (groups, members) = writer.resume_reports()?;
        writer.grouping.resume(groups.into_values());
        writer.resume_stories(&members)?;
        Ok(writer)
    }

    /// Enters all current reports; returns their groups and stories.
    #[allow(clippy::type_complexity, reason = "two maps that are used up at once")]
    fn resume_reports(
        &mut self,
    ) -> Result<(BTreeMap<i64, Vec<Slot>>, BTreeMap<StoryId, Vec<Slot>>), CollectionError> {
        let mut groups: BTreeMap<i64, Vec<Slot>> = BTreeMap::new();
        let mut stories: BTreeMap<StoryId, Vec<Slot>> = BTreeMap::new();
        let rows = {
            let query = "SELECT number, id, published, grouped, story, profile, links, crc32 \
                         FROM reports JOIN compared ON report = number ORDER BY number";
            let mut query = self.store.at(self.store.db.prepare(query))?;
            let rows = query.query_map([], Row::read);
            self.store.at(rows.and_then(|rows| rows.collect::<rusqlite::Result<Vec<Row>>>()))?
        };
        for row in rows {
            let number = row.number;
            let damaged = || self.store.damaged(format!("what report {number} is compared by"));
            let resumed = row.resume().ok_or_else(damaged)?;
            let slot = self.enter(number, resumed.profile, resumed.instant);
            let link = |&(other, score, carried): &(i64, i16, bool)| {
                // Reports that it was linked with may have been removed.
                Some(Link { other: *self.slots.get(&other)?, score, carried })
            };
            let links = resumed.links.iter().filter_map(link).collect();
            self.grouping.bind(slot, links);
            groups.entry(resumed.group).or_default().push(slot);
            stories.entry(resumed.story).or_default().push(slot);
        }
        Ok((groups, stories))
    }

    fn resume_stories(
        &mut self,
        members: &BTreeMap<StoryId, Vec<Slot>>,
    ) -> Result<(), CollectionError> {
        let mut query =
            self.store.at(self.store.db.prepare("SELECT id, born, founder FROM stories"))?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        let rows: rusqlite::Result<Vec<(String, i64, i64)>> = rows.and_then(Iterator::collect);
        for (id, born, founder) in self.store.at(rows)? {
            let story = StoryId::parse(&id).ok_or_else(|| self.store.damaged("a story's id"))?;
            self.stories.resume_birth(born);
            if let Some(members) = members.get(&story) {
                let founder = self.slots.get(&founder).copied();
                let founder = founder.ok_or_else(|| self.store.damaged(format!("story {id}")))?;
                self.stories.resume(story, Living { born, founder }, members);
            }
        }
        Ok(())
    }

    /// Adds pages, in their order. `now` is written beside them, and means nothing.
    ///
    /// # Errors
    /// If the collection can't be read or written. Then nothing of these pages was added, and the
    /// writer must be opened anew.
    pub fn add(
        &mut self,
        pages: &[Page],
        now: &str,
        encoder: &Encoder,
        threads: NonZeroUsize,
    ) -> Result<Warned<Added>, CollectionError> {
        let mut added = Added::default();
        let mut warnings = Vec::new();
        let mut new = Vec::new();
        let mut seen = BTreeSet::new();
        for page in pages {
            // A page that is known is not even read.
            let id = newstemma_extract::report_id(page);
            if !seen.insert(id) || self.knows(id)? {
                added.known += 1;
            } else {
                new.push(page);
            }
        }
        let read = in_parallel(&new, threads, Stage::Read, &(), |page| read_alone(page));
        let mut documents = Vec::with_capacity(new.len());
        for (page, read) in new.iter().zip(read) {
            warnings.extend(read.warnings);
            match read.value {
                Some(document) => documents.push(document),
                None => warnings.push(Warning::new(&page.reference, "holds no text")),
            }
        }
        if !documents.is_empty() {
            self.store.at(self.store.db.execute_batch("BEGIN IMMEDIATE"))?;
            let done = self.place_all(documents, now, encoder, threads, &mut added);
            let end = if done.is_ok() { "COMMIT" } else { "ROLLBACK" };
            let ended = self.store.at(self.store.db.execute_batch(end));
            done.and(ended)?;
        }
        Ok(Warned { value: added, warnings })
    }

    fn place_all(
        &mut self,
        mut documents: Vec<Document>,
        now: &str,
        encoder: &Encoder,
        threads: NonZeroUsize,
        added: &mut Added,
    ) -> Result<(), CollectionError> {
        vectors::fill(&self.store, &mut documents, encoder, threads)?;
        let profiles = in_parallel(&documents, threads, Stage::Read, &(), |d| profile(d, encoder));
        for (document, profile) in documents.iter().zip(profiles) {
            self.place(document, profile, now, added)?;
        }
        Ok(())
    }

    /// Places one report.
    fn place(
        &mut self,
        document: &Document,
        profile: Profile,
        now: &str,
        added: &mut Added,
    ) -> Result<(), CollectionError> {
        let report = &document.report;
        let former = self.current(&identity(report))?;
        let Some((number, former)) = former else {
            added.new += 1;
            let number = self.write_report(report, now, None)?;
            let compared = profile.to_bytes();
            let slot = self.enter(number, profile, instant(report));
            return self.group(slot, document, &compared, now);
        };
        if former.text == report.text && former.title == report.title {
            added.known += 1;
            return Ok(());
        }
        added.revised += 1;
        if is_older(report, &former) {
            self.write_report(report, now, Some(number))?;
            return Ok(());
        }
        let revision = self.write_report(report, now, None)?;
        let compared = profile.to_bytes();
        let slot = self.enter(revision, profile, instant(report));
        let story = self.forget(number, Some(slot), now)?;
        let replaced =
            "UPDATE reports SET replaced = ?, story = NULL, grouped = NULL WHERE number = ?";
        self.store.at(self.store.db.execute(replaced, [revision, number]))?;
        if let Some(story) = story {
            let (former, id) = (former.id.to_string(), report.id.to_string());
            self.log("revised", story, Some(&former), Some(&id), now)?;
        }
        self.group(slot, document, &compared, now)
    }

    /// Compares a report that was entered, and settles which story it is in.
    fn group(
        &mut self,
        slot: Slot,
        document: &Document,
        compared: &[u8],
        now: &str,
    ) -> Result<(), CollectionError> {
        let number = self.numbers[slot.index()];
        let links = self.grouping.links(slot);
        let earlier = links.iter().map(|l| (self.numbers[l.other.index()], l.score, l.carried));
        let linked = links::to_bytes(earlier);
        self.grouping.bind(slot, links);
        let sum = links::checksum(compared, &linked);
        let insert = "INSERT INTO compared (report, profile, links, crc32) VALUES (?, ?, ?, ?)";
        let mut insert = self.store.at(self.store.db.prepare_cached(insert))?;
        self.store.at(insert.execute(params![number, compared, linked, sum]))?;
        drop(insert);
        index_words(&self.store, number, &document.report)?;
        self.index_names(number, document)?;
        self.settle(now)
    }

    /// Settles what has changed, and writes it down.
    pub(crate) fn settle(&mut self, now: &str) -> Result<(), CollectionError> {
        let mut touched = self.grouping.settle();
        for story in &mut touched {
            story.sort_by_key(|&slot| self.order(slot));
        }
        let events = self.stories.rename(&touched, |slot| self.grouping.report(slot));
        self.write_stories(&touched, &events)?;
        events.iter().try_for_each(|event| self.tell(event, now))
    }

    fn write_stories(
        &self,
        touched: &[Vec<Slot>],
        events: &[Event],
    ) -> Result<(), CollectionError> {
        let db = &self.store.db;
        for story in touched.iter().filter_map(|t| self.stories.of(*t.first()?)) {
            let Some(living) = self.stories.get(story) else { continue };
            let founder = self.numbers[living.founder.index()];
            let insert = "INSERT INTO stories (id, born, founder) VALUES (?1, ?2, ?3) ON CONFLICT (id) \
                          DO UPDATE SET born = ?2, founder = ?3, became = NULL, ended = 0";
            let mut insert = self.store.at(db.prepare_cached(insert))?;
            self.store.at(insert.execute(params![story.to_string(), living.born, founder]))?;
        }
        for event in events {
            if let Event::Merged { story, into } = event {
                let update = "UPDATE stories SET became = ?2, ended = 1 WHERE id = ?1";
                let ids = [story.to_string(), into.to_string()];
                self.store.at(db.execute(update, ids))?;
            }
        }
        let update = "UPDATE reports SET story = ?2, grouped = ?3 \
                      WHERE number = ?1 AND (story IS NOT ?2 OR grouped IS NOT ?3)";
        let mut update = self.store.at(db.prepare_cached(update))?;
        for &slot in touched.iter().flatten() {
            let group = self.grouping.group(slot).map(|first| self.numbers[first.index()]);
            let story = self.stories.of(slot).map(|story| story.to_string());
            self.store.at(update.execute(params![self.numbers[slot.index()], story, group]))?;
        }
        Ok(())
    }

    /// Takes a report out of comparison and search, and returns the story that it was in. Its row is
    /// left to the caller. If there is a `successor`, that takes its place in the story, which goes
    /// by it if there is nobody else.
    pub(crate) fn forget(
        &mut self,
        number: i64,
        successor: Option<Slot>,
        now: &str,
    ) -> Result<Option<StoryId>, CollectionError> {
        let Some(slot) = self.slots.remove(&number) else { return Ok(None) };
        let story = self.stories.of(slot);
        let members = story.map(|story| self.members(story)).unwrap_or_default();
        let mut others: Vec<Slot> = members.into_iter().filter(|&other| other != slot).collect();
        others.extend(successor);
        if let (Some(story), Some(successor)) = (story, successor) {
            self.stories.follow(story, successor);
        }
        self.grouping.remove(slot);
        if let Some(event) = self.stories.remove(slot, &others) {
            self.tell(&event, now)?;
        }
        if let (Some(story), Some(living)) = (story, story.and_then(|s| self.stories.get(s))) {
            let founder = self.numbers[living.founder.index()];
            let update = "UPDATE stories SET founder = ?2 WHERE id = ?1";
            self.store.at(self.store.db.execute(update, params![story.to_string(), founder]))?;
        }
        crate::words::forget_words(&self.store, number)?;
        for table in ["compared", "names"] {
            let delete = format!("DELETE FROM {table} WHERE report = ?");
            self.store.at(self.store.db.execute(&delete, [number]))?;
        }
        Ok(story)
    }

    /// The reports of a story, the first published first.
    fn members(&self, story: StoryId) -> Vec<Slot> {
        let mut members: Vec<Slot> = self.stories.members(story).collect();
        members.sort_by_key(|&slot| self.order(slot));
        members
    }

    fn order(&self, slot: Slot) -> (bool, Option<i64>, Option<ReportId>) {
        let instant = self.instants[slot.index()];
        (instant.is_none(), instant, self.grouping.report(slot))
    }

    fn enter(&mut self, number: i64, profile: Profile, instant: Option<i64>) -> Slot {
        let slot = self.grouping.enter(profile);
        self.numbers.push(number);
        self.instants.push(instant);
        self.slots.insert(number, slot);
        slot
    }

    fn knows(&self, id: ReportId) -> Result<bool, CollectionError> {
        let query = "SELECT 1 FROM reports WHERE id = ?";
        let mut query = self.store.at(self.store.db.prepare_cached(query))?;
        self.store.at(query.exists([id.to_string()]))
    }

    /// The report that now stands under an identity.
    fn current(&self, identity: &str) -> Result<Option<(i64, Report)>, CollectionError> {
        let query = format!(
            "SELECT {}, number FROM reports WHERE identity = ? AND replaced IS NULL",
            self.store.columns()
        );
        let mut query = self.store.at(self.store.db.prepare_cached(&query))?;
        let read =
            |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>("number")?, record::report(row)?));
        match self.store.at(query.query_row([identity], read).optional())? {
            None => Ok(None),
            Some((number, Some(report))) => Ok(Some((number, report))),
            Some((number, None)) => Err(self.store.damaged(format!("report {number}"))),
        }
    }

    fn write_report(
        &self,
        report: &Report,
        now: &str,
        replaced: Option<i64>,
    ) -> Result<i64, CollectionError> {
        let fields = Fields::of(report);
        let insert = "INSERT INTO reports (id, identity, ref, url, outlet, lang, title, authors, \
                      published, day, updated, credits, roles, text, sha256, about, digest, added, \
                      replaced) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let mut insert = self.store.at(self.store.db.prepare_cached(insert))?;
        let written = insert.execute(params![
            fields.id,
            identity(report),
            report.reference,
            report.url,
            report.outlet,
            fields.lang,
            report.title,
            fields.authors,
            fields.published,
            fields.day,
            fields.updated,
            fields.credits,
            fields.roles,
            report.text,
            fields.sha256,
            fields.about,
            record::digest(report),
            now,
            replaced,
        ]);
        self.store.at(written)?;
        Ok(self.store.db.last_insert_rowid())
    }

    fn index_names(&self, number: i64, document: &Document) -> Result<(), CollectionError> {
        let keys: BTreeMap<i64, String> = name_keys(document)
            .into_iter()
            .flatten()
            .map(|found| (found.key.cast_signed(), found.spelling))
            .collect();
        let insert = "INSERT INTO names (key, report, spelling) VALUES (?, ?, ?)";
        let mut insert = self.store.at(self.store.db.prepare_cached(insert))?;
        for (key, spelling) in keys {
            self.store.at(insert.execute(params![key, number, spelling]))?;
        }
        Ok(())
    }

    fn tell(&self, event: &Event, now: &str) -> Result<(), CollectionError> {
        let id = |slot: Slot| self.grouping.report(slot).map(|id| id.to_string());
        let (name, story, other, report) = match *event {
            Event::Began { story, report } => ("began", story, None, id(report)),
            Event::Joined { story, report } => ("joined", story, None, id(report)),
            Event::Moved { story, from, report } => ("moved", story, Some(from), id(report)),
            Event::Merged { story, into } => ("merged", story, Some(into), None),
            Event::Split { story, from, report } => ("split", story, Some(from), id(report)),
            Event::Ended { story } => {
                let update = "UPDATE stories SET ended = 1 WHERE id = ?";
                self.store.at(self.store.db.execute(update, [story.to_string()]))?;
                ("ended", story, None, None)
            }
        };
        let other = other.map(|story| story.to_string());
        self.log(name, story, other.as_deref(), report.as_deref(), now)
    }

    pub(crate) fn log(
        &self,
        event: &str,
        story: StoryId,
        other: Option<&str>,
        report: Option<&str>,
        now: &str,
    ) -> Result<(), CollectionError> {
        let insert = "INSERT INTO log (event, story, other, report, at) VALUES (?, ?, ?, ?, ?)";
        let mut insert = self.store.at(self.store.db.prepare_cached(insert))?;
        self.store.at(insert.execute(params![event, story.to_string(), other, report, now]))?;
        Ok(())
    }
}

fn instant(report: &Report) -> Option<i64> {
    report.published.map(|published| published.instant_seconds())
}

/// A report as the last writer left it.
struct Row {
    number: i64,
    id: String,
    published: Option<String>,
    group: Option<i64>,
    story: Option<String>,
    profile: Vec<u8>,
    links: Vec<u8>,
    sum: u32,
}

struct Resumed {
    profile: Profile,
    instant: Option<i64>,
    links: Vec<(i64, i16, bool)>,
    group: i64,
    story: StoryId,
}

impl Row {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
        Ok(Row {
            number: row.get(0)?,
            id: row.get(1)?,
            published: row.get(2)?,
            group: row.get(3)?,
            story: row.get(4)?,
            profile: row.get(5)?,
            links: row.get(6)?,
            sum: row.get(7)?,
        })
    }

    fn resume(self) -> Option<Resumed> {
        let published = match self.published {
            Some(written) => Some(newstemma_extract::parse_published(&written)?),
            None => None,
        };
        let day: Option<Day> = published.map(|p| p.day);
        (links::checksum(&self.profile, &self.links) == self.sum).then_some(())?;
        Some(Resumed {
            profile: Profile::from_bytes(ReportId::parse(&self.id)?, day, &self.profile)?,
            instant: published.map(|p| p.instant_seconds()),
            links: links::from_bytes(&self.links)?,
            group: self.group?,
            story: StoryId::parse(&self.story?)?,
        })
    }
}
