//! Rounds: every source is asked once, and what is new in it is fetched.
//!
//! Workers ask the hosts, side by side. Whoever runs the round takes what they bring, in batches:
//! first it goes into the archive, then to the caller, and when that has taken it, into the state.
//! So at whatever moment a run is cut off, nothing is lost: what was not yet taken is fetched again.

use crate::archive::{Archive, Written};
use crate::client::{Client, Truncated};
use crate::error::{FetchError, WatchError};
use crate::fetch::{Errand, Exchange, Fetched, Fetcher, Missed, Purpose};
use crate::intake;
use crate::moment::{Clock, Moment, SystemClock};
use crate::resolve::{Guard, PrivateAddresses, Resolve, SystemResolver};
use crate::rules::RuleBook;
use crate::schedule::{PATIENCE, Schedule};
use crate::state::{Kind, Known, Last, State};
use newstemma_ingest::{body_of_answer, listing, pages_of_records};
use newstemma_model::{Page, Warned, Warning};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;
use url::Url;

/// Hosts that are asked at the same time.
const WORKERS: usize = 8;

/// Answers that are handed on in one go.
const AT_ONCE: usize = 64;

/// Answers that wait to be taken, each at most as long as a body may be.
const WAITING_MAX: usize = 16;

/// How often a page is tried before it is given up.
const TRIES_MAX: u32 = 5;

/// How often in one round, when its host wants to be left alone for a moment only.
const TRIES_IN_ROUND: u32 = 3;

/// When a page is tried again that failed once; doubled with each failure.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(15 * 60);

const ACCEPT_LIST: &str = "application/rss+xml, application/atom+xml, application/feed+json, \
                           application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5";
const ACCEPT_PAGE: &str = "text/html, application/xhtml+xml, */*;q=0.5";

/// How to ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The pause between two requests to one host.
    pub delay: Duration,
    /// The time that an answer may take, from the name's resolution to its last byte.
    pub timeout: Duration,
    /// Bytes of an answer that are read, as the server sends them.
    pub body_bytes_max: usize,
    /// Pages that are fetched from one host in one round; the others follow in the next.
    pub pages_per_host: usize,
    /// Where whoever runs this can be reached: an address of mail or of a page.
    pub contact: Option<String>,
    /// What to do about addresses that are not on the open net.
    pub private_addresses: PrivateAddresses,
    /// How long an archive may grow before the next begins.
    pub archive_bytes_max: u64,
}

impl Default for Settings {
    /// A pause of 2 seconds, 30 seconds and 10 MiB an answer, 100 pages a host and round, archives of
    /// 1 GiB, open addresses alone.
    fn default() -> Settings {
        Settings {
            delay: Duration::from_secs(2),
            timeout: Duration::from_secs(30),
            body_bytes_max: 10 * 1024 * 1024,
            pages_per_host: 100,
            contact: None,
            private_addresses: PrivateAddresses::Refused,
            archive_bytes_max: 1 << 30,
        }
    }
}

impl Settings {
    fn user_agent(&self) -> String {
        let product = concat!("newstemma/", env!("CARGO_PKG_VERSION"));
        match &self.contact {
            Some(contact) => format!("{product} (+{contact})"),
            None => product.to_owned(),
        }
    }
}

/// What of the world a watch rests on.
pub struct World {
    /// What tells the time.
    pub clock: Arc<dyn Clock>,
    /// What finds the addresses of names.
    pub resolver: Arc<dyn Resolve>,
}

impl Default for World {
    /// The clock and the resolver of the machine.
    fn default() -> World {
        World { clock: Arc::new(SystemClock), resolver: Arc::new(SystemResolver) }
    }
}

/// What a part of a round brought.
#[derive(Debug, Default)]
pub struct Batch {
    /// Pages, as reading the archive would give them.
    pub pages: Vec<Page>,
    /// What was passed over.
    pub warnings: Vec<Warning>,
}

/// What a round came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Sources that were asked.
    pub sources: usize,
    /// Of these, such as had not changed.
    pub sources_unchanged: usize,
    /// Of these, such as gave no list.
    pub sources_failed: usize,
    /// Pages that were fetched.
    pub pages: usize,
    /// Pages that were asked for again and had not changed.
    pub pages_unchanged: usize,
    /// Pages that robots.txt forbids.
    pub pages_refused: usize,
    /// Pages that could not be fetched.
    pub pages_failed: usize,
    /// Pages that are left for a later round.
    pub pages_put_off: usize,
}

/// A watch over sources.
pub struct Watch {
    folder: PathBuf,
    settings: Settings,
    roots: Vec<String>,
    state: State,
    lists: Archive,
    pages: Archive,
    fetcher: Arc<Fetcher<Job>>,
    done: Receiver<(Job, Fetched)>,
    stop: Arc<AtomicBool>,
    /// The number of the round that runs.
    number: u64,
    /// Held as long as this lives.
    _lock: File,
}

/// An address that a worker fetches.
struct Job {
    round: u64,
    kind: Kind,
    url: String,
    errand: Errand,
    tries: u32,
}

/// A round that runs.
#[derive(Default)]
struct Run {
    round: Round,
    /// Jobs that have not come back.
    open: usize,
    /// Addresses that were asked for.
    asked: BTreeSet<String>,
    /// Pages that were asked for, by host.
    by_host: BTreeMap<String, usize>,
    batch: Batch,
}

impl Watch {
    /// Begins, or goes on, to watch sources. `folder` is where archives and state are; it is made if
    /// it is not there. `sources` are addresses as [`sources_of`](crate::sources_of) gives them.
    ///
    /// # Errors
    /// If the folder can't be used, or another watch uses it.
    pub fn open(
        folder: &Path,
        sources: &[String],
        settings: Settings,
        world: World,
    ) -> Result<Warned<Watch>, WatchError> {
        std::fs::create_dir_all(folder).map_err(|e| WatchError::file(folder, &e))?;
        let lock = lock(folder)?;
        let Warned { value: mut state, mut warnings } = State::open(folder)?;
        let stop = Arc::new(AtomicBool::new(false));
        let user_agent = settings.user_agent();
        let guard = Guard { resolver: world.resolver, private: settings.private_addresses.clone() };
        let fetcher = Arc::new(Fetcher {
            client: Client::new(&user_agent, settings.timeout, guard),
            schedule: Schedule::new(world.clock.clone(), settings.delay, stop.clone()),
            clock: world.clock,
            body_bytes_max: settings.body_bytes_max,
            rules: RuleBook::default(),
        });
        for (host, rest) in &state.rests {
            fetcher.schedule.resume(host, *rest);
        }
        warnings.extend(enter_roots(&mut state, sources, fetcher.clock.now()));
        let archive = |kind| Archive::new(folder, kind, &user_agent, settings.archive_bytes_max);
        let (lists, pages) = (archive("lists"), archive("pages"));
        let (sender, done) = sync_channel(WAITING_MAX);
        for _ in 0..WORKERS {
            let (fetcher, sender) = (fetcher.clone(), sender.clone());
            std::thread::spawn(move || work(&fetcher, &sender));
        }
        let roots = sources.to_vec();
        let (number, _lock, folder) = (0, lock, folder.to_owned());
        let value = Watch {
            folder,
            settings,
            roots,
            state,
            lists,
            pages,
            fetcher,
            done,
            stop,
            number,
            _lock,
        };
        Ok(Warned { value, warnings })
    }

    /// Set to true, it ends the round that runs, after what is being written. Requests that are under
    /// way are abandoned.
    pub fn stop(&self) -> Arc<AtomicBool> {
        self.stop.clone()
    }

    /// Asks every source once and fetches what is new. `take` is given what comes, batch by batch, and
    /// must have it in safety when it returns.
    ///
    /// # Errors
    /// Those of `take`, and if the folder can't be written.
    pub fn round<E: From<WatchError>>(
        &mut self,
        mut take: impl FnMut(Batch) -> Result<(), E>,
    ) -> Result<Round, E> {
        self.number += 1;
        let mut run = Run::default();
        let now = self.fetcher.clock.now();
        let sources = intake::sources(&self.state, &self.roots);
        for url in &sources {
            self.ask_source(&mut run, url);
        }
        for url in intake::pages_due(&self.state, &sources, now) {
            self.ask_page(&mut run, &url);
        }
        let ended = self.run(&mut run, &mut take);
        self.fetcher.schedule.clear();
        if let Err(error) = ended {
            // What was not taken must not be known.
            self.state = State::open(&self.folder)?.value;
            return Err(error);
        }
        Ok(run.round)
    }

    fn run<E: From<WatchError>>(
        &mut self,
        run: &mut Run,
        take: &mut impl FnMut(Batch) -> Result<(), E>,
    ) -> Result<(), E> {
        /// Longest time between two looks whether to stop.
        const SLICE: Duration = Duration::from_millis(100);
        while run.open > 0 && !self.stop.load(Ordering::Relaxed) {
            let first = match self.done.recv_timeout(SLICE) {
                Ok(first) => first,
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => break,
            };
            let others: Vec<_> = self.done.try_iter().take(AT_ONCE - 1).collect();
            for (job, fetched) in std::iter::once(first).chain(others) {
                // What an abandoned round left behind is none of this one's.
                if job.round == self.number {
                    run.open -= 1;
                    self.settle(run, job, fetched)?;
                }
            }
            self.lists.sync()?;
            self.pages.sync()?;
            take(std::mem::take(&mut run.batch))?;
            self.state.set_rests(self.fetcher.schedule.rests());
            self.state.commit()?;
        }
        Ok(())
    }

    fn ask_source(&mut self, run: &mut Run, url: &str) {
        let now = self.fetcher.clock.now();
        let Some(known) = self.state.get(url) else { return };
        // A list whose index says when it changed is not asked before it did.
        let told = known.changed.is_some() && known.last.is_some();
        let wanted = known.given_up.is_none() && (!told || known.is_due(now));
        if wanted && run.asked.insert(url.to_owned()) {
            run.round.sources += 1;
            self.push(run, Kind::Source, url, 1);
        }
    }

    fn ask_page(&mut self, run: &mut Run, url: &str) {
        if run.asked.contains(url) {
            return;
        }
        let host = Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
        let asked = run.by_host.entry(host.unwrap_or_default()).or_default();
        if *asked < self.settings.pages_per_host {
            *asked += 1;
            run.asked.insert(url.to_owned());
            self.push(run, Kind::Page, url, 1);
        } else {
            run.round.pages_put_off += 1;
        }
    }

    /// Hands an address to the workers.
    fn push(&self, run: &mut Run, kind: Kind, address: &str, tries: u32) {
        // It was one when it was entered.
        let Ok(url) = Url::parse(address) else { return };
        let host = url.host_str().unwrap_or_default().to_owned();
        let earlier = self.state.get(address).and_then(Known::validators);
        let accept = match kind {
            Kind::Source => ACCEPT_LIST,
            Kind::Page => ACCEPT_PAGE,
        };
        let errand = Errand { url, accept, earlier };
        let job = Job { round: self.number, kind, url: address.to_owned(), errand, tries };
        run.open += 1;
        self.fetcher.schedule.push(&host, job);
    }

    /// Archives what a worker brought, and draws the consequences.
    fn settle(&mut self, run: &mut Run, job: Job, fetched: Fetched) -> Result<(), WatchError> {
        let Fetched { exchanges, end } = fetched;
        let mut last = None;
        for exchange in exchanges {
            let written = self.archive(&job, &exchange)?;
            last = (exchange.purpose == Purpose::Errand).then_some((exchange, written));
        }
        let now = self.fetcher.clock.now();
        let Some(known) = self.state.get(&job.url).cloned() else { return Ok(()) };
        match (end, last) {
            (Ok(()), Some((exchange, written))) => {
                self.answered(run, known, &exchange, &written, now);
            }
            (Err(Missed::PutOff(until)), _) => self.put_off(run, &job, known, until, now),
            (Err(Missed::Failed(error)), _) => self.failed(run, known, &error, now),
            (Err(Missed::Stopped) | Ok(()), _) => {}
        }
        Ok(())
    }

    fn archive(&mut self, job: &Job, exchange: &Exchange) -> Result<Written, WatchError> {
        let known = self.state.get(&job.url);
        let earlier = known.and_then(|known| known.earlier(&exchange.url));
        let archive = match (exchange.purpose, job.kind) {
            (Purpose::Errand, Kind::Page) => &mut self.pages,
            _ => &mut self.lists,
        };
        archive.write(&exchange.url, exchange.at, &exchange.answer, earlier.as_ref())
    }

    /// An answer came that is neither an error nor a redirect.
    fn answered(
        &mut self,
        run: &mut Run,
        mut known: Known,
        exchange: &Exchange,
        written: &Written,
        now: Moment,
    ) {
        let broken = match exchange.answer.truncated {
            Some(Truncated::Time) => Some("the answer took too long and is cut off"),
            Some(Truncated::Disconnect) => Some("the answer breaks off"),
            Some(Truncated::Length) | None => None,
        };
        known.not_before = None;
        if exchange.answer.status != 304 && broken.is_none() {
            let validators = exchange.answer.validators.clone();
            // What did not change goes on referring to the record that has it.
            let record = match known.last.take() {
                Some(last) if written.repeats => last,
                _ => Last {
                    at: exchange.at,
                    from: exchange.url.clone(),
                    etag: None,
                    last_modified: None,
                    record: written.id.clone(),
                    digest: written.digest.clone(),
                },
            };
            let (etag, last_modified) = (validators.etag, validators.last_modified);
            known.last = Some(Last { etag, last_modified, ..record });
        }
        match broken {
            None => (known.due, known.failures) = (false, 0),
            Some(message) => {
                run.batch.warnings.push(Warning::new(&known.url, message));
                try_again(&mut known, message, now);
            }
        }
        self.state.put(known.clone());
        match (known.kind, written.repeats || exchange.answer.status == 304) {
            (Kind::Source, true) => run.round.sources_unchanged += 1,
            (Kind::Page, true) => run.round.pages_unchanged += 1,
            (Kind::Source, false) => self.read_list(run, &known, exchange, now),
            (Kind::Page, false) => {
                let warnings = read_page(run, &known, written);
                // That it is cut off was said.
                run.batch.warnings.extend(warnings.into_iter().filter(|_| broken.is_none()));
            }
        }
    }

    fn read_list(&mut self, run: &mut Run, known: &Known, exchange: &Exchange, now: Moment) {
        let block = [&exchange.answer.header[..], &exchange.answer.body].concat();
        let listing =
            body_of_answer(block).and_then(|body| listing(body.bytes, body.charset.as_deref()));
        let from = Url::parse(&exchange.url);
        let (Some(listing), Ok(from)) = (listing, from) else {
            run.round.sources_failed += 1;
            let message = "neither a feed nor OPML nor a sitemap";
            run.batch.warnings.push(Warning::new(&known.url, message));
            return;
        };
        let intake = intake::enter(&mut self.state, known, &from, listing, now);
        run.batch.warnings.extend(intake.warnings);
        for url in intake.named {
            match self.state.get(&url) {
                Some(named) if named.kind == Kind::Source => self.ask_source(run, &url),
                Some(named) if named.is_due(now) => self.ask_page(run, &url),
                _ => {}
            }
        }
    }

    fn put_off(&mut self, run: &mut Run, job: &Job, mut known: Known, until: Moment, now: Moment) {
        if until <= now.plus(PATIENCE) && job.tries < TRIES_IN_ROUND {
            self.push(run, job.kind, &job.url, job.tries + 1);
            return;
        }
        let message = format!("the host wants to be left alone until {until}");
        run.batch.warnings.push(Warning::new(&known.url, message));
        match known.kind {
            Kind::Source => run.round.sources_failed += 1,
            Kind::Page => run.round.pages_put_off += 1,
        }
        known.due = true;
        known.not_before = Some(until);
        self.state.put(known);
    }

    fn failed(&mut self, run: &mut Run, mut known: Known, error: &FetchError, now: Moment) {
        let mut message = error.to_string();
        match known.kind {
            Kind::Source => {
                run.round.sources_failed += 1;
                known.failures = known.failures.saturating_add(1);
                if *error == FetchError::Status(410) {
                    known.given_up = Some(format!("gone since {now}"));
                    message = "gone for good: it is not asked any more".to_owned();
                }
            }
            Kind::Page => {
                let refused = *error == FetchError::Robots;
                let count = if refused {
                    &mut run.round.pages_refused
                } else {
                    &mut run.round.pages_failed
                };
                *count += 1;
                if error.may_pass() {
                    try_again(&mut known, &message, now);
                } else {
                    known.due = false;
                    known.given_up = Some(message.clone());
                }
            }
        }
        run.batch.warnings.push(Warning::new(&known.url, message));
        self.state.put(known);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// A worker: takes what is to be fetched and brings what came, until nobody wants it.
fn work(fetcher: &Fetcher<Job>, done: &SyncSender<(Job, Fetched)>) {
    while let Some((job, turn)) = fetcher.schedule.next() {
        let fetched = match turn {
            Ok(turn) => fetcher.fetch(&job.errand, turn),
            Err(not_now) => Fetched { exchanges: Vec::new(), end: Err(not_now.into()) },
        };
        if done.send((job, fetched)).is_err() {
            break;
        }
    }
}

/// Enters what the user names; tells of what is gone.
fn enter_roots(state: &mut State, sources: &[String], now: Moment) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for url in sources {
        let known = match state.get(url).cloned() {
            Some(known) if known.kind == Kind::Source => {
                if let Some(reason) = &known.given_up {
                    warnings.push(Warning::new(url, format!("{reason}: it is not asked any more")));
                }
                Known { parent: None, depth: 0, changed: None, ..known }
            }
            _ => Known::new(Kind::Source, url, now),
        };
        state.put(known);
    }
    warnings
}

/// A page that failed is tried again later, some times.
fn try_again(known: &mut Known, message: &str, now: Moment) {
    known.failures = known.failures.saturating_add(1);
    known.due = known.failures < TRIES_MAX;
    if known.due {
        let times = 1_u32.checked_shl(known.failures - 1).unwrap_or(u32::MAX);
        known.not_before = Some(now.plus(TRY_AGAIN_AFTER.saturating_mul(times)));
    } else if known.kind == Kind::Page {
        known.given_up = Some(message.to_owned());
    }
}

/// Takes the pages of a record, read as they will be from the archive; returns what was passed over.
fn read_page(run: &mut Run, known: &Known, written: &Written) -> Vec<Warning> {
    run.round.pages += 1;
    let name = written.path.display().to_string();
    let record = Box::new(std::io::Cursor::new(written.packed.clone()));
    let before = run.batch.pages.len();
    let mut warnings = Vec::new();
    for page in pages_of_records(&name, record, written.before) {
        match page {
            Ok(page) => run.batch.pages.push(page),
            Err(warning) => warnings.push(Warning::new(&known.url, warning.message)),
        }
    }
    if run.batch.pages.len() == before {
        return vec![Warning::new(&known.url, "no page of HTML with a text")];
    }
    warnings
}

fn lock(folder: &Path) -> Result<File, WatchError> {
    let path = folder.join("watch.lock");
    let file = File::options().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|e| WatchError::file(&path, &e))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(WatchError::Busy(folder.to_owned())),
        Err(TryLockError::Error(error)) => Err(WatchError::file(path, &error)),
    }
}
