//! The answer of `network`, as its JSON has it. What was not asked for, or does not exist, is `null`.

use serde::Serialize;
use serde_json::Value;

use super::estimates::{ComparisonRow, EffectRow, PairRow, SplitRow, StudyRow, TreatmentRow};
use crate::{
    Level, Measure,
    network::{NetworkHeterogeneity, NetworkModel},
    pool::Inference,
    tau2::Tau2,
};

/// The likelihood; its deviance is not defined for contrasts.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct FitRow {
    pub log_likelihood: f64,
    pub deviance: Option<f64>,
    pub aic: f64,
    pub bic: f64,
    pub aicc: f64,
}

/// The heterogeneity; `q` may not exist for an estimator.
#[derive(Debug, Clone, Copy, Default, Serialize)]
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
pub struct NetworkReport {
    pub measure: Measure,
    pub model: NetworkModel,
    pub method: Option<Tau2>,
    pub inference: Inference,
    pub level: Level,
    pub estimator: &'static str,
    pub reference: String,
    pub small_values: String,
    pub k: usize,
    pub arms: usize,
    pub contrasts: usize,
    pub designs: usize,
    pub treatments: Vec<TreatmentRow>,
    pub studies: Vec<StudyRow>,
    pub pairs: Vec<PairRow>,
    pub effects: Option<Vec<EffectRow>>,
    pub comparisons: Option<Vec<ComparisonRow>>,
    pub heterogeneity: Option<HeterogeneityRow>,
    pub fit: Option<FitRow>,
    pub split: Option<Vec<SplitRow>>,
    pub decomposition: Option<Value>,
    pub net_heat: Option<Value>,
    pub ranking: Option<Value>,
    pub league: Option<Value>,
    pub contribution: Option<Value>,
    pub impact: Option<Value>,
    pub leave_one_out: Option<Value>,
    pub components: Option<Value>,
    pub regression: Option<Value>,
    pub threshold: Option<Value>,
    pub funnel: Option<Value>,
    pub connectivity: Option<Value>,
    pub absolute: Option<Value>,
    pub cinema: Option<Value>,
    pub notes: Vec<String>,
}
