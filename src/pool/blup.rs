//! Empirical Bayes estimates (BLUPs) of the studies' true effects.
//!
//! uᵢ is predicted by λᵢ (yᵢ - μ̂) with λᵢ = tau² / (tau² + vᵢ), so the study's true effect by μ̂ + λᵢ (yᵢ - μ̂), with variance
//! λᵢ vᵢ + (1 - λᵢ)² Var(μ̂) (Raudenbush and Bryk 1985, doi:10.3102/10769986010002075).

use serde::{Deserialize, Serialize};

use super::{PoolFit, PoolModel};
use crate::{Error, Result};

/// The predicted true effect of one study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Blup {
    /// The label.
    pub study: String,
    /// The predicted true effect, on the scale of the analysis.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// The lower limit of its prediction interval.
    pub lower: f64,
    /// The upper limit of its prediction interval.
    pub upper: f64,
}

impl PoolFit {
    /// The predicted true effects of the studies.
    ///
    /// # Errors
    ///
    /// If the model is not a random-effects model with an estimate of tau².
    ///
    /// ```
    /// use consilience::{EffectSizes, Measure, pool::RandomEffects, tau2::Tau2};
    ///
    /// let effects = EffectSizes::new(Measure::MeanDifference, ["A", "B", "C"], [1.0, 3.0, 8.0], [1.0, 1.0, 1.0])?;
    /// let fit = RandomEffects::new(Tau2::Dl).fit(&effects)?; // mean 4, tau² 12
    /// let blups = fit.blups()?;
    /// assert!((blups[2].estimate - (4.0 + 12.0 / 13.0 * 4.0)).abs() < 1e-12);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn blups(&self) -> Result<Vec<Blup>> {
        let tau2 = match (self.model, self.heterogeneity.tau2) {
            (PoolModel::Random, Some(tau2)) => tau2,
            _ => {
                return Err(Error::model(
                    "true effects of single studies are predicted by random-effects models with an estimate of tau² only",
                    "fit a random-effects model to 2 or more studies",
                ));
            }
        };
        let critical = self.level.critical_value(self.df);
        let effects = self.studies.iter().filter_map(|s| Some((s, s.yi?, s.vi?)));
        Ok(effects
            .map(|(study, yi, vi)| {
                let share = tau2 / (tau2 + vi);
                let estimate = self.estimate + share * (yi - self.estimate);
                let se = (share * vi + ((1.0 - share) * self.se).powi(2)).sqrt();
                Blup {
                    study: study.study.clone(),
                    estimate,
                    se,
                    lower: estimate - critical * se,
                    upper: estimate + critical * se,
                }
            })
            .collect())
    }
}
