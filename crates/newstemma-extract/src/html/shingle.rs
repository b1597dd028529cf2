//! Whether a text stands in another one, white space and marks aside.
//!
//! Problem: pages repeat their article in their metadata, shortened, with other marks or inside
//! markup, so that no search for a paragraph finds it. Idea: all runs of [`RUN_CHARS`] letters of
//! the one are hashed; of the other, every fourth run is asked for. Cost: a few operations a
//! letter, since the hash of a run follows from that of the run before (Karp and Rabin, 1987).

use crate::hash::FastSet;
use std::collections::VecDeque;

/// Letters of a run.
const RUN_CHARS: usize = 16;

/// Runs of the other text that are passed over between two that are asked for.
const STEP: usize = 4;

/// The runs of letters of a text, by their hashes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shingles(FastSet<u64>);

impl Shingles {
    /// Those of a text.
    pub(crate) fn of(text: &str) -> Shingles {
        Shingles(hashes(text).collect())
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether most of a text stands in the one that these are of.
    pub(crate) fn hold(&self, text: &str) -> bool {
        self.share_of(text) > 0.5
    }

    /// Share of a text that stands in the one that these are of; 0 if it is shorter than a run.
    pub(crate) fn share_of(&self, text: &str) -> f32 {
        let (mut seen, mut found) = (0_u32, 0_u32);
        for hash in hashes(text).step_by(STEP) {
            seen += 1;
            found += u32::from(self.0.contains(&hash));
        }
        found as f32 / seen.max(1) as f32
    }
}

/// The letters and digits of a text.
pub(crate) fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric())
}

/// The letters and digits of a text in lower case, for comparing what is written in two places.
pub(crate) fn folded_letters(text: &str) -> String {
    letters(text).flat_map(char::to_lowercase).collect()
}

/// The hash of each run of letters.
fn hashes(text: &str) -> impl Iterator<Item = u64> {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    const OLDEST: u64 = BASE.wrapping_pow(RUN_CHARS as u32);
    let mut run: VecDeque<u64> = VecDeque::with_capacity(RUN_CHARS);
    let mut hash = 0_u64;
    letters(text).filter_map(move |c| {
        // One more than its number, so that no letter is nothing.
        let letter = u64::from(u32::from(c)) + 1;
        hash = hash.wrapping_mul(BASE).wrapping_add(letter);
        if run.len() == RUN_CHARS
            && let Some(oldest) = run.pop_front()
        {
            hash = hash.wrapping_sub(oldest.wrapping_mul(OLDEST));
        }
        run.push_back(letter);
        (run.len() == RUN_CHARS).then_some(hash)
    })
}

#[cfg(test)]
mod tests {
    use super::{Shingles, hashes};

    #[test]
    fn a_text_is_held_whatever_stands_between_its_letters() {
        let body = "Паром «Зоря» вийшов із порту на світанку, повідомив капітан порту.";
        let held = Shingles::of(body);
        assert!(held.hold("Паром Зоря вийшов із порту — на світанку!"));
        assert!(!held.hold("Паром «Зоря» залишиться в порту до понеділка."));
        assert!(!held.hold("Паром"));
        assert!(Shingles::of("Паром").is_empty());
    }

    #[test]
    fn a_run_has_the_same_hash_wherever_it_stands() {
        let alone: Vec<u64> = hashes("abcdefghijklmnop").collect();
        let inside: Vec<u64> = hashes("9876 abc-defg hijklmnop").collect();
        assert_eq!(inside.last(), alone.first());
    }
}
