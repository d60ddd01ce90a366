//! `Multilevel`: the model and its options.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::estimate;
use super::factor::Factor;
use super::fit::MultilevelFit;
use super::fixed_effects::FixedEffects;
use super::random::RandomTerm;
use super::readings::{self, RandomEffect};
use super::sampling::SamplingCovariance;
use super::structure::Structure;
use crate::pool::{Inference, Prediction};
use crate::robust::RobustType;
use crate::{EffectSizes, Error, Result};

/// The likelihood that estimates the variances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[non_exhaustive]
pub enum Estimation {
    /// Restricted maximum likelihood: allows for the estimation of the coefficients.
    #[default]
    Reml,
    /// Maximum likelihood: for comparing models with different moderators.
    Ml,
}

impl fmt::Display for Estimation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Estimation::Reml => "REML",
            Estimation::Ml => "ML",
        })
    }
}

impl FromStr for Estimation {
    type Err = Error;

    fn from_str(code: &str) -> Result<Self> {
        match code.to_ascii_uppercase().as_str() {
            "REML" => Ok(Estimation::Reml),
            "ML" => Ok(Estimation::Ml),
            _ => Err(Error::unknown("method of multilevel models", code, ["REML", "ML"])),
        }
    }
}

/// Intervals of the variance components.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum ComponentIntervals {
    /// Profile-likelihood intervals, at the level of the model.
    #[default]
    Profile,
    /// None; saves most of the time of a fit.
    Omit,
}

/// A multilevel or multivariate model. See the [module](super) for examples.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Multilevel {
    pub(super) random: Vec<RandomTerm>,
    pub(super) sampling: SamplingCovariance,
    pub(super) fixed: Option<FixedEffects>,
    pub(super) method: Estimation,
    pub(super) inference: Inference,
    pub(super) level: Option<f64>,
    pub(super) robust: Option<(RobustType, Factor)>,
    pub(super) intervals: ComponentIntervals,
    pub(super) prediction: Option<Prediction>,
    pub(super) predictions: Vec<Vec<f64>>,
}

impl Multilevel {
    /// A model without random effects, to which [`random`](Self::random) adds them: an intercept, independent sampling
    /// errors, REML, Wald tests, level 0.95, profile-likelihood intervals.
    pub fn new() -> Self {
        Multilevel::default()
    }

    /// Nested random intercepts, factors from the outermost in: `a`, `a/b`, `a/b/c`.
    ///
    /// # Errors
    ///
    /// If the factors cover different numbers of effects.
    pub fn nested(factors: impl IntoIterator<Item = Factor>) -> Result<Self> {
        Ok(Multilevel { random: RandomTerm::nested(factors)?, ..Multilevel::default() })
    }

    /// A multivariate model: the levels of `inner` (outcomes) are correlated within each level of `outer` (trials).
    pub fn multivariate(inner: Factor, outer: Factor, structure: Structure) -> Self {
        Multilevel::new().random(RandomTerm::Structured { inner, outer, structure })
    }

    /// The correlated and hierarchical effects model of Pustejovsky and Tipton (2022, doi:10.1007/s11121-021-01246-3):
    /// intercepts of studies and of effects within them, the sampling correlation `correlation` within studies, and
    /// CR2 inference clustered by study.
    ///
    /// # Errors
    ///
    /// If no effect is given.
    pub fn correlated_hierarchical(study: Factor, correlation: f64) -> Result<Self> {
        let effect = Factor::each_effect("effect", study.len())?;
        Ok(Multilevel::nested([study.clone(), effect])?
            .sampling(SamplingCovariance::constant(correlation, study.clone()))
            .robust(RobustType::Cr2, study))
    }

    /// Adds a random term.
    #[must_use]
    pub fn random(mut self, term: RandomTerm) -> Self {
        self.random.push(term);
        self
    }

    /// Adds several random terms.
    #[must_use]
    pub fn random_all(mut self, terms: impl IntoIterator<Item = RandomTerm>) -> Self {
        self.random.extend(terms);
        self
    }

    /// The covariances of the sampling errors.
    #[must_use]
    pub fn sampling(mut self, sampling: SamplingCovariance) -> Self {
        self.sampling = sampling;
        self
    }

    /// The design matrix; without one the model has an intercept only.
    #[must_use]
    pub fn moderators(mut self, design: FixedEffects) -> Self {
        self.fixed = Some(design);
        self
    }

    /// REML or ML.
    #[must_use]
    pub fn method(mut self, method: Estimation) -> Self {
        self.method = method;
        self
    }

    /// [`Inference::Wald`], or [`Inference::T`] with k − p degrees of freedom.
    #[must_use]
    pub fn inference(mut self, inference: Inference) -> Self {
        self.inference = inference;
        self
    }

    /// The confidence level, as a fraction.
    #[must_use]
    pub fn level(mut self, level: f64) -> Self {
        self.level = Some(level);
        self
    }

    /// Cluster-robust inference in place of the model-based one. Every group of every random effect, and every block of
    /// sampling covariances, must lie within one cluster.
    #[must_use]
    pub fn robust(mut self, kind: RobustType, cluster: Factor) -> Self {
        self.robust = Some((kind, cluster));
        self
    }

    /// Whether variance components get intervals.
    #[must_use]
    pub fn intervals(mut self, intervals: ComponentIntervals) -> Self {
        self.intervals = intervals;
        self
    }

    /// The convention of prediction intervals; without one it goes with the inference.
    #[must_use]
    pub fn prediction(mut self, prediction: Prediction) -> Self {
        self.prediction = Some(prediction);
        self
    }

    /// Rows of the design at which means are wanted, one value for each column.
    #[must_use]
    pub fn predict(mut self, rows: impl IntoIterator<Item = Vec<f64>>) -> Self {
        self.predictions.extend(rows);
        self
    }

    /// Fits the model.
    ///
    /// # Errors
    ///
    /// If the data do not fit together, a sampling covariance matrix is not positive definite (the error names the
    /// cluster, its rows and the smallest eigenvalue), moderators are linearly dependent, or a variance or correlation
    /// cannot be estimated for a reason that the error gives.
    pub fn fit(&self, effects: &EffectSizes) -> Result<MultilevelFit> {
        estimate::fit(self, effects)
    }

    /// The predicted deviations of every group of every random term, with their standard errors (best linear unbiased
    /// predictions), for a fit of this model to these effects.
    ///
    /// # Errors
    ///
    /// If the fit is not one of this model to these effects.
    pub fn random_effects(&self, effects: &EffectSizes, fit: &MultilevelFit) -> Result<Vec<RandomEffect>> {
        readings::random_effects(self, effects, fit)
    }
}
