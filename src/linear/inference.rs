//! Inference for the pooled mean: the standard error, its degrees of freedom, the interval and the P value.
//!
//! | code | standard error | reference distribution |
//! |---|---|---|
//! | `wald` | 1 / √Σw | normal |
//! | `t` | the same | t, k - 1 |
//! | `hksj` | √(q / Σw), q = Σ w (y - μ)² / (k - 1) | t, k - 1 |
//! | `hksj-adhoc` | the same with q at least 1 | t, k - 1 |
//! | `kr` | Kenward and Roger (1997) | t, their degrees of freedom |
//! | `henmi-copas` | fixed-effect weights, DL tau² | conditional distribution of Q (Henmi and Copas 2010) |
//! | `profile` | 1 / √Σw at the ML tau² | profile likelihood of the mean (Hardy and Thompson 1996) |

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    Error, Level, Result,
    stat::{normal, t},
};

/// The inference for a mean or coefficients: tests and intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Inference {
    /// `wald`: normal distribution.
    #[default]
    #[serde(rename = "wald")]
    Wald,
    /// `t`: Wald's standard error with the t distribution, k - 1 degrees of freedom.
    #[serde(rename = "t")]
    T,
    /// `hksj`: Hartung and Knapp (2001, doi:10.1002/sim.1009), Sidik and Jonkman (2002, doi:10.1002/sim.1262).
    #[serde(rename = "hksj")]
    HartungKnapp,
    /// `hksj-adhoc`: Hartung-Knapp with a factor of at least 1 (Knapp and Hartung 2003, doi:10.1002/sim.1482).
    #[serde(rename = "hksj-adhoc")]
    HartungKnappAdHoc,
    /// `kr`: Kenward and Roger (1997, doi:10.2307/2533558).
    #[serde(rename = "kr")]
    KenwardRoger,
    /// `henmi-copas`: Henmi and Copas (2010, doi:10.1002/sim.4029).
    #[serde(rename = "henmi-copas")]
    HenmiCopas,
    /// `profile`: profile likelihood (Hardy and Thompson 1996).
    #[serde(rename = "profile")]
    ProfileLikelihood,
}

impl Inference {
    /// All methods.
    pub const ALL: &'static [Inference] = &[
        Inference::Wald,
        Inference::T,
        Inference::HartungKnapp,
        Inference::HartungKnappAdHoc,
        Inference::KenwardRoger,
        Inference::HenmiCopas,
        Inference::ProfileLikelihood,
    ];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Inference::Wald => "wald",
            Inference::T => "t",
            Inference::HartungKnapp => "hksj",
            Inference::HartungKnappAdHoc => "hksj-adhoc",
            Inference::KenwardRoger => "kr",
            Inference::HenmiCopas => "henmi-copas",
            Inference::ProfileLikelihood => "profile",
        }
    }

    /// The name in words.
    pub fn name(self) -> &'static str {
        match self {
            Inference::Wald => "Wald, normal distribution",
            Inference::T => "Wald, t distribution",
            Inference::HartungKnapp => "Hartung-Knapp-Sidik-Jonkman",
            Inference::HartungKnappAdHoc => "Hartung-Knapp-Sidik-Jonkman with a factor of at least 1",
            Inference::KenwardRoger => "Kenward-Roger",
            Inference::HenmiCopas => "Henmi-Copas",
            Inference::ProfileLikelihood => "profile likelihood",
        }
    }
}

impl fmt::Display for Inference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for Inference {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let wanted = text.trim().to_ascii_lowercase();
        let alias = match wanted.as_str() {
            "z" => "wald",
            "hk" | "knha" => "hksj",
            "adhoc" => "hksj-adhoc",
            other => other,
        };
        Inference::ALL
            .iter()
            .copied()
            .find(|m| m.code() == alias)
            .ok_or_else(|| Error::unknown("inference", text, Inference::ALL.iter().map(|m| m.code())))
    }
}

/// The mean with its test and interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct MeanInference {
    pub estimate: f64,
    pub se: f64,
    pub statistic: Option<f64>,
    pub df: Option<f64>,
    pub p_value: Option<f64>,
    pub ci_lower: f64,
    pub ci_upper: f64,
}

impl MeanInference {
    /// estimate ± c se, with c and the P value from the t distribution, or the normal without degrees of freedom.
    pub fn symmetric(estimate: f64, se: f64, df: Option<f64>, level: Level) -> Self {
        let statistic = estimate / se;
        let half = level.critical_value(df) * se;
        let p_value = match df {
            Some(df) => t::two_sided(statistic, df),
            None => normal::two_sided(statistic),
        };
        // With no residual variance at all (se = 0) the interval is the point and the statistic does not exist.
        let exists = statistic.is_finite();
        MeanInference {
            estimate,
            se,
            statistic: exists.then_some(statistic),
            df,
            p_value: exists.then_some(p_value),
            ci_lower: estimate - half,
            ci_upper: estimate + half,
        }
    }
}
