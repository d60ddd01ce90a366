//! Data from other programs and other shapes.
//!
//! | module | reads |
//! |---|---|
//! | [`pairwise`] | one row for each arm, into one row for each comparison, and back |
//! | `revman` (feature `revman`) | the files of Review Manager 5 (`.rm5`) |
//! | `cochrane` (feature `csv`) | the data package of a Cochrane review, as RevMan writes it |
//! | `revman_export` (feature `csv`) | the analysis data that Review Manager 5 exports as CSV |
//! | `revman_web` (feature `csv`) | the table of an analysis in RevMan |
//! | `cma` (feature `csv`) | the spreadsheet of Comprehensive Meta-Analysis |
//!
//! All but the first return an [`ImportedReview`]. Files are not trusted: what is too large, not a text, or of another format is
//! refused with the place and the reason. Switches of the other program that change an effect (events exchanged with
//! non-events, estimates entered as ratios, a direction of effect) are carried out and recorded; what is in a file and not
//! known is named in the notes.

#[cfg(feature = "csv")]
pub mod cma;
#[cfg(feature = "csv")]
pub mod cochrane;
#[cfg(any(feature = "csv", feature = "revman"))]
pub mod encoding;
pub mod pairwise;
mod review;
#[cfg(feature = "revman")]
pub mod revman;
#[cfg(feature = "csv")]
pub mod revman_export;
#[cfg(feature = "csv")]
pub mod revman_web;
#[cfg(feature = "csv")]
mod sheet;
#[cfg(feature = "revman")]
mod xml;

pub use review::{AnalysisSettings, ImportedReview, PublishedEstimate, ReviewRow, RowData};
