//! Fail-safe numbers: how many null effects it takes to overturn a result.
//!
//! They say how robust a P value is, not how many studies are missing. With z = y / √v, w = 1 / v and b = Σwy / Σw:
//!
//! - Rosenthal: k (Σz / k)² k / z₀.₉₅² - k, by Stouffer's one-sided test at 0.05;
//! - Rosenberg: (Σwy)² / z₀.₉₇₅² - Σw, over the mean weight, for the fixed-effect mean, two-sided at 0.05;
//! - Orwin: k (|b| - |target|) / |target|, to bring the fixed-effect mean to the target;
//! - general: the smallest number of effects of 0, with the harmonic mean of the variances, that raise the two-sided P value of
//!   the random-effects mean, tau² estimated anew, to 0.05.
//!
//! All are rounded up, and are 0 where there is nothing to overturn.
//!
//! References: Rosenthal (1979), doi:10.1037/0033-2909.86.3.638. Orwin (1983), doi:10.3102/10769986008002157. Rosenberg
//! (2005), doi:10.1111/j.0014-3820.2005.tb01004.x.

use serde::{Deserialize, Serialize};

use crate::{
    EffectSizes, Error, Result,
    pool::{PoolModel, kernel},
    stat::{Tail, normal},
    tau2::Tau2,
};

/// Fail-safe numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FailsafeN {
    /// Rosenthal's.
    pub rosenthal: u64,
    /// Orwin's; `None` if the mean effect or the target is 0.
    pub orwin: Option<u64>,
    /// The target of Orwin's.
    pub target: Option<f64>,
    /// Rosenberg's.
    pub rosenberg: u64,
    /// The general one; `None` beyond [`FailsafeN::MOST`].
    pub general: Option<u64>,
}

impl FailsafeN {
    /// The largest general fail-safe number that is looked for.
    pub const MOST: u64 = 100_000;
}

pub(super) fn failsafe_n(
    effects: &EffectSizes,
    target: Option<f64>,
    model: PoolModel,
    estimator: Tau2,
    notes: &mut Vec<String>,
) -> Result<FailsafeN> {
    let (yi, vi, k) = (effects.yi(), effects.vi(), effects.len() as f64);
    if target.is_some_and(|t| !(t.is_finite() && t != 0.0)) {
        return Err(Error::setting(
            "target",
            "the target is 0 or not finite",
            "give a finite effect other than 0",
        ));
    }
    let up = |n: f64| if n > 0.0 { n.ceil() as u64 } else { 0 };
    let z: f64 = yi.iter().zip(vi).map(|(y, v)| y / v.sqrt()).sum();
    let one = normal::quantile(Tail::Upper(0.05));
    let two = normal::quantile(Tail::Upper(0.025));
    let fixed = kernel::fixed(yi, vi);
    let weight = 1.0 / fixed.variance;
    let target = target.map_or(0.5 * fixed.estimate, |t| t.abs().copysign(fixed.estimate));
    let orwin = (target != 0.0).then(|| up(k * (fixed.estimate.abs() - target.abs()) / target.abs()));
    let sum = fixed.estimate * weight;
    let general = general(yi, vi, two, |y, v| match model {
        PoolModel::Random => kernel::random(y, v, estimator),
        _ => kernel::fixed(y, v),
    });
    if general.is_none() {
        notes.push(format!("the general fail-safe number is above {}", FailsafeN::MOST));
    }
    Ok(FailsafeN {
        rosenthal: up(z * z / (one * one) - k),
        orwin,
        target: orwin.map(|_| target),
        rosenberg: up((sum * sum / (two * two) - weight) / (weight / k)),
        general,
    })
}

/// The smallest number of null effects that makes |z| at most `critical`.
fn general(
    yi: &[f64],
    vi: &[f64],
    critical: f64,
    pool: impl Fn(&[f64], &[f64]) -> kernel::Pooled,
) -> Option<u64> {
    let k = yi.len();
    let typical = k as f64 / vi.iter().map(|v| 1.0 / v).sum::<f64>();
    let (mut y, mut v) = (yi.to_vec(), vi.to_vec());
    let mut significant = |n: u64| {
        y.resize(k + n as usize, 0.0);
        v.resize(k + n as usize, typical);
        let pooled = pool(&y, &v);
        pooled.estimate.abs() > critical * pooled.variance.sqrt()
    };
    if !significant(0) {
        return Some(0);
    }
    let (mut low, mut high) = (0, 1);
    while significant(high) {
        if high >= FailsafeN::MOST {
            return None;
        }
        (low, high) = (high, (2 * high).min(FailsafeN::MOST));
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if significant(middle) { low = middle } else { high = middle }
    }
    Some(high)
}
