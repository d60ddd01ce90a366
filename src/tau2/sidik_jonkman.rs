//! Sidik and Jonkman's estimator (2005, doi:10.1111/j.1467-9876.2005.00489.x), which is never 0 unless all estimates are
//! equal.
//!
//! From a crude start tau²₀ the weights are w = 1 / (v / tau²₀ + 1), and tau² = Σ w (y - x'b)² / (k - p), that is
//! tau²₀ y'Py / (k - p) at weights 1 / (v + tau²₀). SJ starts from Σ(y - ȳ)² / k; SJ2 from Hedges and Olkin's estimate,
//! at least 0.01 (Sidik and Jonkman 2007, doi:10.1002/sim.2688). A fixed point has y'Py = k - p: the Paule-Mandel root.

use super::{generalized_q, model::Model, paule_mandel};

/// SJ and its standard error.
pub(super) fn sj<M: Model>(model: &mut M) -> (f64, f64) {
    let yi = model.yi();
    let k = yi.len() as f64;
    let mean = yi.iter().sum::<f64>() / k;
    let start = yi.iter().map(|y| (y - mean) * (y - mean)).sum::<f64>() / k;
    from(model, start)
}

/// SJ2 and its standard error.
pub(super) fn sj2<M: Model>(model: &mut M) -> (f64, f64) {
    let (he, _) = generalized_q::with(model, |_, _| 1.0);
    from(model, he.max(0.01))
}

/// SJIT and its standard error.
pub(super) fn iterated<M: Model>(model: &mut M) -> (f64, f64) {
    let (tau2, _) = paule_mandel::pm(model);
    let (_, se) = from(model, tau2);
    (tau2, se)
}

fn from<M: Model>(model: &mut M, start: f64) -> (f64, f64) {
    if start == 0.0 {
        return (0.0, 0.0);
    }
    let df = model.df();
    let m = model.moments(|_, v| 1.0 / (v + start));
    let tau2 = start * m.rss / df;
    (tau2, start * m.variance(tau2).sqrt() / df)
}
