//! The confidence set of a cost-effectiveness ratio by Fieller's theorem: an interval, a half-line, the complement of
//! an interval or the whole line.
//!
//! Use it when a ratio must be reported with its uncertainty; the [incremental net benefit](super::incremental) always has
//! an interval and is the better summary.
//!
//! # Model
//!
//! With differences ΔC, ΔE, their variances V_C, V_E and covariance S, and q the normal or t quantile, the set of ratios
//! R that the data do not reject is {R : (ΔC - RΔE)² ≤ q²(V_C + R²V_E - 2RS)}, that is A R² - 2B R + C ≤ 0 with
//!
//! - A = ΔE² - q²V_E, B = ΔEΔC - q²S, C = ΔC² - q²V_C, D = B² - AC.
//!
//! A > 0 gives an interval, A < 0 with D > 0 all ratios outside an interval (the difference in effect does not differ
//! from zero at this level), A < 0 with D ≤ 0 the whole line, A = 0 a half-line. For positive R the set holds the
//! thresholds at which the interval of the net benefit contains 0.
//!
//! # Edge cases
//!
//! Roots are computed without cancellation (the second as C over the first times A). A is taken as 0 when it is 0 in
//! floating point; D within rounding of 0 is 0.
//!
//! # References
//!
//! - Fieller EC (1954). Some problems in interval estimation. *Journal of the Royal Statistical Society B* 16:175-185.
//!   doi:10.1111/j.2517-6161.1954.tb00159.x
//! - Willan AR, O'Brien BJ (1996). Confidence intervals for cost-effectiveness ratios: an application of Fieller's theorem.
//!   *Health Economics* 5:297-305. doi:10.1002/(SICI)1099-1050(199607)5:4<297::AID-HEC216>3.0.CO;2-T

use std::fmt;

use serde::{Deserialize, Serialize};

use super::rounding::shown;
use crate::{Error, Result};

/// A set of ratios.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Record", into = "Record")]
pub enum FiellerSet {
    /// From `lower` to `upper`.
    Interval {
        /// The lower limit.
        lower: f64,
        /// The upper limit.
        upper: f64,
    },
    /// The half-line from `lower` upwards.
    AtLeast {
        /// The lower limit.
        lower: f64,
    },
    /// The half-line up to `upper`.
    AtMost {
        /// The upper limit.
        upper: f64,
    },
    /// Up to `lower`, and from `upper`: all but what lies between.
    Complement {
        /// The end of the lower part.
        lower: f64,
        /// The beginning of the upper part.
        upper: f64,
    },
    /// Every ratio.
    Line,
    /// No ratio: the differences have no variance and are no ratio's (effect 0, cost not 0).
    Empty,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Interval,
    HalfLine,
    Complement,
    Line,
    Empty,
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Record {
    kind: Kind,
    lower: Option<f64>,
    upper: Option<f64>,
}

impl From<FiellerSet> for Record {
    fn from(set: FiellerSet) -> Self {
        let (kind, lower, upper) = match set {
            FiellerSet::Interval { lower, upper } => (Kind::Interval, Some(lower), Some(upper)),
            FiellerSet::AtLeast { lower } => (Kind::HalfLine, Some(lower), None),
            FiellerSet::AtMost { upper } => (Kind::HalfLine, None, Some(upper)),
            FiellerSet::Complement { lower, upper } => (Kind::Complement, Some(lower), Some(upper)),
            FiellerSet::Line => (Kind::Line, None, None),
            FiellerSet::Empty => (Kind::Empty, None, None),
        };
        Record { kind, lower, upper }
    }
}

impl TryFrom<Record> for FiellerSet {
    type Error = Error;

    fn try_from(record: Record) -> Result<Self> {
        Ok(match (record.kind, record.lower, record.upper) {
            (Kind::Interval, Some(lower), Some(upper)) => FiellerSet::Interval { lower, upper },
            (Kind::Complement, Some(lower), Some(upper)) => FiellerSet::Complement { lower, upper },
            (Kind::HalfLine, Some(lower), None) => FiellerSet::AtLeast { lower },
            (Kind::HalfLine, None, Some(upper)) => FiellerSet::AtMost { upper },
            (Kind::Line, ..) => FiellerSet::Line,
            (Kind::Empty, ..) => FiellerSet::Empty,
            _ => {
                return Err(Error::data(
                    "a set of ratios without its limits",
                    "give `lower` and `upper`, for a half-line one of them",
                ));
            }
        })
    }
}

/// The power of 2 at or below the size of a difference or of its standard error, whichever is larger; 1 if both are 0.
fn unit(difference: f64, variance: f64) -> f64 {
    let size = difference.abs().max(variance.sqrt());
    if size > 0.0 { size.log2().floor().exp2() } else { 1.0 }
}

impl FiellerSet {
    /// The set for differences, their variances, covariance and the quantile.
    pub(super) fn solve(
        cost: f64,
        effect: f64,
        cost_variance: f64,
        effect_variance: f64,
        covariance: f64,
        quantile: f64,
    ) -> Self {
        // In units near the size of each, powers of 2 so that no digit changes: products of squares keep their range.
        let (c, e) = (unit(cost, cost_variance), unit(effect, effect_variance));
        let covariance = covariance / c / e;
        let set = Self::in_units(
            cost / c,
            effect / e,
            cost_variance / c / c,
            effect_variance / e / e,
            covariance,
            quantile,
        );
        set.scaled(c / e)
    }

    fn scaled(self, by: f64) -> Self {
        match self {
            FiellerSet::Interval { lower, upper } => {
                FiellerSet::Interval { lower: lower * by, upper: upper * by }
            }
            FiellerSet::AtLeast { lower } => FiellerSet::AtLeast { lower: lower * by },
            FiellerSet::AtMost { upper } => FiellerSet::AtMost { upper: upper * by },
            FiellerSet::Complement { lower, upper } => {
                FiellerSet::Complement { lower: lower * by, upper: upper * by }
            }
            FiellerSet::Line | FiellerSet::Empty => self,
        }
    }

    fn in_units(
        cost: f64,
        effect: f64,
        cost_variance: f64,
        effect_variance: f64,
        covariance: f64,
        quantile: f64,
    ) -> Self {
        let q2 = quantile * quantile;
        let a = effect * effect - q2 * effect_variance;
        let b = effect * cost - q2 * covariance;
        let c = cost * cost - q2 * cost_variance;
        // D without the cancellation of B² - AC: the q⁴ and q² parts, each a positive form.
        let spread = effect_variance * cost * cost + cost_variance * effect * effect
            - 2.0 * covariance * effect * cost;
        let determinant = cost_variance * effect_variance - covariance * covariance;
        let d = q2 * (spread - q2 * determinant);
        if a == 0.0 {
            return match b.partial_cmp(&0.0) {
                Some(std::cmp::Ordering::Greater) => FiellerSet::AtLeast { lower: c / (2.0 * b) },
                Some(std::cmp::Ordering::Less) => FiellerSet::AtMost { upper: c / (2.0 * b) },
                _ if c > 0.0 => FiellerSet::Empty,
                _ => FiellerSet::Line,
            };
        }
        if a < 0.0 && d <= 0.0 {
            return FiellerSet::Line;
        }
        let far = b + d.max(0.0).sqrt().copysign(b);
        let (r1, r2) = if far == 0.0 { (0.0, 0.0) } else { (far / a, c / far) };
        let (lower, upper) = (r1.min(r2), r1.max(r2));
        if a > 0.0 { FiellerSet::Interval { lower, upper } } else { FiellerSet::Complement { lower, upper } }
    }

    /// True if a ratio belongs to the set.
    pub fn contains(&self, ratio: f64) -> bool {
        match *self {
            FiellerSet::Interval { lower, upper } => (lower..=upper).contains(&ratio),
            FiellerSet::AtLeast { lower } => ratio >= lower,
            FiellerSet::AtMost { upper } => ratio <= upper,
            FiellerSet::Complement { lower, upper } => ratio <= lower || ratio >= upper,
            FiellerSet::Line => true,
            FiellerSet::Empty => false,
        }
    }

    /// True if the set is an interval, so that it may be printed as two limits.
    pub fn is_interval(&self) -> bool {
        matches!(self, FiellerSet::Interval { .. })
    }
}

impl fmt::Display for FiellerSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FiellerSet::Interval { lower, upper } => {
                write!(f, "{} to {}", shown(*lower, 2), shown(*upper, 2))
            }
            FiellerSet::AtLeast { lower } => write!(f, "{} and above", shown(*lower, 2)),
            FiellerSet::AtMost { upper } => write!(f, "{} and below", shown(*upper, 2)),
            FiellerSet::Complement { lower, upper } => {
                write!(f, "up to {} and from {} (the effect may be zero)", shown(*lower, 2), shown(*upper, 2))
            }
            FiellerSet::Line => f.write_str("every ratio (the data do not bound it)"),
            FiellerSet::Empty => f.write_str("no ratio"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn every_kind_has_its_json_and_membership() {
        // A = 0: effect 2, its variance 4 and q = 1
        let half = FiellerSet::solve(3.0, 2.0, 1.0, 4.0, 0.0, 1.0);
        assert_eq!(half, FiellerSet::AtLeast { lower: 8.0 / 12.0 });
        assert_eq!(
            serde_json::to_string(&half).unwrap(),
            r#"{"kind":"half-line","lower":0.6666666666666666,"upper":null}"#
        );
        let other = FiellerSet::solve(-3.0, 2.0, 1.0, 4.0, 0.0, 1.0);
        assert_eq!(other, FiellerSet::AtMost { upper: -8.0 / 12.0 });
        assert!(other.contains(-1.0) && !other.contains(0.0));
        let line = FiellerSet::solve(0.1, 0.1, 1.0, 1.0, 0.0, 1.96);
        assert_eq!(serde_json::to_string(&line).unwrap(), r#"{"kind":"line","lower":null,"upper":null}"#);
        let empty = FiellerSet::solve(1.0, 0.0, 0.0, 0.0, 0.0, 1.96);
        assert!(empty == FiellerSet::Empty && !empty.contains(1.0));
        let point = FiellerSet::solve(6.0, 2.0, 0.0, 0.0, 0.0, 1.96);
        assert_eq!(point, FiellerSet::Interval { lower: 3.0, upper: 3.0 });
        for set in [half, other, line, empty, point] {
            let json = serde_json::to_string(&set).unwrap();
            assert_eq!(serde_json::from_str::<FiellerSet>(&json).unwrap(), set);
        }
    }
}
