//! The file of a collection: opening it, its version, and who may write.
//!
//! A collection is a folder with one SQLite file, `collection.db`, in write-ahead mode: one program
//! writes, others read what was last committed. The writer holds a lock on `writer.lock` besides:
//! between its transactions it remembers what it has read, so nobody else may write in between.

use crate::compared;
use crate::error::{At, CollectionError};
use crate::record;
use rusqlite::{Connection, OpenFlags};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What makes each version of the one before, the first first: SQL, and what SQL can't say.
const VERSIONS: &[(&str, Fill)] = &[
    (include_str!("../schema/v1.sql"), |_| Ok(())),
    (include_str!("../schema/v2.sql"), |_| Ok(())),
    (include_str!("../schema/v3.sql"), compared::fill_third),
];
type Fill = fn(&Connection) -> rusqlite::Result<()>;
/// The newest version.
const KNOWN: u32 = VERSIONS.len() as u32;
/// "NSCO": tells the file from other SQLite files.
const APPLICATION_ID: i64 = 0x4E53_434F;
/// How long a reader or writer waits for another's moment of exclusive use.
const PATIENCE: Duration = Duration::from_secs(10);
/// Kilobytes of pages that are kept in memory.
const CACHE_KIBIBYTES: i64 = 64 * 1024;

/// An open collection.
#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
    /// The version of the file.
    pub(crate) version: u32,
    /// Held as long as the store may be written.
    _lock: Option<File>,
}

impl Store {
    /// Opens the collection in a folder for reading.
    pub(crate) fn read(folder: &Path) -> Result<Store, CollectionError> {
        let path = file(folder);
        if !path.exists() {
            return Err(CollectionError::Missing(folder.to_owned()));
        }
        // A reader of a file in write-ahead mode writes to its shared memory; where it may not, the
        // file is opened as one that nobody changes.
        let open = |flags| {
            let db = Connection::open_with_flags(&path, flags)?;
            db.busy_timeout(PATIENCE)?;
            db.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))?;
            Ok(db)
        };
        let db =
            open(OpenFlags::SQLITE_OPEN_READ_ONLY).or_else(|error: rusqlite::Error| {
                match error.sqlite_error_code() {
                    Some(rusqlite::ErrorCode::CannotOpen | rusqlite::ErrorCode::ReadOnly) => {
                        let uri = format!("file:{}?immutable=1", escaped(&path));
                        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
                        Connection::open_with_flags(uri, flags)
                    }
                    _ => Err(error),
                }
            });
        let mut store = Store { db: db.at(&path)?, path, version: 0, _lock: None };
        store.version = store.checked_version()?;
        Ok(store)
    }

    /// Opens the collection in a folder for writing.
    pub(crate) fn write(folder: &Path) -> Result<Store, CollectionError> {
        if !file(folder).exists() {
            return Err(CollectionError::Missing(folder.to_owned()));
        }
        Store::create(folder)
    }

    /// Opens the collection in a folder for writing; makes one if there is none. Older versions are
    /// brought up to date.
    pub(crate) fn create(folder: &Path) -> Result<Store, CollectionError> {
        let denied = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::StorageFull => {
                CollectionError::Full(folder.to_owned(), error.to_string())
            }
            _ => CollectionError::ReadOnly(folder.to_owned(), error.to_string()),
        };
        std::fs::create_dir_all(folder).map_err(denied)?;
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join("writer.lock"))
            .map_err(denied)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(CollectionError::Busy(folder.to_owned())),
            Err(TryLockError::Error(error)) => return Err(denied(error)),
        }
        let path = file(folder);
        let db = Connection::open(&path).at(&path)?;
        let mut store = Store { db, path, version: 0, _lock: Some(lock) };
        store.configure().at(&store.path)?;
        store.migrate()?;
        Ok(store)
    }

    fn configure(&self) -> rusqlite::Result<()> {
        self.db.busy_timeout(PATIENCE)?;
        self.db.pragma_update(None, "journal_mode", "wal")?;
        // What was accepted survives a loss of power, too.
        self.db.pragma_update(None, "synchronous", "full")?;
        self.db.pragma_update(None, "foreign_keys", "on")?;
        self.db.pragma_update(None, "cache_size", -CACHE_KIBIBYTES)
    }

    fn migrate(&mut self) -> Result<(), CollectionError> {
        let found = self.found_version()?;
        if found > 0 {
            self.checked_version()?;
        } else {
            let tables = "SELECT count(*) FROM sqlite_schema";
            let tables: i64 = self.db.query_row(tables, [], |row| row.get(0)).at(&self.path)?;
            if tables > 0 {
                return Err(CollectionError::Foreign(self.path.clone()));
            }
        }
        for (version, (sql, fill)) in (1u32..).zip(VERSIONS).skip(found as usize) {
            let step = |db: &mut Connection| {
                let change = db.transaction()?;
                change.execute_batch(sql)?;
                fill(&change)?;
                change.pragma_update(None, "user_version", version)?;
                change.pragma_update(None, "application_id", APPLICATION_ID)?;
                change.commit()
            };
            step(&mut self.db).at(&self.path)?;
        }
        self.version = KNOWN;
        Ok(())
    }

    /// The columns from which a report is read.
    pub(crate) fn columns(&self) -> &'static str {
        if self.version < 2 { record::COLUMNS_V1 } else { record::COLUMNS }
    }

    fn found_version(&self) -> Result<u32, CollectionError> {
        let query = "PRAGMA user_version";
        self.db.query_row(query, [], |row| row.get(0)).at(&self.path)
    }

    /// The version of the file, if it is a collection and no newer than this program.
    fn checked_version(&self) -> Result<u32, CollectionError> {
        let id = self.db.query_row("PRAGMA application_id", [], |row| row.get::<_, i64>(0));
        if id.at(&self.path)? != APPLICATION_ID {
            return Err(CollectionError::Foreign(self.path.clone()));
        }
        let found = self.found_version()?;
        if found > KNOWN {
            let path = self.path.clone();
            return Err(CollectionError::Newer { path, found, known: KNOWN });
        }
        Ok(found)
    }

    /// Gives an error of the storage its place.
    pub(crate) fn at<T>(&self, result: rusqlite::Result<T>) -> Result<T, CollectionError> {
        result.at(&self.path)
    }

    /// Something that is not as it was written.
    pub(crate) fn damaged(&self, what: impl Into<String>) -> CollectionError {
        CollectionError::Damaged(self.path.clone(), what.into())
    }
}

fn file(folder: &Path) -> PathBuf {
    folder.join("collection.db")
}

/// A path in an address of the kind `file:`.
fn escaped(path: &Path) -> String {
    path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}
