//! Pages one after the other: the iterator behind [`crate::pages`].

use crate::find::{Source, find};
use crate::open::{Records, open, open_bytes};
use crate::stream::{self, Bytes};
use crate::warc::Warc;
use crate::{Input, ReadOptions};
use newstemma_model::{Page, Warning};

/// Pages of inputs, one after the other, in their order; an `Err` is something that was passed
/// over.
///
/// One source is open at a time. In memory is one of its records, or all of it where it is one
/// text.
pub struct Pages {
    warnings: std::vec::IntoIter<Warning>,
    sources: std::vec::IntoIter<Source>,
    options: ReadOptions,
    open: Option<Records>,
}

impl Pages {
    pub(crate) fn new(inputs: &[Input], options: ReadOptions) -> Pages {
        let (sources, warnings) = find(inputs);
        Pages { warnings: warnings.into_iter(), sources: sources.into_iter(), options, open: None }
    }

    pub(crate) fn of(name: &str, bytes: Bytes, options: ReadOptions) -> Pages {
        let open = Some(open_bytes(bytes, name, &options));
        let (warnings, sources) = (Vec::new().into_iter(), Vec::new().into_iter());
        Pages { warnings, sources, options, open }
    }

    pub(crate) fn of_records(name: &str, bytes: Bytes, before: usize) -> Pages {
        let archive: Records = Box::new(Warc::after(name, stream::open(bytes), before));
        let (warnings, sources) = (Vec::new().into_iter(), Vec::new().into_iter());
        Pages { warnings, sources, options: ReadOptions::default(), open: Some(archive) }
    }
}

impl Iterator for Pages {
    type Item = Result<Page, Warning>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(warning) = self.warnings.next() {
            return Some(Err(warning));
        }
        loop {
            if let Some(item) = self.open.as_mut().and_then(Iterator::next) {
                return Some(item);
            }
            self.open = Some(open(&self.sources.next()?, &self.options));
        }
    }
}
