//! The choices of a model of independent effects beside its data: the estimator of tau², the inference, intervals and weights.
//!
//! Every model, and every analysis that fits one, holds one [`ModelSpec`] and offers those of its setters that apply to it, so that a
//! choice has one name, one default and one check wherever it is made.

use serde::{Deserialize, Serialize};

use super::{Between, FitInfo, Heterogeneity, Inference, Prediction};
use crate::{
    Error, GivenLevel, Result,
    tau2::{
        self, Tau2, Tau2Estimate, Tau2IntervalMethod,
        likelihood::{Likelihood, log_likelihood},
        model::Model,
    },
};

/// The model that was fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum PoolModel {
    /// Inverse-variance weights; the average of these studies' effects, or the one effect that they share.
    Fixed,
    /// Inverse-variance weights with tau²: the mean of a distribution of effects.
    Random,
    /// Mantel and Haenszel.
    Mh,
    /// Peto.
    Peto,
}

/// The weights of the mean.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub enum Weights {
    /// 1 / (v + tau²).
    #[default]
    InverseVariance,
    /// The same for every study: the plain mean.
    Equal,
    /// Given, one for each study.
    Given(Vec<f64>),
}

impl Weights {
    /// The given weights of `k` studies, checked; `None` for inverse variances.
    pub(crate) fn given(&self, k: usize) -> Result<Option<Vec<f64>>> {
        match self {
            Weights::InverseVariance => Ok(None),
            Weights::Equal => Ok(Some(vec![1.0; k])),
            Weights::Given(weights) => {
                check_weights(weights, k)?;
                Ok(Some(weights.clone()))
            }
        }
    }

    /// Those of some of the studies.
    pub(crate) fn of_rows(&self, rows: &[usize]) -> Weights {
        match self {
            Weights::Given(weights) => {
                Weights::Given(rows.iter().filter_map(|&row| weights.get(row).copied()).collect())
            }
            other => other.clone(),
        }
    }
}

fn check_weights(weights: &[f64], k: usize) -> Result<()> {
    if weights.len() != k {
        return Err(Error::setting(
            "weights",
            format!("{} weights for {k} studies", weights.len()),
            "give one weight for every study",
        ));
    }
    if let Some((row, w)) = weights.iter().enumerate().find(|(_, w)| !(w.is_finite() && **w >= 0.0)) {
        return Err(Error::data(format!("weight is {w}"), "weights must be finite and not below 0")
            .in_row(row + 1)
            .in_column("weights"));
    }
    if weights.iter().sum::<f64>() <= 0.0 {
        return Err(Error::setting("weights", "all weights are 0", "at least one must be above 0"));
    }
    Ok(())
}

/// The choices that models of independent effects share.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ModelSpec {
    pub model: PoolModel,
    pub estimator: Tau2,
    pub inference: Inference,
    /// `None`: the convention that matches the inference.
    pub prediction: Option<Prediction>,
    pub level: GivenLevel,
    /// tau² in place of an estimate.
    pub fixed_tau2: Option<f64>,
    pub weights: Weights,
    /// `None`: Q-profile, or for GENQ the generalized Q.
    pub interval: Option<Tau2IntervalMethod>,
}

impl Default for ModelSpec {
    /// REML with Wald inference at 95 %.
    fn default() -> Self {
        ModelSpec::random(Tau2::default())
    }
}

/// The variance between studies of a fit, and its weights.
pub(crate) struct Estimates {
    pub between: Between,
    /// 0 for fixed effects.
    pub tau2: f64,
    /// The weights of the least squares, if they are not 1 / (v + tau²).
    pub weights: Option<Vec<f64>>,
}

impl ModelSpec {
    /// Random effects with this estimator of tau².
    pub fn random(estimator: Tau2) -> Self {
        ModelSpec {
            model: PoolModel::Random,
            estimator,
            inference: Inference::default(),
            prediction: None,
            level: GivenLevel::default(),
            fixed_tau2: None,
            weights: Weights::default(),
            interval: None,
        }
    }

    /// Fixed effects.
    pub fn fixed() -> Self {
        ModelSpec { model: PoolModel::Fixed, ..ModelSpec::default() }
    }

    pub fn is_random(&self) -> bool {
        self.model == PoolModel::Random
    }

    /// The estimator, where there is one.
    pub fn method(&self) -> Option<Tau2> {
        self.is_random().then_some(self.estimator)
    }

    /// Tells whether tau² is by the generalized Q, whose fixed weights are those of the coefficients too.
    pub fn is_generalized(&self) -> bool {
        self.is_random() && matches!(self.estimator, Tau2::Genq | Tau2::Genqm)
    }

    /// Refuses a fixed tau² that is none.
    pub fn check_tau2(&self) -> Result<()> {
        match self.fixed_tau2.filter(|tau2| !(tau2.is_finite() && *tau2 >= 0.0)) {
            Some(tau2) => {
                let found = format!("tau² is {tau2}");
                Err(Error::setting("tau2", found, "it must be finite and not below 0"))
            }
            None => Ok(()),
        }
    }

    /// tau² of a model, fixed or estimated; 0 for fixed effects.
    pub fn tau2<M: Model>(&self, model: &mut M, weights: Option<&[f64]>) -> f64 {
        match (self.is_random(), self.fixed_tau2) {
            (false, _) => 0.0,
            (true, Some(tau2)) => tau2,
            (true, None) => tau2::estimate_of(model, self.estimator, weights).tau2,
        }
    }

    /// tau² with its origin, and the weights; `given` are those that were asked for.
    pub fn estimates<M: Model>(&self, model: &mut M, given: Option<Vec<f64>>) -> Estimates {
        let between = match (self.is_random(), self.fixed_tau2) {
            (true, Some(tau2)) => Between::Fixed(tau2),
            (true, None) if model.df() > 0.0 => {
                Between::Estimated(tau2::estimate_of(model, self.estimator, given.as_deref()))
            }
            _ => Between::None,
        };
        let tau2 = match between {
            Between::None => 0.0,
            Between::Fixed(tau2) | Between::Estimated(Tau2Estimate { tau2, .. }) => tau2,
        };
        // GENQ has fixed weights for the coefficients too: 1 / v unless others are given.
        let weights = match given {
            None if self.is_generalized() => Some(model.vi().iter().map(|v| 1.0 / v).collect()),
            other => other,
        };
        Estimates { between, tau2, weights }
    }

    /// The method of the confidence interval for tau².
    pub fn tau2_interval(&self) -> Tau2IntervalMethod {
        self.interval.unwrap_or(match self.is_generalized() {
            true => Tau2IntervalMethod::GeneralizedQ,
            false => Tau2IntervalMethod::QProfile,
        })
    }

    /// The likelihood at the fitted coefficients: REML where the estimator is REML, else ML. `None` where it does not exist: REML
    /// without residual degrees of freedom.
    pub fn fit_info<M: Model>(&self, model: &mut M, h: &Heterogeneity) -> Option<FitInfo> {
        let (df, tau2) = (model.df(), h.tau2.unwrap_or(0.0));
        let parameters = model.p() as f64 + if h.is_estimated() { 1.0 } else { 0.0 };
        if self.is_random() && self.estimator == Tau2::Reml && h.tau2.is_some() {
            let ll = log_likelihood(model, Likelihood::Reml, tau2);
            return (df > 0.0).then(|| FitInfo::new(ll, -2.0 * ll, parameters, df));
        }
        let ll = log_likelihood(model, Likelihood::Ml, tau2);
        Some(FitInfo::of_maximum(ll, model.vi(), parameters))
    }
}

/// The setters of a type that holds a [`ModelSpec`] in its field `spec`: those that apply to it, each with what is particular to it.
macro_rules! spec_setters {
    ($( $(#[$doc:meta])* $setter:ident ),+ $(,)?) => {
        $( $crate::linear::spec_setters! { @ $setter [$(#[$doc])*] } )+
    };
    (@ inference [$(#[$doc:meta])*]) => {
        /// The inference: standard errors, tests and intervals.
        $(#[$doc])*
        #[must_use]
        pub fn inference(mut self, inference: $crate::linear::Inference) -> Self {
            self.spec.inference = inference;
            self
        }
    };
    (@ prediction [$(#[$doc:meta])*]) => {
        /// The convention of prediction intervals; without it, the one that matches the inference.
        $(#[$doc])*
        #[must_use]
        pub fn prediction(mut self, prediction: $crate::linear::Prediction) -> Self {
            self.spec.prediction = Some(prediction);
            self
        }
    };
    (@ level [$(#[$doc:meta])*]) => {
        /// The confidence level: a fraction, or a [`Level`](crate::Level).
        $(#[$doc])*
        #[must_use]
        pub fn level(mut self, level: impl Into<$crate::GivenLevel>) -> Self {
            self.spec.level = level.into();
            self
        }
    };
    (@ tau2 [$(#[$doc:meta])*]) => {
        /// Fixes tau² in place of estimating it.
        $(#[$doc])*
        #[must_use]
        pub fn tau2(mut self, tau2: f64) -> Self {
            self.spec.fixed_tau2 = Some(tau2);
            self
        }
    };
    (@ weights [$(#[$doc:meta])*]) => {
        /// The weights of the mean or the least squares; those of GENQ and GENQM also give tau².
        $(#[$doc])*
        #[must_use]
        pub fn weights(mut self, weights: $crate::linear::Weights) -> Self {
            self.spec.weights = weights;
            self
        }
    };
    (@ tau2_interval [$(#[$doc:meta])*]) => {
        /// The method of the confidence interval for tau²; without it Q-profile, and for GENQ the generalized Q with its weights.
        $(#[$doc])*
        #[must_use]
        pub fn tau2_interval(mut self, method: $crate::tau2::Tau2IntervalMethod) -> Self {
            self.spec.interval = Some(method);
            self
        }
    };
}
pub(crate) use spec_setters;
