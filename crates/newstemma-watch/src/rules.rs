//! The rules of hosts, as far as they are known, each asked for by one worker at a time.

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

/// The rules of hosts.
#[derive(Debug, Default)]
pub(crate) struct RuleBook {
    entries: Mutex<BTreeMap<String, Entry>>,
    changed: Condvar,
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
        let mut entries = self.lock();
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

    /// Waits until something was found out, or for a while.
    pub(crate) fn wait(&self) {
        const WHILE: Duration = Duration::from_millis(100);
        drop(self.changed.wait_timeout(self.lock(), WHILE));
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Asking<'_> {
    /// Enters what was found out.
    pub(crate) fn found(self, rules: Rules, now: Moment) {
        let lasts = match rules {
            Rules::Given(_) => LAST,
            Rules::Unknown(_) => UNKNOWN_LAST,
        };
        let known = Entry::Known { until: now.plus(lasts), rules };
        self.book.lock().insert(self.origin.clone(), known);
    }
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        let mut entries = self.book.lock();
        if let Some(Entry::Asked) = entries.get(&self.origin) {
            entries.remove(&self.origin);
        }
        drop(entries);
        self.book.changed.notify_all();
    }
}
