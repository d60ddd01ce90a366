//! The multiverse: every estimator of tau² by every method of inference, in one table.
//!
//! A conclusion that changes along it rests on the choice of method and not on the data alone.
//!
//! ```
//! use consilience::{EffectSizes, Measure, pool::Multiverse};
//!
//! let effects = EffectSizes::from_standard_errors(
//!     Measure::MeanDifference, ["Grant 2000", "Mercer 2019"], [-1.9, -0.41], [0.58675, 0.29847])?;
//! let table = Multiverse::new(&effects, 0.95)?;
//! let excludes_zero = table.rows.iter().filter(|row| row.ci_upper < 0.0).count();
//! assert!(excludes_zero > 0 && excludes_zero < table.rows.len()); // the methods disagree
//! # Ok::<(), consilience::Error>(())
//! ```

use serde::{Deserialize, Serialize};

use super::{FixedEffect, Inference, PoolFit, PoolModel, RandomEffects};
use crate::{EffectSizes, GivenLevel, Level, Result, tau2::Tau2};

/// One combination of methods and its result, on the scale of the analysis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MultiverseRow {
    /// The model.
    pub model: PoolModel,
    /// The estimator of tau²; `None` for a fixed effect.
    pub method: Option<Tau2>,
    /// The inference for the mean.
    pub inference: Inference,
    /// The estimate of tau².
    pub tau2: Option<f64>,
    /// The pooled effect.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// The lower confidence limit.
    pub ci_lower: f64,
    /// The upper confidence limit.
    pub ci_upper: f64,
    /// The P value.
    pub p_value: Option<f64>,
    /// The lower prediction limit, by the convention that matches the inference.
    pub prediction_lower: Option<f64>,
    /// The upper prediction limit.
    pub prediction_upper: Option<f64>,
}

/// The results of every combination of methods.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Multiverse {
    /// The confidence level.
    pub level: Level,
    /// The number of studies.
    pub k: usize,
    /// The combinations: the fixed effect first, then each estimator with each inference.
    pub rows: Vec<MultiverseRow>,
}

impl Multiverse {
    /// Fits every combination that exists; with one study there is only the fixed effect, and Kenward and Roger's
    /// inference can run out of degrees of freedom.
    ///
    /// # Errors
    ///
    /// If `level` is not between 0 and 1.
    pub fn new(effects: &EffectSizes, level: impl Into<GivenLevel>) -> Result<Self> {
        let level = level.into();
        effects.check_range()?;
        let fixed = FixedEffect::default().level(level).fit(effects)?;
        let mut table = Multiverse { level: fixed.level, k: fixed.k, rows: vec![row(&fixed)] };
        if effects.len() < 2 {
            return Ok(table);
        }
        for &estimator in Tau2::ALL {
            for &inference in Inference::ALL {
                // These two bring their own estimator and would be the same row each time.
                let own = match inference {
                    Inference::HenmiCopas => Some(Tau2::Dl),
                    Inference::ProfileLikelihood => Some(Tau2::Ml),
                    _ => None,
                };
                // Generalized Q has given weights, for which Kenward and Roger's adjustment is not made.
                let generalized = matches!(estimator, Tau2::Genq | Tau2::Genqm);
                if own.is_some_and(|own| own != estimator)
                    || (generalized && inference == Inference::KenwardRoger)
                {
                    continue;
                }
                match RandomEffects::new(estimator).inference(inference).level(level).fit(effects) {
                    Ok(fit) => table.rows.push(row(&fit)),
                    // Without degrees of freedom to speak of there is no such interval.
                    Err(_) if inference == Inference::KenwardRoger => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(table)
    }

    /// The rows whose confidence interval excludes `value`.
    pub fn excluding(&self, value: f64) -> impl Iterator<Item = &MultiverseRow> {
        self.rows.iter().filter(move |row| row.ci_lower > value || row.ci_upper < value)
    }
}

fn row(fit: &PoolFit) -> MultiverseRow {
    MultiverseRow {
        model: fit.model,
        method: fit.method,
        inference: fit.inference,
        tau2: fit.heterogeneity.tau2,
        estimate: fit.estimate,
        se: fit.se,
        ci_lower: fit.ci_lower,
        ci_upper: fit.ci_upper,
        p_value: fit.p_value,
        prediction_lower: fit.prediction.map(|p| p.lower),
        prediction_upper: fit.prediction.map(|p| p.upper),
    }
}
