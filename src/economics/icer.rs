//! The incremental cost-effectiveness ratio with its quadrant, never as a bare number.
//!
//! A ratio of -1,648 can mean that the intervention is cheaper and better or that it is dearer and worse, and a ratio of
//! 1,648 can be a price paid per unit gained or a saving per unit given up, which are accepted under opposite rules.
//! [`Icer`] therefore names the quadrant of the cost-effectiveness plane, and holds a number only in the two
//! quadrants where it has a meaning.
//!
//! # Model
//!
//! ΔC and ΔE are intervention minus comparator; the ratio is ΔC/ΔE. Differences within the tolerances of zero count as
//! zero; the default tolerances are 0.
//!
//! | | ΔE < 0 | ΔE = 0 | ΔE > 0 |
//! |---|---|---|---|
//! | ΔC > 0 | `NW`, dominated | `N`, dearer with the same effect | `NE`, cost per unit gained |
//! | ΔC = 0 | `W`, worse at the same cost | `origin` | `E`, better at the same cost |
//! | ΔC < 0 | `SW`, saving per unit given up | `S`, cheaper with the same effect | `SE`, dominant |
//!
//! ```
//! use consilience::economics::{Icer, Quadrant};
//!
//! // Chancellor et al. (1997), as recomputed by Briggs et al. (2006): combination versus monotherapy for HIV
//! let icer = Icer::new(50_601.6513312 - 44_663.4535637, 8.9373889 - 7.9912066)?;
//! assert_eq!(icer.quadrant(), Quadrant::NorthEast);
//! let Icer::NorthEast { cost_per_unit_gained } = icer else { unreachable!() };
//! assert!((cost_per_unit_gained - 6275.956).abs() < 0.001);
//! assert_eq!(Icer::new(-10.0, 0.1)?.to_string(), "dominant (less costly, more effective)");
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! # References
//!
//! - Briggs A, Sculpher M, Claxton K (2006). *Decision Modelling for Health Economic Evaluation*. Oxford University Press.
//! - Black WC (1990). The CE plane: a graphic representation of cost-effectiveness. *Medical Decision Making*
//!   10:212-214. doi:10.1177/0272989X9001000308

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{range, rounding::shown};
use crate::{Error, Result};

/// The quadrant of a pair of differences in the cost-effectiveness plane (cost up, effect to the right).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum Quadrant {
    /// Dearer and more effective: a trade-off.
    #[serde(rename = "NE")]
    NorthEast,
    /// Cheaper and more effective: dominant.
    #[serde(rename = "SE")]
    SouthEast,
    /// Cheaper and less effective: a trade-off with the decision rule turned round.
    #[serde(rename = "SW")]
    SouthWest,
    /// Dearer and less effective: dominated.
    #[serde(rename = "NW")]
    NorthWest,
    /// Dearer with the same effect.
    #[serde(rename = "N")]
    North,
    /// The same cost, more effective.
    #[serde(rename = "E")]
    East,
    /// Cheaper with the same effect.
    #[serde(rename = "S")]
    South,
    /// The same cost, less effective.
    #[serde(rename = "W")]
    West,
    /// No difference in either.
    #[serde(rename = "origin")]
    Origin,
}

impl Quadrant {
    /// The quadrant of a pair of differences; zero belongs to the axes.
    pub fn of(cost_difference: f64, effect_difference: f64) -> Self {
        use std::cmp::Ordering::{Equal, Greater, Less};
        let sign = |x: f64| x.partial_cmp(&0.0).unwrap_or(Equal);
        match (sign(cost_difference), sign(effect_difference)) {
            (Greater, Greater) => Quadrant::NorthEast,
            (Less, Greater) => Quadrant::SouthEast,
            (Less, Less) => Quadrant::SouthWest,
            (Greater, Less) => Quadrant::NorthWest,
            (Greater, Equal) => Quadrant::North,
            (Equal, Greater) => Quadrant::East,
            (Less, Equal) => Quadrant::South,
            (Equal, Less) => Quadrant::West,
            (Equal, Equal) => Quadrant::Origin,
        }
    }

    /// The customary letters.
    pub fn code(self) -> &'static str {
        match self {
            Quadrant::NorthEast => "NE",
            Quadrant::SouthEast => "SE",
            Quadrant::SouthWest => "SW",
            Quadrant::NorthWest => "NW",
            Quadrant::North => "N",
            Quadrant::East => "E",
            Quadrant::South => "S",
            Quadrant::West => "W",
            Quadrant::Origin => "origin",
        }
    }
}

impl fmt::Display for Quadrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An incremental cost-effectiveness ratio of intervention versus comparator.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "Record", into = "Record")]
pub enum Icer {
    /// More costly and more effective: accept if willingness to pay is at least this.
    NorthEast {
        /// ΔC/ΔE.
        cost_per_unit_gained: f64,
    },
    /// Less costly and more effective.
    Dominant,
    /// Less costly and less effective: accept if willingness to pay is at most this.
    SouthWest {
        /// ΔC/ΔE.
        saving_per_unit_given_up: f64,
    },
    /// More costly and less effective.
    Dominated,
    /// A difference in cost only, in effect only, or in neither: on an axis of the plane.
    OnAxis(Quadrant),
}

#[derive(Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Record {
    quadrant: Quadrant,
    value: Option<f64>,
}

impl From<Icer> for Record {
    fn from(icer: Icer) -> Self {
        let value = match icer {
            Icer::NorthEast { cost_per_unit_gained } => Some(cost_per_unit_gained),
            Icer::SouthWest { saving_per_unit_given_up } => Some(saving_per_unit_given_up),
            Icer::Dominant | Icer::Dominated | Icer::OnAxis(_) => None,
        };
        Record { quadrant: icer.quadrant(), value }
    }
}

impl TryFrom<Record> for Icer {
    type Error = Error;

    fn try_from(record: Record) -> Result<Self> {
        Ok(match (record.quadrant, record.value) {
            (Quadrant::NorthEast, Some(value)) => Icer::NorthEast { cost_per_unit_gained: value },
            (Quadrant::SouthWest, Some(value)) => Icer::SouthWest { saving_per_unit_given_up: value },
            (Quadrant::NorthEast | Quadrant::SouthWest, None) => {
                return Err(Error::data(
                    format!("quadrant {} without a ratio", record.quadrant),
                    "give its value",
                ));
            }
            (Quadrant::SouthEast, _) => Icer::Dominant,
            (Quadrant::NorthWest, _) => Icer::Dominated,
            (axis, _) => Icer::OnAxis(axis),
        })
    }
}

impl Icer {
    /// The ratio of two differences, both intervention minus comparator.
    ///
    /// # Errors
    ///
    /// If a difference is not finite.
    pub fn new(cost_difference: f64, effect_difference: f64) -> Result<Self> {
        Self::with_tolerance(cost_difference, effect_difference, 0.0, 0.0)
    }

    /// As [`new`](Self::new), where differences within the tolerances count as zero.
    ///
    /// # Errors
    ///
    /// If a difference is not finite, a tolerance is negative or not finite, or the ratio is beyond the range of numbers.
    pub fn with_tolerance(
        cost_difference: f64,
        effect_difference: f64,
        cost_tolerance: f64,
        effect_tolerance: f64,
    ) -> Result<Self> {
        for (name, value) in [("cost_difference", cost_difference), ("effect_difference", effect_difference)]
        {
            if !value.is_finite() {
                return Err(Error::data(format!("difference is {value}"), "differences must be finite")
                    .in_column(name));
            }
        }
        for tolerance in [cost_tolerance, effect_tolerance] {
            if !(tolerance.is_finite() && tolerance >= 0.0) {
                return Err(Error::setting(
                    "tolerance",
                    tolerance.to_string(),
                    "give a finite number of at least 0",
                ));
            }
        }
        let snap = |x: f64, tolerance: f64| if x.abs() <= tolerance { 0.0 } else { x };
        let (cost, effect) =
            (snap(cost_difference, cost_tolerance), snap(effect_difference, effect_tolerance));
        let ratio = || range::computed("ratio", cost / effect);
        Ok(match Quadrant::of(cost, effect) {
            Quadrant::NorthEast => Icer::NorthEast { cost_per_unit_gained: ratio()? },
            Quadrant::SouthWest => Icer::SouthWest { saving_per_unit_given_up: ratio()? },
            Quadrant::SouthEast => Icer::Dominant,
            Quadrant::NorthWest => Icer::Dominated,
            axis => Icer::OnAxis(axis),
        })
    }

    /// The quadrant of the pair of differences.
    pub fn quadrant(&self) -> Quadrant {
        match self {
            Icer::NorthEast { .. } => Quadrant::NorthEast,
            Icer::Dominant => Quadrant::SouthEast,
            Icer::SouthWest { .. } => Quadrant::SouthWest,
            Icer::Dominated => Quadrant::NorthWest,
            Icer::OnAxis(axis) => *axis,
        }
    }
}

impl fmt::Display for Icer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Icer::NorthEast { cost_per_unit_gained } => {
                write!(f, "{} per unit gained (more costly, more effective)", shown(*cost_per_unit_gained, 2))
            }
            Icer::SouthWest { saving_per_unit_given_up } => {
                write!(
                    f,
                    "{} saved per unit given up (less costly, less effective)",
                    shown(*saving_per_unit_given_up, 2)
                )
            }
            Icer::Dominant => f.write_str("dominant (less costly, more effective)"),
            Icer::Dominated => f.write_str("dominated (more costly, less effective)"),
            Icer::OnAxis(axis) => f.write_str(match axis {
                Quadrant::North => "no difference in effect, more costly",
                Quadrant::South => "no difference in effect, less costly",
                Quadrant::East => "no difference in cost, more effective",
                Quadrant::West => "no difference in cost, less effective",
                _ => "no difference in cost or effect",
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn every_quadrant_and_axis_survives_json() {
        for cost in [-2.0, 0.0, 2.0] {
            for effect in [-4.0, 0.0, 4.0] {
                let icer = Icer::new(cost, effect).unwrap();
                let json = serde_json::to_string(&icer).unwrap();
                assert_eq!(serde_json::from_str::<Icer>(&json).unwrap(), icer, "{json}");
                let valued = matches!(icer.quadrant(), Quadrant::NorthEast | Quadrant::SouthWest);
                assert_eq!(json.contains("null"), !valued, "{json}");
            }
        }
        assert_eq!(
            serde_json::to_string(&Icer::new(2.0, 4.0).unwrap()).unwrap(),
            r#"{"quadrant":"NE","value":0.5}"#
        );
        assert!(serde_json::from_str::<Icer>(r#"{"quadrant":"NE","value":null}"#).is_err());
    }

    #[test]
    fn tolerances_and_bad_input() {
        assert_eq!(Icer::with_tolerance(3.0, 1e-9, 0.0, 1e-6).unwrap().quadrant(), Quadrant::North);
        assert_eq!(Icer::with_tolerance(-3.0, 0.5, 5.0, 0.0).unwrap().quadrant(), Quadrant::East);
        assert!(Icer::new(f64::NAN, 1.0).unwrap_err().to_string().contains("cost_difference"));
        assert!(Icer::with_tolerance(1.0, 1.0, -1.0, 0.0).is_err());
    }
}
