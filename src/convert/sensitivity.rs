//! The same analysis over a range of an assumption.
//!
//! Use it when a derived value rests on a number that nobody reported (a correlation, an ICC): say over which range it
//! is believable and let the model be fitted at each value. The table shows whether the conclusion moves; a change of
//! sign or of significance is said in the notes.
//!
//! ```
//! use consilience::convert::{change, sensitivity};
//!
//! let spread = change::BeforeAfterSds::new(4.1, 3.3)?;
//! let result = sensitivity::over("correlation", &[0.3, 0.5, 0.7], |r| {
//!     let se = spread.sd_of_change(r)?.value / 100f64.sqrt();
//!     Ok(sensitivity::AssumedResult::new(-1.5, se))
//! })?;
//! assert_eq!(result.points.len(), 3);
//! assert!(result.points[2].answer.ci_upper < result.points[0].answer.ci_upper);
//! assert!(result.notes.is_empty()); // all three exclude 0
//! # Ok::<(), consilience::Error>(())
//! ```

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::record::short;
use crate::{
    Error, Result,
    stat::{Tail, normal},
};

/// The answer of a model at one value of the assumption.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AssumedResult {
    /// The estimate, on the scale of the analysis.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// Lower limit of the interval.
    pub ci_lower: f64,
    /// Upper limit of the interval.
    pub ci_upper: f64,
    /// The P value, if the model gave one.
    #[serde(default)]
    pub p_value: Option<f64>,
    /// The variance between studies, if the model has one.
    #[serde(default)]
    pub tau2: Option<f64>,
}

impl AssumedResult {
    /// An estimate with its standard error and the 95 % interval from the normal distribution.
    pub fn new(estimate: f64, se: f64) -> Self {
        let half = normal::quantile(Tail::Upper(0.025)) * se;
        AssumedResult::with_interval(estimate, se, estimate - half, estimate + half)
    }

    /// An estimate with an interval that the model computed itself.
    pub fn with_interval(estimate: f64, se: f64, ci_lower: f64, ci_upper: f64) -> Self {
        AssumedResult { estimate, se, ci_lower, ci_upper, p_value: None, tau2: None }
    }

    /// With the P value.
    #[must_use]
    pub fn p_value(mut self, p: Option<f64>) -> Self {
        self.p_value = p;
        self
    }

    /// With the variance between studies.
    #[must_use]
    pub fn tau2(mut self, tau2: Option<f64>) -> Self {
        self.tau2 = tau2;
        self
    }
}

/// The answer at one value of the assumption.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct SensitivityPoint {
    /// The assumed value.
    pub value: f64,
    /// The answer there.
    #[serde(flatten)]
    pub answer: AssumedResult,
}

impl std::fmt::Display for SensitivityPoint {
    /// `0.5: -0.31 (-0.62 to 0.01)`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let of = |value: f64| crate::text::fixed(value, 2);
        let AssumedResult { estimate, ci_lower, ci_upper, .. } = self.answer;
        write!(f, "{}: {} ({} to {})", self.value, of(estimate), of(ci_lower), of(ci_upper))
    }
}

/// The answers over the range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Sensitivity {
    /// The assumption that was varied.
    pub assumption: String,
    /// The answers in the order of the values.
    pub points: Vec<SensitivityPoint>,
    /// True if the conclusion depends on the assumption.
    pub notes: Vec<String>,
}

/// The values of an assumption: `0.1:0.9:0.2` (from, to, step) or `0.1,0.5,0.9`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Range {
    /// The assumption that is varied.
    pub assumption: String,
    /// The values in their order.
    pub values: Vec<f64>,
}

/// More values than anybody reads.
const MOST: f64 = 10_000.0;

impl FromStr for Range {
    type Err = Error;

    /// Reads `NAME=FROM:TO:STEP` or `NAME=VALUE,VALUE,...`.
    fn from_str(text: &str) -> Result<Self> {
        let wrong = || {
            Error::setting(
                "sensitivity",
                format!("`{text}`"),
                "write NAME=FROM:TO:STEP or NAME=VALUE,VALUE,..., as correlation=0.3:0.8:0.1",
            )
        };
        let number =
            |part: &str| part.trim().parse::<f64>().ok().filter(|value| value.is_finite()).ok_or_else(wrong);
        let (name, values) = text.split_once('=').ok_or_else(wrong)?;
        let parts: Vec<&str> = values.split(':').collect();
        let values = match *parts.as_slice() {
            [from, to, step] => {
                let (from, to, step) = (number(from)?, number(to)?, number(step)?);
                let steps = (to - from) / step;
                if !(step > 0.0 && (0.0..MOST).contains(&steps)) {
                    return Err(wrong());
                }
                // A step that the rounding of the division would lose still counts.
                (0..=(steps + 1e-9).floor() as usize)
                    .map(|i| {
                        let value = from + i as f64 * step;
                        // 0.1 + 2·0.1 is meant as 0.3.
                        (value * 1e12).round() / 1e12
                    })
                    .collect()
            }
            [list] => list.split(',').map(number).collect::<Result<Vec<f64>>>()?,
            _ => return Err(wrong()),
        };
        if name.trim().is_empty() {
            return Err(wrong());
        }
        Ok(Range { assumption: name.trim().to_owned(), values })
    }
}

/// Repeats an analysis at each value of an assumption.
///
/// # Errors
///
/// If no value is given, or the analysis fails at one; the error of a failure in the data names the value.
pub fn over(
    assumption: &str,
    values: &[f64],
    mut analyse: impl FnMut(f64) -> Result<AssumedResult>,
) -> Result<Sensitivity> {
    if values.is_empty() {
        return Err(Error::setting(assumption, "no values", "give at least one value to assume"));
    }
    let mut points = Vec::with_capacity(values.len());
    for &value in values {
        let answer = analyse(value)
            .map_err(|error| error.at(|place| place.column = Some(format!("{assumption} = {value}"))))?;
        if !(answer.estimate.is_finite() && answer.se.is_finite()) {
            return Err(Error::model(
                format!("no finite answer at {assumption} = {value}"),
                "leave this value out of the range",
            ));
        }
        points.push(SensitivityPoint { value, answer });
    }
    let mut notes = Vec::new();
    let says = |f: &dyn Fn(&AssumedResult) -> bool| {
        let count = points.iter().filter(|point| f(&point.answer)).count();
        count > 0 && count < points.len()
    };
    if says(&|a| a.estimate > 0.0) {
        notes.push(format!("the sign of the estimate depends on the {assumption}"));
    }
    if says(&|a| a.ci_lower > 0.0 || a.ci_upper < 0.0) {
        notes.push(format!("whether the interval excludes 0 depends on the {assumption}"));
    }
    Ok(Sensitivity { assumption: assumption.to_owned(), points, notes })
}

impl fmt::Display for Sensitivity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heterogeneous = self.points.iter().any(|point| point.answer.tau2.is_some());
        let width = self.assumption.chars().count().max(8);
        writeln!(
            f,
            "{:>width$}  {:>10}  {:>10}  {:>10}  {:>10}{}",
            self.assumption,
            "estimate",
            "se",
            "ci.lb",
            "ci.ub",
            if heterogeneous { format!("  {:>10}", "tau2") } else { String::new() }
        )?;
        for SensitivityPoint { value, answer } in &self.points {
            writeln!(
                f,
                "{:>width$}  {:>10.4}  {:>10.4}  {:>10.4}  {:>10.4}{}",
                short(*value),
                answer.estimate,
                answer.se,
                answer.ci_lower,
                answer.ci_upper,
                answer.tau2.map_or(String::new(), |tau2| format!("  {tau2:>10.4}"))
            )?;
        }
        for note in &self.notes {
            writeln!(f, "{note}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn ranges_are_read() {
        let range: Range = "correlation=0.1:0.7:0.2".parse().unwrap();
        assert_eq!((range.assumption.as_str(), range.values), ("correlation", vec![0.1, 0.3, 0.5, 0.7]));
        assert_eq!("icc = 0.01, 0.05".parse::<Range>().unwrap().values, [0.01, 0.05]);
        for bad in [
            "",
            "icc",
            "icc=",
            "icc=a:b:c",
            "icc=0:1",
            "icc=0:1:0",
            "icc=1:0:0.1",
            "icc=0:1:1e-9",
            "=1",
            "icc=inf",
        ] {
            assert!(bad.parse::<Range>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_conclusion_that_moves_is_said() {
        let result = over("icc", &[0.0, 0.1], |icc| Ok(AssumedResult::new(1.0, 0.4 + 5.0 * icc))).unwrap();
        assert_eq!(result.notes, ["whether the interval excludes 0 depends on the icc"]);
        assert!(
            result.to_string().contains("icc depends") || result.to_string().contains("depends on the icc")
        );
        assert!(over("icc", &[], |_| Ok(AssumedResult::new(1.0, 1.0))).is_err());
        let error = over("icc", &[2.0], |_| Err(Error::data("icc is 2", "below 1"))).unwrap_err();
        assert!(error.to_string().contains("icc = 2"), "{error}");
    }
}
