//! Unrestricted weighted least squares, and the weighted average of the adequately powered studies.
//!
//! UWLS is the mean with weights 1 / v and a multiplicative dispersion, not bounded below by 1: its variance is
//! Q / (k - 1) / Σ(1 / v), its test has k - 1 degrees of freedom. WAAP is the same mean of the studies whose power to find the
//! UWLS effect at two-sided 0.05 is at least 80 %, that is whose standard error is at most |UWLS| / 2.8 (1.96 + 0.84); with fewer
//! than two of them WAAP-WLS is UWLS.
//!
//! References: Stanley and Doucouliagos (2015), Neither fixed nor random: weighted least squares meta-analysis,
//! doi:10.1002/sim.6481. Stanley, Doucouliagos and Ioannidis (2017), Finding the power to reduce publication bias,
//! doi:10.1002/sim.7228.

use serde::{Deserialize, Serialize};

use super::{AdjustedEffect, line::Tested, options::Settings};
use crate::{
    EffectSizes, Error, Result,
    pool::kernel,
    robust::{ClusteredModel, RobustType},
    stat::{Tail, normal},
};

/// UWLS and WAAP-WLS.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UnrestrictedWls {
    /// The mean of all studies.
    pub uwls: AdjustedEffect,
    /// The largest standard error of an adequately powered study.
    pub adequate_sei: f64,
    /// The number of adequately powered studies.
    pub k_adequate: usize,
    /// The median power of the studies to find the UWLS effect, two-sided at 0.05.
    pub median_power: f64,
    /// The mean of the adequately powered studies; `None` if there are fewer than two.
    pub waap: Option<AdjustedEffect>,
    /// WAAP, or UWLS in its place.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// Two-sided.
    pub p_value: Option<f64>,
    /// Its lower confidence limit.
    pub ci_lower: f64,
    /// Its upper confidence limit.
    pub ci_upper: f64,
}

pub(super) fn uwls(effects: &EffectSizes, settings: &Settings) -> Result<UnrestrictedWls> {
    let (yi, vi) = (effects.yi(), effects.vi());
    let all: Vec<usize> = (0..yi.len()).collect();
    let uwls = mean(yi, vi, &all, settings)?;
    // The customary 2.8 is the rounded sum of these quantiles; the published rule is kept.
    let adequate_sei = uwls.estimate.abs() / 2.8;
    let adequate: Vec<usize> = all.into_iter().filter(|&i| vi[i].sqrt() <= adequate_sei).collect();
    let k_adequate = adequate.len();
    let waap = if k_adequate >= 2 { mean(yi, vi, &adequate, settings).ok() } else { None };
    let critical = normal::quantile(Tail::Upper(0.025));
    let mut power: Vec<f64> = vi
        .iter()
        .map(|v| uwls.estimate.abs() / v.sqrt())
        .map(|z| normal::sf(critical - z) + normal::cdf(-critical - z))
        .collect();
    power.sort_by(f64::total_cmp);
    let (low, high) = (power[(power.len() - 1) / 2], power[power.len() / 2]);
    let taken = waap.unwrap_or(uwls);
    Ok(UnrestrictedWls {
        uwls,
        adequate_sei,
        k_adequate,
        median_power: 0.5 * (low + high),
        waap,
        estimate: taken.estimate,
        se: taken.se,
        p_value: taken.p_value,
        ci_lower: taken.ci_lower,
        ci_upper: taken.ci_upper,
    })
}

/// The mean of these studies with its multiplicative dispersion, or over clusters.
fn mean(yi: &[f64], vi: &[f64], rows: &[usize], settings: &Settings) -> Result<AdjustedEffect> {
    if rows.len() < 2 {
        return Err(Error::model(format!("{} study", rows.len()), "a dispersion needs at least 2"));
    }
    let y: Vec<f64> = rows.iter().map(|&i| yi[i]).collect();
    let v: Vec<f64> = rows.iter().map(|&i| vi[i]).collect();
    let pooled = kernel::fixed(&y, &v);
    let df = rows.len() as f64 - 1.0;
    // What rounding leaves is no dispersion.
    let scale = y.iter().zip(&v).map(|(y, v)| y * y / v).sum::<f64>();
    if !(pooled.q > 1e-26 * scale) {
        return Err(Error::model("the effects are equal", "they leave no dispersion to weigh by"));
    }
    let (variance, df) = match &settings.clusters {
        None => (pooled.q / df * pooled.variance, df),
        Some(clusters) => {
            let clusters: Vec<usize> = rows.iter().map(|&i| clusters[i]).collect();
            let ones = vec![1.0; rows.len()];
            let residuals: Vec<f64> = y.iter().map(|y| y - pooled.estimate).collect();
            let weights: Vec<f64> = v.iter().map(|v| 1.0 / v).collect();
            let estimate = [pooled.estimate];
            let model = ClusteredModel::inverse_variance(&ones, &estimate, &residuals, &weights, &clusters)?;
            let robust = model.robust(RobustType::Cr2)?.contrast(&[1.0], settings.level)?;
            (robust.se * robust.se, robust.df)
        }
    };
    let tested = Tested::new(pooled.estimate, variance, Some(df), settings.level);
    Ok(AdjustedEffect::new(tested.within_range()?, Some(df)))
}
