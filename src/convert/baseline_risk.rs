//! Absolute effects at a baseline risk: risk difference, events per 1000 people, number needed to treat.
//!
//! Use it to say what a relative effect means for people whose risk without the intervention is p0. The risk with it is
//!
//! - risk ratio: p1 = RR·p0;
//! - odds ratio: p1 = OR·p0/(1 - p0 + OR·p0), so that RR = OR/(1 - p0 + OR·p0);
//! - hazard ratio: p1 = 1 - (1 - p0)^HR;
//! - risk difference: p1 = p0 + RD.
//!
//! The limits of the interval are carried over in the same way (p0 counts as known). The number needed to treat is
//! 1/|p1 - p0|. If the interval of the difference includes 0, the set of numbers needed to treat has two parts, through
//! infinity: from the number to benefit upwards and from the number to harm upwards (Altman 1998).
//!
//! ```
//! use consilience::convert::baseline_risk::{EventValue, NntInterval, RelativeEffect};
//!
//! // Odds ratio 0.80 (0.60 to 1.10) at a baseline risk of 20 %.
//! let effect = RelativeEffect::odds_ratio(0.80, 0.60, 1.10)?.at(0.20, EventValue::Undesirable)?.value;
//! assert!((effect.risk.estimate - 1.0 / 6.0).abs() < 1e-12);
//! assert!((effect.per_1000.estimate - -33.333_333).abs() < 1e-5);
//! assert!((effect.nnt.estimate.unwrap_or(0.0) - 30.0).abs() < 1e-9);
//! assert!(matches!(effect.nnt.interval, NntInterval::TwoParts { .. }));
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Altman DG (1998). Confidence intervals for the number needed to treat. doi:10.1136/bmj.317.7168.1309
//! - Zhang J, Yu KF (1998). What's the relative risk? doi:10.1001/jama.280.19.1690
//! - Schünemann HJ, et al. (2023). Cochrane Handbook, chapter 15, section 15.4. doi:10.1002/9781119536604.ch15
//! - Altman DG, Andersen PK (1999). Calculating the number needed to treat for trials where the outcome is time to an
//!   event. doi:10.1136/bmj.319.7223.1492

use std::fmt;

use serde::{Deserialize, Serialize};

use super::check;
use super::record::{Derived, Step};
use crate::{Error, Result};

/// The value of the event for people: good or bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EventValue {
    /// As death: fewer events are a benefit.
    #[default]
    Undesirable,
    /// As recovery: more events are a benefit.
    Desirable,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    RiskRatio,
    OddsRatio,
    HazardRatio,
    RiskDifference,
}

/// An estimate with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct WithInterval {
    /// The estimate.
    pub estimate: f64,
    /// The lower limit.
    pub ci_lower: f64,
    /// The upper limit.
    pub ci_upper: f64,
}

impl WithInterval {
    fn map(&self, f: impl Fn(f64) -> f64) -> Self {
        let (estimate, a, b) = (f(self.estimate), f(self.ci_lower), f(self.ci_upper));
        WithInterval { estimate, ci_lower: a.min(b), ci_upper: a.max(b) }
    }
}

/// A pooled effect of two groups with its interval, back-transformed (ratios as ratios).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RelativeEffect {
    kind: Kind,
    effect: WithInterval,
}

impl RelativeEffect {
    fn new(kind: Kind, estimate: f64, ci_lower: f64, ci_upper: f64) -> Result<Self> {
        for (name, value) in [("estimate", estimate), ("lower limit", ci_lower), ("upper limit", ci_upper)] {
            if kind == Kind::RiskDifference {
                check::finite(name, value)?;
            } else {
                check::positive(name, value)?;
            }
        }
        if !(ci_lower <= estimate && estimate <= ci_upper) {
            return Err(Error::data(
                format!("estimate {estimate} with interval {ci_lower} to {ci_upper}"),
                "the estimate must lie within its interval",
            ));
        }
        Ok(RelativeEffect { kind, effect: WithInterval { estimate, ci_lower, ci_upper } })
    }

    /// A risk ratio with its interval.
    ///
    /// # Errors
    ///
    /// If a value is not above 0 or the estimate lies outside the interval.
    pub fn risk_ratio(estimate: f64, ci_lower: f64, ci_upper: f64) -> Result<Self> {
        Self::new(Kind::RiskRatio, estimate, ci_lower, ci_upper)
    }

    /// An odds ratio with its interval.
    ///
    /// # Errors
    ///
    /// If a value is not above 0 or the estimate lies outside the interval.
    pub fn odds_ratio(estimate: f64, ci_lower: f64, ci_upper: f64) -> Result<Self> {
        Self::new(Kind::OddsRatio, estimate, ci_lower, ci_upper)
    }

    /// A hazard ratio with its interval.
    ///
    /// # Errors
    ///
    /// If a value is not above 0 or the estimate lies outside the interval.
    pub fn hazard_ratio(estimate: f64, ci_lower: f64, ci_upper: f64) -> Result<Self> {
        Self::new(Kind::HazardRatio, estimate, ci_lower, ci_upper)
    }

    /// A risk difference with its interval.
    ///
    /// # Errors
    ///
    /// If a value is not finite or the estimate lies outside the interval.
    pub fn risk_difference(estimate: f64, ci_lower: f64, ci_upper: f64) -> Result<Self> {
        Self::new(Kind::RiskDifference, estimate, ci_lower, ci_upper)
    }

    /// The absolute effect for people with a baseline risk.
    ///
    /// # Errors
    ///
    /// If the baseline risk is not strictly between 0 and 1, or the estimate leads to a risk outside 0 to 1. Limits
    /// that do so are cut, and a note says so.
    pub fn at(&self, baseline: f64, direction: EventValue) -> Result<Derived<AbsoluteEffect>> {
        let p0 = check::probability("baseline risk", baseline)?;
        let (name, formula) = match self.kind {
            Kind::RiskRatio => ("risk ratio", "p1 = RR·p0"),
            Kind::OddsRatio => ("odds ratio", "p1 = OR·p0/(1 - p0 + OR·p0)"),
            Kind::HazardRatio => ("hazard ratio", "p1 = 1 - (1 - p0)^HR"),
            Kind::RiskDifference => ("risk difference", "p1 = p0 + RD"),
        };
        let raw = self.effect.map(|e| match self.kind {
            Kind::RiskRatio => e * p0,
            Kind::OddsRatio => e * p0 / (1.0 - p0 + e * p0),
            Kind::HazardRatio => -(e * (-p0).ln_1p()).exp_m1(),
            Kind::RiskDifference => p0 + e,
        });
        if !(0.0..=1.0).contains(&raw.estimate) {
            return Err(Error::data(
                format!(
                    "{name} {} at a baseline risk of {p0} is a risk of {}",
                    self.effect.estimate, raw.estimate
                ),
                "a risk lies between 0 and 1: use the odds ratio, or a baseline risk from the range of the studies",
            ));
        }
        let risk = raw.map(|p| p.clamp(0.0, 1.0));
        let mut step = Step::new(
            "absolute effect at a baseline risk",
            formula,
            "Cochrane Handbook 15.4, doi:10.1002/9781119536604.ch15",
        )
        .from_all(&[
            (name, self.effect.estimate),
            ("lower limit", self.effect.ci_lower),
            ("upper limit", self.effect.ci_upper),
        ])
        .assuming("baseline risk", p0)
        .assuming_that(format!("the same {name} at every baseline risk"));
        if risk != raw {
            step = step.note("a limit of the interval leads to a risk outside 0 to 1 and was cut there");
        }
        let risk_difference = risk.map(|p| p - p0);
        let odds = |p: f64| p / (1.0 - p);
        let value = AbsoluteEffect {
            baseline_risk: p0,
            risk,
            risk_difference,
            risk_ratio: risk.map(|p| p / p0),
            odds_ratio: (risk.ci_upper < 1.0).then(|| risk.map(|p| odds(p) / odds(p0))),
            per_1000: risk_difference.map(|d| 1000.0 * d),
            nnt: nnt(&risk_difference, direction),
        };
        Ok(step
            .result("risk", risk.estimate)
            .result("risk difference", risk_difference.estimate)
            .gives(value))
    }
}

/// The meaning of a relative effect at a baseline risk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AbsoluteEffect {
    /// The risk without the intervention.
    pub baseline_risk: f64,
    /// The risk with it.
    pub risk: WithInterval,
    /// The difference of the two.
    pub risk_difference: WithInterval,
    /// Their ratio.
    pub risk_ratio: WithInterval,
    /// The ratio of their odds; `None` if a risk reaches 1.
    pub odds_ratio: Option<WithInterval>,
    /// More (or, below 0, fewer) events among 1000 people.
    pub per_1000: WithInterval,
    /// The number needed to treat.
    pub nnt: Nnt,
}

/// The direction of a number needed to treat: to benefit or to harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum NntKind {
    /// Needed for one more person to benefit.
    Benefit,
    /// Needed for one more person to be harmed.
    Harm,
}

/// A number needed to treat with its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Nnt {
    /// The number; `None` (infinite) without a difference.
    pub estimate: Option<f64>,
    /// To benefit or to harm; `None` without a difference.
    pub kind: Option<NntKind>,
    /// The interval.
    pub interval: NntInterval,
}

/// The set of numbers needed to treat. A limit of `None` is infinity.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "shape")]
#[non_exhaustive]
pub enum NntInterval {
    /// Numbers to benefit only.
    Benefit {
        /// The smallest.
        lower: f64,
        /// The largest.
        upper: Option<f64>,
    },
    /// Numbers to harm only.
    Harm {
        /// The smallest.
        lower: f64,
        /// The largest.
        upper: Option<f64>,
    },
    /// Both: all numbers to benefit from `benefit_from` up, through infinity, and all numbers to harm from `harm_from` up.
    TwoParts {
        /// The smallest number to benefit.
        benefit_from: f64,
        /// The smallest number to harm.
        harm_from: f64,
    },
    /// The difference is known to be 0: no number.
    None,
}

/// The number needed to treat of a risk difference with its interval (Altman 1998).
pub fn nnt(difference: &WithInterval, direction: EventValue) -> Nnt {
    // Benefit counts upwards.
    let benefit = match direction {
        EventValue::Undesirable => difference.map(|d| -d),
        EventValue::Desirable => *difference,
    };
    let inverse = |d: f64| (d != 0.0).then(|| 1.0 / d.abs());
    let kind = match benefit.estimate {
        e if e > 0.0 => Some(NntKind::Benefit),
        e if e < 0.0 => Some(NntKind::Harm),
        _ => None,
    };
    let (low, high) = (benefit.ci_lower, benefit.ci_upper);
    let interval = if low < 0.0 && high > 0.0 {
        NntInterval::TwoParts { benefit_from: 1.0 / high, harm_from: -1.0 / low }
    } else if high > 0.0 {
        NntInterval::Benefit { lower: 1.0 / high, upper: inverse(low) }
    } else if low < 0.0 {
        NntInterval::Harm { lower: -1.0 / low, upper: inverse(high) }
    } else {
        NntInterval::None
    };
    Nnt { estimate: inverse(benefit.estimate), kind, interval }
}

impl fmt::Display for Nnt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.kind, self.estimate) {
            (Some(NntKind::Benefit), Some(n)) => write!(f, "NNTB {n:.1}")?,
            (Some(NntKind::Harm), Some(n)) => write!(f, "NNTH {n:.1}")?,
            _ => f.write_str("NNT infinite")?,
        }
        let limit = |upper: Option<f64>| upper.map_or("infinity".to_owned(), |n| format!("{n:.1}"));
        match self.interval {
            NntInterval::Benefit { lower, upper } => write!(f, " (NNTB {lower:.1} to {})", limit(upper)),
            NntInterval::Harm { lower, upper } => write!(f, " (NNTH {lower:.1} to {})", limit(upper)),
            NntInterval::TwoParts { benefit_from, harm_from } => {
                write!(f, " (NNTH {harm_from:.1} to infinity to NNTB {benefit_from:.1})")
            }
            NntInterval::None => Ok(()),
        }
    }
}

impl fmt::Display for AbsoluteEffect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let d = &self.per_1000;
        writeln!(
            f,
            "Risk {:.4} ({:.4} to {:.4}) instead of {:.4}",
            self.risk.estimate, self.risk.ci_lower, self.risk.ci_upper, self.baseline_risk
        )?;
        writeln!(f, "Per 1000 people: {:+.1} events ({:+.1} to {:+.1})", d.estimate, d.ci_lower, d.ci_upper)?;
        writeln!(f, "{}", self.nnt)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use approx::assert_relative_eq;

    /// Altman (1998): 10 % less ulcers... the difference -0.06 to 0.26 (benefit 0.10): NNTB 10 (NNTH 16.7 to infinity to
    /// NNTB 3.8), printed as 10 (NNTH 16.9 to infinity to NNTB 3.8) from unrounded data.
    #[test]
    fn altmans_two_part_interval() {
        let d = WithInterval { estimate: 0.10, ci_lower: -0.06, ci_upper: 0.26 };
        let got = nnt(&d, EventValue::Desirable);
        assert_eq!(got.kind, Some(NntKind::Benefit));
        let NntInterval::TwoParts { benefit_from, harm_from } = got.interval else { panic!("{got:?}") };
        assert_relative_eq!(benefit_from, 3.846, max_relative = 1e-3);
        assert_relative_eq!(harm_from, 16.667, max_relative = 1e-3);
        assert_eq!(got.to_string(), "NNTB 10.0 (NNTH 16.7 to infinity to NNTB 3.8)");
    }

    #[test]
    fn one_sided_sets_and_edges() {
        let d = |e, l, u| WithInterval { estimate: e, ci_lower: l, ci_upper: u };
        let got = nnt(&d(-0.1, -0.2, -0.05), EventValue::Undesirable);
        assert_eq!(got.to_string(), "NNTB 10.0 (NNTB 5.0 to 20.0)");
        assert_eq!(
            nnt(&d(-0.1, -0.2, 0.0), EventValue::Undesirable).to_string(),
            "NNTB 10.0 (NNTB 5.0 to infinity)"
        );
        assert_eq!(nnt(&d(0.1, 0.05, 0.2), EventValue::Undesirable).kind, Some(NntKind::Harm));
        assert_eq!(nnt(&d(0.0, 0.0, 0.0), EventValue::Undesirable).interval, NntInterval::None);
        assert_eq!(nnt(&d(0.0, -0.1, 0.1), EventValue::Undesirable).estimate, None);
    }

    #[test]
    fn scales_agree_with_each_other() {
        let or = RelativeEffect::odds_ratio(0.5, 0.3, 0.9)
            .unwrap()
            .at(0.4, EventValue::Undesirable)
            .unwrap()
            .value;
        assert_relative_eq!(or.odds_ratio.unwrap().estimate, 0.5, max_relative = 1e-12);
        assert_relative_eq!(or.risk_ratio.estimate, 0.5 / (0.6 + 0.2), max_relative = 1e-12);
        let rr = RelativeEffect::risk_ratio(or.risk_ratio.estimate, 0.1, 1.0).unwrap();
        let rr = rr.at(0.4, EventValue::Undesirable).unwrap().value;
        assert_relative_eq!(rr.risk.estimate, or.risk.estimate, max_relative = 1e-12);
        let hr = RelativeEffect::hazard_ratio(2.0, 1.0, 3.0)
            .unwrap()
            .at(0.5, EventValue::Undesirable)
            .unwrap()
            .value;
        assert_relative_eq!(hr.risk.estimate, 0.75, max_relative = 1e-12);
        let cut =
            RelativeEffect::risk_ratio(1.5, 0.9, 3.0).unwrap().at(0.4, EventValue::Undesirable).unwrap();
        assert!(cut.notes().next().is_some());
        assert!(cut.value.odds_ratio.is_none());
        assert!(RelativeEffect::risk_ratio(3.0, 1.0, 4.0).unwrap().at(0.4, EventValue::Undesirable).is_err());
        assert!(RelativeEffect::risk_ratio(3.0, 1.0, 2.0).is_err());
    }
}
