//! `RegressionFit`: everything that a meta-regression says.

use serde::{Deserialize, Serialize};

use super::{Design, Permutation, Regressed, kernel::Solution, options::model_of};
use crate::{
    Error, Level, Measure, Result,
    linear::{
        Back, Coefficient, FitInfo, FittedStudies, Heterogeneity, Inference, ModelSpec, PredictedEffect,
        Prediction, WaldTest, basis::Basis,
    },
    pool::{PoolModel, Weights},
    robust::{ClusterRobust, ClusteredModel, RobustSummary, RobustType},
    tau2::{Tau2, Tau2IntervalMethod},
};

use super::MetaRegression;

/// The fit of a meta-regression: coefficients, the test of moderators, residual heterogeneity, what the moderators explain,
/// and notes on everything the reader must know. Predictions, permutation P values and robust inference are added by its
/// methods.
///
/// Serialized, it has the fields of the command line's JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RegressionFit {
    /// The effect measure.
    pub measure: Measure,
    /// Fixed effects, or mixed effects (`random`).
    pub model: PoolModel,
    /// The estimator of the residual tau²; `None` without one.
    pub method: Option<Tau2>,
    /// The inference for the coefficients.
    pub inference: Inference,
    /// The confidence level.
    pub level: Level,
    /// The number of studies.
    pub k: usize,
    /// The p coefficients, in the order of the design.
    pub coefficients: Vec<Coefficient>,
    /// The test that all coefficients but the intercept are 0; `None` without moderators.
    pub moderator_test: Option<WaldTest>,
    /// The heterogeneity that the moderators leave.
    pub residual_heterogeneity: Heterogeneity,
    /// The share of tau² that the moderators explain, in per cent, at least 0; for fixed effects the adjusted R² of the
    /// weighted regression. 0 if tau² is 0 without them; `None` without intercept or moderators.
    pub r2: Option<f64>,
    /// The likelihood and information criteria; `None` with given weights.
    pub fit: Option<FitInfo>,
    /// The convention of prediction intervals; `None` for fixed effects.
    pub prediction_method: Option<Prediction>,
    /// The predictions that were asked for.
    pub predictions: Option<Vec<PredictedEffect>>,
    /// The permutation test that was asked for.
    pub permutation: Option<Permutation>,
    /// The cluster-robust inference that took the place of the model-based one.
    pub robust: Option<RobustSummary>,
    /// The covariance of the coefficients, column by column.
    pub covariance: Vec<f64>,
    /// The studies, in the order of the data.
    pub studies: FittedStudies,
    /// The design.
    pub design: Design,
    /// The weights of the least squares, if they are not 1 / (v + tau²).
    pub weights: Option<Vec<f64>>,
    /// The cluster of each study, numbered from 0, if inference is by clusters.
    pub clusters: Option<Vec<usize>>,
    /// Their names, by number; empty where they are not known.
    #[serde(default)]
    pub cluster_names: Vec<String>,
    /// The back-transformation to the original scale.
    pub back: Back,
    /// Notes and warnings.
    pub notes: Vec<String>,
    /// The convention of prediction intervals, if one was chosen.
    #[serde(default)]
    pub(crate) prediction_choice: Option<Prediction>,
}

impl RegressionFit {
    /// The estimates and their variances.
    pub(super) fn data(&self) -> (Vec<f64>, Vec<f64>) {
        self.studies.iter().filter_map(|study| Some((study.yi?, study.vi?))).unzip()
    }

    /// The residual tau², 0 for fixed effects.
    pub fn tau2(&self) -> f64 {
        self.residual_heterogeneity.tau2.unwrap_or(0.0)
    }

    /// The coefficient of this name.
    ///
    /// # Errors
    ///
    /// If there is none; the error has the nearest name.
    pub fn coefficient(&self, term: &str) -> Result<&Coefficient> {
        self.coefficients.iter().find(|c| c.term == term).ok_or_else(|| {
            Error::unknown("coefficient", term, self.coefficients.iter().map(|c| c.term.as_str()))
        })
    }

    /// The choices behind the fit, so that it can be made again with other data.
    pub fn options(&self) -> MetaRegression {
        // Read off the results rather than kept beside them, so that a fit from a file has them too.
        let fixed = !self.residual_heterogeneity.is_estimated();
        let spec = ModelSpec {
            model: self.model,
            estimator: self.method.unwrap_or_default(),
            inference: self.inference,
            prediction: self.prediction_choice.or(self.prediction_method.filter(|_| self.robust.is_none())),
            level: self.level.into(),
            fixed_tau2: self.residual_heterogeneity.tau2.filter(|_| fixed),
            weights: self.weights.clone().map_or(Weights::InverseVariance, Weights::Given),
            interval: self
                .residual_heterogeneity
                .tau2_ci_method
                .filter(|m| *m != Tau2IntervalMethod::QProfile),
        };
        MetaRegression { spec }
    }

    /// The inference on the coefficients.
    pub(super) fn basis(&self) -> Result<Basis> {
        let (yi, vi) = self.data();
        let model = model_of(&yi, &vi, &self.design)?;
        let regressed = Regressed::new(model, self.tau2(), self.weights.as_deref(), self.inference);
        let basis = regressed.basis(self.design.names());
        Ok(match (&self.clusters, &self.robust) {
            (Some(clusters), Some(robust)) => {
                let sandwich = self.sandwich(&yi, &vi, clusters, robust.kind)?;
                basis.clustered(sandwich.named(self.cluster_names.clone()))
            }
            _ => basis,
        })
    }

    /// The cluster-robust covariance of the coefficients.
    pub(super) fn sandwich(
        &self,
        yi: &[f64],
        vi: &[f64],
        clusters: &[usize],
        kind: RobustType,
    ) -> Result<ClusterRobust> {
        sandwich_of(yi, vi, &self.design, self.tau2(), self.weights.as_deref(), clusters, kind)
    }

    /// The fitted value of each study.
    pub fn fitted(&self) -> Vec<f64> {
        let estimates: Vec<f64> = self.coefficients.iter().map(|c| c.estimate).collect();
        (0..self.k).map(|i| super::kernel::dot(&self.design.row(i), &estimates)).collect()
    }
}

/// The cluster-robust covariance of the coefficients at a tau².
pub(super) fn sandwich_of(
    yi: &[f64],
    vi: &[f64],
    design: &Design,
    tau2: f64,
    weights: Option<&[f64]>,
    clusters: &[usize],
    kind: RobustType,
) -> Result<ClusterRobust> {
    let mut model = model_of(yi, vi, design)?;
    let solution = Solution::new(&mut model, tau2, weights);
    let residuals: Vec<f64> = yi.iter().zip(solution.fitted(&model)).map(|(y, f)| y - f).collect();
    let estimates = model.on_design(&solution.g);
    let variances: Vec<f64> = vi.iter().map(|v| v + tau2).collect();
    match weights {
        None => {
            let weights: Vec<f64> = variances.iter().map(|v| 1.0 / v).collect();
            ClusteredModel::inverse_variance(design.values(), &estimates, &residuals, &weights, clusters)?
                .robust(kind)
        }
        Some(weights) => {
            ClusteredModel::weighted(design.values(), &estimates, &residuals, weights, &variances, clusters)?
                .robust(kind)
        }
    }
}

/// Names in a list that does not fill the screen.
pub(super) fn labels_of(names: &[String]) -> String {
    match names {
        [first @ .., _, _, _] if names.len() > 10 => {
            format!("{}, ... ({} in all)", first[..7.min(first.len())].join(", "), names.len())
        }
        _ => names.join(", "),
    }
}
