//! The curve itself: the shares of the significant P values in (0, 0.01], (0.01, 0.02], ..., (0.04, 0.05].

use serde::{Deserialize, Serialize};

use super::{PCurve, beyond, noncentrality};
use crate::{
    EffectSizes,
    stat::{Tail, normal},
};

/// Shares of the significant P values in the five intervals of width 0.01.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PCurveShares {
    /// The number of P values in each interval.
    pub counts: [usize; 5],
    /// The share of each.
    pub observed: [f64; 5],
    /// The shares without an effect: a fifth each.
    pub null: [f64; 5],
    /// The shares if the studies have 33 % power.
    pub third: [f64; 5],
    /// The shares at the estimated power.
    pub fitted: [f64; 5],
}

/// The ends of the intervals as critical values, from P = 0.05 to 0.01.
fn critical_values() -> [f64; 5] {
    [0.01, 0.02, 0.03, 0.04, 0.05].map(|p| normal::quantile(Tail::Upper(0.5 * p)))
}

fn expected(power: f64) -> [f64; 5] {
    let ends = critical_values();
    let delta = if power > 0.05 { noncentrality(power, ends[4]) } else { 0.0 };
    let whole = beyond(ends[4], delta);
    let mut before = 0.0;
    ends.map(|end| {
        let share = beyond(end, delta) / whole;
        let own = share - before;
        before = share;
        own
    })
}

impl PCurve {
    /// The shares of the significant P values of `effects`, those of the fit, with the shares to expect.
    ///
    /// ```
    /// use consilience::{EffectSizes, Measure, bias::{Analysis, Bias}};
    ///
    /// let effects = EffectSizes::new(Measure::MeanDifference, ["A", "B", "C"], [3.0, 2.1, 0.2], [1.0, 1.0, 1.0])?;
    /// let curve = Bias::default().analyses([Analysis::PCurve]).fit(&effects, None)?.p_curve.unwrap();
    /// let shares = curve.shares(&effects);
    /// assert_eq!(shares.counts, [1, 0, 0, 1, 0]); // P = 0.0027 and 0.036
    /// assert!((shares.third.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    /// # Ok::<(), consilience::Error>(())
    /// ```
    pub fn shares(&self, effects: &EffectSizes) -> PCurveShares {
        let ends = critical_values();
        let mut counts = [0_usize; 5];
        for (y, v) in effects.yi().iter().zip(effects.vi()) {
            let z = y.abs() / v.sqrt();
            // From the smallest P values on: the first end that z exceeds.
            if let Some(count) = ends.iter().position(|end| z > *end).and_then(|i| counts.get_mut(i)) {
                *count += 1;
            }
        }
        let all = counts.iter().sum::<usize>().max(1) as f64;
        PCurveShares {
            counts,
            observed: counts.map(|n| n as f64 / all),
            null: [0.2; 5],
            third: expected(1.0 / 3.0),
            fitted: expected(self.power),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_at_a_third_power() {
        // scipy 1.17 ncx2.sf(norm.isf(p / 2)**2, 1, 1.528568712713**2) at p = 0.01 ... 0.05, each over 1/3 and differenced.
        let shares = expected(1.0 / 3.0);
        let mut sum = 0.0;
        let cumulative: Vec<f64> = shares
            .iter()
            .map(|s| {
                sum += s;
                sum / 3.0
            })
            .collect();
        for (found, p) in cumulative.iter().zip([0.01, 0.02, 0.03, 0.04, 0.05]) {
            let z = normal::quantile(Tail::Upper(0.5 * p));
            let direct = normal::sf(z - 1.528568712713) + normal::sf(z + 1.528568712713);
            assert!((found - direct).abs() < 1e-10, "{found} {direct}");
        }
        assert!(expected(0.05).iter().all(|s| (s - 0.2).abs() < 1e-12));
    }
}
