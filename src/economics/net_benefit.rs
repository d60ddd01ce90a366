//! Net monetary and net health benefit of each option, and the comparison of one option with another.
//!
//! Net benefit orders any number of options at a willingness to pay λ without ratios: NMB = λe - c in money and
//! NHB = e - c/λ in units of effect (λ > 0). A [pairwise](Strategies::versus) comparison is a separate, labelled
//! reading: it does not see extended dominance.
//!
//! ```
//! use consilience::economics::{Strategies, WillingnessToPay};
//!
//! let options = Strategies::new(["usual care", "new"], [1000.0, 1500.0], [0.60, 0.64])?;
//! let table = options.net_benefit(&WillingnessToPay::new([10_000.0, 20_000.0])?)?;
//! assert_eq!(table.thresholds[0].optimal, "usual care");
//! assert_eq!(table.thresholds[1].optimal, "new");
//! assert!((table.thresholds[1].strategies[1].incremental - 300.0).abs() < 1e-9);
//! assert_eq!(options.versus("new", "usual care")?.sentence(), "new versus usual care");
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Stinnett AA, Mullahy J (1998). Net health benefits: a new framework for the analysis of uncertainty in
//!   cost-effectiveness analysis. *Medical Decision Making* 18:S68-S80. doi:10.1177/0272989X98018002S09

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    frontier::Strategies,
    icer::{Icer, Quadrant},
    money::PriceBase,
    rounding::{difference, shown},
    willingness::WillingnessToPay,
};
use crate::{Error, Result};

/// Net monetary benefit λe - c, in money.
pub fn net_monetary_benefit(cost: f64, effect: f64, wtp: f64) -> f64 {
    wtp * effect - cost
}

/// Net health benefit e - c/λ, in units of effect; `None` at λ = 0.
pub fn net_health_benefit(cost: f64, effect: f64, wtp: f64) -> Option<f64> {
    (wtp > 0.0).then(|| effect - cost / wtp)
}

/// An option at one threshold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StrategyNetBenefit {
    /// The option.
    pub strategy: String,
    /// Net monetary benefit.
    pub nmb: f64,
    /// Net health benefit; `None` at a threshold of 0.
    pub nhb: Option<f64>,
    /// Net monetary benefit less that of the first option of the input.
    pub incremental: f64,
    /// 1 for the best; options of equal net benefit share the better rank.
    pub rank: usize,
}

/// All options at one threshold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ThresholdNetBenefit {
    /// The willingness to pay.
    pub wtp: f64,
    /// The option with the greatest net benefit; of equals the most effective, then the first.
    pub optimal: String,
    /// Every option, in input order.
    pub strategies: Vec<StrategyNetBenefit>,
}

/// Net benefits over thresholds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NetBenefitTable {
    /// A block for each threshold, ascending.
    pub thresholds: Vec<ThresholdNetBenefit>,
    /// The currency and price year, where stated.
    pub price_base: Option<PriceBase>,
}

/// One option against another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Pairwise {
    /// The intervention.
    pub intervention: String,
    /// The comparator.
    pub comparator: String,
    /// Cost of the intervention less that of the comparator.
    pub cost_difference: f64,
    /// Effect of the intervention less that of the comparator.
    pub effect_difference: f64,
    /// The ratio with its quadrant.
    pub icer: Icer,
}

impl Pairwise {
    /// "X versus Y".
    pub fn sentence(&self) -> String {
        format!("{} versus {}", self.intervention, self.comparator)
    }

    /// The incremental net monetary benefit at a threshold.
    pub fn inb(&self, wtp: f64) -> f64 {
        net_monetary_benefit(self.cost_difference, self.effect_difference, wtp)
    }
}

impl fmt::Display for Pairwise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: cost {}, effect {}, {}",
            self.sentence(),
            signed(self.cost_difference, 2),
            signed(self.effect_difference, 5),
            self.icer
        )
    }
}

/// A difference with its sign.
fn signed(value: f64, decimals: usize) -> String {
    let sign = if value < 0.0 { "" } else { "+" };
    format!("{sign}{}", shown(value, decimals))
}

/// The position of the greatest net benefit; of equals the most effective, then the first.
pub(super) fn best(costs: &[f64], effects: &[f64], wtp: f64) -> usize {
    let mut best = 0;
    for i in 1..costs.len() {
        let (value, champion) = (wtp * effects[i] - costs[i], wtp * effects[best] - costs[best]);
        if value > champion || (value == champion && effects[i] > effects[best]) {
            best = i;
        }
    }
    best
}

impl Strategies {
    /// The net benefit of every option at every threshold.
    ///
    /// # Errors
    ///
    /// If the thresholds are in another currency or price year than the costs.
    pub fn net_benefit(&self, wtp: &WillingnessToPay) -> Result<NetBenefitTable> {
        let price_base = PriceBase::shared(self.price_base(), wtp.price_base())?;
        let (names, costs, effects) = (self.names(), self.costs(), self.effects());
        let thresholds = wtp
            .values()
            .iter()
            .map(|&wtp| {
                let nmb: Vec<f64> =
                    costs.iter().zip(effects).map(|(&c, &e)| net_monetary_benefit(c, e, wtp)).collect();
                let strategies = names
                    .iter()
                    .enumerate()
                    .map(|(i, name)| StrategyNetBenefit {
                        strategy: name.clone(),
                        nmb: nmb[i],
                        nhb: net_health_benefit(costs[i], effects[i], wtp),
                        incremental: wtp * (effects[i] - effects[0]) - (costs[i] - costs[0]),
                        rank: 1 + nmb.iter().filter(|&&other| other > nmb[i]).count(),
                    })
                    .collect();
                ThresholdNetBenefit { wtp, optimal: names[best(costs, effects, wtp)].clone(), strategies }
            })
            .collect();
        Ok(NetBenefitTable { thresholds, price_base })
    }

    /// One option against another: a pairwise comparison, which does not see extended dominance.
    ///
    /// # Errors
    ///
    /// If a name is not known.
    pub fn versus(&self, intervention: &str, comparator: &str) -> Result<Pairwise> {
        let find = |name: &str| {
            self.names()
                .iter()
                .position(|known| known == name)
                .ok_or_else(|| Error::unknown("strategy", name, self.names()))
        };
        let (i, j) = (find(intervention)?, find(comparator)?);
        let cost_difference = difference(self.costs()[i], self.costs()[j]);
        let effect_difference = difference(self.effects()[i], self.effects()[j]);
        Ok(Pairwise {
            intervention: intervention.to_owned(),
            comparator: comparator.to_owned(),
            cost_difference,
            effect_difference,
            icer: Icer::new(cost_difference, effect_difference).unwrap_or(Icer::OnAxis(Quadrant::Origin)),
        })
    }
}

impl fmt::Display for NetBenefitTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(base) = self.price_base {
            writeln!(f, "Money in {base}")?;
        }
        for threshold in &self.thresholds {
            writeln!(f, "At {} per unit of effect (optimal: {})", threshold.wtp, threshold.optimal)?;
            for s in &threshold.strategies {
                let nhb = s.nhb.map_or_else(|| "-".to_owned(), |nhb| shown(nhb, 5));
                writeln!(
                    f,
                    "  {:<24} {:>14} {nhb:>12} {:>14} {:>3}",
                    s.strategy,
                    shown(s.nmb, 2),
                    shown(s.incremental, 2),
                    s.rank
                )?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn ties_zero_threshold_and_unknown_names() {
        let options = Strategies::new(["a", "b", "c"], [0.0, 100.0, 100.0], [0.0, 0.01, 0.01]).unwrap();
        let table = options.net_benefit(&WillingnessToPay::new([0.0, 10_000.0]).unwrap()).unwrap();
        assert_eq!(
            (table.thresholds[0].optimal.as_str(), table.thresholds[0].strategies[1].nhb),
            ("a", None)
        );
        assert_eq!(table.thresholds[1].optimal, "b");
        assert!(table.thresholds[1].strategies.iter().all(|s| s.rank == 1));
        assert!(options.versus("d", "a").unwrap_err().to_string().contains("unknown strategy"));
        assert_eq!(options.versus("b", "c").unwrap().icer, Icer::OnAxis(Quadrant::Origin));
    }
}
