//! Where something stands in a text.

use crate::ReportId;
use std::ops::Range;

/// A range of bytes of one text, `start..end`, on character boundaries of it.
///
/// Offsets are UTF-8 bytes, not characters. The law: a span is only meaningful beside the text it
/// was made from; whoever changes a text throws its spans away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span `start..end` in bytes; `end` is raised to `start` if it lies before it.
    ///
    /// Texts are at most 4 GiB (the readers see to it); offsets beyond that saturate.
    pub fn new(start: usize, end: usize) -> Self {
        let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: clip(start), end: clip(end.max(start)) }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end() - self.start()
    }

    /// Whether nothing lies in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same as a range of indices.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The text it covers; empty if it does not fit this text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// Bytes that both cover.
    pub fn overlap(self, other: Span) -> usize {
        let start = self.start().max(other.start());
        self.end().min(other.end()).saturating_sub(start)
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The least span that covers both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span, moved right by `bytes`: from a part of a text to the whole of it.
    pub fn shifted(self, bytes: usize) -> Span {
        Span::new(self.start() + bytes, self.end() + bytes)
    }

    /// The span without white space at its ends.
    pub fn trimmed(self, text: &str) -> Span {
        let inside = self.of(text);
        let front = inside.len() - inside.trim_start().len();
        let kept = inside.trim().len();
        Span::new(self.start() + front, self.start() + front + kept)
    }
}

/// A span in the text of a certain report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Located {
    /// The report.
    pub report: ReportId,
    /// Where in its text.
    pub span: Span,
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn trimming_keeps_offsets_in_any_script() {
        let text = "\u{2003} Київ \n";
        let span = Span::new(0, text.len()).trimmed(text);
        assert_eq!(span.of(text), "Київ");
    }

    #[test]
    fn a_span_that_does_not_fit_covers_nothing() {
        assert_eq!(Span::new(1, 2).of("é"), "");
        assert_eq!(Span::new(7, 9).of("abc"), "");
        assert!(Span::new(9, 3).is_empty());
    }
}
