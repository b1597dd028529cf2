//! What is known of an address from one round to the next.

use crate::client::Validators;
use crate::moment::Moment;
use crate::warc::Earlier;
use serde::{Deserialize, Serialize};

/// Most lists beside its parent that an address is known to be named by, the last ones: it is in memory
/// once for each.
const OTHERS_MAX: usize = 8;

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
    /// Other lists that named it, the last at the end, each until it is read without it: a list that did
    /// not change is not read again, and would not name it when the parent does not any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) others: Vec<String>,
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
    /// When it failed last, if it is a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) failed: Option<Moment>,
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
            others: Vec::new(),
            depth: 0,
            listed,
            changed: None,
            due: true,
            not_before: None,
            answered: None,
            failed: None,
            failures: 0,
            given_up: None,
            last: None,
        }
    }

    /// The lists that name it.
    pub(crate) fn named_by(&self) -> impl Iterator<Item = &str> {
        self.parent.iter().chain(&self.others).map(String::as_str)
    }

    /// A list names it, which becomes its parent.
    pub(crate) fn put_below(&mut self, list: &Known) {
        self.not_named_by(&list.url);
        let former = self.parent.replace(list.url.clone());
        self.others.extend(former);
        self.depth = list.depth + 1;
        self.bound_others();
    }

    /// A list names it that does not become its parent.
    pub(crate) fn named_also_by(&mut self, list: &Known) {
        if list.url != self.url && self.named_by().all(|url| url != list.url) {
            self.others.push(list.url.clone());
            self.bound_others();
        }
    }

    /// A list does not name it any more. If that was its parent, the last of the others takes its place.
    pub(crate) fn not_named_by(&mut self, list: &str) {
        self.others.retain(|other| other != list);
        if self.parent.as_deref() == Some(list) {
            self.parent = self.others.pop();
        }
    }

    /// The user names it: it stands by itself.
    pub(crate) fn put_on_top(&mut self) {
        self.depth = 0;
        let Some(parent) = self.parent.take() else { return };
        self.others.push(parent);
        self.bound_others();
        // As what another list names it may have rested, since it did not change.
        if self.failures == 0 {
            self.not_before = None;
        }
    }

    fn bound_others(&mut self) {
        let surplus = self.others.len().saturating_sub(OTHERS_MAX);
        self.others.drain(..surplus);
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

#[cfg(test)]
mod tests {
    use super::{Kind, Known};
    use crate::moment::Moment;

    #[test]
    fn what_the_user_names_does_not_rest_but_for_its_failures() {
        let now = Moment::default();
        let list = Known::new(Kind::Source, "https://a.example/index", now);
        for failures in [0, 1] {
            let mut known = Known::new(Kind::Source, "https://a.example/map", now);
            known.put_below(&list);
            (known.failures, known.not_before) = (failures, Some(now));
            known.put_on_top();
            assert_eq!((known.parent.as_deref(), known.depth), (None, 0));
            assert_eq!(known.named_by().collect::<Vec<_>>(), [list.url.as_str()]);
            assert_eq!(known.not_before.is_some(), failures > 0);
        }
    }
}
