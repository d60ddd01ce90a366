//! Distributional cost-effectiveness: who gains and loses health, and how much equality is worth.
//!
//! # Model
//!
//! Health h_g of groups with population weights w_g (summing to 1). The equally distributed equivalent (EDE) is the health
//! that, had by all, would be as good: Atkinson [Σ w h^(1-ε)]^(1/(1-ε)), at ε = 1 the geometric mean; Kolm
//! -α⁻¹ ln Σ w e^(-αh). At ε = 0 or α = 0 both are the mean. The equity impact of a programme is the change of the EDE less
//! that of the mean. A programme's cost displaces health ΔC/k, shared among groups by a share vector.
//!
//! ```
//! use consilience::economics::{atkinson, kolm};
//!
//! let health = [60.0, 65.0, 70.0, 75.0, 80.0];
//! let weights = [0.2; 5];
//! assert!((atkinson(&health, &weights, 10.95)? - 66.36914468).abs() < 1e-8);
//! assert!((kolm(&health, &weights, 0.15)? - 66.62588766).abs() < 1e-8);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Asaria M, Griffin S, Cookson R (2016). Distributional cost-effectiveness analysis: a tutorial. *Medical Decision Making*
//!   36:8-19. doi:10.1177/0272989X15583266
//! - Atkinson AB (1970). On the measurement of inequality. *Journal of Economic Theory* 2:244-263.
//!   doi:10.1016/0022-0531(70)90039-6

use serde::{Deserialize, Serialize};

use super::range::computed;
use crate::{Error, Result};

fn shares(values: &[f64], weights: &[f64]) -> Result<Vec<f64>> {
    let total: f64 = weights.iter().sum();
    let proper = values.len() == weights.len()
        && !values.is_empty()
        && weights.iter().all(|w| *w >= 0.0)
        && total.is_finite()
        && total > 0.0
        && values.iter().all(|h| h.is_finite());
    if proper {
        Ok(weights.iter().map(|w| w / total).collect())
    } else {
        Err(Error::data(
            format!("{} values and weights {weights:?}", values.len()),
            "give a finite value and a weight of at least 0 for each group",
        ))
    }
}

/// The equally distributed equivalent of Atkinson for an aversion to relative inequality of at least 0.
///
/// # Errors
///
/// If health is not above 0, weights are improper (they are scaled to sum to 1), or the aversion is negative.
pub fn atkinson(health: &[f64], weights: &[f64], aversion: f64) -> Result<f64> {
    let weights = shares(health, weights)?;
    if !(aversion.is_finite() && aversion >= 0.0) || health.iter().any(|h| *h <= 0.0) {
        return Err(Error::data(
            format!("aversion {aversion}, health {health:?}"),
            "the aversion must be at least 0 and health above 0",
        ));
    }
    // Around the geometric mean, so that great aversions neither overflow nor lose digits near 1.
    let center: f64 = health.iter().zip(&weights).map(|(h, w)| w * h.ln()).sum();
    let power = 1.0 - aversion;
    if power == 0.0 {
        return computed("equally distributed equivalent", center.exp());
    }
    let terms: Vec<(f64, f64)> =
        health.iter().zip(&weights).map(|(h, w)| (power * (h.ln() - center), *w)).collect();
    computed("equally distributed equivalent", (center + log_mean_exp(&terms) / power).exp())
}

/// The equally distributed equivalent of Kolm for an aversion to absolute inequality of at least 0.
///
/// # Errors
///
/// If a value is not finite, weights are improper, or the aversion is negative.
pub fn kolm(health: &[f64], weights: &[f64], aversion: f64) -> Result<f64> {
    let weights = shares(health, weights)?;
    if !(aversion.is_finite() && aversion >= 0.0) {
        return Err(Error::data(format!("aversion {aversion}"), "the aversion must be at least 0"));
    }
    let mean: f64 = health.iter().zip(&weights).map(|(h, w)| w * h).sum();
    if aversion == 0.0 {
        return computed("equally distributed equivalent", mean);
    }
    let terms: Vec<(f64, f64)> =
        health.iter().zip(&weights).map(|(h, w)| (-aversion * (h - mean), *w)).collect();
    computed("equally distributed equivalent", mean - log_mean_exp(&terms) / aversion)
}

/// ln Σ w exp(x) with weights that sum to 1, accurate also where all x are near 0.
fn log_mean_exp(terms: &[(f64, f64)]) -> f64 {
    let top = terms.iter().map(|t| t.0).fold(f64::NEG_INFINITY, f64::max);
    if top.abs() < 1.0 && terms.iter().all(|t| t.0 > -1.0) {
        terms.iter().map(|(x, w)| w * x.exp_m1()).sum::<f64>().ln_1p()
    } else {
        top + terms.iter().map(|(x, w)| w * (x - top).exp()).sum::<f64>().ln()
    }
}

/// An index of inequality aversion.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InequalityAversion {
    /// Relative inequality.
    Atkinson(f64),
    /// Absolute inequality.
    Kolm(f64),
}

/// The effect of a program on the distribution of health.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EquityImpact {
    /// The health of each group with the programme, net of what its cost displaces.
    pub health_after: Vec<f64>,
    /// The change of mean health.
    pub mean_change: f64,
    /// The change of the equally distributed equivalent.
    pub ede_change: f64,
    /// The change of the equivalent less that of the mean: positive if inequality falls.
    pub equity_impact: f64,
}

/// The distribution of health before and after a programme: `gain` per person in each group, less the health that its
/// cost per person displaces (`cost / cost_per_unit`, on average over all), borne by groups in proportion to
/// `burden` (shares of the total loss).
///
/// # Errors
///
/// If columns differ in length or are improper, or the cost per unit is not above 0.
pub fn equity_impact(
    weights: &[f64],
    before: &[f64],
    gain: &[f64],
    cost: f64,
    cost_per_unit: f64,
    burden: &[f64],
    aversion: InequalityAversion,
) -> Result<EquityImpact> {
    let groups = shares(before, weights)?;
    let burden = shares(gain, burden)?;
    let displaced = cost / cost_per_unit;
    if gain.len() != before.len() || !(cost_per_unit > 0.0 && displaced.is_finite()) {
        return Err(Error::data(
            format!(
                "{} gains for {} groups, cost {cost} at {cost_per_unit} per unit",
                gain.len(),
                before.len()
            ),
            "give a gain for each group, a finite cost and a cost per unit above 0",
        ));
    }
    if groups.iter().zip(&burden).any(|(w, b)| *w == 0.0 && *b > 0.0) {
        return Err(Error::data("a group without people bears a loss", "give it a burden of 0"));
    }
    let health_after: Vec<f64> = (0..before.len())
        .map(|g| before[g] + gain[g] - if groups[g] > 0.0 { displaced * burden[g] / groups[g] } else { 0.0 })
        .collect();
    let ede = |health: &[f64]| match aversion {
        InequalityAversion::Atkinson(epsilon) => atkinson(health, &groups, epsilon),
        InequalityAversion::Kolm(alpha) => kolm(health, &groups, alpha),
    };
    let mean_change: f64 = groups.iter().zip(&health_after).zip(before).map(|((w, a), b)| w * (a - b)).sum();
    let ede_change = ede(&health_after)? - ede(before)?;
    Ok(EquityImpact { health_after, mean_change, ede_change, equity_impact: ede_change - mean_change })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use approx::assert_relative_eq;

    use super::*;

    #[test]
    fn worked_numbers_and_limits() {
        let (h, w) = ([60.0, 65.0, 70.0, 75.0, 80.0], [1.0; 5]);
        for (aversion, want) in
            [(0.0, 70.0), (0.5, 69.82056564), (1.0, 69.64064414), (2.0, 69.28054815), (10.95, 66.36914468)]
        {
            assert_relative_eq!(atkinson(&h, &w, aversion).unwrap(), want, epsilon = 5e-9);
        }
        for (aversion, want) in [(0.0, 70.0), (0.15, 66.62588766), (0.01, 69.75013528)] {
            assert_relative_eq!(kolm(&h, &w, aversion).unwrap(), want, epsilon = 5e-9);
        }
        assert_relative_eq!(
            atkinson(&h, &w, 1.0 + 1e-10).unwrap(),
            atkinson(&h, &w, 1.0).unwrap(),
            max_relative = 1e-10
        );
        assert_relative_eq!(kolm(&h, &w, 1e-10).unwrap(), 70.0, max_relative = 1e-10);
        assert_relative_eq!(atkinson(&h, &w, 1e4).unwrap(), 60.0, max_relative = 1e-3);
        assert!(atkinson(&[0.0, 1.0], &[1.0, 1.0], 1.0).is_err() && kolm(&h, &w[..2], 0.1).is_err());
    }

    #[test]
    fn the_burden_is_shared_out_whole() {
        let impact = equity_impact(
            &[0.5, 0.5],
            &[60.0, 70.0],
            &[1.0, 0.0],
            5000.0,
            20_000.0,
            &[0.2, 0.8],
            InequalityAversion::Kolm(0.1),
        )
        .unwrap();
        assert_relative_eq!(impact.mean_change, 0.5 - 0.25, max_relative = 1e-12);
        assert_relative_eq!(impact.health_after[1], 70.0 - 0.25 * 0.8 / 0.5, max_relative = 1e-14);
        assert!(impact.equity_impact > 0.0);
    }
}
