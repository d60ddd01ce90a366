//! Quantile estimation: the distribution whose quantiles come nearest to the reported numbers.
//!
//! For each family the sum of squares Σ (x_i - c·g_i(θ))² is minimised, where g_i(θ) are the quantiles of the family
//! with scale 1 and shape θ at the probabilities of the reported numbers (1/n and 1 - 1/n for the extremes; 0.25, 0.5
//! and 0.75). For a given shape the best scale c = Σ x g / Σ g² is known, so that one dimension remains: a grid on
//! ln θ brackets the minimum, Brent's method finishes. The normal distribution is a straight line.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::reported::ReportedSummary;
use crate::stat::minimum;
use crate::stat::{Tail, gamma, normal, special};

/// A family of distributions for [`super::Method::QuantileEstimation`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Family {
    /// Normal.
    Normal,
    /// Log-normal.
    LogNormal,
    /// Gamma.
    Gamma,
    /// Weibull.
    Weibull,
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Family::Normal => "normal",
            Family::LogNormal => "log-normal",
            Family::Gamma => "gamma",
            Family::Weibull => "Weibull",
        })
    }
}

/// A family fitted to the reported numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct QuantileFit {
    /// The family.
    pub family: Family,
    /// The mean of the fitted distribution.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// The sum of squared differences between its quantiles and the reported numbers.
    pub sum_of_squares: f64,
}

/// A probability by its smaller tail.
fn tail(p: f64, upper: f64) -> Tail {
    if p <= 0.5 { Tail::Lower(p) } else { Tail::Upper(upper) }
}

/// ln of the upper tail probability, without cancellation.
fn ln_upper(p: Tail) -> f64 {
    match p {
        Tail::Lower(p) => (-p).ln_1p(),
        Tail::Upper(q) => q.ln(),
    }
}

/// The probability of each reported number.
fn probabilities(s: &ReportedSummary) -> Vec<Tail> {
    let extreme = 1.0 / s.n();
    let all = [
        (s.extremes().is_some(), tail(extreme, 1.0 - extreme)),
        (s.quartile_pair().is_some(), Tail::Lower(0.25)),
        (true, Tail::Lower(0.5)),
        (s.quartile_pair().is_some(), Tail::Upper(0.25)),
        (s.extremes().is_some(), tail(1.0 - extreme, extreme)),
    ];
    all.into_iter().filter_map(|(there, p)| there.then_some(p)).collect()
}

impl Family {
    const ALL: [Family; 4] = [Family::Normal, Family::LogNormal, Family::Gamma, Family::Weibull];

    /// The quantile with scale 1 and ln shape `t`.
    fn quantile(self, t: f64, p: Tail) -> f64 {
        match self {
            Family::Normal => normal::quantile(p),
            Family::LogNormal => (t.exp() * normal::quantile(p)).exp(),
            Family::Gamma => gamma::quantile(p, t.exp(), 1.0),
            Family::Weibull => (-ln_upper(p)).powf((-t).exp()),
        }
    }

    /// Mean and SD with scale 1 and ln shape `t`.
    fn moments(self, t: f64) -> (f64, f64) {
        match self {
            Family::Normal => (0.0, 1.0),
            Family::LogNormal => {
                let variance = (2.0 * t).exp();
                let mean = (0.5 * variance).exp();
                (mean, mean * variance.exp_m1().sqrt())
            }
            Family::Gamma => (t.exp(), (0.5 * t).exp()),
            Family::Weibull => {
                let inverse = (-t).exp();
                let (first, second) =
                    (special::ln_gamma(1.0 + inverse), special::ln_gamma(1.0 + 2.0 * inverse));
                (first.exp(), first.exp() * (second - 2.0 * first).exp_m1().max(0.0).sqrt())
            }
        }
    }

    fn fit(self, x: &[f64], p: &[Tail]) -> Option<QuantileFit> {
        if self == Family::Normal {
            return fit_normal(x, p);
        }
        let scale = |t: f64| {
            let (mut xg, mut gg) = (0.0, 0.0);
            for (&x, &p) in x.iter().zip(p) {
                let g = self.quantile(t, p);
                xg += x * g;
                gg += g * g;
            }
            xg / gg
        };
        let loss = |t: f64| {
            let c = scale(t);
            let sum: f64 = x.iter().zip(p).map(|(&x, &p)| (x - c * self.quantile(t, p)).powi(2)).sum();
            if sum.is_finite() { sum } else { f64::MAX }
        };
        // ln of the shape: from hardly spread to wildly skewed. The log-normal's shape is its SD on the log scale.
        let (low, high) = match self {
            Family::LogNormal => (-7.0, 1.5),
            _ => (-2.0, 10.0),
        };
        const GRID: usize = 96;
        let at = |i: usize| low + (high - low) * i as f64 / GRID as f64;
        let best = (0..=GRID).map(|i| (i, loss(at(i)))).min_by(|a, b| a.1.total_cmp(&b.1))?.0;
        let (t, sum_of_squares) = minimum::brent(loss, at(best.saturating_sub(1)), at((best + 1).min(GRID)));
        let c = scale(t);
        let (mean, sd) = self.moments(t);
        let fit = QuantileFit { family: self, mean: c * mean, sd: c * sd, sum_of_squares };
        (fit.mean.is_finite() && fit.sd.is_finite() && fit.sd > 0.0).then_some(fit)
    }
}

/// x = μ + σ·z by least squares.
fn fit_normal(x: &[f64], p: &[Tail]) -> Option<QuantileFit> {
    let z: Vec<f64> = p.iter().map(|&p| normal::quantile(p)).collect();
    let k = x.len() as f64;
    let (mean_x, mean_z) = (x.iter().sum::<f64>() / k, z.iter().sum::<f64>() / k);
    let (mut xz, mut zz) = (0.0, 0.0);
    for (x, z) in x.iter().zip(&z) {
        xz += (x - mean_x) * (z - mean_z);
        zz += (z - mean_z).powi(2);
    }
    let sd = xz / zz;
    let mean = mean_x - sd * mean_z;
    let sum_of_squares = x.iter().zip(&z).map(|(x, z)| (x - mean - sd * z).powi(2)).sum();
    (sd > 0.0).then_some(QuantileFit { family: Family::Normal, mean, sd, sum_of_squares })
}

impl ReportedSummary {
    /// Every family fitted to the reported numbers, the best first (McGrath et al. 2020). Only the normal family
    /// takes numbers below 0, or of 0.
    pub fn quantile_fits(&self) -> Vec<QuantileFit> {
        let p = probabilities(self);
        let x: Vec<f64> = self.named().into_iter().map(|(_, value)| value).collect();
        let mut fits: Vec<QuantileFit> = Family::ALL
            .into_iter()
            .filter(|&family| family == Family::Normal || self.lowest() > 0.0)
            .filter_map(|family| family.fit(&x, &p))
            .collect();
        fits.sort_by(|a, b| a.sum_of_squares.total_cmp(&b.sum_of_squares));
        fits
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use approx::assert_relative_eq;

    fn of(s: &ReportedSummary, family: Family) -> QuantileFit {
        s.quantile_fits().into_iter().find(|fit| fit.family == family).unwrap()
    }

    /// The minima by scipy 1.10 (bounded Brent on the same profile), good to about 1e-7 in the means.
    #[test]
    fn minima_agree_with_scipy() {
        let s1 = ReportedSummary::range(2.0, 8.0, 18.0, 50.0).unwrap();
        for (family, sum, mean, sd) in [
            (Family::Normal, 2.666_666_667, 9.333_333_333, 3.895_315_517),
            (Family::LogNormal, 1.387_140_226_862, 8.027_438_496, 3.760_615_969),
            (Family::Gamma, 0.224_087_448_347, 8.292_235_377, 3.893_470_118),
            (Family::Weibull, 0.161_458_835_074, 8.578_315_762, 4.092_970_341),
        ] {
            let fit = of(&s1, family);
            assert_relative_eq!(fit.sum_of_squares, sum, max_relative = 1e-8);
            assert_relative_eq!(fit.mean, mean, max_relative = 1e-6);
            assert_relative_eq!(fit.sd, sd, max_relative = 1e-6);
        }
        assert_eq!(s1.quantile_fits()[0].family, Family::Weibull);
    }

    /// A sample whose quantiles are those of a Weibull distribution is fitted by it without remainder.
    #[test]
    fn exact_quantiles_are_recovered() {
        let q = |p: f64| 3.0 * (-(1.0 - p).ln()).powf(1.0 / 1.7);
        let s = ReportedSummary::five(q(0.01), q(0.25), q(0.5), q(0.75), q(0.99), 100.0).unwrap();
        let best = s.quantile_fits()[0];
        assert_eq!(best.family, Family::Weibull);
        // Γ(1 + 1/1.7) and Γ(1 + 2/1.7) by mpmath.
        assert_relative_eq!(best.mean, 3.0 * 0.892_244_327_1, max_relative = 1e-5);
        assert!(best.sum_of_squares < 1e-12);
    }
}
