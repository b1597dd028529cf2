//! Adding to a collection, and taking from it.
//!
//! The writer holds in memory what the reports that it adds come near: what those of the weeks around
//! them are found by, and the groups that they touch (`recall`). All of it is taken up from the file
//! when it is needed and forgotten when there is too much, so that neither the start nor the memory
//! grows with the collection. (A report that does not say when it was published is compared with all;
//! then what all are found by is taken up.)
//!
//! Each batch of reports is one transaction: it is there as a whole or not at all. Within it, reports
//! are placed one by one in their order, so that where a batch ends changes nothing: a run that was
//! cut off and run again ends as one that never was.
//!
//! Nothing rests on the clock. Reports are numbered as they come; the time of it is written down for
//! the reader alone.

use crate::compared::{self, Profiles, number, slot};
use crate::error::CollectionError;
use crate::file::Store;
use crate::identity::{identity, is_older};
use crate::limits::Limits;
use crate::naming::Event;
use crate::recall::{Known, Member, Recall};
use crate::record::{self, Fields};
use crate::vectors;
use crate::words::index_words;
use newstemma_cluster::{Graph, Index, Profile, Slot, compare, reach};
use newstemma_embed::Encoder;
use newstemma_model::{Day, Document, Page, Report, ReportId, StoryId, Warned, Warning};
use newstemma_pipeline::{Stage, in_parallel, profile, read_alone};
use newstemma_statement::name_keys;
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

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
    index: Index,
    profiles: Profiles,
    graph: Graph,
    known: Known,
    limits: Limits,
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

    fn resume(store: Store) -> Result<Writer, CollectionError> {
        let known = Known::new(&store)?;
        let (index, profiles, graph) = (Index::default(), Profiles::default(), Graph::default());
        let mut writer = Writer { store, index, profiles, graph, known, limits: Limits::default() };
        writer.limit(Limits::default());
        Ok(writer)
    }

    /// Sets how much of the collection is held in memory.
    pub fn limit(&mut self, limits: Limits) {
        self.limits = limits;
        self.profiles.size_bytes_max = limits.profiles_bytes;
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
        self.make_room(&documents)?;
        let profiles = in_parallel(&documents, threads, Stage::Read, &(), |d| profile(d, encoder));
        for (document, profile) in documents.iter().zip(profiles) {
            self.place(document, profile, now, added)?;
        }
        Ok(())
    }

    /// Takes up what the reports of the days around these are found by; forgets what there is too
    /// much of.
    fn make_room(&mut self, documents: &[Document]) -> Result<(), CollectionError> {
        let days: BTreeSet<Option<Day>> =
            documents.iter().map(|d| d.report.published.map(|p| p.day)).collect();
        let wanted: BTreeSet<Option<Day>> = if days.contains(&None) {
            days.into_iter().chain(compared::days(&self.store)?).collect()
        } else {
            days.into_iter().flatten().flat_map(reach).map(Some).chain([None]).collect()
        };
        if self.index.size_bytes() > self.limits.found_bytes {
            self.index.keep(|day| wanted.contains(&day));
        }
        for &day in &wanted {
            if !self.index.has(day) {
                compared::load_day(&self.store, &mut self.index, day)?;
            }
        }
        if self.graph.size_bytes() > self.limits.grouped_bytes {
            self.graph.forget();
            self.known.forget();
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
        let Some((former_slot, former)) = former else {
            added.new += 1;
            let slot = self.write_report(report, now, None)?;
            return self.group(slot, document, profile, now);
        };
        if former.text == report.text && former.title == report.title {
            added.known += 1;
            return Ok(());
        }
        added.revised += 1;
        if is_older(report, &former) {
            self.write_report(report, now, Some(number(former_slot)))?;
            return Ok(());
        }
        let revision = self.write_report(report, now, None)?;
        let story = self.forget(former_slot, Some(revision), now)?;
        let replaced = "UPDATE reports SET replaced = ? WHERE number = ?";
        let numbers = [number(revision), number(former_slot)];
        self.store.at(self.store.db.execute(replaced, numbers))?;
        if let Some(story) = story {
            let (former, id) = (former.id.to_string(), report.id.to_string());
            self.log("revised", story, Some(&former), Some(&id), now)?;
        }
        self.group(revision, document, profile, now)
    }

    /// Compares a report, and settles which story it is in.
    fn group(
        &mut self,
        slot: Slot,
        document: &Document,
        profile: Profile,
        now: &str,
    ) -> Result<(), CollectionError> {
        let (day, finding) = (profile.day(), profile.finding());
        self.index.enter(slot, day, &finding);
        let profile = Arc::new(profile);
        self.profiles.hold(slot, &profile);
        let mut others = Vec::new();
        for other in self.index.below(slot, day, &finding) {
            others.push((other, self.profiles.get(&self.store, other)?));
        }
        let links = compare(&profile, others.iter().map(|(other, profile)| (*other, &**profile)));
        compared::write(&self.store, slot, &profile, &finding, &links)?;
        self.known
            .remember(slot, Member { instant: instant(&document.report), ..Member::default() });
        self.graph.enter(slot, document.report.id);
        self.graph.bind(slot, links);
        index_words(&self.store, number(slot), &document.report)?;
        self.index_names(number(slot), document)?;
        self.settle(now)
    }

    /// Settles what has changed, and writes it down.
    pub(crate) fn settle(&mut self, now: &str) -> Result<(), CollectionError> {
        let mut recall = Recall::new(&self.store, &mut self.known);
        let mut touched = self.graph.settle(&mut recall);
        recall.done()?;
        for story in &mut touched {
            story.sort_by_cached_key(|&slot| {
                let instant = self.known.member(slot).instant;
                (instant.is_none(), instant, self.graph.report(slot))
            });
            // Its name, if it needs a new one, may be that of a story that goes by another report by
            // now and is not in memory.
            if let Some(report) = story.first().and_then(|&slot| self.graph.report(slot)) {
                self.known.recall_story(&self.store, StoryId::of(&[&report.to_bytes()]))?;
            }
        }
        let events = self.known.stories.rename(&touched, |slot| self.graph.report(slot));
        self.write_stories(&touched, &events)?;
        events.iter().try_for_each(|event| self.tell(event, now))
    }

    fn write_stories(
        &mut self,
        touched: &[Vec<Slot>],
        events: &[Event],
    ) -> Result<(), CollectionError> {
        let db = &self.store.db;
        for story in touched.iter().filter_map(|t| self.known.stories.of(*t.first()?)) {
            let Some(living) = self.known.stories.get(story) else { continue };
            let founder = number(living.founder);
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
        let update = "UPDATE reports SET story = ?2, grouped = ?3 WHERE number = ?1";
        let mut update = self.store.at(db.prepare_cached(update))?;
        for &slot in touched.iter().flatten() {
            let former = self.known.member(slot);
            let (story, group) = (self.known.stories.of(slot), self.graph.group(slot));
            if (former.story, former.group) != (story, group) {
                let (name, first) = (story.map(|story| story.to_string()), group.map(number));
                self.store.at(update.execute(params![number(slot), name, first]))?;
                self.known.remember(slot, Member { story, group, ..former });
            }
        }
        Ok(())
    }

    /// Takes a report out of comparison and search, and returns the story that it was in. Its row is
    /// left to the caller. If there is a `successor`, that takes its place in the story, which goes
    /// by it if there is nobody else.
    pub(crate) fn forget(
        &mut self,
        slot: Slot,
        successor: Option<Slot>,
        now: &str,
    ) -> Result<Option<StoryId>, CollectionError> {
        let Some((story, day)) = self.story_of(slot)? else { return Ok(None) };
        self.known.recall_story(&self.store, story)?;
        let clear = "UPDATE reports SET story = NULL, grouped = NULL WHERE number = ?";
        let mut recall = Recall::new(&self.store, &mut self.known);
        self.graph.remove(slot, &mut recall);
        recall.done()?;
        self.store.at(self.store.db.execute(clear, [number(slot)]))?;
        let mut others = self.members(story)?;
        if let Some(successor) = successor {
            others.push(successor);
            self.known.stories.follow(story, successor);
        }
        if let Some(event) = self.known.stories.remove(slot, &others) {
            self.tell(&event, now)?;
        }
        if let Some(living) = self.known.stories.get(story) {
            let founder = number(living.founder);
            let update = "UPDATE stories SET founder = ?2 WHERE id = ?1";
            self.store.at(self.store.db.execute(update, params![story.to_string(), founder]))?;
        }
        crate::words::forget_words(&self.store, number(slot))?;
        let delete = "DELETE FROM names WHERE report = ?";
        self.store.at(self.store.db.execute(delete, [number(slot)]))?;
        compared::delete(&self.store, slot, day)?;
        self.index.remove(slot, day);
        Ok(Some(story))
    }

    /// The story of a report, and the day of its publication. `None` if it is a former text.
    fn story_of(&self, slot: Slot) -> Result<Option<(StoryId, Option<Day>)>, CollectionError> {
        let query = "SELECT story, published FROM reports WHERE number = ?";
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let row: (Option<String>, Option<String>) =
            self.store.at(self.store.db.query_row(query, [number(slot)], read))?;
        let Some(story) = row.0 else { return Ok(None) };
        let damaged = || compared::damaged(&self.store, slot);
        let published = record::date(row.1.as_deref()).ok_or_else(damaged)?;
        Ok(Some((StoryId::parse(&story).ok_or_else(damaged)?, published.map(|p| p.day))))
    }

    /// The reports of a story, the first published first.
    fn members(&self, story: StoryId) -> Result<Vec<Slot>, CollectionError> {
        let query = "SELECT number, published, id FROM reports WHERE story = ?";
        let mut query = self.store.at(self.store.db.prepare_cached(query))?;
        let rows =
            query.query_map([story.to_string()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        let rows: rusqlite::Result<Vec<(i64, Option<String>, String)>> =
            rows.and_then(Iterator::collect);
        let mut members = Vec::new();
        for (number, date, id) in self.store.at(rows)? {
            let instant = record::date(date.as_deref()).flatten().map(|p| p.instant_seconds());
            members.extend(slot(number).map(|slot| (instant.is_none(), instant, id, slot)));
        }
        members.sort();
        Ok(members.into_iter().map(|(.., slot)| slot).collect())
    }

    fn knows(&self, id: ReportId) -> Result<bool, CollectionError> {
        let query = "SELECT 1 FROM reports WHERE id = ?";
        let mut query = self.store.at(self.store.db.prepare_cached(query))?;
        self.store.at(query.exists([id.to_string()]))
    }

    /// The report that now stands under an identity.
    fn current(&self, identity: &str) -> Result<Option<(Slot, Report)>, CollectionError> {
        let query = format!(
            "SELECT {}, number FROM reports WHERE identity = ? AND replaced IS NULL",
            self.store.columns()
        );
        let mut query = self.store.at(self.store.db.prepare_cached(&query))?;
        let read =
            |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>("number")?, record::report(row)?));
        match self.store.at(query.query_row([identity], read).optional())? {
            None => Ok(None),
            Some((number, report)) => match slot(number).zip(report) {
                Some(found) => Ok(Some(found)),
                None => Err(self.store.damaged(format!("report {number}"))),
            },
        }
    }

    fn write_report(
        &self,
        report: &Report,
        now: &str,
        replaced: Option<i64>,
    ) -> Result<Slot, CollectionError> {
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
        let number = self.store.db.last_insert_rowid();
        slot(number).ok_or_else(|| self.store.damaged(format!("a report of number {number}")))
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
        let id = |slot: Slot| self.graph.report(slot).map(|id| id.to_string());
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
