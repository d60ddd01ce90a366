//! From a pooled effect to a decision: its distribution as an input of a model, and the value of one more trial.
//!
//! Use [`Distribution::from_pool`] to draw a pooled effect in a probabilistic analysis and [`NextTrial`] to ask whether the
//! next trial is worth its cost.
//!
//! # Model
//!
//! A pooled effect has estimate θ̂, standard error s and variance between studies τ². What a model should draw depends on the
//! question, so [`PooledTarget`] has no default: the mean over settings N(θ̂, s²) (t where the inference has degrees of
//! freedom), or the effect in a new setting, which is the prediction distribution N(θ̂, s² + τ²) with its degrees of freedom.
//! Effects stay on the scale of the analysis; ratios become ratios by [`Distribution::exponentiated`].
//!
//! One more trial of sampling variance v estimates the mean with variance v + τ². What is then thought of the mean has the
//! expectation M ~ N(θ̂, s⁴/(s² + v + τ²)) and the remaining variance s² (v + τ²)/(s² + v + τ²). With the incremental net benefit
//! b(θ) the value of the trial is
//!
//! EVSI = E_M max(0, E(b(θ) | M)) - max(0, E b(θ)),
//!
//! which for a linear b is the unit normal loss of [`NewTrial`]; for others the two expectations are integrals,
//! the inner one by Gauss-Hermite with 64 nodes, the outer one piece by piece between the sign changes of the inner one.
//!
//! # Edge cases
//!
//! τ² and s are taken as known. A trial of infinite variance is worth 0, one of variance 0 under homogeneity the value of perfect
//! information on the mean. With a large τ² no single trial, however large, resolves the mean.
//!
//! ```
//! use consilience::{EffectSizes, Measure, economics::NextTrial, pool::RandomEffects, tau2::Tau2};
//!
//! let effects = EffectSizes::new(Measure::Generic, ["A", "B", "C"], [0.03, 0.01, 0.02], [0.0004, 0.0004, 0.0002])?;
//! let fit = RandomEffects::new(Tau2::Dl).fit(&effects)?;
//! // A gain of 0.02 QALYs worth 20,000 each, at an extra cost of 300: uncertain enough for a trial to be worth something.
//! let next = NextTrial::of(&fit)?;
//! let value = next.evsi(0.0001, |gain| 20_000.0 * gain - 300.0)?;
//! assert!(value > 0.0 && value < next.evpi(|gain| 20_000.0 * gain - 300.0)?);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Ades AE, Lu G, Claxton K (2004). Expected value of sample information calculations in medical decision modeling. *Medical
//!   Decision Making* 24:207-227. doi:10.1177/0272989X04263162
//! - Welton NJ, Ades AE, Caldwell DM, Peters TJ (2008). Research prioritization based on expected value of partial perfect
//!   information: a case-study on interventions to increase uptake of breast cancer screening. *Journal of the Royal Statistical
//!   Society A* 171:807-841. doi:10.1111/j.1467-985X.2008.00558.x

use serde::{Deserialize, Serialize};

use super::{distribution::Distribution, voi::NewTrial};
use crate::{
    Error, Result,
    pool::PoolFit,
    stat::{
        normal,
        quadrature::{Rule, gauss_hermite, gauss_legendre},
        root,
    },
};

/// The target of a draw of a pooled effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PooledTarget {
    /// The mean over settings, with its standard error.
    Mean,
    /// The effect in a new setting: the prediction distribution.
    NewSetting,
}

crate::codes::codes!(PooledTarget, "target" {
    Mean "mean" [], NewSetting "new-setting" [],
});

impl Distribution {
    /// The distribution of a pooled effect on the scale of its analysis.
    ///
    /// # Errors
    ///
    /// If a new setting is asked of a fit without a prediction distribution, or of one whose convention is no normal or t
    /// distribution.
    pub fn from_pool(fit: &PoolFit, target: PooledTarget) -> Result<Self> {
        let (sd, df) = match target {
            PooledTarget::Mean => (fit.se, fit.df),
            PooledTarget::NewSetting => {
                let prediction = fit.prediction.as_ref().ok_or_else(|| {
                    Error::model("the fit has no prediction interval", "fit random effects, or draw the mean")
                })?;
                let sd = prediction.sd.ok_or_else(|| {
                    Error::model(
                        "the prediction interval is not that of a normal or t distribution",
                        "choose the convention hts, t or normal",
                    )
                })?;
                (sd, prediction.df)
            }
        };
        match df {
            Some(df) => Distribution::t(fit.estimate, sd, df),
            None => Distribution::normal(fit.estimate, sd),
        }
    }
}

/// The state of knowledge before the next trial.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NextTrial {
    /// The pooled effect, on the scale of the analysis.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// The variance between studies.
    pub tau2: f64,
}

/// The value of knowing more, straight from a pooled fit.
impl PoolFit {
    /// The value of knowing the mean effect for certain, per decision.
    ///
    /// `net_benefit` gives the incremental net benefit at an effect on the scale of the analysis: for ratios (odds, risk, rate and hazard
    /// ratios, ratios of means) it is handed the *logarithm*, and `log_ratio.exp()` is the ratio.
    ///
    /// ```
    /// use consilience::{EffectSizes, Measure, pool::RandomEffects, tau2::Tau2};
    ///
    /// let trials = ["A", "B", "C"];
    /// let effects = EffectSizes::new(Measure::RiskRatio, trials, [-0.5, -0.1, 0.1], [0.05, 0.03, 0.04])?;
    /// let fit = RandomEffects::new(Tau2::Dl).fit(&effects)?;
    /// // Without treatment 10 in 100 have the event; one avoided is worth 20,000, the treatment costs 150.
    /// let net_benefit = |log_rr: f64| 20_000.0 * 0.10 * (1.0 - log_rr.exp()) - 150.0;
    /// let certain = fit.evpi(net_benefit)?;
    /// let next_trial = fit.evsi(0.02, net_benefit)?; // an estimate with sampling variance 0.02
    /// assert!(0.0 < next_trial && next_trial < certain);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the net benefit is not finite.
    pub fn evpi(&self, net_benefit: impl Fn(f64) -> f64) -> Result<f64> {
        NextTrial::of(self)?.evpi(net_benefit)
    }

    /// The value of one more trial whose estimate has sampling variance `variance` on the scale of the analysis, per decision; the
    /// argument of `net_benefit` is that of [`evpi`](Self::evpi).
    ///
    /// # Errors
    ///
    /// If the variance is negative or not a number, or the net benefit is not finite.
    pub fn evsi(&self, variance: f64, net_benefit: impl Fn(f64) -> f64) -> Result<f64> {
        NextTrial::of(self)?.evsi(variance, net_benefit)
    }
}

/// Nodes of the inner expectation.
const INNER: usize = 64;
/// Nodes of each piece of the outer one.
const OUTER: usize = 40;
/// Points among which sign changes of the expected net benefit are looked for.
const SEARCH: usize = 400;
/// The standard deviations beyond which a normal variable is not followed; 1e-22 of it lies there.
const REACH: f64 = 9.75;

impl NextTrial {
    /// The state of knowledge that a pooled fit leaves; a fit of fixed effects has no variance between studies.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn of(fit: &PoolFit) -> Result<Self> {
        NextTrial::new(fit.estimate, fit.se, fit.heterogeneity.tau2.unwrap_or(0.0))
    }

    /// The same from its three numbers.
    ///
    /// # Errors
    ///
    /// If the estimate is not finite, or the standard error or variance is negative or not finite.
    pub fn new(estimate: f64, se: f64, tau2: f64) -> Result<Self> {
        let fits = estimate.is_finite() && se.is_finite() && se >= 0.0 && tau2.is_finite() && tau2 >= 0.0;
        if !fits {
            return Err(Error::data(
                format!("estimate {estimate}, standard error {se}, variance between studies {tau2}"),
                "give a finite estimate, and the others finite and at least 0",
            ));
        }
        Ok(NextTrial { estimate, se, tau2 })
    }

    /// The linear case in closed form: net benefit at an effect of 0 and per unit of effect.
    pub fn linear(&self, net_benefit_at_zero: f64, net_benefit_per_unit: f64) -> NewTrial {
        NewTrial {
            estimate: self.estimate,
            se: self.se,
            tau2: self.tau2,
            net_benefit_at_zero,
            net_benefit_per_unit,
        }
    }

    /// The expected incremental net benefit. `net_benefit` takes the effect on the scale of the analysis, for a ratio its
    /// logarithm, as everywhere here.
    ///
    /// # Errors
    ///
    /// If it is not finite.
    pub fn expected(&self, net_benefit: impl Fn(f64) -> f64) -> Result<f64> {
        finite(expectation(&gauss_hermite(INNER), self.estimate, self.se, &net_benefit))
    }

    /// The value of knowing the mean effect for certain, per decision.
    ///
    /// # Errors
    ///
    /// If the net benefit is not finite.
    pub fn evpi(&self, net_benefit: impl Fn(f64) -> f64) -> Result<f64> {
        self.value(self.se, 0.0, net_benefit)
    }

    /// The value of one more trial whose estimate has sampling variance `variance`, per decision.
    ///
    /// # Errors
    ///
    /// If the variance is negative or not a number, or the net benefit is not finite.
    pub fn evsi(&self, variance: f64, net_benefit: impl Fn(f64) -> f64) -> Result<f64> {
        if !(variance >= 0.0) {
            return Err(Error::data(format!("trial variance {variance}"), "give a variance of at least 0"));
        }
        let (prior, noise) = (self.se * self.se, variance + self.tau2);
        if prior == 0.0 || noise.is_infinite() {
            return Ok(0.0);
        }
        let total = prior + noise;
        self.value(prior / total.sqrt(), (prior * (noise / total)).sqrt(), net_benefit)
    }

    /// E max(0, g(M)) - max(0, E g(M)) for M ~ N(estimate, moved²), g(m) the expectation over N(m, left²).
    fn value(&self, moved: f64, left: f64, net_benefit: impl Fn(f64) -> f64) -> Result<f64> {
        let inner = gauss_hermite(INNER);
        let g = |z: f64| expectation(&inner, self.estimate + moved * z, left, &net_benefit);
        // Between the sign changes of g the integrand is smooth.
        let at = |i: usize| REACH * (2.0 * i as f64 / SEARCH as f64 - 1.0);
        let mut cuts = vec![-REACH];
        let mut last = g(-REACH);
        for i in 1..=SEARCH {
            let next = g(at(i));
            if last * next < 0.0
                && let Some(zero) = root::find_between(&g, (at(i - 1), last), (at(i), next))
            {
                cuts.push(zero);
            }
            last = next;
        }
        cuts.push(REACH);
        let outer = gauss_legendre(OUTER);
        let (mut gain, mut mean) = (0.0, 0.0);
        for ends in cuts.windows(2) {
            // Pieces of at most one standard deviation keep the rule exact to rounding.
            let pieces = (ends[1] - ends[0]).ceil().max(1.0) as usize;
            let half = 0.5 * (ends[1] - ends[0]) / pieces as f64;
            for piece in 0..pieces {
                let middle = ends[0] + half * (2 * piece + 1) as f64;
                for (x, w) in outer.iter() {
                    let z = middle + half * x;
                    let part = half * w * normal::pdf(z) * g(z);
                    mean += part;
                    gain += part.max(0.0);
                }
            }
        }
        finite(mean)?;
        Ok((gain - mean.max(0.0)).max(0.0))
    }
}

fn expectation(rule: &Rule, mean: f64, sd: f64, f: impl Fn(f64) -> f64) -> f64 {
    if sd == 0.0 {
        return f(mean);
    }
    let scale = std::f64::consts::SQRT_2 * sd;
    rule.iter().map(|(x, w)| w * f(mean + scale * x)).sum::<f64>() / std::f64::consts::PI.sqrt()
}

fn finite(value: f64) -> Result<f64> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(Error::model(
            "the net benefit is not finite for every effect",
            "bound it where effects are extreme",
        ))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use approx::assert_relative_eq;

    use super::*;

    #[test]
    fn a_linear_net_benefit_has_its_closed_form() {
        for (estimate, se, tau2) in [(0.02, 0.01, 0.0004), (-0.03, 0.02, 0.0), (0.015, 0.001, 0.01)] {
            let next = NextTrial::new(estimate, se, tau2).unwrap();
            let closed = next.linear(-300.0, 20_000.0);
            let b = |x: f64| 20_000.0 * x - 300.0;
            assert_relative_eq!(next.evpi(b).unwrap(), closed.evpi().unwrap(), max_relative = 1e-10);
            assert_relative_eq!(
                next.evsi(1e-4, b).unwrap(),
                closed.evsi(1e-4).unwrap(),
                max_relative = 1e-10
            );
            assert_relative_eq!(next.expected(b).unwrap(), b(estimate), epsilon = 1e-10);
            assert_eq!(next.evsi(f64::INFINITY, b).unwrap(), 0.0);
        }
    }

    /// Net benefit of a risk ratio: 0.1 · 50,000 (1 - e^θ) - 800 with θ ~ N(-0.2, 0.1²), τ² = 0.01, v = 0.02. mpmath 1.3, 30
    /// digits: the expectation given M is that of a log-normal, and the outer integral goes to its one root.
    #[test]
    fn a_ratio_is_integrated() {
        let next = NextTrial::new(-0.2, 0.1, 0.01).unwrap();
        let b = |theta: f64| 5000.0 * (1.0 - theta.exp()) - 800.0;
        assert_relative_eq!(next.expected(b).unwrap(), 85.82670971990808, max_relative = 1e-10);
        assert_relative_eq!(next.evpi(b).unwrap(), 126.3790879099021, max_relative = 1e-10);
        assert_relative_eq!(next.evsi(0.02, b).unwrap(), 46.96826579260678, max_relative = 1e-10);
    }

    #[test]
    fn bad_input_is_named() {
        assert!(NextTrial::new(0.0, -1.0, 0.0).is_err() && NextTrial::new(f64::NAN, 1.0, 0.0).is_err());
        let next = NextTrial::new(0.0, 1.0, 0.0).unwrap();
        assert!(next.evsi(-1.0, |x| x).is_err());
        assert!(next.evpi(|_| f64::NAN).is_err());
        assert_eq!("new-setting".parse::<PooledTarget>().unwrap(), PooledTarget::NewSetting);
        assert!("setting".parse::<PooledTarget>().is_err());
    }
}
