//! All subsets of the moderators: which models the data support, and coefficients averaged over them.
//!
//! Every subset of the terms is fitted by maximum likelihood (an interaction enters only with its parts) and weighted by
//! exp(-Δ/2), Δ the distance of its criterion to the best. A coefficient is averaged over all models, as 0 where its term
//! is absent, which shrinks those that the data do not support; its variance Σ w (se² + (b - b̄)²) holds the uncertainty
//! about the model. A term's importance is the weight of the models that contain it.
//!
//! References: Burnham and Anderson (2002), Model selection and multimodel inference; (2004),
//! doi:10.1177/0049124104268644. Cinar, Umbanhowar, Koricheva and Nakagawa (2021), doi:10.1111/2041-210X.13489.

use serde::{Deserialize, Serialize};

use super::{Design, MetaRegression, Regressed, options::model_of};
use crate::codes::codes;
use crate::{
    EffectSizes, Error, Level, Result,
    linear::Coefficient,
    pool::{FitInfo, Inference},
    tau2::{
        Tau2,
        likelihood::{Likelihood, log_likelihood},
    },
};

/// The criterion by which models are weighted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Criterion {
    /// `aicc`: Akaike's, corrected for few studies.
    #[default]
    Aicc,
    /// `aic`: Akaike's.
    Aic,
    /// `bic`: the Bayesian one.
    Bic,
}

codes! { Criterion, "criterion" {
    Aicc "aicc" ["corrected AIC"],
    Aic "aic" ["Akaike"],
    Bic "bic" ["Schwarz"],
} }

impl Criterion {
    fn of(self, fit: &FitInfo) -> f64 {
        match self {
            Criterion::Aicc => fit.aicc,
            Criterion::Aic => fit.aic,
            Criterion::Bic => fit.bic,
        }
    }
}

/// One model among all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Candidate {
    /// Its terms.
    pub terms: Vec<String>,
    /// Its likelihood and criteria.
    pub fit: FitInfo,
    /// Its residual tau².
    pub tau2: f64,
    /// The distance of its criterion to the best.
    pub delta: f64,
    /// Its weight; weights sum to 1.
    pub weight: f64,
}

/// A term's importance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Importance {
    /// The term.
    pub term: String,
    /// The weight of the models that contain it.
    pub importance: f64,
}

/// All models and what they say together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Multimodel {
    /// The criterion.
    pub criterion: Criterion,
    /// The models, the best first.
    pub models: Vec<Candidate>,
    /// The importance of every term.
    pub importance: Vec<Importance>,
    /// The averaged coefficients, with normal-distribution tests and intervals.
    pub coefficients: Vec<Coefficient>,
}

/// More terms than that are refused: 2¹⁶ models.
const TERMS: usize = 16;

/// One fitted subset.
struct Fitted {
    fit: FitInfo,
    tau2: f64,
    /// Position in the whole design, estimate, variance.
    coefficients: Vec<(usize, f64, f64)>,
}

impl MetaRegression {
    /// Fits all subsets of the terms of `design` and averages over them. The model must be fixed-effects or by `ML`.
    ///
    /// # Errors
    ///
    /// If tau² is not by ML (restricted likelihoods of different moderators are not comparable), there are given weights,
    /// more than 16 terms or none, or the whole model cannot be fitted.
    ///
    /// ```
    /// use consilience::{EffectSizes, Measure, regression::{Criterion, MetaRegression, Design}, tau2::Tau2};
    ///
    /// let effects = EffectSizes::new(Measure::MeanDifference, ["A", "B", "C", "D", "E", "F"],
    ///     [0.1, 0.4, 0.5, 0.9, 1.0, 1.4], [0.01, 0.02, 0.01, 0.02, 0.03, 0.02])?;
    /// let design = Design::with_intercept(6)
    ///     .column("dose", [1.0, 2.0, 3.0, 4.0, 5.0, 6.0])?
    ///     .column("noise", [0.0, 1.0, 0.0, 0.0, 1.0, 0.0])?;
    /// let all = MetaRegression::new(Tau2::Ml).all_subsets(&effects, &design, Criterion::Aicc)?;
    /// assert_eq!((all.models.len(), all.models[0].terms.as_slice()), (4, ["dose".to_owned()].as_slice()));
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn all_subsets(
        &self,
        effects: &EffectSizes,
        design: impl Into<Design>,
        criterion: Criterion,
    ) -> Result<Multimodel> {
        let design = design.into();
        let level = self.check_subsets(effects, &design)?;
        let terms = design.terms();
        let names: Vec<&str> = terms.iter().map(|t| t.name.as_str()).collect();
        let subsets = subsets(&names, design.has_intercept());
        let fitted = crate::stat::progress::all_of("models", subsets.len(), |i| {
            self.fit_subset(effects, &design, &subsets[i])
        })?;
        let fitted = fitted.into_iter().collect::<Result<Vec<Fitted>>>()?;

        let values: Vec<f64> = fitted.iter().map(|f| criterion.of(&f.fit)).collect();
        let best = values.iter().copied().fold(f64::INFINITY, f64::min);
        let weights = akaike_weights(&values, best);
        let coefficients = averaged(&fitted, &weights, &design, level);
        let with = |term: usize| subsets.iter().zip(&weights).filter(move |(s, _)| s.contains(&term));
        let importance = |(term, name): (usize, &&str)| Importance {
            term: (*name).to_owned(),
            importance: with(term).map(|(_, w)| w).sum(),
        };
        let importance = names.iter().enumerate().map(importance).collect();
        let mut models: Vec<Candidate> = subsets
            .iter()
            .zip(&fitted)
            .zip(values.iter().zip(&weights))
            .map(|((subset, f), (value, weight))| Candidate {
                terms: subset.iter().map(|&term| terms[term].name.clone()).collect(),
                fit: f.fit,
                tau2: f.tau2,
                delta: value - best,
                weight: *weight,
            })
            .collect();
        models.sort_by(|a, b| a.delta.total_cmp(&b.delta));
        Ok(Multimodel { criterion, models, importance, coefficients })
    }

    /// Refuses what has no comparable subsets. The whole model must be possible, and its options right.
    fn check_subsets(&self, effects: &EffectSizes, design: &Design) -> Result<Level> {
        let spec = &self.spec;
        if spec.is_random() && spec.estimator != Tau2::Ml && spec.fixed_tau2.is_none() {
            return Err(Error::setting(
                "method",
                format!("models with different moderators cannot be compared by {}", spec.estimator),
                "use ML",
            ));
        }
        let level = spec.level.check()?;
        if self.fit(effects, design)?.weights.is_some() {
            return Err(Error::setting(
                "weights",
                "with given weights the likelihood is not what was maximised",
                "leave them out",
            ));
        }
        let m = design.terms().len();
        if m == 0 || m > TERMS {
            return Err(Error::setting(
                "terms",
                format!("{m} terms"),
                format!("all subsets are formed of 1 to {TERMS} terms"),
            ));
        }
        Ok(level)
    }

    fn fit_subset(&self, effects: &EffectSizes, design: &Design, subset: &[usize]) -> Result<Fitted> {
        let (yi, vi) = (effects.yi(), effects.vi());
        let part = design.of_terms(subset);
        let mut model = model_of(yi, vi, &part)?;
        let spec = &self.spec;
        // The estimator is ML here, or there is none.
        let tau2 = spec.tau2(&mut model, None);
        let parameters = part.p() + usize::from(spec.is_random() && spec.fixed_tau2.is_none());
        let ll = log_likelihood(&mut model, Likelihood::Ml, tau2);
        let fit = FitInfo::of_maximum(ll, vi, parameters as f64);
        let inference = match spec.inference {
            Inference::KenwardRoger => Inference::Wald,
            other => other,
        };
        let regressed = Regressed::new(model, tau2, None, inference);
        let (g, c) = (&regressed.solution.g, &regressed.solution.c);
        let estimates = regressed.model.on_design(g);
        let covariance = regressed.model.covariance_on_design(c.as_slice(), part.p());
        let columns = usize::from(design.has_intercept());
        let positions =
            (0..columns).chain(subset.iter().flat_map(|&term| design.terms()[term].columns.iter().copied()));
        let coefficients = positions
            .enumerate()
            .map(|(i, column)| (column, estimates[i], covariance[i * part.p() + i]))
            .collect();
        Ok(Fitted { fit, tau2, coefficients })
    }
}

/// The subsets of terms that make a model: every interaction with its parts, and without an intercept at least one term.
fn subsets(names: &[&str], intercept: bool) -> Vec<Vec<usize>> {
    (0..1_usize << names.len())
        .map(|bits| (0..names.len()).filter(|term| bits >> term & 1 == 1).collect())
        .filter(|subset: &Vec<usize>| (intercept || !subset.is_empty()) && marginal(subset, names))
        .collect()
}

/// exp(-½ Δ) over their sum, for the differences Δ of a criterion from its best value.
fn akaike_weights(values: &[f64], best: f64) -> Vec<f64> {
    let raw: Vec<f64> = values.iter().map(|v| (-0.5 * (v - best)).exp()).collect();
    let total: f64 = raw.iter().sum();
    raw.iter().map(|w| w / total).collect()
}

/// The coefficients averaged over the models, a coefficient that a model has not counting as 0, with unconditional standard errors.
fn averaged(fitted: &[Fitted], weights: &[f64], design: &Design, level: Level) -> Vec<Coefficient> {
    let p = design.p();
    let mut mean = vec![0.0; p];
    for (f, w) in fitted.iter().zip(weights) {
        for &(column, estimate, _) in &f.coefficients {
            mean[column] += w * estimate;
        }
    }
    let mut variance = vec![0.0; p];
    for (f, w) in fitted.iter().zip(weights) {
        let mut present = vec![false; p];
        for &(column, estimate, v) in &f.coefficients {
            variance[column] += w * (v + (estimate - mean[column]).powi(2));
            present[column] = true;
        }
        for column in (0..p).filter(|&column| !present[column]) {
            variance[column] += w * mean[column].powi(2);
        }
    }
    let each = design.names().iter().zip(mean.iter().zip(&variance));
    each.map(|(name, (mean, variance))| Coefficient::new(name, *mean, variance.sqrt(), None, level)).collect()
}

/// Tells whether every interaction in the subset has its parts with it, as far as they are terms.
fn marginal(subset: &[usize], names: &[&str]) -> bool {
    let parts = |name: &str| -> Vec<String> { name.split(':').map(|part| part.trim().to_owned()).collect() };
    subset.iter().all(|&term| {
        let of = parts(names[term]);
        (0..names.len()).all(|other| {
            let within = parts(names[other]);
            let below = within.len() < of.len() && within.iter().all(|part| of.contains(part));
            !below || subset.contains(&other)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interactions_come_with_their_parts() {
        let names = ["a", "b", "a:b"];
        assert!(marginal(&[0, 1, 2], &names));
        assert!(!marginal(&[0, 2], &names));
        assert!(marginal(&[2], &["c", "d", "a:b"]));
    }
}
