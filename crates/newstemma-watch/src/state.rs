//! What is known of addresses from one round to the next, and its file, `watch.jsonl`.
//!
//! The file is a log of JSON lines, of which the last about an address counts. Each step is appended
//! when its records are in the archive and its reports where they belong, so that a run that was cut
//! off anywhere goes on from there. When it is opened, and when it has grown to several times what is
//! known, the log is written anew beside itself and put in its own place. A line that can't be read
//! costs itself. `docs/formats.md` gives the fields.

use crate::client::Validators;
use crate::error::WatchError;
use crate::moment::Moment;
use crate::schedule::Rest;
use crate::warc::Earlier;
use newstemma_model::{Warned, Warning};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

const FILE: &str = "watch.jsonl";
const VERSION: u32 = 1;

/// Longest file that is read.
const FILE_BYTES_MAX: u64 = 4 << 30;

/// Lines that may be appended before the log is written anew, whatever is known.
const APPENDED_FREE: usize = 10_000;

/// What an address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// It lists others.
    Source,
    /// It is a page.
    Page,
}

/// What is known of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Known {
    pub(crate) kind: Kind,
    pub(crate) url: String,
    /// The list that named it last; none for what the user named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) parent: Option<String>,
    /// Lists between it and the user.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) depth: u32,
    /// When a list named it last.
    pub(crate) listed: Moment,
    /// The latest change that a list told of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) changed: Option<Moment>,
    /// Whether it is to be fetched.
    pub(crate) due: bool,
    /// Not before this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) not_before: Option<Moment>,
    /// When it answered last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) answered: Option<Moment>,
    /// Failures in a row.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) failures: u32,
    /// Why it is not fetched any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) given_up: Option<String>,
    /// What was fetched last that was new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) last: Option<Last>,
}

/// What was fetched last from an address that was not there before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Last {
    /// When.
    pub(crate) at: Moment,
    /// The address that answered, where redirects led to.
    pub(crate) from: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) etag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) last_modified: Option<String>,
    /// The id of the record.
    pub(crate) record: String,
    /// The digest of the body.
    pub(crate) digest: String,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl Known {
    /// An address that nobody has asked yet.
    pub(crate) fn new(kind: Kind, url: &str, listed: Moment) -> Known {
        Known {
            kind,
            url: url.to_owned(),
            parent: None,
            depth: 0,
            listed,
            changed: None,
            due: true,
            not_before: None,
            answered: None,
            failures: 0,
            given_up: None,
            last: None,
        }
    }

    /// Whether it is to be fetched now.
    pub(crate) fn is_due(&self, now: Moment) -> bool {
        self.due && self.given_up.is_none() && self.not_before.is_none_or(|moment| moment <= now)
    }

    /// What is known of the last answer, for asking whether it still holds.
    pub(crate) fn validators(&self) -> Option<(String, Validators)> {
        let last = self.last.as_ref()?;
        let (etag, last_modified) = (last.etag.clone(), last.last_modified.clone());
        Some((last.from.clone(), Validators { etag, last_modified }))
    }

    /// The record of what was fetched last from this address.
    pub(crate) fn earlier(&self, url: &str) -> Option<Earlier> {
        let last = self.last.as_ref().filter(|last| last.from == url)?;
        Some(Earlier { id: last.record.clone(), at: last.at, digest: last.digest.clone() })
    }
}

/// A line of the file.
#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line {
    Watch { v: u32 },
    Known(Box<Known>),
    Dropped { url: String },
    Host { host: String, until: Moment, failures: u32 },
}

/// All that is known, and its file.
pub(crate) struct State {
    path: PathBuf,
    file: File,
    known: BTreeMap<String, Known>,
    /// How many of these are sources.
    sources: usize,
    /// Hosts that failed last.
    rests: BTreeMap<String, Rest>,
    pending: Vec<u8>,
    appended: usize,
}

impl State {
    /// Reads the file of a folder; makes one if there is none.
    pub(crate) fn open(folder: &Path) -> Result<Warned<State>, WatchError> {
        let path = folder.join(FILE);
        let failed = |error: std::io::Error| WatchError::file(&path, &error);
        let mut known = BTreeMap::new();
        let mut rests = BTreeMap::new();
        let mut warnings = Vec::new();
        if path.exists() {
            let length = std::fs::metadata(&path).map_err(failed)?.len();
            if length > FILE_BYTES_MAX {
                return Err(failed(std::io::ErrorKind::FileTooLarge.into()));
            }
            let text = std::fs::read(&path).map_err(failed)?;
            let mut damaged = 0;
            for line in text.split(|b| *b == b'\n').filter(|line| !line.is_empty()) {
                match serde_json::from_slice(line) {
                    Ok(Line::Watch { v }) if v > VERSION => {
                        return Err(WatchError::Newer { path, found: v, known: VERSION });
                    }
                    Ok(Line::Watch { .. }) => {}
                    Ok(Line::Known(one)) => {
                        known.insert(one.url.clone(), *one);
                    }
                    Ok(Line::Dropped { url }) => {
                        known.remove(&url);
                    }
                    Ok(Line::Host { host, failures: 0, .. }) => {
                        rests.remove(&host);
                    }
                    Ok(Line::Host { host, until, failures }) => {
                        rests.insert(host, Rest { until, failures });
                    }
                    Err(_) => damaged += 1,
                }
            }
            if damaged > 0 {
                let message =
                    format!("{damaged} damaged lines passed over: what they told of is begun anew");
                warnings.push(Warning::new(path.display().to_string(), message));
            }
        }
        let sources = known.values().filter(|known| known.kind == Kind::Source).count();
        let (file, pending) = (rewrite(&path, &known, &rests)?, Vec::new());
        let state = State { path, file, known, sources, rests, pending, appended: 0 };
        Ok(Warned { value: state, warnings })
    }

    pub(crate) fn get(&self, url: &str) -> Option<&Known> {
        self.known.get(url)
    }

    /// All addresses, in order.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Known> {
        self.known.values()
    }

    /// How many addresses of a kind are known.
    pub(crate) fn count(&self, kind: Kind) -> usize {
        match kind {
            Kind::Source => self.sources,
            Kind::Page => self.known.len() - self.sources,
        }
    }

    /// Sets what is known of an address.
    pub(crate) fn put(&mut self, known: Known) {
        if self.known.get(&known.url) != Some(&known) {
            self.append(&Line::Known(Box::new(known.clone())));
            self.sources += usize::from(known.kind == Kind::Source);
            let before = self.known.insert(known.url.clone(), known);
            self.uncount(before);
        }
    }

    /// Forgets an address.
    pub(crate) fn drop(&mut self, url: &str) {
        let before = self.known.remove(url);
        if before.is_some() {
            self.append(&Line::Dropped { url: url.to_owned() });
        }
        self.uncount(before);
    }

    fn uncount(&mut self, before: Option<Known>) {
        self.sources -= usize::from(before.is_some_and(|known| known.kind == Kind::Source));
    }

    /// How hosts fare that failed last.
    pub(crate) fn rests(&self) -> &BTreeMap<String, Rest> {
        &self.rests
    }

    /// Sets how hosts fare that failed last.
    pub(crate) fn set_rests(&mut self, rests: BTreeMap<String, Rest>) {
        let before = std::mem::replace(&mut self.rests, rests);
        let changed = self.rests.iter().filter(|(host, rest)| before.get(*host) != Some(rest));
        let recovered = before.keys().filter(|host| !self.rests.contains_key(*host));
        let recovered = recovered.map(|host| (host, &Rest::RECOVERED));
        let line = |(host, rest): (&String, &Rest)| Line::Host {
            host: host.clone(),
            until: rest.until,
            failures: rest.failures,
        };
        let lines: Vec<Line> = changed.chain(recovered).map(line).collect();
        lines.iter().for_each(|line| self.append(line));
    }

    /// Writes what was set since the last time.
    pub(crate) fn commit(&mut self) -> Result<(), WatchError> {
        let failed = |error: std::io::Error| WatchError::file(&self.path, &error);
        if self.appended > APPENDED_FREE + 4 * self.known.len() {
            self.file = rewrite(&self.path, &self.known, &self.rests)?;
            self.appended = 0;
        } else if !self.pending.is_empty() {
            self.file.write_all(&self.pending).map_err(failed)?;
        }
        self.pending.clear();
        self.file.sync_data().map_err(failed)
    }

    fn append(&mut self, line: &Line) {
        write_line(&mut self.pending, line);
        self.appended += 1;
    }
}

/// Writes all that is known in the place of the file, and opens it for more.
fn rewrite(
    path: &Path,
    known: &BTreeMap<String, Known>,
    rests: &BTreeMap<String, Rest>,
) -> Result<File, WatchError> {
    let beside = path.with_extension("jsonl.new");
    let failed = |error: std::io::Error| WatchError::file(&beside, &error);
    let mut lines = Vec::new();
    write_line(&mut lines, &Line::Watch { v: VERSION });
    for known in known.values() {
        write_line(&mut lines, &Line::Known(Box::new(known.clone())));
    }
    for (host, Rest { until, failures }) in rests {
        let (host, until, failures) = (host.clone(), *until, *failures);
        write_line(&mut lines, &Line::Host { host, until, failures });
    }
    let mut file = File::create(&beside).map_err(failed)?;
    file.write_all(&lines).and_then(|()| file.sync_all()).map_err(failed)?;
    std::fs::rename(&beside, path).map_err(failed)?;
    // The open file goes with its new name.
    Ok(file)
}

fn write_line(lines: &mut Vec<u8>, line: &Line) {
    // Strings, numbers and truth values: JSON can say them all.
    if serde_json::to_writer(&mut *lines, line).is_ok() {
        lines.push(b'\n');
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Known, Last, State};
    use crate::error::WatchError;
    use crate::moment::Moment;
    use crate::schedule::Rest;
    use std::path::PathBuf;

    fn folder(name: &str) -> PathBuf {
        let folder =
            std::env::temp_dir().join(format!("newstemma-state-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn known(url: &str) -> Known {
        let mut known = Known::new(Kind::Page, url, Moment::from_seconds(100));
        known.parent = Some("https://example.org/канал".to_owned());
        known.last = Some(Last {
            at: Moment::from_seconds(90),
            from: url.to_owned(),
            etag: Some("\"x\"".to_owned()),
            last_modified: None,
            record: "urn:uuid:1".to_owned(),
            digest: "sha256:2".to_owned(),
        });
        known
    }

    fn named((host, rest): (&str, Rest)) -> (String, Rest) {
        (host.to_owned(), rest)
    }

    #[test]
    fn addresses_are_counted_by_their_kind() {
        let folder = folder("counts");
        let mut state = State::open(&folder).unwrap().value;
        let source = |url: &str| Known { kind: Kind::Source, ..known(url) };
        [known("a"), known("b"), source("b"), source("b"), known("c"), source("d")]
            .into_iter()
            .for_each(|known| state.put(known));
        for gone in ["c", "d", "e"] {
            state.drop(gone);
        }
        state.commit().unwrap();
        for state in [&state, &State::open(&folder).unwrap().value] {
            assert_eq!((state.count(Kind::Page), state.count(Kind::Source)), (1, 1));
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_was_committed_is_there_again() {
        let folder = folder("again");
        let mut state = State::open(&folder).unwrap().value;
        state.put(known("a"));
        state.put(Known { failures: 2, ..known("a") });
        state.put(known("b"));
        state.drop("b");
        let rest = Rest { until: Moment::from_seconds(500), failures: 2 };
        state.set_rests([("host", rest), ("recovers", rest)].map(named).into());
        state.set_rests([("host", rest)].map(named).into());
        state.commit().unwrap();
        state.put(known("never committed"));
        drop(state);
        let state = State::open(&folder).unwrap();
        assert_eq!(state.warnings, []);
        let all: Vec<_> = state.value.all().cloned().collect();
        assert_eq!(all, [Known { failures: 2, ..known("a") }]);
        assert_eq!(state.value.rests, [("host", rest)].map(named).into());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_damaged_line_costs_itself_and_is_told() {
        let folder = folder("damaged");
        let mut state = State::open(&folder).unwrap().value;
        state.put(known("a"));
        state.put(known("b"));
        state.commit().unwrap();
        let path = folder.join("watch.jsonl");
        let text = std::fs::read_to_string(&path).unwrap();
        // Cut off in the last line, with a line before it that is no JSON.
        std::fs::write(&path, text.replace("\"v\":1}", "\"v\":1}\n\0\u{fffd}") + "{\"type\":\"kn")
            .unwrap();
        let state = State::open(&folder).unwrap();
        assert_eq!(state.value.all().count(), 2);
        assert!(state.warnings[0].message.starts_with("2 damaged lines"), "{:?}", state.warnings);
        assert_eq!(State::open(&folder).unwrap().warnings, []);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_file_of_a_newer_version_is_left_as_it_is() {
        let folder = folder("newer");
        let newer = "{\"type\":\"watch\",\"v\":2}\n";
        std::fs::write(folder.join("watch.jsonl"), newer).unwrap();
        let opened = State::open(&folder).map(|_| ());
        assert!(matches!(opened, Err(WatchError::Newer { found: 2, known: 1, .. })));
        assert_eq!(std::fs::read_to_string(folder.join("watch.jsonl")).unwrap(), newer);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_log_that_grew_long_is_written_anew() {
        let folder = folder("long");
        let mut state = State::open(&folder).unwrap().value;
        for failures in 0..11_000 {
            state.put(Known { failures, ..known("a") });
        }
        state.commit().unwrap();
        let text = std::fs::read_to_string(folder.join("watch.jsonl")).unwrap();
        assert_eq!(text.lines().count(), 2);
        state.put(known("b"));
        state.commit().unwrap();
        assert_eq!(State::open(&folder).unwrap().value.all().count(), 2);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
