//! Value of information in closed form, where the incremental net benefit is normal.
//!
//! # Model
//!
//! With INB ~ N(μ, σ²), EVPI = σφ(μ/σ) - |μ|Φ(-|μ|/σ), the unit normal loss. If the prior is worth n₀ observations, a study of
//! n moves the mean with standard deviation σ_n = σ√(n/(n + n₀)), and EVSI is the same formula at σ_n.
//!
//! One more trial for a random-effects meta-analysis: the pooled mean has variance V, the new trial estimates it with
//! variance v + τ²; the pooled mean then moves with variance V²/(V + v + τ²).
//!
//! ```
//! use consilience::economics::{NewTrial, evsi_normal, unit_normal_loss};
//!
//! assert!((unit_normal_loss(1000.0, 2000.0)? - 395.5931148).abs() < 1e-7);
//! assert!((evsi_normal(1000.0, 2000.0, 100.0, 50.0)? - 123.3677844).abs() < 1e-7);
//! // A pooled gain of 0.02 QALYs (SE 0.01, tau² 0.0004), worth 20,000 each, at an extra cost of 300:
//! let next = NewTrial { estimate: 0.02, se: 0.01, tau2: 0.0004, net_benefit_at_zero: -300.0, net_benefit_per_unit: 20_000.0 };
//! let (few, many) = (next.evsi(0.0004)?, next.evsi(0.0001)?);
//! assert!(few < many && many < next.evpi()?);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Raiffa H, Schlaifer R (1961). *Applied Statistical Decision Theory*. Harvard University.
//! - Ades AE, Lu G, Claxton K (2004). Expected value of sample information calculations in medical decision modeling.
//!   *Medical Decision Making* 24:207-227. doi:10.1177/0272989X04263162

use serde::{Deserialize, Serialize};

use crate::{Error, Result, stat::normal};

/// E max(0, X) - max(0, E X) for X ~ N(mean, sd²): the value of perfect information on a normal net benefit.
///
/// # Errors
///
/// If the mean is not finite or the standard deviation negative or not finite.
pub fn unit_normal_loss(mean: f64, sd: f64) -> Result<f64> {
    if !(mean.is_finite() && sd.is_finite() && sd >= 0.0) {
        return Err(Error::data(
            format!("mean {mean}, sd {sd}"),
            "give a finite mean and an sd of at least 0",
        ));
    }
    if sd == 0.0 {
        return Ok(0.0);
    }
    let z = mean.abs() / sd;
    // Beyond 40 standard deviations the loss is below the smallest number; z may even be infinite.
    Ok(if z > 40.0 { 0.0 } else { (sd * (normal::pdf(z) - z * normal::sf(z))).max(0.0) })
}

/// The value of a study of n observations when the prior is worth n₀ of them and INB ~ N(mean, sd²).
///
/// # Errors
///
/// As [`unit_normal_loss`], and if a sample size is negative, not finite, or both are 0.
pub fn evsi_normal(mean: f64, sd: f64, prior_size: f64, n: f64) -> Result<f64> {
    if !(prior_size.is_finite() && prior_size >= 0.0 && n.is_finite() && n >= 0.0 && prior_size + n > 0.0) {
        return Err(Error::setting(
            "sample size",
            format!("{n} with a prior of {prior_size}"),
            "give sizes of at least 0, not both 0",
        ));
    }
    unit_normal_loss(mean, sd * (n / (n + prior_size)).sqrt())
}

/// One more trial for a pooled effect, where the net benefit is linear in the effect.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct NewTrial {
    /// The pooled effect.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// The variance between studies.
    pub tau2: f64,
    /// The incremental net benefit at an effect of 0 (minus the extra cost).
    pub net_benefit_at_zero: f64,
    /// The incremental net benefit per unit of effect (λ if the effect is in units of health).
    pub net_benefit_per_unit: f64,
}

impl NewTrial {
    fn mean(&self) -> f64 {
        self.net_benefit_at_zero + self.net_benefit_per_unit * self.estimate
    }

    /// The value of knowing the mean effect for certain.
    ///
    /// # Errors
    ///
    /// If a value is not finite or the standard error negative.
    pub fn evpi(&self) -> Result<f64> {
        unit_normal_loss(self.mean(), self.se * self.net_benefit_per_unit.abs())
    }

    /// The value of one more trial whose estimate has sampling variance `variance`.
    ///
    /// # Errors
    ///
    /// As [`evpi`](Self::evpi), and if a variance is negative or the trial's is not above 0.
    pub fn evsi(&self, variance: f64) -> Result<f64> {
        if !(variance.is_finite() && variance > 0.0 && self.tau2.is_finite() && self.tau2 >= 0.0) {
            return Err(Error::data(
                format!("trial variance {variance}, variance between studies {}", self.tau2),
                "the trial's must be above 0, that between studies at least 0",
            ));
        }
        let v = self.se * self.se;
        let moved = v / (v + variance + self.tau2).sqrt();
        unit_normal_loss(self.mean(), moved * self.net_benefit_per_unit.abs())
    }

    /// The value of a trial with n per arm of a two-arm trial, for an outcome with standard deviation `sd` in each arm.
    ///
    /// # Errors
    ///
    /// As [`evsi`](Self::evsi), and if n or the deviation are not above 0.
    pub fn evsi_two_arms(&self, sd: f64, n_per_arm: f64) -> Result<f64> {
        if !(sd > 0.0 && n_per_arm > 0.0) {
            return Err(Error::setting(
                "trial",
                format!("sd {sd}, {n_per_arm} per arm"),
                "give both above 0",
            ));
        }
        self.evsi(2.0 * sd * sd / n_per_arm)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use approx::assert_relative_eq;

    use super::*;

    #[test]
    fn worked_numbers_and_limits() {
        assert_relative_eq!(unit_normal_loss(0.0, 1.0).unwrap(), 0.3989422804, epsilon = 5e-11);
        // mpmath 1.3, 30 digits
        for (n, want) in
            [(50.0, 123.367784370), (100.0, 199.641228374), (200.0, 269.941925474), (400.0, 322.341829420)]
        {
            assert_relative_eq!(evsi_normal(1000.0, 2000.0, 100.0, n).unwrap(), want, epsilon = 1e-9);
        }
        assert_eq!(evsi_normal(1000.0, 2000.0, 100.0, 0.0).unwrap(), 0.0);
        assert_eq!(unit_normal_loss(5.0, 0.0).unwrap(), 0.0);
        assert_relative_eq!(
            unit_normal_loss(-1000.0, 2000.0).unwrap(),
            unit_normal_loss(1000.0, 2000.0).unwrap()
        );
        assert!(unit_normal_loss(0.0, -1.0).is_err() && evsi_normal(0.0, 1.0, 0.0, 0.0).is_err());
    }

    #[test]
    fn a_new_trial_without_heterogeneity_is_the_normal_case() {
        // A prior worth 100 observations of variance 4 has variance 0.04; n observations then have variance 4/n.
        let next = NewTrial {
            estimate: 0.5,
            se: 0.2,
            tau2: 0.0,
            net_benefit_at_zero: 0.0,
            net_benefit_per_unit: 10.0,
        };
        assert_relative_eq!(
            next.evsi(4.0 / 50.0).unwrap(),
            evsi_normal(5.0, 2.0, 100.0, 50.0).unwrap(),
            max_relative = 1e-13
        );
        assert_relative_eq!(next.evsi_two_arms(1.0, 25.0).unwrap(), next.evsi(0.08).unwrap());
        assert!(next.evsi(0.0).is_err());
    }
}
