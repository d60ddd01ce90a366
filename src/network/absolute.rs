//! Absolute effects: risks, rates or means by treatment, from a baseline of the reference.
//!
//! On the scale of the model the reference has μ₀ with standard error s₀, from outside the network and independent of it:
//! treatment j has μ₀ + θ_j with variance s₀² + Var(θ_j), returned to the natural scale by the inverse of the logit (`OR`),
//! the logarithm (`RR`, `IRR`, `ROM`), the arcsine of the root (`AS`) or nothing (`RD`, `IRD`, `MD`, `SMD`).

use serde::{Deserialize, Serialize};

use super::NetworkFit;
use crate::{
    Error, Measure, Result,
    effect::{Scale, Transform},
};

/// The baseline of the reference.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Baseline {
    /// A risk, rate or mean on the natural scale, known exactly.
    Natural(f64),
    /// A value on the scale of the model with its standard error.
    Model {
        /// The value.
        estimate: f64,
        /// Its standard error.
        se: f64,
    },
}

/// The absolute effect of a treatment on the natural scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AbsoluteTreatmentEffect {
    /// The position of the treatment.
    pub treatment: usize,
    /// The estimate.
    pub estimate: f64,
    /// The lower confidence limit.
    pub ci_lower: f64,
    /// The upper confidence limit.
    pub ci_upper: f64,
}

impl NetworkFit {
    /// The absolute effects of all treatments.
    ///
    /// # Errors
    ///
    /// If the measure has no absolute effects, or the baseline is not possible for it.
    pub fn absolute(&self, baseline: Baseline) -> Result<Vec<AbsoluteTreatmentEffect>> {
        let scale = self.absolute_scale()?;
        let (estimate, se) = match baseline {
            Baseline::Natural(value) => (scale.model(value)?, 0.0),
            Baseline::Model { estimate, se } => (estimate, se),
        };
        if !(estimate.is_finite() && se.is_finite() && se >= 0.0) {
            return Err(Error::setting(
                "absolute",
                format!("the baseline is {estimate} with standard error {se}"),
                "both must be finite and the standard error not below 0",
            ));
        }
        let critical = self.level.critical_value(self.df());
        let one = |t: usize| {
            let center = estimate + self.theta[t];
            let half = critical * (se * se + self.variance(t, self.reference)).sqrt();
            AbsoluteTreatmentEffect {
                treatment: t,
                estimate: scale.natural(center),
                ci_lower: scale.natural(center - half),
                ci_upper: scale.natural(center + half),
            }
        };
        Ok((0..self.theta.len()).map(one).collect())
    }

    fn absolute_scale(&self) -> Result<AbsoluteScale> {
        Ok(match self.network.measure {
            Measure::OddsRatio => AbsoluteScale::Logit,
            Measure::RiskRatio => AbsoluteScale::LogRisk,
            Measure::RateRatio | Measure::RatioOfMeans => AbsoluteScale::Log,
            Measure::ArcsineDifference => AbsoluteScale::Arcsine,
            Measure::RiskDifference => AbsoluteScale::Risk,
            Measure::RateDifference | Measure::MeanDifference => AbsoluteScale::Identity,
            Measure::StandardizedMeanDifference | Measure::Generic if self.network.scale.is_none() => {
                AbsoluteScale::Identity
            }
            _ if self.network.scale == Some(Scale::Ratio) => {
                return Err(Error::setting(
                    "absolute",
                    "log ratios of an unknown kind have no absolute effects",
                    "name the measure (OR, RR, IRR) so that the baseline has a meaning",
                ));
            }
            other => {
                return Err(Error::setting(
                    "absolute",
                    format!("`{other}` has no absolute effects"),
                    "use OR, RR, RD, AS, IRR, IRD, MD, SMD or ROM",
                ));
            }
        })
    }
}

#[derive(Clone, Copy, PartialEq)]
enum AbsoluteScale {
    Logit,
    LogRisk,
    Log,
    Arcsine,
    Risk,
    Identity,
}

impl AbsoluteScale {
    /// The value on the scale of the model.
    fn model(self, value: f64) -> Result<f64> {
        let refuse =
            |remedy: &str| Err(Error::setting("absolute", format!("the baseline is {value}"), remedy));
        match self {
            AbsoluteScale::Logit | AbsoluteScale::LogRisk if !(value > 0.0 && value < 1.0) => {
                refuse("a baseline risk must lie between 0 and 1")
            }
            AbsoluteScale::Arcsine | AbsoluteScale::Risk if !(0.0..=1.0).contains(&value) => {
                refuse("a baseline risk must lie between 0 and 1")
            }
            AbsoluteScale::Log if !(value > 0.0) => refuse("a baseline rate or mean must be above 0"),
            AbsoluteScale::Logit => Ok((value / (1.0 - value)).ln()),
            AbsoluteScale::LogRisk | AbsoluteScale::Log => Ok(value.ln()),
            AbsoluteScale::Arcsine => Ok(value.sqrt().asin()),
            AbsoluteScale::Risk | AbsoluteScale::Identity => Ok(value),
        }
    }

    /// The value that people read; risks stay between 0 and 1.
    fn natural(self, y: f64) -> f64 {
        match self {
            AbsoluteScale::Logit => Transform::InverseLogit.apply(y, None).unwrap_or(y),
            AbsoluteScale::LogRisk => y.exp().min(1.0),
            AbsoluteScale::Log => y.exp(),
            AbsoluteScale::Arcsine => Transform::InverseArcsine.apply(y, None).unwrap_or(y),
            AbsoluteScale::Risk => y.clamp(0.0, 1.0),
            AbsoluteScale::Identity => y,
        }
    }
}
