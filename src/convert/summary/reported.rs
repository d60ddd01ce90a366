//! The numbers that a paper reports of a sample: the median with the range, the quartiles, or both, and the size.

use serde::{Deserialize, Serialize};

use super::super::check;
use crate::{Error, Result};

/// The pattern of the five numbers that are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Scenario {
    /// S1: minimum, median, maximum.
    #[serde(rename = "S1")]
    Range,
    /// S2: first quartile, median, third quartile.
    #[serde(rename = "S2")]
    Quartiles,
    /// S3: all five.
    #[serde(rename = "S3")]
    Five,
}

/// The reported numbers, in order and not all equal, and the sample size.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Raw")]
#[non_exhaustive]
pub struct ReportedSummary {
    min: Option<f64>,
    q1: Option<f64>,
    median: f64,
    q3: Option<f64>,
    max: Option<f64>,
    n: f64,
}

/// Fields that arrive from outside and have yet to be checked.
#[derive(Deserialize)]
struct Raw {
    min: Option<f64>,
    q1: Option<f64>,
    median: f64,
    q3: Option<f64>,
    max: Option<f64>,
    n: f64,
}

impl TryFrom<Raw> for ReportedSummary {
    type Error = Error;

    fn try_from(raw: Raw) -> Result<Self> {
        Self::from_parts(raw.min, raw.q1, raw.median, raw.q3, raw.max, raw.n)
    }
}

impl ReportedSummary {
    /// S1: minimum, median and maximum of n ≥ 3 people.
    ///
    /// # Errors
    ///
    /// If the numbers are not in order, all equal or not finite, or n is below 3.
    pub fn range(min: f64, median: f64, max: f64, n: f64) -> Result<Self> {
        Self::from_parts(Some(min), None, median, None, Some(max), n)
    }

    /// S2: quartiles and median of n ≥ 4 people.
    ///
    /// # Errors
    ///
    /// If the numbers are not in order, all equal or not finite, or n is below 4.
    pub fn quartiles(q1: f64, median: f64, q3: f64, n: f64) -> Result<Self> {
        Self::from_parts(None, Some(q1), median, Some(q3), None, n)
    }

    /// S3: all five numbers of n ≥ 5 people.
    ///
    /// # Errors
    ///
    /// If the numbers are not in order, all equal or not finite, or n is below 5.
    pub fn five(min: f64, q1: f64, median: f64, q3: f64, max: f64, n: f64) -> Result<Self> {
        Self::from_parts(Some(min), Some(q1), median, Some(q3), Some(max), n)
    }

    /// Whichever numbers a row of data holds.
    ///
    /// # Errors
    ///
    /// If the range or the quartiles are incomplete or both missing, and as the other constructors.
    pub fn from_parts(
        min: Option<f64>,
        q1: Option<f64>,
        median: f64,
        q3: Option<f64>,
        max: Option<f64>,
        n: f64,
    ) -> Result<Self> {
        let incomplete = |has: &str, lacks: &str| {
            Err(Error::data(format!("{has} without {lacks}"), format!("give {has} and {lacks} together")))
        };
        let least = match (min, q1, q3, max) {
            (Some(_), None, None, Some(_)) => 3.0,
            (None, Some(_), Some(_), None) => 4.0,
            (Some(_), Some(_), Some(_), Some(_)) => 5.0,
            (Some(_), _, _, None) => return incomplete("the minimum", "the maximum"),
            (None, _, _, Some(_)) => return incomplete("the maximum", "the minimum"),
            (_, Some(_), None, _) => return incomplete("the first quartile", "the third quartile"),
            (_, None, Some(_), _) => return incomplete("the third quartile", "the first quartile"),
            (None, None, None, None) => {
                return Err(Error::data("a median alone", "the range or the quartiles are needed as well"));
            }
        };
        check::size("n", n, least)?;
        let named = [
            ("minimum", min),
            ("first quartile", q1),
            ("median", Some(median)),
            ("third quartile", q3),
            ("maximum", max),
        ];
        let mut before: Option<(&str, f64)> = None;
        let mut first = None;
        for (name, value) in named.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            check::finite(name, value)?;
            if let Some((lower_name, lower)) = before
                && value < lower
            {
                return Err(Error::data(
                    format!("the {name} {value} is below the {lower_name} {lower}"),
                    "minimum, quartiles, median and maximum must be in order",
                ));
            }
            first.get_or_insert(value);
            before = Some((name, value));
        }
        let spread = match (min, q1, q3, max) {
            (_, Some(q1), Some(q3), None) => q3 - q1,
            (Some(min), _, _, Some(max)) => max - min,
            _ => 0.0,
        };
        if !(spread > 0.0 && spread.is_finite()) {
            return Err(Error::data(
                format!("the reported numbers spread over {spread}"),
                "a standard deviation needs numbers that differ",
            ));
        }
        Ok(ReportedSummary { min, q1, median, q3, max, n })
    }

    /// The pattern of the numbers.
    pub fn scenario(&self) -> Scenario {
        match (self.min, self.q1) {
            (Some(_), Some(_)) => Scenario::Five,
            (Some(_), None) => Scenario::Range,
            _ => Scenario::Quartiles,
        }
    }

    /// The sample size.
    pub fn n(&self) -> f64 {
        self.n
    }

    /// The median.
    pub fn median(&self) -> f64 {
        self.median
    }

    /// Minimum and maximum, if reported.
    pub fn extremes(&self) -> Option<(f64, f64)> {
        self.min.zip(self.max)
    }

    /// First and third quartile, if reported.
    pub fn quartile_pair(&self) -> Option<(f64, f64)> {
        self.q1.zip(self.q3)
    }

    /// The smallest reported number.
    pub(super) fn lowest(&self) -> f64 {
        self.min.or(self.q1).unwrap_or(self.median)
    }

    /// The reported numbers with their names, in order.
    pub(super) fn named(&self) -> Vec<(&'static str, f64)> {
        [
            ("min", self.min),
            ("q1", self.q1),
            ("median", Some(self.median)),
            ("q3", self.q3),
            ("max", self.max),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }

    /// The same numbers after an increasing transformation.
    pub(super) fn transformed(&self, f: impl Fn(f64) -> f64) -> Result<Self> {
        Self::from_parts(
            self.min.map(&f),
            self.q1.map(&f),
            f(self.median),
            self.q3.map(&f),
            self.max.map(&f),
            self.n,
        )
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn impossible_numbers_are_named() {
        for (result, part) in [
            (ReportedSummary::quartiles(9.0, 8.0, 13.0, 50.0), "the median 8 is below the first quartile 9"),
            (ReportedSummary::range(2.0, 8.0, 7.0, 50.0), "the maximum 7 is below the median 8"),
            (ReportedSummary::quartiles(8.0, 8.0, 8.0, 50.0), "numbers that differ"),
            (ReportedSummary::five(1.0, 2.0, 3.0, 4.0, 5.0, 4.0), "n must be at least 5"),
            (ReportedSummary::range(1.0, f64::NAN, 3.0, 9.0), "finite"),
            (
                ReportedSummary::from_parts(Some(1.0), Some(2.0), 3.0, Some(4.0), None, 9.0),
                "the minimum without the maximum",
            ),
            (ReportedSummary::from_parts(None, None, 3.0, None, None, 9.0), "a median alone"),
        ] {
            let text = result.unwrap_err().to_string();
            assert!(text.contains(part), "{text}");
        }
    }

    #[test]
    fn json_is_checked_on_the_way_in() {
        let good = ReportedSummary::range(1.0, 2.0, 4.0, 9.0).unwrap();
        let text = serde_json::to_string(&good).unwrap();
        assert_eq!(serde_json::from_str::<ReportedSummary>(&text).unwrap(), good);
        assert!(serde_json::from_str::<ReportedSummary>(&text.replace("2.0", "20.0")).is_err());
    }
}
