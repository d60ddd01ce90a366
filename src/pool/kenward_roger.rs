//! Kenward and Roger's adjustment for one mean and one variance component.
//!
//! With w = 1 / (v + tau²), sⱼ = Σwʲ and the expected information ½ tr PP of tau², W = 2 / tr PP, Φ = 1 / s₁:
//! the adjusted variance is Φ + 2 Φ² W (s₃ - s₂² / s₁), and the degrees of freedom are 2 / (W (Φ s₂)²)
//! (Kenward and Roger 1997, doi:10.2307/2533558, equations for one linear combination).

use crate::tau2::model::{Mean, Model};

/// The adjusted variance of the mean and its degrees of freedom.
pub(super) fn adjusted(yi: &[f64], vi: &[f64], tau2: f64) -> (f64, f64) {
    let (mut s1, mut s2, mut s3) = (0.0, 0.0, 0.0);
    for v in vi {
        let w = 1.0 / (v + tau2);
        s1 += w;
        s2 += w * w;
        s3 += w * w * w;
    }
    let phi = 1.0 / s1;
    let information = 0.5 * Mean::new(yi, vi).traces(|_, v| 1.0 / (v + tau2)).pp;
    let variance = phi + 2.0 * phi * phi * (s3 - s2 * s2 / s1) / information;
    (variance, 2.0 * information / (phi * s2).powi(2))
}
