//! Data from other programs and other shapes.
//!
//! [`pairwise`] turns a table with one row for each arm into one row for each comparison. `revman` (feature `revman`) reads
//! the files of Review Manager 5.

pub mod pairwise;
#[cfg(feature = "revman")]
pub mod revman;
