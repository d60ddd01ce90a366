//! The chi-square distribution.
//!
//! For Cochran's Q, likelihood ratios and Wald tests of several coefficients. With df degrees of freedom it is the
//! gamma distribution of shape df/2 and scale 2; df may be any positive number. An x below 0 has cdf 0 and sf 1.
//!
//! ```
//! use consilience::stat::{Tail, chi2};
//!
//! // Q = 152.233 on 12 degrees of freedom (the BCG vaccine trials, Berkey et al. 1995): P < 0.0001
//! assert!(chi2::sf(152.233, 12.0) < 1e-25);
//! assert!((chi2::quantile(Tail::Upper(0.05), 1.0) - 3.841458820694124).abs() < 4e-15);
//! ```

use super::kernel::half;
use super::{Tail, gamma};

/// The density at x.
pub fn pdf(x: f64, df: f64) -> f64 {
    gamma::pdf(x, 0.5 * df, 2.0)
}

/// P(X ≤ x).
pub fn cdf(x: f64, df: f64) -> f64 {
    gamma::cdf(x, half(df), 2.0)
}

/// P(X > x).
pub fn sf(x: f64, df: f64) -> f64 {
    gamma::sf(x, half(df), 2.0)
}

/// The x with the given tail probability; 0 and infinity at the ends, NaN outside [0, 1].
pub fn quantile(tail: Tail, df: f64) -> f64 {
    gamma::quantile(tail, half(df), 2.0)
}
