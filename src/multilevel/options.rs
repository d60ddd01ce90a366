//! `Multilevel`: the model and its options.

use serde::{Deserialize, Serialize};

use super::factor::Factor;
use super::held::Holding;
use super::inference::CoefficientInference;
use super::random::RandomTerm;
use super::sampling::SamplingCovariance;
use super::structure::Structure;
use crate::codes::codes;
use crate::linear::Design;
use crate::pool::Prediction;
use crate::robust::RobustType;
use crate::{Error, GivenLevel, Result};

/// The likelihood that estimates the variances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Estimation {
    /// Restricted maximum likelihood: allows for the estimation of the coefficients.
    #[default]
    Reml,
    /// Maximum likelihood: for comparing models with different moderators.
    Ml,
}

codes! { Estimation, "method of multilevel models" {
    Reml "REML" ["restricted maximum likelihood"],
    Ml "ML" ["maximum likelihood"],
} }

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
    pub(super) holding: Holding,
    pub(super) sampling: SamplingCovariance,
    pub(super) fixed: Option<Design>,
    /// Moderators beside those of `fixed`.
    pub(super) further: Vec<(String, Vec<f64>)>,
    pub(super) method: Estimation,
    pub(super) inference: CoefficientInference,
    pub(super) level: GivenLevel,
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

    /// The model without a random effect, for [comparisons](super::MultilevelFit::compare).
    ///
    /// # Errors
    ///
    /// If there is no such term.
    pub fn without(mut self, term: &str) -> Result<Self> {
        let names: Vec<String> = self.random.iter().map(RandomTerm::name).collect();
        let Some(at) = names.iter().position(|name| name == term) else {
            return Err(Error::unknown("random effect", term, names));
        };
        self.random.remove(at);
        self.holding.forget(term);
        Ok(self)
    }

    /// The covariances of the sampling errors.
    #[must_use]
    pub fn sampling(mut self, sampling: SamplingCovariance) -> Self {
        self.sampling = sampling;
        self
    }

    /// The design matrix, or the design of a formula; without one the model has an intercept only.
    #[must_use]
    pub fn moderators(mut self, design: impl Into<Design>) -> Self {
        self.fixed = Some(design.into());
        self
    }

    /// Adds a moderator to those that the model has; the first one comes beside an intercept.
    #[must_use]
    pub fn moderator(mut self, name: impl Into<String>, column: impl Into<Vec<f64>>) -> Self {
        self.further.push((name.into(), column.into()));
        self
    }

    /// The design for `k` effects.
    ///
    /// # Errors
    ///
    /// If a moderator has not one finite value for each effect, or the name of another.
    pub(super) fn design(&self, k: usize) -> Result<Design> {
        let design = self.fixed.clone().unwrap_or_else(|| Design::with_intercept(k));
        self.further.iter().try_fold(design, |design, (name, column)| design.column(name, column.clone()))
    }

    /// REML or ML.
    #[must_use]
    pub fn method(mut self, method: Estimation) -> Self {
        self.method = method;
        self
    }

    /// The inference for coefficients.
    #[must_use]
    pub fn inference(mut self, inference: CoefficientInference) -> Self {
        self.inference = inference;
        self
    }

    /// Holds the parameters that a random effect's results list (its variances, then its correlations or range) at values; `None` is
    /// estimated. Of an unstructured covariance all or nothing can be held.
    ///
    /// ```
    /// use consilience::multilevel::{Factor, Multilevel};
    ///
    /// let study = Factor::new("study", ["a", "a", "b"])?;
    /// let model = Multilevel::nested([study])?.fix("study", [Some(0.05)]);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    #[must_use]
    pub fn fix(mut self, term: impl Into<String>, values: impl IntoIterator<Item = Option<f64>>) -> Self {
        self.holding.values.push((term.into(), values.into_iter().collect()));
        self
    }

    /// Gives two random intercepts one variance; the first must come before the second in the model.
    #[must_use]
    pub fn share(mut self, first: impl Into<String>, second: impl Into<String>) -> Self {
        self.holding.shared.push((first.into(), second.into()));
        self
    }

    /// The confidence level: a fraction, or a [`Level`](crate::Level).
    #[must_use]
    pub fn level(mut self, level: impl Into<GivenLevel>) -> Self {
        self.level = level.into();
        self
    }

    /// Cluster-robust inference in place of the model-based one. Every group of every random effect, and every block of
    /// sampling covariances, must lie within one cluster.
    #[must_use]
    pub fn robust(mut self, kind: RobustType, cluster: Factor) -> Self {
        self.robust = Some((kind, cluster));
        self
    }

    /// The intervals of the variance components.
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

    /// The model for these effects only.
    pub(super) fn subset(&self, rows: &[usize]) -> Multilevel {
        Multilevel {
            random: self.random.iter().map(|term| term.subset(rows)).collect(),
            sampling: self.sampling.subset(rows),
            fixed: self.fixed.as_ref().map(|design| design.of_rows(rows)),
            further: self.further.iter().map(|(name, column)| (name.clone(), pick(column, rows))).collect(),
            robust: self.robust.as_ref().map(|(kind, cluster)| (*kind, cluster.subset(rows))),
            ..self.clone()
        }
    }
}

/// The values at these positions.
fn pick(column: &[f64], rows: &[usize]) -> Vec<f64> {
    rows.iter().filter_map(|&row| column.get(row).copied()).collect()
}
