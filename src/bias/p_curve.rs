//! p-curve: do the significant P values alone say that there is an effect?
//!
//! Of the studies with two-sided P < 0.05, |z| = |y| / √v. Without an effect pp = P / 0.05 is uniform; under an effect it is
//! skewed to the right (small values). With a power of 33 % (noncentrality δ with P(|Z + δ| > 1.96) = 1 / 3),
//! pp₃₃ = 3 [P(|Z + δ| < |z|) - 2 / 3] is uniform; values that lie low say that the curve is flatter than that. Each is
//! combined by Stouffer's method, on all significant values (full) and on those below 0.025 (half, with 0.025 for 0.05).
//! There is evidential value if the half curve has P < 0.05 for right skew, or both curves have P < 0.10; it is inadequate
//! or absent if the full curve is flatter than 33 % power with P < 0.05, or half curve and binomial test both with P < 0.10.
//! The power is that at which Stouffer's statistic is 0, its 90 % interval where the statistic has P 0.05 and 0.95, both
//! within 5 and 99 %.
//!
//! Robustness: the tests again without the one, two, ... lowest and without the highest P values, up to half of them and ten,
//! says whether the verdict rests on a few.
//!
//! Assumes that each study is one independent test of the same question.
//!
//! References: Simonsohn, Nelson and Simmons (2014), doi:10.1037/a0033242; (2014b), doi:10.1177/1745691614553988;
//! Simonsohn, Simmons and Nelson (2015), Better p-curves, doi:10.1037/xge0000104.

mod shares;

use serde::{Deserialize, Serialize};

pub use shares::PCurveShares;

use crate::{
    EffectSizes, Error, Result,
    stat::{Tail, binomial, normal, root},
};

/// Stouffer's test of one curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CurveTest {
    /// Stouffer's statistic; negative for right skew, or for a curve flatter than 33 % power.
    pub statistic: f64,
    /// One-sided.
    pub p_value: f64,
}

/// A p-curve analysis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PCurve {
    /// The number of studies.
    pub k: usize,
    /// The number with P < 0.05.
    pub k_significant: usize,
    /// The number with P < 0.025.
    pub k_half: usize,
    /// Right skew of the full curve.
    pub right_skew_full: CurveTest,
    /// Right skew of the half curve; `None` without P values below 0.025.
    pub right_skew_half: Option<CurveTest>,
    /// The binomial test that more than half of the significant P values are below 0.025.
    pub right_skew_binomial_p_value: f64,
    /// Flatness of the full curve against 33 % power.
    pub flatness_full: CurveTest,
    /// Flatness of the half curve.
    pub flatness_half: Option<CurveTest>,
    /// The binomial test that fewer are below 0.025 than 33 % power gives.
    pub flatness_binomial_p_value: f64,
    /// True if there is evidential value.
    pub evidential_value: bool,
    /// True if evidential value is inadequate or absent.
    pub inadequate: bool,
    /// The power, between 0.05 and 0.99.
    pub power: f64,
    /// The lower limit of its 90 % interval.
    pub power_ci_lower: f64,
    /// The upper limit.
    pub power_ci_upper: f64,
    /// The results without the most extreme P values: the lowest, then the highest, one after the other.
    pub robustness: Vec<PCurveDropped>,
}

/// The curves without the most extreme P values.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PCurveDropped {
    /// The number of lowest P values dropped.
    pub lowest: usize,
    /// The number of highest ones.
    pub highest: usize,
    /// Right skew of the full curve.
    pub right_skew_full: CurveTest,
    /// Right skew of the half curve; `None` without P values below 0.025.
    pub right_skew_half: Option<CurveTest>,
    /// Flatness of the full curve against 33 % power.
    pub flatness_full: CurveTest,
}

/// P(|Z + δ| > c), without loss in the tail.
fn beyond(c: f64, delta: f64) -> f64 {
    normal::sf(c - delta) + normal::cdf(-c - delta)
}

/// P(|Z + δ| < c).
fn within(c: f64, delta: f64) -> f64 {
    if delta > c { normal::sf(delta - c) - normal::cdf(-c - delta) } else { 1.0 - beyond(c, delta) }
}

/// The noncentrality with a power at a critical value.
fn noncentrality(power: f64, critical: f64) -> f64 {
    root::find(|d| beyond(critical, d) - power, 0.0, 20.0).unwrap_or(0.0)
}

/// The deviate of P(|Z + δ| < z given |Z + δ| > c), from the smaller tail; bounded as any P value that is 0 must be.
fn deviate(z: f64, critical: f64, delta: f64) -> f64 {
    let power = beyond(critical, delta);
    let upper = (beyond(z, delta) / power).clamp(1e-300, 1.0);
    if upper < 0.5 {
        normal::quantile(Tail::Upper(upper))
    } else {
        let lower = ((within(z, delta) - within(critical, delta)) / power).clamp(1e-300, 1.0);
        normal::quantile(Tail::Lower(lower))
    }
}

/// Stouffer's test that deviates lie below 0.
fn stouffer(deviates: impl Iterator<Item = f64>) -> CurveTest {
    let (n, sum) = deviates.fold((0.0, 0.0), |(n, sum), z| (n + 1.0, sum + z));
    let statistic = sum / f64::sqrt(n);
    CurveTest { statistic, p_value: normal::cdf(statistic) }
}

pub(super) fn p_curve(effects: &EffectSizes) -> Result<PCurve> {
    let critical = normal::quantile(Tail::Upper(0.025));
    let half = normal::quantile(Tail::Upper(0.0125));
    let z = |limit: f64| -> Vec<f64> {
        let all = effects.yi().iter().zip(effects.vi()).map(|(y, v)| y.abs() / v.sqrt());
        all.filter(|z| *z > limit).collect()
    };
    let (full, below) = (z(critical), z(half));
    if full.is_empty() {
        return Err(Error::model("no P value is below 0.05", "a p-curve is made of significant ones"));
    }
    let third = noncentrality(1.0 / 3.0, critical);
    let flat = |z: &[f64], c: f64| stouffer(z.iter().map(|&z| deviate(z, c, third)));
    let (n, m) = (full.len(), below.len());
    let at_least = |k: usize, p: f64| {
        if k == 0 { 1.0 } else { binomial::sf(k as u64 - 1, n as u64, p) }
    };
    let right_skew_full = skew(&full, critical);
    let flatness_full = flat(&full, critical);
    let right_skew_half = (m > 0).then(|| skew(&below, half));
    let flatness_half = (m > 0).then(|| flat(&below, half));
    let flatness_binomial = binomial::cdf(m as u64, n as u64, 3.0 * beyond(half, third));
    let power_at = |target: f64| power_at(target, &full, critical);
    let tail = normal::quantile(Tail::Upper(0.05));
    let below_10 = |test: &Option<CurveTest>| test.is_some_and(|t| t.p_value < 0.10);
    Ok(PCurve {
        k: effects.len(),
        k_significant: n,
        k_half: m,
        right_skew_full,
        right_skew_half,
        right_skew_binomial_p_value: at_least(m, 0.5),
        flatness_full,
        flatness_half,
        flatness_binomial_p_value: flatness_binomial,
        evidential_value: right_skew_half.is_some_and(|t| t.p_value < 0.05)
            || right_skew_full.p_value < 0.10 && below_10(&right_skew_half),
        inadequate: flatness_full.p_value < 0.05 || below_10(&flatness_half) && flatness_binomial < 0.10,
        power: power_at(0.0),
        power_ci_lower: power_at(tail),
        power_ci_upper: power_at(-tail),
        robustness: robustness(&full, (critical, half), third),
    })
}

/// Without an effect, a large z is a small pp: the deviate has the other sign.
fn skew(z: &[f64], c: f64) -> CurveTest {
    stouffer(z.iter().map(|&z| -deviate(z, c, 0.0)))
}

/// The power at which the statistic of the significant z has this value; it falls as the power rises.
fn power_at(target: f64, full: &[f64], critical: f64) -> f64 {
    let statistic = |power: f64| {
        let delta = noncentrality(power, critical);
        stouffer(full.iter().map(|&z| deviate(z, critical, delta))).statistic
    };
    // Just above the size of the test, below which there is no power, and where p-curves are flat to the eye.
    let (low, high) = (0.0501, 0.99);
    if statistic(low) <= target {
        0.05
    } else if statistic(high) >= target {
        high
    } else {
        root::find(|p| statistic(p) - target, low, high).unwrap_or(low)
    }
}

/// The tests without the lowest and without the highest P values, one by one; at least one stays.
fn robustness(full: &[f64], (critical, half): (f64, f64), third: f64) -> Vec<PCurveDropped> {
    let n = full.len();
    let mut sorted = full.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let dropped = |lowest: usize, highest: usize| {
        let left = sorted.get(lowest..n - highest).unwrap_or_default();
        let half_left: Vec<f64> = left.iter().copied().filter(|z| *z > half).collect();
        PCurveDropped {
            lowest,
            highest,
            right_skew_full: skew(left, critical),
            right_skew_half: (!half_left.is_empty()).then(|| skew(&half_left, half)),
            flatness_full: stouffer(left.iter().map(|&z| deviate(z, critical, third))),
        }
    };
    let most = (n / 2).min(10);
    (1..=most).map(|d| dropped(d, 0)).chain((1..=most).map(|d| dropped(0, d))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deviates_at_the_ends() {
        // Uniform under the null: the P value 0.025 is the median of the significant ones.
        let critical = normal::quantile(Tail::Upper(0.025));
        let median = normal::quantile(Tail::Upper(0.0125));
        assert!(deviate(median, critical, 0.0).abs() < 1e-12);
        // scipy 1.17: the root of the noncentrality of a chi-square with 1 df and power 1 / 3.
        assert!((noncentrality(1.0 / 3.0, critical) - 1.528568712713).abs() < 1e-9);
    }
}
