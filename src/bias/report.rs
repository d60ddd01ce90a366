//! The report of a bias analysis.

use serde::{Deserialize, Serialize};

use super::{
    AsymmetryTest, Copas, ExcessSignificance, FailsafeN, ImputedEffect, LimitMetaAnalysis, PCurve, PUniform,
    PUniformStar, PetPeese, ReportingBound, SelectionFit, SmallStudyPower, TrimAndFill, UnrestrictedWls,
    WorstCase, ZCurve,
};
use crate::{
    Level, Measure,
    pool::{Inference, PoolModel},
    tau2::Tau2,
};

/// Henmi and Copas's estimate: fixed-effect weights, which small-study effects bias least.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct HenmiCopas {
    /// The fixed-effect mean.
    pub estimate: f64,
    /// Its standard error under heterogeneity.
    pub se: f64,
    /// The lower confidence limit.
    pub ci_lower: f64,
    /// The upper confidence limit.
    pub ci_upper: f64,
    /// The DerSimonian-Laird tau².
    pub tau2: f64,
}

/// The report of a bias analysis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct BiasReport {
    /// The effect measure.
    pub measure: Measure,
    /// The model.
    pub model: PoolModel,
    /// The estimator of tau²; `None` for fixed effects.
    pub method: Option<Tau2>,
    /// The inference.
    pub inference: Inference,
    /// The confidence level.
    pub level: Level,
    /// The number of studies.
    pub k: usize,
    /// The number of clusters within which effects depend on each other, if they are known.
    pub clusters: Option<usize>,
    /// Guidance on the tests that suit these data.
    pub guidance: String,
    /// The tests for small-study effects.
    pub tests: Vec<AsymmetryTest>,
    /// Trim and fill.
    pub trim_and_fill: Option<TrimAndFill>,
    /// Fail-safe numbers.
    pub failsafe_n: Option<FailsafeN>,
    /// Selection models, in the order asked for; those without a fit are named in the notes.
    pub selection_models: Vec<SelectionFit>,
    /// PET and PEESE.
    pub pet_peese: Option<PetPeese>,
    /// Limit meta-analysis.
    pub limit: Option<LimitMetaAnalysis>,
    /// p-curve.
    pub p_curve: Option<PCurve>,
    /// Excess significance.
    pub excess_significance: Option<ExcessSignificance>,
    /// Henmi and Copas's interval.
    pub henmi_copas: Option<HenmiCopas>,
    /// Unrestricted weighted least squares and the adequately powered studies.
    pub uwls: Option<UnrestrictedWls>,
    /// The Copas selection model.
    pub copas: Option<Copas>,
    /// p-uniform.
    pub p_uniform: Option<PUniform>,
    /// p-uniform*.
    pub p_uniform_star: Option<PUniformStar>,
    /// z-curve.
    pub z_curve: Option<ZCurve>,
    /// The sensitivity of the mean to selection.
    pub worst_case: Option<WorstCase>,
    /// Bounds of the bias from unreported studies.
    pub reporting_bias: Option<Vec<ReportingBound>>,
    /// The mean under what may be assumed of missing outcomes.
    pub missing_outcomes: Option<Vec<ImputedEffect>>,
    /// The power of the tests by simulation.
    pub power: Option<SmallStudyPower>,
    /// Notes and warnings, and the reasons why parts are absent.
    pub notes: Vec<String>,
}
