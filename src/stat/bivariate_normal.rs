//! provisional
#![allow(missing_docs, clippy::all)]
use super::{normal, quadrature};
pub fn cdf(x: f64, y: f64, rho: f64) -> f64 {
    normal::cdf(x) * normal::cdf(y)
        + quadrature::adaptive(
            |t: f64| (-(x * x + y * y - 2.0 * x * y * t.sin()) / (2.0 * t.cos().powi(2))).exp(),
            0.0,
            rho.asin(),
            1e-14,
        ) / (2.0 * std::f64::consts::PI)
}
