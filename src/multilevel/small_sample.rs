//! Degrees of freedom of coefficients when variances are estimated: Satterthwaite, Fai and Cornelius, Kenward and Roger.
//!
//! With Φ = (X'WX)⁻¹, `P_a = ∂a(X'WX)`, `Q_ab = X'WΣ_aWΣ_bWX` and the inverse expected information of the parameters
//! `V = I⁻¹`, `I_ab = ½ [tr(C_aC_b) − 2 tr(ΦQ_ab) + tr(ΦP_aΦP_b)]` (REML; ML: its first term):
//!
//! - a contrast c has the variance s = c'Φc with the gradient `−c'ΦP_aΦc`: its degrees of freedom are `2s²/(g'Vg)`;
//! - several contrasts are rotated to independent ones with degrees of freedom ν_m; with E = Σ ν_m/(ν_m − 2) over those above
//!   2 the F statistic has 2E/(E − q) (Fai and Cornelius 1996, doi:10.1080/00949659608811740);
//! - Kenward and Roger (1997, doi:10.2307/2533558) add `2Φ{Σ V_ab (Q_ab − P_aΦP_b)}Φ` to Φ, and scale F.
//!
//! Parameters at the edge of what is possible, and those that are held, count as known.

use nalgebra::{DMatrix, DVector, SymmetricEigen};

use super::likelihood::{Kind, Point, Problem};
use super::structure::Bound;
use crate::regression::f_scale;

/// The parameters that are estimated: neither held nor at the edge of what is possible.
pub(super) fn free_parameters(best: &Point, bounds: &[Bound], fixed: &[bool]) -> Vec<usize> {
    let inside = |a: usize| best.theta[a] > bounds[a].lower && best.theta[a] < bounds[a].upper;
    (0..best.theta.len()).filter(|&a| !fixed[a] && inside(a)).collect()
}

/// The quantities behind degrees of freedom, in orthonormal coordinates.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SmallSample {
    phi: DMatrix<f64>,
    /// Φ P_a Φ, of the free parameters.
    slopes: Vec<DMatrix<f64>>,
    /// V.
    covariance: DMatrix<f64>,
    /// Rows of R⁻¹: from contrasts of coefficients to those of orthonormal ones.
    back: DMatrix<f64>,
    adjusted: DMatrix<f64>,
}

impl SmallSample {
    /// At the maximum; `None` if the information is singular.
    pub fn new(
        problem: &Problem,
        bounds: &[Bound],
        fixed: &[bool],
        best: &Point,
        back: &DMatrix<f64>,
    ) -> Option<Self> {
        let sums = problem.sums(&best.theta, false)?;
        let (p, q, m) = (problem.p, sums.q, sums.m);
        let free = free_parameters(best, bounds, fixed);
        if free.is_empty() {
            return None;
        }
        let corner = |values: &[f64]| DMatrix::from_fn(p, p, |i, j| values[i * q + j]);
        let phi = best.extra.covariance.clone();
        let slope = |a: usize| corner(&sums.cross_first[a * q * q..(a + 1) * q * q]);
        let scaled: Vec<DMatrix<f64>> = free.iter().map(|&a| &phi * slope(a)).collect();
        let n = free.len();
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
        // In units in which its diagonal is 1, so that the scales of parameters do not matter.
        let units: Vec<f64> = (0..n).map(|i| information[(i, i)].sqrt()).collect();
        if units.iter().any(|unit| !(*unit > 0.0 && unit.is_finite())) {
            return None;
        }
        let correlation = DMatrix::from_fn(n, n, |i, j| information[(i, j)] / (units[i] * units[j]));
        let eigen = SymmetricEigen::try_new(correlation, f64::EPSILON, 10_000)?;
        // Directions of which the data say nothing (signs and rotations that leave the covariance as it is) are left out.
        let inverse = &eigen.eigenvectors
            * DMatrix::from_diagonal(
                &eigen.eigenvalues.map(|value| if value > 1e-10 { 1.0 / value } else { 0.0 }),
            )
            * eigen.eigenvectors.transpose();
        let covariance = DMatrix::from_fn(n, n, |i, j| inverse[(i, j)] / (units[i] * units[j]));
        let mut sum = DMatrix::zeros(p, p);
        for i in 0..n {
            for j in 0..n {
                let square = &middle[i][j] - slope(free[i]) * &scaled[j];
                sum += square * covariance[(i, j)];
            }
        }
        let added = &phi * sum * &phi;
        let adjusted = &phi + &added + added.transpose();
        let slopes = scaled.iter().map(|scaled| scaled * &phi).collect();
        Some(SmallSample { phi, slopes, covariance, back: back.clone(), adjusted })
    }

    /// Kenward and Roger's covariance of the orthonormal coefficients.
    pub fn adjusted(&self) -> &DMatrix<f64> {
        &self.adjusted
    }

    fn of_contrast(&self, c: &DVector<f64>) -> Option<f64> {
        let variance = c.dot(&(&self.phi * c));
        let gradient = DVector::from_fn(self.slopes.len(), |a, _| c.dot(&(&self.slopes[a] * c)));
        let spread = gradient.dot(&(&self.covariance * &gradient));
        let df = 2.0 * variance * variance / spread;
        (df > 0.0 && df.is_finite()).then_some(df)
    }

    /// Satterthwaite's degrees of freedom of a contrast, which are Kenward and Roger's too; `None` if no variance is
    /// estimated.
    pub fn degrees_of_freedom(&self, row: &[f64]) -> Option<f64> {
        self.of_contrast(&self.back.tr_mul(&DVector::from_column_slice(row)))
    }

    /// Contrasts of coefficients, the columns of `l`, as contrasts of orthonormal ones.
    fn on_orthonormal(&self, l: &DMatrix<f64>) -> DMatrix<f64> {
        self.back.tr_mul(l)
    }

    /// The denominator degrees of freedom of the F test of several contrasts, the columns of `l`, after Fai and Cornelius.
    pub fn several_degrees_of_freedom(&self, l: &DMatrix<f64>) -> Option<f64> {
        let l = self.on_orthonormal(l);
        let eigen = SymmetricEigen::try_new(l.tr_mul(&(&self.phi * &l)), f64::EPSILON, 10_000)?;
        let q = l.ncols() as f64;
        let mut sum = 0.0;
        let mut only = None;
        for column in eigen.eigenvectors.column_iter() {
            let df = self.of_contrast(&(&l * column)).unwrap_or(f64::INFINITY);
            only = Some(df);
            if df > 2.0 {
                sum += if df.is_finite() { df / (df - 2.0) } else { 1.0 };
            }
        }
        if l.ncols() == 1 {
            return only.filter(|df| df.is_finite());
        }
        // Sums of no more than q leave nothing to go by: 2 degrees of freedom are the least of the method.
        Some(if sum > q { 2.0 * sum / (sum - q) } else { 2.0 }).filter(|df| df.is_finite())
    }

    /// The factor of Kenward and Roger's F statistic and its denominator degrees of freedom.
    pub fn scale(&self, l: &DMatrix<f64>) -> Option<(f64, f64)> {
        let l = self.on_orthonormal(l);
        let theta = l.tr_mul(&(&self.phi * &l)).try_inverse()?;
        let images: Vec<DMatrix<f64>> =
            self.slopes.iter().map(|slope| &theta * l.tr_mul(&(slope * &l))).collect();
        let (mut a1, mut a2) = (0.0, 0.0);
        for (i, x) in images.iter().enumerate() {
            for (j, y) in images.iter().enumerate() {
                a1 += self.covariance[(i, j)] * x.trace() * y.trace();
                a2 += self.covariance[(i, j)] * (x * y).trace();
            }
        }
        f_scale(a1, a2, l.ncols())
    }
}
