//! Tables that live as long as a page.
//!
//! The keys are names of classes and runs of letters, millions of them in a long page; the hash of
//! the standard library costs as much as all else that is done with them. That of `foldhash` is fast and
//! begins with a number of its own in every process, so that a page cannot be made of keys that
//! collide. No table is ever iterated: the number decides nothing but where a key stands.

use foldhash::fast::RandomState;
use std::collections::{HashMap, HashSet};

/// A table with the fast hash.
pub(crate) type FastMap<K, V> = HashMap<K, V, RandomState>;

/// A set with the fast hash.
pub(crate) type FastSet<K> = HashSet<K, RandomState>;
