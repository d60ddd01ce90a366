//! Economic evaluation alongside a trial: from patients to differences, net benefit, acceptability and subgroups.
//!
//! Give [`TrialData`] the cost and effect of every patient; [`TrialAnalysis`] compares the arms.
//!
//! | question | answer |
//! |---|---|
//! | differences, unadjusted | Welch's or pooled variances, with the covariance of cost and effect |
//! | adjusted | the same or different covariates for cost and effect: seemingly unrelated regressions |
//! | cluster-randomized | CR2 standard errors with t and Satterthwaite's degrees of freedom, bootstrap of clusters |
//! | subgroups | net-benefit regression with interactions, for all thresholds at once |
//! | skewed costs | `TrialAnalysis::bootstrap` (feature `random`), [`CostGlm`] |
//! | missing data | fit each imputed data set and pool with [`ImputedIncremental`] |
//! | QALYs from utilities | [`qaly()`], then adjust the effect for baseline utility |
//!
//! # Model
//!
//! A net-benefit regression NB_i = λe_i - c_i on treatment and covariates has as its treatment coefficient the adjusted
//! net benefit at λ. As least squares are linear, two regressions (of cost, of effect) with the covariance of their
//! treatment coefficients give the net benefit at every λ; the joint fit is described at
//! [`TrialAnalysis::fit`] and in the source.
//!
//! ```
//! use consilience::{Level, economics::{TrialAnalysis, TrialData}};
//!
//! let data = TrialData::new(
//!     &["new", "new", "new", "old", "old", "old"],
//!     [120.0, 80.0, 160.0, 60.0, 70.0, 110.0],
//!     [0.71, 0.66, 0.79, 0.64, 0.60, 0.71],
//!     "new",
//!     "old",
//! )?;
//! let fit = TrialAnalysis::new().fit(&data)?;
//! assert!((fit.difference.cost() - 40.0).abs() < 1e-12);
//! assert!((fit.difference.inb(1000.0, Level::default())?.estimate - 30.0).abs() < 1e-9);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Hoch JS, Briggs AH, Willan AR (2002). Something old, something new, something borrowed, something blue: a framework
//!   for the marriage of health econometrics and cost-effectiveness analysis. *Health Economics* 11:415-430.
//!   doi:10.1002/hec.678
//! - Willan AR, Briggs AH, Hoch JS (2004). Regression methods for covariate adjustment and subgroup analysis for
//!   non-censored cost-effectiveness data. *Health Economics* 13:461-475. doi:10.1002/hec.843
//! - Zellner A (1962). An efficient method of estimating seemingly unrelated regressions and tests for aggregation bias.
//!   *Journal of the American Statistical Association* 57:348-368. doi:10.1080/01621459.1962.10480664

mod analysis;
#[cfg(feature = "random")]
pub mod bootstrap;
pub mod cost_glm;
mod data;
pub mod imputation;
pub mod qaly;
mod regression;

pub use analysis::{
    AcceptabilityPoint, ArmSummary, Reference, SubgroupDifference, TrialAnalysis, TrialFit, TrialSummary,
    TrialVariance,
};
#[cfg(feature = "random")]
pub use bootstrap::{BootstrapNetBenefit, BootstrapSummary, TrialBootstrap, Wedge};
pub use cost_glm::CostGlm;
pub use data::TrialData;
pub use imputation::ImputedIncremental;
pub use qaly::{Death, qaly};
