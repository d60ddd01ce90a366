//! Turns what papers report into what models need, with a record of what was assumed.
//!
//! | part | use it for |
//! |---|---|
//! | [`record`] | the record: sources, formula with reference, assumption; the table of assumptions |
//! | [`sensitivity`] | repeating an analysis over a range of an assumption |
//! | [`change`] | the SD of a change and the correlation behind it |
//! | [`pre_post_control`] | standardized mean changes of two groups (Morris, Becker) |
//! | [`two_by_two`] | tables from an odds ratio, phi or chi-square and margins, or from one risk |
//! | [`baseline_risk`] | absolute effects: risk difference, per 1000, number needed to treat |
//! | [`survival`] | hazard ratios from log-rank results and curves; individual data from Kaplan-Meier figures |
//! | [`metrics`] | from one effect measure to another |
//! | [`dichotomies`] | phi, biserial and tetrachoric correlations |
//! | [`import`] | long form to comparisons; files of Review Manager, Cochrane data packages, Comprehensive Meta-Analysis |
//! | [`mod@unit`] | clusters, cross-over trials, several arms, several outcomes |
//! | [`before_after`] | controlled before-after studies: differences in differences |
//! | [`standard_error`] | effects from intervals, P values (bounds included) and test statistics |
//! | [`summary`] | means and SDs from medians, quartiles and ranges; skewness tests |

pub mod baseline_risk;
pub mod before_after;
pub mod change;
mod check;
pub mod dichotomies;
pub mod import;
pub mod metrics;
pub mod pre_post_control;
pub mod record;
pub mod sensitivity;
pub mod standard_error;
pub mod summary;
pub mod survival;
pub mod two_by_two;
pub mod unit;

pub use record::{Assumption, Derived, Provenance, Quantity, Relation, Step};
