//! Rank probabilities of up to four treatments by integration.
//!
//! The rank of treatment i is one more than the number of its T − 1 differences θ_j − θ_i that are negative; the
//! probability of each pattern of signs is an orthant probability of a normal distribution: Φ for one difference,
//! the bivariate distribution function for two, an integral of it for three.

use crate::stat::{bivariate_normal, normal, quadrature};

/// P(X_1 > 0, ..., X_d > 0) of a normal vector with d ≤ 3 variables of this mean and covariance (d × d).
pub(super) fn orthant(mean: &[f64], covariance: &[f64]) -> f64 {
    let sd = |i: usize, d: usize| covariance[i * d + i].max(0.0).sqrt();
    match *mean {
        [m] => above(m, sd(0, 1)),
        [m, n] => two((m, n), (sd(0, 2), sd(1, 2)), covariance[1]),
        [m, n, o] => three([m, n, o], covariance),
        _ => 1.0,
    }
}

/// P(X > 0); a variable that is 0 for certain is counted half.
fn above(mean: f64, sd: f64) -> f64 {
    if sd > 0.0 {
        normal::cdf(mean / sd)
    } else {
        0.5 * (1.0 + mean.partial_cmp(&0.0).map_or(0.0, |o| o as i8 as f64))
    }
}

fn two(mean: (f64, f64), sd: (f64, f64), covariance: f64) -> f64 {
    if sd.0 == 0.0 || sd.1 == 0.0 {
        return above(mean.0, sd.0) * above(mean.1, sd.1);
    }
    let rho = (covariance / (sd.0 * sd.1)).clamp(-1.0, 1.0);
    bivariate_normal::cdf(mean.0 / sd.0, mean.1 / sd.1, rho)
}

/// ∫ φ(z) P(X_2 > 0, X_3 > 0 | X_1 = m_1 + sd_1 z) dz over the z with X_1 > 0.
fn three(mean: [f64; 3], covariance: &[f64]) -> f64 {
    // The variable of the greatest variance is the one that is integrated over.
    let first = (0..3).fold(0, |best, i| if covariance[i * 4] > covariance[best * 4] { i } else { best });
    let (a, b) = ((first + 1) % 3, (first + 2) % 3);
    let sd = covariance[first * 4].max(0.0).sqrt();
    if sd == 0.0 {
        return mean.iter().map(|m| above(*m, 0.0)).product();
    }
    let (ca, cb) = (covariance[first * 3 + a] / sd, covariance[first * 3 + b] / sd);
    let va = (covariance[a * 4] - ca * ca).max(0.0).sqrt();
    let vb = (covariance[b * 4] - cb * cb).max(0.0).sqrt();
    let rest = covariance[a * 3 + b] - ca * cb;
    let low = (-mean[first] / sd).clamp(-9.0, 9.0);
    if low >= 9.0 {
        return 0.0;
    }
    let inner = |z: f64| normal::pdf(z) * two((mean[a] + ca * z, mean[b] + cb * z), (va, vb), rest);
    quadrature::adaptive(inner, low, 9.0, 1e-11).clamp(0.0, 1.0)
}

/// P(rank_i = r), row by row, of T ≤ 4 treatments whose small values are good.
pub(super) fn rank_probabilities(loss: &[f64], covariance: &[f64]) -> Vec<f64> {
    let t = loss.len();
    let mut probabilities = vec![0.0; t * t];
    for i in 0..t {
        let others: Vec<usize> = (0..t).filter(|j| *j != i).collect();
        let d = others.len();
        let c = |a: usize, b: usize| covariance[a * t + b];
        for pattern in 0..1_usize << d {
            // bit set: the other one is better, so that the difference is turned round
            let sign = |a: usize| if pattern >> a & 1 == 1 { -1.0 } else { 1.0 };
            let mean: Vec<f64> = (0..d).map(|a| sign(a) * (loss[others[a]] - loss[i])).collect();
            let mut v = vec![0.0; d * d];
            for a in 0..d {
                for b in 0..d {
                    let (j, k) = (others[a], others[b]);
                    v[a * d + b] = sign(a) * sign(b) * (c(j, k) - c(j, i) - c(i, k) + c(i, i));
                }
            }
            probabilities[i * t + pattern.count_ones() as usize] += orthant(&mean, &v);
        }
    }
    probabilities
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equicorrelated_orthants_are_known() {
        // Correlation ½ in d dimensions: 1 / (d + 1)
        let v = [1.0, 0.5, 0.5, 0.5, 1.0, 0.5, 0.5, 0.5, 1.0];
        assert!((orthant(&[0.0; 3], &v) - 0.25).abs() < 1e-10);
        // Independent: the product of the margins
        let v = [4.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.25];
        let product = normal::cdf(0.5) * normal::cdf(-0.3) * normal::cdf(0.8);
        assert!((orthant(&[1.0, -0.3, 0.4], &v) - product).abs() < 1e-10);
    }

    #[test]
    fn exchangeable_treatments_share_all_ranks() {
        for t in 2..=4 {
            let covariance: Vec<f64> = (0..t * t).map(|k| if k % (t + 1) == 0 { 1.0 } else { 0.2 }).collect();
            for p in rank_probabilities(&vec![0.3; t], &covariance) {
                assert!((p - 1.0 / t as f64).abs() < 1e-9);
            }
        }
    }
}
