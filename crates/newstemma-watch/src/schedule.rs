//! Who is asked when: one request at a time a host, with a pause behind it.
//!
//! Jobs wait in two queues for each host, one of lists and one of pages, which are served in turn: of a
//! host that is asked a few times in a round neither keeps the other waiting. A worker takes the job of
//! a host that nobody is asking and whose pause is over; hosts are asked side by side. A job that is led to another host waits for its
//! turn there like any other, and holds none meanwhile, so that nobody waits in a circle.
//!
//! A host that says that it is overloaded is left alone for as long as it asks, or for a minute,
//! doubled with each time in a row. One that fails three times in a row is, too. What would have to
//! wait for long is put off to a later round.

use crate::known::Kind;
use crate::moment::{Clock, Moment};
use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Longest wait for a host that wants to be left alone; for what is beyond, a job is put off.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// How long a host is left alone first.
const FIRST_REST: Duration = Duration::from_secs(60);

/// Longest time for which a host is left alone because it failed.
const REST_MAX: Duration = Duration::from_secs(6 * 3600);

/// Longest time for which a host is left alone because it asked for it.
const ASKED_REST_MAX: Duration = Duration::from_secs(24 * 3600);

/// Failures in a row after which a host is left alone that did not ask for it.
const FAILURES_BORNE: u32 = 3;

/// Longest time between two looks whether to stop.
const SLICE: Duration = Duration::from_millis(100);

/// Jobs by host, and when each host may be asked.
pub(crate) struct Schedule<J> {
    hosts: Mutex<BTreeMap<String, Host<J>>>,
    changed: Condvar,
    clock: Arc<dyn Clock>,
    delay: Duration,
    /// When the round is over.
    end: Mutex<Option<Moment>>,
    stop: Arc<AtomicBool>,
}

struct Host<J> {
    jobs: Jobs<J>,
    asked: bool,
    /// When it may be asked next.
    next: Moment,
    /// The pause that it asks for.
    delay: Duration,
    rest: Rest,
}

/// What waits for a host.
struct Jobs<J> {
    /// The queue that is served next, if something waits there, and the other one.
    next: VecDeque<J>,
    other: VecDeque<J>,
    /// The kind of jobs in the first.
    kind: Kind,
}

/// How a host fares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rest {
    /// Until when it is left alone.
    pub(crate) until: Moment,
    /// Failures in a row.
    pub(crate) failures: u32,
}

impl Rest {
    /// That of a host that failed and does not any more.
    pub(crate) const RECOVERED: Rest = Rest { until: Moment::from_seconds(0), failures: 0 };
}

/// Why a host can't be asked now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotNow {
    /// It is left alone until then.
    Until(Moment),
    /// The round is over.
    RoundOver,
    /// Nobody is asked any more.
    Stopped,
}

/// The right to ask a host once. If it was asked, its pause begins when this is dropped.
pub(crate) struct Turn<'a, J> {
    schedule: &'a Schedule<J>,
    host: String,
    begun: bool,
}

impl<J> Schedule<J> {
    pub(crate) fn new(
        clock: Arc<dyn Clock>,
        delay: Duration,
        stop: Arc<AtomicBool>,
    ) -> Schedule<J> {
        let (hosts, changed, end) = (Mutex::default(), Condvar::new(), Mutex::default());
        Schedule { hosts, changed, clock, delay, end, stop }
    }

    /// Adds a job for a host.
    pub(crate) fn push(&self, host: &str, kind: Kind, job: J) {
        self.host(&mut self.lock(), host).jobs.push(kind, job);
        self.changed.notify_one();
    }

    /// Waits for a job whose host may be asked, or that has to be put off: its host is left alone for
    /// long, or the round is over. `None` when there will be none.
    pub(crate) fn next(&self) -> Option<(J, Result<Turn<'_, J>, NotNow>)> {
        while !self.is_stopped() {
            let mut hosts = self.lock();
            let now = self.clock.now();
            let ready = |host: &Host<J>| !host.asked && !host.jobs.is_empty();
            let soonest =
                hosts.iter_mut().filter(|(_, host)| ready(host)).min_by_key(|(_, host)| host.next);
            let Some((name, host)) = soonest else {
                // Time passes on the clock only while somebody waits for a host.
                let _ = self.changed.wait_timeout(hosts, SLICE);
                continue;
            };
            let far = host.rest.until > now.plus(PATIENCE);
            let over = self.has_ended(now);
            if (far || over || host.next <= now)
                && let Some(job) = host.jobs.pop()
            {
                if far {
                    return Some((job, Err(NotNow::Until(host.rest.until))));
                }
                if over {
                    return Some((job, Err(NotNow::RoundOver)));
                }
                host.asked = true;
                return Some((job, Ok(Turn { schedule: self, host: name.clone(), begun: false })));
            }
            let wait = host.next.since(now).min(SLICE);
            drop(hosts);
            self.clock.sleep(wait);
        }
        None
    }

    /// Waits until a host may be asked, for as long as the round lasts.
    pub(crate) fn turn(&self, name: &str) -> Result<Turn<'_, J>, NotNow> {
        while !self.is_stopped() {
            let mut hosts = self.lock();
            let now = self.clock.now();
            let host = self.host(&mut hosts, name);
            if host.rest.until > now.plus(PATIENCE) {
                return Err(NotNow::Until(host.rest.until));
            }
            if self.has_ended(now) {
                return Err(NotNow::RoundOver);
            }
            if !host.asked && host.next <= now {
                host.asked = true;
                return Ok(Turn { schedule: self, host: name.to_owned(), begun: false });
            }
            if host.asked {
                let _ = self.changed.wait_timeout(hosts, SLICE);
            } else {
                let wait = host.next.since(now).min(SLICE);
                drop(hosts);
                self.clock.sleep(wait);
            }
        }
        Err(NotNow::Stopped)
    }

    /// A host asks for pauses of at least this length, the one that it has now included.
    pub(crate) fn slow_down(&self, name: &str, delay: Duration) {
        let mut hosts = self.lock();
        let now = self.clock.now();
        let host = self.host(&mut hosts, name);
        if delay > host.delay {
            host.next = host.next.max(now.plus(delay));
            host.delay = delay;
        }
    }

    /// Whether nobody is asked any more.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Forgets all jobs that nobody has begun.
    pub(crate) fn clear(&self) {
        for host in self.lock().values_mut() {
            host.jobs.clear();
        }
    }

    /// From then on no job is begun any more.
    pub(crate) fn end_at(&self, end: Option<Moment>) {
        *self.end.lock().unwrap_or_else(PoisonError::into_inner) = end;
    }

    fn has_ended(&self, now: Moment) -> bool {
        self.end.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|end| end <= now)
    }

    /// Hosts that failed last, with how they fare.
    pub(crate) fn rests(&self) -> BTreeMap<String, Rest> {
        let hosts = self.lock();
        let failing = hosts.iter().filter(|(_, host)| host.rest.failures > 0);
        failing.map(|(name, host)| (name.clone(), host.rest)).collect()
    }

    /// Takes up how a host fared before.
    pub(crate) fn resume(&self, name: &str, rest: Rest) {
        let mut hosts = self.lock();
        let host = self.host(&mut hosts, name);
        host.rest = rest;
        host.next = host.next.max(rest.until);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Host<J>>> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn host<'a>(&self, hosts: &'a mut BTreeMap<String, Host<J>>, name: &str) -> &'a mut Host<J> {
        hosts.entry(name.to_owned()).or_insert_with(|| Host {
            jobs: Jobs { next: VecDeque::new(), other: VecDeque::new(), kind: Kind::Source },
            asked: false,
            next: Moment::default(),
            delay: self.delay,
            rest: Rest::default(),
        })
    }
}

impl<J> Jobs<J> {
    fn push(&mut self, kind: Kind, job: J) {
        let queue = if kind == self.kind { &mut self.next } else { &mut self.other };
        queue.push_back(job);
    }

    fn pop(&mut self) -> Option<J> {
        match self.next.pop_front() {
            Some(job) => {
                std::mem::swap(&mut self.next, &mut self.other);
                self.kind = match self.kind {
                    Kind::Source => Kind::Page,
                    Kind::Page => Kind::Source,
                };
                Some(job)
            }
            None => self.other.pop_front(),
        }
    }

    fn is_empty(&self) -> bool {
        self.next.is_empty() && self.other.is_empty()
    }

    fn clear(&mut self) {
        self.next.clear();
        self.other.clear();
    }
}

impl<J> Turn<'_, J> {
    /// The host that may be asked.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    /// The request goes out.
    pub(crate) fn begin(&mut self) {
        self.begun = true;
    }

    /// The host answered well.
    pub(crate) fn succeeded(&self) {
        self.with(|host, _| host.rest = Rest::default());
    }

    /// The host did not answer as it should. Returns until when it is left alone.
    pub(crate) fn failed(&self) -> Moment {
        self.with(|host, now| {
            host.rest.failures = host.rest.failures.saturating_add(1);
            if host.rest.failures >= FAILURES_BORNE {
                host.rest.until = now.plus(rest_after(host.rest.failures - FAILURES_BORNE));
            }
            host.rest.until
        })
    }

    /// The host asks to be left alone, for this long if it says so. Returns until when it is.
    pub(crate) fn overloaded(&self, asked: Option<Duration>) -> Moment {
        self.with(|host, now| {
            let rest = match asked {
                Some(asked) => asked.min(ASKED_REST_MAX),
                None => rest_after(host.rest.failures),
            };
            host.rest =
                Rest { until: now.plus(rest), failures: host.rest.failures.saturating_add(1) };
            host.rest.until
        })
    }

    fn with<T>(&self, f: impl FnOnce(&mut Host<J>, Moment) -> T) -> T {
        let now = self.schedule.clock.now();
        f(self.schedule.host(&mut self.schedule.lock(), &self.host), now)
    }
}

impl<J> Drop for Turn<'_, J> {
    fn drop(&mut self) {
        self.with(|host, now| {
            host.asked = false;
            if self.begun {
                host.next = now.plus(host.delay).max(host.rest.until);
            }
        });
        self.schedule.changed.notify_all();
    }
}

/// How long a host is left alone that failed so often before.
fn rest_after(failures: u32) -> Duration {
    let doubled = 1_u32.checked_shl(failures).and_then(|times| FIRST_REST.checked_mul(times));
    doubled.unwrap_or(REST_MAX).min(REST_MAX)
}

#[cfg(test)]
mod tests {
    use super::{NotNow, Rest, Schedule, Turn};
    use crate::known::Kind;
    use crate::moment::{Clock, Moment};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
    use std::time::Duration;

    /// A clock on which time passes only while somebody waits.
    #[derive(Default)]
    struct Waited(AtomicU64);

    impl Clock for Waited {
        fn now(&self) -> Moment {
            Moment::default().plus(Duration::from_millis(self.0.load(Ordering::Relaxed)))
        }

        fn sleep(&self, duration: Duration) {
            self.0.fetch_add(duration.as_millis() as u64, Ordering::Relaxed);
        }
    }

    fn schedule(delay: u64) -> (Arc<Waited>, Schedule<u32>) {
        let clock = Arc::new(Waited::default());
        let stop = Arc::new(AtomicBool::new(false));
        (clock.clone(), Schedule::new(clock, Duration::from_secs(delay), stop))
    }

    /// The next job, and the turn of its host, which was asked.
    fn begun(schedule: &Schedule<u32>) -> (u32, Turn<'_, u32>) {
        let (job, turn) = schedule.next().unwrap();
        let mut turn = turn.ok().unwrap();
        turn.begin();
        (job, turn)
    }

    fn seconds(clock: &Waited) -> u64 {
        clock.now().since(Moment::default()).as_secs()
    }

    #[test]
    fn a_host_is_asked_one_request_at_a_time_with_a_pause() {
        let (clock, schedule) = schedule(5);
        for job in [1, 2, 3] {
            schedule.push("a", Kind::Page, job);
        }
        schedule.push("b", Kind::Page, 4);
        let (first, turn) = begun(&schedule);
        let (other, other_turn) = begun(&schedule);
        assert_eq!((first, other, seconds(&clock)), (1, 4, 0));
        drop((turn, other_turn));
        let (second, turn) = begun(&schedule);
        assert_eq!((second, seconds(&clock)), (2, 5));
        schedule.slow_down("a", Duration::from_secs(20));
        drop(turn);
        assert_eq!((schedule.next().unwrap().0, seconds(&clock)), (3, 25));
    }

    #[test]
    fn lists_and_pages_of_a_host_are_served_in_turn() {
        let (_, schedule) = schedule(0);
        for job in [1, 2, 3, 4] {
            schedule.push("a", Kind::Page, job);
        }
        for job in [11, 12] {
            schedule.push("a", Kind::Source, job);
        }
        let served = |count: u32| -> Vec<u32> { (0..count).map(|_| begun(&schedule).0).collect() };
        assert_eq!(served(2), [11, 1]);
        schedule.push("a", Kind::Source, 13);
        assert_eq!(served(5), [12, 2, 13, 3, 4]);
        schedule.push("a", Kind::Page, 5);
        schedule.push("a", Kind::Source, 14);
        assert_eq!(served(2), [14, 5]);
    }

    #[test]
    fn a_host_that_was_not_asked_after_all_needs_no_pause() {
        let (clock, schedule) = schedule(5);
        schedule.push("a", Kind::Page, 1);
        schedule.push("a", Kind::Page, 2);
        drop(schedule.next());
        assert_eq!((schedule.next().unwrap().0, seconds(&clock)), (2, 0));
    }

    #[test]
    fn when_the_round_is_over_nobody_waits() {
        let (clock, schedule) = schedule(60);
        schedule.push("a", Kind::Page, 1);
        drop(begun(&schedule));
        schedule.end_at(Some(Moment::from_seconds(30)));
        schedule.push("a", Kind::Page, 2);
        assert_eq!(schedule.turn("a").err(), Some(NotNow::RoundOver));
        assert_eq!(schedule.next().unwrap().1.err(), Some(NotNow::RoundOver));
        assert_eq!(seconds(&clock), 30);
    }

    #[test]
    fn a_host_that_is_overloaded_is_left_alone_and_its_jobs_are_put_off() {
        let (clock, schedule) = schedule(0);
        schedule.push("a", Kind::Page, 1);
        schedule.push("a", Kind::Page, 2);
        let (_, turn) = begun(&schedule);
        assert_eq!(turn.overloaded(Some(Duration::from_secs(20))), Moment::from_seconds(20));
        drop(turn);
        let (_, turn) = begun(&schedule);
        assert_eq!(seconds(&clock), 20);
        // The second time without a word about how long: twice the first rest.
        assert_eq!(turn.overloaded(None), Moment::from_seconds(20 + 120));
        drop(turn);
        schedule.push("a", Kind::Page, 3);
        let put_off = schedule.next().unwrap().1.err();
        assert_eq!(put_off, Some(NotNow::Until(Moment::from_seconds(140))));
        assert_eq!(schedule.turn("a").err(), put_off);
        assert_eq!(seconds(&clock), 20);
    }

    #[test]
    fn what_a_host_asks_for_and_what_it_is_given_for_failing_is_bounded() {
        let (clock, schedule) = schedule(0);
        let turn = schedule.turn("a").ok().unwrap();
        let until = turn.overloaded(Some(Duration::MAX));
        assert_eq!(until, Moment::from_seconds(24 * 3600));
        turn.succeeded();
        let rests: Vec<u64> = (0..12).map(|_| turn.failed().since(clock.now()).as_secs()).collect();
        assert_eq!(rests[..5], [0, 0, 60, 120, 240]);
        assert_eq!(rests[11], 6 * 3600);
        drop(turn);
        assert_eq!(schedule.rests()["a"].failures, 12);
    }

    #[test]
    fn how_a_host_fared_is_taken_up() {
        let (_, schedule) = schedule(0);
        let until = Moment::from_seconds(100);
        schedule.resume("a", Rest { until, failures: 1 });
        assert_eq!(schedule.turn("a").err(), Some(NotNow::Until(until)));
    }

    #[test]
    fn when_it_is_stopped_nobody_waits() {
        let (_, schedule) = schedule(0);
        schedule.stop.store(true, Ordering::Relaxed);
        assert!(schedule.next().is_none());
        assert_eq!(schedule.turn("a").err(), Some(NotNow::Stopped));
    }
}
