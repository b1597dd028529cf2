//! The files that records are written to.
//!
//! A file begins when there is something to write, and ends when it is as long as it may be, or the
//! day is over. A file that was begun by an earlier run is never continued: it may be cut off.

use crate::client::Answer;
use crate::error::WatchError;
use crate::moment::Moment;
use crate::warc::{AnswerRecord, Earlier, Record};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Most files of one kind that begin in one second.
const FILES_MAX: u32 = 10_000;

/// A series of archives.
pub(crate) struct Archive {
    folder: PathBuf,
    /// What its files hold, and their names begin with.
    kind: &'static str,
    user_agent: String,
    file_bytes_max: u64,
    open: Option<Open>,
}

struct Open {
    path: PathBuf,
    file: File,
    bytes: u64,
    records: usize,
    began: Moment,
}

/// An exchange that was written.
pub(crate) struct Written {
    /// The archive's path.
    pub(crate) path: PathBuf,
    /// The id of the record of the answer.
    pub(crate) id: String,
    /// The digest of the body.
    pub(crate) digest: String,
    /// Whether the record only refers to an earlier one.
    pub(crate) repeats: bool,
    /// Records of the archive before it.
    pub(crate) before: usize,
    /// The record of the answer, packed.
    pub(crate) packed: Vec<u8>,
}

impl Archive {
    pub(crate) fn new(
        folder: &Path,
        kind: &'static str,
        user_agent: &str,
        file_bytes_max: u64,
    ) -> Archive {
        let (folder, user_agent) = (folder.to_owned(), user_agent.to_owned());
        Archive { folder, kind, user_agent, file_bytes_max, open: None }
    }

    /// Writes a request and its answer, as a whole.
    pub(crate) fn write(
        &mut self,
        url: &str,
        at: Moment,
        answer: &Answer,
        earlier: Option<&Earlier>,
    ) -> Result<Written, WatchError> {
        let AnswerRecord { record, digest, repeats } = Record::answer(url, at, answer, earlier);
        let request = Record::request(url, at, &answer.sent, &record);
        let open = self.file(at)?;
        let failed = |error: std::io::Error| WatchError::file(&open.path, &error);
        let packed = record.packed().map_err(failed)?;
        let both = [&packed[..], &request.packed().map_err(failed)?].concat();
        open.file.write_all(&both).map_err(failed)?;
        let before = open.records;
        open.records += 2;
        open.bytes += both.len() as u64;
        Ok(Written { path: open.path.clone(), id: record.id, digest, repeats, before, packed })
    }

    /// Makes what was written survive a loss of power.
    pub(crate) fn sync(&mut self) -> Result<(), WatchError> {
        match &self.open {
            Some(open) => open.file.sync_data().map_err(|e| WatchError::file(&open.path, &e)),
            None => Ok(()),
        }
    }

    /// The file to write to.
    fn file(&mut self, now: Moment) -> Result<&mut Open, WatchError> {
        let day = |moment: Moment| moment.digits().get(..8).map(str::to_owned);
        let goes_on = |open: &Open| open.bytes < self.file_bytes_max && day(open.began) == day(now);
        if !self.open.as_ref().is_some_and(goes_on) {
            // Nobody comes back to a file that has ended.
            self.sync()?;
            self.open = None;
        }
        let open = match self.open.take() {
            Some(open) => open,
            None => self.begin(now)?,
        };
        Ok(self.open.insert(open))
    }

    fn begin(&self, now: Moment) -> Result<Open, WatchError> {
        for number in 1..=FILES_MAX {
            let name = format!("{}-{}-{number:05}.warc.gz", self.kind, now.digits());
            let path = self.folder.join(&name);
            let failed = |error: std::io::Error| WatchError::file(&path, &error);
            let mut file = match File::options().write(true).create_new(true).open(&path) {
                Ok(file) => file,
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(failed(error)),
            };
            let first = Record::archive(&name, self.kind, now, &self.user_agent);
            let first = first.packed().map_err(failed)?;
            file.write_all(&first).map_err(failed)?;
            let bytes = first.len() as u64;
            return Ok(Open { path, file, bytes, records: 1, began: now });
        }
        let full = std::io::Error::other("too many archives of one second");
        Err(WatchError::file(&self.folder, &full))
    }
}
