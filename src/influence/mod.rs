//! The studies that carry the result: leave-one-out, cumulative analysis, case diagnostics, Baujat's coordinates, subsets.
//!
//! Use it beside any pooled number: a result that one study makes is a result about that study.
//!
//! With b the estimates, V their covariance, H the hat matrix at weights 1 / (v + tau²), h its diagonal, and (i) for what is
//! estimated anew without study i:
//!
//! | field | quantity |
//! |---|---|
//! | `rstudent` | (yᵢ - xᵢ'b₍ᵢ₎) / √(vᵢ + tau²₍ᵢ₎ + xᵢ'V₍ᵢ₎xᵢ) |
//! | `dffits` | (xᵢ'b - xᵢ'b₍ᵢ₎) / √(hᵢ (vᵢ + tau²₍ᵢ₎)) |
//! | `cook_d` | (b - b₍ᵢ₎)' V⁻¹ (b - b₍ᵢ₎) |
//! | `cov_r` | det V₍ᵢ₎ / det V |
//! | `dfbs` | (b - b₍ᵢ₎) over the standard errors that all studies give at tau²₍ᵢ₎ |
//! | `baujat` | x = (yᵢ - xᵢ'b)² / (vᵢ + tau²), y = (xᵢ'b - xᵢ'b₍ᵢ₎)² / xᵢ'V₍ᵢ₎xᵢ |
//!
//! With Hartung and Knapp's inference their factor multiplies V, and that of the fit without study i the variances of the
//! deleted quantities. A study is `influential` if |DFFITS| > 3 √(p / (k - p)), or Cook's distance lies beyond the median
//! of chi-square with p degrees of freedom, or h > 3 p / k, or some |DFBETAS| > 1.
//!
//! Each deleted fit is one call of the kernels of `tau2` and `pool`, O(k p²); the whole costs k of them. A study without
//! which the model cannot be fitted (it alone tells two coefficients apart, or none is left) has hat and weight only.
//!
//! ```
//! use consilience::{EffectSizes, Measure, influence::Influence, tau2::Tau2};
//!
//! // BCG vaccine against tuberculosis, log risk ratios of 13 trials; the eighth is Madras.
//! let yi = [-0.8893, -1.5854, -1.3481, -1.4416, -0.2175, -0.7861, -1.6209, 0.0120, -0.4694, -1.3713, -0.3394,
//!     0.4459, -0.0173];
//! let vi = [0.3256, 0.1946, 0.4154, 0.0200, 0.0512, 0.0069, 0.2230, 0.0040, 0.0564, 0.0730, 0.0124, 0.5325, 0.0714];
//! let labels = (1..=13).map(|i| format!("trial {i}"));
//! let effects = EffectSizes::new(Measure::RiskRatio, labels, yi, vi)?;
//! let report = Influence::new(Tau2::Reml).fit(&effects)?;
//! let madras = &report.studies.as_ref().unwrap()[7];
//! assert!((madras.rstudent.unwrap() - 1.45).abs() < 5e-3); // Viechtbauer and Cheung's diagnostics
//! assert!((report.leave_one_out.as_ref().unwrap()[7].q.unwrap() - 68.0).abs() < 0.5); // of 152 with all
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! | file | holds |
//! |---|---|
//! | `options` | what is asked, and the report |
//! | `sequence` | fits to some of the studies: leave-one-out, leave-one-group-out and cumulative |
//! | `deletion` | case diagnostics and Baujat's coordinates |
//! | `thresholds`, `normal_quantiles` | cut-offs, and residuals against what is expected of them |
//! | `gosh`, `halves`, `clusters` | all subsets, or random ones, and the study that splits their cloud |
//! | `outliers`, `outlier_fits`, `heavy_tails` | [`OutlierModels`]: random effects that outliers do not dominate |
//! | `fragility` | [`Fragility`]: how many outcomes carry the significance of a result |
//! | `sequential`, `boundaries` | [`Sequential`]: whether the studies so far suffice, tested as they come |
//!
//! References: Viechtbauer and Cheung (2010), Outlier and influence diagnostics for meta-analysis, doi:10.1002/jrsm.11.
//! Baujat, Mahé, Pignon and Hill (2002), A graphical method for exploring heterogeneity in meta-analyses,
//! doi:10.1002/sim.1221. Lau, Schmid and Chalmers (1995), Cumulative meta-analysis of clinical trials builds evidence for
//! exemplary medical care, doi:10.1016/0895-4356(94)00106-Z. Olkin, Dahabreh and Trikalinos (2012), GOSH: a graphical
//! display of study heterogeneity, doi:10.1002/jrsm.1053.

mod boundaries;
mod clusters;
mod deletion;
mod fragility;
mod gosh;
mod halves;
mod heavy_tails;
mod normal_quantiles;
mod options;
mod outlier_fits;
mod outliers;
mod sequence;
mod sequential;
mod thresholds;

pub use boundaries::{Boundaries, Spending};
pub use clusters::GoshCluster;
pub use deletion::{BaujatPoint, StudyInfluence};
pub use fragility::{ChangedGroup, Fragility, FragilityReport, OutcomeChange};
pub use gosh::{Gosh, GoshStudy};
pub use normal_quantiles::{NormalQuantiles, QuantilePoint};
pub use options::{Influence, InfluenceReport};
pub use outliers::{
    EffectDistribution, OutlierFit, OutlierModels, OutlierReport, ProfiledCoefficient, StudyTail,
};
pub use sequence::PartialFit;
pub use sequential::{Sequential, SequentialConclusion, SequentialLook, SequentialReport};
pub use thresholds::InfluenceBounds;
