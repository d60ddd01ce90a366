//! Effects with their sampling variance from intervals, P values and test statistics.
//!
//! Use it when a paper gives an estimate without its standard error. On the scale of the analysis (ratios as logarithms)
//!
//! - interval: se = (upper - lower) / (2q), q the normal or t quantile of its level;
//! - P value: se = |estimate| / q(P); for "P < 0.01" only se < |estimate| / q(0.01) is known: the bound is used, which
//!   errs on the side of caution, and the record says so; for "P > 0.05" the bound is a *lower* one and makes the study
//!   look more precise than it may be;
//! - z or t: se = |estimate / t|; F with one numerator degree of freedom: t = √F; chi-square with one: z = √χ².
//!
//! An interval that is not symmetric about the estimate on its scale is noted: the scale may be another (a ratio taken
//! for a difference), or the limits rounded, or the interval not of Wald's kind.
//!
//! ```
//! use consilience::convert::standard_error::{ReportedInterval, PValue, ReportedScale, Statistic};
//!
//! // A risk ratio of 0.65 (0.43 to 0.98).
//! let effect = ReportedInterval::new(0.43, 0.98)?.around(0.65).effect(ReportedScale::Ratio)?.value;
//! assert!((effect.yi - -0.430_782_916).abs() < 1e-9);
//! assert!((effect.vi - 0.044_162_433).abs() < 1e-9);
//!
//! let derived = "<0.01".parse::<PValue>()?.effect(-2.4, Statistic::T { df: 38.0 })?;
//! assert!(derived.notes().any(|note| note.contains("upper bound")));
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Higgins JPT, Li T, Deeks JJ (2023). Cochrane Handbook, chapter 6, sections 6.3 and 6.5.2. doi:10.1002/9781119536604.ch6
//! - Altman DG, Bland JM (2011). How to obtain the confidence interval from a P value. doi:10.1136/bmj.d2090

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::check;
use super::record::{Derived, Quantity, Relation, Step, short};
use crate::{
    Error, Level, Result,
    effect::{Effect, OneMean},
    stat::{Tail, normal, t},
};

const HANDBOOK: &str = "Cochrane Handbook 6.3 and 6.5.2, doi:10.1002/9781119536604.ch6";

/// The scale of a reported estimate, and with it that of the analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum ReportedScale {
    /// A difference, a log ratio or any other quantity that is analysed as it is.
    #[default]
    Identity,
    /// A ratio above 0, analysed as its logarithm.
    Ratio,
    /// A proportion strictly between 0 and 1, analysed as its logit.
    Proportion,
    /// A correlation strictly between -1 and 1, analysed as Fisher's z.
    Correlation,
}

crate::codes::codes!(ReportedScale, "scale" {
    Identity "identity" [], Ratio "ratio" [], Proportion "proportion" [], Correlation "correlation" [],
});

impl ReportedScale {
    /// The value on the scale of the analysis.
    fn transform(self, name: &str, value: f64) -> Result<f64> {
        Ok(match self {
            ReportedScale::Identity => check::finite(name, value)?,
            ReportedScale::Ratio => check::positive(name, value)?.ln(),
            ReportedScale::Proportion => {
                let p = check::probability(name, value)?;
                p.ln() - (-p).ln_1p()
            }
            ReportedScale::Correlation => check::inner_correlation(name, value)?.atanh(),
        })
    }

    /// A reported estimate on the scale of the analysis.
    ///
    /// # Errors
    ///
    /// If the value is impossible on its scale (a ratio of 0 or less).
    pub fn analysed(self, estimate: f64) -> Result<f64> {
        self.transform("estimate", estimate)
    }

    fn described(self) -> &'static str {
        match self {
            ReportedScale::Identity => "",
            ReportedScale::Ratio => " of the logarithms",
            ReportedScale::Proportion => " of the logits",
            ReportedScale::Correlation => " of Fisher's z",
        }
    }
}

/// The reference distribution of a test or interval.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Statistic {
    /// The normal distribution.
    #[default]
    Z,
    /// Student's t distribution.
    T {
        /// Degrees of freedom.
        df: f64,
    },
}

impl Statistic {
    /// The value exceeded with the given probability.
    fn upper_quantile(self, probability: f64) -> Result<f64> {
        match self {
            Statistic::Z => Ok(normal::quantile(Tail::Upper(probability))),
            Statistic::T { df } => Ok(t::quantile(Tail::Upper(probability), check::positive("df", df)?)),
        }
    }

    fn symbol(self) -> String {
        match self {
            Statistic::Z => "z".to_owned(),
            Statistic::T { df } => format!("t({})", short(df)),
        }
    }
}

/// A reported confidence interval, with the estimate if it is reported too.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReportedInterval {
    /// The estimate.
    pub estimate: Option<f64>,
    /// The lower limit.
    pub lower: f64,
    /// The upper limit.
    pub upper: f64,
    /// The level, 95 % unless set.
    pub level: Level,
    /// The distribution behind it, the normal unless set.
    pub statistic: Statistic,
}

impl ReportedInterval {
    /// A 95 % interval from the normal distribution.
    ///
    /// # Errors
    ///
    /// If the limits are not finite or not in order.
    pub fn new(lower: f64, upper: f64) -> Result<Self> {
        check::finite("lower limit", lower)?;
        check::finite("upper limit", upper)?;
        if lower >= upper {
            return Err(Error::data(
                format!("the interval runs from {lower} to {upper}"),
                "the lower limit must be below the upper one",
            ));
        }
        Ok(ReportedInterval {
            estimate: None,
            lower,
            upper,
            level: Level::default(),
            statistic: Statistic::Z,
        })
    }

    /// With the reported estimate; without one the middle of the interval on the scale of the analysis stands for it.
    #[must_use]
    pub fn around(mut self, estimate: f64) -> Self {
        self.estimate = Some(estimate);
        self
    }

    /// With another level.
    #[must_use]
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// With another distribution.
    #[must_use]
    pub fn statistic(mut self, statistic: Statistic) -> Self {
        self.statistic = statistic;
        self
    }

    /// The effect on the scale of the analysis.
    ///
    /// # Errors
    ///
    /// If a value is impossible on its scale (a ratio of 0 or less) or the estimate lies outside the interval.
    pub fn effect(&self, scale: ReportedScale) -> Result<Derived<Effect>> {
        let lower = scale.transform("lower limit", self.lower)?;
        let upper = scale.transform("upper limit", self.upper)?;
        let q = self.statistic.upper_quantile(self.level.tail())?;
        let half = 0.5 * (upper - lower);
        let se = check::positive("standard error", half / q)?;
        let middle = lower + half;
        let mut step = Step::new(
            "standard error from an interval",
            format!("(upper - lower)/(2·{}){}", self.statistic.symbol(), scale.described()),
            HANDBOOK,
        )
        .from_all(&[
            ("lower limit", self.lower),
            ("upper limit", self.upper),
            ("level", self.level.fraction()),
        ]);
        let yi = match self.estimate {
            None => {
                step = step.assuming_that("estimate in the middle of its interval");
                middle
            }
            Some(reported) => {
                step = step.from("estimate", reported);
                let yi = scale.transform("estimate", reported)?;
                if !(lower..=upper).contains(&yi) {
                    return Err(Error::data(
                        format!(
                            "the estimate {reported} lies outside its interval {} to {}",
                            self.lower, self.upper
                        ),
                        "estimate and limits must be on the same scale",
                    ));
                }
                let offset = (yi - middle) / half;
                if offset.abs() > 0.1 {
                    step = step.note(format!(
                        "the interval {} to {} is not symmetric about {reported} on the scale of the analysis (the \
                         estimate is {} of the half-width from the middle): check the scale; limits may be rounded",
                        short(self.lower),
                        short(self.upper),
                        short(offset)
                    ));
                }
                yi
            }
        };
        Ok(step.result("yi", yi).result("sei", se).gives(check::effect(yi, se)?))
    }

    /// The standard deviation of one group from the interval of its mean: se·√n, with t on n - 1 degrees of freedom
    /// unless the size is 60 or more and the interval was given as normal.
    ///
    /// # Errors
    ///
    /// As [`effect`](Self::effect); and n must be at least 2.
    pub fn group_sd(&self, n: f64) -> Result<Derived<OneMean>> {
        check::size("n", n, 2.0)?;
        let interval = match self.statistic {
            Statistic::Z if n < 60.0 => self.statistic(Statistic::T { df: n - 1.0 }),
            _ => *self,
        };
        interval
            .effect(ReportedScale::Identity)?
            .then(|effect| sd_from_standard_error(effect.yi, effect.sei(), n))
    }
}

/// The SD of one group from the standard error of its mean, sd = se·√n.
///
/// # Errors
///
/// If the standard error is not above 0 or n is below 1.
pub fn sd_from_standard_error(mean: f64, se: f64, n: f64) -> Result<Derived<OneMean>> {
    check::positive("standard error", se)?;
    let value = OneMean::new(mean, se * check::size("n", n, 1.0)?.sqrt(), n)?;
    Ok(Step::new("SD from a standard error", "se·√n", HANDBOOK)
        .from_all(&[("standard error", se), ("n", n)])
        .result("sd", value.sdi())
        .gives(value))
}

/// The common SD of two groups from the standard error of their difference in means, sd = se/√(1/n1 + 1/n2).
///
/// # Errors
///
/// If the standard error is not above 0 or a group is empty.
pub fn common_sd(se_difference: f64, n1: f64, n2: f64) -> Result<Derived<f64>> {
    check::positive("standard error of the difference", se_difference)?;
    let harmonic = 1.0 / check::size("n1", n1, 1.0)? + 1.0 / check::size("n2", n2, 1.0)?;
    let sd = check::computable("SD", se_difference / harmonic.sqrt())?;
    Ok(Step::new("SD from the standard error of a difference", "se/√(1/n1 + 1/n2)", HANDBOOK)
        .from_all(&[("standard error", se_difference), ("n1", n1), ("n2", n2)])
        .assuming_that("equal SDs in both groups")
        .result("sd", sd)
        .gives(sd))
}

/// A reported two-sided P value: the value or a bound.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PValue {
    /// The number.
    pub value: f64,
    /// `Below` for "P < 0.01", `Above` for "P > 0.05".
    pub relation: Relation,
    /// One-sided P values are doubled.
    pub sides: Sides,
}

/// The sides of the test behind a P value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sides {
    /// One-sided, in the direction of the estimate.
    One,
    /// Two-sided.
    #[default]
    Two,
}

impl PValue {
    /// The value itself.
    ///
    /// # Errors
    ///
    /// If it does not lie strictly between 0 and 1.
    pub fn exact(value: f64) -> Result<Self> {
        Self::related(Relation::Equal, value)
    }

    /// A value or a bound.
    ///
    /// # Errors
    ///
    /// If it does not lie strictly between 0 and 1.
    pub fn related(relation: Relation, value: f64) -> Result<Self> {
        if value == 0.0 {
            return Err(Error::data(
                "P value is 0",
                "a P value printed as 0.000 is a bound: give it as `<0.0005`",
            ));
        }
        Ok(PValue { value: check::probability("P value", value)?, relation, sides: Sides::Two })
    }

    /// A bound taken for a value that it allows, as P = 0.002 for "P < 0.01"; a value that is no bound stays.
    ///
    /// # Errors
    ///
    /// If the value is not strictly between 0 and 1, or the bound excludes it.
    pub fn taken_as(self, value: f64) -> Result<Self> {
        let allowed = match self.relation {
            Relation::Equal => return Ok(self),
            Relation::Below => value <= self.value,
            Relation::Above => value >= self.value,
        };
        if !allowed {
            return Err(Error::data(
                format!("a P value of {value} where {self} is reported"),
                "assume a P value that the report allows",
            ));
        }
        Ok(PValue { value: check::probability("P value", value)?, ..self })
    }

    /// Of a one-sided test.
    #[must_use]
    pub fn sides(mut self, sides: Sides) -> Self {
        self.sides = sides;
        self
    }

    /// The effect of an estimate (on the scale of the analysis) that this P value tests against 0.
    ///
    /// # Errors
    ///
    /// If the estimate is 0 or not finite, or a one-sided P value exceeds 0.5 (the estimate lies in the other direction).
    pub fn effect(&self, estimate: f64, statistic: Statistic) -> Result<Derived<Effect>> {
        let estimate = not_zero(estimate)?;
        let upper_tail = match self.sides {
            Sides::Two => 0.5 * self.value,
            Sides::One if self.value < 0.5 => self.value,
            Sides::One => {
                return Err(Error::data(
                    format!("one-sided P value is {}", self.value),
                    "a one-sided P value in the direction of the estimate is below 0.5",
                ));
            }
        };
        let q = statistic.upper_quantile(upper_tail)?;
        let se = check::positive("standard error", check::computable("standard error", estimate.abs() / q)?)?;
        let mut step = Step::new(
            "standard error from a P value",
            format!("|estimate|/{} of P", statistic.symbol()),
            HANDBOOK,
        )
        .from("estimate", estimate)
        .from_quantity(Quantity::bound("P value", self.relation, self.value));
        if self.sides == Sides::One {
            step = step.note("the P value is one-sided");
        }
        let step = match self.relation {
            Relation::Equal => step.result("sei", se),
            Relation::Below => step
                .result_quantity(Quantity::bound("sei", Relation::Below, se))
                .assuming("P value at its bound", self.value)
                .note("only an upper bound of the standard error is known; it is used, and the study weighs too little rather than too much"),
            Relation::Above => step
                .result_quantity(Quantity::bound("sei", Relation::Above, se))
                .assuming("P value at its bound", self.value)
                .note("only a lower bound of the standard error is known; it is used, and the study may weigh too much: examine the result without it"),
        };
        Ok(step.gives(check::effect(estimate, se)?))
    }
}

impl FromStr for PValue {
    type Err = Error;

    /// Reads `0.03`, `=0.03`, `<0.01`, `p < .001`, `> 0.05`.
    fn from_str(text: &str) -> Result<Self> {
        let rest = text.trim().trim_start_matches(['p', 'P']).trim_start();
        let (relation, number) = match rest.chars().next() {
            Some('<' | '≤') => (Relation::Below, rest.trim_start_matches(['<', '≤', '='])),
            Some('>' | '≥') => (Relation::Above, rest.trim_start_matches(['>', '≥', '='])),
            _ => (Relation::Equal, rest.trim_start_matches('=')),
        };
        let value = number.trim().parse::<f64>().map_err(|_| {
            Error::data(
                format!("P value is `{text}`"),
                "write `0.03`, `<0.01` or `>0.05`; for `NS` give the threshold that was used, as `>0.05`",
            )
        })?;
        Self::related(relation, value)
    }
}

impl fmt::Display for PValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.relation {
            Relation::Equal => "",
            Relation::Below => "<",
            Relation::Above => ">",
        };
        write!(f, "{sign}{}", self.value)
    }
}

fn not_zero(estimate: f64) -> Result<f64> {
    if check::finite("estimate", estimate)? == 0.0 {
        return Err(Error::data(
            "estimate is 0",
            "a test against 0 says nothing about the standard error of an estimate of 0; give an interval",
        ));
    }
    Ok(estimate)
}

/// The effect of an estimate with its z or t statistic, se = |estimate/statistic|.
///
/// # Errors
///
/// If the estimate or the statistic is 0, they differ in sign, or one is not finite.
pub fn from_statistic(estimate: f64, statistic: f64) -> Result<Derived<Effect>> {
    let estimate = not_zero(estimate)?;
    if !(statistic.is_finite() && statistic != 0.0) {
        return Err(Error::data(
            format!("test statistic is {statistic}"),
            "a test statistic must be finite and not 0",
        ));
    }
    if (estimate > 0.0) != (statistic > 0.0) {
        return Err(Error::data(
            format!("the estimate {estimate} and the test statistic {statistic} differ in sign"),
            "both must compare the groups in the same direction",
        ));
    }
    let se = check::positive("standard error", check::computable("standard error", estimate / statistic)?)?;
    Ok(Step::new("standard error from a test statistic", "|estimate/statistic|", HANDBOOK)
        .from_all(&[("estimate", estimate), ("statistic", statistic)])
        .result("sei", se)
        .gives(check::effect(estimate, se)?))
}

/// The effect of an estimate with an F statistic with one numerator degree of freedom, |t| = √F.
///
/// # Errors
///
/// If the estimate is 0 or not finite, or F is not above 0.
pub fn from_f(estimate: f64, f: f64) -> Result<Derived<Effect>> {
    from_square(estimate, f, "F", "|estimate|/√F, one numerator degree of freedom")
}

/// The effect of an estimate with a chi-square statistic with one degree of freedom, |z| = √χ².
///
/// # Errors
///
/// If the estimate is 0 or not finite, or the statistic is not above 0.
pub fn from_chi_square(estimate: f64, chi_square: f64) -> Result<Derived<Effect>> {
    from_square(estimate, chi_square, "chi-square", "|estimate|/√χ², one degree of freedom")
}

fn from_square(estimate: f64, square: f64, name: &str, formula: &str) -> Result<Derived<Effect>> {
    let estimate = not_zero(estimate)?;
    let root = check::positive(name, square)?.sqrt();
    let se = check::positive("standard error", check::computable("standard error", estimate.abs() / root)?)?;
    Ok(Step::new(format!("standard error from {name}"), formula, HANDBOOK)
        .from_all(&[("estimate", estimate), (name, square)])
        .result("sei", se)
        .gives(check::effect(estimate, se)?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use approx::assert_relative_eq;

    /// metafor 5.1: conv.wald(out = 0.65, ci.lb = 0.43, ci.ub = 0.98, transf = log).
    #[test]
    fn ratio_with_interval() {
        let effect =
            ReportedInterval::new(0.43, 0.98).unwrap().around(0.65).effect(ReportedScale::Ratio).unwrap();
        assert_relative_eq!(effect.value.yi, -0.430_782_916_092, max_relative = 1e-11);
        assert_relative_eq!(effect.value.vi, 0.044_162_432_814, max_relative = 1e-10);
        assert_eq!(effect.notes().count(), 0);
    }

    /// Cochrane Handbook 6.5.2.3: a difference of 3.8 with P = 0.008 and 25 + 22 people has t = 2.78, se 1.37, SD 4.69.
    #[test]
    fn handbook_difference_with_p_value() {
        let df = 25.0 + 22.0 - 2.0;
        let effect = PValue::exact(0.008).unwrap().effect(3.8, Statistic::T { df }).unwrap().value;
        assert_relative_eq!(3.8 / effect.sei(), 2.78, max_relative = 2e-3); // printed with two decimals
        assert_relative_eq!(effect.sei(), 1.37, max_relative = 4e-3);
        assert_relative_eq!(common_sd(effect.sei(), 25.0, 22.0).unwrap().value, 4.69, max_relative = 2e-3);
    }

    /// Cochrane Handbook 6.5.2.2: 32 (29 to 35) of 25 people by t (2.064, so the divisor is 4.128).
    #[test]
    fn handbook_sd_from_an_interval() {
        let sd = ReportedInterval::new(29.0, 35.0).unwrap().around(32.0).group_sd(25.0).unwrap();
        assert_relative_eq!(sd.value.sdi(), 5.0 * 6.0 / 4.127_797_1, max_relative = 1e-7);
        assert_eq!(sd.steps.len(), 2);
    }

    #[test]
    fn bounds_say_so() {
        let below = "p < .01".parse::<PValue>().unwrap();
        assert_eq!(below, PValue::related(Relation::Below, 0.01).unwrap());
        let derived = below.effect(-2.4, Statistic::Z).unwrap();
        assert_eq!(derived.steps[0].results[0].relation, Relation::Below);
        assert_eq!(derived.assumptions().next().unwrap().value, Some(0.01));
        let above = ">0.05".parse::<PValue>().unwrap().effect(1.0, Statistic::Z).unwrap();
        assert!(above.notes().any(|n| n.contains("without it")));
        assert_eq!("0.04".parse::<PValue>().unwrap().relation, Relation::Equal);
        assert!("NS".parse::<PValue>().unwrap_err().to_string().contains(">0.05"));
        assert!("0".parse::<PValue>().unwrap_err().to_string().contains("<0.0005"));
    }

    #[test]
    fn a_p_value_a_statistic_and_an_interval_of_one_test_agree() {
        let (estimate, se) = (-1.3, 0.41);
        let z = estimate / se;
        let p = 2.0 * normal::sf(-z);
        for effect in [
            PValue::exact(p).unwrap().effect(estimate, Statistic::Z).unwrap(),
            PValue::exact(p / 2.0).unwrap().sides(Sides::One).effect(estimate, Statistic::Z).unwrap(),
            from_statistic(estimate, z).unwrap(),
            from_f(estimate, z * z).unwrap(),
            from_chi_square(estimate, z * z).unwrap(),
        ] {
            assert_relative_eq!(effect.value.sei(), se, max_relative = 1e-9);
        }
    }

    #[test]
    fn bad_input_is_named() {
        assert!(ReportedInterval::new(2.0, 1.0).unwrap_err().to_string().contains("runs from 2 to 1"));
        let interval = ReportedInterval::new(0.5, 2.0).unwrap();
        assert!(
            interval.around(3.0).effect(ReportedScale::Ratio).unwrap_err().to_string().contains("outside")
        );
        assert!(ReportedInterval::new(-0.5, 2.0).unwrap().effect(ReportedScale::Ratio).is_err());
        assert!(from_statistic(1.0, -2.0).unwrap_err().to_string().contains("differ in sign"));
        assert!(PValue::exact(0.5).unwrap().effect(0.0, Statistic::Z).is_err());
        let skew = interval.around(1.25).effect(ReportedScale::Identity).unwrap();
        assert!(skew.notes().next().is_none());
        let asymmetric = interval.around(1.0).effect(ReportedScale::Identity).unwrap();
        assert!(asymmetric.notes().any(|n| n.contains("not symmetric")));
    }
}
