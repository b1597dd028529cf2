//! Counts what was passed over in a file of many records, so that it is told once.

use newstemma_model::{Severity, Warning};

/// How often things of each kind were passed over, and which was the first.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    kinds: Vec<Kind>,
}

#[derive(Debug)]
struct Kind {
    what: &'static str,
    severity: Severity,
    count: usize,
    first: usize,
}

impl Tally {
    /// Counts record `index`, which is one of `what`, as something that is missing.
    pub(crate) fn count(&mut self, what: &'static str, index: usize) {
        self.count_as(Severity::Loss, what, index);
    }

    /// Counts record `index`, which is one of `what`.
    pub(crate) fn count_as(&mut self, severity: Severity, what: &'static str, index: usize) {
        match self.kinds.iter_mut().find(|k| k.what == what) {
            Some(kind) => kind.count += 1,
            None => self.kinds.push(Kind { what, severity, count: 1, first: index }),
        }
    }

    /// One warning a kind, in the order in which the kinds were met.
    pub(crate) fn warnings(&self, name: &str) -> Vec<Warning> {
        let told = |kind: &Kind| {
            let message = format!("{}: {}, the first #{}", kind.what, kind.count, kind.first);
            Warning { severity: kind.severity, ..Warning::new(name, message) }
        };
        self.kinds.iter().map(told).collect()
    }
}
