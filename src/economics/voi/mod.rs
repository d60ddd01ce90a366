//! The value of information: on some parameters, from a new study, and what a study is worth to a population.
//!
//! | question | start at |
//! |---|---|
//! | what is it worth to know some parameters | [`Evppi`] |
//! | the same with a model that can be run again | `nested_evppi` (feature `random`) |
//! | what is a study of n worth | [`ConditionalExpectations::evsi_gaussian`], [`evsi_from_summaries`], [`ConditionalExpectations::evsi_importance`], [`ConditionalExpectations::evsi_moment_matching`] |
//! | the same when net benefit is normal | [`unit_normal_loss`], [`evsi_normal`], [`NewTrial`] |
//! | which study should be done | [`Population`], [`StudyDesign`] |
//!
//! # Model
//!
//! With φ some of the parameters, EVPPI = E_φ max_d E(NB_d | φ) - max_d E(NB_d). The inner expectation is a regression of the
//! draws of costs and effects on those of φ: differences from the first option are smoothed, cost and effect apart, so that
//! one fit serves every threshold λ through λĝ_e - ĝ_c.
//!
//! The standard error is sd(v)/√N of v_i = NB_i,δ(φ_i) - NB_i,d*, the gain of the draw itself under the decision δ that
//! its expectations imply; the error of choosing δ is of second order.
//!
//! # Edge cases
//!
//! The estimate can exceed EVPI or differ from theory by noise: the raw value is kept beside the one brought within 0 and
//! EVPI, with a note. Too few draws for the basis is an error.
//!
//! # References
//!
//! - Strong M, Oakley JE, Brennan A (2014). Estimating multiparameter partial expected value of perfect information from a
//!   probabilistic sensitivity analysis sample: a nonparametric regression approach. *Medical Decision Making* 34:311-326.
//!   doi:10.1177/0272989X13505910
//! - Strong M, Oakley JE (2013). An efficient method for computing single-parameter partial expected value of perfect
//!   information. *Medical Decision Making* 33:755-766. doi:10.1177/0272989X12465123
//! - Raiffa H, Schlaifer R (1961). *Applied Statistical Decision Theory*. Harvard University.

mod evppi;
pub mod evsi;
mod gaussian_process;
#[cfg(feature = "random")]
mod nested;
pub mod normal;
pub mod population;
mod segments;
mod smoother;
mod spline;

pub use evppi::{
    ConditionalExpectations, Evppi, EvppiMethod, EvppiPoint, EvppiResult, RegressionDiagnostics,
};
pub use evsi::{EvsiPoint, evsi_from_summaries};
#[cfg(feature = "random")]
pub use nested::{NestedEvppi, nested_evppi};
pub use normal::{NewTrial, evsi_normal, unit_normal_loss};
pub use population::{Enbs, EnbsCurve, Population, StudyDesign};
