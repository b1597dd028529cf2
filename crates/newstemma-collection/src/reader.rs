//! Reading a collection: its stories, their accounts, its reports.

use crate::error::CollectionError;
use crate::file::Store;
use crate::record;
use crate::search::Hit;
use crate::vectors;
use newstemma_derive::Background;
use newstemma_embed::Encoder;
use newstemma_extract::parse_published;
use newstemma_model::{Document, Language, Report, ReportId, Story, StoryId};
use newstemma_pipeline::{Collection, account_story_as, name_entities, read_again};
use rusqlite::{OptionalExtension, Params, params};
use std::path::Path;

/// Reports that are read to know how common words are. Of a larger collection a part is taken that
/// does not hang on the order of arrival: those with the least ids.
const BACKGROUND_REPORTS_MAX: usize = 1000;

/// A collection that is read. Sees what was last committed before each call.
#[derive(Debug)]
pub struct Reader {
    pub(crate) store: Store,
}

/// Which stories to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoryFilter {
    /// Least number of reports.
    pub reports_min: usize,
    /// Not those whose last report is of a day before this one (`2024-11-20`).
    pub since: Option<String>,
    /// Not those whose first report is of a later day.
    pub until: Option<String>,
    /// At most so many.
    pub limit: Option<usize>,
}

/// Something that happened to a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// What: began, joined, moved, merged, split, revised, removed, ended.
    pub event: String,
    /// To which story.
    pub story: String,
    /// Whence, into which, or instead of which report.
    pub other: Option<String>,
    /// The report that it was about.
    pub report: Option<String>,
    /// When, by the clock of the machine that wrote it.
    pub at: String,
}

/// One text of a report that has been published in several.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// The text, as a report.
    pub report: Report,
    /// When it was added, by the clock of the machine that wrote it.
    pub added: String,
}

impl Reader {
    /// Opens the collection in a folder.
    ///
    /// # Errors
    /// If there is none, or it can't be read.
    pub fn open(folder: &Path) -> Result<Reader, CollectionError> {
        Ok(Reader { store: Store::read(folder)? })
    }

    /// The stories, the last touched first. The title of each is that of the report that it goes by,
    /// or the beginning of its text.
    ///
    /// # Errors
    /// If the collection can't be read.
    pub fn stories(&self, filter: &StoryFilter) -> Result<Vec<Story>, CollectionError> {
        let query = "SELECT s.id, coalesce(f.title, substr(f.text, 1, 120)), \
                     group_concat(r.id, ',' ORDER BY r.day IS NULL, r.day, r.id), \
                     group_concat(DISTINCT r.lang), min(r.day), max(r.day) \
                     FROM stories s JOIN reports r ON r.story = s.id \
                     JOIN reports f ON f.number = s.founder \
                     GROUP BY s.id HAVING count(*) >= ?1 \
                     AND (?2 IS NULL OR max(r.day) >= ?2) AND (?3 IS NULL OR min(r.day) <= ?3) \
                     ORDER BY max(r.number) DESC LIMIT ?4";
        let limit = filter.limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX));
        let parameters = params![filter.reports_min as i64, filter.since, filter.until, limit];
        let stories = self.rows(query, parameters, |row| {
            let title: String = row.get(1)?;
            let (id, reports, languages): (String, String, String) =
                (row.get(0)?, row.get(2)?, row.get(3)?);
            let day = |written: Option<String>| parse_published(&written?).map(|p| p.day);
            let (first, last) = (day(row.get(4)?), day(row.get(5)?));
            let mut languages: Vec<Language> =
                languages.split(',').filter_map(Language::parse).collect();
            languages.sort_by_key(Language::to_string);
            let reports: Option<Vec<ReportId>> = reports.split(',').map(ReportId::parse).collect();
            let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
            let story = || {
                Some(Story {
                    id: StoryId::parse(&id)?,
                    title,
                    reports: reports?,
                    languages,
                    first,
                    last,
                })
            };
            Ok(story())
        })?;
        let whole: Option<Vec<Story>> = stories.into_iter().collect();
        whole.ok_or_else(|| self.store.damaged("an id"))
    }

    /// The reports that a search has found, in its order.
    ///
    /// # Errors
    /// If the collection can't be read.
    pub fn reports(&self, hits: &[Hit]) -> Result<Vec<Document>, CollectionError> {
        let mut documents = Vec::with_capacity(hits.len());
        for hit in hits {
            documents.extend(self.documents("id = ?", [&hit.report])?);
        }
        Ok(documents)
    }

    /// The story that an id stands for now: itself, or what it was merged into. A report's id stands
    /// for its story.
    ///
    /// # Errors
    /// If there is none, or the collection can't be read.
    pub fn story(&self, id: &str) -> Result<StoryId, CollectionError> {
        let unknown = || CollectionError::Unknown(id.to_owned());
        let mut id = match ReportId::parse(id) {
            Some(_) => {
                let query = "SELECT coalesce(n.story, r.story) FROM reports r \
                             LEFT JOIN reports n ON n.number = r.replaced WHERE r.id = ?";
                self.one::<Option<String>>(query, [id])?.flatten().ok_or_else(unknown)?
            }
            None => id.to_owned(),
        };
        // Every step leads to an older story, so the way ends.
        loop {
            let query = "SELECT became FROM stories WHERE id = ?";
            match self.one::<Option<String>>(query, [&id])?.ok_or_else(unknown)? {
                Some(became) => id = became,
                None => return StoryId::parse(&id).ok_or_else(unknown),
            }
        }
    }

    /// The account of a story, as that of a folder with its reports and the others of the collection.
    ///
    /// # Errors
    /// If there is no such story, or the collection can't be read.
    pub fn account(
        &self,
        story: StoryId,
        encoder: &Encoder,
    ) -> Result<Collection, CollectionError> {
        let background = self.background(encoder)?;
        self.account_before(story, &background, encoder)
    }

    /// The same, for somebody who asks for many.
    ///
    /// # Errors
    /// As [`account`](Self::account).
    pub fn account_before(
        &self,
        story: StoryId,
        background: &Background,
        encoder: &Encoder,
    ) -> Result<Collection, CollectionError> {
        let mut documents = self.documents("story = ?1 ORDER BY number", [story.to_string()])?;
        if documents.is_empty() {
            return Err(CollectionError::Unknown(story.to_string()));
        }
        documents.iter_mut().try_for_each(|d| vectors::load(&self.store, d, encoder))?;
        let members: Vec<usize> = (0..documents.len()).collect();
        let (told, names) = account_story_as(story, &documents, &members, background, encoder);
        name_entities(&mut documents, &told, names);
        Ok(Collection { documents, stories: vec![told] })
    }

    /// How common words are in the collection.
    ///
    /// # Errors
    /// If the collection can't be read.
    pub fn background(&self, encoder: &Encoder) -> Result<Background, CollectionError> {
        let all = format!("replaced IS NULL ORDER BY id LIMIT {BACKGROUND_REPORTS_MAX}");
        let mut documents = self.documents(&all, [])?;
        documents.iter_mut().try_for_each(|d| vectors::load(&self.store, d, encoder))?;
        Ok(Background::of(&documents))
    }

    /// What happened to a story, or to all.
    ///
    /// # Errors
    /// If the collection can't be read.
    pub fn log(&self, story: Option<StoryId>) -> Result<Vec<LogLine>, CollectionError> {
        let query = "SELECT event, story, other, report, at FROM log \
                     WHERE ?1 IS NULL OR story = ?1 OR other = ?1 ORDER BY number";
        self.rows(query, [story.map(|story| story.to_string())], |row| {
            Ok(LogLine {
                event: row.get(0)?,
                story: row.get(1)?,
                other: row.get(2)?,
                report: row.get(3)?,
                at: row.get(4)?,
            })
        })
    }

    /// All texts of a report, the first first; several if it was corrected.
    ///
    /// # Errors
    /// If there is no such report, or the collection can't be read.
    pub fn revisions(&self, id: ReportId) -> Result<Vec<Revision>, CollectionError> {
        let query = format!(
            "SELECT {}, added FROM reports WHERE identity = \
             (SELECT identity FROM reports WHERE id = ?) ORDER BY coalesce(updated, published), number",
            self.store.columns()
        );
        let rows = self.rows(&query, [id.to_string()], |row| {
            Ok((record::report(row)?, row.get::<_, String>("added")?))
        })?;
        if rows.is_empty() {
            return Err(CollectionError::Unknown(id.to_string()));
        }
        let revision = |(report, added): (Option<Report>, String)| {
            Ok(Revision { report: report.ok_or_else(|| self.store.damaged("a report"))?, added })
        };
        rows.into_iter().map(revision).collect()
    }

    /// The ids of all stories that have reports, the oldest first.
    ///
    /// # Errors
    /// If the collection can't be read.
    pub fn all_stories(&self) -> Result<Vec<StoryId>, CollectionError> {
        let query = "SELECT id FROM stories WHERE ended = 0 ORDER BY born";
        let ids: Vec<String> = self.rows(query, [], |row| row.get(0))?;
        let story = |id: String| {
            StoryId::parse(&id).ok_or_else(|| self.store.damaged(format!("story {id}")))
        };
        ids.into_iter().map(story).collect()
    }

    /// Reports, read again up to their mentions; their vectors are left out. `which` is what comes
    /// behind WHERE.
    pub(crate) fn documents(
        &self,
        which: &str,
        parameters: impl Params,
    ) -> Result<Vec<Document>, CollectionError> {
        let query = format!("SELECT {} FROM reports WHERE {which}", self.store.columns());
        let reports = self.rows(&query, parameters, record::report)?;
        let read = |report: Option<Report>| {
            report.map(read_again).ok_or_else(|| self.store.damaged("a report"))
        };
        reports.into_iter().map(read).collect()
    }

    pub(crate) fn rows<T>(
        &self,
        query: &str,
        parameters: impl Params,
        read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, CollectionError> {
        let mut query = self.store.at(self.store.db.prepare_cached(query))?;
        let rows = query.query_map(parameters, read).and_then(Iterator::collect);
        self.store.at(rows)
    }

    fn one<T: rusqlite::types::FromSql>(
        &self,
        query: &str,
        parameters: impl Params,
    ) -> Result<Option<T>, CollectionError> {
        let mut query = self.store.at(self.store.db.prepare_cached(query))?;
        self.store.at(query.query_row(parameters, |row| row.get(0)).optional())
    }
}
