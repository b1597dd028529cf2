//! How much of anything is held in memory at once.

/// Longest text, in bytes, that spans can point into.
pub(crate) const TEXT_BYTES_MAX: usize = u32::MAX as usize;

/// Longest page of a web archive, in bytes. Crawlers cut pages off long before.
pub(crate) const PAGE_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Longest whole file, or record of one, that is unpacked into memory. A file as long as this that
/// was not packed is on the disk of someone who meant it.
pub(crate) const UNPACKED_BYTES_MAX: usize = 256 * 1024 * 1024;
