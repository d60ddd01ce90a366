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

/// So many weights find room on the stack: the divisions that make them are most of the time of a small meta-analysis.
const ROOM: usize = 32;

/// The random-effects mean by DerSimonian and Laird, in one pass for the weights and one for the residuals.
pub fn dersimonian_laird(yi: &[f64], vi: &[f64]) -> Pooled {
    Weighed::of(yi, vi).pool(yi, vi)
}

/// Studies weighed by their variances alone, with the estimate of tau² by DerSimonian and Laird.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weighed {
    /// Σw and Σwy.
    sums: [f64; 2],
    q: f64,
    tau2: f64,
}

impl Weighed {
    pub fn of(yi: &[f64], vi: &[f64]) -> Self {
        let mut room = [0.0; ROOM];
        let [w1, w2, wy, q] = match room.get_mut(..vi.len()) {
            Some(weights) => {
                weights.iter_mut().zip(vi).for_each(|(w, v)| *w = 1.0 / v);
                moments::<true>(yi, weights)
            }
            None => moments::<false>(yi, vi),
        };
        let mut trace = w1 - w2 / w1;
        if dominated(trace, w1) {
            trace = Dominated::new(vi, &|_, v| 1.0 / v).trace(|_| 1.0);
        }
        let tau2 = ((q - (yi.len() as f64 - 1.0)) / trace).max(0.0);
        Weighed { sums: [w1, wy], q, tau2: if tau2 > 0.0 { tau2 } else { 0.0 } }
    }

    /// The mean with weights 1 / (v + tau²).
    pub fn pool(self, yi: &[f64], vi: &[f64]) -> Pooled {
        let Weighed { sums: [w1, wy], q, tau2 } = self;
        let (estimate, variance) = if tau2 > 0.0 { mean_at(yi, vi, tau2) } else { (wy / w1, 1.0 / w1) };
        Pooled { estimate, variance, tau2, q }
    }
}

/// Σw, Σw², Σwy and Q, of weights that are `GIVEN` or of the variances that they are the reciprocals of.
#[inline(always)]
fn moments<const GIVEN: bool>(yi: &[f64], of: &[f64]) -> [f64; 4] {
    let [w1, w2, wy] = sums!(yi, of, |_, y, x| {
        let w = if GIVEN { x } else { x.recip() };
        [w, w * w, w * y]
    });
    let mean = wy / w1;
    let [q] = sums!(yi, of, |_, y, x| {
        let w = if GIVEN { x } else { x.recip() };
        [(y - mean) * (y - mean) * w]
    });
    [w1, w2, wy, q]
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
