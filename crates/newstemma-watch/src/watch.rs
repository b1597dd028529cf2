//! Rounds: every source is asked once, and what is new in it is fetched.
//!
//! Workers ask the hosts, side by side. Whoever runs the round takes what they bring, in batches:
//! first it goes into the archive, then to the caller, and when that has taken it, into the state.
//! So at whatever moment a run is cut off, nothing is lost: what was not yet taken is fetched again.

use crate::archive::Archive;
use crate::client::Client;
use crate::error::{FetchError, WatchError};
use crate::fetch::{Errand, Fetched, Fetcher};
use crate::intake;
use crate::known::{Kind, Known};
use crate::moment::Moment;
use crate::resolve::Guard;
use crate::round::{Batch, Round, Run};
use crate::rules::RuleBook;
use crate::schedule::Schedule;
use crate::settings::{Settings, World};
use crate::state::State;
use newstemma_model::{Warned, Warning};
use std::fs::{File, TryLockError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;
use url::Url;

/// Hosts that are asked at the same time.
const WORKERS: usize = 8;

/// Answers that are handed on in one go.
const AT_ONCE: usize = 16;

/// Answers that wait to be taken, each at most as long as a body may be.
const WAITING_MAX: usize = 8;

const ACCEPT_LIST: &str = "application/rss+xml, application/atom+xml, application/feed+json, \
                           application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5";
const ACCEPT_PAGE: &str = "text/html, application/xhtml+xml, */*;q=0.5";

/// A watch over sources.
pub struct Watch {
    folder: PathBuf,
    settings: Settings,
    pub(crate) roots: Vec<String>,
    pub(crate) state: State,
    pub(crate) lists: Archive,
    pub(crate) pages: Archive,
    pub(crate) fetcher: Arc<Fetcher<Job>>,
    done: Receiver<(Job, Fetched)>,
    stop: Arc<AtomicBool>,
    /// The number of the round that runs.
    number: u64,
    /// Held as long as this lives.
    _lock: File,
}

/// An address that a worker fetches.
pub(crate) struct Job {
    round: u64,
    pub(crate) kind: Kind,
    pub(crate) url: String,
    errand: Errand,
    /// How often it was handed to a worker in this round, this time included.
    pub(crate) tries: u32,
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
        for (host, rest) in state.rests() {
            fetcher.schedule.resume(host, *rest);
        }
        for (origin, given) in state.rules() {
            fetcher.resume(origin, given);
        }
        warnings.extend(enter_roots(&mut state, sources, fetcher.clock.now()));
        // A round of which nothing is taken begins anew with what is in the file.
        state.commit()?;
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
        self.fetcher.schedule.end_at(self.settings.round_time_max.map(|max| now.plus(max)));
        let sources = intake::sources(&self.state, &self.roots);
        intake::forget_strays(&mut self.state, &sources, now);
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
            self.state.keep_rules(self.fetcher.rules.take_given(), self.fetcher.clock.now());
            self.state.commit()?;
        }
        Ok(())
    }

    pub(crate) fn ask_source(&mut self, run: &mut Run, url: &str) {
        let now = self.fetcher.clock.now();
        let Some(known) = self.state.get(url) else { return };
        // A list whose index says when it changed is not asked before it did.
        let told = known.changed.is_some() && known.last.is_some();
        // Nor is one that is to be left alone for now, unless it broke off: the rest of it is wanted.
        let broke_off = known.failures > 0 && known.failed <= known.answered;
        let rests = !broke_off && known.not_before.is_some_and(|moment| moment > now);
        let wanted = known.given_up.is_none() && !rests && (!told || known.is_due(now));
        if wanted && run.asked.insert(url.to_owned()) {
            run.round.sources += 1;
            self.push(run, Kind::Source, url, 1);
        }
    }

    pub(crate) fn ask_page(&mut self, run: &mut Run, url: &str) {
        // It may be named by several lists.
        if !run.asked.insert(url.to_owned()) {
            return;
        }
        let host = Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
        let asked = run.by_host.entry(host.unwrap_or_default()).or_default();
        if *asked < self.settings.pages_per_host {
            *asked += 1;
            self.push(run, Kind::Page, url, 1);
        } else {
            run.round.pages_put_off += 1;
        }
    }

    /// Hands an address to the workers.
    pub(crate) fn push(&self, run: &mut Run, kind: Kind, address: &str, tries: u32) {
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
        self.fetcher.schedule.push(&host, kind, job);
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
            // The round waits for all jobs, so that this one must come back whatever becomes of it.
            // What workers share is behind locks, and whole whenever one is given back.
            Ok(turn) => catch_unwind(AssertUnwindSafe(|| fetcher.fetch(&job.errand, turn)))
                .unwrap_or_else(|_| Fetched::missed(FetchError::Fault)),
            Err(not_now) => Fetched::missed(not_now),
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
            Some(mut known) if known.kind == Kind::Source => {
                if let Some(reason) = &known.given_up {
                    warnings.push(Warning::new(url, format!("{reason}: it is not asked any more")));
                }
                known.put_on_top();
                Known { listed: now, changed: None, ..known }
            }
            _ => Known::new(Kind::Source, url, now),
        };
        state.put(known);
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
