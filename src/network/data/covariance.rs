//! The covariance of the contrasts of a study from the variances of its pairs, and the contrasts from its pairs.
//!
//! Polarization: cov(a - o, b - o) = ½ (v_ao + v_bo - v_ab), whatever the measure. The matrix exists as a covariance
//! exactly when it is positive definite; independence of the arms is not needed.

use crate::linalg::cholesky;

/// The covariance of the contrasts of arms 1..p with arm 0, from the variances of all pairs.
pub(super) fn polarized(p: usize, v: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let mut covariance = Vec::with_capacity((p - 1) * (p - 1));
    for b in 1..p {
        for a in 1..p {
            covariance.push(if a == b { v(a, 0) } else { 0.5 * (v(a, 0) + v(b, 0) - v(a, b)) });
        }
    }
    covariance
}

/// The smallest pivot of a covariance matrix, as a part of its diagonal, that is told from rounding.
const LEAST_PIVOT: f64 = 1e-12;

/// The covariance is positive definite, beyond rounding.
pub(super) fn is_positive_definite(covariance: &[f64], n: usize) -> bool {
    let mut l = covariance.to_vec();
    cholesky::factor(&mut l, n).is_ok()
        && (0..n).all(|a| l[a * n + a].powi(2) > LEAST_PIVOT * covariance[a * n + a])
}

/// Three arms (a, b, c) whose standard errors break √v_ab ≤ √v_ac + √v_bc, if there are any.
pub(super) fn broken_triangle(p: usize, v: impl Fn(usize, usize) -> f64) -> Option<(usize, usize, usize)> {
    for a in 0..p {
        for b in a + 1..p {
            for c in (0..p).filter(|&c| c != a && c != b) {
                if v(a, b).sqrt() >= v(a, c).sqrt() + v(b, c).sqrt() {
                    return Some((a, b, c));
                }
            }
        }
    }
    None
}

/// The largest |y_ij + y_jk - y_ik| over all triples of arms.
pub(super) fn largest_contradiction(p: usize, y: impl Fn(usize, usize) -> f64) -> f64 {
    let mut largest = 0.0_f64;
    for i in 0..p {
        for j in i + 1..p {
            for k in j + 1..p {
                largest = largest.max((y(i, j) + y(j, k) - y(i, k)).abs());
            }
        }
    }
    largest
}

/// The consistent contrasts with arm 0 that are nearest to the pairs, by the study's own weights.
pub(super) fn projected(p: usize, covariance: &[f64], y: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let n = p - 1;
    let mut w = covariance.to_vec();
    if cholesky::invert(&mut w, n).is_err() {
        return (1..p).map(|a| y(a, 0)).collect();
    }
    // the edge weights of the study's Laplacian: between arms a, b ≥ 1 minus the precision, to arm 0 its row sum
    let weight = |a: usize, b: usize| match (a.min(b), a.max(b)) {
        (0, b) => (0..n).map(|c| w[(b - 1) * n + c]).sum::<f64>(),
        (a, b) => -w[(a - 1) * n + b - 1],
    };
    let mut currents: Vec<f64> =
        (1..p).map(|a| (0..p).filter(|&b| b != a).map(|b| weight(a, b) * y(a, b)).sum()).collect();
    // the grounded Laplacian is the precision, so its inverse is the covariance
    let copy = currents.clone();
    for (a, x) in currents.iter_mut().enumerate() {
        *x = (0..n).map(|b| covariance[b * n + a] * copy[b]).sum();
    }
    currents
}
