//! Multilevel and multivariate models: several effects per study, dependent in known and unknown ways.
//!
//! Use them when studies report more than one effect (outcomes, times, arms, sites) or come in groups (districts,
//! laboratories). Pooling such effects as if they were independent gives too much weight to studies that report many,
//! and intervals that are too narrow.
//!
//! # Model
//!
//! ```text
//! y = X β + Σ_r Z_r u_r + e,    u_r ~ N(0, G_r),    e ~ N(0, V),    Σ = V + Σ_r Z_r G_r Z_r'
//! ```
//!
//! | part | what it can be | type |
//! |---|---|---|
//! | `V` | variances; a correlation within clusters, constant or falling with time; given or derived matrices | [`SamplingCovariance`] |
//! | `u` | intercepts of nested or crossed factors, `G = σ² I` | [`RandomTerm::Intercept`] |
//! | `u` | intercepts with known correlations, of species on a tree for example | [`RandomTerm::Known`], [`KnownCorrelation`] |
//! | `u` | the levels of a factor within those of another, with a covariance structure | [`RandomTerm::Structured`], [`Structure`] |
//! | `u` | places, the more alike the closer | [`RandomTerm::Spatial`], [`Places`] |
//! | `u` | coefficients of covariates: random slopes | [`RandomTerm::Slopes`] |
//! | `X` | an intercept, or any design matrix | [`Design`] |
//!
//! The variances are estimated by REML or ML; single ones can be [held](Multilevel::fix) or [shared](Multilevel::share).
//! Every variance and correlation has a standard error and a profile-likelihood interval.
//!
//! # Inference and readings
//!
//! | question | answer |
//! |---|---|
//! | which distribution do tests have | [`CoefficientInference`]: normal, t, containment, Satterthwaite, Kenward-Roger; or cluster-robust, in the fit ([`Multilevel::robust`]) or after it ([`RobustFit`](crate::robust::RobustFit)) |
//! | is a variance needed | [`MultilevelFit::compare`], `MultilevelFit::bootstrap_test` (feature `random`) |
//! | how certain is all of it | `MultilevelFit::bootstrap` (feature `random`) |
//! | how far do studies differ, at which level | `i2` of each component, level and coefficient, [`MultilevelHeterogeneity::jackson_i2`] |
//! | what will a new study show, or a new effect of a known study | [`MultilevelFit::prediction`], [`MultilevelFit::predict_within`] |
//! | what deviates | [`MultilevelFit::random_effects`] |
//! | which study matters | [`MultilevelFit::influence`], [`MultilevelFit::weights`] |
//! | do small studies show more | [`DependentEffects`](crate::bias::DependentEffects) |
//!
//! # Algorithm
//!
//! The effects fall into independent blocks (the connected components of what they share). Nested intercepts with
//! independent sampling errors need no matrix at all: a recursion from the effects up computes the likelihood with its
//! exact first and second derivatives in time linear in the number of effects. Other models use a small Cholesky factor
//! for each block. Newton's method with the exact Hessian runs inside the box of possible values, from several starts,
//! until rounding stops it; the fit says what was found on the way ([`Optimization`]).
//!
//! # Edge cases
//!
//! A variance of 0 and a correlation of ±1 are possible estimates; they are exact and leave a note. A factor with one
//! level has its variance fixed at 0, with a note. Two factors that group the effects alike, a correlation of levels that
//! never occur together, sampling covariances that are not positive definite and moderators that are linearly dependent are errors
//! that say so. The likelihood of `SPLIN` has kinks, where its maximum often lies; it is found by a search over the range.
//! Crossed factors couple all effects: those with few levels are taken off the blocks (Woodbury), at a cost linear in the
//! number of effects and cubic in that of their levels; otherwise the cost grows with the cube of the largest block.
//!
//! # Example
//!
//! School calendars (Konstantopoulos 2011): 56 schools in 11 districts. Here the effects of the first three districts;
//! R's metafor 3.8 gives the same numbers.
//!
//! ```
//! use consilience::multilevel::{Factor, Multilevel};
//! use consilience::{EffectSizes, Measure};
//!
//! let yi = [-0.18, -0.22, 0.23, -0.30, 0.13, -0.26, 0.19, 0.32, 0.45, 0.38, 0.29];
//! let vi = [0.118, 0.118, 0.144, 0.144, 0.014, 0.014, 0.015, 0.024, 0.023, 0.043, 0.012];
//! let district = Factor::new("district", ["11", "11", "11", "11", "12", "12", "12", "12", "18", "18", "18"])?;
//! let school = Factor::new("school", ["1", "2", "3", "4", "1", "2", "3", "4", "1", "2", "3"])?;
//! let effects = EffectSizes::new(Measure::Generic, (1..=11).map(|i| i.to_string()), yi, vi)?;
//!
//! let fit = Multilevel::nested([district, school])?.fit(&effects)?;
//! assert_eq!(fit.variance_components[1].name, "district/school");
//! assert!((fit.coefficients[0].estimate - 0.132714).abs() < 1e-6);
//! assert!((fit.coefficients[0].se - 0.130161).abs() < 1e-6);
//! assert!((fit.variance_components[0].sigma2 - 0.032456).abs() < 1e-6);
//! assert!((fit.variance_components[1].sigma2 - 0.022189).abs() < 1e-6);
//! println!("{fit}");
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Konstantopoulos S. (2011). Fixed effects and variance components estimation in three-level meta-analysis. *Research
//!   Synthesis Methods* 2, 61-76. doi:10.1002/jrsm.35
//! - Jackson D., Riley R., White I. R. (2011). Multivariate meta-analysis: potential and promise. *Statistics in Medicine*
//!   30, 2481-2498. doi:10.1002/sim.4172
//! - Pustejovsky J. E., Tipton E. (2022). Meta-analysis with robust variance estimation: expanding the range of working
//!   models. *Prevention Science* 23, 425-438. doi:10.1007/s11121-021-01246-3
//! - Cheung M. W.-L. (2014). Modeling dependent effect sizes with three-level meta-analyses. *Psychological Methods* 19,
//!   211-229. doi:10.1037/a0032968
//! - Harville D. A. (1977). Maximum likelihood approaches to variance component estimation. *Journal of the American
//!   Statistical Association* 72, 320-338. doi:10.1080/01621459.1977.10480998

#[cfg(feature = "random")]
mod bootstrap;
mod compare;
mod components;
mod containment;
mod contrasts;
mod crossed;
mod crossing;
mod dense;
mod estimate;
mod factor;
mod fit;
mod held;
mod inference;
mod influence;
mod likelihood;
mod nested;
mod optimize;
mod options;
mod prepare;
mod profile;
mod profile_curve;
mod random;
mod readings;
mod robust;
mod sampling;
mod setting;
mod small;
mod small_sample;
mod structure;

pub use crate::linear::{Design, TestDistribution, WaldTest};
#[cfg(feature = "random")]
pub use bootstrap::{BootstrapTest, Drawn, MultilevelBootstrap};
pub use compare::NestedComparison;
pub use factor::Factor;
pub use fit::{
    MultilevelCoefficient, MultilevelFit, MultilevelHeterogeneity, MultilevelPrediction, Optimization,
    StructureEstimate, VarianceComponent,
};
pub use inference::CoefficientInference;
pub use influence::{ClusterInfluence, EffectWeight, LeftOut, MultilevelInfluence, Without};
pub use options::{ComponentIntervals, Estimation, Multilevel};
pub use profile_curve::ComponentProfile;
pub use random::RandomTerm;
pub use readings::{GroupPrediction, RandomEffect};
pub use sampling::SamplingCovariance;
pub use structure::{KnownCorrelation, Metric, Places, Structure};
