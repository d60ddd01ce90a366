//! The cost-effectiveness frontier of several options: which are dominated, which extendedly, and the ratios of the rest.
//!
//! Use it for mean costs and effects of mutually exclusive options. All options are compared at once: each against
//! doing nothing would hide extended dominance.
//!
//! # Model
//!
//! An option with cost c and effect e is worth λe - c at willingness to pay λ. The frontier holds the options that are
//! best at some λ ≥ 0, together with those on the straight line between two of them; it is the lower convex hull of the
//! options in the plane of effect and cost. An option is *dominated* if another is no dearer and no worse (and not the
//! same), and *extendedly dominated* if a mix of two others is. The ratio of a frontier option is its step from the next
//! lower one; at λ the optimal option is the last whose ratio is at most λ, so the ratios are the exact switch points.
//!
//! # Algorithm
//!
//! Costs and effects that differ by their rounding only (1e-13 of their size) are equal. Sort by cost, then falling effect, then input order; drop what is no better than the best so far; keep a convex stack,
//! comparing slopes by products and not quotients. O(D log D). Slopes that differ by no more than the rounding of
//! the inputs count as equal, and options of equal slope stay.
//!
//! # Edge cases
//!
//! A single option is the frontier. The second of two identical options is *tied* if the first is on the frontier and
//! else shares its status. With the same effect the dearer one is dominated. Costs and effects may be negative: the
//! frontier does not depend on an origin.
//!
//! ```
//! use consilience::economics::{Status, Strategies};
//!
//! // Expanded HIV screening, Paltiel et al. (2006): quality-adjusted months to years
//! let months = [277.25, 277.57, 277.78, 277.83, 277.76];
//! let frontier = Strategies::new(
//!     ["no screening", "one-time", "every 5 years", "every 3 years", "annual"],
//!     [26_000.0, 27_000.0, 28_020.0, 28_440.0, 29_440.0],
//!     months.map(|m| m / 12.0),
//! )?.frontier();
//! let ratios: Vec<f64> = frontier.strategies.iter().filter_map(|s| s.icer).collect();
//! for (ratio, published) in ratios.iter().zip([37_500.0, 58_285.7143, 100_800.0]) {
//!     assert!((ratio - published).abs() < 1e-4);
//! }
//! assert_eq!(frontier.strategies[4].status, Status::Dominated);
//! assert_eq!(frontier.optimal_at(50_000.0), "one-time");
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Cantor SB (1994). Cost-effectiveness analysis, extended dominance, and ethics: a quantitative assessment. *Medical
//!   Decision Making* 14:259-265. doi:10.1177/0272989X9401400308
//! - Paltiel AD, Walensky RP, Schackman BR, and others (2006). Expanded HIV screening in the United States. *Annals of
//!   Internal Medicine* 145:797-806. doi:10.7326/0003-4819-145-11-200612050-00004

use std::{collections::BTreeSet, fmt};

use serde::{Deserialize, Serialize};

use super::{
    money::{Money, PriceBase},
    range,
    rounding::{decimals_apart, difference, merged, shown},
};
use crate::{Error, Result};

/// Mutually exclusive options with their mean costs and effects, one or more, with distinct names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Strategies {
    names: Vec<String>,
    costs: Vec<f64>,
    effects: Vec<f64>,
    price_base: Option<PriceBase>,
}

#[derive(Deserialize)]
struct Unchecked {
    names: Vec<String>,
    costs: Vec<f64>,
    effects: Vec<f64>,
    price_base: Option<PriceBase>,
}

impl TryFrom<Unchecked> for Strategies {
    type Error = Error;

    fn try_from(raw: Unchecked) -> Result<Self> {
        let mut made = Strategies::new(raw.names, raw.costs, raw.effects)?;
        made.price_base = raw.price_base;
        Ok(made)
    }
}

impl Strategies {
    /// Options with a cost and an effect each.
    ///
    /// # Errors
    ///
    /// If there are none, the columns differ in length, a name is repeated or a value is not finite or beyond the range of
    /// computation; the error names the row.
    pub fn new<L: Into<String>>(
        names: impl IntoIterator<Item = L>,
        costs: impl Into<Vec<f64>>,
        effects: impl Into<Vec<f64>>,
    ) -> Result<Self> {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        let (costs, effects) = (costs.into(), effects.into());
        if names.is_empty() {
            return Err(Error::data("no strategies", "at least one with its cost and effect is needed"));
        }
        if names.len() != costs.len() || names.len() != effects.len() {
            return Err(Error::data(
                format!("{} strategies, {} costs and {} effects", names.len(), costs.len(), effects.len()),
                "give a cost and an effect for every strategy",
            ));
        }
        let mut seen = BTreeSet::new();
        for (row, ((name, cost), effect)) in names.iter().zip(&costs).zip(&effects).enumerate() {
            if !seen.insert(name) {
                return Err(Error::data(
                    format!("strategy `{name}` appears twice"),
                    "give each its own name",
                )
                .in_column("strategy")
                .in_row(row + 1));
            }
            for (column, value) in [("cost", cost), ("effect", effect)] {
                if !value.is_finite() {
                    return Err(Error::data(
                        format!("{column} of `{name}` is {value}"),
                        "costs and effects must be finite",
                    )
                    .in_column(column)
                    .in_row(row + 1));
                }
                range::amount(&format!("{column} of `{name}`"), *value)
                    .map_err(|error| error.in_column(column).in_row(row + 1))?;
            }
        }
        Ok(Strategies { names, costs, effects, price_base: None })
    }

    /// Options whose costs state their currency and price year.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), and if the costs mix currencies or price years.
    pub fn from_money<L: Into<String>>(
        names: impl IntoIterator<Item = L>,
        costs: &[Money],
        effects: impl Into<Vec<f64>>,
    ) -> Result<Self> {
        let (amounts, base) = Money::amounts(costs)?;
        Ok(Self::new(names, amounts, effects)?.priced_in(base))
    }

    /// States the currency and price year of the costs.
    #[must_use]
    pub fn priced_in(mut self, base: PriceBase) -> Self {
        self.price_base = Some(base);
        self
    }

    /// The names, in input order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The costs.
    pub fn costs(&self) -> &[f64] {
        &self.costs
    }

    /// The effects.
    pub fn effects(&self) -> &[f64] {
        &self.effects
    }

    /// The currency and price year, where stated.
    pub fn price_base(&self) -> Option<PriceBase> {
        self.price_base
    }

    /// The frontier with the status of every option.
    pub fn frontier(&self) -> Frontier {
        let hull = Hull::new(&self.costs, &self.effects);
        let strategies = (0..self.names.len()).map(|i| self.judged(i, &hull)).collect();
        Frontier { strategies, order: hull.kept, price_base: self.price_base }
    }

    /// The row of one option.
    fn judged(&self, i: usize, hull: &Hull) -> FrontierStrategy {
        let name = |i: usize| self.names[i].clone();
        let mut made = FrontierStrategy {
            strategy: name(i),
            cost: self.costs[i],
            effect: self.effects[i],
            status: Status::Frontier,
            icer: None,
            compared_with: None,
            incremental_cost: None,
            incremental_effect: None,
            dominated_by: Vec::new(),
            mix: None,
        };
        match hull.fates[i] {
            Fate::Kept { below: None } => {}
            Fate::Kept { below: Some(b) } => {
                let dc = difference(self.costs[i], self.costs[b]);
                let de = self.effects[i] - self.effects[b];
                made.icer = Some(dc / de);
                made.compared_with = Some(name(b));
                (made.incremental_cost, made.incremental_effect) = (Some(dc), Some(de));
            }
            Fate::Tied { with } => {
                made.status = Status::Tied;
                made.dominated_by = vec![name(with)];
            }
            Fate::Dominated { by } => {
                made.status = Status::Dominated;
                made.dominated_by = vec![name(by)];
            }
            Fate::Extended => {
                made.status = Status::Extended;
                if let Some((a, b)) = hull.neighbors(self.effects[i], &self.effects) {
                    let weight = (self.effects[i] - self.effects[a]) / (self.effects[b] - self.effects[a]);
                    let mixed = self.costs[a] + weight * (self.costs[b] - self.costs[a]);
                    made.dominated_by = vec![name(a), name(b)];
                    made.mix = Some(Mix {
                        lower: name(a),
                        upper: name(b),
                        weight_of_upper: weight,
                        cost_saved: self.costs[i] - mixed,
                    });
                }
            }
        }
        made
    }
}

/// The fate of an option.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    Kept { below: Option<usize> },
    Tied { with: usize },
    Dominated { by: usize },
    Extended,
}

/// The lower convex hull, as positions in the input.
pub(super) struct Hull {
    fates: Vec<Fate>,
    /// The frontier from the cheapest to the most effective.
    pub(super) kept: Vec<usize>,
}

impl Hull {
    /// The hull of slices of equal length with finite values; values that differ by rounding only are equal.
    pub(super) fn new(costs: &[f64], effects: &[f64]) -> Self {
        let (costs, effects) = (merged(costs), merged(effects));
        let (costs, effects) = (costs.as_slice(), effects.as_slice());
        let mut order: Vec<usize> = (0..costs.len()).collect();
        order.sort_by(|&i, &j| {
            costs[i].total_cmp(&costs[j]).then(effects[j].total_cmp(&effects[i])).then(i.cmp(&j))
        });
        let mut fates = vec![Fate::Extended; costs.len()];
        let mut kept: Vec<usize> = Vec::new();
        let mut best: Option<usize> = None;
        for j in order {
            if let Some(top) = best
                && effects[j] <= effects[top]
            {
                let same = costs[j] == costs[top] && effects[j] == effects[top];
                fates[j] = if same { Fate::Tied { with: top } } else { Fate::Dominated { by: top } };
                continue;
            }
            while let [.., a, b] = kept.as_slice()
                && above_the_line(costs, effects, *a, *b, j)
            {
                kept.pop();
            }
            kept.push(j);
            best = Some(j);
        }
        let mut below = None;
        for &i in &kept {
            fates[i] = Fate::Kept { below };
            below = Some(i);
        }
        // A twin of an option that later fell to extended dominance falls with it.
        for i in 0..fates.len() {
            if let Fate::Tied { with } = fates[i]
                && fates[with] == Fate::Extended
            {
                fates[i] = Fate::Extended;
            }
        }
        Hull { fates, kept }
    }

    /// The frontier options next below and next above an effect.
    fn neighbors(&self, effect: f64, effects: &[f64]) -> Option<(usize, usize)> {
        self.kept.windows(2).find_map(|pair| match *pair {
            [a, b] if effects[a] <= effect && effect <= effects[b] => Some((a, b)),
            _ => None,
        })
    }
}

/// True if b lies above the line from a to j by more than the inputs' rounding, so that a mix of a and j beats it.
fn above_the_line(c: &[f64], e: &[f64], a: usize, b: usize, j: usize) -> bool {
    let (dc, de) = (c[b] - c[a], e[b] - e[a]);
    let (dc_next, de_next) = (c[j] - c[b], e[j] - e[b]);
    let largest = |v: &[f64]| v[a].abs().max(v[b].abs()).max(v[j].abs());
    let rounding = 4.0
        * f64::EPSILON
        * (largest(c) * (de.abs() + de_next.abs()) + largest(e) * (dc.abs() + dc_next.abs()));
    dc * de_next - dc_next * de > rounding
}

/// The status of an option in the full comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Status {
    /// On the frontier.
    Frontier,
    /// A mix of two others costs less for the same effect.
    Extended,
    /// Another option is no dearer and no worse.
    Dominated,
    /// The same cost and effect as an option on the frontier.
    Tied,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Status::Frontier => "frontier",
            Status::Extended => "extended",
            Status::Dominated => "dominated",
            Status::Tied => "tied",
        })
    }
}

/// The mix of two frontier options with the effect of an extendedly dominated one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Mix {
    /// The cheaper option of the mix.
    pub lower: String,
    /// The more effective option of the mix.
    pub upper: String,
    /// The share that gets the more effective option.
    pub weight_of_upper: f64,
    /// The cost that the mix saves.
    pub cost_saved: f64,
}

/// A row of the full incremental table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FrontierStrategy {
    /// The option.
    pub strategy: String,
    /// Its cost.
    pub cost: f64,
    /// Its effect.
    pub effect: f64,
    /// Its status.
    pub status: Status,
    /// The ratio of the step from the next lower option on the frontier, always positive; `None` off the frontier and
    /// for its first option.
    pub icer: Option<f64>,
    /// The next lower option on the frontier.
    pub compared_with: Option<String>,
    /// The cost of that step.
    pub incremental_cost: Option<f64>,
    /// The effect of that step.
    pub incremental_effect: Option<f64>,
    /// The options that beat it, or are the same.
    pub dominated_by: Vec<String>,
    /// The mix that beats an extendedly dominated option.
    pub mix: Option<Mix>,
}

/// The full incremental table, in input order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Frontier {
    /// Every option.
    pub strategies: Vec<FrontierStrategy>,
    /// The positions of the frontier options, from the cheapest to the most effective.
    pub order: Vec<usize>,
    /// The currency and price year, where stated.
    pub price_base: Option<PriceBase>,
}

impl Frontier {
    /// The frontier options, from the cheapest to the most effective.
    pub fn options(&self) -> impl Iterator<Item = &FrontierStrategy> {
        self.order.iter().filter_map(|&i| self.strategies.get(i))
    }

    /// The option with the greatest net benefit at a willingness to pay; at a switch point the more effective one.
    pub fn optimal_at(&self, wtp: f64) -> &str {
        let mut best = "";
        for option in self.options() {
            match option.icer {
                Some(ratio) if ratio > wtp => break,
                _ => best = &option.strategy,
            }
        }
        best
    }

    /// The thresholds at which the optimal option changes, with the option that becomes optimal; ascending.
    pub fn switch_points(&self) -> Vec<(f64, &str)> {
        self.options().filter_map(|s| Some((s.icer?, s.strategy.as_str()))).collect()
    }
}

impl fmt::Display for Frontier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.strategies.iter().map(|s| s.strategy.chars().count()).max().unwrap_or(0).max(8);
        if let Some(base) = self.price_base {
            writeln!(f, "Costs in {base}")?;
        }
        writeln!(
            f,
            "{:<width$} {:>14} {:>12} {:>10} {:>14}  against",
            "strategy", "cost", "effect", "status", "icer"
        )?;
        let others = (0..self.strategies.len()).filter(|i| !self.order.contains(i));
        let of_costs = decimals_apart(self.strategies.iter().map(|s| s.cost), 2);
        let of_effects = decimals_apart(self.strategies.iter().map(|s| s.effect), 5);
        for i in self.order.iter().copied().chain(others) {
            let Some(s) = self.strategies.get(i) else { continue };
            let icer = s.icer.map_or_else(|| "-".to_owned(), |icer| shown(icer, 2));
            let against = match &s.compared_with {
                Some(name) => name.clone(),
                None => s.dominated_by.join(" + "),
            };
            writeln!(
                f,
                "{:<width$} {:>14} {:>12} {:>10} {icer:>14}  {against}",
                s.strategy,
                shown(s.cost, of_costs),
                shown(s.effect, of_effects),
                s.status
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    fn frontier(costs: &[f64], effects: &[f64]) -> Frontier {
        let names: Vec<String> = (1..=costs.len()).map(|i| format!("S{i}")).collect();
        Strategies::new(names, costs, effects).unwrap().frontier()
    }

    #[test]
    fn degenerate_sets_of_options() {
        let one = frontier(&[5.0], &[1.0]);
        assert_eq!((one.strategies[0].status, one.strategies[0].icer), (Status::Frontier, None));
        assert_eq!(one.optimal_at(1e9), "S1");
        let all_but_one = frontier(&[3.0, 2.0, 1.0], &[1.0, 2.0, 3.0]);
        assert_eq!(all_but_one.order, [2]);
        let same_effect = frontier(&[2.0, 1.0], &[1.0, 1.0]);
        assert_eq!(same_effect.strategies[0].status, Status::Dominated);
        let same_cost = frontier(&[1.0, 1.0], &[1.0, 2.0]);
        assert_eq!(same_cost.strategies[0].status, Status::Dominated);
        let negative = frontier(&[-5.0, -3.0], &[-2.0, -1.0]);
        assert_eq!(negative.strategies[1].icer, Some(2.0));
    }

    #[test]
    fn twins_are_tied_only_on_the_frontier() {
        let twins = frontier(&[0.0, 10.0, 10.0], &[0.0, 1.0, 1.0]);
        assert_eq!(twins.strategies[2].status, Status::Tied);
        assert_eq!(twins.strategies[2].dominated_by, ["S2"]);
        let off = frontier(&[0.0, 10.0, 10.0, 11.0], &[0.0, 1.0, 1.0, 2.0]);
        assert_eq!(off.strategies[1].status, Status::Extended);
        assert_eq!(off.strategies[2].status, Status::Extended);
        let mix = off.strategies[1].mix.clone().unwrap();
        assert_eq!((mix.weight_of_upper, mix.cost_saved), (0.5, 4.5));
    }

    #[test]
    fn options_on_one_line_stay_in_spite_of_rounding() {
        for scale in [0.1, 0.3, 7e-5, 1e6] {
            let effects: Vec<f64> = (0..8).map(|i| f64::from(i) * scale).collect();
            let costs: Vec<f64> = (0..8).map(|i| 1000.0 + f64::from(i) * 700.0 * scale).collect();
            assert_eq!(frontier(&costs, &effects).order.len(), 8, "{scale}");
        }
    }

    #[test]
    fn bad_rows_are_named() {
        let make = |names: &[&str], c: &[f64], e: &[f64]| {
            Strategies::new(names.iter().copied(), c, e).unwrap_err().to_string()
        };
        assert!(make(&[], &[], &[]).contains("no strategies"));
        assert!(make(&["a", "b"], &[1.0], &[1.0, 2.0]).contains("1 costs"));
        assert!(make(&["a", "a"], &[1.0, 2.0], &[1.0, 2.0]).contains("appears twice"));
        assert!(make(&["a", "b"], &[1.0, f64::NAN], &[1.0, 2.0]).starts_with("row 2, column cost"));
    }

    #[test]
    fn rounding_noise_is_no_effect() {
        let made = frontier(&[100.0, 200.0], &[0.3, 0.1 + 0.2]);
        assert_eq!((made.strategies[1].status, made.strategies[1].icer), (Status::Dominated, None));
        // the same cost but for rounding, and a better effect: the second dominates whichever sorts first
        for costs in [[0.3, 0.1 + 0.2], [0.1 + 0.2, 0.3]] {
            let made = frontier(&costs, &[1.0, 2.0]);
            assert_eq!(made.strategies[0].status, Status::Dominated, "{costs:?}");
        }
        assert_eq!(frontier(&[5.0, 5.0 + 1e-15], &[1.0, 1.0]).strategies[1].status, Status::Tied);
        // small differences that are no noise stay
        assert_eq!(frontier(&[0.0, 1.0], &[0.3, 0.3 + 1e-9]).strategies[1].status, Status::Frontier);
    }
}
