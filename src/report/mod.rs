//! What the fits print, in the layouts that users know.
//!
//! Every fit and report gives its `sections()`; the writers of [`text`](crate::text) make plain text (`Display`), Markdown, HTML and
//! RTF of them.
//!
//! | file | holds |
//! |---|---|
//! | `bias` | tests and adjustments for small-study effects |
//! | `consequences` | costs and consequences side by side |
//! | `parts` | criteria of fit, notes: what several fits print |
//! | `influence` | case diagnostics, leave-one-out, cumulative fits, subsets |
//! | `outliers`, `sequential` | models with outliers; sequential analysis and fragility |
//! | `pool` | the printed fit of a pooling model |
//! | `methods` | the list of methods actually used, and paragraphs for a paper |
//! | `multilevel` | the printed fit of a multilevel model |
//! | `multiverse` | the table of all methods |
//! | `network`, `network_review` | paragraphs and the report of a network meta-analysis |
//! | `review` | the report of a review |
//! | `regression`, `regression_parts` | the printed fit of a meta-regression, contrasts, comparisons |

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
mod regression;
mod regression_parts;
mod review;
mod sequential;

pub use network_review::NetworkReview;
pub use regression::predictions_grid;
pub use regression_parts::{diagnostics_grid, inflation_grid};
pub use review::{Provenance, ReviewReport};

pub use crate::text::{
    Align, Block, Document, Figure, Grid, Section, fixed, interval, p_value, p_value_sentence, percent,
};
