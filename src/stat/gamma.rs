//! The gamma distribution, by shape and scale.
//!
//! The density is f(x) = (x/scale)^(shape−1) exp(−x/scale) / (scale Γ(shape)) for x ≥ 0; the mean is shape · scale.
//! Tails are the incomplete gamma ratios of `cdflib`, extended to the smallest subnormal; the quantile is Newton's
//! method on the logarithm of the smaller tail. An x below 0 has cdf 0 and sf 1. A quantile that is smaller than the
//! smallest double is 0. Shapes and scales may be any positive numbers; the density is known from 1e-101 to 1e101.
//!
//! ```
//! use consilience::stat::{Tail, gamma};
//!
//! // an exponential waiting time of mean 2
//! assert!((gamma::sf(6.0, 1.0, 2.0) - (-3.0_f64).exp()).abs() < 1e-17);
//! assert!((gamma::quantile(Tail::Upper((-3.0_f64).exp()), 1.0, 2.0) - 6.0).abs() < 1e-14);
//! ```
//!
//! References: A. R. Didonato and A. H. Morris, Computation of the incomplete gamma function ratios and their
//! inverse, ACM Trans. Math. Softw. 12 (1986), doi:10.1145/22721.23109.

use super::inversion::positive_quantile;
use super::kernel::{NORMAL, gamma_density, gamma_log_density, gamma_pair, parameter, positive};
use super::{Tail, normal, special};

fn valid(shape: f64, scale: f64) -> bool {
    parameter(shape) && parameter(scale)
}

/// The density at x.
pub fn pdf(x: f64, shape: f64, scale: f64) -> f64 {
    if x.is_nan() || !valid(shape, scale) {
        return f64::NAN;
    }
    let z = x / scale;
    if z < 0.0 {
        return 0.0;
    }
    if z == 0.0 {
        return match shape.partial_cmp(&1.0) {
            Some(std::cmp::Ordering::Less) => f64::INFINITY,
            Some(std::cmp::Ordering::Equal) => 1.0 / scale,
            _ => 0.0,
        };
    }
    gamma_density(shape, z) / scale
}

/// P(X ≤ x).
pub fn cdf(x: f64, shape: f64, scale: f64) -> f64 {
    if x.is_nan() || !(positive(shape) && positive(scale)) {
        return f64::NAN;
    }
    gamma_pair(shape, (x / scale).max(0.0)).0
}

/// P(X > x).
pub fn sf(x: f64, shape: f64, scale: f64) -> f64 {
    if x.is_nan() || !(positive(shape) && positive(scale)) {
        return f64::NAN;
    }
    gamma_pair(shape, (x / scale).max(0.0)).1
}

/// The x with the given tail probability; 0 and infinity at the ends, NaN outside [0, 1].
pub fn quantile(tail: Tail, shape: f64, scale: f64) -> f64 {
    if !(positive(shape) && positive(scale)) {
        return f64::NAN;
    }
    if !(1e-101..=NORMAL).contains(&shape) {
        return limit(tail, shape, scale);
    }
    let start = start(tail, shape);
    scale
        * positive_quantile(tail, start, |x| {
            let (p, q) = gamma_pair(shape, x);
            (p, q, gamma_log_density(shape, x))
        })
}

/// The quantile of a shape beyond all counts, whose standard deviation is nothing beside its mean, or next to nothing, where
/// the upper tail is proportional to the shape.
fn limit(tail: Tail, shape: f64, scale: f64) -> f64 {
    match tail.smaller() {
        None => f64::NAN,
        Some(Tail::Lower(0.0)) => 0.0,
        Some(Tail::Upper(0.0)) => f64::INFINITY,
        Some(_) if shape > NORMAL => scale * shape,
        Some(Tail::Lower(_)) => 0.0,
        // At the smallest double the upper tail of this shape is below 1e-98.
        Some(Tail::Upper(q)) => match q / shape * 1e-101 {
            q if q > 1e-90 => 0.0,
            q => quantile(Tail::Upper(q), 1e-101, scale),
        },
    }
}

/// A start for Newton: the power law of the lower tail, or Wilson and Hilferty's cube.
fn start(tail: Tail, shape: f64) -> f64 {
    let z = normal::quantile(tail);
    let c = 1.0 / (9.0 * shape);
    let cube = shape * (1.0 - c + z * c.sqrt()).powi(3);
    match tail.smaller() {
        Some(Tail::Lower(p)) => {
            // F(x) ≤ x^a / Γ(a + 1), so this lies below the quantile
            let power = ((p.ln() + special::ln_gamma_1p(shape)) / shape).exp();
            power.max(if shape > 1.0 { cube } else { 0.0 })
        }
        Some(Tail::Upper(_)) if cube > 0.0 => cube,
        _ => shape,
    }
}
