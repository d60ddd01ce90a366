//! The profile likelihood of an effect as a curve.

use serde::{Deserialize, Serialize};

use crate::{Error, Level, Result, linear::Design};

use super::{CountInference, CountMeasure, Counts, Glmm, infinite, problem::Problem, profile::Profile};

/// The profile likelihood of the mean effect over the range that its interval spans.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EffectProfile {
    /// The quantity that is estimated.
    pub measure: CountMeasure,
    /// The confidence level.
    pub level: Level,
    /// The estimate, on the scale of the model.
    pub estimate: f64,
    /// The lower bound of the profile-likelihood interval; `None` if it is infinite.
    pub ci_lower: Option<f64>,
    /// The upper bound; `None` if it is infinite.
    pub ci_upper: Option<f64>,
    /// The limits of Wald's interval, where there is a standard error.
    pub wald: Option<(f64, f64)>,
    /// The largest log-likelihood.
    pub maximum: f64,
    /// The log-likelihood at the bounds.
    pub threshold: f64,
    /// The effects at which the profile was computed.
    pub effect: Vec<f64>,
    /// The log-likelihood there, maximal over all other parameters.
    pub log_likelihood: Vec<f64>,
}

impl Glmm {
    /// The profile likelihood of the mean effect at `points` places that span its interval and half of its width more.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit); if the estimate is infinite, with a penalty, or with fewer than two points.
    pub fn effect_profile(&self, counts: &Counts, points: usize) -> Result<EffectProfile> {
        if points < 2 {
            return Err(Error::setting("points", format!("{points}"), "a curve needs two points or more"));
        }
        if self.penalty != super::Penalty::None {
            return Err(Error::setting("penalty", "the curve is of the likelihood", "leave the penalty out"));
        }
        let options =
            self.without_tau2_interval().without_study_estimates().inference(CountInference::Profile);
        let fit = options.fit(counts)?;
        let infinite =
            || Error::model("the estimate is infinite", "the interval of the fit says what is known");
        let effect = fit.effect.as_ref().ok_or_else(infinite)?;
        let estimate = effect.estimate.ok_or_else(infinite)?;
        let critical = self.level.critical_value(None);
        let wald = effect.se.map(|se| (estimate - critical * se, estimate + critical * se));
        let reach = effect.se.map_or(2.0, |se| critical * se);
        let from = effect.ci_lower.unwrap_or(estimate - 2.0 * reach);
        let to = effect.ci_upper.unwrap_or(estimate + 2.0 * reach);
        let margin = 0.3 * (to - from);
        let design = Design::with_intercept(counts.len());
        let problem = Problem::new(counts, &design, &options, None)?;
        if infinite::direction(&problem.likelihood).is_some() {
            return Err(infinite());
        }
        let maxima = super::climb::climb(&problem)?;
        let at = problem.likelihood.p() - 1;
        let profile = Profile::new(&problem, at, -maxima.best.value);
        let places: Vec<f64> = (0..points)
            .map(|i| from - margin + (to - from + 2.0 * margin) * i as f64 / (points - 1) as f64)
            .collect();
        let curve = walk(&profile, &places, estimate, &maxima.best.theta);
        Ok(EffectProfile {
            measure: counts.measure(),
            level: self.level,
            estimate,
            ci_lower: effect.ci_lower,
            ci_upper: effect.ci_upper,
            wald,
            maximum: -maxima.best.value,
            threshold: -maxima.best.value - 0.5 * critical * critical,
            effect: curve.iter().map(|(place, _)| *place).collect(),
            log_likelihood: curve.iter().map(|(_, value)| *value).collect(),
        })
    }
}

/// The profile at ascending places, found from the estimate outwards on both sides, each place warm-started from its neighbor.
fn walk(profile: &Profile<'_>, places: &[f64], estimate: f64, theta: &[f64]) -> Vec<(f64, f64)> {
    let mut curve: Vec<(f64, f64)> = Vec::with_capacity(places.len());
    let split = places.partition_point(|place| *place < estimate);
    for side in [places[..split].iter().rev().collect::<Vec<_>>(), places[split..].iter().collect()] {
        let mut warm = theta.to_vec();
        for &place in side {
            if let Some(point) = profile.point(place, &warm) {
                curve.push((place, -point.value));
                warm = point.theta;
            }
        }
    }
    curve.sort_by(|a, b| a.0.total_cmp(&b.0));
    curve
}
