//! Pooling economic evaluations: from what studies report to incremental net benefits with variances.
//!
//! Use it where studies compare like with like in one currency and price year. Ratios are never averaged: each study gives
//! an incremental net benefit (INB) at one threshold, and [`InbStudies::effect_sizes`] hands these to any model of this
//! crate that pools effects.
//!
//! # Model
//!
//! INB = λΔE - ΔC with variance λ²V_E + V_C - 2λS. What is reported decides how the covariance S is found:
//!
//! | scenario | reported | covariance |
//! |---|---|---|
//! | 1 | standard errors of ΔC, ΔE and of the ratio R | S = (V_C + R²V_E - ΔE²V_R)/(2R), first order |
//! | 2 | 95% intervals of the three | the same, with SE = width/(2z) |
//! | 3 | standard errors of ΔC and ΔE | from a covariance or a correlation, which if assumed is an argument |
//! | 4 | points of a cost-effectiveness plane | their plain variances and covariance, not divided by their number |
//! | 5 | point estimates only | the mean variance of other studies, flagged as borrowed |
//!
//! Whatever S is, (λ√V_E - √V_C)² ≤ Var ≤ (λ√V_E + √V_C)²; these bounds are reported.
//!
//! # Guards
//!
//! The variance of a ratio says little about S where ΔE is not clear of zero: scenarios 1 and 2 are used from ΔE/SE of 6,
//! with a note from 4, and below fall back on the assumed correlation, as they do if the figures contradict each other or
//! a ratio's interval is not symmetric. [`RatioGuard::Off`] uses the formula whatever comes.
//!
//! # Edge cases
//!
//! R = 0 leaves S undetermined. Variance from a model's probabilistic analysis is uncertainty of its inputs and not of a
//! sample; several papers on one model are not independent; costs, λ and unit costs share one price base.
//!
//! ```
//! use consilience::economics::{InbSynthesis, ReportedStudy, Reported};
//!
//! let study = ReportedStudy::new("A", -200.0, 0.01, Reported::StandardErrors { cost_se: 250.0, effect_se: 0.02, dependence: None });
//! let made = InbSynthesis::new(20_000.0)?.studies([study])?;
//! assert!((made.studies[0].inb - 400.0).abs() < 1e-9);
//! assert!((made.studies[0].variance - 222_500.0).abs() < 1e-6);
//! assert!((made.studies[0].bounds.unwrap()[1] - 422_500.0).abs() < 1e-6);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Crespo C, Monleon A, Díaz W, Ríos M (2014). Comparative efficiency research (COMER): meta-analysis of
//!   cost-effectiveness studies. *BMC Medical Research Methodology* 14:139. doi:10.1186/1471-2288-14-139
//! - Shields GE, Elvidge J (2020). Challenges in synthesising cost-effectiveness estimates. *Systematic Reviews* 9:289.
//!   doi:10.1186/s13643-020-01536-x

use serde::{Deserialize, Serialize};

use super::{
    incremental::{Dependence, Incremental},
    willingness::WillingnessToPay,
};
use crate::codes::codes;
use crate::{
    EffectSizes, Error, Measure, Result,
    stat::{Tail, normal},
};

/// The uncertainty that a study reports. Intervals are 95 per cent ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reported {
    /// Scenario 1: standard errors of both differences and of the ratio.
    RatioSe {
        /// Of the difference in cost.
        cost_se: f64,
        /// Of the difference in effect.
        effect_se: f64,
        /// Of the ratio.
        icer_se: f64,
    },
    /// Scenario 2: intervals of both differences and of the ratio.
    RatioInterval {
        /// Of the difference in cost.
        cost: [f64; 2],
        /// Of the difference in effect.
        effect: [f64; 2],
        /// Of the ratio.
        icer: [f64; 2],
    },
    /// Scenario 3: standard errors of both differences; without a dependence the assumed correlation is used.
    StandardErrors {
        /// Of the difference in cost.
        cost_se: f64,
        /// Of the difference in effect.
        effect_se: f64,
        /// As reported.
        dependence: Option<Dependence>,
    },
    /// Scenario 3 by intervals.
    Intervals {
        /// Of the difference in cost.
        cost: [f64; 2],
        /// Of the difference in effect.
        effect: [f64; 2],
        /// As reported.
        dependence: Option<Dependence>,
    },
    /// Scenario 4: replicates read from a cost-effectiveness plane; the differences are their means.
    Plane {
        /// Differences in cost.
        cost: Vec<f64>,
        /// Differences in effect.
        effect: Vec<f64>,
    },
    /// The probability of being cost-effective at the threshold of the synthesis: SE = INB/Φ⁻¹(p).
    Probability(f64),
    /// The interval of the net benefit at the threshold of the synthesis.
    NetBenefitInterval([f64; 2]),
    /// Scenario 5: nothing; the variance is borrowed from the studies named, or from all others if none is named.
    PointOnly {
        /// The studies most alike.
        like: Vec<String>,
    },
}

/// A study with its differences, intervention minus comparator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportedStudy {
    /// The label.
    pub study: String,
    /// The difference in cost.
    pub cost_difference: f64,
    /// The difference in effect.
    pub effect_difference: f64,
    /// The reported uncertainty.
    pub reported: Reported,
}

impl ReportedStudy {
    /// A study. The differences of a cost-effectiveness plane are not looked at: its means are taken.
    pub fn new(
        study: impl Into<String>,
        cost_difference: f64,
        effect_difference: f64,
        reported: Reported,
    ) -> Self {
        ReportedStudy { study: study.into(), cost_difference, effect_difference, reported }
    }
}

/// The guard against taking the covariance from a ratio that says little of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum RatioGuard {
    /// From ΔE/SE of 4, with a note below 6.
    #[default]
    On,
    /// Always; contradictory figures are then an error.
    Off,
}

codes! { RatioGuard, "choice" {
    On "on" [],
    Off "off" [],
} }

/// A study's net benefit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct InbStudy {
    /// The label.
    pub study: String,
    /// The incremental net benefit.
    pub inb: f64,
    /// Its variance.
    pub variance: f64,
    /// The scenario that was used, 1 to 5; `None` for a variance of the net benefit itself.
    pub scenario: Option<u8>,
    /// The covariance of the differences that was used.
    pub covariance: Option<f64>,
    /// The least and the greatest variance that any covariance could give.
    pub bounds: Option<[f64; 2]>,
    /// True if the variance is borrowed from other studies.
    pub borrowed: bool,
}

/// Settings of a synthesis at one threshold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InbSynthesis {
    wtp: f64,
    assumed_correlation: f64,
    guard: RatioGuard,
}

/// Net benefits of all studies at one threshold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InbStudies {
    /// The willingness to pay.
    pub wtp: f64,
    /// The correlation that was assumed where none is known.
    pub assumed_correlation: f64,
    /// The studies, in input order.
    pub studies: Vec<InbStudy>,
    /// The assumptions, study by study.
    pub notes: Vec<String>,
}

fn z() -> f64 {
    normal::quantile(Tail::Upper(0.025))
}

/// The standard errors of cost and effect from their intervals.
fn interval_errors(
    study: &ReportedStudy,
    cost: [f64; 2],
    effect: [f64; 2],
    notes: &mut Vec<String>,
) -> Result<(f64, f64)> {
    for (what, estimate, limits) in
        [("cost", study.cost_difference, cost), ("effect", study.effect_difference, effect)]
    {
        within(what, estimate, limits)?;
        note_skew(&study.study, what, estimate, limits, notes);
    }
    Ok((interval_se("cost", cost)?, interval_se("effect", effect)?))
}

/// The standard error of a net benefit that is positive with probability `p`.
fn probability_se(inb: f64, p: f64) -> Result<f64> {
    if !(p > 0.0 && p < 1.0) {
        return Err(Error::data(format!("probability is {p}"), "give one within 0 and 1"));
    }
    let se = inb / normal::quantile(Tail::Lower(p));
    if !(se.is_finite() && se > 0.0) {
        return Err(Error::data(
            format!("probability {p} with a net benefit of {inb}"),
            "a positive net benefit has a probability above one half, a negative one below it",
        ));
    }
    Ok(se)
}

fn interval_se(what: &str, [lower, upper]: [f64; 2]) -> Result<f64> {
    if lower.is_finite() && upper.is_finite() && lower < upper {
        Ok((upper - lower) / (2.0 * z()))
    } else {
        Err(Error::data(format!("{what} interval {lower} to {upper}"), "give finite limits, the lower first"))
    }
}

/// True if the estimate lies in the middle of its interval, within a tenth of its half-width.
fn symmetric(estimate: f64, [lower, upper]: [f64; 2]) -> bool {
    (0.5 * (lower + upper) - estimate).abs() <= 0.05 * (upper - lower)
}

/// The covariance of ΔC and ΔE that gives a ratio this standard error to first order; `None` for a ratio of 0 or an
/// effect of 0.
pub fn covariance_from_ratio(
    cost: f64,
    cost_variance: f64,
    effect: f64,
    effect_variance: f64,
    ratio_variance: f64,
) -> Option<f64> {
    let ratio = cost / effect;
    let covariance =
        (cost_variance + ratio * ratio * effect_variance - effect * effect * ratio_variance) / (2.0 * ratio);
    covariance.is_finite().then_some(covariance)
}

impl InbSynthesis {
    /// A synthesis at one willingness to pay, with the guard on and an assumed correlation of 0.
    ///
    /// # Errors
    ///
    /// If the threshold is negative or not finite.
    pub fn new(wtp: f64) -> Result<Self> {
        WillingnessToPay::new([wtp])?;
        Ok(InbSynthesis { wtp, assumed_correlation: 0.0, guard: RatioGuard::On })
    }

    /// The correlation of the two differences to assume where nothing is known of it.
    ///
    /// # Errors
    ///
    /// If it is not within -1 and 1.
    pub fn assume_correlation(mut self, correlation: f64) -> Result<Self> {
        if !(-1.0..=1.0).contains(&correlation) {
            return Err(Error::setting("correlation", correlation.to_string(), "give a number from -1 to 1"));
        }
        self.assumed_correlation = correlation;
        Ok(self)
    }

    /// Sets the guard against covariances from uncertain ratios.
    #[must_use]
    pub fn guard(mut self, guard: RatioGuard) -> Self {
        self.guard = guard;
        self
    }

    /// The net benefit of every study.
    ///
    /// # Errors
    ///
    /// If there is no study, a value is not finite, a standard error is negative, figures contradict each other, or
    /// there is no study to borrow a variance from; the error names the study.
    pub fn studies(&self, studies: impl IntoIterator<Item = ReportedStudy>) -> Result<InbStudies> {
        let studies: Vec<ReportedStudy> = studies.into_iter().collect();
        if studies.is_empty() {
            return Err(Error::data("no studies", "give at least one"));
        }
        let mut notes = Vec::new();
        let mut made = Vec::with_capacity(studies.len());
        for (row, study) in studies.iter().enumerate() {
            let one = self.one(study, &mut notes).map_err(|e| e.in_row(row + 1).in_study(&study.study))?;
            made.push(one);
        }
        // Variances are borrowed once all others are known.
        let known: Vec<(String, f64)> =
            made.iter().filter(|s| !s.borrowed).map(|s| (s.study.clone(), s.variance)).collect();
        for (row, (study, one)) in studies.iter().zip(&mut made).enumerate() {
            let Reported::PointOnly { like } = &study.reported else { continue };
            let from: Vec<f64> = known
                .iter()
                .filter(|(name, _)| like.is_empty() || like.contains(name))
                .map(|(_, variance)| *variance)
                .collect();
            if from.is_empty() {
                return Err(Error::data(
                    "point estimates only, and no study to borrow a variance from",
                    "name studies that report their uncertainty",
                )
                .in_row(row + 1)
                .in_study(&study.study));
            }
            one.variance = from.iter().sum::<f64>() / from.len() as f64;
            notes.push(format!(
                "{}: reports no uncertainty; its variance is the mean of {} other studies: analyse without it too",
                study.study,
                from.len()
            ));
        }
        if made.len() > 1 {
            notes.push(
                "the studies' perspectives, horizons and settings are part of a pooled net benefit: for another setting \
                 read the prediction interval, not the confidence interval"
                    .to_owned(),
            );
        }
        Ok(InbStudies { wtp: self.wtp, assumed_correlation: self.assumed_correlation, studies: made, notes })
    }

    fn one(&self, study: &ReportedStudy, notes: &mut Vec<String>) -> Result<InbStudy> {
        let (cost, effect) = (study.cost_difference, study.effect_difference);
        let name = &study.study;
        for (column, value) in [("cost_difference", cost), ("effect_difference", effect)] {
            if !value.is_finite() {
                return Err(Error::data(format!("difference is {value}"), "differences must be finite")
                    .in_column(column));
            }
        }
        let inb = self.wtp * effect - cost;
        let of_net_benefit = |variance: f64| InbStudy {
            study: name.clone(),
            inb,
            variance,
            scenario: None,
            covariance: None,
            bounds: None,
            borrowed: false,
        };
        match &study.reported {
            Reported::RatioSe { cost_se, effect_se, icer_se } => {
                self.by_ratio(study, *cost_se, *effect_se, *icer_se, None, 1, notes)
            }
            Reported::RatioInterval { cost: c, effect: e, icer } => {
                let (cs, es) = interval_errors(study, *c, *e, notes)?;
                self.by_ratio(study, cs, es, interval_se("ratio", *icer)?, Some(*icer), 2, notes)
            }
            Reported::StandardErrors { cost_se, effect_se, dependence } => {
                self.by_errors(study, *cost_se, *effect_se, *dependence, 3, notes)
            }
            Reported::Intervals { cost: c, effect: e, dependence } => {
                let (cs, es) = interval_errors(study, *c, *e, notes)?;
                self.by_errors(study, cs, es, *dependence, 3, notes)
            }
            Reported::Plane { cost, effect } => {
                let cloud = Incremental::from_replicates(cost, effect)?;
                let mut made = self.finish(name, &cloud, 4);
                made.inb = self.wtp * cloud.effect() - cloud.cost();
                Ok(made)
            }
            Reported::Probability(p) => Ok(of_net_benefit(probability_se(inb, *p)?.powi(2))),
            Reported::NetBenefitInterval(limits) => {
                within("net benefit", inb, *limits)?;
                note_skew(name, "net benefit", inb, *limits, notes);
                Ok(of_net_benefit(interval_se("net benefit", *limits)?.powi(2)))
            }
            Reported::PointOnly { .. } => {
                Ok(InbStudy { scenario: Some(5), borrowed: true, ..of_net_benefit(0.0) })
            }
        }
    }

    fn by_ratio(
        &self,
        study: &ReportedStudy,
        cost_se: f64,
        effect_se: f64,
        icer_se: f64,
        interval: Option<[f64; 2]>,
        scenario: u8,
        notes: &mut Vec<String>,
    ) -> Result<InbStudy> {
        let (cost, effect, name) = (study.cost_difference, study.effect_difference, &study.study);
        for (column, se) in [("cost_se", cost_se), ("effect_se", effect_se), ("icer_se", icer_se)] {
            if !(se.is_finite() && se >= 0.0) {
                return Err(Error::data(format!("standard error is {se}"), "give one of at least 0")
                    .in_column(column));
            }
        }
        let signal = (effect / effect_se).abs();
        let covariance =
            covariance_from_ratio(cost, cost_se * cost_se, effect, effect_se * effect_se, icer_se * icer_se);
        let most = cost_se * effect_se;
        let reason = match covariance {
            None => Some("a difference of 0 leaves the covariance undetermined".to_owned()),
            Some(s) if s.abs() > most * (1.0 + 1e-9) => {
                if self.guard == RatioGuard::Off {
                    return Err(Error::data(
                        format!("the standard errors imply the covariance {s}, beyond the possible {most}"),
                        "check the figures, or give a correlation",
                    ));
                }
                Some("its standard errors contradict each other".to_owned())
            }
            _ if self.guard == RatioGuard::Off => None,
            _ if interval.is_some_and(|limits| !symmetric(cost / effect, limits)) => {
                Some("the interval of its ratio is not symmetric".to_owned())
            }
            _ if signal < 4.0 => Some(format!("its effect is only {signal:.1} standard errors from 0")),
            _ => None,
        };
        match (reason, covariance) {
            (None, Some(s)) => {
                if self.guard == RatioGuard::On && signal < 6.0 {
                    notes.push(format!(
                        "{name}: its effect is {signal:.1} standard errors from 0; the covariance from its ratio tends to \
                         be too small and the variance too great"
                    ));
                }
                let pair = Incremental::new(cost, cost_se, effect, effect_se, Dependence::Covariance(s))?;
                Ok(self.finish(name, &pair, scenario))
            }
            (reason, _) => {
                notes.push(format!(
                    "{name}: {}; the uncertainty of its ratio is not used",
                    reason.unwrap_or_else(|| "the covariance is undetermined".to_owned())
                ));
                self.by_errors(study, cost_se, effect_se, None, 3, notes)
            }
        }
    }

    fn by_errors(
        &self,
        study: &ReportedStudy,
        cost_se: f64,
        effect_se: f64,
        dependence: Option<Dependence>,
        scenario: u8,
        notes: &mut Vec<String>,
    ) -> Result<InbStudy> {
        if dependence.is_none() {
            notes.push(format!(
                "{}: correlation {} of the differences in cost and effect assumed",
                study.study, self.assumed_correlation
            ));
        }
        let dependence = dependence.unwrap_or(Dependence::Correlation(self.assumed_correlation));
        let pair =
            Incremental::new(study.cost_difference, cost_se, study.effect_difference, effect_se, dependence)?;
        Ok(self.finish(&study.study, &pair, scenario))
    }

    fn finish(&self, name: &str, pair: &Incremental, scenario: u8) -> InbStudy {
        let (c, e) = (pair.cost_se(), self.wtp * pair.effect_se());
        InbStudy {
            study: name.to_owned(),
            inb: self.wtp * pair.effect() - pair.cost(),
            variance: pair.inb_variance(self.wtp),
            scenario: Some(scenario),
            covariance: Some(pair.covariance()),
            bounds: Some([(e - c).powi(2), (e + c).powi(2)]),
            borrowed: false,
        }
    }
}

/// Refuses an estimate outside its own interval.
fn within(what: &str, estimate: f64, [lower, upper]: [f64; 2]) -> Result<()> {
    if lower <= upper && !(lower..=upper).contains(&estimate) {
        return Err(Error::data(
            format!("the difference in {what} {estimate} lies outside its interval from {lower} to {upper}"),
            "check that estimate and limits are on the same scale",
        )
        .in_column(format!("{what}_difference")));
    }
    Ok(())
}

fn note_skew(study: &str, what: &str, estimate: f64, limits: [f64; 2], notes: &mut Vec<String>) {
    if !symmetric(estimate, limits) {
        notes.push(format!(
            "{study}: the interval of the {what} is not symmetric about {estimate}; its width was taken as that of a \
             normal one"
        ));
    }
}

impl InbStudies {
    /// The net benefits as effect sizes, for any model that pools.
    ///
    /// # Errors
    ///
    /// If a variance is not above 0.
    pub fn effect_sizes(&self) -> Result<EffectSizes> {
        let mut made = EffectSizes::new(
            Measure::Generic,
            self.studies.iter().map(|s| s.study.clone()),
            self.studies.iter().map(|s| s.inb).collect::<Vec<f64>>(),
            self.studies.iter().map(|s| s.variance).collect::<Vec<f64>>(),
        )?;
        for note in &self.notes {
            made = made.with_note(note.clone());
        }
        Ok(made)
    }
}

/// The log ratio of mean costs and its variance from means, standard deviations and sizes of intervention and
/// comparator: s₁²/(n₁m₁²) + s₀²/(n₀m₀²). It is free of currency and price year.
///
/// # Errors
///
/// If a mean or size is not above 0 or a deviation is negative.
pub fn log_cost_ratio(intervention: (f64, f64, f64), comparator: (f64, f64, f64)) -> Result<(f64, f64)> {
    for (mean, sd, n) in [intervention, comparator] {
        if !(mean > 0.0 && sd >= 0.0 && n > 0.0 && [mean, sd, n].iter().all(|x| x.is_finite())) {
            return Err(Error::data(
                format!("mean {mean}, sd {sd}, n {n}"),
                "means and sizes must be above 0, deviations at least 0",
            ));
        }
    }
    let part = |(mean, sd, n): (f64, f64, f64)| (sd / mean).powi(2) / n;
    Ok(((intervention.0 / comparator.0).ln(), part(intervention) + part(comparator)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use approx::assert_relative_eq;

    use super::*;

    #[test]
    fn the_guard_falls_back_and_says_so() {
        let ratio = |effect_se| {
            ReportedStudy::new(
                "A",
                500.0,
                0.05,
                Reported::RatioSe { cost_se: 150.0, effect_se, icer_se: 3800.0 },
            )
        };
        let synthesis = InbSynthesis::new(20_000.0).unwrap();
        let noted = synthesis.studies([ratio(0.012)]).unwrap();
        assert_eq!((noted.studies[0].scenario, noted.notes.len()), (Some(1), 1));
        let back = synthesis.studies([ratio(0.02)]).unwrap();
        assert_eq!(back.studies[0].scenario, Some(3));
        assert_relative_eq!(
            back.studies[0].variance,
            400.0f64.powi(2) + 150.0f64.powi(2),
            max_relative = 1e-12
        );
        assert_eq!(back.notes.len(), 2);
        let off = synthesis.clone().guard(RatioGuard::Off);
        let wild = Reported::RatioSe { cost_se: 1.0, effect_se: 0.001, icer_se: 3800.0 };
        assert!(
            off.studies([ReportedStudy::new("B", 500.0, 0.05, wild)])
                .unwrap_err()
                .to_string()
                .contains("row 1 (B)")
        );
    }

    #[test]
    fn other_reports() {
        let synthesis = InbSynthesis::new(20_000.0).unwrap();
        let one = |reported| synthesis.studies([ReportedStudy::new("A", 500.0, 0.05, reported)]);
        let p = one(Reported::Probability(0.8413447460685429)).unwrap();
        assert_relative_eq!(p.studies[0].variance, 250_000.0, max_relative = 1e-9);
        assert!(one(Reported::Probability(0.3)).is_err());
        let i = one(Reported::NetBenefitInterval([500.0 - 2.0 * z(), 500.0 + 2.0 * z()])).unwrap();
        assert_relative_eq!(i.studies[0].variance, 4.0, max_relative = 1e-12);
        assert!(one(Reported::PointOnly { like: vec![] }).unwrap_err().to_string().contains("borrow"));
        assert!(one(Reported::Intervals { cost: [2.0, 1.0], effect: [0.0, 0.1], dependence: None }).is_err());
        let (log, variance) = log_cost_ratio((200.0, 100.0, 50.0), (100.0, 80.0, 40.0)).unwrap();
        assert_relative_eq!(log, 2f64.ln(), max_relative = 1e-14);
        assert_relative_eq!(variance, 0.25 / 50.0 + 0.64 / 40.0, max_relative = 1e-13);
    }

    #[test]
    fn an_estimate_outside_its_interval_is_refused() {
        let synthesis = InbSynthesis::new(20_000.0).unwrap();
        let one = |cost: [f64; 2], effect: [f64; 2]| {
            let reported = Reported::Intervals { cost, effect, dependence: None };
            synthesis.studies([ReportedStudy::new("Ash", 1000.0, 0.05, reported)])
        };
        let error = one([50.0, 900.0], [0.02, 0.08]).unwrap_err().to_string();
        assert!(
            error.contains("row 1 (Ash), column cost_difference") && error.contains("outside its interval"),
            "{error}"
        );
        assert!(one([50.0, 1900.0], [0.06, 0.08]).unwrap_err().to_string().contains("effect_difference"));
        assert!(one([50.0, 1900.0], [0.02, 0.08]).is_ok());
    }
}
