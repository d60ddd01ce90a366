//! `MultilevelFit`: everything that a multilevel model says.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::inference::CoefficientInference;
use super::options::Estimation;
use super::readings::Source;
use super::robust::Working;
use super::structure::Structure;
use crate::linear::basis::{Basis, Spread};
use crate::linear::{Back, Coefficient, FitInfo, Point, PredictionInterval, Transformed, WaldTest};
use crate::robust::RobustSummary;
use crate::{Level, Measure};

/// One coefficient with its test and interval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MultilevelCoefficient {
    /// The name of its column.
    pub term: String,
    /// The estimate.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// Estimate over standard error.
    pub statistic: Option<f64>,
    /// The degrees of freedom of the t distribution; `None` for the normal.
    pub df: Option<f64>,
    /// The two-sided P value.
    pub p_value: Option<f64>,
    /// The lower confidence limit.
    pub ci_lower: f64,
    /// The upper confidence limit.
    pub ci_upper: f64,
    /// The share of its variance, per cent, that is due to the random effects: 1 less the ratio of its variance without
    /// them to that with them (Jackson, White and Riley 2012, doi:10.1002/sim.5453); `None` without random effects.
    pub i2: Option<f64>,
}

impl MultilevelCoefficient {
    pub(super) fn new(c: Coefficient, i2: Option<f64>) -> Self {
        MultilevelCoefficient {
            term: c.term,
            estimate: c.estimate,
            se: c.se,
            statistic: c.statistic,
            df: c.df,
            p_value: c.p_value,
            ci_lower: c.ci_lower,
            ci_upper: c.ci_upper,
            i2,
        }
    }

    /// The coefficient in the words of all models, without its I².
    pub fn plain(&self) -> Coefficient {
        Coefficient {
            term: self.term.clone(),
            estimate: self.estimate,
            se: self.se,
            statistic: self.statistic,
            df: self.df,
            p_value: self.p_value,
            ci_lower: self.ci_lower,
            ci_upper: self.ci_upper,
        }
    }
}

/// The residual heterogeneity. Q rests on the sampling covariances only.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MultilevelHeterogeneity {
    /// Cochran's Q, generalized: the weighted sum of squares with the inverse sampling covariance as the weight.
    /// `None` if a sampling variance is 0.
    pub q: Option<f64>,
    /// Its degrees of freedom, k − p.
    pub q_df: usize,
    /// Its P value.
    pub q_p_value: Option<f64>,
    /// The variance between effects of different groups, summed over the components; `None` if it differs by level of an
    /// `inner | outer` term.
    pub tau2: Option<f64>,
    /// The share of `tau2` in the total variance, per cent, with the typical sampling variance of Higgins and Thompson
    /// generalized to the model (`typical_variance`).
    pub i2: Option<f64>,
    /// `1 / (1 − I²)`.
    pub h2: Option<f64>,
    /// The multivariate I² of Jackson, White and Riley (2012, doi:10.1002/sim.5453), per cent: 1 less the p-th root of the
    /// ratio of the determinants of the coefficients' covariances without and with random effects.
    pub jackson_i2: Option<f64>,
    /// `(k − p)/tr(P)`, `P` the residual projection under the sampling covariances; `None` if a sampling variance is 0.
    pub typical_variance: Option<f64>,
}

/// The variance of one random intercept.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct VarianceComponent {
    /// The factor, `outer/inner` where nested.
    pub name: String,
    /// Its number of levels.
    pub levels: usize,
    /// The variance.
    pub sigma2: f64,
    /// Its standard error by the observed information; `None` at 0, or if it is held.
    pub se: Option<f64>,
    /// The profile-likelihood interval; `None` if it was not asked for, or the variance is held.
    pub ci: Option<[Option<f64>; 2]>,
    /// The share of this level in the total variance, per cent (Cheung 2014, doi:10.1037/a0032968); `None` where the
    /// total does not exist.
    pub i2: Option<f64>,
}

/// The covariance of one `inner | outer` term.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StructureEstimate {
    /// `inner|outer`.
    pub name: String,
    /// The structure.
    pub structure: Structure,
    /// The inner levels, in order; for random slopes the covariates; empty for places.
    pub levels: Vec<String>,
    /// The number of outer levels.
    pub outer_levels: usize,
    /// One variance, or one for each inner level.
    pub tau2: Vec<f64>,
    /// Standard errors of the variances by the observed information; `None` at the edge of what is possible.
    pub tau2_se: Vec<Option<f64>>,
    /// Profile-likelihood intervals of the variances.
    pub tau2_ci: Vec<Option<[Option<f64>; 2]>>,
    /// One correlation, or those of the pairs (1,2), (1,3), ..., (2,3), ...; for a spatial structure the range. `None`
    /// beside a variance of zero.
    pub rho: Vec<Option<f64>>,
    /// Standard errors of the correlations.
    pub rho_se: Vec<Option<f64>>,
    /// Profile-likelihood intervals of the correlations.
    pub rho_ci: Vec<Option<[Option<f64>; 2]>>,
    /// For each inner level the share of its variance in the total, per cent, with the typical sampling variance of its own
    /// k_j effects, `(k_j − 1)/Σ P_ii`; empty for spatial structures and slopes.
    pub i2: Vec<Option<f64>>,
}

/// The search for the maximum of the likelihood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Optimization {
    /// The number of points from which the search started.
    pub starts: usize,
    /// The number of different local maxima that were found.
    pub maxima: usize,
    /// The number of parameters that were estimated.
    pub parameters: usize,
    /// The parameters at the start that led to the maximum, variances in units of `unit`.
    pub start: Vec<f64>,
    /// The parameters at the maximum, in the same units.
    pub end: Vec<f64>,
    /// The typical total variance.
    pub unit: f64,
    /// The Newton steps from there.
    pub steps: usize,
    /// The evaluations of the likelihood, over all starts.
    pub evaluations: usize,
    /// The largest derivative of the log-likelihood by the logarithm of a parameter that no bound holds.
    pub gradient: f64,
    /// The parameters that ended at a bound.
    pub boundary: Vec<String>,
    /// Rounding ended the search. If not, a note says so.
    pub converged: bool,
}

/// A mean at given values of the moderators.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MultilevelPrediction {
    /// The values of the moderators, where they are known by name.
    #[serde(default)]
    pub values: Point,
    /// The values of the columns.
    pub row: Vec<f64>,
    /// The estimated mean.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// The degrees of freedom; `None` for the normal.
    pub df: Option<f64>,
    /// The lower confidence limit.
    pub ci_lower: f64,
    /// The upper confidence limit.
    pub ci_upper: f64,
    /// The lower limit for the true effect of a new group at every level (a new study); `None` if the variances differ
    /// by level of an `inner | outer` term, or there are no random effects.
    pub prediction_lower: Option<f64>,
    /// The upper limit.
    pub prediction_upper: Option<f64>,
    /// The same on the original scale (back-transformed).
    pub transformed: Transformed,
}

/// The fit of a multilevel or multivariate model. Serialized, it has the fields of the command line's JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MultilevelFit {
    /// The effect measure.
    pub measure: Measure,
    /// The estimator of the variances.
    pub method: Estimation,
    /// The inference on the coefficients.
    pub inference: CoefficientInference,
    /// The confidence level.
    pub level: Level,
    /// The number of effects.
    pub k: usize,
    /// The coefficients.
    pub coefficients: Vec<MultilevelCoefficient>,
    /// The covariance matrix of the coefficients, p by p; the robust one where that was asked for.
    pub covariance: Vec<f64>,
    /// The test of the moderators; `None` without.
    pub moderator_test: Option<WaldTest>,
    /// The residual heterogeneity.
    pub residual_heterogeneity: MultilevelHeterogeneity,
    /// The random intercepts, in the order of the model.
    pub variance_components: Vec<VarianceComponent>,
    /// The `inner | outer` terms, in the order of the model.
    pub structures: Vec<StructureEstimate>,
    /// The prediction interval of a model without moderators, for the true effect of a new group at every level.
    pub prediction: Option<PredictionInterval>,
    /// The mean of a model without moderators on the original scale (back-transformed); all `None` with moderators, or if that is
    /// the scale of the analysis.
    pub transformed: Transformed,
    /// The back-transformation.
    pub back: Back,
    /// The means that were asked for.
    pub predictions: Vec<MultilevelPrediction>,
    /// The likelihood and information criteria.
    pub fit: FitInfo,
    /// The cluster-robust inference that took the place of the model-based one.
    pub robust: Option<RobustSummary>,
    /// The search for the maximum of the likelihood.
    pub optimization: Optimization,
    /// Notes and warnings.
    pub notes: Vec<String>,
    /// The parts of the model that cluster-robust inference needs; not serialized.
    #[serde(skip)]
    pub(super) working: Option<Box<Working>>,
    /// The inference that contrasts, marginal means and predictions are read off; not serialized.
    #[serde(skip)]
    pub(super) inferred: Option<Box<Basis>>,
    /// The variance about predicted means, if there is one for all; not serialized.
    #[serde(skip)]
    pub(super) spread: Option<Spread>,
    /// The model and the effects, for readings that go back to them; not serialized.
    #[serde(skip)]
    pub(super) source: Option<Arc<Source>>,
}
