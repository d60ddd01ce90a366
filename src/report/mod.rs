//! Tables and text: what the fits print, in the layouts that users know.
//!
//! | file | holds |
//! |---|---|
//! | `number` | fixed decimals, P values, intervals |
//! | `layout` | a grid of cells as aligned text, Markdown or CSV |
//! | `bias` | tests and adjustments for small-study effects |
//! | `consequences` | costs and consequences side by side |
//! | `document` | sections, tables and figures as HTML, Markdown or RTF; the report of a review |
//! | `influence` | case diagnostics, leave-one-out, cumulative fits, subsets |
//! | `notes` | the notes at the end |
//! | `outliers`, `sequential` | models with outliers; sequential analysis and fragility |
//! | `pool` | the printed fit of a pooling model |
//! | `methods` | the list of methods actually used, and paragraphs for a paper |
//! | `multilevel` | the printed fit of a multilevel model |
//! | `multiverse` | the table of all methods |
//! | `regression` | the printed fit of a meta-regression, contrasts, comparisons |

mod bias;
mod consequences;
mod document;
mod influence;
mod layout;
mod methods;
mod multilevel;
mod multiverse;
mod network;
mod notes;
mod number;
mod outliers;
mod pool;
mod regression;
mod regression_parts;
mod sequential;

pub use document::{Block, Document, Figure, Provenance, ReviewReport, Section};
pub use layout::{Align, Grid};
pub use number::{fixed, interval, p_value, p_value_sentence, percent};
pub use regression_parts::{diagnostics_grid, inflation_grid};
