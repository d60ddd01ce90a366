//! Time to event: hazard ratios from what trials report, and from published survival curves.
//!
//! | reported | use |
//! |---|---|
//! | hazard ratio with interval or P value | [`super::standard_error`] |
//! | O - E and V, observed and expected events, log-rank P value | [`log_rank`] |
//! | a survival curve read at a few times | [`curves`] (Parmar 1998; Tierney 2007) |
//! | a digitised curve with numbers at risk | [`kaplan_meier`]: individual data (Guyot 2012), then Cox regression or the restricted mean |

pub mod curves;
pub mod kaplan_meier;
pub mod log_rank;
pub mod subjects;
