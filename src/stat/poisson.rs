//! The Poisson distribution.
//!
//! The mass function is Loader's saddle-point form, whose error does not grow with the mean; tails are incomplete gamma
//! ratios.
//!
//! ```
//! use consilience::stat::poisson;
//!
//! assert!((poisson::sf(0, 3.0) - (1.0 - (-3.0_f64).exp())).abs() < 1e-15);
//! ```
//!
//! References: C. Loader, Fast and accurate computation of binomial probabilities (2000).

use super::kernel::{gamma_pair, poisson_deviance, scaled_exp, stirling_remainder};

/// P(X = k).
pub fn pmf(k: u64, mean: f64) -> f64 {
    if !(0.0..f64::INFINITY).contains(&mean) {
        return f64::NAN;
    }
    if k == 0 {
        return scaled_exp(1.0, -mean);
    }
    if mean == 0.0 {
        return 0.0;
    }
    let x = k as f64;
    scaled_exp((std::f64::consts::TAU * x).sqrt().recip(), -stirling_remainder(x) - poisson_deviance(x, mean))
}

/// P(X ≤ k).
pub fn cdf(k: u64, mean: f64) -> f64 {
    if !(0.0..f64::INFINITY).contains(&mean) {
        return f64::NAN;
    }
    gamma_pair(k as f64 + 1.0, mean).1
}

/// P(X > k).
pub fn sf(k: u64, mean: f64) -> f64 {
    if !(0.0..f64::INFINITY).contains(&mean) {
        return f64::NAN;
    }
    gamma_pair(k as f64 + 1.0, mean).0
}
