//! The fit of a model for counts: the effect with its inference, heterogeneity, the studies, and notes.

use serde::{Deserialize, Serialize};

use crate::{Level, stat::chi2};

use super::{
    StudyInterval,
    data::CountMeasure,
    options::{Coding, CountInference, Effects, Link, Model, Penalty},
};

/// A likelihood-ratio test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct LikelihoodRatio {
    /// Twice the difference of the log-likelihoods.
    pub statistic: f64,
    /// The degrees of freedom.
    pub df: usize,
    /// The P value.
    pub p_value: f64,
}

impl LikelihoodRatio {
    /// Against χ² with `df` degrees of freedom; `None` without any.
    pub(super) fn chi2(statistic: f64, df: usize) -> Option<Self> {
        let statistic = statistic.max(0.0);
        let p_value = chi2::sf(statistic, df as f64);
        (df > 0 && p_value.is_finite()).then_some(LikelihoodRatio { statistic, df, p_value })
    }

    /// Of a variance that cannot be negative: half of the P value, and 1 where the statistic is 0.
    pub(super) fn of_variance(statistic: f64) -> Self {
        let statistic = if statistic < 2e-9 { 0.0 } else { statistic };
        let p_value = if statistic > 0.0 { 0.5 * chi2::sf(statistic, 1.0) } else { 1.0 };
        LikelihoodRatio { statistic, df: 1, p_value }
    }
}

/// The disagreement of the studies.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CountHeterogeneity {
    /// The variance of the effects.
    pub tau2: Option<f64>,
    /// Its standard error; `None` at 0.
    pub tau2_se: Option<f64>,
    /// The standard deviation of the effects.
    pub tau: Option<f64>,
    /// The profile-likelihood interval of tau².
    pub tau2_ci: Option<(f64, Option<f64>)>,
    /// The variance of the study effects (`um-rs`).
    pub sigma2: Option<f64>,
    /// The correlation of study effects and treatment effects (`um-rs`, correlated), or of the two groups' risks
    /// (`bivariate-bb`).
    pub rho: Option<f64>,
    /// The likelihood-ratio test of no correlation (`bivariate-bb`).
    #[serde(default)]
    pub rho_lrt: Option<LikelihoodRatio>,
    /// The intra-class correlation (`bb`), or φ of the variance μ + φμ² (`nb`).
    pub overdispersion: Option<f64>,
    /// The likelihood-ratio test of tau² = 0.
    pub lrt: Option<LikelihoodRatio>,
    /// The likelihood-ratio test of no overdispersion (`bb`, `nb`).
    pub overdispersion_lrt: Option<LikelihoodRatio>,
    /// The common effect against a model that fits every study.
    pub q_lrt: Option<LikelihoodRatio>,
}

/// The fit of the model.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CountFitInfo {
    /// The log-likelihood, with all constants.
    pub log_likelihood: f64,
    /// The number of parameters, those of the studies included.
    pub parameters: usize,
    /// Akaike's criterion.
    pub aic: f64,
    /// The Bayesian criterion, over groups (unconditional models) or informative studies (conditional ones).
    pub bic: f64,
    /// Akaike's criterion with the small-sample correction; `None` without enough observations.
    pub aicc: Option<f64>,
}

impl CountFitInfo {
    pub(super) fn new(log_likelihood: f64, parameters: usize, observations: usize) -> Self {
        let (q, n) = (parameters as f64, observations as f64);
        let aic = -2.0 * log_likelihood + 2.0 * q;
        CountFitInfo {
            log_likelihood,
            parameters,
            aic,
            bic: -2.0 * log_likelihood + q * n.ln(),
            aicc: (n > q + 1.0).then(|| aic + 2.0 * q * (q + 1.0) / (n - q - 1.0)),
        }
    }
}

/// An effect, or one coefficient of several, on the scale of the model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CountCoefficient {
    /// Its name.
    pub term: String,
    /// The estimate; `None` if it is infinite.
    pub estimate: Option<f64>,
    /// The standard error, from the observed information of all parameters.
    pub se: Option<f64>,
    /// Estimate over standard error, or the signed root of the likelihood ratio.
    pub statistic: Option<f64>,
    /// The degrees of freedom of the t distribution.
    pub df: Option<f64>,
    /// The two-sided P value.
    pub p_value: Option<f64>,
    /// The lower confidence limit; `None` if it is infinite.
    pub ci_lower: Option<f64>,
    /// The upper confidence limit; `None` if it is infinite.
    pub ci_upper: Option<f64>,
}

/// The test of all moderators.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ModeratorTest {
    /// The statistic: χ² of Wald, or F with the t distribution.
    pub statistic: f64,
    /// The numerator degrees of freedom.
    pub df1: usize,
    /// The denominator degrees of freedom of F.
    pub df2: Option<f64>,
    /// The P value.
    pub p_value: f64,
    /// The likelihood ratio against the model without moderators.
    pub likelihood_ratio: Option<LikelihoodRatio>,
}

/// An estimate with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Interval {
    /// The estimate.
    pub estimate: Option<f64>,
    /// The lower limit.
    pub ci_lower: Option<f64>,
    /// The upper limit.
    pub ci_upper: Option<f64>,
}

/// One study: its own estimate, and what the model says of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CountStudy {
    /// The label.
    pub study: String,
    /// False if its likelihood does not depend on the effect.
    pub informative: bool,
    /// The study's own estimate: a proportion or rate, or the conditional maximum of its log ratio; `None` if infinite.
    pub estimate: Option<f64>,
    /// The lower limit of its exact interval; `None` if infinite.
    pub ci_lower: Option<f64>,
    /// The upper limit; `None` if infinite.
    pub ci_upper: Option<f64>,
}

/// A model fitted to counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CountFit {
    /// The quantity that is estimated.
    pub measure: CountMeasure,
    /// The likelihood.
    pub model: Model,
    /// One effect or effects that vary.
    pub effects: Effects,
    /// The scale of the effect.
    pub link: Link,
    /// The basis of tests and intervals.
    pub inference: CountInference,
    /// The penalty.
    pub penalty: Penalty,
    /// The confidence level.
    pub level: Level,
    /// The studies with complete data.
    pub k: usize,
    /// Those whose likelihood depends on the effect.
    pub k_informative: usize,
    /// The mean effect; without moderators.
    pub effect: Option<CountCoefficient>,
    /// The coefficients; with moderators.
    pub coefficients: Option<Vec<CountCoefficient>>,
    /// The test of all moderators.
    pub moderator_test: Option<ModeratorTest>,
    /// The disagreement of the studies.
    pub heterogeneity: CountHeterogeneity,
    /// The fit of the model.
    pub fit: CountFitInfo,
    /// The mean on the scale that people read.
    pub transformed: Interval,
    /// The mean proportion or rate over the random effects (one group).
    pub marginal: Option<Interval>,
    /// The interval of the effect from the profile likelihood, whatever the basis of inference is; `None` with
    /// moderators.
    pub profile: Option<Interval>,
    /// The interval of single proportions and rates (one group).
    pub study_interval: StudyInterval,
    /// The spread of the random effect over the two groups (`um-fs`, `um-rs`).
    pub coding: Option<Coding>,
    /// The mean predictor of group 2 (`um-rs`, and two groups of `bb`, `nb`).
    pub baseline: Option<f64>,
    /// The covariance matrix of the coefficients, column after column; empty where it does not exist.
    pub covariance: Vec<f64>,
    /// The names of the coefficients.
    pub terms: Vec<String>,
    /// The studies.
    pub studies: Vec<CountStudy>,
    /// Remarks that the reader must know.
    pub notes: Vec<String>,
}

impl CountFit {
    /// The value of a predictor on the scale that people read: a ratio, a proportion or a rate.
    pub fn back(&self, value: f64) -> f64 {
        inverse(self.link, value)
    }

    /// The coefficients of the model: the mean alone, or those of the moderators.
    pub fn all_coefficients(&self) -> &[CountCoefficient] {
        match (&self.coefficients, &self.effect) {
            (Some(coefficients), _) => coefficients,
            (None, Some(effect)) => std::slice::from_ref(effect),
            (None, None) => &[],
        }
    }
}

/// The inverse of a link; the logit of an odds ratio is its logarithm.
pub(super) fn inverse(link: Link, value: f64) -> f64 {
    match link {
        Link::Logit => super::kernel::logistic(value).2,
        Link::Probit => crate::stat::normal::cdf(value),
        Link::Cloglog => -(-value.exp()).exp_m1(),
        Link::Log => value.exp(),
    }
}
