//! Standardized residuals against the quantiles of the normal distribution, with their pointwise envelope.
//!
//! The i-th smallest of k independent standard normal values has the median-like position Φ⁻¹((i - a) / (k + 1 - 2a)), a = 3/8
//! for k up to 10 and ½ beyond, and its distribution is that of Φ⁻¹(B), B beta with i and k + 1 - i: the envelope holds it
//! with the probability of the level, for each point on its own. Residuals of a small meta-analysis are correlated and
//! not exactly normal, so that the envelope is a guide and no test.

use serde::{Deserialize, Serialize};

use super::InfluenceReport;
use crate::{
    Error, Level, Result,
    regression::RegressionFit,
    stat::{Tail, beta, normal},
};

/// Residuals in increasing order beside normal quantiles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NormalQuantiles {
    /// The kind of the residuals.
    pub residual: String,
    /// The level of the envelope.
    pub level: Level,
    /// The points in increasing order.
    pub points: Vec<QuantilePoint>,
}

/// A residual and where it is to be expected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct QuantilePoint {
    /// The study.
    pub study: String,
    /// Its residual.
    pub residual: f64,
    /// The normal quantile of its rank.
    pub quantile: f64,
    /// The lower end of the envelope at its rank.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

impl NormalQuantiles {
    /// The quantiles of labelled residuals.
    ///
    /// # Errors
    ///
    /// If there is none, or one is not finite.
    ///
    /// ```
    /// use consilience::{Level, influence::NormalQuantiles};
    ///
    /// let residuals = [("A", 0.3), ("B", -1.2), ("C", 0.9)].map(|(name, z)| (name.to_owned(), z));
    /// let quantiles = NormalQuantiles::new("residual", residuals, Level::default())?;
    /// assert_eq!(quantiles.points[0].study, "B");
    /// // qnorm(ppoints(3)) and the median of three
    /// assert!((quantiles.points[2].quantile - 0.869_423_773_288_3).abs() < 1e-9);
    /// assert_eq!(quantiles.points[1].quantile, 0.0);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn new(
        residual: impl Into<String>,
        residuals: impl IntoIterator<Item = (String, f64)>,
        level: Level,
    ) -> Result<Self> {
        let mut sorted: Vec<(String, f64)> = residuals.into_iter().collect();
        if let Some((study, value)) = sorted.iter().find(|(_, value)| !value.is_finite()) {
            return Err(Error::data(format!("the residual {value}"), "it must be finite").in_study(study));
        }
        if sorted.is_empty() {
            return Err(Error::data(
                "no residual",
                "residuals need at least three studies, and one more with each moderator",
            ));
        }
        sorted.sort_by(|a, b| a.1.total_cmp(&b.1));
        let k = sorted.len() as f64;
        let a = if sorted.len() <= 10 { 0.375 } else { 0.5 };
        let tail = level.tail();
        let points = sorted
            .into_iter()
            .enumerate()
            .map(|(i, (study, residual))| {
                let rank = i as f64 + 1.0;
                let end =
                    |tail: Tail| normal::quantile(Tail::Lower(beta::quantile(tail, rank, k + 1.0 - rank)));
                let share = (rank - a) / (k + 1.0 - 2.0 * a);
                let quantile = if share == 0.5 { 0.0 } else { normal::quantile(Tail::Lower(share)) };
                let (lower, upper) = (end(Tail::Lower(tail)), end(Tail::Upper(tail)));
                QuantilePoint { study, residual, quantile, lower, upper }
            })
            .collect();
        Ok(NormalQuantiles { residual: residual.into(), level, points })
    }
}

impl InfluenceReport {
    /// The externally standardized residuals against normal quantiles, with an envelope at the level of the report.
    ///
    /// # Errors
    ///
    /// If the report has no residuals.
    pub fn normal_quantiles(&self) -> Result<NormalQuantiles> {
        let studies = self.studies.iter().flatten();
        let residuals = studies.filter_map(|s| Some((s.study.clone(), s.rstudent?)));
        NormalQuantiles::new("Externally standardized residual", residuals, self.level)
    }
}

impl RegressionFit {
    /// The internally standardized residuals against normal quantiles, with an envelope at the level of the fit.
    ///
    /// # Errors
    ///
    /// If the fit has no residuals.
    pub fn normal_quantiles(&self) -> Result<NormalQuantiles> {
        let residuals = self.diagnostics()?.into_iter().filter_map(|s| Some((s.study, s.rstandard?)));
        NormalQuantiles::new("Standardized residual", residuals, self.level)
    }
}
