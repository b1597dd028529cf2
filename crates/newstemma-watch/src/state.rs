//! What is known of addresses from one round to the next, and its file, `watch.jsonl`.
//!
//! The file is a log of JSON lines, of which the last about an address counts. Each step is appended
//! when its records are in the archive and its reports where they belong, so that a run that was cut
//! off anywhere goes on from there. When it is opened, and when it has grown to several times what is
//! known, the log is written anew beside itself and put in its own place. A line that can't be read
//! costs itself. `docs/formats.md` gives the fields.

use crate::error::WatchError;
use crate::known::{Kind, Known};
use crate::moment::Moment;
use crate::robots::Robots;
use crate::rules::Given;
use crate::schedule::Rest;
use newstemma_model::{Warned, Warning};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const FILE: &str = "watch.jsonl";
const VERSION: u32 = 1;

/// Longest file that is read.
const FILE_BYTES_MAX: u64 = 4 << 30;

/// Lines that may be appended before the log is written anew, whatever is known.
const APPENDED_FREE: usize = 10_000;

/// Bytes that may be appended before that, whatever is known: a long line about an address that changes
/// often must not make the file longer than what is read.
const APPENDED_BYTES_MAX: u64 = FILE_BYTES_MAX / 2;

/// Most hosts whose rules are kept, and how long those of one may be; the others are asked for anew by
/// the next run.
const RULES_MAX: usize = 10_000;
const RULES_BYTES_MAX: usize = 64 * 1024;

/// A line of the file.
#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line {
    Watch {
        v: u32,
    },
    Known(Box<Known>),
    Dropped {
        url: String,
    },
    Host {
        host: String,
        until: Moment,
        failures: u32,
    },
    Robots {
        origin: String,
        until: Moment,
        #[serde(flatten)]
        robots: Box<Robots>,
    },
}

impl Line {
    fn of_rest((host, rest): (&String, &Rest)) -> Line {
        Line::Host { host: host.clone(), until: rest.until, failures: rest.failures }
    }

    fn of_rules((origin, given): (&String, &Given)) -> Line {
        let robots = Box::new(Robots::clone(&given.robots));
        Line::Robots { origin: origin.clone(), until: given.until, robots }
    }
}

/// All that is known, and its file.
pub(crate) struct State {
    path: PathBuf,
    file: File,
    memory: Memory,
    /// How many of the known addresses are sources.
    sources: usize,
    pending: Vec<u8>,
    appended: Appended,
}

/// What was appended since the log was written anew.
#[derive(Clone, Copy, Default)]
struct Appended {
    lines: usize,
    bytes: u64,
}

impl Appended {
    /// Whether it is so much that the log is written anew, when so many addresses are known.
    fn is_much(self, known: usize) -> bool {
        self.lines > APPENDED_FREE + 4 * known || self.bytes > APPENDED_BYTES_MAX
    }
}

/// What the file says.
#[derive(Default)]
struct Memory {
    known: BTreeMap<String, Known>,
    /// Hosts that failed last.
    rests: BTreeMap<String, Rest>,
    /// What hosts allow, by origin.
    rules: BTreeMap<String, Given>,
}

impl State {
    /// Reads the file of a folder; makes one if there is none.
    pub(crate) fn open(folder: &Path) -> Result<Warned<State>, WatchError> {
        let path = folder.join(FILE);
        let failed = |error: std::io::Error| WatchError::file(&path, &error);
        let mut memory = Memory::default();
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
                    Ok(line) => memory.take(line),
                    Err(_) => damaged += 1,
                }
            }
            if damaged > 0 {
                let message =
                    format!("{damaged} damaged lines passed over: what they told of is begun anew");
                warnings.push(Warning::new(path.display().to_string(), message));
            }
        }
        let sources = memory.known.values().filter(|known| known.kind == Kind::Source).count();
        let (file, pending) = (memory.write_to(&path)?, Vec::new());
        let state = State { path, file, memory, sources, pending, appended: Appended::default() };
        Ok(Warned { value: state, warnings })
    }

    pub(crate) fn get(&self, url: &str) -> Option<&Known> {
        self.memory.known.get(url)
    }

    /// All addresses, in order.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Known> {
        self.memory.known.values()
    }

    /// How many addresses of a kind are known.
    pub(crate) fn count(&self, kind: Kind) -> usize {
        match kind {
            Kind::Source => self.sources,
            Kind::Page => self.memory.known.len() - self.sources,
        }
    }

    /// Sets what is known of an address.
    pub(crate) fn put(&mut self, known: Known) {
        if self.memory.known.get(&known.url) != Some(&known) {
            self.append(&Line::Known(Box::new(known.clone())));
            self.sources += usize::from(known.kind == Kind::Source);
            let before = self.memory.known.insert(known.url.clone(), known);
            self.uncount(before);
        }
    }

    /// Forgets an address.
    pub(crate) fn drop(&mut self, url: &str) {
        let before = self.memory.known.remove(url);
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
        &self.memory.rests
    }

    /// Sets how hosts fare that failed last.
    pub(crate) fn set_rests(&mut self, rests: BTreeMap<String, Rest>) {
        let before = std::mem::replace(&mut self.memory.rests, rests);
        let changed =
            self.memory.rests.iter().filter(|(host, rest)| before.get(*host) != Some(rest));
        let recovered = before.keys().filter(|host| !self.memory.rests.contains_key(*host));
        let recovered = recovered.map(|host| (host, &Rest::RECOVERED));
        let lines: Vec<Line> = changed.chain(recovered).map(Line::of_rest).collect();
        lines.iter().for_each(|line| self.append(line));
    }

    /// What hosts allow that told it, by origin.
    pub(crate) fn rules(&self) -> &BTreeMap<String, Given> {
        &self.memory.rules
    }

    /// Keeps what hosts allow, and no longer what does not hold any more.
    pub(crate) fn keep_rules(&mut self, given: Vec<(String, Given)>, now: Moment) {
        self.memory.rules.retain(|_, given| given.until > now);
        for (origin, given) in given {
            if self.memory.rules.len() < RULES_MAX && given.robots.bytes() <= RULES_BYTES_MAX {
                self.append(&Line::of_rules((&origin, &given)));
                self.memory.rules.insert(origin, given);
            }
        }
    }

    /// Writes what was set since the last time.
    pub(crate) fn commit(&mut self) -> Result<(), WatchError> {
        let failed = |error: std::io::Error| WatchError::file(&self.path, &error);
        if self.appended.is_much(self.memory.known.len()) {
            self.file = self.memory.write_to(&self.path)?;
            self.appended = Appended::default();
        } else if !self.pending.is_empty() {
            self.file.write_all(&self.pending).map_err(failed)?;
        }
        self.pending.clear();
        self.file.sync_data().map_err(failed)
    }

    fn append(&mut self, line: &Line) {
        let before = self.pending.len();
        write_line(&mut self.pending, line);
        self.appended.lines += 1;
        self.appended.bytes += (self.pending.len() - before) as u64;
    }
}

impl Memory {
    /// Takes up a line: the last about an address or a host counts.
    fn take(&mut self, line: Line) {
        match line {
            Line::Watch { .. } => {}
            Line::Known(one) => {
                self.known.insert(one.url.clone(), *one);
            }
            Line::Dropped { url } => {
                self.known.remove(&url);
            }
            Line::Host { host, failures: 0, .. } => {
                self.rests.remove(&host);
            }
            Line::Host { host, until, failures } => {
                self.rests.insert(host, Rest { until, failures });
            }
            Line::Robots { origin, until, robots } => {
                self.rules.insert(origin, Given { until, robots: Arc::from(robots) });
            }
        }
    }

    /// Writes everything in the place of a file, and opens it for more.
    fn write_to(&self, path: &Path) -> Result<File, WatchError> {
        let beside = path.with_extension("jsonl.new");
        let failed = |error: std::io::Error| WatchError::file(&beside, &error);
        let mut lines = Vec::new();
        write_line(&mut lines, &Line::Watch { v: VERSION });
        let known = self.known.values().map(|known| Line::Known(Box::new(known.clone())));
        let rests = self.rests.iter().map(Line::of_rest);
        let rules = self.rules.iter().map(Line::of_rules);
        known.chain(rests).chain(rules).for_each(|line| write_line(&mut lines, &line));
        let mut file = File::create(&beside).map_err(failed)?;
        file.write_all(&lines).and_then(|()| file.sync_all()).map_err(failed)?;
        std::fs::rename(&beside, path).map_err(failed)?;
        // The open file goes with its new name.
        Ok(file)
    }
}

fn write_line(lines: &mut Vec<u8>, line: &Line) {
    // Strings, numbers and truth values: JSON can say them all.
    if serde_json::to_writer(&mut *lines, line).is_ok() {
        lines.push(b'\n');
    }
}

#[cfg(test)]
mod tests {
    use super::{APPENDED_BYTES_MAX, APPENDED_FREE, Appended, State};
    use crate::error::WatchError;
    use crate::known::{Kind, Known, Last};
    use crate::moment::Moment;
    use crate::robots::Robots;
    use crate::rules::Given;
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
        assert_eq!(state.value.rests(), &[("host", rest)].map(named).into());
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn rules_are_there_again_until_they_end_and_as_far_as_there_is_room() {
        let folder = folder("rules");
        let until = |hours: u64| Moment::from_seconds(hours * 3600);
        let given = |hours: u64, text: &str| {
            let text = format!("User-agent: *\nAllow: /утро$\nCrawl-delay: 2\n{text}");
            let robots = Robots::parse(text.as_bytes(), "newstemma").into();
            Given { until: until(hours), robots }
        };
        let mut state = State::open(&folder).unwrap().value;
        let long = "Disallow: /a/very/long/list/of/rules\n".repeat(4000);
        for (host, hours, text) in [("a", 24, ""), ("b", 30, "Disallow: /"), ("c", 30, &long)] {
            state.keep_rules(vec![(host.to_owned(), given(hours, text))], until(10));
        }
        state.keep_rules(Vec::new(), until(25));
        let expected = [("b".to_owned(), given(30, "Disallow: /"))].into();
        assert_eq!(state.rules(), &expected);
        state.keep_rules(vec![("d".to_owned(), given(40, ""))], until(25));
        state.commit().unwrap();
        let state = State::open(&folder).unwrap();
        assert_eq!(state.warnings, []);
        assert_eq!(state.value.rules()["b"], expected["b"]);
        assert_eq!(state.value.rules().keys().collect::<Vec<_>>(), ["a", "b", "d"]);
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
    fn few_lines_may_be_much_as_well() {
        let appended = |lines: usize, bytes: u64| Appended { lines, bytes };
        let (lines, bytes) = (APPENDED_FREE + 4 * 100, APPENDED_BYTES_MAX);
        assert!(!appended(lines, bytes).is_much(100));
        assert!(appended(lines + 1, 0).is_much(100) && appended(1, bytes + 1).is_much(100));
    }

    #[test]
    fn a_log_that_grew_long_is_written_anew() {
        let folder = folder("long");
        let mut state = State::open(&folder).unwrap().value;
        for failures in 0..11_000 {
            state.put(Known { failures, ..known("a") });
        }
        assert!(state.appended.bytes == state.pending.len() as u64 && state.appended.is_much(1));
        state.commit().unwrap();
        let text = std::fs::read_to_string(folder.join("watch.jsonl")).unwrap();
        assert_eq!(text.lines().count(), 2);
        state.put(known("b"));
        state.commit().unwrap();
        assert_eq!(State::open(&folder).unwrap().value.all().count(), 2);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
