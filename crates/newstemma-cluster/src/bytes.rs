//! Profiles as bytes, so that a collection need not read its reports again to compare them.
//!
//! Little-endian, lists with their length in front. What belongs to the report itself (its id, its
//! day, its language) is not repeated. A profile is worth keeping only beside the version that made it.

use crate::profile::{LEAD_SENTENCES, Profile};
use crate::rarity::Weighed;
use crate::rows::{Rows, digests};
use newstemma_model::{Day, Language, ReportId, digest};

/// Changes whenever a profile of the same report would be another.
const VERSION: u8 = 1;

impl Profile {
    /// The profile as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![VERSION];
        for rows in [&self.mean, &self.sentences] {
            length(&mut out, rows.dim);
            length(&mut out, rows.len());
            rows.scales.iter().for_each(|scale| out.extend(scale.to_le_bytes()));
            out.extend(rows.steps.iter().map(|&step| step as u8));
        }
        length(&mut out, self.long.len());
        self.long.iter().for_each(|index| out.extend(index.to_le_bytes()));
        for bag in [&self.words, &self.names, &self.figures, &self.dates] {
            out.extend(bag.said.to_le_bytes());
            length(&mut out, bag.keys.len());
            for (key, weight) in &bag.keys {
                out.extend(key.to_le_bytes());
                out.extend(weight.to_le_bytes());
            }
        }
        length(&mut out, self.runs.len());
        self.runs.iter().for_each(|run| out.extend(run.to_le_bytes()));
        out
    }

    /// The profile of a report from its bytes. `None` if they are damaged, or of another version.
    pub fn from_bytes(
        report: ReportId,
        day: Option<Day>,
        language: Language,
        bytes: &[u8],
    ) -> Option<Profile> {
        let mut read = Reader(bytes);
        (read.number::<1>()? == [VERSION]).then_some(())?;
        let mut profile = Profile {
            report,
            day,
            language,
            mean: read.rows()?,
            sentences: read.rows()?,
            long: read.list(|read| read.number().map(u16::from_le_bytes))?,
            words: read.bag()?,
            names: read.bag()?,
            figures: read.bag()?,
            dates: read.bag()?,
            runs: read.list(|read| read.number().map(u64::from_le_bytes))?,
            leads: Vec::new(),
            content: digest(&[bytes]),
        };
        profile.leads = digests(&profile.sentences, LEAD_SENTENCES);
        read.0.is_empty().then_some(profile)
    }

    /// The mean of its sentences' vectors, by which it is found by meaning: a step a value, and what
    /// a step is worth.
    pub fn mean(&self) -> (f32, &[i8]) {
        (self.mean.scales.first().copied().unwrap_or(0.0), &self.mean.steps)
    }
}

pub(crate) fn length(out: &mut Vec<u8>, length: usize) {
    out.extend((length as u32).to_le_bytes());
}

/// Takes numbers and lists from the front of bytes.
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub(crate) fn number<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn length(&mut self) -> Option<usize> {
        usize::try_from(u32::from_le_bytes(self.number()?)).ok()
    }

    pub(crate) fn list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let count = self.length()?;
        (0..count).map(|_| item(self)).collect()
    }

    fn rows(&mut self) -> Option<Rows> {
        let (dim, count) = (self.length()?, self.length()?);
        let scale = |_| self.number().map(f32::from_le_bytes);
        let scales = (0..count).map(scale).collect::<Option<Vec<f32>>>()?;
        let steps = self.take(dim.checked_mul(count)?)?.iter().map(|&step| step as i8).collect();
        Some(Rows { dim, scales, steps })
    }

    fn bag(&mut self) -> Option<Weighed> {
        let said = f32::from_le_bytes(self.number()?);
        let keys = self.list(|read| {
            let key = u64::from_le_bytes(read.number()?);
            Some((key, f32::from_le_bytes(read.number()?)))
        })?;
        Some(Weighed { keys, said })
    }
}
