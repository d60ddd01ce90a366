//! The binomial distribution: k events in n trials of probability p.
//!
//! The mass function is Loader's saddle-point form, whose error does not grow with n; tails are incomplete beta ratios.
//!
//! ```
//! use consilience::stat::binomial;
//!
//! // a sign test: 2 or fewer of 12
//! assert!((binomial::cdf(2, 12, 0.5) - 79.0 / 4096.0).abs() < 1e-16);
//! ```
//!
//! References: C. Loader, Fast and accurate computation of binomial probabilities (2000).

use super::kernel::{beta_pair, poisson_deviance, scaled_exp, stirling_remainder};

/// P(X = k).
pub fn pmf(k: u64, n: u64, p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if k > n {
        return 0.0;
    }
    let q = 1.0 - p;
    if p == 0.0 {
        return if k == 0 { 1.0 } else { 0.0 };
    }
    if q == 0.0 {
        return if k == n { 1.0 } else { 0.0 };
    }
    let (x, n) = (k as f64, n as f64);
    if k == 0 {
        return scaled_exp(1.0, n * (-p).ln_1p());
    }
    if x == n {
        return scaled_exp(1.0, n * p.ln());
    }
    let remainder = stirling_remainder(n) - stirling_remainder(x) - stirling_remainder(n - x);
    let deviance = poisson_deviance(x, n * p) + poisson_deviance(n - x, n * q);
    scaled_exp((n / (std::f64::consts::TAU * x * (n - x))).sqrt(), remainder - deviance)
}

/// P(X ≤ k).
pub fn cdf(k: u64, n: u64, p: f64) -> f64 {
    tails(k, n, p).0
}

/// P(X > k).
pub fn sf(k: u64, n: u64, p: f64) -> f64 {
    tails(k, n, p).1
}

fn tails(k: u64, n: u64, p: f64) -> (f64, f64) {
    if !(0.0..=1.0).contains(&p) {
        return (f64::NAN, f64::NAN);
    }
    if k >= n {
        return (1.0, 0.0);
    }
    let (upper, lower) = beta_pair(k as f64 + 1.0, (n - k) as f64, p, 1.0 - p);
    (lower, upper)
}
