//! The best linear unbiased estimator of a normal mean and SD from a few order statistics.
//!
//! The i-th smallest of n values is μ + σ·Z(i), so that the reported numbers x follow a linear model with design
//! [1, E(Z)] and covariance σ²·Cov(Z); generalised least squares gives μ and σ (Lloyd 1952; Yang et al. 2022). The
//! moments of the order statistics are integrated exactly: Z(r) = Φ⁻¹(U) with U ~ Beta(r, n - r + 1), and for r < s
//! the ratio of the two uniform order statistics is Beta(r, s - r) and independent of the larger one. The trapezoidal
//! rule on the normal scale converges faster than any power there.
//!
//! Ranks: the median is (n + 1)/2, the quartiles are those of the inverse of the empirical distribution function
//! (n/4 + 1/2 if n is divisible by 4, else the next integer above n/4, and the mirror image above).

use super::reported::ReportedSummary;
use crate::stat::{normal, special};

/// Half-width of the grid on the normal scale.
const HALF_WIDTH: f64 = 9.0;

/// More people than the grid can resolve in reasonable time.
const LARGEST: f64 = 1e6;

/// The step of the grid: at most 0.6 standard deviations of the most concentrated order statistic, whose variance is
/// at least 1.57/n, so that the trapezoidal rule is off by exp(-2π²/0.6²), less than rounding.
fn step(n: f64) -> f64 {
    (0.75 / n.sqrt()).min(0.125)
}

/// The beta density of Φ(z) times φ(z) times the step: the weight of a point of the grid.
fn weight(z: f64, alpha: f64, beta: f64, step: f64) -> f64 {
    let (below, above) = (normal::cdf(z), normal::sf(z));
    let ln = (alpha - 1.0) * below.ln() + (beta - 1.0) * above.ln() - special::ln_beta(alpha, beta);
    let ln_density = -0.5 * z * z - 0.5 * (2.0 * std::f64::consts::PI).ln();
    let weight = (ln + ln_density).exp() * step;
    if weight.is_finite() { weight } else { 0.0 }
}

fn grid(step: f64) -> impl Iterator<Item = f64> + Clone {
    let half = (HALF_WIDTH / step) as i32;
    (-half..=half).map(move |i| f64::from(i) * step)
}

/// Mean and mean square of the standard normal order statistic of rank r among n.
fn moments(r: f64, n: f64) -> (f64, f64) {
    let h = step(n);
    grid(h).fold((0.0, 0.0), |(mean, square), z| {
        let w = weight(z, r, n - r + 1.0, h);
        (mean + w * z, square + w * z * z)
    })
}

/// E(Z(r)·Z(s)) for r < s.
fn product(r: f64, s: f64, n: f64) -> f64 {
    let h = step(n);
    let ratios: Vec<(f64, f64)> =
        grid(h).map(|t| (normal::cdf(t), weight(t, r, s - r, h))).filter(|&(_, w)| w > 1e-18).collect();
    let mut total = 0.0;
    for y in grid(h) {
        let outer = weight(y, s, n - s + 1.0, h);
        if outer < 1e-18 {
            continue;
        }
        let (u, above) = (normal::cdf(y), normal::sf(y));
        let inner: f64 = ratios
            .iter()
            .map(|&(b, w)| {
                let lower = u * b;
                // The upper tail of u·b is (1 - u) + u·(1 - b); near 1 it keeps the digits.
                let x = if lower < 0.5 {
                    normal::quantile(crate::stat::Tail::Lower(lower.max(1e-300)))
                } else {
                    normal::quantile(crate::stat::Tail::Upper(above + u * (1.0 - b)))
                };
                w * x
            })
            .sum();
        total += outer * y * inner;
    }
    total
}

/// Mean and SD by generalised least squares from the order statistics `x` of ranks `ranks` among n. `None` if the
/// ranks do not identify both or n exceeds a million.
pub(super) fn blue(x: &[f64], ranks: &[f64], n: f64) -> Option<(f64, f64)> {
    if n > LARGEST {
        return None;
    }
    let k = x.len();
    let first: Vec<(f64, f64)> = ranks.iter().map(|&r| moments(r, n)).collect();
    let mut covariance = nalgebra::DMatrix::<f64>::zeros(k, k);
    for (i, (&r, &(mean_r, square_r))) in ranks.iter().zip(&first).enumerate() {
        covariance[(i, i)] = square_r - mean_r * mean_r;
        for (j, (&s, &(mean_s, _))) in ranks.iter().zip(&first).enumerate().skip(i + 1) {
            let c = product(r, s, n) - mean_r * mean_s;
            covariance[(i, j)] = c;
            covariance[(j, i)] = c;
        }
    }
    let factor = nalgebra::Cholesky::new(covariance)?;
    let design = nalgebra::DMatrix::from_fn(k, 2, |i, j| {
        if j == 0 { 1.0 } else { first.get(i).map_or(0.0, |&(mean, _)| mean) }
    });
    let weighted = factor.solve(&design);
    let normal_matrix = design.transpose() * &weighted;
    let right = weighted.transpose() * nalgebra::DVector::from_column_slice(x);
    let solution = nalgebra::Cholesky::new(normal_matrix)?.solve(&right);
    Some((*solution.get(0)?, *solution.get(1)?))
}

/// The ranks of the reported numbers.
pub(super) fn ranks(s: &ReportedSummary) -> Vec<f64> {
    let n = s.n();
    let quarter = 0.25 * n;
    let first = if quarter.fract() == 0.0 { quarter + 0.5 } else { quarter.ceil() };
    let all = [
        (s.extremes().is_some(), 1.0),
        (s.quartile_pair().is_some(), first),
        (true, 0.5 * (n + 1.0)),
        (s.quartile_pair().is_some(), n + 1.0 - first),
        (s.extremes().is_some(), n),
    ];
    all.into_iter().filter_map(|(there, rank)| there.then_some(rank)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use approx::assert_relative_eq;

    /// Harter (1961), Expected values of normal order statistics, doi:10.1093/biomet/48.1-2.151: n = 10, and the
    /// exact 3/(2√π) of n = 3 with variance 1 - 9/(4π) + √3/(2π).
    #[test]
    fn expected_values_of_order_statistics() {
        let pi = std::f64::consts::PI;
        let (mean, square) = moments(3.0, 3.0);
        assert_relative_eq!(mean, 1.5 / pi.sqrt(), max_relative = 1e-12);
        assert_relative_eq!(square, 1.0 + 3f64.sqrt() / (2.0 * pi), max_relative = 1e-12);
        assert_relative_eq!(moments(10.0, 10.0).0, 1.538_752_731, max_relative = 1e-8);
        // The rows of the covariance matrix sum to 1: for n = 3, E(Z1 Z2) + E(Z2²) + E(Z3 Z2) = 1.
        let total = product(1.0, 2.0, 3.0) + moments(2.0, 3.0).1 + product(2.0, 3.0, 3.0);
        assert_relative_eq!(total, 1.0, max_relative = 1e-10);
    }

    /// The same integrals by scipy 1.10 on a finer grid; the ranks of metaBLUE (median 26 of 50) lead to its values
    /// (8.300791151, 6.70095074), which rest on a series for the moments, hence the 1e-4.
    #[test]
    fn agrees_with_scipy_and_metablue() {
        let (mean, sd) = blue(&[4.0, 8.0, 13.0], &[13.0, 25.5, 38.0], 50.0).unwrap();
        assert_relative_eq!(mean, 8.350_637_12, max_relative = 1e-8);
        assert_relative_eq!(sd, 6.704_664_14, max_relative = 1e-8);
        let (mean, sd) = blue(&[4.0, 8.0, 13.0], &[13.0, 26.0, 38.0], 50.0).unwrap();
        assert_relative_eq!(mean, 8.300_791_151, max_relative = 1e-4);
        assert_relative_eq!(sd, 6.700_950_74, max_relative = 1e-4);
        let (mean, sd) = blue(&[2.0, 4.0, 8.0, 13.0, 18.0], &[1.0, 13.0, 25.5, 38.0, 50.0], 50.0).unwrap();
        assert_relative_eq!(mean, 8.517_773_18, max_relative = 1e-8);
        assert_relative_eq!(sd, 4.896_470_32, max_relative = 1e-8);
    }
}
