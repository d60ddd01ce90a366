//! Trim and fill: how many studies would make the funnel symmetrical, and what they would do to the mean.
//!
//! With the k effects centered at the mean of those left after trimming the k₀ most extreme, Tₙ the sum of the ranks of the
//! positive ones among the absolute values, and γ the run of largest ranks that are all positive:
//! L₀ = (4 Tₙ - k(k + 1)) / (2k - 1), R₀ = γ - 1, Q₀ = k - ½ - √(2k² - 4 Tₙ + ¼), rounded, at least 0. Trimming and
//! estimating repeat until k₀ stays. The k₀ trimmed studies are then mirrored about the mean, and the model is fitted again.
//! Studies may be trimmed by the fixed-effect mean and the filled set pooled with random effects (fixed-random), or both by the
//! random-effects model (random-random, the default beside such a model): the first gives small studies less say in what is
//! extreme (Peters et al. 2007, doi:10.1002/sim.2889, found it the better of the two under heterogeneity).
//!
//! The P value of R₀ is that of k₀ = 0: 2^-(k₀ + 1). Where Q₀ is no number, or no k₀ stays, there is no result.
//! A sensitivity analysis, not an estimate of what is missing: it fills in for heterogeneity as well.
//!
//! References: Duval and Tweedie (2000a), doi:10.1080/01621459.2000.10473905; (2000b), doi:10.1111/j.0006-341X.2000.00455.x.

use serde::{Deserialize, Serialize};

use super::{line::Line, options::Settings};
use crate::codes::codes;
use crate::{
    EffectSizes, Error, Result,
    pool::{Inference, PoolModel, kernel},
};

/// The estimator of the number of missing studies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum MissingEstimator {
    /// `L0`: from the sum of ranks, linear.
    #[default]
    L0,
    /// `R0`: from the run of largest ranks.
    R0,
    /// `Q0`: from the sum of ranks, quadratic.
    Q0,
}

codes! { MissingEstimator, "estimator" {
    L0 "L0" [],
    R0 "R0" [],
    Q0 "Q0" [],
} }

/// The side of the funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Side {
    /// `left`: small effects are missing.
    Left,
    /// `right`: large effects are missing.
    Right,
}

codes! { Side, "side" {
    Left "left" [],
    Right "right" [],
} }

/// The result of trim and fill.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct TrimAndFill {
    /// The estimator of the number of missing studies.
    pub estimator: MissingEstimator,
    /// The model by which studies are trimmed; that of the filled set is the model of the report.
    pub trimming: PoolModel,
    /// The side on which studies are missing.
    pub side: Side,
    /// The number of missing studies.
    pub k0: usize,
    /// Its standard error; `None` where the formula has none.
    pub k0_se: Option<f64>,
    /// The P value of no missing study, for `R0`.
    pub k0_p_value: Option<f64>,
    /// The number of studies after filling.
    pub k: usize,
    /// The pooled effect after filling.
    pub estimate: f64,
    /// Its standard error.
    pub se: f64,
    /// Its test statistic.
    pub statistic: Option<f64>,
    /// Its P value.
    pub p_value: Option<f64>,
    /// The lower confidence limit.
    pub ci_lower: f64,
    /// The upper confidence limit.
    pub ci_upper: f64,
    /// tau² after filling; `None` for a fixed effect.
    pub tau2: Option<f64>,
    /// I² after filling, in per cent.
    pub i2: Option<f64>,
    /// The filled effects.
    pub filled_yi: Vec<f64>,
    /// Their variances.
    pub filled_vi: Vec<f64>,
}

pub(super) fn trim_and_fill(effects: &EffectSizes, settings: &Settings) -> Result<TrimAndFill> {
    let (yi, vi, k) = (effects.yi(), effects.vi(), effects.len());
    if k < 3 {
        return Err(Error::model(
            format!("{k} {}", if k == 1 { "study" } else { "studies" }),
            "trim and fill needs at least 3",
        ));
    }
    let side = side(yi, vi, settings)?;
    // Mirrored so that small effects are missing; sorted so that the last are trimmed.
    let sign = if side == Side::Right { -1.0 } else { 1.0 };
    let mut rows: Vec<(f64, f64)> = yi.iter().zip(vi).map(|(y, v)| (sign * y, *v)).collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (y, v): (Vec<f64>, Vec<f64>) = rows.into_iter().unzip();
    let (mean, Missing { k0, se }) = trim(&y, &v, settings)?;
    let filled_yi: Vec<f64> = y[k - k0..].iter().map(|y| sign * (2.0 * mean - y)).collect();
    let filled_vi: Vec<f64> = v[k - k0..].to_vec();
    let labels = effects.labels().iter().cloned().chain((1..=k0).map(|i| format!("filled {i}")));
    let all =
        EffectSizes::new(effects.measure(), labels, [yi, &filled_yi].concat(), [vi, &filled_vi].concat())?;
    let fit = settings.fit(&all)?;
    Ok(TrimAndFill {
        estimator: settings.missing,
        trimming: settings.trimming.unwrap_or(settings.spec.model),
        side,
        k0,
        k0_se: se,
        k0_p_value: (settings.missing == MissingEstimator::R0).then(|| 0.5_f64.powf(k0 as f64 + 1.0)),
        k: fit.k,
        estimate: fit.estimate,
        se: fit.se,
        statistic: fit.statistic,
        p_value: fit.p_value,
        ci_lower: fit.ci_lower,
        ci_upper: fit.ci_upper,
        tau2: fit.heterogeneity.tau2,
        i2: fit.heterogeneity.i2,
        filled_yi,
        filled_vi,
    })
}

/// The side to fill: as asked, or the one that the slope on the standard error points to.
fn side(yi: &[f64], vi: &[f64], settings: &Settings) -> Result<Side> {
    if let Some(side) = settings.side {
        return Ok(side);
    }
    let sei: Vec<f64> = vi.iter().map(|v| v.sqrt()).collect();
    let (model, estimator) = (settings.spec.model, settings.spec.estimator);
    let line = Line::meta_regression(&sei, yi, vi, model, estimator, Inference::Wald, None)
        .map_err(|_| Error::model("all studies have the same standard error", "name the side to fill"))?;
    Ok(if line.slope < 0.0 { Side::Right } else { Side::Left })
}

/// The mean of the studies that are left when the last k0 are trimmed, and the k0 that it leads to again.
fn trim(y: &[f64], v: &[f64], settings: &Settings) -> Result<(f64, Missing)> {
    let k = y.len();
    let pool = |n: usize| match settings.trimming.unwrap_or(settings.spec.model) {
        PoolModel::Random => kernel::random(&y[..n], &v[..n], settings.spec.estimator).estimate,
        _ => kernel::fixed(&y[..n], &v[..n]).estimate,
    };
    let mut k0 = 0_usize;
    // The number settles within a few rounds, or goes round in a circle for ever.
    for _ in 0..=101 {
        let mean = pool(k - k0);
        let missing = missing(settings.missing, y, mean)?;
        if missing.k0 == k0 {
            return Ok((mean, missing));
        }
        if missing.k0 >= k - 1 {
            break;
        }
        k0 = missing.k0;
    }
    Err(Error::model(
        "the number of missing studies does not settle",
        "use another estimator, or another side",
    ))
}

struct Missing {
    k0: usize,
    se: Option<f64>,
}

/// The number of missing studies among effects about a mean.
fn missing(estimator: MissingEstimator, y: &[f64], mean: f64) -> Result<Missing> {
    let k = y.len() as f64;
    let mut centred: Vec<f64> = y.iter().map(|y| y - mean).collect();
    centred.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
    let positive: f64 = (1..).zip(&centred).filter(|(_, c)| **c > 0.0).map(|(rank, _)| f64::from(rank)).sum();
    let whole = |x: f64| x.max(0.0).round_ties_even();
    let variance = |k0: f64| {
        (k * (k + 1.0) * (2.0 * k + 1.0) + 10.0 * k0.powi(3) + 27.0 * k0 * k0 + 17.0 * k0
            - 18.0 * k * k0 * k0
            - 18.0 * k * k0
            + 6.0 * k * k * k0)
            / 24.0
    };
    let (k0, se) = match estimator {
        MissingEstimator::R0 => {
            let run = centred.iter().rev().take_while(|c| **c >= 0.0).count() as f64;
            let k0 = whole(run - 1.0);
            (k0, (2.0 * k0 + 2.0).sqrt())
        }
        MissingEstimator::L0 => {
            let k0 = (4.0 * positive - k * (k + 1.0)) / (2.0 * k - 1.0);
            (whole(k0), 4.0 * variance(k0).sqrt() / (2.0 * k - 1.0))
        }
        MissingEstimator::Q0 => {
            let root = 2.0 * k * k - 4.0 * positive + 0.25;
            if root < 0.0 {
                return Err(Error::model("Q0 is not a number for these data", "use L0 or R0"));
            }
            let k0 = k - 0.5 - root.sqrt();
            (whole(k0), 2.0 * variance(k0).sqrt() / ((k - 0.5).powi(2) - k0 * (2.0 * k - k0 - 1.0)).sqrt())
        }
    };
    Ok(Missing { k0: k0 as usize, se: Some(se).filter(|se| se.is_finite()) })
}
