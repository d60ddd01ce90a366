//! GENQM: the tau² at which the observed y'P_a y, with fixed weights a, is the median of its exact distribution; 0 if it
//! lies below the median already at 0 (Viechtbauer 2021, doi:10.1002/jrsm.1517).

use super::{interval::Distribution, model::Model};

/// The estimate with weights `weight`, and the standard error of the quadratic form at it.
pub(super) fn with<M: Model>(model: &mut M, weight: impl Fn(usize, f64) -> f64) -> (f64, f64) {
    let distribution = Distribution::new(model, &weight);
    let tau2 = distribution.solve(|t| distribution.upper_tail(t) - 0.5).unwrap_or(0.0);
    let m = model.moments(weight);
    (tau2, m.variance(tau2).sqrt() / m.p)
}
