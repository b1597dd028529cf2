//! What a report is found by, among those that it may be worth comparing with.
//!
//! A part of the profile that is small enough to be held of every report of some weeks: the rarest
//! words, the names, the sampled runs of words, and the signs of the mean vector's values, a bit each.
//! Of two vectors at an angle `a` a share `a / π` of the signs differ, give or take .022 for 512
//! values.

use crate::bytes::{Reader, length};
use crate::profile::Profile;
use crate::rarity::heaviest;
use newstemma_model::digest;

/// Words, and names, by which others are found.
const KEYS_MAX: usize = 20;
/// What the names of a report must [say](crate::rarity::Weighed::said) for it to be strange that
/// another names nobody of them: two rare names do.
const NAMED_MIN: f32 = 0.5;

/// The signs of a mean vector's first 512 values, a bit each.
pub(crate) type Signs = [u64; 8];

/// What a report is found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub(crate) signs: Signs,
    /// Its language: the digest of its tag.
    pub(crate) language: u32,
    /// Whether its names say much.
    pub(crate) is_named: bool,
    /// Its rarest words, ascending; half of each hash will do.
    pub(crate) words: Vec<u32>,
    /// Its rarest names.
    pub(crate) names: Vec<u64>,
    /// A sample of its runs of words, ascending.
    pub(crate) runs: Vec<u64>,
}

impl Profile {
    /// What the report is found by.
    pub fn finding(&self) -> Finding {
        let mut words: Vec<u32> =
            heaviest(&self.words, KEYS_MAX).into_iter().map(|key| key as u32).collect();
        words.sort_unstable();
        words.dedup();
        Finding {
            signs: signs(self),
            language: digest(&[self.language.to_string().as_bytes()]) as u32,
            is_named: self.names.said >= NAMED_MIN,
            words,
            names: heaviest(&self.names, KEYS_MAX),
            runs: self.runs.clone(),
        }
    }
}

impl Finding {
    /// What a report is found by, as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![u8::from(self.is_named)];
        out.extend(self.language.to_le_bytes());
        self.signs.iter().for_each(|word| out.extend(word.to_le_bytes()));
        length(&mut out, self.words.len());
        self.words.iter().for_each(|key| out.extend(key.to_le_bytes()));
        for keys in [&self.names, &self.runs] {
            length(&mut out, keys.len());
            keys.iter().for_each(|key| out.extend(key.to_le_bytes()));
        }
        out
    }

    /// The same from its bytes; `None` if they are damaged.
    pub fn from_bytes(bytes: &[u8]) -> Option<Finding> {
        let mut read = Reader(bytes);
        let [is_named] = read.number::<1>()?;
        let language = u32::from_le_bytes(read.number()?);
        let mut signs = Signs::default();
        for word in &mut signs {
            *word = u64::from_le_bytes(read.number()?);
        }
        let key = |read: &mut Reader<'_>| read.number().map(u64::from_le_bytes);
        let finding = Finding {
            signs,
            language,
            is_named: is_named == 1,
            words: read.list(|read| read.number().map(u32::from_le_bytes))?,
            names: read.list(key)?,
            runs: read.list(key)?,
        };
        read.0.is_empty().then_some(finding)
    }
}

fn signs(profile: &Profile) -> Signs {
    let mut signs = Signs::default();
    let chunks = profile.mean.row(0).steps.chunks(u64::BITS as usize);
    for (word, steps) in signs.iter_mut().zip(chunks) {
        *word = steps.iter().fold(0, |word, &step| (word << 1) | u64::from(step < 0));
    }
    signs
}
