//! Kenward and Roger's adjusted covariance and degrees of freedom for p coefficients and one variance component.
//!
//! With Φ = (X'WX)⁻¹, S₂ = X'W²X, S₃ = X'W³X and the expected information ½ tr PP of tau², u = 2 / tr PP:
//!
//! - adjusted covariance Φ + 2u Φ (S₃ - S₂ΦS₂) Φ;
//! - for m contrasts L, K = (L'ΦL)⁻¹ L'ΦS₂ΦL, A₁ = u (tr K)², A₂ = u tr KK, from which the scale λ and the denominator
//!   degrees of freedom of the F statistic follow (their section 3.2). For one contrast λ = 1 and df = 2 / A₁.
//!
//! Reference: Kenward and Roger (1997), Small sample inference for fixed effects from restricted maximum likelihood,
//! doi:10.2307/2533558.

use nalgebra::{DMatrix, DVector};

use super::kernel::independent;
use crate::tau2::{linear::Linear, model::Model};

/// The quantities behind degrees of freedom, on Q.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct KenwardRoger {
    phi: DMatrix<f64>,
    /// ΦS₂Φ.
    middle: DMatrix<f64>,
    /// Var(tau²).
    u: f64,
}

impl KenwardRoger {
    /// With the adjusted covariance on Q.
    pub fn new(model: &mut Linear<'_>, tau2: f64) -> (Self, DMatrix<f64>) {
        let p = model.p();
        let phi = DMatrix::from_column_slice(p, p, model.solution(|_, v| 1.0 / (v + tau2)).1);
        let (mut s2, mut s3) = (DMatrix::zeros(p, p), DMatrix::zeros(p, p));
        for (i, &v) in model.vi().iter().enumerate() {
            let w = 1.0 / (v + tau2);
            let row = DVector::from_column_slice(model.row(i));
            s2.ger(w * w, &row, &row, 1.0);
            s3.ger(w * w * w, &row, &row, 1.0);
        }
        let u = 2.0 / model.traces(|_, v| 1.0 / (v + tau2)).pp;
        let adjusted = &phi + (&phi * (&s3 - &s2 * &phi * &s2) * &phi) * (2.0 * u);
        let middle = &phi * s2 * &phi;
        (KenwardRoger { phi, middle, u }, adjusted)
    }

    /// The degrees of freedom of one contrast on Q.
    pub fn degrees_of_freedom(&self, l: &[f64]) -> f64 {
        let l = DVector::from_column_slice(l);
        let k = (&self.middle * &l).dot(&l) / (&self.phi * &l).dot(&l);
        2.0 / (self.u * k * k)
    }

    /// The factor of the F statistic and its denominator degrees of freedom for the contrasts in the columns of `l`.
    pub fn scale(&self, l: &DMatrix<f64>) -> Option<(f64, f64)> {
        let k = independent(l.tr_mul(&(&self.phi * l)))?.solve(&l.tr_mul(&(&self.middle * l)));
        let (a1, a2) = (self.u * k.trace().powi(2), self.u * (&k * &k).trace());
        f_scale(a1, a2, l.ncols())
    }
}

/// The factor of the F statistic of m contrasts and its denominator degrees of freedom, from A₁ and A₂ (Kenward and Roger
/// 1997, section 3.2); `None` where the approximation breaks down.
pub(crate) fn f_scale(a1: f64, a2: f64, contrasts: usize) -> Option<(f64, f64)> {
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
