//! Taking reports away, checking what is there, and giving back space.

use crate::compared::{self, slot};
use crate::error::CollectionError;
use crate::reader::Reader;
use crate::vectors::{self, checked};
use crate::writer::Writer;
use crate::{about, record};
use newstemma_model::{Document, ReportId, StoryId};
use newstemma_pipeline::read_again;
use std::collections::BTreeSet;

/// Which reports to take away. Everything that is given must hold; nothing given is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removal {
    /// Those of this outlet.
    pub outlet: Option<String>,
    /// Those whose reference or address begins so.
    pub source: Option<String>,
    /// Those published before this day (`2024-11-20`). What has no date stays.
    pub before: Option<String>,
}

impl Writer {
    /// Takes reports away, with all their former texts, as if they had never been; what they held
    /// together falls apart, and the log tells so. Returns how many texts were taken.
    ///
    /// # Errors
    /// If the collection can't be read or written; nothing is taken away then.
    pub fn remove(&mut self, which: &Removal, now: &str) -> Result<usize, CollectionError> {
        if *which == Removal::default() {
            return Ok(0);
        }
        self.store.at(self.store.db.execute_batch("BEGIN IMMEDIATE"))?;
        let done = self.remove_all(which, now);
        let end = if done.is_ok() { "COMMIT" } else { "ROLLBACK" };
        let ended = self.store.at(self.store.db.execute_batch(end));
        let removed = done?;
        ended.map(|()| removed)
    }

    fn remove_all(&mut self, which: &Removal, now: &str) -> Result<usize, CollectionError> {
        let query = "SELECT number, id, story FROM reports WHERE identity IN (SELECT identity \
                     FROM reports WHERE (?1 IS NULL OR outlet = ?1 COLLATE NOCASE) \
                     AND (?2 IS NULL OR substr(ref, 1, length(?2)) = ?2 \
                     OR substr(url, 1, length(?2)) = ?2) \
                     AND (?3 IS NULL OR day < ?3) AND replaced IS NULL) ORDER BY number";
        let rows = {
            let mut query = self.store.at(self.store.db.prepare(query))?;
            let parameters = [&which.outlet, &which.source, &which.before];
            let rows =
                query.query_map(parameters, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
            let rows: rusqlite::Result<Vec<(i64, String, Option<String>)>> =
                rows.and_then(Iterator::collect);
            self.store.at(rows)?
        };
        for (number, id, story) in &rows {
            let slot = slot(*number).ok_or_else(|| self.store.damaged(id.clone()))?;
            self.forget(slot, None, now)?;
            if let Some(story) = story.as_deref().and_then(StoryId::parse) {
                self.log("removed", story, None, Some(id), now)?;
            }
        }
        // A former text points to the one that took its place.
        for (number, ..) in &rows {
            let clear = "UPDATE reports SET replaced = NULL WHERE replaced = ?";
            self.store.at(self.store.db.execute(clear, [number]))?;
        }
        for (number, ..) in &rows {
            self.store
                .at(self.store.db.execute("DELETE FROM reports WHERE number = ?", [number]))?;
        }
        self.settle(now)?;
        Ok(rows.len())
    }

    /// Forgets what nothing refers to any more, and gives the space back to the disk.
    ///
    /// # Errors
    /// If the collection can't be read or written.
    pub fn compact(&mut self) -> Result<(), CollectionError> {
        let query = format!("SELECT {} FROM reports", self.store.columns());
        let reports: Vec<Option<newstemma_model::Report>> = {
            let mut query = self.store.at(self.store.db.prepare(&query))?;
            let rows = query.query_map([], record::report).and_then(Iterator::collect);
            self.store.at(rows)?
        };
        let documents = reports.into_iter().map(|report| match report {
            // Sentences are all that is needed of a document here.
            Some(report) => {
                let mut document = Document::new(report);
                document.sentences = newstemma_segment::segment(&document.report);
                Ok(document)
            }
            None => Err(self.store.damaged("a report")),
        });
        self.store.at(self.store.db.execute_batch("BEGIN IMMEDIATE"))?;
        vectors::forget_others(&self.store, documents)?;
        self.store.at(self.store.db.execute_batch(
            "COMMIT; INSERT INTO search (search) VALUES ('optimize'); VACUUM; PRAGMA wal_checkpoint(TRUNCATE)",
        ))
    }
}

impl Reader {
    /// Looks whether everything is as it was written; returns what is not, in words.
    pub fn check(&self) -> Vec<String> {
        let mut found = Vec::new();
        // What the pages' damage hides can't be looked at, and what is left must still be told.
        for check in [
            Reader::check_pages,
            Reader::check_reports,
            Reader::check_compared,
            Reader::check_vectors,
        ] {
            match check(self) {
                Ok(more) => found.extend(more),
                Err(error) => found.push(error.to_string()),
            }
        }
        for (what, query) in REFERENCES {
            match self.rows(query, [], |row| row.get::<_, String>(0)) {
                Ok(rows) => found.extend(rows.iter().map(|row| format!("{row}: {what}"))),
                Err(error) => found.push(error.to_string()),
            }
        }
        found
    }

    fn check_pages(&self) -> Result<Vec<String>, CollectionError> {
        let mut found: Vec<String> = self.rows("PRAGMA integrity_check", [], |row| row.get(0))?;
        found.retain(|line| line != "ok");
        Ok(found)
    }

    /// Hashes, and that all spans lie in their text.
    fn check_reports(&self) -> Result<Vec<String>, CollectionError> {
        let query = format!("SELECT {}, digest, id AS report FROM reports", self.store.columns());
        let rows = self.rows(&query, [], |row| {
            let (digest, id): (String, String) = (row.get("digest")?, row.get("report")?);
            Ok((record::report(row)?, digest, id))
        })?;
        let mut found = Vec::new();
        for (report, digest, id) in rows {
            let Some(report) = report else {
                found.push(format!("{id}: can't be read"));
                continue;
            };
            if record::digest(&report) != digest {
                found.push(format!("{id}: not what was written"));
                continue;
            }
            if ReportId::of(&[report.reference.as_bytes(), &report.sha256]) != report.id {
                found.push(format!("{id}: not the id of its reference and its bytes"));
            }
            let document = read_again(report);
            if !spans_lie_in_text(&document) {
                found.push(format!("{id}: a span lies outside the text"));
            }
        }
        Ok(found)
    }

    fn check_compared(&self) -> Result<Vec<String>, CollectionError> {
        compared::check(&self.store)
    }

    fn check_vectors(&self) -> Result<Vec<String>, CollectionError> {
        let query = "SELECT rowid, vector, crc32 FROM vectors";
        let rows = self.rows(query, [], |row| {
            let (number, vector): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
            Ok((number, checked(&vector, row.get(2)?).is_some()))
        })?;
        let damaged = rows.into_iter().filter(|(_, whole)| !whole);
        Ok(damaged.map(|(number, _)| format!("vector {number}: damaged")).collect())
    }
}

/// What must not be found, and how it is looked for.
const REFERENCES: &[(&str, &str)] = &[
    (
        "a current report in no story",
        "SELECT id FROM reports WHERE replaced IS NULL AND story IS NULL",
    ),
    (
        "a current report that is not compared",
        "SELECT id FROM reports WHERE replaced IS NULL \
         AND number NOT IN (SELECT report FROM compared)",
    ),
    (
        "a former text in a story",
        "SELECT id FROM reports WHERE replaced IS NOT NULL AND story IS NOT NULL",
    ),
    (
        "a report in a story that is not there, or has ended",
        "SELECT r.id FROM reports r LEFT JOIN stories s ON s.id = r.story \
         WHERE r.story IS NOT NULL AND (s.id IS NULL OR s.ended = 1)",
    ),
    (
        "a story without the report that it goes by",
        "SELECT s.id FROM stories s LEFT JOIN reports r ON r.number = s.founder \
         WHERE s.ended = 0 AND (r.story IS NULL OR r.story <> s.id)",
    ),
    (
        "a story that became one that is not there",
        "SELECT id FROM stories WHERE became IS NOT NULL AND became NOT IN (SELECT id FROM stories)",
    ),
    (
        "two current texts of one report",
        "SELECT min(id) FROM reports WHERE replaced IS NULL GROUP BY identity HAVING count(*) > 1",
    ),
];

fn spans_lie_in_text(document: &Document) -> bool {
    let text = document.report.text.as_str();
    let spans: BTreeSet<(usize, usize)> = document
        .report
        .roles
        .iter()
        .map(|role| role.span)
        .chain(document.report.credits.iter().map(|credit| credit.span))
        .chain(about::spans(&document.report.about))
        .map(|span| (span.start(), span.end()))
        .collect();
    spans.into_iter().all(|(start, end)| text.get(start..end).is_some())
}
