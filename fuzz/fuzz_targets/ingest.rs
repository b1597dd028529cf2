//! Every reader of `newstemma-ingest`, through the one door that they have: the first bytes choose
//! the reader. Nothing may panic, hang or grow; something is said of every source; and the same
//! bytes give the same pages.
#![no_main]

use libfuzzer_sys::fuzz_target;
use newstemma_ingest::{ReadOptions, pages_of};
use std::io::Cursor;

fuzz_target!(|bytes: &[u8]| {
    let read = || pages_of("a", Box::new(Cursor::new(bytes.to_vec())), ReadOptions::default());
    let first: Vec<_> = read().collect();
    assert!(!first.is_empty(), "nothing is said of the source");
    assert!(read().eq(first), "the same bytes gave other pages");
});
