//! Parquet: tables that are stored column by column, read by the crate `parquet`.
//!
//! The reader takes two minutes of one core to compile, a quarter of all the rest, so it is behind
//! the feature `parquet`; without it such a file is passed over, and the message says how to get it
//! read. Of the columns only those are read that hold a field of a record, some rows at a time, so
//! that memory does not grow with the file.

#[cfg(feature = "parquet")]
mod column;
#[cfg(feature = "parquet")]
mod enabled;
#[cfg(feature = "parquet")]
pub(crate) use enabled::open;

#[cfg(not(feature = "parquet"))]
mod disabled;
#[cfg(not(feature = "parquet"))]
pub(crate) use disabled::open;

/// What files begin and end with.
pub(crate) const MAGIC: &[u8] = b"PAR1";
