//! Hunter and Schmidt's estimator (1990, Methods of Meta-Analysis): tau² = (Q - k) / Σw with w = 1 / v, cut off at 0;
//! HSk multiplies Q by k / (k - p), which removes most of its downward bias (Brannick et al. 2019,
//! doi:10.1002/jrsm.1350).

use super::model::Model;

/// HS and its standard error.
pub(super) fn hs<M: Model>(model: &mut M) -> (f64, f64) {
    scaled(model, 1.0)
}

/// HSk and its standard error.
pub(super) fn hsk<M: Model>(model: &mut M) -> (f64, f64) {
    let factor = model.k() as f64 / model.df();
    scaled(model, factor)
}

fn scaled<M: Model>(model: &mut M, factor: f64) -> (f64, f64) {
    let k = model.k() as f64;
    let m = model.moments(|_, v| 1.0 / v);
    let tau2 = ((factor * m.rss - k) / m.w).max(0.0);
    (tau2, factor * m.variance(tau2).sqrt() / m.w)
}
