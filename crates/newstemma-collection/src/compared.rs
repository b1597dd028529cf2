//! What reports are compared by, as it is kept: profiles, what they are found by, and links.
//!
//! Three tables, one of which would do: `finding` is a part of the profiles, small enough to take up
//! weeks of it, and `later` has the links from their other ends, so that a group can be taken up
//! without looking through all that came after it.

use crate::error::CollectionError;
use crate::file::Store;
use crate::links::{self, Linked};
use crate::record;
use newstemma_cluster::{Finding, Index, Link, Profile, Slot, SlotMap};
use newstemma_extract::parse_published;
use newstemma_model::{Day, Language, ReportId};
use rusqlite::{Connection, Row, params};
use std::sync::Arc;

/// Whole rows of `compared`, which [`compared`] reads.
const COMPARED: &str = "SELECT report, id, published, lang, profile, links, crc32 FROM compared \
                        JOIN reports ON number = report";

/// The slot of a report's number.
pub(crate) fn slot(number: i64) -> Option<Slot> {
    u32::try_from(number).ok().filter(|&number| number < u32::MAX).map(Slot::of)
}

/// The number of a slot's report.
pub(crate) fn number(slot: Slot) -> i64 {
    slot.index() as i64
}

/// How a day is written in `finding`.
fn written(day: Option<Day>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// Profiles of reports, while there is room.
///
/// Of two halves the older is forgotten when the newer is full; what is asked for comes to the newer.
/// So those that many reports come near stay.
#[derive(Debug, Default)]
pub(crate) struct Profiles {
    newer: SlotMap<Arc<Profile>>,
    older: SlotMap<Arc<Profile>>,
    /// Of the newer half.
    size_bytes: usize,
    /// How much room there is. A single profile is held in any case.
    pub(crate) size_bytes_max: usize,
}

impl Profiles {
    /// Holds a profile.
    pub(crate) fn hold(&mut self, slot: Slot, profile: &Arc<Profile>) {
        let more = profile.size_bytes();
        if self.size_bytes + more > self.size_bytes_max / 2 {
            self.older = std::mem::take(&mut self.newer);
            self.size_bytes = 0;
        }
        self.size_bytes += more;
        self.newer.insert(slot, Arc::clone(profile));
    }

    /// The profile of a report.
    pub(crate) fn get(
        &mut self,
        store: &Store,
        slot: Slot,
    ) -> Result<Arc<Profile>, CollectionError> {
        if let Some(profile) = self.newer.get(&slot) {
            return Ok(Arc::clone(profile));
        }
        if let Some(profile) = self.older.remove(&slot) {
            self.hold(slot, &profile);
            return Ok(profile);
        }
        let query = format!("{COMPARED} WHERE report = ?");
        let mut query = store.at(store.db.prepare_cached(&query))?;
        let row = store.at(query.query_row([number(slot)], compared))?;
        let (profile, _) = row.ok_or_else(|| damaged(store, slot))?;
        let profile = Arc::new(profile);
        self.hold(slot, &profile);
        Ok(profile)
    }
}

/// What a row of [`COMPARED`] says. `None` if it is not as it was written.
fn compared(row: &Row<'_>) -> rusqlite::Result<Option<(Profile, Vec<Linked>)>> {
    let (id, lang): (String, String) = (row.get("id")?, row.get("lang")?);
    let published: Option<String> = row.get("published")?;
    let whole = whole(row)?;
    let read = || {
        let (bytes, linked) = whole?;
        let day = record::date(published.as_deref())?.map(|published| published.day);
        let language = Language::parse(&lang)?;
        Some((Profile::from_bytes(ReportId::parse(&id)?, day, language, bytes)?, linked))
    };
    Ok(read())
}

/// The bytes of the profile and the links in a row of `compared`. `None` if they are not as they were
/// written.
pub(crate) fn whole<'r>(row: &'r Row<'_>) -> rusqlite::Result<Option<(&'r [u8], Vec<Linked>)>> {
    let bytes = |column| -> rusqlite::Result<&'r [u8]> { Ok(row.get_ref(column)?.as_blob()?) };
    let (profile, linked) = (bytes("profile")?, bytes("links")?);
    let is_whole = links::checksum(profile, linked) == row.get::<_, u32>("crc32")?;
    Ok(links::from_bytes(linked).filter(|_| is_whole).map(|linked| (profile, linked)))
}

pub(crate) fn damaged(store: &Store, slot: Slot) -> CollectionError {
    store.damaged(format!("what report {} is compared by", number(slot)))
}

/// Writes down what a report is compared by and found by, and its links with earlier ones.
pub(crate) fn write(
    store: &Store,
    slot: Slot,
    profile: &Profile,
    finding: &Finding,
    earlier: &[Link],
) -> Result<(), CollectionError> {
    let compared = profile.to_bytes();
    let linked = links::to_bytes(earlier.iter().map(|l| (number(l.other), l.score, l.carried)));
    let sum = links::checksum(&compared, &linked);
    let insert = "INSERT INTO compared (report, profile, links, crc32) VALUES (?, ?, ?, ?)";
    let mut insert = store.at(store.db.prepare_cached(insert))?;
    store.at(insert.execute(params![number(slot), compared, linked, sum]))?;
    let earlier = earlier.iter().map(|l| (number(l.other), l.score, l.carried));
    let written = write_derived(&store.db, number(slot), profile.day(), finding, earlier);
    store.at(written)
}

fn write_derived(
    db: &Connection,
    report: i64,
    day: Option<Day>,
    finding: &Finding,
    earlier: impl Iterator<Item = Linked>,
) -> rusqlite::Result<()> {
    let keys = finding.to_bytes();
    let insert = "INSERT INTO finding (day, report, keys, crc32) VALUES (?, ?, ?, ?)";
    let sum = crc32fast::hash(&keys);
    db.prepare_cached(insert)?.execute(params![written(day), report, keys, sum])?;
    let insert = "INSERT INTO later (report, other, score, carried) VALUES (?, ?, ?, ?)";
    let mut insert = db.prepare_cached(insert)?;
    for (other, score, carried) in earlier {
        insert.execute(params![other, report, score, carried])?;
    }
    Ok(())
}

/// Deletes what [`write`] has written of a report.
pub(crate) fn delete(store: &Store, slot: Slot, day: Option<Day>) -> Result<(), CollectionError> {
    let report = number(slot);
    let query = "SELECT links FROM compared WHERE report = ?";
    let linked: Vec<u8> = store.at(store.db.query_row(query, [report], |row| row.get(0)))?;
    let linked = links::from_bytes(&linked).ok_or_else(|| damaged(store, slot))?;
    let delete = "DELETE FROM later WHERE report = ? AND other = ?";
    let mut delete = store.at(store.db.prepare_cached(delete))?;
    for (earlier, ..) in linked {
        store.at(delete.execute([earlier, report]))?;
    }
    let db = &store.db;
    store.at(db.execute("DELETE FROM later WHERE report = ?", [report]))?;
    store.at(db.execute("DELETE FROM compared WHERE report = ?", [report]))?;
    let delete = "DELETE FROM finding WHERE day = ? AND report = ?";
    store.at(db.execute(delete, params![written(day), report])).map(|_| ())
}

/// Takes up what the reports of a day are found by.
pub(crate) fn load_day(
    store: &Store,
    index: &mut Index,
    day: Option<Day>,
) -> Result<(), CollectionError> {
    index.open(day);
    let query = "SELECT report, keys, crc32 FROM finding WHERE day = ? ORDER BY report";
    let mut query = store.at(store.db.prepare_cached(query))?;
    let mut rows = store.at(query.query([written(day)]))?;
    while let Some(row) = store.at(rows.next())? {
        let report: i64 = store.at(row.get(0))?;
        let keys = store.at(row.get_ref(1))?.as_blob().unwrap_or_default();
        let whole = crc32fast::hash(keys) == store.at(row.get::<_, u32>(2))?;
        let finding = Finding::from_bytes(keys).filter(|_| whole);
        let (slot, finding) = slot(report)
            .zip(finding)
            .ok_or_else(|| store.damaged(format!("what report {report} is found by")))?;
        index.enter(slot, day, &finding);
    }
    Ok(())
}

/// The days of publication of all reports; `None` is that of reports that do not say theirs.
pub(crate) fn days(store: &Store) -> Result<Vec<Option<Day>>, CollectionError> {
    // Of `reports` the days have an index; the rows of `finding` would be read whole.
    let mut query = store.at(store.db.prepare("SELECT DISTINCT day FROM reports"))?;
    let rows = query.query_map([], |row| row.get::<_, Option<String>>(0));
    let rows: Vec<Option<String>> = store.at(rows.and_then(Iterator::collect))?;
    let day = |written: &Option<String>| Some(parse_published(written.as_deref()?)?.day);
    Ok(rows.iter().map(day).collect())
}

/// Fills the tables of version 3 from those of the versions before.
pub(crate) fn fill_third(db: &Connection) -> rusqlite::Result<()> {
    let mut query = db.prepare(COMPARED)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        // What is damaged stays so: it is found by no later report, and `check` tells of it.
        if let Some((profile, linked)) = compared(row)? {
            let report = row.get("report")?;
            write_derived(db, report, profile.day(), &profile.finding(), linked.into_iter())?;
        }
    }
    Ok(())
}

/// What is not as it was written.
pub(crate) fn check(store: &Store) -> Result<Vec<String>, CollectionError> {
    let mut query = store.at(store.db.prepare(COMPARED))?;
    let mut rows = store.at(query.query([]))?;
    // Whoever only reads may find a file that no later program has written yet.
    let is_before = store.version < 3;
    let mut found = Vec::new();
    let (mut links_seen, mut reports_seen) = (0i64, 0i64);
    while let Some(row) = store.at(rows.next())? {
        let (id, report): (String, i64) = (store.at(row.get("id"))?, store.at(row.get("report"))?);
        let Some((profile, linked)) = store.at(compared(row))? else {
            found.push(format!("{id}: what it is compared by is damaged"));
            continue;
        };
        if is_before {
            continue;
        }
        reports_seen += 1;
        let (keys, sum) = kept_finding(store, report, profile.day())?;
        let expected = profile.finding().to_bytes();
        if keys != expected || sum != crc32fast::hash(&expected) {
            found.push(format!("{id}: what it is found by is damaged"));
        }
        for (other, score, carried) in linked {
            match kept_later(store, other, report)? {
                Some(kept) if kept == (score, carried) => links_seen += 1,
                // The other was taken away.
                None if !is_compared(store, other)? => {}
                _ => found.push(format!("{id}: its link with report {other} is damaged")),
            }
        }
    }
    let count = |table: &str| {
        let query = format!("SELECT count(*) FROM {table}");
        store.at(store.db.query_row(&query, [], |row| row.get::<_, i64>(0)))
    };
    if !is_before
        && found.is_empty()
        && [count("later")?, count("finding")?] != [links_seen, reports_seen]
    {
        found.push("there are links, or keys, of no report".to_owned());
    }
    Ok(found)
}

fn kept_finding(
    store: &Store,
    report: i64,
    day: Option<Day>,
) -> Result<(Vec<u8>, u32), CollectionError> {
    let query = "SELECT keys, crc32 FROM finding WHERE day = ? AND report = ?";
    let mut query = store.at(store.db.prepare_cached(query))?;
    let rows = query.query_map(params![written(day), report], |row| Ok((row.get(0)?, row.get(1)?)));
    let rows: Vec<(Vec<u8>, u32)> = store.at(rows.and_then(Iterator::collect))?;
    Ok(rows.into_iter().next().unwrap_or_default())
}

fn kept_later(
    store: &Store,
    report: i64,
    other: i64,
) -> Result<Option<(i16, bool)>, CollectionError> {
    let query = "SELECT score, carried FROM later WHERE report = ? AND other = ?";
    let mut query = store.at(store.db.prepare_cached(query))?;
    let rows = query.query_map([report, other], |row| Ok((row.get(0)?, row.get(1)?)));
    let rows: Vec<(i16, bool)> = store.at(rows.and_then(Iterator::collect))?;
    Ok(rows.into_iter().next())
}

fn is_compared(store: &Store, report: i64) -> Result<bool, CollectionError> {
    let query = "SELECT 1 FROM compared WHERE report = ?";
    let mut query = store.at(store.db.prepare_cached(query))?;
    store.at(query.exists([report]))
}
