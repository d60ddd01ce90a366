//! Exact likelihoods for rare events, proportions and rates: models of the counts themselves.
//!
//! Use them where events are rare: inverse-variance pooling needs a variance for every study, and invents half an event
//! where there is none. With the likelihood of the counts a study without events is simply that. No continuity correction
//! exists in this family.
//!
//! # Models
//!
//! Study i has x₁ events of n₁ (or in person-time t₁) and x₂ of n₂; θᵢ = xᵢβ, and τz with standard normal z is its random
//! effect.
//!
//! | code | likelihood of a study |
//! |---|---|
//! | `normal` | ∫ B(x; n, θ + τz) φ(z) dz, with logit, probit or complementary log-log link; for rates Poisson with log link |
//! | `um-fs` | ∫ B(x₁; n₁, α + θ + ½τz) B(x₂; n₂, α − ½τz) φ(z) dz with a parameter α for every study |
//! | `um-rs` | the same with α normal between studies, correlated with the effect or not |
//! | `cm-el` | given the margins: noncentral hypergeometric (odds ratio) or binomial (rate ratio); exact |
//! | `cm-al` | the binomial one for odds ratios, right as far as events are rare |
//! | `bb`, `nb` | beta-binomial and negative binomial, one overdispersion for all groups |
//! | `bivariate-bb` | beta-binomial, the risks of the two groups of a study correlated (Sarmanov) |
//!
//! The estimate is the mean log ratio (logit, log rate) over studies, not the log of a mean; [`CountFit::marginal`] is the
//! mean proportion or rate.
//!
//! # Algorithm
//!
//! Integrals are taken by the trapezoidal rule between the points where the integrand is e⁻⁴⁶ of its peak, to the last
//! digits (adaptive Gauss-Hermite rules, the usual choice, are wrong by 1e-3 for a study without events). One pass gives
//! the value, the gradient and the exact Hessian (Fisher's identity); Newton's method climbs in τ of either sign, in which
//! nothing is singular at 0, from several starts. Bounds come from the profile likelihood by a bracketed Newton method.
//!
//! # Edge cases
//!
//! A double-zero study has likelihood 1 in `cm-el`, `cm-al` and `um-fs`: it stays in the table, without information. A
//! group without events in all studies makes the estimate infinite: it is `None`, with the finite bound, the likelihood
//! ratio and a note. One informative study has a common effect only. Counts that are not whole are refused.
//!
//! # Example
//!
//! Catheter infections (Niël-Weise and others 2007); values of Stijnen and others (2010), table VI:
//!
//! ```
//! use consilience::glmm::{CountMeasure, Counts, Glmm};
//!
//! let rows = [
//!     [0, 116, 3, 117], [1, 44, 3, 35], [2, 208, 9, 195], [0, 130, 7, 136], [5, 151, 6, 157], [1, 98, 4, 139],
//!     [1, 174, 3, 177], [1, 74, 2, 39], [1, 97, 19, 103], [1, 113, 2, 122], [0, 66, 7, 64], [0, 70, 1, 58],
//!     [3, 188, 5, 175], [6, 187, 11, 180], [0, 118, 0, 105], [0, 252, 1, 262], [1, 345, 3, 362], [4, 64, 1, 69],
//! ];
//! let rows: Vec<[f64; 4]> = rows.iter().map(|row| row.map(f64::from)).collect();
//! let labels = (1..=rows.len()).map(|i| format!("study {i}"));
//! let counts = Counts::two_groups(CountMeasure::OddsRatio, labels, &rows)?;
//! let fit = Glmm::default().fit(&counts)?; // cm-el, random effects
//! let effect = fit.effect.as_ref().and_then(|effect| effect.estimate).unwrap_or(0.0);
//! assert!((effect - -1.353).abs() < 5e-4);
//! assert!(fit.heterogeneity.tau2.is_some_and(|tau2| (tau2 - 0.693).abs() < 5e-4));
//! assert_eq!((fit.k, fit.k_informative), (18, 17));
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Stijnen T, Hamza TH, Özdemir P (2010). Random effects meta-analysis of event outcome in the framework of the
//!   generalized linear mixed model. doi:10.1002/sim.4040
//! - Jackson D and others (2018). A comparison of seven random-effects models for meta-analyses that estimate the summary
//!   odds ratio. doi:10.1002/sim.7588
//! - Simmonds MC, Higgins JPT (2016). A general framework for the use of logistic regression models in meta-analysis.
//!   doi:10.1177/0962280214534409
//! - Kuss O (2015). Statistical methods for meta-analyses including information from studies without any events.
//!   doi:10.1002/sim.6383
//! - Luo S and others (2014). mmeta: an R package for multivariate meta-analysis. doi:10.18637/jss.v056.i11
//! - Schwarzer G and others (2019). Seriously misleading results using inverse of Freeman-Tukey double arcsine
//!   transformation in meta-analysis of single proportions. doi:10.1002/jrsm.1348

mod advice;
#[cfg(feature = "random")]
mod bootstrap;
mod climb;
mod combination;
mod comparison;
mod curve;
mod data;
mod diagnostics;
mod estimate;
mod exact;
mod few_counts;
mod few_events;
mod firth;
mod fit;
mod infinite;
mod joint;
mod kernel;
mod line;
mod log_sum;
mod marginal_mean;
mod moderators;
mod one_effect;
mod options;
mod overdispersed;
mod overdispersed_residuals;
mod penalized;
mod posterior;
mod problem;
mod profile;
mod proportion_interval;
mod random_baseline;
mod rotation;
mod sarmanov;
mod scan;
mod studies;
mod study_effects;
mod sums;
mod table;
mod tally;

pub use advice::rare_events;
#[cfg(feature = "random")]
pub use bootstrap::HeterogeneityBootstrap;
pub use combination::CombinedPValues;
pub use comparison::{ComparedMethod, MethodComparison};
pub use curve::EffectProfile;
pub use data::{CountMeasure, Counts, EventCount};
pub use diagnostics::{CountLeftOut, CountResidual};
pub use exact::{Exact, MidP};
pub use fit::{
    CountCoefficient, CountFit, CountFitInfo, CountHeterogeneity, CountStudy, Interval, LikelihoodRatio,
    ModeratorTest,
};
pub use options::{Coding, CountInference, DoubleZero, Effects, Glmm, Link, Model, Penalty};
pub use proportion_interval::StudyInterval;
