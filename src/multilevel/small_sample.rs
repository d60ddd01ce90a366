//! The needs of small-sample inference of a multilevel model: the slopes of the covariance of its coefficients by the variance
//! parameters, the covariance of these, and the covariance that Kenward and Roger adjust.
//!
//! With Φ = (X'WX)⁻¹, `P_a = ∂a(X'WX)`, `Q_ab = X'WΣ_aWΣ_bWX` and the inverse expected information of the parameters
//! `V = I⁻¹`, `I_ab = ½ [tr(C_aC_b) − 2 tr(ΦQ_ab) + tr(ΦP_aΦP_b)]` (REML; ML: its first term), Kenward and Roger (1997,
//! doi:10.2307/2533558) add `2Φ{Σ V_ab (Q_ab − P_aΦP_b)}Φ` to Φ. Degrees of freedom follow as for every model
//! (`linear::small_sample`).
//!
//! Parameters at the edge of what is possible, and those that are held, count as known.

use nalgebra::{DMatrix, SymmetricEigen};

use super::likelihood::{Kind, Point, Problem};
use super::structure::Bound;
use crate::linear::small_sample::SmallSample;

/// The parameters that are estimated: neither held nor at the edge of what is possible.
pub(super) fn free_parameters(best: &Point, bounds: &[Bound], fixed: &[bool]) -> Vec<usize> {
    let inside = |a: usize| best.theta[a] > bounds[a].lower && best.theta[a] < bounds[a].upper;
    (0..best.theta.len()).filter(|&a| !fixed[a] && inside(a)).collect()
}

/// The quantities behind degrees of freedom and Kenward and Roger's covariance, in orthonormal coordinates, at the maximum; `None` if
/// the information is singular or no parameter is free.
pub(super) fn small_sample(
    problem: &Problem,
    free: &[usize],
    best: &Point,
) -> Option<(SmallSample, DMatrix<f64>)> {
    let sums = problem.sums(&best.theta, false)?;
    let (p, q, m, n) = (problem.p, sums.q, sums.m, free.len());
    if n == 0 {
        return None;
    }
    let corner = |values: &[f64]| DMatrix::from_fn(p, p, |i, j| values[i * q + j]);
    let phi = best.extra.covariance.clone();
    let slope = |a: usize| corner(&sums.cross_first[a * q * q..(a + 1) * q * q]);
    let scaled: Vec<DMatrix<f64>> = free.iter().map(|&a| &phi * slope(a)).collect();
    let mut information = DMatrix::zeros(n, n);
    let mut middle = vec![vec![DMatrix::zeros(0, 0); n]; n];
    for i in 0..n {
        for j in 0..=i {
            let at = free[i] * m + free[j];
            // Q_ab + Q_ba.
            let both = corner(&sums.cross_second[at * q * q..(at + 1) * q * q]);
            let mut entry = -sums.log_det_second[at];
            if problem.kind == Kind::Reml {
                entry += -(&phi * &both).trace() + (&scaled[i] * &scaled[j]).trace();
            }
            information[(i, j)] = 0.5 * entry;
            information[(j, i)] = 0.5 * entry;
            middle[i][j] = 0.5 * both;
            middle[j][i] = middle[i][j].clone();
        }
    }
    let covariance = inverse(&information)?;
    let mut sum = DMatrix::zeros(p, p);
    for i in 0..n {
        for j in 0..n {
            sum += (&middle[i][j] - slope(free[i]) * &scaled[j]) * covariance[(i, j)];
        }
    }
    let added = &phi * sum * &phi;
    let adjusted = &phi + &added + added.transpose();
    let slopes = scaled.iter().map(|scaled| scaled * &phi).collect();
    Some((SmallSample { phi, slopes, covariance }, adjusted))
}

/// The generalized inverse of an information matrix, made where its diagonal is 1, so that the scales of parameters do not matter.
fn inverse(information: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    let n = information.nrows();
    let units: Vec<f64> = (0..n).map(|i| information[(i, i)].sqrt()).collect();
    if units.iter().any(|unit| !(*unit > 0.0 && unit.is_finite())) {
        return None;
    }
    let correlation = DMatrix::from_fn(n, n, |i, j| information[(i, j)] / (units[i] * units[j]));
    let eigen = SymmetricEigen::try_new(correlation, f64::EPSILON, 10_000)?;
    // Directions of which the data say nothing (signs and rotations that leave the covariance as it is) are left out. Of a matrix with
    // a diagonal of 1, rounding leaves eigenvalues of about 1e-14 where there should be 0.
    let kept = eigen.eigenvalues.map(|value| if value > 1e-10 { 1.0 / value } else { 0.0 });
    let inverse = &eigen.eigenvectors * DMatrix::from_diagonal(&kept) * eigen.eigenvectors.transpose();
    Some(DMatrix::from_fn(n, n, |i, j| inverse[(i, j)] / (units[i] * units[j])))
}
