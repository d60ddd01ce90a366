//! The prediction interval of Nagashima, Noma and Furukawa, which carries the uncertainty of tau², without random numbers.
//!
//! The other conventions put an estimate of tau² in its place and fall short of their level with few studies. Here tau²
//! has its confidence distribution, H(t) = P(Q ≥ q | tau² = t) with Cochran's Q and its observed value q: a
//! distribution with mass H(0) at 0. Given tau², with w = 1 / (v + tau²), μ̂ = Σwy / Σw and
//! s² = Σw(y - μ̂)² / ((k - 1) Σw), the effect of a new study is μ̂ + τ z - s t with z normal and t of k - 1 degrees of
//! freedom. The authors draw tau², z and t some 25,000 times, which leaves an error in the third digit, different for
//! each seed. This is the same distribution integrated, the limit of infinitely many draws:
//!
//! F(x) = ∫ P(τ z - s t ≤ x - μ̂) dH(tau²), P(τ z - s t ≤ d) = E Φ(d / √(τ² + s² (k - 1) / χ²)) over χ² of k - 1 degrees
//! of freedom. The expectation is a trapezoidal rule in ln χ², which converges geometrically. H is interpolated at
//! Chebyshev points on pieces of ln(1 + tau² / min v); the derivative of the interpolant has an exact quadrature there
//! (Clenshaw and Curtis), which turns dH into masses at these points.
//!
//! One study has no such distribution. If all effects are equal (q = 0) tau² is 0 for certain.
//!
//! ```
//! use consilience::{EffectSizes, Level, Measure, pool::ConfidenceDistribution};
//!
//! let effects = EffectSizes::from_standard_errors(
//!     Measure::MeanDifference, ["A", "B", "C", "D"], [-1.9, -0.4, -0.9, -0.2], [0.6, 0.3, 0.4, 0.5])?;
//! let new_study = ConfidenceDistribution::new(&effects)?;
//! let (lower, upper) = new_study.interval(Level::new(0.95)?);
//! assert!((new_study.probability_above(upper) - 0.025).abs() < 1e-9);
//! assert!((new_study.probability_below(lower) - 0.025).abs() < 1e-9);
//! # Ok::<(), consilience::Error>(())
//! ```
//!
//! Reference: K. Nagashima, H. Noma and T. A. Furukawa, Prediction intervals for random-effects meta-analysis: a confidence
//! distribution approach, Stat. Methods Med. Res. 28 (2019), doi:10.1177/0962280218773520.

use std::f64::consts::PI;

use super::kernel;
use crate::{
    EffectSizes, Error, Level, Result,
    stat::{normal, root},
    tau2::{Distribution, model::Mean},
};

/// The predictive distribution of the effect of a new study, with tau² drawn from its confidence distribution.
#[derive(Debug, Clone, PartialEq)]
pub struct ConfidenceDistribution {
    points: Vec<Point>,
    /// Pairs of (k - 1) / χ² and its probability.
    mixing: Vec<(f64, f64)>,
    homogeneity: f64,
}

/// A value of tau² with its mass, and the mean and its squared standard error there.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Point {
    tau2: f64,
    mass: f64,
    mean: f64,
    variance: f64,
}

/// The length of a piece of ln(1 + tau² / min v), and the degree of the interpolant on it.
const PIECE: f64 = 1.0;
const DEGREE: usize = 14;
/// The share of the largest variance below which another is taken as this much: it moves the limits by a relative 1e-8 or less, and
/// weights that differ more lose their digits in differences.
const NEGLIGIBLE: f64 = 1e-10;
/// A mass that does not count: all of them together are below 1e-13.
const NOTHING: f64 = 1e-17;
/// The mass that is left to the last point.
const TAIL: f64 = 1e-13;

impl ConfidenceDistribution {
    /// The distribution for these studies.
    ///
    /// # Errors
    ///
    /// With fewer than 2 studies.
    pub fn new(effects: &EffectSizes) -> Result<Self> {
        Self::of(effects.yi(), effects.vi())
    }

    pub(super) fn of(yi: &[f64], vi: &[f64]) -> Result<Self> {
        if yi.len() < 2 {
            return Err(Error::model(
                "a confidence distribution of tau² needs at least 2 studies",
                "use another prediction interval",
            ));
        }
        let df = yi.len() as f64 - 1.0;
        // A variance that is nothing beside the largest one would stretch the pieces beyond what they can reach, and the rounding of
        // its weight would drown the others; none of its size matters to an effect of a new study.
        let least = NEGLIGIBLE * vi.iter().copied().fold(0.0, f64::max);
        let vi: Vec<f64> = vi.iter().map(|v| v.max(least)).collect();
        let vi = vi.as_slice();
        let point = |tau2: f64, mass: f64| {
            let (mean, variance) = kernel::mean_at(yi, vi, tau2);
            let factor = kernel::hartung_knapp_factor(yi, vi, mean, tau2);
            Point { tau2, mass, mean, variance: variance * factor }
        };
        let cochran = Distribution::new(&mut Mean::new(yi, vi), |_, v| 1.0 / v);
        let homogeneity = cochran.upper_tail(0.0);
        let scale = vi.iter().copied().fold(f64::INFINITY, f64::min);
        let mut points = vec![point(0.0, homogeneity)];
        let derivative = Pieces::new(DEGREE);
        let (mut start, mut reached) = (0.0, homogeneity);
        // tau² beyond e^700 min v is no number any more; with two studies the tail falls off as 1 / τ
        while 1.0 - reached > TAIL && start < 120.0 {
            let at: Vec<f64> =
                derivative.nodes.iter().map(|x| scale * (start + PIECE * x).exp_m1()).collect();
            let mut h: Vec<f64> = at.iter().map(|tau2| cochran.upper_tail(*tau2)).collect();
            h[0] = reached;
            points.extend(at.iter().zip(derivative.masses(&h)).map(|(tau2, mass)| point(*tau2, mass)));
            reached = h.last().copied().unwrap_or(1.0);
            start += PIECE;
        }
        if let Some(last) = points.last_mut() {
            last.mass += 1.0 - reached;
        }
        points.retain(|point| point.mass.abs() > NOTHING);
        Ok(ConfidenceDistribution { points, mixing: mixing(df), homogeneity })
    }

    /// The mass at tau² = 0: the P value of Cochran's Q.
    pub fn homogeneity(&self) -> f64 {
        self.homogeneity
    }

    /// The interval with equal tails.
    pub fn interval(&self, level: Level) -> (f64, f64) {
        (self.quantile(level.tail(), -1.0), self.quantile(level.tail(), 1.0))
    }

    /// The probability that the true effect of a new study lies above `threshold`.
    pub fn probability_above(&self, threshold: f64) -> f64 {
        self.probability(-1.0, threshold)
    }

    /// The probability that the true effect of a new study lies below `threshold`.
    pub fn probability_below(&self, threshold: f64) -> f64 {
        self.probability(1.0, threshold)
    }

    /// P(side · effect ≤ side · x).
    fn probability(&self, side: f64, x: f64) -> f64 {
        let given = |p: &Point| {
            let d = side * (x - p.mean);
            self.mixing
                .iter()
                .map(|(spread, weight)| {
                    let sd = (p.tau2 + p.variance * spread).sqrt();
                    weight * if sd > 0.0 { normal::cdf(d / sd) } else { 0.5 + 0.5 * sign(d) }
                })
                .sum::<f64>()
        };
        self.points.iter().map(|p| p.mass * given(p)).sum::<f64>().clamp(0.0, 1.0)
    }

    /// The point beyond which, on `side`, the probability is `tail`.
    fn quantile(&self, tail: f64, side: f64) -> f64 {
        let excess = |x: f64| self.probability(-side, x) - tail;
        let center = self.points.first().map_or(0.0, |p| p.mean);
        let sd = |p: &Point| (p.tau2 + p.variance).sqrt();
        let mut step = self.points.iter().filter(|p| p.mass.abs() > 1e-3).map(sd).fold(0.0, f64::max);
        if step == 0.0 {
            return center;
        }
        let mut inside = center - side * step;
        while excess(inside) < 0.0 && step.is_finite() {
            inside -= side * step;
            step *= 2.0;
        }
        let mut outside = inside + side * step;
        while excess(outside) > 0.0 && step.is_finite() {
            outside += side * step;
            step *= 2.0;
        }
        root::find(excess, inside, outside).unwrap_or(outside)
    }
}

/// -1, 0 or 1.
fn sign(x: f64) -> f64 {
    if x == 0.0 { 0.0 } else { x.signum() }
}

/// (k - 1) / χ² of `df` degrees of freedom with probabilities: the trapezoidal rule in u = ln(χ² / df), whose density is
/// proportional to exp(df (u - eᵘ) / 2).
fn mixing(df: f64) -> Vec<(f64, f64)> {
    // beyond Im u = ± π / 2 the integrand grows; the density is as wide as √(2 / df)
    let step = (0.5 * (2.0 / df).sqrt()).min(0.25);
    let density = |u: f64| (0.5 * df * (u - u.exp() + 1.0)).exp();
    let side = |sign: f64| {
        (0..)
            .map(move |i| sign * step * f64::from(i))
            .map(move |u| ((-u).exp(), density(u)))
            .take_while(|(_, p)| *p > 1e-18)
    };
    let mut rule: Vec<(f64, f64)> = side(-1.0).chain(side(1.0).skip(1)).collect();
    let total: f64 = rule.iter().map(|(_, p)| p).sum();
    rule.iter_mut().for_each(|(_, p)| *p /= total);
    rule
}

/// Chebyshev points on [0, 1] and the masses of a function's differential there.
struct Pieces {
    nodes: Vec<f64>,
    /// Row by row: mass j = Σ matrix[j][i] h[i].
    matrix: Vec<f64>,
}

impl Pieces {
    /// The product of Clenshaw and Curtis's weights and the differentiation matrix at `degree` + 1 points.
    fn new(degree: usize) -> Self {
        let n = degree + 1;
        let angle = |j: usize| PI * j as f64 / degree as f64;
        let x = |j: usize| -angle(j).cos();
        let end = |j: usize| if j == 0 || j == degree { 2.0 } else { 1.0 };
        let weight = |j: usize| {
            // ∫ of the Lagrange polynomial as a cosine series; terms of even order only
            let series: f64 = (1..=degree / 2)
                .map(|m| {
                    let m2 = 2.0 * m as f64;
                    let half = if 2 * m == degree { 0.5 } else { 1.0 };
                    half * 2.0 * (m2 * angle(j)).cos() / (m2 * m2 - 1.0)
                })
                .sum();
            2.0 / (degree as f64 * end(j)) * (1.0 - series)
        };
        let mut matrix = vec![0.0; n * n];
        for j in 0..n {
            let mut diagonal = 0.0;
            for i in (0..n).filter(|&i| i != j) {
                let alternate = if (i + j) % 2 == 0 { 1.0 } else { -1.0 };
                let d = end(j) / end(i) * alternate / (x(j) - x(i));
                matrix[j * n + i] = weight(j) * d;
                diagonal -= d;
            }
            matrix[j * n + j] = weight(j) * diagonal;
        }
        Pieces { nodes: (0..n).map(|j| 0.5 * (1.0 + x(j))).collect(), matrix }
    }

    fn masses(&self, h: &[f64]) -> Vec<f64> {
        self.matrix
            .chunks_exact(self.nodes.len())
            .map(|row| row.iter().zip(h).map(|(d, h)| d * h).sum())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masses_integrate_against_a_differential() {
        let pieces = Pieces::new(DEGREE);
        // ∫ x² d(x³) over [0, 1] is 3/5
        let h: Vec<f64> = pieces.nodes.iter().map(|x| x.powi(3)).collect();
        let sum: f64 = pieces.masses(&h).iter().zip(&pieces.nodes).map(|(m, x)| m * x * x).sum();
        assert!((sum - 0.6).abs() < 1e-14, "{sum}");
        // ∫ e^x d(sin x) = ½ (e (sin 1 + cos 1) - 1)
        let h: Vec<f64> = pieces.nodes.iter().map(|x| x.sin()).collect();
        let sum: f64 = pieces.masses(&h).iter().zip(&pieces.nodes).map(|(m, x)| m * x.exp()).sum();
        let exact = 0.5 * (1.0_f64.exp() * (1.0_f64.sin() + 1.0_f64.cos()) - 1.0);
        assert!((sum - exact).abs() < 1e-13, "{sum} {exact}");
    }

    #[test]
    fn without_spread_between_studies_the_mixture_is_a_t_distribution() {
        // P(s t ≤ d) through the mixture of normal distributions
        for df in [1.0, 2.0, 3.0, 12.0, 150.0] {
            for d in [-9.0, -2.0, -0.3, 0.0, 1.0, 4.0] {
                let mixed: f64 = mixing(df).iter().map(|(s, p)| p * normal::cdf(d / s.sqrt())).sum();
                let exact = crate::stat::t::cdf(d, df);
                assert!((mixed - exact).abs() < 1e-13, "{df} {d}: {mixed} {exact}");
            }
        }
    }

    /// A study that is all but exact, however nearly: the interval goes to its limit.
    #[test]
    fn a_study_without_variance_is_the_limit() -> Result<()> {
        let level = Level::new(0.95)?;
        let of = |v: f64| ConfidenceDistribution::of(&[8.0, 5.0], &[v, 1.0]).map(|fit| fit.interval(level));
        let (lower, upper) = of(1e-8)?;
        let (least, most) = of(1e-299)?;
        assert!(
            (lower - least).abs() < 1e-6 * lower.abs() && (upper - most).abs() < 1e-6 * upper,
            "{least} {most}, {lower} {upper}"
        );
        assert!(least < 0.0 && most > 8.0);
        Ok(())
    }

    #[test]
    fn equal_effects_leave_no_doubt() -> Result<()> {
        let fit = ConfidenceDistribution::of(&[1.0, 1.0, 1.0], &[0.1, 0.2, 0.3])?;
        assert_eq!(fit.homogeneity(), 1.0);
        assert_eq!(fit.interval(Level::new(0.95)?), (1.0, 1.0));
        assert!(ConfidenceDistribution::of(&[1.0], &[0.1]).is_err());
        Ok(())
    }
}
