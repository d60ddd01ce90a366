//! Fail-safe numbers: how many null effects it takes to overturn a result.
//!
//! They say how robust a P value is, not how many studies are missing. With z = y / √v, w = 1 / v and b = Σwy / Σw:
//!
//! - Rosenthal: k (Σz / k)² k / z₀.₉₅² - k, by Stouffer's one-sided test at 0.05;
//! - Rosenberg: (Σwy)² / z₀.₉₇₅² - Σw, over the mean weight, for the fixed-effect mean, two-sided at 0.05;
//! - Orwin: k (|b| - |target|) / |target|, to bring the fixed-effect mean to the target;
//! - general: the smallest number n of studies whose true effects scatter about 0 as those of the k studies do about their mean
//!   μ, with the harmonic mean of the variances, that raises the two-sided P value of the random-effects mean to 0.05. The true
//!   effects of all k + n studies then have the variance ((k + n - 2) tau² + μ² k n / (k + n)) / (k + n - 1), the squares within
//!   and between the two kinds over the degrees of freedom, which gives the weights 1 / (v + that); the estimates that were
//!   added have the mean 0. With a fixed effect it is Rosenberg's.
//!
//! All are rounded up, and are 0 where there is nothing to overturn. Numbers beyond 2⁵³, to which no study can be counted, are
//! left out with a note.
//!
//! References: the general number, Viechtbauer, W. (2010), metafor's `fsn(type = "General")`, doi:10.18637/jss.v036.i03. Rosenthal (1979), doi:10.1037/0033-2909.86.3.638. Orwin (1983), doi:10.3102/10769986008002157. Rosenberg
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FailsafeN {
    /// Rosenthal's; `None` beyond 2⁵³.
    pub rosenthal: Option<u64>,
    /// Orwin's; `None` if the mean effect or the target is 0, or beyond 2⁵³.
    pub orwin: Option<u64>,
    /// The target of Orwin's.
    pub target: Option<f64>,
    /// Rosenberg's; `None` beyond 2⁵³.
    pub rosenberg: Option<u64>,
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
    let z: f64 = yi.iter().zip(vi).map(|(y, v)| y / v.sqrt()).sum();
    let one = normal::quantile(Tail::Upper(0.05));
    let two = normal::quantile(Tail::Upper(0.025));
    let fixed = kernel::fixed(yi, vi);
    let weight = 1.0 / fixed.variance;
    let target = target.map_or(0.5 * fixed.estimate, |t| t.abs().copysign(fixed.estimate));
    let orwin = (target != 0.0 && target.is_finite())
        .then(|| k * (fixed.estimate.abs() - target.abs()) / target.abs());
    let sum = fixed.estimate * weight;
    let pooled = match model {
        PoolModel::Random => kernel::random(yi, vi, estimator),
        _ => fixed,
    };
    let general = general(yi, vi, two, (pooled.tau2, model));
    if general.is_none() {
        notes.push(format!("the general fail-safe number is above {}", FailsafeN::MOST));
    }
    let mut up = |name: &str, n: f64| {
        let count = rounded_up(n);
        if count.is_none() {
            notes.push(format!("{name} fail-safe number is beyond any number of studies: it is left out"));
        }
        count
    };
    Ok(FailsafeN {
        rosenthal: up("Rosenthal's", z * z / (one * one) - k),
        orwin: orwin.and_then(|n| up("Orwin's", n)),
        target: orwin.map(|_| target),
        rosenberg: up("Rosenberg's", (sum * sum / (two * two) - weight) / (weight / k)),
        general,
    })
}

/// The number rounded up, at least 0; `None` if it is beyond the integers that a double counts.
fn rounded_up(n: f64) -> Option<u64> {
    const MOST: f64 = 9_007_199_254_740_992.0;
    if n <= 0.0 {
        return Some(0);
    }
    (n <= MOST).then(|| n.ceil() as u64)
}

/// The variance of the true effects of `k` studies about `mean` and `n` about 0, each with `tau2` within.
fn among(tau2: f64, mean: f64, k: f64, n: f64) -> f64 {
    ((k + n - 2.0) * tau2 + mean * mean * k * n / (k + n)) / (k + n - 1.0)
}

/// The smallest number of studies about 0 that makes |z| at most `critical`.
///
/// Up to 2k of them, where their share changes the variance between studies most, every number is tried: z need not fall
/// steadily there. Beyond, it does.
fn general(yi: &[f64], vi: &[f64], critical: f64, (tau2, model): (f64, PoolModel)) -> Option<u64> {
    let k = yi.len() as f64;
    let typical = k / vi.iter().map(|v| 1.0 / v).sum::<f64>();
    let (mean, _) = kernel::mean_at(yi, vi, tau2);
    let significant = |n: u64| {
        let n = n as f64;
        let all = match model {
            PoolModel::Random if n > 0.0 => among(tau2, mean, k, n),
            _ => tau2,
        };
        let (estimate, variance) = kernel::mean_at(yi, vi, all);
        let weight = 1.0 / variance;
        let z = estimate * weight / (weight + n / (typical + all)).sqrt();
        z.abs() > critical
    };
    let tried = 2 * yi.len() as u64;
    if let Some(n) = (0..=tried.min(FailsafeN::MOST)).find(|&n| !significant(n)) {
        return Some(n);
    }
    let (mut low, mut high) = (tried, 2 * tried);
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::Measure;

    #[test]
    fn numbers_beyond_counting_are_left_out_with_a_note() {
        let effects = EffectSizes::new(Measure::Generic, ["a", "b", "c"], [-1e300; 3], [0.09; 3]).unwrap();
        let mut notes = Vec::new();
        let n = failsafe_n(&effects, None, PoolModel::Fixed, Tau2::Reml, &mut notes).unwrap();
        assert_eq!((n.rosenthal, n.rosenberg, n.general), (None, None, None));
        assert!(notes.iter().any(|note| note.starts_with("Rosenthal's")), "{notes:?}");
    }

    /// The definition by hand: two equal studies of 1 with variance 0.01 and tau² 0.04; with n studies more the variance between
    /// is (0.04 n + 2n/(2 + n))/(1 + n), and all weights are equal.
    #[test]
    fn the_general_number_carries_heterogeneity() {
        let all = |n: f64| (0.04 * n + 2.0 * n / (2.0 + n)) / (1.0 + n);
        let z = |n: f64| 2.0 / ((0.01 + all(n)) * (2.0 + n)).sqrt();
        let n = general(&[1.0, 1.0], &[0.01, 0.01], 1.96, (0.04, PoolModel::Random)).unwrap();
        assert!(z(n as f64) <= 1.96 && z(n as f64 - 1.0) > 1.96, "{n}");
    }

    /// metafor 5.0-1, `fsn(yi, vi, type = "General", method = "DL", alpha)` of 15 simulated studies.
    #[test]
    fn the_variance_of_all_studies_is_that_of_metafor() {
        // tau2 0.392954059, estimate 0.6014540342, tau2.fsn 0.4082929915 with 2 and 0.423037196 with 3 studies more.
        let (k, tau2, mean) = (15.0, 0.392954059f64, 0.6014540342f64);
        for (n, expected) in [(2.0, 0.4082929915), (3.0, 0.423037196), (72.0, 0.4406017078)] {
            approx::assert_relative_eq!(among(tau2, mean, k, n), expected, max_relative = 1e-8);
        }
    }
}
