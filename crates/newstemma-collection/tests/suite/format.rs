//! Collections of every version are read for ever.
//!
//! `tests/versions` has a tiny one of each. To make that of a new version, run this test with
//! `NEWSTEMMA_BLESS` set; those of old versions stay as they are.

use crate::example::{add, folder, reports, set, sound_stories};
use std::path::{Path, PathBuf};

const VERSIONS: &[&str] = &["v1", "v2", "v3"];

/// The folder of the collection of a version.
pub(crate) fn committed(version: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/versions").join(version)
}

#[test]
fn a_collection_of_every_version_is_opened_checked_and_added_to() {
    if std::env::var_os("NEWSTEMMA_BLESS").is_some() {
        let made = folder("version-made");
        add(&made, &reports()[..3], 64);
        newstemma_collection::Writer::open(&made).unwrap().compact().unwrap();
        let newest = committed(VERSIONS[VERSIONS.len() - 1]);
        std::fs::create_dir_all(&newest).unwrap();
        std::fs::copy(made.join("collection.db"), newest.join("collection.db")).unwrap();
    }
    for version in VERSIONS {
        let folder = folder(&format!("version-{version}"));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::copy(committed(version).join("collection.db"), folder.join("collection.db"))
            .unwrap();
        assert_eq!(sound_stories(&folder), [set(&["fire-1", "fire-2", "fire-3"])].into());
        add(&folder, &reports(), 64);
        let stories = sound_stories(&folder);
        assert!(stories.contains(&set(&["fire-1", "fire-2", "fire-3", "fire-4"])), "{stories:?}");
    }
}
