//! Kenward and Roger's adjusted covariance and degrees of freedom for p coefficients and one variance component.
//!
//! With Φ = (X'WX)⁻¹, S₂ = X'W²X, S₃ = X'W³X and the expected information ½ tr PP of tau², u = 2 / tr PP, the adjusted covariance is
//! Φ + 2u Φ (S₃ - S₂ΦS₂) Φ. Degrees of freedom follow from ΦS₂Φ, the slope of Φ, and u, the variance of tau², as for every model
//! (`linear::small_sample`).
//!
//! Reference: Kenward and Roger (1997), Small sample inference for fixed effects from restricted maximum likelihood,
//! doi:10.2307/2533558.

use nalgebra::{DMatrix, DVector};

use crate::{
    linear::small_sample::SmallSample,
    tau2::{linear::Linear, model::Model},
};

/// The quantities behind degrees of freedom, and the adjusted covariance, on Q.
pub(super) fn kenward_roger(model: &mut Linear<'_>, tau2: f64) -> (SmallSample, DMatrix<f64>) {
    let p = model.p();
    // Weights relative to the largest, so that their third powers are numbers: with them Φ is in units of `unit`.
    let unit = model.vi().iter().copied().fold(f64::INFINITY, f64::min) + tau2;
    let weight = |v: f64| unit / (v + tau2);
    let phi = DMatrix::from_column_slice(p, p, model.solution(|_, v| weight(v)).1);
    let (mut s2, mut s3) = (DMatrix::zeros(p, p), DMatrix::zeros(p, p));
    for (i, &v) in model.vi().iter().enumerate() {
        let w = weight(v);
        let row = DVector::from_column_slice(model.row(i));
        s2.ger(w * w, &row, &row, 1.0);
        s3.ger(w * w * w, &row, &row, 1.0);
    }
    let u = 2.0 / model.traces(|_, v| weight(v)).pp;
    let adjusted = (&phi + (&phi * (&s3 - &s2 * &phi * &s2) * &phi) * (2.0 * u)) * unit;
    let slopes = vec![&phi * s2 * &phi];
    let (phi, u) = (phi * unit, u * unit * unit);
    (SmallSample { phi, slopes, covariance: DMatrix::from_element(1, 1, u) }, adjusted)
}
