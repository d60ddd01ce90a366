//! Probabilistic analysis: acceptability, its frontier, expected losses and the value of perfect information.
//!
//! Use it for [`Draws`] of costs and effects, from a model or from any other program.
//!
//! # Model
//!
//! NB_id = λe_id - c_id is the net benefit of option d in draw i of N.
//!
//! - probability of being best p_d(λ): share of draws in which d has the greatest net benefit, m tied options getting
//!   1/m each, so that Σ_d p_d = 1;
//! - optimal option d*(λ): greatest *mean* net benefit, which need not be the most probable one; p_{d*}(λ) is the
//!   acceptability frontier, and it switches exactly at the ratios of the cost-effectiveness frontier of the means;
//! - EVPI(λ) = mean of v_i = max_d NB_id - NB_id*, its Monte Carlo error sd(v)/√N;
//! - expected loss L_d(λ) = mean of max_j NB_ij - NB_id, whose smallest is EVPI.
//!
//! # Algorithm
//!
//! In every draw the options are lines in λ. Their upper envelope is a convex hull, whose D - 1 corners split the
//! thresholds into runs with one best option each; a run is added to difference arrays at its two ends, and one pass
//! over the thresholds sums them up (with error-free additions). N draws, D options and L thresholds cost
//! O(N D log L + L D) in place of O(N D L). Thresholds so near to a corner that rounding could decide are evaluated
//! directly, so that ties count as ties.
//!
//! # Edge cases
//!
//! One option has probability 1 and no loss. With one draw there is no Monte Carlo error (`None`). The estimate of EVPI
//! is a little too small in finite samples, because the greatest of several sample means is a little too great; compare
//! analyses on the same draws.
//!
//! ```
//! use consilience::economics::{Draws, WillingnessToPay};
//!
//! let draws = Draws::from_columns([
//!     ("usual care", vec![100.0, 100.0, 100.0, 100.0], vec![0.50, 0.50, 0.50, 0.50]),
//!     ("new", vec![300.0, 300.0, 300.0, 300.0], vec![0.52, 0.56, 0.48, 0.60]),
//! ])?;
//! let psa = draws.analysis(&WillingnessToPay::new([5000.0, 10_000.0])?)?;
//! let at = &psa.wtp[1]; // net benefits of the new option: 4900, 5300, 4500, 5700 against 4900
//! assert_eq!(at.optimal, "new");
//! assert_eq!(at.probability["new"], 0.625); // one draw is a tie
//! assert!((at.evpi - 100.0).abs() < 1e-9);
//! assert!((at.expected_loss["usual care"] - 300.0).abs() < 1e-9);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Fenwick E, Claxton K, Sculpher M (2001). Representing uncertainty: the role of cost-effectiveness acceptability
//!   curves. *Health Economics* 10:779-787. doi:10.1002/hec.635
//! - Alarid-Escudero F, Enns EA, Kuntz KM, Michaud TL, Jalal H (2019). "Time traveling is just too dangerous" but some
//!   methods are worth revisiting: the advantages of expected loss curves over cost-effectiveness acceptability curves and
//!   frontier. *Value in Health* 22:611-618. doi:10.1016/j.jval.2019.02.008

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::{
    draws::Draws,
    envelope,
    frontier::Status,
    incremental::QuadrantShares,
    money::PriceBase,
    net_benefit::best,
    rounding::{decimals_apart, shown},
    willingness::WillingnessToPay,
};
use crate::{Error, Result};

/// Curves over thresholds as plain arrays: the fast form of [`PsaResult`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PsaCurves {
    /// The thresholds, ascending.
    pub wtp: Vec<f64>,
    /// The position of the option with the greatest mean net benefit (of equals the most effective).
    pub optimal: Vec<usize>,
    /// For each option the probability of being best at each threshold.
    pub probability: Vec<Vec<f64>>,
    /// The expected value of perfect information at each threshold.
    pub evpi: Vec<f64>,
    /// Its Monte Carlo standard error; `None` with a single draw.
    pub evpi_se: Option<Vec<f64>>,
    /// For each option the expected loss at each threshold.
    pub expected_loss: Vec<Vec<f64>>,
}

/// Means of one option over the draws.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PsaOption {
    /// The option.
    pub option: String,
    /// Mean cost.
    pub mean_cost: f64,
    /// Mean effect.
    pub mean_effect: f64,
    /// Standard deviation of the cost over draws; `None` with a single draw.
    pub sd_cost: Option<f64>,
    /// Standard deviation of the effect over draws; `None` with a single draw.
    pub sd_effect: Option<f64>,
    /// Its status among the means.
    pub status: Status,
    /// The ratio of the step from the next lower option on the frontier of the means.
    pub icer: Option<f64>,
}

/// Everything at one threshold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PsaThreshold {
    /// The willingness to pay.
    pub wtp: f64,
    /// The option with the greatest mean net benefit.
    pub optimal: String,
    /// For each option the probability of being best.
    pub probability: BTreeMap<String, f64>,
    /// The probability that the optimal option is best: the acceptability frontier.
    pub ceaf: f64,
    /// The expected value of perfect information, per decision.
    pub evpi: f64,
    /// Its Monte Carlo standard error; `None` with a single draw.
    pub evpi_se: Option<f64>,
    /// For each option its expected loss.
    pub expected_loss: BTreeMap<String, f64>,
}

/// The threshold at which the optimal option changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SwitchPoint {
    /// The willingness to pay.
    pub wtp: f64,
    /// The option that becomes optimal.
    pub option: String,
}

/// A probabilistic analysis, as the command `economics psa` prints it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PsaResult {
    /// The number of draws.
    pub draws: usize,
    /// The currency and price year, where stated.
    pub price_base: Option<PriceBase>,
    /// The means of each option.
    pub options: Vec<PsaOption>,
    /// The exact thresholds at which the optimal option changes; ascending.
    pub switch_points: Vec<SwitchPoint>,
    /// Each threshold.
    pub wtp: Vec<PsaThreshold>,
    /// With two options, the quadrants of the second against the first.
    pub quadrants: Option<QuadrantShares>,
    /// Notes and warnings.
    pub notes: Vec<String>,
}

impl Draws {
    /// Acceptability, losses and EVPI at each threshold, as plain arrays.
    ///
    /// # Errors
    ///
    /// If the thresholds are in another currency or price year than the costs, or values overflow.
    pub fn curves(&self, wtp: &WillingnessToPay) -> Result<PsaCurves> {
        PriceBase::shared(self.price_base(), wtp.price_base())?;
        let (mean_costs, mean_effects) = self.means();
        let grid = wtp.values();
        let optimal: Vec<usize> = grid.iter().map(|&wtp| best(&mean_costs, &mean_effects, wtp)).collect();
        let lines = envelope::Lines { costs: self.costs(), effects: self.effects() };
        let sums = envelope::sweep(self.options().len(), lines, lines, grid, &optimal);
        let n = self.len() as f64;
        let evpi: Vec<f64> = sums.value.iter().map(|v| v / n).collect();
        let evpi_se = (self.len() > 1).then(|| {
            sums.value
                .iter()
                .zip(&sums.square)
                .map(|(v, v2)| ((v2 - v * v / n).max(0.0) / (n - 1.0) / n).sqrt())
                .collect::<Vec<f64>>()
        });
        let expected_loss: Vec<Vec<f64>> = (0..self.options().len())
            .map(|d| {
                grid.iter()
                    .zip(&optimal)
                    .zip(&evpi)
                    .map(|((&wtp, &best), evpi)| {
                        let behind =
                            wtp * (mean_effects[best] - mean_effects[d]) - (mean_costs[best] - mean_costs[d]);
                        evpi + behind.max(0.0)
                    })
                    .collect()
            })
            .collect();
        if !(evpi.iter().all(|x| x.is_finite()) && expected_loss.iter().flatten().all(|x| x.is_finite())) {
            return Err(Error::model("net benefits overflow", "state costs in larger units"));
        }
        let probability =
            sums.wins.into_iter().map(|wins| wins.into_iter().map(|w| w / n).collect()).collect();
        Ok(PsaCurves { wtp: grid.to_vec(), optimal, probability, evpi, evpi_se, expected_loss })
    }

    /// The whole probabilistic analysis, with names.
    ///
    /// # Errors
    ///
    /// As [`curves`](Self::curves).
    pub fn analysis(&self, wtp: &WillingnessToPay) -> Result<PsaResult> {
        let curves = self.curves(wtp)?;
        let frontier = self.strategies()?.frontier();
        let sds = self.standard_deviations();
        let options = frontier
            .strategies
            .iter()
            .enumerate()
            .map(|(d, s)| PsaOption {
                option: s.strategy.clone(),
                mean_cost: s.cost,
                mean_effect: s.effect,
                sd_cost: sds.as_ref().map(|sds| sds.0[d]),
                sd_effect: sds.as_ref().map(|sds| sds.1[d]),
                status: s.status,
                icer: s.icer,
            })
            .collect();
        let name = |d: usize| self.options()[d].clone();
        let by_name = |values: &[Vec<f64>], i: usize| -> BTreeMap<String, f64> {
            values.iter().enumerate().map(|(d, v)| (name(d), v[i])).collect()
        };
        let thresholds = (0..curves.wtp.len())
            .map(|i| PsaThreshold {
                wtp: curves.wtp[i],
                optimal: name(curves.optimal[i]),
                probability: by_name(&curves.probability, i),
                ceaf: curves.probability[curves.optimal[i]][i],
                evpi: curves.evpi[i],
                evpi_se: curves.evpi_se.as_ref().map(|se| se[i]),
                expected_loss: by_name(&curves.expected_loss, i),
            })
            .collect();
        let quadrants = match self.options() {
            [first, second] => Some(self.quadrants(second, first)?),
            _ => None,
        };
        let notes = self.error_note(&curves).into_iter().collect();
        Ok(PsaResult {
            draws: self.len(),
            price_base: PriceBase::shared(self.price_base(), wtp.price_base())?,
            options,
            switch_points: frontier
                .switch_points()
                .into_iter()
                .map(|(wtp, option)| SwitchPoint { wtp, option: option.to_owned() })
                .collect(),
            wtp: thresholds,
            quadrants,
            notes,
        })
    }

    /// The note of a Monte Carlo error of EVPI above 5 per cent of its value.
    fn error_note(&self, curves: &PsaCurves) -> Option<String> {
        let pairs = curves.evpi.iter().zip(curves.evpi_se.as_ref()?);
        let worst = pairs.filter(|(v, _)| **v > 0.0).map(|(v, se)| se / v).fold(0.0, f64::max);
        (worst > 0.05).then(|| {
            format!(
                "the Monte Carlo error of EVPI reaches {:.0}% of its value; about {:.0} draws would bring it to 2%",
                100.0 * worst,
                self.len() as f64 * (worst / 0.02).powi(2)
            )
        })
    }

    /// The probability that an option's net benefit is within `margin` of the best, at a threshold.
    ///
    /// # Errors
    ///
    /// If the name is not known, or threshold or margin are negative or not finite.
    pub fn probability_within(&self, option: &str, wtp: f64, margin: f64) -> Result<f64> {
        WillingnessToPay::new([wtp])?;
        if !(margin.is_finite() && margin >= 0.0) {
            return Err(Error::setting("margin", margin.to_string(), "give an amount of at least 0"));
        }
        let (at, d) = (self.position(option)?, self.options().len());
        let near = self
            .costs()
            .chunks_exact(d)
            .zip(self.effects().chunks_exact(d))
            .filter(|(c, e)| {
                let best = c.iter().zip(*e).map(|(c, e)| wtp * e - c).fold(f64::NEG_INFINITY, f64::max);
                best - (wtp * e[at] - c[at]) <= margin
            })
            .count();
        Ok(near as f64 / self.len() as f64)
    }
}

impl fmt::Display for PsaResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = self.price_base.map(|base| format!(", costs in {base}")).unwrap_or_default();
        writeln!(f, "{} draws{unit}\n", self.draws)?;
        let width = self.options.iter().map(|o| o.option.chars().count()).max().unwrap_or(0).max(8);
        let text = |x: Option<f64>, digits: usize| x.map_or_else(|| "-".to_owned(), |x| shown(x, digits));
        writeln!(
            f,
            "{:<width$} {:>14} {:>12} {:>12} {:>10} {:>10} {:>14}",
            "option", "mean cost", "sd", "mean effect", "sd", "status", "icer"
        )?;
        let of_costs = decimals_apart(self.options.iter().map(|o| o.mean_cost), 2);
        let of_effects = decimals_apart(self.options.iter().map(|o| o.mean_effect), 5);
        for o in &self.options {
            writeln!(
                f,
                "{:<width$} {:>14} {:>12} {:>12} {:>10} {:>10} {:>14}",
                o.option,
                shown(o.mean_cost, of_costs),
                text(o.sd_cost, 2),
                shown(o.mean_effect, of_effects),
                text(o.sd_effect, 5),
                o.status,
                text(o.icer, 2)
            )?;
        }
        writeln!(
            f,
            "\n{:>12}  {:<width$} {:>8} {:>14} {:>12}  probability of being best",
            "wtp", "optimal", "ceaf", "evpi", "se"
        )?;
        for t in &self.wtp {
            let shares: Vec<String> = self
                .options
                .iter()
                .filter_map(|o| Some(format!("{:.4}", t.probability.get(&o.option)?)))
                .collect();
            writeln!(
                f,
                "{:>12}  {:<width$} {:>8.4} {:>14} {:>12}  {}",
                t.wtp,
                t.optimal,
                t.ceaf,
                shown(t.evpi, 4),
                text(t.evpi_se, 4),
                shares.join(" ")
            )?;
        }
        if let Some(quadrants) = &self.quadrants {
            writeln!(f, "\nQuadrants: {quadrants}")?;
        }
        for note in &self.notes {
            writeln!(f, "\nNote: {note}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn degenerate_draws() {
        let wtp = WillingnessToPay::new([0.0, 1000.0]).unwrap();
        let one = Draws::from_columns([("a", vec![3.0], vec![0.1])]).unwrap().analysis(&wtp).unwrap();
        assert_eq!((one.wtp[0].ceaf, one.wtp[0].evpi, one.wtp[0].evpi_se), (1.0, 0.0, None));
        assert_eq!(one.options[0].sd_cost, None);
        let twins = Draws::from_columns([
            ("a", vec![3.0, 5.0], vec![0.1, 0.2]),
            ("b", vec![3.0, 5.0], vec![0.1, 0.2]),
            ("c", vec![9.0, 9.0], vec![0.0, 0.0]),
        ])
        .unwrap()
        .analysis(&wtp)
        .unwrap();
        for t in &twins.wtp {
            assert_eq!((t.probability["a"], t.probability["b"], t.probability["c"]), (0.5, 0.5, 0.0));
            assert_eq!((t.evpi, t.optimal.as_str()), (0.0, "a"));
        }
    }
}
