//! How much of a collection a writer holds in memory.

/// How many bytes of memory, about, a [`Writer`](crate::Writer) uses for what it has taken up from the
/// file. What goes beyond is forgotten between two batches, and changes nothing but the time: what is
/// needed again is read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For what reports are found by. The days around those that are added are held in any case, for a
    /// report without a date all days: a report of 4,000 characters takes up to 10 kB, one of 200 some
    /// 2 kB.
    pub found_bytes: usize,
    /// For what reports are compared by: 5 kB with four sentences, 35 kB with sixty or more.
    pub profiles_bytes: usize,
    /// For how reports are grouped. Their names and places, which are forgotten with it, take about as
    /// much again.
    pub grouped_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { found_bytes: 300_000_000, profiles_bytes: 600_000_000, grouped_bytes: 200_000_000 }
    }
}
