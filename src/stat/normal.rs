//! The standard normal distribution.
//!
//! For P values and intervals with known standard errors. The density is φ(x) = exp(−x²/2) / √(2π).
//!
//! Tails are Cody's rational approximations (`cdflib`), beyond 37 the asymptotic series, so that they reach the
//! smallest subnormal; the quantile is the inverse complementary error function of `statrs`. Measured against
//! 60-digit arithmetic: tails 3e-16 relative where they are normal numbers, quantiles 4e-16.
//!
//! ```
//! use consilience::stat::{Tail, normal};
//!
//! assert!((normal::quantile(Tail::Upper(0.025)) - 1.959963984540054).abs() < 1e-15);
//! assert!((normal::two_sided(1.959963984540054) - 0.05).abs() < 1e-16);
//! ```
//!
//! References: W. J. Cody, Rational Chebyshev approximations for the error function, Math. Comp. 23 (1969),
//! doi:10.1090/S0025-5718-1969-0247736-4.

use super::Tail;

const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_741_78;
const ONE_OVER_SQRT_2PI: f64 = 0.398_942_280_401_432_677_94;

/// The density φ(x).
pub fn pdf(x: f64) -> f64 {
    if x.is_infinite() {
        return 0.0;
    }
    let (coarse, fine) = split_square(x.abs());
    let half = (-0.25 * coarse).exp();
    (ONE_OVER_SQRT_2PI * (-0.5 * fine).exp() * half) * half
}

/// x² as a part without rounding error in its half and a small rest.
fn split_square(x: f64) -> (f64, f64) {
    if x > 100.0 {
        return (x * x, 0.0);
    }
    let coarse = (x * 16.0).trunc() / 16.0;
    (coarse * coarse, (x - coarse) * (x + coarse))
}

/// The logarithm of the density.
pub fn ln_pdf(x: f64) -> f64 {
    -0.5 * x * x - LN_SQRT_2PI
}

/// P(X ≤ x).
pub fn cdf(x: f64) -> f64 {
    if x.is_nan() {
        return f64::NAN;
    }
    if x < -37.0 { far(-x, 1.0) } else { cdflib::special::cumnor(x.min(40.0)).0 }
}

/// P(X > x).
pub fn sf(x: f64) -> f64 {
    cdf(-x)
}

/// P(X > x) for x ≥ 37 by the asymptotic series, times `sides` before it is rounded to a subnormal.
fn far(x: f64, sides: f64) -> f64 {
    if x > 40.0 {
        return 0.0;
    }
    let t = 1.0 / (x * x);
    let series = 1.0 - t * (1.0 - 3.0 * t * (1.0 - 5.0 * t * (1.0 - 7.0 * t * (1.0 - 9.0 * t))));
    let (coarse, fine) = split_square(x);
    let half = (-0.25 * coarse).exp();
    (sides * ONE_OVER_SQRT_2PI * (-0.5 * fine).exp() * series / x * half) * half
}

/// erfc(x) for x ≥ 26 by the asymptotic series.
pub(crate) fn erfc_far(x: f64) -> f64 {
    if x > 28.0 {
        return 0.0;
    }
    let t = 0.5 / (x * x);
    let series = 1.0 - t * (1.0 - 3.0 * t * (1.0 - 5.0 * t * (1.0 - 7.0 * t * (1.0 - 9.0 * t))));
    let (coarse, fine) = split_square(x);
    let half = (-0.5 * coarse).exp();
    ((-fine).exp() * series / (x * std::f64::consts::PI.sqrt()) * half) * half
}

/// The two-sided P value 2 P(X > |z|).
pub fn two_sided(z: f64) -> f64 {
    let z = z.abs();
    if z > 37.0 { far(z, 2.0) } else { 2.0 * sf(z) }
}

/// The logarithm of P(X ≤ x), also where the probability itself underflows.
pub fn ln_cdf(x: f64) -> f64 {
    if x > -37.0 {
        // near 0 from the other tail
        return if x > 1.0 { (-sf(x)).ln_1p() } else { cdf(x).ln() };
    }
    if x == f64::NEG_INFINITY {
        return x;
    }
    let t = 1.0 / (x * x);
    let series = t * (1.0 - 3.0 * t * (1.0 - 5.0 * t * (1.0 - 7.0 * t * (1.0 - 9.0 * t))));
    ln_pdf(x) - (-x).ln() + (-series).ln_1p()
}

/// The logarithm of P(X > x).
pub fn ln_sf(x: f64) -> f64 {
    ln_cdf(-x)
}

/// The logarithm of the two-sided P value, also where the P value itself underflows.
pub fn ln_two_sided(z: f64) -> f64 {
    ln_sf(z.abs()) + std::f64::consts::LN_2
}

/// The x with the given tail probability; infinite at 0 and 1, NaN outside [0, 1].
pub fn quantile(tail: Tail) -> f64 {
    match tail.smaller() {
        None => f64::NAN,
        Some(Tail::Lower(p)) => -upper_quantile(p),
        Some(Tail::Upper(q)) => upper_quantile(q),
    }
}

/// The x ≥ 0 with P(X > x) = q ≤ ½.
fn upper_quantile(q: f64) -> f64 {
    if q == 0.0 {
        return f64::INFINITY;
    }
    if q == 0.5 {
        return 0.0;
    }
    std::f64::consts::SQRT_2 * statrs::function::erf::erfc_inv(2.0 * q)
}
