//! Differences in mean cost and effect between two arms with their joint uncertainty, and what follows from them:
//! ratio, Fieller set, incremental net benefit, acceptability.
//!
//! Use it for published differences with standard errors; [`trial`](super::trial) makes one from patients and
//! [`synthesis`](super::synthesis) from what a study reports.
//!
//! # Model
//!
//! ΔC and ΔE are intervention minus comparator, V_C and V_E the squares of their standard errors, S their covariance,
//! λ the willingness to pay:
//!
//! - incremental net benefit INB = λΔE - ΔC, its variance λ²V_E + V_C - 2λS, its interval INB ± q·SE with q from the
//!   normal distribution, or from t when degrees of freedom are given;
//! - probability of being cost-effective P(INB > 0) = Φ(INB/SE), or the same with t.
//!
//! # Edge cases
//!
//! A standard error of zero is allowed: the probability is then 0, ½ or 1 by the sign of INB and the P value does not
//! exist. A covariance beyond √(V_C V_E) is an error: the figures contradict each other.
//!
//! ```
//! use consilience::{Level, economics::{Dependence, FiellerSet, Incremental}};
//!
//! // Two arms of 250 patients, teaching data of Glick and others
//! let difference = Incremental::new(25.0, 124.43805975206877, 0.04245907942950733, 0.01889562111585824, Dependence::Covariance(-0.6539384924695202))?;
//! let inb = difference.inb(20_000.0, Level::default())?;
//! assert!((inb.estimate - 824.181588590).abs() < 1e-8);
//! assert!((inb.se - 429.488264514).abs() < 1e-8);
//! assert!((inb.probability_cost_effective - 0.97250689145402).abs() < 1e-13);
//! let FiellerSet::Interval { lower, upper } = difference.fieller(Level::default()) else { unreachable!() };
//! assert!((lower + 6036.751839044).abs() < 1e-8 && (upper - 22611.616177334).abs() < 1e-8);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Stinnett AA, Mullahy J (1998). Net health benefits: a new framework for the analysis of uncertainty in
//!   cost-effectiveness analysis. *Medical Decision Making* 18:S68-S80. doi:10.1177/0272989X98018002S09
//! - van Hout BA, Al MJ, Gordon GS, Rutten FFH (1994). Costs, effects and C/E-ratios alongside a clinical trial.
//!   *Health Economics* 3:309-319. doi:10.1002/hec.4730030505

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    fieller::FiellerSet,
    icer::{Icer, Quadrant},
    money::PriceBase,
    range,
    rounding::shown,
    willingness::WillingnessToPay,
};
use crate::{
    Error, Level, Result,
    stat::{bivariate_normal, normal, t},
    text::p_value,
};

/// The way the differences in cost and effect depend on each other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dependence {
    /// The covariance of the two differences.
    Covariance(f64),
    /// The correlation of the two differences, from -1 to 1.
    Correlation(f64),
}

/// Differences in mean cost and effect, intervention minus comparator, with standard errors and covariance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Incremental {
    intervention: String,
    comparator: String,
    cost: f64,
    cost_se: f64,
    effect: f64,
    effect_se: f64,
    covariance: f64,
    df: Option<f64>,
    price_base: Option<PriceBase>,
}

#[derive(Deserialize)]
struct Unchecked {
    intervention: String,
    comparator: String,
    cost: f64,
    cost_se: f64,
    effect: f64,
    effect_se: f64,
    covariance: f64,
    df: Option<f64>,
    price_base: Option<PriceBase>,
}

impl TryFrom<Unchecked> for Incremental {
    type Error = Error;

    fn try_from(raw: Unchecked) -> Result<Self> {
        let mut made = Incremental::new(
            raw.cost,
            raw.cost_se,
            raw.effect,
            raw.effect_se,
            Dependence::Covariance(raw.covariance),
        )?
        .named(raw.intervention, raw.comparator);
        if let Some(df) = raw.df {
            made = made.degrees_of_freedom(df)?;
        }
        made.price_base = raw.price_base;
        Ok(made)
    }
}

/// A difference of means with its interval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DifferenceEstimate {
    /// Intervention minus comparator.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// The lower limit.
    pub ci_lower: f64,
    /// The upper limit.
    pub ci_upper: f64,
    /// Two-sided; `None` if the standard error is 0.
    pub p_value: Option<f64>,
}

/// The incremental net monetary benefit at one threshold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct NetBenefitEstimate {
    /// The willingness to pay, money per unit of effect.
    pub wtp: f64,
    /// λΔE - ΔC, in money.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// The lower limit.
    pub ci_lower: f64,
    /// The upper limit.
    pub ci_upper: f64,
    /// Two-sided, against no net benefit; `None` if the standard error is 0.
    pub p_value: Option<f64>,
    /// P(INB > 0).
    pub probability_cost_effective: f64,
}

/// The shares of the joint distribution of (ΔE, ΔC) in the quadrants of the cost-effectiveness plane.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct QuadrantShares {
    /// Dearer and more effective.
    #[serde(rename = "NE")]
    pub north_east: f64,
    /// Cheaper and more effective.
    #[serde(rename = "SE")]
    pub south_east: f64,
    /// Cheaper and less effective.
    #[serde(rename = "SW")]
    pub south_west: f64,
    /// Dearer and less effective.
    #[serde(rename = "NW")]
    pub north_west: f64,
    /// On an axis: no difference in cost or in effect.
    pub on_axis: f64,
}

impl QuadrantShares {
    /// The shares of pairs of differences (cost, effect); `None` without any.
    pub fn of_pairs(pairs: impl IntoIterator<Item = (f64, f64)>) -> Option<Self> {
        let mut counts = [0usize; 5];
        for (cost, effect) in pairs {
            let position = match Quadrant::of(cost, effect) {
                Quadrant::NorthEast => 0,
                Quadrant::SouthEast => 1,
                Quadrant::SouthWest => 2,
                Quadrant::NorthWest => 3,
                _ => 4,
            };
            counts[position] += 1;
        }
        let total: usize = counts.iter().sum();
        if total == 0 {
            return None;
        }
        let [ne, se, sw, nw, axis] = counts.map(|count| count as f64 / total as f64);
        Some(QuadrantShares { north_east: ne, south_east: se, south_west: sw, north_west: nw, on_axis: axis })
    }
}

impl fmt::Display for QuadrantShares {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "NE {:.1}%, SE {:.1}%, SW {:.1}%, NW {:.1}%",
            100.0 * self.north_east,
            100.0 * self.south_east,
            100.0 * self.south_west,
            100.0 * self.north_west
        )?;
        if self.on_axis > 0.0 { write!(f, ", on an axis {:.1}%", 100.0 * self.on_axis) } else { Ok(()) }
    }
}

/// All readings of a pair of differences, as the command `economics icer` prints them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct IncrementalSummary {
    /// The intervention.
    pub intervention: String,
    /// The comparator.
    pub comparator: String,
    /// The currency and price year, where stated.
    pub price_base: Option<PriceBase>,
    /// The confidence level.
    pub level: Level,
    /// The difference in cost.
    pub cost_difference: DifferenceEstimate,
    /// The difference in effect.
    pub effect_difference: DifferenceEstimate,
    /// The covariance of the two.
    pub covariance: f64,
    /// Degrees of freedom; `None` for the normal distribution.
    pub df: Option<f64>,
    /// The ratio with its quadrant.
    pub icer: Icer,
    /// The confidence set of the ratio.
    pub fieller: FiellerSet,
    /// The incremental net benefit at each threshold.
    pub inb: Vec<NetBenefitEstimate>,
    /// Shares of the quadrants under the normal distribution.
    pub quadrants: Option<QuadrantShares>,
    /// Notes and warnings.
    pub notes: Vec<String>,
}

fn check(name: &str, value: f64, valid: impl Fn(f64) -> bool, remedy: &str) -> Result<()> {
    if value.is_finite() && valid(value) {
        Ok(())
    } else {
        Err(Error::data(format!("{} is {value}", name.replace('_', " ")), remedy).in_column(name))
    }
}

impl Incremental {
    /// Differences (intervention minus comparator) with their standard errors and dependence.
    ///
    /// # Errors
    ///
    /// If a value is not finite or beyond the range of computation (1e-150 to 1e70 in size), a standard error is negative, a
    /// correlation is beyond 1, or the covariance is beyond what the standard errors allow.
    pub fn new(
        cost_difference: f64,
        cost_se: f64,
        effect_difference: f64,
        effect_se: f64,
        dependence: Dependence,
    ) -> Result<Self> {
        for (name, value) in [
            ("cost_difference", cost_difference),
            ("effect_difference", effect_difference),
            ("cost_se", cost_se),
            ("effect_se", effect_se),
        ] {
            range::amount(&name.replace('_', " "), value).map_err(|error| error.in_column(name))?;
        }
        check("cost_difference", cost_difference, |_| true, "differences must be finite")?;
        check("effect_difference", effect_difference, |_| true, "differences must be finite")?;
        check("cost_se", cost_se, |x| x >= 0.0, "standard errors must be finite and at least 0")?;
        check("effect_se", effect_se, |x| x >= 0.0, "standard errors must be finite and at least 0")?;
        let most = cost_se * effect_se;
        let covariance = match dependence {
            Dependence::Correlation(r) => {
                check("correlation", r, |r| r.abs() <= 1.0, "correlations lie between -1 and 1")?;
                r * most
            }
            Dependence::Covariance(s) => {
                let remedy = format!("the standard errors allow at most {most} in size");
                check("covariance", s, |s| s.abs() <= most * (1.0 + 1e-9), &remedy)?;
                s.clamp(-most, most)
            }
        };
        Ok(Incremental {
            intervention: "intervention".to_owned(),
            comparator: "comparator".to_owned(),
            cost: cost_difference,
            cost_se,
            effect: effect_difference,
            effect_se,
            covariance,
            df: None,
            price_base: None,
        })
    }

    /// Means, variances and covariance of replicates of the two differences (bootstrap replicates, or the dots of a
    /// cost-effectiveness plane). Each replicate is a difference of means already, so that the variance of the
    /// replicates is the variance of the difference: it is not divided by their number.
    ///
    /// # Errors
    ///
    /// If there are fewer than two replicates, or one is not finite.
    pub fn from_replicates(cost: &[f64], effect: &[f64]) -> Result<Self> {
        if cost.len() != effect.len() || cost.len() < 2 {
            return Err(Error::data(
                format!("{} replicates of the cost and {} of the effect", cost.len(), effect.len()),
                "give as many of each, at least two",
            ));
        }
        for (row, (c, e)) in cost.iter().zip(effect).enumerate() {
            if !(c.is_finite() && e.is_finite()) {
                return Err(
                    Error::data(format!("replicate ({c}, {e})"), "replicates must be finite").in_row(row + 1)
                );
            }
        }
        let n = cost.len() as f64;
        let (mean_c, mean_e) = (cost.iter().sum::<f64>() / n, effect.iter().sum::<f64>() / n);
        let cross = |a: &[f64], ma: f64, b: &[f64], mb: f64| {
            a.iter().zip(b).map(|(x, y)| (x - ma) * (y - mb)).sum::<f64>() / (n - 1.0)
        };
        Self::new(
            mean_c,
            cross(cost, mean_c, cost, mean_c).sqrt(),
            mean_e,
            cross(effect, mean_e, effect, mean_e).sqrt(),
            Dependence::Covariance(cross(cost, mean_c, effect, mean_e)),
        )
    }

    /// Names the two arms.
    #[must_use]
    pub fn named(mut self, intervention: impl Into<String>, comparator: impl Into<String>) -> Self {
        self.intervention = intervention.into();
        self.comparator = comparator.into();
        self
    }

    /// Uses the t distribution with `df` degrees of freedom in place of the normal.
    ///
    /// # Errors
    ///
    /// If `df` is not finite and above 0.
    pub fn degrees_of_freedom(mut self, df: f64) -> Result<Self> {
        if !(df.is_finite() && df > 0.0) {
            return Err(Error::setting("degrees of freedom", df.to_string(), "give a number above 0"));
        }
        self.df = Some(df);
        Ok(self)
    }

    /// States the currency and price year of the costs.
    #[must_use]
    pub fn priced_in(mut self, base: PriceBase) -> Self {
        self.price_base = Some(base);
        self
    }

    /// The name of the intervention.
    pub fn intervention(&self) -> &str {
        &self.intervention
    }

    /// The name of the comparator.
    pub fn comparator(&self) -> &str {
        &self.comparator
    }

    /// The difference in cost, ΔC.
    pub fn cost(&self) -> f64 {
        self.cost
    }

    /// Its standard error.
    pub fn cost_se(&self) -> f64 {
        self.cost_se
    }

    /// The difference in effect, ΔE.
    pub fn effect(&self) -> f64 {
        self.effect
    }

    /// Its standard error.
    pub fn effect_se(&self) -> f64 {
        self.effect_se
    }

    /// The covariance of the two differences.
    pub fn covariance(&self) -> f64 {
        self.covariance
    }

    /// Degrees of freedom; `None` for the normal distribution.
    pub fn df(&self) -> Option<f64> {
        self.df
    }

    /// The currency and price year, where stated.
    pub fn price_base(&self) -> Option<PriceBase> {
        self.price_base
    }

    /// The ratio with its quadrant.
    pub fn icer(&self) -> Icer {
        Icer::new(self.cost, self.effect).unwrap_or(Icer::OnAxis(Quadrant::Origin)) // both are finite
    }

    /// P(X ≤ z) under the reference distribution.
    fn lower_tail(&self, z: f64) -> f64 {
        self.df.map_or_else(|| normal::cdf(z), |df| t::cdf(z, df))
    }

    fn two_sided(&self, estimate: f64, se: f64) -> Option<f64> {
        (se > 0.0).then(|| (2.0 * self.lower_tail(-(estimate / se).abs())).min(1.0))
    }

    /// The difference in cost with its interval.
    pub fn cost_difference(&self, level: Level) -> DifferenceEstimate {
        self.difference(self.cost, self.cost_se, level)
    }

    /// The difference in effect with its interval.
    pub fn effect_difference(&self, level: Level) -> DifferenceEstimate {
        self.difference(self.effect, self.effect_se, level)
    }

    fn difference(&self, estimate: f64, se: f64, level: Level) -> DifferenceEstimate {
        let half = level.critical_value(self.df) * se;
        DifferenceEstimate {
            estimate,
            se,
            ci_lower: estimate - half,
            ci_upper: estimate + half,
            p_value: self.two_sided(estimate, se),
        }
    }

    /// The confidence set of the ratio by Fieller's theorem.
    pub fn fieller(&self, level: Level) -> FiellerSet {
        FiellerSet::solve(
            self.cost,
            self.effect,
            self.cost_se * self.cost_se,
            self.effect_se * self.effect_se,
            self.covariance,
            level.critical_value(self.df),
        )
    }

    /// The variance of the incremental net benefit at a threshold: λ²V_E + V_C - 2λS.
    pub fn inb_variance(&self, wtp: f64) -> f64 {
        // As (λ·SE_E - SE_C)² + 2λ(SE_E·SE_C - S), whose terms are never negative.
        let most = self.cost_se * self.effect_se;
        (wtp * self.effect_se - self.cost_se).powi(2) + 2.0 * wtp * (most - self.covariance)
    }

    /// The incremental net benefit at a threshold.
    ///
    /// # Errors
    ///
    /// If the threshold is negative or not finite.
    pub fn inb(&self, wtp: f64, level: Level) -> Result<NetBenefitEstimate> {
        WillingnessToPay::new([wtp])?;
        let quantile = level.critical_value(self.df);
        Ok(self.inb_at(wtp, quantile))
    }

    fn inb_at(&self, wtp: f64, quantile: f64) -> NetBenefitEstimate {
        let estimate = wtp * self.effect - self.cost;
        let se = self.inb_variance(wtp).sqrt();
        NetBenefitEstimate {
            wtp,
            estimate,
            se,
            ci_lower: estimate - quantile * se,
            ci_upper: estimate + quantile * se,
            p_value: self.two_sided(estimate, se),
            probability_cost_effective: self.acceptable(estimate, se),
        }
    }

    fn acceptable(&self, estimate: f64, se: f64) -> f64 {
        if se > 0.0 {
            self.lower_tail(estimate / se)
        } else if estimate == 0.0 {
            0.5
        } else {
            f64::from(u8::from(estimate > 0.0))
        }
    }

    /// P(INB > 0) at a threshold: a point of the cost-effectiveness acceptability curve. It is that of its limit beyond the
    /// range of computation, 1e70.
    pub fn probability_cost_effective(&self, wtp: f64) -> f64 {
        let wtp = wtp.clamp(-1e70, 1e70);
        self.acceptable(wtp * self.effect - self.cost, self.inb_variance(wtp).sqrt())
    }

    /// The shares of the quadrants under the bivariate normal distribution; `None` if a standard error is 0.
    pub fn quadrants(&self) -> Option<QuadrantShares> {
        if self.cost_se == 0.0 || self.effect_se == 0.0 {
            return None;
        }
        let (c, e) = (self.cost / self.cost_se, self.effect / self.effect_se);
        let rho = (self.covariance / (self.cost_se * self.effect_se)).clamp(-1.0, 1.0);
        // P(ΔE > 0) = P(-Z_E < e); each quadrant is a lower orthant after the signs are turned.
        Some(QuadrantShares {
            north_east: bivariate_normal::cdf(c, e, rho),
            south_east: bivariate_normal::cdf(-c, e, -rho),
            south_west: bivariate_normal::cdf(-c, -e, rho),
            north_west: bivariate_normal::cdf(c, -e, -rho),
            on_axis: 0.0,
        })
    }

    /// All readings at the given thresholds (none if only the ratio is wanted).
    ///
    /// # Errors
    ///
    /// If the thresholds are in another currency or price year than the costs.
    pub fn summary(&self, wtp: Option<&WillingnessToPay>, level: Level) -> Result<IncrementalSummary> {
        let quantile = level.critical_value(self.df);
        let price_base = PriceBase::shared(self.price_base, wtp.and_then(WillingnessToPay::price_base))?;
        let fieller = self.fieller(level);
        let mut notes = Vec::new();
        if !fieller.is_interval() {
            notes.push(format!(
                "the difference in effect is compatible with zero at {}%: the ratio has no confidence interval, \
                 its confidence set is {fieller}; read the net benefit",
                level.as_percent()
            ));
        }
        Ok(IncrementalSummary {
            intervention: self.intervention.clone(),
            comparator: self.comparator.clone(),
            price_base,
            level,
            cost_difference: self.cost_difference(level),
            effect_difference: self.effect_difference(level),
            covariance: self.covariance,
            df: self.df,
            icer: self.icer(),
            fieller,
            inb: wtp
                .map(|wtp| wtp.values().iter().map(|&wtp| self.inb_at(wtp, quantile)).collect())
                .unwrap_or_default(),
            quadrants: self.quadrants(),
            notes,
        })
    }
}

impl fmt::Display for IncrementalSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = self.price_base.map(|base| format!(", costs in {base}")).unwrap_or_default();
        writeln!(f, "{} versus {}{unit}\n", self.intervention, self.comparator)?;
        writeln!(
            f,
            "{:<20} {:>14} {:>12} {:>26}",
            "",
            "estimate",
            "se",
            format!("{}% interval", self.level.as_percent())
        )?;
        for (name, d) in
            [("Difference in cost", &self.cost_difference), ("Difference in effect", &self.effect_difference)]
        {
            let interval = format!("{} to {}", shown(d.ci_lower, 4), shown(d.ci_upper, 4));
            writeln!(f, "{name:<20} {:>14} {:>12} {interval:>26}", shown(d.estimate, 4), shown(d.se, 4))?;
        }
        writeln!(f, "\nICER: {}\nFieller set: {}", self.icer, self.fieller)?;
        if !self.inb.is_empty() {
            writeln!(
                f,
                "\n{:>12} {:>14} {:>12} {:>26} {:>10} {:>10}",
                "wtp", "net benefit", "se", "interval", "P", "P(INB>0)"
            )?;
        }
        for row in &self.inb {
            let interval = format!("{} to {}", shown(row.ci_lower, 2), shown(row.ci_upper, 2));
            let p = row.p_value.map_or_else(|| "-".to_owned(), |p| p_value(p, 4));
            writeln!(
                f,
                "{:>12} {:>14} {:>12} {interval:>26} {p:>10} {:>10.4}",
                row.wtp,
                shown(row.estimate, 2),
                shown(row.se, 2),
                row.probability_cost_effective
            )?;
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
    fn a_standard_error_of_zero_is_no_nan() {
        let certain = Incremental::new(100.0, 0.0, 0.01, 0.0, Dependence::Covariance(0.0)).unwrap();
        for (wtp, probability) in [(0.0, 0.0), (10_000.0, 0.5), (20_000.0, 1.0)] {
            let inb = certain.inb(wtp, Level::default()).unwrap();
            assert_eq!((inb.probability_cost_effective, inb.p_value), (probability, None));
        }
        assert_eq!(certain.quadrants(), None);
        assert!(certain.fieller(Level::default()).contains(10_000.0));
    }

    #[test]
    fn contradictory_figures_are_named() {
        let make = |c, cs, e, es, d| Incremental::new(c, cs, e, es, d).unwrap_err().to_string();
        assert!(make(1.0, -1.0, 1.0, 1.0, Dependence::Correlation(0.0)).contains("cost_se"));
        assert!(make(1.0, 1.0, f64::NAN, 1.0, Dependence::Correlation(0.0)).contains("effect_difference"));
        assert!(make(1.0, 1.0, 1.0, 1.0, Dependence::Correlation(1.5)).contains("correlation"));
        assert!(make(1.0, 2.0, 1.0, 3.0, Dependence::Covariance(6.1)).contains("allow at most 6"));
        let fine = Incremental::new(1.0, 1.0, 1.0, 1.0, Dependence::Correlation(0.0)).unwrap();
        assert!(fine.inb(-1.0, Level::default()).is_err());
        assert!(fine.clone().degrees_of_freedom(0.0).is_err());
        let pounds = PriceBase::new("GBP".parse().unwrap(), 2021).unwrap();
        let dollars = PriceBase::new("USD".parse().unwrap(), 2021).unwrap();
        let wtp = WillingnessToPay::new([1.0]).unwrap().priced_in(dollars);
        assert!(fine.priced_in(pounds).summary(Some(&wtp), Level::default()).is_err());
    }

    #[test]
    fn replicates_are_not_divided_by_their_number() {
        let made = Incremental::from_replicates(&[1.0, 3.0], &[2.0, 4.0]).unwrap();
        approx::assert_relative_eq!(made.cost_se().powi(2), 2.0, max_relative = 1e-14);
        approx::assert_relative_eq!(made.covariance(), 2.0, max_relative = 1e-14);
        assert!(Incremental::from_replicates(&[1.0], &[2.0]).is_err());
    }
}
