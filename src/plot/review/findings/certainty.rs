//! The certainty of a body of evidence.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// The certainty of a body of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Very low.
    VeryLow,
    /// Low.
    Low,
    /// Moderate.
    Moderate,
    /// High.
    High,
}

impl Certainty {
    /// All of them, from the lowest.
    pub const ALL: [Certainty; 4] =
        [Certainty::VeryLow, Certainty::Low, Certainty::Moderate, Certainty::High];

    /// The name.
    pub fn name(self) -> &'static str {
        match self {
            Certainty::VeryLow => "Very low",
            Certainty::Low => "Low",
            Certainty::Moderate => "Moderate",
            Certainty::High => "High",
        }
    }

    /// The number of the four signs that are full.
    pub fn plusses(self) -> usize {
        self as usize + 1
    }
}

impl fmt::Display for Certainty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Certainty {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let wanted = text.trim().to_lowercase().replace(['-', '_'], " ");
        Certainty::ALL.into_iter().find(|c| c.name().to_lowercase() == wanted).ok_or_else(|| {
            Error::data(format!("`{text}` is no certainty"), "write one of: High, Moderate, Low, Very low")
        })
    }
}
