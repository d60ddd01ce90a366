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

use crate::codes::codes;
use crate::{
    Level,
    stat::{normal, t},
};

/// The inference for a mean or coefficients: tests and intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Inference {
    /// `wald`: normal distribution.
    #[default]
    Wald,
    /// `t`: Wald's standard error with the t distribution, k - 1 degrees of freedom.
    T,
    /// `hksj`: Hartung and Knapp (2001, doi:10.1002/sim.1009), Sidik and Jonkman (2002, doi:10.1002/sim.1262).
    HartungKnapp,
    /// `hksj-adhoc`: Hartung-Knapp with a factor of at least 1 (Knapp and Hartung 2003, doi:10.1002/sim.1482).
    HartungKnappAdHoc,
    /// `kr`: Kenward and Roger (1997, doi:10.2307/2533558).
    KenwardRoger,
    /// `henmi-copas`: Henmi and Copas (2010, doi:10.1002/sim.4029).
    HenmiCopas,
    /// `profile`: profile likelihood (Hardy and Thompson 1996).
    ProfileLikelihood,
}

codes! { Inference, "inference" {
    Wald "wald" ["z", "normal", "classic", "Wald normal distribution"],
    T "t" ["t test", "Wald t distribution", "t distribution"],
    HartungKnapp "hksj" ["HK", "KnHa", "Hartung-Knapp", "Knapp-Hartung", "Hartung-Knapp-Sidik-Jonkman"],
    HartungKnappAdHoc "hksj-adhoc" ["adhoc", "HK-adhoc", "KnHa-adhoc", "modified Knapp-Hartung", "modified Hartung-Knapp", "mKH"],
    KenwardRoger "kr" ["Kenward-Roger", "Kenward and Roger"],
    HenmiCopas "henmi-copas" ["HC", "Henmi and Copas"],
    ProfileLikelihood "profile" ["PL", "profile likelihood"],
} }

impl Inference {
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
