//! Small-study effects and publication bias: can the pooled number be trusted?
//!
//! [`Bias`] runs everything that fits the data, or what is asked for, and says first which tests suit the measure. What cannot
//! be computed (too few studies, no significant P value, equal standard errors) is absent with a reason in the notes.
//!
//! | file | holds |
//! |---|---|
//! | `analysis`, `options` | the parts by name; what is asked of them |
//! | `run`, `report` | runs the parts; the report |
//! | `guidance` | which tests suit the measure |
//! | `asymmetry` | tests by regression and by ranks |
//! | `line`, `rank` | straight lines; Kendall's tau |
//! | `trim_and_fill` | trim and fill |
//! | `failsafe` | fail-safe numbers |
//! | `selection` | selection models by the P value |
//! | `copas` | the Copas selection model |
//! | `pet_peese`, `uwls` | PET, PEESE, limit meta-analysis; unrestricted weighted least squares |
//! | `p_curve`, `p_uniform`, `z_curve` | what significant P values say |
//! | `excess` | excess significance |
//! | `worst_case`, `reporting`, `missing` | bounds: of selection, of unreported studies, of missing outcomes |
//! | `doi` | skewness, the LFK index |
//! | `power` | size and power of the tests by simulation |
//! | `dependent` | several effects per study: multilevel and robust forms |
//! | `jet`, `irwin_hall` | derivatives that come with values; sums of uniforms |
//!
//! ```
//! use consilience::{EffectSizes, Measure, bias::{Analysis, Bias}};
//!
//! // Magnesium after myocardial infarction (Egger, Davey Smith and Altman 2001): log odds ratios of the trials with events
//! // in both groups, the largest two against the effect of the small ones.
//! let yi = [-0.83, -1.06, -1.28, -0.04, 0.22, -2.41, -1.28, -0.70, -2.21, -2.04, -0.85, -0.79, -0.30, -1.57,
//!     0.06];
//! let vi = [1.56, 0.171, 0.653, 2.04, 0.239, 1.15, 1.43, 0.287, 1.23, 0.61, 0.382, 0.392, 0.0215, 0.33,
//!     0.001];
//! let labels = (1..=15).map(|i| format!("trial {i}"));
//! let effects = EffectSizes::new(Measure::OddsRatio, labels, yi, vi)?;
//! let report = Bias::default().analyses([Analysis::Egger]).fit(&effects, None)?;
//! assert!(report.guidance.starts_with("A log odds ratio"));
//! let egger = &report.tests[0];
//! assert!((egger.intercept.unwrap() + 1.67).abs() < 0.01 && egger.p_value.unwrap() < 0.001);
//! # Ok::<(), consilience::Error>(())
//! ```

#[cfg(feature = "random")]
use crate::stat::chance;

mod analysis;
mod asymmetry;
mod copas;
mod dependent;
mod doi;
mod excess;
mod failsafe;
mod guidance;
mod irwin_hall;
mod jet;
pub(crate) mod line;
mod missing;
mod options;
mod p_curve;
mod p_uniform;
mod pet_peese;
mod power;
mod rank;
mod report;
mod reporting;
mod run;
mod selection;
mod study_power;
mod trim_and_fill;
mod uwls;
mod worst_case;
mod z_curve;

pub use analysis::{Analysis, Predictor, RegressionModel, SelectionInterval};
pub use asymmetry::AsymmetryTest;
pub use copas::{Copas, CopasPoint};
pub use dependent::{DependentEffects, MultilevelPetPeese, MultilevelSlope};
pub use doi::doi_quantiles;
#[cfg(feature = "plot")]
pub(crate) use doi::lfk;
pub use excess::{ExcessSignificance, ExcessTest};
pub use failsafe::FailsafeN;
pub use missing::{Event, ImputedEffect, ImputedVariance, MissingOutcomes, MissingStrategy};
pub use options::Bias;
pub use p_curve::{CurveTest, PCurve, PCurveDropped, PCurveShares};
pub use p_uniform::{PUniform, PUniformStar};
pub use pet_peese::{AdjustedEffect, LimitMetaAnalysis, PetOrPeese, PetPeese};
pub use power::{PowerOptions, SimulatedData, SmallStudyPower, TestPower};
pub use report::{BiasReport, HenmiCopas};
pub use reporting::ReportingBound;
pub use selection::{
    Alternative, Imprecision, Selection, SelectionCoefficient, SelectionFit, SelectionFunction,
    SelectionProfile, VeveaWoods,
};
pub use study_power::{power, standard_error_at_power};
pub use trim_and_fill::{MissingEstimator, Side, TrimAndFill};
pub use uwls::UnrestrictedWls;
pub use worst_case::{CorrectedMean, WorstCase};
pub use z_curve::ZCurve;
