//! Prediction intervals: where the true effect of a new study is expected.
//!
//! estimate ± c √(se² + tau²), with the standard error of the chosen inference. The conventions differ in c:
//!
//! | code | c | with Wald | with Hartung-Knapp | with Kenward-Roger |
//! |---|---|---|---|---|
//! | `normal` | normal | metafor with `test="z"` | | |
//! | `t` | t, k - 1 | Veroniki et al. 2019 ("V") | "HK" | "KR": t with the Kenward-Roger degrees of freedom |
//! | `hts` | t, k - 2 | Higgins, Thompson and Spiegelhalter 2009 | "HK-PR": Partlett and Riley 2017 | "KR-PR": one degree fewer |
//!
//! | `nnf` | quantiles of the predictive distribution with tau² drawn from its confidence distribution (Nagashima, Noma and
//! Furukawa 2019, see [`ConfidenceDistribution`](crate::pool::ConfidenceDistribution)), about a mean and tau² of its own | | | |
//!
//! Without a choice the interval follows the inference, as in metafor: normal for Wald and the profile likelihood, t for
//! the others. References: Higgins et al. (2009), doi:10.1111/j.1467-985X.2008.00552.x; Partlett and Riley (2017),
//! doi:10.1002/sim.7140; Veroniki et al. (2019), doi:10.1002/jrsm.1319.

use serde::{Deserialize, Serialize};

use super::Inference;
use crate::codes::choice;
use crate::{
    Error, Level, Result,
    stat::{normal, t},
};

choice! {
    /// The convention of a prediction interval.
    Prediction "prediction" {
        /// `normal`: quantiles of the normal distribution.
        Normal "normal" ["z", "normal distribution"],
        /// `t`: t with k - 1 degrees of freedom (Kenward-Roger: theirs).
        T "t" ["t distribution"],
        /// `hts`: t with k - 2 degrees of freedom (Kenward-Roger: theirs less 1).
        Hts "hts" ["Higgins-Thompson-Spiegelhalter", "Riley"],
        /// `nnf`: tau² drawn from its confidence distribution (Nagashima, Noma and Furukawa 2019), exactly. For pooled means.
        Nnf "nnf" ["Nagashima-Noma-Furukawa"],
    }
}

impl Prediction {
    /// The convention that goes with a method of inference.
    pub fn matching(inference: Inference) -> Self {
        match inference {
            Inference::T
            | Inference::HartungKnapp
            | Inference::HartungKnappAdHoc
            | Inference::KenwardRoger => Prediction::T,
            _ => Prediction::Normal,
        }
    }

    /// The convention of a model with coefficients: the chosen one, else that which matches the inference. `nnf` exists
    /// for a pooled mean only.
    pub(crate) fn of_coefficients(chosen: Option<Self>, inference: Inference) -> Result<Self> {
        match chosen.unwrap_or(Prediction::matching(inference)) {
            Prediction::Nnf => Err(Error::setting(
                "prediction",
                "`nnf` is defined for the mean of independent studies only",
                "use t, hts or normal with moderators or dependent effects",
            )),
            other => Ok(other),
        }
    }

    /// The degrees of freedom, given those of the mean (`df`, if it has any) and the residual ones k - p; an error value
    /// (`None` inside) means that they are not positive.
    pub(crate) fn degrees_of_freedom(self, df: Option<f64>, residual: f64) -> Option<Option<f64>> {
        let df = match self {
            Prediction::Normal => return Some(None),
            Prediction::T => df.unwrap_or(residual),
            Prediction::Hts => df.unwrap_or(residual) - 1.0,
            Prediction::Nnf => return None,
        };
        (df > 0.0).then_some(Some(df))
    }
}

/// A prediction interval for the true effect of a new study.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PredictionInterval {
    /// The convention.
    pub method: Prediction,
    /// The degrees of freedom of the t distribution; `None` for the normal.
    pub df: Option<f64>,
    /// √(se² + tau²); `None` for `nnf`, whose distribution needs no such thing.
    pub sd: Option<f64>,
    /// The lower limit, on the scale of the analysis.
    pub lower: f64,
    /// The upper limit, on the scale of the analysis.
    pub upper: f64,
}

impl PredictionInterval {
    /// The interval about `estimate` with standard error `se` on `df` degrees of freedom (`None`: normal); `residual`
    /// is k - p. `None` if the convention has no degrees of freedom left.
    pub(crate) fn new(
        method: Prediction,
        estimate: f64,
        se: f64,
        tau2: f64,
        df: Option<f64>,
        residual: f64,
        level: Level,
    ) -> Option<Self> {
        let df = method.degrees_of_freedom(df, residual)?;
        let sd = (se * se + tau2).sqrt();
        let half = level.critical_value(df) * sd;
        half.is_finite().then_some(PredictionInterval {
            method,
            df,
            sd: Some(sd),
            lower: estimate - half,
            upper: estimate + half,
        })
    }

    /// The interval of a confidence distribution of tau², by its limits. `None` if the squares of the effects overflow.
    pub(crate) fn exact((lower, upper): (f64, f64)) -> Option<Self> {
        (lower.is_finite() && upper.is_finite() && lower <= upper).then_some(PredictionInterval {
            method: Prediction::Nnf,
            df: None,
            sd: None,
            lower,
            upper,
        })
    }

    /// The probability that the true effect of a new study lies above `threshold`, under this predictive distribution.
    /// `None` for `nnf`, where the limits do not tell it: see [`ConfidenceDistribution::probability_above`](crate::pool::ConfidenceDistribution::probability_above).
    pub fn probability_above(&self, threshold: f64) -> Option<f64> {
        let z = self.standardized(threshold)?;
        Some(match self.df {
            Some(df) => t::sf(z, df),
            None => normal::sf(z),
        })
    }

    /// The probability that the true effect of a new study lies below `threshold`; `None` for `nnf`.
    pub fn probability_below(&self, threshold: f64) -> Option<f64> {
        let z = self.standardized(threshold)?;
        Some(match self.df {
            Some(df) => t::cdf(z, df),
            None => normal::cdf(z),
        })
    }

    fn standardized(&self, threshold: f64) -> Option<f64> {
        Some((threshold - 0.5 * (self.lower + self.upper)) / self.sd?)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{EffectSizes, Measure, pool::RandomEffects};

    /// Effects whose squares overflow are refused, rather than given an interval in the wrong order.
    #[test]
    fn effects_beyond_what_can_be_squared_are_refused() {
        let v = 1.913_748_832_096_507_4e214;
        let effects = EffectSizes::new(Measure::Generic, ["a", "b"], [1.913_748_832_096_484e214, v], [v, v]);
        let refused =
            RandomEffects::default().prediction(Prediction::Nnf).fit(&effects.unwrap()).unwrap_err();
        assert!(refused.to_string().contains("beyond the range of computation"), "{refused}");
    }
}
