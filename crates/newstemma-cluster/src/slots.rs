//! What is known of reports, by their numbers.
//!
//! Whoever groups looks up where thousands of reports are for each that comes; the hash of the standard
//! library showed among what settling costs.

use crate::link::Slot;
use foldhash::fast::RandomState;
use std::collections::HashMap;

/// By the numbers of reports. Looked up, never walked through.
pub type SlotMap<T> = HashMap<Slot, T, RandomState>;
