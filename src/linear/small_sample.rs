//! Degrees of freedom of contrasts when variances are estimated: Satterthwaite, Fai and Cornelius, Kenward and Roger.
//!
//! With the covariance Φ of the coefficients, its derivatives -Φ P_a Φ by the variance parameters and the covariance V of these:
//!
//! - a contrast c has the variance s = c'Φc with the gradient g of entries c'ΦP_aΦc: its degrees of freedom are 2s² / (g'Vg);
//! - several contrasts are rotated to independent ones with degrees of freedom ν_m; with E = Σ ν_m / (ν_m - 2) over those above
//!   2 the F statistic has 2E / (E - q) (Fai and Cornelius 1996, doi:10.1080/00949659608811740);
//! - Kenward and Roger (1997, doi:10.2307/2533558) scale F: with K_a = (L'ΦL)⁻¹ L'ΦP_aΦL, A₁ = Σ V_ab tr K_a tr K_b and
//!   A₂ = Σ V_ab tr K_a K_b, from which the scale λ and the denominator degrees of freedom follow (their section 3.2). For one
//!   contrast λ = 1 and df = 2 / A₁.
//!
//! The covariance that they adjust is made where the model is known: [`regression`](crate::regression) has one variance,
//! [`multilevel`](crate::multilevel) several.

use nalgebra::{DMatrix, DVector, SymmetricEigen};

use super::basis::independent;

/// The quantities behind degrees of freedom, in orthonormal coordinates.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SmallSample {
    /// Φ.
    pub phi: DMatrix<f64>,
    /// Φ P_a Φ of each parameter.
    pub slopes: Vec<DMatrix<f64>>,
    /// V.
    pub covariance: DMatrix<f64>,
}

impl SmallSample {
    /// Satterthwaite's degrees of freedom of a contrast, which are Kenward and Roger's too; `None` if its variance is known.
    pub fn degrees_of_freedom(&self, c: &DVector<f64>) -> Option<f64> {
        let variance = c.dot(&(&self.phi * c));
        let gradient = DVector::from_fn(self.slopes.len(), |a, _| c.dot(&(&self.slopes[a] * c)));
        let spread = gradient.dot(&(&self.covariance * &gradient));
        let df = 2.0 * variance * variance / spread;
        (df > 0.0 && df.is_finite()).then_some(df)
    }

    /// The denominator degrees of freedom of the F test of several contrasts, the columns of `l`, after Fai and Cornelius.
    pub fn several_degrees_of_freedom(&self, l: &DMatrix<f64>) -> Option<f64> {
        let eigen = SymmetricEigen::try_new(l.tr_mul(&(&self.phi * l)), f64::EPSILON, 10_000)?;
        let q = l.ncols() as f64;
        let mut sum = 0.0;
        let mut only = None;
        for column in eigen.eigenvectors.column_iter() {
            let df = self.degrees_of_freedom(&(l * column)).unwrap_or(f64::INFINITY);
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

    /// The factor of Kenward and Roger's F statistic and its denominator degrees of freedom, for the contrasts in the columns of `l`.
    pub fn scale(&self, l: &DMatrix<f64>) -> Option<(f64, f64)> {
        let theta = independent(l.tr_mul(&(&self.phi * l)))?;
        let images: Vec<DMatrix<f64>> =
            self.slopes.iter().map(|slope| theta.solve(&l.tr_mul(&(slope * l)))).collect();
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

/// The factor of the F statistic of m contrasts and its denominator degrees of freedom, from A₁ and A₂ (Kenward and Roger
/// 1997, section 3.2); `None` where the approximation breaks down.
fn f_scale(a1: f64, a2: f64, contrasts: usize) -> Option<(f64, f64)> {
    if contrasts == 1 {
        return Some((1.0, 2.0 / a1)).filter(|(_, df)| df.is_finite());
    }
    let m = contrasts as f64;
    let b = (a1 + 6.0 * a2) / (2.0 * m);
    let g = ((m + 1.0) * a1 - (m + 4.0) * a2) / ((m + 2.0) * a2);
    let d = 3.0 * m + 2.0 * (1.0 - g);
    let (c1, c2, c3) = (g / d, (m - g) / d, (m + 2.0 - g) / d);
    let mean = 1.0 / (1.0 - a2 / m);
    let variance = 2.0 / m * (1.0 + c1 * b) / ((1.0 - c2 * b).powi(2) * (1.0 - c3 * b));
    let rho = variance / (2.0 * mean * mean);
    let df = 4.0 + (m + 2.0) / (m * rho - 1.0);
    let lambda = df / (mean * (df - 2.0));
    (df > 2.0 && lambda > 0.0 && df.is_finite()).then_some((lambda, df))
}
