//! The kernels of pooling: plain functions on slices that allocate nothing.
//!
//! The labelled fits are built around one call of them; leave-one-out, cumulative pooling, GOSH, bootstraps and batches
//! make millions.
//!
//! ```
//! use consilience::{pool::kernel, tau2::Tau2};
//!
//! let (yi, vi) = ([0.1, 0.5, 0.9, 0.2], [0.02, 0.05, 0.03, 0.04]);
//! let pooled = kernel::random(&yi, &vi, Tau2::Dl);
//! assert!(pooled.tau2 > 0.0 && pooled.variance > kernel::fixed(&yi, &vi).variance);
//! ```

use crate::tau2::{
    self, Tau2,
    lanes::sums,
    model::{Dominated, Mean, Model, dominated},
};

/// The pooled result of k studies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pooled {
    /// The weighted mean.
    pub estimate: f64,
    /// Its variance under the model.
    pub variance: f64,
    /// The variance between studies; 0 for a fixed effect.
    pub tau2: f64,
    /// Cochran's Q, with weights 1 / v.
    pub q: f64,
}

/// The fixed-effect (inverse-variance) mean. `yi` and `vi` have the same length; values are finite, variances positive.
pub fn fixed(yi: &[f64], vi: &[f64]) -> Pooled {
    let mut model = Mean::new(yi, vi);
    let (estimate, sum) = model.weighted(|_, v| 1.0 / v);
    Pooled { estimate, variance: 1.0 / sum, tau2: 0.0, q: model.q() }
}

/// The random-effects mean by DerSimonian and Laird, in one pass for the weights and one for the residuals.
pub fn dersimonian_laird(yi: &[f64], vi: &[f64]) -> Pooled {
    let [w1, w2, wy] = sums!(yi, vi, |_, y, v| {
        let w = v.recip();
        [w, w * w, w * y]
    });
    let mean = wy / w1;
    let [q] = sums!(yi, vi, |_, y, v| [(y - mean) * (y - mean) / v]);
    let mut trace = w1 - w2 / w1;
    if dominated(trace, w1) {
        trace = Dominated::new(vi, &|_, v| 1.0 / v).trace(|_| 1.0);
    }
    let tau2 = ((q - (yi.len() as f64 - 1.0)) / trace).max(0.0);
    if !(tau2 > 0.0) {
        return Pooled { estimate: mean, variance: 1.0 / w1, tau2: 0.0, q };
    }
    let (estimate, variance) = mean_at(yi, vi, tau2);
    Pooled { estimate, variance, tau2, q }
}

/// The random-effects mean with tau² by `method` (which for GENQ and GENQM has weights 1 / v). A single study is its own
/// mean, with tau² = 0.
pub fn random(yi: &[f64], vi: &[f64], method: Tau2) -> Pooled {
    if yi.len() < 2 {
        return fixed(yi, vi);
    }
    if method == Tau2::Dl {
        return dersimonian_laird(yi, vi);
    }
    let mut model = Mean::new(yi, vi);
    let tau2 = tau2::estimate_of(&mut model, method, None).tau2;
    let (estimate, variance) = mean_at(yi, vi, tau2);
    Pooled { estimate, variance, tau2, q: model.q() }
}

/// The mean with weights 1 / (v + tau²), and its variance 1 / Σw.
#[inline]
pub fn mean_at(yi: &[f64], vi: &[f64], tau2: f64) -> (f64, f64) {
    let [sum, sum_y] = sums!(yi, vi, |_, y, v| {
        let w = (v + tau2).recip();
        [w, w * y]
    });
    (sum_y / sum, 1.0 / sum)
}

/// Hartung and Knapp's factor Σ w (y - μ)² / (k - 1) with w = 1 / (v + tau²), by which they multiply the variance of the
/// mean.
#[inline]
pub fn hartung_knapp_factor(yi: &[f64], vi: &[f64], estimate: f64, tau2: f64) -> f64 {
    let sum: f64 = yi.iter().zip(vi).map(|(&y, &v)| (y - estimate) * (y - estimate) / (v + tau2)).sum();
    sum / (yi.len() as f64 - 1.0)
}

/// The typical sampling variance (k - 1) / (Σw - Σw² / Σw), w = 1 / v, of Higgins and Thompson (2002, equation 9,
/// doi:10.1002/sim.1186); for two studies or more.
pub fn typical_variance(vi: &[f64]) -> f64 {
    Mean::new(vi, vi).typical_variance()
}
