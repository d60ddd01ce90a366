//! The generalized method of moments: y'Py with any fixed weights equals its expectation.
//!
//! For weights a, E(y'P_a y) = tr(P_a V) + tau² tr(P_a), so tau² = (y'P_a y - tr P_a V) / tr P_a, cut off at 0. Weights
//! 1 / v give DerSimonian and Laird (1986), equal weights Hedges and Olkin (1985); weights 1 / (v + tau²) at one of
//! these give the two-step estimators DL2 and CA2 (DerSimonian and Kacker 2007, doi:10.1016/j.cct.2006.04.004). The
//! standard error is that of the quadratic form: √(2 tr(P_a Σ P_a Σ)) / tr P_a with Σ = V + tau² I.

use super::model::Model;

/// The estimate with weights `weight`, and its standard error.
pub(super) fn with<M: Model>(model: &mut M, weight: impl Fn(usize, f64) -> f64) -> (f64, f64) {
    let m = model.moments(weight);
    let tau2 = ((m.rss - m.pv) / m.p).max(0.0);
    (tau2, m.variance(tau2).sqrt() / m.p)
}

/// The two-step estimate: the weights of the second step are those of a random-effects model at the first.
pub(super) fn two_step<M: Model>(model: &mut M, first: impl Fn(usize, f64) -> f64) -> (f64, f64) {
    let (tau2, _) = with(model, first);
    with(model, |_, v| 1.0 / (v + tau2))
}
