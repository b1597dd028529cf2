//! Which reports have a key, of many keys that few reports have.
//!
//! A vector for each key would take more room than what is in it: most keys are one report's only. So
//! the lists of all keys are in one vector, each entry with the place of the one before it.

use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::iter::successors;

/// Bytes that an entry takes, with its part of the table.
pub(crate) const ENTRY_BYTES: usize = 36;

/// By key the positions of those who have it. Looked up, never walked through.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    /// The place of the last entry of each list.
    last: HashMap<u64, u32, RandomState>,
    entries: Vec<Entry>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    position: u32,
    /// The place of the entry before it in its list.
    before: Option<u32>,
}

impl Lists {
    /// Puts a position into the lists of keys.
    pub(crate) fn enter(&mut self, keys: &[u64], position: u32) {
        for &key in keys {
            let place = self.entries.len() as u32;
            let before = self.last.insert(key, place);
            self.entries.push(Entry { position, before });
        }
    }

    /// The positions of those who have a key, the last first.
    pub(crate) fn having(&self, key: u64) -> impl Iterator<Item = u32> {
        let entry = |place: u32| self.entries.get(place as usize);
        let last = self.last.get(&key).and_then(|&place| entry(place));
        successors(last, move |at| at.before.and_then(entry)).map(|at| at.position)
    }
}

#[cfg(test)]
mod tests {
    use super::Lists;

    #[test]
    fn each_key_finds_those_who_have_it() {
        let mut lists = Lists::default();
        [&[7, 8][..], &[8], &[9, 8]].iter().zip(0..).for_each(|(keys, at)| lists.enter(keys, at));
        let having = |key| lists.having(key).collect::<Vec<u32>>();
        assert_eq!([having(7), having(8), having(9)], [vec![0], vec![2, 1, 0], vec![2]]);
        assert!(having(10).is_empty());
    }
}
