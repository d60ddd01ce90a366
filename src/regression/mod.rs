//! Meta-regression: effects explained by moderators.
//!
//! Use it to ask why studies disagree: whether effects grow with the dose, differ between kinds of studies, or fade with
//! the year. [`MetaRegression`] holds the choices, [`MetaRegression::fit`] gives a [`RegressionFit`], everything else reads
//! the fit. Moderators come from a formula ([`table::FormulaDesign`](crate::table::FormulaDesign)) or as numbers ([`Design`]).
//!
//! # Model
//!
//! yᵢ = xᵢ'β + uᵢ + εᵢ, Var(uᵢ) = tau² (0 for fixed effects), Var(εᵢ) = vᵢ; b = (X'WX)⁻¹X'Wy with w = 1 / (v + tau²), or given
//! weights. What the moderators leave is the residual tau²; R² is the share of tau² that they take away.
//!
//! # Algorithm
//!
//! Every estimator of [`tau2`](crate::tau2) works on the orthonormalized design, through p-by-p matrices: cost O(k p²) for each
//! evaluation, memory O(k p), and no digits lost to the origin or unit of a moderator. Likelihoods are searched for their
//! global maximum.
//!
//! # Edge cases
//!
//! As many coefficients as studies, and columns that say the same, are refused with their names; tau² at 0 is noted, as are
//! fewer than 10 studies for each moderator. Without an intercept there is no R².
//!
//! # Example
//!
//! The efficacy of BCG vaccination grows with the distance from the equator (Berkey et al. 1995, Colditz et al. 1994):
//!
//! ```
//! use consilience::{EffectSizes, Measure, regression::{MetaRegression, Design}, tau2::Tau2};
//!
//! let yi = [-0.8893113339, -1.5853886572, -1.3480731483, -1.4415511900, -0.2175473222, -0.7861155858, -1.6208982236,
//!     0.0119523335, -0.4694176487, -1.3713448035, -0.3393588283, 0.4459134006, -0.0173139482];
//! let vi = [0.3255847650, 0.1945811214, 0.4153679654, 0.0200100319, 0.0512101722, 0.0069056185, 0.2230172476,
//!     0.0039615793, 0.0564342105, 0.0730247936, 0.0124122140, 0.5325058452, 0.0714046597];
//! let latitude = [44.0, 55.0, 42.0, 52.0, 13.0, 44.0, 19.0, 13.0, 27.0, 42.0, 18.0, 33.0, 33.0];
//! let effects = EffectSizes::new(Measure::RiskRatio, (1..=13).map(|trial| format!("trial {trial}")), yi, vi)?;
//! let design = Design::with_intercept(13).column("ablat", latitude)?;
//!
//! let fit = MetaRegression::new(Tau2::Reml).fit(&effects, &design)?;
//! let slope = fit.coefficient("ablat")?;
//! assert!((slope.estimate - -0.0291).abs() < 5e-5 && (slope.se - 0.0072).abs() < 5e-5);
//! assert!((fit.r2.unwrap_or(0.0) - 75.63).abs() < 5e-3);
//! let at_equator_and_north = [0.0, 50.0].map(|latitude| fit.predict_at(&[("ablat", latitude)]));
//! assert!(at_equator_and_north[1].as_ref().is_ok_and(|p| p.transformed.estimate.is_some_and(|rr| rr < 0.35)));
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! | file | holds |
//! |---|---|
//! | `options`, `fit` | the choices and the fit |
//! | `matrix` | a design as plain numbers |
//! | `kernel`, `inference`, `kenward_roger` | weighted least squares, standard errors and tests |
//! | `predict`, `marginal`, `bubble` | predicted effects, marginal means, the data of a bubble plot |
//! | `contrasts`, `adjust`, `max_t`, `compare` | subsets, contrasts with adjusted P values, likelihood ratios |
//! | `robust`, `wild_bootstrap` | inference by clusters |
//! | `permutation` | permutation tests and intervals |
//! | `deletion`, `diagnostics` | models without one study; residuals, leverage, influence |
//! | `inflation` | variance inflation and its simulated reference |
//! | `bootstrap` | the interval of R² |
//! | `multimodel` | all subsets of the moderators |
//! | `location_scale`, `scale_likelihood` | moderators of tau² |
//! | `notes` | the flags that go with a fit |
//!
//! # References
//!
//! - Berkey C. S., Hoaglin D. C., Mosteller F., Colditz G. A. (1995). A random-effects regression model for meta-analysis.
//!   *Statistics in Medicine* 14, 395-411. doi:10.1002/sim.4780140406
//! - Raudenbush S. W. (2009). Analyzing effect sizes: random-effects models. In *The Handbook of Research Synthesis and
//!   Meta-Analysis*, 2nd ed., 295-315.
//! - Knapp G., Hartung J. (2003). Improved tests for a random effects meta-regression with a single covariate. *Statistics
//!   in Medicine* 22, 2693-2710. doi:10.1002/sim.1482
//! - Viechtbauer W., López-López J. A., Sánchez-Meca J., Marín-Martínez F. (2015). A comparison of procedures to test for
//!   moderators in mixed-effects meta-regression models. *Psychological Methods* 20, 360-374. doi:10.1037/met0000023

#[cfg(feature = "random")]
mod bootstrap;
mod compare;
pub(crate) mod deletion;
mod diagnostics;
mod fit;
mod inference;
mod inflation;
mod kenward_roger;
mod kernel;
mod location_scale;
mod multimodel;
mod notes;
mod options;
mod permutation;
#[cfg(feature = "random")]
mod random;
mod readings;
mod robust;
mod scale_likelihood;
#[cfg(feature = "random")]
mod wild_bootstrap;

pub use crate::linear::{
    Adjustment, Bubble, BubbleData, Coefficient, Contrast, Contrasts, Design, Intercept, MarginalMeans,
    MarginalWeights, Point, PredictedEffect, SubsetTest, TestDistribution, TestedContrast, WaldTest,
};
#[cfg(feature = "random")]
pub use bootstrap::{R2Bootstrap, R2Interval, Resampling};
pub use compare::{ComparedModel, ModelComparison};
pub use diagnostics::StudyDiagnostics;
pub use fit::RegressionFit;
pub use inflation::Inflation;
pub use location_scale::{LocationScale, LocationScaleFit, ScaleCoefficient, ScaleLink};
pub use multimodel::{Candidate, Criterion, Importance, Multimodel};
pub use options::MetaRegression;
pub use permutation::{
    Arrangements, Permutation, PermutationDistribution, PermutationInterval, PermutationOptions,
    PermutationStatistic,
};
#[cfg(feature = "random")]
pub use wild_bootstrap::{WildBootstrap, WildTest, WildWeights};

use inference::Regressed;
