//! The kinds of cluster-robust covariance.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Error, Result};

/// The kind of cluster-robust covariance, by its customary code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum RobustType {
    /// `CR0`: the sandwich as it is (Liang and Zeger 1986), with `m − p` degrees of freedom.
    Cr0,
    /// `CR1`: CR0 times `m/(m − p)`, which other software also calls `CR1p`; both codes are read. (The `CR1` of the R
    /// package clubSandwich has `m/(m − 1)`.)
    Cr1,
    /// `CR1S`: CR0 times `m(k − 1)/((m − 1)(k − p))`, the factor of Stata.
    Cr1S,
    /// `CR2`: the bias-reduced linearization of Bell and McCaffrey, unbiased under the working model, with
    /// Satterthwaite's degrees of freedom. The one to report.
    #[default]
    Cr2,
    /// `CR3`: close to the jackknife over clusters, somewhat too large, with Satterthwaite's degrees of freedom.
    Cr3,
}

impl RobustType {
    /// All kinds.
    pub const ALL: [RobustType; 5] =
        [RobustType::Cr0, RobustType::Cr1, RobustType::Cr1S, RobustType::Cr2, RobustType::Cr3];

    /// The customary code.
    pub fn code(self) -> &'static str {
        match self {
            RobustType::Cr0 => "CR0",
            RobustType::Cr1 => "CR1",
            RobustType::Cr1S => "CR1S",
            RobustType::Cr2 => "CR2",
            RobustType::Cr3 => "CR3",
        }
    }

    /// Tells whether tests use degrees of freedom by Satterthwaite's approximation, which differ by coefficient.
    pub fn has_satterthwaite(self) -> bool {
        matches!(self, RobustType::Cr2 | RobustType::Cr3)
    }
}

impl fmt::Display for RobustType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for RobustType {
    type Err = Error;

    fn from_str(code: &str) -> Result<Self> {
        if code.eq_ignore_ascii_case("CR1p") {
            return Ok(RobustType::Cr1);
        }
        RobustType::ALL
            .into_iter()
            .find(|kind| kind.code().eq_ignore_ascii_case(code))
            .ok_or_else(|| Error::unknown("robust type", code, RobustType::ALL.map(RobustType::code)))
    }
}

impl Serialize for RobustType {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for RobustType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;

    #[test]
    fn codes_are_read_whatever_their_case() {
        for kind in RobustType::ALL {
            assert_eq!(kind.code().to_lowercase().parse::<RobustType>().unwrap(), kind);
        }
        assert_eq!("CR1p".parse::<RobustType>().unwrap(), RobustType::Cr1);
        let message = "CR9".parse::<RobustType>().unwrap_err().to_string();
        assert!(message.contains("CR2"), "{message}");
    }
}
