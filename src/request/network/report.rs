//! The answer of `network`, as its JSON has it. What was not asked for, or does not exist, is `null`.

use serde::Serialize;

use super::estimates::{ComparisonRow, EffectRow, SplitRow, StudyPair, StudyRow, TreatmentRow};
use super::rows::{
    AbsoluteRow, ComponentsPart, ConnectivityPart, DecompositionPart, FunnelPart, ImpactRow, LeaguePart,
    LeftOutRow, NetHeatPart, Part, RankingPart, RegressionPart,
};
use crate::{
    Level, Measure,
    network::{Cinema, Contributions, NetworkHeterogeneity, NetworkModel, SmallValues, Thresholds},
    pool::Inference,
    tau2::Tau2,
};

/// The likelihood; its deviance is not defined for contrasts.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FitRow {
    pub log_likelihood: f64,
    pub deviance: Option<f64>,
    pub aic: f64,
    pub bic: f64,
    pub aicc: f64,
}

/// The heterogeneity; `q` may not exist for an estimator.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HeterogeneityRow {
    pub q: Option<f64>,
    pub q_df: Option<usize>,
    pub q_p_value: Option<f64>,
    pub tau2: Option<f64>,
    pub tau: Option<f64>,
    pub tau2_ci: Option<[f64; 2]>,
    pub i2: Option<f64>,
    pub h2: Option<f64>,
    pub i2_q: Option<f64>,
}

impl From<NetworkHeterogeneity> for HeterogeneityRow {
    fn from(h: NetworkHeterogeneity) -> Self {
        HeterogeneityRow {
            q: Some(h.q),
            q_df: Some(h.q_df),
            q_p_value: h.q_p_value,
            tau2: h.tau2,
            tau: h.tau,
            tau2_ci: h.tau2_ci,
            i2: h.i2,
            h2: h.h2,
            i2_q: h.i2_q,
        }
    }
}

/// The answer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NetworkReport {
    pub measure: Measure,
    pub model: NetworkModel,
    pub method: Option<Tau2>,
    pub inference: Inference,
    pub level: Level,
    pub estimator: &'static str,
    pub reference: String,
    pub small_values: SmallValues,
    pub k: usize,
    pub arms: usize,
    pub contrasts: usize,
    pub designs: usize,
    pub treatments: Vec<TreatmentRow>,
    pub studies: Vec<StudyRow>,
    pub pairs: Vec<StudyPair>,
    pub effects: Option<Vec<EffectRow>>,
    pub comparisons: Option<Vec<ComparisonRow>>,
    pub heterogeneity: Option<HeterogeneityRow>,
    pub fit: Option<FitRow>,
    pub split: Option<Vec<SplitRow>>,
    pub decomposition: Option<Part<DecompositionPart>>,
    pub net_heat: Option<Part<NetHeatPart>>,
    pub ranking: Option<Part<RankingPart>>,
    pub league: Option<Part<LeaguePart>>,
    pub contribution: Option<Part<Contributions>>,
    pub impact: Option<Part<Vec<ImpactRow>>>,
    pub leave_one_out: Option<Part<Vec<LeftOutRow>>>,
    pub components: Option<Part<ComponentsPart>>,
    pub regression: Option<Part<RegressionPart>>,
    pub threshold: Option<Part<Thresholds>>,
    pub funnel: Option<Part<FunnelPart>>,
    pub connectivity: Option<Part<ConnectivityPart>>,
    pub absolute: Option<Part<Vec<AbsoluteRow>>>,
    pub cinema: Option<Part<Cinema>>,
    pub notes: Vec<String>,
}
