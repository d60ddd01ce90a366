//! The vocabulary of results that all models share: coefficients with their tests and intervals, joint tests, likelihoods, values on
//! the original scale.

use serde::{Deserialize, Serialize};

use crate::{
    EffectSizes, Level, Measure, Result,
    effect::{Scale, Transform},
    range,
    stat::{chi2, f, normal, t},
    tau2::likelihood::sum_of_logarithms,
};

/// One coefficient, contrast or difference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Coefficient {
    /// Its name.
    pub term: String,
    /// The estimate.
    pub estimate: f64,
    /// The standard error.
    pub se: f64,
    /// Estimate over standard error; `None` if the standard error is 0.
    pub statistic: Option<f64>,
    /// The degrees of freedom of its t distribution; `None` for the normal.
    pub df: Option<f64>,
    /// The two-sided P value.
    pub p_value: Option<f64>,
    /// The lower confidence limit.
    pub ci_lower: f64,
    /// The upper confidence limit.
    pub ci_upper: f64,
}

impl Coefficient {
    pub(crate) fn new(
        term: impl Into<String>,
        estimate: f64,
        se: f64,
        df: Option<f64>,
        level: Level,
    ) -> Self {
        let statistic = Some(estimate / se).filter(|s| s.is_finite());
        let half = level.critical_value(df) * se;
        Coefficient {
            term: term.into(),
            estimate,
            se,
            statistic,
            df,
            p_value: statistic.map(|s| match df {
                Some(df) => t::two_sided(s, df),
                None => normal::two_sided(s),
            }),
            ci_lower: estimate - half,
            ci_upper: estimate + half,
        }
    }

    /// The same, if its limits are numbers.
    ///
    /// # Errors
    ///
    /// If they are beyond the range of numbers: quantiles of t on a ten-thousandth of a degree of freedom are.
    pub(crate) fn within_range(self) -> Result<Self> {
        if self.ci_lower.is_finite() && self.ci_upper.is_finite() {
            return Ok(self);
        }
        Err(range::limits_beyond(&self.term, self.se, self.df))
    }
}

/// The distribution of a test statistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum TestDistribution {
    /// Chi-square.
    Chi2,
    /// F.
    F,
}

/// The test that several coefficients or contrasts are all 0.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WaldTest {
    /// The statistic.
    pub statistic: f64,
    /// The number of coefficients or contrasts.
    pub df1: usize,
    /// The denominator degrees of freedom of F; `None` for chi-square.
    pub df2: Option<f64>,
    /// The P value.
    pub p_value: f64,
    /// The distribution of the statistic.
    pub distribution: TestDistribution,
}

impl WaldTest {
    pub(crate) fn chi2(statistic: f64, df: usize) -> Self {
        WaldTest {
            statistic,
            df1: df,
            df2: None,
            p_value: chi2::sf(statistic, df as f64),
            distribution: TestDistribution::Chi2,
        }
    }

    pub(crate) fn f(statistic: f64, df1: usize, df2: f64) -> Self {
        WaldTest {
            statistic,
            df1,
            df2: Some(df2),
            p_value: f::sf(statistic, df1 as f64, df2),
            distribution: TestDistribution::F,
        }
    }
}

/// The log-likelihood of a model and criteria of its fit.
///
/// For a REML estimate of tau² this is the restricted log-likelihood, with its constants; it can be compared only among
/// models with the same fixed effects.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FitInfo {
    /// The log-likelihood.
    pub log_likelihood: f64,
    /// -2 log-likelihood; for ML less that of the saturated model.
    pub deviance: f64,
    /// Akaike's criterion.
    pub aic: f64,
    /// The Bayesian criterion.
    pub bic: f64,
    /// Akaike's criterion with the small-sample correction.
    pub aicc: f64,
}

impl FitInfo {
    /// The number of estimated parameters, as the criteria count them.
    pub fn parameters(&self) -> f64 {
        (0.5 * self.aic + self.log_likelihood).round()
    }

    /// From the maximum of the likelihood, with the deviance from a model that fits every effect exactly.
    pub(crate) fn of_maximum(log_likelihood: f64, vi: &[f64], parameters: f64) -> Self {
        let constant = vi.len() as f64 * std::f64::consts::TAU.ln();
        let saturated = -0.5 * (constant + sum_of_logarithms(vi, 0.0));
        FitInfo::new(log_likelihood, 2.0 * (saturated - log_likelihood), parameters, vi.len() as f64)
    }

    /// From the log-likelihood and the deviance of `n` observations (for REML: k - p) and a number of parameters.
    pub(crate) fn new(log_likelihood: f64, deviance: f64, parameters: f64, n: f64) -> Self {
        let least = n.max(parameters + 2.0);
        FitInfo {
            log_likelihood,
            deviance,
            aic: -2.0 * log_likelihood + 2.0 * parameters,
            bic: -2.0 * log_likelihood + parameters * n.ln(),
            aicc: -2.0 * log_likelihood + 2.0 * parameters * (least / (least - parameters - 1.0)),
        }
    }
}

/// A result on the original scale (back-transformed); all `None` if that is the scale of the analysis.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Transformed {
    /// The kind of the values.
    pub scale: Option<Scale>,
    /// The estimate.
    pub estimate: Option<f64>,
    /// The lower confidence limit.
    pub ci_lower: Option<f64>,
    /// The upper confidence limit.
    pub ci_upper: Option<f64>,
    /// The lower prediction limit.
    pub prediction_lower: Option<f64>,
    /// The upper prediction limit.
    pub prediction_upper: Option<f64>,
}

/// The back-transformation to the original scale, and the size at which the two Freeman-Tukey
/// transformations are inverted.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Back {
    /// The kind of the values; `None` if they are read as they are.
    pub scale: Option<Scale>,
    /// The transformation.
    pub transform: Transform,
    /// The harmonic mean of the studies' sizes, where the transformation needs one.
    pub size: Option<f64>,
}

impl Back {
    pub(crate) fn of(effects: &EffectSizes) -> Self {
        let transform = effects.transform();
        Back {
            scale: effects.scale(),
            transform,
            size: if transform.needs_size() { effects.harmonic_mean_size() } else { None },
        }
    }

    /// An estimate with its limits on the original scale.
    pub(crate) fn transformed(
        &self,
        estimate: f64,
        ci: [f64; 2],
        prediction: Option<[f64; 2]>,
    ) -> Transformed {
        Transformed {
            scale: self.scale,
            estimate: self.apply(estimate),
            ci_lower: self.apply(ci[0]),
            ci_upper: self.apply(ci[1]),
            prediction_lower: prediction.and_then(|limits| self.apply(limits[0])),
            prediction_upper: prediction.and_then(|limits| self.apply(limits[1])),
        }
    }

    pub(crate) fn of_measure(measure: Measure) -> Self {
        Back { scale: measure.scale(), transform: measure.transform(), size: None }
    }

    /// The value of `y` on the original scale; `None` if there is no other scale than that of the analysis, a size is needed
    /// and missing, or the value is beyond the range of numbers.
    pub fn apply(&self, y: f64) -> Option<f64> {
        self.scale?;
        self.transform.apply(y, self.size).filter(|value| value.is_finite())
    }

    /// True if the value of `y` on the original scale is beyond the range of numbers.
    pub(crate) fn overflows(&self, y: f64) -> bool {
        self.scale.is_some() && self.transform.apply(y, self.size).is_some_and(|value| !value.is_finite())
    }
}
