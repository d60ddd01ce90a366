//! The printed forms of fits, in the layouts that users know.
//!
//! Every fit and report gives its `sections()`; the writers of [`text`](crate::text) make plain text (`Display`), Markdown, HTML and
//! RTF of them.

#[cfg(feature = "bias")]
mod bias;
#[cfg(feature = "default")]
mod consequences;
#[cfg(feature = "glmm")]
mod glmm;
#[cfg(feature = "influence")]
mod influence;
mod methods;
#[cfg(feature = "multilevel")]
mod multilevel;
mod multiverse;
#[cfg(feature = "network")]
mod network;
#[cfg(feature = "network")]
mod network_review;
#[cfg(feature = "influence")]
mod outliers;
mod parts;
mod pool;
mod provenance;
mod regression;
mod regression_parts;
#[cfg(feature = "default")]
mod review;
#[cfg(feature = "default")]
mod review_multilevel;
#[cfg(feature = "influence")]
mod sequential;

#[cfg(feature = "network")]
pub use network_review::NetworkReview;
pub use provenance::ReportOrigin;
pub use regression::predictions_grid;
pub use regression_parts::{diagnostics_grid, inflation_grid};
#[cfg(feature = "default")]
pub use review::ReviewReport;
#[cfg(feature = "default")]
pub use review_multilevel::MultilevelReport;

pub use crate::text::{
    Align, Block, Document, DocumentFigure, Grid, Section, fixed, interval, p_value, p_value_sentence,
    percent,
};
