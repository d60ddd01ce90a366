//! The printed forms of fits, in the layouts that users know.
//!
//! Every fit and report gives its `sections()`; the writers of [`text`](crate::text) make plain text (`Display`), Markdown, HTML and
//! RTF of them.

mod bias;
mod consequences;
mod glmm;
mod influence;
mod methods;
mod multilevel;
mod multiverse;
mod network;
mod network_review;
mod outliers;
mod parts;
mod pool;
mod provenance;
mod regression;
mod regression_parts;
mod review;
mod review_multilevel;
mod sequential;

pub use network_review::NetworkReview;
pub use provenance::ReportOrigin;
pub use regression::predictions_grid;
pub use regression_parts::{diagnostics_grid, inflation_grid};
pub use review::ReviewReport;
pub use review_multilevel::MultilevelReport;

pub use crate::text::{
    Align, Block, Document, DocumentFigure, Grid, Section, fixed, interval, p_value, p_value_sentence,
    percent,
};
