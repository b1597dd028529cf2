//! The rules of hosts, as far as they are known, each asked for by one worker at a time.
//!
//! Rules that a host gave are kept in the [state](crate::state), so that the next run believes them for
//! as long as this one would.

use crate::error::FetchError;
use crate::moment::Moment;
use crate::robots::Robots;
use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long rules are believed, by RFC 9309 at most.
const LAST: Duration = Duration::from_secs(24 * 3600);

/// How long nothing is fetched from a host whose rules can't be had, before they are asked for again.
const UNKNOWN_LAST: Duration = Duration::from_secs(600);

/// Hosts that are remembered.
const KEPT: usize = 10_000;

/// What a host allows.
#[derive(Clone, Debug)]
pub(crate) enum Rules {
    Given(Arc<Robots>),
    /// Nothing is allowed while nobody knows the rules.
    Unknown(FetchError),
}

/// Rules that a host gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    /// Until when they are believed.
    pub(crate) until: Moment,
    pub(crate) robots: Arc<Robots>,
}

/// The rules of hosts.
#[derive(Debug, Default)]
pub(crate) struct RuleBook {
    book: Mutex<Book>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Book {
    /// What is known, by origin.
    entries: BTreeMap<String, Entry>,
    /// What was given since somebody last took it from here, with its origins.
    given: Vec<(String, Given)>,
}

#[derive(Debug)]
enum Entry {
    /// Somebody is asking for them.
    Asked,
    Known {
        until: Moment,
        rules: Rules,
    },
}

/// What a look into the book gives.
pub(crate) enum Look<'a> {
    Known(Rules),
    /// Somebody else is asking for them.
    Asked,
    /// Whoever looked is to ask.
    Unknown(Asking<'a>),
}

/// The duty to ask for the rules of a host. If it is dropped, others may.
pub(crate) struct Asking<'a> {
    book: &'a RuleBook,
    origin: String,
}

impl RuleBook {
    /// Looks up what the host of an origin allows.
    pub(crate) fn look(&self, origin: &str, now: Moment) -> Look<'_> {
        let entries = &mut self.lock().entries;
        match entries.get(origin) {
            Some(Entry::Asked) => return Look::Asked,
            Some(Entry::Known { until, rules }) if *until > now => {
                return Look::Known(rules.clone());
            }
            _ => {}
        }
        if entries.len() >= KEPT {
            entries.retain(|_, entry| matches!(entry, Entry::Asked));
        }
        entries.insert(origin.to_owned(), Entry::Asked);
        Look::Unknown(Asking { book: self, origin: origin.to_owned() })
    }

    /// Takes up what the host of an origin gave in an earlier run.
    pub(crate) fn resume(&self, origin: &str, given: &Given, now: Moment) {
        let until = given.until.min(now.plus(LAST));
        let known = Entry::Known { until, rules: Rules::Given(given.robots.clone()) };
        self.lock().entries.insert(origin.to_owned(), known);
    }

    /// The sitemaps that the robots.txt of an origin names, as far as it is known.
    pub(crate) fn sitemaps(&self, origin: &str) -> Vec<String> {
        match self.lock().entries.get(origin) {
            Some(Entry::Known { rules: Rules::Given(robots), .. }) => robots.sitemaps().to_vec(),
            _ => Vec::new(),
        }
    }

    /// What hosts gave since the last call, with their origins.
    pub(crate) fn take_given(&self) -> Vec<(String, Given)> {
        std::mem::take(&mut self.lock().given)
    }

    /// Waits until something was found out, or for a while.
    pub(crate) fn wait(&self) {
        const WHILE: Duration = Duration::from_millis(100);
        drop(self.changed.wait_timeout(self.lock(), WHILE));
    }

    fn lock(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Asking<'_> {
    /// Enters what was found out.
    pub(crate) fn found(self, rules: Rules, now: Moment) {
        let mut book = self.book.lock();
        let until = match &rules {
            Rules::Given(robots) => {
                let given = Given { until: now.plus(LAST), robots: robots.clone() };
                book.given.push((self.origin.clone(), given.clone()));
                given.until
            }
            Rules::Unknown(_) => now.plus(UNKNOWN_LAST),
        };
        book.entries.insert(self.origin.clone(), Entry::Known { until, rules });
    }
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        let mut book = self.book.lock();
        if let Some(Entry::Asked) = book.entries.get(&self.origin) {
            book.entries.remove(&self.origin);
        }
        drop(book);
        self.book.changed.notify_all();
    }
}
