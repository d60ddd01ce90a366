//! Pooling: the mean of what the studies estimate, how far they disagree, and what a new study would show.
//!
//! | file | holds |
//! |---|---|
//! | `random` | [`FixedEffect`] and [`RandomEffects`], inverse-variance weights |
//! | `mantel_haenszel`, `peto`, `stratified` | [`MantelHaenszel`], [`Peto`], and the tests of stratified tables |
//! | `inference`, `kenward_roger`, `henmi_copas`, `profile_likelihood`, `robust` | [`Inference`] for the mean |
//! | `prediction`, `confidence_distribution` | [`PredictionInterval`] by every convention |
//! | `heterogeneity` | [`Heterogeneity`]: Q, tau², I², H², R_b, D² with intervals |
//! | `subgroups`, `blup`, `multiverse` | readings of a fit, and all methods in one table |
//! | `fit`, `notes` | [`PoolFit`], and the flags that a reader must not miss |
//! | [`kernel`] | the same on slices, without allocation |
//!
//! A fit prints itself (ratios as ratios; `{:#}` for logarithms, `{:.2}` for two decimals), draws itself (`forest`, `funnel_plot`, with feature
//! `plot`), and goes on: [`Influence`](crate::influence::Influence) and [`Bias`](crate::bias::Bias) read the same effects, and
//! [`PoolFit::evpi`] and [`PoolFit::evsi`] say what it is worth to know the effect for certain, or better by one more trial.
//!
//! ```
//! use consilience::{EffectSizes, Measure, pool::{Multiverse, RandomEffects}};
//!
//! // Log risk ratios of four of the BCG vaccine trials (Colditz et al. 1994).
//! let effects = EffectSizes::new(
//!     Measure::RiskRatio,
//!     ["Aronson 1948", "Hart & Sutherland 1977", "TPT Madras 1980", "Comstock et al 1974"],
//!     [-0.8893, -1.4416, 0.0120, -0.3394],
//!     [0.3256, 0.0200, 0.0040, 0.0124],
//! )?;
//! let fit = RandomEffects::default().fit(&effects)?;
//! assert!(fit.heterogeneity.i2.is_some_and(|i2| i2 > 90.0));
//! assert!(Multiverse::new(&effects, 0.95)?.rows.len() > 50);
//! # Ok::<(), consilience::Error>(())
//! ```

mod blup;
mod confidence_distribution;
mod fit;
mod henmi_copas;
mod kenward_roger;
pub mod kernel;
mod mantel_haenszel;
mod multiverse;
mod notes;
mod p_value_function;
mod peto;
mod profile_likelihood;
mod random;
mod random_mantel_haenszel;
mod robust;
mod stratified;
mod subgroups;
mod tau2_profile;
mod zero_variances;

pub(crate) use crate::linear::MeanInference;
pub use crate::linear::{
    Back, FitInfo, FittedStudies, Heterogeneity, Inference, PoolModel, Prediction, PredictionInterval,
    StudyWeight, Transformed, Weights,
};
pub use blup::Blup;
pub use confidence_distribution::ConfidenceDistribution;
pub use fit::PoolFit;
pub use mantel_haenszel::MantelHaenszel;
pub use multiverse::{Multiverse, MultiverseRow};
pub use peto::Peto;
pub(crate) use random::infer;
pub use random::{FixedEffect, RandomEffects};
pub use random_mantel_haenszel::RandomMantelHaenszel;
pub use stratified::{ChiSquareTest, StratifiedTests};
pub use subgroups::{Subgroup, SubgroupTau2, SubgroupTest};
pub use tau2_profile::Tau2Profile;
