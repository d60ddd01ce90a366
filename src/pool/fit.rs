//! `PoolFit`: everything that pooling says, with the methods that were actually used.

use serde::{Deserialize, Serialize};

use super::{ConfidenceDistribution, StratifiedTests, Subgroup, SubgroupTest};
use crate::{
    Level, Measure,
    linear::{
        Back, Coefficient, Fit, FitInfo, FittedStudies, Heterogeneity, Inference, MeanInference, PoolModel,
        Prediction, PredictionInterval, Transformed,
    },
    robust::RobustSummary,
    tau2::Tau2,
};

/// The fit of a pooling model: the mean, its inference, prediction and heterogeneity, the studies with their weights,
/// subgroups, and notes on everything the reader must know.
///
/// Serialized, it has the fields of the command line's JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PoolFit {
    /// The effect measure.
    pub measure: Measure,
    /// The model.
    pub model: PoolModel,
    /// The estimator of tau²; `None` without one.
    pub method: Option<Tau2>,
    /// The inference for the mean.
    pub inference: Inference,
    /// The confidence level.
    pub level: Level,
    /// The number of studies.
    pub k: usize,
    /// The pooled effect, on the scale of the analysis.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// The test statistic of no effect.
    pub statistic: Option<f64>,
    /// The degrees of freedom of its t distribution; `None` for the normal.
    pub df: Option<f64>,
    /// The two-sided P value.
    pub p_value: Option<f64>,
    /// The lower confidence limit.
    pub ci_lower: f64,
    /// The upper confidence limit.
    pub ci_upper: f64,
    /// The prediction interval of a random-effects model.
    pub prediction: Option<PredictionInterval>,
    /// The heterogeneity.
    pub heterogeneity: Heterogeneity,
    /// The likelihood and information criteria.
    pub fit: Option<FitInfo>,
    /// The result on the scale that people read.
    pub transformed: Transformed,
    /// The back-transformation.
    pub back: Back,
    /// The studies, in the order of the data.
    pub studies: FittedStudies,
    /// The subgroups, in the order of their names' bytes.
    pub subgroups: Option<Vec<Subgroup>>,
    /// The test of differences between the subgroups.
    pub subgroup_test: Option<SubgroupTest>,
    /// The tests of a stratified analysis (Mantel-Haenszel, Peto).
    pub tests: Option<StratifiedTests>,
    /// The cluster-robust inference that took the place of the model-based one.
    pub robust: Option<RobustSummary>,
    /// Notes and warnings: corrections, studies left out, boundary estimates, flags.
    pub notes: Vec<String>,
    /// The convention of prediction intervals, if one was chosen.
    #[serde(skip)]
    pub(crate) prediction_choice: Option<Prediction>,
}

/// The note on values that the original scale cannot hold.
const BEYOND: &str =
    "values on the original scale beyond the range of numbers are left out: check the scale of the estimates";

impl PoolFit {
    /// The fit from its parts; subgroups, tests and robust inference are added by who has them.
    pub(crate) fn assemble(
        measure: Measure,
        model: PoolModel,
        level: Level,
        inference: (Inference, MeanInference),
        heterogeneity: Heterogeneity,
        back: Back,
        studies: FittedStudies,
    ) -> Self {
        let (inference, mean) = inference;
        let mut fit = PoolFit {
            measure,
            model,
            method: None,
            inference,
            level,
            k: studies.len(),
            estimate: mean.estimate,
            se: mean.se,
            statistic: mean.statistic,
            df: mean.df,
            p_value: mean.p_value,
            ci_lower: mean.ci_lower,
            ci_upper: mean.ci_upper,
            prediction: None,
            heterogeneity,
            fit: None,
            transformed: Transformed::default(),
            back,
            studies,
            subgroups: None,
            subgroup_test: None,
            tests: None,
            robust: None,
            notes: Vec::new(),
            prediction_choice: None,
        };
        fit.update_transformed();
        fit
    }

    /// Puts another inference for the mean in place of the present one.
    pub(crate) fn set_mean(&mut self, mean: MeanInference) {
        self.estimate = mean.estimate;
        self.se = mean.se;
        self.statistic = mean.statistic;
        self.df = mean.df;
        self.p_value = mean.p_value;
        self.ci_lower = mean.ci_lower;
        self.ci_upper = mean.ci_upper;
        self.update_transformed();
    }

    /// Brings the transformed values in line with the others.
    pub(crate) fn update_transformed(&mut self) {
        self.transformed = self.back.transformed(
            self.estimate,
            [self.ci_lower, self.ci_upper],
            self.prediction.map(|interval| [interval.lower, interval.upper]),
        );
        let limits = self.prediction.map_or([self.estimate; 2], |interval| [interval.lower, interval.upper]);
        let values = [self.estimate, self.ci_lower, self.ci_upper, limits[0], limits[1]];
        if values.iter().any(|value| self.back.overflows(*value))
            && !self.notes.iter().any(|note| note == BEYOND)
        {
            self.notes.push(BEYOND.to_owned());
        }
    }

    /// The prediction interval by another convention; `None` for a fixed effect, or without degrees of freedom.
    pub fn prediction_by(&self, method: Prediction) -> Option<PredictionInterval> {
        if self.model != PoolModel::Random || self.k < 2 {
            return None;
        }
        let tau2 = self.heterogeneity.tau2?;
        let residual = self.k as f64 - 1.0;
        if method == Prediction::Nnf {
            return PredictionInterval::exact(self.confidence_distribution()?.interval(self.level));
        }
        PredictionInterval::new(method, self.estimate, self.se, tau2, self.df, residual, self.level)
    }

    /// The predictive distribution that carries the uncertainty of tau²; `None` for a fixed effect or a single study.
    fn confidence_distribution(&self) -> Option<ConfidenceDistribution> {
        let yi: Vec<f64> = self.studies.iter().map(|s| s.yi).collect::<Option<_>>()?;
        let vi: Vec<f64> = self.studies.iter().map(|s| s.vi.filter(|v| *v > 0.0)).collect::<Option<_>>()?;
        ConfidenceDistribution::of(&yi, &vi).ok()
    }

    /// The prediction intervals by every convention.
    pub fn predictions(&self) -> Vec<PredictionInterval> {
        Prediction::ALL.iter().filter_map(|&method| self.prediction_by(method)).collect()
    }

    /// The probability that the true effect of a new study lies above `threshold` (on the scale of the analysis), under
    /// the predictive distribution of the fit; `None` without one.
    pub fn probability_above(&self, threshold: f64) -> Option<f64> {
        match self.prediction? {
            PredictionInterval { method: Prediction::Nnf, .. } => {
                Some(self.confidence_distribution()?.probability_above(threshold))
            }
            prediction => prediction.probability_above(threshold),
        }
    }

    /// The probability that the true effect of a new study lies below `threshold`.
    pub fn probability_below(&self, threshold: f64) -> Option<f64> {
        match self.prediction? {
            PredictionInterval { method: Prediction::Nnf, .. } => {
                Some(self.confidence_distribution()?.probability_below(threshold))
            }
            prediction => prediction.probability_below(threshold),
        }
    }
}

impl Fit for PoolFit {
    fn coefficient_table(&self) -> Vec<Coefficient> {
        vec![Coefficient {
            term: "(Intercept)".to_owned(),
            estimate: self.estimate,
            se: self.se,
            statistic: self.statistic,
            df: self.df,
            p_value: self.p_value,
            ci_lower: self.ci_lower,
            ci_upper: self.ci_upper,
        }]
    }

    fn coefficient_covariance(&self) -> Vec<f64> {
        vec![self.se * self.se]
    }

    fn information(&self) -> Option<FitInfo> {
        self.fit
    }

    fn observations(&self) -> usize {
        self.k
    }

    fn notes(&self) -> &[String] {
        &self.notes
    }
}
