//! The distribution with margins so large that its sums are integrals.
//!
//! With the cells μ of a table near the mode and those of another, x events away by δ, xᵢ = μᵢ ± δ,
//!
//! ```text
//! ln P(x)/P(μ) = − Σ [xᵢ ln(xᵢ/μᵢ) + μᵢ − xᵢ] − Σ [h(xᵢ) − h(μᵢ)] + δ ln(ψ μ₂μ₃ / μ₁μ₄)
//! ```
//!
//! with h(n) what Stirling's series adds to n ln n − n in ln n!. All terms are small near the mode, so that no digits are lost (Loader
//! 2000). A sum over whole numbers is the integral from half a step before its first term, with an error of the order of the squared
//! inverse of the standard deviation: below 1e-10 where this is used.

use super::Margins;
use crate::stat::{
    kernel::{poisson_deviance, stirling_remainder},
    quadrature::gauss_legendre,
};

/// The standard deviation from which sums are integrals.
const WIDE: f64 = 1e5;

/// The nodes of an integral.
const NODES: usize = 128;

/// Falls by e after which a tail does not count: e⁻⁴⁰.
const FALLS: f64 = 40.0;

/// Standard deviations beyond which nothing counts: e⁻⁸⁴.
const REACH: f64 = 13.0;

/// The cells of a table, none of which is 0, with ln(ψ μ₂μ₃ / μ₁μ₄).
#[derive(Debug, Clone, Copy)]
pub(super) struct Cells {
    cells: [f64; 4],
    tilt: f64,
}

/// The part of ln n! beyond n ln n − n, by Stirling's series, for any n of 0 or more.
fn rest(n: f64) -> f64 {
    const HALF_LN_2PI: f64 = 0.918_938_533_204_672_8;
    // ln n! = ln Γ(n) + ln n, and ln Γ(n) = (n − ½) ln n − n + ½ ln 2π + remainder; for n = 0 both sides are 0.
    if n < 1e-300 { 0.0 } else { 0.5 * n.ln() + HALF_LN_2PI + stirling_remainder(n) }
}

impl Cells {
    pub fn at(margins: &Margins, x: u64, odds_ratio: f64) -> Self {
        let cells = margins.cells(x);
        let [a, b, c, d] = cells;
        Cells { cells, tilt: odds_ratio.ln() + (b / a).ln() + (c / d).ln() }
    }

    /// ln of the probability `distance` events away over that here.
    pub fn ln_ratio(&self, distance: f64) -> f64 {
        let signs = [1.0, -1.0, -1.0, 1.0];
        let parts = self.cells.iter().zip(signs).map(|(&cell, sign)| {
            let other = (cell + sign * distance).max(0.0);
            poisson_deviance(other, cell) + rest(other) - rest(cell)
        });
        distance * self.tilt - parts.sum::<f64>()
    }

    /// About the standard deviation.
    fn deviation(&self) -> f64 {
        self.cells.iter().map(|cell| 1.0 / (cell + 0.5)).sum::<f64>().sqrt().recip()
    }
}

/// A wide distribution about its mode.
pub(super) struct Wide {
    cells: Cells,
    mode: u64,
    deviation: f64,
    /// The distances from the mode to the ends of the support, half an event beyond.
    below: f64,
    above: f64,
}

impl Wide {
    /// `None` for a distribution whose terms can be summed.
    pub fn new(margins: &Margins, mode: u64, odds_ratio: f64) -> Option<Self> {
        let cells = Cells::at(margins, mode, odds_ratio);
        let deviation = cells.deviation();
        let (low, high) = margins.support();
        let (below, above) = ((mode - low) as f64 + 0.5, (high - mode) as f64 + 0.5);
        (deviation > WIDE).then_some(Wide { cells, mode, deviation, below, above })
    }

    /// The sums of the terms over that at the mode, of their first and of their second moments about it.
    pub fn moments(&self) -> [f64; 3] {
        let reach = REACH * self.deviation;
        integral(-reach.min(self.below), reach.min(self.above), |distance| {
            let term = self.cells.ln_ratio(distance).min(0.0).exp();
            [term, term * distance, term * distance * distance]
        })
    }

    /// The sum of the terms from `start` away from the mode, over that at `start`.
    pub fn beyond(&self, start: u64, upper: bool) -> f64 {
        let (sign, end) = if upper { (1.0, self.above) } else { (-1.0, self.below) };
        let distance = start.abs_diff(self.mode) as f64;
        // From there terms fall as exp(−δ·distance/σ²) or as those of a normal density.
        let fall = self.deviation * self.deviation / distance.max(self.deviation);
        let to = (distance + FALLS * fall).min(end);
        let first = self.cells.ln_ratio(sign * distance);
        let [sum, ..] = integral(distance - 0.5, to.max(distance), |place| {
            [(self.cells.ln_ratio(sign * place) - first).min(0.0).exp(), 0.0, 0.0]
        });
        sum.max(1.0)
    }
}

/// Three integrals at once, by a rule that is exact for polynomials of a degree above 250.
fn integral(from: f64, to: f64, f: impl Fn(f64) -> [f64; 3]) -> [f64; 3] {
    let (middle, half) = (0.5 * (from + to), 0.5 * (to - from));
    let mut sums = [0.0; 3];
    for (node, weight) in gauss_legendre(NODES).iter() {
        let values = f(middle + half * node);
        sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += weight * half * value);
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The terms far from the mode, one by one.
    #[test]
    fn far_terms_are_the_product_of_all_between() {
        let margins = Margins::new(300_000, 500_000, 250_000);
        for (odds_ratio, x, mode) in [(1.7, 30_000, 124_000_u64), (0.2, 200_000, 40_000), (1.0, 0, 93_750)] {
            let product: f64 = if x > mode {
                (mode + 1..=x).map(|i| (odds_ratio * margins.ratio(i)).ln()).sum()
            } else {
                -(x + 1..=mode).map(|i| (odds_ratio * margins.ratio(i)).ln()).sum::<f64>()
            };
            let found = Cells::at(&margins, mode, odds_ratio).ln_ratio(if x > mode {
                (x - mode) as f64
            } else {
                -((mode - x) as f64)
            });
            assert!((found / product - 1.0).abs() < 1e-11, "{found} {product}");
        }
    }

    /// For margins n, n and n at an odds ratio of 1 the mean is n/2 and the variance n²/(4 (2n − 1)); tails are normal.
    #[test]
    fn the_widest_tables_are_normal() {
        let n = 1_u64 << 50;
        let margins = Margins::new(n, n, n);
        let variance = (n as f64) * (n as f64) / (4.0 * (2.0 * n as f64 - 1.0));
        assert!((margins.mean(1.0) / (0.5 * n as f64) - 1.0).abs() < 1e-12);
        assert!((margins.variance(1.0) / variance - 1.0).abs() < 1e-9);
        for z in [-3.0, -1.0, 0.0, 2.5, 8.0] {
            let x = (0.5 * n as f64 + z * variance.sqrt()) as u64;
            let expected = crate::stat::normal::sf(z);
            let found = margins.sf(x, 1.0);
            assert!((found / expected - 1.0).abs() < 1e-5, "{z}: {found} {expected}");
            assert!((found + margins.cdf(x, 1.0) - 1.0).abs() < 1e-15);
        }
    }

    #[test]
    fn the_largest_margins_do_not_overflow() {
        for margins in [
            Margins::new(u64::MAX, u64::MAX, u64::MAX),
            Margins::new(u64::MAX, 0, u64::MAX),
            Margins::new(u64::MAX, 3, u64::MAX),
            Margins::new(1, u64::MAX, 1 << 40),
        ] {
            for odds_ratio in [1e-300, 1e-18, 1.0, 1e18, 1e300] {
                for x in [0, 1, 1 << 40, u64::MAX - 1, u64::MAX] {
                    let (lower, upper) = (margins.cdf(x, odds_ratio), margins.sf(x, odds_ratio));
                    assert!(
                        (0.0..=1.0).contains(&lower) && (0.0..=1.0).contains(&upper),
                        "{margins:?} {odds_ratio:e} {x}"
                    );
                    assert!(margins.ln_pmf(x, odds_ratio) <= 0.0, "{margins:?} {odds_ratio:e} {x}");
                    assert!(margins.variance(odds_ratio) >= 0.0);
                }
            }
        }
    }
}
