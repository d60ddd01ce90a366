//! Comparison of two nested models by likelihood ratio and information criteria.
//!
//! LRT = 2 (ll_full - ll_reduced), chi-square with as many degrees of freedom as the full model has more parameters.
//! Restricted likelihoods can only be compared between models with the same moderators, because each is the likelihood of
//! the data without what its own moderators explain; comparing moderators by REML is refused here, with `ML` as the way
//! out. When the models differ by tau² alone (its test is at the boundary of its range) the P value is halved.
//!
//! Reference: Self and Liang (1987), doi:10.1080/01621459.1987.10478472, for the boundary.

use serde::{Deserialize, Serialize};

use super::RegressionFit;
use crate::{
    Error, Result,
    pool::{FitInfo, PoolModel},
    stat::chi2,
    tau2::{Tau2, likelihood::Likelihood, linear::Linear},
};

/// One of two models compared.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ComparedModel {
    /// The number of parameters: coefficients, and tau² if it was estimated.
    pub parameters: usize,
    /// The likelihood and the criteria.
    pub fit: FitInfo,
    /// The residual heterogeneity's Q.
    pub q: Option<f64>,
    /// The residual tau².
    pub tau2: Option<f64>,
}

/// The comparison of a model with a reduced one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ModelComparison {
    /// The model with more parameters.
    pub full: ComparedModel,
    /// The model nested in it.
    pub reduced: ComparedModel,
    /// Twice the difference of the log-likelihoods.
    pub lrt: f64,
    /// The difference in the number of parameters.
    pub df: usize,
    /// The P value.
    pub p_value: f64,
    /// The share of the reduced model's tau² that the full one explains, in per cent, at least 0.
    pub r2: Option<f64>,
    /// Notes and warnings.
    pub notes: Vec<String>,
}

impl RegressionFit {
    /// Compares this model with one that is nested in it and was fitted to the same effects.
    ///
    /// # Errors
    ///
    /// If the effects differ, the other model is not nested in this one or not smaller, the likelihoods are not of one
    /// kind, restricted likelihoods belong to different moderators, or tau² was not estimated by maximum likelihood.
    pub fn compare(&self, reduced: &RegressionFit) -> Result<ModelComparison> {
        let setting = |found: &str, remedy: &str| Error::setting("comparison", found, remedy);
        if self.data() != reduced.data() {
            return Err(setting("the models are fits of different effects", "fit both to the same studies"));
        }
        let kind = self.common_likelihood(reduced)?;
        let (p, p0) = (self.design.p(), reduced.design.p());
        if !self.contains(reduced) {
            return Err(setting(
                "the moderators of the reduced model are not among those of the full one",
                "compare nested models",
            ));
        }
        if kind == Some(Likelihood::Reml) && p != p0 {
            return Err(setting(
                "restricted likelihoods (REML) of models with different moderators are not comparable",
                "fit both models by ML",
            ));
        }
        // A fixed-effects model beside a REML fit needs its restricted likelihood.
        let (full, reduced_model) = (self.compared(kind)?, reduced.compared(kind)?);
        if full.parameters <= reduced_model.parameters {
            return Err(setting(
                "the reduced model has as many parameters as the full one",
                "give the model with fewer parameters as the reduced one",
            ));
        }
        let df = full.parameters - reduced_model.parameters;
        let lrt = (2.0 * (full.fit.log_likelihood - reduced_model.fit.log_likelihood)).max(0.0);
        let mut p_value = chi2::sf(lrt, df as f64);
        let mut notes = Vec::new();
        if p == p0 {
            p_value = if lrt > 0.0 { 0.5 * p_value } else { 1.0 };
            notes.push(
                "the models differ by tau² alone, which is tested at its boundary: the P value is halved"
                    .to_owned(),
            );
        } else if full.tau2.is_some() != reduced_model.tau2.is_some() {
            notes.push(
                "the models differ by tau² too, which is tested at its boundary: the P value is too large"
                    .to_owned(),
            );
        }
        let r2 = match (full.tau2, reduced_model.tau2) {
            (Some(full), Some(reduced)) if reduced > 0.0 && p != p0 => {
                Some((100.0 * (1.0 - full / reduced)).max(0.0))
            }
            _ => None,
        };
        Ok(ModelComparison { full, reduced: reduced_model, lrt, df, p_value, r2, notes })
    }

    /// The kind of likelihood that both fits maximize; `None` if both are fixed effects.
    fn common_likelihood(&self, reduced: &RegressionFit) -> Result<Option<Likelihood>> {
        match (self.likelihood()?, reduced.likelihood()?) {
            (a, b) if a == b => Ok(a),
            (None, other) | (other, None) => Ok(other),
            _ => Err(Error::setting(
                "comparison",
                "one model was fitted by ML, the other by REML",
                "fit both by ML to compare moderators",
            )),
        }
    }

    /// The kind of likelihood that the fit maximises; `None` for fixed effects, whose coefficients maximize both.
    fn likelihood(&self) -> Result<Option<Likelihood>> {
        if self.weights.is_some() {
            return Err(Error::setting(
                "comparison",
                "with given weights the likelihood is not what was maximised",
                "fit with inverse-variance weights",
            ));
        }
        match self.method {
            _ if self.model != PoolModel::Random => Ok(None),
            Some(Tau2::Reml) => Ok(Some(Likelihood::Reml)),
            Some(Tau2::Ml) => Ok(Some(Likelihood::Ml)),
            method => Err(Error::setting(
                "comparison",
                format!("tau² by {} does not maximise a likelihood", method.map_or("", Tau2::code)),
                "fit both models by ML",
            )),
        }
    }

    fn compared(&self, kind: Option<Likelihood>) -> Result<ComparedModel> {
        let h = &self.residual_heterogeneity;
        let parameters = self.design.p() + usize::from(h.is_estimated());
        let fit = match (self.fit, kind, self.model) {
            (_, Some(Likelihood::Reml), PoolModel::Fixed) => {
                let (yi, vi) = self.data();
                let mut model = Linear::new(&yi, &vi, self.design.values())?;
                let ll = crate::tau2::likelihood::log_likelihood(&mut model, Likelihood::Reml, 0.0);
                FitInfo::new(ll, -2.0 * ll, parameters as f64, (self.k - self.design.p()) as f64)
            }
            (Some(fit), ..) => fit,
            (None, ..) => {
                return Err(Error::setting(
                    "comparison",
                    "a model has no likelihood",
                    "fit both models by ML",
                ));
            }
        };
        Ok(ComparedModel { parameters, fit, q: h.q, tau2: h.tau2 })
    }

    /// Tells whether the columns of `other` lie in the space of this design's columns.
    fn contains(&self, other: &RegressionFit) -> bool {
        let (k, p) = (self.k, self.design.p());
        let zeros = vec![0.0; k];
        let ones = vec![1.0; k];
        if p >= k || other.design.k() != k {
            return false;
        }
        let Ok(model) = Linear::new(&zeros, &ones, self.design.values()) else { return false };
        (0..other.design.p()).all(|column| {
            let values = other.design.values_of(column);
            let mut along = vec![0.0; p];
            for (i, value) in values.iter().enumerate() {
                for (a, q) in along.iter_mut().zip(model.row(i)) {
                    *a += q * value;
                }
            }
            let square = |v: f64| v * v;
            let left: f64 = values
                .iter()
                .enumerate()
                .map(|(i, value)| square(value - super::kernel::dot(model.row(i), &along)))
                .sum();
            let total: f64 = values.iter().map(|v| v * v).sum();
            left <= 1e-18 * total
        })
    }
}
