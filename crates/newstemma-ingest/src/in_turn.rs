//! Files that are read a record at a time: what they share, whatever their format.

use newstemma_model::{Page, Warning};
use std::collections::VecDeque;
use std::io::BufRead;

/// What reading a record may give: its pages, and what is wrong with it.
pub(crate) type Found = VecDeque<Result<Page, Warning>>;

/// A format whose records follow one another.
pub(crate) trait Records {
    /// Reads one record; whether others may follow.
    fn read_one(&mut self, input: &mut dyn BufRead) -> bool;
    /// What was found and not yet taken.
    fn found(&mut self) -> &mut Found;
}

/// The pages of a file, of which one record is in memory.
pub(crate) struct InTurn<R> {
    /// Nothing, once no record can follow.
    input: Option<Box<dyn BufRead + Send>>,
    records: R,
}

impl<R: Records> InTurn<R> {
    pub(crate) fn new(input: Box<dyn BufRead + Send>, records: R) -> InTurn<R> {
        InTurn { input: Some(input), records }
    }
}

impl<R: Records> Iterator for InTurn<R> {
    type Item = Result<Page, Warning>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.records.found().pop_front() {
                return Some(item);
            }
            let mut input = self.input.take()?;
            if self.records.read_one(&mut *input) {
                self.input = Some(input);
            }
        }
    }
}
