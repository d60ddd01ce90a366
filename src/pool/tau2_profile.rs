//! The profile of the likelihood in tau²: how well each value of tau² agrees with the data.
//!
//! The log-likelihood (restricted, or that of ML for the ML estimator) is maximized over the coefficients at each tau². The
//! values within ½ χ²₁ of the maximum are the profile-likelihood interval. A curve without a clear peak says that the
//! data hardly tell tau².
//!
//! Reference: Viechtbauer W (2007), Confidence intervals for the amount of heterogeneity in meta-analysis, Statistics in
//! Medicine 26:37-52. doi:10.1002/sim.2514

use serde::{Deserialize, Serialize};

use super::PoolFit;
use crate::{
    Error, Level, Result,
    stat::{Tail, chi2},
    tau2::{
        Tau2, Tau2IntervalMethod, interval_of,
        likelihood::{Likelihood, log_likelihood, maximum},
        model::{Mean, Model},
    },
};

/// The log-likelihood over a range of tau².
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tau2Profile {
    /// True if it is the restricted likelihood.
    pub restricted: bool,
    /// The values of tau², from 0 up.
    pub tau2: Vec<f64>,
    /// The log-likelihood at each.
    pub log_likelihood: Vec<f64>,
    /// The tau² at the maximum.
    pub estimate: f64,
    /// The log-likelihood there.
    pub maximum: f64,
    /// The log-likelihood at the limits of the interval.
    pub threshold: f64,
    /// The lower limit of the profile-likelihood interval.
    pub ci_lower: f64,
    /// The upper limit.
    pub ci_upper: f64,
    /// The level of the interval.
    pub level: Level,
    /// The tau² of the fit, where its estimator has another.
    pub fitted: Option<f64>,
}

impl Tau2Profile {
    pub(crate) fn of<M: Model>(
        model: &mut M,
        method: Option<Tau2>,
        fitted: Option<f64>,
        level: Level,
        points: usize,
    ) -> Result<Self> {
        if !(2..=100_000).contains(&points) {
            return Err(Error::setting("points", points.to_string(), "ask for 2 to 100000 values of tau²"));
        }
        let (kind, interval) = match method {
            Some(Tau2::Ml) => (Likelihood::Ml, Tau2IntervalMethod::ProfileMl),
            _ => (Likelihood::Reml, Tau2IntervalMethod::ProfileReml),
        };
        let estimate = maximum(model, kind);
        let top = log_likelihood(model, kind, estimate);
        let limits = interval_of(model, interval, estimate, None, level)?;
        let widest = limits.upper.max(fitted.unwrap_or(0.0)).max(estimate);
        let end = if widest > 0.0 && widest.is_finite() {
            1.15 * widest
        } else {
            // Nothing but 0: the sampling variances are the scale.
            model.vi().iter().sum::<f64>() / model.k() as f64
        };
        let tau2: Vec<f64> = (0..points).map(|i| end * i as f64 / (points - 1) as f64).collect();
        let values = tau2.iter().map(|&t| log_likelihood(model, kind, t)).collect();
        Ok(Tau2Profile {
            restricted: kind == Likelihood::Reml,
            tau2,
            log_likelihood: values,
            estimate,
            maximum: top,
            threshold: top - 0.5 * chi2::quantile(Tail::Upper(2.0 * level.tail()), 1.0),
            ci_lower: limits.lower,
            ci_upper: limits.upper,
            level,
            fitted: fitted.filter(|t| (t - estimate).abs() > 1e-6 * estimate.max(1e-12)),
        })
    }
}

impl PoolFit {
    /// The profile of the likelihood in tau² at so many values from 0 to beyond the upper limit of its interval.
    ///
    /// # Errors
    ///
    /// If there are fewer than two studies with an effect, or fewer than two values are asked for.
    ///
    /// ```
    /// use consilience::{EffectSizes, Measure, pool::RandomEffects};
    ///
    /// let effects = EffectSizes::new(Measure::MeanDifference, ["A", "B", "C"], [1.0, 3.0, 8.0], [1.0, 1.0, 1.0])?;
    /// let profile = RandomEffects::default().fit(&effects)?.tau2_profile(101)?;
    /// // With equal variances REML is the variance of the estimates less the sampling variance.
    /// assert!((profile.estimate - 12.0).abs() < 1e-9);
    /// assert!(profile.log_likelihood.iter().all(|l| *l <= profile.maximum));
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn tau2_profile(&self, points: usize) -> Result<Tau2Profile> {
        let studies: Vec<(f64, f64)> = self.studies.iter().filter_map(|s| Some((s.yi?, s.vi?))).collect();
        if studies.len() < 2 {
            return Err(Error::model(
                format!("{} studies with an effect", studies.len()),
                "tau² needs at least two",
            ));
        }
        if let Some(exact) = self.studies.iter().find(|s| s.vi == Some(0.0)) {
            return Err(Error::model(
                format!(
                    "the sampling variance of {} is 0: the likelihood has no value at tau² = 0",
                    exact.study
                ),
                "use `multilevel` with a random effect of every study, whose profile exists",
            ));
        }
        let (yi, vi): (Vec<f64>, Vec<f64>) = studies.into_iter().unzip();
        let mut model = Mean::new(&yi, &vi);
        Tau2Profile::of(&mut model, self.method, self.heterogeneity.tau2, self.level, points)
    }
}
